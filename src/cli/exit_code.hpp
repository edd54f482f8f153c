/// What the exit status of the program means; the same in every subcommand, and shown in its help.
#pragma once

#include <array>
#include <string_view>

namespace convene::cli {

enum class ExitCode : int {
    fine = 0,
    failed = 1,         ///< could not start, or something of this machine failed; trying again will not help
    usage = 2,          ///< the command line is wrong
    not_clean = 3,      ///< could not stop cleanly
    refused = 4,        ///< the other side said no
    unreachable = 5,    ///< nobody answered, or not in time
    protocol = 6,       ///< somebody violated the protocol, or something was not understood
    not_found = 7,      ///< no such conference, participant, type
    configuration = 78  ///< EX_CONFIG of sysexits.h
};

struct ExitCodeMeaning {
    ExitCode code;
    std::string_view meaning;
};
inline constexpr std::array<ExitCodeMeaning, 9> kExitCodes{{
    {ExitCode::fine, "all went well"},
    {ExitCode::failed, "could not start; trying again will not help"},
    {ExitCode::usage, "the command line is wrong"},
    {ExitCode::not_clean, "could not stop cleanly"},
    {ExitCode::refused, "refused by the other side"},
    {ExitCode::unreachable, "unreachable, or no answer in time"},
    {ExitCode::protocol, "violation of the protocol, or something not understood"},
    {ExitCode::not_found, "no such conference, participant or type"},
    {ExitCode::configuration, "the configuration is wrong"},
}};

constexpr int to_int(ExitCode code) { return static_cast<int>(code); }

}  // namespace convene::cli
