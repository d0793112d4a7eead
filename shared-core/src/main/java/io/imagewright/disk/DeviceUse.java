package io.imagewright.disk;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What uses a block device: a mount, swap, the device mapper, RAID, or a program that has it alone. */
final class DeviceUse {

    private static final Path BLOCK = Path.of("/sys/class/block");

    /** Blanks and backslashes in mountinfo. */
    private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{3})");

    private DeviceUse() {}

    /** The use of a device or of one of its partitions, a part of a sentence; empty when it is free. */
    static Optional<String> of(Path device) throws IOException {
        Optional<Path> entry = BlockDevice.entry(device);
        Optional<String> known = entry.isPresent() ? ofEntry(entry.get()) : Optional.empty();
        return known.isPresent() || !SparseFile.isBusyDevice(device)
                ? known
                : Optional.of("another program, or the kernel, has this device for itself");
    }

    /** The use of a file through a loop device. */
    static Optional<String> ofLoopFile(Path file) throws IOException {
        if (!Files.isDirectory(BLOCK)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> loops = Files.newDirectoryStream(BLOCK, "loop*")) {
            for (Path loop : loops) {
                Optional<String> use = isBackedBy(loop, file) ? ofEntry(loop.toRealPath()) : Optional.empty();
                if (use.isPresent()) {
                    return Optional.of("the loop device /dev/" + loop.getFileName() + " is this file: " + use.get());
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isBackedBy(Path loop, Path file) {
        try {
            return Files.readString(loop.resolve("loop/backing_file")).strip().equals(file.toString())
                    && Files.readString(loop.resolve("ro")).strip().equals("0");
        } catch (IOException unused) {
            return false;
        }
    }

    private static Optional<String> ofEntry(Path entry) throws IOException {
        List<Path> devices = new ArrayList<>(List.of(entry));
        try (DirectoryStream<Path> below =
                Files.newDirectoryStream(entry, path -> Files.exists(path.resolve("partition")))) {
            below.forEach(devices::add);
        }
        for (Path device : devices) {
            String name = "/dev/" + device.getFileName();
            Optional<String> mounted =
                    mountPoint(name, Files.readString(device.resolve("dev")).strip());
            if (mounted.isPresent()) {
                return Optional.of(name + " is mounted on " + mounted.get());
            }
            if (Files.isReadable(Path.of("/proc/swaps"))
                    && Files.readAllLines(Path.of("/proc/swaps")).stream()
                            .anyMatch(line -> line.startsWith(name + " "))) {
                return Optional.of(name + " is swap of this machine");
            }
            Path holders = device.resolve("holders");
            if (Files.isDirectory(holders)) {
                try (DirectoryStream<Path> held = Files.newDirectoryStream(holders)) {
                    for (Path holder : held) {
                        return Optional.of(name + " is a part of /dev/" + holder.getFileName());
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** By number; of file systems with numbers of their own, such as btrfs, by name. Source: proc(5), mountinfo. */
    private static Optional<String> mountPoint(String name, String number) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
            String[] fields = line.split(" ");
            int separator = List.of(fields).indexOf("-");
            boolean isNamed = separator >= 0 && separator + 2 < fields.length && fields[separator + 2].equals(name);
            if (fields.length > 4 && (fields[2].equals(number) || isNamed)) {
                String path = ESCAPE.matcher(fields[4])
                        .replaceAll(octal ->
                                Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(octal.group(1), 8))));
                return Optional.of(ReferencePolicy.printable(path));
            }
        }
        return Optional.empty();
    }
}
