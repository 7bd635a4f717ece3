// Which of the rules that applied to one thing stand, by the order between norms.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "scenarios/year/order.h"

namespace cotejo::year {

// One rule that applied to one subject.
struct Applied {
  int rule = -1;
  int root = -1;
  std::int32_t day = 0;
  int fact = -1;               // subject fact; -1 for a window
  std::size_t quantities = 0;  // into quantities(), one for each consequence
  int chain = 0;               // qualifications behind its fact, a link; 0: none
  bool stands = true;
  bool in_conflict = false;  // with another that also stands
};

// Whether what applied to one thing on a day leaves one of them unanswered.
bool LeavesAGap(const GapScale& gap, std::span<const Applied> applied, std::int32_t day);

// One object for many things: its buffers are used again.
class Settler {
 public:
  // Marks what does not stand of `members`, positions in `all` of what applied to one thing, and
  // adds the pairs of those that stand in conflict. False: a rule applied where the family does
  // not foresee it, and nothing of this may be used.
  bool Settle(std::span<Applied> all, const std::vector<int>& members, int family, Order& order,
              const std::vector<ChainLink>& chains, std::vector<std::pair<int, int>>& conflicts);

 private:
  struct Clash {
    int winner = -1, loser = -1;
    bool decided = false;
  };
  bool FindClashes(std::span<const Applied> all, const std::vector<int>& members, int family,
                   Order& order, const std::vector<ChainLink>& chains);

  std::vector<Clash> clashes_;
  std::vector<int> open_;
};

}  // namespace cotejo::year
