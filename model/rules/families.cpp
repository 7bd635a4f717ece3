#include "model/rules/families.h"

#include <algorithm>
#include <map>

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
  family.complete = std::any_of(rules.scales.begin(), rules.scales.end(), [&](const Scale& scale) {
    return scale.subject == family.root && Exhaustive(scale);
  });
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
