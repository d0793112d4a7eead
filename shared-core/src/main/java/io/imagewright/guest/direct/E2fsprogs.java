package io.imagewright.guest.direct;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.imagewright.disk.DiskFull;
import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.exec.Command;
import io.imagewright.exec.Exec;
import io.imagewright.exec.ExecResult;
import io.imagewright.exec.Limits;

/** The programs of e2fsprogs, run on the own sparse file of one file system, with their clocks pinned. */
final class E2fsprogs {

    /** Hours are normal on large damaged disks; this only ends a program that hangs. */
    private static final Limits LIMITS = new Limits(Duration.ofHours(2), Duration.ofHours(2), 8L << 30);

    /** Exit codes of e2fsck, from e2fsck(8): 1 and 2 mean that it corrected something. */
    private static final int CORRECTED = 3;

    private static final Pattern ESTIMATE = Pattern.compile("minimum size of the filesystem: (\\d{1,18})");

    private static final int MAX_FINDINGS = 10;

    /** What this machine's administrator wants of e2fsck is no matter of an image. */
    private static final String NOTHING = "/dev/null";

    private static final Map<String, String> CONFIGURATION = Map.of("E2FSCK_CONFIG", NOTHING);

    private final Exec exec;
    private final Map<String, String> environment;

    /** @param now seconds since the epoch that the programs take for the time */
    E2fsprogs(Exec exec, long now) {
        this.exec = exec;
        this.environment = Map.of(
                "E2FSPROGS_FAKE_TIME", Long.toString(now),
                "E2FSCK_TIME", Long.toString(now),
                "E2FSCK_CONFIG", NOTHING);
    }

    /** Replays the journal, finishes deletions, and fixes what every boot would fix without asking. */
    void preen(Path file, String subject) {
        preen(file, "-p", subject);
        if (!Superblock.read(file, 0, subject).isSettled()) {
            preen(file, "-fp", subject); // all that is left is a mark that there may be orphans
        }
    }

    private void preen(Path file, String options, String subject) {
        ExecResult result = run(file, List.of("e2fsck", options, path(file)));
        if ((result.exitCode() & ~CORRECTED) != 0) {
            throw damaged(subject, result);
        }
    }

    /**
     * Checks everything, changes nothing.
     *
     * @throws ImageException SOURCE with the findings when there are any
     */
    void requireSound(Path file, String subject) {
        requireSound(file, 0, subject);
    }

    /** The same of a file system that starts at this byte. */
    void requireSound(Path file, long offset, String subject) {
        String where = offset == 0 ? path(file) : path(file) + "?offset=" + offset;
        // it writes nothing, so the clock may be the real one: the pinned one lies before the guest's last mount, which
        // is no finding
        ExecResult result = exec.run(new Command(List.of("e2fsck", "-fn", where), CONFIGURATION, LIMITS));
        if (result.exitCode() != 0) {
            throw damaged(subject, result);
        }
    }

    /** Repairs whatever can be repaired. */
    void repair(Path file, String subject) {
        ExecResult result = run(file, List.of("e2fsck", "-fy", path(file)));
        if ((result.exitCode() & ~CORRECTED) != 0) {
            throw damaged(subject, result);
        }
    }

    /** Writes every directory again, so that names removed earlier are gone from their blocks. */
    void rewriteDirectories(Path file, String subject) {
        ExecResult result = run(file, List.of("e2fsck", "-fyD", path(file)));
        if ((result.exitCode() & ~CORRECTED) != 0) {
            throw failed("rewrite the directories of " + subject, result);
        }
    }

    /** Removes the journal, which must need no replay. */
    void removeJournal(Path file, String subject) {
        require(file, "remove the journal of " + subject, List.of("tune2fs", "-O", "^has_journal", path(file)));
    }

    /** Makes a journal of the size that mke2fs would choose. */
    void makeJournal(Path file, String subject) {
        require(file, "make the journal of " + subject, List.of("tune2fs", "-j", path(file)));
    }

