package io.imagewright.spec;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.imagewright.spec.ImageDescription.EngineChoice;
import io.imagewright.spec.ImageDescription.Format;
import org.junit.Test;

import static io.imagewright.spec.Descriptions.mistake;
import static io.imagewright.spec.Descriptions.yaml;
import static io.imagewright.spec.Descriptions.yamlAt;
import static org.junit.Assert.assertEquals;

public class DescriptionLayersTest {

    private static final DescriptionTree NOTHING = DescriptionTree.empty(Origin.of("nothing"));

    private static DescriptionTree web(String... lines) {
        String[] all = new String[lines.length + 2];
        all[0] = "name: web";
        all[1] = "source: { media: web.qcow2 }";
        System.arraycopy(lines, 0, all, 2, lines.length);
        return yaml(all);
    }

    private static DescriptionTree db() {
        return yamlAt("db.yaml", "name: db", "source: { media: db.qcow2 }");
    }

    @Test
    public void eachLayerWinsOverTheOneBelow() {
        DescriptionTree file = web("engine: direct", "repair: true", "formats: [raw]", "size: 1GiB");
        DescriptionTree common = yamlAt("pom.xml", "engine: libguestfs", "repair: false", "formats: [diskdump]");
        DescriptionTree pom = yamlAt("pom.xml", "name: web", "engine: auto", "formats: [raw, qcow2]");
        DescriptionTree property = yamlAt("-Dimage.formats", "formats: diskdump");
        ImageDescription image = new DescriptionLayers(List.of(file), common, List.of(pom), property)
                .merged("default")
                .get("web")
                .describe();
        assertEquals(Long.valueOf(1L << 30), image.size());
        assertEquals(false, image.repair());
        assertEquals(EngineChoice.AUTO, image.engine());
        assertEquals(List.of(new Format("diskdump", Map.of(), null, null)), image.formats());
    }

    @Test
    public void anImageOfThePomMayBeNew() {
        Map<String, DescriptionTree> merged =
                new DescriptionLayers(List.of(web()), yaml("engine: direct"), List.of(db()), NOTHING).merged("default");
        assertEquals(List.of("web", "db"), List.copyOf(merged.keySet()));
        assertEquals(EngineChoice.DIRECT, merged.get("db").describe().engine());
        assertEquals(EngineChoice.DIRECT, merged.get("web").describe().engine());
    }

    @Test
    public void overridesGoToAllImages() {
        Map<String, DescriptionTree> merged =
                new DescriptionLayers(List.of(web()), NOTHING, List.of(db()), yaml("repair: true")).merged("default");
        merged.values().forEach(tree -> assertEquals(true, tree.describe().repair()));
    }

    @Test
    public void aSourceAloneMakesAnImage() {
        Map<String, DescriptionTree> merged = new DescriptionLayers(
                        List.of(), NOTHING, List.of(), yaml("source: { media: disk.raw }"))
                .merged("disk");
        assertEquals("disk", merged.get("disk").describe().name());
    }

    @Test
    public void aSingleImageNeedsNoName() {
        Map<String, DescriptionTree> merged = new DescriptionLayers(
                        List.of(), NOTHING, List.of(yaml("source: { media: disk.raw }")), NOTHING)
                .merged("artifact");
        assertEquals("artifact", merged.get("artifact").describe().name());
    }

    @Test
    public void isEmpty_whenNothingDescribesAnImage() {
        assertEquals(
                Map.of(), new DescriptionLayers(List.of(), yaml("engine: direct"), List.of(), NOTHING).merged("x"));
    }

    @Test
    public void refusesTwoImagesOfOneName() {
        assertEquals(
                "web.yaml line 1: name: two images are called web (the other one: web.yaml line 1). Rename one of them.",
                mistake(() -> new DescriptionLayers(List.of(web(), web()), NOTHING, List.of(), NOTHING).merged("x")));
        assertEquals(
                "web.yaml line 1: name: two images are called web (the other one: web.yaml line 1). Rename one of them.",
                mistake(() -> new DescriptionLayers(List.of(), NOTHING, List.of(web(), web()), NOTHING).merged("x")));
    }

    @Test
    public void refusesANamelessImageAmongSeveral() {
        assertEquals(
                "web.yaml line 1: images[1]: no name, and there are several images. Add a name.",
                mistake(() -> new DescriptionLayers(List.of(), NOTHING, List.of(db(), yaml("engine: direct")), NOTHING)
                        .merged("x")));
    }

    @Test
    public void refusesOneNameForSeveralImages() {
        assertEquals(
                "-Dimage.name line 1: name: one name cannot go to 2 images (web, db). Name them where they are described.",
                mistake(() -> new DescriptionLayers(
                                List.of(web(), db()), NOTHING, List.of(), yamlAt("-Dimage.name", "name: other"))
                        .merged("x")));
    }

    @Test
    public void filtersByName_andSuggestsOne() {
        List<String> names = List.of("web", "db");
        assertEquals(Set.of("db"), DescriptionLayers.filter(names, List.of("db"), "-Dimage.filter"));
        assertEquals(Set.of("web", "db"), DescriptionLayers.filter(names, List.of(), "-Dimage.filter"));
        assertEquals(
                "-Dimage.filter: there is no image 'wep'. Did you mean web? Images here: web, db.",
                mistake(() -> DescriptionLayers.filter(names, List.of("wep"), "-Dimage.filter")));
    }
}
