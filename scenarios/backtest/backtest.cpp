#include "scenarios/backtest/backtest.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "model/evaluation/evaluate.h"
#include "scenarios/backtest/person.h"
#include "scenarios/calibration/absences.h"
#include "scenarios/calibration/classes.h"
#include "scenarios/calibration/differences.h"
#include "scenarios/population/philox.h"

namespace cotejo::backtest {
namespace {

using base::Date;
using calibration::PersonCounts;
using calibration::PersonShifts;
using calibration::ShiftRecord;

// Parts of the key of draws: never renumber.
constexpr std::uint32_t kPeopleDecision = 161;
constexpr std::uint32_t kClassDecision = 162;
constexpr std::uint32_t kShiftDecision = 163;  // and those after: one a shift of the day
constexpr std::uint32_t kAbsenceDecision = 159;
constexpr std::uint32_t kTraitDecision = 158;

double Uniform(std::uint32_t draw) { return (static_cast<double>(draw) + 0.5) / 4294967296.0; }

std::size_t Pick(const std::vector<double>& shares, double u) {
  std::size_t at = 0;
  while (at + 1 < shares.size() && u >= shares[at]) u -= shares[at++];
  return at;
}

// What somebody does: in a shift attended, and how often it is not.
struct Behaviour {
  std::vector<double> share;  // by band
  double omission = 0;
  double missing_entry = 0;
  calibration::SpellRates absences;
  std::size_t of_class = 0;
};

// The months held out, as seen or as lived.
struct Outcome {
  std::vector<double> sanctions;  // by month
  std::vector<double> absent;     // by month: days
};

// One fit of the months before, of the people as they are or drawn again.
struct Fitted {
  calibration::Assignment assignment;
  std::vector<Behaviour> classes;
};

bool Sanctions(const rules::Ruleset& rules, const evaluation::Application& application) {
  return application.stands && OrdersSanction(rules.rule(application.rule));
}

// Whether they would be sanctioned if they came late to every shift of these days and left a record
// of it out.
bool SanctionedByClock(const rules::Ruleset& rules, const rules::Families& families,
                       const year::Binding& binding, evaluation::History history,
                       const calibration::Timetable& days) {
  for (const calibration::WorkDay& day : days) {
    if (day.date < history.from || history.to < day.date) continue;
    for (std::size_t i = 0; i < day.shifts.size(); ++i) {
      const auto shift = static_cast<std::int32_t>(i + 1);
      const base::Rational half((day.shifts[i].entry + day.shifts[i].exit) / 2);
      history.facts.push_back(
          FactOf(rules, binding.of(year::Happening::Arrival), day.date, shift, {half, false}));
      history.facts.push_back(
          FactOf(rules, binding.of(year::Happening::Omission), day.date, shift, {{}, true}));
    }
  }
  evaluation::SortFacts(history);
  const evaluation::Result result = evaluation::Evaluate(rules, families, history);
  return std::any_of(result.applications.begin(), result.applications.end(),
                     [&](const auto& application) { return Sanctions(rules, application); });
}

class Testing {
 public:
  Testing(const rules::Ruleset& rules, const population::Population& population,
          const year::Binding& binding, const calibration::Hours& hours,
          const calibration::Attendance& attendance,
          const std::vector<calibration::ClassTable>& tables, const Options& options)
      : rules_(rules),
        families_(rules::BuildFamilies(rules)),
        population_(population),
        binding_(binding),
        hours_(hours),
        attendance_(attendance),
        tables_(tables),
        options_(options),
        cuts_(calibration::Cells(tables)),
        layout_(calibration::LayOut(tables, cuts_)),
        working_{calibration::MostShifts(hours), hours.days_a_year} {}

