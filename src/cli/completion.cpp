// `convene completion`: the completion script of a shell.
#include <CLI/App.hpp>
#include <ostream>

#include "cli/command.hpp"
#include "cli/completion_script.hpp"

namespace convene::cli {
namespace {

constexpr Example kCompletionExamples[] = {
    {"completion bash > /etc/bash_completion.d/convene", "for everybody who uses bash"},
    {"completion zsh > ~/.zfunc/_convene", "for yourself, with ~/.zfunc in fpath"},
    {"completion fish > ~/.config/fish/completions/convene.fish", "for yourself"},
};
constexpr CommandText kCompletionText{"completion", "print the completion script of a shell", "", kCompletionExamples};

class Completion final : public Command {
public:
    const CommandText& text() const override { return kCompletionText; }
    void declare(CLI::App& app) override {
        app.add_option("SHELL", shell_, "Which shell")
            ->required()
            ->type_name("SHELL")
            ->check(CLI::IsMember({"bash", "zsh", "fish"}));
    }
    ExitCode run(Context& context) override {
        CommandLine line;
        context.out << (shell_ == "bash"  ? bash_completion(line)
                        : shell_ == "zsh" ? zsh_completion(line)
                                          : fish_completion(line));
        return ExitCode::fine;
    }

private:
    std::string shell_;
};

}  // namespace

std::unique_ptr<Command> make_completion() { return std::make_unique<Completion>(); }

}  // namespace convene::cli
