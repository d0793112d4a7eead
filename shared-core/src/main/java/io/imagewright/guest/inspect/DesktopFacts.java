package io.imagewright.guest.inspect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * GUI: the desktops by their programs, reference 1.5. A desktop counts without {@code startx}, too, as systems with Wayland only have
 * none.
 */
final class DesktopFacts implements FactFinder {

    private static final List<String> DIRECTORIES = List.of(
            "/bin",
            "/usr/bin",
            "/usr/local/bin",
            // OpenBSD; NetBSD
            "/usr/X11R6/bin",
            "/usr/X11R7/bin",
            "/usr/pkg/bin");

    private static final Map<String, List<String>> DESKTOPS = desktops();

    private static Map<String, List<String>> desktops() {
        Map<String, List<String>> desktops = new LinkedHashMap<>();
        desktops.put("KDE", List.of("startkde", "startplasma-x11", "startplasma-wayland"));
        desktops.put("GNOME", List.of("gnome-session"));
        desktops.put("Unity", List.of("unity"));
        desktops.put("Xfce", List.of("xfce4-session", "startxfce4", "xfwm4"));
        desktops.put("LXDE", List.of("startlxde", "lxsession"));
        desktops.put("LXQt", List.of("startlxqt", "lxqt-session"));
        desktops.put("MATE", List.of("mate-session"));
        desktops.put("Cinnamon", List.of("cinnamon", "cinnamon-session", "cinnamon2d"));
        desktops.put("Budgie", List.of("budgie-desktop", "budgie-session"));
        desktops.put("Deepin", List.of("startdde", "dde-session"));
        desktops.put("Enlightenment", List.of("enlightenment", "enlightenment_start"));
        desktops.put("Sway", List.of("sway"));
        desktops.put("Hyprland", List.of("Hyprland"));
        desktops.put("i3", List.of("i3"));
        desktops.put("Openbox", List.of("openbox"));
        desktops.put("Fluxbox", List.of("fluxbox"));
        desktops.put("IceWM", List.of("icewm"));
        desktops.put("Window Maker", List.of("wmaker"));
        desktops.put("awesome", List.of("awesome"));
        return desktops;
    }

    @Override
    public void find(Clues clues, Findings findings) {
        Set<String> programs = DIRECTORIES.stream()
                .flatMap(directory -> clues.files().list(directory).stream())
                .map(entry -> entry.path().name())
                .collect(Collectors.toSet());
        List<String> found = new ArrayList<>();
        DESKTOPS.forEach((name, sessions) -> {
            if (sessions.stream().anyMatch(programs::contains)) {
                found.add(name);
            }
        });
        if (found.isEmpty()) {
            found.add(programs.contains("startx") ? "Unknown" : "No GUI");
        }
        findings.property("GUI", String.join(" | ", found));
    }
}
