package io.errata.cli;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The program as a user starts it: by its launcher, in a process of its own, with folders of its own for temporary files and the cache. */
final class Launched {

    private final Path folder;

    private Launched(Path folder) {
        this.folder = folder;
    }

    /** Lays the launcher out in a new folder, with this process's class path for its jars. */
    static Launched in(Path folder) throws IOException {
        Path root = Path.of(System.getProperty("errata.root", ".."));
        Files.createDirectories(folder.resolve("bin"));
        Path launcher = folder.resolve("bin/errata");
        Files.copy(root.resolve("cli/src/main/launcher/errata"), launcher);
        if (!launcher.toFile().setExecutable(true)) {
            throw new IOException(launcher + " cannot be made executable");
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Stream.of(System.getProperty("java.class.path", ".").split(File.pathSeparator))
                                .map(entry -> Path.of(entry).toUri().toString())
                                .collect(Collectors.joining(" ")));
        Files.createDirectories(folder.resolve("lib"));
        try (OutputStream out = Files.newOutputStream(folder.resolve("lib/all.jar"));
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.finish();
        }
        Files.createDirectories(folder.resolve("tmp"));
        return new Launched(folder);
    }

    /** Where Java's temporary files go. */
    Path temporary() {
        return folder.resolve("tmp");
    }

    /** Where native libraries are unpacked to. */
    Path cache() {
        return folder.resolve("cache/errata");
    }

    /** A process of the program; what it says goes into files that {@link #out} and {@link #err} read, unless it is redirected. */
    ProcessBuilder program(String... arguments) {
        return shell("exec errata \"$@\"", arguments);
    }

    /** A process of the shell, in which {@code errata} is the program. */
    ProcessBuilder shell(String script, String... arguments) {
        List<String> command = Stream.concat(Stream.of("sh", "-c", script, "sh"), Stream.of(arguments))
                .toList();
        ProcessBuilder process = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        process.environment().put("PATH", folder.resolve("bin") + File.pathSeparator + System.getenv("PATH"));
        process.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        process.environment()
                .put("JAVA_OPTS", "-Xmx768m -XX:TieredStopAtLevel=1 -Djava.io.tmpdir=" + folder.resolve("tmp"));
        return process;
    }

    /** Runs a process to its end and returns its exit status. */
    static int status(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.start();
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                throw new IllegalStateException("it takes more than two minutes");
            }
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    String out() throws IOException {
        return Files.readString(folder.resolve("out"));
    }

    String err() throws IOException {
        return Files.readString(folder.resolve("err"));
    }
}
