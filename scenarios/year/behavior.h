// One simulated year of one person: what happens, before any regulation says what it means.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "scenarios/population/population.h"
#include "scenarios/year/attendance.h"
#include "scenarios/year/binding.h"
#include "scenarios/year/calendar.h"
#include "scenarios/year/lateness.h"
#include "scenarios/year/tenure.h"

namespace cotejo::year {

// Something that happened on a working day. Nothing here depends on a regulation.
struct Event {
  std::int32_t day = 0;    // of the year
  std::int32_t shift = 0;  // from 1; 0: the day as a whole
  Happening what = Happening::Arrival;
  bool flag = false;       // justified, regularised
  std::int16_t count = 0;  // Occurrence: number of the day away, from 1; Vacation: its VacationUse
  std::int32_t value = 0;  // Arrival: minutes after the fixed hour; Conduct: index of the
                           // rate; Vacation: half days; Occurrence, Return: see ValueOf
  friend bool operator==(const Event&, const Event&) = default;
};

// By day, shift and kind.
void PutInOrder(std::vector<Event>& events);

// Why a day of vacation is taken when it is. No text makes anything of it.
enum class VacationUse : std::int16_t {
  Programmed,    // when the year's programme says
  Reprogrammed,  // in a later month than that
  Collective,    // with everybody else
};

// An occurrence of the population and the form it took, as the value of an event.
constexpr std::int32_t ValueOf(std::size_t occurrence, std::size_t variant) {
  return static_cast<std::int32_t>(occurrence * population::kMostVariants + variant);
}
constexpr std::size_t OccurrenceOf(std::int32_t value) {
  return static_cast<std::size_t>(value) / population::kMostVariants;
}
constexpr std::size_t VariantOf(std::int32_t value) {
  return static_cast<std::size_t>(value) % population::kMostVariants;
}

// Which occurrences may happen to whom.
struct Eligibility {
  std::vector<std::vector<std::size_t>> sets;  // positions in Population::occurrences
  std::vector<std::uint32_t> of;               // by person: into sets
};

// Which occurrences, and which returns from them, some rule looks at; by position in
// Population::occurrences. Of those that are idle nothing is noticed, and they take nobody away.
struct Noticed {
  std::vector<bool> occurrences, returns, idle;
};

// Months of the year, a bit for each.
using Months = std::uint32_t;

// Vacation that a text gives on a day of the year. It may be used from the next one on.
struct Acquired {
  std::int32_t day = 0;
  std::int32_t half_days = 0;
  friend bool operator==(const Acquired&, const Acquired&) = default;
};

// What somebody does hangs on this of what they were told.
struct Answer {
  Months restrained = 0;           // those that follow a sanction
  std::vector<Acquired> acquired;  // by day
  friend bool operator==(const Answer&, const Answer&) = default;
};

// Something that did not happen because of a sanction some months before.
struct Forgone {
  std::int32_t day = 0;
  std::int32_t shift = 0;  // 0: the day as a whole
  population::Factor what = population::Factor::Lateness;
  friend bool operator==(const Forgone&, const Forgone&) = default;
};

// Draws the events of a person's year; one object a thread, for its buffers are reused.
class Behavior {
 public:
  // `shifts`: the most shifts any of the regulations has in a day. All must outlive it.
  Behavior(const population::Population& population, const Eligibility& eligibility,
           const YearDays& year, std::int32_t shifts, std::uint64_t seed);

