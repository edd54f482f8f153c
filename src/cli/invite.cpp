// `convene invite`: calls another node into a conference.
#include <CLI/App.hpp>

#include "cli/command.hpp"
#include "cli/errand.hpp"

namespace convene::cli {
namespace {

constexpr Example kInviteExamples[] = {
    {"invite meet.example.org Planning 192.0.2.7", "call the node at 192.0.2.7 into the conference"},
};
constexpr CommandText kInviteText{"invite", "call another node into a conference",
                                  "Joins the conference and calls the address from here. The invited node is connected "
                                  "through this one, which therefore "
                                  "stays until Ctrl-C.",
                                  kInviteExamples};

class Invite final : public Command {
public:
    const CommandText& text() const override { return kInviteText; }
    void declare(CLI::App& app) override {
        client_.declare_place(app, true);
        app.add_option("ADDRESS", address_, "Who is to be called, with :PORT unless it is 1503")
            ->required()
            ->type_name("ADDRESS");
        client_.declare_identity(app);
    }
    ExitCode run(Context& context) override {
        return run_errand(context, client_, {{"invite", "", "", address_}, "invite", true});
    }

private:
    ClientOptions client_;
    std::string address_;
};

}  // namespace

std::unique_ptr<Command> make_invite() { return std::make_unique<Invite>(); }

}  // namespace convene::cli
