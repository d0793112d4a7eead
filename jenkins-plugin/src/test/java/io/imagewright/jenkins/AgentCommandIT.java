package io.imagewright.jenkins;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.AbortException;
import hudson.remoting.VirtualChannel;
import io.imagewright.GuestDisk;
import io.imagewright.api.Credentials;
import io.imagewright.error.SettingName;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** The command line that the plugin carries, started as on an agent. */
public class AgentCommandIT {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @SuppressWarnings("NullAway")
    private static final VirtualChannel NO_CHANNEL = null;

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private Path workspace = Path.of("unset");
    private Path jar = Path.of("unset");
    private Path disk = Path.of("unset");

    @Before
    public void unpack() throws IOException {
        workspace = folder.newFolder("work space").toPath();
        jar = folder.getRoot().toPath().resolve("imagewright.jar");
        try (InputStream in =
                Objects.requireNonNull(CommandLineJar.class.getResourceAsStream("imagewright.jar"), "not carried")) {
            Files.copy(in, jar);
        }
        disk = new GuestDisk(folder.getRoot().toPath().resolve("guest"), "dos", 64).write();
    }

    private List<JsonNode> run(Arguments arguments, Credentials secrets) throws IOException, InterruptedException {
        return run(System.getProperty("java.home"), arguments, secrets);
    }

