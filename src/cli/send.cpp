// `convene send`: gives files to those in a conference.
#include <CLI/App.hpp>

#include "cli/client_options.hpp"
#include "cli/command.hpp"
#include "cli/file_task.hpp"

namespace convene::cli {
namespace {

constexpr Example kSendExamples[] = {
    {"send meet.example.org Planning plan.pdf figures.ods", "to everybody who takes them"},
    {"send meet.example.org Planning plan.pdf --to Ada --to Bob", "to these two, and nobody else sees it"},
    {"send --json meet.example.org Planning big.iso --retry-for 1h", "for a program; after a break it goes on"},
};
constexpr CommandText kSendText{
    "send", "send files to those in a conference",
    "Stays until everybody who accepted a file has it. Those whose connection breaks meanwhile are waited for, and get "
    "the rest when they are back; so does everybody when the own connection breaks. Ctrl-C cancels.",
    kSendExamples};

class SendFiles final : public Command {
public:
    const CommandText& text() const override { return kSendText; }

    void declare(CLI::App& app) override {
        client_.declare_place(app, true);
        app.add_option("FILE", files_, "What to send")->required()->type_name("FILE");
        app.add_option("--to", to_, "Only to this participant, by name or number; may be given several times")
            ->type_name("NODE")
            ->allow_extra_args(false);
        client_.declare_identity(app);
        client_.declare_retry(app);
    }

    ExitCode run(Context& context) override {
        ExitCode code{};
        auto options = client_.read(context, code);
        if (!options) return code;
        // All or nothing: what cannot be sent is better known before than after the rest.
        for (const std::string& path : files_) {
            const auto file = SourceFile::open(path);
            if (file) continue;
            complain(context, printable(path) + ": " + file.error());
            return ExitCode::failed;
        }
        files::EntityConfig config;
        config.has_directory = true;
        config.max_file_size = 0;  // others' files are not wanted
        options->files = config;
        SendTask task(context, {options->retry_for}, std::move(files_), std::move(to_));
        return Visit(context, std::move(*options), task).run();
    }

private:
    ClientOptions client_;
    std::vector<std::string> files_;
    std::vector<std::string> to_;
};

}  // namespace

std::unique_ptr<Command> make_send() { return std::make_unique<SendFiles>(); }

}  // namespace convene::cli
