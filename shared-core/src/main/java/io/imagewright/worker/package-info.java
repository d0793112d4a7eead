/**
 * The guest job in a Java virtual machine of its own: its main class, its client, and the messages between them.
 */
@NullMarked
package io.imagewright.worker;

import org.jspecify.annotations.NullMarked;