  calibration::BackTest Run() {
    calibration::BackTest test;
    const auto held = static_cast<std::size_t>(options_.months);
    if (attendance_.months.size() <= held) {
      test.why_not = {"hacen falta más de " + std::to_string(held) + " meses completos, y hay " +
                          std::to_string(attendance_.months.size()),
                      "more than " + std::to_string(held) +
                          " full months are needed, and there are " +
                          std::to_string(attendance_.months.size())};
      return test;
    }
    first_ = attendance_.months.front();
    split_ = attendance_.months[attendance_.months.size() - held];
    last_ = attendance_.months.back().last_of_month();
    before_ = calibration::CountShifts(attendance_.people, cuts_, first_, split_.plus_days(-1),
                                       options_.absences ? &hours_ : nullptr);
    if (before_.empty()) {
      test.why_not = {"nadie tiene marcaciones antes de los meses apartados",
                      "nobody has records before the months held out"};
      return test;
    }
    IndexPeople();
    FitBefore();
    const Outcome observed = Live(nullptr, 0);
    std::vector<Outcome> predicted;
    for (int r = 0; r < options_.replications; ++r) {
      const Fitted fitted = FitTo(Drawn(r));
      predicted.push_back(Live(&fitted, static_cast<std::uint32_t>(r)));
      if (options_.progress) ++*options_.progress;
    }
    for (std::size_t m = 0; m < held; ++m) {
      test.months.push_back(Compare(m, observed, predicted, &Outcome::sanctions));
      if (options_.absences)
        test.absent.push_back(Compare(m, observed, predicted, &Outcome::absent));
    }
    test.replications = options_.replications;
    test.done = true;
    return test;
  }

 private:
  void IndexPeople() {
    for (std::size_t i = 0; i < before_.size(); ++i) counted_[before_[i].person] = i;
    for (std::size_t i = 0; i < population_.staff.persons.size(); ++i)
      listed_[population_.staff.persons[i]] = i;
  }

  // The people as they are: which rates can be told, and how those of a class differ.
  void FitBefore() {
    const std::vector<int> once(before_.size(), 1);
    best_ = calibration::AssignDiffering(tables_, layout_, before_, options_.traits);
    std::vector<calibration::Tally> spells;
    std::vector<calibration::SpellRates> rates;
    if (options_.absences) {
      absences_.emplace(tables_, working_, before_);
      absences_->TellApart(best_);
      const calibration::StaffAbsences fitted = absences_->Fit(best_, once);
      spells = absences_->SpellsOf(best_, fitted);
      rates = absences_->RatesOf(best_, fitted);
    }
    resampling_.emplace(tables_, layout_, before_, best_);
    differences_.emplace(tables_, layout_, before_, options_.traits, best_, spells, rates);
  }

  [[nodiscard]] Date MonthAt(std::size_t m) const {
    return attendance_
        .months[attendance_.months.size() - static_cast<std::size_t>(options_.months) + m];
  }

  [[nodiscard]] calibration::MonthTest Compare(std::size_t m, const Outcome& observed,
                                               const std::vector<Outcome>& predicted,
                                               std::vector<double> Outcome::*what) const {
    std::vector<double> all;
    for (const Outcome& outcome : predicted) all.push_back((outcome.*what)[m]);
    std::sort(all.begin(), all.end());
    calibration::MonthTest month;
    month.month = MonthAt(m).str().substr(0, 7);
    month.observed = (observed.*what)[m];
    for (const double n : all) month.mean += n;
    month.mean /= static_cast<double>(all.size());
    // The order statistics that leave out 2.5 % on each side, or less.
    const auto cut = static_cast<std::size_t>(0.025 * static_cast<double>(all.size()));
    month.low = all[cut];
    month.high = all[all.size() - 1 - cut];
    return month;
  }

  [[nodiscard]] std::vector<int> Drawn(int replication) const {
    std::vector<int> times(before_.size());
    for (std::size_t i = 0; i < times.size(); ++i) {
      const auto draw = population::Draw(options_.seed, static_cast<std::uint32_t>(replication),
                                         static_cast<std::uint32_t>(i), 0, kPeopleDecision);
      ++times[population::Below(draw[0], static_cast<std::uint32_t>(times.size()))];
    }
    return times;
  }

