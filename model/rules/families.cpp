#include "model/rules/families.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "model/rules/boxes.h"

namespace cotejo::rules {

namespace {

// The roots a rule reaches, each with the chain that leads there.
class Expansion {
 public:
  Expansion(const Ruleset& rules, RuleId rule, std::map<Subject, Family>& families)
      : rules_(rules), rule_(rule), families_(families) {}

  void Run() {
    const Subject subject = rules_.rule(rule_).subject;
    Climb({&rules_, subject, {}}, subject);
  }

 private:
  void Climb(const Vantage& vantage, const Subject& at) {
    if (at.window != Window::Fact) {
      Emit(vantage, at);
      return;
    }
    const FactKind& kind = rules_.kind(at.kind);
    // Sanctions are born of consequences, not of a qualification: nothing lies behind them.
    if (!kind.derived || kind.is_sanction) {
      Emit(vantage, at);
    }
    for (std::size_t i = 0; i < rules_.qualifications.size(); ++i) {
      const QualificationId id(static_cast<std::int64_t>(i));
      const bool used =
          std::find(vantage.through.begin(), vantage.through.end(), id) != vantage.through.end();
      if (rules_.qualification(id).target != at.kind || used) {
        continue;
      }
      Vantage further = vantage;
      further.through.push_back(id);
      Climb(further, rules_.qualification(id).subject);
    }
  }

  void Emit(const Vantage& vantage, const Subject& root) {
    const Rule& rule = rules_.rule(rule_);
    std::optional<std::vector<Box>> boxes = GuardBoxes(vantage, rule.guard, rule.exceptions, 0);
    for (std::size_t i = 0; i < vantage.through.size(); ++i) {
      const Qualification& by = rules_.qualification(vantage.through[i]);
      boxes = Both(std::move(boxes), GuardBoxes(vantage, by.guard, by.exceptions, i + 1));
    }
    if (boxes && boxes->empty()) {
      return;  // it can never apply to this root
    }
    ExpandedRule expanded;
    expanded.rule = rule_;
    expanded.through = vantage.through;
    expanded.exact = boxes.has_value();
    expanded.boxes = boxes ? std::move(*boxes) : std::vector<Box>{Box{}};
    Family& family = families_[root];
    family.root = root;
    family.rules.push_back(std::move(expanded));
  }

