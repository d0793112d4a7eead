package io.imagewright.sysprep.windows;

import java.util.List;

/** Updates that are installed already, or will be loaded again. */
public final class CleanupUpdateDownloads implements FileRemoval {

    @Override
    public String name() {
        return "cleanup-update-downloads";
    }

    @Override
    public String description() {
        return "Deletes the updates that Windows Update has downloaded.";
    }

    @Override
    public List<String> patterns() {
        return List.of("Windows/SoftwareDistribution/Download/*");
    }
}