  [[nodiscard]] Fitted FitTo(const std::vector<int>& times) const {
    Fitted fitted{resampling_->With(times), {}};
    std::vector<calibration::SpellRates> rates(tables_.size());
    if (absences_)
      rates = absences_->RatesOf(fitted.assignment, absences_->Fit(fitted.assignment, times));
    for (std::size_t k = 0; k < tables_.size(); ++k) {
      double omitted = 0;
      double entries = 0;
      for (std::size_t i = 0; i < before_.size(); ++i) {
        const double r = times[i] * fitted.assignment.chance(static_cast<Eigen::Index>(i),
                                                             static_cast<Eigen::Index>(k));
        omitted += r * static_cast<double>(before_[i].omitted);
        entries += r * static_cast<double>(before_[i].missing_entry);
      }
      const bool known = fitted.assignment.fitted[k] && omitted > 0;
      fitted.classes.push_back({fitted.assignment.model.share[k],
                                fitted.assignment.model.omission[k],
                                known ? entries / omitted : tables_[k].missing_entry, rates[k]});
    }
    return fitted;
  }

  // What a person does in one replication: as somebody of a class that goes with what they did
  // before, if they were there, and as they differ from it.
  [[nodiscard]] Behaviour BehaviourOf(const PersonShifts& person, const Fitted& fitted,
                                      std::uint32_t replication, std::uint32_t index) const {
    const auto counted = counted_.find(person.person);
    std::optional<std::size_t> known;
    if (counted != counted_.end()) known = counted->second;
    const std::size_t k = ClassOf(known, fitted, replication, index);
    const auto draw = population::Draw(options_.seed, replication, index, 0, kTraitDecision);
    const calibration::Model& model = fitted.assignment.model;
    const calibration::OwnFactors factors =
        differences_->Draw(known, k, model, {Uniform(draw[0]), Uniform(draw[1]), Uniform(draw[2])});
    Behaviour own = fitted.classes[k];
    own.of_class = k;
    const double late = calibration::LateChance(layout_, model, k);
    for (std::size_t b = 0; b < own.share.size() && late > 0 && late < 1; ++b)
      own.share[b] *= tables_[k].bands[b].from > 0 ? factors.lateness
                                                   : (1 - factors.lateness * late) / (1 - late);
    own.omission *= factors.omissions;
    for (double& rate : own.absences.per_day) rate *= factors.absences;
    return own;
  }

  [[nodiscard]] std::size_t ClassOf(std::optional<std::size_t> known, const Fitted& fitted,
                                    std::uint32_t replication, std::uint32_t index) const {
    std::vector<double> chances = fitted.assignment.model.weight;
    if (known) {
      const Eigen::VectorXd of = fitted.assignment.chance.row(static_cast<Eigen::Index>(*known));
      chances.assign(of.begin(), of.end());
    }
    const auto draw = population::Draw(options_.seed, replication, index, 0, kClassDecision);
    return Pick(chances, Uniform(draw[0]));
  }

  // Shifts of the months held out in which somebody of the class is absent. Spells begun in the
  // days before may still go on.
  [[nodiscard]] std::set<std::pair<Date, std::int32_t>> Absent(const PersonShifts& person,
                                                               const calibration::SpellRates& rates,
                                                               std::uint32_t replication,
                                                               std::uint32_t index) const {
    std::set<std::pair<Date, std::int32_t>> absent;
    const calibration::Timetable& days = hours_.timetable(person.person);
    std::int32_t longest = 0;
    for (const std::int32_t length : rates.days) longest = std::max(longest, length);
    auto day =
        std::lower_bound(days.begin(), days.end(), split_,
                         [](const calibration::WorkDay& d, Date date) { return d.date < date; });
    day -= std::min<std::ptrdiff_t>(longest, day - days.begin());
    std::int32_t left = 0;
    for (; day != days.end(); ++day) {
      const auto draw =
          population::Draw(options_.seed, replication, index,
                           static_cast<std::uint32_t>(day->date.days()), kAbsenceDecision);
      double u = Uniform(draw[0]);
      std::int32_t one = 0;
      for (std::size_t j = 0; j < rates.days.size(); ++j) {
        if (u < rates.per_day[j]) {
          left = std::max(left, rates.days[j]);
          if (rates.days[j] == 0)
            one = 1 + static_cast<std::int32_t>(population::Below(
                          draw[1], static_cast<std::uint32_t>(working_.most_shifts)));
          break;
        }
        u -= rates.per_day[j];
      }
      for (std::int32_t shift = 1; shift <= working_.most_shifts; ++shift) {
        if (left > 0 || one == shift) absent.emplace(day->date, shift);
      }
      left = std::max(left - 1, 0);
    }
    return absent;
  }

