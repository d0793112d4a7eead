package io.imagewright;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.checksum.Digests;
import io.imagewright.format.DigestStream;

/** Joins what writes to what digests; neither knows the other. */
final class FileDigests implements DigestStream {

    private final Digests digests;

    FileDigests(List<DigestAlgorithm> algorithms) {
        this.digests = Digests.start(algorithms);
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