    private List<JsonNode> run(String java, Arguments arguments, Credentials secrets)
            throws IOException, InterruptedException {
        ProgressLog log =
                new ProgressLog(new PrintStream(shown, true, StandardCharsets.UTF_8), line -> line, System::nanoTime);
        Path input = workspace.resolveSibling("it's $HOME `id`.json");
        new AgentFiles.PrivateFile(CommandInput.of(arguments.option("--progress", "json"), secrets))
                .invoke(input.toFile(), NO_CHANNEL);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(input)));
        try {
            return AgentCommand.run(
                    new LocalProcess(workspace), ShellLine.of(java, true, jar.toString(), input.toString()), log);
        } finally {
            assertFalse("the input stays", Files.deleteIfExists(input));
        }
    }

    @Test
    public void withoutTheWantedJava_theOneOfThePathDoesIt() throws Exception {
        assertEquals(
                1,
                run(
                                "/nowhere",
                                new Arguments("inspect").operand(SettingName.SOURCE_MEDIA, "source", disk.toString()),
                                Credentials.NONE)
                        .size());
    }

    @Test
    public void aBuild_givesItsManifest_andARecordThatPagesShow() throws Exception {
        List<JsonNode> results = run(
                new Arguments("build")
                        .operand(SettingName.SOURCE_MEDIA, "source", disk.toString())
                        .option("--name", "web")
                        .option("--property", "DESCRIPTION=a $HOME \"quoted\"")
                        .option("--checksum", "sha256,md5")
                        .option("--output-directory", "image"),
                Credentials.NONE);
        assertEquals(1, results.size());
        JsonNode result = results.get(0).path("result");
        assertEquals(
                workspace.resolve("image").toString(), result.path("directory").asText());
        assertEquals(
                "a $HOME \"quoted\"",
                result.at("/manifest/properties/DESCRIPTION").asText());
        result.path("files")
                .forEach(file ->
                        assertTrue(Files.exists(workspace.resolve("image").resolve(file.asText()))));
        String log = shown.toString(StandardCharsets.UTF_8);
        assertTrue(log, log.contains("inspect: ") && log.contains("total "));

        ImageRecord record = new ImageRecord(
                result.path("manifest").toString(), result.path("build").toString());
        assertEquals("web", record.getName());
        assertEquals("Debian GNU/Linux 12 (bookworm)", record.getProduct());
        assertEquals(64, record.getFiles().get(0).getSha256().length());
        assertEquals("qcow2", record.getFiles().get(0).getFormat());
        assertFalse(record.getOperations().isEmpty());
        assertEquals(1, record.getPartitionMaps().size());
        for (String picture : List.of(
                record.getTreemap(),
                record.getSizes(),
                record.getPartitionMaps().get(0))) {
            assertTrue(picture, picture.startsWith("<svg") && !picture.contains("<script"));
        }
        assertThePageShows(record);
        KeptInXmlTest.assertKept(record);
    }

    /** The page's view finds everything that it asks for. */
    private static void assertThePageShows(ImageRecord record) throws IOException {
        ImageAction action = new ImageAction();
        action.add(record);
        Map<String, Object> variables = Map.of(
                "it",
                action,
                "image",
                record,
                "file",
                record.getFiles().get(0),
                "operation",
                record.getOperations().get(0),
                "map",
                record.getPartitionMaps().get(0),
                "place",
                "an address");
        for (String expression : ViewExpressions.in("ImageAction")) {
            // the build is Jenkins' own
            if (!expression.startsWith("it.run")) {
                assertNotNull(expression, ViewExpressions.value(expression, variables));
            }
        }
    }

    @Test
    public void aFailure_isReportedInTheWordsOfTheCommandLine() {
        AbortException failure = assertThrows(
                AbortException.class,
                () -> run(
                        new Arguments("build").operand(SettingName.SOURCE_MEDIA, "source", "missing.raw"),
                        Credentials.NONE.with(Credentials.LUKS, "s3cret").with(Credentials.GPG, "s3cret too")));
        assertTrue(failure.getMessage(), failure.getMessage().contains("missing.raw"));
        assertFalse("shown by Jenkins", shown.toString(StandardCharsets.UTF_8).contains("missing.raw"));
        assertFalse(shown.toString(StandardCharsets.UTF_8).contains("s3cret"));
    }

    @Test
    public void aWrongOption_isNamed() {
        AbortException failure = assertThrows(
                AbortException.class,
                () -> run(
                        new Arguments("build")
                                .operand(SettingName.SOURCE_MEDIA, "source", disk.toString())
                                .option("--size", "big"),
                        Credentials.NONE));
        assertTrue(failure.getMessage(), failure.getMessage().startsWith("size: expected "));
    }

    /** What the core knows by the names of settings, its worker process too, is shown by the fields and places of Jenkins. */
    @Test
    public void aFailure_namesSettingsAsJenkinsDoes() throws IOException {
        Path empty = workspace.resolve("empty.raw");
        GuestDisk.shell("truncate -s 64M \"$1\" && mke2fs -q -F -t ext4 \"$1\"", empty);
        for (List<String> row : List.of(
                List.of(
                        "--tmpdir=/nowhere",
                        "/nowhere (the directory for work files under Manage Jenkins, System, Imagewright)"),
                List.of("--disable=nothing", "(disable): there is none of that name. imageInspect lists them."),
                List.of("--source-format=floppy", "Cannot use sourceFormat 'floppy'"),
                List.of("--engine=direct", "or set allowUnsupported: true to take"))) {
            String[] option = row.get(0).split("=", 2);
            AbortException failure = assertThrows(
                    AbortException.class,
                    () -> run(
                            new Arguments("build")
                                    .operand(SettingName.SOURCE_MEDIA, "source", empty.toString())
                                    .option(option[0], option[1])
                                    .option("--output-directory", "none"),
                            Credentials.NONE));
            assertTrue(failure.getMessage(), failure.getMessage().contains(row.get(1)));
        }
    }

    /** No qemu, no e2fsck, no worker, no image. */
    @Test
    public void anAbort_leavesNothing() throws Exception {
        GuestDisk.shell(
                "truncate -s 3G \"$1\" && dd if=/dev/urandom of=\"$1\" bs=1M seek=200 count=600 conv=notrunc 2>&1",
                disk);
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread build = new Thread(() -> {
            try {
                run(
                        new Arguments("convert")
                                .operand(SettingName.SOURCE_MEDIA, "source", disk.toString())
                                .option("--format", "raw.xz,vmdk")
                                .option("--tmpdir", workspace.toString())
                                .option("--output-directory", "image"),
                        Credentials.NONE);
            } catch (Throwable thrown) {
                end.set(thrown);
            }
        });
        build.start();
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!shown.toString(StandardCharsets.UTF_8).contains("source: ") && System.nanoTime() < limit) {
            Thread.sleep(50);
        }
        Thread.sleep(1500);
        build.interrupt();
        build.join();
        assertTrue(String.valueOf(end.get()), end.get() instanceof InterruptedException);
        limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (left() > 0 && System.nanoTime() < limit) {
            Thread.sleep(100);
        }
        assertEquals(0, left());
        assertFalse("an empty output directory", Files.exists(workspace.resolve("image")));
    }

    private long left() {
        String top = folder.getRoot().toString();
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(top))
                .count();
    }
}
