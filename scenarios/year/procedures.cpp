#include "scenarios/year/procedures.h"

#include <algorithm>
#include <map>

#include "scenarios/population/philox.h"

namespace cotejo::year {

using rules::ConsequenceKind;
using Bound = rules::Milestone::Bound;

namespace {

std::size_t At(std::int64_t index) { return static_cast<std::size_t>(index); }

// FNV-1a: a name's part of a key, which must never change.
std::uint64_t KeyOf(const std::string& name) {
  std::uint64_t key = 14695981039346656037ULL;
  for (const char c : name) key = (key ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return key;
}

const std::map<std::string, ConsequenceKind>& Consequences() {
  static const std::map<std::string, ConsequenceKind> kAll = {
      {"amonestacion escrita", ConsequenceKind::WrittenAdmonition},
      {"amonestacion verbal", ConsequenceKind::VerbalAdmonition},
      {"descuento", ConsequenceKind::PayDeduction},
      {"destitucion", ConsequenceKind::Destitution},
      {"proceso", ConsequenceKind::Process},
      {"retiro", ConsequenceKind::Retirement}};
  return kAll;
}

}  // namespace

// ---- from the text and the file --------------------------------------------------

class ProcedureCompiler {
 public:
  ProcedureCompiler(const rules::Ruleset& rules, const std::vector<RuleEffects>& effects,
                    const population::Population& population, bool in_force,
                    base::Diagnostics& diagnostics)
      : rules_(rules),
        effects_(effects),
        population_(population),
        in_force_(in_force),
        diagnostics_(diagnostics) {}

  std::optional<Procedures> Run() {
    const std::size_t before = diagnostics_.errors();
    result_.conducts_ = population_.procedures;
    result_.begun_.resize(rules_.rules.size());
    for (const rules::Rule& rule : rules_.rules)
      result_.rule_keys_.push_back(KeyOf(rule.citation.str()));
    for (std::size_t i = 0; i < population_.procedures.size(); ++i) Add(i);
    if (diagnostics_.errors() > before) return std::nullopt;
    return std::move(result_);
  }

 private:
  using Conduct = population::ProcedureConduct;

  void Refuse(const base::Text& message, base::Text hint = {}) {
    const std::string& name = conduct_->name;
    diagnostics_.Add({"población-trámite",
                      base::Severity::Error,
                      {},
                      {"el trámite «" + name + "» de la población: " + message.es,
                       "the procedure '" + name + "' of the population: " + message.en},
                      std::move(hint),
                      {}});
  }

  void Add(std::size_t place) {
    conduct_ = &population_.procedures[place];
    const auto same = [&](const rules::Procedure& p) {
      return base::Fold(p.name) == base::Fold(conduct_->name);
    };
    const auto text = std::find_if(rules_.procedures.begin(), rules_.procedures.end(), same);
    if (text == rules_.procedures.end()) {
      if (in_force_) NoSuchProcedure();
      return;
    }
    Procedures::Procedure procedure;
    procedure.name = text->name;
    procedure.conduct = static_cast<int>(place);
    procedure.key = KeyOf(base::Fold(conduct_->name));
    procedure.of_process = base::Fold(conduct_->begins) == "proceso";
    if (!Steps(*text, procedure.steps)) return;
    result_.all_.push_back(std::move(procedure));
    FindBeginnings();
  }

  void NoSuchProcedure() {
    std::vector<std::string> names;
    for (const rules::Procedure& p : rules_.procedures) names.push_back(p.name);
    Hinted({"no es un trámite de la regulación", "it is not a procedure of the regulation"},
           base::NearestName(conduct_->name, names));
  }

  void Hinted(const base::Text& message, const std::string& nearest) {
    base::Text hint;
    if (!nearest.empty())
      hint = {"¿quiso decir «" + nearest + "»?", "did you mean '" + nearest + "'?"};
    Refuse(message, std::move(hint));
  }

  // ---- which rules begin it

