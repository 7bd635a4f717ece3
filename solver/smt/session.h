// One conversation with Z3, which begins new: what it is told, and the answers it gives.
//
// It is told only what a question needs, and nothing until an answer is needed that is not kept.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "solver/smt/answers.h"
#include "solver/smt/relevance.h"
#include "solver/smt/smt.h"
#include "solver/smt/terms.h"

namespace cotejo::smt {

struct SessionResult {
  Outcome outcome;
  Model model;  // when satisfiable
};

class Session {
 public:
  Session(const Terms& terms, std::uint64_t rlimit, Answers* answers);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  void Assert(std::int32_t fact);
  void Push();
  void Pop();
  SessionResult Check(const std::vector<std::int32_t>& assumptions);

 private:
  struct Z3Side;
  struct Command {
    enum class Kind { Assert, Push, Pop, Check } kind;
    std::vector<std::int32_t> terms;
  };
  void Tell(Command::Kind kind, std::vector<std::int32_t> terms);
  const Digest& SaidAs(std::int32_t term);
  [[nodiscard]] Model ByTurn(const Model& model) const;
  [[nodiscard]] Model ByTerm(const Model& by_turn) const;
  SessionResult Ask();
  SessionResult Run(const Command& command);

  const Terms& terms_;
  std::uint64_t rlimit_;
  Answers* answers_;
  Relevance relevance_;
  static constexpr int kUntold = -1;
  std::vector<int> told_;            // by fact of relevance_: at which level
  std::vector<std::size_t> levels_;  // where the facts of each begin
  Digest said_;
  std::vector<std::int32_t> variables_;         // in the order in which they were first said
  std::vector<std::optional<Digest>> said_as_;  // by term
  std::vector<Command> commands_;
  std::size_t executed_ = 0;  // how many of them Z3 has been told
  std::unique_ptr<Z3Side> z3_;
};

// Terms and their variables as SMT-LIB 2 writes them.
class Printer {
 public:
  explicit Printer(const Terms& terms);
  ~Printer();
  Printer(const Printer&) = delete;
  Printer& operator=(const Printer&) = delete;

  std::string Print(std::int32_t term);
  // The smallest logic with every sort and operation of what was printed, and its variables.
  [[nodiscard]] std::string Preamble() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace cotejo::smt
