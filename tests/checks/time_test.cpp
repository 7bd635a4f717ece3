// The checks on time: the network against brute force, dates worked by hand, each code on a
// small regulation, and what they say of the regulation itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <random>

#include "solver/checks/temporal.h"
#include "solver/checks/term_choices.h"
#include "solver/checks/term_replay.h"
#include "tests/checks/text_rules.h"

namespace cotejo::checks {
namespace {

using base::Date;
using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using BoundKind = rules::Milestone::Bound;
using rules::Term;
using rules::TermUnit;

const rules::Ruleset& RipRules() {
  static const auto regulation = [] {
    static base::SourceMap sources;
    base::Diagnostics diagnostics;
    const auto folder = std::filesystem::path(COTEJO_SOURCE_DIR) / "regulations" / "rip-2025";
    return rules::LoadRegulation(sources, folder.string(), {}, diagnostics).rules;
  }();
  return *regulation;
}

const Offices& RipOffices() {
  static const Offices offices = MakeOffices(RipRules(), 2026);
  return offices;
}

const Office& In(const std::string& scope) {
  for (const Office& office : RipOffices().all) {
    if (office.scope() == scope) return office;
  }
  ADD_FAILURE() << "no office in " << scope;
  return RipOffices().all.front();
}

Minute Hour(Date date, int hour, int minute = 0) { return At(date, hour * 60 + minute); }

std::string Clock(std::optional<Minute> time) {
  return time ? DateOf(*time).str() + " " + ClockOf(*time) : "unknown";
}

constexpr Term Hours(int n) { return {n, TermUnit::Hours}; }
constexpr Term Days(int n) { return {n, TermUnit::CalendarDays}; }
constexpr Term WorkingDays(int n) { return {n, TermUnit::BusinessDays}; }
constexpr Term Months(int n) { return {n, TermUnit::Months}; }

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
    puzzle.given = {{0, At(Date(2026, 2, 2).plus_days(Pick(0, 39)), 720 * Pick(0, 1))}};
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
      if (times_[t] == start) at_[0] = static_cast<int>(t);
    }
    solutions_.least.assign(puzzle.events, std::numeric_limits<Minute>::max());
    solutions_.most.assign(puzzle.events, std::numeric_limits<Minute>::min());
    Try(1);
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
    for (std::size_t t = 0; t < times_.size(); ++t) {
      at_[static_cast<std::size_t>(event)] = static_cast<int>(t);
      if (Kept(event)) Try(event + 1);
    }
  }

  const Puzzle& puzzle_;
  std::vector<Minute> times_;
  std::vector<std::vector<Minute>> ends_;  // of each limit, from each time
  std::vector<int> at_;
  Solutions solutions_;
};

TEST(TermNetwork, AgreesWithBruteForceOnFourHundredNetworks) {
  Puzzles puzzles(20260213);
  int possible = 0;
  for (int round = 0; round < 400; ++round) {
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
        EXPECT_EQ(Clock(latest.at[e]), Clock(brute.solutions().most[e])) << "round " << round;
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
  EXPECT_GT(possible, 100);
  EXPECT_LT(possible, 350);
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

// ---- Each code: a case that fires and one that is silent ---------------------------

const std::string kBasis = R"(
jerarquía ley > reglamento
norma LEY "Ley de prueba" rango ley vigente desde 2020-01-01
norma REG "Reglamento de prueba" rango reglamento vigente desde 2021-01-01
norma OTRO "Otro reglamento" rango reglamento vigente desde 2022-01-01
horario único cita REG:1 tramos 08:00 a 12:00, 14:00 a 18:00
hecho falta en tramo
hecho cierre cada mes
)";

std::vector<std::string> Titles(const base::CheckReport& report, const std::string& code) {
  std::vector<std::string> titles;
  for (const base::Finding& finding : Of(report, code)) titles.push_back(finding.title.es);
  return titles;
}

base::CheckReport CheckTerms(const std::string& norma, const std::string& code) {
  CheckOptions options;
  options.year = 2026;
  options.only = {code};
  base::CheckReport report = CheckText(kBasis + norma, options);
  EXPECT_EQ(report.totals.unknown + report.totals.unsupported, 0);
  EXPECT_GT(report.totals.planned, 0);
  for (const base::QueryRecord& query : report.queries) {
    EXPECT_EQ(query.check, code);
    EXPECT_FALSE(query.bounds.es.empty() || query.bounds.en.empty()) << query.name;
  }
  for (const base::Finding& finding : report.findings) {
    EXPECT_FALSE(finding.witness.facts.empty()) << finding.title.es;
    EXPECT_TRUE(finding.witness.replayed || finding.evidence == base::Evidence::Quoted);
    EXPECT_FALSE(finding.articles.empty() || finding.region.empty()) << finding.title.es;
    for (const base::Text& text :
         {finding.title, finding.explanation, finding.reading, finding.bounds}) {
      EXPECT_FALSE(text.es.empty() || text.en.empty()) << finding.title.es;
    }
  }
  return report;
}

TEST(IncompatibleTerms, NobodyCanKeepThemAll) {
  const auto report = CheckTerms(R"(
trámite compra cita REG:2
  hito falta
  hito informe tras 3 días hábiles desde falta obligación jefe
  hito visto tras 24 horas desde informe obligación jefe cita REG:3
  hito cierre_del_trámite hasta 3 días desde falta obligación jefe cita REG:4
  hito cierre_del_trámite tras 0 horas desde visto obligación jefe cita REG:4
)",
                                 "plazos-incompatibles");
  const auto found = Of(report, "plazos-incompatibles");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].severity, base::FindingSeverity::Error);
  EXPECT_EQ(base::JoinCitations(found[0].articles), "REG:2, REG:3, REG:4");
  // From a Monday: the report on Thursday at 00:00, 24 hours more, and three days end on
  // Thursday; the other days of the week it is worse.
  ASSERT_THAT(found[0].conditions, SizeIs(1));
  EXPECT_THAT(found[0].conditions[0], SizeIs(4));
  EXPECT_THAT(found[0].explanation.es, HasSubstr("1044 de 1044"));
}

