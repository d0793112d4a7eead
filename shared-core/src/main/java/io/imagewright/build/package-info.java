/** The order of a build: up-to-date check, guest job, outputs, the files beside them, manifest. */
@NullMarked
package io.imagewright.build;

import org.jspecify.annotations.NullMarked;
