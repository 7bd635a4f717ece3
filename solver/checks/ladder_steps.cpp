#include <algorithm>
#include <map>

#include "model/rules/terms.h"
#include "solver/checks/ladder.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using rules::Aggregate;
using rules::FactKindId;
using rules::MeasureId;
using rules::Op;
using rules::Window;

std::vector<MeasureId> SanctionedCounts(const rules::Ruleset& rules) {
  std::vector<MeasureId> counts;
  for (std::size_t m = 0; m < rules.measures.size(); ++m) {
    const MeasureId id(static_cast<std::int64_t>(m));
    if (rules.measures[m].aggregate != Aggregate::Count) continue;
    const bool looked =
        std::any_of(rules.rules.begin(), rules.rules.end(), [&](const rules::Rule& rule) {
          return OrdersSanction(rule) && rules::LooksAt(rules, rule.guard, id);
        });
    if (looked) counts.push_back(id);
  }
  return counts;
}

namespace {

// The primitive fact that becomes one of the kind by itself; invalid when none does.
FactKindId PrimitiveOf(const rules::Ruleset& rules, FactKindId kind) {
  const auto primitive = [&](FactKindId id) {
    return !rules.kind(id).derived && rules.kind(id).periodicity == rules::Periodicity::None;
  };
  if (primitive(kind)) return kind;
  for (const rules::Qualification& qualification : rules.qualifications) {
    const bool single = qualification.subject.window == Window::Fact;
    if (qualification.target == kind && single && primitive(qualification.subject.kind))
      return qualification.subject.kind;
  }
  return {};
}

bool Arises(const rules::Ruleset& rules, FactKindId kind, rules::FieldId field, int value) {
  return std::any_of(
      rules.qualifications.begin(), rules.qualifications.end(), [&](const auto& qualification) {
        if (qualification.target != kind) return false;
        return std::any_of(qualification.fields.begin(), qualification.fields.end(),
                           [&](const rules::FieldValue& given) {
                             if (given.field != field) return false;
                             const auto constant = rules::ConstantValue(rules, given.value);
                             return constant && *constant == base::Rational(value);
                           });
      });
}

void AddValues(const rules::Ruleset& rules, const rules::Measure& measure,
               std::vector<Recidivism>& ladders) {
  const rules::Field& field = rules.kind(measure.kind).fields[measure.same_field.index()];
  if (field.type.base != rules::Base::Enumeration) return;
  const auto& values = rules.enumerations[field.type.enumeration.index()].values;
  for (std::size_t v = 0; v < values.size(); ++v) {
    Recidivism ladder;
    ladder.fact = measure.kind;
    ladder.field = measure.same_field;
    ladder.value = static_cast<int>(v);
    ladder.by_month = measure.window == Window::Month;
    ladder.arises = Arises(rules, measure.kind, measure.same_field, ladder.value);
    ladder.provision = base::ParseCitation(values[v]);
    if (ladder.provision.path.empty()) ladder.provision = {};
    ladder.counted_by = measure.citation;
    ladder.name = values[v];
    ladders.push_back(std::move(ladder));
  }
}

}  // namespace

std::vector<Recidivism> RecidivismsOf(const rules::Ruleset& rules) {
  std::vector<Recidivism> ladders;
  for (const MeasureId id : SanctionedCounts(rules)) {
    const rules::Measure& measure = rules.measure(id);
    const FactKindId fact = PrimitiveOf(rules, measure.kind);
    if (!fact.valid()) continue;
    if (measure.same_field.valid()) {
      if (fact == measure.kind) AddValues(rules, measure, ladders);
      continue;
    }
    Recidivism ladder;
    ladder.fact = fact;
    ladder.by_month = measure.window == Window::Month;
    ladder.counted_by = measure.citation;
    ladder.name = rules.kind(fact).name;
    ladders.push_back(std::move(ladder));
  }
  // A conduct counted by gestión and by career climbs one ladder.
  const auto same = [](const Recidivism& a, const Recidivism& b) {
    return a.fact == b.fact && a.field == b.field && a.value == b.value && a.by_month == b.by_month;
  };
  std::vector<Recidivism> once;
  for (Recidivism& ladder : ladders) {
    const bool known = std::any_of(once.begin(), once.end(),
                                   [&](const Recidivism& other) { return same(ladder, other); });
    if (!known) once.push_back(std::move(ladder));
  }
  return once;
}

