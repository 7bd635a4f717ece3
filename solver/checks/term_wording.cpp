#include "solver/checks/term_wording.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <set>
#include <tuple>

#include "model/passages/coverage.h"
#include "solver/checks/questions.h"
#include "solver/checks/rule_terms.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Text;
using BoundKind = rules::Milestone::Bound;

// ---- Terms -----------------------------------------------------------------------

Text DescribeBound(const rules::Milestone& milestone) {
  const Text amount = rules::DescribeTerm(milestone.term);
  const std::string since = Spaced(milestone.since);
  switch (milestone.bound) {
    case BoundKind::AtMost:
      if (since.empty()) return amount;
      return {amount.es + " desde " + since, amount.en + " from " + since};
    case BoundKind::AtLeast:
      return {"tras " + amount.es + " desde " + since, "after " + amount.en + " from " + since};
    case BoundKind::Before:
      return {amount.es + " antes de " + since, amount.en + " before " + since};
    case BoundKind::None:
      break;
  }
  return {"sin plazo", "no term"};
}

Text DescribeMilestone(const rules::Milestone& milestone) {
  const std::string name = Spaced(milestone.name);
  const Text bound = DescribeBound(milestone);
  const bool within = milestone.bound == BoundKind::AtMost;
  return {"«" + name + "» " + (within ? "en " : "") + bound.es,
          "'" + name + "' " + (within ? "within " : "") + bound.en};
}

Text DescribeMiss(const rules::Milestone& milestone) {
  if (milestone.miss.empty())
    return {"no dice qué pasa si vence", "it does not say what happens if it is missed"};
  const std::string where =
      milestone.miss_citation.empty() ? "" : " (" + milestone.miss_citation.str() + ")";
  return {"si vence, " + milestone.miss + where, "if missed: " + milestone.miss + where};
}

bool StartIsSupposed(const rules::Procedure& procedure, const rules::Milestone& milestone) {
  if (milestone.since.empty()) return false;
  return std::any_of(
      procedure.milestones.begin(), procedure.milestones.end(), [&](const rules::Milestone& other) {
        return other.since.empty() && other.bound == milestone.bound &&
               other.name == milestone.name && other.citation == milestone.citation &&
               SameTerm(other.term, milestone.term);
      });
}

Text DescribeSuppositions(const rules::Procedure& procedure,
                          const std::vector<const rules::Milestone*>& milestones) {
  Text text;
  std::set<std::string> told;
  for (const rules::Milestone* milestone : milestones) {
    const std::string cited = milestone->citation.str();
    if (!StartIsSupposed(procedure, *milestone) || !told.insert(cited).second) continue;
    const std::string since = Spaced(milestone->since);
    text.es += ". " + cited + " no dice desde cuándo corre: contarlo desde " + since +
               " es una suposición";
    text.en += ". " + cited + " does not say from when it runs: counting it from " + since +
               " is a supposition";
  }
  return text;
}

bool OfAnotherNorm(const rules::Ruleset& rules, const base::Citation& citation) {
  const std::string own = passages::MainNorm(rules);
  return !own.empty() && citation.norm != own;
}

Text DescribeAnotherNorm(const base::Citation& citation) {
  return {". " + citation.norm +
              " no la cambia quien firma este reglamento, y aquí sólo consta de ella lo que hace "
              "falta: coteje con su texto",
          ". Whoever signs this regulation cannot change " + citation.norm +
              ", of which only what is needed is recorded here: check its text"};
}

std::vector<Text> DescribePerson(const rules::Ruleset& rules, const Office& office) {
  std::vector<Text> lines;
  if (rules.holiday_scope.valid()) {
    const std::string line =
        Spaced(rules.attribute(rules.holiday_scope).name) + ": " + Spaced(office.scope());
    lines.push_back({line, line});
  }
  return lines;
}

Text DescribeTime(Minute time) {
  constexpr std::array<const char*, 7> kEs = {"lunes",   "martes", "miércoles", "jueves",
                                              "viernes", "sábado", "domingo"};
  constexpr std::array<const char*, 7> kEn = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                              "Friday", "Saturday", "Sunday"};
  const base::Date date = DateOf(time);
  const std::size_t day = date.weekday() - 1;
  return {date.str() + " (" + kEs[day] + ") a las " + ClockOf(time),
          date.str() + " (" + kEn[day] + ") at " + ClockOf(time)};
}

