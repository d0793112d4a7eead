package io.imagewright.spec;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import io.imagewright.spec.ImageDescription.Action;
import io.imagewright.spec.ValueType.Choice;
import io.imagewright.spec.ValueType.Either;
import io.imagewright.spec.ValueType.Section;
import io.imagewright.spec.ValueType.Text;

/** The part of the {@link Schema} that describes the actions of {@code customise}. */
public final class ActionSchema {

    /** What refers to a file of this machine where a text could stand. */
    public static final String FILE = "file:";

    /** Stands for a hash that no password has. */
    public static final String LOCKED = "locked";

    /** What is shown in place of a secret. */
    static final String MASK = "***";

    /** How every PEM and OpenSSH private key begins. */
    private static final Pattern PRIVATE_KEY = Pattern.compile("-----BEGIN [A-Z0-9 ]*PRIVATE KEY");

    /**
     * Hashes of crypt(5), whole ones: {@code $6$} and {@code $5$} SHA-2, {@code $y$}, {@code $gy$} and {@code $7$} yescrypt, gost and scrypt,
     * {@code $2b$} bcrypt, {@code $1$} MD5. A cut one would lock the user out.
     */
    private static final Pattern HASH = Pattern.compile("\\$6\\$(rounds=\\d{1,9}\\$)?[^$:\\s]{1,16}\\$[./0-9A-Za-z]{86}"
            + "|\\$5\\$(rounds=\\d{1,9}\\$)?[^$:\\s]{1,16}\\$[./0-9A-Za-z]{43}"
            + "|\\$g?y\\$[./0-9A-Za-z]{1,20}\\$[./0-9A-Za-z]{0,86}\\$[./0-9A-Za-z]{43}"
            + "|\\$7\\$[./0-9A-Za-z]{11,97}\\$[./0-9A-Za-z]{43}"
            + "|\\$2[abxy]\\$\\d\\d\\$[./0-9A-Za-z]{53}"
            + "|\\$1\\$[^$:\\s]{1,8}\\$[./0-9A-Za-z]{22}");

    /** What names a secret, and how hashes of crypt(5) begin. */
    private static final Pattern SECRET = Pattern.compile(
            "hash|passw|passphrase|secret|token|credential|\\$[0-9a-z]{1,2}\\$", Pattern.CASE_INSENSITIVE);

    private static final Text PATH = new Text("an absolute path in the guest without ..", ActionSchema::isPath);
    private static final Text HOST_FILE =
            Text.matching("the path of a file; a relative one starts at the project", "[^\\p{Cntrl}]{1,4096}");
    private static final Text MODE = Text.matching("a mode of three or four octal digits such as 0644", "[0-7]{3,4}");
    private static final Text USER = Text.matching("the name of a user", "[A-Za-z0-9_][A-Za-z0-9_.@-]{0,99}\\$?");
    private static final Text OWNER = Text.matching(
            "a user, user:group or :group, by name or number",
            "(?=.)(?:[A-Za-z0-9_][\\w.@-]{0,99})?(?::[A-Za-z0-9_][\\w.@-]{0,99})?");
    private static final Text ANY = new Text("a text", text -> text.indexOf('\0') < 0);
    private static final Text LINE = Text.matching("a text of one line", "[^\\n\\r\\x00]*");