std::optional<evaluation::History> Commissions(const CheckContext& context, const Layout& layout,
                                               const Recidivism& ladder, int steps) {
  Placed placed;
  placed.kind = ladder.fact;
  placed.fields = PlainFields(context.rules, ladder.fact);
  placed.shift = context.rules.kind(ladder.fact).placement == rules::Placement::Shift ? 1 : 0;
  if (ladder.field.valid())
    placed.fields[ladder.field.index()] = {base::Rational(ladder.value), false};
  const int months = static_cast<int>(layout.months.size());
  Recipe recipe;
  std::map<int, int> used;  // days of each month
  for (int i = 0; i < steps; ++i) {
    placed.month = ladder.by_month ? 0 : i * months / std::max(steps, months);
    placed.day = used[placed.month]++;
    recipe.push_back(placed);
  }
  return LayOut(context, layout, recipe);
}

namespace {

// Facts that rest on one given fact, itself included.
std::vector<bool> RestOn(const evaluation::Result& result, base::Date date, FactKindId kind) {
  std::vector<bool> rests(result.facts.size(), false);
  for (std::size_t i = 0; i < result.facts.size(); ++i) {
    const evaluation::EvaluatedFact& fact = result.facts[i];
    rests[i] = !fact.by.valid() && fact.fact.kind == kind && fact.fact.date == date;
    for (const evaluation::DerivedIndex from : fact.from)
      rests[i] = rests[i] || rests[static_cast<std::size_t>(from)];
  }
  return rests;
}

RecidivismStep StepAt(const rules::Ruleset& rules, const Trial& trial, const Recidivism& ladder,
                      base::Date date) {
  RecidivismStep step;
  const std::vector<bool> rests = RestOn(trial.result, date, ladder.fact);
  for (std::size_t a = 0; a < trial.result.applications.size(); ++a) {
    const evaluation::Application& application = trial.result.applications[a];
    const evaluation::Root& root = trial.result.roots[static_cast<std::size_t>(application.root)];
    const bool about = std::any_of(root.facts.begin(), root.facts.end(),
                                   [&](int fact) { return rests[static_cast<std::size_t>(fact)]; });
    if (!about || !application.stands || !OrdersSanction(rules.rule(application.rule))) continue;
    const Severity severity = SeverityOf(rules, application);
    step.severity += severity;
    if (!OutweighedBy(rules, trial.result, a)) step.heaviest += severity;
    step.rules.push_back(application.rule);
  }
  std::sort(step.rules.begin(), step.rules.end());
  return step;
}

}  // namespace

// One history a step: a window's rules see the whole of it, and a later commission would
// change what they answer to an earlier one.
std::vector<RecidivismStep> Climb(Bench& bench, const Recidivism& ladder, int steps,
                                  std::set<rules::RuleId>& applied) {
  const rules::Ruleset& rules = bench.context().rules;
  std::vector<RecidivismStep> climbed;
  for (int n = 1; n <= steps; ++n) {
    auto history = Commissions(bench.context(), bench.layout(), ladder, n);
    if (!history) break;
    const base::Date last = history->facts.back().date;
    const Trial trial = bench.Try(std::move(*history));
    climbed.push_back(StepAt(rules, trial, ladder, last));
    for (const evaluation::Application& application : trial.result.applications)
      applied.insert(application.rule);
  }
  return climbed;
}

}  // namespace cotejo::checks
