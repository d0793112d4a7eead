package io.imagewright.sysprep.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.Parameter;
import io.imagewright.sysprep.ParameterType;
import io.imagewright.sysprep.unix.Account;
import io.imagewright.sysprep.unix.Accounts;
import io.imagewright.sysprep.unix.HomeRemoval;
import io.imagewright.sysprep.unix.Reachable;

/** Removes people's accounts with their groups, homes and mail. Accounts of the system, nobody among them, always stay. */
public final class RemoveUserAccounts implements LinuxOperation {

    private static final Parameter REMOVE = new Parameter(
            "remove_user_accounts",
            ParameterType.STRING_LIST,
            "",
            "Users whose accounts are removed; when empty, all users.");
    private static final Parameter KEEP =
            new Parameter("keep_user_accounts", ParameterType.STRING_LIST, "", "Users whose accounts stay.");

    /** Files that bear a user's name: mail, and that the user's services run without a login (loginctl(1), enable-linger). */
    private static final List<GuestPath> NAMED = List.of(
            GuestPath.of("/var/spool/mail"), GuestPath.of("/var/mail"), GuestPath.of("/var/lib/systemd/linger"));

    @Override
    public String name() {
        return "remove-user-accounts";
    }

    @Override
    public Set<String> aliases() {
        return Set.of("user-account");
    }

    @Override
    public String description() {
        return "Removes people's accounts, with their groups, homes and mail.";
    }

    @Override
    public String effect() {
        return "For users with a number from `UID_MIN` to `UID_MAX` of `/etc/login.defs` (1000 to 60000): removes their "
                + "lines of `/etc/passwd`, `shadow`, `subuid`, `subgid`, their own groups and their memberships in "
                + "`/etc/group` and `gshadow`, `/var/mail/<user>`, `/var/spool/mail/<user>`, "
                + "`/var/lib/systemd/linger/<user>`, and their homes, where these lie in `/home` or are owned by them.";
    }

    @Override
    public Phase phase() {
        return Phase.IDENTITY;
    }

    @Override
    public boolean enabledByDefault() {
        return false;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(REMOVE, KEEP);
    }

    @Override
    public List<Change> plan(OperationContext context) {
        Accounts accounts = Accounts.of(context);
        Set<String> names = going(context, accounts);
        if (names.isEmpty()) {
            return List.of();
        }
        List<Account> going = accounts.all().stream()
                .filter(account -> names.contains(account.name()))
                .toList();
        List<Account> staying = accounts.all().stream()
                .filter(account -> !names.contains(account.name()))
                .toList();
        List<Change> changes = new ArrayList<>(new AccountFiles(going, staying).changes(context));
        going.stream()
                .flatMap(account -> NAMED.stream().flatMap(directory -> account.in(directory).stream()))
                .flatMap(path -> Reachable.entry(context, path).stream())
                .map(entry -> new Change.DeleteTree(entry.path()))
                .distinct()
                .forEach(changes::add);
        changes.addAll(new HomeRemoval(context, staying).of(going));
        return changes;
    }

    private static Set<String> going(OperationContext context, Accounts accounts) {
        Set<String> system = names(accounts.all().stream().filter(account -> !accounts.isUser(account)));
        Set<String> users = names(accounts.all().stream()
                .filter(account -> accounts.isUser(account) && !system.contains(account.name())));
        List<String> remove = context.parameter(REMOVE.name());
        List<String> keep = context.parameter(KEEP.name());
        Stream.concat(remove.stream(), keep.stream())
                .filter(name -> !users.contains(name))
                .distinct()
                .forEach(name -> context.warn(
                        system.contains(name)
                                ? name + " is an account of the system, not a user's; it always stays."
                                : "There is no user " + name + "."));
        return users.stream()
                .filter(name -> (remove.isEmpty() || remove.contains(name)) && !keep.contains(name))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> names(Stream<Account> accounts) {
        return accounts.map(Account::name).collect(Collectors.toUnmodifiableSet());
    }
}
