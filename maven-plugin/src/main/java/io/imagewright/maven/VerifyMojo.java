package io.imagewright.maven;

import java.io.File;
import java.time.Duration;

import io.imagewright.FinishedImage;
import io.imagewright.api.BootSettings;
import io.imagewright.api.Firmware;
import io.imagewright.api.Trust;
import io.imagewright.api.VerifyRequest;
import io.imagewright.api.VerifyResult;
import io.imagewright.progress.ProgressListener;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Verifies finished images against their manifests, checksum files and signatures, checks that each file is complete for its format, and fails
 * where something is wrong. With <code>image.boot</code> it starts the image in a virtual machine, too, and waits until it is up; nothing is written
 * to the image.
 *
 * @since 0.1.0
 */
@Mojo(name = "verify", defaultPhase = LifecyclePhase.VERIFY, requiresProject = false, threadSafe = true)
public final class VerifyMojo extends FinishedMojo {

    /**
     * Whether the image is started under qemu, with KVM where that works. An image that does not come up leaves
     * <code>&lt;name&gt;-&lt;version&gt;.boot.log</code> and <code>.boot.png</code>, its console and its screen, in the output directory.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.boot", defaultValue = "false")
    private boolean boot;

    /**
     * How long the image may take to come up, in seconds.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.bootSeconds", defaultValue = "300")
    private int bootSeconds;

    /**
     * Regular expression that a line on the first serial console must match. Without it and <code>image.bootPort</code>, the first sign of
     * a running guest is awaited: a connection to its SSH server, a login prompt there, QEMU's guest agent, or an answer to the power button.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.bootText")
    private @Nullable String bootText;

    /**
     * TCP port on which the guest must take a connection; 0 for none. The guest gets an address by DHCP.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.bootPort", defaultValue = "0")
    private int bootPort;

    /**
     * Memory of the machine that is started, in MiB.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.bootMemory", defaultValue = "1024")
    private int bootMemory;

    /**
     * Processors of the machine that is started.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.bootProcessors", defaultValue = "2")
    private int bootProcessors;

    /**
     * What starts the boot loader: <code>bios</code>, <code>uefi</code>, or <code>auto</code> for what the disk has one for.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.bootFirmware", defaultValue = "auto")
    private String bootFirmware;

    /**
     * Fingerprints of keys, separated by commas: images and manifests must have a signature, <code>&lt;file&gt;.asc</code>, of one of them. Without
     * it signatures need not be there, and may be of any key that gpg knows.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.signedBy")
    private @Nullable String signedBy;

    /**
     * File of public keys, as <code>gpg --export</code> writes it; only these are known then.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.keyring")
    private @Nullable File keyring;

    /**
     * Directory of gpg's keys; without it, gpg's own choice.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.gpgHomedir")
    private @Nullable File gpgHomedir;

    @Override
    void execute(FinishedImage image, ProgressListener listener) {
        Trust trust = new Trust(words(signedBy), resolve(keyring), resolve(gpgHomedir));
        BootSettings settings = boot ? settings() : null;
        VerifyResult result = image.verify(new VerifyRequest(workParent(), trust, settings), listener);
        result.requireWhole(image.name());
        result.lines(image.name(), image.files()).forEach(getLog()::info);
    }

    private BootSettings settings() {
        return new BootSettings(
                Duration.ofSeconds(bootSeconds),
                bootText,
                bootPort == 0 ? null : bootPort,
                bootMemory,
                bootProcessors,
                Firmware.of(bootFirmware));
    }
}
