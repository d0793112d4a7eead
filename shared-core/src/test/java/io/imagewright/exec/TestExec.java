package io.imagewright.exec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs plainly, with the limits that a shell can set. Remembers the command lines. */
public final class TestExec implements Exec {

    private final List<List<String>> runs = new ArrayList<>();

    /** Argument lists of all runs so far. */
    public List<List<String>> runs() {
        return runs;
    }

    @Override
    public ExecResult run(Command command) {
        runs.add(command.argv());
        String limit = command.limits().addressSpace() == 0
                ? ""
                : "ulimit -v " + command.limits().addressSpace() / 1024 + "; ";
        List<String> argv = new ArrayList<>(List.of("sh", "-c", limit + "exec \"$@\"", "sh"));
        argv.addAll(command.argv());
        try {
            Path errors = Files.createTempFile("exec", ".err");
            ProcessBuilder builder = new ProcessBuilder(argv).redirectError(errors.toFile());
            builder.environment().putAll(command.environment());
            builder.environment().merge("PATH", ":/usr/sbin:/sbin", String::concat);
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(command.limits().time().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(command + " took too long");
            }
            String diagnostics = Files.readString(errors);
            Files.delete(errors);
            return new ExecResult(process.exitValue(), output, diagnostics);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
