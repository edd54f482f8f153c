// `convene end`: ends a conference for everybody.
#include <CLI/App.hpp>

#include "cli/command.hpp"
#include "cli/errand.hpp"

namespace convene::cli {
namespace {

constexpr Example kEndExamples[] = {
    {"end meet.example.org Planning --convener-password-file secret", "everybody is told, and out"},
};
constexpr CommandText kEndText{"end", "end a conference for everybody", "Joins the conference for a moment.",
                               kEndExamples};

class End final : public Command {
public:
    const CommandText& text() const override { return kEndText; }
    void declare(CLI::App& app) override {
        client_.declare_place(app, true);
        client_.declare_identity(app);
    }
    ExitCode run(Context& context) override { return run_errand(context, client_, {{"end", "", "", ""}, "end"}); }

private:
    ClientOptions client_;
};

}  // namespace

std::unique_ptr<Command> make_end() { return std::make_unique<End>(); }

}  // namespace convene::cli
