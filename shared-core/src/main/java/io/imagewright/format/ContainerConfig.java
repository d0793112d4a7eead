package io.imagewright.format;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a container image says of itself: OCI Image Format Specification 1.1, "OCI Image Configuration"; Docker takes the same. */
final class ContainerConfig {

    private ContainerConfig() {}

    /** @param cmd what a container runs; empty for nothing */
    static byte[] of(GuestInfo guest, ContainerLayer layer, List<String> cmd) {
        String created = Instant.ofEpochSecond(guest.timestamp()).toString();
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        config.put("created", created);
        config.put("architecture", guest.architecture());
        config.put("os", guest.osFamily());
        ObjectNode run = config.putObject("config");
        if (!cmd.isEmpty()) {
            cmd.forEach(run.putArray("Cmd")::add);
        }
        run.putObject("Labels")
                .put("org.opencontainers.image.title", guest.name())
                .put("org.opencontainers.image.version", guest.version());
        ObjectNode files = config.putObject("rootfs").put("type", "layers");
        files.putArray("diff_ids").add("sha256:" + layer.diffId());
        config.putArray("history").addObject().put("created", created).put("created_by", "imagewright");
        return ArchiveKind.bytes(config);
    }
}
