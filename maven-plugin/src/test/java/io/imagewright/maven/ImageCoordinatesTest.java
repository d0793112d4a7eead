package io.imagewright.maven;

import java.util.List;

import io.imagewright.error.ImageException;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

public class ImageCoordinatesTest {

    @Test
    public void readsThreeToFiveWords() {
        assertEquals(new ImageCoordinates("g.h", "a", "1", "", ""), ImageCoordinates.parse("g.h:a:1"));
        assertEquals(new ImageCoordinates("g", "a", "1", "raw.gz", ""), ImageCoordinates.parse("g:a:1:raw.gz"));
        assertEquals(new ImageCoordinates("g", "a", "1", "qcow2", "db"), ImageCoordinates.parse("g:a:1:qcow2:db"));
    }

    @Test
    public void refusesWhatIsNoCoordinates() {
        for (String text : List.of("", "a", "g:a", "g:a:", "g:a:1:x:y:z", "g:../a:1", "g:a:1:qcow2:", "g:a b:1")) {
            String message = assertThrows(text, ImageException.class, () -> ImageCoordinates.parse(text))
                    .getMessage();
            assertEquals(
                    text,
                    "image.artifact: expected groupId:artifactId:version[:extension[:classifier]], found '" + text
                            + "'. An example is com.example:web:1.0:qcow2.",
                    message);
        }
    }

    @Test
    public void namesOfImagesArePartOfTheManifestsClassifier() {
        assertEquals(
                List.of("web-db-small-image-manifest", "web-db-image-manifest", "web-image-manifest", "image-manifest"),
                ImageCoordinates.parse("g:a:1:qcow2:web-db-small").manifestClassifiers("image-manifest"));
        assertEquals(List.of("image-manifest"), ImageCoordinates.parse("g:a:1").manifestClassifiers("image-manifest"));
    }

    @Test
    public void findsTheCoordinatesOfAFileByItsName() {
        ImageCoordinates image = ImageCoordinates.parse("g:a:1.0");
        assertEquals(new Coordinates("qcow2.sha256sum", ""), image.coordinates("a-1.0.qcow2.sha256sum", ""));
        assertEquals(new Coordinates("raw.gz", "x.y"), image.coordinates("a-1.0-x.y.raw.gz", "x.y"));
        assertEquals("web-sbom", image.classifierOf("a-1.0-web-sbom.json", "json"));
        assertThrows(ImageException.class, () -> image.coordinates("web-1.0.qcow2", ""));
        assertThrows(ImageException.class, () -> image.classifierOf("web-sbom.json", "json"));
        assertThrows(ImageException.class, () -> image.classifierOf("a-1.0-.json", "json"));
    }

    @Test
    public void filesOfASnapshotAreNamedAsTheyWereBuilt() {
        ImageCoordinates image = ImageCoordinates.parse("g:a:1.0-20261130.121314-7");
        assertEquals("a-1.0-SNAPSHOT.qcow2", image.fileName(new Coordinates("qcow2", "")));
        assertEquals(new Coordinates("qcow2", ""), image.coordinates("a-1.0-SNAPSHOT.qcow2", ""));
        assertEquals("sbom", image.classifierOf("a-1.0-SNAPSHOT-sbom.json", "json"));
        assertEquals("1.0-20261130.121314-7", image.version());
    }
}
