// The server's part in who may come in: it opens a door for every conference, carries what doors want done to the
// conferences' threads, and writes down what is to outlive the process.
#include <boost/asio/post.hpp>
#include <utility>

#include "server/api.hpp"
#include "server/door_records.hpp"
#include "server/host_config.hpp"
#include "server/server.hpp"
#include "server/settings_load.hpp"
#include "server/webhooks.hpp"

namespace convene::server {

namespace {

constexpr Duration kWakeTime = std::chrono::milliseconds(20);  // what changes together is told together
constexpr Duration kTickTime = std::chrono::seconds(1);        // how often those who stay away are looked for

}  // namespace

DoorPlan Server::plan_for(const ConferenceStatus& status) const {
    const auto settings = shared_.settings.get();
    const auto& profile = status.entry.profile;
    DoorPlan plan;
    plan.name = name_of(status);
    plan.rules.locked = profile.locked;
    plan.rules.max_people = status.max_users;
    plan.rules.default_right = admission::right_from(settings->default_right).value_or(admission::Right::draw);
    for (const auto& conference : settings->conferences) {
        if (conference.name != gcc::to_string(profile.name)) continue;
        plan.rules.waiting_room = conference.waiting_room;
        if (const auto right = admission::right_from(conference.default_right)) plan.rules.default_right = *right;
    }
    plan.keys.password = profile.password;
    plan.keys.convener_password = profile.convener_password;
    plan.keys.wrong_secrets.burst = static_cast<unsigned>(settings->password_attempts);
    plan.keys.wrong_secrets.refill = settings->password_refill;
    if (memory_ && status.is_permanent) {
        const auto now = Doors::now().date;
        plan.kept_as = gcc::to_string(profile.name);
        const auto kept = kept_.find(plan.kept_as);
        if (kept != kept_.end()) {
            for (const auto& setting : kept->second) {
                if (setting.key == kRulesKey) plan.rules = rules_from(setting.value, plan.rules);
                if (setting.key.rfind(kInvitationKey, 0) != 0) continue;
                auto invitation = invitation_from(setting.value);
                if (invitation && !(invitation->expires && *invitation->expires <= now))
                    plan.invitations.push_back(std::move(*invitation));
                else
                    memory_->keep(plan.kept_as, setting.key, {});
            }
        }
    }
    return plan;
}

void Server::begin(const ConferenceStatus& status, DoorPlan plan) {
    doors_->open(status.id, std::move(plan));
    workers_[status.worker]->create(status);
}

void Server::create(const ConferenceStatus& status) { begin(status, plan_for(status)); }

Expected<Server::Made, admission::Refusal> Server::make_conference(const MakeWish& wish) {
    using admission::Refusal;
    if (shared_.draining) return make_unexpected(Refusal::unavailable);
    auto status = shared_.directory.create(created_profile(wish.conference), shared_.settings.get()->max_users,
                                           wish.stays, wish.is_admin);
    if (!status) return make_unexpected(status.error());
    if (wish.stays && memory_) {
        CreatedConference created = wish.conference;
        created.number = status->entry.profile.name.numeric;
        memory_->keep(created.name, std::string(kCreatedKey), created_text(created));
    }
    DoorPlan plan = plan_for(*status);
    plan.rules.waiting_room = wish.waiting_room;
    plan.rules.default_right = wish.default_right.value_or(plan.rules.default_right);
    plan.waits_for_first = !wish.stays;
    if (!plan.kept_as.empty()) memory_->keep(plan.kept_as, std::string(kRulesKey), rules_text(plan.rules));
    begin(*status, std::move(plan));
    Made made{name_of(*status), {}};
    static_cast<void>(doors_->act(status->id, [&](admission::Door& door, const admission::Moment& now) -> Doors::Done {
        CONVENE_TRY(invitation, door.invite("", {admission::Right::moderate, true, {}, {}, "owner"}, now));
        made.owner = invitation.secret;
        return std::monostate{};
    }));
    return made;
}

Expected<std::monostate, std::string> Server::open_api() {
    CONVENE_TRY(token, AdminToken::open(*shared_.settings.get(), told_admin_token_));
    api_ = std::make_unique<Api>(*this, token);
    api_->add_to(router_);
    return open_webhooks();
}

Expected<std::monostate, std::string> Server::open_webhooks() {
    const auto settings = shared_.settings.get();
    if (settings->webhooks.empty()) return std::monostate{};
    CONVENE_TRY(secret, read_secret(settings->webhook_secret_file));
    CONVENE_TRY(opened, Webhooks::open(context_, log_, settings->webhooks, secret));
    webhooks_ = std::move(opened);
    shared_.hooks.listen([post = post_, alive = std::weak_ptr(alive_), this] {
        post->post([this, alive] {
            if (!alive.expired()) webhooks_->tell(shared_.hooks.take());
        });
    });
    return std::monostate{};
}

void Server::restore_created() {
    for (const auto& [name, settings] : kept_) {
        for (const auto& setting : settings) {
            const auto created = setting.key == kCreatedKey ? created_from(setting.value) : std::nullopt;
            if (!created || shared_.directory.find(created->name)) continue;
            create(
                shared_.directory.add_permanent(created_profile(*created), false, shared_.settings.get()->max_users));
        }
    }
}

void Server::post(std::function<void()> task) {
    boost::asio::post(context_, [task = std::move(task), alive = std::weak_ptr(alive_)] {
        if (!alive.expired()) task();
    });
}

std::optional<std::string> Server::owner_secret(const std::string& conference, std::chrono::milliseconds time) {
    const auto status = shared_.directory.find(conference);
    std::optional<std::string> out;
    if (!status) return out;
    static_cast<void>(doors_->act(status->id, [&](admission::Door& door, const admission::Moment& now) -> Doors::Done {
        CONVENE_TRY(made, door.invite("", {admission::Right::moderate, true, time, {}, "first run"}, now));
        out = made.secret;
        return std::monostate{};
    }));
    return out;
}

// --- what doors want ---

void Server::with_host(gcc::ConferenceId id, std::function<void(ConferenceHost*)> use) {
    const auto status = shared_.directory.find(id);
    if (status) return workers_[status->worker]->with_conference(id, std::move(use));
    use(nullptr);
}

void Server::set_right(gcc::ConferenceId conference, mcs::UserId node, admission::Right right) {
    with_host(conference, [node, right](ConferenceHost* host) {
        if (host != nullptr) host->set_right(node, right);
    });
}

void Server::put_out(gcc::ConferenceId conference, mcs::UserId node) {
    with_host(conference, [node](ConferenceHost* host) {
        if (host != nullptr) host->eject(node.value);
    });
}

void Server::keep(const std::string& conference, std::string key, std::string value) {
    if (memory_) memory_->keep(conference, std::move(key), std::move(value));
}

void Server::wake() {
    boost::asio::post(context_, [this, alive = std::weak_ptr(alive_)] {
        if (alive.expired() || std::exchange(is_waking_, true)) return;
        wake_timer_.expires_after(kWakeTime);
        wake_timer_.async_wait([this](boost::system::error_code error) {
            if (error) return;
            is_waking_ = false;
            doors_->flush();
        });
    });
}

void Server::tick() {
    doors_->flush();
    tick_timer_.expires_after(kTickTime);
    tick_timer_.async_wait([this](boost::system::error_code error) {
        if (!error) tick();
    });
}

}  // namespace convene::server
