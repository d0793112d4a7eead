/**
 * The engine for every guest that Linux can mount: a small appliance machine of libguestfs works on the volumes. The only place that
 * knows libguestfs. It is bound by name, as its jar is the distribution's and not on Maven Central.
 */
@NullMarked
package io.imagewright.guest.libguestfs;

import org.jspecify.annotations.NullMarked;