Text BoundsOf(const Offices& offices, Rhythm rhythm) {
  const Text bounds = offices.Bounds(rhythm);
  return {bounds.es +
              "; los hitos no son hechos de una historia: el testigo va en fechas y horas, sin CSV",
          bounds.en +
              "; milestones are not facts of a history: the witness is in dates and times, "
              "without CSV"};
}

// ---- Stories ---------------------------------------------------------------------

StoryTeller::StoryTeller(const rules::Ruleset& rules, const rules::Procedure& procedure)
    : rules_(rules), procedure_(procedure) {}

void StoryTeller::Happens(Minute time, const std::string& event) {
  const std::string what = ClockOf(time) + " " + Spaced(event);
  lines_.push_back({time, 0, {what, what}});
}

void StoryTeller::Ends(Minute time, const rules::Milestone& milestone, bool kept) {
  const Text term = DescribeMilestone(milestone);
  const std::string where = " (" + milestone.citation.str() + ")";
  // What must wait has no end: it is from then on that it may be.
  const bool waits = milestone.bound == BoundKind::AtLeast;
  const Text line =
      waits ? Text{"se cumple la espera de " + term.es + where,
                   "the wait for " + term.en + where + " is over"}
            : Text{"vence " + term.es + where, "the term of " + term.en + where + " ends"};
  lines_.push_back({time, 1, {ClockOf(time) + " " + line.es, ClockOf(time) + " " + line.en}});
  const Text when = DescribeTime(time);
  Text says = waits ? Text{"no antes del " + when.es, "not before " + when.en}
                    : Text{"hasta el " + when.es, "until " + when.en};
  if (!kept) {
    says.es += waits ? ", y aquí no se espera" : ", y aquí vence";
    says.en += waits ? ", and here there is no waiting" : ", and here it is missed";
  }
  if (!waits || !milestone.miss.empty()) {
    const Text miss = DescribeMiss(milestone);
    says.es += "; " + miss.es;
    says.en += "; " + miss.en;
  }
  base::WitnessAnswer answer;
  answer.article = milestone.citation;
  answer.rule = procedure_.name + "." + milestone.name;
  answer.description = {"pide " + term.es + ": " + says.es, "asks " + term.en + ": " + says.en};
  answer.stands = kept;
  // A term that is missed yields to no other: what it asks is not what happens.
  answer.applies = kept;
  answer.date = DateOf(time);
  answers_.push_back(std::move(answer));
}

void StoryTeller::Note(Minute time, Text text) {
  lines_.push_back({time, 2, {ClockOf(time) + " " + text.es, ClockOf(time) + " " + text.en}});
}

base::Witness StoryTeller::Tell(const Office& office, bool replayed) const {
  base::Witness witness;
  witness.person = DescribePerson(rules_, office);
  std::vector<Line> lines = lines_;
  std::stable_sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) {
    return std::tie(a.time, a.order) < std::tie(b.time, b.order);
  });
  for (const Line& line : lines) witness.facts.push_back({DateOf(line.time), line.text});
  witness.answers = answers_;
  witness.replayed = replayed;
  return witness;
}

// ---- Norms -----------------------------------------------------------------------

rules::Precedence Prevails(const rules::Ruleset& rules, const base::Citation& winner,
                           const base::Citation& loser) {
  const auto find = [&](const std::string& name) {
    for (std::size_t n = 0; n < rules.norms.size(); ++n) {
      if (rules.norms[n].name == name) return rules::NormId(static_cast<std::int64_t>(n));
    }
    return rules::NormId();
  };
  const rules::NormId a = find(winner.norm);
  const rules::NormId b = find(loser.norm);
  if (!a.valid() || !b.valid() || a == b) return rules::Precedence::None;
  const int rank_a = rules.norm(a).rank;
  const int rank_b = rules.norm(b).rank;
  if (rank_a != rank_b) return rank_a < rank_b ? rules::Precedence::Rank : rules::Precedence::None;
  return rules::LaterNorm(rules, a, b) ? rules::Precedence::Later : rules::Precedence::None;
}

// ---- Tasks -----------------------------------------------------------------------

