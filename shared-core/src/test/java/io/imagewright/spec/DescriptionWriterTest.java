package io.imagewright.spec;

import java.nio.file.Files;
import java.nio.file.Path;

import io.imagewright.error.ImageException;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

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
                customise:
                  - hostname: web
                  - mkdir: { path: /srv/data, mode: 0750, owner: "ann:33" }
                  - write: { path: /etc/motd, content: "Welcome: #1\n  $x\n" }
                  - sshInject: { user: root, key: "file:keys/ops.pub" }
                  - password: { user: root, hash: "file:root.hash" }
                  - password: { user: ann, hash: locked }
                shrink: { slack: 16MiB, minimumFree: 1GiB }
                size: 10GiB
                repair: true
                allowUnsupported: true
                sbom: false
                properties: { description: "null", os: "1e3", USERS: "root alice" }
                formats: [{ type: qcow2, options: { compression: "off" }, classifier: c, file: f.img }, raw]
                checksums: [md5, sha512]
                """);
        assertRoundTrip("name: web\nsource: { media: a, disks: [b.raw, { media: c.vmdk, format: vmdk }] }\n");
        assertRoundTrip("""
                name: web
                source: { media: disk.raw }
                publish:
                  - { id: here, type: directory, path: /srv/images, keep: 5 }
                  - { id: share, type: Directory, path: "../a b, c" }
                """);
        assertRoundTrip("name: web\nsource: { media: disk.raw }\nshrink: false\nchecksums: []\n");
        assertRoundTrip("name: web\nsource: { tree: rootfs.tar }\n");
        assertRoundTrip("""
                name: web
                source: { tree: rootfs.tar.zst }
                disk: { table: mbr, boot: [bios, efi], size: 4GiB, fileSystem: { type: ext3, label: web } }
                """);
        assertRoundTrip("name: web\nsource: { tree: rootfs }\ndisk: { boot: none, size: auto }\n");
    }

    @Test
    public void secretsAreNotShown_andWhatIsShownIsRefused() throws Exception {
        ImageDescription image =
                read("name: web\nsource: { media: disk.raw }\ncustomise:\n  - password: { user: root, hash: \""
                        + ActionSchemaTest.HASH + "\" }\n"
                        + "  - write: { path: /k, content: \"-----BEGIN OPENSSH PRIVATE KEY-----\\nSECRET\" }\n");
        String shown = DescriptionWriter.yaml(image);
        assertTrue(shown, shown.contains("hash: '***'") || shown.contains("hash: \"***\""));
        assertFalse(shown, shown.contains("SECRET") || shown.contains(ActionSchemaTest.HASH));
        assertFalse(image.toString(), image.toString().contains(ActionSchemaTest.HASH));
        assertThrows(ImageException.class, () -> read(shown));
    }

    private void assertRoundTrip(String text) throws Exception {
        ImageDescription image = read(text);
        assertEquals(image, read(DescriptionWriter.yaml(image)));
    }

    private ImageDescription read(String text) throws Exception {
        Path file = folder.getRoot().toPath().resolve("image.yaml");
        Files.writeString(file, text);
        return DescriptionReader.read(file, "image.yaml", DescriptionProperties.NONE)
                .describe();
    }
}
