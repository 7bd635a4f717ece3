// The terms of a procedure in the real calendar: a temporal network on Boost.Graph.
//
// Times are minutes. A term in hours runs by the clock, whatever the day. One in days,
// business days or months goes by dates: the day it runs from does not count, «hasta» and
// «antes de» last to the end of their last day, and «tras» is over when that day begins. A
// month without the day ends on its last one. A term that ends on a holiday is not moved.
#pragma once

#include <boost/graph/adjacency_list.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/base/finding.h"
#include "model/evaluation/history.h"
#include "model/rules/ruleset.h"

namespace cotejo::checks {

// ---- Times -----------------------------------------------------------------------

using Minute = std::int64_t;  // since 1970-01-01 00:00

inline constexpr Minute kMinutesPerDay = 24 * 60;

Minute At(base::Date date, Minute of_day);
base::Date DateOf(Minute time);
std::string ClockOf(Minute time);  // "18:30"

// ---- Offices ---------------------------------------------------------------------

// Working days and hours of one person: the holidays of a scope, the schedule of its data.
class Office {
 public:
  // `person` has its attributes set; days are known from `first` to `last`.
  Office(const rules::Ruleset& rules, evaluation::History person, base::Date first,
         base::Date last);

  [[nodiscard]] const std::string& scope() const { return scope_; }
  [[nodiscard]] const evaluation::History& person() const { return person_; }
  [[nodiscard]] base::Date first() const { return first_; }
  [[nodiscard]] base::Date last() const { return last_; }
  [[nodiscard]] bool Knows(base::Date date) const { return first_ <= date && date <= last_; }
  [[nodiscard]] bool Works(base::Date date) const;
  // The n-th working day after (n > 0) or before (n < 0) a date; nothing when not known.
  [[nodiscard]] std::optional<base::Date> PlusWorkingDays(base::Date date, std::int64_t n) const;
  // Minutes of work between two times, both of known days.
  [[nodiscard]] Minute Worked(Minute from, Minute to) const;
  // Whether the hours of every working day between two of them, both known, are known too.
  [[nodiscard]] bool HoursKnown(base::Date from, base::Date to) const;
  // First minute of work not before a time; nothing when there is none in the known days.
  [[nodiscard]] std::optional<Minute> NextWork(Minute from) const;
  // Fixed entries and exits of a day, ascending; midnight alone on a day without a schedule.
  [[nodiscard]] std::vector<Minute> Turns(base::Date date) const;
  [[nodiscard]] bool has_schedule() const { return has_schedule_; }

 private:
  struct Shift {
    Minute entry = 0;
    Minute exit = 0;
  };
  [[nodiscard]] std::size_t Index(base::Date date) const;
  [[nodiscard]] Minute WorkedUntil(Minute time) const;

  evaluation::History person_;
  std::string scope_;
  base::Date first_, last_;
  bool has_schedule_ = false;
  std::vector<std::vector<Shift>> schedules_;  // of the ruleset
  std::vector<int> schedule_;                  // of each day; -1: none
  std::vector<base::Date> working_;
  std::vector<std::int64_t> working_until_;  // working days up to each day, it included
  std::vector<std::int64_t> without_hours_;  // of them, those without a schedule
  std::vector<Minute> worked_before_;        // minutes of work before each day
};

// When an event may happen: at a turn of a working day, or when the calendar produces it.
enum class Rhythm { Work, MonthEnds, YearEnds };

struct Offices {
  std::vector<Office> all;  // one for each holiday scope; never empty
  base::Date first, last;   // the gestión that is looked at
  std::string scopes;       // name of the data that picks the holidays; empty: none
  bool calendar_known = true;

