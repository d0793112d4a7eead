package io.imagewright.cli;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import io.imagewright.spec.DescriptionProperties;

/**
 * What descriptions may refer to on the command line: properties of {@code --define}, and variables of the environment as {@code
 * ${env.NAME}}.
 */
record CommandLineProperties(Map<String, String> defined, Map<String, String> environment)
        implements DescriptionProperties {

    private static final String ENVIRONMENT = "env.";

    @Override
    public Optional<String> value(String name) {
        String value = defined.get(name);
        return value == null && name.startsWith(ENVIRONMENT)
                ? Optional.ofNullable(environment.get(name.substring(ENVIRONMENT.length())))
                : Optional.ofNullable(value);
    }

    @Override
    public Collection<String> names() {
        Collection<String> names = new TreeSet<>(defined.keySet());
        environment.keySet().forEach(variable -> names.add(ENVIRONMENT + variable));
        return names;
    }

    @Override
    public String possible() {
        return "Define it with --define NAME=VALUE, or use ${env.NAME} for a variable of the environment; ${project.*} needs"
                + " Maven, unless it is defined.";
    }
}
