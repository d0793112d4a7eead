package io.imagewright.guest.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.imagewright.error.ImageException;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.Entry;
import io.imagewright.guest.Escapes;

/**
 * An {@code /etc/fstab}, see {@code fstab(5)}. Every byte that an edit does not touch is kept: comments, spacing, line ends, any
 * encoding. Immutable.
 */
public final class Fstab {

    /** Bytes beyond which a file is not taken for an fstab. */
    public static final int MAX_SIZE = 1 << 16;

    private static final int FIELDS_READ = 4;

    private static final Pattern BLANKS = Pattern.compile("[ \t\r]+");
    private static final Pattern LINE = Pattern.compile("[^\n]*\n|[^\n]+");

    /**
     * A line that is neither empty nor a comment.
     *
     * @param line its number, from 0
     * @param device the first field as written; {@link DeviceNames} knows what it means
     * @param mountPoint the second field, octal escapes like {@code \040} replaced; one character a byte (see {@link Bytes#text()});
     *     empty when missing
     * @param type the third field; empty when missing
     * @param options the parts of the fourth field; empty when missing
     * @param fields how many fields the line has; six in a whole entry
     */
    public record Entry(int line, String device, String mountPoint, String type, List<String> options, int fields) {

        /** Copies the options. */
        public Entry {
            options = List.copyOf(options);
        }

        /** Whether this is swap space. */
        public boolean isSwap() {
            return type.equals("swap");
        }

        /** Whether the options have this one, as it is. */
        public boolean hasOption(String option) {
            return options.contains(option);
        }
    }

    private final List<String> lines;
    private final List<Entry> entries;

    private Fstab(List<String> lines) {
        this.lines = List.copyOf(lines);
        List<Entry> found = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                found.add(entry(i, line));
            }
        }
        this.entries = List.copyOf(found);
    }

    /**
     * Reads the lines. A line that makes no sense is an entry too, with fewer fields.
     *
     * @throws ImageException SOURCE when the file is longer than {@value #MAX_SIZE} bytes
     */
    public static Fstab parse(Bytes content) {
        if (content.size() > MAX_SIZE) {
            throw ImageException.of(
                    ImageException.Kind.SOURCE,
                    "Cannot read /etc/fstab in the guest",
                    content.size() + " bytes are more than a table of file systems has",
                    "Fix the file in the guest.");
        }
        return new Fstab(LINE.matcher(content.text())
                .results()
                .map(found -> found.group())
                .toList());
    }

    /** What the file lists, in its order. */
    public List<Entry> entries() {
        return entries;
    }

    /** The file without the lines of these entries. Line numbers of later entries change. */
    public Fstab without(Predicate<Entry> dropped) {
        Set<Integer> gone = entries.stream().filter(dropped).map(Entry::line).collect(Collectors.toSet());
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!gone.contains(i)) {
                kept.add(lines.get(i));
            }
        }
        return new Fstab(kept);
    }

    /**
     * The file with another device in this entry of it.
     *
     * @throws IllegalArgumentException when the entry is not this file's, or the device is not one field
     */
    public Fstab withDevice(Entry entry, String device) {
        if (!entries.contains(entry)) {
            throw new IllegalArgumentException("no entry of this fstab: line " + entry.line());
        }
        if (device.isEmpty()
                || device.startsWith("#")
                || !device.strip().equals(device)
                || BLANKS.matcher(device).find()
                || device.contains("\n")) {
            throw new IllegalArgumentException("not a device: '" + device + "'");
        }
        String line = lines.get(entry.line());
        int start = line.indexOf(entry.device());
        List<String> edited = new ArrayList<>(lines);
        edited.set(
                entry.line(),
                line.substring(0, start)
                        + device
                        + line.substring(start + entry.device().length()));
        return new Fstab(edited);
    }

    /** The file. */
    public Bytes toBytes() {
        return Bytes.ofText(String.join("", lines));
    }

    private static Entry entry(int number, String line) {
        String[] fields = BLANKS.split(line, -1);
        String[] read = new String[FIELDS_READ];
        for (int i = 0; i < FIELDS_READ; i++) {
            read[i] = i < fields.length ? fields[i] : "";
        }
        List<String> options = read[3].isEmpty() ? List.of() : List.of(read[3].split(",", -1));
        return new Entry(number, read[0], Escapes.octal(read[1]), read[2], options, fields.length);
    }
}
