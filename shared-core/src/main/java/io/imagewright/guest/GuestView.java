package io.imagewright.guest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.imagewright.error.ImageException;

/**
 * A guest in which planned changes already show, although nothing has been written. It reads the base only where it is asked.
 *
 * <p>Times of changed and new files and sizes and link counts of directories are the engine's business and not foretold here:
 * existing files keep their time, new ones show 0, edited hives their old size. New files have negative inode numbers. Not thread-safe.
 */
public final class GuestView implements GuestTree {

    private final GuestTree base;
    private final ViewNames names;
    private final PathResolver resolver;
    private final ViewEditor editor;
    private final Registry registry;
    private final List<Change> changes = new ArrayList<>();

    /** A view of a guest that is one file system. */
    public GuestView(GuestTree base) {
        this(base, Set.of());
    }

    /**
     * A view of a guest made of several file systems.
     *
     * @param mountPoints where they are mounted; needed as inode numbers are unique in a file system only
     */
    public GuestView(GuestTree base, Collection<GuestPath> mountPoints) {
        this.base = base;
        this.names = new ViewNames(base, Set.copyOf(mountPoints));
        this.resolver = new PathResolver(names);
        this.registry = new Registry(this);
        this.editor = new ViewEditor(base, names, resolver, registry);
    }

    /** A guest of nothing but its root, to be furnished with changes: for tests of operations. */
    public static GuestView empty() {
        return new GuestView(EmptyTree.INSTANCE);
    }

    /**
     * Lets these changes show, in this order.
     *
     * @throws ImageException when one could not be applied, for example a file in a directory that is not there; those before it show
     */
    public void add(List<Change> more) {
        for (Change change : more) {
            editor.apply(change);
            changes.add(change);
        }
    }

    /** All changes added so far, in order. */
    public List<Change> changes() {
        return Collections.unmodifiableList(changes);
    }

    @Override
    public Optional<FileStat> stat(GuestPath path) {
        return resolver.resolve(path, false).flatMap(names::node);
    }

    @Override
    public Optional<GuestPath> resolve(GuestPath path) {
        return resolver.resolve(path, true);
    }

    @Override
    public List<Entry> list(GuestPath directory) {
        return directory(directory).map(names::list).orElse(List.of());
    }

    @Override
    public List<Entry> walk(GuestPath directory) {
        return directory(directory).map(names::walk).orElse(List.of());
    }

    private Optional<GuestPath> directory(GuestPath path) {
        return resolve(path)
                .filter(found -> names.node(found).filter(FileStat::isDirectory).isPresent());
    }

    /**
     * {@inheritDoc}
     *
     * <p>A file that a change cut to a length other than 0 counts with its old length.
     */
    @Override
    public Map<GuestPath, Bytes> read(Collection<GuestPath> files, int limit) {
        Map<GuestPath, GuestPath> regular = new LinkedHashMap<>();
        Set<GuestPath> wanted = new LinkedHashSet<>();
        for (GuestPath file : files) {
            Optional<GuestPath> found = resolve(file)
                    .filter(path -> names.node(path).filter(FileStat::isRegular).isPresent());
            if (found.isPresent()) {
                regular.put(file, found.get());
                Optional<ViewFile> touched = names.touchedAt(found.get());
                touched.ifPresent(content -> requireLength(file, content.size(), limit));
                if (touched.isEmpty() || touched.get().needsBase()) {
                    wanted.add(source(touched, found.get()));
                }
            }
        }
        Map<GuestPath, Bytes> ofBase = wanted.isEmpty() ? Map.of() : base.read(wanted, limit);
        Map<GuestPath, Bytes> contents = new LinkedHashMap<>();
        regular.forEach((file, path) -> {
            Optional<ViewFile> touched = names.touchedAt(path);
            Bytes bytes = ofBase.getOrDefault(source(touched, path), Bytes.EMPTY);
            contents.put(file, touched.isPresent() ? touched.get().content(bytes) : bytes);
        });
        return contents;
    }

    @Override
    public Optional<FileContent> open(GuestPath file) {
        return resolve(file)
                .filter(path -> names.node(path).filter(FileStat::isRegular).isPresent())
                .flatMap(path -> {
                    Optional<ViewFile> touched = names.touchedAt(path);
                    return touched.isPresent() ? Optional.of(touched.get().open(base)) : base.open(path);
                });
    }

    private static GuestPath source(Optional<ViewFile> touched, GuestPath path) {
        return touched.map(file -> file.source).orElse(path);
    }

    private static void requireLength(GuestPath file, long size, int limit) {
        if (size > limit) {
            throw ImageException.of(
                    ImageException.Kind.SOURCE,
                    "Cannot read " + file + " of the guest",
                    "it is " + size + " bytes long; at most " + limit + " make sense here",
                    "Look at the file in the guest.");
        }
    }

    /** {@inheritDoc} One for the whole view, in which edits show. */
    @Override
    public Registry registry() {
        return registry;
    }

    @Override
    public Optional<Bytes> readLink(GuestPath path) {
        return resolver.resolve(path, false)
                .filter(found -> names.node(found).filter(FileStat::isSymlink).isPresent())
                .map(names::target);
    }

    @Override
    public Map<String, Bytes> xattrs(GuestPath path) {
        Optional<GuestPath> found = resolver.resolve(path, false)
                .filter(canonical -> names.node(canonical).isPresent());
        if (found.isEmpty()) {
            return Map.of();
        }
        Optional<ViewFile> touched = names.touchedAt(found.get());
        return touched.isPresent() ? Map.copyOf(touched.get().xattrs(base)) : base.xattrs(found.get());
    }
}
