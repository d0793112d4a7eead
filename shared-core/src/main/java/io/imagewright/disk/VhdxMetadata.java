package io.imagewright.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** What the metadata of a VHDX says of a parent (MS-VHDX 2.2.3 and 2.6). Little-endian. */
final class VhdxMetadata {

    private static final UUID METADATA_REGION = UUID.fromString("8b7ca206-4790-4b9a-b8fe-575f050f886e");
    private static final UUID FILE_PARAMETERS = UUID.fromString("caa16737-fa36-4d43-b3b6-33f0aa44e76b");
    private static final UUID PARENT_LOCATOR = UUID.fromString("a8d35f2d-b30b-454d-abf7-d3d84834ab0c");
    private static final int HAS_PARENT = 2;

    /** The two copies of the region table. */
    private static final long[] REGION_TABLES = {192 << 10, 256 << 10};

    private static final int REGION_SIGNATURE = 0x69676572;
    private static final long METADATA_SIGNATURE = 0x617461646174656dL;
    private static final int TABLE = 64 << 10;
    private static final int ENTRY = 32;
    private static final int MAXIMUM_ENTRIES = 2047;

    /** Parent locators hold a few paths. */
    private static final int MAXIMUM_LOCATOR = 64 << 10;

    private static final int MAXIMUM_KEYS = 64;

    private final SparseFile file;
    private final Path path;

    private VhdxMetadata(SparseFile file, Path path) {
        this.file = file;
        this.path = path;
    }

    /** The parent by the first of its paths. */
    static Optional<String> parent(SparseFile file, Path path) throws IOException {
        return new VhdxMetadata(file, path).parent();
    }

    private Optional<String> parent() throws IOException {
        for (long at : REGION_TABLES) {
            ByteBuffer regions = block(at, TABLE);
            if (regions.getInt(0) == REGION_SIGNATURE) {
                Map<UUID, Long> found = entries(regions, 8, 16, false);
                Long metadata = found.get(METADATA_REGION);
                if (metadata == null) {
                    throw QemuImg.damaged(path, "its region table lists no metadata");
                }
                return parent(metadata);
            }
        }
        throw QemuImg.damaged(path, "it has no region table");
    }

    private Optional<String> parent(long region) throws IOException {
        ByteBuffer table = block(region, TABLE);
        if (table.getLong(0) != METADATA_SIGNATURE) {
            throw QemuImg.damaged(path, "its metadata table is missing");
        }
        Map<UUID, Long> items = entries(table, 10, ENTRY, true);
        Long parameters = items.get(FILE_PARAMETERS);
        if (parameters == null) {
            throw QemuImg.damaged(path, "its metadata has no file parameters");
        }
        Long locator = items.get(PARENT_LOCATOR);
        if ((block(region + parameters, 8).getInt(4) & HAS_PARENT) == 0 && locator == null) {
            return Optional.empty();
        }
        return Optional.of(locator == null ? "a disk that it does not name" : named(region + locator));
    }

    /** Where each item of a table begins. */
    private Map<UUID, Long> entries(ByteBuffer table, int countAt, int first, boolean small) {
        int count = small ? Short.toUnsignedInt(table.getShort(countAt)) : table.getInt(countAt);
        if (count < 0 || count > MAXIMUM_ENTRIES) {
            throw QemuImg.damaged(path, "a table of it claims " + Integer.toUnsignedString(count) + " entries");
        }
        Map<UUID, Long> found = new HashMap<>();
        for (int at = first; at < first + count * ENTRY && at <= TABLE - ENTRY; at += ENTRY) {
            long offset = small ? Integer.toUnsignedLong(table.getInt(at + 16)) : table.getLong(at + 16);
            found.putIfAbsent(Guids.get(table, at), offset);
        }
        return found;
    }

    private String named(long locator) throws IOException {
        ByteBuffer bytes = block(locator, MAXIMUM_LOCATOR);
        int count = Math.min(MAXIMUM_KEYS, Short.toUnsignedInt(bytes.getShort(18)));
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < count; i++) {
            int at = 20 + i * 12;
            values.putIfAbsent(
                    text(bytes, bytes.getInt(at), Short.toUnsignedInt(bytes.getShort(at + 8))),
                    text(bytes, bytes.getInt(at + 4), Short.toUnsignedInt(bytes.getShort(at + 10))));
        }
        return Stream.of("relative_path", "absolute_win32_path", "volume_path", "parent_linkage")
                .map(key -> values.getOrDefault(key, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("a disk that it does not name");
    }

    private static String text(ByteBuffer bytes, int at, int length) {
        if (at < 0 || at > bytes.limit() - length) {
            return "";
        }
        return StandardCharsets.UTF_16LE.decode(bytes.slice(at, length)).toString();
    }

    /** Zeros behind the end of the file. */
    private ByteBuffer block(long at, int length) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        if (at < 0 || at > file.size()) {
            throw QemuImg.damaged(path, "its metadata lies behind its end");
        }
        file.read(at, block.limit((int) Math.min(length, file.size() - at)));
        return block.clear();
    }
}
