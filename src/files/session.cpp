#include "files/session.hpp"

#include <algorithm>
#include <utility>

#include "base/check.hpp"

namespace convene::files {
namespace {

constexpr std::size_t kMaxErrorText = 255;  // characters of a TextString

}  // namespace

bool ChannelUses::take(ChannelId channel) { return uses_[channel].count++ == 0; }

bool ChannelUses::give_back(ChannelId channel) {
    auto found = uses_.find(channel);
    if (found == uses_.end() || --found->second.count > 0) return false;
    uses_.erase(found);
    return true;
}

void ChannelUses::on_joined(ChannelId channel, bool successful) {
    auto found = uses_.find(channel);
    if (found == uses_.end()) return;
    if (successful)
        found->second.state = State::joined;
    else
        uses_.erase(found);
}

ChannelUses::State ChannelUses::state(ChannelId channel) const {
    auto found = uses_.find(channel);
    return found == uses_.end() ? State::absent : found->second.state;
}

void Session::send(ChannelId channel, mcs::DataPriority priority, const MbftPdu& pdu, HeaderForm form, bool uniform) {
    auto octets = encode(pdu, form);
    CONVENE_CHECK(octets.has_value(), "an MBFTPDU of our own making encodes");
    emit(Send{channel, priority, uniform, std::move(*octets)});
}

void Session::send_error(UserId user, FileHandle handle, ErrorType type, std::string_view text) {
    FileError error{handle, type, 0, std::u16string(text.begin(), text.end())};
    if (error.text->size() > kMaxErrorText) error.text->resize(kMaxErrorText);
    send_to(user, error);
}

void Session::on_disconnected() {
    self.reset();
    control = {};
    data.reset();
    members.clear();
    channels = {};
    unsent = 0;
    forms_.clear();
}

HeaderForm Session::form_of(UserId user) const {
    auto found = forms_.find(user);
    return found == forms_.end() ? HeaderForm::bits26 : found->second;
}

void Session::learn_form(UserId user, HeaderForm form) {
    auto found = forms_.find(user);
    if (found != forms_.end()) {
        found->second = form;
    } else if (form != HeaderForm::bits26 && forms_.size() < kMaxPeers) {
        forms_.emplace(user, form);
    }
}

bool Session::is_convene(UserId user) const {
    auto found = members.find(user);
    return found != members.end() && found->second.is_convene;
}

bool ProgressSteps::is_due(std::uint64_t done, std::optional<std::uint64_t> total) {
    const std::uint64_t step = std::max(kProgressOctets, total.value_or(0) / 200);
    const bool is_end = total && done == *total;
    if (done >= told_ && done - told_ < step && !is_end) return false;
    told_ = done;
    return true;
}

}  // namespace convene::files
