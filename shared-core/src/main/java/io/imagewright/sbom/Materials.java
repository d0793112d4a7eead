package io.imagewright.sbom;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.imagewright.guest.inspect.Facts;
import io.imagewright.guest.packages.InstalledPackage;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Dependency;
import org.cyclonedx.model.License;
import org.cyclonedx.model.LicenseChoice;
import org.cyclonedx.model.Metadata;
import org.cyclonedx.model.Property;
import org.cyclonedx.model.license.Expression;
import org.cyclonedx.model.metadata.ToolInformation;

/**
 * Puts a bill of materials together: the image holds an operating system, and that its packages. Source packages are written as scanners look for
 * them: in the package URL, and in trivy's properties.
 */
final class Materials {

    /** What trivy's properties begin with; see the "CycloneDX properties" of its documentation. */
    private static final String TRIVY = "aquasecurity:trivy:";

    private static final String IMAGE = "image";
    private static final String SYSTEM = "operating-system";

    private final SbomImage image;
    private final Facts facts;
    private final PackageUrls urls;
    private final SpdxLicence spdx = SpdxLicence.load();

    /** References must differ, though names may be the same but for their case, which package URLs do not distinguish. */
    private final Set<String> taken = new HashSet<>(Set.of(IMAGE, SYSTEM));

    private final Map<String, Integer> wanted = new HashMap<>();

    Materials(SbomImage image, Facts facts) {
        this.image = image;
        this.facts = facts;
        this.urls = new PackageUrls(facts);
    }

    Bom of(List<InstalledPackage> packages) {
        Bom bom = new Bom();
        bom.setSerialNumber(image.serialNumber());
        bom.setMetadata(metadata());
        Optional<Component> system = system();
        List<Component> libraries = packages.stream().map(this::library).toList();
        List<Component> all = new ArrayList<>(system.stream().toList());
        all.addAll(libraries);
        bom.setComponents(all);
        List<Dependency> dependencies = new ArrayList<>();
        system.ifPresent(os -> dependencies.add(dependency(IMAGE, List.of(os))));
        dependencies.add(dependency(system.isPresent() ? SYSTEM : IMAGE, libraries));
        bom.setDependencies(dependencies);
        return bom;
    }

    private static Dependency dependency(String of, List<Component> on) {
        Dependency dependency = new Dependency(of);
        on.forEach(component -> dependency.addDependency(new Dependency(component.getBomRef())));
        return dependency;
    }

    /** The image is called a container, which is CycloneDX' word for the disk of a virtual machine, too: of operating systems scanners take one. */
    private Metadata metadata() {
        Metadata metadata = new Metadata();
        metadata.setTimestamp(Date.from(Instant.ofEpochSecond(image.timestamp())));
        Component tool = component(Component.Type.APPLICATION, "imagewright", image.tool());
        ToolInformation tools = new ToolInformation();
        tools.setComponents(List.of(tool));
        metadata.setToolChoice(tools);
        Component component = component(Component.Type.CONTAINER, image.name(), image.version());
        component.setBomRef(IMAGE);
        metadata.setComponent(component);
        return metadata;
    }

    private Optional<Component> system() {
        boolean known = !facts.distribution().isEmpty() && !facts.distribution().equals("unknown");
        String name = known ? facts.distribution() : facts.osFamily();
        if (name.isEmpty() || name.equals("unknown")) {
            return Optional.empty();
        }
        Component system = component(Component.Type.OPERATING_SYSTEM, name, facts.version());
        system.setBomRef(SYSTEM);
        if (!facts.product().isEmpty()) {
            system.setDescription(facts.product());
        }
        return Optional.of(system);
    }

    private Component library(InstalledPackage each) {
        Component library = component(Component.Type.LIBRARY, each.name(), each.version());
        String url = urls.of(each);
        if (!url.isEmpty()) {
            library.setPurl(url);
        }
        library.setBomRef(reference(url.isEmpty() ? each.kind() + ":" + each.name() : url));
        licences(each).ifPresent(library::setLicenses);
        if (!each.source().isEmpty()) {
            SourceVersion source = SourceVersion.of(each);
            property(library, "SrcName", each.source());
            property(library, "SrcVersion", source.version());
            property(library, "SrcRelease", source.release());
            property(library, "SrcEpoch", source.epoch());
        }
        return library;
    }

    private String reference(String name) {
        String reference = name;
        while (!taken.add(reference)) {
            reference = name + "#" + wanted.merge(name, 1, Integer::sum);
        }
        return reference;
    }

    private Optional<LicenseChoice> licences(InstalledPackage each) {
        List<String> words = List.of(each.licence().split(InstalledPackage.SEPARATOR, -1)).stream()
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
        if (words.isEmpty()) {
            return Optional.empty();
        }
        LicenseChoice choice = new LicenseChoice();
        Optional<String> expression = words.size() == 1 ? spdx.expression(words.get(0)) : Optional.empty();
        if (expression.filter(text -> text.contains(" ")).isPresent()) {
            choice.setExpression(new Expression(expression.get()));
        } else {
            words.forEach(word -> choice.addLicense(licence(word)));
        }
        return Optional.of(choice);
    }

    private License licence(String word) {
        License licence = new License();
        spdx.identifier(word).ifPresentOrElse(licence::setId, () -> licence.setName(word));
        return licence;
    }

    private static Component component(Component.Type type, String name, String version) {
        Component component = new Component();
        component.setType(type);
        component.setName(name);
        if (!version.isEmpty()) {
            component.setVersion(version);
        }
        return component;
    }

    private static void property(Component component, String name, String value) {
        if (!value.isEmpty()) {
            component.addProperty(new Property(TRIVY + name, value));
        }
    }
}
