package io.imagewright.guest.inspect;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.imagewright.guest.packages.VersionOrder;

/**
 * KERNEL: the newest one, reference 1.5: by {@code /boot/config-*}; where no kernel has one, by the boot entries, the kernels'
 * own names, the packages and the modules. Arch's is its package's version.
 */
final class KernelFacts implements FactFinder {

    private static final String CONFIG = "config-";

    /** {@code vmlinuz-6.1.0}, but neither {@code vmlinuz-linux} nor a rescue kernel. */
    private static final Pattern IMAGE = Pattern.compile("(?:vmlinu[xz]|kernel|Image)-(?=\\d)(?!0-rescue)");

    private static final Pattern MODULES = Pattern.compile("\\d+\\.\\d.*");

    private interface Source {
        Stream<String> versions(Clues clues);
    }

    private static final Source PACKAGES = clues -> KernelPackages.versions(clues.packages());

    private static final List<Source> SOURCES = List.of(
            KernelFacts::configurations,
            clues -> BootEntries.kernels(clues.files()),
            KernelFacts::images,
            PACKAGES,
            KernelFacts::modules);

    @Override
    public void find(Clues clues, Findings findings) {
        boolean arch = clues.identity().distribution().startsWith("arch");
        Optional<String> kernel = Stream.concat(arch ? Stream.of(PACKAGES) : Stream.of(), SOURCES.stream())
                .flatMap(source -> source.versions(clues).max(VersionOrder.INSTANCE).stream())
                .findFirst();
        kernel.ifPresent(version -> findings.property("KERNEL", version));
    }

    private static Stream<String> configurations(Clues clues) {
        return boot(clues)
                .filter(name -> name.startsWith(CONFIG) && name.length() > CONFIG.length())
                .map(name -> name.substring(CONFIG.length()));
    }

    private static Stream<String> images(Clues clues) {
        return boot(clues)
                .filter(name -> IMAGE.matcher(name).lookingAt())
                .map(name -> name.substring(name.indexOf('-') + 1));
    }

    private static Stream<String> modules(Clues clues) {
        return Stream.of("/usr/lib/modules", "/lib/modules")
                .flatMap(directory -> clues.files().list(directory).stream())
                .filter(entry -> entry.stat().isDirectory())
                .map(entry -> entry.path().name())
                .filter(name -> MODULES.matcher(name).matches());
    }

    private static Stream<String> boot(Clues clues) {
        return clues.files().list("/boot").stream().map(entry -> entry.path().name());
    }
}
