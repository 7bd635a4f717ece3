// People who come and go: how many, when, what is paid to them, and who is at the post.
#include <cmath>

#include "scenarios/year/behavior.h"
#include "scenarios/year/person_year.h"
#include "scenarios/year/post_year.h"
#include "scenarios/year/succession.h"
#include "tests/simulation/other_entity.h"
#include "tests/simulation/setting_for_tests.h"

namespace cotejo::year {
namespace {

using population::Discrete;

constexpr int kGestion = 2026;
constexpr int kDays = 365;
constexpr double kBound = 3.29;  // of a normal: 99.9 %

class TurnoverTest : public RipTest {
 protected:
  // Everybody leaves by themselves with this chance, in the first way the group has.
  void Leave(double chance, std::int32_t vacant) {
    population::Turnover& turnover = *population_.turnover;
    for (auto& departures : turnover.departures) {
      departures.resize(1);
      departures[0].chance = {static_cast<std::uint64_t>(chance * 4294967296.0)};
    }
    turnover.vacant = Discrete({{vacant, vacant, 1, {}}});
    turnover.removal.reset();
  }

  // Only these people are left.
  void Keep(std::size_t first, std::size_t count) {
    population::Staff& staff = population_.staff;
    const auto cut = [&](auto& all) {
      const auto begin = all.begin() + static_cast<std::ptrdiff_t>(first);
      all = {begin, begin + static_cast<std::ptrdiff_t>(count)};
    };
    for (population::Column& column : staff.columns) cut(column.of);
    cut(staff.group);
    cut(staff.behaviour);
    cut(staff.opening_half_days);
  }

  void MakeWorse() {
    for (population::BehaviourClass& c : population_.classes) {
      c.conduct_factor *= 30;
      for (population::SpellRate& spell : c.absences) spell.justified = {0};
    }
  }

  Forecast Years(int replications, std::uint64_t seed = 4) {
    Options options;
    options.gestion = kGestion;
    options.seed = seed;
    options.replications = replications;
    options.threads = 2;
    return Run({{"base", {"texto vigente", "text in force"}, regulation_.rules}}, options);
  }

  static const std::vector<std::int64_t>& Values(const Forecast& forecast, const std::string& key) {
    for (std::size_t c = 0; c < forecast.cells.size(); ++c) {
      if (forecast.cells[c].key == key) return forecast.regulations[0].values[c];
    }
    ADD_FAILURE() << key;
    static const std::vector<std::int64_t> none;
    return none;
  }

  static double Sum(const Forecast& forecast, const std::string& key) {
    double sum = 0;
    for (const std::int64_t value : Values(forecast, key)) sum += static_cast<double>(value);
    return sum;
  }

  static std::int64_t Scale(const Forecast& forecast, const std::string& key) {
    for (const Cell& cell : forecast.cells) {
      if (cell.key == key) return cell.scale;
    }
    return 0;
  }

