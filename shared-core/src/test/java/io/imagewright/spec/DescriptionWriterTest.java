package io.imagewright.spec;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;

public class DescriptionWriterTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void whatItWritesReadsAsTheSame() throws Exception {
        assertRoundTrip("name: web\nsource: { media: disk.raw }\n");
        assertRoundTrip("""
                name: "123"
                source: { media: "base: with # signs.qcow2", format: qcow2 }
                engine: direct
                sysprep:
                  enable: [cleanup-mail]
                  disable: [cleanup-tmp, cleanup-log]
                  params: { bootmenu_timeout: 3, powerbtn_action: "yes", text: "a: b\\nc" }
                shrink: { slack: 16MiB, minimumFree: 1GiB }
                size: 10GiB
                repair: true
                allowUnsupported: true
                properties: { description: "null", os: "1e3", USERS: "root alice" }
                formats: [{ type: qcow2, options: { compression: "off" }, classifier: c, file: f.img }, raw]
                checksums: [md5, sha512]
                """);
        assertRoundTrip("name: web\nsource: { media: disk.raw }\nshrink: false\nchecksums: []\n");
    }

    private void assertRoundTrip(String text) throws Exception {
        ImageDescription image = read(text);
        assertEquals(image, read(DescriptionWriter.yaml(image)));
    }

    private ImageDescription read(String text) throws Exception {
        Path file = folder.getRoot().toPath().resolve("image.yaml");
        Files.writeString(file, text);
        return DescriptionReader.read(file, "image.yaml").describe();
    }
}
