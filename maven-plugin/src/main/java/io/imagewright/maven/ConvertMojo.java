package io.imagewright.maven;

import java.util.Collection;

import io.imagewright.ImageBuild;
import io.imagewright.api.ImageBuildRequest;
import io.imagewright.progress.ProgressListener;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Writes disks in other formats, as they are: <code>mvn io.imagewright:image-maven-plugin:convert -Dimage.source=disk.vmdk
 * -Dimage.formats=qcow2,raw.zst</code>. No operation runs and nothing is shrunk, so that what is deleted on the disk stays in the
 * image; source, formats and checksums of the description count, nothing is attached.
 *
 * @since 0.1.0
 */
@Mojo(name = "convert", requiresProject = false, threadSafe = true)
public final class ConvertMojo extends AbstractImageMojo {

    @Override
    void check(Collection<ImageBuildRequest> requests) {
        ImageBuild.checkConversions(requests);
    }

    @Override
    void execute(ImageBuildRequest request, boolean named, ProgressListener listener) {
        ImageBuild.convert(request, listener).lines().forEach(getLog()::info);
    }
}
