package io.imagewright.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;

import io.imagewright.compress.Compression;
import io.imagewright.disk.SourceImage;
import io.imagewright.disk.SparseFile;
import io.imagewright.disk.TarBlock;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.progress.Steps;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;

/** A machine in one file: a tar with its description (OVF), digests of its files, and its disks. */
record OvaMedium(Path path) implements SourceMedium {

    static final String FORMAT = "ova";

    /** Whether it is a tar that has a description of a machine. */
    static boolean isOva(Path file, SparseFile open) throws IOException {
        if (open.size() < TarBlock.SIZE) {
            return false;
        }
        byte[] head = new byte[TarBlock.SIZE];
        open.read(0, ByteBuffer.wrap(head));
        if (!TarBlock.isHeader(head)) {
            return false;
        }
        try (TarFile tar = OvaMembers.open(file)) {
            return tar.getEntries().stream().anyMatch(entry -> entry.getName().endsWith(".ovf"));
        } catch (IOException | RuntimeException damaged) {
            // a machine's archive whose end is missing begins with the description
            return new String(head, 0, 100, StandardCharsets.ISO_8859_1).contains(".ovf\0");
        }
    }

    @Override
    public boolean isPacked() {
        return true;
    }

    @Override
    public int disks() {
        return read(tar -> descriptor(tar).disks().size());
    }

    @Override
    public List<SourceImage> open(Opening opening) {
        return read(tar -> open(tar, opening));
    }

    private interface Reading<T> {

        T read(TarFile tar) throws IOException;
    }

    private <T> T read(Reading<T> reading) {
        try (TarFile tar = OvaMembers.open(path)) {
            return reading.read(tar);
        } catch (OvfDescriptor.Unusable unusable) {
            throw ImageException.of(
                    Kind.UNSUPPORTED,
                    "Cannot use the machine in " + path,
                    printable(unusable),
                    Message.of(
                            "Unpack it with `tar -xf`, and name its disks as ",
                            SettingName.SOURCE_MEDIA,
                            " and ",
                            SettingName.SOURCE_DISKS,
                            "."),
                    unusable);
        } catch (IOException | IllegalArgumentException damaged) {
            throw ImageException.of(
                    Kind.SOURCE,
                    "Cannot read " + path,
                    "its archive is damaged: " + printable(damaged),
                    "The file is damaged or was not copied whole: copy it again from where it was made.",
                    damaged);
        }
    }

    private List<SourceImage> open(TarFile tar, Opening opening) throws IOException {
        OvfDescriptor machine = descriptor(tar);
        if (machine.disks().isEmpty()) {
            throw new OvfDescriptor.Unusable("its machine has no disk that is a file");
        }
        machine.empty()
                .forEach(id -> opening.steps()
                        .warn("Disk " + id + " of the machine in " + path.getFileName()
                                + " is empty, has no file, and is left out."));
        machine.unattached()
                .forEach(id -> opening.steps()
                        .warn("Disk " + id + " of the machine in " + path.getFileName()
                                + " is attached to none of its drives, and is left out."));
        return opening.steps()
                .<List<SourceImage>, IOException>run("unpack", step -> unpack(tar, machine, opening, step));
    }

    private List<SourceImage> unpack(TarFile tar, OvfDescriptor machine, Opening opening, Steps.Running step)
            throws IOException {
        Map<String, OvaDigests.Noted> noted = new TreeMap<>(OvaDigests.read(tar));
        List<SourceImage> images = new ArrayList<>();
        long total = 0;
        for (OvfDescriptor.Disk disk : machine.disks()) {
            total += OvaMembers.get(tar, disk.file()).getSize();
        }
        LongConsumer progress = step.copying(total);
        long before = 0;
        for (OvfDescriptor.Disk disk : machine.disks()) {
            TarArchiveEntry member = OvaMembers.get(tar, disk.file());
            String name = disk.file() + " in " + path.getFileName();
            Unpacked target = new Unpacked(path, name, opening);
            Path file = target.file(disk.file());
            OvaDigests.Noted digest = noted.remove(disk.file());
            MessageDigest computed = digest == null ? null : digest.newDigest();
            long start = before;
            target.write(
                    file,
                    packed -> disk.gzip() ? Compression.GZIP.unpack(packed) : packed,
                    () -> computed == null
                            ? tar.getInputStream(member)
                            : new DigestInputStream(tar.getInputStream(member), computed),
                    read -> progress.accept(start + read));
            before += member.getSize();
            if (digest != null && computed != null) {
                digest.require(computed, disk.file());
            }
            images.add(target.open(file, null, found -> FORMAT));
        }
        OvaDigests.require(tar, noted);
        step.detail(path.getFileName() + ", " + images.size() + (images.size() == 1 ? " disk" : " disks"));
        return images;
    }

    private static OvfDescriptor descriptor(TarFile tar) throws IOException {
        List<TarArchiveEntry> descriptors = OvaMembers.ending(tar, ".ovf");
        if (descriptors.size() != 1) {
            throw new IOException("it has " + descriptors.size() + " descriptions (.ovf), expected one");
        }
        try (InputStream in = OvaMembers.text(tar, descriptors.get(0))) {
            return OvfDescriptor.read(in);
        }
    }

    private static String printable(Exception failure) {
        return String.valueOf(failure.getMessage()).replaceAll("\\p{Cntrl}", "?");
    }
}
