package io.imagewright.jenkins;

import java.util.Optional;
import java.util.regex.Pattern;

import hudson.util.FormValidation;

/** Looks at what is written into forms; no file and no network is asked. */
public final class Checks {

    private static final Pattern WORDS = Pattern.compile("[A-Za-z0-9._,\\s-]*");
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,19} ?([KMGT](iB)?)?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,99}");

    private Checks() {}

    public static FormValidation absolutePath(String value) {
        String text = FormTexts.trimmed(value);
        return text.isEmpty() || text.startsWith("/")
                ? FormValidation.ok()
                : FormValidation.error(Messages.of("check.absolutePath"));
    }

    /** Something to work on. */
    public static FormValidation file(String file, String source) {
        boolean none =
                FormTexts.trimmed(file).isEmpty() && FormTexts.trimmed(source).isEmpty();
        return none ? FormValidation.error(Messages.of("check.fileOrSource")) : FormValidation.ok();
    }

    /** Not two things to work on. */
    public static FormValidation source(String file, String source) {
        boolean both =
                !FormTexts.trimmed(file).isEmpty() && !FormTexts.trimmed(source).isEmpty();
        return both ? FormValidation.error(Messages.of("check.notBoth")) : FormValidation.ok();
    }

    /** Minutes, none below 0. */
    public static FormValidation timeLimit(String value) {
        return TimeLimit.isValid(value) ? FormValidation.ok() : FormValidation.error(Messages.of("check.timeLimit"));
    }

    public static FormValidation required(String value) {
        return FormTexts.trimmed(value).isEmpty()
                ? FormValidation.error(Messages.of("check.required"))
                : FormValidation.ok();
    }

    public static FormValidation words(String value) {
        return check(WORDS, value, "check.words");
    }

    public static FormValidation size(String value) {
        return check(SIZE, value, "check.size");
    }

    public static FormValidation name(String value) {
        return check(NAME, value, "check.name");
    }

    public static FormValidation keyValues(String value) {
        Optional<String> bad = KeyValues.firstBad(value);
        return bad.isPresent()
                ? FormValidation.error(Messages.of("check.keyValues") + " " + bad.get())
                : FormValidation.ok();
    }

    private static FormValidation check(Pattern pattern, String value, String message) {
        String text = FormTexts.trimmed(value);
        // a variable of a freestyle job may stand in it
        return text.isEmpty() || text.contains("$") || pattern.matcher(text).matches()
                ? FormValidation.ok()
                : FormValidation.error(Messages.of(message));
    }
}
