package io.imagewright.source;

import java.nio.file.Path;

import io.imagewright.exec.Exec;
import io.imagewright.progress.Steps;

/**
 * What a medium is opened with.
 *
 * @param directory takes what is unpacked; made when it is needed, and nobody else's
 * @param steps report what is done
 * @param evenInUse whether a medium that a machine or the kernel uses is read with a warning, and not refused
 */
public record Opening(Path directory, Exec exec, Steps steps, boolean evenInUse) {}
