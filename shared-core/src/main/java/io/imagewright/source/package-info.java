/**
 * The media that a description names: disks as they are, compressed disks, and OVAs. What is packed is unpacked into the work directory and opened
 * from there.
 */
@NullMarked
package io.imagewright.source;

import org.jspecify.annotations.NullMarked;
