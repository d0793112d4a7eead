package io.imagewright.job;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.guest.Engine;
import io.imagewright.guest.Guest;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.Mount;
import io.imagewright.guest.Volume;
import io.imagewright.guest.direct.ExtTools;
import io.imagewright.guest.inspect.Inspector;
import io.imagewright.guest.inspect.Recognition;

/** Finds the guest on its disks by its root and its fstab. Changes nothing. */
final class GuestFinder {

    private final WorkingDisks disks;
    private final Engine engine;

    GuestFinder(WorkingDisks disks, Engine engine) {
        this.disks = disks;
        this.engine = engine;
    }

    /**
     * Why the medium can only be taken as it is; empty when it holds a guest. Looks at the source where it is; one that is damaged, which the
     * build may repair or refuse, is not found to be unsupported.
     */
    Optional<Recognition.Unsupported> unsupported() {
        try {
            return find(ignored -> {}) instanceof Medium.Unsupported unsupported
                    ? Optional.of(unsupported.recognition())
                    : Optional.empty();
        } catch (ImageException damaged) {
            if (damaged.kind() != ImageException.Kind.SOURCE) {
                throw damaged;
            }
            return Optional.empty();
        }
    }

    /** The guest, or why there is none that can be prepared. */
    Medium find(Consumer<Message> warnings) {
        Map<Integer, Guest> trees = new TreeMap<>();
        try {
            Optional<ImageException> unreadableOnly = openAll(trees, warnings);
            if (trees.isEmpty() && unreadableOnly.isEmpty()) {
                Optional<Recognition.Unsupported> unreadable = ServedMounts.unreadable(engine.volumes(), engine);
                if (unreadable.isPresent()) {
                    return new Medium.Unsupported(unreadable.get());
                }
                disks.volumes().stream()
                        .filter(volume -> volume.type().isEmpty())
                        .forEach(volume ->
                                ExtTools.refuseLostSuperblock(disks.file(volume.partition()), volume.length()));
            }
            Recognition recognition = Inspector.recognise(new TreeMap<>(trees), engine.volumes());
            if (recognition instanceof Recognition.Unsupported unsupported) {
                unreadableOnly.ifPresent(failure -> {
                    throw failure;
                });
                return new Medium.Unsupported(
                        ServedMounts.closedContainer(engine).orElse(unsupported));
            }
            Consumer<String> texts = text -> warnings.accept(Message.of(text));
            int root = ((Recognition.Root) recognition).partition();
            requireOnFirstDisk(Inspector.partition(root, engine.volumes()));
            Guest tree = Objects.requireNonNull(trees.get(root));
            return ServedMounts.served(Inspector.mounts(tree, root, engine.volumes(), texts), engine, texts);
        } finally {
            trees.values().forEach(Guest::close);
        }
    }

    /** Opens each; gives why one cannot be read that nobody could change: another may hold the guest. */
    private Optional<ImageException> openAll(Map<Integer, Guest> trees, Consumer<Message> warnings) {
        Optional<ImageException> unreadable = Optional.empty();
        for (int number : engine.readable()) {
            try {
                Guest tree = engine.open(List.of(new Mount(GuestPath.ROOT, number)), false);
                trees.put(number, tree);
                // what comes later takes an unreadable file for a missing one
                tree.stat(GuestPath.ROOT);
            } catch (ImageException failure) {
                if (!engine.readOnly().contains(number)) {
                    throw failure;
                }
                trees.remove(number);
                warnings.accept(failure.message());
                unreadable = Optional.of(failure);
            }
        }
        return unreadable;
    }

    /** Deployment knows one disk, and the image's properties speak of it. */
    private void requireOnFirstDisk(int partition) {
        if (Volume.disk(partition) > 0) {
            throw ImageException.of(
                    ImageException.Kind.DESCRIPTION,
                    "Cannot take " + disks.first().fileName() + " for the first disk of the guest",
                    "its system is on " + Volume.name(partition) + " ("
                            + disks.of(partition).fileName() + ")",
                    Message.of(
                            "Name that disk as ",
                            SettingName.SOURCE_MEDIA,
                            ", and the others as ",
                            SettingName.SOURCE_DISKS,
                            "."));
        }
    }
}
