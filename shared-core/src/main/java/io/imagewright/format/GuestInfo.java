package io.imagewright.format;

/**
 * What writers may know of the guest.
 *
 * @param architecture as container images call it, Go's {@code GOARCH}: {@code amd64}, {@code arm64} ...
 * @param osFamily as container images call it, Go's {@code GOOS}: {@code linux}, {@code windows}, {@code freebsd} ...
 * @param timestamp seconds since the epoch for whatever is dated
 * @param name the image's
 * @param version the image's
 */
public record GuestInfo(String architecture, String osFamily, long timestamp, String name, String version) {}
