/// The two faces of a session: lines and JSON for programs, a prompt with history for people.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cli/context.hpp"
#include "cli/notice.hpp"

namespace convene::cli {

class SessionUi {
public:
    /// What the user wants, line by line.
    using OnLine = std::function<void(const std::string&)>;
    using OnEnd = std::function<void()>;
    using Names = std::function<std::vector<std::string>()>;

    virtual ~SessionUi() = default;
    virtual void start(OnLine on_line, OnEnd on_end, Names names) = 0;
    virtual void show(const Notice& notice) = 0;
    virtual void stop() = 0;
};

/// Lines in, one event a line out: as JSON if the context says so.
std::unique_ptr<SessionUi> make_script_ui(boost::asio::io_context& io, Context& context);
/// A prompt that stays below what happens. Standard input must be a terminal.
std::unique_ptr<SessionUi> make_terminal_ui(boost::asio::io_context& io, Context& context);

}  // namespace convene::cli
