// What a participant does on command.
#include <charconv>

#include "cli/context.hpp"
#include "cli/participant.hpp"
#include "gcc/names.hpp"

namespace convene::cli {
namespace {

constexpr gcc::Seconds kMinute = 60;
constexpr std::size_t kMostAnnounced = 255;  // characters of a TextMessageIndication, T.124

}  // namespace

void Participant::execute(const SessionCommand& command) {
    if (command.name == "quit") return leave();
    if (command.name == "help") return events_.on_notice(make_notice("help", command_help()));
    if (!in_conference()) return say_error("not in the conference at the moment");
    node::Node& node = runner_->node();
    gcc::Conference& conference = *node.conference();
    const Instant now = io::NodeRunner::now();
    if (command.name == "say") {
        node.say(command.text, now);
    } else if (command.name == "who") {
        events_.on_notice(narrator_.roster(node));
    } else if (command.name == "name") {
        options_.name = command.text;
        node.rename(command.text, now);
    } else if (command.name == "lock") {
        conference.lock(now);
    } else if (command.name == "unlock") {
        conference.unlock(now);
    } else if (command.name == "end") {
        conference.terminate(gcc::TerminateReason::user_initiated, now);
    } else if (command.name == "invite") {
        if (!node.invite(command.text, now)) say_error("this node cannot admit anybody now");
    } else if (command.name == "announce") {
        std::u16string text = gcc::to_bmp(command.text);
        if (text.size() > kMostAnnounced) return say_error("an announcement has at most 255 characters");
        conference.send_text(std::move(text));
    } else if (command.name == "time") {
        time(command.text, conference);
    } else if (command.name == "conductor") {
        conduct(command, conference);
    } else {
        const auto target = find(command.target);
        if (!target) return say_error(target.error());
        if (command.name == "eject") {
            conference.eject(*target, now);
        } else if (!node.say_privately(*target, command.text, now)) {
            return say_error(node.name_of(*target) + " has no chat that takes private messages");
        }
    }
    node.settle(now);
    runner_->act();
}

void Participant::conduct(const SessionCommand& command, gcc::Conference& conference) {
    if (command.action == "take") return conference.conduct();
    if (command.action == "accept" || command.action == "refuse") {
        if (!conference.answer_offer(command.action == "accept")) say_error("nobody has offered to hand over to you");
        return;
    }
    if (command.action == "ask") return conference.please_conductor();
    if (!conference.conducts()) return say_error("you do not conduct; /conductor take, or /conductor ask");
    if (command.action == "release") return conference.release_conductor();
    const auto target = find(command.target);
    if (!target) return say_error(target.error());
    if (command.action == "give")
        conference.give_conductor(*target);
    else
        conference.grant_permission(*target);
}

void Participant::time(const std::string& text, gcc::Conference& conference) {
    if (text.empty()) return conference.inquire_time(false);
    const bool more = text.starts_with('+');
    std::uint32_t minutes = 0;
    constexpr std::uint32_t kMostMinutes = 60 * 24 * 365;
    const auto [end, error] = std::from_chars(text.data() + (more ? 1 : 0), text.data() + text.size(), minutes);
    if (error != std::errc() || end != text.data() + text.size() || minutes > kMostMinutes)
        return say_error("use: /time, /time MINUTES or /time +MINUTES");
    if (more)
        conference.ask_for_time(static_cast<gcc::Seconds>(minutes) * kMinute, false);
    else if (conference.convener() == conference.self())
        conference.set_time(static_cast<gcc::Seconds>(minutes) * kMinute, io::NodeRunner::now());
    else
        say_error("only the convener sets the time; /time +MINUTES asks for more");
}

}  // namespace convene::cli
