#include "picture/program.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>
#include <iterator>

extern char** environ;

namespace convene::picture {
namespace {

constexpr std::uint64_t kMemory = std::uint64_t{1} << 30;
constexpr std::size_t kSaidOctets = 300;

std::string last_words(const std::filesystem::path& file) {
    const auto said = read_file(file);
    if (!said) return {};
    std::string text(as_text(*said).substr(0, kSaidOctets));
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < ' ') c = ' ';
    }
    return text;
}

}  // namespace

ScratchFolder::ScratchFolder() {
    std::error_code error;
    std::string name = (std::filesystem::temp_directory_path(error) / "convene-XXXXXX").string();
    if (!error && ::mkdtemp(name.data()) != nullptr) path_ = name;
}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

Expected<void, std::string> run_program(const std::vector<std::string>& words, const std::string& package,
                                        unsigned seconds, const ScratchFolder& folder) {
    const std::string limit = std::to_string(seconds);
    // Both come with every Debian; they hold the program to its limits before its first instruction.
    std::vector<std::string> all{
        "prlimit", "--cpu=" + limit, "--as=" + std::to_string(kMemory), "--core=0", "timeout", "--signal=KILL", limit};
    all.insert(all.end(), words.begin(), words.end());
    std::vector<char*> arguments;
    for (auto& word : all) arguments.push_back(word.data());
    arguments.push_back(nullptr);

    const auto said = folder.path() / "said";
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, said.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    pid_t child = 0;
    const int error = posix_spawnp(&child, arguments[0], &files, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    if (error != 0) return tl::make_unexpected("no program can be started: " + std::string(std::strerror(error)));
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
        return tl::make_unexpected(words.front() + " is missing; it is in the Debian package " + package);
    if (WIFSIGNALED(status) || WEXITSTATUS(status) == 137 || WEXITSTATUS(status) == 124)
        return tl::make_unexpected(words.front() + " took longer than " + limit + " s, or too much memory");
    const std::string words_said = last_words(said);
    return tl::make_unexpected(words.front() + (words_said.empty() ? " could not read it" : ": " + words_said));
}

Expected<Bytes, std::string> read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return tl::make_unexpected(path.string() + ": cannot be read");
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    return to_bytes(text);
}

bool write_file(const std::filesystem::path& path, ByteView octets) {
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out.write(reinterpret_cast<const char*>(octets.data()), static_cast<std::streamsize>(octets.size()));
    out.flush();
    return out.good();
}

}  // namespace convene::picture
