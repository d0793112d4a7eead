package io.imagewright.guest.libguestfs;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Map;

import io.imagewright.error.ImageException;
import org.jspecify.annotations.Nullable;

/** A handle of libguestfs, its methods called by name ({@code guestfs(3)}, {@code guestfs-java(3)}). For one thread at a time. */
final class Guestfs implements AutoCloseable {

    private static final String CLASS = "com.redhat.et.libguestfs.GuestFS";
    private static final String EVENTS = "com.redhat.et.libguestfs.EventCallback";

    /** The native library goes into one class loader of a JVM and stays there. */
    private static @Nullable Class<?> loaded;

    private final Object handle;

    private Guestfs(Object handle) {
        this.handle = handle;
    }

    /** @throws ImageException ENVIRONMENT when the classes or the library cannot be loaded */
    static synchronized Guestfs create(GuestfsFiles files) {
        try {
            Class<?> type = loaded;
            if (type == null) {
                type = Class.forName(CLASS, true, new Loader(files));
                loaded = type;
            }
            Constructor<?> constructor = type.getConstructor();
            return new Guestfs(constructor.newInstance());
        } catch (InvocationTargetException failure) {
            throw unusable(files, failure.getTargetException());
        } catch (ReflectiveOperationException | LinkageError | IOException failure) {
            throw unusable(files, failure);
        }
    }

    private static ImageException unusable(GuestfsFiles files, Throwable reason) {
        return ImageException.of(
                ImageException.Kind.ENVIRONMENT,
                "Cannot use the engine libguestfs",
                files.jar() + " with " + files.library() + " cannot be loaded: " + reason.getMessage(),
                "Install the packages libguestfs-java and libguestfs0 of one version.",
                reason);
    }

    /** Finds the native library beside the classes, wherever the JVM looks for libraries. */
    private static final class Loader extends URLClassLoader {

        private final GuestfsFiles files;

        Loader(GuestfsFiles files) throws IOException {
            super(new URL[] {files.jar().toUri().toURL()}, ClassLoader.getPlatformClassLoader());
            this.files = files;
        }

        @Override
        protected @Nullable String findLibrary(String name) {
            return name.equals("guestfs_jni") ? files.library().toString() : null;
        }
    }

    void setBackend(String backend) {
        call("set_backend", new Class<?>[] {String.class}, backend);
    }

    void setBackendSetting(String name, String value) {
        call("set_backend_setting", new Class<?>[] {String.class, String.class}, name, value);
    }

    void setTemporaryDirectory(String directory) {
        call("set_tmpdir", new Class<?>[] {String.class}, directory);
    }

    /** Where the appliance is kept that supermin makes. */
    void setCacheDirectory(String directory) {
        call("set_cachedir", new Class<?>[] {String.class}, directory);
    }

    /** @param mebibytes memory of the appliance */
    void setMemory(int mebibytes) {
        call("set_memsize", new Class<?>[] {int.class}, mebibytes);
    }

    void setProcessors(int count) {
        call("set_smp", new Class<?>[] {int.class}, count);
    }

    /** Adds a raw drive. Written data need not survive a crash of this machine: it is a working copy. */
    void addDrive(String file, boolean readOnly, String label) {
        call(
                "add_drive",
                new Class<?>[] {String.class, Map.class},
                file,
                readOnly
                        ? Map.of("format", "raw", "readonly", true, "label", label)
                        : Map.of("format", "raw", "label", label, "cachemode", "unsafe", "discard", "besteffort"));
    }

    /** How far a long call is. */
    interface Progress {

        /** The call has come this far. */
        void at(long position, long total);
    }

    /** Hears of long calls, the start of the appliance among them; a listener of libguestfs must not throw. */
    void onProgress(Progress listener) {
        try {
            Class<?> type = handle.getClass();
            Class<?> callback = Class.forName(EVENTS, true, type.getClassLoader());
            Object proxy = Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {callback}, (self, method, arguments) -> {
                        // event(long event, int handle, String buffer, long[] array), the array of procedure, serial,
                        // position and total
                        if (arguments != null
                                && arguments.length == 4
                                && arguments[3] instanceof long[] numbers
                                && numbers.length == 4) {
                            listener.at(numbers[2], numbers[3]);
                        }
                        return null;
                    });
            long event = type.getField("EVENT_PROGRESS").getLong(null);
            call("set_event_callback", new Class<?>[] {callback, long.class}, proxy, event);
        } catch (ReflectiveOperationException without) {
            throw unknown("set_event_callback", without);
        }
    }

    void launch() {
        call("launch", new Class<?>[] {});
    }

    /** Runs a command line with the appliance's shell and gives what it printed. */
    String shell(String commandLine) {
        return String.valueOf(
                call("debug", new Class<?>[] {String.class, String[].class}, "sh", new String[] {commandLine}));
    }

    /** Mounts what the appliance has at {@code /sysroot} on a directory of this machine, through FUSE. */
    void mountLocal(String directory) {
        call("mount_local", new Class<?>[] {String.class, Map.class}, directory, Map.of());
    }

    /** Serves that mount until somebody ends it with fusermount(1): the library's own call would wait for this one to return. */
    void serveMount() {
        call("mount_local_run", new Class<?>[] {});
    }

    /** Ends the appliance in an orderly way: everything is written. */
    void shutdown() {
        call("shutdown", new Class<?>[] {});
    }

    /** Lets go of the handle; an appliance that still runs is killed. */
    @Override
    public void close() {
        call("close", new Class<?>[] {});
    }

    private @Nullable Object call(String name, Class<?>[] types, Object... arguments) {
        try {
            return handle.getClass().getMethod(name, types).invoke(handle, arguments);
        } catch (InvocationTargetException failure) {
            throw new GuestfsFailure(
                    name, String.valueOf(failure.getTargetException().getMessage()));
        } catch (ReflectiveOperationException other) {
            throw unknown(name, other);
        }
    }

    private static ImageException unknown(String name, ReflectiveOperationException reason) {
        return ImageException.of(
                ImageException.Kind.ENVIRONMENT,
                "Cannot use the engine libguestfs",
                "this libguestfs has no " + name + "; version 1.40 or later is needed",
                "Install a newer package libguestfs-java.",
                reason);
    }
}
