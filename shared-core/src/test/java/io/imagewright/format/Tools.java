package io.imagewright.format;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Runs the real programs that judge what was written. */
final class Tools {

    private Tools() {}

    /** Runs the program in the directory and gives what it printed; fails when it fails or is missing. */
    static String run(Path directory, String... argv) throws Exception {
        Process process;
        try {
            process = new ProcessBuilder(argv)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .start();
        } catch (IOException e) {
            String program = argv[0].equals("qemu-img") ? "qemu-utils" : "coreutils";
            throw new AssertionError(argv[0] + " is missing: install the package " + program, e);
        }
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        process.getInputStream().transferTo(printed);
        String text = printed.toString(StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(List.of(argv) + " ended with " + process.exitValue() + ": " + text);
        }
        return text;
    }
}
