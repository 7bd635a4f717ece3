#include "scenarios/calibration/shifts.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <set>
#include <tuple>

#include "scenarios/calibration/coverage.h"

namespace cotejo::calibration {
namespace {

using base::Date;
using base::Text;

constexpr std::int32_t kDay = 24 * 60;           // minutes
constexpr std::int32_t kLongestDay = 20 * 3600;  // seconds from the first punch to the last
constexpr std::size_t kExamples = 5;
constexpr int kSeveral = 5;  // people: what so many did is not one person's chance

std::string MonthName(Date date) { return date.str().substr(0, 7); }

// One person's punches of one day.
using DayPunches = std::vector<Punch>;

struct Found {
  std::optional<std::int32_t> entry, exit;  // seconds
};

// A coded punch goes to the shift whose hour it is nearest to; one without a code, to the shift
// in whose stretch of the day it falls, which ends half way to the next shift.
std::size_t ShiftOf(const Punch& punch, const std::vector<Shift>& shifts) {
  const std::int32_t minute = punch.second / 60;
  std::size_t best = 0;
  if (punch.direction == Direction::Unknown) {
    while (best + 1 < shifts.size() && 2 * minute >= shifts[best].exit + shifts[best + 1].entry)
      ++best;
    return best;
  }
  const auto distance = [&](std::size_t i) {
    const Shift& shift = shifts[i];
    return std::abs(minute - (punch.direction == Direction::In ? shift.entry : shift.exit));
  };
  for (std::size_t i = 1; i < shifts.size(); ++i) {
    if (distance(i) < distance(best)) best = i;
  }
  return best;
}

// Nobody comes and goes in so little: whoever punches again was not sure of the first.
constexpr std::int32_t kOneAct = 5 * 60;

// First in, last out. A single punch without a code, or several at once, is whichever its hour is
// nearer to.
Found Match(const DayPunches& punches, const Shift& shift) {
  Found found;
  std::vector<const Punch*> unknown;
  for (const Punch& punch : punches) {
    if (punch.direction == Direction::Unknown) unknown.push_back(&punch);
    if (punch.direction == Direction::In && !found.entry) found.entry = punch.second;
    if (punch.direction == Direction::Out) found.exit = punch.second;
  }
  if (unknown.empty()) return found;
  const std::int32_t first = unknown.front()->second;
  const std::int32_t last = unknown.back()->second;
  if (last - first > kOneAct && !found.entry && !found.exit) return {first, last};
  if (found.entry && found.exit) return found;
  if (found.entry) {
    if (last - *found.entry > kOneAct) found.exit = last;
  } else if (found.exit) {
    if (*found.exit - first > kOneAct) found.entry = first;
  } else if (std::abs(first / 60 - shift.entry) <= std::abs(first / 60 - shift.exit)) {
    found.entry = first;
  } else {
    found.exit = last;
  }
  return found;
}

class Matching {
 public:
  Matching(const std::vector<Punch>& punches, const Hours& hours, int fewest_days,
           const std::vector<PersonDay>& unread)
      : hours_(hours), fewest_days_(fewest_days), unread_(unread.begin(), unread.end()) {
    for (const Punch& punch : punches) by_person_[punch.person][punch.date].push_back(punch);
  }