    private static final List<Setting> KEYS = List.of(
            action(
                    "write",
                    "Gives a file this content.",
                    List.of("path", "content"),
                    key("path", PATH, "The file."),
                    key("content", ANY, "Its whole content."),
                    key("mode", MODE, "Mode; without it a new file has 0644 and one that is there keeps its own."),
                    key("owner", OWNER, "Owner; without it a new file is root's and one that is there keeps its own.")),
            action(
                    "upload",
                    "Gives a file the content of a file of this machine.",
                    List.of("source", "path"),
                    key("source", HOST_FILE, "The file of this machine."),
                    key("path", PATH, "The file in the guest."),
                    key("mode", MODE, "Mode; without it the source's own, but for the write bits of group and others."),
                    key("owner", OWNER, "Owner; without it a new file is root's and one that is there keeps its own.")),
            action(
                    "copyIn",
                    "Copies a directory, or a file, of this machine into a directory.",
                    List.of("source", "into"),
                    key("source", HOST_FILE, "What is copied; with a slash at its end, what the directory holds."),
                    key("into", PATH, "The directory in the guest; made when missing."),
                    key("owner", OWNER, "Owner of everything copied; root without it.")),
            brief("delete", "Removes a file, or a directory with all below.", key("path", PATH, "What is removed.")),
            brief(
                    "mkdir",
                    "Makes a directory, and those above it.",
                    key("path", PATH, "The directory."),
                    key("mode", MODE, "Its mode; 0755 without it."),
                    key("owner", OWNER, "Its owner; root without it.")),
            action(
                    "link",
                    "Makes a symbolic link; a file in its place goes.",
                    List.of("path", "target"),
                    key("path", PATH, "The link."),
                    key("target", Text.matching("where the link leads", "[^\\x00\\n]{1,4095}"), "Where it leads.")),
            action(
                    "chmod",
                    "Sets a mode.",
                    List.of("path", "mode"),
                    key("path", PATH, "File or directory; a link is followed."),
                    key("mode", MODE, "The mode.")),
            action(
                    "chown",
                    "Sets owner, group or both.",
                    List.of("path", "owner"),
                    key("path", PATH, "File or directory; a link is followed."),
                    key("owner", OWNER, "The owner.")),
            action(
                    "appendLine",
                    "Adds a line at the end of a file.",
                    List.of("path", "line"),
                    key("path", PATH, "The file; made when missing."),
                    key("line", LINE, "The line.")),
            action(
                    "edit",
                    "Replaces what matches, line by line.",
                    List.of("path", "match", "replace"),
                    key("path", PATH, "The file."),
                    key(
                            "match",
                            new Text("a regular expression of Java", ActionSchema::isRegex),
                            "Regular expression of Java, looked for in each line."),
                    key("replace", LINE, "What comes in its place; $1 is the first group.")),
            brief(
                    "hostname",
                    "Names the machine.",
                    key(
                            "name",
                            Text.matching(
                                    "a host name of at most 64 letters, digits, '-' and '.'",
                                    "(?=.{1,64}$)[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*"),
                            "The name, with or without its domain.")),
            brief(
                    "timezone",
                    "Sets the time zone.",
                    key(
                            "zone",
                            Text.matching(
                                    "a time zone such as Europe/Athens",
                                    "[A-Za-z0-9_+-]{1,40}(?:/[A-Za-z0-9_+-]{1,40}){0,2}"),
                            "The zone; the guest must know it.")),
            action(
                    "password",
                    "Sets or locks a password.",
                    List.of("user", "hash"),
                    key("user", USER, "An account of the guest."),
                    key(
                            "hash",
                            Text.secret(
                                    "a hash of crypt(5) such as $6$..., file: and a file that holds one, or the word locked;"
                                            + " mkpasswd or openssl passwd -6 make one of a password",
                                    text -> isHash(text) || text.equals(LOCKED) || isFile(text)),
                            "The hash, file: and a file that holds it, or locked.")),
            action(
                    "sshInject",
                    "Lets the owner of an SSH key log in.",
                    List.of("user", "key"),
                    key("user", USER, "An account of the guest."),
                    key(
                            "key",
                            Text.secret("a public SSH key, or file: and a file of them", text -> !text.isBlank()),
                            "A public key, or file: and a file of public keys.")),
            action(
                    "firstboot",
                    "Runs a script once, at the first boot.",
                    List.of("script"),
                    key("script", ANY, "The script, or file: and a file that holds it; its first line begins with #!."),
                    key(
                            "name",
                            Text.matching("lower-case letters, digits and '-'", "[a-z0-9][a-z0-9-]{0,39}"),
                            "A word for its unit and log lines.")),
            action(
                    "growRoot",
                    "Grows the last partition and its file system to the end of the disk, at each boot on a larger disk.",
                    List.of()));

    private static final Section ACTIONS = new Section(KEYS, List.of(), ForeignWords.ACTIONS);

    /** An item of {@code customise}. */
    static final Choice ACTION = new Choice(ACTIONS);

    private ActionSchema() {}

    /** The actions, each a setting of its own. */
    public static Section actions() {
        return ACTIONS;
    }

    /** Whether this is a hash that crypt(5) knows, a whole one. */
    public static boolean isHash(String text) {
        return HASH.matcher(text).matches();
    }

    /** Whether a text holds a private key. */
    public static boolean holdsPrivateKey(String text) {
        return PRIVATE_KEY.matcher(text).find();
    }

    /** Whether a line of a description may hold a secret, so that no message may show it. */
    static boolean mayHoldSecret(String line) {
        return SECRET.matcher(line).find();
    }

    /** The keys of an action. */
    static Section section(String action) {
        ValueType type = ACTIONS.key(action).orElseThrow().type();
        return type instanceof Either either ? either.section() : (Section) type;
    }

    /** The settings in the schema's order, secrets masked: hashes, and whatever holds a private key. */
    static Map<String, String> shown(Action action) {
        Map<String, String> shown = new LinkedHashMap<>();
        for (Setting key : section(action.name()).keys()) {
            String value = action.settings().get(key.name());
            if (value != null) {
                boolean secret = key.name().equals("hash") && !value.equals(LOCKED) && !isFile(value);
                shown.put(key.name(), secret || holdsPrivateKey(value) ? MASK : value);
            }
        }
        return shown;
    }

    private static boolean isFile(String text) {
        return text.startsWith(FILE) && text.length() > FILE.length() && !text.contains("\n");
    }

    private static boolean isPath(String text) {
        return text.startsWith("/")
                && text.length() <= 4096
                && text.indexOf('\0') < 0
                && Arrays.stream(text.split("/")).noneMatch(name -> name.equals("..") || name.length() > 255);
    }

    private static boolean isRegex(String text) {
        try {
            return !text.isEmpty() && text.length() <= 10_000 && Pattern.compile(text) != null;
        } catch (PatternSyntaxException broken) {
            return false;
        } catch (StackOverflowError tooDeep) {
            return false;
        }
    }

    // not by way of Schema, whose table has this one in it: whichever of the two is loaded first must be whole
    private static Setting key(String name, ValueType type, String description) {
        return new Setting(name, type, null, description);
    }

    private static Setting action(String name, String description, List<String> required, Setting... keys) {
        return new Setting(name, new Section(List.of(keys), required), null, description);
    }

    /** An action that is its first key alone as a rule. */
    private static Setting brief(String name, String description, Setting... keys) {
        Section section = new Section(List.of(keys), List.of(keys[0].name()));
        return new Setting(name, new Either(keys[0].type(), section), null, description);
    }
}
