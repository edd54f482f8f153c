// `convene man`: the manual page.
#include <CLI/App.hpp>
#include <ostream>

#include "cli/command.hpp"
#include "cli/man_page.hpp"

namespace convene::cli {
namespace {

constexpr Example kManExamples[] = {
    {"man | man -l -", "read it"},
    {"man > /usr/local/share/man/man1/convene.1", "install it"},
};
constexpr CommandText kManText{"man", "print the manual page", "", kManExamples};

class Man final : public Command {
public:
    const CommandText& text() const override { return kManText; }
    void declare(CLI::App&) override {}
    ExitCode run(Context& context) override {
        CommandLine line;
        context.out << man_page(line);
        return ExitCode::fine;
    }
};

}  // namespace

std::unique_ptr<Command> make_man() { return std::make_unique<Man>(); }

}  // namespace convene::cli
