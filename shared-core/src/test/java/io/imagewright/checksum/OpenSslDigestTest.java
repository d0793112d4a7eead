package io.imagewright.checksum;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Random;

import org.junit.Before;
import org.junit.Test;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

public class OpenSslDigestTest {

    private final byte[] data = new byte[300_001];

    @Before
    public void fill() {
        new Random(7).nextBytes(data);
    }

    @Test
    public void computesWhatTheJdkComputes_whateverTheInputComesIn() throws Exception {
        for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
            MessageDigest digest = algorithm.newDigest();
            assertTrue(algorithm + " by OpenSSL (package libssl3)", digest instanceof OpenSslDigest);
            MessageDigest jdk = MessageDigest.getInstance(digest.getAlgorithm());
            assertEquals(jdk.getDigestLength(), digest.getDigestLength());
            byte[] expected = jdk.digest(data);
            assertArrayEquals(expected, digest.digest(data));

            digest.update(data[0]);
            digest.update(data, 1, 99_999);
            digest.update(ByteBuffer.wrap(data, 100_000, 100_000));
            ByteBuffer direct = ByteBuffer.allocateDirect(data.length).put(data);
            ByteBuffer middle = direct.position(200_000).asReadOnlyBuffer().slice();
            digest.update(middle);
            assertEquals(0, middle.remaining());
            assertArrayEquals(algorithm.word(), expected, digest.digest());
        }
    }

    @Test
    public void startsAgainAfterAResult_andAfterReset() throws Exception {
        MessageDigest digest = DigestAlgorithm.SHA256.newDigest();
        byte[] expected = MessageDigest.getInstance("SHA-256").digest(data);
        digest.digest(new byte[5]);
        digest.update((byte) 1);
        digest.reset();
        assertArrayEquals(expected, digest.digest(data));
    }

    @Test
    public void isNotOfferedForWhatOpenSslDoesNotKnow() throws Exception {
        MessageDigest unknown = new MessageDigest("NONE-SUCH") {
            @Override
            protected void engineUpdate(byte input) {}

            @Override
            protected void engineUpdate(byte[] input, int offset, int length) {}

            @Override
            protected byte[] engineDigest() {
                return new byte[0];
            }

            @Override
            protected void engineReset() {}
        };
        assertTrue(OpenSslDigest.like(unknown).isEmpty());
    }
}
