package io.imagewright.sysprep.windows;

import java.util.List;

/** Event logs describe the machine that the image comes from; Windows creates them again. */
public final class ClearLogs implements FileRemoval {

    @Override
    public String name() {
        return "clear-logs";
    }

    @Override
    public String description() {
        return "Deletes the event logs and the logs of servicing.";
    }

    @Override
    public List<String> patterns() {
        return List.of(
                "Windows/System32/winevt/Logs/*.evtx",
                "Windows/Logs/*/*.log",
                "Windows/Logs/*/*.cab",
                "Windows/Logs/*/*.etl");
    }
}
