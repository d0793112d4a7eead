package io.imagewright.sysprep.unix;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.imagewright.error.ImageException;
import io.imagewright.guest.Change;
import io.imagewright.guest.FileStat;
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
        return "Overwrites and deletes, " + HomeFiles.HOMES + ", what the parameter "
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
        List<Change> changes = new ArrayList<>(HomeFiles.remove(context, names));
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
