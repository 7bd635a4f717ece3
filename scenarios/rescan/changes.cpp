#include "scenarios/rescan/changes.h"

#include <algorithm>

#include "scenarios/rescan/consequences.h"

namespace cotejo::rescan {

using base::Text;
using rules::Op;
using rules::Window;
using year::Plan;
using year::Test;

namespace {

std::size_t At(std::int64_t index) { return static_cast<std::size_t>(index); }

}  // namespace

// Whether a question can be asked of what was kept, and in which words it cannot.
class ChangeFinder {
 public:
  ChangeFinder(const MonthFacts& facts, const year::Setting& setting, std::size_t k,
               const std::string& name, base::Diagnostics& diagnostics)
      : facts_(facts),
        setting_(setting),
        k_(k),
        name_(name),
        diagnostics_(diagnostics),
        revision_(setting.revisions[k]),
        plan_(setting.plans.front().plan),
        base_rules_(*plan_.rules),
        own_rules_(*setting.plans[k].plan.rules),
        evaluator_(plan_, setting.agendas.front(), setting.year) {
    changes_.ratio_ = setting.unit / facts.unit;
    changes_.touched_.assign(facts.columns.size(), false);
  }

  std::optional<Changes> Run() {
    if (revision_.apart) {
      Refuse({"cambia algo de lo que depende todo: las personas, sus horarios, el calendario, los "
              "hechos, la paga de un día o los huecos posibles",
              "something on which all depends changes: people, their hours, the calendar, facts, "
              "a day's pay or the gaps there may be"},
             {});
      return std::nullopt;
    }
    for (const int id : revision_.dropped_qualifications)
      RefuseDerivation(base_rules_.qualifications[At(id)]);
    for (const year::Revision::Added& added : revision_.qualifications)
      RefuseDerivation(
          own_rules_.qualifications[At(revision_.own_qualification[At(added.shared)])]);
    if (revision_.chained && !(revision_.dropped_rules.empty() && revision_.rules.empty()))
      RefuseChained();
    evaluator_.Begin(setting_.plans.front(), 0);
    for (const int id : revision_.dropped_rules) Drop(id);
    for (const year::Revision::Added& added : revision_.rules) Add(added);
    if (refused_) return std::nullopt;
    return std::move(changes_);
  }

 private:
  void Refuse(const Text& why, base::Citation article) {
    refused_ = true;
    RefuseToReapply(name_, why, std::move(article), diagnostics_);
  }

  void RefuseRule(const rules::Rule& rule, const Text& why) {
    Refuse({"la regla «" + rule.name + "» " + why.es, "rule '" + rule.name + "' " + why.en},
           rule.citation);
  }

  void RefuseDerivation(const rules::Qualification& q) {
    Refuse({"«" + q.name + "» cambia qué hechos hay, y los guardados son los del texto vigente",
            "'" + q.name +
                "' changes which facts there are, and those kept are of the text in "
                "force"},
           q.citation);
  }

  // Rules look at sanctions: what changes one may change others.
  void RefuseChained() {
    for (const std::size_t regulation : {std::size_t{0}, k_}) {
      const Plan& plan = setting_.plans[regulation].plan;
      for (const year::PlanStep& step : setting_.agendas[regulation].steps) {
        if (!step.sees_sanctions) continue;
        const std::string& name = step.rule >= 0
                                      ? plan.rules->rules[At(step.rule)].name
                                      : plan.rules->qualifications[At(step.qualification)].name;
        return Refuse({"«" + name + "» mira las sanciones, que ya no serían las guardadas",
                       "'" + name + "' looks at sanctions, which would not be those kept"},
                      {});
      }
    }
  }

  // The column of a subject; -1: nothing was kept of it.
  [[nodiscard]] int ColumnOf(int subject) const {
    for (std::size_t c = 0; c < facts_.columns.size(); ++c) {
      if (facts_.columns[c].subject == subject) return static_cast<int>(c);
    }
    return -1;
  }

  // The column of a rule that changes, if it is about a month and grants nothing.
  std::optional<std::size_t> Place(const rules::Rule& rule, int subject,
                                   const year::RuleEffects& effects) {
    const std::string kind = base_rules_.kind(plan_.subjects[At(subject)].kind).name;
    const int column = ColumnOf(subject);
    if (plan_.subjects[At(subject)].window != Window::Month) {
      RefuseRule(rule, {"no juzga un mes", "does not judge a month"});
    } else if (column < 0) {
      RefuseRule(rule, {"juzga «" + kind + "» por mes, que los hechos guardados no tienen",
                        "judges '" + kind + "' by month, which the facts kept do not have"});
    } else if (TallyOf(rule).rights || effects.pays_vacation) {
      RefuseRule(rule, {"da un derecho, y de los derechos no se guarda nada",
                        "grants a right, and nothing is kept of rights"});
    } else {
      changes_.touched_[At(column)] = true;
      return At(column);
    }
    return std::nullopt;
  }

  void Drop(int id) {
    Place(base_rules_.rules[At(id)], plan_.plan_rules[At(id)].subject,
          setting_.effects.front()[At(id)]);
  }

