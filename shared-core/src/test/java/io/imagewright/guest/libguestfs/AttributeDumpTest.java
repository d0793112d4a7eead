package io.imagewright.guest.libguestfs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import io.imagewright.guest.Bytes;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

public class AttributeDumpTest {

    private static Map<String, Map<String, Bytes>> read(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        byte[] longer = java.util.Arrays.copyOf(bytes, bytes.length + 100); // the mailbox does not end there
        Map<String, Map<String, Bytes>> files = new LinkedHashMap<>();
        AttributeDump.read(new ByteArrayInputStream(longer), bytes.length, files::put);
        return files;
    }

    @Test
    public void readsFilesWithTheirAttributes() throws Exception {
        Map<String, Map<String, Bytes>> files =
                read("# file: /v/1/a\nuser.a=0x4142\nuser.empty=0x\n\n# file: /v/1/b\nuser.b\\075c=0x00\n\n");
        assertEquals(
                Map.of(
                        "/v/1/a", Map.of("user.a", Bytes.of(new byte[] {'A', 'B'}), "user.empty", Bytes.EMPTY),
                        "/v/1/b", Map.of("user.b=c", Bytes.of(new byte[1]))),
                files);
    }

    @Test
    public void knowsNamesAsGetfattrQuotesThem() {
        byte[] name = {'/', 'a', '\n', '\\', (byte) 0xff};
        assertEquals("/a\\012\\134\u00ff", AttributeDump.quoted(name));
    }

    @Test
    public void refusesWhatNoGetfattrSays() {
        assertThrows(IOException.class, () -> read("# file: /a\nuser.a=0x4\n\n"));
        assertThrows(IOException.class, () -> read("# file: /a\nuser.a=0x" + "00".repeat(300_000) + "\n\n"));
    }
}
