package io.imagewright.finished;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.imagewright.api.GpgKey;
import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;
import io.imagewright.exec.ProcessExec;
import io.imagewright.progress.ProgressListener;
import io.imagewright.progress.Steps;
import io.imagewright.signature.GpgSigner;
import io.imagewright.staging.Cancelled;
import io.imagewright.staging.Delivery;
import io.imagewright.staging.WorkDirectory;
import org.jspecify.annotations.Nullable;

/**
 * The signatures of one delivery: of each file that is handed to it, where a key was given. Where none was, a signature of an earlier file of the
 * same name goes.
 */
public final class Signing {

    private final @Nullable GpgKey key;
    private final Path directory;
    private final List<Path> files = new ArrayList<>();

    /** @param directory where the files will be */
    public Signing(@Nullable GpgKey key, Path directory) {
        this.key = key;
        this.directory = directory;
    }

    /**
     * Tries the key before the work, which may take long.
     *
     * @throws io.imagewright.error.ImageException ENVIRONMENT when it cannot be used
     */
    public static void rehearse(@Nullable GpgKey key, WorkDirectory work) {
        if (key == null) {
            return;
        }
        ProcessExec.require("gpg");
        try {
            new GpgSigner(key).rehearse(work.path());
        } catch (IOException failure) {
            throw ImageException.of(
                    ImageException.Kind.ENVIRONMENT,
                    "Cannot write to " + work.path(),
                    FileFailure.reason(failure),
                    "Check that the directory can be written.",
                    failure);
        }
    }

    /** Takes a staged file that deserves a signature. */
    public void add(Path staged) {
        files.add(staged);
    }

    /**
     * Signs all, and queues the signatures for delivery.
     *
     * @return the signatures by the files that they are of, in their final places
     */
    public Map<Path, Path> sign(Delivery delivery, ProgressListener listener) throws IOException {
        Map<Path, Path> signatures = new LinkedHashMap<>();
        if (key == null) {
            return signatures;
        }
        GpgSigner signer = new GpgSigner(key);
        new Steps(listener).<IOException>perform("sign", step -> {
            for (Path file : files) {
                Cancelled.check("Stopped before the files were signed");
                signatures.put(directory.resolve(file.getFileName()), delivery.add(signer.sign(file)));
            }
            step.detail(signatures.size() + (signatures.size() == 1 ? " file" : " files"));
        });
        return signatures;
    }

    /** Signatures that an earlier delivery may have left, and that would be of other content. */
    public List<Path> outdated() {
        return files.stream()
                .map(file -> GpgSigner.signatureOf(directory.resolve(file.getFileName())))
                .toList();
    }
}
