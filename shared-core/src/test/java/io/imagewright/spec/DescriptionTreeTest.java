package io.imagewright.spec;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imagewright.error.ImageException;
import io.imagewright.spec.ImageDescription.Disk;
import io.imagewright.spec.ImageDescription.EngineChoice;
import io.imagewright.spec.ImageDescription.Format;
import io.imagewright.spec.ImageDescription.Shrink;
import io.imagewright.spec.ImageDescription.Source;
import io.imagewright.spec.ImageDescription.Sysprep;
import org.junit.Test;

import static io.imagewright.spec.Descriptions.mistake;
import static io.imagewright.spec.Descriptions.mistakeIn;
import static io.imagewright.spec.Descriptions.yaml;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class DescriptionTreeTest {

    private static final String NAME = "name: web";
    private static final String SOURCE = "source: { media: a.qcow2 }";

    @Test
    public void bindsEveryKey() {
        ImageDescription image = yaml(
                        "schema: image/v1",
                        NAME,
                        "source: { media: base/debian 12.qcow2, format: qcow2 }",
                        "engine: direct",
                        "sysprep:",
                        "  enable: [cleanup-mail]",
                        "  disable: [fix-acpid]",
                        "  params: { bootmenu_timeout: 3 }",
                        "shrink: { slack: 16MiB, minimumFree: 1GiB }",
                        "size: 10GiB",
                        "repair: true",
                        "properties: { DESCRIPTION: Web front end, build: 007 }",
                        "formats: [qcow2, { type: diskdump, classifier: raw, file: x.bin, options: { a: b } }]",
                        "checksums: [sha256, md5]")
                .describe();
        assertEquals("web", image.name());
        assertEquals(new Source("base/debian 12.qcow2", "qcow2"), image.source());
        assertEquals(EngineChoice.DIRECT, image.engine());
        assertEquals(List.of("cleanup-mail"), image.sysprep().enable());
        assertEquals(List.of("fix-acpid"), image.sysprep().disable());
        assertEquals(Map.of("bootmenu_timeout", "3"), image.sysprep().params());
        assertEquals(new Shrink(1L << 30, false), image.shrink());
        assertEquals(Long.valueOf(10L << 30), image.size());
        assertTrue(image.repair());
        assertEquals(Map.of("DESCRIPTION", "Web front end", "BUILD", "007"), image.properties());
        assertEquals(
                List.of(
                        new Format("qcow2", Map.of(), null, null),
                        new Format("diskdump", Map.of("a", "b"), "raw", "x.bin")),
                image.formats());
        assertEquals(List.of("sha256", "md5"), image.checksums());
    }

    @Test
    public void fillsInDefaults() {
        ImageDescription image = yaml(NAME, SOURCE).describe();
        assertEquals(EngineChoice.AUTO, image.engine());
        assertEquals(new Shrink(8 << 20, true), image.shrink());
        assertEquals(List.of(new Format("qcow2", Map.of(), null, null)), image.formats());
        assertEquals(List.of("sha256"), image.checksums());
        assertNull(image.size());
        assertNull(image.source().format());
        assertFalse(image.repair());
    }

    @Test
    public void readsFurtherDisks_asWordsOrWithTheirFormats() {
        Source source = yaml(NAME, "source: { media: a.qcow2, disks: [b.raw, { media: c.vmdk, format: vmdk }] }")
                .describe()
                .source();
        assertEquals(List.of(new Disk("b.raw", null), new Disk("c.vmdk", "vmdk")), source.disks());
        assertEquals(new Disk("a.qcow2", null), source.all().get(0));
    }

    @Test
    public void refusesDisksThatAreTheSame_tooMany_orNone() {
        assertEquals(
                "web.yaml line 2: source.disks[1]: the same medium as source.media. Name each disk once.",
                assertThrows(
                                ImageException.class,
                                () -> yaml(NAME, "source: { media: a, disks: [b, { media: a, format: raw }] }")
                                        .describe())
                        .getMessage());
        String disks = IntStream.range(0, 16).mapToObj(i -> "d" + i).collect(Collectors.joining(","));
        assertEquals(
                "web.yaml line 2: source.disks: 17 disks; a guest has 16 at the most. Leave some out.",
                assertThrows(
                                ImageException.class,
                                () -> yaml(NAME, "source: { media: a, disks: [" + disks + "] }")
                                        .describe())
                        .getMessage());
        assertEquals(
                "web.yaml line 2: source.disks[0]: the key media is missing. Needed here: media.",
                mistakeIn(NAME, "source: { media: a, disks: [{ format: raw }] }"));
    }

    @Test
    public void oneDiskIsWrittenAsItAlwaysWas() throws JsonProcessingException {
        assertEquals("{\"media\":\"a\",\"format\":null}", new ObjectMapper().writeValueAsString(new Source("a", null)));
    }

    @Test
    public void keepsTheDefaultSlack_whenOnlyMinimumFreeIsGiven() {
        assertEquals(
                new Shrink(8 << 20, false),
                yaml(NAME, SOURCE, "shrink: { minimumFree: 4K }").describe().shrink());
    }

    @Test
    public void doesNotShrink_whenShrinkIsFalse() {
        assertNull(yaml(NAME, SOURCE, "shrink: false").describe().shrink());
    }

    private static Sysprep layers(String lower, String upper) {
        return yaml(NAME, SOURCE, upper)
                .over(yaml(NAME, SOURCE, lower))
                .describe()
                .sysprep();
    }

    @Test
    public void sysprepFalse_isNoneButWhatTheSameOrAnUpperLayerEnables() {
        assertEquals(
                new Sysprep(false, List.of(), List.of(), Map.of()),
                yaml(NAME, SOURCE, "sysprep: false").describe().sysprep());
        assertEquals(
                new Sysprep(false, List.of("cleanup-log"), List.of(), Map.of()),
                layers("sysprep: false", "sysprep: { enable: [cleanup-log] }"));
        assertEquals(
                new Sysprep(false, List.of(), List.of(), Map.of("a", "b")),
                layers("sysprep: { enable: [fs-uuids], disable: [utc], params: { a: b } }", "sysprep: false"));
        assertEquals(
                new Sysprep(false, List.of("utc"), List.of(), Map.of()),
                layers("sysprep: { enable: [fs-uuids] }", "sysprep: { defaults: false, enable: [utc] }"));
        assertEquals(new Sysprep(true, List.of(), List.of(), Map.of()), layers("sysprep: false", "sysprep: true"));
    }

    @Test
    public void sysprepWithNothingInIt_saysNothing() {
        assertEquals(Sysprep.DEFAULT, yaml(NAME, SOURCE, "sysprep:").describe().sysprep());
    }

    @Test
    public void splitsAListWrittenAsText() {
        ImageDescription image =
                yaml(NAME, SOURCE, "formats: qcow2, raw", "checksums: md5").describe();
        assertEquals("raw", image.formats().get(1).type());
        assertEquals(List.of("md5"), image.checksums());
    }

    @Test
    public void allowsNoChecksumsButNotNoFormats() {
        assertEquals(List.of(), yaml(NAME, SOURCE, "checksums: []").describe().checksums());
        assertEquals("web.yaml line 3: formats: expected at least one format", mistakeIn(NAME, SOURCE, "formats: []"));
    }

    @Test
    public void suggestsTheKey_whenOneIsUnknown() {
        assertEquals(
                "web.yaml line 2: sysprep.enabel: unknown key. Did you mean enable? Known here: defaults, disable, enable, params.",
                mistakeIn("sysprep:", "  enabel: [cleanup-mail]"));
    }

    @Test
    public void namesThePathOfAListItem() {
        assertEquals(
                "web.yaml line 1: formats[1].clasifier: unknown key. Did you mean classifier? Known here: classifier, file,"
                        + " options, type.",
                mistakeIn("formats: [qcow2, { clasifier: x }]"));
    }

    @Test
    public void suggestsNothing_whenNothingIsNear() {
        assertEquals(
                "web.yaml line 1: penguin: unknown key. Known here: allowUnsupported, checksums, customise, disk, engine, formats, labels, name, properties, publish, repair,"
                        + " sbom, schema, shrink, size, source, sysprep.",
                mistakeIn("penguin: true"));
    }

    @Test
    public void putsThePathOfTheSpellingBeforeTheKey() {
        Node root = TextTree.read("pom.xml", "sysprep: { enabel: x }", false);
        assertTrue(mistake(() -> DescriptionTree.of(root, "images[0]"))
                .startsWith("pom.xml line 1: images[0].sysprep.enabel: unknown key."));
    }

    @Test
    public void suggestsTheWord_whenAnEngineIsUnknown() {
        assertEquals(
                "web.yaml line 1: engine: expected auto, direct or libguestfs, found 'libguestf'. Did you mean libguestfs?",
                mistakeIn("engine: libguestf"));
    }

    /** Whoever writes them, and wherever. */
    @Test
    public void wordsAreReadInAnyLetterCase() {
        ImageDescription image = yaml(
                        NAME,
                        "source: { media: a, format: QCOW2, disks: [{ media: b, format: Raw }] }",
                        "engine: Direct",
                        "repair: True",
                        "shrink: FALSE",
                        "formats: [Tar.Zst, { type: VMDK }]",
                        "checksums: SHA256, md5, MD5")
                .describe();
        assertEquals(new Source("a", "qcow2", List.of(new Disk("b", "raw"))), image.source());
        assertEquals(EngineChoice.DIRECT, image.engine());
        assertTrue(image.repair());
        assertNull(image.shrink());
        assertEquals(
                List.of("tar.zst", "vmdk"),
                image.formats().stream().map(Format::type).toList());
        assertEquals(List.of("sha256", "md5"), image.checksums());
    }

    @Test
    public void saysWhatWasExpected_whenTheTypeIsWrong() {
        assertEquals(
                "web.yaml line 1: sysprep: expected true or false, or keys with values (defaults, enable, disable, params), found a list",
                mistakeIn("sysprep: [cleanup-mail]"));
        assertEquals(
                "web.yaml line 1: formats: expected a list, found keys with values", mistakeIn("formats: { a: b }"));
        assertEquals(
                "web.yaml line 1: source: expected keys with values (media, format, disks, tree), found 'disk.qcow2'",
                mistakeIn("source: disk.qcow2"));
        assertEquals(
                "web.yaml line 1: repair: expected true or false, found 'yes'. Did you mean true?",
                mistakeIn("repair: yes"));
        assertEquals(
                "web.yaml line 1: shrink: expected true or false, or keys with values (slack, minimumFree), found a list",
                mistakeIn("shrink: []"));
        assertEquals(
                "web.yaml line 1: engine: expected auto, direct or libguestfs, found nothing", mistakeIn("engine:"));
        assertEquals(
                "web.yaml line 2: properties.A: expected a text, found a list. A text that begins with [ needs quotes.",
                mistakeIn("properties:", "  A: [1]"));
        assertEquals(
                "web.yaml line 1: expected keys with values (schema, name, source, disk, engine, sysprep, customise, shrink, size, repair, allowUnsupported,"
                        + " sbom, properties, labels, formats, checksums, publish), found 'hello'",
                mistakeIn("hello"));
    }

    @Test
    public void statesTheRule_whenASizeIsWrong() {
        for (String size : List.of("10GB", "1.5GiB", "-1", "potatoes", "99999999TiB", "0")) {
            assertEquals(
                    "web.yaml line 1: size: expected a size: a whole number of bytes, or with KiB, MiB, GiB or TiB (also K, M,"
                            + " G, T; powers of 1024), such as 10GiB, above zero, found '" + size + "'",
                    mistakeIn("size: " + size));
        }
    }

    @Test
    public void refusesNamesThatLeaveTheDirectory() {
        for (String name : List.of("../web", "a/b", ".hidden", "''", "\"a\\nb\"")) {
            assertTrue(
                    mistakeIn("name: " + name)
                            .startsWith(
                                    "web.yaml line 1: name: expected a name of letters, digits, '.', '_', '+' and '-', found "));
        }
        assertTrue(mistakeIn("formats: [{ type: raw, file: ../x }]").contains("formats[0].file: expected a file name"));
    }

    @Test
    public void refusesAPropertyKeyWithOtherCharacters() {
        assertEquals(
                "web.yaml line 1: properties.MY-KEY: not a valid key. Allowed in a key here: letters, digits and _.",
                mistakeIn("properties: { MY-KEY: x }"));
    }

    @Test
    public void refusesPropertyKeysThatDifferInCaseOnly() {
        assertEquals(
                "web.yaml line 1: properties.OS: given twice, as keys are turned to upper case",
                mistakeIn("properties: { os: a, OS: b }"));
    }

    @Test
    public void refusesAnotherSchemaVersion() {
        assertEquals(
                "web.yaml line 1: schema: expected image/v1, found 'image/v2'. Did you mean image/v1?",
                mistakeIn("schema: image/v2"));
    }

    @Test
    public void diskIsMadeOfATree() {
        NewDisk usual = yaml(NAME, "source: { tree: rootfs.tar }", "shrink: { minimumFree: 1GiB }")
                .describe()
                .source()
                .made();
        assertEquals(
                new NewDisk(NewDisk.Table.GPT, null, null, 1L << 30, new NewDisk.FileSystem("ext4", "root")), usual);
        assertEquals(
                "web.yaml line 2: source: both media and tree are given. Remove one of the two.",
                mistakeIn(NAME + "\nsource: { media: a.raw, tree: b.tar }"));
        assertEquals(
                "web.yaml line 3: disk: it describes a disk that is made of a tree, and the source is one already. Remove it, or set"
                        + " source.tree instead of source.media.",
                mistakeIn(NAME + "\n" + SOURCE + "\ndisk: { table: mbr }"));
        assertEquals(
                "web.yaml line 3: disk.boot: auto and none cannot be combined with other words. Keep one of them.",
                mistakeIn(NAME + "\nsource: { tree: a.tar }\ndisk: { boot: [none, efi] }"));
        assertEquals(
                "web.yaml line 2: source: disks and format are of media, and not of a tree. Leave them out, or set source.media instead"
                        + " of source.tree.",
                mistakeIn(NAME + "\nsource: { tree: a.tar, format: raw }"));
    }

    /** Shrinking is on by default, and would leave nothing of a size that was asked for. */
    @Test
    public void newDiskKeepsItsSize() {
        record Row(String shrink, Shrink expected, Long size) {}
        Shrink usual = new Shrink(8 << 20, true);
        for (Row row : List.of(
                new Row("engine: auto", null, null),
                new Row("shrink: false", null, null),
                new Row("shrink: true", usual, 10L << 30),
                new Row("size: 20GiB", null, 20L << 30))) {
            ImageDescription image = yaml(
                            NAME, "source: { tree: a.tar }", "disk: { size: " + ((10L << 30) + 5) + " }", row.shrink())
                    .describe();
            assertEquals(row.shrink(), row.expected(), image.shrink());
            assertEquals(row.shrink(), row.size(), image.size());
            assertEquals(Long.valueOf(10L << 30), image.source().made().size());
        }
        assertEquals(
                usual,
                yaml(NAME, "source: { tree: a.tar }", "disk: { size: auto }")
                        .describe()
                        .shrink());
        assertEquals(
                "web.yaml line 3: disk.size: an MBR cannot address more than 2 TiB. Set disk.table: gpt, or give a smaller size.",
                mistakeIn(NAME + "\nsource: { tree: a.tar }\ndisk: { table: mbr, size: 3TiB }"));
    }

    @Test
    public void roomOfANewDiskIsTheLargestThatIsAskedFor() {
        record Row(String shrink, long free) {}
        for (Row row : List.of(
                new Row("false", 512L << 20),
                new Row("true", 512L << 20),
                new Row("{ slack: 2GiB }", 2L << 30),
                new Row("{ slack: 2GiB, minimumFree: 0 }", 2L << 30),
                new Row("{ minimumFree: 1MiB }", 8L << 20))) {
            assertEquals(
                    row.shrink(),
                    row.free(),
                    yaml(NAME, "source: { tree: a.tar }", "shrink: " + row.shrink())
                            .describe()
                            .source()
                            .made()
                            .minimumFree());
        }
    }

    @Test
    public void refusesAnImageWithoutSource() {
        assertEquals(
                "web.yaml line 1: image web: no source is given. Set source.media to a disk image file or a block device,"
                        + " or source.tree to a tree of files.",
                mistakeIn(NAME));
    }

    @Test
    public void refusesAFormatWithoutType() {
        assertEquals(
                "web.yaml line 3: formats: a format has no type. Add type, for example qcow2.",
                mistakeIn(NAME, SOURCE, "formats: [{ classifier: raw }]"));
    }

    @Test
    public void refusesAnOperationThatIsBothEnabledAndDisabled() {
        assertEquals(
                "web.yaml line 3: sysprep: x is both enabled and disabled. Remove one of the two.",
                mistakeIn(NAME, SOURCE, "sysprep: { enable: [x], disable: [x] }"));
    }

    @Test
    public void neverShowsControlCharactersOrEndlessTexts() {
        String message = mistakeIn("engine: \"\\e[31m" + "x".repeat(1000) + "\"");
        assertTrue(message, message.length() < 200 && message.indexOf('\033') < 0);
    }

    @Test
    public void mergesMapsAndReplacesLists() {
        DescriptionTree lower = yaml(
                NAME,
                "source: { media: a.qcow2, format: qcow2 }",
                "properties: { A: 1, B: 2 }",
                "formats: [raw]",
                "shrink: { slack: 1MiB }");
        DescriptionTree upper = yaml(
                "source: { media: b.qcow2 }",
                "properties: { b: 3 }",
                "formats: [diskdump, qcow2]",
                "shrink: { minimumFree: 2MiB }");
        ImageDescription image = upper.over(lower).describe();
        assertEquals(new Source("b.qcow2", "qcow2"), image.source());
        assertEquals(Map.of("A", "1", "B", "3"), image.properties());
        assertEquals(
                List.of("diskdump", "qcow2"),
                image.formats().stream().map(Format::type).toList());
        assertEquals(new Shrink(2 << 20, false), image.shrink());
    }

    @Test
    public void addsOperationsAndTakesThemBack() {
        DescriptionTree lower = yaml(NAME, SOURCE, "sysprep: { enable: [a, b], disable: [c, d] }");
        DescriptionTree upper = yaml("sysprep: { enable: [c, a, e], disable: [b] }");
        ImageDescription.Sysprep sysprep = upper.over(lower).describe().sysprep();
        assertEquals(List.of("a", "c", "e"), sysprep.enable());
        assertEquals(List.of("d", "b"), sysprep.disable());
    }

    @Test
    public void everySettingIsDescribedAndEveryDefaultIsValid() {
        for (Setting setting : Schema.IMAGE.keys()) {
            assertTrue(setting.name(), setting.description().endsWith("."));
            String value = setting.defaultValue();
            if (value != null) {
                SchemaCheck.check(new Node.Scalar(value, Origin.of("default")), setting.type(), setting.name());
            }
        }
    }
}
