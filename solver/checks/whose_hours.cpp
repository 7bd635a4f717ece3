// Whose hours: persons and days that no schedule reaches, or that two reach at once.
#include <algorithm>
#include <map>
#include <set>

#include "model/rules/families.h"
#include "model/rules/terms.h"
#include "solver/checks/histories.h"
#include "solver/checks/other_readings.h"
#include "solver/checks/plans.h"
#include "solver/checks/questions.h"
#include "solver/checks/quotes.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Date;
using base::Text;
using evaluation::History;

namespace {

constexpr const char* kSchedule = "caso-sin-horario";
constexpr const char* kWhose = "un horario para cada persona y día";
// Combinations of values of what the schedules look at.
constexpr std::size_t kMostPersons = 5000;

// One value of each attribute looked at, in order.
using Person = std::vector<int>;

// Days on which the same schedules are in force.
struct Span {
  Date first, last;
};

// Nobody's hours when both are the same: no schedule reaches them. Else the first one declared
// rules, and the other reaches them too.
struct Defect {
  int first = -1, second = -1;
  friend auto operator<=>(const Defect&, const Defect&) = default;
};

// ---- What the schedules look at --------------------------------------------------

class Looked {
 public:
  explicit Looked(const rules::Ruleset& rules) : rules_(rules) {
    for (const rules::Schedule& schedule : rules.schedules) Add(schedule.guard);
  }

  [[nodiscard]] const std::vector<int>& attributes() const { return attributes_; }
  // Something whose values cannot be listed; empty: nothing.
  [[nodiscard]] const std::string& unlisted() const { return unlisted_; }

  // How many values an attribute may have.
  [[nodiscard]] int Values(int attribute) const {
    const rules::Type& type = rules_.attributes[static_cast<std::size_t>(attribute)].type;
    if (type.base == rules::Base::Boolean) return 2;
    return static_cast<int>(rules_.enumerations[type.enumeration.index()].values.size());
  }

  // Nothing when there are too many.
  [[nodiscard]] std::optional<std::vector<Person>> Persons() const {
    std::vector<Person> persons{{}};
    for (const int attribute : attributes_) {
      std::vector<Person> longer;
      for (const Person& person : persons) {
        for (int value = 0; value < Values(attribute); ++value) {
          longer.push_back(person);
          longer.back().push_back(value);
        }
      }
      if (longer.size() > kMostPersons) return std::nullopt;
      persons = std::move(longer);
    }
    return persons;
  }

 private:
  void Add(rules::ExprId id) {
    if (!id.valid()) return;
    const rules::Expr& expr = rules_.expr(id);
    if (expr.op == rules::Op::Attribute) {
      const rules::Attribute& attribute = rules_.attributes[static_cast<std::size_t>(expr.ref)];
      const bool listed = attribute.type.base == rules::Base::Boolean ||
                          attribute.type.base == rules::Base::Enumeration;
      if (!listed && unlisted_.empty()) unlisted_ = attribute.name;
      if (std::find(attributes_.begin(), attributes_.end(), expr.ref) == attributes_.end()) {
        attributes_.push_back(expr.ref);
      }
    }
    const bool changes = expr.op == rules::Op::Parameter || expr.op == rules::Op::Measure ||
                         expr.op == rules::Op::FactDate;
    if (changes && unlisted_.empty()) unlisted_ = "fecha";
    for (rules::ExprId arg : expr.args) Add(arg);
  }

  const rules::Ruleset& rules_;
  std::vector<int> attributes_;
  std::string unlisted_;
};

// It rules for nobody, as the text is read.
bool Dead(const rules::Ruleset& rules, const rules::Schedule& schedule) {
  if (!schedule.guard.valid()) return false;
  const auto constant = rules::ConstantValue(rules, schedule.guard);
  return constant && constant->zero();
}

// ---- The question ----------------------------------------------------------------

class WhoseHours {
 public:
  explicit WhoseHours(const CheckContext& context)
      : context_(context), rules_(context.rules), looked_(context.rules), one_(context.rules) {}

