package io.imagewright.guest.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import io.imagewright.guest.GuestPath;
import io.imagewright.guest.GuestTree;
import io.imagewright.guest.MemoryGuest;
import io.imagewright.guest.Mount;
import io.imagewright.guest.TreeBuilder;
import io.imagewright.guest.Volume;
import org.junit.Test;

import static org.junit.Assert.assertEquals;

public class BootSignFactsTest {

    private record Row(String name, Consumer<TreeBuilder> guest, String signs) {}

    private static final String CONSOLE = "linux /vmlinuz root=/dev/vda1 console=tty0 console=ttyS0,115200n8\n";
    private static final String GETTY = "S0:2345:respawn:/sbin/getty -L ttyS0 115200 vt100\n";

    private static final List<Row> ROWS = List.of(
            new Row("nothing", tree -> {}, ""),
            new Row("sshd", sshd("Port 2222\n"), "port:2222"),
            new Row("console of the kernel", systemd().andThen(file("/boot/grub/grub.cfg", CONSOLE)), "serial:login"),
            new Row(
                    "console in a boot entry",
                    systemd().andThen(file("/boot/loader/entries/a.conf", "options " + CONSOLE)),
                    "serial:login"),
            new Row("console behind a number sign", systemd().andThen(file("/boot/grub/grub.cfg", "# " + CONSOLE)), ""),
            new Row("another port", systemd().andThen(file("/boot/grub/grub.cfg", "linux /v console=ttyS01\n")), ""),
            new Row("console without a login", file("/boot/grub/grub.cfg", CONSOLE), ""),
            new Row(
                    "getty that is enabled",
                    systemd()
                            .andThen(file(
                                    "/etc/systemd/system/getty.target.wants/serial-getty@ttyS0.service", "[Unit]\n")),
                    "serial:login"),
            new Row(
                    "getty that is masked",
                    systemd()
                            .andThen(file("/boot/grub/grub.cfg", CONSOLE))
                            .andThen(link("/etc/systemd/system/serial-getty@ttyS0.service", "/dev/null")),
                    ""),
            new Row("inittab", file("/etc/inittab", GETTY), "serial:login"),
            new Row(
                    "inittab of BusyBox",
                    file("/etc/inittab", "ttyS0::respawn:/sbin/getty -L ttyS0 115200\n"),
                    "serial:login"),
            new Row("inittab with a number sign", file("/etc/inittab", "#" + GETTY), ""),
            new Row(
                    "agent",
                    file("/usr/sbin/qemu-ga", "")
                            .andThen(file("/lib/systemd/system/qemu-guest-agent.service", "[Unit]\n")),
                    "agent:qemu"),
            new Row(
                    "agent that is masked",
                    file("/usr/sbin/qemu-ga", "")
                            .andThen(file("/lib/systemd/system/qemu-guest-agent.service", "[Unit]\n"))
                            .andThen(link("/etc/systemd/system/qemu-guest-agent.service", "/dev/null")),
                    ""),
            new Row("agent without a unit", file("/usr/sbin/qemu-ga", ""), ""),
            new Row("logind", logind(), "power:button"),
            new Row(
                    "logind that ignores it",
                    logind().andThen(file("/etc/systemd/logind.conf", "[Login]\nHandlePowerKey=ignore\n")),
                    ""),
            new Row("logind without D-Bus", file("/lib/systemd/systemd-logind", ""), ""),
            new Row("acpid", link("/etc/runlevels/default/acpid", "/etc/init.d/acpid"), "power:button"),
            new Row(
                    "all",
                    systemd().andThen(sshd("")).andThen(logind()).andThen(file("/boot/grub/grub.cfg", CONSOLE)),
                    "port:22 serial:login power:button"));

    private static Consumer<TreeBuilder> file(String path, String text) {
        return tree -> tree.file(path, text);
    }

    private static Consumer<TreeBuilder> link(String path, String target) {
        return tree -> tree.symlink(path, target);
    }

    private static Consumer<TreeBuilder> systemd() {
        return file("/lib/systemd/systemd", "");
    }

    private static Consumer<TreeBuilder> logind() {
        return file("/lib/systemd/systemd-logind", "").andThen(file("/usr/bin/dbus-daemon", ""));
    }

    private static Consumer<TreeBuilder> sshd(String config) {
        return file(
                        "/etc/systemd/system/multi-user.target.wants/ssh.service",
                        "[Service]\nExecStart=/usr/sbin/sshd -D\n")
                .andThen(file("/etc/ssh/sshd_config", config));
    }

    private static String signs(Consumer<TreeBuilder> content) {
        GuestTree guest = MemoryGuest.of(tree -> {
            tree.file("/etc/os-release", "ID=debian\nNAME=Debian\n");
            content.accept(tree);
        });
        Facts facts = Inspector.facts(
                guest,
                List.of(new Volume(1, "ext4", "", "", "", "", 0, 1)),
                List.of(new Mount(GuestPath.ROOT, 1)),
                "msdos",
                new byte[512]);
        return Objects.requireNonNull(facts.bootSigns());
    }

    @Test
    public void eachSignIsFound_whereItCanCome() {
        List<String> wrong = new ArrayList<>();
        for (Row row : ROWS) {
            String found = signs(row.guest());
            if (!found.equals(row.signs())) {
                wrong.add(row.name() + ": '" + found + "', not '" + row.signs() + "'");
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test(timeout = 20_000)
    public void filesThatFitNothing_takeNoTime() {
        String returns = "\r".repeat(1 << 19);
        assertEquals("", signs(systemd().andThen(file("/boot/grub/grub.cfg", returns))));
        assertEquals("", signs(file("/etc/inittab", "getty ".repeat(80_000))));
        assertEquals("", signs(file("/etc/inittab", returns)));
        assertEquals("power:button", signs(logind().andThen(file("/etc/systemd/logind.conf", "\n".repeat(1 << 19)))));
    }

    @Test
    public void aBsdHasItsOwnPlaces() {
        GuestTree guest = MemoryGuest.of(
                tree -> tree.file("/bin/freebsd-version", "USERLAND_VERSION=\"14.0-RELEASE\"\n")
                        .file(
                                "/etc/ttys",
                                "ttyv0 \"/usr/libexec/getty Pc\" xterm on secure\nttyu0 \"/usr/libexec/getty 3wire\" vt100 on secure\n"));
        Facts facts = Inspector.facts(
                guest,
                List.of(new Volume(1, "ufs", "", "", "", "", 0, 1)),
                List.of(new Mount(GuestPath.ROOT, 1)),
                "msdos",
                new byte[512]);
        assertEquals(
                Map.of("serial:login power:button", true), Map.of(Objects.requireNonNull(facts.bootSigns()), true));
    }
}
