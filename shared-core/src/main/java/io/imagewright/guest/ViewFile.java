package io.imagewright.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;
import io.imagewright.hive.Hive;
import io.imagewright.hive.MemoryFile;
import org.jspecify.annotations.Nullable;

/** A file of a {@link GuestView} that changes have touched or made; every one of its names leads to the same object. */
final class ViewFile {

    private final FileType type;
    private final long inode;
    private final long modified;

    /** Where the base has it; null for a file that a change made. */
    final @Nullable GuestPath source;

    int permissions;
    int owner;
    int group;
    int links;

    /** Bytes; for a regular file, {@link #kept} and zeros behind them. */
    private long size;

    /** Bytes of the content that still count; the rest up to {@link #size} are zeros. */
    private long kept;

    /** Content or link target that a change gave; null while it is the base's. */
    private @Nullable Bytes given;

    /** File of this machine that holds the content that a change gave; null for none. */
    private @Nullable Path uploaded;

    /** Hive whose edits the content does not show yet; null for none. */
    private @Nullable Hive hive;

    /** What {@link #uploaded} names if it is in memory; kept as long as this. */
    private @Nullable MemoryFile saved;

    private @Nullable SortedMap<String, Bytes> xattrs;

    /** A file of the base. */
    ViewFile(GuestPath source, FileStat stat) {
        this.type = stat.type();
        this.inode = stat.inode();
        this.modified = stat.modified();
        this.source = source;
        this.permissions = stat.permissions();
        this.owner = stat.owner();
        this.group = stat.group();
        this.links = stat.links();
        this.size = stat.size();
        this.kept = stat.size();
    }

    /** A new file without extended attributes, with one name. */
    ViewFile(FileType type, long inode, Bytes content, int permissions, int owner, int group) {
        this.type = type;
        this.inode = inode;
        this.modified = 0;
        this.source = null;
        this.permissions = permissions;
        this.owner = owner;
        this.group = group;
        this.links = 1;
        this.xattrs = new TreeMap<>();
        give(content);
    }

    FileStat stat() {
        return new FileStat(type, permissions, owner, group, size, modified, inode, links);
    }

    /** Replaces the content. */
    void give(Bytes content) {
        given = content;
        uploaded = null;
        hive = null;
        size = content.size();
        kept = size;
    }

    /** Replaces the content by that of a file of this machine, which is read only if somebody asks for it. */
    void give(Path file, long length) {
        given = null;
        uploaded = file;
        hive = null;
        size = length;
        kept = length;
    }

    /** The content is that of this hive, which is written only if somebody asks for it. */
    void edited(Hive edited) {
        hive = edited;
    }

    private void showEdits() {
        if (hive != null) {
            MemoryFile file = hive.save();
            give(file.path(), file.size());
            saved = file;
        }
    }

    void truncate(long length) {
        showEdits();
        size = length;
        kept = Math.min(kept, length);
    }

    void zero() {
        kept = 0;
    }

    long size() {
        showEdits();
        return size;
    }

    /** Whether reading it needs the base's bytes. */
    boolean needsBase() {
        showEdits();
        return given == null && uploaded == null && kept > 0;
    }

    /** The content as it is now, made from the base's, which is used only if {@link #needsBase()}. */
    Bytes content(Bytes fromBase) {
        showEdits();
        Bytes whole = uploaded != null ? read(uploaded) : given == null ? fromBase : given;
        if (kept == whole.size() && size == kept) {
            return whole;
        }
        byte[] bytes = new byte[Math.toIntExact(size)];
        System.arraycopy(whole.toArray(), 0, bytes, 0, (int) Math.min(kept, whole.size()));
        return Bytes.of(bytes);
    }

    private static Bytes read(Path file) {
        try {
            return Bytes.of(Files.readAllBytes(file));
        } catch (IOException failure) {
            throw FileFailure.unreadable(ImageException.Kind.ENVIRONMENT, file, failure);
        }
    }

    /** The content as it is now, to be read piece by piece. */
    FileContent open(GuestTree base) {
        showEdits();
        if (saved != null && saved.path().equals(uploaded)) {
            return new ViewContent(new SavedHive(saved), kept, size);
        }
        if (uploaded != null) {
            return new ViewContent(FileContent.of(read(uploaded)), kept, size);
        }
        if (given != null) {
            return new ViewContent(FileContent.of(given), kept, size);
        }
        Optional<FileContent> ofBase = source == null ? Optional.empty() : base.open(source);
        return new ViewContent(ofBase.orElse(FileContent.of(Bytes.EMPTY)), kept, size);
    }

    /** Its extended attributes, to read or to change. */
    SortedMap<String, Bytes> xattrs(GuestTree base) {
        if (xattrs == null) {
            xattrs = new TreeMap<>(source == null ? new TreeMap<>() : base.xattrs(source));
        }
        return xattrs;
    }
}
