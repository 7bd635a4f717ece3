// The ladder of recidivism as a graph: steps that nothing answers, that go down, that come
// after a removal or that no commission reaches; faults whose repetition no step gathers.
#include "solver/checks/ladder.h"

#include <algorithm>
#include <map>

#include "model/rules/boxes.h"
#include "model/rules/families.h"
#include "model/rules/terms.h"
#include "solver/checks/plans.h"
#include "solver/checks/questions.h"
#include "solver/checks/quotes.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Citation;
using base::FindingSeverity;
using base::Text;
using rules::FactKindId;
using rules::RuleId;

namespace {

constexpr const char* kCode = "escalera";

std::string Number(int n) { return std::to_string(n); }

// ---- Words -----------------------------------------------------------------------

std::string Names(const std::vector<const Recidivism*>& ladders) {
  std::vector<Citation> provisions;
  std::string names;
  for (const Recidivism* ladder : ladders) {
    if (!ladder->provision.empty())
      provisions.push_back(ladder->provision);
    else
      names += (names.empty() ? "" : ", ") + Spaced(ladder->name);
  }
  const std::string cited = base::JoinCitations(provisions);
  return cited.empty() ? names : cited + (names.empty() ? "" : ", " + names);
}

// What was seen of some ladders that are alike.
struct Seen {
  FindingSeverity severity = FindingSeverity::Error;
  Text title;
  Text explanation;
  int steps = 0;              // commissions of the witness
  std::vector<RuleId> rules;  // cited
  std::vector<const Recidivism*> ladders;
  std::vector<Text> region;  // where there are no ladders
};

base::Finding Describe(const CheckContext& context, const Layout& layout, const Seen& seen,
                       const Text& bounds) {
  const rules::Ruleset& rules = context.rules;
  base::Finding finding =
      TextFinding(kCode, seen.severity, seen.title.es, seen.title, seen.explanation);
  for (const Recidivism* ladder : seen.ladders) {
    finding.articles.push_back(ladder->provision);
    finding.articles.push_back(ladder->counted_by);
  }
  for (const RuleId rule : seen.rules) finding.articles.push_back(rules.rule(rule).citation);
  finding.articles = Unique(std::move(finding.articles));
  finding.reading = DescribeReading(rules);
  finding.bounds = bounds;
  finding.evidence = base::Evidence::Enumerated;
  finding.region = seen.region;
  if (!seen.ladders.empty()) finding.region = {{Names(seen.ladders), Names(seen.ladders)}};
  if (seen.steps == 0) return finding;
  const auto history = Commissions(context, layout, *seen.ladders.front(), seen.steps);
  const auto trial = history ? Replay(context, *history) : std::nullopt;
  if (!trial) return finding;
  finding.witness = Narrate(context, *trial, seen.rules);
  finding.evidence = base::Evidence::Replayed;
  return finding;
}

// ---- One ladder ------------------------------------------------------------------

using SeenByKey = std::map<std::string, Seen>;

// Ladders with the same defect at the same step are one finding, one a list of conducts.
Seen& At(SeenByKey& seen, const Recidivism& ladder, const std::string& what, int step) {
  Citation list = ladder.provision;
  if (!list.path.empty()) list.path.pop_back();
  Seen& entry = seen[list.str() + "|" + what + "|" + Number(step)];
  entry.ladders.push_back(&ladder);
  return entry;
}

void Add(std::vector<RuleId>& to, const std::vector<RuleId>& from) {
  to.insert(to.end(), from.begin(), from.end());
  std::sort(to.begin(), to.end());
  to.erase(std::unique(to.begin(), to.end()), to.end());
}

// Whether every count that the new rules of a step look at is one that a removal before it looked
// at: one that goes on where that one begins again, or that takes other conducts in, may get there
// without it.
bool CountsAsBefore(const rules::Ruleset& rules, const RecidivismStep& before,
                    const RecidivismStep& step) {
  const auto looks = [&](RuleId rule, rules::MeasureId count) {
    return rules::LooksAt(rules, rules.rule(rule).guard, count);
  };
  const auto removes = [&](RuleId rule) { return rules::OrdersRemoval(rules.rule(rule)); };
  for (rules::MeasureId count : SanctionedCounts(rules)) {
    const bool fresh = std::any_of(step.rules.begin(), step.rules.end(), [&](RuleId rule) {
      return !std::binary_search(before.rules.begin(), before.rules.end(), rule) &&
             looks(rule, count);
    });
    const bool known = std::any_of(before.rules.begin(), before.rules.end(), [&](RuleId rule) {
      return removes(rule) && looks(rule, count);
    });
    if (fresh && !known) return false;
  }
  return true;
}

void LookAt(const rules::Ruleset& rules, const Recidivism& ladder,
            const std::vector<RecidivismStep>& steps, SeenByKey& seen) {
  const auto some = [](const RecidivismStep& step) { return !step.severity.none(); };
  if (std::none_of(steps.begin(), steps.end(), some)) {
    // What establishes it sanctions it; a fact by itself need not be a fault.
    if (ladder.arises || !ladder.field.valid()) return;
    Seen& entry = At(seen, ladder, "sin escalera", 0);
    entry.severity = FindingSeverity::Warning;
    return;
  }
  for (std::size_t i = 1; i < steps.size(); ++i) {
    const RecidivismStep& before = steps[i - 1];
    const RecidivismStep& step = steps[i];
    const int number = static_cast<int>(i) + 1;
    if (before.severity.removal && step.rules != before.rules && !step.rules.empty() &&
        CountsAsBefore(rules, before, step)) {
      Seen& entry = At(seen, ladder, "tras la destitución", number);
      entry.severity = FindingSeverity::Information;
      entry.steps = number;
      Add(entry.rules, before.rules);
      Add(entry.rules, step.rules);
      return;
    }
    if (before.severity.none() || before.severity.removal) continue;
    // From the sum of two that contradict each other nothing falls.
    if (!Lighter(step.severity, before.heaviest)) continue;
    Seen& entry = At(seen, ladder, some(step) ? "baja" : "termina", number);
    entry.steps = number;
    Add(entry.rules, before.rules);
    Add(entry.rules, step.rules);
    return;  // what follows repeats it
  }
}

void Word(const std::string& key, Seen& seen) {
  const std::string names = Names(seen.ladders);
  const std::string step = key.substr(key.rfind('|') + 1);
  const auto is = [&](const char* what) { return key.find(what) != std::string::npos; };
  if (is("|sin escalera|")) {
    seen.title = {"ninguna fila ni regla sanciona " + names + ", por más que se repita",
                  "no row or rule sanctions " + names + ", however often it is repeated"};
    seen.explanation = {"es una conducta del catálogo y ninguna escala la recoge",
                        "it is a conduct of the catalogue and no scale takes it"};
  } else if (is("|termina|")) {
    seen.title = {
        "la escalera de " + names + " termina: a la " + step + ".ª comisión nada responde",
        "the ladder of " + names + " ends: nothing answers commission " + step};
    seen.explanation = {
        "las anteriores se sancionan y ésta no: el último peldaño no es la salida "
        "de la entidad y no se dice qué viene después",
        "those before are sanctioned and this one is not: the last step is not "
        "removal and it is not said what comes next"};
  } else if (is("|baja|")) {
    seen.title = {"la escalera de " + names + " baja: la " + step +
                      ".ª comisión se sanciona menos que la anterior",
                  "the ladder of " + names + " goes down: commission " + step +
                      " is sanctioned less than the one before"};
    seen.explanation = {"quien reincide sale mejor librado que quien cometió una vez menos",
                        "whoever repeats comes off better than who committed it once less"};
  } else {
    seen.title = {
        "la escalera de " + names + " sigue tras la destitución: el peldaño " + step +
            " no llega nunca",
        "the ladder of " + names + " goes on after removal: step " + step + " never comes"};
    seen.explanation = {"quien llegaría a ese peldaño ya fue destituido en el anterior",
                        "whoever would reach that step was removed at the one before"};
  }
}

// ---- Steps that no commission reaches ---------------------------------------------

// Only about how often, and of what: nothing else could make it apply.
bool OnlyCounts(const rules::Ruleset& rules, const rules::ExpandedRule& rule) {
  return rule.exact &&
         std::all_of(rule.boxes.begin(), rule.boxes.end(), [&](const rules::Box& box) {
           return std::all_of(box.atoms.begin(), box.atoms.end(), [&](const rules::Atom& atom) {
             if (atom.kind == rules::Atom::Kind::Values) return true;
             return atom.kind == rules::Atom::Kind::Interval &&
                    rules.expr(atom.expr).type.base == rules::Base::Count;
           });
         });
}

// The highest commission a row asks for: further than was looked, nothing is said of it.
bool Within(const rules::ExpandedRule& rule, int steps) {
  return std::any_of(rule.boxes.begin(), rule.boxes.end(), [&](const rules::Box& box) {
    return std::all_of(box.atoms.begin(), box.atoms.end(), [&](const rules::Atom& atom) {
      return !atom.low || *atom.low <= base::Rational(steps);
    });
  });
}

std::vector<Seen> Unreached(const CheckContext& context, const std::set<FactKindId>& kinds,
                            const std::set<RuleId>& applied, int steps) {
  const rules::Ruleset& rules = context.rules;
  const std::vector<rules::MeasureId> counts = SanctionedCounts(rules);
  std::vector<Seen> all;
  for (const rules::Family& family : context.families.families) {
    if (!kinds.contains(family.root.kind) || family.root.window != rules::Window::Fact) continue;
    for (const rules::ExpandedRule& expanded : family.rules) {
      const rules::Rule& rule = rules.rule(expanded.rule);
      const bool step = std::any_of(counts.begin(), counts.end(), [&](rules::MeasureId count) {
        return rules::LooksAt(rules, rule.guard, count);
      });
      const bool of_this = expanded.through.empty() && step && OrdersSanction(rule);
      if (!of_this || applied.contains(expanded.rule) || !OnlyCounts(rules, expanded) ||
          !Within(expanded, steps))
        continue;
      Seen seen;
      seen.severity = FindingSeverity::Warning;
      const std::string asks =
          DescribeBox(rules, expanded.boxes.empty() ? rules::Box{} : expanded.boxes.front()).es;
      seen.title = {
          "ninguna comisión llega al peldaño " + Spaced(rule.name) + " (" + rule.citation.str() +
              ")",
          "no commission reaches step " + Spaced(rule.name) + " (" + rule.citation.str() + ")"};
      seen.explanation = {"se repitió cada conducta hasta " + Number(steps) +
                              " veces y la fila no se aplicó a ninguna",
                          "each conduct was repeated up to " + Number(steps) +
                              " times and the row applied to none"};
      seen.rules = {expanded.rule};
      all.push_back(std::move(seen));
    }
  }
  return all;
}

// ---- Faults whose repetition is not counted ---------------------------------------

// Whether what a rule judges is counted somewhere, so that repeating it leads further.
class Repetition {
 public:
  explicit Repetition(const rules::Ruleset& rules)
      : rules_(rules), counts_(SanctionedCounts(rules)) {
    // What is counted inside the month starts again in the next one.
    std::erase_if(counts_, [&](rules::MeasureId count) {
      const rules::Window window = rules_.measure(count).window;
      return window != rules::Window::Gestion && window != rules::Window::Career;
    });
  }

