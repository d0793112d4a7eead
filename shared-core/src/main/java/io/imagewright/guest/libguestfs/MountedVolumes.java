package io.imagewright.guest.libguestfs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.imagewright.guest.GuestPath;

/**
 * Where the appliance has the guest's file systems: each in a directory of its own, so that no link of the guest decides what is mounted
 * where.
 */
final class MountedVolumes {

    /** Directory of the appliance for each mount point of the guest. */
    private final Map<GuestPath, String> directories = new TreeMap<>();

    MountedVolumes(Map<GuestPath, String> directories) {
        this.directories.putAll(directories);
        if (!directories.containsKey(GuestPath.ROOT)) {
            throw new IllegalArgumentException("no root among " + directories.keySet());
        }
    }

    /** Mount points, a directory before what lies below it. */
    List<GuestPath> points() {
        return List.copyOf(directories.keySet());
    }

    Set<GuestPath> pointsBelowRoot() {
        Set<GuestPath> points = new TreeSet<>(directories.keySet());
        points.remove(GuestPath.ROOT);
        return points;
    }

    String directory(GuestPath point) {
        String directory = directories.get(point);
        if (directory == null) {
            throw new IllegalArgumentException("nothing is mounted at " + point);
        }
        return directory;
    }

    /** The appliance's name for a canonical path of the guest, as one word of the shell. */
    String word(GuestPath canonical) {
        GuestPath point = directories.keySet().stream()
                .filter(canonical::startsWith)
                .max(Comparator.comparingInt(GuestPath::depth))
                .orElse(GuestPath.ROOT);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(directory(point).getBytes(StandardCharsets.US_ASCII));
        for (int i = point.depth(); i < canonical.depth(); i++) {
            bytes.write('/');
            bytes.writeBytes(canonical.nameBytes(i));
        }
        return Script.word(bytes.toByteArray());
    }
}
