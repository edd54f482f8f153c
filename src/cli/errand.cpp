#include "cli/errand.hpp"

#include <ostream>

#include "cli/visit.hpp"

namespace convene::cli {
namespace {

class ErrandTask final : public Task {
public:
    explicit ErrandTask(const Errand& errand) : errand_(errand) {}

    void on_inside(Visit& visit) override {
        if (std::exchange(asked_, true)) return;
        visit.after(kAnswerTime, [this, &visit] {
            if (answered_) return;
            complain(visit.context(), "no answer in time");
            visit.finish(ExitCode::unreachable);
        });
        if (!errand_.command.target.empty()) {
            if (const auto target = visit.participant().find(errand_.command.target); !target) {
                complain(visit.context(), printable(target.error()));
                return visit.finish(ExitCode::not_found);
            }
        }
        visit.participant().execute(errand_.command);
    }

    bool on_notice(Visit& visit, const Notice& notice) override {
        auto& context = visit.context();
        const std::string event = notice.json["event"];
        bool is_shown = false;
        if (!context.json && (event == "answer" || (answered_ && errand_.stay_after && event != "ready"))) {
            context.out << notice.text << std::endl;
            is_shown = true;
        }
        // What goes wrong with an invitation is the call.
        if (event == "error" && asked_ && !answered_)
            visit.later([this, &visit] {
                visit.finish(errand_.request == "invite" ? ExitCode::unreachable : ExitCode::refused);
            });
        if (event != "answer" || notice.json["request"] != errand_.request || answered_) return is_shown;
        answered_ = true;
        const bool granted = notice.json["granted"];
        if (granted && errand_.stay_after)
            hint(context, "this node carries the connection; Ctrl-C ends it");
        else
            visit.later([&visit, granted] { visit.finish(granted ? ExitCode::fine : ExitCode::refused); });
        return is_shown;
    }

    ExitCode on_over(ExitCode code) override {
        // The end of the conference may come before the answer that allowed it, and means the same.
        if (errand_.request == "end" && asked_ && code == ExitCode::fine) return ExitCode::fine;
        return answered_ ? code : Task::on_over(code);
    }
    // Staying was successful until now.
    ExitCode on_signal() override { return answered_ ? ExitCode::fine : ExitCode::unreachable; }

private:
    const Errand& errand_;
    bool asked_ = false;
    bool answered_ = false;
};

}  // namespace

ExitCode run_errand(Context& context, const ClientOptions& client, const Errand& errand) {
    ExitCode code{};
    auto options = client.read(context, code);
    if (!options) return code;
    ErrandTask task(errand);
    return Visit(context, std::move(*options), task).run();
}

}  // namespace convene::cli
