package io.imagewright.sysprep.linux;

import java.io.IOException;
import java.util.List;

import io.imagewright.sysprep.Operation;
import io.imagewright.sysprep.unix.MemoryTestBase;
import io.imagewright.sysprep.unix.TestGuest;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

/** Settings with secrets or names of the place: off, so that they are warned of; a row for each spelling. */
public class KeptSettingsTest extends MemoryTestBase {

    /** A file before and after. */
    private record Row(Operation operation, String path, String before, String after) {}

    private static Row password(String path, String before, String after) {
        return new Row(new ConfiguredPasswords(), path, before, after);
    }

    private static Row site(String path, String before, String after) {
        return new Row(new SiteSettings(), path, before, after);
    }

    private static Row enrolment(String path, String before, String after) {
        return new Row(new EnrolmentSecrets(), path, before, after);
    }

    private static final List<Row> ROWS = List.of(
            password("/etc/apt/sources.list", "deb https://u:p%40w@r.example/d x\n", "deb https://r.example/d x\n"),
            password(
                    "/etc/apt/sources.list.d/a.sources",
                    "URIs: https://u:pw@r/ http://:p@s/\n",
                    "URIs: https://r/ http://s/\n"),
            password("/etc/apt/sources.list", "deb [signed-by=/a] http://r:80/a@b x\n", ""),
            password(
                    "/etc/apt/apt.conf.d/proxy",
                    "Acquire::http::Proxy \"http://u:p@p:3128/\";\r\n",
                    "Acquire::http::Proxy \"http://p:3128/\";\r\n"),
            password("/etc/environment", "https_proxy=http://u:p@p:3128\n", "https_proxy=http://p:3128\n"),
            password("/etc/environment", "https_proxy=http://p:3128\nMAIL=a:b@c\n", ""),
            password(
                    "/etc/yum.repos.d/a.repo",
                    "[a]\nbaseurl=https://r/\nusername=u\npassword = p\ngpgcheck=1",
                    "[a]\nbaseurl=https://r/\ngpgcheck=1"),
            password("/etc/yum.repos.d/a.repo", "baseurl=https://u:p@r/\n", "baseurl=https://r/\n"),
            password("/etc/dnf/dnf.conf", "proxy_username=u\nproxy_password=p\nproxy=http://p/\n", "proxy=http://p/\n"),
            password("/etc/zypp/repos.d/a.repo", "baseurl=https://u:p@r/?x=1\n", "baseurl=https://r/?x=1\n"),
            password(
                    "/etc/pip.conf",
                    "index-url = https://__token__:pypi-x@h/simple\n",
                    "index-url = https://h/simple\n"),
            password("/home/ann/.config/pip/pip.conf", "index-url=https://u:p@h/\n", "index-url=https://h/\n"),
            password("/root/.gitconfig", "[url \"https://u:ghp_x@github.com/\"]\n", "[url \"https://github.com/\"]\n"),
            password(
                    "/etc/systemd/system/docker.service.d/proxy.conf",
                    "Environment=HTTP_PROXY=http://u:p@p\n",
                    "Environment=HTTP_PROXY=http://p\n"),
            password(
                    "/etc/docker/daemon.json",
                    "{\"proxies\":{\"http-proxy\":\"http://u:p@p\"}}",
                    "{\"proxies\":{\"http-proxy\":\"http://p\"}}"),
            site(
                    "/etc/postfix/main.cf",
                    "myhostname = h.example\nmyorigin = /etc/mailname\nmydestination = $myhostname\n",
                    "mydestination = $myhostname\n"),
            password(
                    "/etc/rancher/k3s/registries.yaml",
                    "configs:\n  r:\n    auth:\n      username: u\n      password: p\n",
                    "configs:\n  r:\n    auth:\n"),
            enrolment("/etc/rancher/rke2/config.yaml", "server: https://s\ntoken: t\n", "server: https://s\n"),
            enrolment("/etc/rancher/k3s/config.yaml.d/a.yaml", "agent-token: t\ntokens: x\n", "tokens: x\n"),
            enrolment("/etc/landscape/client.conf", "account_name = a\nregistration_key = k", "account_name = a\n"),
            site("/etc/postfix/main.cf", "#myhostname = x\nmyorigin = $mydomain\n", ""),
            site(
                    "/etc/resolv.conf",
                    "# x\nsearch a.example\nnameserver 10.1.2.3\nnameserver  127.0.0.53\nnameserver ::1\noptions edns0\n",
                    "# x\nnameserver  127.0.0.53\nnameserver ::1\noptions edns0\n"),
            site(
                    "/etc/apt/apt.conf.d/01proxy",
                    "Acquire::http::Proxy \"http://p:3142\";\nAcquire::Retries 3;\n",
                    "Acquire::Retries 3;\n"),
            site(
                    "/etc/apt/apt.conf",
                    "Acquire::https::r.example::Proxy \"DIRECT\";\n#Acquire::http::Proxy x;\n",
                    "#Acquire::http::Proxy x;\n"));

    @Test
    public void takes_whatIsTheSecretOrTheName_andNothingElse() throws IOException {
        for (Row row : ROWS) {
            try (TestGuest other = new TestGuest(folder.newFolder().toPath()).inMemory()) {
                other.file(row.path(), row.before()).apply(row.operation());
                assertEquals(
                        row.toString(), row.after().isEmpty() ? row.before() : row.after(), other.text(row.path()));
            }
        }
    }

    @Test
    public void mailname_goes() throws IOException {
        guest.file("/etc/mailname", "host1\n").apply(new SiteSettings());
        assertFalse(guest.has("/etc/mailname"));
    }

    @Test
    public void areOff_andWarnedOf() {
        for (Operation operation : List.of(new ConfiguredPasswords(), new SiteSettings(), new EnrolmentSecrets())) {
            assertFalse(operation.name(), operation.enabledByDefault());
            assertFalse(operation.name(), operation.keptWhenOff().isEmpty());
        }
    }

    @Test
    public void oneFileByTwoNames_isWrittenOnce() throws IOException {
        guest.file("/srv/apt", "deb https://u:p@r/ x\n").link("/etc/apt/sources.list", "/srv/apt");
        guest.link("/etc/apt/sources.list.d/a.list", "/srv/apt");
        assertEquals(1, guest.apply(new ConfiguredPasswords()).size());
        assertEquals("deb https://r/ x\n", guest.text("/srv/apt"));
    }
}
