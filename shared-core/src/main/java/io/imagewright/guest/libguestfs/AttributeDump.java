package io.imagewright.guest.libguestfs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

import io.imagewright.guest.Bytes;

/** What getfattr(1) of the appliance prints, its values in hexadecimal: of each file its name, then a line for each attribute, then an empty line. */
final class AttributeDump {

    private static final String FILE = "# file: ";
    private static final String VALUE = "=0x";

    /** Bytes of a line; the kernel allows a value of 64 KiB. */
    private static final int MAX_LINE = 256 << 10;

    private AttributeDump() {}

    /**
     * Reads it to its end.
     *
     * @param files receives the name as getfattr quotes it, and the attributes
     */
    static void read(InputStream stream, long length, BiConsumer<String, Map<String, Bytes>> files) throws IOException {
        String file = "";
        Map<String, Bytes> attributes = new LinkedHashMap<>();
        long left = length;
        while (left > 0) {
            String line = line(stream, left);
            left -= line.length() + 1L;
            int value = line.lastIndexOf(VALUE);
            if (line.startsWith(FILE)) {
                file = line.substring(FILE.length());
            } else if (value > 0) {
                attributes.put(unquoted(line.substring(0, value)), bytes(line.substring(value + VALUE.length())));
            } else if (line.isEmpty() && !attributes.isEmpty()) {
                files.accept(file, attributes);
                attributes = new LinkedHashMap<>();
            }
        }
    }

    /** A name as getfattr writes it: line ends and backslashes as three octal digits. Bytes are characters of ISO 8859-1. */
    static String quoted(byte[] name) {
        return new String(name, StandardCharsets.ISO_8859_1)
                .replace("\\", "\\134")
                .replace("\n", "\\012")
                .replace("\r", "\\015");
    }

    private static String unquoted(String name) {
        String text = name.replace("\\075", "=")
                .replace("\\012", "\n")
                .replace("\\015", "\r")
                .replace("\\134", "\\");
        return new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static Bytes bytes(String digits) throws IOException {
        try {
            return Bytes.of(HexFormat.of().parseHex(digits));
        } catch (IllegalArgumentException odd) {
            throw new IOException("getfattr of the appliance gives a value that is none");
        }
    }

    private static String line(InputStream stream, long left) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (long i = 0; i < left; i++) {
            int next = stream.read();
            if (next < 0 || next == '\n') {
                break;
            }
            if (line.size() == MAX_LINE) {
                throw new IOException("getfattr of the appliance gives a line that is too long");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }
}
