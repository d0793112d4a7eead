package io.imagewright.format;

import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/** {@code oci} as it comes: a layer compressed by gzip. */
public class OciOutputTest extends ContainerOutputContract {

    @Override
    String format() {
        return "oci";
    }

    @Override
    String transport() {
        return "oci-archive";
    }

    @Override
    void check(Path written) throws Exception {
        String names = run("tar", "-tf", written.toString()).replaceAll("[0-9a-f]{64}", "*");
        assertEquals(
                "blobs/\nblobs/sha256/\nblobs/sha256/*\nblobs/sha256/*\nblobs/sha256/*\nindex.json\noci-layout\n",
                names);
        JsonNode index = ContainerArchives.json(run("tar", "-xOf", written.toString(), "index.json"));
        assertEquals(
                "docker.io/library/image:1",
                index.at("/manifests/0/annotations/io.containerd.image.name").asText());
        String listing = run("tar", "--numeric-owner", "--utc", "-tvf", written.toString());
        assertTrue(listing, listing.startsWith("drwxr-xr-x 0/0 "));
        assertTrue(listing, listing.lines().allMatch(line -> line.contains(" 2023-11-14 22:13 ")));
    }
}
