package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.Removal;

/** State and logs of Puppet, and the keys by which its server knows this machine. */
public final class PuppetDataLog implements LinuxOperation, Deletion {

    @Override
    public String name() {
        return "puppet-data-log";
    }

    @Override
    public String description() {
        return "Deletes the logs and data of Puppet, the keys of this machine among them.";
    }

    @Override
    public List<Removal> removals() {
        return List.of(
                Removal.of("var/log/puppet/*"),
                Removal.of("var/lib/puppet/*/*", "var/lib/puppet/*/*/*")
                        .onlyFiles()
                        .scrubbed(),
                Removal.of("etc/puppetlabs/puppet/ssl/*", "etc/puppetlabs/puppet/ssl/*/*")
                        .onlyFiles()
                        .scrubbed(),
                // catalogs hold what the server knows of this machine, passwords among it
                Removal.of("opt/puppetlabs/puppet/cache/*").scrubbed());
    }
}