  const Ruleset& rules_;
  RuleId rule_;
  std::map<Subject, Family>& families_;
};

// ---- Coverages -------------------------------------------------------------------

std::set<Respect> RespectsOf(const Rule& rule) {
  std::set<Respect> respects;
  if (rule.fault != FaultClass::None) respects.insert({Dimension::Discipline, ""});
  for (const Consequence& consequence : rule.consequences) {
    if (IsDisciplinary(consequence.kind)) {
      respects.insert({Dimension::Discipline, ""});
    } else if (consequence.kind == ConsequenceKind::Entitlement) {
      respects.insert({Dimension::Entitlement, base::Fold(consequence.thing)});
    } else {
      respects.insert({Dimension::Deontic, base::Fold(consequence.action)});
    }
  }
  return respects;
}

// A scale of sanctions may also order that they be recorded: it is one of sanctions.
std::vector<Respect> RespectsOf(const Ruleset& rules, const Scale& scale) {
  std::set<Respect> all;
  for (const RuleId row : scale.rows) all.merge(RespectsOf(rules.rule(row)));
  std::vector<Respect> main;
  for (const Respect& respect : all) {
    if (respect.dimension == all.begin()->dimension) main.push_back(respect);
  }
  return main;
}

bool SaysWhatElseItIs(const Ruleset& rules, RuleId rule) {
  return std::any_of(rules.qualifications.begin(), rules.qualifications.end(),
                     [&](const Qualification& by) { return by.from_rule == rule; });
}

void FindAnswering(const Ruleset& rules, const Family& family, Coverage& coverage) {
  for (const ExpandedRule& expanded : family.rules) {
    const Rule& rule = rules.rule(expanded.rule);
    const std::set<Respect> respects = RespectsOf(rule);
    const bool answers =
        coverage.Has(rule.scale) ||
        std::any_of(coverage.respects.begin(), coverage.respects.end(),
                    [&](const Respect& respect) { return respects.contains(respect); }) ||
        SaysWhatElseItIs(rules, expanded.rule);
    const bool known = !coverage.answering.empty() && coverage.answering.back() == expanded.rule;
    if (answers && !known) coverage.answering.push_back(expanded.rule);
  }
}

void CompleteFamily(const Ruleset& rules, Family& family) {
  std::sort(family.rules.begin(), family.rules.end(),
            [](const ExpandedRule& a, const ExpandedRule& b) {
              return a.rule != b.rule ? a.rule < b.rule : a.through < b.through;
            });
  for (std::size_t i = 0; i < rules.qualifications.size(); ++i) {
    if (rules.qualifications[i].subject == family.root) {
      family.qualifications.emplace_back(static_cast<std::int64_t>(i));
    }
  }
  for (std::size_t i = 0; i < rules.scales.size(); ++i) {
    const Scale& scale = rules.scales[i];
    if (scale.subject != family.root || !Exhaustive(scale)) continue;
    const ScaleId id(static_cast<std::int64_t>(i));
    std::vector<Respect> respects = RespectsOf(rules, scale);
    const auto same =
        std::find_if(family.coverages.begin(), family.coverages.end(),
                     [&](const Coverage& coverage) { return coverage.respects == respects; });
    if (same != family.coverages.end()) {
      same->scales.push_back(id);
    } else {
      family.coverages.push_back({{id}, std::move(respects), {}});
    }
  }
  for (Coverage& coverage : family.coverages) FindAnswering(rules, family, coverage);
}

std::optional<Date> DateOf(const Norm& norm) {
  return norm.in_force_from ? norm.in_force_from : norm.issued;
}

}  // namespace

bool LaterNorm(const Ruleset& rules, NormId a, NormId b) {
  if (!a.valid() || !b.valid() || a == b) {
    return false;
  }
  const std::optional<Date> date_a = DateOf(rules.norm(a));
  const std::optional<Date> date_b = DateOf(rules.norm(b));
  return date_a && date_b && *date_a > *date_b;
}

bool Exhaustive(const Scale& scale) {
  return scale.policy != HitPolicy::Accumulate && !scale.partial && !scale.rows.empty();
}

bool Coverage::Has(ScaleId scale) const {
  return std::find(scales.begin(), scales.end(), scale) != scales.end();
}

bool Coverage::IsAnsweredBy(RuleId rule) const {
  return std::binary_search(answering.begin(), answering.end(), rule);
}

bool Family::Promises(ScaleId scale) const {
  return std::any_of(coverages.begin(), coverages.end(),
                     [&](const Coverage& coverage) { return coverage.Has(scale); });
}

Family Family::Only(const Coverage& coverage) const {
  Family only{root, {}, qualifications, {coverage}};
  std::copy_if(rules.begin(), rules.end(), std::back_inserter(only.rules),
               [&](const ExpandedRule& rule) { return coverage.IsAnsweredBy(rule.rule); });
  return only;
}

Families BuildFamilies(const Ruleset& rules) {
  std::map<Subject, Family> by_root;
  for (std::size_t i = 0; i < rules.rules.size(); ++i) {
    Expansion(rules, RuleId(static_cast<std::int64_t>(i)), by_root).Run();
  }
  Families families;
  for (auto& [root, family] : by_root) {
    CompleteFamily(rules, family);
    families.families.push_back(std::move(family));
  }
  return families;
}

Precedence PrevailsOver(const Ruleset& rules, const ExpandedRule& a, const ExpandedRule& b) {
  const Rule& first = rules.rule(a.rule);
  const Rule& second = rules.rule(b.rule);
  if (first.norm.valid() && second.norm.valid()) {
    const int rank_a = rules.norm(first.norm).rank;
    const int rank_b = rules.norm(second.norm).rank;
    if (rank_a != rank_b) {
      return rank_a < rank_b ? Precedence::Rank : Precedence::None;
    }
  }
  if (first.priority != second.priority) {
    return first.priority > second.priority ? Precedence::Exception : Precedence::None;
  }
  if (a.exact && b.exact) {
    const bool narrower = Implies(a.boxes, b.boxes);
    const bool wider = Implies(b.boxes, a.boxes);
    if (narrower != wider) {
      return narrower ? Precedence::Special : Precedence::None;
    }
  }
  return LaterNorm(rules, first.norm, second.norm) ? Precedence::Later : Precedence::None;
}

Precedence Families::Prevails(const Ruleset& rules, const Family& family, std::size_t a,
                              std::size_t b) {
  return PrevailsOver(rules, family.rules[a], family.rules[b]);
}

namespace {

std::string QuantityText(const Ruleset& rules, const Rule& rule, const Consequence& consequence) {
  const std::optional<Rational> value = ConstantValue(rules, consequence.quantity);
  return value ? FormatValue(rules, rules.expr(consequence.quantity).type, {*value, false})
               : FormatExprOf(rules, consequence.quantity, rule.subject.kind);
}

std::string DutyText(const Consequence& consequence) {
  std::string text;
  switch (consequence.kind) {
    case ConsequenceKind::Obligation:
      text = "obligación";
      break;
    case ConsequenceKind::Prohibition:
      text = "prohibición";
      break;
    case ConsequenceKind::Permission:
      text = "permiso";
      break;
    default:
      text = "facultad";
      break;
  }
  text += " " + base::Fold(consequence.actor);
  if (consequence.term) {
    constexpr std::array<const char*, 4> kUnits = {"horas", "días", "días hábiles", "meses"};
    text += " " + consequence.term->amount.str() + " " +
            kUnits[static_cast<std::size_t>(consequence.term->unit)];
  }
  return text;
}

}  // namespace

bool IsDisciplinary(ConsequenceKind kind) { return kind < ConsequenceKind::Entitlement; }

bool IsSanction(ConsequenceKind kind) {
  return IsDisciplinary(kind) && kind != ConsequenceKind::NoSanction;
}

bool OrdersSanction(const Rule& rule) {
  return std::any_of(rule.consequences.begin(), rule.consequences.end(),
                     [](const Consequence& c) { return IsSanction(c.kind); });
}

bool IsRemoval(ConsequenceKind kind) {
  return kind == ConsequenceKind::Destitution || kind == ConsequenceKind::Retirement;
}

bool OrdersRemoval(const Rule& rule) {
  return std::any_of(rule.consequences.begin(), rule.consequences.end(),
                     [](const Consequence& c) { return IsRemoval(c.kind); });
}

std::vector<Outcome> Outcomes(const Ruleset& rules, const Rule& rule) {
  std::vector<std::string> discipline;
  std::map<std::string, std::vector<std::string>> things;
  std::vector<Outcome> duties;
  for (const Consequence& consequence : rule.consequences) {
    if (consequence.kind == ConsequenceKind::PayDeduction) {
      discipline.push_back("descuento de " + QuantityText(rules, rule, consequence));
    } else if (IsDisciplinary(consequence.kind)) {
      discipline.push_back(DescribeConsequence(rules, consequence, std::nullopt).es);
    } else if (consequence.kind == ConsequenceKind::Entitlement) {
      things[base::Fold(consequence.thing)].push_back(QuantityText(rules, rule, consequence));
    } else {
      duties.push_back({Dimension::Deontic, base::Fold(consequence.action), DutyText(consequence),
                        base::Fold(consequence.actor), consequence.kind, consequence.term});
    }
  }
  const auto joined = [](std::vector<std::string> parts) {
    std::sort(parts.begin(), parts.end());
    std::string text;
    for (const std::string& part : parts) {
      text += (text.empty() ? "" : " + ") + part;
    }
    return text;
  };
  std::vector<Outcome> outcomes;
  if (rule.fault != FaultClass::None) {
    // The class takes part in the comparison: one thing cannot be both minor and serious.
    const std::string fault = DescribeFault(rule.fault).es;
    const std::string rest = joined(discipline);
    outcomes.push_back({Dimension::Discipline, "", rest.empty() ? fault : fault + ": " + rest});
  } else if (!discipline.empty()) {
    outcomes.push_back({Dimension::Discipline, "", joined(discipline)});
  }
  for (const auto& [thing, parts] : things) {
    outcomes.push_back({Dimension::Entitlement, thing, joined(parts)});
  }
  outcomes.insert(outcomes.end(), duties.begin(), duties.end());
  return outcomes;
}

namespace {

bool SameTerm(const Term& a, const Term& b) { return a.unit == b.unit && a.amount == b.amount; }

bool DutiesClash(const Outcome& a, const Outcome& b) {
  if (a.thing != b.thing || a.actor != b.actor) {
    return false;
  }
  const bool forbidden_a = a.duty == ConsequenceKind::Prohibition;
  const bool forbidden_b = b.duty == ConsequenceKind::Prohibition;
  if (forbidden_a != forbidden_b) {
    return true;
  }
  return a.duty == ConsequenceKind::Obligation && b.duty == ConsequenceKind::Obligation && a.term &&
         b.term && !SameTerm(*a.term, *b.term);
}

bool Incompatible(const Outcome& a, const Outcome& b) {
  if (a.dimension != b.dimension) {
    return false;
  }
  return a.dimension == Dimension::Deontic ? DutiesClash(a, b)
                                           : a.thing == b.thing && a.signature != b.signature;
}

}  // namespace

bool OutcomesClash(const Ruleset& rules, RuleId a, const std::vector<Outcome>& outcomes_a, RuleId b,
                   const std::vector<Outcome>& outcomes_b) {
  const ScaleId scale = rules.rule(a).scale;
  if (scale.valid() && scale == rules.rule(b).scale &&
      rules.scale(scale).policy == HitPolicy::Accumulate) {
    return false;
  }
  return std::any_of(outcomes_a.begin(), outcomes_a.end(), [&](const Outcome& x) {
    return std::any_of(outcomes_b.begin(), outcomes_b.end(),
                       [&](const Outcome& y) { return Incompatible(x, y); });
  });
}

}  // namespace cotejo::rules
