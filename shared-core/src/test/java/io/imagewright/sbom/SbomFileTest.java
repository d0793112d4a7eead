package io.imagewright.sbom;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imagewright.contents.Contents;
import io.imagewright.contents.DirectorySize;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.guest.packages.InstalledPackage;
import org.cyclonedx.Version;
import org.cyclonedx.exception.ParseException;
import org.cyclonedx.parsers.JsonParser;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

public class SbomFileTest {

    private static final SbomImage IMAGE = new SbomImage("web", "1.0", "ab12 cd34", 1_700_000_000L, "0.1.0");

    private static Facts facts(String id, String version) {
        return new Facts("linux", id, "The " + id, version, List.of(), List.of(), Map.of(), List.of());
    }

    /** The bill, which the schema allows. */
    private static JsonNode bill(Facts facts, InstalledPackage... packages) throws Exception {
        String text = SbomFile.text(IMAGE, facts, new Contents(List.of(packages), DirectorySize.NONE));
        List<ParseException> mistakes =
                new JsonParser().validate(text.getBytes(StandardCharsets.UTF_8), Version.VERSION_16);
        assertEquals(List.of(), mistakes);
        return new ObjectMapper().readTree(text);
    }

    private static JsonNode library(String id, String version, InstalledPackage each) throws Exception {
        return bill(facts(id, version), each).path("components").path(1);
    }

    private static InstalledPackage licensed(String kind, String licence) {
        return new InstalledPackage(kind, "a", "1-1", "all", licence, "", "", 0);
    }

    private static String purl(String id, String version, InstalledPackage each) throws Exception {
        return library(id, version, each).path("purl").asText();
    }

    @Test
    public void theImageHoldsItsSystem_andThatItsPackages() throws Exception {
        JsonNode bill = bill(
                facts("debian", "12"),
                new InstalledPackage("deb", "libc6", "2.36-9", "amd64", "", "glibc", "", 5),
                new InstalledPackage("deb", "libc6", "2.36-9", "i386", "", "glibc", "", 5));
        assertEquals("CycloneDX", bill.path("bomFormat").asText());
        assertEquals("1.6", bill.path("specVersion").asText());
        assertEquals("2023-11-14T22:13:20Z", bill.at("/metadata/timestamp").asText());
        assertEquals("web", bill.at("/metadata/component/name").asText());
        assertEquals("1.0", bill.at("/metadata/component/version").asText());
        assertEquals("imagewright", bill.at("/metadata/tools/components/0/name").asText());
        assertEquals("operating-system", bill.at("/components/0/type").asText());
        assertEquals("debian", bill.at("/components/0/name").asText());
        assertEquals("12", bill.at("/components/0/version").asText());
        assertEquals("The debian", bill.at("/components/0/description").asText());
        assertEquals(3, bill.path("components").size());
        assertEquals("image", bill.at("/dependencies/0/ref").asText());
        assertEquals("operating-system", bill.at("/dependencies/0/dependsOn/0").asText());
        assertEquals("operating-system", bill.at("/dependencies/1/ref").asText());
        assertEquals(2, bill.at("/dependencies/1/dependsOn").size());
        assertEquals(
                bill.at("/components/2/bom-ref").asText(),
                bill.at("/dependencies/1/dependsOn/1").asText());
    }

    @Test
    public void packageUrls_areThoseThatScannersKnow() throws Exception {
        assertEquals(
                "pkg:deb/debian/libstdc%2B%2B6@12.2.0-14%2Bb1?arch=amd64&distro=debian-12&upstream=gcc-12%4012.2.0-14",
                purl(
                        "debian",
                        "12",
                        new InstalledPackage(
                                "deb", "libstdc++6", "12.2.0-14+b1", "amd64", "", "gcc-12", "12.2.0-14", 0)));
        assertEquals(
                "pkg:rpm/fedora/tool-libs@3-1.fc39?arch=x86_64&distro=fedora-39&epoch=7&upstream=tool-1.0-1.fc39.src.rpm",
                purl(
                        "fedora",
                        "39",
                        new InstalledPackage("rpm", "tool-libs", "7:3-1.fc39", "x86_64", "", "tool", "1.0-1.fc39", 0)));
        assertEquals(
                "pkg:apk/alpine/musl-utils@1.2.4-r2?arch=x86_64&distro=alpine-3.18.4&upstream=musl",
                purl(
                        "alpine",
                        "3.18.4",
                        new InstalledPackage("apk", "musl-utils", "1.2.4-r2", "x86_64", "", "musl", "", 0)));
        assertEquals(
                "pkg:alpm/arch/pacman@6.0.2-8?arch=x86_64&distro=arch",
                purl("arch", "", new InstalledPackage("alpm", "pacman", "6.0.2-8", "x86_64", "", "pacman", "", 0)));
        assertEquals(
                "pkg:rpm/redhat/bash@5-1?arch=x86_64&distro=rhel-9.3",
                purl("rhel", "9.3", new InstalledPackage("rpm", "bash", "5-1", "x86_64", "", "bash", "", 0)));
        assertEquals(
                "pkg:rpm/opensuse/bash@5-1?distro=opensuse-leap-15.5",
                purl("opensuse-leap", "15.5", new InstalledPackage("rpm", "bash", "5-1", "", "", "", "", 0)));
    }

