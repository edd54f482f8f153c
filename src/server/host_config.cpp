#include "server/host_config.hpp"

#include <algorithm>

#include "admission/door.hpp"
#include "base/digits.hpp"
#include "gcc/typed_text.hpp"
#include "io/random.hpp"
#include "server/settings_load.hpp"

namespace convene::server {

namespace {

constexpr std::u16string::size_type kMostText = 255;  // T.124 SimpleTextString, TextString

gcc::ConferenceName conference_name(const std::string& number, const std::string& text) {
    gcc::ConferenceName name;
    name.numeric = number;
    if (text.empty()) return name;
    auto bmp = gcc::to_bmp(text);
    if (bmp.size() > kMostText) bmp.resize(kMostText);
    if (gcc::is_simple_text(bmp))
        name.text = std::move(bmp);
    else
        name.unicode_text = std::move(bmp);
    return name;
}

gcc::Password password_of(const std::string& secret) {
    gcc::Password password;
    password.numeric = is_digits(secret) ? secret : io::random_digits();
    gcc::set_text(password, secret);
    return password;
}

}  // namespace

node::NodeConfig node_config(const Settings& settings, std::uint64_t max_users, node::RandomSource random) {
    node::NodeConfig config;
    config.name = settings.node_name;
    config.type = gcc::NodeType::mcu;
    config.random = std::move(random);
    config.bridges_chat = true;

    config.domain.parameters.max_channel_ids = settings.max_channels;
    config.domain.parameters.max_user_ids = settings.max_user_ids;
    config.domain.parameters.max_token_ids = settings.max_tokens;
    config.domain.parameters.num_priorities = settings.priorities;
    config.domain.parameters.max_height = settings.max_height;
    config.domain.parameters.max_mcspdu_size = settings.max_pdu_size;
    config.domain.high_water = settings.flow_high.value;
    config.domain.low_water = settings.flow_low.value;
    config.domain.queue_limit = settings.output_queue.value;
    config.domain.max_users_per_connection = settings.users_per_connection;

    auto& most = config.links.range.maximum;
    const auto cap = [](auto& value, std::uint64_t limit) {
        value = static_cast<std::decay_t<decltype(value)>>(std::min<std::uint64_t>(value, limit));
    };
    cap(most.max_channel_ids, settings.max_channels);
    cap(most.max_user_ids, settings.max_user_ids);
    cap(most.max_token_ids, settings.max_tokens);
    cap(most.max_height, settings.max_height);
    cap(most.max_mcspdu_size, settings.max_pdu_size);
    config.links.preferred_priorities = settings.priorities;
    config.links.transport.frame_time = settings.frame_time;
    config.links.transport.tsdu_time = settings.tsdu_time;

    config.conference.broadcast_delay = settings.roster_delay;
    config.conference.broadcast_spacing_per_node = settings.roster_spacing_per_node;
    config.conference.max_broadcast_spacing = settings.max_roster_spacing;
    config.conference.identification = settings.identification_time;
    config.conference.ejection_grace = settings.eject_time;
    config.conference.termination_grace = settings.drain_time;
    config.conference.max_nodes = max_users + 1 + admission::kRoomForOwners;  // the server, and owners at any time
    config.conference.max_sdu = settings.max_sdu.value;
    config.registry.max_entries = settings.registry_entries;
    config.registry.max_entries_per_node = settings.registry_entries_per_node;
    return config;
}

node::ReceptionLimits reception_limits(const Settings& settings) {
    node::ReceptionLimits limits;
    limits.transport.request_time = settings.handshake_time;
    limits.transport.frame_time = settings.handshake_time;
    limits.transport.tsdu_time = settings.handshake_time;
    limits.transport.max_tsdu = settings.handshake_size.value;
    limits.first_tsdu = settings.handshake_time;
    return limits;
}

io::ConnectionLimits connection_limits(const Settings& settings) {
    return io::ConnectionLimits{settings.output_queue.value, settings.stall_time};
}

gcc::ConferenceProfile default_profile(const Settings& settings) {
    gcc::ConferenceProfile profile;
    profile.name = conference_name(settings.default_number, settings.default_name);
    profile.termination = gcc::TerminationMethod::manual;
    return profile;
}

Expected<gcc::ConferenceProfile, std::string> profile_of(const ConferenceSettings& conference,
                                                         const std::string& free_number) {
    gcc::ConferenceProfile profile;
    profile.name = conference_name(conference.number.empty() ? free_number : conference.number, conference.name);
    if (!conference.description.empty()) {
        profile.description = gcc::to_bmp(conference.description);
        if (profile.description->size() > kMostText) profile.description->resize(kMostText);
    }
    if (!conference.password_file.empty()) {
        CONVENE_TRY(secret, read_secret(conference.password_file));
        profile.password = password_of(secret);
        profile.password_required = true;
    }
    if (!conference.convener_password_file.empty()) {
        CONVENE_TRY(secret, read_secret(conference.convener_password_file));
        profile.convener_password = password_of(secret);
    }
    profile.listed = conference.listed;
    profile.locked = conference.locked;
    profile.conductible = conference.conductible;
    profile.termination = gcc::TerminationMethod::manual;
    return profile;
}

gcc::ConferenceProfile created_profile(const CreatedConference& created) {
    gcc::ConferenceProfile profile;
    profile.name = conference_name(created.number, created.name);
    if (!created.description.empty()) {
        profile.description = gcc::to_bmp(created.description);
        if (profile.description->size() > kMostText) profile.description->resize(kMostText);
    }
    if (!created.password.empty()) {
        profile.password = password_of(created.password);
        profile.password_required = true;
    }
    profile.listed = created.listed;
    profile.termination = gcc::TerminationMethod::manual;  // whoever waits outside is not to find it gone
    return profile;
}

}  // namespace convene::server
