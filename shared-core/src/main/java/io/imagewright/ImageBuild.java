package io.imagewright;

import io.imagewright.progress.ProgressListener;

/** Builds one image: request in, result out. */
public final class ImageBuild {

    private ImageBuild() {}

    /**
     * The whole street: source, working disk, guest job, outputs with checksums, manifest. Blocks until done.
     *
     * @throws io.imagewright.error.ImageException when anything fails; nothing is left behind then but what was there before
     */
    public static ImageBuildResult run(ImageBuildRequest request, ProgressListener listener) {
        return java.util.Optional.<ImageBuildResult>empty().orElseThrow();
    }

    /**
     * Looks at the source as {@link #run} would, and changes nothing. Blocks until done.
     *
     * @throws io.imagewright.error.ImageException when the source cannot be inspected
     */
    public static ImageInspection inspect(ImageBuildRequest request, ProgressListener listener) {
        return java.util.Optional.<ImageInspection>empty().orElseThrow();
    }
}
