package io.imagewright.sysprep.linux;

import java.util.List;
import java.util.regex.Pattern;

import io.imagewright.guest.Change;
import io.imagewright.sysprep.OperationContext;

/** Passwords that are settings: without them the guest cannot reach its repositories or its proxy, so this is off. */
public final class ConfiguredPasswords implements LinuxOperation {

    /** User and password of a URL, with its scheme before them. */
    private static final Pattern IN_URL =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]{0,20}://)[^\\s/:@\"']{0,256}:[^\\s/@\"']{1,1024}@");

    private static final Pattern SETTING = Pattern.compile("[ \t]*(?:proxy_)?(?:username|password)[ \t]*[=:].*");

    private static final SettingsEdit REPOSITORIES = new SettingsEdit(
            List.of(
                    "etc/yum.repos.d/*.repo",
                    "etc/dnf/dnf.conf",
                    "etc/yum.conf",
                    "etc/zypp/repos.d/*.repo",
                    "etc/rancher/*/registries.yaml"),
            line -> SETTING.matcher(line).matches(),
            ConfiguredPasswords::withoutPassword);

    private static final SettingsEdit OTHERS = new SettingsEdit(
            List.of(
                    "etc/apt/sources.list",
                    "etc/apt/sources.list.d/*",
                    "etc/apt/apt.conf",
                    "etc/apt/apt.conf.d/*",
                    "etc/apk/repositories",
                    "etc/docker/daemon.json",
                    "etc/environment",
                    "etc/gitconfig",
                    "etc/pip.conf",
                    "etc/profile.d/*.sh",
                    "etc/sysconfig/proxy",
                    "etc/systemd/system/*.d/*.conf",
                    "etc/systemd/system.conf.d/*.conf",
                    "etc/wgetrc",
                    "etc/zypp/services.d/*.service",
                    "home/*/.config/pip/pip.conf",
                    "home/*/.gitconfig",
                    "home/*/.pip/pip.conf",
                    "root/.config/pip/pip.conf",
                    "root/.gitconfig",
                    "root/.pip/pip.conf"),
            line -> false,
            ConfiguredPasswords::withoutPassword);

    @Override
    public String name() {
        return "configured-passwords";
    }

    @Override
    public String description() {
        return "Removes user and password from the settings of repositories and proxies.";
    }

    @Override
    public String effect() {
        return "Removes `user:password@` from the URLs of " + REPOSITORIES.places() + ", " + OTHERS.places()
                + "; from the first five also the lines `username`, `password`, `proxy_username` and `proxy_password`.";
    }

    @Override
    public Phase phase() {
        return Phase.CONFIGURE;
    }

    @Override
    public boolean enabledByDefault() {
        return false;
    }

    @Override
    public String keptWhenOff() {
        return "passwords in the settings of repositories and proxies";
    }

    @Override
    public List<Change> plan(OperationContext context) {
        return SettingsEdit.plan(context, List.of(REPOSITORIES, OTHERS));
    }

    private static String withoutPassword(String line) {
        return IN_URL.matcher(line).replaceAll("$1");
    }
}
