package io.imagewright.job;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.imagewright.error.ImageException;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.FileStat;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.GuestTree;

/**
 * Shows what changes do to texts. What may be secret is not shown: files that not everybody in the guest may read, or that are known for their
 * secrets, and values of what is called a password, a key or the like. Not thread-safe.
 */
final class TextEdits {

    /** Bytes of a text. */
    private static final int LONGEST = 256 << 10;

    private static final int MOST_LINES = 24;
    private static final int WIDEST = 160;
    private static final int READABLE_BY_ALL = 04;

    /** Their content, or what is below them, is somebody's own. */
    private static final Pattern SECRET_FILE = Pattern.compile("(?i)/(?:root|home|Users)/.*"
            + "|.*/(?:g?shadow-?|master\\.passwd|spwd\\.db|opasswd|sudoers|\\.netrc|\\.pgpass|user-data|.*keytab)"
            + "|.*(?:secret|credential|passw(?:or)?d|token|private|[._-]key|\\.pem|\\.p12|\\.kdbx).*"
            + "|.*/(?:netplan|wireguard|system-connections|wpa_supplicant|openvpn|ppp|iwd|ipsec\\.d|cloud)/.*");

    /** As {@code /etc/passwd} has none. */
    private static final Pattern OPEN_FILE = Pattern.compile("/etc/passwd-?");

    /** Also a directive of a boot loader or an installer, whose value follows a blank. */
    private static final Pattern SECRET_VALUE = Pattern.compile(
            "(?i)(^[-+ ]\\s*(?:password\\w*|passwd|rootpw)\\s+|[\\w.-]*(?:passw(?:or)?d|passphrase|secret|token|psk|credential|api[_-]?key|private[_-]?key|access[_-]?key)"
                    + "[\\w.-]*[\"']?\\s*[:=]\\s*)\\S.*");

    /** Of crypt(5), and of GRUB. */
    private static final Pattern HASH =
            Pattern.compile("\\$[0-9a-z]{1,8}\\$[./0-9A-Za-z$=,+-]{8,}|grub\\.pbkdf2\\.\\S+");

    private final GuestTree guest;

    /** Contents of files as the changes before leave them; what is gone is empty. */
    private final Map<GuestPath, Bytes> contents = new HashMap<>();

    /**
     * Of changes that are made to a guest in this order.
     *
     * @param guest before them
     */
    TextEdits(GuestTree guest, List<Change> changes) {
        this.guest = guest;
        Set<GuestPath> texts = new LinkedHashSet<>();
        for (Change change : changes) {
            if (change instanceof Change.Write write && write.content().size() <= LONGEST && isShort(write.path())) {
                texts.add(write.path());
            }
        }
        try {
            contents.putAll(guest.read(texts, LONGEST));
        } catch (ImageException unreadable) {
            // a plan without them is one all the same
        }
    }

    private boolean isShort(GuestPath path) {
        return guest.resolve(path)
                .flatMap(guest::stat)
                .filter(stat -> stat.isRegular() && stat.size() <= LONGEST)
                .isPresent();
    }

    /** What the next change does to a text; empty when it is none, or is not to be shown. */
    List<String> show(Change change) {
        if (!(change instanceof Change.Write write)) {
            contents.remove(change.path());
            return List.of();
        }
        Bytes before = contents.getOrDefault(write.path(), Bytes.EMPTY);
        contents.put(write.path(), write.content());
        Optional<String> old = text(before);
        Optional<String> fresh = text(write.content());
        if (old.isEmpty() || fresh.isEmpty() || old.equals(fresh)) {
            return List.of();
        }
        return isSecret(write)
                ? List.of("(not shown: it may hold secrets)")
                : limited(LineDiff.of(old.get(), fresh.get()));
    }

    private boolean isSecret(Change.Write write) {
        String path = write.path().toString();
        int permissions = guest.resolve(write.path())
                .flatMap(guest::stat)
                .map(FileStat::permissions)
                .orElse(write.permissions());
        return (permissions & READABLE_BY_ALL) == 0
                || (SECRET_FILE.matcher(path).matches()
                        && !OPEN_FILE.matcher(path).matches());
    }

    private static Optional<String> text(Bytes bytes) {
        if (bytes.size() > LONGEST) {
            return Optional.empty();
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toArray()))
                    .toString();
            return text.indexOf('\0') >= 0 ? Optional.empty() : Optional.of(text);
        } catch (CharacterCodingException binary) {
            return Optional.empty();
        }
    }

    private static List<String> limited(List<String> diff) {
        List<String> lines = new ArrayList<>();
        for (String line : diff.subList(0, Math.min(MOST_LINES, diff.size()))) {
            // cut first: the guest's line may be as long as the file, and the expression tries every part of it
            String cut = line.length() <= WIDEST ? line : line.substring(0, WIDEST) + "...";
            String shown = SECRET_VALUE.matcher(cut).replaceAll("$1(not shown)");
            lines.add(HASH.matcher(shown).replaceAll("(not shown)").replaceAll("\\p{Cntrl}", "?"));
        }
        if (diff.size() > MOST_LINES) {
            lines.add("(" + (diff.size() - MOST_LINES) + " more lines)");
        }
        return lines;
    }
}