  void Add(const year::Revision::Added& revised) {
    const year::PlanRule& judged = plan_.plan_rules[At(revised.shared)];
    const std::size_t own = At(revision_.own_rule[At(revised.shared)]);
    const rules::Rule& rule = own_rules_.rules[own];
    const auto column = Place(rule, judged.subject, setting_.effects[k_][own]);
    if (!column) return;
    Changes::Added added;
    added.shared = revised.shared;
    added.column = *column;
    added.twin = revised.twin;
    if (added.twin < 0) {
      auto condition = Read(judged.condition, *column);
      for (const int row : judged.earlier) {
        const std::vector<int>& asked = facts_.columns[*column].rules;
        if (std::find(asked.begin(), asked.end(), row) != asked.end()) {
          added.asked.push_back(row);
          continue;
        }
        auto earlier = Read(plan_.plan_rules[At(row)].condition, *column);
        if (earlier) added.earlier.push_back(std::move(*earlier));
      }
      if (!why_.empty()) {
        RefuseRule(rule, why_);
        why_ = {};
        return;
      }
      added.condition = std::move(*condition);
    }
    for (const year::PlanQuantity& consequence : judged.consequences) {
      if (!IsFixed(consequence.node))
        return RefuseRule(
            rule, {"impone una cantidad que no es fija", "imposes a quantity that is not fixed"});
      for (std::size_t m = 0; m < kMonths; ++m)
        added.quantities[m].push_back(
            consequence.node < 0 ? 0
                                 : evaluator_.Value(consequence.node, setting_.year.month_last[m]));
    }
    if (ChangesInAMonth(judged))
      return RefuseRule(rule, {"cambia a mitad de un mes, y hubo quien se fue antes de que acabara",
                               "changes in the middle of a month, and somebody left before its "
                               "end"});
    if (evaluator_.failed()) return RefuseRule(rule, evaluator_.fault());
    changes_.added_.push_back(std::move(added));
  }

  // Whoever left was judged by what was in force on that day, and here a month has one day.
  bool ChangesInAMonth(const year::PlanRule& judged) {
    if (std::all_of(facts_.stays.begin(), facts_.stays.end(),
                    [](const Stay& stay) { return stay.closing.empty(); }))
      return false;
    const auto changes = [&](const year::Validity& validity, std::int32_t day, std::int32_t last) {
      return validity.holds(day) != validity.holds(last);
    };
    for (std::int32_t day = 0; day < setting_.year.count; ++day) {
      const std::int32_t last = setting_.year.month_last[At(setting_.year.month[At(day)])];
      if (changes(judged.condition.validity, day, last)) return true;
      for (const int row : judged.earlier) {
        if (changes(plan_.plan_rules[At(row)].condition.validity, day, last)) return true;
      }
      for (const year::PlanQuantity& consequence : judged.consequences) {
        if (consequence.node >= 0 &&
            evaluator_.Value(consequence.node, day) != evaluator_.Value(consequence.node, last))
          return true;
      }
    }
    return false;
  }

  // ---- conditions

  std::optional<Changes::Condition> Read(const year::Condition& condition, std::size_t column) {
    Changes::Condition read;
    read.validity = condition.validity;
    bool known = ReadTests(condition.tests, column, read.checks);
    for (const std::int32_t exception : condition.exceptions) {
      read.exceptions.emplace_back();
      known = ReadTests(year::TestsOf(plan_, exception), column, read.exceptions.back()) && known;
    }
    if (!known) return std::nullopt;
    return read;
  }

  bool ReadTests(const std::vector<Test>& tests, std::size_t column,
                 std::vector<Changes::Check>& checks) {
    bool all = true;
    for (const Test& test : tests) {
      int measure = -1;
      if (test.kind == Test::Kind::Measure) measure = test.ref;
      if (test.kind == Test::Kind::Among && plan_.nodes[At(test.ref)].op == Op::Measure)
        measure = plan_.nodes[At(test.ref)].ref;
      const std::vector<int>& kept = facts_.columns[column].measures;
      const auto place = std::find(kept.begin(), kept.end(), measure);
      if (measure < 0 || place == kept.end()) {
        if (why_.empty()) why_ = Unread(test, measure);
        all = false;
        continue;
      }
      checks.push_back({At(place - kept.begin()), test.low, test.high, test.values});
    }
    return all;
  }

  // What a condition looks at that was not kept, in words.
  [[nodiscard]] Text Unread(const Test& test, int measure) const {
    if (measure < 0 && test.kind != Test::Kind::Field) {
      if (const auto attribute = FindIn(test.ref, Op::Attribute); attribute >= 0) {
        const std::string& name = base_rules_.attributes[At(attribute)].name;
        return {"mira el dato «" + name + "», que los hechos guardados no tienen",
                "looks at attribute '" + name + "', which the facts kept do not have"};
      }
      measure = FindIn(test.ref, Op::Measure);
      if (measure >= 0 && Kept(measure))
        return {"pone una condición que no es un rango de una medida del mes",
                "sets a condition that is not a range of a measure of the month"};
    }
    if (measure < 0)
      return {"mira algo que los hechos guardados no tienen",
              "looks at something that the facts kept do not have"};
    const std::string name = NameOf(measure);
    return {"mira «" + name + "», que los hechos guardados no tienen",
            "looks at '" + name + "', which the facts kept do not have"};
  }

