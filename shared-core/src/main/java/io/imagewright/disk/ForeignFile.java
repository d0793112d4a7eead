package io.imagewright.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;

/**
 * Files that are no disks, whatever their size, by their magic numbers. They are taken for no raw disk: nothing of them would be found, or
 * they would be built as they are.
 */
final class ForeignFile {

    private static final String UNPACK = "Unpack it, and name the disk image in it.";
    private static final String DECOMPRESS = "Decompress it first, or compress the disk by gzip, xz, zstd or bzip2.";
    private static final String RESTORE = "Restore it to a raw disk with the program that made it.";
    private static final String NAME_A_DISK = "Name a disk image (raw, qcow2, vmdk, vhd, vdi ...) or a block device.";
    private static final String DOWNLOAD = "Download the disk image itself; look at the file with a text editor.";

    /** @param magic bytes as ISO 8859-1 */
    private record Kindred(int at, String magic, String what, String next) {

        boolean matches(String head) {
            return head.startsWith(magic, at);
        }
    }

    private static final List<Kindred> TABLE = List.of(
            new Kindred(0, "PK\3\4", "a zip archive", UNPACK),
            new Kindred(0, "PK\5\6", "an empty zip archive", NAME_A_DISK),
            new Kindred(0, "7z\u00bc\u00af'\u001c", "a 7z archive", UNPACK),
            new Kindred(0, "Rar!\u001a\7", "a rar archive", UNPACK),
            new Kindred(0, "070701", "a cpio archive", UNPACK),
            new Kindred(0, "070702", "a cpio archive", UNPACK),
            new Kindred(0, "070707", "a cpio archive", UNPACK),
            new Kindred(0, "\u00c7q", "a cpio archive", UNPACK),
            new Kindred(0, "!<arch>\n", "an ar archive or Debian package", UNPACK),
            new Kindred(0, "xar!", "a xar archive", UNPACK),
            new Kindred(0, "MSCF\0\0\0\0", "a cabinet archive", UNPACK),
            new Kindred(
                    0, "VMA\0", "a backup of Proxmox VE", "Extract it with `vma extract`, and name the disk in it."),
            new Kindred(
                    0, "MSWIM\0\0\0", "a Windows image (WIM)", "Apply it to a disk first, for example with wimapply."),
            new Kindred(0, "\u00ed\u00ab\u00ee\u00db", "an rpm package", NAME_A_DISK),
            new Kindred(0, "\4\"M\u0018", "compressed by lz4", DECOMPRESS),
            new Kindred(0, "LZIP", "compressed by lzip", DECOMPRESS),
            new Kindred(0, "\u0089LZO\0\r\n\u001a\n", "compressed by lzop", DECOMPRESS),
            new Kindred(0, "\u001f\u009d", "compressed by compress", DECOMPRESS),
            new Kindred(0, "\u001f\u008b\b", "compressed by gzip, inside of another file", DECOMPRESS),
            new Kindred(0, "\u00fd7zXZ\0", "compressed by xz, inside of another file", DECOMPRESS),
            new Kindred(0, "(\u00b5/\u00fd", "compressed by zstd, inside of another file", DECOMPRESS),
            new Kindred(0, "BZh91AY&SY", "compressed by bzip2, inside of another file", DECOMPRESS),
            new Kindred(0, "EVF\t\r\n\u00ff\0", "an EnCase image", "Export it as a raw disk with `ewfexport`."),
            new Kindred(0, "EVF2\r\n\u0081\0", "an EnCase image", "Export it as a raw disk with `ewfexport`."),
            new Kindred(0, "AFF10\r\n\0", "an AFF image", "Export it as a raw disk with `affconvert`."),
            new Kindred(0, "partclone-image", "an image of partclone", RESTORE),
            new Kindred(0, "PaRtImAgE-VoLuMe", "an image of partimage", RESTORE),
            new Kindred(0, "FsA0", "an archive of fsarchiver", RESTORE),
            new Kindred(0, ":\u00ff&\u00ed", "an Android sparse image", "Convert it with `simg2img` first."),
            new Kindred(0, "%PDF-", "a PDF document", NAME_A_DISK),
            new Kindred(0, "\u007fELF", "a program (ELF)", NAME_A_DISK),
            new Kindred(0, "\u00d0\u00cf\u0011\u00e0", "a document or installer of Microsoft", NAME_A_DISK),
            new Kindred(0, "\u0089PNG\r\n", "a PNG picture", NAME_A_DISK),
            new Kindred(0, "SQLite format 3\0", "a SQLite database", NAME_A_DISK),
            new Kindred(
                    0, "version https://git-lfs", "a pointer of Git LFS", "Fetch the file itself with `git lfs pull`."),
            new Kindred(0, "<?xml", "an XML file", "Name the disk that it describes, or the OVA that holds both."),
            new Kindred(0, "<!DOCTYPE html", "a web page", DOWNLOAD),
            new Kindred(0, "<!doctype html", "a web page", DOWNLOAD),
            new Kindred(0, "<html", "a web page", DOWNLOAD),
            new Kindred(0, "#!/", "a script", NAME_A_DISK),
            new Kindred(0, "-----BEGIN ", "a key, certificate or encrypted message", NAME_A_DISK));

    private static final int HEAD = TarBlock.SIZE;

    private ForeignFile() {}

    /**
     * Refuses what is no disk.
     *
     * @throws ImageException SOURCE with what it is and what to do
     */
    static void refuse(SparseFile file, Path path) throws IOException {
        byte[] head = new byte[(int) Math.min(HEAD, file.size())];
        file.read(0, ByteBuffer.wrap(head));
        String text = new String(head, StandardCharsets.ISO_8859_1);
        Optional<Kindred> found =
                TABLE.stream().filter(kind -> kind.matches(text)).findFirst();
        if (found.isEmpty() && TarBlock.isHeader(head)) {
            throw refused(
                    path,
                    "a tar archive without a machine's description (.ovf)",
                    Message.of(
                            UNPACK + " If it holds the files of a system, name it as ", SettingName.SOURCE_TREE, "."));
        }
        if (found.isPresent()) {
            throw refused(path, found.get().what(), Message.of(found.get().next()));
        }
    }

    private static ImageException refused(Path path, String what, Message next) {
        return ImageException.of(
                Kind.SOURCE,
                Message.of("Cannot use the source " + path),
                Message.of("it is not a disk image, but " + what),
                next);
    }
}