  Attendance Run() {
    LeaveOutUnknown();
    LeaveOutUnbound();
    ReportNeverSeen();
    if (by_person_.empty()) return std::move(attendance_);
    AttachNights();
    for (const auto& [person, days] : by_person_) {
      for (const auto& [date, punches] : days) seen_.insert(date);
    }
    FindCoveredDays();
    FindFarMonths();
    FindMonths();
    FindClosedDays();
    LeaveOutStrays();
    FindClosedOffices();
    for (const auto& [person, days] : by_person_) {
      PersonShifts shifts{person, {}, days.begin()->first, days.rbegin()->first};
      TakePerson(person, days, shifts.shifts);
      if (!shifts.shifts.empty()) attendance_.people.push_back(std::move(shifts));
    }
    ExcuseClosedShifts();
    Report(impossible_,
           {"días imposibles (sale antes de entrar, o pasa 20 horas o más)",
            "impossible days (out before in, or 20 hours or more)"},
           {"no se cuentan", "not counted"});
    Report(lone_, {"días con una sola marcación", "days with a single punch"},
           {"la otra cuenta como omitida", "the other counts as left out"});
    Report(not_read_,
           {"días de una persona con una fila rechazada", "days of a person with a row refused"},
           {"no se cuentan: no se sabe qué marcó", "not counted: what was punched is not known"});
    const std::string fewest = std::to_string(fewest_days_);
    Report(aside_,
           fewest_days_ == 1
               ? Text{"meses de una persona sin ninguna marcación",
                      "months of a person without any punch"}
               : Text{"meses de una persona con menos de " + fewest + " días con marcación",
                      "months of a person with fewer than " + fewest + " days with a punch"},
           {"quedan fuera: quien no marca en todo el mes no estaba (--dias-minimos)",
            "left out: whoever does not punch in a whole month was not there (--fewest-days)"});
    Report(resting_,
           {"marcaciones en días sin horario (feriado, sábado, domingo)",
            "punches on days without hours (holiday, Saturday, Sunday)"},
           {"no se cuentan", "not counted"});
    ReportWithoutHours();
    return std::move(attendance_);
  }

 private:
  struct Gathered {
    std::int64_t count = 0;
    std::vector<std::string> examples;
    void Add(const std::string& example, std::int64_t how_many = 1) {
      count += how_many;
      if (examples.size() < kExamples) examples.push_back(example);
    }
  };

  void Report(const Gathered& gathered, Text what, Text treatment) {
    attendance_.quality.issues.push_back(
        {std::move(what), gathered.count, gathered.examples, std::move(treatment)});
  }

  void LeaveOutUnknown() {
    Gathered records;
    if (hours_.known_only) {
      for (auto person = by_person_.begin(); person != by_person_.end();) {
        if (hours_.of.contains(person->first)) {
          ++person;
          continue;
        }
        std::int64_t count = 0;
        for (const auto& [date, punches] : person->second)
          count += static_cast<std::int64_t>(punches.size());
        records.Add(person->first, count);
        person = by_person_.erase(person);
      }
    }
    Report(records, {"marcaciones de quien no está en la lista", "punches of people not listed"},
           hours_.known_only ? Text{"no se cuentan", "not counted"}
                             : Text{"sin lista de personal no se puede saber: todas se cuentan",
                                    "without a staff list it cannot be known: all are counted"});
    attendance_.quality.issues.back().known = hours_.known_only;
  }

  // Who may punch and need not: where they do not, nothing is missing.
  void LeaveOutUnbound() {
    if (hours_.unbound.empty()) return;
    Gathered records;
    for (const std::string& person : hours_.unbound) {
      const auto found = by_person_.find(person);
      if (found == by_person_.end()) continue;
      std::int64_t count = 0;
      for (const auto& [date, punches] : found->second)
        count += static_cast<std::int64_t>(punches.size());
      records.Add(person, count);
      by_person_.erase(found);
    }
    Report(records,
           {"marcaciones de quien, según la lista, no está obligado a registrarse",
            "punches of people whom the list exempts from the clock"},
           {"no se cuentan: lo que no marca no es omisión ni inasistencia",
            "not counted: what they do not punch is neither left out nor an absence"});
  }

  // Of those listed: they may be bound to no clock, or their clock's file may be missing.
  void ReportNeverSeen() {
    if (!hours_.known_only) return;
    Gathered people;
    for (const auto& [person, timetable] : hours_.of) {
      if (!by_person_.contains(person) && !hours_.unbound.contains(person)) people.Add(person);
    }
    Report(people,
           {"personas de la lista sin ninguna marcación", "people listed without any punch"},
           {"no se cuentan: exentas de registro, de un reloj que falta, o con otro documento en él",
            "not counted: bound to no clock, of a clock that is missing, or of another document "
            "there"});
  }

  // The first punch that is not of the day before: an entry, or nearer to the first entry of its
  // day than to the last exit of the other. Where one of them has no hours, it would have the
  // other's.
  static DayPunches::iterator Morning(DayPunches& punches, const WorkDay* before,
                                      const WorkDay* day) {
    const std::int32_t exit = (before != nullptr ? before : day)->shifts.back().exit;
    const std::int32_t entry = (day != nullptr ? day : before)->shifts.front().entry + kDay;
    return std::find_if(punches.begin(), punches.end(), [&](const Punch& punch) {
      return punch.direction == Direction::In || 2 * (punch.second / 60 + kDay) >= exit + entry;
    });
  }

