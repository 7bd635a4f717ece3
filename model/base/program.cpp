#include "model/base/program.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "model/base/file.h"

extern char** environ;

namespace cotejo::base {
namespace {

// Everything the child writes, up to the largest text file and one buffer more.
std::string Drain(int fd) {
  std::string text;
  std::array<char, 65536> buffer{};
  while (text.size() <= kLargestTextFile) {
    const ssize_t n = read(fd, buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    text.append(buffer.data(), static_cast<std::size_t>(n));
  }
  return text;
}

}  // namespace

ProgramOutput RunProgram(const std::string& program, const std::vector<std::string>& arguments) {
  ProgramOutput output;
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return output;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  std::vector<std::string> words = {program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  pid_t child = 0;
  output.started =
      posix_spawnp(&child, program.c_str(), &actions, nullptr, pointers.data(), environ) == 0;
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  if (output.started) output.text = Drain(ends[0]);
  close(ends[0]);
  int status = 0;
  while (output.started && waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  output.succeeded = output.started && WIFEXITED(status) && WEXITSTATUS(status) == 0;
  return output;
}

std::string PathArgument(const std::string& path) {
  return path.starts_with('-') ? "./" + path : path;
}

}  // namespace cotejo::base
