package io.imagewright.archive;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.FileType;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.TreeMember;

/** The headers of a file in a tar: a pax header where the old form cannot record everything, and the old one. */
final class TarMember {

    private static final String ACCESS_ACL = "system.posix_acl_access";
    private static final String DEFAULT_ACL = "system.posix_acl_default";

    /** The old form has no place for names of users and groups here: numbers alone say what is in the guest. */
    private final TreeMember file;

    private final byte[] name;
    private final PaxRecords records = new PaxRecords();
    private final long time;
    private final int nanoseconds;

    /** @param latest seconds since the epoch; what is younger gets this time */
    TarMember(TreeMember file, long latest) {
        this.file = file;
        this.name = name(file.path(), file.stat().isDirectory());
        this.time = Math.min(file.stat().modified(), latest);
        // readers do not agree on fractions before the epoch
        this.nanoseconds = time >= 0 && time < latest ? file.stat().nanoseconds() : 0;
    }

    /** The name in an archive: relative, that of a directory with a slash behind it. */
    static byte[] name(GuestPath path, boolean directory) {
        if (path.depth() == 0) {
            return new byte[] {'.', '/'};
        }
        ByteArrayOutputStream name = new ByteArrayOutputStream();
        for (int i = 0; i < path.depth(); i++) {
            if (i > 0) {
                name.write('/');
            }
            name.writeBytes(path.nameBytes(i));
        }
        if (directory) {
            name.write('/');
        }
        return name.toByteArray();
    }

    /** Of a further name of a file that is in the archive already. */
    byte[] hardLink(GuestPath first) {
        byte[] target = name(first, false);
        return headers(header(TarHeader.HARD_LINK, 0).link(recorded("linkpath", target)));
    }

    /** Of a file of any kind but one that is kept by its data alone. */
    byte[] whole() {
        attributes();
        return headers(
                switch (file.stat().type()) {
                    case REGULAR ->
                        header(TarHeader.REGULAR, recorded("size", file.stat().size()));
                    case DIRECTORY -> header(TarHeader.DIRECTORY, 0);
                    case SYMLINK ->
                        header(TarHeader.SYMBOLIC_LINK, 0)
                                .link(recorded("linkpath", file.target().toArray()));
                    case CHARACTER_DEVICE ->
                        header(TarHeader.CHARACTER_DEVICE, 0).device(file.major(), file.minor());
                    case BLOCK_DEVICE -> header(TarHeader.BLOCK_DEVICE, 0).device(file.major(), file.minor());
                    case FIFO, SOCKET -> header(TarHeader.FIFO, 0);
                });
    }

    /**
     * Of a file with holes.
     *
     * @param stored bytes of the map and of the data
     */
    byte[] sparse(long stored) {
        attributes();
        records.add("GNU.sparse.major", "1");
        records.add("GNU.sparse.minor", "0");
        records.add("GNU.sparse.name", name);
        records.add("GNU.sparse.realsize", String.valueOf(file.stat().size()));
        return headers(header(TarHeader.REGULAR, recorded("size", stored)));
    }

    /** Whether a tar can hold it: a socket belongs to the process that made it. */
    static boolean isKept(TreeMember file) {
        return file.stat().type() != FileType.SOCKET;
    }

    private void attributes() {
        for (Map.Entry<String, Bytes> attribute : file.attributes().entrySet()) {
            String key = attribute.getKey();
            if (key.equals(ACCESS_ACL)) {
                AclText.of(attribute.getValue()).ifPresent(text -> records.add("SCHILY.acl.access", text));
            } else if (key.equals(DEFAULT_ACL)) {
                AclText.of(attribute.getValue()).ifPresent(text -> records.add("SCHILY.acl.default", text));
            } else if (key.startsWith("user.") || key.startsWith("trusted.") || key.startsWith("security.")) {
                // an equals sign would end the keyword; as GNU tar does it
                String safe = key.replace("%", "%25").replace("=", "%3D");
                records.add("SCHILY.xattr." + safe, attribute.getValue().toArray());
            }
        }
    }

    private TarHeader header(char type, long size) {
        long user = recorded("uid", file.stat().owner() & 0xffffffffL, TarHeader.MOST_ID);
        long group = recorded("gid", file.stat().group() & 0xffffffffL, TarHeader.MOST_ID);
        if (time < 0 || time > TarHeader.MOST || nanoseconds != 0) {
            records.add("mtime", decimal());
        }
        return new TarHeader(type, recorded("path", name), file.stat().permissions(), size)
                .owner(user, group)
                .time(time);
    }

    /** Seconds with no more digits behind the point than needed. */
    private String decimal() {
        return BigDecimal.valueOf(time)
                .add(BigDecimal.valueOf(nanoseconds, 9))
                .stripTrailingZeros()
                .toPlainString();
    }

    private byte[] recorded(String keyword, byte[] value) {
        if (value.length > TarHeader.NAME) {
            records.add(keyword, value);
        }
        return value;
    }

    private long recorded(String keyword, long value) {
        return recorded(keyword, value, TarHeader.MOST);
    }

    private long recorded(String keyword, long value, long most) {
        if (value > most) {
            records.add(keyword, String.valueOf(value));
        }
        return value;
    }

    private byte[] headers(TarHeader header) {
        ByteArrayOutputStream headers = new ByteArrayOutputStream();
        if (!records.isEmpty()) {
            byte[] pax = records.toBytes();
            byte[] paxName = "PaxHeaders/file".getBytes(StandardCharsets.US_ASCII);
            headers.writeBytes(new TarHeader(TarHeader.PAX, paxName, 0644, pax.length)
                    .time(Math.max(0, time))
                    .toBytes());
            headers.writeBytes(pax);
            headers.writeBytes(new byte[(int) TarArchive.padding(pax.length)]);
        }
        headers.writeBytes(header.toBytes());
        return headers.toByteArray();
    }
}