TEST(IncompatibleTerms, OnlyFromSomeDaysOfTheWeek) {
  // Three days from a Monday reach Thursday, when the third business day begins; from a
  // Wednesday they reach Saturday, and the third business day is Monday.
  const auto report = CheckTerms(R"(
trámite compra cita REG:2
  hito falta
  hito informe tras 3 días hábiles desde falta obligación jefe
  hito informe hasta 3 días desde falta obligación jefe cita REG:4
)",
                                 "plazos-incompatibles");
  const auto found = Of(report, "plazos-incompatibles");
  ASSERT_THAT(found, SizeIs(1));
  // 2026 begins on a Thursday, the first that fails; 261 weekdays at four turns, three of five
  // fail: Wednesdays (52), Thursdays (53) and Fridays (52).
  EXPECT_THAT(found[0].explanation.es, HasSubstr("2026-01-01 (jueves)"));
  EXPECT_THAT(found[0].explanation.es, HasSubstr("628 de 1044"));
}

TEST(IncompatibleTerms, OneActWithTwoTerms) {
  const auto report = CheckTerms(R"(
trámite aviso cita REG:2
  hito falta
  hito descargo hasta 24 horas desde falta facultad persona si vence "no causa efecto" cita REG:2
  hito descargo hasta 72 horas desde falta obligación persona cita REG:3
)",
                                 "plazos-incompatibles");
  EXPECT_THAT(Titles(report, "plazos-incompatibles"),
              ElementsAre("«descargo» tiene dos plazos: 72 horas desde falta (REG:3) y 24 horas "
                          "desde falta (REG:2)"));
  const auto found = Of(report, "plazos-incompatibles");
  EXPECT_TRUE(found[0].resolution.empty());
  // Z3 was asked too, and agreed.
  EXPECT_TRUE(std::any_of(report.queries.begin(), report.queries.end(), [](const auto& query) {
    return query.engine == "z3" && query.verdict == base::Verdict::Refuted;
  }));
}

TEST(IncompatibleTerms, ResolvedByRankOrByDate) {
  const auto by_rank = CheckTerms(R"(
trámite aviso cita REG:2
  hito falta
  hito descargo hasta 24 horas desde falta obligación persona
  hito descargo hasta 3 días hábiles desde falta obligación persona cita LEY:3
)",
                                  "plazos-incompatibles");
  auto found = Of(by_rank, "plazos-incompatibles");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].severity, base::FindingSeverity::Information);
  EXPECT_EQ(found[0].resolution.es, "prevalece LEY:3: su norma es de mayor rango");
  const auto by_date = CheckTerms(R"(
trámite aviso cita REG:2
  hito falta
  hito descargo hasta 24 horas desde falta obligación persona
  hito descargo hasta 48 horas desde falta obligación persona cita OTRO:3
)",
                                  "plazos-incompatibles");
  found = Of(by_date, "plazos-incompatibles");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].resolution.es, "prevalece OTRO:3: su norma es posterior");
}

