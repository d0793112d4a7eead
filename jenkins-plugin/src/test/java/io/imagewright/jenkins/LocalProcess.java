package io.imagewright.jenkins;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** The seam without an agent: real processes of this machine, killed as Jenkins kills them. */
final class LocalProcess implements AgentProcess {

    private final Path workspace;

    LocalProcess(Path workspace) {
        this.workspace = workspace;
    }

    @Override
    public int run(List<String> argv, InputStream input, OutputStream output) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(argv)
                .directory(workspace.toFile())
                .redirectErrorStream(true)
                .start();
        try (OutputStream stdin = process.getOutputStream()) {
            input.transferTo(stdin);
        }
        Thread pump = new Thread(() -> {
            try {
                process.getInputStream().transferTo(output);
            } catch (IOException ended) {
                // it was killed
            }
        });
        pump.start();
        try {
            int exitCode = process.waitFor();
            pump.join();
            return exitCode;
        } catch (InterruptedException aborted) {
            process.destroyForcibly().waitFor();
            throw aborted;
        }
    }
}
