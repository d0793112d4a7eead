package io.imagewright.jenkins;

import java.util.Map;

import hudson.AbortException;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class FieldsTest {

    private static Fields fields() {
        return new Fields(text -> text.replace("${N}", "7"));
    }

    @Test
    public void whatSaysNothingIsLeftOut() {
        assertNull(fields().expand("  "));
        assertNull(fields().list(null));
        assertEquals("image", fields().outputDirectory(null));
    }

    @Test
    public void listsTakeBlanksAndLines() {
        assertEquals("qcow2,tar.zst,oci", fields().list("qcow2, tar.zst\noci"));
        assertEquals("web-7", fields().expand("web-${N}"));
    }

    @Test
    public void oneOfDescriptionAndDisk() throws AbortException {
        assertEquals("image.yaml", fields().fileOrSource("image.yaml", null));
        assertEquals("disk.raw", fields().fileOrSource("", "disk.raw"));
        AbortException both = assertThrows(AbortException.class, () -> fields().fileOrSource("a.yaml", "b.raw"));
        assertTrue(both.getMessage(), both.getMessage().endsWith(", not both."));
        assertThrows(AbortException.class, () -> fields().fileOrSource(null, " "));
    }

    @Test
    public void aValueStaysOne_andALineThatIsNoneIsReported() throws AbortException {
        Fields fields = new Fields(text -> text.replace("$MSG", "two\nLINES=x"));
        assertEquals(Map.of("A", "two LINES=x", "B", "2"), fields.keyValues("A=$MSG\n\nB=2", "properties"));
        AbortException bad = assertThrows(AbortException.class, () -> fields.keyValues("A=1\nnonsense", "properties"));
        assertTrue(
                bad.getMessage(),
                bad.getMessage().endsWith("properties: a line KEY=VALUE is expected, found: nonsense"));
    }
}
