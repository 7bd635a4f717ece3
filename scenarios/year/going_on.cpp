// What began before the year and goes on in it: as many things, and as far gone, as if the year
// before had been lived with the same chances, all its weekdays being of work.
#include <algorithm>
#include <cmath>

#include "scenarios/year/behavior.h"

namespace cotejo::year {
namespace {

// Of those of behavior.cpp, which are part of the key: never renumber.
constexpr std::uint32_t kBegunBefore = 31;
enum Word { kWhichWord, kFormWord };

constexpr unsigned kSaturday = 6;
constexpr auto kDraws = static_cast<double>(kNever);

std::size_t At(std::int32_t index) { return static_cast<std::size_t>(index); }

std::int32_t WholeDays(std::int32_t half_days) { return (half_days + 1) / 2; }

// Weekdays among so many days in a row, at most.
std::int32_t MostWeekdays(std::int32_t days) { return days / 7 * 5 + std::min(days % 7, 5); }

}  // namespace

// Calendar days from its first one to that on which the last thing that comes of it is over.
std::int32_t Behavior::SpanOf(std::size_t occurrence) const {
  constexpr std::int32_t kLongestMonth = 31;
  const population::Occurrence& o = population_.occurrences[occurrence];
  std::int32_t span = 1;
  if (o.months) {
    span = o.months->largest() * kLongestMonth + 1;
  } else if (!o.in_shift) {
    const std::int32_t days = WholeDays(o.away.largest());
    span = days + (days + 4) / 5 * 2 + 1;
  }
  for (const std::size_t follower : followers_[occurrence]) {
    const auto& follows = population_.occurrences[follower].follows;
    // What falls on a weekend waits for two days.
    span = std::max(span, follows->days.largest() + 2 + SpanOf(follower));
  }
  return span;
}

void Behavior::FindBefore() {
  const std::vector<population::Occurrence>& all = population_.occurrences;
  hired_ = population_.staff.Find(population_.hired_attribute);
  std::int32_t longest = 1;
  for (std::size_t o = 0; o < all.size(); ++o) {
    // Of days away alone, the days are known: those of the spell but for its last one, and that
    // one too when the day after it is told.
    const bool plain = !all[o].months && followers_[o].empty();
    const std::int32_t last = all[o].back_kind.empty() ? 1 : 0;
    const std::int32_t weekdays = !plain            ? MostWeekdays(SpanOf(o))
                                  : all[o].in_shift ? 0
                                                    : WholeDays(all[o].away.largest()) - last;
    reach_.push_back(static_cast<std::uint32_t>(std::max(0, weekdays)));
    longest = std::max(longest, MostWeekdays(SpanOf(o)) + 1);
  }
  for (std::int32_t day = -1; At(longest) > weekdays_before_.size(); --day) {
    if (year_.date(day).weekday() < kSaturday) weekdays_before_.push_back(day);
  }
  for (const std::vector<std::size_t>& set : eligibility_.sets) FindDatedBefore(set);
}

// Those of a date of some year before that may go on.
void Behavior::FindDatedBefore(const std::vector<std::size_t>& set) {
  std::vector<Dated>& found = dated_before_.emplace_back();
  for (const std::size_t o : set) {
    const population::Occurrence& occurrence = population_.occurrences[o];
    if (occurrence.dates.empty()) continue;
    const std::int32_t span = SpanOf(o);
    for (int year = year_.year - 1 - span / 365; year < year_.year; ++year) {
      const YearDays days = DaysOf(year);
      for (const population::Occasion& occasion : occurrence.dates) {
        const auto on = DayOf(days, occasion);
        if (!on) continue;
        const std::int32_t day = days.first + *on - year_.first;
        const bool works = year_.date(day).weekday() < kSaturday;
        if (day + span >= 0 && (works || occurrence.carried_over)) found.push_back({day, o});
      }
    }
  }
}

// As many weekdays, of this year's, as each of them has a chance to begin on.
void Behavior::AddBegun(Chances& chances) const {
  const double n = std::max<double>(1.0, static_cast<double>(chances.days));
  std::vector<std::uint64_t> widths;
  std::uint64_t total = 0;
  for (const std::size_t o : eligibility_.sets[chances.set]) {
    const double each = std::min(population_.occurrences[o].per_year / n, 1.0);
    const auto width = static_cast<std::uint64_t>(std::floor(each * reach_[o] * kDraws));
    if (width == 0) continue;
    chances.begun.push_back({o, reach_[o]});
    widths.push_back(width);
    total += width;
  }
  // More than one thing at a time, for sure, is one of them.
  const double part =
      std::min(1.0, kDraws / static_cast<double>(std::max<std::uint64_t>(1, total)));
  std::uint64_t from = kNever;
  for (std::size_t i = widths.size(); i-- > 0;) {
    from -= std::min(from, static_cast<std::uint64_t>(static_cast<double>(widths[i]) * part));
    chances.begun_from.insert(chances.begun_from.begin(), from);
  }
}

// How many there are from a day on until the year begins.
std::size_t Behavior::WeekdaysFrom(std::int32_t day) const {
  if (day >= 0) return 0;
  const auto earlier = std::partition_point(weekdays_before_.begin(), weekdays_before_.end(),
                                            [day](std::int32_t one) { return one >= day; });
  return static_cast<std::size_t>(earlier - weekdays_before_.begin());
}

bool Behavior::WasThere(std::size_t person, std::int32_t day) const {
  if (hired_ == nullptr || hired_->of[person] < 0) return true;
  return hired_->values[At(hired_->of[person])].date.days() - year_.first <= day;
}

void Behavior::GoOn(const WorkDays& work, const Tenure& tenure) {
  if (tenure.newcomer || tenure.first > 0 || work.days.empty()) return;
  for (const Dated& dated : dated_before_[chances_->set]) {
    const auto [day, occurrence] = dated;
    if (noticed_[occurrence].idle) continue;
    if (!WasThere(tenure.person, day)) continue;
    // By the draws of the year of the date.
    if (const auto form = FormOn(work, dated)) Begin(work, 0, occurrence, *form, WeekdaysFrom(day));
  }
  const Chances& c = *chances_;
  if (c.begun.empty()) return;
  const auto draw = Draw(0, kBegunBefore);
  const std::uint64_t which = draw[kWhichWord];
  if (which < c.begun_from.front()) return;
  const auto after = std::upper_bound(c.begun_from.begin(), c.begun_from.end(), which);
  const auto index = static_cast<std::size_t>(after - c.begun_from.begin()) - 1;
  const std::uint64_t end = after == c.begun_from.end() ? kNever : *after;
  const auto [occurrence, weekdays] = c.begun[index];
  const std::uint64_t place =
      (which - c.begun_from[index]) * weekdays / (end - c.begun_from[index]);
  if (noticed_[occurrence].idle) return;
  if (!WasThere(tenure.person, weekdays_before_[place])) return;
  Begin(work, 0, occurrence, FormOf({draw[kFormWord], draw[kFormWord + 1], draw[kFormWord + 2], 0}),
        place + 1);
}

}  // namespace cotejo::year
