/**
 * Disks as bytes: sparse files, partition tables (MBR with logical partitions, GPT), and the containers that qemu-img reads.
 */
@NullMarked
package io.imagewright.disk;

import org.jspecify.annotations.NullMarked;
