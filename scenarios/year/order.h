// Which of two rules that apply to one thing prevails under a regulation, found once for each
// pair and the way each of them got there; it does not depend on the person.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "scenarios/year/plan.h"

namespace cotejo::year {

// The qualifications behind a derived fact, nearest first, as links to a parent; link 0 is none.
struct ChainLink {
  int parent = 0;
  int qualification = -1;
};

class Order {
 public:
  // `numbers`: the plan's own number of each qualification that a chain names; none: the same.
  explicit Order(const Plan& plan, const std::vector<int>* numbers = nullptr);

  enum class Winner { First, Second, Neither };

  // Whether both rules cannot stand for one thing.
  bool Clash(int a, int b);
  // Position in a family of a rule as seen through a chain; -1: not there. Chains must be the
  // same ones, and their links keep their place, in every call.
  int Expanded(int family, int rule, int chain, const std::vector<ChainLink>& chains);
  Winner Decide(int family, int first, int second);

 private:
  const Plan& plan_;
  const std::vector<int>* numbers_;
  std::unordered_map<std::uint64_t, int> expanded_;
  std::unordered_map<std::uint64_t, Winner> precedence_;
  std::vector<std::int8_t> clash_;  // -1 unknown
};

}  // namespace cotejo::year
