/** Tests. */
@org.jspecify.annotations.NullMarked
package io.imagewright.target.directory;
