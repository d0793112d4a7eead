package io.imagewright.job;

import java.util.ArrayList;
import java.util.List;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.GuestView;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

public class TextEditsTest {

    private static final List<String> HIDDEN = List.of("(not shown: it may hold secrets)");

    private record Row(String path, int permissions, String before, String after, List<String> shown) {}

    private static final List<Row> ROWS = List.of(
            new Row("/etc/hostname", 0644, "old\n", "new\n", List.of("-old", "+new")),
            new Row(
                    "/etc/a",
                    0644,
                    "1\n2\n3\n4\n5\n6\n7\n",
                    "1\n2\n3\n4\nfive\n6\n7\n",
                    List.of("@@ line 3 @@", " 3", " 4", "-5", "+five", " 6", " 7")),
            new Row("/etc/a", 0644, "1\n2\n", "1\n2\n", List.of()),
            new Row("/etc/new", 0644, "", "first\n", List.of("+first")),
            new Row("/etc/shadow", 0644, "root:x\n", "root:y\n", HIDDEN),
            new Row("/etc/any", 0640, "a\n", "b\n", HIDDEN),
            new Row("/etc/ssl/private/x.conf", 0644, "a\n", "b\n", HIDDEN),
            new Row("/etc/ssh/ssh_host_rsa_key", 0644, "a\n", "b\n", HIDDEN),
            new Row("/etc/netplan/50.yaml", 0644, "a\n", "b\n", HIDDEN),
            new Row("/root/.profile", 0644, "a\n", "b\n", HIDDEN),
            new Row("/home/ann/x", 0644, "a\n", "b\n", HIDDEN),
            new Row("/etc/passwd", 0644, "ann:x:1\n", "", List.of("-ann:x:1")),
            new Row(
                    "/etc/app.conf",
                    0644,
                    "db_password = one\nuser = a\n",
                    "db_password = two\nuser = a\n",
                    List.of("-db_password = (not shown)", "+db_password = (not shown)", " user = a")),
            new Row(
                    "/etc/grub.d/40_custom",
                    0755,
                    "timeout 5\npassword_pbkdf2 root grub.pbkdf2.sha512.1.AB\n",
                    "timeout 1\npassword_pbkdf2 root grub.pbkdf2.sha512.1.AB\n",
                    List.of("-timeout 5", "+timeout 1", " password_pbkdf2 (not shown)")),
            new Row(
                    "/etc/login.conf",
                    0644,
                    "",
                    "user ann $6$saltsalt$hash.hash/1\n\tpassword plain\nprice $1 and $2\n",
                    List.of("+user ann (not shown)", "+?password (not shown)", "+price $1 and $2")),
            new Row("/etc/binary", 0644, "a\0b", "c", List.of()),
            new Row("/etc/long", 0644, "x", "y".repeat(300), List.of("-x", "+" + "y".repeat(159) + "...")));

    private static GuestView guest(Row row) {
        GuestView guest = GuestView.empty();
        GuestPath path = GuestPath.of(row.path());
        List<Change> changes = new ArrayList<>();
        List<GuestPath> parents = new ArrayList<>();
        for (var parent = path.parent();
                parent.isPresent() && parent.get().depth() > 0;
                parent = parent.get().parent()) {
            parents.add(0, parent.get());
        }
        parents.forEach(parent -> changes.add(new Change.MakeDirectory(parent, 0755, 0, 0)));
        if (!row.before().isEmpty()) {
            changes.add(new Change.Write(path, Bytes.of(row.before()), row.permissions(), 0, 0));
        }
        guest.add(changes);
        return guest;
    }

    @Test
    public void editsOfTextsAreShown_secretsAreNot() {
        for (Row row : ROWS) {
            Change write = new Change.Write(GuestPath.of(row.path()), Bytes.of(row.after()), row.permissions(), 0, 0);
            assertEquals(row.path(), row.shown(), new TextEdits(guest(row), List.of(write)).show(write));
        }
    }

    @Test(timeout = 10_000)
    public void aLongLineThatLooksLikeASecret_takesNoTime() {
        String line = "password".repeat(20_000);
        Row row = new Row("/etc/a", 0644, line + "\n", "", List.of());
        Change write = Change.Write.of(GuestPath.of(row.path()), Bytes.of("x" + line + "\n"));
        assertEquals(2, new TextEdits(guest(row), List.of(write)).show(write).size());
    }

    @Test
    public void aSecondEdit_beginsWhereTheFirstEnded_andALongOneIsCut() {
        Row row = new Row("/etc/a", 0644, "1\n", "", List.of());
        GuestPath path = GuestPath.of(row.path());
        Change first = Change.Write.of(path, Bytes.of("2\n"));
        Change second = Change.Write.of(path, Bytes.of("2\n" + "line\n".repeat(100)));
        TextEdits edits = new TextEdits(guest(row), List.of(first, second));
        assertEquals(List.of("-1", "+2"), edits.show(first));
        List<String> shown = edits.show(second);
        assertEquals(25, shown.size());
        assertTrue(shown.toString(), shown.get(24).equals("(77 more lines)"));
    }
}
