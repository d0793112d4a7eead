package io.imagewright.format;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs the real programs that judge what was written. */
final class Tools {

    private static final Map<String, String> PACKAGES = Map.of(
            "qemu-img", "qemu-utils",
            "skopeo", "skopeo",
            "sqfs2tar", "squashfs-tools-ng",
            "unsquashfs", "squashfs-tools");

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
            String name = PACKAGES.getOrDefault(argv[0], "coreutils");
            throw new AssertionError(argv[0] + " is missing: install the package " + name, e);
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
