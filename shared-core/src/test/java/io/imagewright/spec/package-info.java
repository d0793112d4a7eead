/** Tests of the image description. */
package io.imagewright.spec;
