package io.imagewright.cli;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.Test;
import picocli.CommandLine;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

public class ManPageTest {

    @Test
    public void namesEveryOptionOfEveryCommand() {
        String page = Run.of("man-page").out();
        for (CommandLine command : Imagewright.commandLine(CommandEnvironment.ofProcess())
                .getSubcommands()
                .values()) {
            command.getCommandSpec().options().stream()
                    .filter(option -> !option.hidden() && !option.usageHelp() && !option.versionHelp())
                    .forEach(option -> assertTrue(
                            option.longestName(),
                            page.contains(option.longestName().replace("-", "\\-"))));
        }
    }

    /** man(1) reads it without a complaint. */
    @Test
    public void isWellFormed() throws Exception {
        Process groff = new ProcessBuilder("groff", "-man", "-ww", "-Tutf8", "-P-c", "-P-b", "-P-o", "-P-u")
                .redirectErrorStream(true)
                .start();
        groff.getOutputStream().write(Run.of("man-page").out().getBytes(StandardCharsets.UTF_8));
        groff.getOutputStream().close();
        String shown = new String(groff.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, groff.waitFor());
        assertEquals(
                List.of(),
                shown.lines()
                        .filter(line -> line.contains("warning:") || line.contains("error:"))
                        .toList());
        assertTrue(shown.contains("imagewright build [OPTION]... SOURCE"));
    }

    @Test
    public void completionKnowsCommandsAndOptions() {
        Run run = Run.of("generate-completion");
        assertEquals(0, run.exitCode());
        assertTrue(run.out().contains("complete -F") && run.out().contains("--allow-unsupported"));
    }
}
