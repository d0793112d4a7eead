package io.imagewright.format;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/** {@code ova}: tar takes it apart, its digests are right, and its descriptor speaks of the disk that is in it. */
public class OvaOutputTest extends ConvertedOutputContract {

    private static final String OVF = "http://schemas.dmtf.org/ovf/envelope/1";

    @Override
    String format() {
        return "ova";
    }

    @Override
    String qemuFormat() {
        return "vmdk";
    }

    @Override
    Map<String, String> options() {
        return Map.of("memory", "2GiB", "processors", "2", "firmware", "efi");
    }

    @Override
    String fullDisk() {
        return ": disk full";
    }

    /** Where tar puts what is in it. */
    private Path unpacked(Path ova) throws Exception {
        Path directory = Files.createTempDirectory(folder.getRoot().toPath(), "unpacked");
        Tools.run(directory, "tar", "-xf", ova.toString());
        return directory;
    }

    @Override
    Path image(Path written) throws Exception {
        return unpacked(written).resolve("out-disk1.vmdk");
    }

    @Override
    void check(Path file) throws Exception {
        assertEquals(
                List.of("out.ovf", "out.mf", "out-disk1.vmdk"),
                Tools.run(folder.getRoot().toPath(), "tar", "-tf", file.toString())
                        .lines()
                        .toList());
        Path directory = unpacked(file);
        for (String line : Files.readAllLines(directory.resolve("out.mf"))) {
            String name = line.substring(line.indexOf('(') + 1, line.indexOf(')'));
            String digest = Tools.run(directory, "sha256sum", name).split(" ")[0];
            assertEquals("SHA256(" + name + ")= " + digest, line);
        }
        Path disk = directory.resolve("out-disk1.vmdk");
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Document descriptor = factory.newDocumentBuilder()
                .parse(new InputSource(new StringReader(Files.readString(directory.resolve("out.ovf")))));
        Element reference =
                (Element) descriptor.getElementsByTagNameNS(OVF, "File").item(0);
        assertEquals("out-disk1.vmdk", reference.getAttributeNS(OVF, "href"));
        assertEquals(Files.size(disk), Long.parseLong(reference.getAttributeNS(OVF, "size")));
        Element described =
                (Element) descriptor.getElementsByTagNameNS(OVF, "Disk").item(0);
        String info = Tools.run(directory, "qemu-img", "info", "--output=json", disk.toString());
        assertTrue(info, info.contains("\"virtual-size\": " + described.getAttributeNS(OVF, "capacity") + ","));
        assertEquals(5, descriptor.getElementsByTagNameNS(OVF, "Item").getLength());
        assertEquals(1, descriptor.getElementsByTagName("vmw:Config").getLength());
    }

    @Test
    public void describesTheMachineThatIsAskedFor() {
        String text = new OvfEnvelope("a & b", "d.vmdk", 1, 512, OvaOptions.of(Map.of())).text();
        assertTrue(text, text.contains("<Name>a &amp; b</Name>"));
        assertTrue(text, text.contains("<rasd:VirtualQuantity>1024</rasd:VirtualQuantity>"));
        assertTrue(text, !text.contains("vmw:Config "));
    }
}
