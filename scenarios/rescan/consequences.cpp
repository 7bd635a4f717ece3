#include "scenarios/rescan/consequences.h"

namespace cotejo::rescan {

using rules::ConsequenceKind;

void RuleTally::AddTo(std::array<std::int64_t, kStandings>& standings, bool in_conflict,
                      std::int64_t sign) const {
  if (sanction) standings[kSanctions] += sign;
  if (!in_conflict) standings[kDeductions] += sign * static_cast<std::int64_t>(deductions.size());
  if (destitutes || retires) standings[kRemovals] += sign;
}

RuleTally TallyOf(const rules::Rule& rule) {
  RuleTally tally;
  for (std::size_t c = 0; c < rule.consequences.size(); ++c) {
    const ConsequenceKind kind = rule.consequences[c].kind;
    tally.sanction = tally.sanction || rules::IsSanction(kind);
    tally.process = tally.process || kind == ConsequenceKind::Process;
    tally.destitutes = tally.destitutes || kind == ConsequenceKind::Destitution;
    tally.retires = tally.retires || kind == ConsequenceKind::Retirement;
    tally.rights = tally.rights || kind == ConsequenceKind::Entitlement;
    if (kind == ConsequenceKind::PayDeduction) tally.deductions.push_back(c);
  }
  return tally;
}

std::vector<RuleTally> TalliesOf(const rules::Ruleset& rules) {
  std::vector<RuleTally> tallies;
  for (const rules::Rule& rule : rules.rules) tallies.push_back(TallyOf(rule));
  return tallies;
}

}  // namespace cotejo::rescan
