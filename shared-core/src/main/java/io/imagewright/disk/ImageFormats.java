package io.imagewright.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;

/**
 * The image formats that are read, by qemu's names. Those that can name other files or have a parent are recognised here and not by
 * qemu-img, which opens what a file names while it looks at it.
 */
final class ImageFormats {

    static final String RAW = "raw";
    static final String QCOW2 = "qcow2";
    static final String VMDK = "vmdk";
    static final String VPC = "vpc";

    /** Formats of one file, and those whose references {@link ImageGraph} reads. No protocol is among them. */
    private static final List<String> KNOWN =
            List.of(RAW, QCOW2, VMDK, VPC, "vdi", "vhdx", "qed", "qcow", "parallels", "dmg", "bochs", "cloop");

    private static final List<String> REFERRING = List.of(QCOW2, VMDK, "qed", "qcow");

    private static final Map<String, String> OTHER_NAMES = Map.of("vhd", VPC, "img", RAW);

    /** Bytes that show which file can name others; enough for every magic number below. */
    private static final int HEAD = 2048;

    private static final int QCOW_MAGIC = 0x514649FB;
    private static final int QED_MAGIC = 0x51454400;
    private static final int VMDK4_MAGIC = 0x4B444D56;
    private static final int VMDK3_MAGIC = 0x434F5744;
    private static final int VDI_MAGIC = 0x7F10DABE;
    private static final int VDI_MAGIC_AT = 0x40;

    private ImageFormats() {}

    static boolean known(String format) {
        return KNOWN.contains(format);
    }

    /** Whether files of this format may name other files. */
    static boolean canRefer(String format) {
        return REFERRING.contains(format);
    }

    /** The name that qemu uses for what a user wrote. */
    static String forced(String written) {
        String format = OTHER_NAMES.getOrDefault(written, written);
        if (!known(format)) {
            throw ImageException.of(
                    Kind.DESCRIPTION,
                    Message.of("Cannot use ", SettingName.SOURCE_FORMAT, " '", written, "'"),
                    Message.of("no such image format"),
                    Message.of("Use one of ", String.join(", ", KNOWN), ", or leave it out to have it found."));
        }
        return format;
    }

    /** The format by its magic number, for those that can name other files or have a parent. */
    static Optional<String> found(SparseFile file) throws IOException {
        ByteBuffer head = head(file);
        int magic = head.remaining() < 8 ? 0 : head.getInt(0);
        return switch (magic) {
            case QCOW_MAGIC -> Optional.of(head.getInt(4) == 1 ? "qcow" : QCOW2);
            case QED_MAGIC -> Optional.of("qed");
            case VMDK4_MAGIC, VMDK3_MAGIC -> Optional.of(VMDK);
            default -> descriptor(text(head)) ? Optional.of(VMDK) : complete(head);
        };
    }

    /** The formats of one file that may be children all the same. */
    private static Optional<String> complete(ByteBuffer head) {
        String text = text(head);
        if (text.startsWith("conectix")) {
            return Optional.of(VPC);
        }
        if (text.startsWith("vhdxfile")) {
            return Optional.of("vhdx");
        }
        if (text.startsWith("WithoutFreeSpace") || text.startsWith("WithouFreSpacExt")) {
            return Optional.of("parallels");
        }
        boolean isVdi = head.remaining() >= VDI_MAGIC_AT + Integer.BYTES && head.getInt(VDI_MAGIC_AT) == VDI_MAGIC;
        return isVdi ? Optional.of("vdi") : Optional.empty();
    }

    /** Whether the file is an extent that may hold a descriptor. */
    static boolean sparseVmdk(SparseFile file) throws IOException {
        ByteBuffer head = head(file);
        return head.remaining() >= 8 && head.getInt(0) == VMDK4_MAGIC;
    }

    /** As qemu's vmdk_probe: behind comments and empty lines, the first line has a version. */
    private static boolean descriptor(String head) {
        return Stream.of(head.split("\n"))
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .findFirst()
                .filter(line -> line.startsWith("version="))
                .isPresent();
    }

    private static ByteBuffer head(SparseFile file) throws IOException {
        ByteBuffer head = ByteBuffer.allocate((int) Math.min(HEAD, file.size()));
        file.read(0, head);
        return head.flip();
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.ISO_8859_1.decode(bytes.duplicate()).toString();
    }
}