  // The same shift attended, as somebody would.
  [[nodiscard]] ShiftRecord Attend(const ShiftRecord& seen, const Behaviour& of,
                                   std::uint32_t replication, std::uint32_t index) const {
    ShiftRecord shift = seen;
    const auto draw = population::Draw(options_.seed, replication, index,
                                       static_cast<std::uint32_t>(seen.date.days()),
                                       kShiftDecision + static_cast<std::uint32_t>(seen.shift));
    const bool omitted = Uniform(draw[0]) < of.omission;
    const bool entry = Uniform(draw[1]) < of.missing_entry;
    shift.entry = !omitted || !entry;
    shift.exit = !omitted || entry;
    const calibration::Band& band = tables_[of.of_class].bands[Pick(of.share, Uniform(draw[2]))];
    const auto width = static_cast<std::uint32_t>(band.to - band.from + 1);
    shift.late = band.from + static_cast<std::int32_t>(population::Below(draw[3], width));
    return shift;
  }

  void AddFacts(const PersonShifts& person, const ShiftRecord& shift,
                evaluation::History& history) const {
    const auto add = [&](year::Happening what, const rules::Value& amount) {
      history.facts.push_back(FactOf(rules_, binding_.of(what), shift.date, shift.shift, amount));
    };
    if (shift.entry && shift.late > 0) {
      const std::int32_t fixed = EntryOf(person.person, shift);
      add(year::Happening::Arrival, {base::Rational(fixed + shift.late), false});
    }
    if (shift.entry != shift.exit) add(year::Happening::Omission, {{}, true});
    if (IsAbsence(shift)) add(year::Happening::Absence, DaysOf(person.person, shift));
  }

  // Nobody was there who was to be, as far as is known.
  [[nodiscard]] bool IsAbsence(const ShiftRecord& shift) const {
    return options_.absences && !shift.excused && !shift.entry && !shift.exit;
  }

  [[nodiscard]] rules::Value DaysOf(const std::string& person, const ShiftRecord& shift) const {
    const year::KindBinding& bound = binding_.of(year::Happening::Absence);
    if (!bound.amount.valid()) return {{}, true};
    return {year::DaysOfShift(rules_.kind(bound.kind).fields[bound.amount.index()],
                              DayOf(person, shift).shifts.size()),
            false};
  }

  [[nodiscard]] std::int32_t EntryOf(const std::string& person, const ShiftRecord& shift) const {
    return DayOf(person, shift).shifts[static_cast<std::size_t>(shift.shift - 1)].entry;
  }

  [[nodiscard]] const calibration::WorkDay& DayOf(const std::string& person,
                                                  const ShiftRecord& shift) const {
    const calibration::Timetable& days = hours_.timetable(person);
    const auto day =
        std::lower_bound(days.begin(), days.end(), shift.date,
                         [](const calibration::WorkDay& d, Date date) { return d.date < date; });
    return *day;
  }

  // The months held out; as seen without a fit.
  [[nodiscard]] Outcome Live(const Fitted* fitted, std::uint32_t replication) const {
    const auto months = static_cast<std::size_t>(options_.months);
    Outcome outcome{std::vector<double>(months), std::vector<double>(months)};
    for (std::size_t i = 0; i < attendance_.people.size(); ++i) {
      const PersonShifts& person = attendance_.people[i];
      const auto index = static_cast<std::uint32_t>(i);
      const Behaviour own = fitted ? BehaviourOf(person, *fitted, replication, index) : Behaviour{};
      std::set<std::pair<Date, std::int32_t>> absent;
      if (fitted && options_.absences) absent = Absent(person, own.absences, replication, index);
      evaluation::History history = HistoryOf(person);
      for (const ShiftRecord& seen : person.shifts) {
        ShiftRecord shift = seen;
        if (fitted && seen.date >= split_) {
          const bool missed = !seen.entry && !seen.exit;
          if (missed && (seen.excused || !options_.absences)) continue;
          if (!seen.excused && absent.contains({seen.date, seen.shift})) {
            shift.entry = shift.exit = false;
          } else {
            shift = Attend(seen, own, replication, index);
          }
        }
        AddFacts(person, shift, history);
        CountAbsence(person, shift, outcome);
      }
      // Without a fact of theirs there is nothing that could be sanctioned.
      if (history.facts.empty()) continue;
      evaluation::SortFacts(history);
      Count(evaluation::Evaluate(rules_, families_, history), outcome.sanctions);
    }
    return outcome;
  }