    @Test
    public void theSourcePackage_isWrittenAsTrivyLooksForIt() throws Exception {
        JsonNode properties = library(
                        "debian",
                        "12",
                        new InstalledPackage(
                                "deb", "libstdc++6", "12.2.0-14+b1", "amd64", "", "gcc-12", "1:12.2.0-14", 0))
                .path("properties");
        assertEquals("aquasecurity:trivy:SrcName", properties.at("/0/name").asText());
        assertEquals("gcc-12", properties.at("/0/value").asText());
        assertEquals("12.2.0", properties.at("/1/value").asText());
        assertEquals("14", properties.at("/2/value").asText());
        assertEquals("aquasecurity:trivy:SrcEpoch", properties.at("/3/name").asText());
        assertEquals("1", properties.at("/3/value").asText());
    }

    @Test
    public void licences_areThoseOfSpdx_whereTheyMeanTheSame() throws Exception {
        assertEquals(
                "[{\"license\":{\"id\":\"GPL-2.0-or-later\"}},{\"license\":{\"id\":\"MIT\"}},"
                        + "{\"license\":{\"id\":\"BSD-3-Clause\"}},{\"license\":{\"name\":\"public-domain\"}}]",
                licences(licensed("deb", "GPL-2+; Expat; BSD-3-clause; public-domain")));
        assertEquals("[{\"license\":{\"id\":\"LGPL-2.1-only\"}}]", licences(licensed("deb", "LGPL-2.1")));
        assertEquals(
                "[{\"expression\":\"GPL-3.0-or-later AND (MIT OR BSD-3-Clause)\"}]",
                licences(licensed("rpm", "GPL-3.0-or-later AND (MIT OR BSD-3-Clause)")));
        assertEquals(
                "[{\"license\":{\"name\":\"GPLv2+ and Redistributable\"}}]",
                licences(licensed("rpm", "GPLv2+ and Redistributable")));
        assertEquals("", licences(licensed("rpm", "")));
    }

    private static String licences(InstalledPackage each) throws Exception {
        return library("x", "1", each).path("licenses").toString();
    }

    @Test
    public void expressionsThatAreNone() {
        SpdxLicence spdx = SpdxLicence.load();
        for (String text :
                List.of("", "MIT MIT", "AND", "MIT AND", "(MIT", "MIT)", "()", ")MIT(", "MIT (OR MIT)", "((", "x")) {
            assertTrue(text, spdx.expression(text).isEmpty());
        }
        assertTrue(spdx.expression("(".repeat(600) + "MIT" + ")".repeat(600)).isEmpty());
        assertEquals("(MIT)", spdx.expression("( mit )").orElseThrow());
    }

    @Test
    public void nothingKnown_theSystemOnly() throws Exception {
        Facts windows =
                new Facts("windows", "windows", "Windows 10", "10.0", List.of(), List.of(), Map.of(), List.of());
        JsonNode bill = bill(windows);
        assertEquals(1, bill.path("components").size());
        assertEquals("windows", bill.at("/components/0/name").asText());
        assertEquals(0, bill(Facts.NONE).path("components").size());
    }

    @Test
    public void theSameImage_theSameBytes_anotherOneAnotherNumber() {
        Contents contents = new Contents(List.of(licensed("deb", "MIT")), DirectorySize.NONE);
        String text = SbomFile.text(IMAGE, facts("debian", "12"), contents);
        assertEquals(text, SbomFile.text(IMAGE, facts("debian", "12"), contents));
        assertTrue(text.endsWith("}\n"));
        assertFalse(text.contains("\r"));
        assertNotEquals(
                IMAGE.serialNumber(), new SbomImage("web", "1.0", "ab12 cd35", 1_700_000_000L, "").serialNumber());
    }

    @Test(timeout = 60_000)
    public void hostileNames_staySound() throws Exception {
        List<InstalledPackage> packages = new ArrayList<>();
        for (String name : List.of("a", "A", "../..", "%", "x y?z#q", "é\u0000\u001b[m", "@", "/", "\"")) {
            packages.add(new InstalledPackage("deb", name, "1:~^+ \n", "a&b=c", "MIT; <x>; ()", "s", "::", -1));
        }
        JsonNode bill = bill(facts("de bian/../x", "1&2"), packages.toArray(InstalledPackage[]::new));
        assertEquals(packages.size() + 1, bill.path("components").size());
        bill(facts("debian", ""), new InstalledPackage("rpm", "a", ":1", "", "", "a", ":-", 0));
    }
}
