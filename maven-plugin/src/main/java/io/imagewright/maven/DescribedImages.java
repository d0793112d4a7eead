package io.imagewright.maven;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.imagewright.error.ErrorCollector;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.spec.DescriptionLayers;
import io.imagewright.spec.DescriptionProperties;
import io.imagewright.spec.DescriptionReader;
import io.imagewright.spec.DescriptionTree;
import io.imagewright.spec.Node;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.jspecify.annotations.Nullable;

/** Puts together what description files, POM and command line say of the project's images. */
final class DescribedImages {

    private DescribedImages() {}

    /**
     * Every image of the project by name.
     *
     * @param descriptions directory of description files
     * @param base directory that messages name files relative to
     * @param references what the files refer to
     * @param images the POM's {@code <images>}
     * @param common plain parameters of the POM by name
     * @param properties what the user gave with {@code -D}
     * @param defaultName name of an image that is alone and has none
     * @throws ImageException DESCRIPTION for any mistake, and when nothing describes an image
     */
    static Map<String, DescriptionTree> of(
            Path descriptions,
            Path base,
            DescriptionProperties references,
            @Nullable PlexusConfiguration images,
            Map<String, String> common,
            Map<String, String> properties,
            String defaultName) {
        List<DescriptionTree> files = DescriptionReader.readAll(descriptions, base, references);
        Map<String, DescriptionTree> merged = new DescriptionLayers(
                        files,
                        PropertyOverrides.ofPom(common),
                        ofPom(images),
                        PropertyOverrides.ofProperties(properties))
                .merged(defaultName);
        if (merged.isEmpty()) {
            throw none(descriptions);
        }
        return merged;
    }

    private static List<DescriptionTree> ofPom(@Nullable PlexusConfiguration images) {
        List<DescriptionTree> trees = new ArrayList<>();
        if (images != null) {
            List<Node> nodes = PomTree.images(images);
            ErrorCollector errors = new ErrorCollector();
            for (int i = 0; i < nodes.size(); i++) {
                Node image = nodes.get(i);
                String place = "images[" + i + "]";
                errors.get(() -> DescriptionTree.of(image, place)).ifPresent(trees::add);
            }
            errors.throwAny();
        }
        return trees;
    }

    private static ImageException none(Path descriptions) {
        return ImageException.of(
                Kind.DESCRIPTION,
                "No image to work on",
                "no description in " + descriptions + ", no <images> in the plugin's configuration, no -Dimage.source",
                """
                Write src/main/image/web.yaml with the line
                  source: { media: base/debian-12.qcow2 }
                or configure the plugin with
                  <images><image><name>web</name><source><media>base/debian-12.qcow2</media></source></image></images>
                or name a disk on the command line: -Dimage.source=disk.qcow2""");
    }
}
