package io.imagewright.format;

import java.nio.file.Files;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import static org.junit.Assert.assertEquals;

/** Takes container images apart, and has skopeo look at them. */
final class ContainerArchives {

    private ContainerArchives() {}

    /**
     * The layer of a whole image, unpacked into a tar.
     *
     * @param transport skopeo's word for the kind of archive
     * @param directory an empty one to work in
     */
    static Path layer(Path archive, String transport, String target, Path directory) throws Exception {
        String image = transport + ":" + archive + ":" + target;
        JsonNode inspected = json(Tools.run(directory, "skopeo", "inspect", image));
        assertEquals("amd64", inspected.get("Architecture").asText());
        assertEquals("linux", inspected.get("Os").asText());
        assertEquals("2023-11-14T22:13:20Z", inspected.get("Created").asText());
        assertEquals(1, inspected.get("Layers").size());
        // skopeo verifies every digest of what it copies
        Path copy = directory.resolve("copy");
        Tools.run(directory, "skopeo", "copy", "--insecure-policy", image, "dir:" + copy);
        JsonNode manifest = json(Files.readString(copy.resolve("manifest.json")));
        JsonNode config = json(Tools.run(directory, "skopeo", "inspect", "--config", image));
        Path blob = copy.resolve(manifest.at("/layers/0/digest").asText().substring("sha256:".length()));
        Path tar = directory.resolve("layer.tar");
        // whatever the media type says, skopeo takes the layers of docker's archives out of their compression
        String reader =
                "case $(od -An -N4 -tx1 < \"$0\") in ' 1f 8b'*) gzip -dc;; ' 28 b5 2f fd') zstd -dc;; *) cat;; esac";
        Tools.run(directory, "sh", "-c", reader + " < \"$0\" > \"$1\"", blob.toString(), tar.toString());
        String digest = Tools.run(directory, "sha256sum", tar.toString()).split(" ")[0];
        assertEquals("sha256:" + digest, config.at("/rootfs/diff_ids/0").asText());
        return tar;
    }

    static JsonNode json(String text) throws Exception {
        return new JsonMapper().readTree(text);
    }
}
