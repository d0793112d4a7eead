package io.imagewright.format;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imagewright.checksum.DigestAlgorithm;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/** How a container image lies in one tar file. */
enum ArchiveKind {
    /** OCI Image Format Specification 1.1, "OCI Image Layout", which tools call an OCI archive. */
    OCI {
        @Override
        void begin(TarFile archive) {
            archive.directory("blobs/").directory("blobs/sha256/");
        }

        @Override
        String layerName(ContainerLayer layer) {
            return BLOBS + layer.digest();
        }

        @Override
        void describe(TarFile archive, ContainerLayer layer, byte[] config, Optional<DockerTarget> target) {
            String configDigest = sha256(config);
            archive.file(BLOBS + configDigest, config);
            ObjectNode manifest = NODES.objectNode();
            manifest.put("schemaVersion", 2).put(MEDIA_TYPE, OCI_TYPE + "manifest.v1+json");
            manifest.set("config", descriptor(OCI_TYPE + "config.v1+json", configDigest, config.length));
            manifest.putArray("layers").add(descriptor(mediaType(layer), layer.digest(), layer.size()));
            byte[] manifestBytes = bytes(manifest);
            archive.file(BLOBS + sha256(manifestBytes), manifestBytes);
            ObjectNode entry = descriptor(OCI_TYPE + "manifest.v1+json", sha256(manifestBytes), manifestBytes.length);
            target.ifPresent(name -> entry.putObject("annotations")
                    // the first is what docker and containerd look at, the second what skopeo and podman do
                    .put("io.containerd.image.name", name.full())
                    .put("org.opencontainers.image.ref.name", name.text()));
            ObjectNode index = NODES.objectNode();
            index.put("schemaVersion", 2).put(MEDIA_TYPE, OCI_TYPE + "index.v1+json");
            index.putArray("manifests").add(entry);
            archive.file("index.json", bytes(index));
            archive.file("oci-layout", bytes(NODES.objectNode().put("imageLayoutVersion", "1.0.0")));
        }

        private String mediaType(ContainerLayer layer) {
            return OCI_TYPE
                    + "layer.v1.tar"
                    + layer.compression()
                            .map(compression -> "+" + OptionValues.word(compression))
                            .orElse("");
        }
    },

    /** Docker Image Specification 1.2, "Combined Image JSON + Filesystem Changeset Format": what {@code docker load} takes. */
    DOCKER {
        @Override
        void begin(TarFile archive) {}

        @Override
        String layerName(ContainerLayer layer) {
            return layer.digest() + ".tar"
                    + layer.compression()
                            .map(compression -> compression == StreamCompression.GZIP ? ".gz" : ".zst")
                            .orElse("");
        }

        @Override
        void describe(TarFile archive, ContainerLayer layer, byte[] config, Optional<DockerTarget> target) {
            String configName = sha256(config) + ".json";
            archive.file(configName, config);
            ArrayNode images = NODES.arrayNode();
            ObjectNode image = images.addObject().put("Config", configName);
            ArrayNode tags = image.putArray("RepoTags");
            target.ifPresent(name -> tags.add(name.text()));
            image.putArray("Layers").add(layerName(layer));
            archive.file("manifest.json", bytes(images));
        }
    };

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String BLOBS = "blobs/sha256/";
    private static final String MEDIA_TYPE = "mediaType";
    private static final String OCI_TYPE = "application/vnd.oci.image.";

    /** Puts in what comes before the layer. */
    abstract void begin(TarFile archive);

    abstract String layerName(ContainerLayer layer);

    /** Puts in what comes behind the layer. */
    abstract void describe(TarFile archive, ContainerLayer layer, byte[] config, Optional<DockerTarget> target);

    /** Ends the entry of the layer, whose content is there, and the archive. Gives its bytes. */
    long complete(TarFile archive, ContainerLayer layer, byte[] config, Optional<DockerTarget> target) {
        archive.end(new TarArchiveEntry(layerName(layer)), layer.size());
        describe(archive, layer, config, target);
        return archive.finish();
    }

    private static ObjectNode descriptor(String mediaType, String digest, long size) {
        return NODES.objectNode()
                .put(MEDIA_TYPE, mediaType)
                .put("digest", "sha256:" + digest)
                .put("size", size);
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(DigestAlgorithm.SHA256.newDigest().digest(bytes));
    }

    static byte[] bytes(JsonNode json) {
        try {
            return new JsonMapper().writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException("a tree of JSON cannot be written", bug);
        }
    }
}
