package io.imagewright.sysprep.windows;

import java.util.List;

/** Which programs were started when, and where they lie on a disk that the image will not have. */
public final class CleanupPrefetch implements FileRemoval {

    @Override
    public String name() {
        return "cleanup-prefetch";
    }

    @Override
    public String description() {
        return "Deletes the prefetch files.";
    }

    @Override
    public List<String> patterns() {
        return List.of("Windows/Prefetch/*");
    }
}
