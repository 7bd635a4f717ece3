// Case undefined under a permitted schedule: what the text settles under the usual hours and
// leaves open, or counts otherwise, under others that some norm allows.
#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "solver/checks/escapes.h"
#include "solver/checks/other_readings.h"
#include "solver/checks/plans.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Date;
using base::Rational;
using base::Text;
using base::Verdict;
using evaluation::History;
using rules::FactKindId;

namespace {

constexpr const char* kSchedule = "caso-sin-horario";
// Whole days in a row that are tried.
constexpr int kMostDays = 6;

// A way to have a schedule in force: a reading, the person and a day.
struct Place {
  std::shared_ptr<const OtherReading> otherwise;  // null: as the text is read now
  std::vector<ReadingChange> changes;
  History person;
  std::vector<Date> days;  // working days in a row on which it is in force
  int schedule = -1;       // in that ruleset

  [[nodiscard]] const CheckContext& context(const CheckContext& own) const {
    return otherwise ? otherwise->context() : own;
  }
};

std::vector<rules::Shift> ShiftsOf(const rules::Ruleset& rules, int schedule) {
  return rules.schedules[static_cast<std::size_t>(schedule)].shifts;
}

bool SameShifts(const std::vector<rules::Shift>& a, const std::vector<rules::Shift>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const rules::Shift& x, const rules::Shift& y) {
                      return x.entry == y.entry && x.exit == y.exit;
                    });
}

// The same shifts at other hours.
bool SameLengths(const std::vector<rules::Shift>& a, const std::vector<rules::Shift>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const rules::Shift& x, const rules::Shift& y) {
                      return x.exit - x.entry == y.exit - y.entry;
                    });
}

// Attributes an expression looks at.
void AddAttributes(const rules::Ruleset& rules, rules::ExprId id, std::set<int>& attributes) {
  if (!id.valid()) return;
  const rules::Expr& expr = rules.expr(id);
  if (expr.op == rules::Op::Attribute) attributes.insert(expr.ref);
  for (rules::ExprId arg : expr.args) AddAttributes(rules, arg, attributes);
}

// ---- Where a schedule is in force ------------------------------------------------

class Finder {
 public:
  explicit Finder(const CheckContext& context) : context_(context) {}

  // The usual one: that of a person as declared, as the text is read now.
  std::optional<Place> Usual() const {
    Place place;
    place.person = Somebody(context_.rules);
    const Date from(context_.year, 3, 1);
    place.schedule = evaluation::ScheduleOn(context_.rules, place.person, from);
    if (place.schedule < 0 || !FillDays(context_.rules, from, place)) return std::nullopt;
    return place;
  }

  // As read now, or else under one other option.
  std::optional<Place> Of(const std::string& name) const {
    Place own;
    if (Reach(context_.rules, name, own)) return own;
    for (std::size_t r = 0; r < context_.rules.readings.size(); ++r) {
      const rules::Reading& reading = context_.rules.readings[r];
      // One the norm does not assume may have taken the schedule away.
      if (!Concerns(reading, name) && reading.chosen == reading.assumed) continue;
      for (std::size_t o = 0; o < reading.options.size(); ++o) {
        if (static_cast<int>(o) == reading.chosen) continue;
        Place place;
        place.changes = {{r, static_cast<int>(o)}};
        place.otherwise = OtherReading::Of(context_, place.changes);
        if (place.otherwise && Reach(place.otherwise->rules(), name, place)) return place;
      }
    }
    return std::nullopt;
  }

 private:
  // A reading that decides on a schedule cites the provision the schedule comes from.
  bool Concerns(const rules::Reading& reading, const std::string& name) const {
    for (const rules::Schedule& schedule : context_.rules.schedules) {
      if (schedule.name != name) continue;
      for (const base::Citation& citation : reading.citations) {
        if (schedule.citation.within(citation) || citation.within(schedule.citation)) return true;
      }
    }
    return false;
  }

  static History Somebody(const rules::Ruleset& rules) {
    History person;
    person.person = "testigo";
    person.attributes.resize(rules.attributes.size());
    return person;
  }

