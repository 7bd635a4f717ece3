// The network of terms against brute force, and dates worked by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <limits>
#include <random>
#include <set>

#include "solver/checks/temporal.h"
#include "solver/checks/term_choices.h"
#include "solver/checks/term_replay.h"
#include "tests/base/sanitized.h"
#include "tests/checks/term_offices.h"
#include "tests/checks/text_rules.h"

namespace cotejo::checks {
namespace {

using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using BoundKind = rules::Milestone::Bound;

// ---- Dates worked by hand --------------------------------------------------------

// Carnival 2026: Monday 16 and Tuesday 17 February. 10 February is a holiday in Oruro alone.
TEST(TermDates, BusinessDaysSkipWeekendsAndHolidaysOfTheOffice) {
  const Office& paz = In("la_paz");
  const Minute thursday = Hour({2026, 2, 12}, 8, 30);
  EXPECT_EQ(Clock(Bound(paz, BoundKind::AtMost, WorkingDays(1), thursday)), "2026-02-13 23:59");
  // 13, 18 and 19.
  EXPECT_EQ(Clock(Bound(paz, BoundKind::AtMost, WorkingDays(3), thursday)), "2026-02-19 23:59");
  EXPECT_EQ(Clock(Bound(paz, BoundKind::AtLeast, WorkingDays(3), thursday)), "2026-02-19 00:00");
  // From Wednesday 18 back: 13 and 12.
  EXPECT_EQ(Clock(Bound(paz, BoundKind::Before, WorkingDays(2), Hour({2026, 2, 18}, 8, 30))),
            "2026-02-12 23:59");
  const Minute monday = Hour({2026, 2, 9}, 8, 30);
  EXPECT_EQ(Clock(Bound(paz, BoundKind::AtMost, WorkingDays(3), monday)), "2026-02-12 23:59");
  EXPECT_EQ(Clock(Bound(In("oruro"), BoundKind::AtMost, WorkingDays(3), monday)),
            "2026-02-13 23:59");
  // A Saturday counts from the next working day; 1 and 2 January 2026 are holidays.
  EXPECT_EQ(Clock(Bound(paz, BoundKind::AtMost, WorkingDays(1), Hour({2026, 2, 14}, 10))),
            "2026-02-18 23:59");
  EXPECT_EQ(Clock(Bound(paz, BoundKind::AtMost, WorkingDays(5), Hour({2025, 12, 31}, 23, 59))),
            "2026-01-09 23:59");
  // The holidays of 2027 are not known.
  EXPECT_EQ(Clock(Bound(paz, BoundKind::AtMost, WorkingDays(5), Hour({2026, 12, 31}, 8, 30))),
            "unknown");
}

TEST(TermDates, HoursRunByTheClockAndMonthsEndOnTheirLastDay) {
  const Office& paz = In("la_paz");
  const Minute friday = Hour({2026, 2, 13}, 18, 30);
  EXPECT_EQ(Clock(Bound(paz, BoundKind::AtMost, Hours(72), friday)), "2026-02-16 18:30");
  EXPECT_EQ(Clock(Bound(paz, BoundKind::Before, Hours(24), friday)), "2026-02-12 18:30");
  EXPECT_EQ(Clock(Bound(paz, BoundKind::AtMost, Days(3), friday)), "2026-02-16 23:59");
  EXPECT_EQ(Clock(Bound(paz, BoundKind::AtMost, Months(1), Hour({2026, 1, 31}, 9))),
            "2026-02-28 23:59");
  EXPECT_EQ(Clock(Bound(paz, BoundKind::AtMost, Months(12), Hour({2025, 12, 31}, 23, 59))),
            "2026-12-31 23:59");
  EXPECT_EQ(Clock(Bound(paz, BoundKind::Before, Months(1), Hour({2026, 3, 31}, 9))),
            "2026-02-28 23:59");
}

TEST(TermDates, MinutesOfWork) {
  const Office& paz = In("la_paz");
  // From Friday 18:30 before Carnival nobody works until Wednesday 18 at 08:30.
  const Minute friday = Hour({2026, 2, 13}, 18, 30);
  EXPECT_EQ(paz.Worked(friday, Hour({2026, 2, 16}, 18, 30)), 0);
  EXPECT_EQ(Clock(paz.NextWork(friday)), "2026-02-18 08:30");
  // A whole day is 08:30-12:30 and 14:30-18:30.
  EXPECT_EQ(paz.Worked(Hour({2026, 2, 12}, 18, 30), friday), 480);
  EXPECT_EQ(paz.Worked(Hour({2026, 2, 12}, 12), Hour({2026, 2, 12}, 15)), 60);
  EXPECT_EQ(paz.Worked(friday, friday), 0);
  const Stepper stepper(RipRules(), paz);
  EXPECT_EQ(stepper.Worked(Hour({2026, 2, 12}, 12), Hour({2026, 2, 13}, 9)), 30 + 240 + 30);
  EXPECT_EQ(paz.Worked(Hour({2026, 2, 12}, 12), Hour({2026, 2, 13}, 9)), 30 + 240 + 30);
}

TEST(TermDates, WhatTheCalendarProducesHappensOnItsOwnDates) {
  const Office& paz = In("la_paz");
  EXPECT_EQ(RhythmOf(RipRules(), "cierre_de_mes"), Rhythm::MonthEnds);
  EXPECT_EQ(RhythmOf(RipRules(), "cierre_de_gestión"), Rhythm::YearEnds);
  EXPECT_EQ(RhythmOf(RipRules(), "inasistencia"), Rhythm::Work);
  EXPECT_THAT(TimesOf(paz, {2026, 2, 28}, Rhythm::MonthEnds),
              ElementsAre(Hour({2026, 2, 28}, 23, 59)));
  EXPECT_THAT(TimesOf(paz, {2026, 2, 27}, Rhythm::MonthEnds), IsEmpty());
  EXPECT_THAT(TimesOf(paz, {2026, 2, 28}, Rhythm::Work), IsEmpty());  // a Saturday
  EXPECT_THAT(TimesOf(paz, {2026, 2, 27}, Rhythm::Work), SizeIs(4));
  int ends = 0;
  ForEachTime(RipOffices(), Rhythm::MonthEnds, [&](const Office& office, Minute) {
    ends += office.scope() == "la_paz" ? 1 : 0;
    return true;
  });
  EXPECT_EQ(ends, 13);
}

TEST(TermDates, TheTwoCountsAgreeOnEveryDayOfTheYear) {
  for (const char* scope : {"la_paz", "oruro"}) {
    const Office& office = In(scope);
    const Stepper stepper(RipRules(), office);
    for (Date date(2026, 1, 1); date <= Date(2026, 11, 30); date = date.plus_days(1)) {
      for (const Term& term : {Hours(30), Days(4), WorkingDays(7), Months(1)}) {
        for (const auto bound : {BoundKind::AtMost, BoundKind::AtLeast, BoundKind::Before}) {
          const Minute since = Hour(date, 12, 30);
          const auto there = Bound(office, bound, term, since);
          ASSERT_TRUE(there) << date.str();
          EXPECT_EQ(Clock(*there), Clock(stepper.Bound(bound, term, since))) << date.str();
        }
      }
      const Minute from = Hour(date, 10);
      EXPECT_EQ(office.Worked(from, from + 2000), stepper.Worked(from, from + 2000));
    }
  }
}

// ---- The network against brute force ---------------------------------------------

struct Puzzle {
  std::size_t events = 4;
  std::vector<Limit> limits;
  std::vector<Given> given;
};

// Terms are whole half days, so every earliest and every latest time is at midnight, at noon
// or a minute before midnight: that grid holds a solution whenever there is one.
class Puzzles {
 public:
  explicit Puzzles(unsigned seed) : random_(seed) {}

