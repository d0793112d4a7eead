package io.imagewright.jenkins;

import java.util.Map;

import hudson.AbortException;
import hudson.EnvVars;
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
    public void javaIsTheConfiguredOne_elseThatOfTheBuild() {
        EnvVars none = new EnvVars();
        assertEquals("java", ImageCommand.java("", none));
        assertEquals("/jdk/bin/java", ImageCommand.java("", new EnvVars(Map.of("JAVA_HOME", "/jdk"))));
        assertEquals("/own/bin/java", ImageCommand.java("/own", new EnvVars(Map.of("JAVA_HOME", "/jdk"))));
    }
}