  bool Reach(const rules::Ruleset& rules, const std::string& name, Place& place) const {
    for (std::size_t s = 0; s < rules.schedules.size(); ++s) {
      const rules::Schedule& schedule = rules.schedules[s];
      if (schedule.name != name) continue;
      place.schedule = static_cast<int>(s);
      Date from(context_.year, 3, 1);
      const std::optional<Date> begins =
          rules::InForceOf(rules, schedule.norm, schedule.from, schedule.to).from;
      if (begins && *begins > from) from = *begins;
      for (History& person : People(rules, schedule)) {
        place.person = std::move(person);
        if (evaluation::ScheduleOn(rules, place.person, from) == place.schedule &&
            FillDays(rules, from, place)) {
          return true;
        }
      }
    }
    return false;
  }

  // A person as declared, and those with another value of one attribute the schedule looks at.
  static std::vector<History> People(const rules::Ruleset& rules, const rules::Schedule& schedule) {
    std::vector<History> people{Somebody(rules)};
    std::set<int> attributes;
    AddAttributes(rules, schedule.guard, attributes);
    for (int a : attributes) {
      const rules::Type& type = rules.attributes[static_cast<std::size_t>(a)].type;
      std::size_t values = type.base == rules::Base::Boolean ? 2 : 0;
      if (type.base == rules::Base::Enumeration) {
        values = rules.enumerations[type.enumeration.index()].values.size();
      }
      for (std::size_t v = 0; v < values; ++v) {
        people.push_back(Somebody(rules));
        people.back().attributes[static_cast<std::size_t>(a)] = {
            {std::nullopt, {static_cast<std::int64_t>(v), false}}};
      }
    }
    return people;
  }

  // A month with room for the days, all of them under the schedule.
  bool FillDays(const rules::Ruleset& rules, Date from, Place& place) const {
    Date first = from.day() == 1 ? from : from.first_of_next_month();
    for (int tried = 0; tried < 12; ++tried, first = first.first_of_next_month()) {
      const std::string scope = evaluation::HolidayScope(rules, place.person, first);
      std::vector<Date> days = rules.calendar.WorkingDays(first, first.last_of_month(), scope);
      const bool fits = days.size() >= kMostDays &&
                        std::all_of(days.begin(), days.begin() + kMostDays, [&](Date day) {
                          return evaluation::ScheduleOn(rules, place.person, day) == place.schedule;
                        });
      if (!fits) continue;
      days.resize(kMostDays);
      place.days = std::move(days);
      place.person.from = first;
      place.person.to = first.last_of_month();
      return true;
    }
    return false;
  }

  const CheckContext& context_;
};

// ---- What differs ----------------------------------------------------------------

// Facts of a kind in every shift of the first days.
History DaysOf(const CheckContext& context, const Place& place, FactKindId kind, int days) {
  const rules::Ruleset& rules = place.context(context).rules;
  History history = place.person;
  const std::size_t shifts = ShiftsOf(rules, place.schedule).size();
  for (int d = 0; d < days; ++d) {
    for (std::size_t s = 1; s <= shifts; ++s) {
      evaluation::Fact fact;
      fact.kind = kind;
      fact.date = place.days[static_cast<std::size_t>(d)];
      fact.shift = static_cast<int>(s);
      fact.fields = PlainFields(rules, kind);
      history.facts.push_back(std::move(fact));
    }
  }
  return history;
}

class ScheduleQuestion {
 public:
  ScheduleQuestion(const CheckContext& context, std::string name)
      : context_(context), rules_(context.rules), name_(std::move(name)) {}

  void Run(base::CheckReport& report) {
    const Finder finder(context_);
    std::optional<Place> usual = finder.Usual();
    std::optional<Place> place = usual ? finder.Of(name_) : std::nullopt;
    if (!place) {
      Record("", Verdict::Unknown,
             {"no se encontró lectura, persona ni fecha en que rija",
              "no reading, person or date was found on which it is in force"},
             report);
      return;
    }
    usual_ = std::move(*usual);
    place_ = std::move(*place);
    kinds_ = KindsInDays();
    AskWholeDays(report);
    if (!SameLengths(ShiftsOf(there().rules, place_.schedule), ShiftsOf(rules_, usual_.schedule))) {
      AskReadings(report);
    }
  }

 private:
  [[nodiscard]] const CheckContext& there() const { return place_.context(context_); }

  void Record(const std::string& what, Verdict verdict, Text reason, base::CheckReport& report) {
    base::QueryRecord record;
    record.name = std::string(kSchedule) + "/" + name_ + (what.empty() ? "" : "/" + what);
    record.check = kSchedule;
    record.engine = "intérprete";
    record.verdict = verdict;
    record.reason = std::move(reason);
    record.bounds = Bounds();
    record.evidence = verdict == Verdict::Refuted  ? base::Evidence::Replayed
                      : verdict == Verdict::Proved ? base::Evidence::Enumerated
                                                   : base::Evidence::None;
    report.queries.push_back(std::move(record));
    if (context_.options.progress == nullptr) return;
    ++context_.options.progress->planned;
    ++context_.options.progress->done;
  }

