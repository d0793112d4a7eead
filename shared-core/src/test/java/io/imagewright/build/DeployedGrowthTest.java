package io.imagewright.build;

import java.nio.file.Path;
import java.util.Map;

import io.imagewright.Requests;
import io.imagewright.spec.ImageDescription;
import io.imagewright.spec.ImageDescription.Shrink;
import org.jspecify.annotations.Nullable;
import org.junit.Test;

import static org.junit.Assert.assertEquals;

public class DeployedGrowthTest {

    private static @Nullable Long minimumFree(@Nullable Long asked, Map<String, String> properties, String... formats) {
        ImageDescription plain = Requests.description(Path.of("disk.raw"), formats);
        Shrink shrink = DeployedGrowth.of(new ImageDescription(
                plain.name(),
                plain.source(),
                plain.engine(),
                plain.sysprep(),
                new Shrink(8 << 20, asked),
                plain.size(),
                plain.repair(),
                properties,
                plain.formats(),
                plain.checksums()));
        return shrink == null ? null : shrink.minimumFree();
    }

    @Test
    public void whatOnlySnfImageDeploys_isGrownByIt() {
        assertEquals(Long.valueOf(0), minimumFree(null, Map.of(), "diskdump"));
        assertEquals(Long.valueOf(0), minimumFree(null, Map.of(), "extdump", "diskdump"));
        assertEquals(null, minimumFree(null, Map.of(), "diskdump", "qcow2"));
        assertEquals(null, minimumFree(null, Map.of(), "raw"));
    }

    @Test
    public void aPropertyKeepsItFromGrowing() {
        assertEquals(null, minimumFree(null, Map.of("EXCLUDE_ALL_TASKS", "yes"), "diskdump"));
        assertEquals(null, minimumFree(null, Map.of("EXCLUDE_TASK_FILESYSTEMRESIZEUNMOUNTED", "1"), "diskdump"));
        assertEquals(Long.valueOf(0), minimumFree(null, Map.of("EXCLUDE_FILESYSTEMRESIZE_TASKS", "No"), "diskdump"));
        assertEquals(Long.valueOf(0), minimumFree(null, Map.of("EXCLUDE_TASK_ADDSWAP", "yes"), "diskdump"));
    }

    @Test
    public void whatTheUserChose_counts() {
        assertEquals(Long.valueOf(4096), minimumFree(4096L, Map.of(), "diskdump"));
    }
}
