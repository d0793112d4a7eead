package io.imagewright.sysprep.unix;

import java.util.ArrayList;
import java.util.List;

import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;

/**
 * Certificates, with their keys, that packages make when they are installed, so that every machine made from the image would have the same
 * key. Each is made again by its own program: Cockpit and Apache's httpd-init do so by themselves, ssl-cert is given a unit.
 */
public final class SelfSignedCertificates implements UnixOperation {

    private static final GuestPath SNAKEOIL = GuestPath.of("/etc/ssl/private/ssl-cert-snakeoil.key");
    private static final GuestPath MAKER = GuestPath.of("/usr/sbin/make-ssl-cert");

    private static final Removal SSL_CERT = Removal.of(
                    "etc/ssl/private/ssl-cert-snakeoil.key", "etc/ssl/certs/ssl-cert-snakeoil.pem")
            .scrubbed();
    private static final Removal COCKPIT =
            Removal.of("etc/cockpit/ws-certs.d/0-self-signed*").scrubbed();
    private static final Removal HTTPD = Removal.of(
                    "etc/pki/tls/private/localhost.key", "etc/pki/tls/certs/localhost.crt")
            .scrubbed();

    /** Before everything with default dependencies, databases and mail servers among it, which do not start without the key. */
    private static final FirstBootUnit UNIT = new FirstBootUnit("imagewright-snakeoil", """
            [Unit]
            Description=Make the self-signed certificate of ssl-cert where there is none
            Documentation=man:make-ssl-cert(8)
            DefaultDependencies=no
            ConditionPathExists=!/etc/ssl/private/ssl-cert-snakeoil.key
            After=local-fs.target systemd-tmpfiles-setup.service
            Before=basic.target shutdown.target
            Conflicts=shutdown.target

            [Service]
            Type=oneshot
            Environment=DEBIAN_FRONTEND=noninteractive
            ExecStart=/usr/sbin/make-ssl-cert generate-default-snakeoil

            [Install]
            WantedBy=basic.target
            """, "basic.target", List.of());

    @Override
    public String name() {
        return "self-signed-certificates";
    }

    @Override
    public String description() {
        return "Removes the certificates that packages have made of themselves; each machine makes its own at its first boot.";
    }

    @Override
    public String effect() {
        return COCKPIT.effect() + " Where Apache has the unit `httpd-init.service`: " + decapitalised(HTTPD.effect())
                + " "
                + SSL_CERT.effect()
                + " Where `make-ssl-cert` is there: adds and enables `imagewright-snakeoil.service` "
                + "(`make-ssl-cert generate-default-snakeoil`).";
    }

    @Override
    public Phase phase() {
        return Phase.IDENTITY;
    }

    @Override
    public List<Change> plan(OperationContext context) {
        List<Change> changes = new ArrayList<>(COCKPIT.plan(context));
        if (Systemd.units(context, "httpd-init").containsKey("httpd-init.service")) {
            changes.addAll(HTTPD.plan(context));
        }
        List<Change> snakeoil = SSL_CERT.plan(context);
        changes.addAll(snakeoil);
        if (!snakeoil.isEmpty() && !UNIT.isInstalled(context)) {
            if (Reachable.regularFile(context, MAKER).isPresent() && UNIT.isWelcome(context)) {
                changes.addAll(UNIT.install(context));
            } else {
                context.warn(Message.of(
                        "Nothing in the guest makes " + SNAKEOIL + " again at boot: services that use it will not start"
                                + " on machines made from this image. Run `make-ssl-cert generate-default-snakeoil' there, or set ",
                        SettingName.SYSPREP_DISABLE.to(name()),
                        ", and all machines will share the key."));
            }
        }
        return changes;
    }

    private static String decapitalised(String sentence) {
        return Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
