package io.imagewright.sysprep.linux;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.unix.Account;
import io.imagewright.sysprep.unix.ConfigFile;

/** Takes users out of the files that list them: passwd(5), shadow(5), group(5), gshadow(5), subuid(5), subgid(5). */
final class AccountFiles {

    private final Set<String> names;
    private final Set<String> uids;
    private final Set<String> ownGroups;
    private final Set<String> neededGroups;

    AccountFiles(Collection<Account> going, Collection<Account> staying) {
        this.names = texts(going.stream().map(Account::name));
        this.uids = texts(going.stream().map(account -> String.valueOf(account.uid())));
        this.ownGroups = texts(going.stream().map(account -> account.name() + ":" + account.gid()));
        this.neededGroups = texts(staying.stream().map(account -> String.valueOf(account.gid())));
    }

    List<Change> changes(OperationContext context) {
        List<Change> changes = new ArrayList<>();
        for (String file : List.of("passwd", "shadow")) {
            read(context, file)
                    .flatMap(lines -> lines.with(lines.withoutLines(line -> names.contains(field(line, 0)))))
                    .ifPresent(changes::add);
        }
        for (String file : List.of("subuid", "subgid")) {
            read(context, file)
                    .flatMap(lines -> lines.with(lines.withoutLines(
                            line -> names.contains(field(line, 0)) || uids.contains(field(line, 0)))))
                    .ifPresent(changes::add);
        }
        Optional<ConfigFile> groups = read(context, "group");
        Set<String> gone = texts(groups.stream()
                .flatMap(file -> file.text().lines())
                .filter(this::isForThemOnly)
                .map(line -> field(line, 0)));
        groups.flatMap(file -> without(file, gone, List.of(3))).ifPresent(changes::add);
        read(context, "gshadow")
                .flatMap(file -> without(file, gone, List.of(2, 3)))
                .ifPresent(changes::add);
        return changes;
    }

    private static Optional<ConfigFile> read(OperationContext context, String file) {
        return ConfigFile.read(context, GuestPath.of("/etc").child(file));
    }

    /** A group that was made with its user goes with it, unless somebody else is in it by now. */
    private boolean isForThemOnly(String line) {
        String gid = field(line, 2);
        return ownGroups.contains(field(line, 0) + ":" + gid)
                && !neededGroups.contains(gid)
                && staying(field(line, 3)).isEmpty();
    }

    /** The file without the groups that are gone, and without the users in the lists of the others. */
    private Optional<Change> without(ConfigFile file, Set<String> gone, List<Integer> lists) {
        String groups = file.withoutLines(line -> gone.contains(field(line, 0)));
        ConfigFile left = new ConfigFile(file.path(), groups);
        return file.with(left.mapLines(line -> {
            String[] fields = line.split(":", -1);
            lists.stream().filter(list -> list < fields.length).forEach(list -> fields[list] = staying(fields[list]));
            return String.join(":", fields);
        }));
    }

    /** A list of users as it is where nobody in it goes. */
    private String staying(String list) {
        List<String> users = List.of(list.split(",", -1));
        return users.stream().anyMatch(names::contains)
                ? users.stream().filter(user -> !names.contains(user)).collect(Collectors.joining(","))
                : list;
    }

    private static String field(String line, int index) {
        String[] fields = line.split(":", index + 2);
        return index < fields.length ? fields[index] : "";
    }

    private static Set<String> texts(Stream<String> texts) {
        return texts.collect(Collectors.toUnmodifiableSet());
    }
}