TEST(IncompatibleTerms, SilentWhenOneTermOrOneProvision) {
  const auto report = CheckTerms(R"(
trámite aviso cita REG:2
  hito falta
  hito comunicación hasta 24 horas desde falta obligación jefe
  hito descargo hasta 3 días hábiles desde comunicación facultad persona
  hito descargo hasta 3 días hábiles desde comunicación facultad persona cita LEY:2
  hito descargo hasta 20 días desde falta facultad persona
trámite acta cita REG:5
  hito falta
  hito acta hasta 2 días desde falta obligación jefe
  hito acta hasta 48 horas desde falta obligación jefe
)",
                                 "plazos-incompatibles");
  // REG:2 gives two terms itself, and LEY:2 repeats one of them.
  EXPECT_THAT(Titles(report, "plazos-incompatibles"), IsEmpty());
}

TEST(IncompatibleTerms, TheRuleAndTheProcedureDisagree) {
  const std::string procedure = R"(
trámite aviso cita REG:2
  hito falta
  hito comunicación hasta 24 horas desde falta obligación jefe
)";
  const auto differ = CheckTerms(procedure + R"(
regla avisa cita REG:2 sobre falta
  entonces obligación jefe "comunicar la falta" en 12 horas
)",
                                 "plazos-incompatibles");
  EXPECT_THAT(Titles(differ, "plazos-incompatibles"),
              ElementsAre("REG:2 da a jefe dos plazos: 12 horas en la regla y 24 horas en el "
                          "trámite"));
  const auto agree = CheckTerms(procedure + R"(
regla avisa cita REG:2 sobre falta
  entonces obligación jefe "comunicar la falta" en 24 horas, facultad persona "descargar" en 12 horas
)",
                                "plazos-incompatibles");
  EXPECT_THAT(Titles(agree, "plazos-incompatibles"), IsEmpty());
}

TEST(LapsingRight, OverBeforeItIsOpened) {
  const auto report = CheckTerms(R"(
trámite aviso cita REG:2
  hito falta
  hito comunicación hasta 24 horas desde falta obligación jefe
  hito descargo tras 0 horas desde comunicación facultad persona
  hito descargo hasta 24 horas desde falta facultad persona cita REG:3
)",
                                 "derecho-que-caduca");
  const auto titles = Titles(report, "derecho-que-caduca");
  ASSERT_THAT(titles, SizeIs(2));  // and it may run out outside working hours
  EXPECT_EQ(titles[0],
            "el derecho «descargo» (REG:3) puede caducar antes de que llegue «comunicación», que "
            "lo abre");
  const auto found = Of(report, "derecho-que-caduca");
  EXPECT_EQ(base::JoinCitations(found[0].articles), "REG:2, REG:3");
  EXPECT_TRUE(found[0].witness.replayed);
}

TEST(LapsingRight, SilentWhenItRunsFromWhatOpensItInBusinessDays) {
  const auto report = CheckTerms(R"(
trámite aviso cita REG:2
  hito falta
  hito comunicación hasta 24 horas desde falta obligación jefe
  hito descargo hasta 2 días hábiles desde comunicación facultad persona
trámite largo cita REG:3
  hito falta
  hito comunicación hasta 24 horas desde falta obligación jefe
  hito descargo tras 0 horas desde comunicación facultad persona
  hito descargo hasta 96 horas desde falta facultad persona
)",
                                 "derecho-que-caduca");
  EXPECT_THAT(Titles(report, "derecho-que-caduca"), IsEmpty());
}

TEST(LapsingRight, AWeekendWithoutAnHourOfWork) {
  const auto report = CheckTerms(R"(
trámite aviso cita REG:2
  hito falta
  hito descargo hasta 62 horas desde falta facultad persona
)",
                                 "derecho-que-caduca");
  // Without holidays Friday 18:00 to Monday 08:00 is 62 hours: the term ends as work begins.
  const auto found = Of(report, "derecho-que-caduca");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].witness.facts[0].date.str(), "2026-01-02");
  EXPECT_EQ(found[0].witness.facts[0].description.es, "18:00 falta");
  EXPECT_THAT(found[0].explanation.es, HasSubstr("en 52 de los "));
  const auto longer = CheckTerms(R"(
trámite aviso cita REG:2
  hito falta
  hito descargo hasta 63 horas desde falta facultad persona
)",
                                 "derecho-que-caduca");
  EXPECT_THAT(Titles(longer, "derecho-que-caduca"), IsEmpty());
}

