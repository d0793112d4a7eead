package io.imagewright.cli;

import io.imagewright.error.Wording;

/** What messages call the things that users set. */
sealed interface Vocabulary extends Wording permits OptionNames, FrontEndNames {

    /** An option of this program, or an operand by its label. */
    String option(String option);
}
