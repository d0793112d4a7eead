package io.imagewright.signature;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.exec.Command;
import io.imagewright.exec.ExecResult;
import io.imagewright.exec.Limits;
import io.imagewright.exec.ProcessExec;
import org.jspecify.annotations.Nullable;

/**
 * Runs gpg, which asks nobody and nothing.
 *
 * @param home directory of the keys; null for gpg's own choice
 */
record Gpg(@Nullable Path home) {

    private static final String STATUS = "[GNUPG:] ";

    /** Digesting slower than this many bytes a second hangs. */
    private static final long SLOWEST = 1 << 20;

    /** The lower bits of an error's number; the upper ones identify who found it (gpg-error.h). */
    private static final int CODE = 0xFFFF;

    /** @throws ImageException DESCRIPTION when the home is not there, which gpg would make */
    Gpg {
        if (home != null && !Files.isDirectory(home)) {
            throw ImageException.of(
                    Kind.DESCRIPTION,
                    Message.of("Cannot use the keys in ", home, " (", SettingName.GPG_HOMEDIR, ")"),
                    Message.of("there is no such directory"),
                    Message.of("Name the directory of gpg's keys, or leave it out for gpg's own."));
        }
    }

    /** A status line: its keyword and what follows. */
    record Status(String keyword, List<String> words) {

        /** The word at this place, or nothing. */
        String word(int index) {
            return index < words.size() ? words.get(index) : "";
        }
    }

    /** What came of a run. */
    record Outcome(int exitCode, List<Status> status, String said) {

        Optional<Status> first(String keyword) {
            return status.stream()
                    .filter(line -> line.keyword().equals(keyword))
                    .findFirst();
        }

        /** gpg-error's code of the failure; 0 for none. */
        int failure() {
            return first("FAILURE").map(line -> number(line.word(1)) & CODE).orElse(0);
        }

        private static int number(String word) {
            try {
                return Integer.parseInt(word);
            } catch (NumberFormatException none) {
                return 0;
            }
        }
    }

    /**
     * Runs it.
     *
     * @param input its standard input; empty for none
     * @param bytes that it reads, which its limit of time depends on
     * @throws ImageException ENVIRONMENT when it is not installed or hangs
     */
    Outcome run(List<String> arguments, String input, long bytes) {
        List<String> argv = new ArrayList<>(List.of("gpg", "--batch", "--no-tty", "--status-fd", "1"));
        if (home != null) {
            argv.addAll(List.of("--homedir", home.toString()));
        }
        argv.addAll(arguments);
        Limits limits = Limits.ofTime(Duration.ofMinutes(2).plusSeconds(bytes / SLOWEST));
        ExecResult result = new ProcessExec().run(new Command(argv, Map.of(), limits), input);
        List<Status> status = result.stdout()
                .lines()
                .filter(line -> line.startsWith(STATUS))
                .map(line -> List.of(line.substring(STATUS.length()).split(" ", -1)))
                .map(words -> new Status(words.get(0), words.subList(1, words.size())))
                .toList();
        String said = result.stderr()
                .lines()
                .findFirst()
                .map(line -> line.replaceFirst("^gpg: ", "").replaceAll("\\p{Cntrl}", "?"))
                .orElse("nothing (exit code " + result.exitCode() + ")");
        return new Outcome(result.exitCode(), status, said);
    }
}