  int Pick(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }

  Limit OneLimit(int events) {
    Limit limit;
    limit.event = Pick(0, events - 1);
    limit.since = (limit.event + Pick(1, events - 1)) % events;
    const int kind = Pick(0, 9);
    limit.bound = kind < 5 ? BoundKind::AtMost : kind < 8 ? BoundKind::AtLeast : BoundKind::Before;
    limit.upper = limit.bound != BoundKind::AtLeast;
    switch (Pick(0, 3)) {
      case 0:
        limit.term = Hours(12 * Pick(0, 4));
        break;
      case 1:
        limit.term = Days(Pick(0, 2));
        break;
      default:
        limit.term = WorkingDays(Pick(0, 2));
    }
    return limit;
  }

  Puzzle Next() {
    Puzzle puzzle;
    const int count = Pick(2, 6);
    for (int l = 0; l < count; ++l) puzzle.limits.push_back(OneLimit(4));
    // A day from 2 February to 13 March: weekends, Carnival, the holiday of Oruro.
    const Minute time = At(Date(2026, 2, 2).plus_days(Pick(0, 39)), 720 * Pick(0, 1));
    for (const int start : Starts({{"a", "b", "c", "d"}, puzzle.limits})) {
      puzzle.given.push_back({start, time});
    }
    return puzzle;
  }

