package io.imagewright.source.tree;

import java.io.IOException;

/** Why a source cannot be read as a tree; a clause that names what is wrong where. */
final class TreeFault extends IOException {

    private static final long serialVersionUID = 1L;

    TreeFault(String why) {
        super(why);
    }
}
