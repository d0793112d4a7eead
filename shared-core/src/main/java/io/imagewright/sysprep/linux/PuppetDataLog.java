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
                Removal.of("var/lib/puppet/*/*", "etc/puppetlabs/puppet/ssl/*").scrubbed());
    }
}