 private:
  std::mt19937 random_;
};

struct Solutions {
  bool any = false;
  std::vector<Minute> least, most;
};

// Every assignment of the grid, by the plain count.
class BruteForce {
 public:
  BruteForce(const Stepper& stepper, const Puzzle& puzzle) : puzzle_(puzzle) {
    const Minute start = puzzle.given.front().time;
    for (Date date = DateOf(start).plus_days(-16); date <= DateOf(start).plus_days(16);
         date = date.plus_days(1)) {
      for (const int minute : {0, 720, 1439}) times_.push_back(At(date, minute));
    }
    for (const Limit& limit : puzzle.limits) {
      auto& ends = ends_.emplace_back();
      for (const Minute time : times_) {
        ends.push_back(stepper.Bound(limit.bound, limit.term, time) + limit.plus);
      }
    }
    at_.assign(puzzle.events, -1);
    for (std::size_t t = 0; t < times_.size(); ++t) {
      if (times_[t] != start) continue;
      for (const Given& one : puzzle.given) {
        at_[static_cast<std::size_t>(one.event)] = static_cast<int>(t);
        given_.insert(one.event);
      }
    }
    solutions_.least.assign(puzzle.events, std::numeric_limits<Minute>::max());
    solutions_.most.assign(puzzle.events, std::numeric_limits<Minute>::min());
    Try(0);
  }

  [[nodiscard]] const Solutions& solutions() const { return solutions_; }
  [[nodiscard]] Minute first() const { return times_.front(); }
  [[nodiscard]] Minute last() const { return times_.back(); }

 private:
  [[nodiscard]] Minute Time(int event) const {
    return times_[static_cast<std::size_t>(at_[static_cast<std::size_t>(event)])];
  }

  // Whether the limits between the events given so far are kept.
  [[nodiscard]] bool Kept(int latest) const {
    for (std::size_t l = 0; l < puzzle_.limits.size(); ++l) {
      const Limit& limit = puzzle_.limits[l];
      if (std::max(limit.event, limit.since) != latest) continue;
      const Minute end =
          ends_[l][static_cast<std::size_t>(at_[static_cast<std::size_t>(limit.since)])];
      if (limit.upper ? Time(limit.event) > end : Time(limit.event) < end) return false;
    }
    return true;
  }

  void Try(int event) {
    if (event == static_cast<int>(puzzle_.events)) {
      solutions_.any = true;
      for (std::size_t e = 0; e < puzzle_.events; ++e) {
        solutions_.least[e] = std::min(solutions_.least[e], Time(static_cast<int>(e)));
        solutions_.most[e] = std::max(solutions_.most[e], Time(static_cast<int>(e)));
      }
      return;
    }
    if (given_.contains(event)) {
      if (Kept(event)) Try(event + 1);
      return;
    }
    for (std::size_t t = 0; t < times_.size(); ++t) {
      at_[static_cast<std::size_t>(event)] = static_cast<int>(t);
      if (Kept(event)) Try(event + 1);
    }
  }

