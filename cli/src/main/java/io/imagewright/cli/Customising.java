package io.imagewright.cli;

/** A command that works on guests, and may be asked to change them. */
interface Customising {

    /** The options for that, which are added to the command's own. */
    CustomiseOptions customise();
}
