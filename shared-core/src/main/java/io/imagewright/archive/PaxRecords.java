package io.imagewright.archive;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Extended header records of pax(1): {@code "%d %s=%s\n"}, the length counting itself. */
final class PaxRecords {

    private final ByteArrayOutputStream records = new ByteArrayOutputStream();

    void add(String keyword, String value) {
        add(keyword.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
    }

    void add(String keyword, byte[] value) {
        add(keyword.getBytes(StandardCharsets.UTF_8), value);
    }

    private void add(byte[] keyword, byte[] value) {
        int rest = keyword.length + value.length + 3; // blank, equals sign, line feed
        int length = rest + String.valueOf(rest).length();
        if (String.valueOf(length).length() > String.valueOf(rest).length()) {
            length++;
        }
        records.writeBytes((length + " ").getBytes(StandardCharsets.US_ASCII));
        records.writeBytes(keyword);
        records.write('=');
        records.writeBytes(value);
        records.write('\n');
    }

    boolean isEmpty() {
        return records.size() == 0;
    }

    byte[] toBytes() {
        return records.toByteArray();
    }
}
