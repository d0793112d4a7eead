package io.imagewright.assemble;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.UUID;

import io.imagewright.checksum.DigestAlgorithm;

/** Ids that follow from the tree and the description of the disk, and from nothing else. */
final class AssemblyIds {

    private final byte[] seed;

    /** @param seed all that the disk is made from */
    AssemblyIds(byte[]... seed) {
        MessageDigest digest = DigestAlgorithm.SHA256.newDigest();
        for (byte[] part : seed) {
            digest.update(part);
        }
        this.seed = digest.digest();
    }

    /** A UUID of version 8 (RFC 9562), whose bits are the maker's own. */
    UUID uuid(String purpose) {
        ByteBuffer bytes = ByteBuffer.wrap(bytes(purpose));
        long high = (bytes.getLong() & 0xffff_ffff_ffff_0fffL) | 0x8000L;
        long low = (bytes.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** Never 0, which stands for none. */
    int number(String purpose) {
        int number = ByteBuffer.wrap(bytes(purpose)).getInt();
        return number == 0 ? 1 : number;
    }

    private byte[] bytes(String purpose) {
        MessageDigest digest = DigestAlgorithm.SHA256.newDigest();
        digest.update(seed);
        return digest.digest(purpose.getBytes(StandardCharsets.UTF_8));
    }
}
