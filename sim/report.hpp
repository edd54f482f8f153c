/// What a simulated run has to say: the rules that were broken, and on demand everything that happened.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/time.hpp"

namespace convene::sim {

class Report {
public:
    static constexpr std::size_t kMaxViolations = 20;  ///< what follows from the first ones helps nobody

    explicit Report(bool traced) : traced_(traced) {}

    /// `text` is made only where it is needed.
    template <class Text>
    void expect(bool holds, Text&& text) {
        if (!holds) fail(text());
    }
    void fail(std::string text) {
        if (violations.size() >= kMaxViolations) return;
        if (traced_) note("BROKEN: " + text);
        violations.push_back(std::move(text));
    }
    bool traced() const { return traced_; }
    void note(const std::string& text) {
        auto micros = std::chrono::duration_cast<std::chrono::microseconds>(now.time_since_epoch()).count();
        std::string stamp = std::to_string(micros);
        trace += stamp.insert(0, stamp.size() < 10 ? 10 - stamp.size() : 0, ' ') + " us  " + text + "\n";
    }
    /// Two runs with the same fingerprint went the same way.
    void mix(std::uint64_t value) { fingerprint = (fingerprint ^ value) * 0x100000001B3ULL; }

    Instant now{};
    std::vector<std::string> violations;
    std::string trace;
    std::uint64_t fingerprint = 0xCBF29CE484222325ULL;

private:
    bool traced_;
};

}  // namespace convene::sim
