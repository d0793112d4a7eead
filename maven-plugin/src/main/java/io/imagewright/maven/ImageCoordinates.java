package io.imagewright.maven;

import java.util.ArrayList;
import java.util.List;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import org.eclipse.aether.artifact.DefaultArtifact;

/**
 * An image in a repository.
 *
 * @param extension of its file; empty for all files of the image
 * @param classifier empty for none
 */
record ImageCoordinates(String groupId, String artifactId, String version, String extension, String classifier) {

    private static final String WORD = "[A-Za-z0-9][A-Za-z0-9._+-]{0,199}";

    /**
     * Reads {@code groupId:artifactId:version[:extension[:classifier]]}.
     *
     * @throws ImageException DESCRIPTION when it is none
     */
    static ImageCoordinates parse(String text) {
        String[] words = text.split(":", -1);
        boolean isValid = words.length >= 3 && words.length <= 5;
        for (String word : words) {
            isValid &= word.matches(WORD);
        }
        if (!isValid) {
            throw ImageException.of(
                    Kind.DESCRIPTION,
                    "image.artifact",
                    "expected groupId:artifactId:version[:extension[:classifier]], found '"
                            + text.replaceAll("\\p{Cntrl}", "?") + "'",
                    "An example is com.example:web:1.0:qcow2.");
        }
        return new ImageCoordinates(
                words[0], words[1], words[2], words.length > 3 ? words[3] : "", words.length > 4 ? words[4] : "");
    }

    /** The name of a file as it was deployed: that of a snapshot has {@code SNAPSHOT} where the repository has time and number. */
    String fileName(Coordinates coordinates) {
        return coordinates.fileName(artifactId, baseVersion());
    }

    private String baseVersion() {
        return new DefaultArtifact(groupId, artifactId, "", version).getBaseVersion();
    }

    /**
     * The classifiers that the image's manifest may have: where a project has several images, their names are part of the classifiers.
     *
     * @param plain the manifest's where the project has one image
     */
    List<String> manifestClassifiers(String plain) {
        List<String> classifiers = new ArrayList<>();
        for (String name = classifier; !name.isEmpty(); name = name.substring(0, Math.max(0, name.lastIndexOf('-')))) {
            classifiers.add(name + "-" + plain);
        }
        classifiers.add(plain);
        return classifiers;
    }

    /**
     * What is behind artifact, version and classifier in the name of a file.
     *
     * @throws ImageException SOURCE when it has another name, so that no repository can have it
     */
    Coordinates coordinates(String file, String itsClassifier) {
        String start = fileName(new Coordinates("", itsClassifier));
        if (!file.startsWith(start)) {
            throw otherName(file);
        }
        return new Coordinates(file.substring(start.length()), itsClassifier);
    }

    /**
     * The classifier in the name of a file.
     *
     * @throws ImageException SOURCE as above
     */
    String classifierOf(String file, String type) {
        String start = artifactId + "-" + baseVersion() + "-";
        String end = "." + type;
        if (!file.startsWith(start) || !file.endsWith(end) || file.length() <= start.length() + end.length()) {
            throw otherName(file);
        }
        return file.substring(start.length(), file.length() - end.length());
    }

    private ImageException otherName(String file) {
        return ImageException.of(
                Kind.SOURCE,
                "Cannot get the image " + groupId + ":" + artifactId + ":" + version,
                "its manifest names the file " + file + ", which is not the name of a file in a repository",
                "Deploy it again with this version of Imagewright.");
    }
}
