// What the consequences of a rule count for in the results, whoever bears them.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "scenarios/rescan/facts.h"

namespace cotejo::rescan {

struct RuleTally {
  bool sanction = false, process = false, destitutes = false, retires = false;
  bool rights = false;                  // grants something
  std::vector<std::size_t> deductions;  // those of its consequences that deduct

  // Of one application that stands. A deduction that another rule contradicts is not counted.
  void AddTo(std::array<std::int64_t, kStandings>& standings, bool in_conflict,
             std::int64_t sign = 1) const;
};

RuleTally TallyOf(const rules::Rule& rule);
// By rule.
std::vector<RuleTally> TalliesOf(const rules::Ruleset& rules);

}  // namespace cotejo::rescan
