package io.imagewright.diff;

/**
 * How many files, and how many bytes.
 *
 * @param bytes of regular files: what came, what went, of changed files how many more there are now, of touched files what they hold
 */
public record Count(long files, long bytes) {

    /** Of no file. */
    static final Count NONE = new Count(0, 0);

    Count plus(long more) {
        return new Count(files + 1, sum(bytes, more));
    }

    /** Sparse files may claim more bytes than there are numbers. */
    private static long sum(long one, long other) {
        long sum = one + other;
        boolean wrapped = ((one ^ sum) & (other ^ sum)) < 0;
        return wrapped ? one < 0 ? Long.MIN_VALUE : Long.MAX_VALUE : sum;
    }
}
