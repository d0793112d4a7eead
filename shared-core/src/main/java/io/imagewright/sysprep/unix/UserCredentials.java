package io.imagewright.sysprep.unix;

import java.util.List;

/** Passwords, keys and tokens that programs keep in homes, for services elsewhere. */
public final class UserCredentials implements HomeDeletion {

    private static final List<String> PATHS = List.of(
            // clouds
            ".aliyun",
            ".aws",
            ".azure",
            ".boto",
            ".config/doctl",
            ".config/gcloud",
            ".config/hcloud",
            ".config/openstack/clouds.yaml",
            ".config/openstack/secure.yaml",
            ".config/rclone/rclone.conf",
            ".config/scw/config.yaml",
            ".databrickscfg",
            ".oci",
            ".passwd-s3fs",
            ".pulumi/credentials.json",
            ".s3cfg",
            ".terraform.d/credentials.tfrc.json",
            // clusters and containers
            ".config/argocd/config",
            ".config/containers/auth.json",
            ".config/helm/registry",
            ".docker/config.json",
            ".kube",
            ".rancher/cli2.json",
            // sources and packages
            ".ansible/galaxy_token",
            ".cargo/credentials",
            ".cargo/credentials.toml",
            ".composer/auth.json",
            ".config/composer/auth.json",
            ".config/gh",
            ".config/git/credentials",
            ".config/glab-cli",
            ".config/hub",
            ".gem/credentials",
            ".git-credentials",
            ".jfrog",
            ".local/share/gem/credentials",
            ".m2/settings-security.xml",
            ".npmrc",
            ".pypirc",
            ".snap/auth.json",
            // databases and hosts
            ".authinfo",
            ".authinfo.gpg",
            ".fetchmailrc",
            ".msmtprc",
            ".my.cnf",
            ".mylogin.cnf",
            ".netrc",
            ".pgpass",
            ".smbcredentials",
            // stores of secrets
            ".config/op",
            ".config/sops/age",
            ".local/share/keyrings",
            ".local/share/kwalletd",
            ".password-store",
            ".vault-token",
            // sessions
            ".ICEauthority",
            ".Xauthority",
            ".config/tigervnc/passwd",
            ".vnc/passwd");

    @Override
    public String name() {
        return "user-credentials";
    }

    @Override
    public String description() {
        return "Overwrites and removes what programs keep in homes to log in elsewhere: passwords, keys, tokens.";
    }

    @Override
    public List<String> paths() {
        return PATHS;
    }
}
