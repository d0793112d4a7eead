package io.imagewright.sysprep.linux;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.imagewright.guest.Change;
import io.imagewright.guest.Entry;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.unix.ConfigFile;
import io.imagewright.sysprep.unix.Glob;

/**
 * Settings that are taken out of the configuration of network interfaces: of Red Hat's and SUSE's scripts, and of NetworkManager's keyfiles, which have
 * come after them.
 *
 * @param scripts matches a line of ifcfg-*
 * @param keyfiles matches a line of a keyfile
 */
record NetworkLines(Pattern scripts, Pattern keyfiles) {

    private static final List<Glob> SCRIPTS =
            List.of(new Glob("etc/sysconfig/network-scripts/ifcfg-*"), new Glob("etc/sysconfig/network/ifcfg-*"));
    private static final List<Glob> KEYFILES = List.of(new Glob("etc/NetworkManager/system-connections/*"));

    static NetworkLines of(String variable, String key) {
        return new NetworkLines(
                Pattern.compile("[ \t]*(?:export[ \t]+)?" + variable + "=.*", Pattern.DOTALL),
                Pattern.compile("[ \t]*" + key + "[ \t]*=.*", Pattern.DOTALL));
    }

    List<Change> remove(OperationContext context) {
        return Stream.concat(remove(context, SCRIPTS, scripts).stream(), remove(context, KEYFILES, keyfiles).stream())
                .toList();
    }

    /** The changes that take the lines that match out of some files. */
    static List<Change> remove(OperationContext context, List<Glob> files, Pattern line) {
        return files.stream()
                .flatMap(glob -> glob.below(context, GuestPath.ROOT).stream())
                .map(Entry::path)
                .flatMap(path -> ConfigFile.read(context, path).stream())
                .distinct()
                .flatMap(file -> file.with(file.withoutLines(line.asMatchPredicate())).stream())
                .toList();
    }
}
