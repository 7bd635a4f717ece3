// Which of many facts a question needs: those that do not hold of themselves when every variable
// it does not mention is false or zero.
//
// What is left out holds in any model of the rest in which those variables are so: the same
// questions are satisfiable, with far less said.
#pragma once

#include <cstdint>
#include <vector>

#include "solver/smt/terms.h"

namespace cotejo::smt {

class Relevance {
 public:
  explicit Relevance(const Terms& terms) : terms_(terms) {}

  // The parts of a conjunction are facts of their own.
  void Add(std::int32_t fact);
  // Facts given since the mark are taken back.
  [[nodiscard]] std::size_t mark() const { return facts_.size(); }
  void TakeBack(std::size_t mark) { facts_.resize(mark); }

  struct Needed {
    std::vector<std::size_t> facts;         // by position; see fact()
    std::vector<std::int32_t> assumptions;  // parts of them
  };
  // For a question under these assumptions. What was needed once stays so.
  Needed For(const std::vector<std::int32_t>& assumptions);
  [[nodiscard]] std::int32_t fact(std::size_t position) const { return facts_[position].term; }

 private:
  struct Fact {
    std::int32_t term;
    bool needed = false;
  };
  // A condition that may be either is Open, and so is a number of any value.
  struct Known {
    bool open = false;
    Rational value;
  };

  void Flatten(std::int32_t term, std::vector<Fact>& parts) const;
  bool Need(std::vector<Fact>& facts);
  bool Holds(std::int32_t term);
  const Known& Look(std::int32_t term);
  Known Compute(const TermNode& node);
  void Mention(std::int32_t term);

  const Terms& terms_;
  std::vector<Fact> facts_;
  std::vector<bool> mentioned_;  // by term: it, or a variable
  std::vector<Known> known_;     // by term, when looked_at_ is of this round
  std::vector<std::uint32_t> looked_at_;
  std::uint32_t round_ = 0;
};

}  // namespace cotejo::smt
