package io.imagewright.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text part of a VMware disk, which names the files of its extents and its parent (VMware, Virtual Disk Format 5.0). Read at least as
 * widely as qemu's block/vmdk.c does; a line of no known form is refused, as qemu might see a name in it.
 *
 * @param isPresent false of a sparse extent that holds data alone, its descriptor being another file
 * @param extents names of the extents' files
 * @param parent name of the parent's file
 * @param cid content id, in lower case, without leading zeros
 * @param parentCid content id that the parent had; {@link #NO_PARENT} when there is none
 */
record VmdkDescriptor(boolean isPresent, List<String> extents, Optional<String> parent, String cid, String parentCid) {

    static final String NO_PARENT = "ffffffff";

    /** As much as qemu reads. */
    private static final int MAXIMUM = (1 << 20) - 1;

    private static final int MAGIC = 0x564D444B;
    private static final int OLD_MAGIC = 0x44574F43;

    /** Where qemu looks for the parent's name, whatever the header says. */
    private static final int EMBEDDED_AT = 0x200;

    private static final int EMBEDDED = 20 * 512;
    private static final String PARENT = "parentFileNameHint";
    private static final Pattern IGNORED = Pattern.compile("\\s*(#.*|[\\w.:-]+\\s*=.*)?");
    private static final Pattern EXTENT = Pattern.compile(
            "\\s*(RW|RDONLY|NOACCESS)\\s+\\d+\\s+[A-Z0-9]+(?:\\s+\"([^\"]{1,511})\"[\\w\\s./:-]*)?\\s*");

    private static final Pattern CID =
            Pattern.compile("(?<!parent)CID\\s*=\\s*0*([0-9a-f]{1,8})", Pattern.CASE_INSENSITIVE);

    /** Wherever it is, as qemu finds it. */
    private static final Pattern PARENT_CID =
            Pattern.compile("parentCID\\s*=\\s*0*([0-9a-f]{1,8})", Pattern.CASE_INSENSITIVE);

    private static final VmdkDescriptor NOTHING = new VmdkDescriptor(false, List.of(), Optional.empty(), "", NO_PARENT);

    /** Whether it has only the differences from a parent. */
    boolean isChild() {
        return !parentCid.equals(NO_PARENT);
    }

    /** What the file says, be it a descriptor or a sparse extent with one inside. */
    static VmdkDescriptor read(SparseFile file, Path path) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        file.read(0, head.limit((int) Math.min(64, file.size())));
        head.clear();
        if (head.getInt(0) == OLD_MAGIC) {
            return NOTHING;
        }
        if (head.getInt(0) != MAGIC) {
            return parse(text(file, 0, MAXIMUM), path);
        }
        String fixed = text(file, EMBEDDED_AT, EMBEDDED);
        long capacity = head.getLong(12);
        long descriptor = head.getLong(28);
        if (descriptor < 0 || descriptor > file.size() / 512) {
            throw QemuImg.damaged(path, "its descriptor lies behind its end");
        }
        if (capacity != 0 || descriptor == 0) {
            // what the header points to is what VMware reads
            String both = fixed + "\n" + (descriptor == 0 ? "" : text(file, descriptor * 512, EMBEDDED));
            return new VmdkDescriptor(
                    both.contains("CID") || both.contains("createType"),
                    List.of(),
                    parent(both),
                    id(CID, both, ""),
                    id(PARENT_CID, both, NO_PARENT));
        }
        VmdkDescriptor embedded = parse(text(file, descriptor * 512, MAXIMUM), path);
        return new VmdkDescriptor(
                true,
                embedded.extents(),
                embedded.parent().or(() -> parent(fixed)),
                embedded.cid(),
                embedded.isChild() ? embedded.parentCid() : id(PARENT_CID, fixed, NO_PARENT));
    }

    static VmdkDescriptor parse(String text, Path path) {
        List<String> extents = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            String clean = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            Matcher extent = EXTENT.matcher(clean);
            if (extent.matches()) {
                Optional.ofNullable(extent.group(2)).ifPresent(extents::add);
            } else if (!IGNORED.matcher(clean).matches()) {
                throw QemuImg.damaged(
                        path, "its descriptor has a line of unknown form, " + ReferencePolicy.printable(clean));
            }
        }
        return new VmdkDescriptor(true, extents, parent(text), id(CID, text, ""), id(PARENT_CID, text, NO_PARENT));
    }

    private static String id(Pattern pattern, String text, String otherwise) {
        Matcher found = pattern.matcher(text);
        return found.find() ? found.group(1).toLowerCase(Locale.ROOT) : otherwise;
    }

    /** The first occurrence wherever it is, as qemu finds it. */
    private static Optional<String> parent(String text) {
        int at = text.indexOf(PARENT);
        int start = at + PARENT.length() + 2;
        int end = text.indexOf('"', Math.min(start, text.length()));
        return at < 0 || end < start ? Optional.empty() : Optional.of(text.substring(start, end));
    }

    private static String text(SparseFile file, long offset, int maximum) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, Math.min(maximum, file.size() - offset)));
        file.read(offset, bytes);
        String text = StandardCharsets.UTF_8.decode(bytes.flip()).toString();
        int end = text.indexOf(0);
        return end < 0 ? text : text.substring(0, end);
    }
}
