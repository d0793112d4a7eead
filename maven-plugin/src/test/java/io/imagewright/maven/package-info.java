/** Tests of the Maven plugin. */
package io.imagewright.maven;
