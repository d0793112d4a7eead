package io.imagewright.error;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** Why an operation on a file failed. Java's exceptions carry the reason in their type: the message of most is the path alone. */
public final class FileFailure {

    /** Entries of a directory that are looked at, and those that are named. */
    private static final int LOOKED_AT = 1000;

    private static final int NAMED = 5;

    private FileFailure() {}

    /** The reason without a full stop, with the file that it is about. */
    public static String reason(Throwable failure) {
        if (failure instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
            return reason(unchecked.getCause());
        }
        if (failure instanceof FileSystemException named && named.getFile() != null) {
            return printable(named.getFile()) + ": " + fileReason(named);
        }
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }

    /**
     * A file that cannot be read. When it does not exist, the message names what does.
     *
     * @param failure its path may differ from {@code file}, which may be a directory or a link
     */
    public static ImageException unreadable(ImageException.Kind kind, Path file, IOException failure) {
        if (failure instanceof NoSuchFileException missing && !Files.exists(file)) {
            return ImageException.of(kind, "Cannot read " + file, fileReason(missing), nearest(file), failure);
        }
        boolean isOther =
                failure instanceof FileSystemException named && !file.toString().equals(named.getFile());
        String reason = failure instanceof FileSystemException named && !isOther ? fileReason(named) : reason(failure);
        String next = failure instanceof AccessDeniedException
                ? "Give the user who runs this program permission to read it."
                : "Check the file and the disk that it is on.";
        return ImageException.of(kind, "Cannot read " + file, reason, next, failure);
    }

    /** What to try instead of a file that does not exist: a similar name beside it, else what its directory holds. */
    public static String nearest(Path file) {
        @Nullable Path directory = file.toAbsolutePath().normalize().getParent();
        if (directory == null) {
            return "Check the path.";
        }
        if (!Files.isDirectory(directory)) {
            Path there = directory;
            while (!Files.isDirectory(there) && there.getParent() != null) {
                there = there.getParent();
            }
            return "There is no directory " + directory + "; the nearest one is " + there + ".";
        }
        List<String> names = names(directory);
        Optional<String> similar = Suggestion.nearest(String.valueOf(file.getFileName()), names);
        if (similar.isPresent()) {
            return "Did you mean " + file.resolveSibling(similar.get()) + "?";
        }
        if (names.isEmpty()) {
            return "The directory " + directory + " is empty.";
        }
        String more = names.size() > NAMED ? " and others" : "";
        return "The directory " + directory + " holds "
                + names.stream().limit(NAMED).map(FileFailure::printable).collect(Collectors.joining(", "))
                + more + ".";
    }

    private static List<String> names(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.limit(LOOKED_AT)
                    .map(entry -> String.valueOf(entry.getFileName()))
                    .filter(name -> !name.startsWith(".") && name.equals(printable(name)))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException hidden) {
            return List.of();
        }
    }

    private static String fileReason(FileSystemException failure) {
        if (failure instanceof NoSuchFileException) {
            return "it does not exist";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "it exists already";
        }
        if (failure instanceof NotDirectoryException) {
            return "it is not a directory";
        }
        if (failure instanceof DirectoryNotEmptyException) {
            return "the directory is not empty";
        }
        String reason = failure.getReason();
        return reason == null || reason.isBlank()
                ? failure.getClass().getSimpleName().replace("Exception", "")
                : reason;
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
