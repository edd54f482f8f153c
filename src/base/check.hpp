/// The check for "we were wrong": it ends the process with a message, in every build.
#pragma once

namespace convene {

[[noreturn]] void check_failed(const char* condition, const char* message, const char* file, int line);

}  // namespace convene

#define CONVENE_CHECK(condition, message) \
    ((condition) ? static_cast<void>(0) : ::convene::check_failed(#condition, message, __FILE__, __LINE__))