namespace {

// A citation names a norm; which of two prevails is in the norms themselves.
void AddNorms(const rules::Ruleset& rules, rules::Hasher& hash) {
  hash.Add(passages::MainNorm(rules));
  for (const rules::Norm& norm : rules.norms) {
    hash.Add(norm.name).Add(norm.rank);
    for (const auto& date : {norm.issued, norm.in_force_from}) hash.Add(date ? date->days() : 0);
  }
}

// The kinds of fact that milestones are named after.
void AddKinds(const rules::Ruleset& rules, const rules::Procedure& procedure,
              std::set<rules::FactKindId>& kinds) {
  for (const rules::Milestone& milestone : procedure.milestones) {
    const rules::FactKindId kind = rules.FindFactKind(milestone.name);
    if (kind.valid()) kinds.insert(kind);
  }
}

}  // namespace

std::string DependsOnProcedure(const CheckContext& context, const rules::Procedure& procedure) {
  std::set<rules::FactKindId> kinds;
  AddKinds(context.rules, procedure, kinds);
  rules::Declarations part;
  part.kinds.assign(kinds.begin(), kinds.end());
  const std::string declared = DependsOn(context, part);
  if (declared.empty()) return declared;
  rules::Hasher hash;
  hash.Add(declared).Add(procedure.name).Add(procedure.citation.str());
  for (const rules::Milestone& m : procedure.milestones) {
    hash.Add(m.name).Add(static_cast<std::int64_t>(m.bound));
    hash.Add(m.term.amount.str()).Add(static_cast<std::int64_t>(m.term.unit));
    hash.Add(m.since).Add(m.actor).Add(m.power ? 1 : 0).Add(m.citation.str());
    hash.Add(m.miss).Add(m.miss_citation.str());
  }
  AddNorms(context.rules, hash);
  return hash.str();
}

std::string DependsOnProcedures(const CheckContext& context) {
  std::set<rules::FactKindId> kinds;
  for (const rules::Procedure& procedure : context.rules.procedures) {
    AddKinds(context.rules, procedure, kinds);
  }
  rules::Declarations part;
  part.kinds.assign(kinds.begin(), kinds.end());
  part.procedures = true;
  part.safeguards = true;
  part.statements = true;
  for (std::size_t r = 0; r < context.rules.rules.size(); ++r) {
    const auto& consequences = context.rules.rules[r].consequences;
    const bool timed = std::any_of(consequences.begin(), consequences.end(),
                                   [](const rules::Consequence& c) { return c.term.has_value(); });
    if (timed) part.rules.emplace_back(static_cast<std::int64_t>(r));
  }
  const std::string declared = DependsOn(context, part);
  if (declared.empty()) return declared;
  rules::Hasher hash;
  hash.Add(declared);
  AddNorms(context.rules, hash);
  return hash.str();
}

struct SharedOffices::State {
  std::once_flag once;
  const rules::Ruleset* rules = nullptr;
  int year = 0;
  Offices offices;
};

SharedOffices::SharedOffices(const rules::Ruleset& rules, int year)
    : state_(std::make_shared<State>()) {
  state_->rules = &rules;
  state_->year = year;
}

const Offices& SharedOffices::get() const {
  std::call_once(state_->once,
                 [this] { state_->offices = MakeOffices(*state_->rules, state_->year); });
  return state_->offices;
}

Text Uncountable(const Offices& offices, const rules::Procedure& procedure) {
  for (const rules::Milestone& milestone : procedure.milestones) {
    if (milestone.bound == BoundKind::None) continue;
    const Text bound = DescribeMilestone(milestone);
    if (!Countable(milestone.term)) {
      return {"no se sabe contar " + bound.es + ": no son minutos enteros ni días enteros",
              "there is no counting " + bound.en + ": neither whole minutes nor whole days"};
    }
    if (milestone.term.unit == rules::TermUnit::BusinessDays && !offices.calendar_known) {
      const std::string year = std::to_string(offices.first.year());
      return {"no se conocen los feriados de " + year,
              "the holidays of " + year + " are not known"};
    }
  }
  return {};
}

void RecordTime(base::CheckReport& report, const std::string& check, const std::string& what,
                base::Verdict verdict, const Text& bounds, Text reason) {
  base::QueryRecord record;
  record.name = check + "/" + what;
  record.check = check;
  record.engine = "grafo";
  record.verdict = verdict;
  record.reason = std::move(reason);
  record.bounds = bounds;
  const bool decided = verdict == base::Verdict::Proved || verdict == base::Verdict::Refuted;
  record.evidence = decided ? base::Evidence::Enumerated : base::Evidence::None;
  report.queries.push_back(std::move(record));
}

}  // namespace cotejo::checks