  [[nodiscard]] bool operator()(RuleId id) const {
    const rules::Rule& rule = rules_.rule(id);
    for (const rules::MeasureId count : counts_) {
      if (rules::LooksAt(rules_, rule.guard, count)) return true;
      if (rules_.measure(count).kind == rule.subject.kind) return true;
    }
    return std::any_of(rules_.qualifications.begin(), rules_.qualifications.end(),
                       [&](const rules::Qualification& qualification) {
                         return IsCounted(qualification.target) && Meets(id, qualification);
                       }) ||
           OverTheYear(rule);
  }

 private:
  [[nodiscard]] bool IsCounted(FactKindId kind) const {
    return std::any_of(counts_.begin(), counts_.end(),
                       [&](rules::MeasureId count) { return rules_.measure(count).kind == kind; });
  }
  // The rule establishes the fact, or the same subject can be both.
  [[nodiscard]] bool Meets(RuleId id, const rules::Qualification& qualification) const {
    if (qualification.from_rule.valid()) return qualification.from_rule == id;
    const rules::Rule& rule = rules_.rule(id);
    if (!(qualification.subject == rule.subject)) return false;
    const auto boxes = [&](rules::ExprId guard) {
      return guard.valid() ? rules::ToBoxes(rules_, guard)
                           : std::optional(std::vector<rules::Box>{{}});
    };
    const auto both = rules::Both(boxes(rule.guard), boxes(qualification.guard));
    return !both || !both->empty();
  }
  // A sum over the gestión sees the months together.
  [[nodiscard]] bool OverTheYear(const rules::Rule& rule) const {
    for (std::size_t m = 0; m < rules_.measures.size(); ++m) {
      const rules::Measure& measure = rules_.measures[m];
      const bool wide =
          measure.window == rules::Window::Gestion || measure.window == rules::Window::Career;
      if (!wide || measure.kind != rule.subject.kind) continue;
      const rules::MeasureId id(static_cast<std::int64_t>(m));
      const bool used =
          std::any_of(rules_.rules.begin(), rules_.rules.end(), [&](const rules::Rule& other) {
            return OrdersSanction(other) && rules::LooksAt(rules_, other.guard, id);
          });
      if (used) return true;
    }
    return false;
  }

