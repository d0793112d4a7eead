package io.imagewright.guest.inspect;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** KERNEL of a BSD, whose kernel and programs are one release: {@code FreeBSD 11.1}; reference 1.5. */
final class BsdKernelFacts implements FactFinder {

    private static final Pattern VERSION = Pattern.compile("(\\d+(?:\\.\\d+)?).*");

    @Override
    public void find(Clues clues, Findings findings) {
        Matcher version = VERSION.matcher(clues.identity().version());
        if (version.matches()) {
            findings.property("KERNEL", clues.identity().bsdName() + " " + version.group(1));
        } else {
            findings.warn("The guest's version of " + clues.identity().bsdName() + " is not known: neither its release"
                    + " files nor its kernel show it.");
        }
    }
}
