package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchUnitRunner;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;
import org.junit.runner.RunWith;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/** Verifies the table of rooms, which of them may use which, and that names are distinct. A new room is a new line here, with a reason in the review. */
@RunWith(ArchUnitRunner.class)
@AnalyzeClasses(packages = ArchitectureTest.BASE, importOptions = ImportOption.DoNotIncludeTests.class)
public class ArchitectureTest {

    static final String BASE = "io.imagewright";

    /** The front door, which may use all. */
    private static final String ROOT = "";

    /** Rooms that all others may use. */
    private static final Set<String> OPEN = Set.of("error", "spec", "progress", "exec");

    /** Rooms that front ends may use, beside the front door. */
    private static final Set<String> FOR_FRONT_ENDS = Set.of("api", "spec", "progress", "error");

    /** Their modules, and the package of each. */
    private static final Map<String, String> FRONT_ENDS =
            Map.of("cli", "cli", "maven-plugin", "maven", "jenkins-plugin", "jenkins");

    /** Which rooms a room may use, beside the open ones and what those rooms may use in their turn. Packages below a room belong to it. */
    private static final Map<String, Set<String>> TABLE = Map.ofEntries(
            Map.entry("error", Set.of()),
            Map.entry("spec", Set.of("error")),
            Map.entry("progress", Set.of("error")),
            Map.entry("exec", Set.of("error")),
            Map.entry("api", Set.of("guest.inspect", "manifest")),
            Map.entry("disk", Set.of()),
            Map.entry("staging", Set.of("disk")),
            Map.entry("doctor", Set.of("api", "guest.libguestfs", "format")),
            Map.entry("finished", Set.of("api", "staging", "format", "report", "diff", "boot", "signature")),
            Map.entry("build", Set.of("finished", "worker", "sbom")),
            Map.entry("compress", Set.of()),
            Map.entry("source", Set.of("disk", "checksum", "compress", "source.tree", "assemble")),
            Map.entry("source.tree", Set.of("compress", "checksum", "archive")),
            Map.entry("assemble", Set.of("source.tree", "guest.direct", "guest.packages")),
            Map.entry("hive", Set.of()),
            Map.entry("guest", Set.of("disk", "hive")),
            Map.entry("guest.packages", Set.of("guest")),
            Map.entry("guest.inspect", Set.of("guest.packages")),
            Map.entry("guest.direct", Set.of("guest")),
            Map.entry("guest.libguestfs", Set.of("api", "guest")),
            Map.entry("sysprep", Set.of("guest.inspect")),
            Map.entry("customise", Set.of("guest.inspect")),
            Map.entry("shrink", Set.of("guest.inspect")),
            Map.entry("contents", Set.of("guest.inspect")),
            Map.entry("archive", Set.of("guest.inspect")),
            Map.entry(
                    "job",
                    Set.of(
                            "source",
                            "guest.direct",
                            "guest.libguestfs",
                            "sysprep",
                            "customise",
                            "shrink",
                            "checksum",
                            "contents",
                            "archive")),
            Map.entry("worker", Set.of("job")),
            Map.entry("format", Set.of("disk", "checksum")),
            Map.entry("checksum", Set.of()),
            Map.entry("manifest", Set.of("guest.inspect", "checksum", "contents")),
            Map.entry("sbom", Set.of("contents")),
            Map.entry("markup", Set.of()),
            Map.entry("report", Set.of("api", "manifest", "markup")),
            Map.entry("diff", Set.of("api", "contents", "manifest", "markup")),
            Map.entry("boot", Set.of("api", "disk")),
            Map.entry("signature", Set.of("api")),
            Map.entry("publish", Set.of("finished", "target.directory")),
            Map.entry("target", Set.of("manifest", "checksum")),
            Map.entry("target.directory", Set.of("target")));

