package io.imagewright.guest.libguestfs;

/** Hears of the start of an appliance. */
public interface LaunchListener {

    /** Nobody listens. */
    LaunchListener NONE = new LaunchListener() {
        @Override
        public void waiting(String reason) {
            // nobody listens
        }

        @Override
        public void progress(long position, long total) {
            // nobody listens
        }
    };

    /** It must wait, as a sentence. */
    void waiting(String reason);

    /** It has come this far. */
    void progress(long position, long total);
}
