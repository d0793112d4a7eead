import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs a program and prints on standard error the peak of the resident memory of it and all its descendants together, in MiB:
 * {@code peak <sum of RSS> <sum of PSS>}. RSS counts pages that processes share once for each, PSS once in all. Looks every 20 ms.
 */
final class PeakMemory {

    public static void main(String[] args) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(args)).inheritIO().start();
        long rss = 0;
        long pss = 0;
        while (process.isAlive()) {
            long[] sums = new long[2];
            Stream.concat(Stream.of(process.toHandle()), process.descendants()).forEach(handle -> add(handle, sums));
            rss = Math.max(rss, sums[0]);
            pss = Math.max(pss, sums[1]);
            Thread.sleep(20);
        }
        System.err.println("peak " + rss / 1024 + " " + pss / 1024);
        System.exit(process.exitValue());
    }

    private static void add(ProcessHandle handle, long[] sums) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + handle.pid() + "/smaps_rollup"))) {
                if (line.startsWith("Rss:")) {
                    sums[0] += kibibytes(line);
                } else if (line.startsWith("Pss:")) {
                    sums[1] += kibibytes(line);
                }
            }
        } catch (IOException e) {
            // the process ended in this moment
        }
    }

    private static long kibibytes(String line) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
    }
}
