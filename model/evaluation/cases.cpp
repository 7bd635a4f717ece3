// Runs the examples written in the norm files and compares what they expect.
#include <algorithm>
#include <set>

#include "model/evaluation/evaluate.h"
#include "model/evaluation/impossible.h"
#include "model/rules/terms.h"

namespace cotejo::evaluation {

using rules::Consequence;
using rules::ConsequenceKind;
using rules::Expectation;

namespace {

// One consequence that stands, ready to be matched.
struct Found {
  const Consequence* consequence = nullptr;
  Rational quantity;
  base::Citation citation;
  Date date;
  bool matched = false;
};

void Append(base::Text& list, const base::Text& item) {
  list.es += (list.es.empty() ? "" : "; ") + item.es;
  list.en += (list.en.empty() ? "" : "; ") + item.en;
}

base::Text Cited(base::Text text, const base::Citation& citation) {
  if (!citation.empty()) {
    text.es += " (" + citation.str() + ")";
    text.en += " (" + citation.str() + ")";
  }
  return text;
}

class CaseRun {
 public:
  CaseRun(const rules::Ruleset& rules, const rules::Families& families, const rules::Case& example)
      : rules_(rules), families_(families), example_(example) {}

  // Nothing when the case holds.
  std::optional<CaseFailure> Run() {
    const History history = CaseHistory(rules_, example_);
    if (const auto why = WhyImpossible(rules_, history)) {
      return CaseFailure{0,
                         DescribeExpected(),
                         {"hechos que no pueden ocurrir (" + why->es + ")",
                          "facts that cannot happen (" + why->en + ")"}};
    }
    result_ = Evaluate(rules_, families_, history);
    Gather();
    const bool matches = MatchAll() && NothingDisciplinaryLeft() && GapsExpected() && NoErrors() &&
                         !ClashingExtras();
    if (matches) {
      return std::nullopt;
    }
    return CaseFailure{0, DescribeExpected(), DescribeFound()};
  }

 private:
  void Gather() {
    for (const Application& application : result_.applications) {
      if (!application.stands) {
        continue;
      }
      const rules::Rule& rule = rules_.rule(application.rule);
      for (std::size_t i = 0; i < rule.consequences.size(); ++i) {
        found_.push_back({&rule.consequences[i], application.quantities[i], rule.citation,
                          application.date, false});
      }
    }
  }

  // The narrowest citations choose first: citations are nested, so this finds a complete
  // match when there is one.
  bool MatchAll() {
    std::vector<const Expectation*> expected;
    for (const Expectation& expectation : example_.expectations) {
      if (expectation.kind == Expectation::Kind::Consequence) {
        expected.push_back(&expectation);
      }
    }
    const auto depth = [](const Expectation* e) {
      return e->citation.empty() ? std::size_t{0} : 1 + e->citation.path.size();
    };
    std::stable_sort(expected.begin(), expected.end(),
                     [&](const auto* a, const auto* b) { return depth(a) > depth(b); });
    return std::all_of(expected.begin(), expected.end(), [&](const Expectation* expectation) {
      const auto hit = std::find_if(found_.begin(), found_.end(), [&](const Found& found) {
        return !found.matched && Matches(*expectation, found);
      });
      if (hit == found_.end()) {
        return false;
      }
      hit->matched = true;
      return true;
    });
  }

  bool Matches(const Expectation& expectation, const Found& found) const {
    const Consequence& wanted = expectation.consequence;
    const Consequence& given = *found.consequence;
    if (wanted.kind != given.kind ||
        (!expectation.citation.empty() && !found.citation.within(expectation.citation))) {
      return false;
    }
    if (wanted.quantity.valid() &&
        rules::ConstantValue(rules_, wanted.quantity) != std::optional(found.quantity)) {
      return false;
    }
    if (wanted.kind == ConsequenceKind::Entitlement) {
      return base::Fold(wanted.thing) == base::Fold(given.thing);
    }
    if (rules::IsDisciplinary(wanted.kind)) {
      return true;
    }
    const bool same_term =
        !wanted.term || (given.term && wanted.term->amount == given.term->amount &&
                         wanted.term->unit == given.term->unit);
    return base::Fold(wanted.actor) == base::Fold(given.actor) &&
           (wanted.action.empty() || base::Fold(wanted.action) == base::Fold(given.action)) &&
           same_term;
  }

  bool NothingDisciplinaryLeft() const {
    return std::none_of(found_.begin(), found_.end(), [](const Found& found) {
      return !found.matched && rules::IsSanction(found.consequence->kind);
    });
  }

