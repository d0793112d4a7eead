package io.imagewright.guest.libguestfs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import com.github.luben.zstd.ZstdInputStream;
import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import io.imagewright.exec.UserCache;
import org.tukaani.xz.SingleXZInputStream;

/**
 * This machine's kernel, unpacked. Under emulation a kernel that unpacks itself takes a third of the appliance's start; qemu starts one
 * that is unpacked by its PVH entry. It is unpacked once, into the user's cache, where libguestfs keeps the appliance that it makes with it, too.
 *
 * @param cache directory of the user's alone
 */
record ApplianceKernel(Path file, String version, Path modules, Path cache) {

    /** What a user says of the appliance goes. */
    private static final Set<String> OWN_WAY =
            Set.of("SUPERMIN_KERNEL", "SUPERMIN_MODULES", "LIBGUESTFS_CACHEDIR", "LIBGUESTFS_PATH");

    private static final String NAME = "vmlinuz-";

    /** Bytes; kernels of distributions have 70 MiB unpacked. */
    private static final long LARGEST = 512L << 20;

    // The Linux/x86 Boot Protocol, "The Real-Mode Kernel Header"
    private static final int SETUP_SECTORS = 0x1f1;
    private static final int HEADER = 0x202;
    private static final int VERSION = 0x206;
    private static final int PAYLOAD_OFFSET = 0x248;
    private static final int PAYLOAD_LENGTH = 0x24c;
    private static final int WITH_PAYLOAD = 0x208;
    private static final int HDRS = 0x53726448;

    /** Of the note that holds the entry: XEN_ELFNOTE_PHYS32_ENTRY, by the owner Xen. */
    private static final byte[] PVH = {0x12, 0, 0, 0, 'X', 'e', 'n', 0};

    /** The newest kernel that has its modules, unpacked; empty when it cannot be had, and the appliance starts as ever. */
    static Optional<ApplianceKernel> find(Map<String, String> environment) {
        return System.getProperty("os.arch").equals("amd64") && OWN_WAY.stream().noneMatch(environment::containsKey)
                ? find(
                        Path.of("/boot"),
                        Path.of("/lib/modules"),
                        UserCache.directory(environment).resolve("appliance"))
                : Optional.empty();
    }

    static Optional<ApplianceKernel> find(Path boot, Path modules, Path cache) {
        try (Stream<Path> files = Files.list(boot)) {
            Optional<Path> newest = files.filter(file -> String.valueOf(file.getFileName())
                                    .startsWith(NAME)
                            && Files.exists(modules.resolve(version(file)).resolve("modules.dep")))
                    .max(Comparator.comparing(ApplianceKernel::modified));
            if (newest.isEmpty()) {
                return Optional.empty();
            }
            String version = version(newest.get());
            return unpacked(newest.get(), cache)
                    .map(file -> new ApplianceKernel(file, version, modules.resolve(version), cache));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static String version(Path file) {
        return String.valueOf(file.getFileName()).substring(NAME.length());
    }

    private static long modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException gone) {
            return 0;
        }
    }

    /** The unpacked file, made when it is not there. */
    private static Optional<Path> unpacked(Path packed, Path cache) throws IOException {
        BasicFileAttributes state = Files.readAttributes(packed, BasicFileAttributes.class);
        Path file = cache.resolve(
                "vmlinux-" + version(packed) + "-" + state.lastModifiedTime().toMillis() + "-" + state.size());
        if (Files.exists(file)) {
            return Optional.of(file);
        }
        Files.createDirectories(cache);
        Path fresh = Files.createTempFile(cache, "kernel", "");
        try {
            if (!unpack(packed, fresh)) {
                return Optional.empty();
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            return Optional.of(file);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** Whether it could be unpacked and started. */
    private static boolean unpack(Path packed, Path target) throws IOException {
        if (Files.size(packed) > LARGEST) {
            return false;
        }
        ByteBuffer image = ByteBuffer.wrap(Files.readAllBytes(packed)).order(ByteOrder.LITTLE_ENDIAN);
        if (image.capacity() < PAYLOAD_LENGTH + Integer.BYTES
                || image.getInt(HEADER) != HDRS
                || image.getShort(VERSION) < WITH_PAYLOAD) {
            return false;
        }
        int sectors = image.get(SETUP_SECTORS) == 0 ? 4 : image.get(SETUP_SECTORS) & 0xff;
        long start = (sectors + 1) * 512L + Integer.toUnsignedLong(image.getInt(PAYLOAD_OFFSET));
        // the last four bytes are the size, of no format's own
        long length = Integer.toUnsignedLong(image.getInt(PAYLOAD_LENGTH)) - Integer.BYTES;
        if (length < 16 || start + length > image.capacity()) {
            return false;
        }
        InputStream payload = new ByteArrayInputStream(image.array(), (int) start, (int) length);
        Optional<InputStream> content = decompressed(payload, image.getInt((int) start));
        if (content.isEmpty()) {
            return false;
        }
        try (InputStream in = content.get();
                OutputStream out = Files.newOutputStream(target)) {
            byte[] buffer = new byte[1 << 20];
            long done = 0;
            for (int count = in.read(buffer); count > 0 && done <= LARGEST; count = in.read(buffer)) {
                out.write(buffer, 0, count);
                done += count;
            }
            if (done > LARGEST) {
                return false;
            }
        }
        return isStartable(Files.readAllBytes(target));
    }

    /** @param magic the first four bytes, little-endian */
    private static Optional<InputStream> decompressed(InputStream payload, int magic) throws IOException {
        if (magic == 0x587a37fd) {
            return Optional.of(new SingleXZInputStream(payload));
        }
        if (magic == 0xfd2fb528) {
            return Optional.of(new ZstdInputStream(payload));
        }
        return (magic & 0xffffff) == 0x088b1f ? Optional.of(new GZIPInputStream(payload)) : Optional.empty();
    }

    private static boolean isStartable(byte[] kernel) {
        if (kernel.length < 4 || kernel[0] != 0x7f || kernel[1] != 'E' || kernel[2] != 'L' || kernel[3] != 'F') {
            return false;
        }
        for (int at = 0; at + PVH.length <= kernel.length; at += Integer.BYTES) { // notes are aligned
            int same = 0;
            while (same < PVH.length && kernel[at + same] == PVH[same]) {
                same++;
            }
            if (same == PVH.length) {
                return true;
            }
        }
        return false;
    }

    /** Has libguestfs make its appliance with it. The environment is that of this process's C library alone, where libguestfs looks. */
    void use(Guestfs guestfs) {
        Function setenv = NativeLibrary.getInstance("c").getFunction("setenv");
        for (List<String> variable : List.of(
                List.of("SUPERMIN_KERNEL", file.toString()),
                List.of("SUPERMIN_KERNEL_VERSION", version),
                List.of("SUPERMIN_MODULES", modules.toString()))) {
            setenv.invokeInt(new Object[] {variable.get(0), variable.get(1), 1});
        }
        guestfs.setCacheDirectory(cache.toString());
    }
}
