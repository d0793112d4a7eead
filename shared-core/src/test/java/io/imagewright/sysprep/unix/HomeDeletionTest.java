package io.imagewright.sysprep.unix;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

/** What people leave in their homes: each path of each operation is a row, in three kinds of homes. */
public class HomeDeletionTest extends MemoryTestBase {

    private static final List<HomeDeletion> OPERATIONS = List.of(new UserCredentials(), new UserHistories());

    private static final List<String> HOMES = List.of("/root", "/home/ann", "/srv/git");

    /** What the operations must name, whatever they name beside it. */
    private static final Map<String, String> REQUIRED = Map.of(
            "user-credentials",
            ".aws .azure .kube .netrc .git-credentials .docker/config.json .config/gcloud .config/gh "
                    + ".config/containers/auth.json .npmrc .pypirc .m2/settings-security.xml .gem/credentials "
                    + ".cargo/credentials .cargo/credentials.toml .vault-token .terraform.d/credentials.tfrc.json "
                    + ".pgpass .my.cnf .s3cfg .boto .Xauthority .ICEauthority",
            "user-histories",
            ".mysql_history .python_history .lesshst .local/state/lesshst .viminfo .local/state/nvim/shada .wget-hsts "
                    + ".psql_history .sqlite_history .node_repl_history .local/share/fish/fish_history .ash_history "
                    + ".ksh_history .rediscli_history .dbshell .local/share/recently-used.xbel");

    @Test
    public void names_whatItMust() {
        for (HomeDeletion operation : OPERATIONS) {
            for (String path : REQUIRED.get(operation.name()).split(" ")) {
                assertTrue(path, operation.paths().contains(path));
            }
            assertEquals(List.copyOf(new LinkedHashSet<>(operation.paths())), operation.paths()); // each once
        }
    }

    @Test
    public void scrubs_eachPathInEachHome_asFileAndAsDirectory_andNothingElse() throws IOException {
        guest.file("/etc/passwd", "git:x:1000:1::/srv/git:/bin/sh\nd:x:999:1::/var/lib/daemon:/bin/sh\n");
        for (HomeDeletion operation : OPERATIONS) {
            for (String home : HOMES) {
                for (String path : operation.paths()) {
                    guest.file(home + "/" + path + (home.equals("/root") ? "" : "/deep/er"), "secret");
                    guest.file(home + "/" + path + "-kept", "kept");
                }
            }
        }
        guest.file("/var/lib/daemon/.netrc", "kept").file("/home/ann/.bashrc", "kept");
        for (HomeDeletion operation : OPERATIONS) {
            List<Change> changes = guest.apply(operation);
            assertEquals(HOMES.size() * operation.paths().size(), changes.size());
            for (String path : operation.paths()) {
                assertTrue(path, changes.contains(new Change.Scrub(GuestPath.of("/root/" + path))));
                assertFalse(path, guest.has("/home/ann/" + path + "/deep/er"));
                assertFalse(path, guest.has("/srv/git/" + path + "/deep/er"));
                assertEquals("kept", guest.text("/root/" + path + "-kept"));
            }
        }
        assertEquals("kept", guest.text("/var/lib/daemon/.netrc"));
        assertEquals("kept", guest.text("/home/ann/.bashrc"));
        assertEquals(List.of(), guest.warnings);
    }

    @Test
    public void follows_linksThatStayInTheHomeOnly() throws IOException {
        guest.link("/root/.config", "dot/config").file("/root/dot/config/gh/hosts.yml", "token");
        guest.link("/root/.kube", "/srv/kube").file("/srv/kube/config", "shared");
        guest.link("/root/.viminfo", "/dev/null").link("/root/.netrc", ".netrc");
        OPERATIONS.forEach(guest::apply);
        assertFalse(guest.has("/root/dot/config/gh/hosts.yml"));
        assertEquals("shared", guest.text("/srv/kube/config"));
        assertTrue(guest.has("/root/.viminfo"));
        assertWarned("/root/.kube leads out of the home, to /srv/kube, and is left alone.");
    }
}
