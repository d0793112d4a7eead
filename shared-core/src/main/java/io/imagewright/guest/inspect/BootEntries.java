package io.imagewright.guest.inspect;

import java.util.List;
import java.util.stream.Stream;

import io.imagewright.guest.GuestFiles;
import io.imagewright.guest.Lines;

/** Boot entries, see the UAPI Group's Boot Loader Specification, type 1. */
final class BootEntries {

    private static final List<String> DIRECTORIES =
            List.of("/boot/loader/entries", "/efi/loader/entries", "/boot/efi/loader/entries");

    private static final int MAX_ENTRIES = 256;
    private static final String KEY = "version";

    private BootEntries() {}

    /** What the entries give as versions; rescue kernels left out. */
    static Stream<String> kernels(GuestFiles files) {
        return DIRECTORIES.stream()
                .flatMap(directory -> files.list(directory).stream())
                .filter(entry -> entry.path().name().endsWith(".conf"))
                .limit(MAX_ENTRIES)
                .flatMap(entry -> files.read(entry).stream())
                .flatMap(content -> Lines.of(content.text()).map(String::strip))
                .filter(line -> line.startsWith(KEY + " ") || line.startsWith(KEY + "\t"))
                .map(line -> line.substring(KEY.length()).strip())
                .filter(version -> !version.isEmpty() && !version.startsWith("0-rescue"));
    }
}