  // An expected entitlement must be the only one of its thing that day.
  bool ClashingExtras() const {
    std::set<std::pair<std::string, Date>> settled;
    for (const Found& found : found_) {
      if (found.matched && found.consequence->kind == ConsequenceKind::Entitlement) {
        settled.emplace(base::Fold(found.consequence->thing), found.date);
      }
    }
    return std::any_of(found_.begin(), found_.end(), [&](const Found& found) {
      return !found.matched && found.consequence->kind == ConsequenceKind::Entitlement &&
             settled.contains({base::Fold(found.consequence->thing), found.date});
    });
  }

  bool GapWithin(const GapHit& gap, const base::Citation& citation) const {
    if (citation.empty()) return true;
    const auto within = [&](rules::RuleId rule) {
      return rules_.rule(rule).citation.within(citation);
    };
    return std::any_of(
        families_.families.begin(), families_.families.end(), [&](const auto& family) {
          return std::any_of(
              family.coverages.begin(), family.coverages.end(), [&](const auto& coverage) {
                return coverage.Has(gap.scale) &&
                       std::any_of(coverage.answering.begin(), coverage.answering.end(), within);
              });
        });
  }

  bool GapsExpected() const {
    bool any = false;
    for (const Expectation& expectation : example_.expectations) {
      if (expectation.kind != Expectation::Kind::Gap) {
        continue;
      }
      any = true;
      const bool hit =
          std::any_of(result_.gaps.begin(), result_.gaps.end(),
                      [&](const GapHit& gap) { return GapWithin(gap, expectation.citation); });
      if (!hit) {
        return false;
      }
    }
    return any || result_.gaps.empty();
  }

  bool NoErrors() const {
    return std::none_of(
        result_.problems.begin(), result_.problems.end(),
        [](const base::Diagnostic& d) { return d.severity == base::Severity::Error; });
  }

  base::Text DescribeExpected() const {
    base::Text text;
    for (const Expectation& expectation : example_.expectations) {
      base::Text item{"nada", "nothing"};
      if (expectation.kind == Expectation::Kind::Gap) {
        item = {"hueco", "gap"};
      } else if (expectation.kind == Expectation::Kind::Consequence) {
        const Consequence& wanted = expectation.consequence;
        const auto quantity = wanted.quantity.valid()
                                  ? rules::ConstantValue(rules_, wanted.quantity)
                                  : std::optional<Rational>();
        item = rules::DescribeConsequence(rules_, wanted, quantity);
      }
      Append(text, Cited(item, expectation.citation));
    }
    return text.empty() ? base::Text{"nada", "nothing"} : text;
  }

  base::Text DescribeFound() const {
    base::Text text;
    std::set<std::string> things;
    for (const Expectation& expectation : example_.expectations) {
      things.insert(base::Fold(expectation.consequence.thing + expectation.consequence.actor));
    }
    for (const Found& found : found_) {
      const Consequence& given = *found.consequence;
      const bool asked = things.contains(base::Fold(given.thing + given.actor));
      if (rules::IsDisciplinary(given.kind) || asked) {
        Append(text,
               Cited(rules::DescribeConsequence(rules_, given, found.quantity), found.citation));
      }
    }
    for (const GapHit& gap : result_.gaps) {
      base::Text item{"hueco el " + gap.date.str(), "gap on " + gap.date.str()};
      for (const MeasureReading& reading : gap.measures) {
        const auto shown = [&](base::Language language) {
          return ", " + reading.term + " = " +
                 rules::FormatValue(rules_, reading.type, reading.value, language);
        };
        item.es += shown(base::Language::Spanish);
        item.en += shown(base::Language::English);
      }
      Append(text, item);
    }
    for (const base::Diagnostic& problem : result_.problems) {
      if (problem.severity == base::Severity::Error) {
        Append(text, problem.message);
      }
    }
    return text.empty() ? base::Text{"nada", "nothing"} : text;
  }

  const rules::Ruleset& rules_;
  const rules::Families& families_;
  const rules::Case& example_;
  Result result_;
  std::vector<Found> found_;
};

}  // namespace

CaseReport RunCases(const rules::Ruleset& rules, const rules::Families& families) {
  CaseReport report;
  for (std::size_t i = 0; i < rules.cases.size(); ++i) {
    const rules::Case& example = rules.cases[i];
    const bool bound_elsewhere =
        std::any_of(example.readings.begin(), example.readings.end(), [&](const auto& bound) {
          return rules.readings[bound.first.index()].chosen != bound.second;
        });
    if (bound_elsewhere) {
      report.skipped.push_back(i);
      continue;
    }
    ++report.run;
    if (std::optional<CaseFailure> failure = CaseRun(rules, families, example).Run()) {
      failure->case_index = i;
      report.failures.push_back(std::move(*failure));
    }
  }
  return report;
}

}  // namespace cotejo::evaluation
