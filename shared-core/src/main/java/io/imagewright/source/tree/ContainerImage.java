package io.imagewright.source.tree;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.disk.Piece;
import io.imagewright.disk.SparseFile;
import io.imagewright.guest.TreeMember;

/**
 * The layers of a container image, the lowest first: an OCI layout, or what docker save writes. Source: OCI image specification 1.0, moby's image
 * specification 1.2.
 */
final class ContainerImage {

    private static final int LONGEST_JSON = 8 << 20;
    private static final int MOST_LAYERS = 1000;
    private static final int MOST_INDEXES = 4;
    private static final Pattern SHA256 = Pattern.compile("sha256:([0-9a-f]{64})");
    private static final ObjectMapper JSON = mapper();

    /** Finds the files of the image by their names. */
    interface Store {

        Optional<TarReader.Place> find(String name) throws IOException;
    }

    private final Store store;
    private final List<TarReader.Place> layers = new ArrayList<>();

    private ContainerImage(Store store) {
        this.store = store;
    }

    private static ObjectMapper mapper() {
        ObjectMapper mapper = new ObjectMapper();
        mapper.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(50).build());
        return mapper;
    }

    /** Of a directory; none of its links leads out of it. */
    static Store in(Path directory) throws IOException {
        Path root = directory.toRealPath();
        return name -> {
            Path file = root;
            try {
                file = root.resolve(name).normalize();
            } catch (InvalidPathException none) {
                return Optional.empty();
            }
            if (!file.startsWith(root) || !Files.isRegularFile(file)) {
                return Optional.empty();
            }
            Path real = file.toRealPath();
            if (!real.startsWith(root)) {
                throw new TreeFault("its file " + name + " is a link out of it");
            }
            return Optional.of(new TarReader.Place(real, 0, Files.size(real)));
        };
    }

    /** Of a tar that was read as a tree. */
    static Store in(FileTree tar) {
        return name -> {
            Optional<TreeMember> file =
                    tar.find(name).filter(member -> member.stat().isRegular());
            if (file.isEmpty()) {
                return Optional.empty();
            }
            List<Piece> data = file.get().data();
            if (data.size() != 1 || data.get(0).length() != file.get().stat().size()) {
                throw new TreeFault("its file " + name + " is empty or has holes");
            }
            return Optional.of(new TarReader.Place(
                    data.get(0).file(), data.get(0).fileOffset(), data.get(0).length()));
        };
    }

    /** The layers; empty when there is no image in the store. */
    static Optional<List<TarReader.Place>> layers(Store store) throws IOException {
        ContainerImage image = new ContainerImage(store);
        Optional<TarReader.Place> index = store.find("index.json");
        Optional<TarReader.Place> archive = store.find("manifest.json");
        if (store.find("oci-layout").isPresent() && index.isPresent()) {
            image.readIndex(json(index.get()), 0);
        } else if (archive.isPresent()) {
            image.readArchive(json(archive.get()));
        } else {
            return Optional.empty();
        }
        return Optional.of(image.layers);
    }

    private void readIndex(JsonNode index, int depth) throws IOException {
        List<JsonNode> manifests = new ArrayList<>();
        index.path("manifests").forEach(manifests::add);
        manifests.removeIf(manifest ->
                "unknown".equals(manifest.path("platform").path("os").asText()));
        boolean isOnly = manifests.size() == 1;
        manifests.removeIf(manifest -> {
            JsonNode platform = manifest.path("platform");
            return !isAmd64(platform)
                    && !(isOnly && platform.path("architecture").isMissingNode());
        });
        Set<String> digests = new HashSet<>();
        manifests.removeIf(manifest -> !digests.add(manifest.path("digest").asText()));
        if (manifests.isEmpty()) {
            throw new TreeFault("it holds no image for linux/amd64");
        }
        if (manifests.size() > 1) {
            throw new TreeFault("it holds " + manifests.size()
                    + " images for linux/amd64; copy the one that is wanted to a layout of its own");
        }
        JsonNode described = manifests.get(0);
        JsonNode manifest = json(blob(described));
        if (manifest.has("manifests")) {
            if (depth >= MOST_INDEXES) {
                throw new TreeFault("its indexes lie in each other without end");
            }
            readIndex(manifest, depth + 1);
            return;
        }
        for (JsonNode layer : manifest.path("layers")) {
            add(blob(layer));
        }
    }

    private static boolean isAmd64(JsonNode platform) {
        return platform.path("os").asText().equals("linux")
                && platform.path("architecture").asText().equals("amd64");
    }

    private TarReader.Place blob(JsonNode descriptor) throws IOException {
        String digest = descriptor.path("digest").asText();
        if (!SHA256.matcher(digest).matches()) {
            throw new TreeFault("it names a blob by `" + printable(digest) + "', which is no sha256 digest");
        }
        String hex = digest.substring("sha256:".length());
        TarReader.Place place = store.find("blobs/sha256/" + hex)
                .orElseThrow(() -> new TreeFault("its blob " + digest + " is missing"));
        if (!hex.equals(sha256(place))) {
            throw new TreeFault("its blob " + digest + " has another digest");
        }
        return place;
    }

    private void readArchive(JsonNode archive) throws IOException {
        if (archive.size() != 1) {
            throw new TreeFault("it holds " + archive.size() + " images; save the one that is wanted alone");
        }
        for (JsonNode layer : archive.path(0).path("Layers")) {
            String name = layer.asText();
            requireName(name);
            add(store.find(name).orElseThrow(() -> new TreeFault("its layer " + printable(name) + " is missing")));
        }
    }

    private static void requireName(String name) throws TreeFault {
        try {
            FileTree.components(name.getBytes(StandardCharsets.UTF_8));
        } catch (TreeFault bad) {
            throw new TreeFault("it names a layer by `" + printable(name) + "': " + bad.getMessage());
        }
    }

    private void add(TarReader.Place layer) throws TreeFault {
        if (layers.size() >= MOST_LAYERS) {
            throw new TreeFault("it has more than " + MOST_LAYERS + " layers");
        }
        layers.add(layer);
    }

    private static JsonNode json(TarReader.Place place) throws IOException {
        if (place.size() > LONGEST_JSON) {
            throw new TreeFault("a manifest of it has " + place.size() + " bytes");
        }
        byte[] text = new byte[(int) place.size()];
        try (SparseFile file = SparseFile.openRead(place.file())) {
            file.read(place.start(), ByteBuffer.wrap(text));
        }
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException damaged) {
            throw new TreeFault("a manifest of it is no JSON");
        }
    }

    private static String sha256(TarReader.Place place) throws IOException {
        MessageDigest digest = DigestAlgorithm.SHA256.newDigest();
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
        try (SparseFile file = SparseFile.openRead(place.file())) {
            for (long done = 0; done < place.size(); done += buffer.limit()) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), place.size() - done));
                file.read(place.start() + done, buffer);
                digest.update(buffer.flip());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String printable(String text) {
        String cut = text.length() > 100 ? text.substring(0, 100) : text;
        return cut.replaceAll("[^ -~]", "?");
    }
}
