// Results of tasks kept from one run to the next: one file each, named by what it depends on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "solver/checks/check.h"

namespace cotejo::checks {

class Cache {
 public:
  static constexpr std::uintmax_t kMostBytes = 64U << 20;

  // An empty directory keeps nothing. The directory is made when something is kept.
  explicit Cache(std::string directory, std::uintmax_t most_bytes = kMostBytes);

  // What the task gave when last run by this very program over the same content; nothing when
  // it is not there, or cannot be read, or is not what was written.
  [[nodiscard]] std::optional<base::CheckReport> Find(const Task& task) const;

  // A result that cannot be kept is computed again the next time: no error.
  void Keep(const Task& task, const base::CheckReport& result) const;

  // Removes the results used longest ago, down to the bound.
  void Trim() const;

  // Trims unless that was done within the hour: looking at every file that is kept takes longer
  // than many a run. Meanwhile the bound may be passed by what an hour keeps.
  void TrimInTurn() const;

 private:
  [[nodiscard]] bool Keeps(const Task& task) const;
  [[nodiscard]] std::string PathOf(const Task& task) const;

  std::string directory_;
  std::uintmax_t most_bytes_;
  std::string program_;
};

// What tells this build of the program, and the Z3 it runs with, from any other; empty when
// the build says nothing of itself, and then nothing may be kept.
std::string ProgramId();

}  // namespace cotejo::checks
