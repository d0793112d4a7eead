package io.imagewright.sysprep.unix;

import java.util.List;
import java.util.stream.Collectors;

import io.imagewright.guest.Change;
import io.imagewright.sysprep.OperationContext;

/** An operation that does nothing but take files out of the homes of root and all users. */
interface HomeDeletion extends UnixOperation {

    /** Files and directories, relative to a home; all files below directories go. */
    List<String> paths();

    @Override
    default String effect() {
        return "Overwrites and deletes, " + HomeFiles.HOMES + ": "
                + paths().stream().map(path -> "`" + path + "`").collect(Collectors.joining(", "))
                + "; files, and all files below directories. Directories stay. Links are followed within the home.";
    }

    @Override
    default List<Change> plan(OperationContext context) {
        return HomeFiles.remove(context, paths());
    }
}
