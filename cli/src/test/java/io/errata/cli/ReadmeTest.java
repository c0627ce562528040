package io.errata.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows in Java compiles and runs, on fewer images and steps. */
class ReadmeTest {

    private static final Path ROOT = Path.of(System.getProperty("errata.root", ".."));
    private static final String IMPORTS = """
            import io.errata.core.calibration.*;
            import io.errata.core.clustering.*;
            import io.errata.core.loss.*;
            import io.errata.datasets.*;
            import io.errata.datasets.format.*;
            import io.errata.datasets.image.*;
            import io.errata.detection.detector.*;
            import io.errata.detection.embedding.*;
            import io.errata.mining.run.*;
            import io.errata.mining.config.*;
            import io.errata.mining.policy.*;
            import io.errata.detection.refine.*;
            import io.errata.detection.scan.*;
            import java.nio.file.Path;
            import java.util.List;
            """;

    @Test
    void theSnippetOfTheReadmeRuns(@TempDir Path folder) throws Exception {
        Path image = folder.resolve("image.png");
        Path run = folder.resolve("run");
        String snippet = javaBlocks(Files.readString(ROOT.resolve("README.md")))
                .replace("synthetic:smear?", "synthetic:smear?images=10&width=240&height=200&cells=12&")
                .replace(".withRounds(3)", ".withRounds(2).with(\"training.steps_per_round=6\")")
                .replace("runs/smear", run.toString())
                .replace("image.jpg", image.toString());
        compile(
                folder,
                "ImageFile.write(DatasetSpec.parse(\"synthetic:smear\").read().orThrow().images().get(0).source().read(), Path.of(\""
                        + image + "\"));\n" + snippet);
        assertThat(outputOf(folder)).matches("(?s)(\\d\\.\\d+|0\\.0|NaN)\\R.*");
        assertThat(run.resolve("model/model.json")).exists();
    }

    @Test
    void theJavaGuideCompiles(@TempDir Path folder) throws Exception {
        compile(folder, javaBlocks(Files.readString(ROOT.resolve("docs/java.md"))));
    }

    @Test
    void theSnippetsOnImbalanceCompile(@TempDir Path folder) throws Exception {
        compile(folder, javaBlocks(Files.readString(ROOT.resolve("docs/imbalance.md"))));
    }

    private static void compile(Path folder, String snippet) throws IOException {
        Path source = folder.resolve("Snippet.java");
        Files.writeString(
                source,
                IMPORTS
                        + "public class Snippet { public static void main(String[] arguments) throws Exception {\n"
                        + snippet + "}}\n");
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        messages,
                        messages,
                        "-proc:none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        folder.toString(),
                        source.toString());
        assertThat(compiled).as(messages.toString(UTF_8)).isZero();
    }

    private static String javaBlocks(String readme) {
        Matcher block = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL).matcher(readme);
        StringBuilder all = new StringBuilder();
        while (block.find()) {
            all.append(block.group(1));
        }
        assertThat(all).isNotEmpty();
        return all.toString();
    }

    private static String outputOf(Path folder) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, UTF_8));
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            loader.loadClass("Snippet").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(before);
        }
        return printed.toString(UTF_8);
    }
}
