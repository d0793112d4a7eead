/** Secrets that Jenkins keeps. Loaded only where the plugins credentials and plain-credentials are. */
@NullMarked
package io.imagewright.jenkins.credentials;

import org.jspecify.annotations.NullMarked;
