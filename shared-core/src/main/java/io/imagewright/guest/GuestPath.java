package io.imagewright.guest;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * An absolute path in a guest, as bytes: names in a Unix file system need not be text. Has no empty, {@code .} or {@code ..} component. Immutable.
 *
 * <p>Paths are ordered component by component as unsigned bytes, so that a directory comes right before what it holds.
 */
public final class GuestPath implements Comparable<GuestPath> {

    /** The top of the guest's tree. */
    public static final GuestPath ROOT = new GuestPath(List.of());

    private final List<byte[]> names;

    private GuestPath(List<byte[]> names) {
        this.names = names;
    }

    /**
     * Parses a path as a program in the guest would write it; a missing leading slash is added.
     *
     * @throws IllegalArgumentException when a component is {@code ..} or holds a NUL
     */
    public static GuestPath of(String path) {
        GuestPath result = ROOT;
        for (String name : path.split("/", -1)) {
            if (!name.isEmpty() && !name.equals(".")) {
                result = result.child(name);
            }
        }
        return result;
    }

    /** The entry of this name in this directory. */
    public GuestPath child(String name) {
        return child(name.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The entry of this name in this directory.
     *
     * @throws IllegalArgumentException when the name is empty, {@code .} or {@code ..}, or holds a slash or a NUL
     */
    public GuestPath child(byte[] name) {
        boolean dots = name.length > 0 && name.length <= 2 && name[0] == '.' && name[name.length - 1] == '.';
        if (name.length == 0 || dots) {
            throw new IllegalArgumentException("not a file name: '" + display(name) + "'");
        }
        for (byte b : name) {
            if (b == 0 || b == '/') {
                throw new IllegalArgumentException("not a file name: '" + display(name) + "'");
            }
        }
        List<byte[]> longer = new ArrayList<>(names.size() + 1);
        longer.addAll(names);
        longer.add(name.clone());
        return new GuestPath(List.copyOf(longer));
    }

    /** Below this directory, the path given relative to it, for example {@code etc/fstab}. */
    public GuestPath resolve(String relative) {
        GuestPath result = this;
        for (byte[] name : of(relative).names) {
            result = result.child(name);
        }
        return result;
    }

    /** The directory that holds this; empty for the root. */
    public Optional<GuestPath> parent() {
        return names.isEmpty() ? Optional.empty() : Optional.of(new GuestPath(names.subList(0, names.size() - 1)));
    }

    /** Number of components; 0 for the root. */
    public int depth() {
        return names.size();
    }

    /** Bytes of the component at this place, 0 being the first below the root. */
    public byte[] nameBytes(int index) {
        return names.get(index).clone();
    }

    /** The last component for display and for comparison with a known name; empty for the root. */
    public String name() {
        return names.isEmpty() ? "" : display(names.get(names.size() - 1));
    }

    /** Whether this is the given path or lies below it. */
    public boolean startsWith(GuestPath top) {
        if (top.names.size() > names.size()) {
            return false;
        }
        for (int i = 0; i < top.names.size(); i++) {
            if (!Arrays.equals(names.get(i), top.names.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The deepest of these directories that this is or lies in; the root when it is none of them. */
    public GuestPath deepestOf(Collection<GuestPath> tops) {
        return tops.stream()
                .filter(this::startsWith)
                .max(Comparator.comparingInt(GuestPath::depth))
                .orElse(ROOT);
    }

    /** This path, which starts with {@code from}, moved to start with {@code to}. */
    public GuestPath rebase(GuestPath from, GuestPath to) {
        if (from.equals(to)) {
            return this;
        }
        GuestPath result = to;
        for (byte[] name : names.subList(from.names.size(), names.size())) {
            result = result.child(name);
        }
        return result;
    }

    @Override
    public int compareTo(GuestPath other) {
        int common = Math.min(names.size(), other.names.size());
        for (int i = 0; i < common; i++) {
            int order = Arrays.compareUnsigned(names.get(i), other.names.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(names.size(), other.names.size());
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof GuestPath other && compareTo(other) == 0;
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (byte[] name : names) {
            hash = 31 * hash + Arrays.hashCode(name);
        }
        return hash;
    }

    /** For people and logs: UTF-8 where it is, control characters and other bytes as {@code \xNN}, a backslash doubled. */
    @Override
    public String toString() {
        if (names.isEmpty()) {
            return "/";
        }
        StringBuilder text = new StringBuilder();
        for (byte[] name : names) {
            text.append('/').append(display(name));
        }
        return text.toString();
    }

    private static String display(byte[] name) {
        StringBuilder text = new StringBuilder(name.length);
        try {
            CharBuffer chars = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(name));
            for (int i = 0; i < chars.length(); i++) {
                append(text, chars.charAt(i));
            }
        } catch (CharacterCodingException notText) {
            text.setLength(0);
            for (byte b : name) {
                append(text, b >= 0 ? (char) b : '\uffff', b);
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, char c) {
        append(text, c, (byte) c);
    }

    private static void append(StringBuilder text, char c, byte b) {
        if (c == '\\') {
            text.append("\\\\");
        } else if (Character.isISOControl(c) || c == '\uffff') {
            text.append(String.format("\\x%02x", b & 0xff));
        } else {
            text.append(c);
        }
    }
}
