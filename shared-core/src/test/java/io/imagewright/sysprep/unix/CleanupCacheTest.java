package io.imagewright.sysprep.unix;

import java.io.IOException;
import java.util.List;

import org.junit.Test;

import static org.junit.Assert.assertEquals;

public class CleanupCacheTest extends OperationTestBase {

    private final CleanupCache operation = new CleanupCache();

    @Test
    public void deletes_regularFilesOnly() throws IOException {
        guest.file("/var/cache/apt/archives/a.deb", "x").file("/var/cache/apt/pkgcache.bin", "x");
        guest.directory("/var/cache/man/de").link("/var/cache/link", "/etc").file("/etc/kept", "");
        guest.apply(operation);
        assertEquals(List.of("apt", "apt/archives", "link", "man", "man/de"), guest.below("/var/cache"));
        assertEquals(List.of("kept"), guest.below("/etc"));
    }

    @Test
    public void cleans_packagesOnAnotherDisk() throws IOException {
        guest.directory("/var/cache/apt").link("/var/cache/apt/archives", "/srv/debs");
        guest.file("/srv/debs/a.deb", "x").file("/srv/debs/partial/b.deb", "x");
        guest.apply(operation);
        assertEquals(List.of("partial"), guest.below("/srv/debs"));
    }

    @Test
    public void leaves_theSystemAloneWhenACacheLeadsIntoIt() throws IOException {
        guest.link("/var/cache/yum", "/usr").file("/usr/bin/sh", "x").file("/usr/x", "x");
        assertEquals(List.of(), guest.apply(operation));
        assertWarned("/var/cache/yum leads to /usr");
    }

    @Test
    public void warns_whenThereIsNoCache() throws IOException {
        guest.directory("/etc");
        guest.apply(operation);
        assertEquals(List.of("Directory: `/var/cache' does not exist!"), guest.warnings);
    }
}