  // Whoever stayed past midnight left on the day before.
  void AttachNights() {
    Gathered nights;
    for (auto& [person, days] : by_person_) {
      const Timetable& timetable = hours_.timetable(person);
      for (auto at = days.begin(); at != days.end();) {
        const Date before = at->first.plus_days(-1);
        const WorkDay* ended = DayOf(timetable, before);
        const WorkDay* begun = DayOf(timetable, at->first);
        const bool worked = ended != nullptr || (begun != nullptr && days.contains(before));
        DayPunches& punches = at->second;
        const auto morning = worked ? Morning(punches, ended, begun) : punches.begin();
        if (morning == punches.begin()) {
          ++at;
          continue;
        }
        nights.Add(person + " " + at->first.str(), morning - punches.begin());
        for (auto night = punches.begin(); night != morning; ++night) {
          night->date = before;
          night->second += kDay * 60;
        }
        DayPunches& evening = days[before];
        evening.insert(evening.end(), punches.begin(), morning);
        punches.erase(punches.begin(), morning);
        at = punches.empty() ? days.erase(at) : std::next(at);
      }
    }
    Report(nights,
           {"marcaciones de madrugada, más cerca de la última salida del día anterior",
            "punches of the small hours, nearer to the last exit of the day before"},
           {"cuentan como del día anterior", "counted as of the day before"});
  }

  // Those on which more than a stray punch was made.
  void FindCoveredDays() {
    std::map<const Timetable*, std::int64_t> people;
    std::map<Date, DayCount> counts;
    for (const auto& [person, days] : by_person_) {
      const Timetable& timetable = hours_.timetable(person);
      ++people[&timetable];
      for (const auto& [date, punches] : days) {
        if (DayOf(timetable, date) != nullptr || hours_.unknown.contains(date))
          ++counts[date].punched;
      }
    }
    const auto due = [&](Date date, std::int64_t how_many) {
      const auto count = counts.find(date);
      if (count != counts.end()) count->second.due += how_many;
    };
    for (const auto& [timetable, how_many] : people) {
      for (const WorkDay& day : *timetable) {
        working_.insert(day.date);
        due(day.date, how_many);
      }
    }
    for (const Date date : hours_.unknown) due(date, static_cast<std::int64_t>(by_person_.size()));
    std::vector<DayCount> seen;
    for (auto& [date, count] : counts) {
      count.date = date;
      seen.push_back(count);
    }
    almost_empty_ = AlmostEmptyDays(seen);
    for (const DayCount& day : seen) {
      if (!almost_empty_.contains(day.date)) covered_.insert(day.date);
    }
  }

  // A clock that lost its date puts days of many people months or years away. Months in a row with
  // days covered are far when of none of them most days are, and of some other they are: nobody was
  // of the staff by then, and no month between is covered.
  void FindFarMonths() {
    std::map<Date, std::int64_t> balance;  // twice the days covered, less those to be
    for (const Date day : covered_) balance[day.first_of_month()] += 2;
    for (const Date day : working_) {
      const auto month = balance.find(day.first_of_month());
      if (month != balance.end()) --month->second;
    }
    std::set<Date> partly_known;
    for (const Date day : hours_.unknown) partly_known.insert(day.first_of_month());
    std::vector<std::vector<Date>> far;
    bool some_near = false;
    for (auto month = balance.begin(); month != balance.end();) {
      std::vector<Date> row;
      bool near = false;
      do {
        near = near || (month->second > 0 && !partly_known.contains(month->first));
        row.push_back(month->first);
        ++month;
      } while (month != balance.end() && month->first == row.back().first_of_next_month());
      if (!near) far.push_back(std::move(row));
      some_near = some_near || near;
    }
    if (!some_near) return;
    for (const std::vector<Date>& row : far) far_.insert(row.begin(), row.end());
    for (const Date month : far_)
      covered_.erase(covered_.lower_bound(month), covered_.upper_bound(month.last_of_month()));
  }

