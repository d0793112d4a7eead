package io.imagewright.guest.inspect;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.imagewright.guest.FileContent;
import io.imagewright.guest.GuestFiles;

/**
 * Recognises a BSD by its own files: FreeBSD's {@code freebsd-version(1)}, NetBSD's {@code /etc/release}; of all, and of OpenBSD alone, the line that
 * {@code /etc/rc} puts at the top of {@code /etc/motd}, else the one in the kernel (one that was never started has the second only).
 */
final class BsdIdentity {

    private static final String FREEBSD_VERSION = "/bin/freebsd-version";

    /** Families by what lies at the root of each. */
    private static final Map<String, String> MARKS = Map.of(
            FREEBSD_VERSION, "FreeBSD", "/etc/freebsd-update.conf", "FreeBSD", "/netbsd", "NetBSD", "/bsd", "OpenBSD");

    private static final Map<String, String> KERNELS =
            Map.of("FreeBSD", "/boot/kernel/kernel", "NetBSD", "/netbsd", "OpenBSD", "/bsd");

    /** Bytes of a kernel; OpenBSD's has 30 MiB. */
    private static final long MAX_KERNEL = 256 << 20;

    private static final int PIECE = 1 << 20;
    private static final int MAX_LINE = 256;

    private static final Pattern USERLAND = Pattern.compile("(?m)^USERLAND_VERSION=[\"']?([\\w.-]{1,64})");
    private static final Pattern VERSION = Pattern.compile("\\d+(?:\\.\\d+)*");

    private BsdIdentity() {}

    /** The files that a BSD is known by. */
    static List<String> files() {
        return MARKS.keySet().stream().sorted().toList();
    }

    /** Empty when it is no BSD. */
    static Optional<Identity> find(GuestFiles files) {
        return MARKS.entrySet().stream()
                .filter(mark -> files.exists(mark.getKey()))
                .map(Map.Entry::getValue)
                .sorted()
                .findFirst()
                .map(name -> identity(name, files));
    }

    private static Identity identity(String name, GuestFiles files) {
        Stream<Supplier<Optional<String>>> own = switch (name) {
            case "FreeBSD" -> Stream.of(() -> userland(files));
            case "NetBSD" -> Stream.of(() -> files.firstLine("/etc/release"));
            default -> Stream.of();
        };
        String line = Stream.concat(own, Stream.of(() -> files.firstLine("/etc/motd"), () -> kernel(name, files)))
                .flatMap(source -> source.get().stream())
                .filter(text -> text.matches(name + " \\d.*"))
                .findFirst()
                .orElse(name);
        // what follows is when and where the kernel was built
        String product = line.replaceFirst("\\s*#.*", "");
        Matcher version = VERSION.matcher(product);
        String family = name.toLowerCase(Locale.ROOT);
        return new Identity(family, family, product, version.find() ? version.group() : "");
    }

    private static Optional<String> userland(GuestFiles files) {
        return files.read(FREEBSD_VERSION)
                .map(script -> USERLAND.matcher(script.text()))
                .filter(Matcher::find)
                .map(found -> "FreeBSD " + found.group(1));
    }

    /** Of {@code @(#)OpenBSD 7.5 (GENERIC.MP) #82: ...}, which all three have in their kernels. */
    private static Optional<String> kernel(String name, GuestFiles files) {
        return files.content(KERNELS.getOrDefault(name, "/"))
                .filter(kernel -> kernel.size() <= MAX_KERNEL)
                .flatMap(kernel -> line(kernel, "@(#)" + name + " "));
    }

    /** What follows the mark {@code @(#)} in a binary, up to the end of the text. */
    private static Optional<String> line(FileContent kernel, String mark) {
        byte[] piece = new byte[PIECE];
        for (long at = 0; at < kernel.size(); at += PIECE - MAX_LINE) {
            int count = kernel.read(at, piece);
            String text = new String(piece, 0, count, StandardCharsets.ISO_8859_1);
            int found = text.indexOf(mark);
            // one that begins near the end is whole in the next piece
            if (found >= 0 && (found <= PIECE - MAX_LINE || count < PIECE)) {
                String rest = text.substring(found + mark.indexOf(')') + 1, Math.min(count, found + MAX_LINE));
                return rest.lines().map(line -> line.replaceFirst("\0.*", "")).findFirst();
            }
            if (count < PIECE) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