TEST(TermCycle, NothingSetsThemGoing) {
  const auto report = CheckTerms(R"(
trámite visto cita REG:2
  hito informe hasta 3 días desde dictamen obligación jefe
  hito dictamen hasta 2 días desde informe obligación asesor cita REG:3
)",
                                 "ciclo-de-plazos");
  EXPECT_THAT(Titles(report, "ciclo-de-plazos"),
              ElementsAre("se esperan unos a otros y nada los pone en marcha: «informe», "
                          "«dictamen»"));
  EXPECT_TRUE(Of(report, "ciclo-de-plazos")[0].witness.replayed);
}

TEST(TermCycle, SilentWhenSomethingOutsideDoes) {
  const auto report = CheckTerms(R"(
trámite visto cita REG:2
  hito falta
  hito informe hasta 3 días desde dictamen obligación jefe
  hito informe hasta 5 días desde falta obligación jefe
  hito dictamen hasta 2 días desde informe obligación asesor
trámite comisión cita REG:3
  hito viaje hasta 9 días desde solicitud obligación jefe
  hito solicitud 5 días antes de viaje obligación persona
)",
                                 "ciclo-de-plazos");
  EXPECT_THAT(Titles(report, "ciclo-de-plazos"), IsEmpty());
}

TEST(HoursAndDays, ADutyWithoutAnHourOfWorkAndTermsThatChangePlaces) {
  const auto report = CheckTerms(R"(
trámite permiso cita REG:2
  hito falta
  hito solicitud hasta 1 días hábiles desde falta facultad persona
  hito regularización hasta 60 horas desde falta obligación persona cita REG:3
)",
                                 "horas-y-días-hábiles");
  EXPECT_THAT(
      Titles(report, "horas-y-días-hábiles"),
      ::testing::UnorderedElementsAre(
          "«regularización» (REG:3, 60 horas desde falta) puede vencer sin una sola hora de "
          "trabajo para cumplirlo",
          "según el día, «regularización» en 60 horas desde falta vence antes o después que "
          "«solicitud» en 1 día hábil desde falta"));
}

TEST(HoursAndDays, TheEndOfAMonthIsWhenItIs) {
  // 31 January 2026 is a Saturday: 32 hours from its last minute end on Monday before work.
  const std::string month_end = R"(
trámite planilla cita REG:2
  hito cierre
  hito planilla hasta )";
  const auto report =
      CheckTerms(month_end + "32 horas desde cierre obligación jefe\n", "horas-y-días-hábiles");
  const auto found = Of(report, "horas-y-días-hábiles");
  ASSERT_THAT(found, SizeIs(1));
  // … and so from 28 February and 31 October, Saturdays, and from Friday 31 July, the longest
  // wait of the thirteen ends; Sunday 31 May and the rest have a day of work within.
  EXPECT_THAT(found[0].explanation.es, HasSubstr("en 4 de los 13 comienzos"));
  EXPECT_THAT(found[0].explanation.es, HasSubstr("2026-07-31 (viernes) a las 23:59"));
  EXPECT_THAT(found[0].witness.facts[0].description.es, "23:59 cierre");
}

TEST(HoursAndDays, SilentInBusinessDays) {
  const auto report = CheckTerms(R"(
trámite permiso cita REG:2
  hito falta
  hito solicitud hasta 1 días hábiles desde falta facultad persona
  hito regularización hasta 3 días hábiles desde falta obligación persona
  hito archivo hasta 90 horas desde falta obligación jefe
)",
                                 "horas-y-días-hábiles");
  // 90 hours always hold some of Monday, and always end after one business day … but not
  // always after three.
  EXPECT_THAT(Titles(report, "horas-y-días-hábiles"),
              ElementsAre("según el día, «archivo» en 90 horas desde falta vence antes o después "
                          "que «regularización» en 3 días hábiles desde falta"));
  const auto plain = CheckTerms(R"(
trámite permiso cita REG:2
  hito falta
  hito solicitud hasta 1 días hábiles desde falta facultad persona
)",
                                "horas-y-días-hábiles");
  EXPECT_THAT(Titles(plain, "horas-y-días-hábiles"), IsEmpty());
}

