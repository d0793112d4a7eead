package io.imagewright.manifest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class ManifestFileTest {

    private static final String TEXT = """
            {
              "schema": "image-manifest/v1",
              "name": "web",
              "version": "1.0",
              "requestSha256": "ab12",
              "tools": {
                "e2fsprogs": "1.47.0",
                "qemu-img": "7.2"
              },
              "source": {
                "sha256": "cd34",
                "format": "qcow2"
              },
              "facts": {
                "distribution": "debian"
              },
              "properties": {
                "DESCRIPTION": "Ümläute \\"quoted\\"",
                "OSFAMILY": "linux"
              },
              "partitions": [
                {
                  "number": 1,
                  "type": "83",
                  "start": 1048576,
                  "size": 1000000000,
                  "fileSystem": "ext4",
                  "uuid": "u",
                  "label": "",
                  "partUuid": "p",
                  "partLabel": ""
                }
              ],
              "operations": [
                {
                  "name": "cleanup-tmp",
                  "changes": 3,
                  "bytes": 4096,
                  "removed": {
                    "files": 2,
                    "bytes": 4096,
                    "paths": [
                      "/tmp"
                    ]
                  }
                }
              ],
              "summary": {
                "directories": {
                  "etc": 30,
                  "usr": 60
                },
                "files": 7,
                "bytes": 100,
                "largestPackages": [
                  {
                    "name": "libc6",
                    "version": "2.36-9",
                    "bytes": 50
                  }
                ]
              },
              "artifacts": [
                {
                  "file": "web-1.0.qcow2",
                  "format": "qcow2",
                  "classifier": "",
                  "virtualSize": 2000000000,
                  "storedSize": 65536,
                  "md5": "11",
                  "sha256": "22"
                }
              ],
              "sbom": null,
              "published": []
            }
            """;

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void writesEveryFieldInItsPlace() throws Exception {
        Path file = folder.newFile().toPath();
        ManifestFile.write(file, manifest());
        assertEquals(TEXT, Files.readString(file));
    }

    @Test
    public void readsWhatItWrote() throws Exception {
        assertEquals(manifest(), ManifestFile.read(write(TEXT)));
    }

    @Test
    public void ignoresFieldsOfNewerVersions() throws Exception {
        String newer = TEXT.replace("\"sbom\": null", "\"sbom\": null, \"signature\": {\"by\": [1]}")
                .replace("\"md5\": \"11\"", "\"md5\": \"11\", \"blake3\": \"33\", \"compression\": {\"a\": 1}")
                .replace("\"changes\": 3", "\"changes\": 3, \"seconds\": 1.5");
        assertEquals(manifest(), ManifestFile.read(write(newer)));
    }

    @Test
    public void saysWhereTheImageComesFrom() throws Exception {
        String text = TEXT.replace("  \"source\": {\n", """
                  "origin": {
                    "coordinates": "com.example:web:1.0",
                    "scmUrl": "https://example.org/web.git",
                    "scmRevision": "0123456789abcdef0123456789abcdef01234567"
                  },
                  "labels": {
                    "example.org/team": "web",
                    "ticket": "4711"
                  },
                  "source": {
                    "file": "debian-12.qcow2",
                """);
        ImageManifest manifest = ManifestFile.read(write(text));
        assertEquals(
                new ProjectOrigin(
                        "com.example:web:1.0",
                        "https://example.org/web.git",
                        "0123456789abcdef0123456789abcdef01234567"),
                manifest.origin());
        assertEquals(Map.of("ticket", "4711", "example.org/team", "web"), manifest.labels());
        assertEquals("debian-12.qcow2", manifest.source().file());
        Path file = folder.newFile().toPath();
        ManifestFile.write(file, manifest);
        assertEquals(text, Files.readString(file));
    }

    @Test
    public void distinguishesDisks_whereThereAreSeveral() throws Exception {
        String several = TEXT.replace(
                        "\"format\": \"qcow2\"\n",
                        "\"format\": \"qcow2\",\n    \"size\": 7,\n    \"disks\": [\n      {\n        \"sha256\": \"ef56\",\n"
                                + "        \"format\": \"raw\",\n        \"size\": 9\n      }\n    ]\n")
                .replace("\"number\": 1", "\"disk\": 2,\n      \"number\": 1")
                .replace("\"virtualSize\"", "\"disk\": 2,\n      \"virtualSize\"");
        ImageManifest manifest = ManifestFile.read(write(several));
        assertEquals(
                List.of(new ImageManifest.Source(null, "ef56", "raw", 9L, List.of())),
                manifest.source().disks());
        assertFalse(manifest.artifacts().get(0).holdsFirstDisk());
        Path file = folder.newFile().toPath();
        ManifestFile.write(file, manifest);
        assertEquals(several, Files.readString(file));
    }

    @Test
    public void readsManifestsOfBeforeTheSummary() throws Exception {
        String older = TEXT.replaceAll("(?s)  \"summary\": .*?\\n  },\\n", "")
                .replaceAll("(?s),\\s*\"removed\": .*?\\n      }", "");
        assertFalse(older, older.contains("summary") || older.contains("removed"));
        ImageManifest manifest = ManifestFile.read(write(older));
        assertNull(manifest.summary());
        assertNull(manifest.operations().get(0).removed());
        Path file = folder.newFile().toPath();
        ManifestFile.write(file, manifest);
        assertEquals(older, Files.readString(file));
    }

    @Test
    public void refusesAnotherSchema() throws Exception {
        refused(Kind.UNSUPPORTED, "image-manifest/v2", TEXT.replace("manifest/v1", "manifest/v2"));
    }

    @Test
    public void refusesWhatIsNoManifest() throws Exception {
        refused(Kind.SOURCE, "no schema", "{}");
        refused(Kind.SOURCE, "no schema", "[]");
        refused(Kind.SOURCE, "no schema", "");
        refused(Kind.SOURCE, "", "\u0000\u0001");
        refused(Kind.SOURCE, "", TEXT.substring(0, TEXT.length() / 2));
        refused(Kind.SOURCE, "partitions", TEXT.replace("\"partitions\"", "\"other\""));
        refused(Kind.SOURCE, "number", TEXT.replace("\"number\": 1,", ""));
        refused(Kind.SOURCE, "sha256", TEXT.replace("\"sha256\": \"cd34\",", ""));
        refused(Kind.SOURCE, "version", TEXT.replace("\"version\": \"1.0\"", "\"version\": null"));
        refused(Kind.SOURCE, "file", TEXT.replace("\"file\": \"web-1.0.qcow2\",", ""));
        refused(Kind.SOURCE, "", TEXT.replace("\"changes\": 3", "\"changes\": 99999999999"));
    }

    @Test
    public void refusesWhatWouldEatMemory() throws Exception {
        refused(Kind.SOURCE, "larger than 4 MiB", TEXT + " ".repeat(5 << 20));
        refused(Kind.SOURCE, "depth", TEXT.replace("[]", "[".repeat(2000) + "]".repeat(2000)));
    }

    private void refused(Kind kind, String reason, String text) throws Exception {
        Path file = write(text);
        ImageException error = assertThrows(ImageException.class, () -> ManifestFile.read(file));
        assertEquals(kind, error.kind());
        assertTrue(error.getMessage(), error.getMessage().contains(reason));
        assertTrue(error.getMessage(), error.getMessage().contains(file.toString()));
    }

    private Path write(String text) throws Exception {
        return Files.writeString(folder.newFile().toPath(), text);
    }

    private static ImageManifest manifest() {
        return new ImageManifest(
                ImageManifest.SCHEMA,
                "web",
                "1.0",
                "ab12",
                new TreeMap<>(Map.of("qemu-img", "7.2", "e2fsprogs", "1.47.0")),
                null,
                new TreeMap<>(),
                new ImageManifest.Source(null, "cd34", "qcow2", null, List.of()),
                new TreeMap<>(Map.of("distribution", "debian")),
                new TreeMap<>(Map.of("OSFAMILY", "linux", "DESCRIPTION", "Ümläute \"quoted\"")),
                List.of(new ImageManifest.PartitionEntry(
                        null, 1, "83", 1 << 20, 1_000_000_000, "ext4", "u", "", "p", "")),
                List.of(new ImageManifest.OperationEntry(
                        "cleanup-tmp", 3, 4096, new ImageManifest.RemovedEntry(2, 4096, List.of("/tmp")))),
                new ContentSummary(
                        new TreeMap<>(Map.of("usr", 60L, "etc", 30L)),
                        7,
                        100,
                        List.of(new ContentSummary.LargePackage("libc6", "2.36-9", 50))),
                List.of(new ArtifactEntry(
                        "web-1.0.qcow2",
                        "qcow2",
                        "",
                        null,
                        2_000_000_000,
                        65536,
                        new TreeMap<>(Map.of("sha256", "22", "md5", "11")))),
                null,
                List.of());
    }
}