  void FindBeginnings() {
    const auto place = static_cast<std::uint8_t>(result_.all_.size() - 1);
    const auto kind = Consequences().find(Words(conduct_->begins));
    const base::Citation cited = base::ParseCitation(conduct_->begins);
    bool any = false;
    for (std::size_t r = 0; r < rules_.rules.size(); ++r) {
      const rules::Rule& rule = rules_.rules[r];
      const bool begins = kind != Consequences().end()
                              ? Brings(r, kind->second)
                              : Same(rule.name, conduct_->begins) || rule.citation.within(cited);
      if (begins) result_.begun_[r].push_back(place);
      any = any || begins;
    }
    if (any || !in_force_) return;
    Refuse({"nada de la regulación lo empieza: «" + conduct_->begins + "»",
            "nothing in the regulation begins it: '" + conduct_->begins + "'"},
           {"«tras» es una consecuencia (proceso, descuento, amonestación verbal, amonestación "
            "escrita, destitución, retiro), el nombre de una regla, o la cita donde están las "
            "reglas, como «RIP:51.I»",
            "'tras' is a consequence (proceso, descuento, amonestación verbal, amonestación "
            "escrita, destitución, retiro), the name of a rule, or the citation of the rules, such "
            "as 'RIP:51.I'"});
  }

  static std::string Words(const std::string& name) {
    std::string folded = base::Fold(name);
    std::replace(folded.begin(), folded.end(), '_', ' ');
    return folded;
  }

  // A process is brought too by what some norm wants one before.
  [[nodiscard]] bool Brings(std::size_t rule, ConsequenceKind kind) const {
    const auto& all = rules_.rules[rule].consequences;
    const RuleEffects& effects = effects_[rule];
    const bool removes_after = (effects.destitutes && effects.destitutes_after_process) ||
                               (effects.retires && effects.retires_after_process);
    return std::any_of(all.begin(), all.end(),
                       [&](const rules::Consequence& c) { return c.kind == kind; }) ||
           (kind == ConsequenceKind::Process && removes_after);
  }

  // ---- its steps

  bool Steps(const rules::Procedure& text, std::vector<Step>& steps) {
    names_.clear();
    for (const rules::Milestone& m : text.milestones) {
      if (std::find(names_.begin(), names_.end(), m.name) == names_.end()) names_.push_back(m.name);
    }
    if (names_.size() > kMostSteps) {
      Refuse({"tiene más de " + std::to_string(kMostSteps) + " hitos",
              "it has more than " + std::to_string(kMostSteps) + " milestones"});
      return false;
    }
    const std::size_t before = diagnostics_.errors();
    CheckNames();
    while (steps.size() < names_.size()) {
      const std::size_t had = steps.size();
      for (const std::string& name : names_) {
        if (Find(steps, name) == steps.size() && Ready(text, name, steps))
          steps.push_back(StepOf(text, name, steps));
      }
      if (steps.size() > had) continue;
      Refuse({"los plazos de sus hitos corren en círculo",
              "the terms of its milestones run in a "
              "circle"});
      return false;
    }
    return diagnostics_.errors() == before;
  }

  static std::size_t Find(const std::vector<Step>& steps, const std::string& name) {
    const auto is = [&](const Step& step) { return step.name == name; };
    return At(std::find_if(steps.begin(), steps.end(), is) - steps.begin());
  }

  // What the file says of a step that no text has would be said of nothing.
  void CheckNames() {
    if (!in_force_) return;
    for (const population::MilestoneConduct& step : conduct_->milestones) {
      const auto same = [&](const std::string& name) { return Same(name, step.milestone); };
      if (std::none_of(names_.begin(), names_.end(), same))
        Hinted({"no tiene el hito «" + step.milestone + "»",
                "it does not have the milestone '" + step.milestone + "'"},
               base::NearestName(step.milestone, names_));
    }
  }

  static bool Same(const std::string& a, const std::string& b) {
    return base::Fold(a) == base::Fold(b);
  }