    @ArchTest
    static final ArchRule roomsUseOnlyWhatTheTableAllows = classes()
            .should(condition("keep to the table", (type, events) -> {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    if (isOurs(target) && !mayUse(room(type), room(target))) {
                        events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                    }
                }
            }));

    @ArchTest
    static final ArchRule errorUsesNothing = noClasses()
            .that()
            .resideInAPackage(BASE + ".error..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(BASE + ".error..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule noCycles = slices().matching(BASE + ".(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule knowsNoFrontEnd = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.maven..", "hudson..", "jenkins..", "picocli..");

    @ArchTest
    static final ArchRule publicTypesSpeakOfTheJdkAndOurselvesOnly = classes()
            .that()
            .arePublic()
            .should(condition("have only JDK types and own types in public signatures", (type, events) -> {
                Set<JavaClass> seen = new HashSet<>();
                type.getRawSuperclass().ifPresent(seen::add);
                seen.addAll(type.getRawInterfaces());
                Stream.concat(type.getCodeUnits().stream(), type.getFields().stream())
                        .filter(ArchitectureTest::isVisible)
                        .forEach(member -> seen.addAll(typesOf(member)));
                seen.stream()
                        .map(JavaClass::getBaseComponentType)
                        .filter(other -> !other.isPrimitive()
                                && !isOurs(other)
                                && !other.getPackageName().startsWith("java."))
                        .forEach(other -> events.add(SimpleConditionEvent.violated(
                                type, type.getName() + " shows " + other.getName() + " to its users")));
            }));

    @ArchTest
    static final ArchRule everyPackageSaysWhatItIsFor = classes()
            .should(condition("be in a package with a null-marked package-info", (type, events) -> {
                if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(
                            SimpleConditionEvent.violated(type, type.getPackageName() + " has no package-info.java"));
                }
            }));

    /** Reads the sources, as this module's class path has neither the command line nor the plugins. */
    @ArchTest
    static void simpleNamesAreDistinctOverAllModules(JavaClasses classes) throws IOException {
        Map<String, List<Path>> named = new TreeMap<>();
        for (String module : List.of("shared-core", "cli", "maven-plugin", "jenkins-plugin")) {
            for (Path file : sources(module)) {
                named.computeIfAbsent(file.getFileName().toString(), name -> new ArrayList<>())
                        .add(file);
            }
        }
        assertTrue(
                "found the sources",
                named.size()
                        > classes.stream().filter(JavaClass::isTopLevelClass).count() / 2);
        named.values().removeIf(files -> files.size() == 1);
        assertEquals("simple names of several classes", Map.of(), named);
    }

    /** Reads the sources, too. */
    @ArchTest
    static void frontEndsUseTheFacadesAlone(JavaClasses classes) throws IOException {
        Pattern use = Pattern.compile("\\bio\\.imagewright\\.([a-z]+)");
        Map<String, Set<String>> used = new TreeMap<>();
        for (Map.Entry<String, String> frontEnd : FRONT_ENDS.entrySet()) {
            for (Path file : sources(frontEnd.getKey())) {
                Matcher matcher = use.matcher(Files.readString(file));
                while (matcher.find()) {
                    String room = matcher.group(1);
                    if (!room.equals(frontEnd.getValue()) && !FOR_FRONT_ENDS.contains(room)) {
                        used.computeIfAbsent(room, name -> new TreeSet<>()).add(file.toString());
                    }
                }
            }
        }
        assertEquals("what front ends use beside the facades", Map.of(), used);
    }

    /** Of a module, but its package-info. */
    private static List<Path> sources(String module) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("..", module, "src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
                    .toList();
        }
    }

    private static boolean mayUse(String user, String used) {
        return user.equals(ROOT)
                || user.equals(used)
                || (!user.equals("error") && OPEN.contains(used))
                || TABLE.get(user).stream().anyMatch(allowed -> mayUse(allowed, used));
    }

    /** The longest room that the class's package is or lies below. */
    private static String room(JavaClass type) {
        String name = type.getPackageName().substring(BASE.length()).replaceFirst("^\\.", "");
        while (!name.equals(ROOT) && !TABLE.containsKey(name)) {
            int dot = name.lastIndexOf('.');
            if (dot < 0) {
                throw new AssertionError("package " + type.getPackageName() + " is in no room of the table");
            }
            name = name.substring(0, dot);
        }
        return name;
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().equals(BASE) || type.getPackageName().startsWith(BASE + ".");
    }

    private static boolean isVisible(JavaMember member) {
        Set<JavaModifier> modifiers = member.getModifiers();
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static Set<JavaClass> typesOf(JavaMember member) {
        if (member instanceof JavaField field) {
            return field.getType().getAllInvolvedRawTypes();
        }
        JavaCodeUnit unit = (JavaCodeUnit) member;
        Stream<JavaClass> signature = Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream())
                .flatMap(type -> type.getAllInvolvedRawTypes().stream());
        return Stream.concat(signature, unit.getExceptionTypes().stream()).collect(Collectors.toSet());
    }

    private interface Check {
        void check(JavaClass type, ConditionEvents events);
    }

    private static ArchCondition<JavaClass> condition(String text, Check check) {
        return new ArchCondition<>(text) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                check.check(type, events);
            }
        };
    }
}