  // A month is full when its hours are known, the days covered begin by its first working day and
  // go past its last, and are most of them: a clock that went back to the year 2000, or forward,
  // makes no month of it.
  void FindMonths() {
    Quality& quality = attendance_.quality;
    quality.first = covered_.empty() ? *seen_.begin() : *covered_.begin();
    quality.last = covered_.empty() ? *seen_.rbegin() : *covered_.rbegin();
    struct Month {
      Date first, last;  // working days
      std::int64_t count = 0;
    };
    std::map<Date, Month> working;
    for (const Date day : working_) {
      Month& month = working.try_emplace(day.first_of_month(), Month{day, day, 0}).first->second;
      month.last = day;
      ++month.count;
    }
    std::set<Date> seen, partly_known;
    for (const Date day : seen_) seen.insert(day.first_of_month());
    for (const Date day : hours_.unknown) partly_known.insert(day.first_of_month());
    Gathered open;
    for (const Date month : seen) {
      const auto days = working.find(month);
      const auto covered =
          std::distance(covered_.lower_bound(month), covered_.upper_bound(month.last_of_month()));
      if (days != working.end() && !partly_known.contains(month) &&
          quality.first <= days->second.first && days->second.last <= quality.last &&
          2 * covered > days->second.count) {
        attendance_.months.push_back(month);
        quality.full.push_back(MonthName(month));
      } else {
        open.Add(MonthName(month));
      }
    }
    Report(open,
           {"meses abiertos, que las marcaciones no cubren enteros o sin horario",
            "open months, not covered whole by the records or without hours"},
           {"quedan fuera: ni sus marcaciones ni sus faltas se cuentan",
            "left out: neither their punches nor what is missing counts"});
  }

  [[nodiscard]] bool InFullMonth(Date date) const {
    return std::binary_search(attendance_.months.begin(), attendance_.months.end(),
                              date.first_of_month());
  }

  void FindClosedDays() {
    Gathered closed, almost;
    for (const Date date : working_) {
      if (!InFullMonth(date) || covered_.contains(date)) continue;
      (almost_empty_.contains(date) ? almost : closed).Add(date.str());
    }
    Report(closed, {"días hábiles en que nadie marcó", "working days on which nobody punched"},
           {"no se cuentan: feriado local, asueto o reloj parado",
            "not counted: local holiday, day off or a stopped clock"});
    Report(almost,
           {"días hábiles en que casi nadie marcó", "working days on which almost nobody punched"},
           {"no se cuentan: asueto, reloj parado o fecha equivocada",
            "not counted: day off, a stopped clock or a wrong date"});
  }

  // Punches on days almost empty, or of months beyond those covered: they do not say that somebody
  // was of the staff by then.
  void LeaveOutStrays() {
    Gathered strays;
    const Date from = attendance_.quality.first.first_of_month();
    const Date to = attendance_.quality.last.last_of_month();
    for (auto person = by_person_.begin(); person != by_person_.end();) {
      auto& days = person->second;
      for (auto day = days.begin(); day != days.end();) {
        const Date date = day->first;
        if (from <= date && date <= to && !almost_empty_.contains(date) &&
            !far_.contains(date.first_of_month())) {
          ++day;
          continue;
        }
        strays.Add(person->first + " " + date.str(), static_cast<std::int64_t>(day->second.size()));
        day = days.erase(day);
      }
      person = days.empty() ? by_person_.erase(person) : std::next(person);
    }
    Report(strays,
           {"marcaciones sueltas: en días en que casi nadie marcó, o lejos de las demás",
            "stray punches: on days on which almost nobody punched, or far from the others"},
           {"no se cuentan: vea si la fecha está equivocada",
            "not counted: see whether the date is wrong"});
  }