  void Run(base::CheckReport& report) {
    const std::string name = std::string(kSchedule) + "/" + kWhose;
    if (!looked_.unlisted().empty()) {
      const std::string what = Spaced(looked_.unlisted());
      return RecordOpen(context_, report, name, kSchedule,
                        {"un horario mira «" + what + "», y sus valores no se enumeran",
                         "a schedule looks at '" + what + "', whose values are not listed"});
    }
    const auto persons = looked_.Persons();
    if (!persons) {
      const std::string most = std::to_string(kMostPersons);
      return RecordOpen(context_, report, name, kSchedule,
                        {"lo que miran los horarios se combina de más de " + most + " maneras",
                         "what the schedules look at combines in more than " + most + " ways"});
    }
    for (const Span& span : Spans()) {
      for (const auto& [defect, all] : DefectsOn(span.first, *persons)) {
        report.findings.push_back(Write(defect, all, span));
      }
    }
    RecordLooked(report, kSchedule, kWhose, "grafo", !report.findings.empty(), Bounds());
  }

 private:
  [[nodiscard]] const rules::Schedule& At(int schedule) const {
    return rules_.schedules[static_cast<std::size_t>(schedule)];
  }

  [[nodiscard]] Date YearStart() const { return {context_.year, 1, 1}; }
  [[nodiscard]] Date YearEnd() const { return {context_.year, 12, 31}; }

  // The gestión cut where a schedule begins or ends. Before any of their norms is in force there is
  // nothing to ask.
  [[nodiscard]] std::vector<Span> Spans() const {
    std::set<Date> cuts{YearStart()};
    const auto cut = [&](Date date) {
      if (YearStart() < date && date <= YearEnd()) cuts.insert(date);
    };
    for (const rules::Schedule& schedule : rules_.schedules) {
      for (const rules::InForceDays& days : {InForce(schedule), NormInForce(schedule)}) {
        if (days.from) cut(*days.from);
        if (days.to) cut(days.to->plus_days(1));
      }
    }
    std::vector<Span> spans;
    for (auto it = cuts.begin(); it != cuts.end(); ++it) {
      const auto next = std::next(it);
      const Span span{*it, next == cuts.end() ? YearEnd() : next->plus_days(-1)};
      const bool asked =
          std::any_of(rules_.schedules.begin(), rules_.schedules.end(),
                      [&](const auto& schedule) { return NormInForce(schedule).Hold(span.first); });
      if (asked) spans.push_back(span);
    }
    return spans;
  }

  [[nodiscard]] rules::InForceDays InForce(const rules::Schedule& schedule) const {
    return rules::InForceOf(rules_, schedule.norm, schedule.from, schedule.to);
  }
  [[nodiscard]] rules::InForceDays NormInForce(const rules::Schedule& schedule) const {
    return rules::InForceOf(rules_, schedule.norm, std::nullopt, std::nullopt);
  }

  [[nodiscard]] History HistoryOf(const Person& person, Date day) const {
    History history;
    history.person = "testigo";
    history.from = history.to = day;
    history.attributes.resize(rules_.attributes.size());
    for (std::size_t a = 0; a < person.size(); ++a) {
      const auto attribute = static_cast<std::size_t>(looked_.attributes()[a]);
      history.attributes[attribute] = {{std::nullopt, {person[a], false}}};
    }
    return history;
  }

  // Whom a schedule would rule for if it were the only one, as the interpreter says.
  std::set<Person> Reached(const rules::Schedule& schedule, Date day,
                           const std::vector<Person>& persons) {
    one_.schedules = {schedule};
    std::set<Person> reached;
    for (const Person& person : persons) {
      if (evaluation::ScheduleOn(one_, HistoryOf(person, day), day) == 0) reached.insert(person);
    }
    return reached;
  }

  std::map<Defect, std::set<Person>> DefectsOn(Date day, const std::vector<Person>& persons) {
    std::vector<std::set<Person>> reached;
    for (const rules::Schedule& schedule : rules_.schedules) {
      reached.push_back(Reached(schedule, day, persons));
    }
    std::map<Defect, std::set<Person>> defects;
    for (const Person& person : persons) {
      int first = -1;
      for (int s = 0; s < static_cast<int>(reached.size()); ++s) {
        if (!reached[static_cast<std::size_t>(s)].contains(person)) continue;
        if (first < 0) {
          first = s;
        } else if (!SameHours(first, s) && !Prevails(first, s, reached)) {
          defects[{first, s}].insert(person);
        }
      }
      if (first < 0) defects[{}].insert(person);
    }
    return defects;
  }

