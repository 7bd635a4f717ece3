#include "solver/checks/triggers.h"

#include <algorithm>
#include <map>
#include <set>

#include "solver/checks/sweep.h"

namespace cotejo::checks {

using base::Rational;
using rules::FactKindId;

namespace {

// ---- Sums ------------------------------------------------------------------------

// A sum over one field of the facts of a kind, and the values at which a guard may change.
struct SummedField {
  rules::MeasureId measure;
  rules::FieldId field;
  std::set<Rational> targets;
};

std::vector<SummedField> SumsOf(const Bench& bench, FactKindId kind) {
  const rules::Ruleset& rules = bench.context().rules;
  const std::vector<bool> reached = Becomes(rules, {kind});
  std::map<rules::MeasureId, SummedField> sums;
  for (const rules::Family& family : bench.context().families.families) {
    if (!reached[family.root.kind.index()] || family.root.window == rules::Window::Fact) continue;
    for (const Dimension& dimension : MakeSweep(rules, family).dimensions) {
      if (dimension.kind != rules::Atom::Kind::Interval) continue;
      const rules::Expr& expr = rules.expr(dimension.expr);
      if (expr.op != rules::Op::Measure) continue;
      const rules::MeasureId id(expr.ref);
      const rules::Measure& measure = rules.measure(id);
      if (measure.aggregate != rules::Aggregate::Sum || measure.filter.valid()) continue;
      if (!measure.kind.valid() || !reached[measure.kind.index()]) continue;
      if (rules.expr(measure.value).op != rules::Op::Field) continue;
      SummedField& sum = sums[id];
      sum.measure = id;
      sum.field = rules::FieldId(rules.expr(measure.value).ref);
      for (const Elementary& cell : dimension.cells) {
        if (cell.grid != Grid::Norm || cell.absent) continue;
        if (cell.low && !cell.low_open) sum.targets.insert(*cell.low);
        if (cell.high && !cell.high_open) sum.targets.insert(*cell.high);
      }
    }
  }
  std::vector<SummedField> all;
  for (auto& [id, sum] : sums) all.push_back(std::move(sum));
  return all;
}

// What one fact adds to a sum; nothing when it cannot be.
std::optional<Rational> Contribution(Bench& bench, FactKindId kind, const Choice& choice,
                                     const SummedField& sum) {
  const rules::Ruleset& rules = bench.context().rules;
  const int shift = rules.kind(kind).placement == rules::Placement::Shift ? 1 : 0;
  const auto trial = bench.Try(Recipe{{kind, 0, 0, shift, choice.fields}});
  if (!trial) return std::nullopt;
  Rational total;
  for (const evaluation::EvaluatedFact& fact : trial->result.facts) {
    if (fact.fact.kind != rules.measure(sum.measure).kind) continue;
    const rules::Value& value = fact.fact.fields[sum.field.index()];
    if (!value.absent) total += value.number;
  }
  return total;
}

// Facts between two choices of one piece, which differ in one field, that add up to a target.
class Filling {
 public:
  Filling(const Bench& bench, FactKindId kind, const Choice& low, const Choice& high,
          Rational adds_low, Rational adds_high)
      : bench_(bench),
        kind_(kind),
        low_(low),
        high_(high),
        adds_low_(adds_low),
        adds_high_(adds_high) {
    while (field_ < low.fields.size() && low.fields[field_] == high.fields[field_]) ++field_;
    const rules::Placement placement = bench.context().rules.kind(kind).placement;
    const auto days = static_cast<int>(bench.layout().months[0].size());
    patterns_ = Patterns(bench.layout(), placement, days);
  }

  // As many facts at the high end as fit, and what is left in one more, or shared by two when
  // it is less than the least that one can add.
  std::optional<Recipe> To(Rational target) const {
    if (target < adds_low_) return std::nullopt;
    std::vector<Rational> parts(static_cast<std::size_t>((target / adds_high_).floor()),
                                adds_high_);
    const Rational rest = target - Rational(static_cast<std::int64_t>(parts.size())) * adds_high_;
    if (rest >= adds_low_) {
      parts.push_back(rest);
    } else if (!rest.zero()) {
      const Rational shared = rest + adds_high_ - adds_low_;
      if (parts.empty() || shared < adds_low_ || shared > adds_high_) return std::nullopt;
      parts.back() = shared;
      parts.push_back(adds_low_);
    }
    const std::vector<Slot>* slots = Slots(parts.size());
    if (slots == nullptr) return std::nullopt;
    Recipe recipe;
    recipe.reserve(parts.size());
    for (std::size_t i = 0; i < parts.size(); ++i) {
      Recipe one = Fill(bench_, kind_, FieldsFor(parts[i]), {(*slots)[i]});
      recipe.push_back(std::move(one.front()));
    }
    return recipe;
  }

 private:
  std::vector<rules::Value> FieldsFor(Rational adds) const {
    if (adds == adds_high_) return high_.fields;
    std::vector<rules::Value> fields = low_.fields;
    const Rational span = high_.fields[field_].number - low_.fields[field_].number;
    fields[field_].number += (adds - adds_low_) / (adds_high_ - adds_low_) * span;
    return fields;
  }

