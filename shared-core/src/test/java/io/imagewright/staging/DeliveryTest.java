package io.imagewright.staging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.imagewright.error.ImageException;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class DeliveryTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path out;
    private Path staging;
    private Path manifest;
    private Delivery delivery;

    @Before
    public void stage() throws IOException {
        out = folder.newFolder("out").toPath();
        staging = folder.newFolder("staging").toPath();
        for (String name : List.of("a.raw", "a.raw.md5sum", "a.manifest")) {
            Files.writeString(out.resolve(name), "old");
        }
        delivery = new Delivery(out);
        delivery.add(staged("a.raw"));
        delivery.add(staged("b.raw"));
        manifest = staged("a.manifest");
    }

    private Path staged(String name) throws IOException {
        return Files.writeString(staging.resolve(name), "new");
    }

    @Test
    public void givesAllNames() throws IOException {
        delivery.deliver(manifest, List.of(out.resolve("a.raw.md5sum")));
        assertAllNew();
    }

    @Test
    public void goesOnToTheEnd_whenInterrupted() throws IOException {
        Thread.currentThread().interrupt();
        delivery.deliver(manifest, List.of(out.resolve("a.raw.md5sum")));
        assertTrue(Thread.interrupted());
        assertAllNew();
    }

    /** The same order as seen by whoever comes after a kill. */
    @Test
    public void leavesNoManifest_whenItStopsHalfWay() throws IOException {
        Files.createDirectories(out.resolve("b.raw/in-the-way"));
        ImageException failure = assertThrows(ImageException.class, () -> delivery.deliver(manifest, List.of()));
        assertTrue(failure.getMessage(), failure.getMessage().contains("b.raw"));
        assertEquals("new", Files.readString(out.resolve("a.raw")));
        assertFalse(Files.exists(out.resolve("a.manifest")));
    }

    private void assertAllNew() throws IOException {
        for (String name : List.of("a.raw", "b.raw", "a.manifest")) {
            assertEquals("new", Files.readString(out.resolve(name)));
        }
        assertFalse(Files.exists(out.resolve("a.raw.md5sum")));
    }
}
