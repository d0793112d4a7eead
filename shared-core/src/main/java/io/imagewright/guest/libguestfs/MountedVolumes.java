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

    /** The appliance's name for a canonical path of the guest, as one word of the shell. */
    String word(GuestPath canonical) {
        GuestPath point = numbers.keySet().stream()
                .filter(canonical::startsWith)
                .max(Comparator.comparingInt(GuestPath::depth))
                .orElse(GuestPath.ROOT);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(VolumeMounts.directory(numbers.getOrDefault(point, 0)).getBytes(StandardCharsets.US_ASCII));
        for (int i = point.depth(); i < canonical.depth(); i++) {
            bytes.write('/');
            bytes.writeBytes(canonical.nameBytes(i));
        }
        return Script.word(bytes.toByteArray());
    }
}
