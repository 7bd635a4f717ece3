#include "scenarios/exposure/lived.h"

#include <algorithm>

#include "model/evaluation/read_back.h"

namespace cotejo::exposure {
namespace {

bool IsFact(const evaluation::Result& result, int root) {
  return result.roots[static_cast<std::size_t>(root)].subject.window == rules::Window::Fact;
}

// A fact itself; of a window, what its facts come from.
std::vector<int> FactsBehind(const evaluation::Result& result, int root) {
  if (IsFact(result, root)) return {root};
  std::vector<int> facts;
  for (const evaluation::DerivedIndex fact : result.roots[static_cast<std::size_t>(root)].facts) {
    const int of_fact = result.facts[static_cast<std::size_t>(fact)].root;
    if (IsFact(result, of_fact)) facts.push_back(of_fact);
  }
  std::sort(facts.begin(), facts.end());
  facts.erase(std::unique(facts.begin(), facts.end()), facts.end());
  return facts;
}

}  // namespace

Terms TermsOf(const rules::Families& families) {
  Terms terms;
  for (const rules::Family& family : families.families) {
    if (family.coverages.empty()) continue;
    for (const rules::ExpandedRule& rule : family.rules) {
      if (!rule.through.empty()) continue;
      for (const rules::Box& box : rule.boxes) {
        for (const rules::Atom& atom : box.atoms) terms[family.root][atom.term] = atom.expr;
      }
    }
  }
  return terms;
}

Lived FromInterpreter(const rules::Ruleset& rules, const Terms& terms,
                      const evaluation::History& history, const evaluation::Result& result) {
  Lived lived;
  for (std::size_t i = 0; i < result.applications.size(); ++i) {
    const evaluation::Application& a = result.applications[i];
    lived.rules.push_back(
        {a.rule, a.date, a.root, a.stands, a.quantities, FactsBehind(result, a.root)});
    for (const int other : a.conflicts) {
      if (static_cast<std::size_t>(other) > i)
        lived.conflicts.emplace_back(i, static_cast<std::size_t>(other));
    }
  }
  lived.kinds.assign(rules.fact_kinds.size(), false);
  for (const evaluation::EvaluatedFact& fact : result.facts)
    lived.kinds[fact.fact.kind.index()] = true;
  evaluation::ReadBack read(rules, history, result);
  for (const evaluation::GapHit& gap : result.gaps) {
    LivedGap out{gap.scale, {}};
    const auto looked_at = terms.find(result.roots[static_cast<std::size_t>(gap.root)].subject);
    if (looked_at == terms.end()) continue;
    for (const auto& [term, expr] : looked_at->second) {
      const auto value = read.At(gap.root, expr);
      if (value && !value->absent) out.terms[term] = value->number;
    }
    lived.gaps.push_back(std::move(out));
  }
  return lived;
}

Lived FromSimulator(const year::Plan& plan, const year::YearDays& days, const Terms& terms,
                    const std::vector<bool>& wanted, year::Evaluator& evaluator) {
  Lived lived;
  std::vector<std::size_t> place(evaluator.applied().size());  // in lived.rules, from 1
  for (std::size_t i = 0; i < evaluator.applied().size(); ++i) {
    const year::Applied& applied = evaluator.applied()[i];
    const rules::RuleId id(applied.rule);
    if (!wanted[id.index()]) continue;
    LivedRule rule{id, days.date(applied.day), applied.root, applied.stands, {}, {}};
    for (std::size_t c = 0; c < plan.rules->rule(id).consequences.size(); ++c)
      rule.quantities.push_back(year::Unscaled(plan, evaluator.quantity(applied, c)));
    rule.facts = evaluator.FactsBehind(applied.root);
    lived.rules.push_back(std::move(rule));
    place[i] = lived.rules.size();
  }
  for (std::size_t kind = 0; kind < plan.rules->fact_kinds.size(); ++kind)
    lived.kinds.push_back(evaluator.happened(static_cast<int>(kind)));
  for (const auto& [a, b] : evaluator.conflicts()) {
    const std::size_t first = place[static_cast<std::size_t>(a)];
    const std::size_t second = place[static_cast<std::size_t>(b)];
    if (first > 0 && second > 0) lived.conflicts.emplace_back(first - 1, second - 1);
  }
  for (const year::GapFound& gap : evaluator.gaps()) {
    const auto family = static_cast<std::size_t>(gap.family);
    const auto looked_at = terms.find(plan.families.families[family].root);
    if (looked_at == terms.end()) continue;
    LivedGap out{gap.scale, {}};
    for (const auto& [term, expr] : looked_at->second) {
      const std::int64_t value = evaluator.Value(expr.value, gap.day, gap.fact);
      if (value != year::kAbsent) out.terms[term] = year::Unscaled(plan, value);
    }
    lived.gaps.push_back(std::move(out));
  }
  return lived;
}

}  // namespace cotejo::exposure