  [[nodiscard]] Text Bounds() const {
    const std::string days = std::to_string(kMostDays);
    return {
        "hasta " + days + " jornadas enteras seguidas dentro de un mes, de una sola clase de hecho",
        "up to " + days + " whole days in a row inside a month, of one kind of fact"};
  }

  // Kinds placed in a shift, in their plain form, that count in something measured in days.
  [[nodiscard]] std::vector<FactKindId> KindsInDays() const {
    std::vector<bool> counted(rules_.fact_kinds.size(), false);
    for (rules::MeasureId id : JudgedMeasures(rules_)) {
      const rules::Measure& measure = rules_.measure(id);
      if (measure.type.base == rules::Base::Days) counted[measure.kind.index()] = true;
    }
    std::vector<FactKindId> kinds;
    for (std::size_t k = 0; k < rules_.fact_kinds.size(); ++k) {
      const rules::FactKind& kind = rules_.fact_kinds[k];
      const FactKindId id(static_cast<std::int64_t>(k));
      if (kind.derived || kind.placement != rules::Placement::Shift) continue;
      const auto trial = Replay(context_, DaysOf(context_, usual_, id, 1));
      const bool counts =
          trial && std::any_of(trial->result.facts.begin(), trial->result.facts.end(),
                               [&](const auto& fact) { return counted[fact.fact.kind.index()]; });
      if (counts) kinds.push_back(id);
    }
    return kinds;
  }

  // A whole day of the same must count the same number of days whatever the hours are.
  void AskWholeDays(base::CheckReport& report) {
    for (FactKindId kind : kinds_) {
      const std::string what = rules_.kind(kind).name;
      const auto usual = Replay(context_, DaysOf(context_, usual_, kind, 1));
      const auto there_day = Replay(there(), DaysOf(context_, place_, kind, 1));
      if (!usual || !there_day) {
        Record(
            "jornada entera de " + what, Verdict::Unknown,
            {"el intérprete no pudo juzgar la jornada", "the interpreter could not judge the day"},
            report);
        continue;
      }
      const Rational before = DaysIn(context_, *usual);
      const Rational after = DaysIn(there(), *there_day);
      if (before == after) {
        Record("jornada entera de " + what, Verdict::Proved, {}, report);
        continue;
      }
      Record("jornada entera de " + what, Verdict::Refuted, {}, report);
      report.findings.push_back(WholeDay(kind, before, after));
    }
  }

  // The most days that some judged measure in days counts.
  static Rational DaysIn(const CheckContext& context, const Trial& trial) {
    Rational most = 0;
    for (rules::MeasureId id : JudgedMeasures(context.rules)) {
      const rules::Measure& measure = context.rules.measure(id);
      if (measure.type.base != rules::Base::Days || measure.aggregate != rules::Aggregate::Sum) {
        continue;
      }
      for (const auto& [month, amount] : ByMonth(context, {id}, trial)) {
        most = std::max(most, amount);
      }
    }
    return most;
  }

  struct Answers {
    Trial usual, here;
    Contrast contrast;
  };

  [[nodiscard]] std::optional<Answers> Compare(FactKindId kind, int days) const {
    auto usual = Replay(context_, DaysOf(context_, usual_, kind, days));
    auto here = Replay(there(), DaysOf(context_, place_, kind, days));
    if (!usual || !here) return std::nullopt;
    auto a = ConsequencesOf(rules_, usual->result);
    auto b = ConsequencesOf(there().rules, here->result);
    // The months may not be the same ones.
    for (auto* all : {&a, &b}) {
      for (Consequence& one : *all) one.month = Date();
    }
    Contrast contrast = ContrastOf(a, b);
    if (contrast.empty()) return std::nullopt;
    return Answers{std::move(*usual), std::move(*here), std::move(contrast)};
  }

  // As few days as make the gravest difference: the loss of the post, or else any.
  [[nodiscard]] std::optional<Answers> Telling(FactKindId kind) const {
    std::optional<Answers> any;
    for (int days = 1; days <= kMostDays; ++days) {
      auto answers = Compare(kind, days);
      if (!answers) continue;
      const bool removal = Follows(rules_, answers->usual.result, Reach::Removal, true) !=
                           Follows(there().rules, answers->here.result, Reach::Removal, true);
      if (removal) return answers;
      if (!any) any = std::move(answers);
    }
    return any;
  }

