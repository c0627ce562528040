package io.errata.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.errata.detection.engine.EngineEnvironment;
import io.errata.detection.files.Json;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code errata doctor}: tells whether this machine can run Errata. */
@Command(
        name = "doctor",
        description = "Tells whether this machine can run Errata: exit status 0 if it can, 1 if not.",
        exitCodeList = {
            "0:this machine can run Errata",
            "1:it cannot, for the reasons marked",
            "2:a mistake in the arguments"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the required ones
final class DoctorCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON document to stdout.")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        EngineEnvironment.prepare(0);
        List<Finding> findings = new Doctor().examine();
        boolean usable = findings.stream().allMatch(Finding::ok);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("usable", usable);
            document.put("checks", findings);
            out.println(Json.MAPPER.writeValueAsString(document));
        } else {
            findings.forEach(out::println);
            out.println(
                    usable ? "This machine can run Errata." : "This machine cannot run Errata: see what is marked !.");
        }
        return usable ? 0 : 1;
    }
}
