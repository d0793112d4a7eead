package io.imagewright.guest.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.imagewright.guest.GuestFiles;

/** REMOTE_CONNECTION: how machines made from the guest are reached, over SSH and X2Go; reference 1.5. */
final class RemoteFacts implements FactFinder {

    /** X2Go's names of sessions by the words of GUI, see {@code x2goclient(1)}. */
    private static final Map<String, String> SESSIONS = Map.of(
            "KDE", "KDE",
            "GNOME", "GNOME",
            "Unity", "UNITY",
            "Xfce", "XFCE",
            "LXDE", "LXDE",
            "LXQt", "LXQT",
            "MATE", "MATE",
            "Cinnamon", "CINNAMON");

    @Override
    public void find(Clues clues, Findings findings) {
        GuestFiles files = clues.files();
        Identity identity = clues.identity();
        boolean starts = identity.isBsd()
                ? new RcConf(files).startsSshd(identity.family())
                : clues.services().start("sshd");
        if (!starts) {
            return; // wanted so as often as not
        }
        // FreeBSD builds its own with another default, see its sshd_config(5)
        SshdConfig sshd = SshdConfig.of(files, !identity.family().equals("freebsd"));
        List<String> ways = new ArrayList<>(ssh(sshd, words(findings.found("USERS"), " ")));
        if (Stream.of("/usr/bin/x2goruncommand", "/usr/local/bin/x2goruncommand")
                .anyMatch(files::exists)) {
            ways.addAll(x2go(words(findings.found("GUI"), " \\| ")));
        }
        findings.property("REMOTE_CONNECTION", String.join(" ", ways));
    }

    private static List<String> ssh(SshdConfig config, List<String> users) {
        String ssh = "ssh:port=" + config.port();
        List<String> ways = users.stream()
                .filter(user -> config.permitsRoot() || !user.equals("root"))
                .map(user -> ssh + ",user=" + user)
                .toList();
        return ways.isEmpty() ? List.of(ssh) : ways;
    }

    private static List<String> x2go(List<String> desktops) {
        List<String> ways = desktops.stream()
                .filter(SESSIONS::containsKey)
                .map(desktop -> "x2go:session=" + SESSIONS.get(desktop))
                .toList();
        return ways.isEmpty() ? List.of("x2go") : ways;
    }

    private static List<String> words(String text, String separator) {
        return Stream.of(text.split(separator)).filter(word -> !word.isEmpty()).toList();
    }
}