    /**
     * Turns features on or off.
     *
     * @param words as tune2fs takes them, for example {@code ^mmp,^orphan_file}
     */
    void setFeatures(Path file, String words, String subject) {
        // -f: what mmp protects is a copy of our own, which nobody else has mounted
        require(
                file,
                "set the features " + words + " of " + subject,
                List.of("tune2fs", "-f", "-O", words, path(file)));
    }

    /** Sets the UUID of a freshly checked file system; its journal keeps the old one. */
    void setUuid(Path file, String uuid, String subject) {
        require(file, "set the UUID of " + subject, List.of("tune2fs", "-U", uuid, path(file)));
    }

    /** Makes the file system, and its file, this many blocks. */
    void resize(Path file, long blocks, String subject) {
        require(
                file,
                "shrink " + subject + " to " + blocks + " blocks",
                List.of("resize2fs", "-f", path(file), Long.toString(blocks)));
    }

    /** Whether the same would work, seen on a throw-away copy. */
    boolean canResize(Path copy, long blocks) {
        return run(copy, List.of("resize2fs", "-f", path(copy), Long.toString(blocks)))
                        .exitCode()
                == 0;
    }

    /** Blocks that resize2fs itself takes for the least, with much to spare. */
    long estimate(Path file, String subject) {
        ExecResult result = run(file, List.of("resize2fs", "-P", path(file)));
        Matcher matcher = ESTIMATE.matcher(result.stdout());
        if (result.exitCode() != 0 || !matcher.find()) {
            throw failed("ask for the smallest size of " + subject, result);
        }
        return Long.parseLong(matcher.group(1));
    }

    /** A sparse file with the metadata alone. */
    void copyMetadata(Path file, Path target, String subject) {
        require(target, "copy the metadata of " + subject, List.of("e2image", "-r", path(file), path(target)));
    }

    private void require(Path written, String what, List<String> argv) {
        ExecResult result = run(written, argv);
        if (result.exitCode() != 0) {
            throw failed(what, result);
        }
    }

    /** Runs a program that writes to this file. A full disk is no finding about the file system, nor about a size that was tried. */
    private ExecResult run(Path written, List<String> argv) {
        ExecResult result = exec.run(new Command(argv, environment, LIMITS));
        // resize2fs says the same of a file system that would be too small for what it holds
        if (result.exitCode() != 0
                && DiskFull.isSaidIn(result.stdout() + result.stderr())
                && (!argv.get(0).equals("resize2fs") || DiskFull.isFull(written))) {
            throw DiskFull.error(written);
        }
        return result;
    }

    private static String path(Path file) {
        return file.toAbsolutePath().toString();
    }

    private static ImageException damaged(String subject, ExecResult result) {
        return ImageException.of(
                ImageException.Kind.SOURCE,
                "The file system of " + subject + " has errors",
                "e2fsck found: " + findings(result),
                Message.of(
                        "Repair it on a copy of the medium, or set ",
                        SettingName.REPAIR.to("true"),
                        " to repair the working copy."));
    }

    private static ImageException failed(String what, ExecResult result) {
        return ImageException.of(
                ImageException.Kind.INTERNAL,
                "Cannot " + what,
                "exit code " + result.exitCode() + ": " + findings(result),
                "Please report this with the output of e2fsck -fn on the medium.");
    }

    private static String findings(ExecResult result) {
        List<String> lines = new ArrayList<>();
        for (String line : (result.stdout() + "\n" + result.stderr()).split("\n", -1)) {
            String text = line.strip();
            // headings, progress and the closing statistics are no findings
            if (!text.isEmpty()
                    && !text.startsWith("Pass ")
                    && !text.startsWith("e2fsck ")
                    && !text.contains(" files (")) {
                lines.add(text.length() > 200 ? text.substring(0, 200) : text);
            }
        }
        int more = lines.size() - MAX_FINDINGS;
        String shown = String.join("; ", lines.subList(0, Math.min(lines.size(), MAX_FINDINGS)));
        return more > 0 ? shown + "; and " + more + " more lines" : shown;
    }
}
