package io.imagewright.guest.packages;

import java.util.List;
import java.util.function.Consumer;

import io.imagewright.guest.FileContent;
import io.imagewright.guest.GuestFiles;

/**
 * rpm's list of installed packages: in SQLite since rpm 4.16, as Fedora 33, RHEL 9 and their like have it; in Berkeley DB before; SUSE's in rpm's own ndb.
 *
 * <p>The databases are read here and not by their libraries: what an image holds is hostile, nothing but the values of one table is wanted of
 * formats that do not change, and a library in native code would find other facts, or none, where it is missing.
 */
final class RpmDatabase {

    private static final List<String> DIRECTORIES = List.of("/usr/lib/sysimage/rpm", "/var/lib/rpm");

    private static final String SQLITE = "/rpmdb.sqlite";

    private static final String NDB = "/Packages.db";

    private static final String BERKELEY = "/Packages";

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

    /** Adds the packages of the guest's database: of several, as a change of the format leaves them, the newest format's. */
    static void read(GuestFiles files, PackageList packages, Consumer<String> warnings) {
        for (String format : List.of(SQLITE, NDB, BERKELEY)) {
            for (String directory : DIRECTORIES) {
                if (files.exists(directory + format)) {
                    new RpmDatabase(files, directory + format).read(format, packages, warnings);
                    return;
                }
            }
        }
    }

    private void read(String format, PackageList packages, Consumer<String> warnings) {
        Unreadable unreadable = new Unreadable();
        RpmBlobs headers = (size, first) ->
                RpmHeader.read(size, first).ifPresentOrElse(header -> packages.add(header.installed()), unreadable);
        files.open(path, SqliteFile.MAX_SIZE, database -> {
            switch (format) {
                case NDB -> NdbFile.read(database, path, headers);
                case BERKELEY -> BerkeleyHash.read(database, path, headers);
                default -> sqlite(database, headers);
            }
            unreadable.warn(path, warnings);
        });
    }

    private void sqlite(FileContent database, RpmBlobs headers) {
        if (isHalfWritten()) {
            throw GuestFiles.unreadable(path, "the system stopped in the middle of a change to it");
        }
        SqliteFile file = SqliteFile.open(database, files.content(path + "-wal"), path);
        SqliteTable table = new SqliteTable(file);
        table.forEach(
                packagesTable(file, table),
                row -> headers.take(row.blobSize(HEADER), wanted -> row.blob(HEADER, wanted)));
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

        void warn(String path, Consumer<String> warnings) {
            if (count > 0) {
                warnings.accept(path + " of the guest: the headers of " + count + " packages make no sense (ignored).");
            }
        }
    }
}