  const Puzzle& puzzle_;
  std::vector<Minute> times_;
  std::vector<std::vector<Minute>> ends_;  // of each limit, from each time
  std::vector<int> at_;
  std::set<int> given_;
  Solutions solutions_;
};

TEST(TermNetwork, AgreesWithBruteForceOnHundredsOfNetworks) {
  constexpr int kRounds = tests::Fewer(400, 4);
  Puzzles puzzles(20260213);
  int possible = 0;
  for (int round = 0; round < kRounds; ++round) {
    const Office& office = In(round % 2 == 0 ? "la_paz" : "oruro");
    const Puzzle puzzle = puzzles.Next();
    const Stepper stepper(RipRules(), office);
    const BruteForce brute(stepper, puzzle);
    const Network network(puzzle.events, puzzle.limits);
    const Times earliest = network.Earliest(office, puzzle.given);
    const Times latest = network.Latest(office, puzzle.given);
    ASSERT_NE(earliest.fit, Fit::Unknown);
    EXPECT_EQ(earliest.fit == Fit::Yes, brute.solutions().any) << "round " << round;
    EXPECT_EQ(latest.fit, earliest.fit) << "round " << round;
    EXPECT_EQ(stepper.Impossible(puzzle.events, puzzle.limits, puzzle.given),
              earliest.fit == Fit::No)
        << "round " << round;
    if (earliest.fit != Fit::Yes || !brute.solutions().any) continue;
    ++possible;
    for (std::size_t e = 0; e < puzzle.events; ++e) {
      // What nothing bounds runs to the edge of the grid.
      if (earliest.at[e]) {
        EXPECT_EQ(Clock(earliest.at[e]), Clock(brute.solutions().least[e])) << "round " << round;
      } else {
        EXPECT_LE(brute.solutions().least[e], brute.first() + 16 * kMinutesPerDay);
      }
      if (latest.at[e]) {
        // The grid is coarser than the minute: its last time is the one before.
        EXPECT_GE(*latest.at[e], brute.solutions().most[e]) << "round " << round;
        EXPECT_LT(*latest.at[e], brute.solutions().most[e] + kMinutesPerDay / 2)
            << "round " << round;
      }
    }
    const Times story = network.Story(office, puzzle.given);
    ASSERT_EQ(story.fit, Fit::Yes);
    for (const Limit& limit : puzzle.limits) {
      const auto event = story.at[static_cast<std::size_t>(limit.event)];
      const auto since = story.at[static_cast<std::size_t>(limit.since)];
      if (event && since) {
        EXPECT_TRUE(stepper.Keeps(limit, *event, *since)) << "round " << round;
      }
    }
  }
  // Neither side is a formality.
  EXPECT_GT(4 * possible, kRounds);
  EXPECT_LT(8 * possible, 7 * kRounds);
}

TEST(TermChoices, AgreeWithTheNetworkOnEveryCombination) {
  Puzzles puzzles(7);
  const Office& office = In("la_paz");
  int chosen = 0;
  for (int round = 0; round < 40; ++round) {
    Puzzle puzzle = puzzles.Next();
    std::vector<Limit> alternatives{puzzle.limits.back()};
    puzzle.limits.pop_back();
    for (int more = 0; more < 2; ++more) alternatives.push_back(puzzles.OneLimit(4));
    // Without the alternatives more parts hang loose, and each needs its beginning.
    std::vector<Given> given;
    for (const int start : Starts({{"a", "b", "c", "d"}, puzzle.limits})) {
      given.push_back({start, puzzle.given.front().time});
    }
    puzzle.given = given;
    std::vector<std::vector<bool>> expected;
    for (unsigned bits = 0; bits < 8; ++bits) {
      std::vector<Limit> limits = puzzle.limits;
      std::vector<bool> met;
      for (unsigned a = 0; a < 3; ++a) {
        met.push_back((bits >> a & 1U) != 0);
        Limit limit = alternatives[a];
        if (!met.back()) {
          limit.plus = limit.upper ? 1 : -1;
          limit.upper = !limit.upper;
        }
        limits.push_back(limit);
      }
      if (Network(puzzle.events, limits).Earliest(office, puzzle.given).fit == Fit::Yes)
        expected.push_back(met);
    }
    std::sort(expected.begin(), expected.end());
    const TermChoices choices =
        FindChoices(office, puzzle.events, puzzle.limits, alternatives, puzzle.given, {}, "prueba");
    ASSERT_EQ(choices.outcome.answer, smt::Answer::Unsat) << "round " << round;
    EXPECT_EQ(choices.all, expected) << "round " << round;
    chosen += static_cast<int>(expected.size());
  }
  EXPECT_GT(chosen, 60);
}

TEST(TermNetwork, TermsThatLeaveTheKnownCalendarAreUnknown) {
  Limit limit;
  limit.event = 1;
  limit.since = 0;
  limit.upper = false;
  limit.bound = BoundKind::AtLeast;
  limit.term = WorkingDays(10);
  const Network network(2, {limit});
  const Office& office = In("la_paz");
  EXPECT_EQ(network.Earliest(office, {{0, Hour({2026, 12, 28}, 8, 30)}}).fit, Fit::Unknown);
  EXPECT_EQ(network.Earliest(office, {{0, Hour({2026, 11, 28}, 8, 30)}}).fit, Fit::Yes);
}

}  // namespace
}  // namespace cotejo::checks
