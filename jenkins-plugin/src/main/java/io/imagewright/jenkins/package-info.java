/**
 * The Jenkins plugin: build steps, pipeline steps, and the pages that show images. The work is done on the agent, by the command line that the plugin
 * carries; only texts cross the line. What needs the pipeline or the credentials plugin is in packages of its own, which are loaded where these
 * plugins are.
 */
@NullMarked
package io.imagewright.jenkins;

import org.jspecify.annotations.NullMarked;
