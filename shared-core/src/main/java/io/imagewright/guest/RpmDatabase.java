package io.imagewright.guest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * rpm's list of installed packages: in SQLite since rpm 4.16, as Fedora 33, RHEL 9 and their like have it. SUSE's ndb and the Berkeley DB of
 * older systems are told of, not read.
 *
 * <p>The database is read by {@link SqliteFile} and not by SQLite: what an image holds is hostile, nothing but the rows of one table is wanted of
 * a format that does not change, and a library in native code would find other facts, or none, where it is missing.
 */
final class RpmDatabase {

    private static final List<String> DIRECTORIES = List.of("/usr/lib/sysimage/rpm", "/var/lib/rpm");

    private static final String SQLITE = "/rpmdb.sqlite";

    private static final Map<String, String> OTHERS =
            new TreeMap<>(Map.of("/Packages.db", "ndb", "/Packages", "Berkeley DB"));

    /** Columns of the schema's table. */
    private static final int TYPE = 0;

    private static final int NAME = 1;
    private static final int ROOT_PAGE = 3;

    /** The column with the header. */
    private static final int HEADER = 1;

    private static final int MAX_NAME = 256;

    private final GuestFiles files;
    private final String path;

    private RpmDatabase(GuestFiles files, String path) {
        this.files = files;
        this.path = path;
    }

    /**
     * Adds the packages of the guest's database.
     *
     * @return why a database that is there is not read, for people; empty when it is, or when none is there
     */
    static Optional<String> read(GuestFiles files, PackageList packages, Consumer<String> warnings) {
        Optional<String> sqlite = DIRECTORIES.stream()
                .map(directory -> directory + SQLITE)
                .filter(files::exists)
                .findFirst();
        sqlite.ifPresent(path -> new RpmDatabase(files, path).read(packages, warnings));
        return sqlite.isPresent() ? Optional.empty() : other(files);
    }

    private static Optional<String> other(GuestFiles files) {
        for (String directory : DIRECTORIES) {
            for (Map.Entry<String, String> other : OTHERS.entrySet()) {
                if (files.exists(directory + other.getKey())) {
                    return Optional.of("the rpm database " + directory + other.getKey() + " is in the format "
                            + other.getValue() + ", which is not read");
                }
            }
        }
        return Optional.empty();
    }

    private void read(PackageList packages, Consumer<String> warnings) {
        files.open(path, SqliteFile.MAX_SIZE, database -> {
            if (isHalfWritten()) {
                throw GuestFiles.unreadable(path, "the system stopped in the middle of a change to it");
            }
            SqliteFile file = SqliteFile.open(database, files.content(path + "-wal"), path);
            SqliteTable table = new SqliteTable(file);
            Unreadable unreadable = new Unreadable();
            table.forEach(
                    packagesTable(file, table),
                    row -> RpmHeader.read(row.blobSize(HEADER), wanted -> row.blob(HEADER, wanted))
                            .ifPresentOrElse(header -> packages.add(header.name(), header.version()), unreadable));
            unreadable.tell(path, warnings);
        });
    }

    /** The page at which the packages start. */
    private long packagesTable(SqliteFile file, SqliteTable table) {
        long[] root = {0};
        table.forEach(1, row -> {
            if (row.text(TYPE, MAX_NAME).equals("table")
                    && row.text(NAME, MAX_NAME).equals("Packages")) {
                root[0] = row.number(ROOT_PAGE);
            }
        });
        if (root[0] == 0) {
            throw file.damaged("it holds no table of packages");
        }
        return root[0];
    }

    /** Whether a rollback journal, which SQLite empties or removes after each change, still has something to take back. */
    private boolean isHalfWritten() {
        byte[] start = new byte[1];
        return files.content(path + "-journal")
                .filter(journal -> journal.read(0, start) == 1 && start[0] != 0)
                .isPresent();
    }

    /** Counts headers that make no sense. */
    private static final class Unreadable implements Runnable {

        private int count;

        @Override
        public void run() {
            count++;
        }

        void tell(String path, Consumer<String> warnings) {
            if (count > 0) {
                warnings.accept(path + " of the guest: the headers of " + count + " packages make no sense (ignored).");
            }
        }
    }
}