  // The order between norms: the higher rank, the special over the general, the later.
  [[nodiscard]] bool Prevails(int a, int b, const std::vector<std::set<Person>>& reached) const {
    const rules::NormId one = At(a).norm;
    const rules::NormId other = At(b).norm;
    const int rank = rules_.norm(one).rank;
    if (rank != rules_.norm(other).rank) return rank < rules_.norm(other).rank;
    const auto& those = reached[static_cast<std::size_t>(a)];
    const auto& others = reached[static_cast<std::size_t>(b)];
    if (those.size() < others.size() &&
        std::includes(others.begin(), others.end(), those.begin(), those.end())) {
      return true;
    }
    if (others.size() < those.size() &&
        std::includes(those.begin(), those.end(), others.begin(), others.end())) {
      return false;
    }
    return rules::LaterNorm(rules_, one, other);
  }

  [[nodiscard]] bool SameHours(int a, int b) const {
    const auto& one = At(a).shifts;
    const auto& other = At(b).shifts;
    return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                      [](const rules::Shift& x, const rules::Shift& y) {
                        return x.entry == y.entry && x.exit == y.exit;
                      });
  }

  // ---- Words ---------------------------------------------------------------------

  // Whatever its value, the same persons have the defect.
  [[nodiscard]] bool Matters(std::size_t attribute, const std::set<Person>& all) const {
    return std::any_of(all.begin(), all.end(), [&](Person person) {
      for (int value = 0; value < looked_.Values(looked_.attributes()[attribute]); ++value) {
        person[attribute] = value;
        if (!all.contains(person)) return true;
      }
      return false;
    });
  }

  // "oficina: monteagudo", each once.
  [[nodiscard]] std::vector<Text> Who(const std::set<Person>& all) const {
    std::vector<std::size_t> matter;
    for (std::size_t a = 0; a < looked_.attributes().size(); ++a) {
      if (Matters(a, all)) matter.push_back(a);
    }
    if (matter.empty()) return {{"todo el personal", "all the staff"}};
    std::vector<Text> lines;
    for (const Person& person : all) {
      Text line;
      for (const std::size_t a : matter) {
        const rules::Attribute& attribute =
            rules_.attributes[static_cast<std::size_t>(looked_.attributes()[a])];
        const auto say = [&](base::Language language) {
          return Spaced(attribute.name) + ": " +
                 Spaced(rules::FormatValue(rules_, attribute.type, {person[a], false}, language));
        };
        line.es += (line.es.empty() ? "" : ", ") + say(base::Language::Spanish);
        line.en += (line.en.empty() ? "" : ", ") + say(base::Language::English);
      }
      if (std::find(lines.begin(), lines.end(), line) == lines.end()) lines.push_back(line);
    }
    return lines;
  }

  // Nothing when it is the whole gestión.
  [[nodiscard]] Text When(const Span& span) const {
    if (span.first == YearStart() && span.last == YearEnd()) return {};
    return {", del " + span.first.str() + " al " + span.last.str(),
            ", from " + span.first.str() + " to " + span.last.str()};
  }

  [[nodiscard]] Text Bounds() const {
    const std::string year = std::to_string(context_.year);
    return {"gestión " + year + "; cada combinación de los datos que miran los horarios",
            "year " + year + "; each combination of what the schedules look at"};
  }

  [[nodiscard]] base::Finding Write(const Defect& defect, const std::set<Person>& all,
                                    const Span& span) const {
    const bool none = defect.first < 0;
    base::Finding finding;
    finding.code = kSchedule;
    finding.severity = none ? base::FindingSeverity::Error : base::FindingSeverity::Warning;
    finding.region = Who(all);
    const Text when = When(span);
    const std::size_t more = finding.region.size() - 1;
    const std::string number = std::to_string(more);
    Text others;
    if (more == 1) others = {"; y un caso más", "; and one more case"};
    if (more > 1) others = {"; y " + number + " casos más", "; and " + number + " more cases"};
    const Text who{finding.region[0].es + when.es + others.es,
                   finding.region[0].en + when.en + others.en};
    std::string key = none ? "nadie" : At(defect.first).name + "|" + At(defect.second).name;
    for (const Text& line : finding.region) key += "|" + line.es;
    finding.id = FindingId(kSchedule, key + when.es);
    finding.reading = DescribeReading(rules_);
    finding.bounds = Bounds();
    finding.evidence = base::Evidence::Enumerated;
    const Date day = span.first;
    finding.witness = DescribeWitness(context_, {HistoryOf(*all.begin(), day), {}, {}});
    finding.witness.csv.clear();  // there is nothing to judge in it
    finding.witness.replayed = false;
    if (none) {
      WriteNone(who, day, finding);
    } else {
      WriteTwo(defect, who, day, finding);
    }
    finding.articles = Unique(std::move(finding.articles));
    return finding;
  }