  // What happens to somebody in a post, in no order: what begins from their first day to their
  // last, and may go on after it. The draws are the post's, so those of one occupant and the next
  // are of different days. Arrivals earlier than `notices_from` are left out, and so are
  // occurrences that are not `noticed` (none given: all are), which is not to change while it is
  // given; those that stay are the same whatever they are. What began before the year and goes on
  // in it is somebody's who was there. In the months that an answer restrains only a part happens
  // of what a sanction deters from: each thing has a draw of its own for it, so what begins in the
  // other months, and whatever is left, is the same. Of what it has acquired a part is used.
  const std::vector<Event>& Happen(const Tenure& tenure, const WorkDays& work,
                                   std::uint32_t replication, std::int64_t notices_from,
                                   const Noticed* noticed = nullptr, const Answer& answer = {});
  // The same in order of day, shift and kind.
  const std::vector<Event>& Live(const Tenure& tenure, const WorkDays& work,
                                 std::uint32_t replication, std::int64_t notices_from,
                                 const Noticed* noticed = nullptr, const Answer& answer = {});
  const std::vector<Event>& Live(std::size_t person, const WorkDays& work,
                                 std::uint32_t replication, std::int64_t notices_from,
                                 const Noticed* noticed = nullptr) {
    return Live(Tenure{person, person}, work, replication, notices_from, noticed);
  }
  // What of the last Live did not happen, in no order.
  [[nodiscard]] const std::vector<Forgone>& forgone() const { return forgone_; }
  // Shifts of the days of Live that the person was not at the post, until a day, by month.
  [[nodiscard]] std::array<std::int32_t, 12> ShiftsAway(std::int32_t last) const;
  // The same where some days have fewer shifts, or none (`shifts_on`, by day): what happens in one
  // that is not there is not told, and takes nobody away; who misses the only one is away all day.
  [[nodiscard]] std::array<std::int32_t, 12> ShiftsAway(
      std::int32_t last, std::span<const std::int8_t> shifts_on) const;
  // Half days of the programme of Live that were moved past the year's end.
  [[nodiscard]] std::int32_t postponed() const { return postponed_; }

 private:
  // How often somebody does each thing, as a multiple of what their class does.
  struct Own {
    double away = 1, omissions = 1, conducts = 1;
    friend bool operator==(const Own&, const Own&) = default;
  };
  struct Begun {  // an occurrence that began on one of so many weekdays before 1 January
    std::size_t occurrence = 0;
    std::uint32_t weekdays = 0;
  };
  struct OfDay {  // something that a day's draw begins
    Happening what = Happening::Occurrence;
    std::size_t which = 0;  // of the population, or of the class
  };
  struct Chances {  // of one behaviour class and set of occurrences with a number of working days
    std::size_t behaviour = 0;
    std::uint32_t set = 0;
    std::size_t days = 0;
    Own own;
    std::uint64_t omission_from = kNever;
    // Occurrences that take nobody away, which may be idle, absences, post absences, conducts, the
    // other occurrences; and of which draw each is the first, ascending, kNever after the last.
    std::vector<OfDay> events;
    std::vector<std::uint64_t> event_from;
    std::uint64_t noticed_from = kNever;    // the first draw of one that is not idle
    std::vector<Begun> begun;               // before the year
    std::vector<std::uint64_t> begun_from;  // ascending: of a draw of the year
    // By the upper bits of a draw past the first: where to start looking.
    std::vector<std::uint16_t> guide;
    unsigned guide_shift = 0;

    void Guide(int bits);
    [[nodiscard]] std::size_t event(std::uint32_t draw) const {
      std::size_t index = guide[(draw - event_from.front()) >> guide_shift];
      while (event_from[index + 1] <= draw) ++index;
      return index;
    }
  };
  // Where a draw falls among those of the same event: a number in [0, count), as likely each, that
  // decides what else is asked of it.
  struct Among {
    std::uint64_t position = 0, count = 1;
    // The same as a draw of 32 bits.
    [[nodiscard]] std::uint32_t draw() const {
      return static_cast<std::uint32_t>((position << 32) / count);
    }
    // Whether it is one of the first that hit the chance; then among those, or among the others.
    [[nodiscard]] bool takes(population::Chance chance) {
      const std::uint64_t first = chance.of(count);
      const bool taken = position < first;
      if (!taken) position -= first;
      count = taken ? first : count - first;
      return taken;
    }
    // One of the shifts, from 1.
    [[nodiscard]] std::int32_t shift(std::int32_t shifts) const {
      return static_cast<std::int32_t>(position % static_cast<std::uint64_t>(shifts)) + 1;
    }
  };

  // The decision of a draw: what happens on a date, or after another, is like (see behavior.cpp).
  static constexpr std::uint32_t kGivenDetail = 28;

  // What decides how an occurrence is, when its own tables leave it open.
  struct Form {
    std::uint32_t variant = 0, length = 0;  // draws
    std::int32_t shift = 1;
    std::optional<std::size_t> known_variant;  // instead of the draw
  };

