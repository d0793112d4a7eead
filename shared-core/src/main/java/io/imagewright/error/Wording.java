package io.imagewright.error;

/** How a front end spells what messages refer to. */
public interface Wording {

    /** No front end's: settings by their paths, with values as in a description file. */
    Wording PATHS = new Wording() {
        @Override
        public String setting(SettingName setting) {
            return setting.value().isEmpty() ? setting.path() : setting.path() + ": " + setting.value();
        }

        @Override
        public String command(CommandName command) {
            return command.word();
        }
    };

    /** A setting, or what to write to give it the value that it comes with. */
    String setting(SettingName setting);

    /** A command, as a sentence names it. */
    String command(CommandName command);
}