  // All that its terms run from is there already.
  static bool Ready(const rules::Procedure& text, const std::string& name,
                    const std::vector<Step>& steps) {
    return std::all_of(
        text.milestones.begin(), text.milestones.end(), [&](const rules::Milestone& m) {
          return m.name != name || m.since.empty() || Find(steps, m.since) < steps.size();
        });
  }

  Step StepOf(const rules::Procedure& text, const std::string& name,
              const std::vector<Step>& steps) {
    Step step;
    step.name = name;
    bool open = false;  // some term of it has no beginning
    for (const rules::Milestone& m : text.milestones) {
      if (m.name != name) continue;
      step.power = step.power || m.power;
      if (m.bound == Bound::None || m.since.empty()) {
        open = open || m.bound != Bound::None;
        continue;
      }
      AddBound(m, steps, step);
    }
    int word = 0;
    for (std::size_t i = 0; i < conduct_->milestones.size(); ++i) {
      if (Same(conduct_->milestones[i].milestone, name)) {
        step.conduct = static_cast<int>(i);
        step.word = word;
      }
      word += Words(conduct_->milestones[i]);
    }
    if (!steps.empty()) {
      if (step.bounds.empty() && open)
        Refuse({"no se sabe desde cuándo corre el plazo de «" + name + "»",
                "it is not known from when the term of '" + name + "' runs"});
      // Of what has no term it is only known that it comes after the beginning.
      if (step.bounds.empty()) step.bounds.push_back({0, false, 0, rules::TermUnit::Hours});
      CheckConduct(step);
    }
    return step;
  }

  // How many draws a step takes. They go in the order of the file, so that a text with other steps
  // leaves the rest as they were.
  static int Words(const population::MilestoneConduct& conduct) {
    return (conduct.may_not_happen() ? 1 : 0) + 1 + (conduct.may_annul() ? 1 : 0);
  }

  void AddBound(const rules::Milestone& m, const std::vector<Step>& steps, Step& step) {
    constexpr std::int64_t kMost = 100'000;
    const base::Rational amount = m.term.amount;
    if (m.bound == Bound::Before || amount.den() != 1 || amount.num() < 0 || amount.num() > kMost)
      return Refuse({"el simulador no puede vivir el plazo de «" + m.name +
                         "»: sólo los enteros que corren después de otro hito",
                     "the simulator cannot live the term of '" + m.name +
                         "': only whole ones that run after another milestone"});
    step.bounds.push_back({Find(steps, m.since), m.bound == Bound::AtMost,
                           static_cast<std::int32_t>(amount.num()), m.term.unit});
  }

  void CheckConduct(const Step& step) {
    const population::MilestoneConduct* said =
        step.conduct < 0 ? nullptr : &conduct_->milestones[At(step.conduct)];
    if (step.has_term()) {
      if (said == nullptr || !said->of_term)
        Refuse({"falta «plazo_por_ciento» de «" + step.name + "», que tiene plazo",
                "no 'plazo_por_ciento' for '" + step.name + "', which has a term"});
      if (said != nullptr && said->days)
        Refuse({"el plazo de «" + step.name + "» lo da el texto: sobra «dias_habiles»",
                "the text gives the term of '" + step.name + "': 'dias_habiles' is one too many"});
      return;
    }
    if (said == nullptr) return;
    if (said->of_term)
      Refuse({"«" + step.name + "» no tiene plazo del que usar una parte",
              "'" + step.name + "' has no term to use a part of"});
    if (said->may_not_happen())
      Refuse({"«" + step.name + "» no tiene plazo: no se sabría desde cuándo ya no ocurre",
              "'" + step.name + "' has no term: nobody would know when it no longer happens"});
  }

