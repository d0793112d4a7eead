package io.imagewright.sysprep.unix;

import java.util.List;

/** What programs remember of their users' input; passwords that were typed into a command are in there. */
public final class UserHistories implements HomeDeletion {

    private static final List<String> PATHS = List.of(
            // shells that cleanup-userdata does not name
            ".ash_history",
            ".histfile",
            ".ksh_history",
            ".local/share/atuin",
            ".local/share/fish/fish_history",
            ".local/share/powershell/PSReadLine",
            ".mksh_history",
            ".tcsh_history",
            ".zhistory",
            // databases
            ".cassandra/cqlsh_history",
            ".dbshell",
            ".influx_history",
            ".mariadb_history",
            ".mongodb/mongosh/mongosh_repl_history",
            ".mysql_history",
            ".psql_history",
            ".rediscli_history",
            ".sqlite_history",
            // languages
            ".Rhistory",
            ".gdb_history",
            ".ipython/profile_default/history.sqlite",
            ".irb_history",
            ".lua_history",
            ".node_repl_history",
            ".octave_hist",
            ".php_history",
            ".pry_history",
            ".python_history",
            ".scala_history",
            // editors and pagers
            ".joe_state",
            ".lesshst",
            ".local/share/mc/history",
            ".local/share/nano/search_history",
            ".local/share/nvim/shada",
            ".local/state/lesshst",
            ".local/state/nvim/shada",
            ".nano/search_history",
            ".vim/.netrwhist",
            ".viminfo",
            // where they were
            ".lftp/rl_history",
            ".local/share/lftp/rl_history",
            ".local/share/recently-used.xbel",
            ".local/share/zoxide/db.zo",
            ".recently-used",
            ".recently-used.xbel",
            ".w3m/history",
            ".wget-hsts");

    @Override
    public String name() {
        return "user-histories";
    }

    @Override
    public String description() {
        return "Overwrites and removes the histories that databases, languages, editors and shells keep in homes.";
    }

    @Override
    public List<String> paths() {
        return PATHS;
    }
}
