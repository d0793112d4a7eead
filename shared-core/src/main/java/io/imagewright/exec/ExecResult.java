package io.imagewright.exec;

/**
 * How a program ended.
 *
 * @param exitCode its exit code
 * @param stdout what it printed, the first part when there was more than {@link Exec} keeps
 * @param stderr the same of its diagnostics
 */
public record ExecResult(int exitCode, String stdout, String stderr) {}
