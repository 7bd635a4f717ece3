#include "scenarios/backtest/backtest.h"

#include <algorithm>
#include <map>

#include "model/evaluation/evaluate.h"
#include "scenarios/backtest/person.h"
#include "scenarios/calibration/classes.h"
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

double Uniform(std::uint32_t draw) { return (static_cast<double>(draw) + 0.5) / 4294967296.0; }

std::size_t Pick(const std::vector<double>& shares, double u) {
  std::size_t at = 0;
  while (at + 1 < shares.size() && u >= shares[at]) u -= shares[at++];
  return at;
}

// What a class does in a shift it attends.
struct Behaviour {
  std::vector<double> share;  // by band
  double omission = 0;
  double missing_entry = 0;
};

// One fit of the months before, of the people as they are or drawn again.
struct Fitted {
  calibration::Assignment assignment;
  std::vector<std::vector<double>> cell_chances;
  std::vector<Behaviour> classes;
};

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
        layout_(calibration::LayOut(tables, cuts_)) {}

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
    before_ = calibration::CountShifts(attendance_.people, cuts_, first_, split_.plus_days(-1));
    if (before_.empty()) {
      test.why_not = {"nadie tiene marcaciones antes de los meses apartados",
                      "nobody has records before the months held out"};
      return test;
    }
    IndexPeople();
    const std::vector<int> observed = Sanctions(nullptr, 0);
    std::vector<std::vector<int>> predicted(held);
    for (int r = 0; r < options_.replications; ++r) {
      const Fitted fitted = FitTo(Drawn(r));
      const std::vector<int> counts = Sanctions(&fitted, static_cast<std::uint32_t>(r));
      for (std::size_t m = 0; m < held; ++m) predicted[m].push_back(counts[m]);
    }
    for (std::size_t m = 0; m < held; ++m) {
      std::vector<int>& all = predicted[m];
      std::sort(all.begin(), all.end());
      calibration::MonthTest month;
      month.month = attendance_.months[attendance_.months.size() - held + m].str().substr(0, 7);
      month.observed = observed[m];
      for (const int n : all) month.mean += n;
      month.mean /= static_cast<double>(all.size());
      // The order statistics that leave out 2.5 % on each side, or less.
      const auto cut = static_cast<std::size_t>(0.025 * static_cast<double>(all.size()));
      month.low = all[cut];
      month.high = all[all.size() - 1 - cut];
      test.months.push_back(month);
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
    Fitted fitted{
        calibration::Assign(tables_, layout_, before_, times, calibration::ModelOf(tables_)),
        {},
        {}};
    fitted.cell_chances = calibration::CellChances(layout_, fitted.assignment.model);
    for (std::size_t k = 0; k < tables_.size(); ++k) {
      double attended = 0;
      double omitted = 0;
      double entries = 0;
      for (std::size_t i = 0; i < before_.size(); ++i) {
        const double r = times[i] * fitted.assignment.chance(static_cast<Eigen::Index>(i),
                                                             static_cast<Eigen::Index>(k));
        attended += r * static_cast<double>(before_[i].scheduled - before_[i].unrecorded);
        omitted += r * static_cast<double>(before_[i].omitted);
        entries += r * static_cast<double>(before_[i].missing_entry);
      }
      const bool known = fitted.assignment.fitted[k] && attended > 0;
      fitted.classes.push_back(
          {fitted.assignment.model.share[k], known ? omitted / attended : tables_[k].omission,
           known && omitted > 0 ? entries / omitted : tables_[k].missing_entry});
    }
    return fitted;
  }

  // The class a person is of in one replication: by what they did before, if they were there.
  [[nodiscard]] std::size_t ClassOf(const PersonShifts& person, const Fitted& fitted,
                                    std::uint32_t replication, std::uint32_t index) const {
    const auto known = counted_.find(person.person);
    std::vector<double> chances = fitted.assignment.model.weight;
    if (known != counted_.end()) {
      const Eigen::VectorXd of = calibration::ChancesOf(
          before_[known->second], fitted.assignment.model, fitted.cell_chances);
      chances.assign(of.begin(), of.end());
    }
    const auto draw = population::Draw(options_.seed, replication, index, 0, kClassDecision);
    return Pick(chances, Uniform(draw[0]));
  }

  // The same shift attended, as somebody of the class would.
  [[nodiscard]] ShiftRecord Live(const ShiftRecord& seen, std::size_t k, const Fitted& fitted,
                                 std::uint32_t replication, std::uint32_t index) const {
    ShiftRecord shift = seen;
    if (!seen.entry && !seen.exit) return shift;
    const Behaviour& of = fitted.classes[k];
    const auto draw = population::Draw(options_.seed, replication, index,
                                       static_cast<std::uint32_t>(seen.date.days()),
                                       kShiftDecision + static_cast<std::uint32_t>(seen.shift));
    const bool omitted = Uniform(draw[0]) < of.omission;
    const bool entry = Uniform(draw[1]) < of.missing_entry;
    shift.entry = !omitted || !entry;
    shift.exit = !omitted || entry;
    const calibration::Band& band = tables_[k].bands[Pick(of.share, Uniform(draw[2]))];
    const auto width = static_cast<std::uint32_t>(band.to - band.from + 1);
    shift.late = band.from + static_cast<std::int32_t>(population::Below(draw[3], width));
    return shift;
  }

  void AddFacts(const PersonShifts& person, const ShiftRecord& shift,
                evaluation::History& history) const {
    const auto add = [&](year::Happening what, const rules::Value& amount) {
      const year::KindBinding& bound = binding_.of(what);
      evaluation::Fact fact;
      fact.kind = bound.kind;
      fact.date = shift.date;
      fact.shift = shift.shift;
      for (const rules::Field& field : rules_.kind(bound.kind).fields)
        fact.fields.push_back(field.initial.value_or(rules::Value{{}, true}));
      if (bound.flag.valid()) fact.fields[bound.flag.index()] = {0, false};
      if (bound.amount.valid() && !amount.absent) fact.fields[bound.amount.index()] = amount;
      history.facts.push_back(std::move(fact));
    };
    if (shift.entry && shift.late > 0) {
      const std::int32_t fixed = EntryOf(person.person, shift);
      add(year::Happening::Arrival, {base::Rational(fixed + shift.late), false});
    }
    if (shift.entry != shift.exit) add(year::Happening::Omission, {{}, true});
  }

  [[nodiscard]] std::int32_t EntryOf(const std::string& person, const ShiftRecord& shift) const {
    const auto found = hours_.of.find(person);
    const calibration::Timetable& days =
        hours_.timetables[found == hours_.of.end() ? hours_.otherwise : found->second];
    const auto day =
        std::lower_bound(days.begin(), days.end(), shift.date,
                         [](const calibration::WorkDay& d, Date date) { return d.date < date; });
    return day->shifts[static_cast<std::size_t>(shift.shift - 1)].entry;
  }

  // By month held out; as seen without a fit.
  [[nodiscard]] std::vector<int> Sanctions(const Fitted* fitted, std::uint32_t replication) const {
    std::vector<int> counts(static_cast<std::size_t>(options_.months));
    for (std::size_t i = 0; i < attendance_.people.size(); ++i) {
      const PersonShifts& person = attendance_.people[i];
      const auto index = static_cast<std::uint32_t>(i);
      const std::size_t k = fitted ? ClassOf(person, *fitted, replication, index) : 0;
      evaluation::History history = HistoryOf(person);
      for (const ShiftRecord& seen : person.shifts) {
        const bool lives = fitted && seen.date >= split_;
        AddFacts(person, lives ? Live(seen, k, *fitted, replication, index) : seen, history);
      }
      // Without a fact of theirs there is nothing that could be sanctioned.
      if (history.facts.empty()) continue;
      evaluation::SortFacts(history);
      Count(evaluation::Evaluate(rules_, families_, history), counts);
    }
    return counts;
  }

  [[nodiscard]] evaluation::History HistoryOf(const PersonShifts& person) const {
    const auto listed = listed_.find(person.person);
    return PersonOf(rules_, binding_, listed == listed_.end() ? hours_.anybody : listed->second,
                    first_, last_);
  }

  void Count(const evaluation::Result& result, std::vector<int>& counts) const {
    for (const evaluation::Application& application : result.applications) {
      if (!application.stands || application.date < split_) continue;
      const auto& consequences = rules_.rule(application.rule).consequences;
      const bool sanctions =
          std::any_of(consequences.begin(), consequences.end(), [](const rules::Consequence& c) {
            return rules::IsDisciplinary(c.kind) && c.kind != rules::ConsequenceKind::NoSanction;
          });
      if (!sanctions) continue;
      for (std::size_t m = 0; m < counts.size(); ++m) {
        const Date month = attendance_.months[attendance_.months.size() - counts.size() + m];
        counts[m] += application.date.first_of_month() == month ? 1 : 0;
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
  Date first_, split_, last_;
  std::vector<PersonCounts> before_;
  std::map<std::string, std::size_t> counted_;  // into before_
  std::map<std::string, std::size_t> listed_;   // into the staff
};

}  // namespace

calibration::BackTest TestMonths(const rules::Ruleset& rules,
                                 const population::Population& population,
                                 const year::Binding& binding, const calibration::Hours& hours,
                                 const calibration::Attendance& attendance,
                                 const std::vector<calibration::ClassTable>& tables,
                                 const Options& options) {
  return Testing(rules, population, binding, hours, attendance, tables, options).Run();
}

}  // namespace cotejo::backtest
