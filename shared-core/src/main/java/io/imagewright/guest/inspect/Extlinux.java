package io.imagewright.guest.inspect;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.FileStat;
import io.imagewright.guest.GuestFiles;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.GuestTree;

/**
 * A guest's own program that puts the loader of extlinux where a boot sector finds it, reference 1.6 (shrink).
 *
 * @param program canonical
 * @param directory where extlinux has its files, canonical
 */
public record Extlinux(GuestPath program, GuestPath directory) {

    private static final List<GuestPath> PROGRAMS = Stream.of(
                    "/usr/bin/extlinux", "/sbin/extlinux", "/usr/sbin/extlinux", "/bin/extlinux")
            .map(GuestPath::of)
            .toList();

    private static final List<GuestPath> DIRECTORIES = Stream.of(
                    "/boot/extlinux", "/boot/syslinux", "/boot", "/extlinux", "/syslinux", "/")
            .map(GuestPath::of)
            .toList();

    private static final List<String> CONFIGURATIONS = List.of("extlinux.conf", "syslinux.cfg");

    /** A kernel or initrd by a path that begins where extlinux was installed. */
    private static final Pattern RELATIVE =
            Pattern.compile("(?im)^[ \t]*(?:kernel|linux|initrd)[ \t]+([^/\\s:][^\\s:]*)[ \t]*\\r?$");

    /** Of this guest; empty when it has no such program or no configuration. */
    public static Optional<Extlinux> of(GuestTree guest) {
        GuestFiles files = new GuestFiles(guest, unreadable -> {});
        Optional<GuestPath> program = PROGRAMS.stream()
                .filter(path -> guest.resolve(path)
                        .flatMap(guest::stat)
                        .filter(FileStat::isRegular)
                        .isPresent())
                .findFirst();
        return program.flatMap(path -> directory(files).map(directory -> new Extlinux(path, directory)));
    }

    private static Optional<GuestPath> directory(GuestFiles files) {
        for (GuestPath directory : DIRECTORIES) {
            for (String name : CONFIGURATIONS) {
                String path = below(directory, name);
                Optional<String> text = files.read(path).map(Bytes::text);
                if (text.isPresent()) {
                    return Optional.of(RELATIVE.matcher(text.get())
                            .results()
                            .map(MatchResult::group)
                            .limit(100)
                            .flatMap(line -> RELATIVE.matcher(line).results())
                            .map(result -> result.group(1))
                            .flatMap(file -> DIRECTORIES.stream().filter(place -> files.exists(below(place, file))))
                            .findFirst()
                            .orElse(directory));
                }
            }
        }
        return Optional.empty();
    }

    private static String below(GuestPath directory, String name) {
        return directory.equals(GuestPath.ROOT) ? "/" + name : directory + "/" + name;
    }

    /** What makes the boot sector find the loader again after its blocks have moved. */
    public List<String> update() {
        return List.of(program.toString(), "-U", directory.toString());
    }
}
