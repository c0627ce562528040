package io.errata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** What a run of the program in this process said. */
record CliOutput(int status, String out, String err) {

    static CliOutput by(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Errata.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        return new CliOutput(status, out.toString(), err.toString());
    }

    /** The user's mistake: told in so many lines, each with its text, and nothing else. */
    void refuses(String... lines) {
        assertThat(err.lines().toList()).as(out).hasSize(lines.length);
        List<String> said = err.lines().toList();
        for (int i = 0; i < lines.length; i++) {
            assertThat(said.get(i)).contains(lines[i]);
        }
        assertThat(status).isEqualTo(2);
        assertThat(out).isEmpty();
    }

    /** A failure of ours or of the machine: told in one line. */
    void fails(String text) {
        assertThat(err.lines()).hasSize(1);
        assertThat(err).startsWith("errata: ").contains(text).contains("--verbose");
        assertThat(status).isEqualTo(1);
    }

    CliOutput succeeds() {
        assertThat(status).as(err).isZero();
        return this;
    }

    JsonNode json() throws JsonProcessingException {
        return new ObjectMapper().readTree(out);
    }
}
