package io.imagewright.maven;

import java.util.ArrayList;
import java.util.List;

import org.apache.maven.plugin.logging.Log;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;

public class ImageLogTest {

    private final List<String> lines = new ArrayList<>();

    private final Log log = new SystemStreamLog() {
        @Override
        public void info(CharSequence line) {
            lines.add("info " + line);
        }

        @Override
        public void warn(CharSequence line) {
            lines.add("warn " + line);
        }
    };

    @Test
    public void besideOthers_eachLineNamesItsImage() {
        Log named = ImageLog.of(log, "web", true);
        named.info("copy: 1.0 GiB in 3.2 s");
        named.warn("look");
        assertEquals(List.of("info [web] copy: 1.0 GiB in 3.2 s", "warn [web] look"), lines);
    }

    @Test
    public void alone_noLineDoes() {
        assertSame(log, ImageLog.of(log, "web", false));
    }
}
