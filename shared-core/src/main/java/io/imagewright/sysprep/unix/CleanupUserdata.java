package io.imagewright.sysprep.unix;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import io.imagewright.error.ImageException;
import io.imagewright.guest.Change;
import io.imagewright.guest.Entry;
import io.imagewright.guest.FileStat;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.Parameter;
import io.imagewright.sysprep.ParameterType;
import io.imagewright.sysprep.ParameterValues;

/** Overwrites and removes what people leave in their homes: keys, histories, accounts. */
public final class CleanupUserdata implements UnixOperation {

    /** The one directory that goes itself, as virt-sysprep's ssh-userdir has it. */
    private static final String SSH = ".ssh";

    private static final Parameter SENSITIVE = new Parameter(
            "sensitive_userdata",
            ParameterType.STRING_LIST,
            ".history,.sh_history,.bash_history,.zsh_history,.gnupg,.ssh,.kamakirc,.kamaki.history,.kamaki.log",
            "Names of files and directories in each home whose content must not leave the building.");

    @Override
    public String name() {
        return "cleanup-userdata";
    }

    @Override
    public Set<String> aliases() {
        return Set.of("bash-history", "zsh-history", "ssh-userdir");
    }

    @Override
    public String description() {
        return "Overwrites and removes keys, shell histories and account data in the homes of root and all users.";
    }

    @Override
    public String effect() {
        return "Overwrites and deletes, in `/root`, the directories of `/home` and the homes of users in "
                + "`/etc/passwd` (from `UID_MIN` of `/etc/login.defs` on), what the parameter "
                + "`sensitive_userdata` names: files, and all files below directories. Directories stay, but for "
                + "`.ssh`. Links are followed within the home.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(SENSITIVE);
    }

    @Override
    public void check(ParameterValues parameters) {
        parameters.value(SENSITIVE.name()).forEach(CleanupUserdata::requireName);
    }

    @Override
    public List<Change> plan(OperationContext context) {
        List<String> names = context.parameter(SENSITIVE.name());
        TreeMap<GuestPath, Entry> files = new TreeMap<>(); // homes may lie in each other
        TreeMap<GuestPath, Entry> others = new TreeMap<>();
        for (GuestPath home : Homes.of(context)) {
            for (String name : names) {
                for (Entry entry : sensitive(context, home, home.child(name))) {
                    (entry.stat().isRegular() ? files : others).put(entry.path(), entry);
                }
            }
        }
        List<Change> changes = new ArrayList<>(Secrets.remove(context, files.values()));
        others.keySet().forEach(path -> changes.add(new Change.Delete(path)));
        if (names.contains(SSH)) {
            Homes.of(context).stream()
                    .map(home -> home.child(SSH))
                    .filter(path -> context.guest()
                            .stat(path)
                            .filter(FileStat::isDirectory)
                            .isPresent())
                    .forEach(path -> changes.add(new Change.DeleteTree(path)));
        }
        return changes;
    }

    /**
     * The file itself, or all but the directories below it: sockets and links of an agent tell names and keys, too. A link is followed
     * while it stays in the home, as people keep such files in a repository of their own.
     */
    private static List<Entry> sensitive(OperationContext context, GuestPath home, GuestPath path) {
        Optional<Entry> real = Reachable.file(context, path);
        if (real.isEmpty()) {
            return List.of();
        }
        if (!real.get().path().startsWith(home)) {
            if (real.get().stat().isRegular() || real.get().stat().isDirectory()) {
                context.warn(path + " leads out of the home, to " + real.get().path() + ", and is left alone.");
            }
            return List.of();
        }
        Entry entry = real.get();
        if (entry.stat().isDirectory()) {
            return context.guest().walk(entry.path()).stream()
                    .filter(below -> !below.stat().isDirectory())
                    .toList();
        }
        return entry.stat().isRegular() ? List.of(entry) : List.of();
    }

    private static void requireName(String name) {
        boolean plain = !name.equals(".") && !name.equals("..") && name.indexOf('/') < 0 && name.indexOf('\0') < 0;
        if (!plain) {
            throw ImageException.of(
                    ImageException.Kind.DESCRIPTION,
                    "Invalid value for sysprep parameter: `" + SENSITIVE.name() + "'. Reason",
                    "`" + name + "' is not the name of a file in a home",
                    "Give plain names, without a slash.");
        }
    }
}
