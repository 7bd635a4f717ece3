// The second opinion: what Z3 decided, asked again of another solver, as another process.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/base/finding.h"
#include "solver/smt/smt.h"

namespace cotejo::checks {

struct SecondSolver {
  std::string program = "cvc5";  // a path, or a name looked up in PATH
  // cvc5's own count of steps for one query, so that its answers repeat; 0: no limit.
  std::uint64_t rlimit = 2'000'000;
  int threads = 0;  // 0: as many as the machine has
};

// What the program says of itself; nothing when it cannot be run.
std::optional<std::string> VersionOf(const SecondSolver& second);

// Asks the second solver everything in the scripts of a run, and notes in the report what it
// says: what rested on Z3 alone and is confirmed rests on two solvers from here on; what is
// contradicted is no longer decided, and a finding that claimed it goes.
void AskAgain(const std::vector<smt::Script>& scripts, const SecondSolver& second,
              base::CheckReport& report);

// One file a script; false, with the path, when one cannot be written.
bool WriteScripts(const std::vector<smt::Script>& scripts, const std::string& directory,
                  std::string& failed);

}  // namespace cotejo::checks
