// Vacation that the text gives in the year and that is used in it.
#include <algorithm>
#include <map>
#include <string>

#include "scenarios/year/living.h"
#include "tests/simulation/other_entity.h"
#include "tests/simulation/setting_for_tests.h"

namespace cotejo::year {
namespace {

using population::Discrete;

constexpr int kGestion = 2026;
constexpr const char* kRemoves = R"(
medida vez por gestión cita OTRA:3 = cuenta(conducta del mismo inciso)
regla fuera cita OTRA:8 sobre conducta cuando vez >= 5 entonces retiro
)";
constexpr std::int32_t kGiven = 30;  // half days, by kBareEntity to everybody each anniversary

// All it takes to live stays in posts by the first regulation, and judge them.
struct Lives {
  Lives(const Setting& setting, const population::Population& population)
      : succession(setting, population, 3),
        behavior(population, setting.eligibility, setting.year, setting.shifts, 3),
        living(setting, population, succession, behavior, kNever),
        evaluator(setting.plans[0].plan, setting.agendas[0], setting.year) {}

  Lived Live(std::size_t post) { return living.Live(0, succession.First(post, 0), evaluator); }

  Succession succession;
  Behavior behavior;
  Living living;
  Evaluator evaluator;
};

class AcquiredTest : public RipTest {
 protected:
  void SetUp() override {
    RipTest::SetUp();
    Quiet();
    population_.vacation.spell = Discrete({{1, 6, 1, {}}});
    population_.vacation.month = Discrete({{1, 12, 1, {}}});
  }

  void Use(std::int32_t per_cent) {
    population_.vacation.acquired = Discrete({{per_cent, per_cent, 1, {}}});
  }

  // The text of another entity, with so many days on the anniversary.
  std::shared_ptr<const rules::Ruleset> Giving(const std::string& days) {
    std::string text = kBareEntity;
    const std::string given = "derecho vacación 15 días";
    text.replace(text.find(given), given.size(), "derecho vacación " + days);
    return FromText(text);
  }

  std::unique_ptr<Setting> Ready(const rules::Ruleset& rules) {
    auto setting = Prepare({&rules}, population_, kGestion, diagnostics_);
    EXPECT_TRUE(setting) << Messages(sources_, diagnostics_);
    return setting ? std::make_unique<Setting>(std::move(*setting)) : nullptr;
  }

  // The day after a whole number of years in the entity, as a day of the year; -1: none in it.
  std::int32_t AnniversaryOf(const Setting& setting, std::size_t person) const {
    for (const population::Column& column : population_.staff.columns) {
      if (column.attribute != "ingreso") continue;
      const base::Date hired = column.values[static_cast<std::size_t>(column.of[person])].date;
      for (const int year : {kGestion - 1, kGestion}) {
        if (hired.year() >= year) continue;
        const base::Date day = hired.plus_years(year - hired.year()).plus_days(1);
        if (day.year() == kGestion) return day.days() - setting.year.first;
      }
    }
    return -1;
  }

  Forecast Years(std::vector<RegulationInput> texts, int threads = 2, int replications = 10) {
    Options options;
    options.gestion = kGestion;
    options.replications = replications;
    options.threads = threads;
    return Run(texts, options);
  }

