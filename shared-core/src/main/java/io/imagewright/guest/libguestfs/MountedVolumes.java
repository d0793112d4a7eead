package io.imagewright.guest.libguestfs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.imagewright.guest.GuestPath;

/** Which volume is the guest's file system at which mount point. */
final class MountedVolumes {

    private final Map<GuestPath, Integer> numbers;

    MountedVolumes(Map<GuestPath, Integer> numbers) {
        this.numbers = new TreeMap<>(numbers);
        if (!numbers.containsKey(GuestPath.ROOT)) {
            throw new IllegalArgumentException("no root among " + numbers.keySet());
        }
    }

    Map<GuestPath, Integer> numbers() {
        return Map.copyOf(numbers);
    }

    List<Integer> volumes() {
        return List.copyOf(numbers.values());
    }

    Set<GuestPath> pointsBelowRoot() {
        Set<GuestPath> points = new TreeSet<>(numbers.keySet());
        points.remove(GuestPath.ROOT);
        return points;
    }

    /** The volume that a canonical path of the guest is on. */
    int number(GuestPath canonical) {
        return numbers.getOrDefault(canonical.deepestOf(numbers.keySet()), 0);
    }

    /** The appliance's name for a canonical path of the guest. */
    byte[] name(GuestPath canonical) {
        int depth = canonical.deepestOf(numbers.keySet()).depth();
        return name(VolumeMounts.directory(number(canonical)), canonical, depth);
    }

    /** The appliance's name for a canonical path of the guest, as one word of the shell. */
    String word(GuestPath canonical) {
        return BashScript.word(name(canonical));
    }

    /** A directory of the appliance with the names of a path from this depth on below it, as one word of the shell. */
    static String word(String directory, GuestPath path, int depth) {
        return BashScript.word(name(directory, path, depth));
    }

    private static byte[] name(String directory, GuestPath path, int depth) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(directory.getBytes(StandardCharsets.US_ASCII));
        for (int i = depth; i < path.depth(); i++) {
            bytes.write('/');
            bytes.writeBytes(path.nameBytes(i));
        }
        return bytes.toByteArray();
    }
}
