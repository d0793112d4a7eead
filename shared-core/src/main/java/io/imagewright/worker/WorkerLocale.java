package io.imagewright.worker;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The locale of the worker's JVM: the user's own encoding, in which the JDK spells the names of files, but messages and numbers in
 * English. Its programs get plain {@code LC_ALL=C} from {@code exec}, as ever.
 */
final class WorkerLocale {

    private WorkerLocale() {}

    /**
     * Variables to set on top of the environment; an empty {@code LC_ALL} counts as none (locale(7)).
     *
     * @param environment the user's
     */
    static Map<String, String> of(Map<String, String> environment) {
        String encoding = Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .map(environment::get)
                .filter(Objects::nonNull)
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("C");
        // plain ASCII names nothing else; where the machine lacks C.UTF-8 it stays plain ASCII
        boolean ascii = encoding.equals("C") || encoding.equals("POSIX");
        return Map.of("LC_ALL", "", "LANG", "C", "LC_MESSAGES", "C", "LC_CTYPE", ascii ? "C.UTF-8" : encoding);
    }
}
