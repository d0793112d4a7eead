package io.imagewright.sysprep;

/** Types of parameters, as snf-image-creator has them (reference: its sysprep parameters). */
public enum ParameterType {
    /** Any text. */
    STRING("string"),
    /** A whole number greater than zero. */
    POSITIVE_INTEGER("posint"),
    /** A regular file or block device of this machine; may be empty. */
    FILE("file"),
    /** A directory of this machine; may be empty. */
    DIRECTORY("dir"),
    /** Regular files of this machine, separated like texts. */
    FILE_LIST("list:file"),
    /** Texts separated by commas; a backslash before a comma keeps it. */
    STRING_LIST("list:string");

    private final String word;

    ParameterType(String word) {
        this.word = word;
    }

    /** The word users see. */
    public String word() {
        return word;
    }
}
