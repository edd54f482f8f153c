/// A folder of its own, for what a server keeps, that is gone afterwards.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

#include "base/check.hpp"

namespace convene::bench {

class Folder {
public:
    explicit Folder(const std::filesystem::path& in = std::filesystem::temp_directory_path()) {
        std::string name = in / "convene-bench-XXXXXX";
        CONVENE_CHECK(::mkdtemp(name.data()) != nullptr, "no temporary folder");
        path_ = name;
    }
    Folder(const Folder&) = delete;
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace convene::bench
