/** Lists classes for the run time of Jenkins, while the plugin is compiled. */
@NullMarked
package io.imagewright.jenkins.symbol;

import org.jspecify.annotations.NullMarked;
