#include "bench/soak/room.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "bench/drawing.hpp"
#include "io/session.hpp"

namespace convene::bench {
namespace {

constexpr std::size_t kMostObjects = 200;  // on the page: then the oldest go
constexpr std::size_t kFileOctets = 64 * 1024;
constexpr auto kTimeToBeHeard = std::chrono::seconds(30);
constexpr auto kTimeToSettle = std::chrono::seconds(5);  // after which nothing may be missed
constexpr auto kTimeToLeave = std::chrono::seconds(3);
constexpr std::string_view kLineStart = "line ";

double milliseconds(SoakRoom::Clock::duration duration) {
    return std::chrono::duration<double, std::milli>(duration).count();
}

}  // namespace

SoakRoom::SoakRoom(io::Lane& lane, std::uint16_t port, std::string name, std::size_t people, SoakCounts& counts)
    : lane_(lane), port_(port), name_(std::move(name)), counts_(counts), random_(std::hash<std::string>()(name_)) {
    for (std::size_t i = 0; i < people; ++i) add();
}

SoakRoom::Person& SoakRoom::add() {
    auto person = std::make_unique<Person>();
    person->number = next_person_++;
    person->came = Clock::now();
    person->guest = std::make_unique<Guest>(lane_, name_ + "-" + std::to_string(person->number), random_());
    person->guest->on_news = [this, own = person.get()](const node::Event& event) { on_news(*own, event); };
    person->guest->join(port_, name_);
    ++counts_.joins;
    people_.push_back(std::move(person));
    return *people_.back();
}

bool SoakRoom::is_ready(const Person& person) const {
    return person.is_in && person.hears && person.guest->board().has_converged() &&
           Clock::now() - person.came > kTimeToSettle;
}

bool SoakRoom::is_settled() const {
    return std::all_of(people_.begin(), people_.end(), [&](const auto& each) { return is_ready(*each); });
}

SoakRoom::Person* SoakRoom::somebody() {
    auto& person = *people_[random_() % people_.size()];
    return is_ready(person) ? &person : nullptr;
}

// --- what they do ---

void SoakRoom::draw() {
    const auto now = io::NodeRunner::now();
    Person* person = page_ ? somebody() : people_.front().get();
    if (person == nullptr || !is_ready(*person)) return;
    auto& editor = person->guest->editor();
    if (!page_) {
        const auto made = editor.add_page({1024, 768}, whiteboard::kWhite, now);
        if (made.is_done()) page_ = made.items.front();
        return person->guest->act();
    }
    if (person->guest->board().board().find_page(*page_) == nullptr) return;
    const auto made = editor.draw(*page_, stroke(next_stroke_++), now);
    if (made.is_done()) {
        drawn_[made.items.front().value] = Clock::now();
        objects_.push_back(made.items.front());
        ++counts_.strokes;
    }
    if (objects_.size() > kMostObjects) {
        static_cast<void>(editor.erase({objects_.front()}, now));
        drawn_.erase(objects_.front().value);
        objects_.pop_front();
    }
    person->guest->act();
}

void SoakRoom::talk() {
    Person* person = somebody();
    if (person == nullptr) return;
    const std::uint64_t number = next_line_++;
    Line& line = unheard_[number];
    line.said = Clock::now();
    line.speaker = person->number;
    for (const auto& other : people_)
        if (other.get() != person && is_ready(*other)) line.waiting.insert(other->number);
    person->guest->node().say(std::string(kLineStart) + std::to_string(number), io::NodeRunner::now());
    person->guest->act();
    ++counts_.lines;
}

void SoakRoom::send_file() {
    Person* person = somebody();
    auto* desk = person != nullptr ? person->guest->node().files() : nullptr;
    if (desk == nullptr || !desk->entity().user()) return;
    const auto name = name_ + "-" + std::to_string(next_file_++) + ".bin";
    if (desk->entity().send({name, kFileOctets, {}}, {}, io::NodeRunner::now())) ++counts_.files;
    person->guest->act();
}

void SoakRoom::change_somebody() {
    if (people_.size() < 2) return;
    const std::size_t at = 1 + random_() % (people_.size() - 1);
    if (!is_ready(*people_[at])) return;
    auto person = std::move(people_[at]);
    people_.erase(people_.begin() + static_cast<std::ptrdiff_t>(at));
    const bool is_cut_off = random_() % 2 != 0;
    forget(*person, is_cut_off);
    person->is_leaving = true;
    if (!is_cut_off) {
        ++counts_.leaves;
        person->guest->node().leave(io::NodeRunner::now());
        person->guest->act();
        person->came = Clock::now();
        leaving_.push_back(std::move(person));
    } else {
        ++counts_.breaks;
        person.reset();  // its sockets are closed without a word
    }
    add();
}

void SoakRoom::forget(const Person& person, bool is_cut_off) {
    for (auto& [number, line] : unheard_) line.waiting.erase(person.number);
    // What somebody says and cannot send any more reaches nobody.
    if (is_cut_off)
        std::erase_if(unheard_,
                      [&](const auto& each) { return each.second.speaker == person.number && !each.second.is_heard; });
}

void SoakRoom::tidy() {
    const auto now = Clock::now();
    std::erase_if(leaving_, [&](const auto& person) { return now - person->came > kTimeToLeave; });
    std::erase_if(unheard_, [&](const auto& each) {
        const Line& line = each.second;
        if (line.waiting.empty()) return true;
        if (now - line.said < kTimeToBeHeard) return false;
        trouble("a line was not heard by all");
        return true;
    });
    for (const auto& person : people_)
        if (!person->is_in && now - person->came > kTimeToBeHeard) {
            trouble("somebody does not get in");
            person->came = now;
        }
}

bool SoakRoom::agrees() const {
    if (!unheard_.empty() &&
        std::any_of(unheard_.begin(), unheard_.end(), [](const auto& each) { return !each.second.waiting.empty(); }))
        return false;
    const auto first = people_.front()->guest->board().board().digest();
    return std::all_of(people_.begin(), people_.end(), [&](const auto& person) {
        return person->guest->board().is_settled() && person->guest->board().board().digest() == first;
    });
}

// --- what happens ---

void SoakRoom::on_news(Person& person, const node::Event& event) {
    if (io::event_as<gcc::Joined>(event) != nullptr) person.is_in = true;
    if (io::event_as<node::ChatReady>(event) != nullptr) person.hears = true;
    if (person.is_leaving) return;
    if (io::event_as<node::JoinRefused>(event) != nullptr) trouble("a join was refused");
    if (io::event_as<node::CallBroken>(event) != nullptr) trouble("a call was not answered");
    if (io::event_as<gcc::Ended>(event) != nullptr) trouble("a conference ended for somebody");
    if (const auto* line = io::event_as<node::ChatLine>(event)) {
        std::uint64_t number = 0;
        if (!line->text.starts_with(kLineStart)) return trouble("a line was garbled");
        std::from_chars(line->text.data() + kLineStart.size(), line->text.data() + line->text.size(), number);
        ++counts_.lines_seen;
        const auto found = unheard_.find(number);
        if (found != unheard_.end()) {
            found->second.waiting.erase(person.number);
            found->second.is_heard = true;
        }
    }
    if (const auto* news = std::get_if<node::FilesEvent>(&event)) on_file(person, *news);
    const auto* board = std::get_if<node::WhiteboardEvent>(&event);
    if (board == nullptr) return;
    if (const auto* changed = std::get_if<whiteboard::BoardChanged>(board)) on_board(person, *changed);
    if (std::holds_alternative<whiteboard::ActionRefused>(*board)) trouble("an action on the board was refused");
}

void SoakRoom::on_board(Person& person, const whiteboard::BoardChanged& changed) {
    const auto& board = person.guest->board();
    for (const auto& change : changed.changes) {
        const auto found = drawn_.find(change.object.value);
        if (change.kind != whiteboard::Change::Kind::object_added || found == drawn_.end()) continue;
        const auto* object = board.board().find(change.object);
        // A newcomer's board is not late.
        if (object == nullptr || object->author == board.user() || found->second < person.came) continue;
        ++counts_.strokes_seen;
        counts_.latencies.push_back(milliseconds(Clock::now() - found->second));
    }
}

void SoakRoom::on_file(Person& person, const node::FilesEvent& news) {
    auto& entity = person.guest->node().files()->entity();
    const auto now = io::NodeRunner::now();
    if (const auto* read = std::get_if<files::ReadMore>(&news))
        entity.on_read(read->transfer, Slice(Bytes(read->size)), now);
    else if (const auto* write = std::get_if<files::Write>(&news))
        entity.on_stored(write->transfer, write->octets.size(), now);
    else if (const auto* offered = std::get_if<files::Offered>(&news))
        static_cast<void>(entity.accept(offered->transfer, now));
    else if (const auto* received = std::get_if<files::Received>(&news)) {
        ++counts_.files_received;
        if (received->octets != kFileOctets) trouble("a file came in part");
    }
    person.guest->node().settle(now);
}

}  // namespace convene::bench