  const std::vector<Slot>* Slots(std::size_t count) const {
    for (const std::vector<Slot>& slots : patterns_) {
      if (slots.size() == count) return &slots;
    }
    return nullptr;
  }

  const Bench& bench_;
  FactKindId kind_;
  const Choice& low_;
  const Choice& high_;
  Rational adds_low_, adds_high_;
  std::size_t field_ = 0;
  std::vector<std::vector<Slot>> patterns_;
};

}  // namespace

std::vector<SumLadder> SumLadders(Bench& bench, FactKindId kind,
                                  const std::vector<Choice>& choices) {
  std::vector<SumLadder> ladders;
  for (const SummedField& sum : SumsOf(bench, kind)) {
    for (std::size_t i = 0; i + 1 < choices.size(); ++i) {
      const Choice& low = choices[i];
      const Choice& high = choices[i + 1];
      if (low.piece != high.piece || !low.misconduct) continue;
      const auto adds_low = Contribution(bench, kind, low, sum);
      const auto adds_high = Contribution(bench, kind, high, sum);
      if (!adds_low || !adds_high || *adds_low <= Rational(0) || *adds_high <= *adds_low) continue;
      SumLadder ladder;
      ladder.measure = sum.measure;
      const Filling filling(bench, kind, low, high, *adds_low, *adds_high);
      for (Rational target : sum.targets) {
        if (auto recipe = filling.To(target)) ladder.recipes.push_back(std::move(*recipe));
      }
      if (!ladder.recipes.empty()) ladders.push_back(std::move(ladder));
    }
  }
  return ladders;
}

std::vector<Recipe> OneMonth(Bench& bench, FactKindId kind) {
  const rules::Ruleset& rules = bench.context().rules;
  const int most = MostThatMatters(rules, bench.context().families, Becomes(rules, {kind}));
  const std::vector<Choice> choices = ChoicesOf(bench, kind);
  std::vector<Recipe> recipes;
  for (const auto& slots : Patterns(bench.layout(), rules.kind(kind).placement, most)) {
    for (const Choice& choice : choices) {
      if (choice.misconduct) recipes.push_back(Fill(bench, kind, choice.fields, slots));
    }
  }
  for (SumLadder& ladder : SumLadders(bench, kind, choices)) {
    for (Recipe& recipe : ladder.recipes) recipes.push_back(std::move(recipe));
  }
  std::stable_sort(recipes.begin(), recipes.end(),
                   [](const Recipe& a, const Recipe& b) { return a.size() < b.size(); });
  return recipes;
}

// ---- Triggers --------------------------------------------------------------------

namespace {

bool Heavier(const Severity& a, const Severity& b) { return Lighter(b, a); }

class Collection {
 public:
  explicit Collection(const rules::Ruleset& rules) : rules_(rules) {}

  // Whether a rule not seen before stands.
  bool Note(Bench& bench, const Recipe& recipe) {
    const auto trial = bench.Try(recipe);
    if (!trial) return false;
    const rules::Ruleset& rules = rules_;
    std::vector<const evaluation::Application*> standing;
    for (const evaluation::Application& application : trial->result.applications) {
      if (application.stands && OrdersSanction(rules.rule(application.rule))) {
        standing.push_back(&application);
      }
    }
    // What a window is characterised as may matter only when it comes again.
    for (const evaluation::EvaluatedFact& fact : trial->result.facts) {
      if (!fact.by.valid()) continue;
      if (rules.qualification(fact.by).subject.window == rules::Window::Fact) continue;
      Recipe& seed = seeds_[{recipe.front().kind, fact.by}];
      if (seed.empty() || recipe.size() < seed.size()) seed = recipe;
    }
    const auto unanswered = [&](base::Date month) {
      return std::any_of(
          trial->result.gaps.begin(), trial->result.gaps.end(), [&](const evaluation::GapHit& gap) {
            return gap.date.first_of_month() == month && LeavesUnpunished(rules, gap);
          });
    };
    bool unseen = false;
    for (const evaluation::Application* application : standing) {
      const auto same_month = std::count_if(
          standing.begin(), standing.end(), [&](const evaluation::Application* other) {
            return other->date.first_of_month() == application->date.first_of_month();
          });
      unseen = seen_.insert(application->rule).second || unseen;
      Keep({application->rule, SeverityOf(rules, *application), application->date,
            same_month == 1 && !unanswered(application->date.first_of_month()), recipe});
    }
    return unseen;
  }

  [[nodiscard]] std::vector<Trigger> Sorted() const {
    std::vector<Trigger> all = kept_;
    std::stable_sort(all.begin(), all.end(), [](const Trigger& a, const Trigger& b) {
      if (a.rule != b.rule) return a.rule < b.rule;
      if (Heavier(b.severity, a.severity)) return true;
      if (Heavier(a.severity, b.severity)) return false;
      return a.recipe.size() < b.recipe.size();
    });
    return all;
  }

