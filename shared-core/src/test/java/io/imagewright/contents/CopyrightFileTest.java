package io.imagewright.contents;

import org.junit.Test;

import static org.junit.Assert.assertEquals;

public class CopyrightFileTest {

    private static final String HEADER =
            "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nSource: x\n\nFiles: *\n";

    private static String licence(String... fields) {
        return CopyrightFile.licence(HEADER + String.join("\n", fields) + "\n");
    }

    @Test
    public void shortNames_eachOnce() {
        assertEquals(
                "Artistic or GPL-1+; Expat",
                licence("License: Artistic or GPL-1+", " text", "license:Expat", "License:  Expat"));
        assertEquals(
                "Apache-2.0, and BSD-2-clause, and Apache-2.0 or Expat or 0BSD",
                licence("License: Apache-2.0, and BSD-2-clause, and Apache-2.0 or Expat or 0BSD"));
        assertEquals(
                "OpenLDAP-2.8 and GPL-2+ with Libtool exception and GPL-3+",
                licence("License: OpenLDAP-2.8 and GPL-2+ with Libtool exception and GPL-3+"));
    }

    @Test
    public void paragraphsWithTheTextOfALicence_sayOfNoFileThatItIsUnderIt() {
        assertEquals(
                "Expat or GPL-2; ISC",
                licence("License: Expat or GPL-2", "", "Files: a", "License: ISC", "", "License: GPL-2", " text"));
    }

    @Test
    public void olderAddressesOfTheFormat_andFieldsBeforeIt() {
        assertEquals(
                "MIT", CopyrightFile.licence("Format-Specification: http://dep.debian.net/deps/dep5\nLicense: MIT\n"));
        assertEquals(
                "MIT", CopyrightFile.licence("Comment: x\n y\nFormat: http://x/copyright-format/1.0\nLicense: MIT"));
    }

    @Test
    public void whatIsNotClear_isLeftOut() {
        assertEquals("", CopyrightFile.licence(""));
        assertEquals("", CopyrightFile.licence("This is free software.\nLicense: GPL-2+\n"));
        assertEquals("", licence("License: Permission is hereby granted, free of charge"));
        assertEquals("", licence("License:", " text"));
        assertEquals("", licence("License: " + "a or ".repeat(100) + "b"));
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            many.append("License: l").append(i).append('\n');
        }
        assertEquals("", licence(many.toString()));
    }

    @Test(timeout = 20_000)
    public void hostileTexts_end() {
        licence("License: " + "a with b c ".repeat(20) + "!");
        licence(("License: " + "x with y exception or ".repeat(10) + "\n").repeat(10_000));
        CopyrightFile.licence("\n".repeat(1 << 20));
    }
}