  void WriteNone(const Text& who, Date day, base::Finding& finding) const {
    finding.title = {"ningún horario para " + who.es, "no schedule for " + who.en};
    finding.explanation = {
        "sin hora fijada no se puede decir si llega tarde, ni qué tramo falta: nada de lo que se "
        "juzga por tramos se le puede aplicar",
        "without fixed hours it cannot be said whether they are late, or which shift they miss: "
        "nothing that is judged by shifts can be applied to them"};
    for (std::size_t s = 0; s < rules_.schedules.size(); ++s) {
      const int schedule = static_cast<int>(s);
      if (!InForce(At(schedule)).Hold(day) || Dead(rules_, At(schedule))) continue;
      Add(schedule, day, {"no le alcanza", "does not reach them"}, false, finding);
    }
    if (!finding.articles.empty()) return;
    for (const rules::Schedule& schedule : rules_.schedules) {
      finding.articles.push_back(schedule.citation);
    }
  }

  void WriteTwo(const Defect& defect, const Text& who, Date day, base::Finding& finding) const {
    const std::string first = Spaced(At(defect.first).name);
    const std::string second = Spaced(At(defect.second).name);
    finding.title = {"dos horarios, «" + first + "» y «" + second + "», para " + who.es,
                     "two schedules, '" + first + "' and '" + second + "', for " + who.en};
    finding.explanation = {
        "fijan horas distintas. Se aplica «" + first +
            "» porque está declarado antes; el orden entre normas (rango, lo especial sobre lo "
            "general, lo posterior) no le da la razón",
        "they fix different hours. '" + first +
            "' is applied because it is declared before; the order between norms (rank, the "
            "special over the general, the later) does not side with it"};
    Add(defect.first, day, {"le alcanza", "reaches them"}, true, finding);
    Add(defect.second, day, {"también le alcanza", "reaches them too"}, false, finding);
  }

  void Add(int schedule, Date day, const Text& what, bool rules, base::Finding& finding) const {
    const rules::Schedule& own = At(schedule);
    finding.articles.push_back(own.citation);
    const Text hours = Hours(own);
    finding.witness.answers.push_back({own.citation,
                                       own.name,
                                       {hours.es + ": " + what.es, hours.en + ": " + what.en},
                                       rules,
                                       day,
                                       rules});
  }

  [[nodiscard]] Text Hours(const rules::Schedule& schedule) const {
    const auto at = [&](base::Rational time) {
      rules::Type type;
      type.base = rules::Base::TimeOfDay;
      return rules::FormatValue(rules_, type, {time, false}, base::Language::Spanish);
    };
    Text text;
    for (const rules::Shift& shift : schedule.shifts) {
      const std::string comma = text.empty() ? "" : ", ";
      text.es += comma + "de " + at(shift.entry) + " a " + at(shift.exit);
      text.en += comma + "from " + at(shift.entry) + " to " + at(shift.exit);
    }
    return text;
  }

  const CheckContext& context_;
  const rules::Ruleset& rules_;
  Looked looked_;
  rules::Ruleset one_;  // with one schedule at a time
};

// One schedule for everybody, as long as its norm is in force: there is nothing to ask.
bool Plain(const rules::Ruleset& rules) {
  int live = 0;
  bool guarded = false;
  for (const rules::Schedule& schedule : rules.schedules) {
    if (Dead(rules, schedule)) continue;
    const bool everybody = !schedule.guard.valid() || rules::ConstantValue(rules, schedule.guard);
    ++live;
    guarded = guarded || !everybody || schedule.from || schedule.to;
  }
  return live == 1 && !guarded;
}

}  // namespace

void PlanWhoseHours(const CheckContext& context, std::vector<Task>& tasks) {
  if (context.rules.schedules.empty() || Plain(context.rules)) return;
  tasks.push_back({std::string(kSchedule) + "/" + kWhose, DependsOnReadings(context),
                   [&context](base::CheckReport& report) { WhoseHours(context).Run(report); }});
}

}  // namespace cotejo::checks
