package io.imagewright.guest.inspect;

import java.util.List;
import java.util.stream.Stream;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.GuestFiles;
import io.imagewright.guest.Lines;

/** What a guest's boot loaders pass to its kernels, see {@code kernel-command-line(7)}: the words of every entry together. */
final class KernelWords {

    private static final List<String> FILES = List.of(
            "/boot/grub/grub.cfg",
            "/boot/grub2/grub.cfg",
            "/boot/extlinux/extlinux.conf",
            "/boot/syslinux/syslinux.cfg",
            "/boot/cmdline.txt",
            "/boot/firmware/cmdline.txt",
            "/etc/kernel/cmdline");

    private static final String ENTRIES = "/boot/loader/entries";
    private static final int MAX_ENTRIES = 256;

    private KernelWords() {}

    /** Whether a kernel is passed this word. */
    static boolean have(GuestFiles files, String word) {
        Stream<Bytes> entries = files.list(ENTRIES).stream()
                .filter(entry -> entry.path().name().endsWith(".conf"))
                .limit(MAX_ENTRIES)
                .flatMap(entry -> files.read(entry).stream());
        return Stream.concat(FILES.stream().flatMap(file -> files.read(file).stream()), entries)
                .flatMap(content -> Lines.of(content.text()))
                .map(String::strip)
                .filter(line -> line.contains(word) && !line.startsWith("#"))
                .anyMatch(line -> List.of(line.split("[ \t\"']+")).contains(word));
    }
}