  const Chances& FindChances(std::size_t behaviour, std::uint32_t set, std::size_t days);
  const Chances& FindOwnChances(std::size_t behaviour, std::uint32_t set, std::size_t days,
                                const Own& own);
  [[nodiscard]] Chances MakeChances(std::size_t behaviour, std::uint32_t set, std::size_t days,
                                    const Own& own) const;
  void LookForLate(double factor, std::int64_t notices_from);
  void Notice(const Noticed* noticed);
  void Scan(const WorkDays& work);
  struct Together {  // a collective vacation, as days of the year; `announced`: -1 if it is not
                     // told
    std::int32_t first = 0, last = 0, announced = -1;
    std::vector<bool> offices;  // by value of the office column; empty: all
    const std::vector<bool>* groups = nullptr;
  };

  struct Dated {  // an occurrence that some date of the year has
    std::int32_t day = 0;
    std::size_t occurrence = 0;
  };
  struct OnOwnDate {  // an occurrence that falls on a date of the person
    std::size_t occurrence = 0;
    const population::Column* date = nullptr;
    std::vector<std::int32_t> day;  // by value of the column; -1: none this year
  };
  struct AtPost {  // working days, by position, of something that does not take the person away
    std::size_t from = 0, end = 0;
    Event told;
  };

  void FindGiven();
  void FindBefore();
  [[nodiscard]] std::int32_t SpanOf(std::size_t occurrence) const;
  void FindDatedBefore(const std::vector<std::size_t>& set);
  void AddBegun(Chances& chances) const;
  [[nodiscard]] std::size_t WeekdaysFrom(std::int32_t day) const;
  [[nodiscard]] bool WasThere(std::size_t person, std::int32_t day) const;
  void GoOn(const WorkDays& work, const Tenure& tenure);
  void FindTogether();
  [[nodiscard]] bool Reaches(const Together& together, std::size_t person) const;
  void Announce(const Tenure& tenure);
  struct Balance {           // vacation that may be used
    std::int32_t since = 0;  // a day of the year; 0: what it opens with
    std::int32_t half_days = 0, together = 0;
  };

  void TakeVacations(const WorkDays& work, const Tenure& tenure, const Answer& answer);
  void TakeTogether(const WorkDays& work, std::size_t person, Balance& balance);
  void Use(const WorkDays& work, const Balance& balance, std::int32_t left);
  [[nodiscard]] std::array<std::uint32_t, 4> DrawOf(const Balance& balance, int attempt,
                                                    std::uint32_t decision) const;
  [[nodiscard]] std::optional<std::size_t> Moved(const WorkDays& work,
                                                 const std::array<std::uint32_t, 4>& draw,
                                                 std::int32_t month) const;
  std::int32_t PlaceVacation(const WorkDays& work, std::size_t at, std::int32_t half_days,
                             std::uint32_t draw, VacationUse use);
  [[nodiscard]] std::int32_t TakeDay(std::int32_t day, std::int32_t half_days, std::uint32_t draw,
                                     VacationUse use);
  void HappenOn(const WorkDays& work, std::uint64_t hit);
  void Misbehave(std::int32_t day, std::size_t conduct);
  void Spell(const WorkDays& work, std::size_t at, const population::SpellRate& rate,
             Happening what, Among among);
  void OccurOnDates(const WorkDays& work, std::size_t person);
  void OccurOn(const WorkDays& work, const Dated& dated);
  [[nodiscard]] std::optional<Form> FormOn(const WorkDays& work, const Dated& dated) const;
  void Occur(const WorkDays& work, std::size_t at, std::size_t occurrence, Among among);
  void Begin(const WorkDays& work, std::size_t at, std::size_t occurrence, const Form& form,
             std::size_t passed = 0);
  void Spend(const WorkDays& work, std::size_t at, std::int32_t half_days, std::uint32_t one,
             Event told);
  [[nodiscard]] std::int32_t AnniversaryOf(const population::Occurrence& occurrence,
                                           base::Date date) const;
  [[nodiscard]] Form FormOf(const std::array<std::uint32_t, 4>& draw) const;
  [[nodiscard]] population::DayKind KindOf(const WorkDays& work, std::int32_t day) const;
  [[nodiscard]] bool MayHappen(std::size_t occurrence) const;
  void Follow(const WorkDays& work, std::int32_t first, std::size_t occurrence) {
    if (!followers_[occurrence].empty()) BeginFollowers(work, first, occurrence);
  }
  void BeginFollowers(const WorkDays& work, std::int32_t first, std::size_t occurrence);
  void TellWhoIsThere(const WorkDays& work);
  [[nodiscard]] bool OccurInShift(const Event& told);
  void Omit(const WorkDays& work, std::uint64_t hit);
  [[nodiscard]] const Hits& HitsOf(std::int32_t shift) const;
  void ArriveInTwo(const WorkDays& work, std::int32_t shift);
  void Arrive(const WorkDays& work, std::uint64_t hit, std::int32_t shift);
  bool Forgoes(std::int32_t day, std::int32_t shift, population::Factor what) {
    return restrained_ != 0 && ForgoesRestrained(day, shift, what);
  }
  bool ForgoesRestrained(std::int32_t day, std::int32_t shift, population::Factor what);
  // Not inlined: a dozen copies of its rounds would not fit in the instruction cache.
  [[nodiscard, gnu::noinline]] std::array<std::uint32_t, 4> Draw(std::int32_t day,
                                                                 std::uint32_t decision) const;
  [[nodiscard]] std::array<std::uint32_t, 4> DrawOf(std::size_t occurrence, std::int32_t day,
                                                    std::uint32_t decision) const;
  void Leave(std::vector<std::uint32_t>& shifts, std::int32_t day, std::uint32_t bits);
  [[nodiscard]] std::span<const std::int32_t> DaysAway() const {
    return {away_.data(), days_away_};
  }
  [[nodiscard]] bool Free(std::int32_t day, std::int32_t shift) const {
    return (off_[static_cast<std::size_t>(day)] & (1U << (shift - 1))) == 0;
  }