  // ---- Readings that matter under these hours only --------------------------------

  void AskReadings(base::CheckReport& report) {
    for (std::size_t r = 0; r < rules_.readings.size(); ++r) {
      const rules::Reading& reading = rules_.readings[r];
      const bool used = std::any_of(place_.changes.begin(), place_.changes.end(),
                                    [&](const ReadingChange& change) { return change.first == r; });
      for (std::size_t o = 0; !used && o < reading.options.size(); ++o) {
        if (static_cast<int>(o) != reading.chosen) AskReading(r, static_cast<int>(o), report);
      }
    }
  }

  void AskReading(std::size_t r, int option, base::CheckReport& report) {
    const rules::Reading& reading = rules_.readings[r];
    const std::string what =
        "lectura " + reading.name + "/" + reading.options[static_cast<std::size_t>(option)].name;
    std::vector<ReadingChange> changes = place_.changes;
    changes.emplace_back(r, option);
    const auto here = OtherReading::Of(context_, changes);
    if (!here) return CannotBeRead(what, report);
    // Read so, the person has other hours: it says nothing of a day of these.
    if (!RulesThere(here->rules())) return;
    for (FactKindId kind : kinds_) {
      const History day = DaysOf(context_, place_, kind, 1);
      if (!Differ(there(), here->context(), day)) continue;
      const auto usual = OtherReading::Of(context_, {{r, option}});
      if (!usual) return CannotBeRead(what, report);
      // What it changes under the usual hours too is no matter of this schedule.
      if (Differ(context_, usual->context(), DaysOf(context_, usual_, kind, 1))) continue;
      Record(what, Verdict::Refuted, {}, report);
      report.findings.push_back(OnlyHere(r, option, kind, *here, day));
      return;
    }
    Record(what, Verdict::Proved, {}, report);
  }

  [[nodiscard]] bool RulesThere(const rules::Ruleset& rules) const {
    const int schedule = evaluation::ScheduleOn(rules, place_.person, place_.days.front());
    return schedule >= 0 && SameShifts(ShiftsOf(rules, schedule), Schedule().shifts);
  }

  void CannotBeRead(const std::string& what, base::CheckReport& report) {
    Record(
        what, Verdict::Unknown,
        {"la regulación no se pudo leer de ese modo", "the regulation could not be read that way"},
        report);
  }

  static bool Differ(const CheckContext& a, const CheckContext& b, const History& history) {
    const auto first = Replay(a, history);
    const auto second = Replay(b, history);
    if (!first || !second) return false;
    return ConsequencesOf(a.rules, first->result) != ConsequencesOf(b.rules, second->result);
  }

  // ---- Words ---------------------------------------------------------------------

  static std::string Spaced(std::string name) {
    std::replace(name.begin(), name.end(), '_', ' ');
    return "«" + name + "»";
  }

  [[nodiscard]] const rules::Schedule& Schedule() const {
    return there().rules.schedules[static_cast<std::size_t>(place_.schedule)];
  }
  [[nodiscard]] const rules::Schedule& UsualSchedule() const {
    return rules_.schedules[static_cast<std::size_t>(usual_.schedule)];
  }

  static std::string Hours(const rules::Schedule& schedule) {
    std::string hours;
    const auto say = [&](Rational at) {
      const std::int64_t minutes = at.floor();
      const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
      return two(minutes / 60) + ":" + two(minutes % 60);
    };
    for (const rules::Shift& shift : schedule.shifts) {
      hours += (hours.empty() ? "" : ", ") + say(shift.entry) + "–" + say(shift.exit);
    }
    return hours;
  }

  static std::string IdOf(const std::string& schedule, const std::string& key) {
    return FindingId(kSchedule, schedule + "|" + key);
  }

  // The usual hours of the norm's own reading against those that another makes usual: the same
  // difference as that reading finds, from its other side.
  [[nodiscard]] bool Mirrored() const {
    const bool back =
        !place_.changes.empty() &&
        std::all_of(place_.changes.begin(), place_.changes.end(), [&](const auto& change) {
          const rules::Reading& reading = rules_.readings[change.first];
          return reading.chosen != reading.assumed && change.second == reading.assumed;
        });
    if (!back) return false;
    const std::optional<Place> own = Finder(there()).Usual();
    return own && own->schedule == place_.schedule;
  }

