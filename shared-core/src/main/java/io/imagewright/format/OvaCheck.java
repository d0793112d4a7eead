package io.imagewright.format;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.disk.ImageCheck;
import io.imagewright.exec.Exec;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Verifies the files in an OVA against its own digests, and has its disk checked: DSP0243, 5.1 and 6.3. */
final class OvaCheck {

    private static final int MOST_FILES = 16;
    private static final long LARGEST_TEXT = 1 << 20;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,254}");
    private static final Pattern DIGEST = Pattern.compile("SHA256\\((.+)\\)= ?([0-9a-fA-F]{64})");

    private final Path file;
    private final long virtualSize;
    private final Exec exec;
    private final List<String> findings = new ArrayList<>();
    private final Map<String, String> found = new LinkedHashMap<>();
    private final List<Path> disks = new ArrayList<>();
    private String manifest = "";

    OvaCheck(Path file, long virtualSize, Exec exec) {
        this.file = file;
        this.virtualSize = virtualSize;
        this.exec = exec;
    }

    /** Unpacks it below this directory, and removes that again. */
    List<String> findings(Path workDirectory) throws IOException {
        Path directory = Files.createTempDirectory(workDirectory, "ova");
        try {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BufferPool.SIZE);
                    TarArchiveInputStream tar = new TarArchiveInputStream(in, "UTF-8")) {
                unpack(tar, directory);
            } catch (IOException | IllegalArgumentException damaged) {
                findings.add("its archive is damaged ("
                        + String.valueOf(damaged.getMessage()).replaceAll("\\p{Cntrl}", "?") + ")");
                return findings;
            }
            compare();
            if (disks.size() != 1) {
                findings.add("it holds " + disks.size() + " disks, expected one");
            }
            for (Path disk : disks) {
                ImageCheck.findings(disk, "vmdk", virtualSize, exec)
                        .forEach(finding -> findings.add("in it " + disk.getFileName() + ": " + finding));
            }
            return findings;
        } finally {
            for (Path disk : disks) {
                Files.deleteIfExists(disk);
            }
            Files.delete(directory);
        }
    }

    private void unpack(TarArchiveInputStream tar, Path directory) throws IOException {
        int files = 0;
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            String name = entry.getName();
            if (++files > MOST_FILES || !isPlain(entry) || !NAME.matcher(name).matches() || found.containsKey(name)) {
                throw new IOException("what it holds is no machine with a disk");
            }
            if (files == 1 && !name.endsWith(".ovf")) {
                findings.add("its first file is not the descriptor");
            }
            if (name.endsWith(".mf")) {
                manifest = new String(text(tar, entry), StandardCharsets.UTF_8);
            } else if (name.endsWith(".vmdk")) {
                Path disk = directory.resolve(name);
                disks.add(disk);
                MessageDigest digest = DigestAlgorithm.SHA256.newDigest();
                try (OutputStream out = new DigestOutputStream(Files.newOutputStream(disk), digest)) {
                    tar.transferTo(out);
                }
                found.put(name, HexFormat.of().formatHex(digest.digest()));
            } else {
                found.put(
                        name,
                        HexFormat.of()
                                .formatHex(DigestAlgorithm.SHA256.newDigest().digest(text(tar, entry))));
            }
        }
    }

    private static boolean isPlain(TarArchiveEntry entry) {
        byte type = entry.getLinkFlag();
        return (type == TarConstants.LF_NORMAL || type == TarConstants.LF_OLDNORM) && !entry.isSparse();
    }

    private static byte[] text(TarArchiveInputStream tar, TarArchiveEntry entry) throws IOException {
        if (entry.getSize() > LARGEST_TEXT) {
            throw new IOException(entry.getName() + " is too large");
        }
        return tar.readNBytes((int) entry.getSize());
    }

    private void compare() {
        Map<String, String> noted = new LinkedHashMap<>();
        manifest.lines()
                .map(DIGEST::matcher)
                .filter(Matcher::matches)
                .forEach(line -> noted.put(line.group(1), line.group(2).toLowerCase(Locale.ROOT)));
        found.forEach((name, digest) -> {
            String expected = noted.remove(name);
            if (expected == null) {
                findings.add("in it " + name + " has no checksum");
            } else if (!expected.equals(digest)) {
                findings.add("in it " + name + ": sha256 is " + digest + ", noted is " + expected);
            }
        });
        noted.keySet().forEach(name -> findings.add("in it " + name.replaceAll("\\p{Cntrl}", "?") + " is missing"));
    }
}