  const population::Population& population_;
  const Eligibility& eligibility_;
  const YearDays& year_;
  std::int32_t shifts_;
  std::uint64_t seed_;
  std::uint32_t all_shifts_;                    // a bit for each
  std::vector<std::array<Hits, 4>> hits_;       // by block of four words
  std::vector<std::uint32_t> off_;              // by day: shifts in which the person is away
  std::vector<std::uint32_t> unrecorded_;       // by day: shifts whose entry was not recorded
  std::vector<std::uint32_t> left_;             // by day: shifts left after arriving
  std::vector<std::int32_t> away_;              // days with any of off_ or left_, in no order,
  std::size_t days_away_ = 0;                   // the first so many
  std::array<std::int32_t, 12> shifts_away_{};  // of those days, by month
  std::vector<std::int32_t> omitted_;           // the same of unrecorded_
  std::vector<Event> events_;
  std::vector<Together> together_;                   // of the year
  const population::Column* office_ = nullptr;       // of the staff, when some are of an office
  std::vector<std::vector<Dated>> dated_;            // by set of occurrences
  std::vector<OnOwnDate> on_own_date_;               // in order of occurrences
  std::vector<std::vector<std::size_t>> followers_;  // by occurrence: those that follow it
  std::vector<AtPost> at_post_;                      // of the year lived
  std::vector<std::int32_t> weekdays_before_;        // the year, the last one first: all negative
  std::vector<std::uint32_t> reach_;                 // by occurrence: into weekdays_before_
  std::vector<std::vector<Dated>> dated_before_;     // the same as dated_, of years before
  const population::Column* hired_ = nullptr;
  std::int32_t postponed_ = 0;
  struct Notices {  // of an occurrence
    bool idle = false, told = true, back = true;
  };
  std::vector<Notices> noticed_;  // by occurrence
  const Noticed* notice_of_ = nullptr;
  std::array<population::Chance, population::kDeterred> left_over_;  // chance that it happens
  std::vector<Forgone> forgone_;
  Months restrained_ = 0;
  std::int64_t notices_from_ = 0;
  const population::BehaviourClass* class_ = nullptr;
  struct Late {  // the first draw of an arrival that is noticed
    const population::BehaviourClass* of = nullptr;
    double factor = 1;
    std::int64_t notices_from = 0;
    std::uint64_t from = kNever;
  };
  OwnLateness lateness_;
  Late late_;
  std::uint32_t person_ = 0;
  std::uint32_t replication_ = 0;
  std::vector<Balance> balances_;     // in the order in which they are used
  std::int32_t halved_ = -1;          // the day all took of which a balance was enough for half
  std::size_t from_ = 0, until_ = 0;  // positions of the working days of the stay
  std::vector<std::vector<Chances>> known_chances_;  // by class and set: one a number of days
  Chances own_chances_;                              // of a person who is not as their class
  const Chances* chances_ = nullptr;
};

}  // namespace cotejo::year
