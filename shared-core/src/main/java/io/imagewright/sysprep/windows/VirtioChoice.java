package io.imagewright.sysprep.windows;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

import io.imagewright.guest.inspect.WindowsSystem;
import io.imagewright.guest.inspect.WindowsVersion;

/** Which of many drivers a Windows gets: of each the one for its architecture whose lowest version is the highest that it has. */
final class VirtioChoice {

    private static final int SERVER_2019 = 17763;
    private static final int SERVER_2022 = 20348;
    private static final int SERVER_2025 = 26100;
    private static final int WINDOWS_11 = 22000;

    private final WindowsVersion version;
    private final String architecture;
    private final List<String> folders;

    VirtioChoice(WindowsSystem system) {
        this.version = system.version();
        this.architecture = system.architecture();
        this.folders = folders(version, system.product().contains("Server"));
    }

    /** By name; warns of those that are not complete. */
    SortedMap<String, VirtioDriver> of(List<VirtioDriver> all, Consumer<String> warnings) {
        SortedMap<String, VirtioDriver> chosen = new TreeMap<>();
        Comparator<VirtioDriver> better = Comparator.comparing(VirtioDriver::target)
                .thenComparing(driver -> driver.places().stream().anyMatch(folders::contains))
                .thenComparing(driver -> sortable(driver.version()));
        for (VirtioDriver driver : all) {
            if (driver.target().isFor(architecture, version) && isComplete(driver, warnings)) {
                chosen.merge(driver.name(), driver, (a, b) -> better.compare(b, a) > 0 ? b : a);
            }
        }
        return chosen;
    }

    private static boolean isComplete(VirtioDriver driver, Consumer<String> warnings) {
        if (driver.catalog().isEmpty()) {
            warnings.accept("Ignoring " + driver.inf().getFileName() + ". CatalogFile entry missing.");
            return false;
        }
        if (driver.file(driver.catalog()).isEmpty()) {
            warnings.accept(
                    "Ignoring " + driver.inf().getFileName() + ". Catalog File " + driver.catalog() + " not found.");
            return false;
        }
        return true;
    }

    /** {@code 06/21/2023,100.93.104.24000} in an order of text: each number of the version in six digits. */
    private static String sortable(String driverVersion) {
        String numbers = driverVersion.substring(driverVersion.indexOf(',') + 1).strip();
        List<String> padded = new ArrayList<>();
        for (String number : numbers.split("\\.", -1)) {
            padded.add("0".repeat(Math.max(0, 6 - number.length())) + number);
        }
        return String.join(".", padded);
    }

    /** What virtio-win calls the folder for a system. */
    private static List<String> folders(WindowsVersion version, boolean server) {
        return switch (version.toString()) {
            case "6.1" -> server ? List.of("2k8r2", "win2008r2") : List.of("w7", "win7");
            case "6.2" -> server ? List.of("2k12", "win2012") : List.of("w8", "win8");
            case "6.3" -> server ? List.of("2k12r2", "win2012r2") : List.of("w8.1", "win8.1");
            default -> server ? serverFolder(version.build()) : List.of(version.build() >= WINDOWS_11 ? "w11" : "w10");
        };
    }

    private static List<String> serverFolder(int build) {
        if (build >= SERVER_2025) {
            return List.of("2k25");
        }
        return List.of(build >= SERVER_2022 ? "2k22" : build >= SERVER_2019 ? "2k19" : "2k16");
    }
}
