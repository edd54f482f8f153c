// Files and their contents: quotas, removal, damage, a full disk.
#include <signal.h>
#include <sys/resource.h>

#include <fstream>
#include <map>
#include <random>
#include <set>

#include "base/hex.hpp"
#include "store/blob_folder.hpp"
#include "store/testing.hpp"

namespace convene::store {
namespace {

namespace fs = std::filesystem;

Result<Blob> write_content(Store& store, ConferenceId conference, std::string_view content, std::size_t piece = 1'000) {
    CONVENE_TRY(writer, store.write_blob(conference));
    for (std::size_t at = 0; at < content.size(); at += piece)
        if (auto done = writer.write(as_bytes(content.substr(at, piece))); !done)
            return make_unexpected(std::move(done).error());
    return writer.finish().wait();
}

/// Puts a file on the shelf, which must work.
FileId shelve(Store& store, ConferenceId conference, const std::string& name, std::string_view content) {
    auto blob = write_content(store, conference, content);
    EXPECT_TRUE(blob) << blob.error().message;
    if (!blob) return {};
    auto id = store.add_file(conference, {name, "anna", UnixMs{5'000}}, *blob).wait();
    EXPECT_TRUE(id) << id.error().message;
    return id ? *id : FileId{};
}

std::string content_of(Store& store, const Sha256Digest& digest) {
    auto reader = store.read_blob(digest);
    EXPECT_TRUE(reader) << reader.error().message;
    if (!reader) return {};
    std::string content;
    Bytes piece(700);
    while (true) {
        auto got = reader->read(piece);
        EXPECT_TRUE(got) << got.error().message;
        if (!got || *got == 0) return content;
        content += as_text(ByteView(piece).first(*got));
    }
}

std::size_t files_below(const std::string& path) {
    std::size_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(path)) count += entry.is_regular_file();
    return count;
}

/// Removed contents are unlinked on a thread of their own.
std::size_t blobs_left(Store& store, const std::string& folder) {
    EXPECT_TRUE(store.collect_garbage().wait());
    return files_below(folder + "/blobs");
}

TEST(StoreFiles, AreKeptWithTheirContents) {
    const std::string content(123'456, 'c');
    TestFolder folder;
    ConferenceId conference;
    {
        auto store = open_store(folder / "s");
        conference = make_conference(*store);
        shelve(*store, conference, "../../etc/passwd", content);
        shelve(*store, conference, "empty", "");
        EXPECT_EQ(store->conference(conference)->files, 2U);
        EXPECT_EQ(store->conference(conference)->file_octets, content.size());
        EXPECT_EQ(store->conference(conference)->active, UnixMs{5'000});
    }
    auto store = open_store(folder / "s");
    auto files = store->files(conference);
    ASSERT_TRUE(files);
    ASSERT_EQ(files->size(), 2U);
    const auto& file = (*files)[0];
    EXPECT_EQ(file.name, "../../etc/passwd");
    EXPECT_EQ(file.octets, content.size());
    EXPECT_EQ(file.author, "anna");
    EXPECT_EQ(file.digest, sha256(as_bytes(content)));
    EXPECT_EQ(content_of(*store, file.digest), content);
    EXPECT_EQ(content_of(*store, (*files)[1].digest), "");
    auto reader = store->read_blob(file.digest);
    ASSERT_TRUE(reader);
    EXPECT_TRUE(reader->verify());
    Bytes piece(10);
    EXPECT_EQ(*reader->read_at(content.size() - 4, piece), 4U);
    EXPECT_EQ(store->files(ConferenceId{9}).error().code, StoreErrc::not_found);
    EXPECT_EQ(store->read_blob(Sha256Digest{}).error().code, StoreErrc::not_found);
    EXPECT_EQ(store->write_blob(ConferenceId{9}).error().code, StoreErrc::not_found);
}

TEST(StoreFiles, EqualContentsAreKeptOnceAndAsLongAsOneFileHasThem) {
    TestFolder folder;
    auto store = open_store(folder / "s");
    auto a = make_conference(*store, "a");
    auto b = make_conference(*store, "b");
    auto first = shelve(*store, a, "1", "the same");
    auto second = shelve(*store, a, "2", "the same");
    shelve(*store, b, "3", "the same");
    EXPECT_EQ(store->stats().blob_octets, 8U);
    EXPECT_EQ(files_below(folder / "s/blobs"), 1U);
    auto removed = store->remove_file(a, first).wait();
    ASSERT_TRUE(removed);
    EXPECT_EQ(removed->files, 1U);
    EXPECT_EQ(removed->blobs, 0U);
    EXPECT_EQ(store->remove_file(a, first).wait().error().code, StoreErrc::not_found);
    EXPECT_EQ(store->remove_file(b, second).wait().error().code, StoreErrc::not_found);  // it is a's
    EXPECT_EQ(store->remove_file(a, second).wait()->blobs, 0U);
    EXPECT_EQ(blobs_left(*store, folder / "s"), 1U);
    auto deleted = store->delete_conference(b).wait();
    ASSERT_TRUE(deleted);
    EXPECT_EQ(deleted->files, 1U);
    EXPECT_EQ(deleted->blobs, 1U);
    EXPECT_EQ(blobs_left(*store, folder / "s"), 0U);
    EXPECT_EQ(store->stats().blob_octets, 0U);
}

TEST(StoreFiles, AContentThatIsThereNeedsNoWriting) {
    TestFolder folder;
    auto store = open_store(folder / "s");
    auto a = make_conference(*store, "a");
    auto b = make_conference(*store, "b");
    shelve(*store, a, "1", "content");
    auto found = store->find_blob(b, sha256(as_bytes("content")));
    ASSERT_TRUE(found);
    ASSERT_TRUE(store->add_file(b, {"again", "bob", {}}, *found).wait());
    EXPECT_EQ(store->find_blob(b, Sha256Digest{}).error().code, StoreErrc::not_found);
    EXPECT_EQ(store->conference(b)->file_octets, 7U);
    EXPECT_EQ(store->stats().blob_octets, 7U);
}

TEST(StoreFiles, QuotasHoldWhileWriting) {
    StoreLimits limits;
    limits.conference_files = 10'000;
    limits.total_files = 15'000;
    limits.file_octets = 8'000;
    limits.files = 3;
    TestFolder folder;
    auto store = open_store(folder / "s", limits);
    auto a = make_conference(*store, "a");
    auto b = make_conference(*store, "b");
    EXPECT_EQ(write_content(*store, a, std::string(8'001, 'x')).error().code, StoreErrc::too_large);
    auto first = shelve(*store, a, "1", std::string(6'000, '1'));
    EXPECT_EQ(write_content(*store, a, std::string(6'000, '2')).error().code, StoreErrc::quota);
    shelve(*store, b, "2", std::string(6'000, '2'));
    EXPECT_EQ(write_content(*store, b, std::string(3'500, '3')).error().code, StoreErrc::quota);  // in total
    EXPECT_EQ(files_below(folder / "s/tmp"), 0U);
    {
        // What is written and not finished counts, too, and no longer when it is given up.
        auto writer = store->write_blob(a);
        ASSERT_TRUE(writer->write(Bytes(2'500)));
        EXPECT_EQ(write_content(*store, b, std::string(1'000, '4')).error().code, StoreErrc::quota);
        EXPECT_EQ(files_below(folder / "s/tmp"), 1U);
    }
    EXPECT_EQ(files_below(folder / "s/tmp"), 0U);
    EXPECT_EQ(store->stats().blob_octets, 12'000U);
    shelve(*store, b, "4", std::string(1'000, '4'));
    ASSERT_TRUE(store->remove_file(a, first).wait());
    shelve(*store, a, "5", std::string(7'000, '5'));
    // A finished content without a file gives its place on the shelf back, and its space at the next collection.
    {
        auto unused = write_content(*store, a, std::string(900, '6'));
        ASSERT_TRUE(unused);
        EXPECT_EQ(blobs_left(*store, folder / "s"), 4U);
    }
    EXPECT_EQ(blobs_left(*store, folder / "s"), 3U);
    EXPECT_EQ(store->stats().blob_octets, 14'000U);
    shelve(*store, b, "7", "7");
    auto one_more = write_content(*store, b, "8");
    ASSERT_TRUE(one_more);
    EXPECT_EQ(store->add_file(b, {"8", "", {}}, *one_more).wait().error().code, StoreErrc::quota);
    EXPECT_EQ(store->add_file(b, {"", "", {}}, *one_more).wait().error().code, StoreErrc::too_large);
    // The same after a restart.
    one_more = make_unexpected(StoreError{});
    store.reset();
    store = open_store(folder / "s", limits);
    EXPECT_EQ(blobs_left(*store, folder / "s"), 4U);
    EXPECT_EQ(store->stats().blob_octets, 14'001U);
    EXPECT_EQ(write_content(*store, a, std::string(3'001, 'x')).error().code, StoreErrc::quota);
}

TEST(StoreFiles, AFullDiskIsSaidToBeOneAndNothingStays) {
    TestFolder folder;
    auto store = open_store(folder / "s");
    auto conference = make_conference(*store);
    ASSERT_TRUE(store->collect_garbage().wait());
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    auto* old = ::signal(SIGXFSZ, SIG_IGN);
    rlimit small = before;
    small.rlim_cur = 1 << 20;
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    auto writer = store->write_blob(conference);
    Result<void> done;
    for (int i = 0; i < 32 && done; ++i) done = writer->write(Bytes(64 * 1024));
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
    ::signal(SIGXFSZ, old);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, StoreErrc::disk_full) << done.error().message;
    EXPECT_NE(done.error().message.find("free some space"), std::string::npos) << done.error().message;
    EXPECT_EQ(files_below(folder / "s/tmp"), 0U);
    EXPECT_EQ(writer->write(Bytes(1)).error().code, StoreErrc::disk_full);
    EXPECT_EQ(writer->finish().wait().error().code, StoreErrc::disk_full);
    EXPECT_EQ(store->stats().blob_octets, 0U);
    shelve(*store, conference, "now", "there is space");
}

TEST(StoreFiles, DamageIsFoundByReading) {
    const std::string content(5'000, 'c');
    TestFolder folder;
    auto store = open_store(folder / "s");
    auto conference = make_conference(*store);
    shelve(*store, conference, "1", content);
    const auto digest = sha256(as_bytes(content));
    const auto path = BlobFolder::path_below(folder / "s", digest);
    fs::permissions(path, fs::perms::owner_all);
    std::fstream(path, std::ios::in | std::ios::out).seekp(4'000).put('X');
    auto reader = store->read_blob(digest);
    ASSERT_TRUE(reader);
    EXPECT_EQ(reader->verify().error().code, StoreErrc::damaged);
    Bytes half(2'500);
    ASSERT_TRUE(reader->read(half));
    EXPECT_EQ(reader->read(half).error().code, StoreErrc::damaged);
    EXPECT_TRUE(store->check(CheckDepth::quick).wait()->problems.empty());
    EXPECT_EQ(store->check(CheckDepth::full).wait()->problems.size(), 1U);
    fs::resize_file(path, 4'999);
    EXPECT_EQ(store->check(CheckDepth::quick).wait()->problems.size(), 1U);
    // Writing the same content again puts it right.
    shelve(*store, conference, "2", content);
    EXPECT_TRUE(store->check(CheckDepth::full).wait()->problems.empty());
    fs::remove(path);
    EXPECT_EQ(store->check(CheckDepth::quick).wait()->problems.size(), 1U);
}

TEST(StoreFiles, WhatACrashLeftIsRemoved) {
    TestFolder folder;
    {
        auto store = open_store(folder / "s");
        shelve(*store, make_conference(*store), "1", "content");
    }
    std::ofstream(folder / "s/tmp/17") << "half";
    const auto orphan = BlobFolder::path_below(folder / "s", sha256(as_bytes("orphan")));
    fs::create_directories(fs::path(orphan).parent_path());
    std::ofstream(orphan) << "orphan";
    auto store = open_store(folder / "s");
    EXPECT_FALSE(fs::exists(folder / "s/tmp/17"));
    EXPECT_EQ(blobs_left(*store, folder / "s"), 1U);
    EXPECT_EQ(store->stats().blob_octets, 7U);
}

TEST(StoreFiles, NothingThatAFileRefersToIsEverCollected) {
    constexpr int kSteps = 300;
    TestFolder folder;
    auto store = open_store(folder / "s");
    std::vector<ConferenceId> conferences{make_conference(*store, "a"), make_conference(*store, "b")};
    std::mt19937 random(20'240);
    std::map<std::pair<std::int64_t, std::int64_t>, std::string> shelf;  // conference and file -> content
    std::vector<Blob> pinned;
    std::vector<Pending<Removed>> collections;
    for (int step = 0; step < kSteps; ++step) {
        auto conference = conferences[random() % 2];
        auto content = "content " + std::to_string(random() % 8);  // few, so that they meet
        switch (random() % 8) {
            case 0:
            case 1:
            case 2: {
                auto id = shelve(*store, conference, "f", content);
                shelf[{conference.value, id.value}] = content;
                break;
            }
            case 3:
                if (auto blob = write_content(*store, conference, content); blob) pinned.push_back(*blob);
                break;
            case 4:
                if (!pinned.empty()) {
                    auto id = store->add_file(conference, {"p", "", {}}, pinned.back()).wait();
                    ASSERT_TRUE(id) << id.error().message;
                    auto reader = content_of(*store, pinned.back().digest());
                    shelf[{conference.value, id->value}] = reader;
                    pinned.pop_back();
                }
                break;
            case 5:
                collections.push_back(store->collect_garbage());
                break;
            default:
                if (!shelf.empty()) {
                    auto one = std::next(shelf.begin(), static_cast<std::ptrdiff_t>(random() % shelf.size()));
                    // Not waited for: what follows meets it half done.
                    store->remove_file(ConferenceId{one->first.first}, FileId{one->first.second});
                    shelf.erase(one);
                }
        }
        if (collections.size() > 8) {
            for (auto& one : collections) ASSERT_TRUE(one.wait());
            collections.clear();
        }
        if (step % 25 != 0) continue;
        for (const auto& [place, text] : shelf) ASSERT_EQ(content_of(*store, sha256(as_bytes(text))), text);
    }
    pinned.clear();
    std::set<std::string> different;
    for (const auto& [place, text] : shelf) different.insert(text);
    ASSERT_TRUE(store->flush().wait());
    EXPECT_EQ(blobs_left(*store, folder / "s"), different.size());
    EXPECT_EQ(store->stats().blob_octets, different.size() * 9);
    auto report = store->check(CheckDepth::full).wait();
    ASSERT_TRUE(report);
    EXPECT_TRUE(report->problems.empty()) << report->problems[0];
    EXPECT_EQ(report->files, shelf.size());
    EXPECT_EQ(report->blobs, different.size());
}

}  // namespace
}  // namespace convene::store
