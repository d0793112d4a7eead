package io.imagewright.guest.libguestfs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.imagewright.error.ImageException;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class ApplianceSlotTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final List<String> messages = Collections.synchronizedList(new ArrayList<>());
    private Path directory;

    @Before
    public void choosePlace() {
        directory = folder.getRoot().toPath().resolve("slots");
    }

    @Test
    public void asManyAsMayRun_runAtOnce_forEverybody() throws Exception {
        try (ApplianceSlot one = ApplianceSlot.acquire(directory, 2, messages::add);
                ApplianceSlot two = ApplianceSlot.acquire(directory, 2, messages::add)) {
            assertFalse(one.equals(two));
            assertEquals(List.of(), messages);
        }
        assertEquals(01777, (int) Files.getAttribute(directory, "unix:mode") & 07777);
        assertEquals(0666, (int) Files.getAttribute(directory.resolve("slot-1"), "unix:mode") & 07777);
    }

    @Test
    public void oneMore_waits_isReported_andGoesOn() throws Exception {
        ApplianceSlot first = ApplianceSlot.acquire(directory, 1, messages::add);
        CompletableFuture<ApplianceSlot> second =
                CompletableFuture.supplyAsync(() -> ApplianceSlot.acquire(directory, 1, messages::add));
        while (messages.isEmpty()) {
            Thread.sleep(5);
        }
        assertFalse(second.isDone());
        assertTrue(messages.get(0), messages.get(0).contains("1 appliance runs"));
        first.close();
        second.get(20, TimeUnit.SECONDS).close();
        assertEquals(1, messages.size());
    }

    @Test
    public void waitingEnds_whenTheBuildIsCancelled() {
        try (ApplianceSlot held = ApplianceSlot.acquire(directory, 1, messages::add)) {
            Thread.currentThread().interrupt();
            ImageException failure =
                    assertThrows(ImageException.class, () -> ApplianceSlot.acquire(directory, 1, messages::add));
            assertEquals(ImageException.Kind.CANCELLED, failure.kind());
            assertTrue(Thread.interrupted());
        }
    }
}
