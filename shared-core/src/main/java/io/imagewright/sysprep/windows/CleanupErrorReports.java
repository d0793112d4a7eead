package io.imagewright.sysprep.windows;

import java.util.List;

/** Reports and dumps hold what was in memory, secrets among it. */
public final class CleanupErrorReports implements FileRemoval {

    @Override
    public String name() {
        return "cleanup-error-reports";
    }

    @Override
    public String description() {
        return "Deletes error reports (WER) and memory dumps.";
    }

    private static final String REPORTS = "Microsoft/Windows/WER/";

    @Override
    public List<String> patterns() {
        return List.of(
                "ProgramData/" + REPORTS + "*/*",
                "Users/*/AppData/Local/" + REPORTS + "*/*",
                "Users/*/AppData/Local/CrashDumps/*",
                "Windows/Minidump/*",
                "Windows/LiveKernelReports/*.dmp",
                "Windows/MEMORY.DMP");
    }
}