  std::unique_ptr<Setting> Ready() {
    auto setting = Prepare({regulation_.rules.get()}, population_, kGestion, diagnostics_);
    EXPECT_TRUE(setting) << Messages(sources_, diagnostics_);
    return setting ? std::make_unique<Setting>(std::move(*setting)) : nullptr;
  }
};

// ---- how many, and when ----------------------------------------------------------

// Who leaves a post that nobody takes up again: one draw a post and year.
TEST_F(TurnoverTest, AsManyLeaveAsTheFileSays) {
  Quiet();
  for (const double p : {0.05, 0.3, 1.0}) {
    Leave(p, kDays);
    const Forecast forecast = Years(100);
    const double years = 220.0 * 100;
    EXPECT_NEAR(Sum(forecast, "puestos/salidas/total") / years, p,
                kBound * std::sqrt(p * (1 - p) / years) + 1e-9);
    EXPECT_EQ(Sum(forecast, "puestos/ingresos"), 0);
    // A day of the year is as likely as another: after it, 182 days are left on average.
    const double mean = p * (kDays - 1) / 2;
    const double square = p * (kDays - 1) * (2 * kDays - 1) / 6;
    EXPECT_NEAR(Sum(forecast, "puestos/vacante/total") / years /
                    static_cast<double>(Scale(forecast, "puestos/vacante/total")),
                mean, kBound * std::sqrt((square - mean * mean) / years));
  }
}

// When the next one begins the day after, the j-th leaves with chance p^j C(n, j) / n^j, for
// their days must come in order: (1 + p / n)^n - 1 a post and year in all.
TEST_F(TurnoverTest, PeopleSucceedOneAnother) {
  Quiet();
  Leave(0.8, 0);
  const Forecast forecast = Years(100);
  const double years = 220.0 * 100;
  const double expected = std::pow(1 + 0.8 / kDays, kDays) - 1;
  double square = 0;  // E[k²] from P(k or more)
  double term = 1;
  for (int j = 1; j < 30; ++j) {
    term *= 0.8 * (kDays - j + 1) / (j * static_cast<double>(kDays));
    square += (2 * j - 1) * term;
  }
  EXPECT_NEAR(Sum(forecast, "puestos/salidas/total") / years, expected,
              kBound * std::sqrt((square - expected * expected) / years));
  // Nobody is missed: each but those of 31 December is followed by one who comes the next day.
  EXPECT_EQ(Sum(forecast, "puestos/vacante/total"), 0);
  EXPECT_LE(Sum(forecast, "puestos/ingresos"), Sum(forecast, "puestos/salidas/total"));
  EXPECT_GE(Sum(forecast, "puestos/ingresos"), 0.98 * Sum(forecast, "puestos/salidas/total"));
}

TEST_F(TurnoverTest, NothingHappensOutsideTheStay) {
  MakeWorse();
  Leave(1.0, 10);
  const auto setting = Ready();
  ASSERT_TRUE(setting);
  int newcomers = 0;
  for (std::size_t post = 0; post < population_.staff.size(); ++post) {
    PersonYearKey key;
    key.person = post;
    std::int32_t before = -11;
    const int occupants = Occupants(*setting, population_, key);
    for (key.occupant = 0; key.occupant < occupants; ++key.occupant) {
      const evaluation::History history = PersonYear(*setting, population_, key);
      for (const evaluation::Fact& fact : history.facts) {
        EXPECT_LE(history.from, fact.date);
        EXPECT_LE(fact.date, history.to);
      }
      const std::int32_t first = history.from.days() - setting->year.first;
      EXPECT_EQ(first, before + 11);  // ten days with nobody
      before = history.to.days() - setting->year.first;
      if (key.occupant == 0) continue;
      ++newcomers;
      const auto hired = regulation_.rules->FindAttribute("ingreso");
      EXPECT_EQ(evaluation::AttributeOn(*regulation_.rules, history, hired, history.to).number,
                base::Rational(history.from.days()));
      const auto vacation = regulation_.rules->FindFactKind("vacación");
      for (const evaluation::Fact& fact : history.facts) EXPECT_NE(fact.kind, vacation);
    }
  }
  EXPECT_GT(newcomers, 150);
}

// Nobody leaving is as if there were no turnover.
TEST_F(TurnoverTest, WithoutDeparturesNothingChanges) {
  Leave(0, 0);
  const Forecast still = Years(4);
  population_.turnover.reset();
  const Forecast none = Years(4);
  ASSERT_LT(none.cells.size(), still.cells.size());
  for (std::size_t c = 0; c < none.cells.size(); ++c)
    EXPECT_EQ(Values(still, none.cells[c].key), none.regulations[0].values[c]) << none.cells[c].key;
}

// A newcomer has the hours of whom they are like: they may not hang on the date of being hired.
TEST_F(TurnoverTest, HoursThatHangOnTheDateOfHireAreRefused) {
  std::string text = kOtherEntity;
  const std::string hours = "para oficina en {nacional, la_paz, beni, oruro, potosí}";
  text.replace(text.find(hours), hours.size(), "para ingreso >= 2020-01-01");
  const auto rules = FromText(text);
  ASSERT_TRUE(rules);
  EXPECT_FALSE(Prepare({rules.get()}, population_, kGestion, diagnostics_));
  ASSERT_TRUE(diagnostics_.has_errors());
  EXPECT_EQ(diagnostics_.all().back().code, "simulación-no-admite");
  EXPECT_NE(diagnostics_.all().back().message.es.find("«ingreso»"), std::string::npos);
}

// Somebody may follow who is not like whoever was there before.
TEST_F(TurnoverTest, WhatHappensToANewcomerIsWhatMayHappenToThem) {
  for (population::Occurrence& occurrence : population_.occurrences) {
    if (!occurrence.only.empty()) occurrence.per_year = 8;
  }
  Leave(1, 0);
  const auto setting = Ready();
  ASSERT_TRUE(setting);
  const Succession succession(*setting, population_, 8);
  Behavior behavior(population_, setting->eligibility, setting->year, setting->shifts, 8);
  const auto may = [&](std::size_t person, std::size_t occurrence) {
    const auto& set = setting->eligibility.sets[setting->eligibility.of[person]];
    return std::find(set.begin(), set.end(), occurrence) != set.end();
  };
  int others = 0;
  for (std::size_t post = 0; post < population_.staff.size(); ++post) {
    const auto now = succession.Next(succession.First(post, 1), 10);
    ASSERT_TRUE(now);
    const std::size_t person = now->tenure.person;
    if (setting->eligibility.of[person] == setting->eligibility.of[post]) continue;
    for (const Event& event :
         behavior.Live(now->tenure, *setting->work[person], 1, setting->notices_from)) {
      if (event.what != Happening::Occurrence) continue;
      const std::size_t occurrence = OccurrenceOf(event.value);
      EXPECT_TRUE(may(person, occurrence)) << population_.occurrences[occurrence].name;
      others += population_.occurrences[occurrence].only.empty() ? 0 : 1;
    }
  }
  EXPECT_GT(others, 20);
}

// ---- destitution and retirement --------------------------------------------------

// What was judged up to the last day is what the whole year has up to that day.
TEST_F(TurnoverTest, WhatWasJudgedBeforeARemovalStands) {
  MakeWorse();
  Leave(0, 0);
  population_.turnover->removal = population::Removal{30, {}, {}};
  population_.names.separation.payment = "-";
  const auto setting = Ready();
  ASSERT_TRUE(setting);
  const Plan& plan = setting->plans[0].plan;
  const Succession succession(*setting, population_, 8);
  Behavior behavior(population_, setting->eligibility, setting->year, setting->shifts, 8);
  Evaluator whole(plan, Everything(plan), setting->year);
  Evaluator cut(plan, Everything(plan), setting->year);
  const int separation = plan.binding.separation.kind.value;
  int removed = 0;
  std::size_t kept = 0;
  for (std::size_t post = 0; post < population_.staff.size(); ++post) {
    for (std::uint32_t replication = 0; replication < 3; ++replication) {
      const Occupant occupant = succession.First(post, replication);
      const auto& events =
          behavior.Live(occupant.tenure, *setting->work[post], replication, setting->notices_from);
      Feed(setting->plans[0], post, events, whole);
      whole.Run();
      const Stay stay = succession.Judge(0, occupant, events, cut);
      ASSERT_FALSE(whole.failed() || cut.failed());
      if (stay.leaving == Leaving::No) continue;
      ++removed;
      using Row = std::tuple<std::int32_t, int, bool, bool, std::int64_t>;
      const auto rows = [&](const Evaluator& evaluator) {
        std::vector<Row> all;
        for (const Applied& a : evaluator.applied()) {
          const rules::Rule& rule = plan.rules->rules[static_cast<std::size_t>(a.rule)];
          // The month in which they leave is closed on their last day.
          if (a.day >= stay.tenure.last || rule.subject.kind.value == separation) continue;
          all.emplace_back(a.day, a.rule, a.stands, a.in_conflict,
                           rule.consequences.empty() ? 0 : evaluator.quantity(a, 0));
        }
        std::sort(all.begin(), all.end());
        return all;
      };
      const std::vector<Row> expected = rows(whole);
      EXPECT_EQ(rows(cut), expected);
      kept += expected.size();
      // The sanction that removed them is there, and the process took its days.
      bool ordered = false;
      for (const Applied& a : cut.applied()) {
        const RuleEffects& effects = setting->effects[0][static_cast<std::size_t>(a.rule)];
        ordered = ordered || ((effects.destitutes || effects.retires) && a.stands &&
                              a.day + 30 == stay.tenure.last);
      }
      EXPECT_TRUE(ordered);
    }
  }
  EXPECT_GT(removed, 60);
  EXPECT_GT(kept, 500U);
}

// The regulation says `retiro` with no process, and a norm that asks for one is in force.
TEST_F(TurnoverTest, ARemovalWaitsForTheProcessTheTextAsksFor) {
  const auto setting = Ready();
  ASSERT_TRUE(setting);
  const std::vector<rules::Rule>& all = regulation_.rules->rules;
  int retires = 0;
  for (std::size_t r = 0; r < all.size(); ++r) {
    const RuleEffects& effects = setting->effects[0][r];
    if (!effects.retires) continue;
    ++retires;
    EXPECT_TRUE(effects.retires_after_process) << all[r].name;
  }
  EXPECT_EQ(retires, 2);  // RIP:48.1 and RIP:48.2
}

TEST_F(TurnoverTest, ANullAmendmentChangesNothingThoughPeopleAreRemoved) {
  MakeWorse();
  Options options;
  options.gestion = kGestion;
  options.replications = 3;
  options.threads = 2;
  const Forecast forecast = Run({{"base", {"", ""}, regulation_.rules},
                                 {"nula", {"", ""}, Amended("enmienda-nula.enmienda.norma.md")}},
                                options);
  EXPECT_GT(Sum(forecast, "puestos/removidos"), 50);
  EXPECT_EQ(forecast.regulations[0].values, forecast.regulations[1].values);
}

// ---- money and service -----------------------------------------------------------

// One post at a time, so that each value is of one post and year: what it had and got is what
// was used, paid, lost, or is left.
TEST_F(TurnoverTest, TheVacationLedgerOfEachPostBalances) {
  MakeWorse();
  for (auto& departures : population_.turnover->departures) departures[0].chance.below *= 6;
  const population::Population all = population_;
  std::int64_t years = 0;
  std::int64_t paid = 0;
  for (std::size_t post = 0; post < all.staff.size(); post += 20) {
    population_ = all;
    Keep(post, 1);
    const Forecast forecast = Years(200);
    const auto& closing = Values(forecast, "vacaciones/saldo/final");
    for (std::size_t r = 0; r < closing.size(); ++r) {
      std::int64_t sum = 0;
      for (const char* cell :
           {"inicial", "adquirida", "usada", "duodécimas_de_quien_se_va", "pagada", "no_pagada"})
        sum += Values(forecast, std::string("vacaciones/saldo/") + cell)[r];
      ASSERT_EQ(sum, closing[r]);
      ASSERT_LE(Values(forecast, "vacaciones/saldo/pagada")[r], 0);
      ASSERT_LE(Values(forecast, "vacaciones/saldo/no_pagada")[r], 0);
      paid += Values(forecast, "vacaciones/saldo/pagada")[r] < 0 ? 1 : 0;
    }
    years += static_cast<std::int64_t>(closing.size());
  }
  EXPECT_GE(years, 2000);
  EXPECT_GT(paid, 200);
}

// DS25749:23.I: vacation is paid to who resigns, and not when a contract ends.
TEST_F(TurnoverTest, TheTextSaysToWhomVacationIsPaid) {
  Quiet();
  Leave(1.0, kDays);
  for (auto& departures : population_.turnover->departures)
    departures[0].fields[0].name = "renuncia";
  const Forecast resigned = Years(3);
  EXPECT_LT(Sum(resigned, "vacaciones/saldo/pagada"), 0);
  EXPECT_EQ(Sum(resigned, "vacaciones/saldo/no_pagada"), 0);
  EXPECT_GT(Sum(resigned, "vacaciones/pagada/centavos"), 0);
  EXPECT_EQ(Sum(resigned, "vacaciones/saldo/final"), 0);
  for (auto& departures : population_.turnover->departures)
    departures[0].fields[0].name = "conclusión_de_contrato";
  const Forecast ended = Years(3);
  EXPECT_EQ(Sum(ended, "vacaciones/saldo/pagada"), 0);
  EXPECT_EQ(Sum(ended, "vacaciones/saldo/no_pagada"), Sum(resigned, "vacaciones/saldo/pagada"));
}

// Everybody has the whole year: LEY2027:51.a gives one month's pay to all but consultants.
TEST_F(TurnoverTest, TheBonusOfAWholeYearIsOneMonthsPay) {
  population_.turnover.reset();
  base::Rational pay;
  for (const population::Column& column : population_.staff.columns) {
    if (column.attribute != "remuneración") continue;
    for (std::size_t i = 0; i < population_.staff.size(); ++i) {
      if (population_.staff.group[i] == 0)
        pay += column.values[static_cast<std::size_t>(column.of[i])].number;
    }
  }
  const Forecast forecast = Years(2);
  for (const std::int64_t value : Values(forecast, "aguinaldo/centavos/total"))
    EXPECT_EQ(base::Rational(value), pay * base::Rational(100));
}

// Whoever leaves on a day drawn from all of them is at the post on day d with chance 1 - d / n.
TEST_F(TurnoverTest, StaffDaysAreTheWorkingDaysOfWhoIsThere) {
  Quiet();
  Leave(0, 0);
  const auto setting = Ready();
  ASSERT_TRUE(setting);
  const Forecast still = Years(2);
  Leave(1.0, kDays);
  const Forecast leaving = Years(100);
  for (int month = 0; month < 12; ++month) {
    const std::string key =
        "servicio/días/" + std::string(month < 9 ? "0" : "") + std::to_string(month + 1) + "/total";
    double all = 0;
    double expected = 0;
    double variance = 0;
    for (const WorkDays* work : setting->work) {
      double mean = 0;
      double square = 0;
      int before = 0;
      for (const std::int32_t day : work->days) {
        if (setting->year.month[static_cast<std::size_t>(day)] != month) continue;
        ++all;
        ++before;  // at the post on so many of the month's days, or more
        const double there = 1 - static_cast<double>(day) / kDays;
        mean += there;
        square += (2 * before - 1) * there;
      }
      expected += mean;
      variance += square - mean * mean;
    }
    const auto scale = static_cast<double>(Scale(still, key));
    EXPECT_EQ(Sum(still, key) / scale, 2 * all) << key;
    EXPECT_NEAR(Sum(leaving, key) / static_cast<double>(Scale(leaving, key)) / 100, expected,
                kBound * std::sqrt(variance / 100))
        << key;
  }
}

// Everybody leaves on some day and somebody comes five days later: nobody is away, so each day at
// the post has its meal allowance, of the month in which one leaves too.
TEST_F(TurnoverTest, EachDayAtThePostHasItsMealAllowance) {
  Quiet();
  Leave(1.0, 5);
  const Forecast years = Years(3);
  const std::vector<std::int64_t>& paid = Values(years, "refrigerio/días/pagados");
  std::vector<std::int64_t> there(paid.size());
  for (const Cell& cell : years.cells) {
    if (cell.table != "servicio" || !cell.total) continue;
    EXPECT_EQ(cell.scale, Scale(years, "refrigerio/días/pagados"));
    for (std::size_t r = 0; r < there.size(); ++r) there[r] += Values(years, cell.key)[r];
  }
  EXPECT_EQ(there, paid);
  EXPECT_EQ(Values(years, "refrigerio/días/total"), paid);
  EXPECT_GT(Sum(years, "puestos/ingresos"), 600);
}

// Of a staff of whom nobody comes and goes somebody may have been hired in the year: what comes
// before is neither a day without meal allowance nor one at the post.
TEST_F(TurnoverTest, NobodyIsThereBeforeTheyAreHired) {
  Quiet();
  DropProcedures();
  population_.turnover.reset();
  Keep(0, 1);
  const base::Date hired(kGestion, 6, 15);
  for (population::Column& column : population_.staff.columns) {
    if (column.attribute != "ingreso") continue;
    population::AttributeValue value = column.values.front();
    value.date = hired;
    column.values.push_back(value);
    column.of.front() = static_cast<std::int32_t>(column.values.size()) - 1;
  }
  population_.staff.opening_half_days.front() = 0;
  const Forecast years = Years(2);
  auto setting = Prepare({regulation_.rules.get()}, population_, kGestion, diagnostics_);
  ASSERT_TRUE(setting) << Messages(sources_, diagnostics_);
  std::int64_t days = 0;
  for (const std::int32_t day : setting->work.front()->days)
    days += setting->year.date(day) >= hired ? 1 : 0;
  EXPECT_GT(days, 130);
  std::vector<std::int64_t> there(2);
  for (const Cell& cell : years.cells) {
    if (cell.table != "servicio" || !cell.total) continue;
    for (std::size_t r = 0; r < there.size(); ++r) there[r] += Values(years, cell.key)[r];
  }
  const std::int64_t all = days * Scale(years, "refrigerio/días/total");
  EXPECT_EQ(Values(years, "refrigerio/días/total"), std::vector<std::int64_t>(2, all));
  EXPECT_EQ(Values(years, "refrigerio/días/pagados"), std::vector<std::int64_t>(2, all));
  EXPECT_EQ(there, std::vector<std::int64_t>(2, all));
}

// The fact with which somebody leaves ends the relation, and nothing else that happens does; the
// date on which they were hired begins it.
TEST_F(TurnoverTest, OnlyWhatEndsTheRelationMaySayThatSomebodyLeaves) {
  const auto refused = [&](const char* kind, bool ends) {
    rules::Ruleset altered = *regulation_.rules;
    altered.fact_kinds[altered.FindFactKind(kind).index()].extinctive = ends;
    base::Diagnostics diagnostics;
    EXPECT_FALSE(Prepare({&altered}, population_, kGestion, diagnostics));
    return diagnostics.all().empty() ? std::string() : diagnostics.all().front().message.es;
  };
  EXPECT_NE(refused("desvinculación", false).find("no extingue la relación"), std::string::npos);
  EXPECT_NE(refused("vacación", true).find("extingue la relación"), std::string::npos);
  rules::Ruleset altered = *regulation_.rules;
  altered.constitutive = {};
  EXPECT_FALSE(Prepare({&altered}, population_, kGestion, diagnostics_));
  EXPECT_NE(diagnostics_.all().front().message.es.find("la relación no empieza"),
            std::string::npos);
}

// Vacation, all of the balance and nothing else: what is used is not at the post.
TEST_F(TurnoverTest, DaysOffAreNotDaysAtThePost) {
  Quiet();
  Leave(0, 0);
  const Forecast still = Years(2);
  population_.vacation.share = Discrete({{100, 100, 1, {}}});
  const Forecast away = Years(2);
  std::vector<std::int64_t> missed(2);
  for (const Cell& cell : away.cells) {
    if (cell.table != "servicio" || !cell.total) continue;
    for (std::size_t r = 0; r < 2; ++r)
      missed[r] += Values(still, cell.key)[r] - Values(away, cell.key)[r];
  }
  EXPECT_GT(missed[0], 0);
  for (std::size_t r = 0; r < 2; ++r)
    EXPECT_EQ(missed[r], -Values(away, "vacaciones/saldo/usada")[r]);
}

}  // namespace
}  // namespace cotejo::year
