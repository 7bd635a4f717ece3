#include "scenarios/year/effects.h"

#include <algorithm>
#include <map>
#include <string>

namespace cotejo::year {
namespace {

using rules::ConsequenceKind;

// The rule opens a process itself, or some norm asks for one before such a consequence or for
// such a fault.
bool AfterProcess(const rules::Ruleset& rules, const rules::Rule& rule, ConsequenceKind kind) {
  const auto is = [&](const rules::Consequence& c) { return c.kind == ConsequenceKind::Process; };
  if (std::any_of(rule.consequences.begin(), rule.consequences.end(), is)) return true;
  return std::any_of(rules.process_requirements.begin(), rules.process_requirements.end(),
                     [&](const rules::ProcessRequirement& asked) {
                       const auto& kinds = asked.consequences;
                       const auto& faults = asked.faults;
                       return std::find(kinds.begin(), kinds.end(), kind) != kinds.end() ||
                              std::find(faults.begin(), faults.end(), rule.fault) != faults.end();
                     });
}

}  // namespace

bool PaysVacation(const rules::Consequence& consequence, const population::Names& names) {
  return consequence.kind == ConsequenceKind::Obligation && !names.separation.payment.empty() &&
         base::Fold(consequence.action) == base::Fold(names.separation.payment);
}

std::vector<RuleEffects> EffectsOf(const Plan& plan, const population::Names& names) {
  const rules::Ruleset& rules = *plan.rules;
  const std::map<std::string, Right> rights = {{base::Fold(names.vacation_right), Right::Vacation},
                                               {base::Fold(names.earned_right), Right::Earned},
                                               {base::Fold(names.lapsed_right), Right::Lapsed},
                                               {base::Fold(names.meal_right), Right::Meal},
                                               {base::Fold(names.bonus_right), Right::Bonus}};
  std::vector<RuleEffects> all;
  for (const rules::Rule& rule : rules.rules) {
    RuleEffects effects;
    effects.sanctions = rules::OrdersSanction(rule);
    const rules::FactKind& kind = rules.kind(rule.subject.kind);
    effects.at_year_end = kind.periodicity == rules::Periodicity::EachGestion &&
                          kind.fields.empty() && rule.subject.window == rules::Window::Fact;
    for (std::size_t c = 0; c < rule.consequences.size(); ++c) {
      const rules::Consequence& consequence = rule.consequences[c];
      const auto found = rights.find(base::Fold(consequence.thing));
      if (consequence.kind == ConsequenceKind::Entitlement && found != rights.end())
        effects.rights.emplace_back(c, found->second);
      effects.destitutes |= consequence.kind == ConsequenceKind::Destitution;
      effects.retires |= consequence.kind == ConsequenceKind::Retirement;
      effects.pays_vacation |=
          rule.subject.kind == plan.binding.separation.kind && PaysVacation(consequence, names);
    }
    effects.destitutes_after_process = AfterProcess(rules, rule, ConsequenceKind::Destitution);
    effects.retires_after_process = AfterProcess(rules, rule, ConsequenceKind::Retirement);
    all.push_back(std::move(effects));
  }
  return all;
}

}  // namespace cotejo::year
