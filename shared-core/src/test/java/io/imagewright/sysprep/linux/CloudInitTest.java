package io.imagewright.sysprep.linux;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import io.imagewright.error.ImageException;
import io.imagewright.guest.Bytes;
import io.imagewright.sysprep.unix.MemoryTestBase;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;

public class CloudInitTest extends MemoryTestBase {

    private static final String MAIN = "/etc/cloud/cloud.cfg";
    private static final String OWN = "/etc/cloud/cloud.cfg.d/zz-imagewright-enable-root.cfg";

    private static final String DEBIAN = """
            # The top level settings are used as module \u2764 \ud83d\ude00
            users:
               - default   # the one below

            disable_root: true
            system_info:
               distro: debian
               default_user:
                 name: debian # renamed?
                 lock_passwd: True
                 groups: [adm, "audio"]
            """;

    private final RenameDefaultCloudInitUser rename = new RenameDefaultCloudInitUser();
    private final EnableRootInCloudInit root = new EnableRootInCloudInit();

    private static String bytes(String utf8) {
        return Bytes.of(utf8).text();
    }

    private void install(String configuration) throws IOException {
        guest.file("/usr/bin/cloud-init", "#!")
                .file("/usr/lib/systemd/system-generators/cloud-init-generator", "#!")
                .file(MAIN, bytes(configuration));
    }

    @Test
    public void rename_keepsEveryOtherByte() throws IOException {
        install(DEBIAN);
        guest.file("/etc/cloud/cloud.cfg.d/90.cfg", "{system_info: {default_user: {\"name\": 'ubuntu', x: 1}}}\r\n");
        guest.file("/etc/cloud/cloud.cfg.d/README", "system_info: {default_user: {name: other}}\n");
        guest.apply(rename);
        assertEquals(bytes(DEBIAN.replace("name: debian #", "name: user #")), guest.text(MAIN));
        assertEquals(
                "{system_info: {default_user: {\"name\": user, x: 1}}}\r\n",
                guest.text("/etc/cloud/cloud.cfg.d/90.cfg"));
        assertEquals("system_info: {default_user: {name: other}}\n", guest.text("/etc/cloud/cloud.cfg.d/README"));
        assertEquals(List.of(), guest.warnings);
        assertFalse(rename.enabledByDefault());
    }

    @Test
    public void rename_takesNamesOnly() throws IOException {
        install(DEBIAN);
        for (String bad : List.of("", "Root", "a b", "a: b", "no", "null", "a\nb", "1a", "x".repeat(33))) {
            assertThrows(bad, ImageException.class, () -> guest.apply(rename, Map.of("default_user", List.of(bad))));
        }
    }

    @Test
    public void rename_warnsOfWhatItCannotEdit() throws IOException {
        install("system_info: {default_user: {name: &n debian}}\n");
        guest.file("/etc/cloud/cloud.cfg.d/1.cfg", "a: [\n").file("/etc/cloud/cloud.cfg.d/2.cfg", "a: &x [1]\nb: *x\n");
        guest.file("/etc/cloud/cloud.cfg.d/3.cfg", "\377").file("/etc/cloud/cloud.cfg.d/4.cfg", "[".repeat(100_000));
        guest.file("/etc/cloud/cloud.cfg.d/5.cfg", "system_info: {default_user: {name: a, name: b}}\n");
        guest.file("/etc/cloud/cloud.cfg.d/6.cfg", "").file("/etc/cloud/cloud.cfg.d/7.cfg", "- x\n");
        guest.file("/etc/cloud/cloud.cfg.d/8.cfg", "#".repeat(2 << 20)).link("/etc/cloud/cloud.cfg.d/9.cfg", "9.cfg");
        guest.apply(rename);
        for (int number : List.of(1, 2, 3, 4, 8)) {
            assertWarned("/etc/cloud/cloud.cfg.d/" + number + ".cfg is left out of account");
        }
    }

    @Test
    public void rename_needsCloudInit() throws IOException {
        guest.file(MAIN, DEBIAN);
        assertEquals(List.of(), guest.apply(rename));
        assertWarned("Not a cloud-init enabled image");
    }

    @Test
    public void root_isEnabled() throws IOException {
        install(DEBIAN);
        guest.directory("/etc/cloud/cloud.cfg.d");
        guest.apply(root);
        assertEquals(
                "# made with the image: root may log in\ndisable_root: false\nusers:\n- \"default\"\n- \"root\"\n",
                guest.text(OWN));
        assertFalse(root.enabledByDefault());
    }

    @Test
    public void root_isAddedToWhateverUsersThereAre() throws IOException {
        install("users: [default]\n");
        guest.file("/etc/cloud/cloud.cfg.d/50.cfg", "disable_root: 0\nusers:\n- {name: ann, groups: [a, b]}\n- bob\n");
        guest.apply(root);
        assertEquals(
                "# made with the image: root may log in\nusers:\n- name: \"ann\"\n  groups:\n  - \"a\"\n  - \"b\"\n- \"bob\"\n- \"root\"\n",
                guest.text(OWN));
    }

    @Test
    public void root_isLeft_whereItIsEnabledAlready() throws IOException {
        install("disable_root: 'no'\nusers: [default, {name: root, lock_passwd: false}]\n");
        assertEquals(List.of(), guest.apply(root));
    }

    @Test
    public void root_isAddedToNamesAndMappings() throws IOException {
        install("users: default, ann\ndisable_root: false\n");
        guest.apply(root);
        assertEquals(
                "# made with the image: root may log in\nusers:\n- \"default\"\n- \"ann\"\n- \"root\"\n",
                guest.text(OWN));
    }

    @Test
    public void root_needsCloudInit() throws IOException {
        install(DEBIAN);
        guest.file("/etc/cloud/cloud-init.disabled", "");
        assertEquals(List.of(), guest.apply(root));
        assertWarned("Not a cloud-init enabled image");
    }
}
