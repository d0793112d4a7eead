package io.imagewright.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.imagewright.manifest.BuildRecord;
import io.imagewright.manifest.ContentSummary;
import io.imagewright.manifest.ImageManifest;
import org.jspecify.annotations.Nullable;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

public class ReportPageTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private static ImageManifest withSbom(String file) {
        return with(file, Images.manifest("web", "Debian").summary());
    }

    private static ImageManifest with(@Nullable String file, @Nullable ContentSummary summary) {
        ImageManifest plain = Images.manifest("web", "Debian");
        return new ImageManifest(
                plain.schema(),
                plain.name(),
                plain.version(),
                plain.requestSha256(),
                plain.tools(),
                plain.origin(),
                plain.labels(),
                plain.source(),
                plain.facts(),
                plain.properties(),
                plain.partitions(),
                plain.operations(),
                summary,
                plain.artifacts(),
                file,
                plain.published());
    }

    private String page(ImageManifest manifest) throws Exception {
        return ReportPage.of(folder.getRoot().toPath(), manifest);
    }

    private void put(String file, String text) throws Exception {
        Files.writeString(folder.getRoot().toPath().resolve(file), text);
    }

    @Test
    public void showsWhatTheManifestAndTheFilesBesideItRecord() throws Exception {
        Images.build("web", Images.tree()).write(folder.getRoot().toPath().resolve("web.build.json"));
        put("web-1.0-sbom.json", """
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "new": [{}], "components": [
                  {"type": "operating-system", "name": "debian-itself", "version": "12"},
                  {"type": "library", "name": "zlib1g", "version": "1:1.2.13", "purl": "pkg:deb/debian/zlib1g@1.2.13",
                   "licenses": [{"license": {"id": "Zlib"}}, {"license": {"name": "odd one"}}]},
                  {"type": "library", "name": "bash", "version": "5.2", "licenses": [{"expression": "GPL-3.0-or-later OR MIT"}]}, null]}
                """);
        String page = page(withSbom("web-1.0-sbom.json"));
        for (String text : List.of(
                "<h1>web <span class=\"version\">1.0</span></h1>",
                ">Debian<",
                ">8.0 GiB<",
                "71 % less than its source",
                "/usr/lib/x86_64-linux-gnu: 400.0 MiB in 1 file, 40.0 %",
                ">12.3 s<",
                ">27 ms<",
                "cleanup-log",
                ">9 files<",
                ">/var/log /var/log/apt<",
                "linux-image 6.1",
                "1 other operation found nothing to do.",
                "Zlib, odd one",
                "GPL-3.0-or-later OR MIT",
                "ab12".repeat(16))) {
            assertTrue(text + " in " + page, page.contains(text));
        }
        assertTrue(page.indexOf(">bash<") < page.indexOf(">zlib1g<"));
        assertFalse(page.contains("debian-itself"));
        assertEquals(page, page(withSbom("web-1.0-sbom.json")));
    }

    @Test
    public void saysWhatIsMissing() throws Exception {
        String page = page(with(null, null));
        assertTrue(page, page.contains("There is no record of the build beside the image."));
        assertTrue(page, page.contains("This image has no bill of materials."));
        assertFalse(page, page.contains("class=\"picture treemap\""));
        assertFalse(page, page.contains("Source, stored"));
        assertTrue(page, page.contains("Image, as a guest sees it"));
        assertTrue(page(withSbom("web-1.0-sbom.json")).contains("web-1.0-sbom.json is not beside the image."));
    }

    @Test
    public void withoutABuildRecordTheManifestShowsWhereTheBytesAre() throws Exception {
        String page = page(Images.manifest("web", "Debian"));
        assertTrue(page, page.contains("class=\"picture treemap\""));
        assertTrue(page, page.contains(">/usr: 900.0 MiB, 89.9 %<"));
        assertTrue(page, page.contains("2,000 files"));
    }

    @Test
    public void aBuildRecordOfAnotherVersionIsNotTaken() throws Exception {
        BuildRecord build = Images.build("web", Images.tree());
        new BuildRecord(
                        build.schema(),
                        "web",
                        "2.0",
                        build.started(),
                        build.seconds(),
                        build.steps(),
                        build.host(),
                        build.source(),
                        build.tree())
                .write(folder.getRoot().toPath().resolve("web.build.json"));
        String page = page(with(null, null));
        assertTrue(page, page.contains("is that of another version"));
        assertFalse(page, page.contains("picture treemap"));
    }

    @Test
    public void brokenFilesBesideItLeaveTheirPartOut() throws Exception {
        for (String broken :
                List.of("", "{}", "[1", "null", "{\"bomFormat\": \"SPDX\"}", "[".repeat(5000), "{\"components\": 7}")) {
            put("web.build.json", broken);
            put("web-1.0-sbom.json", broken);
            String page = page(withSbom("web-1.0-sbom.json"));
            assertTrue(broken, page.contains("The record of the build beside the image cannot be read."));
            assertTrue(broken, page.contains("The bill of materials web-1.0-sbom.json cannot be read."));
        }
    }

    @Test
    public void aFileElsewhereIsNotRead() throws Exception {
        Path outside = folder.newFolder("outside").toPath().resolve("sbom.json");
        Files.writeString(outside, """
                {"bomFormat": "CycloneDX", "components": [{"type": "library", "name": "from-outside"}]}""");
        assertFalse(page(withSbom("outside/sbom.json")).contains("from-outside"));
        assertFalse(page(withSbom(outside.toString())).contains("from-outside"));
        assertTrue(page(withSbom("../x")).contains("The bill of materials ../x is not beside the image."));
    }

    @Test
    public void namesAreEscapedEverywhere() {
        String evil = "<script>alert(1)</script>\" onload='x'";
        ImageManifest manifest = Images.manifest(evil, evil, List.of(Images.partition(1, 1, 9, evil)));
        String page = ReportPage.of(new ImageReport(
                manifest,
                Images.build(evil, Images.directory("", 1, Images.directory(evil, 1000))),
                "",
                List.of(new ReportedPackage(evil, evil, evil, evil)),
                ""));
        assertEquals(1, page.split("<script", -1).length - 1);
        assertFalse(page, page.contains("\" onload="));
        assertTrue(page, page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    }

    @Test
    public void asksTheNetworkForNothing() {
        String page = ReportPage.of(Images.report("web", "Debian"))
                .replace("http://www.w3.org/2000/svg", "")
                .replace("http-equiv", "");
        assertFalse(page, page.contains("http"));
        assertFalse(page, page.contains("url("));
        assertFalse(page, page.contains(" src="));
        assertTrue(page, page.contains("default-src &#39;none&#39;"));
    }
}
