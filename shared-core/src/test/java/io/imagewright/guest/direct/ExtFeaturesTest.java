package io.imagewright.guest.direct;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.imagewright.error.ImageException;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.Guest;
import io.imagewright.guest.GuestPath;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.ErrorCollector;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** Each feature that e2fsprogs knows, and the layouts without the usual ones: what the table of the manual says is done. */
public class ExtFeaturesTest {

    private static final String MARKER = "STALE-MARKER-4c2e";
    private static final String UUID = "11111111-2222-4333-8444-555555555555";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final ErrorCollector failures = new ErrorCollector();

    private final ExtTools engine = new ExtTools(ExtFixture.EXEC, ExtFixture.NOW);

    /**
     * How to make a file system with a feature.
     *
     * @param word of tune2fs for the feature; a name in parentheses for a layout without some
     * @param mke2fs options
     * @param then a shell line that turns it on afterwards, the file being {@code $1}; empty for none
     */
    private record Row(String word, String mke2fs, String then) {

        Path make(Path file, Path content) {
            List<String> command = new ArrayList<>(List.of("mke2fs", "-q", "-F"));
            command.addAll(mke2fs.contains("-t ") ? List.of() : List.of("-t", "ext4"));
            // one group only, which is quicker
            command.addAll(mke2fs.contains("-b ") ? List.of() : List.of("-b", "4096"));
            command.addAll(mke2fs.isEmpty() ? List.of() : List.of(mke2fs.split(" ")));
            command.addAll(List.of("-d", content.toString(), file.toString(), "48M"));
            ExtFixture.run(command.toArray(String[]::new));
            if (!then.isEmpty()) {
                ExtFixture.run("bash", "-c", "PATH=$PATH:/usr/sbin:/sbin; " + then + " 2>&1", "bash", file.toString());
            }
            return file;
        }

        static Row made(String word, String mke2fs) {
            return new Row(word, mke2fs, "");
        }

        /** Turned on by debugfs, which knows all of them. */
        static Row set(String word) {
            return new Row(word, "", "debugfs -w -R 'feature " + word + "' $1");
        }

        /** Mke2fs does not count the files that it copies. */
        static Row accounted(String word, String mke2fs) {
            return new Row(word, mke2fs, "e2fsck -fy $1 || [ $? = 1 ]");
        }

        static Row usual(String word) {
            return new Row(word, "-O " + word, "");
        }
    }

    /** Those that mke2fs gives every ext4. */
    private static final Set<String> USUAL = Set.of(
            "has_journal",
            "ext_attr",
            "resize_inode",
            "dir_index",
            "sparse_super",
            "large_file",
            "huge_file",
            "dir_nlink",
            "extra_isize",
            "metadata_csum",
            "filetype",
            "extent",
            "64bit",
            "flex_bg");

    private static final List<Row> ROWS = List.of(
            Row.made("(usual)", "-b 1024"),
            Row.set("dir_prealloc"),
            Row.set("imagic_inodes"),
            Row.set("lazy_bg"),
            Row.set("snapshot_bitmap"),
            Row.made("sparse_super2", "-b 1024 -O sparse_super2,^sparse_super,^resize_inode"),
            Row.usual("fast_commit"),
            Row.usual("stable_inodes"),
            Row.made("orphan_file", "-b 1024 -O orphan_file"),
            Row.made("uninit_bg", "-O ^metadata_csum,uninit_bg"),
            Row.accounted("quota", "-O quota"),
            Row.made("bigalloc", "-O bigalloc -C 65536"),
            Row.set("replica"),
            new Row("read-only", "", "tune2fs -O read-only $1"),
            Row.accounted("project", "-O project,quota -I 256"),
            Row.set("shared_blocks"),
            Row.usual("verity"),
            new Row("orphan_present", "-O orphan_file", "debugfs -w -R 'feature orphan_present' $1"),
            Row.set("compression"),
            Row.set("needs_recovery"),
            Row.set("journal_dev"),
            Row.made("meta_bg", "-b 1024 -O meta_bg,^resize_inode"),
            Row.usual("mmp"),
            Row.usual("ea_inode"),
            Row.set("dirdata"),
            Row.usual("metadata_csum_seed"),
            Row.usual("large_dir"),
            Row.made("inline_data", "-O inline_data -I 256"),
            Row.usual("encrypt"),
            Row.usual("casefold"),
            Row.made("(ext2)", "-t ext2"),
            Row.made("(ext3)", "-t ext3"),
            Row.made("(no journal)", "-O ^has_journal"),
            Row.made("(32 bits)", "-O ^64bit"),
            Row.made("(every group has a copy)", "-b 1024 -O ^sparse_super,^resize_inode"),
            Row.made("(no checksums)", "-O ^metadata_csum"),
            Row.made("(small inodes)", "-I 128"),
            Row.accounted("(quota, orphan file, inline data)", "-O quota,orphan_file,inline_data -I 256"));

