#include "solver/checks/temporal.h"

#include <algorithm>
#include <boost/graph/bellman_ford_shortest_paths.hpp>
#include <boost/property_map/property_map.hpp>
#include <limits>

#include "model/evaluation/world.h"

namespace cotejo::checks {

using base::Date;
using base::Text;
using BoundKind = rules::Milestone::Bound;

namespace {

constexpr Minute kNever = std::numeric_limits<Minute>::max();

Minute FloorDiv(Minute a, Minute b) { return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0); }

Minute MinutesOf(const rules::Term& term) { return (term.amount * base::Rational(60)).floor(); }

}  // namespace

Minute At(Date date, Minute of_day) { return date.days() * kMinutesPerDay + of_day; }

Date DateOf(Minute time) { return Date(static_cast<std::int32_t>(FloorDiv(time, kMinutesPerDay))); }

std::string ClockOf(Minute time) {
  const Minute of_day = time - At(DateOf(time), 0);
  const auto two = [](Minute n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return two(of_day / 60) + ":" + two(of_day % 60);
}

// ---- Offices ---------------------------------------------------------------------

Office::Office(const rules::Ruleset& rules, evaluation::History person, Date first, Date last)
    : person_(std::move(person)), first_(first), last_(last) {
  scope_ = evaluation::HolidayScope(rules, person_, first);
  for (const rules::Schedule& schedule : rules.schedules) {
    auto& shifts = schedules_.emplace_back();
    for (const rules::Shift& shift : schedule.shifts) {
      shifts.push_back({shift.entry.floor(), shift.exit.floor()});
    }
  }
  evaluation::World world(rules, person_);
  Minute worked = 0;
  for (Date date = first; date <= last; date = date.plus_days(1)) {
    const bool works = rules.calendar.IsWorkingDay(date, scope_);
    if (works) working_.push_back(date);
    working_until_.push_back(static_cast<std::int64_t>(working_.size()));
    schedule_.push_back(works ? world.ScheduleOn(date) : -1);
    without_hours_.push_back((without_hours_.empty() ? 0 : without_hours_.back()) +
                             (works && schedule_.back() < 0 ? 1 : 0));
    worked_before_.push_back(worked);
    if (schedule_.back() < 0) continue;
    has_schedule_ = true;
    for (const Shift& shift : schedules_[static_cast<std::size_t>(schedule_.back())]) {
      worked += shift.exit - shift.entry;
    }
  }
}

std::size_t Office::Index(Date date) const {
  return static_cast<std::size_t>(date.days() - first_.days());
}

bool Office::Works(Date date) const {
  const std::size_t day = Index(date);
  return working_until_[day] > (day == 0 ? 0 : working_until_[day - 1]);
}

std::optional<Date> Office::PlusWorkingDays(Date date, std::int64_t n) const {
  if (!Knows(date)) return std::nullopt;
  if (n == 0) return date;
  const std::int64_t until = working_until_[Index(date)];
  const std::int64_t position = n > 0 ? until + n - 1 : until - (Works(date) ? 1 : 0) + n;
  if (position < 0 || position >= static_cast<std::int64_t>(working_.size())) return std::nullopt;
  return working_[static_cast<std::size_t>(position)];
}

Minute Office::WorkedUntil(Minute time) const {
  const Date date = DateOf(time);
  const std::size_t day = Index(date);
  Minute worked = worked_before_[day];
  if (schedule_[day] < 0) return worked;
  const Minute of_day = time - At(date, 0);
  for (const Shift& shift : schedules_[static_cast<std::size_t>(schedule_[day])]) {
    worked += std::clamp<Minute>(of_day - shift.entry, 0, shift.exit - shift.entry);
  }
  return worked;
}

Minute Office::Worked(Minute from, Minute to) const {
  return to <= from ? 0 : WorkedUntil(to) - WorkedUntil(from);
}

bool Office::HoursKnown(Date from, Date to) const {
  const std::size_t first = Index(from);
  return without_hours_[Index(to)] == (first == 0 ? 0 : without_hours_[first - 1]);
}

std::optional<Minute> Office::NextWork(Minute from) const {
  for (Date date = DateOf(from); Knows(date); date = date.plus_days(1)) {
    const int schedule = schedule_[Index(date)];
    if (schedule < 0) continue;
    for (const Shift& shift : schedules_[static_cast<std::size_t>(schedule)]) {
      if (At(date, shift.exit) > from) return std::max(from, At(date, shift.entry));
    }
  }
  return std::nullopt;
}

std::vector<Minute> Office::Turns(Date date) const {
  const int schedule = schedule_[Index(date)];
  if (schedule < 0) return {At(date, 0)};
  std::set<Minute> turns;
  for (const Shift& shift : schedules_[static_cast<std::size_t>(schedule)]) {
    turns.insert(At(date, shift.entry));
    turns.insert(At(date, shift.exit));
  }
  return {turns.begin(), turns.end()};
}

Offices MakeOffices(const rules::Ruleset& rules, int year) {
  Offices offices;
  offices.first = Date(year, 1, 1);
  offices.last = Date(year, 12, 31);
  const std::set<int>& known = rules.calendar.years();
  offices.calendar_known = known.empty() || known.contains(year);
  // Days whose holidays are known; without any holiday every Monday to Friday is worked.
  int from = year;
  int to = year;
  if (known.empty()) {
    --from;
    ++to;
  } else {
    while (known.contains(from - 1)) --from;
    while (known.contains(to + 1)) ++to;
  }
  evaluation::History person;
  person.from = Date(from, 1, 1);
  person.to = Date(to, 12, 31);
  person.attributes.resize(rules.attributes.size());
  if (!rules.holiday_scope.valid()) {
    offices.all.emplace_back(rules, person, person.from, person.to);
    return offices;
  }
  const rules::Attribute& scope = rules.attribute(rules.holiday_scope);
  const auto& values = rules.enumerations[scope.type.enumeration.index()].values;
  for (std::size_t value = 0; value < values.size(); ++value) {
    person.attributes[rules.holiday_scope.index()] = {
        {std::nullopt, {base::Rational(static_cast<std::int64_t>(value)), false}}};
    offices.all.emplace_back(rules, person, person.from, person.to);
  }
  offices.scopes = scope.name;
  return offices;
}

Text Offices::Bounds(Rhythm rhythm) const {
  const std::string year = std::to_string(first.year());
  Text text;
  switch (rhythm) {
    case Rhythm::Work:
      text = {
          "cada día hábil de la gestión " + year + ", a cada hora de ingreso y de salida fijada",
          "each working day of " + year + ", at each fixed time of entry and exit"};
      break;
    case Rhythm::MonthEnds:
      text = {"cada cierre de mes de la gestión " + year + ", y el que la abre",
              "each end of a month of " + year + ", and the one that opens it"};
      break;
    case Rhythm::YearEnds:
      text = {"el cierre de la gestión " + year + " y el que la abre",
              "the end of " + year + " and the one that opens it"};
      break;
  }
  if (scopes.empty()) return text;
  const std::string count = std::to_string(all.size());
  return {text.es + ", con los feriados de los " + count + " valores de «" + scopes + "»",
          text.en + ", with the holidays of the " + count + " values of '" + scopes + "'"};
}

Rhythm RhythmOf(const rules::Ruleset& rules, const std::string& event) {
  const std::string name = base::Fold(event);
  for (const rules::FactKind& kind : rules.fact_kinds) {
    const bool monthly = kind.periodicity == rules::Periodicity::EachMonth;
    if (!monthly && kind.periodicity != rules::Periodicity::EachGestion) continue;
    if (base::Fold(kind.name) == name) return monthly ? Rhythm::MonthEnds : Rhythm::YearEnds;
  }
  return Rhythm::Work;
}

std::vector<Minute> TimesOf(const Office& office, Date date, Rhythm rhythm) {
  if (!office.Knows(date)) return {};
  if (rhythm == Rhythm::Work) {
    return office.Works(date) ? office.Turns(date) : std::vector<Minute>{};
  }
  const bool closes =
      date == date.last_of_month() && (rhythm == Rhythm::MonthEnds || date.month() == 12);
  return closes ? std::vector<Minute>{At(date, kMinutesPerDay - 1)} : std::vector<Minute>{};
}

void ForEachTime(const Offices& offices, Rhythm rhythm,
                 const std::function<bool(const Office&, Minute)>& look) {
  for (const Office& office : offices.all) {
    for (Date date = offices.First(rhythm); date <= offices.last; date = date.plus_days(1)) {
      for (const Minute time : TimesOf(office, date, rhythm)) {
        if (!look(office, time)) return;
      }
    }
  }
}

// ---- Terms -----------------------------------------------------------------------

namespace {

// The date a term leads to, counted from another.
std::optional<Date> Lead(const Office& office, const rules::Term& term, bool back, Date from) {
  const std::int64_t n = back ? -term.amount.floor() : term.amount.floor();
  switch (term.unit) {
    case rules::TermUnit::BusinessDays:
      return office.PlusWorkingDays(from, n);
    case rules::TermUnit::Months:
      return from.plus_months(static_cast<int>(n));
    case rules::TermUnit::Hours:
    case rules::TermUnit::CalendarDays:
      break;
  }
  return from.plus_days(static_cast<std::int32_t>(n));
}

// Where in its last day a term in days ends.
Minute WithinDay(BoundKind bound) { return bound == BoundKind::AtLeast ? 0 : kMinutesPerDay - 1; }

std::optional<Minute> Value(const Office& office, const Limit& limit, Minute since) {
  const auto time = Bound(office, limit.bound, limit.term, since);
  return time ? std::optional<Minute>(*time + limit.plus) : std::nullopt;
}

// No term of that amount lasts longer: two weeks without a working day are enough of them.
Minute LongestOf(const rules::Term& term) {
  const std::int64_t n = term.amount.ceil();
  switch (term.unit) {
    case rules::TermUnit::Hours:
      return MinutesOf(term);
    case rules::TermUnit::BusinessDays:
      return (2 * n + 14) * kMinutesPerDay;
    case rules::TermUnit::Months:
      return (31 * n + 1) * kMinutesPerDay;
    case rules::TermUnit::CalendarDays:
      break;
  }
  return (n + 1) * kMinutesPerDay;
}

// The dates near which a term from some date leads to `target`: its own length, and a margin
// for weekends, holidays in a row and the ends of months.
std::int32_t Margin(const rules::Term& term) {
  constexpr std::int64_t kSlack = 40;
  const std::int64_t n = term.amount.floor();
  switch (term.unit) {
    case rules::TermUnit::BusinessDays:
      return static_cast<std::int32_t>(3 * n + kSlack);
    case rules::TermUnit::Months:
      return static_cast<std::int32_t>(31 * n + kSlack);
    case rules::TermUnit::Hours:
    case rules::TermUnit::CalendarDays:
      break;
  }
  return static_cast<std::int32_t>(n + kSlack);
}

// First date from which the term leads to `target` or later.
std::optional<Date> FirstLeadingTo(const Office& office, const rules::Term& term, bool back,
                                   Date target) {
  const std::int32_t margin = Margin(term);
  std::int32_t low = target.days() - (back ? 0 : margin);
  std::int32_t high = target.days() + (back ? margin : 0) + 1;
  const auto reaches = [&](Date from) {
    const auto led = Lead(office, term, back, from);
    // What leads out of the known days leads past all of them, on the side it went.
    return led ? *led >= target : (back ? from > office.last() : from >= office.first());
  };
  while (low < high) {
    const std::int32_t middle = low + (high - low) / 2;
    if (reaches(Date(middle))) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  const bool known = Lead(office, term, back, Date(low)) &&
                     (term.unit != rules::TermUnit::BusinessDays || Date(low) > office.first());
  return known ? std::optional<Date>(Date(low)) : std::nullopt;
}

// The least time of `since` from which the limit gives `event` or later.
std::optional<Minute> Needed(const Office& office, const Limit& limit, Minute event) {
  const Minute target = event - limit.plus;
  if (limit.term.unit == rules::TermUnit::Hours) {
    const Minute length = MinutesOf(limit.term);
    return limit.bound == BoundKind::Before ? target + length : target - length;
  }
  const Minute within = WithinDay(limit.bound);
  const Date day(static_cast<std::int32_t>(-FloorDiv(within - target, kMinutesPerDay)));
  const auto first = FirstLeadingTo(office, limit.term, limit.bound == BoundKind::Before, day);
  return first ? std::optional<Minute>(At(*first, 0)) : std::nullopt;
}

// The greatest time of `since` from which the limit gives `event` or earlier.
std::optional<Minute> Allowed(const Office& office, const Limit& limit, Minute event) {
  if (limit.term.unit == rules::TermUnit::Hours) return Needed(office, limit, event);
  const auto after = Needed(office, limit, event + 1);
  return after ? std::optional<Minute>(*after - 1) : std::nullopt;
}

}  // namespace

std::optional<Minute> Bound(const Office& office, BoundKind bound, const rules::Term& term,
                            Minute since) {
  const bool back = bound == BoundKind::Before;
  if (term.unit == rules::TermUnit::Hours) {
    return back ? since - MinutesOf(term) : since + MinutesOf(term);
  }
  const auto day = Lead(office, term, back, DateOf(since));
  if (!day) return std::nullopt;
  return At(*day, WithinDay(bound));
}

bool Countable(const rules::Term& term) {
  const base::Rational least =
      term.unit == rules::TermUnit::Hours ? term.amount * base::Rational(60) : term.amount;
  constexpr std::int64_t kMost = 100'000;  // beyond it dates themselves overflow
  return least.whole() && term.amount >= base::Rational(0) && term.amount <= base::Rational(kMost);
}

// ---- The network -----------------------------------------------------------------

int Terms::Event(const std::string& name) const {
  const auto found = std::find(events.begin(), events.end(), name);
  return found == events.end() ? -1 : static_cast<int>(found - events.begin());
}

Terms TermsOf(const rules::Procedure& procedure) {
  Terms terms;
  for (const rules::Milestone& milestone : procedure.milestones) {
    if (terms.Event(milestone.name) < 0) terms.events.push_back(milestone.name);
  }
  for (std::size_t m = 0; m < procedure.milestones.size(); ++m) {
    const rules::Milestone& milestone = procedure.milestones[m];
    if (milestone.bound == BoundKind::None || milestone.since.empty()) continue;
    Limit limit;
    limit.event = terms.Event(milestone.name);
    limit.since = terms.Event(milestone.since);
    limit.upper = milestone.bound != BoundKind::AtLeast;
    limit.bound = milestone.bound;
    limit.term = milestone.term;
    limit.milestone = static_cast<int>(m);
    terms.limits.push_back(limit);
    // The term runs from that event: what is due within it does not come first. Hours that
    // must have passed say so themselves.
    const bool said =
        milestone.bound == BoundKind::AtLeast && milestone.term.unit == rules::TermUnit::Hours;
    if (milestone.bound == BoundKind::Before || said) continue;
    limit.upper = false;
    limit.bound = BoundKind::AtLeast;
    limit.term = {0, rules::TermUnit::Hours};
    limit.order = true;
    terms.limits.push_back(limit);
  }
  return terms;
}

std::vector<int> Starts(const Terms& terms) {
  std::vector<int> part(terms.events.size());
  for (std::size_t e = 0; e < part.size(); ++e) part[e] = static_cast<int>(e);
  for (const Limit& limit : terms.limits) {
    const int a = part[static_cast<std::size_t>(limit.event)];
    const int b = part[static_cast<std::size_t>(limit.since)];
    for (int& p : part) p = p == std::max(a, b) ? std::min(a, b) : p;
  }
  std::vector<int> starts;
  for (std::size_t p = 0; p < part.size(); ++p) {
    if (part[p] != static_cast<int>(p)) continue;  // its first event is its name
    int start = static_cast<int>(p);
    for (std::size_t e = part.size(); e-- > p;) {
      const bool waits = std::any_of(terms.limits.begin(), terms.limits.end(), [&](const Limit& l) {
        return l.event == static_cast<int>(e);
      });
      if (part[e] == static_cast<int>(p) && !waits) start = static_cast<int>(e);
    }
    starts.push_back(start);
  }
  return starts;
}

std::set<int> Behind(const Terms& terms, std::vector<Limit> limits) {
  std::set<int> events;
  std::set<int> followed;
  while (!limits.empty()) {
    const Limit limit = limits.back();
    limits.pop_back();
    events.insert({limit.event, limit.since});
    if (!followed.insert(limit.since).second) continue;
    for (const Limit& other : terms.limits) {
      if (other.event == limit.since) limits.push_back(other);
    }
  }
  return events;
}

Rhythm RhythmOf(const rules::Ruleset& rules, const Terms& terms) {
  for (const int start : Starts(terms)) {
    const Rhythm rhythm = RhythmOf(rules, terms.events[static_cast<std::size_t>(start)]);
    if (rhythm != Rhythm::Work) return rhythm;
  }
  return Rhythm::Work;
}

Network::Network(std::size_t events, std::vector<Limit> limits)
    : events_(events), limits_(std::move(limits)), graph_(events) {
  constexpr Minute kSlack = 30 * kMinutesPerDay;
  reach_ = kSlack;
  for (std::size_t l = 0; l < limits_.size(); ++l) {
    const Limit& limit = limits_[l];
    const auto since = static_cast<std::size_t>(limit.since);
    const auto event = static_cast<std::size_t>(limit.event);
    boost::add_edge(since, event, Arc{static_cast<std::int32_t>(l)}, graph_);
    boost::add_edge(event, since, Arc{-1 - static_cast<std::int32_t>(l)}, graph_);
    reach_ += 2 * LongestOf(limit.term);
  }
}

// Latest: a forward arc carries an upper limit, and a backward one a lower limit turned round;
// earliest: the other two.
Times Network::Relax(const Office& office, const std::vector<Given>& given, bool latest) const {
  const Minute none = latest ? kNever : -kNever;
  std::vector<Minute> time(events_, none);
  Minute low = kNever;
  Minute high = -kNever;
  for (const Given& one : given) {
    time[static_cast<std::size_t>(one.event)] = one.time;
    low = std::min(low, one.time - reach_);
    high = std::max(high, one.time + reach_);
  }
  bool unknown = false;
  const auto combine = [&](Minute from, const Arc& arc) {
    if (from == none) return none;
    const bool back = arc.limit < 0;
    const Limit& limit = limits_[static_cast<std::size_t>(back ? -1 - arc.limit : arc.limit)];
    if (limit.upper != (latest != back)) return none;  // says nothing on this side
    const auto reached = !back    ? Value(office, limit, from)
                         : latest ? Allowed(office, limit, from)
                                  : Needed(office, limit, from);
    if (!reached) unknown = true;
    return reached.value_or(none);
  };
  const auto tighter = [&](Minute a, Minute b) { return latest ? a < b : a > b; };
  const auto kept = [&] {
    return std::all_of(given.begin(), given.end(), [&](const Given& one) {
      return time[static_cast<std::size_t>(one.event)] == one.time;
    });
  };
  const auto inside = [&] {
    return std::all_of(time.begin(), time.end(),
                       [&](Minute t) { return t == none || (low <= t && t <= high); });
  };
  const auto distance =
      boost::make_iterator_property_map(time.begin(), boost::get(boost::vertex_index, graph_));
  Times times;
  // With constant terms one pass tells; dates may take some more to settle.
  bool settled = false;
  while (!settled && kept() && inside() && !unknown) {
    settled = boost::bellman_ford_shortest_paths(
        graph_, static_cast<int>(events_), boost::get(boost::edge_bundle, graph_),
        boost::dummy_property_map(), distance, combine, tighter, boost::bellman_visitor<>());
  }
  if (!kept() || !inside()) {
    times.fit = Fit::No;
    return times;
  }
  if (unknown) return times;
  times.fit = Fit::Yes;
  for (const Minute t : time) {
    times.at.push_back(t == none ? std::nullopt : std::optional<Minute>(t));
  }
  return times;
}

// From the earliest times, those of every event. What nothing bounds from below is put as late
// as may be: the greatest solution has it there, and then what hangs from it is bounded too.
Times Network::Settle(const Office& office, std::vector<Given> given, Times earliest) const {
  const auto reached = [](const std::optional<Minute>& at) { return at.has_value(); };
  while (earliest.fit == Fit::Yes &&
         !std::all_of(earliest.at.begin(), earliest.at.end(), reached)) {
    const Times latest = Relax(office, given, true);
    if (latest.fit != Fit::Yes) return latest;
    const std::size_t before = given.size();
    for (std::size_t e = 0; e < events_; ++e) {
      if (!earliest.at[e] && latest.at[e]) given.push_back({static_cast<int>(e), *latest.at[e]});
    }
    if (given.size() == before) break;  // a part without a given event
    earliest = Relax(office, given, false);
  }
  return earliest;
}

Times Network::Earliest(const Office& office, const std::vector<Given>& given) const {
  Times times = Relax(office, given, false);
  times.fit = Settle(office, given, times).fit;
  return times;
}

Times Network::Latest(const Office& office, const std::vector<Given>& given) const {
  Times times = Relax(office, given, true);
  if (times.fit == Fit::Yes) times.fit = Settle(office, given, Relax(office, given, false)).fit;
  return times;
}

Times Network::Story(const Office& office, std::vector<Given> given) const {
  Times story = Settle(office, given, Relax(office, given, false));
  // People act while they work, where the terms let them.
  for (std::size_t e = 0; e < events_ && story.fit == Fit::Yes; ++e) {
    const auto next = story.at[e] ? office.NextWork(*story.at[e]) : std::nullopt;
    if (!next || *next == *story.at[e]) continue;
    given.push_back({static_cast<int>(e), *next});
    Times moved = Settle(office, given, Relax(office, given, false));
    if (moved.fit == Fit::Yes) {
      story = std::move(moved);
    } else {
      given.pop_back();
    }
  }
  return story;
}

bool SameOnAnyDate(const std::vector<Limit>& limits) {
  return std::all_of(limits.begin(), limits.end(), [](const Limit& limit) {
    return limit.term.unit == rules::TermUnit::Hours ||
           limit.term.unit == rules::TermUnit::CalendarDays;
  });
}

void ForEachStart(const Offices& offices, Rhythm rhythm, const std::vector<Limit>& limits,
                  const std::function<bool(const Office&, Minute)>& look) {
  const bool alike = SameOnAnyDate(limits);
  std::set<Minute> seen;
  ForEachTime(offices, rhythm, [&](const Office& office, Minute time) {
    const Minute of_day = time - At(DateOf(time), 0);
    if (alike && !seen.insert(of_day).second) return true;
    return look(office, time);
  });
}

}  // namespace cotejo::checks