  const rules::Ruleset& rules_;
  std::vector<rules::MeasureId> counts_;
};

std::optional<Seen> NotCounted(const rules::Ruleset& rules, std::size_t& looked) {
  const Repetition counted(rules);
  Seen seen;
  for (std::size_t i = 0; i < rules.rules.size(); ++i) {
    const RuleId id(static_cast<std::int64_t>(i));
    const rules::Rule& rule = rules.rule(id);
    const bool monthly = rule.subject.window == rules::Window::Month;
    if (rule.fault == rules::FaultClass::None || !OrdersSanction(rule) || OrdersRemoval(rule) ||
        !monthly)
      continue;
    ++looked;
    if (!counted(id)) seen.rules.push_back(id);
  }
  if (seen.rules.empty()) return std::nullopt;
  std::vector<Citation> places;
  Text names;
  for (const RuleId id : seen.rules) {
    places.push_back(rules.rule(id).citation);
    names.es += (names.es.empty() ? "" : ", ") + Spaced(rules.rule(id).name);
    // Other rows of the same article may well be counted.
    const std::string article = rules.rule(id).citation.str() + " ";
    const Text name = DescribeName(rules.rule(id));
    seen.region.push_back({article + name.es, article + name.en});
  }
  const std::string cited = base::JoinCitations(places);
  seen.severity = FindingSeverity::Information;
  seen.title = {"repetir mes tras mes la falta de " + cited + " no agrava la sanción",
                "repeating the fault of " + cited +
                    " month after month does not aggravate the "
                    "sanction"};
  seen.explanation = {
      "otras faltas suben un peldaño al repetirse; éstas se cuentan dentro del mes "
      "y ninguna escala cuenta los meses: " +
          names.es,
      "other faults go up a step when repeated; these are counted inside the month "
      "and no scale counts the months: " +
          names.es};
  return seen;
}

// ---- The check -------------------------------------------------------------------

void CheckLadders(const CheckContext& context, base::CheckReport& report) {
  const rules::Ruleset& rules = context.rules;
  const std::vector<Recidivism> ladders = RecidivismsOf(rules);
  if (ladders.empty()) {
    RecordLooked(report, kCode, "peldaños", "intérprete", false,
                 {"ninguna sanción depende de cuántas veces se cometió algo",
                  "no sanction depends on how many times something was done"});
    return;
  }
  std::map<FactKindId, std::vector<const Recidivism*>> by_kind;
  for (const Recidivism& ladder : ladders) by_kind[ladder.fact].push_back(&ladder);
  SeenByKey seen;
  std::set<RuleId> applied;
  std::set<FactKindId> counted;
  int most = 0;
  Layout layout;
  for (const auto& [kind, group] : by_kind) {
    Bench bench(context, {kind});
    layout = bench.layout();
    const int steps = MostThatMatters(rules, context.families, Becomes(rules, {kind}));
    most = std::max(most, steps);
    for (const Recidivism* ladder : group) {
      LookAt(rules, *ladder, Climb(bench, *ladder, steps, applied), seen);
      if (ladder->field.valid()) counted.insert(kind);
    }
  }
  const Text bounds{
      "cada una de " + Number(static_cast<int>(ladders.size())) + " conductas repetida hasta " +
          Number(most) + " veces en la gestión " + Number(context.year),
      "each of " + Number(static_cast<int>(ladders.size())) + " conducts repeated up to " +
          Number(most) + " times in the gestión " + Number(context.year)};
  std::vector<Seen> all;
  for (auto& [key, entry] : seen) {
    Word(key, entry);
    all.push_back(std::move(entry));
  }
  for (Seen& entry : Unreached(context, counted, applied, most)) all.push_back(std::move(entry));
  RecordLooked(report, kCode, "peldaños", "intérprete", !all.empty(), bounds);
  for (const Seen& entry : all) report.findings.push_back(Describe(context, layout, entry, bounds));
}

void CheckRepetition(const CheckContext& context, base::CheckReport& report) {
  std::size_t looked = 0;
  const auto repeated = NotCounted(context.rules, looked);
  const std::string faults = std::to_string(looked);
  const Text bounds{faults + " faltas que se juzgan por mes", faults + " faults judged by month"};
  RecordLooked(report, kCode, "faltas que se repiten", "grafo", repeated.has_value(), bounds);
  if (repeated) report.findings.push_back(Describe(context, {}, *repeated, bounds));
}

}  // namespace

void PlanLadders(const CheckContext& context, std::vector<Task>& tasks) {
  std::vector<FactKindId> kinds;
  for (const Recidivism& ladder : RecidivismsOf(context.rules)) kinds.push_back(ladder.fact);
  std::sort(kinds.begin(), kinds.end());
  kinds.erase(std::unique(kinds.begin(), kinds.end()), kinds.end());
  tasks.push_back({std::string(kCode) + "/peldaños",
                   DependsOn(context, DeclarationsOf(context, kinds)),
                   [&context](base::CheckReport& report) { CheckLadders(context, report); }});
  tasks.push_back({std::string(kCode) + "/faltas que se repiten",
                   {},
                   [&context](base::CheckReport& report) { CheckRepetition(context, report); }});
  PlanStepsAfterRemoval(context, tasks);
}

}  // namespace cotejo::checks
