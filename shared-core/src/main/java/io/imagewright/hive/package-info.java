/**
 * Registry hives of Windows, by libhivex: keys and values read, and edited into a new hive. A hive is checked before the library sees it.
 */
@NullMarked
package io.imagewright.hive;

import org.jspecify.annotations.NullMarked;
