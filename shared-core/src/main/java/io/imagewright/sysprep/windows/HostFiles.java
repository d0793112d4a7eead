package io.imagewright.sysprep.windows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.GuestTree;

/** Files of this machine that a parameter of an operation names. */
final class HostFiles {

    /** Bytes; drivers and answer files are far smaller. */
    static final int LIMIT = 64 << 20;

    private HostFiles() {}

    static byte[] read(Path file) {
        try {
            long size = Files.size(file);
            if (size > LIMIT) {
                throw unusable(file, size + " bytes are more than the " + LIMIT + " that make sense");
            }
            return Files.readAllBytes(file);
        } catch (IOException failure) {
            throw unusable(file, FileFailure.reason(failure));
        }
    }

    /** The change that gives a file of the guest this content; empty when it has it. */
    static Optional<Change> write(GuestTree tree, GuestPath path, byte[] content) {
        Bytes bytes = Bytes.of(content);
        boolean maybe =
                tree.stat(path).filter(stat -> stat.size() == content.length).isPresent();
        return maybe && tree.read(List.of(path), LIMIT).containsValue(bytes)
                ? Optional.empty()
                : Optional.of(Change.Write.of(path, bytes));
    }

    static ImageException unusable(Path file, String reason) {
        return ImageException.of(
                ImageException.Kind.DESCRIPTION,
                Message.of("Cannot use ", file, " (", SettingName.SYSPREP_PARAMS, ")"),
                Message.of(reason),
                Message.of("Give a file or directory of this machine that can be read."));
    }
}