  const rules::Ruleset& rules_;
  const std::vector<RuleEffects>& effects_;
  const population::Population& population_;
  bool in_force_;
  base::Diagnostics& diagnostics_;
  const Conduct* conduct_ = nullptr;
  std::vector<std::string> names_;  // of its milestones, as written
  Procedures result_;
};

std::optional<Procedures> Procedures::Of(const rules::Ruleset& rules,
                                         const std::vector<RuleEffects>& effects,
                                         const population::Population& population, bool in_force,
                                         base::Diagnostics& diagnostics) {
  return ProcedureCompiler(rules, effects, population, in_force, diagnostics).Run();
}

const Procedures::Procedure* Procedures::of_process() const {
  const auto is = [](const Procedure& procedure) { return procedure.of_process; };
  const auto found = std::find_if(all_.begin(), all_.end(), is);
  return found == all_.end() ? nullptr : &*found;
}

// ---- one of them, day by day -----------------------------------------------------

namespace {

constexpr std::int32_t kBeyond = INT32_MAX;  // after the year
constexpr std::int64_t kWhole = 100;         // percent

std::int64_t Ceiling(std::int64_t top, std::int64_t bottom) { return (top + bottom - 1) / bottom; }

class Walk {
 public:
  Walk(const YearDays& year, const WorkDays& work) : year_(year), work_(work) {}

  // So many percent of a term after a day. Terms in hours or in calendar days end on a day of
  // work: nothing is done on others.
  [[nodiscard]] std::int32_t After(std::int32_t day, const Step::Bound& bound,
                                   std::int64_t percent) const {
    if (bound.unit == rules::TermUnit::BusinessDays)
      return WorkingDay(day, Ceiling(percent * bound.amount, kWhole));
    return NextWorking(day + Ceiling(percent * HoursOf(day, bound), kWhole * kHoursOfDay));
  }

  // The n-th day of work after a day; with none, the day itself or the next of work.
  [[nodiscard]] std::int32_t WorkingDay(std::int32_t day, std::int64_t n) const {
    if (n == 0) return NextWorking(day);
    const std::int64_t place = work_.before[At(day) + 1] + n - 1;
    return place < static_cast<std::int64_t>(work_.days.size()) ? work_.days[At(place)] : kBeyond;
  }

 private:
  static constexpr std::int64_t kHoursOfDay = 24;

  [[nodiscard]] std::int64_t HoursOf(std::int32_t day, const Step::Bound& bound) const {
    switch (bound.unit) {
      case rules::TermUnit::Hours:
        return bound.amount;
      case rules::TermUnit::Months: {
        const base::Date from = year_.date(day);
        return (from.plus_months(bound.amount).days() - from.days()) * kHoursOfDay;
      }
      default:
        return bound.amount * kHoursOfDay;
    }
  }

  [[nodiscard]] std::int32_t NextWorking(std::int64_t day) const {
    if (day >= year_.count) return kBeyond;
    const std::int32_t place = work_.before[At(day)];
    return At(place) < work_.days.size() ? work_.days[At(place)] : kBeyond;
  }

  const YearDays& year_;
  const WorkDays& work_;
};

using State = Course::State;

// What the terms of a step say, of those whose beginning came about.
struct Window {
  const Step::Bound* tightest = nullptr;  // of those that set a last day
  std::int32_t from = 0;                  // the day that one runs from; with none, the latest
  std::int32_t last = kBeyond;
  std::int32_t earliest = 0;
  bool runs = false;
  bool waits = false;  // something it runs from is pending
};

Window WindowOf(const Step& step, const Course& course, const Walk& walk) {
  Window window;
  std::int32_t latest = 0;
  for (const Step::Bound& bound : step.bounds) {
    const Course::Of& since = course.steps[bound.since];
    window.waits = window.waits || since.state == State::Pending;
    if (since.state != State::Done) continue;
    window.runs = true;
    latest = std::max(latest, since.day);
    const std::int32_t end = walk.After(since.day, bound, kWhole);
    if (!bound.at_most) {
      window.earliest = std::max(window.earliest, end);
    } else if (window.tightest == nullptr || end < window.last) {
      window.tightest = &bound;
      window.last = end;
      window.from = since.day;
    }
  }
  if (window.tightest == nullptr) window.from = std::max(latest, window.earliest);
  return window;
}

// The draws of one procedure, four at a time.
class Fate {
 public:
  Fate(const CourseKey& key, std::int32_t day, std::uint64_t name)
      : key_(key),
        day_(static_cast<std::uint32_t>(day)),
        // No other decision has the highest bit: a name never meets one.
        decision_(static_cast<std::uint32_t>(name >> 32) | 0x80000000U) {}

