package io.imagewright.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.imagewright.archive.TarArchive;
import io.imagewright.contents.Contents;
import io.imagewright.contents.InsideReader;
import io.imagewright.disk.LayoutFile;
import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.guest.Engine;
import io.imagewright.guest.Guest;
import io.imagewright.guest.Mount;
import io.imagewright.guest.Volume;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.guest.inspect.Inspector;
import io.imagewright.progress.Counted;
import org.jspecify.annotations.Nullable;

/** The guest once nothing changes it any more: the facts of the image are read here. */
final class FinishedGuest {

    private final OpenedJob open;
    private final List<Mount> mounts;
    private final Facts before;

    /** What the user has been warned of already. */
    private final Set<String> warned;

    /** @param before what was known of the guest before it was changed, with the ids that its volumes have now */
    FinishedGuest(OpenedJob open, List<Mount> mounts, Facts before) {
        this.open = open;
        this.mounts = List.copyOf(mounts);
        this.before = before;
        this.warned = new HashSet<>(before.warnings());
    }

    /**
     * What was found.
     *
     * @param tree a {@link LayoutFile} of the tar of its files; null when nobody asked for it
     */
    record Found(Facts facts, Contents contents, @Nullable Path tree) {}

    /** Looks, when the engine that prepared it must; empty when {@link #look()} can, which is quicker. */
    Optional<Found> look(Engine engine) throws IOException {
        return isExt() ? Optional.empty() : Optional.of(found(engine));
    }

    /** Looks at its ext2/3/4 volumes, which no engine has open any more. */
    Found look() throws IOException {
        try (Engine engine = open.direct()) {
            return found(engine);
        }
    }

    private boolean isExt() {
        return mounts.stream().allMatch(mount -> open.disks().isExt(mount.partition()));
    }

    private Found found(Engine engine) throws IOException {
        try (Guest guest = engine.open(mounts, false)) {
            Facts facts = Inspector.after(before, guest);
            facts.warnings().forEach(this::warn);
            return new Found(
                    facts, contents(guest), open.job().outputs().tree() ? tree(open, engine, mounts, guest) : null);
        }
    }

    private Contents contents(Guest guest) {
        return open.steps().run("contents", step -> {
            try {
                Contents contents = InsideReader.read(guest, before.mountPoints(), this::warn);
                step.bytes(contents.tree().bytes());
                step.detail(Counted.of(contents.tree().files(), "file") + ", "
                        + Counted.of(contents.packages().size(), "package"));
                return contents;
            } catch (ImageException failure) {
                if (failure.kind() != ImageException.Kind.SOURCE) {
                    throw failure;
                }
                // the image is as good as without it
                warn(Message.of("The contents of the image are not listed. ", failure.message()));
                return Contents.NONE;
            }
        });
    }

    /**
     * The tar of a guest's files, put together in the work directory.
     *
     * @param mounts the file systems that the guest was opened with, the root first
     */
    static Path tree(OpenedJob open, Engine engine, List<Mount> mounts, Guest guest) throws IOException {
        Inspector.mounts(guest, mounts.get(0).partition(), engine.volumes(), ignored -> {}).stream()
                .filter(mount -> !mounts.contains(mount))
                .forEach(mount -> open.steps()
                        .warn("Files below " + mount.point() + " are not in the formats that hold the guest's files: "
                                + Volume.name(mount.partition(), engine.volumes())
                                + " is not read. The engine libguestfs reads FAT, too."));
        Path directory = open.job().directories().work();
        Path file = directory.resolve("tree.layout");
        LayoutFile.write(TarArchive.of(guest, directory, open.now()), file);
        return file;
    }

    private void warn(String message) {
        warn(Message.of(message));
    }

    private void warn(Message message) {
        if (warned.add(message.toString())) {
            open.steps().warn(message);
        }
    }
}
