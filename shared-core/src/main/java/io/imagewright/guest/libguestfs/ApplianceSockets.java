package io.imagewright.guest.libguestfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The sockets over which this process and its appliance speak. Once both ends are connected their names serve nobody, and without them nothing
 * is left behind when this process is killed. libguestfs passes the directory to nobody but qemu.
 */
final class ApplianceSockets {

    private static final Pattern SOCKET = Pattern.compile("path=(/[^,]{1,100}/libguestfs\\w{6})/guestfsd\\.sock");
    private static final List<String> NAMES = List.of("guestfsd.sock", "console.sock");

    private ApplianceSockets() {}

    /** Deletes the names of those of the appliances that this process started. */
    static void delete() {
        ProcessHandle.current()
                .descendants()
                .flatMap(process -> process.info().arguments().stream().flatMap(Stream::of))
                .map(SOCKET::matcher)
                .filter(Matcher::find)
                .map(found -> Path.of(found.group(1)))
                .distinct()
                .toList()
                .forEach(ApplianceSockets::delete);
    }

    private static void delete(Path directory) {
        try {
            for (String name : NAMES) {
                Files.deleteIfExists(directory.resolve(name));
            }
            Files.deleteIfExists(directory);
        } catch (IOException inUse) {
            // libguestfs deletes it when the appliance ends
        }
    }
}
