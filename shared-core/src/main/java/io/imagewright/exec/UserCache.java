package io.imagewright.exec;

import java.nio.file.Path;
import java.util.Map;

/** Where is kept what is found out once, and may be deleted at any time. */
public final class UserCache {

    private UserCache() {}

    /**
     * Of the user: {@code $XDG_CACHE_HOME/imagewright}, by default below {@code ~/.cache} (XDG Base Directory Specification: a relative path does
     * not count). It need not be there.
     */
    public static Path directory(Map<String, String> environment) {
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path base = cache.startsWith("/") ? Path.of(cache) : Path.of(System.getProperty("user.home"), ".cache");
        return base.resolve("imagewright");
    }
}
