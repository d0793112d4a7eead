package io.imagewright.build;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

import io.imagewright.Requests;
import io.imagewright.spec.ImageDescription;
import io.imagewright.spec.ImageDescription.Shrink;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

public class DeployedGrowthTest {

    /** Whether an image that asks for room to boot gets it. */
    private static boolean hasRoom(Map<String, String> properties, String... formats) {
        ImageDescription image = Requests.description(Path.of("disk.raw"), formats).toBuilder()
                .shrink(new Shrink(8 << 20, true))
                .properties(properties)
                .build();
        Shrink shrink = Objects.requireNonNull(DeployedGrowth.decide(image).shrink());
        assertEquals(8 << 20, shrink.free());
        return shrink.roomToBoot();
    }

    @Test
    public void whatOnlySnfImageDeploys_isGrownByIt() {
        assertFalse(hasRoom(Map.of(), "diskdump"));
        assertFalse(hasRoom(Map.of(), "extdump", "diskdump"));
        assertTrue(hasRoom(Map.of(), "diskdump", "qcow2"));
        assertTrue(hasRoom(Map.of(), "raw"));
    }

    @Test
    public void aPropertyKeepsItFromGrowing() {
        assertTrue(hasRoom(Map.of("EXCLUDE_ALL_TASKS", "yes"), "diskdump"));
        assertTrue(hasRoom(Map.of("EXCLUDE_TASK_FILESYSTEMRESIZEUNMOUNTED", "1"), "diskdump"));
        assertFalse(hasRoom(Map.of("EXCLUDE_FILESYSTEMRESIZE_TASKS", "No"), "diskdump"));
        assertFalse(hasRoom(Map.of("EXCLUDE_TASK_ADDSWAP", "yes"), "diskdump"));
    }

    @Test
    public void whatTheUserChose_counts() {
        ImageDescription image = Requests.description(Path.of("disk.raw"), "diskdump").toBuilder()
                .shrink(new Shrink(4096, false))
                .build();
        assertEquals(image, DeployedGrowth.decide(image));
    }
}