    @Test
    public void everyFeatureThatIsKnownHasARow() {
        Set<String> known = new TreeSet<>();
        EnumSet.allOf(ExtFeature.class).forEach(feature -> known.add(feature.label()));
        Set<String> rows = new TreeSet<>(USUAL);
        ROWS.stream().map(Row::word).filter(word -> !word.startsWith("(")).forEach(rows::add);
        assertEquals(known, rows);
    }

    @Test
    public void theManualHasTheSameTable() throws IOException {
        StringBuilder table = new StringBuilder();
        for (ExtFeature feature : ExtFeature.values()) {
            table.append("| `")
                    .append(feature.label())
                    .append("` | ")
                    .append(said(feature))
                    .append(" |\n");
        }
        String page = Files.readString(Path.of("..", "site", "markdown", "engines.md"));
        assertTrue("engines.md must have this table:\n" + table, page.contains(table));
    }

    private static String said(ExtFeature feature) {
        return switch (feature.service()) {
            case SERVED -> "served";
            case SET_ASIDE -> "served; off while the image is built, and on again in it";
            case KEEPS_SIZE -> "edited; the file system keeps its size, as resize2fs refuses it";
            case OTHER_ENGINE -> "`auto` takes `libguestfs`; the file system keeps its size";
            case REFUSED -> "refused";
        };
    }

    @Test
    public void eachIsServedAsTheTableSays() throws IOException {
        Path content = content();
        for (Row row : ROWS) {
            failures.checkSucceeds(() -> {
                try {
                    check(row, content);
                } catch (AssertionError | RuntimeException failure) {
                    throw new AssertionError(row.word() + ": " + failure.getMessage(), failure);
                }
                return null;
            });
        }
    }

    private Path content() throws IOException {
        Path content = folder.newFolder("content").toPath();
        Files.createDirectories(content.resolve("gone/deep"));
        Files.createDirectories(content.resolve("stays"));
        for (int i = 0; i < 20; i++) {
            Files.writeString(content.resolve("gone/" + MARKER + i), MARKER);
        }
        Files.writeString(content.resolve("stays/" + MARKER), MARKER);
        Files.writeString(content.resolve("emptied"), MARKER);
        Files.writeString(content.resolve("rewritten"), MARKER);
        Files.writeString(content.resolve("grown"), MARKER);
        Files.writeString(content.resolve("scrubbed"), MARKER);
        Files.writeString(content.resolve("longer"), (MARKER + "\n").repeat(6));
        Files.writeString(content.resolve("same"), "same");
        Files.write(content.resolve("block"), new byte[300_000]);
        return content;
    }

    private void check(Row row, Path content) throws IOException {
        Path file = folder.getRoot().toPath().resolve("fs");
        Files.deleteIfExists(file);
        row.make(file, content);
        Optional<ExtFeature> feature = Arrays.stream(ExtFeature.values())
                .filter(one -> one.label().equals(row.word()))
                .findFirst();
        feature.ifPresent(one -> assertTrue("it has the feature", one.isIn(superblock(file))));
        if (row.word().equals("(usual)")) {
            assertTrue(features(file), Set.of(features(file).split(" +")).containsAll(USUAL));
        }
        ExtFeature.Service service = feature.map(ExtFeature::service).orElse(ExtFeature.Service.SERVED);
        if (service == ExtFeature.Service.REFUSED) {
            refused(file, row.word());
            return;
        }
        ExtTools.requireUsable(ExtFixture.volume(file), Files.size(file), false);
        engine.settle(file, "it", false);
        boolean elsewhere = service == ExtFeature.Service.OTHER_ENGINE;
        assertEquals(
                elsewhere ? Optional.of(row.word()) : Optional.empty(),
                ExtTools.featureOfOtherEngine(ExtFixture.volume(file)));
        boolean keepsSize = elsewhere || service == ExtFeature.Service.KEEPS_SIZE;
        assertEquals(
                keepsSize,
                ExtTools.featureThatKeepsSize(ExtFixture.volume(file)).isPresent());
        build(file, !elsewhere, !keepsSize);
    }

    private void refused(Path file, String word) {
        ImageException refused = assertThrows(
                ImageException.class,
                () -> ExtTools.requireUsable(
                        ExtFixture.volume(file), file.toFile().length(), false));
        assertTrue(refused.getMessage(), refused.getMessage().contains("it uses the feature " + word + ". "));
        assertFalse(refused.getMessage(), refused.getMessage().contains("report"));
    }

    /** What a build does with a working copy. */
    private void build(Path file, boolean edited, boolean shrunk) throws IOException {
        String features = features(file);
        long size = Files.size(file);
        engine.prepare(file, "it");
        if (edited) {
            try (Guest guest = engine.open(Map.of(GuestPath.ROOT, ExtFixture.volume(file)), true)) {
                guest.apply(changes());
            }
        } else {
            assertThrows(
                    ImageException.class, () -> engine.open(Map.of(GuestPath.ROOT, ExtFixture.volume(file)), true));
        }
        if (shrunk) {
            engine.shrink(file, "it", 1 << 20, folder.getRoot().toPath().resolve("scratch"));
            assertTrue("it has " + Files.size(file) + " of " + size, Files.size(file) < size * 3 / 4);
        } else {
            engine.rewriteDirectories(file, "it");
        }
        if (!features.contains("stable_inodes")) {
            engine.setUuid(file, "it", UUID);
        }
        engine.finish(file, "it");

        assertEquals(features, features(file));
        ExtFixture.run("e2fsck", "-fn", file.toString());
        if (edited) {
            assertEdited(file);
        }
    }

