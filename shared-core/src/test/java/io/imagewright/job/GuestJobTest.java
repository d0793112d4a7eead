package io.imagewright.job;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.imagewright.api.ApplianceSettings;
import io.imagewright.api.Credentials;
import io.imagewright.job.GuestJob.Directories;
import io.imagewright.job.GuestJob.Outputs;
import io.imagewright.job.GuestJob.Purpose;
import io.imagewright.spec.ImageDescription;
import io.imagewright.spec.ImageDescription.Source;
import io.imagewright.spec.NewDisk;
import io.imagewright.spec.NewDisk.Boot;
import io.imagewright.spec.NewDisk.FileSystem;
import io.imagewright.spec.NewDisk.Table;
import org.jspecify.annotations.Nullable;
import org.junit.Test;

import static org.junit.Assert.assertEquals;

public class GuestJobTest {

    private static NewDisk booting(@Nullable List<Boot> boot) {
        return new NewDisk(Table.GPT, boot, null, 0, new FileSystem("ext4", ""));
    }

    private record Row(@Nullable NewDisk made, List<String> programs) {}

    /** What makes a boot loader has a say in the bytes of the disk: after an update of it the image is not up to date. */
    @Test
    public void programsAreAllThatWriteBytes() {
        Path directory = Path.of("");
        for (Row row : List.of(
                new Row(null, List.of("qemu-img")),
                new Row(booting(List.of()), List.of("qemu-img")),
                new Row(booting(null), List.of("qemu-img", "grub-mkimage")),
                new Row(booting(List.of(Boot.EFI)), List.of("qemu-img", "grub-mkimage")))) {
            ImageDescription image = ImageDescription.builder("web", "a")
                    .source(new Source("a", null, List.of(), row.made()))
                    .build();
            GuestJob job = new GuestJob(
                    Purpose.BUILD,
                    image,
                    Map.of(),
                    new Directories(directory, directory, directory),
                    new Outputs(1, List.of("qemu-img"), List.of(), false),
                    ApplianceSettings.DEFAULT,
                    Credentials.NONE,
                    false,
                    null);
            assertEquals(row.programs(), job.programs());
        }
    }
}
