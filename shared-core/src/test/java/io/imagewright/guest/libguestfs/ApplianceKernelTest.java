package io.imagewright.guest.libguestfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/** On this machine's own kernel, whole and damaged. */
public class ApplianceKernelTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private static Path kernel() throws IOException {
        try (var files = Files.list(Path.of("/boot"))) {
            return files.filter(file -> String.valueOf(file.getFileName()).startsWith("vmlinuz-"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    private Optional<ApplianceKernel> find(byte[] image) throws IOException {
        Path boot = folder.newFolder().toPath();
        Path modules = folder.newFolder().toPath();
        Files.write(boot.resolve("vmlinuz-6.1-test"), image);
        Files.createDirectories(modules.resolve("6.1-test"));
        Files.writeString(modules.resolve("6.1-test/modules.dep"), "");
        Path cache = folder.newFolder().toPath();
        Optional<ApplianceKernel> found = ApplianceKernel.find(boot, modules, cache);
        assertEquals(found, ApplianceKernel.find(boot, modules, cache));
        try (var files = Files.list(cache)) {
            assertEquals(found.map(ApplianceKernel::file).stream().toList(), files.toList());
        }
        return found;
    }

    @Test
    public void unpacksTheKernel_once() throws Exception {
        ApplianceKernel found = find(Files.readAllBytes(kernel())).orElseThrow();
        assertEquals("6.1-test", found.version());
        assertTrue(Files.size(found.file()) > Files.size(kernel()));
    }

    @Test
    public void leavesWhatIsNoKernelAlone() throws Exception {
        byte[] whole = Files.readAllBytes(kernel());
        for (byte[] image : List.of(
                new byte[0], new byte[5000], Arrays.copyOf(whole, 600), Arrays.copyOf(whole, whole.length / 2))) {
            assertEquals(Optional.empty(), find(image));
        }
        byte[] garbled = whole.clone();
        Arrays.fill(garbled, 40_000, 60_000, (byte) 0x55);
        assertEquals(Optional.empty(), find(garbled));
    }
}
