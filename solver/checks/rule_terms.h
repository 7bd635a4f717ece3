// The terms that rules give («obligación UDITH … en 24 horas»), and the milestones that speak
// of the same ones.
#pragma once

#include <vector>

#include "solver/checks/temporal.h"

namespace cotejo::checks {

struct RuleTerm {
  rules::RuleId rule;
  std::size_t consequence = 0;
  rules::Term term;
  bool power = false;  // a right, else an obligation
};

// Terms of the obligations and powers of the rules in force some day of the gestión.
std::vector<RuleTerm> TermsOfRules(const rules::Ruleset& rules, int year);

bool SameTerm(const rules::Term& a, const rules::Term& b);

// Whether the milestone's entry is a term for the same kind of act of the same actor.
bool SameActor(const rules::Ruleset& rules, const rules::Milestone& milestone,
               const RuleTerm& term);
// … and the same figure, by the same provision, one that holds it or one that changes it.
bool SpeaksOf(const rules::Ruleset& rules, const rules::Milestone& milestone, const RuleTerm& term);

}  // namespace cotejo::checks