  [[nodiscard]] bool Kept(int measure) const {
    return std::any_of(facts_.columns.begin(), facts_.columns.end(), [&](const Column& column) {
      return std::find(column.measures.begin(), column.measures.end(), measure) !=
             column.measures.end();
    });
  }

  // Measures that the amendment adds come after those of the text in force.
  [[nodiscard]] std::string NameOf(int measure) const {
    if (At(measure) < base_rules_.measures.size()) return base_rules_.measures[At(measure)].name;
    std::string names;
    for (const rules::Measure& own : own_rules_.measures) {
      const bool known =
          std::any_of(base_rules_.measures.begin(), base_rules_.measures.end(),
                      [&](const rules::Measure& other) { return other.name == own.name; });
      if (!known) names += (names.empty() ? "" : ", ") + own.name;
    }
    return names.empty() ? "una medida que la enmienda cambia" : names;
  }

  // What the first node of an expression that does so refers to; -1: none does.
  [[nodiscard]] std::int32_t FindIn(std::int32_t id, Op op) const {
    const year::Node& node = plan_.nodes[At(id)];
    if (node.op == op) return node.ref;
    for (std::int32_t i = 0; i < node.count; ++i) {
      const std::int32_t found = FindIn(plan_.args[At(node.first + i)], op);
      if (found >= 0) return found;
    }
    return -1;
  }

  // Whether an expression depends on the date alone.
  [[nodiscard]] bool IsFixed(std::int32_t id) const {
    if (id < 0) return true;
    const year::Node& node = plan_.nodes[At(id)];
    switch (node.op) {
      case Op::Field:
      case Op::Attribute:
      case Op::Has:
      case Op::Measure:
      case Op::ScheduledEntry:
      case Op::ScheduledExit:
      case Op::Shift:
        return false;
      default:
        break;
    }
    for (std::int32_t i = 0; i < node.count; ++i) {
      if (!IsFixed(plan_.args[At(node.first + i)])) return false;
    }
    return true;
  }

  const MonthFacts& facts_;
  const year::Setting& setting_;
  std::size_t k_;
  const std::string& name_;
  base::Diagnostics& diagnostics_;
  const year::Revision& revision_;
  const Plan& plan_;
  const rules::Ruleset& base_rules_;
  const rules::Ruleset& own_rules_;
  year::Evaluator evaluator_;
  Changes changes_;
  Text why_;
  bool refused_ = false;
};

void RefuseToReapply(const std::string& amendment, const Text& why, base::Citation article,
                     base::Diagnostics& diagnostics) {
  diagnostics.Add({"reaplicar-no-admite",
                   base::Severity::Error,
                   {},
                   {"«" + amendment + "» no se puede reaplicar: " + why.es,
                    "'" + amendment + "' cannot be reapplied: " + why.en},
                   {"use comparar, que vuelve a simular", "use diff, which simulates again"},
                   std::move(article)});
}

std::optional<Changes> Changes::Find(const MonthFacts& facts, const year::Setting& setting,
                                     std::size_t k, const std::string& name,
                                     base::Diagnostics& diagnostics) {
  return ChangeFinder(facts, setting, k, name, diagnostics).Run();
}

bool Changes::Applies(const Added& added, const State& state, std::int32_t day) const {
  const auto applied = [&](int rule) {
    return std::any_of(state.applied.begin(), state.applied.end(),
                       [&](const Application& one) { return one.rule == rule; });
  };
  if (added.twin >= 0) return applied(added.twin);
  return Holds(added.condition, state, day) &&
         std::none_of(added.asked.begin(), added.asked.end(), applied) &&
         std::none_of(added.earlier.begin(), added.earlier.end(),
                      [&](const Condition& earlier) { return Holds(earlier, state, day); });
}

bool Changes::Holds(const Condition& condition, const State& state, std::int32_t day) const {
  return condition.validity.holds(day) && Pass(condition.checks, state) &&
         std::none_of(condition.exceptions.begin(), condition.exceptions.end(),
                      [&](const std::vector<Check>& exception) { return Pass(exception, state); });
}

// Without a value nothing passes, as every comparison with what is absent is false.
bool Changes::Pass(const std::vector<Check>& checks, const State& state) const {
  return std::all_of(checks.begin(), checks.end(), [&](const Check& check) {
    const std::int64_t kept = state.measures[check.measure];
    if (kept == year::kAbsent) return false;
    const std::int64_t value = kept * ratio_;
    if (!check.values.empty())
      return std::binary_search(check.values.begin(), check.values.end(), value);
    return check.low <= value && value <= check.high;
  });
}

}  // namespace cotejo::rescan