  // "cada día hábil de la gestión 2026, a cada hora de ingreso y de salida …"
  [[nodiscard]] base::Text Bounds(Rhythm rhythm) const;
  // What is closed when the gestión begins belongs to it.
  [[nodiscard]] base::Date First(Rhythm rhythm) const {
    return first.plus_days(rhythm == Rhythm::Work ? 0 : -1);
  }
};

Offices MakeOffices(const rules::Ruleset& rules, int year);

// That of an event which is a periodic fact of the ruleset; else that of work.
Rhythm RhythmOf(const rules::Ruleset& rules, const std::string& event);

// Times of a day at which something of that rhythm may happen; a month is closed by its last
// minute.
std::vector<Minute> TimesOf(const Office& office, base::Date date, Rhythm rhythm);

// Every such time in the gestión, office by office; `look` says whether to go on.
void ForEachTime(const Offices& offices, Rhythm rhythm,
                 const std::function<bool(const Office&, Minute)>& look);

// ---- Terms -----------------------------------------------------------------------

// The last instant (hasta, antes de) or the first one (tras) that a term gives from a time;
// nothing when it leaves the known calendar.
std::optional<Minute> Bound(const Office& office, rules::Milestone::Bound bound,
                            const rules::Term& term, Minute since);

// Whether every amount can be counted: hours to the minute, the rest whole.
bool Countable(const rules::Term& term);

// ---- The network -----------------------------------------------------------------

// One event is not later (`upper`) or not earlier than what a term gives from another.
struct Limit {
  int event = 0;
  int since = 0;
  bool upper = true;
  rules::Milestone::Bound bound = rules::Milestone::Bound::AtMost;
  rules::Term term;    // 0 hours: just the order of the two
  Minute plus = 0;     // added to what the term gives: 1 minute after the end is a breach
  int milestone = -1;  // entry of the procedure it comes from
  bool order = false;  // «hasta» also says that the event is not before what it runs from
};

// The events of a procedure by name, and the limits of its milestones.
struct Terms {
  std::vector<std::string> events;
  std::vector<Limit> limits;
  [[nodiscard]] int Event(const std::string& name) const;
};
Terms TermsOf(const rules::Procedure& procedure);

// Events that nothing in the procedure precedes, one for each part that does not hang from
// the rest: where a story of it begins.
std::vector<int> Starts(const Terms& terms);
// The events these limits are about, and all that those count from in turn.
std::set<int> Behind(const Terms& terms, std::vector<Limit> limits);
// The rhythm of what it begins with.
Rhythm RhythmOf(const rules::Ruleset& rules, const Terms& terms);

struct Given {
  int event = 0;
  Minute time = 0;
};

enum class Fit { Yes, No, Unknown };  // Unknown: it leaves the known calendar

struct Times {
  Fit fit = Fit::Unknown;
  std::vector<std::optional<Minute>> at;  // Yes: of each event; nothing: not bounded on that side
};

// The distance graph of some limits. With constant terms this is the classic network, and an
// impossible one is a negative cycle; a term in business days is longer or shorter with the
// date it runs from, but never ends sooner for having begun later, and so the same
// relaxation finds the earliest and the latest times.
class Network {
 public:
  Network(std::size_t events, std::vector<Limit> limits);

  // Every part of the network has a given event.
  [[nodiscard]] Times Earliest(const Office& office, const std::vector<Given>& given) const;
  [[nodiscard]] Times Latest(const Office& office, const std::vector<Given>& given) const;
  // A time for each event that the limits reach, as early as they allow and in hours of work if
  // they can; those that nothing bounds from below as late as they allow.
  [[nodiscard]] Times Story(const Office& office, std::vector<Given> given) const;
  [[nodiscard]] const std::vector<Limit>& limits() const { return limits_; }

 private:
  struct Arc {
    std::int32_t limit = 0;
  };
  using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS,
                                      boost::no_property, Arc>;
  [[nodiscard]] Times Relax(const Office& office, const std::vector<Given>& given,
                            bool latest) const;
  [[nodiscard]] Times Settle(const Office& office, std::vector<Given> given, Times earliest) const;

  std::size_t events_;
  std::vector<Limit> limits_;
  Graph graph_;       // since → event and event → since for each limit
  Minute reach_ = 0;  // no story of it lasts longer
};

// Whether another date just moves everything along: no term depends on the calendar.
bool SameOnAnyDate(const std::vector<Limit>& limits);

// The times at which a story of these limits may begin. Those that differ in the date alone
// are looked at once when no date differs from another.
void ForEachStart(const Offices& offices, Rhythm rhythm, const std::vector<Limit>& limits,
                  const std::function<bool(const Office&, Minute)>& look);

}  // namespace cotejo::checks
