package io.imagewright.jenkins;

import java.util.Map;

import io.imagewright.api.GpgKey;

/** What messages of the command line call settings in Jenkins: the fields of steps, and where the rest is set. */
final class FieldNames {

    /** By option, operand, command, and by the phrases of the core that name what Jenkins has another way for. */
    static final Map<String, String> ALL = Map.ofEntries(
            Map.entry("SOURCE", "source"),
            Map.entry("MANIFEST", "manifest"),
            Map.entry("--name", "name"),
            Map.entry("--image-version", "version"),
            Map.entry("--source-format", "sourceFormat"),
            Map.entry("--format", "formats"),
            Map.entry("--checksum", "checksums"),
            Map.entry("--output-directory", "outputDirectory"),
            Map.entry("--force", "force"),
            Map.entry("--engine", "engine"),
            Map.entry("--enable", "enable"),
            Map.entry("--disable", "disable"),
            Map.entry("--param", "params"),
            Map.entry("--property", "properties"),
            Map.entry("--size", "size"),
            Map.entry("--sign", "sign"),
            Map.entry("--gpg-keyname", "gpgKeyname"),
            Map.entry("--signed-by", "signedBy"),
            Map.entry("--boot", "boot"),
            Map.entry("--boot-port", "bootPort"),
            Map.entry("--boot-text", "bootText"),
            Map.entry("--boot-seconds", "bootSeconds"),
            Map.entry("--tmpdir", "the directory for work files under Manage Jenkins, System, Imagewright"),
            Map.entry("--gpg-homedir", "GNUPGHOME in the environment of the build"),
            Map.entry("--repair", "repair in an image description"),
            Map.entry("--allow-unsupported", "allowUnsupported in an image description"),
            Map.entry("--disk", "source.disks in an image description"),
            Map.entry("build", "imageBuild"),
            Map.entry("inspect", "imageInspect"),
            Map.entry("convert", "imageConvert"),
            Map.entry("verify", "imageVerify"),
            Map.entry("Cannot use source.format", "Cannot use sourceFormat"),
            Map.entry("Set source.media to", "Set source to"),
            Map.entry(GpgKey.PASSPHRASE_PLACES, "gpgCredentialsId"));

    private FieldNames() {}
}
