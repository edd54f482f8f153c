/// What the program's exit status means.
#pragma once

namespace convene::server {

enum ExitCode : int {
    exit_fine = 0,
    exit_could_not_start = 1,  ///< trying again will not help
    exit_usage = 2,
    exit_not_stopped_cleanly = 3,
    exit_bad_configuration = 78,  ///< EX_CONFIG of sysexits.h
};

}  // namespace convene::server
