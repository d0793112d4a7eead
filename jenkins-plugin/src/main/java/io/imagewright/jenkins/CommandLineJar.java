package io.imagewright.jenkins;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.UUID;

import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import jenkins.agents.ControllerToAgentFileCallable;

/**
 * The command line, which the plugin carries, on an agent: copied there once per version, found by its digest. It lies below the agent's own directory, and has a
 * second name in the temporary directory of the build's own workspace, which containers see, too. Thread-safe, also between builds.
 */
final class CommandLineJar {

    private static final String RESOURCE = "imagewright.jar";

    private CommandLineJar() {}

    /** Of what is carried; read once. */
    private static final class Carried {

        static final String SHA256 = digest();

        private static String digest() {
            try (InputStream in = open()) {
                return sha256(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static InputStream open() {
            return Objects.requireNonNull(
                    CommandLineJar.class.getResourceAsStream(RESOURCE), "the plugin carries no command line");
        }
    }

    /** Where it is for a build in this workspace. */
    static FilePath place(FilePath workspace) throws IOException, InterruptedException {
        FilePath cache = AgentFiles.cache(workspace);
        FilePath jar = cache.child("imagewright-" + Carried.SHA256.substring(0, 16) + ".jar");
        if (!jar.act(new IsWhole(Carried.SHA256))) {
            FilePath part = cache.child(jar.getName() + "." + UUID.randomUUID() + ".part");
            try {
                cache.mkdirs();
                try (InputStream in = Carried.open()) {
                    part.copyFrom(in);
                }
                if (!part.act(new Adopt(jar.getName(), Carried.SHA256))) {
                    throw new IOException("The copy of the command line on the agent, " + jar.getRemote()
                            + ", is damaged. Check the disk of the agent.");
                }
            } finally {
                part.delete();
            }
        }
        FilePath second = AgentFiles.temporary(workspace).child(jar.getName());
        second.act(new SecondName(jar.getRemote(), Carried.SHA256));
        return second;
    }

    private static String sha256(InputStream in) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, digest).transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static boolean isWhole(Path file, String sha256) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return sha256(in).equals(sha256);
        }
    }

    /** Whether a file is there and has this digest. */
    record IsWhole(String sha256) implements ControllerToAgentFileCallable<Boolean> {

        @Override
        public Boolean invoke(File file, VirtualChannel channel) throws IOException {
            return isWhole(file.toPath(), sha256);
        }
    }

    /** Gives a whole copy its final name in one go; whoever comes first, wins, and all copies are the same. */
    record Adopt(String name, String sha256) implements ControllerToAgentFileCallable<Boolean> {

        @Override
        public Boolean invoke(File file, VirtualChannel channel) throws IOException {
            Path part = file.toPath();
            if (!isWhole(part, sha256)) {
                return false;
            }
            Files.move(part, part.resolveSibling(name), StandardCopyOption.ATOMIC_MOVE);
            return true;
        }
    }

    /** Makes a hard link, or a copy where the file system has none. What a build did to its own is replaced. */
    record SecondName(String original, String sha256) implements ControllerToAgentFileCallable<Boolean> {

        @Override
        public Boolean invoke(File file, VirtualChannel channel) throws IOException {
            Path target = file.toPath();
            if (isWhole(target, sha256)) {
                return true;
            }
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            Path part = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".part");
            try {
                try {
                    Files.createLink(part, Path.of(original));
                } catch (IOException | UnsupportedOperationException noLinks) {
                    Files.copy(Path.of(original), part, StandardCopyOption.REPLACE_EXISTING);
                }
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
            return true;
        }
    }
}
