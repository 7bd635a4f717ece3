#include "solver/checks/shown.h"

#include <algorithm>

#include "model/evaluation/witness.h"
#include "model/rules/caps.h"
#include "solver/checks/histories.h"
#include "solver/checks/severity.h"

namespace cotejo::checks {

using evaluation::Application;
using evaluation::Result;

namespace {

struct Replayed {
  evaluation::History history;
  Result result;
};

std::optional<Replayed> Again(const rules::Ruleset& rules, const rules::Families& families,
                              const base::Witness& witness) {
  auto history = evaluation::ParseHistory(rules, witness.csv);
  if (!history) return std::nullopt;
  Result result = evaluation::Evaluate(rules, families, *history);
  if (!Sound(result)) return std::nullopt;
  return Replayed{std::move(*history), std::move(result)};
}

// By how much one history is punished more than another; nothing when it is not.
std::optional<Size> Drop(const Severity& from, const Severity& to) {
  if (!Lighter(to, from)) return std::nullopt;
  const auto more = [](auto a, auto b) { return base::Rational(a) - base::Rational(b); };
  // Whoever is removed cannot be punished further, so that the rest does not count.
  if (from.removal) return Size{1};
  return Size{0, more(from.process ? 1 : 0, to.process ? 1 : 0), from.days - to.days,
              more(from.written, to.written), more(from.verbal, to.verbal)};
}

bool CapStands(const rules::Ruleset& rules, const Result& result) {
  return std::any_of(
      result.applications.begin(), result.applications.end(), [&](const Application& application) {
        return application.stands && rules::IsCap(rules, rules.rule(application.rule));
      });
}

}  // namespace

std::optional<Size> ShownBy(const rules::Ruleset& rules, const rules::Families& families,
                            const base::Finding& finding) {
  const bool drop = finding.code == "inversión" || finding.code == "incentivo-perverso";
  const bool escape = finding.code == "escapatoria";
  const bool gap = finding.code == "hueco" || finding.code == "granularidad";
  const bool cap = finding.code == "tope-excedido";
  if (!drop && !escape && !gap && !cap) return std::nullopt;
  const auto first = Again(rules, families, finding.witness);
  if (!first) return std::nullopt;
  if (gap) return first->result.gaps.empty() ? std::nullopt : std::optional<Size>(Size{});
  if (cap) {
    if (!CapStands(rules, first->result)) return std::nullopt;
    return Size{SeverityOf(rules, first->result).days};
  }
  if (!finding.counterpart) return std::nullopt;
  const auto second = Again(rules, families, *finding.counterpart);
  if (!second) return std::nullopt;
  const Severity witness = SeverityOf(rules, first->result);
  const Severity compared = SeverityOf(rules, second->result);
  return drop ? Drop(witness, compared) : Drop(compared, witness);
}

}  // namespace cotejo::checks
