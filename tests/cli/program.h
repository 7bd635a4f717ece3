// The program run as its users do, in a folder of its own for each test.
#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

namespace cotejo {

namespace fs = std::filesystem;
using Json = nlohmann::json;

struct Outcome {
  int status = -1;
  std::string output;  // both streams
};

// `launcher` goes before the program: another one that starts it, variables.
inline Outcome RunWith(const std::string& launcher, const std::string& arguments) {
  const std::string command = std::string("cd '") + COTEJO_SOURCE_DIR + "' && " + launcher + "'" +
                              COTEJO_PROGRAM + "' " + arguments + " 2>&1";
  Outcome outcome;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return outcome;
  std::array<char, 4096> buffer{};
  std::size_t size = 0;
  while ((size = fread(buffer.data(), 1, buffer.size(), pipe)) > 0)
    outcome.output.append(buffer.data(), size);
  const int status = pclose(pipe);
  outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return outcome;
}

inline Outcome RunCotejo(const std::string& arguments) { return RunWith("", arguments); }

inline std::string ReadAll(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

class Cli : public testing::Test {
 protected:
  void SetUp() override {
    const auto* info = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::path(COTEJO_BINARY_DIR) /
              (std::string("cli-") + info->name() + "-" + std::to_string(getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string Write(const std::string& name, const std::string& content) {
    std::ofstream(folder_ / name, std::ios::binary) << content;
    return "'" + (folder_ / name).string() + "'";
  }
  std::string At(const std::string& name) const { return "'" + (folder_ / name).string() + "'"; }
  Json ReadJson(const std::string& name) const { return Json::parse(ReadAll(folder_ / name)); }

  fs::path folder_;
};

}  // namespace cotejo
