package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.imagewright.api.Credentials;
import io.imagewright.api.GpgKey;
import io.imagewright.api.ImageBuildRequest;
import io.imagewright.api.ImageBuildResult;
import io.imagewright.api.VerifyRequest;
import io.imagewright.api.VerifyResult;
import io.imagewright.error.ImageException;
import io.imagewright.progress.ProgressListener;
import io.imagewright.signature.TestKey;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** Signatures from the build to the check. */
public class SignedBuildTest {

    private static TestKey key;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @BeforeClass
    public static void makeKey() throws IOException {
        key = new TestKey();
    }

    @AfterClass
    public static void endAgent() throws IOException {
        key.close();
    }

    private Path out() {
        return folder.getRoot().toPath().resolve("out");
    }

    /** A request that leaves what is up to date. */
    private ImageBuildRequest request(Path disk, GpgKey signing) {
        ImageBuildRequest request = Requests.inProcess(Requests.description(disk, "qcow2", "raw"), out());
        return request.toBuilder()
                .workDirectory(null)
                .defaultClassifier("")
                .force(false)
                .signing(signing)
                .build();
    }

    private VerifyResult verify() {
        return FinishedImage.open(out(), "guest", "1")
                .verify(new VerifyRequest(null, key.trust(), null), ProgressListener.NONE);
    }

    private Set<String> signatures() throws IOException {
        try (Stream<Path> files = Files.list(out())) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".asc"))
                    .collect(Collectors.toSet());
        }
    }

    private static final Set<String> ALL =
            Set.of("guest-1.qcow2.asc", "guest-1.raw.asc", "guest-1.image-manifest.json.asc", "guest-1-sbom.json.asc");

    @Test
    public void imagesAndManifest_areSigned_asOftenAsNeeded() throws Exception {
        Path disk = new GuestDisk(folder.getRoot().toPath().resolve("guest"), "dos", 64).write();
        ImageBuildResult built = ImageBuild.run(request(disk, key.key()), ProgressListener.NONE);
        assertEquals(ALL, signatures());
        assertEquals(
                ALL,
                built.signatures().values().stream()
                        .map(file -> String.valueOf(file.getFileName()))
                        .collect(Collectors.toSet()));
        VerifyResult good = verify();
        assertEquals(List.of(), good.findings());
        assertEquals(Set.of(key.fingerprint()), good.signers());
        try (Stream<Path> files = Files.list(out())) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".json")).toList()) {
                assertFalse(Files.readString(file).contains(TestKey.PASSPHRASE));
            }
        }

        // up to date only with all signatures
        assertTrue(
                ImageBuild.run(request(disk, key.key()), ProgressListener.NONE).isUpToDate());
        Files.delete(out().resolve("guest-1.raw.asc"));
        assertEquals(List.of("guest-1.raw.asc is missing."), verify().findings());
        assertFalse(
                ImageBuild.run(request(disk, key.key()), ProgressListener.NONE).isUpToDate());
        assertEquals(ALL, signatures());

        // another manifest is not what was signed
        FinishedImage.open(out(), "guest", "1").checksum(List.of("sha512"), key.key(), ProgressListener.NONE);
        assertEquals(List.of(), verify().findings());
        FinishedImage.open(out(), "guest", "1").checksum(List.of("sha1"), null, ProgressListener.NONE);
        assertEquals(List.of("guest-1.image-manifest.json.asc is missing."), verify().findings());

        // signatures of an earlier build go with it
        Files.writeString(out().resolve("guest-1.qcow2.asc"), "stale");
        ImageBuild.run(Requests.inProcess(Requests.description(disk, "qcow2", "raw"), out()), ProgressListener.NONE);
        assertEquals(Set.of(), signatures());
    }

    @Test
    public void aKeyThatCannotSign_isReportedBeforeTheWork_andLeavesNothing() throws Exception {
        GpgKey wrong = new GpgKey("nobody", key.home(), Credentials.NONE.with(Credentials.GPG, "wrong"));
        Path disk = folder.getRoot().toPath().resolve("no such disk");
        ImageException failure =
                assertThrows(ImageException.class, () -> ImageBuild.run(request(disk, wrong), ProgressListener.NONE));
        assertTrue(failure.getMessage(), failure.getMessage().contains("no secret key"));
        assertFalse(Files.exists(out()));
    }
}
