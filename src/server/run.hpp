/// `convene serve`: runs a server until it is told to stop.
#pragma once

#include <functional>

#include "server/exit_code.hpp"
#include "server/settings_load.hpp"

namespace convene::server {

/// Loads the settings anew, for SIGHUP and `reload`.
using Reloader = std::function<LoadedSettings()>;

/// Takes over SIGTERM, SIGINT and SIGHUP. Returns the exit code. `settings` must have been checked.
int run(const Settings& settings, const Reloader& reload = {});

/// The same from the sources: reports what is wrong with the configuration, and loads them again on reload.
int run(const SettingSources& sources);

/// `--check-config`: prints what is wrong to stderr, or the settings in force to stdout.
int check_config(const SettingSources& sources);

}  // namespace convene::server