TEST(TermConsequence, NothingSaysWhatAMissCauses) {
  const auto report = CheckTerms(R"(
trámite permiso cita REG:2
  hito falta
  hito respuesta hasta 24 horas desde falta obligación jefe
  hito descargo hasta 2 días hábiles desde falta facultad persona cita REG:3
regla archiva cita REG:4 sobre falta entonces obligación jefe "archivar" en 5 días
)",
                                 "plazo-sin-consecuencia");
  EXPECT_THAT(Titles(report, "plazo-sin-consecuencia"),
              ::testing::UnorderedElementsAre(
                  "REG:2 fija plazo y nada dice qué pasa si vence: «respuesta» en 24 horas desde "
                  "falta (jefe)",
                  "REG:3 fija plazo y nada dice qué pasa si vence: «descargo» en 2 días hábiles "
                  "desde falta (persona)",
                  "REG:4 fija plazo y nada dice qué pasa si vence: archivar en 5 días calendario "
                  "(jefe)"));
}

TEST(TermConsequence, SilentWhenSaidOrSafeguardedOrOverruled) {
  const auto report = CheckTerms(R"(
hecho conducta en día
regla castigo cita REG:9 sobre conducta entonces descuento 1 día
trámite permiso cita REG:2
  hito falta
  hito respuesta hasta 24 horas desde falta obligación jefe si vence "se tiene por dado"
  hito informe hasta 3 días desde falta obligación asesor cita REG:3
  hito acta hasta 3 días desde falta obligación notario cita REG:5
  hito pago hasta 5 días desde falta obligación entidad cita REG:6
  hito pago hasta 9 días desde falta obligación entidad cita LEY:6 si vence "con multa"
regla responde cita REG:2 sobre falta entonces obligación jefe "responder" en 24 horas
tutela REG:3 con REG:9
tutela lo_demás de notario con REG:9
)",
                                 "plazo-sin-consecuencia");
  EXPECT_THAT(Titles(report, "plazo-sin-consecuencia"), IsEmpty());
}

TEST(TermStart, ATermWithoutAStartOrFromNothing) {
  const auto report = CheckTerms(R"(
trámite aviso cita REG:2
  hito falta
  hito notificación hasta 48 horas obligación jefe
  hito notificación hasta 48 horas desde falta obligación jefe
  hito verificación
  hito informe hasta 3 días desde verificación obligación jefe cita REG:3
)",
                                 "plazo-sin-inicio");
  EXPECT_THAT(
      Titles(report, "plazo-sin-inicio"),
      ::testing::UnorderedElementsAre(
          "REG:2 fija plazo y no dice desde cuándo corre: «notificación» en 48 horas (jefe)",
          "REG:3 cuenta un plazo con algo que nada produce: «informe» en 3 días "
          "calendario desde verificación (jefe)"));
  for (const base::Finding& finding : Of(report, "plazo-sin-inicio")) {
    const bool supposes = finding.explanation.es.find("suposición") != std::string::npos;
    EXPECT_EQ(supposes, base::JoinCitations(finding.articles) == "REG:2");
  }
}

TEST(TermStart, SilentWhenEachTermHasAStart) {
  const auto report = CheckTerms(R"(
trámite aviso cita REG:2
  hito falta
  hito notificación obligación jefe
  hito descargo hasta 72 horas desde notificación facultad persona
  hito archivo tras 3 días desde falta obligación jefe
  hito devolución hasta 3 días desde archivo obligación jefe
)",
                                 "plazo-sin-inicio");
  EXPECT_THAT(Titles(report, "plazo-sin-inicio"), IsEmpty());
}

TEST(Terms, WhatCannotBeCountedIsUnsupported) {
  CheckOptions options;
  options.year = 2026;
  options.only = {"plazos-incompatibles"};
  const auto report = CheckText(kBasis + R"(
trámite aviso cita REG:2
  hito falta
  hito descargo hasta 1/2 días desde falta facultad persona
)",
                                options);
  EXPECT_EQ(report.totals.unsupported, 1);
  EXPECT_EQ(report.totals.proved, 0);
}

// ---- The regulation ----------------------------------------------------------------

class RipTerms : public ::testing::Test {
 protected:
  static const base::CheckReport& Report() {
    static const base::CheckReport report = [] {
      CheckOptions options;
      options.year = 2026;
      options.only = {"plazos-incompatibles", "derecho-que-caduca",     "ciclo-de-plazos",
                      "horas-y-días-hábiles", "plazo-sin-consecuencia", "plazo-sin-inicio"};
      return Check(RipRules(), rules::BuildFamilies(RipRules()), options);
    }();
    return report;
  }