  // Those worth repeating: of facts of a kind, and kept or characterised by window.
  [[nodiscard]] std::vector<Recipe> RecipesOf(FactKindId kind) const {
    std::vector<Recipe> recipes;
    for (const Trigger& trigger : kept_) {
      if (trigger.recipe.front().kind != kind) continue;
      if (std::find(recipes.begin(), recipes.end(), trigger.recipe) == recipes.end()) {
        recipes.push_back(trigger.recipe);
      }
    }
    for (const auto& [key, seed] : seeds_) {
      const bool known = std::find(recipes.begin(), recipes.end(), seed) != recipes.end();
      if (key.first == kind && !known) recipes.push_back(seed);
    }
    return recipes;
  }

 private:
  void Keep(Trigger trigger) {
    const auto same = [&](const Trigger& other) {
      return other.rule == trigger.rule && !Heavier(other.severity, trigger.severity) &&
             !Heavier(trigger.severity, other.severity);
    };
    const auto rank = [&](const Trigger& of) {
      return std::pair(of.recipe.size(), Oddness(rules_, of.recipe));
    };
    const auto own = rank(trigger);
    // Larger, or no smaller and with others beside it: of no further use.
    const bool useless = std::any_of(kept_.begin(), kept_.end(), [&](const Trigger& other) {
      return (other.alone || !trigger.alone) && same(other) && rank(other) <= own;
    });
    if (useless) return;
    std::erase_if(kept_, [&](const Trigger& other) {
      return (trigger.alone || !other.alone) && same(other) && rank(other) >= own;
    });
    kept_.push_back(std::move(trigger));
  }

  const rules::Ruleset& rules_;
  std::set<rules::RuleId> seen_;
  std::map<std::pair<FactKindId, rules::QualificationId>, Recipe> seeds_;
  std::vector<Trigger> kept_;
};

Recipe Repeated(const Recipe& recipe, int months) {
  Recipe all;
  for (int month = 0; month < months; ++month) {
    const Recipe moved = Moved(recipe, month, 0);
    all.insert(all.end(), moved.begin(), moved.end());
  }
  return all;
}

}  // namespace

std::vector<Trigger> FindTriggers(const CheckContext& context,
                                  const std::vector<FactKindId>& kinds) {
  Collection found(context.rules);
  Benches benches(context);
  for (FactKindId kind : kinds) {
    Bench& bench = benches.For(kind);
    for (const Recipe& recipe : OneMonth(bench, kind)) found.Note(bench, recipe);
  }
  for (FactKindId kind : kinds) {
    Bench& bench = benches.For(kind);
    const std::vector<Recipe> once = found.RecipesOf(kind);
    const auto last = static_cast<int>(bench.layout().months.size());
    bool reached = true;
    for (int months = 2; reached && months <= last; ++months) {
      reached = false;
      for (const Recipe& recipe : once) {
        reached = found.Note(bench, Repeated(recipe, months)) || reached;
      }
    }
  }
  return found.Sorted();
}

Bench& Benches::For(FactKindId kind) {
  return benches_.try_emplace(kind, context_, std::vector{kind}, JudgesBy::Sanctions, also_)
      .first->second;
}

std::vector<FactKindId> AllMisconducts(const rules::Ruleset& rules) {
  std::vector<FactKindId> all;
  for (const auto& group : MisconductGroups(rules)) {
    all.insert(all.end(), group.begin(), group.end());
  }
  std::sort(all.begin(), all.end());
  return all;
}

const std::vector<Trigger>& SharedTriggers::Get(const CheckContext& context) {
  std::call_once(once_, [&] { triggers_ = FindTriggers(context, AllMisconducts(context.rules)); });
  return triggers_;
}

std::vector<Trigger> AllTriggers(const CheckContext& context) {
  if (context.triggers != nullptr) return context.triggers->Get(context);
  return SharedTriggers().Get(context);
}

std::vector<rules::RuleId> Unreached(const rules::Ruleset& rules,
                                     const std::vector<Trigger>& triggers,
                                     const std::function<bool(const rules::Rule&)>& wanted) {
  std::vector<rules::RuleId> unreached;
  for (std::size_t r = 0; r < rules.rules.size(); ++r) {
    const rules::RuleId id(static_cast<std::int64_t>(r));
    if (!wanted(rules.rule(id))) continue;
    const bool reached = std::any_of(triggers.begin(), triggers.end(),
                                     [&](const Trigger& trigger) { return trigger.rule == id; });
    if (!reached) unreached.push_back(id);
  }
  return unreached;
}

void RecordUnreached(const CheckContext& context, base::CheckReport& report,
                     const std::string& name, const std::string& check,
                     const std::vector<rules::RuleId>& unreached) {
  for (rules::RuleId id : unreached) {
    const std::string rule = context.rules.rule(id).name;
    RecordOpen(context, report, name + "/" + rule, check,
               {"ninguna historia probada lleva a «" + rule + "»",
                "no history tried leads to '" + rule + "'"});
  }
}

}  // namespace cotejo::checks
