package io.imagewright.sbom;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The image that a bill of materials is of.
 *
 * @param identity the same for the same image: its bill's serial number follows from it
 * @param timestamp of the build, in seconds since the epoch
 * @param tool version of what made it; empty when not known
 */
public record SbomImage(String name, String version, String identity, long timestamp, String tool) {

    /** Its own, and no other image's. */
    String serialNumber() {
        String text = name + "\n" + version + "\n" + identity;
        return "urn:uuid:" + UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
