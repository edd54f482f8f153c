/// Files in a session: /send, /files, /accept and the like.
#pragma once

#include "cli/file_receiver.hpp"
#include "cli/file_sender.hpp"
#include "cli/session_command.hpp"

namespace convene::cli {

class SessionFiles {
public:
    /// Nothing is taken that nobody has accepted.
    SessionFiles(FileHost& host, const std::string& directory, Duration retry_for)
        : host_(host),
          sender_(host, {retry_for}),
          receiver_(host, {directory, retry_for}, [](const files::Offered&) { return Decision::ask; }) {}

    static bool is_command(std::string_view name);
    void execute(const SessionCommand& command);
    void on_event(const node::Event& event);
    void cancel_all();
    bool is_busy() const { return !sender_.is_idle() || receiver_.is_receiving(); }

private:
    void say_error(const std::string& text);

    FileHost& host_;
    FileSender sender_;
    FileReceiver receiver_;
};

}  // namespace convene::cli
