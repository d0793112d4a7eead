package io.imagewright.guest;

/**
 * A volume of the medium that is part of the guest's tree.
 *
 * @param point where it is mounted
 * @param partition number of the volume
 */
public record Mount(GuestPath point, int partition) {}
