/** What the plugin does without a Jenkins around it, and what its file holds. */
@NullMarked
package io.imagewright.jenkins;

import org.jspecify.annotations.NullMarked;
