package io.imagewright.finished;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

import io.imagewright.api.BootSettings;
import io.imagewright.api.Booted;
import io.imagewright.api.VerifyRequest;
import io.imagewright.api.VerifyResult;
import io.imagewright.boot.Awaited;
import io.imagewright.boot.Boot;
import io.imagewright.boot.BootRequest;
import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.exec.Exec;
import io.imagewright.exec.ProcessExec;
import io.imagewright.format.OutputCheck;
import io.imagewright.format.OutputFormat;
import io.imagewright.format.OutputFormats;
import io.imagewright.manifest.ArtifactEntry;
import io.imagewright.manifest.ImageManifest;
import io.imagewright.progress.LoggingExec;
import io.imagewright.progress.ProgressListener;
import io.imagewright.progress.Steps;
import io.imagewright.signature.GpgSigner;
import io.imagewright.signature.GpgVerifier;

/** One look at a finished image: digests, formats, signatures, and whether it boots. */
public final class Verification {

    private final Path directory;
    private final Path manifestFile;
    private final ImageManifest manifest;
    private final ImageFiles images;
    private final VerifyRequest request;
    private final Path work;
    private final Steps steps;
    private final ProgressListener listener;
    private final Exec exec;
    private final List<String> findings = new ArrayList<>();
    private final SortedSet<String> signers = new TreeSet<>();

    public Verification(StoredImage image, VerifyRequest request, Path work, ProgressListener listener) {
        this.directory = image.directory();
        this.manifestFile = image.manifestFile();
        this.manifest = image.manifest();
        this.images = image.images();
        this.request = request;
        this.work = work;
        this.listener = listener;
        this.steps = new Steps(listener);
        this.exec = new LoggingExec(new ProcessExec(), listener);
    }

    public VerifyResult run() throws IOException {
        BootSettings boot = request.boot();
        // refused before anything that takes long
        Awaited awaited = boot == null
                ? null
                : Awaited.of(boot, manifest.name(), manifest.facts().get(ImageManifest.BOOT_SIGNS));
        for (ArtifactEntry artifact : manifest.artifacts()) {
            checkFile(artifact);
        }
        boolean isRenamed = manifest.artifacts().stream().anyMatch(images::isRenamed);
        if (manifest.sbom() != null && !isRenamed && !Files.isRegularFile(sbom(manifest.sbom()))) {
            findings.add(manifest.sbom() + " is missing.");
        }
        checkSignatures();
        return new VerifyResult(
                findings, signers, boot == null || awaited == null || !findings.isEmpty() ? null : boot(boot, awaited));
    }

    private void checkFile(ArtifactEntry artifact) throws IOException {
        Path file = images.of(artifact);
        if (!Files.isRegularFile(file)) {
            findings.add(artifact.file() + " is missing.");
            return;
        }
        int before = findings.size();
        Map<String, String> noted = new SidecarCheck(manifest, images, findings).check(artifact);
        if (noted.isEmpty()) {
            findings.add(artifact.file() + " has no checksum to verify.");
        } else {
            Map<String, String> found =
                    StoredImage.digests(file, DigestAlgorithm.of(List.copyOf(noted.keySet())), "verify", listener);
            noted.forEach((word, digest) -> {
                if (!digest.equals(found.get(word))) {
                    findings.add(
                            artifact.file() + ": " + word + " is " + found.get(word) + ", noted is " + digest + ".");
                }
            });
        }
        if (findings.size() == before) {
            // another file than the one that was built need not be looked into
            checkFormat(file, artifact);
        }
    }

    private void checkFormat(Path file, ArtifactEntry artifact) throws IOException {
        steps.<IOException>perform("check " + artifact.format(), step -> {
            step.detail(artifact.file());
            new OutputCheck(file, artifact.virtualSize(), work, exec, step.copying(artifact.virtualSize()))
                    .findings(artifact.format())
                    .forEach(finding -> findings.add(artifact.file() + ": " + finding + "."));
        });
    }

    private void checkSignatures() throws IOException {
        List<Path> signed = new ArrayList<>();
        for (Path file : signable()) {
            if (Files.isRegularFile(GpgSigner.signatureOf(file))) {
                signed.add(file);
            } else if (request.trust().demandsSignatures()) {
                findings.add(GpgSigner.signatureOf(file).getFileName() + " is missing.");
            }
        }
        if (signed.isEmpty()) {
            return;
        }
        steps.<IOException>perform("signatures", step -> {
            GpgVerifier verifier = GpgVerifier.of(request.trust(), work);
            for (Path file : signed) {
                Path signature = GpgSigner.signatureOf(file);
                GpgVerifier.Verdict verdict = verifier.verify(file, signature);
                signers.addAll(verdict.signers());
                if (!verdict.problem().isEmpty()) {
                    findings.add(signature.getFileName() + ": " + verdict.problem() + ".");
                }
            }
            step.detail(signed.size() + " checked");
        });
    }

    /** What a build signs, as far as it is there. */
    private List<Path> signable() {
        List<Path> files = new ArrayList<>();
        manifest.artifacts().forEach(artifact -> files.add(images.of(artifact)));
        files.add(manifestFile);
        if (manifest.sbom() != null) {
            files.add(sbom(manifest.sbom()));
        }
        return files.stream().filter(Files::isRegularFile).toList();
    }

    private Path sbom(String name) {
        return directory.resolve(StoredImage.plainName(manifestFile, name));
    }

    private Booted boot(BootSettings settings, Awaited awaited) throws IOException {
        List<ArtifactEntry> disks = bootable();
        String name = manifest.name() + "-" + manifest.version() + ".boot.";
        BootRequest boot = new BootRequest(
                disks.stream().map(images::of).toList(),
                readAs(disks.get(0)).orElseThrow(),
                "windows".equals(manifest.facts().get("osFamily")),
                settings,
                awaited,
                directory.resolve(name + "log"),
                directory.resolve(name + "png"));
        return steps.<Booted, IOException>run("boot", step -> {
            Booted booted = new Boot(boot, work, exec).run(step);
            step.detail(booted.awaited() + " after " + booted.after().toSeconds() + " s");
            return booted;
        });
    }

    /** All disks of the guest in the first format that can be started. */
    private List<ArtifactEntry> bootable() {
        ArtifactEntry first = manifest.artifacts().stream()
                .filter(artifact ->
                        artifact.holdsFirstDisk() && readAs(artifact).isPresent())
                .findFirst()
                .orElseThrow(() -> ImageException.of(
                        Kind.UNSUPPORTED,
                        "Cannot boot image " + manifest.name(),
                        "none of its files is a whole disk that qemu reads as it is",
                        "Build it as qcow2, too."));
        List<ArtifactEntry> disks = new ArrayList<>(List.of(first));
        for (ArtifactEntry artifact : manifest.artifacts()) {
            boolean isNext = artifact.disk() != null && artifact.disk() == disks.size() + 1;
            if (isNext && artifact.format().equals(first.format())) {
                disks.add(artifact);
            }
        }
        return disks;
    }

    /** What qemu is to take it for; empty when it is no disk that a machine can start from. */
    private static Optional<String> readAs(ArtifactEntry artifact) {
        return OutputFormats.find(artifact.format())
                .filter(type -> !type.isPartition())
                .flatMap(OutputFormat::readAs);
    }
}