  [[nodiscard]] base::Finding Blank(const std::string& key) const {
    base::Finding finding;
    finding.code = kSchedule;
    finding.severity = base::FindingSeverity::Warning;
    finding.id = IdOf(name_, key);
    // Other schedules of the same hours leave the same open.
    for (const rules::Schedule& schedule : there().rules.schedules) {
      if (SameShifts(schedule.shifts, Schedule().shifts)) {
        finding.articles.push_back(schedule.citation);
      }
    }
    finding.articles = Unique(std::move(finding.articles));
    finding.reading = DescribeReading(there().rules);
    finding.bounds = Bounds();
    return finding;
  }

  // Provisions that characterise the fact or order what follows from it under the usual hours.
  void Cite(const Trial& trial, const rules::Ruleset& rules, base::Finding& finding) const {
    for (const evaluation::EvaluatedFact& fact : trial.result.facts) {
      if (fact.by.valid()) finding.articles.push_back(CitationOf(rules, fact.by));
    }
    for (const evaluation::Application& application : trial.result.applications) {
      if (Orders(rules.rule(application.rule), Reach::Sanction)) {
        finding.articles.push_back(rules.rule(application.rule).citation);
      }
    }
    finding.articles = Unique(std::move(finding.articles));
  }

  [[nodiscard]] base::Finding WholeDay(FactKindId kind, Rational before, Rational after) const {
    const std::string what = Spaced(rules_.kind(kind).name);
    const std::string name = Spaced(name_);
    base::Finding finding = Blank("jornada|" + rules_.kind(kind).name);
    if (Mirrored()) finding.id = IdOf(UsualSchedule().name, "jornada|" + rules_.kind(kind).name);
    const auto days = [](Rational n) { return n.str() + (n <= Rational(1) ? " día" : " días"); };
    const auto days_en = [](Rational n) { return n.str() + (n <= Rational(1) ? " day" : " days"); };
    finding.title = {"bajo el horario " + name + ", la jornada entera de " + what + " cuenta " +
                         days(after) + " y no " + days(before),
                     "under the schedule " + name + ", a whole day of " + what + " counts " +
                         days_en(after) + " and not " + days_en(before)};
    finding.explanation = {
        "el texto cuenta por tramos: con " + Hours(UsualSchedule()) + " la jornada entera de " +
            what + " es " + days(before) + ", y con " + Hours(Schedule()) + " es " + days(after) +
            ". Qué es un día de " + what + " bajo este horario no está dicho",
        "the text counts by shifts: with " + Hours(UsualSchedule()) + " a whole day of " + what +
            " is " + days_en(before) + ", and with " + Hours(Schedule()) + " it is " +
            days_en(after) + ". What a day of " + what + " is under this schedule is not said"};
    finding.region = {
        {Hours(Schedule()) + ": " + days(after), Hours(Schedule()) + ": " + days_en(after)},
        {Hours(UsualSchedule()) + ": " + days(before),
         Hours(UsualSchedule()) + ": " + days_en(before)}};
    if (const auto answers = Telling(kind)) {
      const Text here = DescribeAll(answers->contrast.other);
      const Text usual = DescribeAll(answers->contrast.own);
      const std::size_t many =
          answers->here.history.facts.size() / ShiftsOf(there().rules, place_.schedule).size();
      const std::string count = std::to_string(many);
      finding.explanation.es +=
          (many == 1 ? ". Con una jornada: " : ". Con " + count + " jornadas seguidas: ") +
          here.es + ", en vez de " + usual.es;
      finding.explanation.en +=
          (many == 1 ? ". With one whole day: " : ". With " + count + " whole days in a row: ") +
          here.en + ", instead of " + usual.en;
      Cite(answers->usual, rules_, finding);
      finding.witness = Narrate(there(), answers->here);
      finding.counterpart = Narrate(context_, answers->usual);
    } else {
      const auto here = Replay(there(), DaysOf(context_, place_, kind, 1));
      const auto usual = Replay(context_, DaysOf(context_, usual_, kind, 1));
      Cite(*usual, rules_, finding);
      finding.witness = Narrate(there(), *here);
      finding.counterpart = Narrate(context_, *usual);
    }
    finding.witness.label = {"con " + Hours(Schedule()), "with " + Hours(Schedule())};
    finding.counterpart->label = {"con " + Hours(UsualSchedule()),
                                  "with " + Hours(UsualSchedule())};
    AnswerWithWhatDoesNotApply(finding);
    return finding;
  }