    private static List<Change> changes() {
        List<Change> changes = new ArrayList<>(List.of(
                new Change.DeleteTree(path("/gone")),
                new Change.Delete(path("/stays/" + MARKER)),
                new Change.Truncate(path("/emptied"), 0),
                Change.Write.of(path("/rewritten"), Bytes.of("new")),
                Change.Write.of(path("/grown"), Bytes.of("x".repeat(5000))),
                new Change.Scrub(path("/scrubbed")),
                Change.Write.of(path("/longer"), Bytes.of("short")),
                Change.Write.of(path("/stays/made"), Bytes.of("made")),
                new Change.SymbolicLink(path("/stays/link"), "../same"),
                new Change.SymbolicLink(path("/stays/longLink"), "/" + "d/".repeat(45) + "same")));
        for (int i = 0; i < 12; i++) {
            changes.add(Change.Write.of(path("/stays/a-name-that-is-not-short-" + i), Bytes.of("x")));
        }
        changes.add(new Change.SetXattr(path("/same"), "user.note", Bytes.of("note")));
        return changes;
    }

    private void assertEdited(Path file) throws IOException {
        assertFalse(
                "nothing is left of what was removed",
                new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(MARKER));
        try (Guest guest = engine.open(Map.of(GuestPath.ROOT, ExtFixture.volume(file)), false)) {
            List<String> contents = new ArrayList<>();
            for (String name : List.of("/emptied", "/rewritten", "/longer", "/same", "/stays/made", "/stays/link")) {
                contents.add(read(guest, name));
            }
            assertEquals(List.of("", "new", "short", "same", "made", "same"), contents);
            assertEquals("x".repeat(5000), read(guest, "/grown"));
            assertEquals(15, guest.list(path("/stays")).size());
            assertTrue(
                    guest.readLink(path("/stays/longLink")).orElseThrow().text().endsWith("/same"));
            assertEquals(Set.of("user.note"), guest.xattrs(path("/same")).keySet());
            assertFalse(guest.stat(path("/gone")).isPresent());
        }
    }

    private static String read(Guest guest, String name) {
        Map<GuestPath, Bytes> found = guest.read(List.of(path(name)), 1 << 20);
        return found.values().iterator().next().text();
    }

    private static GuestPath path(String path) {
        return GuestPath.of(path);
    }

    private static Superblock superblock(Path file) {
        return Superblock.read(file, 0, "it");
    }

    /** The features as dumpe2fs names them, but for what only says that there is something to replay. */
    private static String features(Path file) {
        return ExtFixture.run("dumpe2fs", "-h", file.toString())
                .lines()
                .filter(line -> line.startsWith("Filesystem features:"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    public void adviceThatNamesAProgramWorks() throws IOException {
        Path file = ExtFixture.ext4(folder.getRoot().toPath().resolve("fs"), "16M", content());
        ExtFixture.run("tune2fs", "-O", "read-only", file.toString());
        refused(file, "read-only");
        ExtFixture.run("tune2fs", "-O", "^read-only", file.toString());
        ExtTools.requireUsable(ExtFixture.volume(file), Files.size(file), false);
        ExtFixture.run("debugfs", "-w", "-R", "feature shared_blocks", file.toString());
        refused(file, "shared_blocks");
        ExtFixture.run("e2fsck", "-f", "-y", "-E", "unshare_blocks", file.toString());
        ExtFixture.run("debugfs", "-w", "-R", "feature -shared_blocks", file.toString());
        ExtTools.requireUsable(ExtFixture.volume(file), Files.size(file), false);
    }

    @Test
    public void aFeatureOfTheFutureIsRefused() throws IOException {
        Path file = ExtFixture.ext4(folder.getRoot().toPath().resolve("fs"), "16M", content());
        ExtFixture.run("debugfs", "-w", "-R", "feature FEATURE_R20", file.toString());
        ImageException refused = assertThrows(
                ImageException.class, () -> ExtTools.requireUsable(ExtFixture.volume(file), Files.size(file), false));
        assertTrue(refused.getMessage(), refused.getMessage().contains("(read_only_compat 100000)"));
    }

    @Test
    public void aProtectedFileIsNotChanged() throws IOException {
        Path file = ExtFixture.ext4(
                folder.getRoot().toPath().resolve("fs"), "16M", content(), "-O", "verity", "-b", "4096");
        ExtFixture.run("debugfs", "-w", "-R", "set_inode_field /same flags 0x180000", file.toString());
        try (Guest guest = engine.open(Map.of(GuestPath.ROOT, ExtFixture.volume(file)), true)) {
            ImageException refused = assertThrows(
                    ImageException.class,
                    () -> guest.apply(List.of(Change.Write.of(path("/same"), Bytes.of("other")))));
            assertTrue(refused.getMessage(), refused.getMessage().contains("fs-verity protects it"));
        }
    }
}