  static const base::Finding* Find(const std::string& code, const std::string& cited) {
    for (const base::Finding& finding : Report().findings) {
      if (finding.code == code && base::JoinCitations(finding.articles) == cited) return &finding;
    }
    return nullptr;
  }
};

TEST_F(RipTerms, NothingIsLeftOpenAndEveryDateWasCountedTwice) {
  EXPECT_EQ(Report().totals.unknown, 0);
  EXPECT_EQ(Report().totals.unsupported, 0);
  for (const base::Finding& finding : Report().findings) {
    EXPECT_TRUE(finding.witness.replayed || finding.code == "plazo-sin-inicio") << finding.title.es;
    if (finding.counterpart) {
      EXPECT_TRUE(finding.counterpart->replayed) << finding.title.es;
    }
  }
  EXPECT_THAT(Of(Report(), "ciclo-de-plazos"), IsEmpty());
}

TEST_F(RipTerms, TwentyFourHoursAgainstSeventyTwo) {
  const base::Finding* finding = Find("plazos-incompatibles", "RIP:26.II, RIP:51.I");
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->severity, base::FindingSeverity::Error);
  EXPECT_TRUE(finding->resolution.empty());
  ASSERT_THAT(finding->witness.answers, SizeIs(2));
  // Monday 5 January 2026: the first working day of the year.
  EXPECT_THAT(finding->witness.answers[0].description.es,
              HasSubstr("2026-01-08 (jueves) a las 08:30"));
  EXPECT_THAT(finding->witness.answers[1].description.es,
              HasSubstr("2026-01-06 (martes) a las 08:30"));
  EXPECT_THAT(finding->witness.answers[1].description.es, HasSubstr("no causa efecto"));
  EXPECT_TRUE(finding->witness.answers[0].stands);
  EXPECT_FALSE(finding->witness.answers[1].stands);
}

TEST_F(RipTerms, TheRightToRegulariseMayLapseBeforeTheCommunication) {
  const base::Finding* finding = Find("derecho-que-caduca", "RIP:51.I");
  ASSERT_NE(finding, nullptr);
  EXPECT_THAT(finding->title.es, HasSubstr("antes de que llegue «comunicación»"));
}

TEST_F(RipTerms, SeventyTwoHoursOverCarnivalHoldNoWork) {
  const base::Finding* finding = Find("derecho-que-caduca", "RIP:51.III, RIP:52");
  ASSERT_NE(finding, nullptr);
  // The longest wait of 2026: the term is over on Monday of Carnival, and work resumes on
  // Wednesday.
  EXPECT_THAT(finding->explanation.es, HasSubstr("2026-02-13 (viernes) a las 18:30"));
  EXPECT_THAT(finding->explanation.es, HasSubstr("2026-02-16 (lunes) a las 18:30"));
  EXPECT_THAT(finding->explanation.es, HasSubstr("2026-02-18 (miércoles) a las 08:30"));
}

TEST_F(RipTerms, TheEndOfOctoberLeavesNoHourToNotifyLateness) {
  const base::Finding* finding = Find("horas-y-días-hábiles", "RIP:51.II");
  ASSERT_NE(finding, nullptr);
  EXPECT_THAT(finding->explanation.es, AnyOf(HasSubstr("2026-10-31"), HasSubstr("2025-12-31")));
}

TEST_F(RipTerms, TermsWithoutAStart) {
  for (const char* cited : {"RIP:26.II", "RIP:29", "RIP:51.I", "RIP:51.II"}) {
    EXPECT_NE(Find("plazo-sin-inicio", cited), nullptr) << cited;
  }
}

TEST_F(RipTerms, TheLawSettlesTheTermsOfTheCertificateAndOfVacations) {
  for (const char* cited : {"DS25749:20.c, LEY2027:48.c, RIP:21.II.c",
                            "DS25749:20.c, LEY2027:48.c, RIP:31.III", "LEY2027:50, RIP:33.II.b"}) {
    const base::Finding* finding = Find("plazos-incompatibles", cited);
    ASSERT_NE(finding, nullptr) << cited;
    EXPECT_EQ(finding->severity, base::FindingSeverity::Information) << cited;
    EXPECT_THAT(finding->resolution.es, HasSubstr("LEY2027")) << cited;
  }
}

}  // namespace
}  // namespace cotejo::checks