  // Days on which nobody of an office punched, or almost nobody, though others did: its clock
  // stopped, its records are missing, or it alone rested.
  void FindClosedOffices() {
    std::map<std::string, std::map<Date, DayCount>> offices;
    for (const auto& [person, days] : by_person_) {
      const auto office = hours_.office.find(person);
      if (office == hours_.office.end()) continue;
      for (const WorkDay& day : hours_.timetable(person)) {
        if (!covered_.contains(day.date) || !InFullMonth(day.date) ||
            day.date < days.begin()->first || days.rbegin()->first < day.date)
          continue;
        DayCount& count = offices[office->second][day.date];
        count.date = day.date;
        ++count.due;
        if (days.contains(day.date)) ++count.punched;
      }
    }
    Gathered closed;
    for (const auto& [office, counts] : offices) {
      std::vector<DayCount> days;
      for (const auto& [date, count] : counts) days.push_back(count);
      for (const Date date : AlmostEmptyDays(days)) {
        if (counts.at(date).due < kSeveral) continue;
        closed_offices_.insert({office, date});
        closed.Add(office + " " + date.str());
      }
    }
    if (hours_.office.empty()) return;
    Report(
        closed,
        {"días hábiles en que nadie o casi nadie de una oficina marcó, y sí en otras",
         "working days on which nobody or almost nobody of an office punched, though others did"},
        {"no se cuentan de esa oficina: reloj parado, marcaciones que faltan o asueto local",
         "not counted of that office: a stopped clock, records missing or a local day off"});
  }

  [[nodiscard]] bool IsClosed(const std::string& person, Date date) const {
    const auto office = hours_.office.find(person);
    return office != hours_.office.end() && closed_offices_.contains({office->second, date});
  }

  void ReportWithoutHours() {
    Gathered gathered;
    for (const auto& [person, days] : by_person_) {
      for (const auto& [date, punches] : days) {
        if (hours_.unknown.contains(date))
          gathered.Add(person + " " + date.str(), static_cast<std::int64_t>(punches.size()));
      }
    }
    Report(gathered,
           {"marcaciones en días hábiles cuyo horario no se conoce",
            "punches on working days whose hours are not known"},
           {"no se cuentan: la regulación no regía, o no fija horario",
            "not counted: the regulation was not in force, or fixes no hours"});
  }

  void TakePerson(const std::string& person, const std::map<Date, DayPunches>& days,
                  std::vector<ShiftRecord>& out) {
    const Date first = days.begin()->first;
    const Date last = days.rbegin()->first;
    const Timetable& timetable = hours_.timetable(person);
    const std::set<Date> aside = MonthsAside(person, days);
    std::set<Date> working;
    for (const WorkDay& day : timetable) {
      working.insert(day.date);
      if (!InFullMonth(day.date) || !covered_.contains(day.date)) continue;
      if (aside.contains(day.date.first_of_month()) || IsClosed(person, day.date)) continue;
      if (unread_.contains({person, day.date})) {
        if (first < day.date && day.date < last) not_read_.Add(person + " " + day.date.str());
        continue;
      }
      const auto found = days.find(day.date);
      if (found != days.end()) {
        if (found->second.size() == 1) lone_.Add(person + " " + day.date.str());
        if (!Possible(day, found->second)) {
          impossible_.Add(person + " " + day.date.str());
          continue;
        }
      }
      if (day.date <= first || day.date >= last) continue;
      TakeDay(day, found == days.end() ? DayPunches{} : found->second, out);
    }
    for (const auto& [date, punches] : days) {
      if (!working.contains(date) && InFullMonth(date))
        resting_.Add(person + " " + date.str(), static_cast<std::int64_t>(punches.size()));
    }
  }