  void CountAbsence(const PersonShifts& person, const ShiftRecord& shift, Outcome& outcome) const {
    if (!IsAbsence(shift)) return;
    for (std::size_t m = 0; m < outcome.absent.size(); ++m) {
      if (shift.date.first_of_month() == MonthAt(m))
        outcome.absent[m] += 1.0 / static_cast<double>(DayOf(person.person, shift).shifts.size());
    }
  }

  [[nodiscard]] evaluation::History HistoryOf(const PersonShifts& person) const {
    const auto listed = listed_.find(person.person);
    return PersonOf(rules_, binding_, listed == listed_.end() ? hours_.anybody : listed->second,
                    first_, last_);
  }

  void Count(const evaluation::Result& result, std::vector<double>& counts) const {
    for (const evaluation::Application& application : result.applications) {
      if (application.date < split_) continue;
      if (!Sanctions(rules_, application)) continue;
      for (std::size_t m = 0; m < counts.size(); ++m) {
        counts[m] += application.date.first_of_month() == MonthAt(m) ? 1 : 0;
      }
    }
  }

  const rules::Ruleset& rules_;
  rules::Families families_;
  const population::Population& population_;
  const year::Binding& binding_;
  const calibration::Hours& hours_;
  const calibration::Attendance& attendance_;
  const std::vector<calibration::ClassTable>& tables_;
  const Options& options_;
  std::vector<std::int32_t> cuts_;
  calibration::Layout layout_;
  calibration::Working working_;
  std::optional<calibration::AbsenceFitting> absences_;
  calibration::Assignment best_;
  std::optional<calibration::Resampling> resampling_;
  std::optional<calibration::Differences> differences_;
  Date first_, split_, last_;
  std::vector<PersonCounts> before_;
  std::map<std::string, std::size_t> counted_;  // into before_
  std::map<std::string, std::size_t> listed_;   // into the staff
};

}  // namespace

std::set<std::string> UnboundByList(const rules::Ruleset& rules,
                                    const population::Population& population,
                                    const year::Binding& binding, const calibration::Hours& hours,
                                    const std::vector<std::string>& attributes) {
  const rules::Families families = rules::BuildFamilies(rules);
  const population::Staff& staff = population.staff;
  std::set<std::string> unbound;
  for (std::size_t person = 0; person < staff.persons.size(); ++person) {
    const calibration::Timetable& days = hours.timetable(staff.persons[person]);
    if (days.empty()) continue;
    const Date month = days.back().date.first_of_month();
    const evaluation::History with = PersonOf(rules, binding, person, month, month.last_of_month());
    evaluation::History without = with;
    bool said = false;
    for (std::size_t a = 0; a < rules.attributes.size(); ++a) {
      if (without.attributes[a].empty() || std::find(attributes.begin(), attributes.end(),
                                                     rules.attributes[a].name) == attributes.end())
        continue;
      without.attributes[a].clear();
      said = true;
    }
    if (said && !SanctionedByClock(rules, families, binding, with, days) &&
        SanctionedByClock(rules, families, binding, without, days))
      unbound.insert(staff.persons[person]);
  }
  return unbound;
}

calibration::BackTest TestMonths(const rules::Ruleset& rules,
                                 const population::Population& population,
                                 const year::Binding& binding, const calibration::Hours& hours,
                                 const calibration::Attendance& attendance,
                                 const std::vector<calibration::ClassTable>& tables,
                                 const Options& options) {
  return Testing(rules, population, binding, hours, attendance, tables, options).Run();
}

}  // namespace cotejo::backtest
