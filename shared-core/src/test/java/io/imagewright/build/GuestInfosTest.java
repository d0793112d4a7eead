package io.imagewright.build;

import java.util.List;
import java.util.stream.Stream;

import io.imagewright.guest.packages.InstalledPackage;
import org.junit.Test;

import static org.junit.Assert.assertEquals;

public class GuestInfosTest {

    @Test
    public void architectureIsThatOfMostPackages_inTheWordOfContainerImages() {
        assertEquals("arm64", of("all", "all", "all", "arm64", "amd64", "arm64"));
        assertEquals("arm64", of("noarch", "aarch64"));
        assertEquals("amd64", of("i686", "x86_64", "x86_64"));
        assertEquals("386", of("i686"));
        assertEquals("ppc64le", of("ppc64el"));
    }

    @Test
    public void architectureIsTheUsual_whenNoPackageNamesOne() {
        assertEquals("amd64", of());
        assertEquals("amd64", of("all", "made-up"));
    }

    private static String of(String... architectures) {
        List<InstalledPackage> packages = Stream.of(architectures)
                .map(word -> new InstalledPackage("deb", "a", "1", word, "", "", "", 0))
                .toList();
        return GuestInfos.architecture(packages);
    }
}
