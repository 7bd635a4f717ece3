#include "scenarios/year/behavior.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <tuple>
#include <utility>

#include "scenarios/population/philox.h"

namespace cotejo::year {
namespace {

// The words of the first block of a day; later blocks hold four more entries each.
constexpr std::size_t kEntriesInFirst = 2;
constexpr std::size_t kOmissionWord = 2;
constexpr std::size_t kEventWord = 3;

// Which decision a draw is for. Part of the key: numbers are never reused or renumbered.
constexpr std::uint32_t kDayBlocks = 0;  // 0 .. 15: the dense loop's blocks
// 16, 17 and 32 .. 39 are not drawn any more: what an omission, an absence or an arrival is like.
constexpr std::uint32_t kVacationShare = 18;
constexpr std::uint32_t kVacationSpell = 19;
constexpr std::uint32_t kOccurrenceDetail = 20;
// 21: how somebody's time in a post ends (succession.cpp).
// 22 and 23: whether somebody who was sanctioned forgoes what the day, or its missing record, is.
constexpr std::uint32_t kForgoneEvent = 22;
constexpr std::uint32_t kForgoneOmission = 23;
constexpr std::uint32_t kReprogramming = 26;
constexpr std::uint32_t kTogether = 27;
// 28: Behavior::kGivenDetail.
constexpr std::uint32_t kFollowing = 29;  // whether, and how long after
constexpr std::uint32_t kAcquired = 30;   // how much of it is used, and in what spells
// 31: what began before the year (going_on.cpp).
constexpr std::uint32_t kForgoneArrival = 40;  // 40 .. : one for each four shifts
constexpr int kVacationAttempts = 24;

std::uint64_t Width(double per_day) {
  return static_cast<std::uint64_t>(std::floor(std::min(per_day, 1.0) * 4294967296.0));
}

std::size_t At(std::int32_t index) { return static_cast<std::size_t>(index); }

}  // namespace

void PutInOrder(std::vector<Event>& events) {
  const auto key = [](const Event& e) {
    return std::tuple(e.day, e.shift, e.what, e.value, e.count);
  };
  std::stable_sort(events.begin(), events.end(),
                   [&](const Event& a, const Event& b) { return key(a) < key(b); });
}

Behavior::Behavior(const population::Population& population, const Eligibility& eligibility,
                   const YearDays& year, std::int32_t shifts, std::uint64_t seed)
    : population_(population),
      eligibility_(eligibility),
      year_(year),
      shifts_(shifts),
      seed_(seed),
      all_shifts_((1U << shifts) - 1),
      hits_(1 + (shifts > 2 ? At((shifts - 2 + 3) / 4) : 0)),
      off_(At(year.count)),
      unrecorded_(At(year.count)),
      left_(At(year.count)),
      away_(At(year.count) + 1),
      noticed_(population.occurrences.size()),
      known_chances_(population.classes.size() * eligibility.sets.size()) {
  FindTogether();
  FindGiven();
  FindBefore();
  if (!population.deterrence) return;
  for (std::size_t f = 0; f < left_over_.size(); ++f)
    left_over_[f] = {Width(population.deterrence->part[f])};
}

std::array<std::uint32_t, 4> Behavior::Draw(std::int32_t day, std::uint32_t decision) const {
  return population::Draw(seed_, replication_, person_,
                          static_cast<std::uint32_t>(year_.first + day), decision);
}

// Several may begin on one day: the occurrence is put in the bits above those of a day.
std::array<std::uint32_t, 4> Behavior::DrawOf(std::size_t occurrence, std::int32_t day,
                                              std::uint32_t decision) const {
  constexpr unsigned kBitsOfDay = 20;
  const auto key = static_cast<std::uint32_t>(year_.first + day) +
                   (static_cast<std::uint32_t>(occurrence) << kBitsOfDay);
  return population::Draw(seed_, replication_, person_, key, decision);
}

const Behavior::Chances& Behavior::FindChances(std::size_t behaviour, std::uint32_t set,
                                               std::size_t days) {
  std::vector<Chances>& known = known_chances_[behaviour * eligibility_.sets.size() + set];
  const auto found = std::find_if(known.begin(), known.end(),
                                  [&](const Chances& chances) { return chances.days == days; });
  if (found != known.end()) return *found;
  known.push_back(MakeChances(behaviour, set, days, {}));
  return known.back();
}

// Kept for the replications that a person lives in a row.
const Behavior::Chances& Behavior::FindOwnChances(std::size_t behaviour, std::uint32_t set,
                                                  std::size_t days, const Own& own) {
  if (own_chances_.behaviour != behaviour || own_chances_.set != set || own_chances_.days != days ||
      own_chances_.own != own)
    own_chances_ = MakeChances(behaviour, set, days, own);
  return own_chances_;
}

Behavior::Chances Behavior::MakeChances(std::size_t behaviour, std::uint32_t set, std::size_t days,
                                        const Own& own) const {
  const population::BehaviourClass& c = population_.classes[behaviour];
  const double n = std::max<double>(1.0, static_cast<double>(days));
  Chances chances;
  chances.behaviour = behaviour;
  chances.set = set;
  chances.days = days;
  chances.own = own;
  const population::Chance missing = c.missing_record.Times(own.omissions);
  const std::uint64_t omission =
      std::min(kNever, missing.below * static_cast<std::uint64_t>(shifts_));
  chances.omission_from = kNever - omission;
  const auto stays = [&](std::size_t occurrence) {
    return !population_.occurrences[occurrence].takes_away();
  };
  std::vector<std::size_t> occurrences = eligibility_.sets[set];
  const auto others = std::stable_partition(occurrences.begin(), occurrences.end(), stays);
  std::vector<std::uint64_t> widths;
  const auto add = [&](Happening what, std::size_t which, double per_day) {
    chances.events.push_back({what, which});
    widths.push_back(Width(per_day));
  };
  const auto add_occurrences = [&](auto from, auto to) {
    for (; from != to; ++from)
      add(Happening::Occurrence, *from, population_.occurrences[*from].per_year / n);
  };
  const auto add_spells = [&](Happening what, const std::vector<population::SpellRate>& rates) {
    for (std::size_t i = 0; i < rates.size(); ++i) add(what, i, rates[i].per_year * own.away / n);
  };
  add_occurrences(occurrences.begin(), others);
  add_spells(Happening::Absence, c.absences);
  add_spells(Happening::PostAbsence, c.post_absences);
  for (std::size_t i = 0; i < population_.conduct.size(); ++i)
    add(Happening::Conduct, i,
        population_.conduct[i].per_year * c.conduct_factor * own.conducts / n);
  add_occurrences(others, occurrences.end());
  std::uint64_t total = 0;
  for (const std::uint64_t width : widths) total += width;
  std::uint64_t from = kNever - std::min(kNever, total);
  for (const std::uint64_t width : widths) {
    chances.event_from.push_back(std::min(from, kNever));
    from += width;
  }
  chances.event_from.push_back(kNever);
  std::size_t first = 0;
  while (first < chances.events.size() && chances.events[first].what == Happening::Occurrence &&
         noticed_[chances.events[first].which].idle)
    ++first;
  chances.noticed_from = chances.event_from[first];
  // What is asked of one person alone is not worth many buckets.
  constexpr int kBits = 10, kOwnBits = 5;
  chances.Guide(own == Own{} ? kBits : kOwnBits);
  AddBegun(chances);
  return chances;
}

void Behavior::Chances::Guide(int bits) {
  const std::uint64_t draws = kNever - event_from.front();
  guide_shift = static_cast<unsigned>(std::max(0, static_cast<int>(std::bit_width(draws)) - bits));
  std::size_t index = 0;
  for (std::uint64_t bucket = 0; bucket <= draws >> guide_shift; ++bucket) {
    const std::uint64_t draw = event_from.front() + (bucket << guide_shift);
    while (index + 1 < events.size() && event_from[index + 1] <= draw) ++index;
    guide.push_back(static_cast<std::uint16_t>(index));
  }
}

const std::vector<Event>& Behavior::Live(const Tenure& tenure, const WorkDays& work,
                                         std::uint32_t replication, std::int64_t notices_from,
                                         const Noticed* noticed, const Answer& answer) {
  Happen(tenure, work, replication, notices_from, noticed, answer);
  PutInOrder(events_);
  return events_;
}

const std::vector<Event>& Behavior::Happen(const Tenure& tenure, const WorkDays& work,
                                           std::uint32_t replication, std::int64_t notices_from,
                                           const Noticed* noticed, const Answer& answer) {
  const population::Staff& staff = population_.staff;
  const std::size_t behaviour = staff.behaviour[tenure.person];
  const std::uint32_t set = eligibility_.of[tenure.person];
  class_ = &population_.classes[behaviour];
  using population::Trait;
  const auto factor = [&](Trait trait) { return staff.factor(trait, tenure.person); };
  LookForLate(factor(Trait::Punctuality), notices_from);
  if (noticed != notice_of_) Notice(noticed);
  const Own own = {factor(Trait::Attendance), factor(Trait::Forgetting), factor(Trait::Conduct)};
  chances_ = own == Own{} ? &FindChances(behaviour, set, work.days.size())
                          : &FindOwnChances(behaviour, set, work.days.size(), own);
  person_ = static_cast<std::uint32_t>(tenure.post);
  replication_ = replication;
  restrained_ = answer.restrained;
  notices_from_ = notices_from;
  forgone_.clear();
  from_ = At(work.before[At(tenure.first)]);
  until_ = At(work.before[At(std::min(tenure.last, year_.count - 1)) + 1]);
  events_.clear();
  for (const std::int32_t day : DaysAway()) off_[At(day)] = left_[At(day)] = 0;
  at_post_.clear();
  days_away_ = 0;
  shifts_away_ = {};
  for (const std::int32_t day : omitted_) unrecorded_[At(day)] = 0;
  omitted_.clear();
  Scan(work);
  // What takes a person away comes first: nobody arrives late on vacation.
  GoOn(work, tenure);
  Announce(tenure);
  TakeVacations(work, tenure, answer);
  OccurOnDates(work, tenure.person);
  const Hits& happenings = hits_[0][kEventWord];
  for (std::size_t i = 0; i < happenings.count; ++i) {
    HappenOn(work, happenings.data[i]);
  }
  TellWhoIsThere(work);
  const Hits& omissions = hits_[0][kOmissionWord];
  for (std::size_t i = 0; i < omissions.count; ++i) {
    Omit(work, omissions.data[i]);
  }
  for (std::int32_t shift = 1; shift <= shifts_; shift += 2) ArriveInTwo(work, shift);
  return events_;
}

// What a sanction deters from, and would have happened. A spell is forgone whole, by the day on
// which it would have begun: one that began before goes on.
bool Behavior::ForgoesRestrained(std::int32_t day, std::int32_t shift, population::Factor what) {
  if ((restrained_ >> year_.month[At(day)] & 1U) == 0) return false;
  std::uint32_t draw = 0;
  if (what == population::Factor::Lateness) {
    const auto entry = static_cast<std::uint32_t>(shift - 1);
    draw = Draw(day, kForgoneArrival + entry / 4)[entry % 4];
  } else {
    const bool omission = what == population::Factor::Omissions;
    draw = Draw(day, omission ? kForgoneOmission : kForgoneEvent)[0];
  }
  if (left_over_[static_cast<std::size_t>(what)].hit(draw)) return false;
  forgone_.push_back({day, shift, what});
  return true;
}

// The same for all the replications that a person lives in a row.
void Behavior::LookForLate(double factor, std::int64_t notices_from) {
  Late wanted{class_, factor, notices_from};
  if (late_.of == wanted.of && late_.factor == factor && late_.notices_from == notices_from) return;
  const population::Discrete& arrival = class_->arrival;
  lateness_ = {arrival, factor};
  if (notices_from <= arrival.largest()) {
    wanted.from = lateness_.FirstFrom(arrival.first_draw_from(
        static_cast<std::int32_t>(std::max<std::int64_t>(notices_from, arrival.smallest()))));
  }
  late_ = wanted;
}

// The same for all that is lived, as a rule.
void Behavior::Notice(const Noticed* noticed) {
  for (std::size_t o = 0; o < noticed_.size(); ++o) {
    noticed_[o] = {};
    if (noticed != nullptr)
      noticed_[o] = {noticed->idle[o], noticed->occurrences[o], noticed->returns[o]};
  }
  notice_of_ = noticed;
  for (std::vector<Chances>& known : known_chances_) known.clear();
  own_chances_ = {};
}

void Behavior::Scan(const WorkDays& work) {
  DayScan scan;
  scan.seed = seed_;
  scan.replication = replication_;
  scan.person = person_;
  scan.days = work.counters.data() + from_;
  scan.count = until_ - from_;
  for (std::size_t block = 0; block < hits_.size(); ++block) {
    scan.decision = kDayBlocks + static_cast<std::uint32_t>(block);
    const std::size_t first = block == 0 ? 0 : kEntriesInFirst + 4 * (block - 1);
    for (std::size_t word = 0; word < scan.from.size(); ++word)
      scan.from[word] = first + word < At(shifts_) ? late_.from : kNever;
    if (block == 0) {
      scan.from[kOmissionWord] = chances_->omission_from;
      scan.from[kEventWord] = chances_->noticed_from;
    }
    ScanDays(scan, hits_[block]);
  }
}

void Behavior::Leave(std::vector<std::uint32_t>& shifts, std::int32_t day, std::uint32_t bits) {
  const std::uint32_t before = off_[At(day)] | left_[At(day)];
  shifts[At(day)] |= bits;
  away_[days_away_] = day;
  days_away_ += bits != 0 && before == 0 ? 1 : 0;
  // One bit, as a rule: the processor's own count is a call that costs more.
  std::int32_t& away = shifts_away_[At(year_.month[At(day)])];
  const std::uint32_t more = bits & ~before;
  if (more == all_shifts_) {
    away += shifts_;
    return;
  }
  for (std::uint32_t left = more; left != 0; left &= left - 1) ++away;
}

std::array<std::int32_t, 12> Behavior::ShiftsAway(std::int32_t last) const {
  std::array<std::int32_t, 12> months = shifts_away_;
  if (last >= year_.count - 1) return months;
  for (const std::int32_t day : DaysAway()) {
    if (day > last)
      months[At(year_.month[At(day)])] -= std::popcount(off_[At(day)] | left_[At(day)]);
  }
  return months;
}

std::array<std::int32_t, 12> Behavior::ShiftsAway(std::int32_t last,
                                                  std::span<const std::int8_t> shifts_on) const {
  std::array<std::int32_t, 12> months = ShiftsAway(last);
  std::vector<std::uint32_t> untold(At(year_.count), 0);
  for (const Event& event : events_) {
    const bool takes = event.what == Happening::Absence || event.what == Happening::PostAbsence ||
                       event.what == Happening::Occurrence;
    if (takes && event.shift > shifts_on[At(event.day)])
      untold[At(event.day)] |= 1U << (event.shift - 1);
  }
  for (const std::int32_t day : DaysAway()) {
    const std::int32_t there = shifts_on[At(day)];
    if (day > last || there >= shifts_) continue;
    const std::uint32_t away = off_[At(day)] | left_[At(day)];
    const std::uint32_t told = away & ~untold[At(day)];
    months[At(year_.month[At(day)])] +=
        (there == 1 && told != 0 ? shifts_ : std::popcount(told)) - std::popcount(away);
  }
  return months;
}

// ---- vacations: part of each balance, in spells ----------------------------------

void Behavior::FindTogether() {
  for (const population::CollectiveVacation& c : population_.vacation.collective) {
    const auto day = [&](base::Date date) { return date.days() - year_.first; };
    Together together;
    together.first = std::max(0, day(c.from));
    together.last = std::min(year_.count - 1, day(c.to));
    if (c.announced && day(*c.announced) >= 0 && day(*c.announced) < year_.count)
      together.announced = day(*c.announced);
    together.groups = &c.groups;
    if (!c.offices.empty()) {
      office_ = population_.staff.Find(population_.office_attribute);
      if (office_ == nullptr) continue;
      for (const population::AttributeValue& value : office_->values)
        together.offices.push_back(std::find(c.offices.begin(), c.offices.end(), value.name) !=
                                   c.offices.end());
    }
    together_.push_back(std::move(together));
  }
}

bool Behavior::Reaches(const Together& together, std::size_t person) const {
  if (!(*together.groups)[population_.staff.group[person]]) return false;
  if (together.offices.empty()) return true;
  const std::int32_t office = office_->of[person];
  return office >= 0 && together.offices[At(office)];
}

// Everybody it reaches knows, whether they have a balance or not.
void Behavior::Announce(const Tenure& tenure) {
  const std::size_t occurrence = population_.vacation.announcement;
  for (const Together& together : together_) {
    if (together.announced < tenure.first || !Reaches(together, tenure.person)) continue;
    if (!noticed_[occurrence].told) continue;
    events_.push_back(
        {together.announced, 0, Happening::Occurrence, false, 1, ValueOf(occurrence, 0)});
  }
}

// What all take together comes first, and is part of what each would have used anyway.
void Behavior::TakeVacations(const WorkDays& work, const Tenure& tenure, const Answer& answer) {
  const population::VacationPlan& plan = population_.vacation;
  postponed_ = 0;
  halved_ = -1;
  balances_.clear();
  const std::int32_t opening =
      tenure.newcomer ? 0 : population_.staff.opening_half_days[tenure.person];
  if (opening != 0) balances_.push_back({0, opening, 0});
  for (const Acquired& acquired : answer.acquired)
    balances_.push_back({acquired.day + 1, acquired.half_days, 0});
  if (work.days.empty()) return;
  // One balance after the other: what is used of one hangs on none that is given later.
  for (Balance& balance : balances_) {
    const bool opens = balance.since == 0;
    const population::Discrete& share = opens ? plan.share : *plan.acquired;
    const auto draw = opens ? Draw(0, kVacationShare) : Draw(balance.since, kAcquired);
    if (!together_.empty()) TakeTogether(work, tenure.person, balance);
    Use(work, balance, balance.half_days * share.value(draw[0]) / 100 - balance.together);
  }
}

// As far as the balance goes; of a day that an earlier one was enough for half of, the other half.
void Behavior::TakeTogether(const WorkDays& work, std::size_t person, Balance& balance) {
  for (const Together& together : together_) {
    if (together.last < together.first || !Reaches(together, person)) continue;
    std::size_t at = At(work.before[At(std::max(together.first, balance.since))]);
    at = std::max(from_, at);
    for (; at < At(work.before[At(together.last) + 1]); ++at) {
      const std::int32_t day = work.days[at];
      const std::int32_t left = balance.half_days - balance.together;
      if (left <= 0) return;
      if (day == halved_) {
        Leave(off_, day, all_shifts_);
        const auto use = static_cast<std::int16_t>(VacationUse::Collective);
        events_.push_back({day, 0, Happening::Vacation, false, use, 1});
        ++balance.together;
        halved_ = -1;
        continue;
      }
      const std::int32_t taken =
          TakeDay(day, left, Draw(day, kTogether)[0], VacationUse::Collective);
      balance.together += taken;
      if (taken == 1) halved_ = day;
    }
  }
}

// So many half days of a balance, in spells of the programme.
void Behavior::Use(const WorkDays& work, const Balance& balance, std::int32_t left) {
  const population::VacationPlan& plan = population_.vacation;
  const std::size_t from = std::max(from_, At(work.before[At(balance.since)]));
  for (int attempt = 0; attempt < kVacationAttempts && left > 0; ++attempt) {
    const auto draw = DrawOf(balance, attempt, kVacationSpell);
    const std::int32_t month = plan.month.value(draw[1]) - 1;
    const auto first = std::max(from, At(work.before[At(year_.month_first[At(month)])]));
    const auto last = At(work.before[At(year_.month_last[At(month)]) + 1]);
    if (first >= last) continue;
    std::size_t at = first + population::Below(draw[2], static_cast<std::uint32_t>(last - first));
    const std::int32_t length = std::min(plan.spell.value(draw[0]), left);
    VacationUse use = VacationUse::Programmed;
    if (plan.reprogramming) {
      const auto again = DrawOf(balance, attempt, kReprogramming);
      if (plan.reprogramming->chance.hit(again[0])) {
        const auto moved = Moved(work, again, month);
        if (!moved) {
          postponed_ += length;
          left -= length;
          continue;
        }
        at = *moved;
        use = VacationUse::Reprogrammed;
      }
    }
    left -= PlaceVacation(work, at, length, draw[3], use);
  }
}

// Those of what is acquired in the year are keyed by its day, and an attempt is put in the bits
// above, where that of the opening balance has none.
std::array<std::uint32_t, 4> Behavior::DrawOf(const Balance& balance, int attempt,
                                              std::uint32_t decision) const {
  if (balance.since == 0) return Draw(attempt, decision);
  return DrawOf(At(attempt) + 1, balance.since, decision == kVacationSpell ? kAcquired : decision);
}

// A working day of the month that a spell is moved to; nothing: one of the next year.
std::optional<std::size_t> Behavior::Moved(const WorkDays& work,
                                           const std::array<std::uint32_t, 4>& draw,
                                           std::int32_t month) const {
  month += population_.vacation.reprogramming->later.value(draw[1]);
  if (At(month) >= year_.month_first.size()) return std::nullopt;
  const auto first = std::max(from_, At(work.before[At(year_.month_first[At(month)])]));
  const auto last = At(work.before[At(year_.month_last[At(month)]) + 1]);
  if (first >= last) return first;  // the first working day after a month without any
  return first + population::Below(draw[2], static_cast<std::uint32_t>(last - first));
}

// Whole days in a row from `at`, then the half day that may be left over. Days already
// taken are skipped; the year's end cuts the spell short.
std::int32_t Behavior::PlaceVacation(const WorkDays& work, std::size_t at, std::int32_t half_days,
                                     std::uint32_t draw, VacationUse use) {
  std::int32_t placed = 0;
  for (const std::size_t end = work.days.size(); at < end && placed < half_days; ++at)
    placed += TakeDay(work.days[at], half_days - placed, draw, use);
  return placed;
}

// So many half days, of those of a day that is not taken yet.
std::int32_t Behavior::TakeDay(std::int32_t day, std::int32_t half_days, std::uint32_t draw,
                               VacationUse use) {
  if (off_[At(day)] != 0) return 0;
  const std::int32_t taken = std::min(half_days, 2);
  const auto shift = population::Below(draw, static_cast<std::uint32_t>(shifts_));
  Leave(off_, day, taken == 2 ? all_shifts_ : 1U << shift);
  events_.push_back({day, 0, Happening::Vacation, false, static_cast<std::int16_t>(use), taken});
  return taken;
}

// ---- absences and conducts -------------------------------------------------------

inline void Behavior::HappenOn(const WorkDays& work, std::uint64_t hit) {
  const std::size_t at = from_ + Hits::position(hit);
  const std::size_t event = chances_->event(Hits::draw(hit));
  const std::uint64_t* from = &chances_->event_from[event];
  const Among among = {Hits::draw(hit) - from[0], from[1] - from[0]};
  const auto [what, which] = chances_->events[event];
  switch (what) {
    case Happening::Absence:
      return Spell(work, at, class_->absences[which], what, among);
    case Happening::PostAbsence:
      return Spell(work, at, class_->post_absences[which], what, among);
    case Happening::Conduct:
      return Misbehave(work.days[at], which);
    default:
      return Occur(work, at, which, among);
  }
}

// Nobody does on a day off.
inline void Behavior::Misbehave(std::int32_t day, std::size_t conduct) {
  if (off_[At(day)] == all_shifts_ || Forgoes(day, 0, population::Factor::Conducts)) return;
  events_.push_back({day, 0, Happening::Conduct, false, 0, static_cast<std::int32_t>(conduct)});
}

// Nothing begins by chance, or on a date, on a day that another thing took whole.
inline void Behavior::Occur(const WorkDays& work, std::size_t at, std::size_t occurrence,
                            Among among) {
  if (noticed_[occurrence].idle) return;
  const std::int32_t first = work.days[at];
  if (off_[At(first)] == all_shifts_) return;
  const population::Occurrence& o = population_.occurrences[occurrence];
  // One thing to decide is decided by the draw that it happens by; two want draws of their own.
  const bool both = !o.variant.constant() && !o.in_shift && !o.length().constant();
  const auto draw =
      both ? Draw(first, kOccurrenceDetail) : population::Block{among.draw(), among.draw(), 0, 0};
  Begin(work, at, occurrence, {draw[0], draw[1], among.shift(shifts_), {}});
}

// `passed`: weekdays before the year since it began, when it goes on from then.
void Behavior::Begin(const WorkDays& work, std::size_t at, std::size_t occurrence, const Form& form,
                     std::size_t passed) {
  const population::Occurrence& o = population_.occurrences[occurrence];
  const std::int32_t first = passed == 0 ? work.days[at] : weekdays_before_[passed - 1];
  const std::int32_t shift = o.shift > 0 ? o.shift : form.shift;
  const auto variant =
      form.known_variant.value_or(static_cast<std::size_t>(o.variant.value(form.variant)));
  const auto gone = static_cast<std::int32_t>(passed);
  const auto count = static_cast<std::int16_t>(passed == 0 || o.at_post ? gone + 1 : gone);
  Event told{first, 0, Happening::Occurrence, false, count, ValueOf(occurrence, variant)};
  if (o.in_shift) {
    told.shift = shift;
    if (passed > 0 || OccurInShift(told)) Follow(work, first, occurrence);
    return;
  }
  const std::int32_t length = o.length().value(form.length);
  std::size_t end = work.days.size();
  std::int32_t half_days = length - 2 * gone;
  bool over = half_days <= -2;  // and the first day back was before the year
  if (o.months) {
    const std::int32_t after = year_.date(first).plus_months(length).days() - year_.first;
    end = At(work.before[At(std::clamp(after, 0, year_.count))]);
    half_days = 2 * static_cast<std::int32_t>(end - at);
    over = passed > 0 && after <= weekdays_before_.front();
    if (o.counts_months) told.count = static_cast<std::int16_t>(length);
  }
  if (o.at_post) {
    at_post_.push_back({at, end, told});
  } else if (!over) {
    Spend(work, at, half_days, 1U << (shift - 1), told);
  }
  Follow(work, first, occurrence);
}

// A spell goes on over days already taken, as an illness does over a vacation, but they are not
// counted twice.
inline void Behavior::Spend(const WorkDays& work, std::size_t at, std::int32_t half_days,
                            std::uint32_t one, Event told) {
  const std::size_t occurrence = OccurrenceOf(told.value);
  const population::Occurrence& o = population_.occurrences[occurrence];
  const bool told_of = noticed_[occurrence].told;
  const std::int32_t first = told.day;
  if (told_of && first >= 0) events_.push_back(told);
  const std::size_t end = work.days.size();
  for (; at < end && half_days > 0; ++at, half_days -= 2) {
    told.day = work.days[at];
    if (told_of && o.each_day && told.day != first) {
      if (!o.counts_months) ++told.count;
      events_.push_back(told);
    }
    Leave(off_, told.day, half_days == 1 ? one : all_shifts_);
  }
  if (o.back_kind.empty() || at >= end || !noticed_[occurrence].back) return;
  events_.push_back({work.days[at], 0, Happening::Return, false, 0, told.value});
}

inline bool Behavior::OccurInShift(const Event& told) {
  if (!Free(told.day, told.shift)) return false;
  if (noticed_[OccurrenceOf(told.value)].told) events_.push_back(told);
  Leave(off_, told.day, 1U << (told.shift - 1));
  return true;
}

// ---- on a date, after another, and on days at the post ---------------------------

void Behavior::FindGiven() {
  const std::vector<population::Occurrence>& all = population_.occurrences;
  followers_.resize(all.size());
  for (std::size_t o = 0; o < all.size(); ++o) {
    if (all[o].follows) followers_[all[o].follows->occurrence].push_back(o);
    const population::Column* date = population_.staff.Find(all[o].date_of);
    if (date == nullptr) continue;
    OnOwnDate& own = on_own_date_.emplace_back(OnOwnDate{o, date, {}});
    for (const population::AttributeValue& value : date->values)
      own.day.push_back(AnniversaryOf(all[o], value.date));
  }
  for (const std::vector<std::size_t>& set : eligibility_.sets) {
    dated_.emplace_back();
    for (const std::size_t o : set) {
      for (const population::Occasion& occasion : all[o].dates) {
        if (const auto day = DayOf(year_, occasion)) dated_.back().push_back({*day, o});
      }
    }
  }
}

// Of 29 February, in a year without it, the date that the file says, if it does; -1: none.
std::int32_t Behavior::AnniversaryOf(const population::Occurrence& occurrence,
                                     base::Date date) const {
  auto day = DayOf(year_, {0, date.month(), date.day()});
  if (!day && occurrence.without_leap_day) day = DayOf(year_, *occurrence.without_leap_day);
  return day.value_or(-1);
}

Behavior::Form Behavior::FormOf(const std::array<std::uint32_t, 4>& draw) const {
  const auto shift = population::Below(draw[2], static_cast<std::uint32_t>(shifts_));
  return {draw[0], draw[1], static_cast<std::int32_t>(shift) + 1, {}};
}

void Behavior::OccurOnDates(const WorkDays& work, std::size_t person) {
  for (const Dated& dated : dated_[chances_->set]) OccurOn(work, dated);
  for (const OnOwnDate& own : on_own_date_) {
    const std::int32_t value = own.date->of[person];
    if (value < 0 || own.day[At(value)] < 0 || !MayHappen(own.occurrence)) continue;
    OccurOn(work, {own.day[At(value)], own.occurrence});
  }
}

// A Saturday that is also a holiday is a Saturday. Before the year no holiday is known.
population::DayKind Behavior::KindOf(const WorkDays& work, std::int32_t day) const {
  constexpr unsigned kSaturday = 6;
  using population::DayKind;
  if (day >= 0 && work.works(day)) return DayKind::Working;
  const unsigned weekday = year_.date(day).weekday();
  if (weekday < kSaturday) return day < 0 ? DayKind::Working : DayKind::Holiday;
  return weekday == kSaturday ? DayKind::Saturday : DayKind::Sunday;
}

// Whoever is already away on the date is not reached.
void Behavior::OccurOn(const WorkDays& work, const Dated& dated) {
  const population::Occurrence& o = population_.occurrences[dated.occurrence];
  if (noticed_[dated.occurrence].idle) return;
  const std::size_t at = At(work.before[At(dated.day)]);
  if (at < from_ || at >= until_) return;
  if (work.days[at] != dated.day && !o.carried_over) return;
  if (off_[At(work.days[at])] == all_shifts_) return;
  if (const auto form = FormOn(work, dated)) Begin(work, at, dated.occurrence, *form);
}

// How it happens, if it does.
std::optional<Behavior::Form> Behavior::FormOn(const WorkDays& work, const Dated& dated) const {
  const population::Occurrence& o = population_.occurrences[dated.occurrence];
  Form form;
  if (!o.certain()) {
    const auto draw = DrawOf(dated.occurrence, dated.day, kGivenDetail);
    if (!o.reached.hit(draw[3])) return std::nullopt;
    form = FormOf(draw);
  }
  if (o.variant_by_day)
    form.known_variant = (*o.variant_by_day)[static_cast<std::size_t>(KindOf(work, dated.day))];
  return form;
}

bool Behavior::MayHappen(std::size_t occurrence) const {
  const std::vector<std::size_t>& set = eligibility_.sets[chances_->set];
  return std::binary_search(set.begin(), set.end(), occurrence);
}

// On a day that is already taken too: a birth comes in the middle of a leave.
void Behavior::BeginFollowers(const WorkDays& work, std::int32_t first, std::size_t occurrence) {
  for (const std::size_t follower : followers_[occurrence]) {
    if (!MayHappen(follower)) continue;
    if (noticed_[follower].idle) continue;
    const population::Occurrence& o = population_.occurrences[follower];
    const auto draw = DrawOf(follower, first, kFollowing);
    const std::int32_t day = first + o.follows->days.value(draw[0]);
    if (!o.reached.hit(draw[1]) || day >= year_.count) continue;
    const std::size_t at = At(work.before[At(std::max(day, 0))]);
    if (at >= work.days.size()) continue;
    Begin(work, at, follower, FormOf(DrawOf(follower, day, kGivenDetail)), WeekdaysFrom(day));
  }
}

// Once all that takes the person away is known.
void Behavior::TellWhoIsThere(const WorkDays& work) {
  for (AtPost& spell : at_post_) {
    const std::size_t occurrence = OccurrenceOf(spell.told.value);
    if (!noticed_[occurrence].told) continue;
    bool begun = false;
    for (std::size_t at = spell.from; at < spell.end; ++at) {
      spell.told.day = work.days[at];
      if (off_[At(spell.told.day)] == all_shifts_) continue;
      if (begun && !population_.occurrences[occurrence].counts_months) ++spell.told.count;
      begun = true;
      events_.push_back(spell.told);
    }
  }
}

void Behavior::Spell(const WorkDays& work, std::size_t at, const population::SpellRate& rate,
                     Happening what, Among among) {
  const bool absent = what == Happening::Absence;
  if (Forgoes(work.days[at], 0,
              absent ? population::Factor::Absences : population::Factor::PostAbsences))
    return;
  const auto one = 1U << (among.shift(shifts_) - 1);
  const bool justified = among.takes(rate.justified);
  std::int32_t left = rate.half_days;
  for (; at < work.days.size() && left > 0; ++at) {
    const std::int32_t day = work.days[at];
    const std::uint32_t wanted = left == 1 ? one : all_shifts_;
    const std::uint32_t taken = wanted & ~off_[At(day)] & ~left_[At(day)];
    for (std::int32_t shift = 1; shift <= shifts_; ++shift) {
      if ((taken >> (shift - 1) & 1U) != 0) events_.push_back({day, shift, what, justified, 0, 0});
    }
    // Whoever leaves the post has arrived; whoever is absent has not.
    Leave(absent ? off_ : left_, day, taken);
    left -= 2;
  }
}

inline void Behavior::Omit(const WorkDays& work, std::uint64_t hit) {
  const std::int32_t day = work.days[from_ + Hits::position(hit)];
  Among among = {Hits::draw(hit) - chances_->omission_from, kNever - chances_->omission_from};
  const std::int32_t shift = among.shift(shifts_);
  if (!Free(day, shift) || Forgoes(day, shift, population::Factor::Omissions)) return;
  events_.push_back({day, shift, Happening::Omission, among.takes(class_->regularised), 0, 0});
  if (!among.takes(class_->missing_entry)) return;
  unrecorded_[At(day)] |= 1U << (shift - 1);
  omitted_.push_back(day);
}

// ---- arrivals --------------------------------------------------------------------

const Hits& Behavior::HitsOf(std::int32_t shift) const {
  const std::size_t entry = At(shift) - 1;
  if (entry < kEntriesInFirst) return hits_[0][entry];
  return hits_[1 + (entry - kEntriesInFirst) / 4][(entry - kEntriesInFirst) % 4];
}

// Those of a shift and the next, which need not exist, in order of day: facts in order are put in
// their place at once. Which of the two is next cannot be foreseen, and is not asked.
void Behavior::ArriveInTwo(const WorkDays& work, std::int32_t shift) {
  const Hits& one = HitsOf(shift);
  const Hits& other = HitsOf(shift + 1);
  const std::uint64_t* first = one.data.data();
  const std::uint64_t* second = other.data.data();
  for (std::size_t left = one.count + other.count; left > 0; --left) {
    const bool later = Hits::position(*second) < Hits::position(*first);
    const std::uint64_t* const hits[] = {first, second};
    Arrive(work, *hits[later ? 1 : 0], shift + (later ? 1 : 0));
    first += later ? 0 : 1;
    second += later ? 1 : 0;
  }
}

inline void Behavior::Arrive(const WorkDays& work, std::uint64_t hit, std::int32_t shift) {
  const std::uint32_t bit = 1U << (shift - 1);
  const std::int32_t day = work.days[from_ + Hits::position(hit)];
  if (((off_[At(day)] | unrecorded_[At(day)]) & bit) != 0) return;
  const std::uint32_t draw = lateness_.OfClass(Hits::draw(hit));
  const population::Discrete::Step& step = class_->arrival.at(draw);
  bool justified = false;
  // Whoever is not late is there at the hour.
  const bool on_time = step.value > 0 && Forgoes(day, shift, population::Factor::Lateness);
  if (on_time && notices_from_ > 0) return;
  if (!on_time) justified = class_->arrival.justified(step, draw);
  events_.push_back({day, shift, Happening::Arrival, justified, 0, on_time ? 0 : step.value});
}

}  // namespace cotejo::year
