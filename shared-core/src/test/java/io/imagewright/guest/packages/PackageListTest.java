package io.imagewright.guest.packages;

import java.util.ArrayList;
import java.util.List;

import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

public class PackageListTest {

    @Test
    public void noMorePackagesAreKept_thanFit() {
        List<String> warnings = new ArrayList<>();
        PackageList packages = new PackageList(warnings::add);
        String version = "9".repeat(PackageList.MAX_LENGTH);
        for (int i = 0; i < PackageList.MAX_PACKAGES; i++) {
            packages.add(found("p" + i, version));
        }
        assertTrue(packages.versions().size() < PackageList.MAX_PACKAGES);
        assertEquals(List.of("The guest lists more packages than any system has; the rest is left out."), warnings);
        PackageList many = new PackageList(warnings::add);
        for (int i = 0; i < PackageList.MAX_PACKAGES + 5; i++) {
            many.add(found("p" + i, "1"));
        }
        assertEquals(PackageList.MAX_PACKAGES, many.versions().size());
        assertEquals(2, warnings.size());
        many.add(found("x".repeat(PackageList.MAX_LENGTH + 1), "1"));
        assertEquals("what is no name is no package too many", 2, warnings.size());
    }

    private static InstalledPackage found(String name, String version) {
        return new InstalledPackage("deb", name, version, "", "", "", "", 0);
    }
}
