/** Tests of the front door and of the architecture. */
package io.imagewright;
