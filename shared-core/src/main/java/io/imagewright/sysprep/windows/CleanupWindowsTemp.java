package io.imagewright.sysprep.windows;

import java.util.List;

/** What programs leave in their directories for temporary files. */
public final class CleanupWindowsTemp implements FileRemoval {

    @Override
    public String name() {
        return "cleanup-windows-temp";
    }

    @Override
    public String description() {
        return "Empties the directories for temporary files of the system and of the users.";
    }

    @Override
    public List<String> patterns() {
        return List.of("Windows/Temp/*", "Users/*/AppData/Local/Temp/*");
    }
}
