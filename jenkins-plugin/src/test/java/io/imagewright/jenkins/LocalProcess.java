package io.imagewright.jenkins;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The seam without an agent: real processes of this machine, killed as Jenkins kills them. As in a container, nothing comes on standard input. */
final class LocalProcess implements AgentProcess {

    private final Path workspace;

    LocalProcess(Path workspace) {
        this.workspace = workspace;
    }

    @Override
    public int run(List<String> argv, OutputStream output, OutputStream errors)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(argv)
                .directory(workspace.toFile())
                .redirectInput(Redirect.from(new java.io.File("/dev/null")))
                .start();
        Thread out = pump(process.getInputStream(), output);
        Thread err = pump(process.getErrorStream(), errors);
        try {
            int exitCode = process.waitFor();
            out.join();
            err.join();
            return exitCode;
        } catch (InterruptedException aborted) {
            // first gently, as Jenkins does
            process.destroy();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            throw aborted;
        }
    }

    private static Thread pump(InputStream from, OutputStream to) {
        Thread pump = new Thread(() -> {
            try {
                from.transferTo(to);
            } catch (IOException ended) {
                // it was killed
            }
        });
        pump.start();
        return pump;
    }
}
