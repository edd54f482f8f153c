// A server whose disk is really full: a small file system in memory, which takes the rights of root to mount.
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <fstream>

#include "server/memory_testing.hpp"

namespace convene::server::testing {
namespace {

class FullDisk : public MemoryTest {
protected:
    FullDisk() {
        const std::string at = folder_ / "small";
        std::filesystem::create_directory(at);
        if (::mount("tmpfs", at.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, "size=6m") != 0) return;
        mounted_ = at;
        settings_.data = at + "/data";
    }
    ~FullDisk() override {
        stop();
        if (!mounted_.empty()) ::umount2(mounted_.c_str(), MNT_DETACH);
    }
    void SetUp() override {
        if (mounted_.empty()) GTEST_SKIP() << "nobody but root may mount a small disk";
        start();
    }

    /// Takes what room there is, to the last block.
    void fill() {
        std::ofstream file(ballast(), std::ios::binary);
        const std::vector<char> block(4096);
        while (file.write(block.data(), static_cast<std::streamsize>(block.size())).flush()) {
        }
    }
    void empty() { std::filesystem::remove(ballast()); }

private:
    std::string ballast() const { return mounted_ + "/ballast"; }

    std::string mounted_;
};

TEST_F(FullDisk, NobodyIsToldThatSomethingIsSafeWhenItIsNotAndEverythingElseGoesOn) {
    auto& ada = come("Ada");
    auto& ben = come("Ben");
    const auto page = add_page(ada);
    draw(ada, page);
    say(ada, "while there is room");
    ASSERT_TRUE(wait_saved(ada));

    fill();
    for (int i = 0; i < 40; ++i) {
        draw(ada, page, 20);
        ASSERT_TRUE(run_until([&] { return board_of(ada).is_settled(); }));
    }
    for (int i = 0; i < 50; ++i) say(ada, "no room " + std::to_string(i) + std::string(1000, '.'));
    ASSERT_TRUE(run_until([&] {
        return ben.all<node::ChatLine>().size() == 51 && board_of(ada).is_settled() &&
               board_of(ben).board().digest() == board_of(ada).board().digest();
    })) << "the conference does not go on";
    EXPECT_FALSE(is_saved(ada));

    ASSERT_TRUE(
        run_with_files([&] { return !ada.node().files()->entity().members().empty() && files_of(ada).is_ready(); }));
    files_of(ada).send("big.bin", Bytes(100'000));
    ASSERT_TRUE(run_with_files([&] { return !files_of(ada).sent.empty() && !files_of(ben).received.empty(); }));
    EXPECT_EQ(files_of(ada).sent[0].confirmed.size(), 1U) << "Ben has it, and the shelf cannot";
    EXPECT_FALSE(is_saved(ada));

    empty();
    ASSERT_TRUE(wait_saved(ada)) << "there is room again, and what was promised comes to be";
    const auto digest = board_of(ada).board().digest();
    restart();
    auto& cleo = come("Cleo");
    EXPECT_EQ(board_of(cleo).board().digest(), digest);
    ASSERT_TRUE(run_until([&] { return told(cleo).size() >= settings_.memory_history_lines; }));
    EXPECT_EQ(told(cleo).back(), "Ada: no room 49" + std::string(1000, '.'));
}

}  // namespace
}  // namespace convene::server::testing