  // A difference between two options is one, whichever of them the text is read under.
  static std::string KeyOf(const rules::Reading& reading, int option) {
    const auto name = [&](int o) { return reading.options[static_cast<std::size_t>(o)].name; };
    const std::string key = "lectura|" + reading.name + "|";
    if (reading.chosen == reading.assumed) return key + name(option);
    if (option == reading.assumed) return key + name(reading.chosen);
    return key + name(std::min(option, reading.chosen)) + "|" +
           name(std::max(option, reading.chosen));
  }

  [[nodiscard]] base::Finding OnlyHere(std::size_t r, int option, FactKindId kind,
                                       const OtherReading& other, const History& history) const {
    const rules::Reading& reading = rules_.readings[r];
    const rules::ReadingOption& chosen = reading.options[static_cast<std::size_t>(reading.chosen)];
    const rules::ReadingOption& second = reading.options[static_cast<std::size_t>(option)];
    base::Finding finding = Blank(KeyOf(reading, option));
    const auto first = Replay(there(), history);
    const auto otherwise = Replay(other.context(), history);
    const auto a = ConsequencesOf(there().rules, first->result);
    const auto b = ConsequencesOf(other.rules(), otherwise->result);
    const Contrast contrast = ContrastOf(a, b);
    const Text here = DescribeAll(contrast.own);
    const Text there_text = DescribeAll(contrast.other);
    const std::string what = Spaced(rules_.kind(kind).name);
    const std::string name = Spaced(name_);
    finding.title = {
        "sólo bajo el horario " + name + ", una jornada de " + what + " da «" + here.es + "» o «" +
            there_text.es + "» según cómo se lea " + Spaced(reading.name),
        "under the schedule " + name + " alone, a day of " + what + " gives «" + here.en +
            "» or «" + there_text.en + "» depending on how " + Spaced(reading.name) + " is read"};
    finding.explanation = {
        "con " + Hours(UsualSchedule()) + " las dos lecturas dan lo mismo; con " +
            Hours(Schedule()) + ", si " + chosen.description + ": " + here.es + "; si " +
            second.description + ": " + there_text.es,
        "with " + Hours(UsualSchedule()) + " both readings give the same; with " +
            Hours(Schedule()) + ", if " + chosen.description + ": " + here.en + "; if " +
            second.description + ": " + there_text.en};
    finding.region = {
        {Spaced(chosen.name) + ": " + here.es, Spaced(chosen.name) + ": " + here.en},
        {Spaced(second.name) + ": " + there_text.es, Spaced(second.name) + ": " + there_text.en}};
    finding.articles.insert(finding.articles.end(), reading.citations.begin(),
                            reading.citations.end());
    finding.articles = Unique(std::move(finding.articles));
    finding.witness = Narrate(there(), *first);
    finding.witness.label = {"bajo " + Spaced(chosen.name), "under " + Spaced(chosen.name)};
    finding.counterpart = Narrate(other.context(), *otherwise);
    finding.counterpart->label = {"bajo " + Spaced(second.name), "under " + Spaced(second.name)};
    AnswerWithWhatDoesNotApply(finding);
    return finding;
  }

  const CheckContext& context_;
  const rules::Ruleset& rules_;
  std::string name_;
  Place usual_, place_;
  std::vector<FactKindId> kinds_;
};

}  // namespace

void PlanSchedules(const CheckContext& context, std::vector<Task>& tasks) {
  PlanWhoseHours(context, tasks);
  const Finder finder(context);
  const std::optional<Place> usual = finder.Usual();
  if (!usual) return;
  // Of several with the same hours, the first one speaks for all.
  std::vector<std::vector<rules::Shift>> seen{ShiftsOf(context.rules, usual->schedule)};
  for (const rules::Schedule& schedule : context.rules.schedules) {
    const bool known = std::any_of(seen.begin(), seen.end(), [&](const auto& shifts) {
      return SameShifts(shifts, schedule.shifts);
    });
    if (known) continue;
    seen.push_back(schedule.shifts);
    const std::string name = schedule.name;
    tasks.push_back({std::string(kSchedule) + "/" + name, DependsOnReadings(context),
                     [&context, name](base::CheckReport& report) {
                       ScheduleQuestion(context, name).Run(report);
                     }});
  }
}

}  // namespace cotejo::checks
