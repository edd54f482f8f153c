// `convene receive`: takes files from those in a conference.
#include <fcntl.h>

#include <CLI/App.hpp>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "cli/client_options.hpp"
#include "cli/command.hpp"
#include "cli/file_task.hpp"
#include "server/setting_value.hpp"

namespace convene::cli {
namespace {

constexpr Example kReceiveExamples[] = {
    {"receive meet.example.org Planning --dir papers", "everything that is sent, until Ctrl-C"},
    {"receive meet.example.org Planning --accept '*.pdf' --max-size 100MiB --once", "one PDF that is not too large"},
    {"receive meet.example.org Planning --list", "what there is to be had"},
    {"receive meet.example.org Planning --get plan.pdf", "a file that somebody has"},
};
constexpr CommandText kReceiveText{
    "receive", "take files from those in a conference",
    "A file appears under its name when it is whole; one of that name is never replaced. Until then it is hidden: "
    ".NAME.part. When a connection breaks, the rest is asked for as soon as both sides are back. Ctrl-C cancels.",
    kReceiveExamples};

class ReceiveFiles final : public Command {
public:
    const CommandText& text() const override { return kReceiveText; }

    void declare(CLI::App& app) override {
        client_.declare_place(app, true);
        app.add_option("--dir", options_.receiver.directory, "Where files go")->type_name("DIR");
        app.add_option("--accept", options_.accept, "all, ask (at a terminal), or a pattern of names such as '*.pdf'")
            ->type_name("all|ask|PATTERN");
        app.add_option("--max-size", max_size_, "Refuse files that are larger, such as 100MiB")->type_name("SIZE");
        auto* once = app.add_flag("--once", options_.once, "Leave after the first file, and those sent with it");
        app.add_flag("--stay", stay_, "Stay until Ctrl-C or the end of the conference, as without --once")
            ->excludes(once);
        auto* list = app.add_flag("--list", options_.list, "Show what files the others have");
        app.add_option("--get", options_.get, "Ask for a file by its name; may be given several times")
            ->type_name("NAME")
            ->allow_extra_args(false)
            ->excludes(list);
        client_.declare_identity(app);
        client_.declare_retry(app);
    }

    ExitCode run(Context& context) override {
        ExitCode code{};
        auto options = client_.read(context, code);
        if (!options) return code;
        files::EntityConfig config;
        if (!max_size_.empty()) {
            const auto size = server::parse_size(max_size_);
            if (!size) {
                complain(context, "--max-size: " + size.error());
                return ExitCode::usage;
            }
            config.max_file_size = size->value;
        }
        if (options_.accept == "ask" && (!context.interactive() || !context.streams.are_real)) {
            complain(context, "--accept ask needs a terminal");
            return ExitCode::usage;
        }
        const Descriptor directory(open_directory());
        if (!directory) {
            complain(context, printable(options_.receiver.directory) + ": " + std::strerror(errno));
            return ExitCode::failed;
        }
        // A file may not be larger than the user's limit: that is an error of writing then, and not the end.
        std::signal(SIGXFSZ, SIG_IGN);
        options->files = config;
        options_.receiver.retry_for = options->retry_for;
        ReceiveTask task(context, std::move(options_));
        return Visit(context, std::move(*options), task).run();
    }

private:
    int open_directory() const { return open(options_.receiver.directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); }

    ClientOptions client_;
    ReceiveOptions options_;
    std::string max_size_;
    bool stay_ = false;
};

}  // namespace

std::unique_ptr<Command> make_receive() { return std::make_unique<ReceiveFiles>(); }

}  // namespace convene::cli