  std::uint32_t word(int number) {
    if (number / kWords != block_) {
      block_ = number / kWords;
      drawn_ = population::Draw(key_.seed, key_.replication, static_cast<std::uint32_t>(key_.post),
                                day_, decision_ + static_cast<std::uint32_t>(block_));
    }
    return drawn_[At(number % kWords)];
  }

 private:
  static constexpr int kWords = 4;
  const CourseKey& key_;
  std::uint32_t day_;
  std::uint32_t decision_;
  int block_ = -1;
  population::Block drawn_{};
};

Course::Of Take(const Step& step, const population::MilestoneConduct* conduct, const Window& window,
                Fate& fate, const Walk& walk) {
  Course::Of of;
  const bool over = window.last != kBeyond;  // its term passes within the year
  const auto lapse = [&] {
    return Course::Of{over ? State::Lapsed : State::Pending, over, window.last};
  };
  if (window.earliest == kBeyond) return {State::Pending, over, 0};
  int word = step.word;
  if (conduct != nullptr && conduct->may_not_happen() && !conduct->happens.hit(fate.word(word++)))
    return lapse();
  if (window.tightest != nullptr) {
    of.day = walk.After(window.from, *window.tightest, conduct->of_term->value(fate.word(word)));
  } else {
    const std::int64_t days =
        conduct != nullptr && conduct->days ? conduct->days->value(fate.word(word)) : 0;
    of.day = walk.WorkingDay(window.from, days);
  }
  of.day = std::max(of.day, window.earliest);
  of.late = window.tightest != nullptr && of.day > window.last;
  // What somebody may do is worth nothing out of its term.
  if (step.power && of.late) return lapse();
  of.state = of.day == kBeyond ? State::Pending : State::Done;
  return of;
}

// The last of a step's draws.
bool Annuls(const Step& step, const population::MilestoneConduct* conduct, Fate& fate) {
  return conduct != nullptr && conduct->may_annul() &&
         conduct->annuls.hit(fate.word(step.word + (conduct->may_not_happen() ? 2 : 1)));
}

}  // namespace

Course Procedures::Run(const Procedure& procedure, std::size_t rule, std::int32_t day,
                       const CourseKey& key, const YearDays& year, const WorkDays& work) const {
  const Walk walk(year, work);
  Fate fate(key, year.first + day, (procedure.key ^ rule_keys_[rule]) * 0x9E3779B97F4A7C15ULL);
  const auto& said = conducts_[At(procedure.conduct)].milestones;
  Course course;
  std::fill_n(course.steps.begin(), procedure.steps.size(), Course::Of{});
  course.steps[0] = {State::Done, false, day};
  std::int32_t last = day;
  bool pending = false;
  for (std::size_t s = 1; s < procedure.steps.size(); ++s) {
    const Step& step = procedure.steps[s];
    const Window window = WindowOf(step, course, walk);
    Course::Of& of = course.steps[s];
    if (!window.runs) {
      if (window.waits) of.state = State::Pending;
      continue;
    }
    const population::MilestoneConduct* conduct =
        step.conduct < 0 ? nullptr : &said[At(step.conduct)];
    of = Take(step, conduct, window, fate, walk);
    pending = pending || of.state == State::Pending;
    if (of.state != State::Pending) last = std::max(last, of.day);
    // What would come after has no object.
    course.annulled = of.state == State::Done && Annuls(step, conduct, fate);
    if (course.annulled) break;
  }
  if (course.annulled || !pending) course.finished = last;
  return course;
}

}  // namespace cotejo::year