  // The shifts of a day that nobody of the same hours attended, though several did the others of
  // that day: they were not to be worked, or no clock took it.
  void ExcuseClosedShifts() {
    struct Count {
      bool seen = false;
      int others = 0;  // people seen in another shift of the day
    };
    std::map<std::tuple<const Timetable*, Date, std::int32_t>, Count> counts;
    std::map<std::pair<const Timetable*, Date>, std::set<std::string>> there;
    for (const PersonShifts& person : attendance_.people) {
      const Timetable* timetable = &hours_.timetable(person.person);
      for (const ShiftRecord& shift : person.shifts) {
        if (shift.entry || shift.exit) there[{timetable, shift.date}].insert(person.person);
      }
    }
    for (const PersonShifts& person : attendance_.people) {
      const Timetable* timetable = &hours_.timetable(person.person);
      for (const ShiftRecord& shift : person.shifts) {
        Count& count = counts[{timetable, shift.date, shift.shift}];
        count.seen = count.seen || shift.entry || shift.exit;
        const auto came = there.find({timetable, shift.date});
        if (came != there.end() && came->second.contains(person.person)) ++count.others;
      }
    }
    Gathered closed;
    for (const auto& [at, count] : counts) {
      if (count.seen || count.others < kSeveral) continue;
      closed.Add(std::get<Date>(at).str() + " " + std::to_string(std::get<std::int32_t>(at)));
    }
    for (PersonShifts& person : attendance_.people) {
      const Timetable* timetable = &hours_.timetable(person.person);
      for (ShiftRecord& shift : person.shifts) {
        const Count& count = counts[{timetable, shift.date, shift.shift}];
        shift.excused = !count.seen && count.others >= kSeveral;
      }
    }
    Report(closed,
           {"tramos en que no marcó nadie del mismo horario, y sí en otro del mismo día",
            "shifts in which nobody of the same hours punched, though in another of that day they "
            "did"},
           {"no se miran para las inasistencias: asueto de medio día o reloj parado",
            "not looked at for absences: half a day off or a stopped clock"});
  }

  // Full months, as their first days, in which the person is not looked at.
  std::set<Date> MonthsAside(const std::string& person, const std::map<Date, DayPunches>& days) {
    std::map<Date, int> seen;
    for (const auto& [date, punches] : days) ++seen[date.first_of_month()];
    std::set<Date> aside;
    for (const Date month : attendance_.months) {
      if (seen[month] >= fewest_days_) continue;
      aside.insert(month);
      aside_.Add(person + " " + MonthName(month));
    }
    return aside;
  }

  static std::vector<DayPunches> ByShift(const WorkDay& day, const DayPunches& punches) {
    std::vector<DayPunches> by_shift(day.shifts.size());
    for (const Punch& punch : punches) by_shift[ShiftOf(punch, day.shifts)].push_back(punch);
    return by_shift;
  }

  static bool Possible(const WorkDay& day, const DayPunches& punches) {
    if (punches.back().second - punches.front().second >= kLongestDay) return false;
    const std::vector<DayPunches> by_shift = ByShift(day, punches);
    for (std::size_t i = 0; i < by_shift.size(); ++i) {
      const Found found = Match(by_shift[i], day.shifts[i]);
      if (found.entry && found.exit && *found.exit < *found.entry) return false;
    }
    return true;
  }

  static void TakeDay(const WorkDay& day, const DayPunches& punches,
                      std::vector<ShiftRecord>& out) {
    const std::vector<DayPunches> by_shift = ByShift(day, punches);
    for (std::size_t i = 0; i < by_shift.size(); ++i) {
      const Found found = Match(by_shift[i], day.shifts[i]);
      ShiftRecord record{day.date, static_cast<std::int32_t>(i + 1), found.entry.has_value(),
                         found.exit.has_value(), 0};
      if (found.entry) record.late = *found.entry / 60 - day.shifts[i].entry;
      out.push_back(record);
    }
  }

  const Hours& hours_;
  int fewest_days_;
  std::map<std::string, std::map<Date, DayPunches>> by_person_;
  std::set<PersonDay> unread_;
  std::set<Date> seen_;          // days on which somebody punched
  std::set<Date> working_;       // working days of anybody with a record
  std::set<Date> covered_;       // those on which people punched …
  std::set<Date> almost_empty_;  // … and those on which almost nobody did
  std::set<Date> far_;           // months of clocks that lost their date
  std::set<std::pair<std::string, Date>> closed_offices_;
  Gathered impossible_, lone_, not_read_, resting_, aside_;
  Attendance attendance_;
};

}  // namespace

const WorkDay* DayOf(const Timetable& timetable, Date date) {
  const auto day =
      std::lower_bound(timetable.begin(), timetable.end(), date,
                       [](const WorkDay& one, Date wanted) { return one.date < wanted; });
  return day == timetable.end() || day->date != date || day->shifts.empty() ? nullptr : &*day;
}

Attendance MatchShifts(const std::vector<Punch>& punches, const Hours& hours, int fewest_days,
                       const std::vector<PersonDay>& unread) {
  return Matching(punches, hours, fewest_days, unread).Run();
}

}  // namespace cotejo::calibration
