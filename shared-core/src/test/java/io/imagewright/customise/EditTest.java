package io.imagewright.customise;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import io.imagewright.error.ImageException;
import io.imagewright.guest.GuestPath;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class EditTest extends CustomiseTestBase {

    @Test
    public void replacesInEachLine_andKeepsEveryOtherByte() throws IOException {
        guest.file("/etc/sshd_config", "#PermitRootLogin yes\r\nPort 22\nx Port 22");
        apply("edit: { path: /etc/sshd_config, match: '^#?PermitRootLogin\\s.*$', replace: 'PermitRootLogin no' }");
        apply("edit: { path: /etc/sshd_config, match: 'Port (\\d)(\\d)', replace: 'Port $2$1\\$' }");
        apply("edit: { path: /etc/sshd_config, match: '^x ', replace: '' }");
        assertEquals("PermitRootLogin no\r\nPort 22$\nPort 22$", guest.text("/etc/sshd_config"));
    }

    @Test
    public void matchesCharactersOfUtf8_andBytesOfAnythingElse() throws IOException {
        guest.file("/etc/utf8", "Gr\u00c3\u00bc\u00c3\u009fe").file("/etc/latin", "Gr\u00fc\u00dfe \u00c3\u00bc");
        apply("edit: { path: /etc/utf8, match: 'Gr[ü]', replace: 'Grö' }");
        apply("edit: { path: /etc/latin, match: 'ü', replace: 'ö' }");
        assertEquals("Gr\u00c3\u00b6\u00c3\u009fe", guest.text("/etc/utf8"));
        assertEquals("Gr\u00fc\u00dfe \u00c3\u00b6", guest.text("/etc/latin"));
    }

    @Test
    public void failsWhenNothingMatches_andRefusesWhatIsNoFile() throws IOException {
        assertEquals(List.of(), apply("edit: { path: /etc/passwd, match: nobody, replace: x }"));
        assertWarned("customise[0].edit: Nothing in /etc/passwd");
        assertRefused("/etc/missing is not in the guest", "edit: { path: /etc/missing, match: a, replace: b }");
        assertRefused("no regular file", "edit: { path: /etc, match: a, replace: b }");
    }

    @Test
    public void refusesAReplacementWithoutItsGroup_beforeAnyWork() {
        for (String replacement : List.of("$2", "$${name}", "x$")) {
            ImageException failure = assertThrows(
                    ImageException.class, () -> read("edit: { path: /a, match: (a), replace: '" + replacement + "' }"));
            assertTrue(failure.getMessage(), failure.getMessage().startsWith("customise[0].edit: "));
        }
    }

    @Test(timeout = 60_000)
    public void endsAnExpressionThatWouldTakeForEver() throws IOException {
        guest.file("/etc/long", "a".repeat(5000) + "!");
        Edit edit = new Edit(GuestPath.of("/etc/long"), "(a|a)*b", "x", Duration.ofMillis(300));
        Edit deep = new Edit(GuestPath.of("/etc/long"), "(a*a*)*(a*a*)*b", "x", Duration.ofMillis(300));
        Target target = new Target(guest.tree(), guest.facts(), NOW, OwnFiles.NONE, warnings::add);
        for (Edit hostile : List.of(edit, deep)) {
            ImageException failure = assertThrows(ImageException.class, () -> hostile.plan(target));
            assertTrue(
                    failure.getMessage(),
                    failure.getMessage().contains("took longer")
                            || failure.getMessage().contains("too deep"));
        }
    }

    @Test(timeout = 60_000)
    public void endsAnExpressionThatGoesTooDeep() throws IOException {
        guest.file("/etc/long", "ab".repeat(1_000_000));
        assertRefused("too deep", "edit: { path: /etc/long, match: '(a|b)*c', replace: x }");
    }

    @Test
    public void refusesToGrowWithoutEnd() throws IOException {
        guest.file("/etc/long", "a".repeat(1 << 20));
        assertRefused("32 MiB", "edit: { path: /etc/long, match: a, replace: '" + "b".repeat(100) + "' }");
    }
}
