package io.imagewright.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import org.jspecify.annotations.Nullable;

/** Refuses media that may change while they are read. */
final class ImageUse {

    /** qemu's locks of an image file: a byte for each permission that a machine has (block/file-posix.c). */
    private static final long QEMU_WRITES = 100 + 1;

    private static final long QEMU_RESIZES = 100 + 3;

    /** The byte that says that nobody else may read. */
    private static final long QEMU_SHARES_NO_READING = 200;

    private final @Nullable Consumer<Message> warnings;

    /** @param warnings takes what would be refused otherwise; null to refuse it */
    ImageUse(@Nullable Consumer<Message> warnings) {
        this.warnings = warnings;
    }

    /**
     * Looks at the locks of a file, or at what the kernel does with a device.
     *
     * @throws ImageException SOURCE when something writes to it, or may do so
     */
    void check(Path real) throws IOException {
        Optional<String> use = Files.isRegularFile(real) ? ofFile(real) : DeviceUse.of(real);
        if (use.isEmpty()) {
            return;
        }
        if (warnings == null) {
            throw ImageException.of(
                    Kind.SOURCE,
                    "Cannot use the source " + real,
                    use.get(),
                    Message.of(
                            "What is read while it changes is a damaged disk. Shut the machine down or unmount the disk, or"
                                    + " take a snapshot of it and use that; ",
                            SettingName.FORCE,
                            " reads it all the same."));
        }
        warnings.accept(Message.of(
                real + ": " + use.get() + ". It is read all the same, as ",
                SettingName.FORCE,
                " is set; if it changes meanwhile, the image is damaged."));
    }

    private static Optional<String> ofFile(Path real) throws IOException {
        try (SparseFile file = SparseFile.openRead(real)) {
            if (file.isLockedByOthers(QEMU_WRITES, 1, true) || file.isLockedByOthers(QEMU_RESIZES, 1, true)) {
                return Optional.of("a machine is using this image");
            }
            if (file.isLockedByOthers(QEMU_SHARES_NO_READING, 1, true) || file.isLockedByOthers(0, 0, false)) {
                return Optional.of("another program has locked this image");
            }
        }
        return DeviceUse.ofLoopFile(real);
    }
}