  static std::int64_t Sum(const Forecast& forecast, const std::string& key,
                          std::size_t regulation = 0) {
    for (std::size_t c = 0; c < forecast.cells.size(); ++c) {
      if (forecast.cells[c].key != key) continue;
      std::int64_t sum = 0;
      for (const std::int64_t value : forecast.regulations[regulation].values[c]) sum += value;
      return sum;
    }
    ADD_FAILURE() << key;
    return 0;
  }
};

std::int32_t HalfDays(const std::vector<Event>& events) {
  std::int32_t half_days = 0;
  for (const Event& event : events) {
    if (event.what == Happening::Vacation) half_days += event.value;
  }
  return half_days;
}

// Half of fifteen days, never before the day after; and all of that half where December, in which
// all of it begins, is still to come.
TEST_F(AcquiredTest, ItsShareIsUsedFromTheNextDayOn) {
  population_.turnover.reset();
  Use(50);
  const auto rules = FromText(kBareEntity);
  ASSERT_TRUE(rules);
  for (const bool december : {false, true}) {
    if (december) population_.vacation.month = Discrete({{12, 12, 1, {}}});
    const auto setting = Ready(*rules);
    ASSERT_TRUE(setting);
    Lives lives(*setting, population_);
    const std::int32_t last_month = setting->year.month_first[11];
    int all = 0, soon = 0;
    for (std::size_t post = 0; post < population_.staff.size(); ++post) {
      const std::int32_t given = AnniversaryOf(*setting, post);
      ASSERT_GE(given, 0);
      const Lived lived = lives.Live(post);
      EXPECT_EQ(lived.answer.acquired, (std::vector<Acquired>{{given, kGiven}}));
      const std::int32_t used = HalfDays(*lived.events);
      EXPECT_LE(used, kGiven / 2);
      if (december && given < last_month) {
        EXPECT_EQ(used, kGiven / 2);
        ++all;
      }
      for (const Event& event : *lived.events) {
        EXPECT_GT(event.day, given);
        EXPECT_GE(event.day, december ? last_month : 0);
        if (event.day < given + 15) ++soon;
      }
    }
    EXPECT_GT(december ? all : soon, 100);
  }
}

// Whoever has nothing left goes with the others once the text has given them something.
TEST_F(AcquiredTest, ItIsEnoughForACollectiveVacationAfterIt) {
  population_.turnover.reset();
  Use(0);
  population::CollectiveVacation together;
  together.from = base::Date(kGestion, 6, 29);  // a Monday
  together.to = base::Date(kGestion, 7, 3);
  together.groups.assign(population_.groups.size(), true);
  population_.vacation.collective.push_back(together);
  const auto rules = Giving("4,5 días");
  ASSERT_TRUE(rules);
  const auto setting = Ready(*rules);
  ASSERT_TRUE(setting);
  Lives lives(*setting, population_);
  const std::int32_t monday = together.from.days() - setting->year.first;
  int before = 0, within = 0, after = 0;
  for (std::size_t post = 0; post < population_.staff.size(); ++post) {
    population_.staff.opening_half_days[post] = post % 2 == 0 ? 0 : 3;
    const std::int32_t opening = population_.staff.opening_half_days[post];
    const std::int32_t given = AnniversaryOf(*setting, post);
    const Lived lived = lives.Live(post);
    // Five days: two half days each, as far as what there is that day goes.
    std::int32_t left = opening, taken = 0;
    for (std::int32_t day = monday; day < monday + 5; ++day) {
      if (day == std::max(monday, given + 1)) left += 9;
      const std::int32_t today = std::min(2, left);
      left -= today;
      taken += today;
    }
    EXPECT_EQ(HalfDays(*lived.events), taken) << given - monday;
    EXPECT_EQ(lived.stay.together, taken * setting->unit / 2);
    ++(given < monday ? before : given < monday + 4 ? within : after);
  }
  EXPECT_GT(before, 50);
  EXPECT_GT(within, 0);
  EXPECT_GT(after, 50);
}

// Without a day more than the text gives: the ledger balances, and what is used is not owed.
TEST_F(AcquiredTest, WhatIsUsedIsNotOwed) {
  population_.turnover.reset();
  const auto rules = FromText(kBareEntity);
  ASSERT_TRUE(rules);
  const RegulationInput text{"t", {"t", "t"}, rules};
  const Forecast kept = Years({text});
  EXPECT_EQ(Sum(kept, "vacaciones/saldo/usada"), 0);
  Use(100);
  population_.vacation.month = Discrete({{12, 12, 1, {}}});
  const Forecast used = Years({text});
  const std::int64_t days = -Sum(used, "vacaciones/saldo/usada");  // the ledger takes it away
  EXPECT_GT(days, 0);
  EXPECT_LE(days, Sum(used, "vacaciones/saldo/adquirida"));
  EXPECT_EQ(Sum(kept, "vacaciones/saldo/adquirida"), Sum(used, "vacaciones/saldo/adquirida"));
  EXPECT_EQ(Sum(kept, "vacaciones/saldo/final") - Sum(used, "vacaciones/saldo/final"), days);
  EXPECT_LT(Sum(used, "vacaciones/pasivo/total"), Sum(kept, "vacaciones/pasivo/total"));
}

// What was expected of somebody is a guess: whoever was lived before, the year is the same.
TEST_F(AcquiredTest, TheYearDoesNotHangOnWhoWasLivedBefore) {
  Use(100);
  population_.vacation.reprogramming = {{std::uint64_t{1} << 31}, Discrete({{1, 11, 1, {}}})};
  ASSERT_TRUE(population_.turnover && population_.turnover->removal);
  for (auto& departures : population_.turnover->departures) departures[0].chance.below *= 4;
  population_.conduct = {{"RIP:43.II.a", 3}};
  for (population::BehaviourClass& c : population_.classes) c.conduct_factor = 1;
  const auto rules = FromText(std::string(kBareEntity) + kRemoves);
  ASSERT_TRUE(rules);
  const auto setting = Ready(*rules);
  ASSERT_TRUE(setting);
  Lives lives(*setting, population_);
  int removed = 0, left = 0, stayed = 0;
  for (std::size_t post = 0; post < population_.staff.size(); ++post) {
    for (std::uint32_t replication = 0; replication < 6; ++replication) {
      std::optional<Occupant> now = lives.succession.First(post, replication);
      while (now) {
        const Lived lived = lives.living.Live(0, *now, lives.evaluator);
        const std::vector<Event> events = *lived.events;
        const std::int32_t postponed = lives.behavior.postponed();
        Lives alone(*setting, population_);
        const Lived same = alone.living.Live(0, *now, alone.evaluator);
        ASSERT_EQ(lived.answer, same.answer);
        ASSERT_EQ(events, *same.events);
        ASSERT_EQ(postponed, alone.behavior.postponed());
        ASSERT_EQ(lived.stay.tenure.last, same.stay.tenure.last);
        ASSERT_EQ(lived.stay.used, same.stay.used);
        ASSERT_EQ(lived.stay.left, same.stay.left);
        ++(lived.stay.leaving == Leaving::No          ? stayed
           : lived.stay.leaving == Leaving::Departure ? left
                                                      : removed);
        now = lives.succession.Next(*now, lived.stay.tenure.last);
      }
    }
  }
  EXPECT_GT(stayed, 500);
  EXPECT_GT(left, 100);
  EXPECT_GT(removed, 50);
}

// An amendment beside another text gives what it gives by itself, cell by cell.
TEST_F(AcquiredTest, AnAmendmentIsLivedAsIfItWereAlone) {
  Use(80);
  population_.conduct = {{"RIP:43.II.a", 3}};
  for (population::BehaviourClass& c : population_.classes) c.conduct_factor = 1;
  population_.vacation.share = Discrete({{50, 50, 1, {}}});
  const std::string bare = kBareEntity;
  const std::vector<RegulationInput> texts = {{"a", {"a", "a"}, FromText(bare)},
                                              {"b", {"b", "b"}, Giving("20 días")},
                                              {"c", {"c", "c"}, Giving("0 días")},
                                              {"d", {"d", "d"}, FromText(bare + kRemoves)},
                                              {"e", {"e", "e"}, FromText(bare)}};
  for (const RegulationInput& text : texts) ASSERT_TRUE(text.rules);
  const Forecast together = Years(texts, 1);
  EXPECT_EQ(Years(texts, 2).regulations[3].values, together.regulations[3].values);
  std::map<std::string, int> other;
  for (std::size_t k = 0; k < texts.size(); ++k) {
    const Forecast alone = Years({texts[k]});
    std::map<std::string, const std::vector<std::int64_t>*> own;
    for (std::size_t c = 0; c < alone.cells.size(); ++c)
      own[alone.cells[c].key] = &alone.regulations[0].values[c];
    for (std::size_t c = 0; c < together.cells.size(); ++c) {
      const auto& values = together.regulations[k].values[c];
      const auto found = own.find(together.cells[c].key);
      if (found == own.end()) {
        EXPECT_TRUE(std::all_of(values.begin(), values.end(), [](auto v) { return v == 0; }));
        continue;
      }
      EXPECT_EQ(values, *found->second) << texts[k].id << " " << together.cells[c].key;
      if (values != together.regulations[0].values[c]) ++other[texts[k].id];
    }
  }
  EXPECT_GT(other["b"], 5);
  EXPECT_GT(other["c"], 5);
  EXPECT_GT(other["d"], 20);
  EXPECT_EQ(other["e"], 0);
  const auto used = [&](std::size_t k) { return -Sum(together, "vacaciones/saldo/usada", k); };
  EXPECT_GT(used(1), used(0));
  EXPECT_LT(used(2), used(0));
}

TEST_F(AcquiredTest, TheForecastSaysWhatIsAssumed) {
  const auto says = [](const Forecast& forecast, const std::string& words) {
    return std::any_of(forecast.assumptions.begin(), forecast.assumptions.end(),
                       [&](const base::Text& a) { return a.es.find(words) != std::string::npos; });
  };
  const RegulationInput text{"t", {"t", "t"}, FromText(kBareEntity)};
  const Forecast plain = Years({text}, 1, 2);
  EXPECT_TRUE(says(plain, "la adquirida en el año queda para el siguiente"));
  Use(50);
  const Forecast used = Years({text}, 1, 2);
  EXPECT_FALSE(says(used, "la adquirida en el año queda para el siguiente"));
  EXPECT_TRUE(says(used, "desde el día siguiente"));
}

}  // namespace
}  // namespace cotejo::year
