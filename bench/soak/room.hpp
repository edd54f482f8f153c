/// One conference under a long load: people who draw, talk, send files, come and go, and what is to reach whom.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "bench/guests.hpp"

namespace convene::bench {

/// Counted over all rooms. Whatever is in `trouble` should not have happened.
struct SoakCounts {
    std::uint64_t strokes = 0, strokes_seen = 0;
    std::uint64_t lines = 0, lines_seen = 0;
    std::uint64_t files = 0, files_received = 0;
    std::uint64_t joins = 0, leaves = 0, breaks = 0;
    std::map<std::string, std::uint64_t> trouble;
    std::vector<double> latencies;  ///< milliseconds from a stroke to the boards of the others; taken by who reports
};

/// Used from the thread of its lane. Its people do something whenever one of the functions is called.
class SoakRoom {
public:
    using Clock = std::chrono::steady_clock;

    SoakRoom(io::Lane& lane, std::uint16_t port, std::string name, std::size_t people, SoakCounts& counts);

    void draw();
    void talk();
    /// A small file to all.
    void send_file();
    /// Somebody other than the first leaves, or its connection breaks; and somebody new comes.
    void change_somebody();
    /// Looks for lines that have not come; gives back what is over.
    void tidy();

    /// Everybody is in, sees the page, and hears.
    bool is_settled() const;
    /// Nothing is on its way any more: every board shows the same, and every line was heard.
    bool agrees() const;
    std::size_t people() const { return people_.size(); }

private:
    struct Person {
        std::unique_ptr<Guest> guest;
        std::uint64_t number = 0;
        bool is_in = false;
        bool hears = false;
        bool is_leaving = false;
        Clock::time_point came;
    };
    struct Line {
        Clock::time_point said;
        std::uint64_t speaker = 0;
        std::set<std::uint64_t> waiting;  ///< who is to hear it, by number
        bool is_heard = false;            ///< by anybody
    };

    Person& add();
    void on_news(Person& person, const node::Event& event);
    void on_file(Person& person, const node::FilesEvent& news);
    void on_board(Person& person, const whiteboard::BoardChanged& changed);
    void forget(const Person& person, bool is_cut_off);
    Person* somebody();
    bool is_ready(const Person& person) const;
    void trouble(std::string what) { ++counts_.trouble[std::move(what)]; }

    io::Lane& lane_;
    std::uint16_t port_;
    std::string name_;
    SoakCounts& counts_;
    std::mt19937 random_;
    std::vector<std::unique_ptr<Person>> people_;  ///< the first stays
    std::vector<std::unique_ptr<Person>> leaving_;
    std::uint64_t next_person_ = 0;
    std::uint64_t next_line_ = 0;
    std::uint64_t next_file_ = 0;
    unsigned next_stroke_ = 0;
    std::optional<whiteboard::ItemId> page_;
    std::deque<whiteboard::ItemId> objects_;  ///< on the page, oldest first
    std::map<std::uint32_t, Clock::time_point> drawn_;
    std::map<std::uint64_t, Line> unheard_;
};

}  // namespace convene::bench
