// `convene whiteboard` against a server: pictures go on the board and come off it.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "picture/load.hpp"
#include "picture/program.hpp"
#include "tests/integration/cli_program.hpp"
#include "tests/integration/test_server.hpp"

namespace convene::integration {
namespace {

namespace fs = std::filesystem;

constexpr auto kPatience = std::chrono::seconds(40);

class CliWhiteboard : public ::testing::Test {
protected:
    void SetUp() override {
        directory_ = fs::temp_directory_path() / ("convene-whiteboard-" + std::to_string(getpid()));
        fs::create_directories(directory_);
        // Half red, half blue.
        std::ofstream(path("plan.svg"))
            << R"(<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"><rect width="200" height="300" fill="#ff0000"/>)"
            << R"(<rect x="200" width="200" height="300" fill="#0000ff"/></svg>)";
    }
    void TearDown() override { fs::remove_all(directory_); }

    std::string path(const std::string& name) const { return directory_ / name; }
    int run(std::vector<std::string> arguments, const std::string& conference = "lobby") {
        arguments.insert(arguments.begin() + 2, {server_.address(), conference});
        CliProgram program(std::move(arguments));
        program.end_input();
        const int code = program.exit_code(kPatience).value_or(-1);
        err_ = program.err();
        out_ = program.out();
        return code;
    }
    picture::Raster exported(const std::string& name) {
        const auto file = picture::read_file(path(name));
        EXPECT_TRUE(file);
        auto raster = picture::load_png(*file);
        EXPECT_TRUE(raster);
        return raster ? *raster : picture::Raster{1, 1, {0}};
    }

    fs::path directory_;
    TestServer server_{server::Settings{}};
    std::string err_, out_;
};

bool is_mostly(std::uint32_t pixel, unsigned shift) { return (pixel >> shift & 0xFF) > 200; }

TEST_F(CliWhiteboard, APictureGoesOnAPageAndComesOffIt) {
    ASSERT_EQ(run({"whiteboard", "import", path("plan.svg")}), 0) << err_;
    ASSERT_EQ(run({"whiteboard", "export", path("page.png")}), 0) << err_;
    const auto raster = exported("page.png");
    EXPECT_EQ(raster.width, 1024U);
    EXPECT_EQ(raster.height, 768U);
    EXPECT_TRUE(is_mostly(raster.at(200, 300), 16) && !is_mostly(raster.at(200, 300), 0)) << "red on the left";
    EXPECT_TRUE(is_mostly(raster.at(800, 300), 0) && !is_mostly(raster.at(800, 300), 16)) << "blue on the right";
}

TEST_F(CliWhiteboard, PagesOfAPdfGoOnPagesAndComeOffAsPdf) {
    ASSERT_EQ(run({"whiteboard", "import", path("plan.svg"), path("plan.svg")}), 0) << err_;
    ASSERT_EQ(run({"whiteboard", "export", path("all.pdf")}), 0) << err_;
    ASSERT_EQ(run({"whiteboard", "import", path("all.pdf")}), 0) << err_;
    ASSERT_EQ(run({"whiteboard", "export", "--page", "4", path("fourth.png")}), 0) << err_;
    EXPECT_TRUE(is_mostly(exported("fourth.png").at(200, 300), 16));
    EXPECT_EQ(run({"whiteboard", "export", "--page", "5", path("fifth.png")}), 7);
    EXPECT_NE(err_.find("there are 4"), std::string::npos) << err_;
}

TEST_F(CliWhiteboard, PagesAreKeptInAFileAndPutElsewhere) {
    ASSERT_EQ(run({"whiteboard", "import", path("plan.svg")}), 0) << err_;
    ASSERT_EQ(run({"whiteboard", "save", path("plan.board")}), 0) << err_;
    ASSERT_EQ(run({"whiteboard", "load", path("plan.board")}), 0) << err_;
    ASSERT_EQ(run({"whiteboard", "export", "--page", "2", path("again.png")}), 0) << err_;
    EXPECT_TRUE(is_mostly(exported("again.png").at(200, 300), 16));
    EXPECT_EQ(run({"whiteboard", "load", path("plan.svg")}), 1);
    EXPECT_NE(err_.find("no whiteboard"), std::string::npos) << err_;
}

TEST_F(CliWhiteboard, WhatAServerHasKeptCanBeLookedAtWithoutIt) {
    {
        server::Settings settings;
        settings.data = path("data");
        fs::create_directories(settings.data);
        TestServer keeps(settings);
        CliProgram import({"whiteboard", "import", keeps.address(), "lobby", path("plan.svg")});
        import.end_input();
        ASSERT_EQ(import.exit_code(kPatience), 0) << import.err();
    }
    CliProgram program({"whiteboard", "export", "--data", path("data"), "lobby", path("kept.png")});
    program.end_input();
    ASSERT_EQ(program.exit_code(kPatience), 0) << program.err();
    EXPECT_TRUE(is_mostly(exported("kept.png").at(200, 300), 16));
    CliProgram wrong({"whiteboard", "export", "--data", path("data"), "nowhere", path("kept.png")});
    wrong.end_input();
    EXPECT_EQ(wrong.exit_code(kPatience), 7);
}

TEST_F(CliWhiteboard, MistakesAreNamed) {
    EXPECT_EQ(run({"whiteboard", "export", path("page.gif")}), 2);
    EXPECT_NE(err_.find(".png, .svg or .pdf"), std::string::npos) << err_;
    EXPECT_EQ(run({"whiteboard", "import", path("absent.png")}), 1);
    EXPECT_EQ(run({"whiteboard", "export", path("nothing.png")}), 7);
    EXPECT_NE(err_.find("no pages"), std::string::npos) << err_;
}

}  // namespace
}  // namespace convene::integration
