package io.imagewright.checksum;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;

public class SidecarsTest {

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void passesTheRealTools() throws Exception {
        passes("web-1.0.qcow2");
    }

    @Test
    public void passesTheRealTools_nameWithABlank() throws Exception {
        passes(" a  b ");
    }

    @Test
    public void passesTheRealTools_nameWithABackslash() throws Exception {
        passes("a\\nb\\");
    }

    @Test
    public void passesTheRealTools_nameWithANewline() throws Exception {
        passes("a\nb\\\r");
    }

    private void passes(String name) throws Exception {
        Path file = Files.writeString(folder.getRoot().toPath().resolve(name), "content");
        Map<String, String> digests;
        try (Digests all = Digests.start(List.of(DigestAlgorithm.values()))) {
            all.update(java.nio.ByteBuffer.wrap(Files.readAllBytes(file)), () -> {});
            digests = all.finish();
        }
        Map<String, Path> written = Sidecars.write(file, digests);
        assertEquals(Set.of("md5sum", "sha1sum", "sha256sum", "sha512sum"), written.keySet());
        for (Map.Entry<String, Path> sidecar : written.entrySet()) {
            assertEquals(
                    name + "." + sidecar.getKey(),
                    sidecar.getValue().getFileName().toString());
            run(sidecar.getKey(), "--strict", "-c", sidecar.getValue().toString());
            assertEquals(run(sidecar.getKey(), name), Files.readString(sidecar.getValue()));
        }
    }

    private String run(String... argv) throws Exception {
        Process process;
        try {
            process = new ProcessBuilder(argv)
                    .directory(folder.getRoot())
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .start();
        } catch (IOException e) {
            throw new AssertionError(argv[0] + " is missing: install the package coreutils", e);
        }
        String text = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(text, 0, process.waitFor());
        return text;
    }
}
