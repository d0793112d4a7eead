/**
 * The process border of the guest job: starts the worker JVM, exchanges messages as JSON lines, supervises and ends it.
 */
@NullMarked
package io.imagewright.worker;

import org.jspecify.annotations.NullMarked;
