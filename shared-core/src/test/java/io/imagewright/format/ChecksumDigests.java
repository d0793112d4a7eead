package io.imagewright.format;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.checksum.Digests;

/** The real digests behind the writers' seam. */
final class ChecksumDigests implements DigestStream {

    private final Digests digests;

    private ChecksumDigests(Digests digests) {
        this.digests = digests;
    }

    static Supplier<DigestStream> of(String... words) {
        return () -> new ChecksumDigests(Digests.start(DigestAlgorithm.of(List.of(words))));
    }

    @Override
    public void update(ByteBuffer data, Runnable done) throws InterruptedException {
        digests.update(data, done);
    }

    @Override
    public void updateZeros(long count) throws InterruptedException {
        digests.updateZeros(count);
    }

    @Override
    public Map<String, String> finish() throws InterruptedException {
        return digests.finish();
    }

    @Override
    public void close() {
        digests.close();
    }
}
