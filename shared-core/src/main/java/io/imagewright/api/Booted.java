package io.imagewright.api;

import java.time.Duration;

import io.imagewright.exec.Accelerator;

/**
 * How a guest came up.
 *
 * @param after the start of the machine
 * @param awaited what came, in words
 * @param firmware that started it
 * @param accelerator that ran it
 */
public record Booted(Duration after, String awaited, Firmware firmware, Accelerator accelerator) {}
