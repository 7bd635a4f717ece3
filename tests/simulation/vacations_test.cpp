// The programme of vacations: what is moved to another month, and what all take together.
#include <cmath>
#include <map>

#include "scenarios/year/behavior.h"
#include "scenarios/year/person_year.h"
#include "tests/simulation/other_entity.h"
#include "tests/simulation/setting_for_tests.h"

namespace cotejo::year {
namespace {

using population::Discrete;

constexpr int kGestion = 2026;
constexpr double kBound = 3.29;  // of a normal: 99.9 %
constexpr std::int64_t kEveryArrival = -1000;

class VacationsTest : public RipTest {
 protected:
  void SetUp() override {
    RipTest::SetUp();
    Use(0);
    population_.vacation.spell = Discrete({{10, 10, 1, {}}});
    population_.vacation.month = Discrete({{2, 8, 1, {}}});
  }

  // Part of the balance that everybody uses in the year.
  void Use(std::int32_t per_cent) {
    population_.vacation.share = Discrete({{per_cent, per_cent, 1, {}}});
  }

  population::CollectiveVacation& Together(base::Date from, base::Date to) {
    population::CollectiveVacation together;
    together.from = from;
    together.to = to;
    together.groups.assign(population_.groups.size(), true);
    population_.vacation.collective.push_back(std::move(together));
    return population_.vacation.collective.back();
  }

  void Reprogram(double chance, std::int32_t from, std::int32_t to) {
    population_.vacation.reprogramming = {{static_cast<std::uint64_t>(chance * 4294967296.0)},
                                          Discrete({{from, to, 1, {}}})};
  }

  // It was ordered on a day, and people are told so.
  void Announce(base::Date day) {
    population::Occurrence order;
    order.kind = "vacación_colectiva_dispuesta";
    order.away = Discrete({{0, 0, 1, {}}});
    order.variants.push_back({1, {}});
    order.variant = Discrete({{0, 0, 1, {}}});
    population_.vacation.announcement = population_.occurrences.size();
    population_.occurrences.push_back(order);
    population_.vacation.collective.back().announced = day;
  }

  std::string OfficeOf(std::size_t person) const {
    for (const population::Column& column : population_.staff.columns) {
      if (column.attribute == population_.office_attribute)
        return column.values[static_cast<std::size_t>(column.of[person])].name;
    }
    return "";
  }

  void NobodyIsAway() {
    for (population::BehaviourClass& c : population_.classes) {
      c.absences.clear();
      c.post_absences.clear();
    }
    population_.occurrences.clear();
    population_.turnover.reset();
  }

  std::unique_ptr<Setting> Ready(std::shared_ptr<const rules::Ruleset> rules = nullptr) {
    rules_ = rules ? std::move(rules) : regulation_.rules;
    auto setting = Prepare({rules_.get()}, population_, kGestion, diagnostics_);
    EXPECT_TRUE(setting) << Messages(sources_, diagnostics_);
    return setting ? std::make_unique<Setting>(std::move(*setting)) : nullptr;
  }

  Forecast Years(std::vector<RegulationInput> others = {}, int replications = 4) {
    others.insert(others.begin(), {"base", {"", ""}, regulation_.rules});
    Options options;
    options.gestion = kGestion;
    options.replications = replications;
    options.threads = 2;
    return Run(others, options);
  }

  static const std::vector<std::int64_t>& Values(const Forecast& forecast, const std::string& key,
                                                 std::size_t regulation = 0) {
    for (std::size_t c = 0; c < forecast.cells.size(); ++c) {
      if (forecast.cells[c].key == key) return forecast.regulations[regulation].values[c];
    }
    ADD_FAILURE() << key;
    static const std::vector<std::int64_t> none;
    return none;
  }

  static std::int64_t Sum(const Forecast& forecast, const std::string& key) {
    std::int64_t sum = 0;
    for (const std::int64_t value : Values(forecast, key)) sum += value;
    return sum;
  }

  std::shared_ptr<const rules::Ruleset> rules_;
};

std::int32_t HalfDays(const std::vector<Event>& events) {
  std::int32_t half_days = 0;
  for (const Event& event : events) {
    if (event.what == Happening::Vacation) half_days += event.value;
  }
  return half_days;
}

// ---- all together ----------------------------------------------------------------

// 21 to 31 December 2026, a Monday to a Thursday, with Christmas: eight days of work. Everybody
// of the office takes them as far as their balance goes, and nobody else any.
TEST_F(VacationsTest, TheOfficeTakesTheDaysItsBalanceIsEnoughFor) {
  constexpr std::int32_t kWorking = 8;
  Together({2026, 12, 21}, {2026, 12, 31}).offices = {"nacional", "santa_cruz"};
  const auto setting = Ready();
  ASSERT_TRUE(setting);
  Behavior behavior(population_, setting->eligibility, setting->year, setting->shifts, 5);
  const std::int32_t first = base::Date(2026, 12, 21).days() - setting->year.first;
  std::map<std::string, int> seen;
  for (std::size_t person = 0; person < population_.staff.size(); ++person) {
    const auto& events = behavior.Live(person, *setting->work[person], 3, kEveryArrival);
    const std::string office = OfficeOf(person);
    const std::int32_t opening = population_.staff.opening_half_days[person];
    const bool theirs = office == "nacional" || office == "santa_cruz";
    const std::int32_t taken = theirs ? std::min<std::int32_t>(opening, 2 * kWorking) : 0;
    ASSERT_EQ(HalfDays(events), taken) << office;
    ++seen[!theirs ? "others" : opening == 0 ? "none" : taken < opening ? "some" : "all"];
    if (taken % 2 != 0) ++seen["half"];
    int arrivals = 0;
    std::map<std::int32_t, int> whole;
    for (const Event& event : events) {
      if (event.what == Happening::Arrival && event.day >= first) ++arrivals;
      if (event.what != Happening::Vacation) continue;
      EXPECT_GE(event.day, first);
      if (event.value == 2) whole[event.day] = 1;
    }
    for (const Event& event : events) {
      if (event.what == Happening::Vacation || event.what == Happening::Return) continue;
      if (event.what == Happening::Occurrence) continue;  // an illness goes on over a vacation
      EXPECT_FALSE(whole.contains(event.day)) << static_cast<int>(event.what);
    }
    if (taken == 2 * kWorking) {
      EXPECT_EQ(arrivals, 0);
      ++seen["away"];
    } else if (taken == 0) {
      seen["at work"] += arrivals;
    }
  }
  for (const char* kind : {"others", "none", "some", "all", "half", "away"})
    EXPECT_GT(seen[kind], 2) << kind;
  EXPECT_GT(seen["at work"], 1000);
}

// It counts as part of what each would use: the rest of the programme makes up the difference.
TEST_F(VacationsTest, WhatIsTakenTogetherIsPartOfTheProgramme) {
  NobodyIsAway();
  Use(60);
  Together({2026, 12, 21}, {2026, 12, 31}).groups = {true, false};
  const auto setting = Ready();
  ASSERT_TRUE(setting);
  Behavior behavior(population_, setting->eligibility, setting->year, setting->shifts, 5);
  int forced = 0;
  int chosen = 0;
  for (std::size_t person = 0; person < population_.staff.size(); ++person) {
    const std::int32_t opening = population_.staff.opening_half_days[person];
    const auto& events = behavior.Live(person, *setting->work[person], 0, kNever);
    const std::int32_t together = std::min<std::int32_t>(opening, 16);
    ASSERT_EQ(HalfDays(events), std::max(together, opening * 60 / 100));
    (together > opening * 60 / 100 ? forced : chosen) += opening > 0 ? 1 : 0;
  }
  EXPECT_GT(forced, 5);
  EXPECT_GT(chosen, 5);
}

// Who joins has no balance; who was hired in the year takes what falls after that.
TEST_F(VacationsTest, NobodyTakesDaysBeforeTheyCame) {
  constexpr std::int32_t kFirst = 62;  // Wednesday 4 March
  Together({2026, 3, 2}, {2026, 3, 6});
  const auto setting = Ready();
  ASSERT_TRUE(setting);
  Behavior behavior(population_, setting->eligibility, setting->year, setting->shifts, 5);
  int hired = 0;
  for (std::size_t person = 0; person < population_.staff.size(); ++person) {
    Tenure tenure{person, person, kFirst, setting->year.count - 1, true};
    const WorkDays& work = *setting->work[person];
    EXPECT_EQ(HalfDays(behavior.Live(tenure, work, 0, kNever)), 0);
    tenure.newcomer = false;
    const std::int32_t opening = population_.staff.opening_half_days[person];
    EXPECT_EQ(HalfDays(behavior.Live(tenure, work, 0, kNever)), std::min(opening, 6));
    hired += opening > 6 ? 1 : 0;
  }
  EXPECT_GT(hired, 50);
}

TEST_F(VacationsTest, OnlyTheGroupsNamedTakeThem) {
  NobodyIsAway();  // a scholarship of all the year leaves no room for them
  Together({2026, 3, 2}, {2026, 3, 6}).groups = {false, true};
  std::fill(population_.staff.opening_half_days.begin(), population_.staff.opening_half_days.end(),
            std::int16_t{20});
  const auto setting = Ready();
  ASSERT_TRUE(setting);
  Behavior behavior(population_, setting->eligibility, setting->year, setting->shifts, 5);
  for (std::size_t person = 0; person < population_.staff.size(); ++person) {
    EXPECT_EQ(HalfDays(behavior.Live(person, *setting->work[person], 0, kNever)),
              population_.staff.group[person] == 1 ? 10 : 0);
  }
}

TEST_F(VacationsTest, StaffDaysFallByWhatIsTakenTogether) {
  NobodyIsAway();
  const Forecast still = Years();
  Together({2026, 8, 10}, {2026, 8, 14}).offices = {"nacional"};
  const Forecast away = Years();
  ASSERT_LT(Sum(away, "vacaciones/uso/colectiva"), 0 + Sum(still, "vacaciones/saldo/inicial"));
  ASSERT_GT(Sum(away, "vacaciones/uso/colectiva"), 0);
  for (const Cell& cell : still.cells) {
    if (cell.table != "servicio" || cell.unit != CellUnit::Days) continue;
    const bool theirs =
        cell.key == "servicio/días/08/nacional" || cell.key == "servicio/días/08/total";
    EXPECT_EQ(Sum(still, cell.key) - Sum(away, cell.key),
              theirs ? Sum(away, "vacaciones/uso/colectiva") : 0)
        << cell.key;
  }
}

// ---- reprogramming ---------------------------------------------------------------

// One day each, programmed in January; those that are moved go to March or April.
TEST_F(VacationsTest, TheShareOfTheFileIsReprogrammed) {
  NobodyIsAway();  // nor in the middle of a leave: it would put the vacation off
  Use(100);
  population_.vacation.spell = Discrete({{2, 2, 1, {}}});
  population_.vacation.month = Discrete({{1, 1, 1, {}}});
  for (const double share : {0.0, 0.12, 0.5, 1.0}) {
    Reprogram(share, 2, 3);
    const auto setting = Ready();
    ASSERT_TRUE(setting);
    Behavior behavior(population_, setting->eligibility, setting->year, setting->shifts, 9);
    double runs = 0;
    double moved = 0;
    for (std::size_t person = 0; person < population_.staff.size(); ++person) {
      for (std::uint32_t replication = 0; replication < 20; ++replication) {
        for (const Event& event :
             behavior.Live(person, *setting->work[person], replication, kNever)) {
          if (event.what != Happening::Vacation) continue;
          const auto month = setting->year.month[static_cast<std::size_t>(event.day)];
          const bool later = event.count == static_cast<int>(VacationUse::Reprogrammed);
          // A full month runs over into the next.
          ASSERT_TRUE(later ? month >= 2 && month <= 4 : month <= 1) << month;
          ++runs;
          moved += later ? 1 : 0;
        }
        ASSERT_EQ(behavior.postponed(), 0);
      }
    }
    EXPECT_GT(runs, 10'000);
    EXPECT_NEAR(moved / runs, share, kBound * std::sqrt(share * (1 - share) / runs) + 1e-9);
  }
}

TEST_F(VacationsTest, WhatIsMovedPastDecemberStaysInTheBalance) {
  NobodyIsAway();
  Use(100);
  population_.vacation.month = Discrete({{7, 12, 1, {}}});
  Reprogram(1, 6, 11);
  const Forecast forecast = Years();
  EXPECT_EQ(Sum(forecast, "vacaciones/uso/total"), 0);
  EXPECT_EQ(Sum(forecast, "vacaciones/reprogramada_para_el_año_siguiente"),
            Sum(forecast, "vacaciones/saldo/inicial"));
  population_.vacation.month = Discrete({{1, 1, 1, {}}});
  const Forecast earlier = Years();
  EXPECT_EQ(Sum(earlier, "vacaciones/reprogramada_para_el_año_siguiente"), 0);
  EXPECT_EQ(Sum(earlier, "vacaciones/uso/reprogramada"), -Sum(earlier, "vacaciones/saldo/usada"));
}

// Neither a chance of nothing nor days of another year touch anything.
TEST_F(VacationsTest, AProgrammeThatChangesNothingGivesTheSameYears) {
  population_.vacation.share = Discrete({{0, 100, 1, {}}});
  const Forecast plain = Years();
  Reprogram(0, 1, 4);
  Together({2025, 12, 15}, {2025, 12, 31});
  const Forecast same = Years();
  EXPECT_EQ(same.cells.size(), plain.cells.size() + 5);
  for (std::size_t c = 0; c < plain.cells.size(); ++c)
    EXPECT_EQ(Values(same, plain.cells[c].key), plain.regulations[0].values[c])
        << plain.cells[c].key;
  EXPECT_EQ(Sum(same, "vacaciones/uso/programada"), -Sum(plain, "vacaciones/saldo/usada"));
}

// ---- the ledger ------------------------------------------------------------------

// One post at a time, so that each value is of one post and year.
TEST_F(VacationsTest, TheLedgerOfEachPostBalances) {
  population_.vacation.share = Discrete({{0, 100, 1, {}}});
  population_.vacation.month = Discrete({{1, 12, 1, {}}});
  Reprogram(0.4, 1, 6);
  Together({2026, 4, 6}, {2026, 4, 10});
  Together({2026, 12, 28}, {2027, 1, 4}).offices = {"nacional"};
  for (auto& departures : population_.turnover->departures) departures[0].chance.below *= 6;
  const population::Population all = population_;
  std::int64_t years = 0;
  std::map<std::string, std::int64_t> uses;
  for (std::size_t post = 0; post < all.staff.size(); post += 11) {
    population_ = all;
    population::Staff& staff = population_.staff;
    const auto keep = [&](auto& of) { of = {of[post]}; };
    for (population::Column& column : staff.columns) keep(column.of);
    for (population::Column& column : staff.own) keep(column.of);
    keep(staff.group);
    keep(staff.behaviour);
    keep(staff.opening_half_days);
    const Forecast forecast = Years({}, 80);
    const auto& closing = Values(forecast, "vacaciones/saldo/final");
    const auto& used = Values(forecast, "vacaciones/saldo/usada");
    for (std::size_t r = 0; r < closing.size(); ++r) {
      std::int64_t sum = 0;
      for (const char* cell :
           {"inicial", "adquirida", "usada", "duodécimas_de_quien_se_va", "pagada", "no_pagada"})
        sum += Values(forecast, std::string("vacaciones/saldo/") + cell)[r];
      ASSERT_EQ(sum, closing[r]);
      ASSERT_LE(-used[r], Values(forecast, "vacaciones/saldo/inicial")[r]);
      std::int64_t told = 0;
      for (const char* use : {"programada", "reprogramada", "colectiva"}) {
        const std::int64_t days = Values(forecast, std::string("vacaciones/uso/") + use)[r];
        ASSERT_GE(days, 0);
        uses[use] += days > 0 ? 1 : 0;
        told += days;
      }
      ASSERT_EQ(told, -used[r]);
      uses["pospuesta"] +=
          Values(forecast, "vacaciones/reprogramada_para_el_año_siguiente")[r] > 0 ? 1 : 0;
      ASSERT_LE(Values(forecast, "vacaciones/reprogramada_para_el_año_siguiente")[r] - used[r],
                Values(forecast, "vacaciones/saldo/inicial")[r]);
    }
    years += static_cast<std::int64_t>(closing.size());
  }
  EXPECT_GE(years, 1600);
  for (const char* use : {"programada", "reprogramada", "colectiva", "pospuesta"})
    EXPECT_GT(uses[use], 30) << use;
}

// The programme is not a matter of the text: two texts live the same one.
TEST_F(VacationsTest, ANullAmendmentChangesNothing) {
  Use(70);
  Reprogram(0.3, 1, 3);
  Together({2026, 4, 6}, {2026, 4, 10});
  Announce({2026, 3, 30});
  const Forecast forecast = Years({{"nula", {"", ""}, Amended("enmienda-nula.enmienda.norma.md")},
                                   {"10", {"", ""}, Amended("tolerancia-10.enmienda.norma.md")}});
  EXPECT_EQ(forecast.regulations[0].values, forecast.regulations[1].values);
  EXPECT_NE(forecast.regulations[0].values, forecast.regulations[2].values);
  EXPECT_GT(Sum(forecast, "vacaciones/uso/colectiva"), 0);
  for (const char* use : {"programada", "reprogramada", "colectiva"}) {
    const std::string key = std::string("vacaciones/uso/") + use;
    EXPECT_EQ(Values(forecast, key), Values(forecast, key, 2));
  }
}

// ---- what lapses -----------------------------------------------------------------

constexpr const char* kLapse = R"(
hecho saldo_al_cierre en día
  saldo: días = 0 días entre 0 días y 300 días en pasos de 1/24 día
regla prescripción cita OTRA:11 sobre saldo_al_cierre
  cuando saldo > 20 días
  entonces derecho vacación_prescrita saldo - 20 días
)";

class LapseTest : public VacationsTest {
 protected:
  void SetUp() override {
    VacationsTest::SetUp();
    population_.names.balance = {"saldo_al_cierre", "saldo"};
    population_.names.lapsed_right = "vacación_prescrita";
    population_.vacation.share = Discrete({{0, 100, 1, {}}});
    plain_ = FromText(kOtherEntity);
    lapsing_ = FromText(std::string(kOtherEntity) + kLapse);
    ASSERT_TRUE(plain_ && lapsing_);
  }

  Forecast Under(const std::vector<std::shared_ptr<const rules::Ruleset>>& all, int replications) {
    std::vector<RegulationInput> inputs;
    for (const auto& rules : all)
      inputs.push_back({"r" + std::to_string(inputs.size()), {"", ""}, rules});
    Options options;
    options.gestion = kGestion;
    options.replications = replications;
    options.threads = 2;
    return Run(inputs, options);
  }

  std::shared_ptr<const rules::Ruleset> plain_, lapsing_;
};

// What is over twenty days at the close, and no more; of one post at a time.
TEST_F(LapseTest, WhatTheTextSaysIsLost) {
  population_.turnover.reset();
  const population::Population all = population_;
  int lost = 0;
  int kept = 0;
  for (std::size_t post = 0; post < all.staff.size(); post += 9) {
    population_ = all;
    population::Staff& staff = population_.staff;
    const auto keep = [&](auto& of) { of = {of[post]}; };
    for (population::Column& column : staff.columns) keep(column.of);
    for (population::Column& column : staff.own) keep(column.of);
    keep(staff.group);
    keep(staff.behaviour);
    keep(staff.opening_half_days);
    const Forecast forecast = Under({plain_, lapsing_}, 16);
    std::int64_t scale = 0;
    for (const Cell& cell : forecast.cells) {
      if (cell.key == "vacaciones/saldo/final") scale = cell.scale;
    }
    for (std::size_t r = 0; r < 16; ++r) {
      const std::int64_t before = Values(forecast, "vacaciones/saldo/final")[r];
      const std::int64_t over = std::max<std::int64_t>(0, before - 20 * scale);
      ASSERT_EQ(Values(forecast, "vacaciones/saldo/prescrita")[r], 0);
      ASSERT_EQ(Values(forecast, "vacaciones/saldo/prescrita", 1)[r], -over);
      ASSERT_EQ(Values(forecast, "vacaciones/saldo/final", 1)[r], before - over);
      ASSERT_EQ(Values(forecast, "vacaciones/pasivo/saldo",
                       1)[r]<Values(forecast, "vacaciones/pasivo/saldo")[r], over> 0);
      (over > 0 ? lost : kept) += 1;
    }
  }
  EXPECT_GT(lost, 100);
  EXPECT_GT(kept, 50);
}

// What somebody loses hangs on what they were given: an amendment of the one changes the other.
// Each text beside another gives what it gives alone.
TEST_F(LapseTest, ATextBesideAnotherGivesWhatItGivesAlone) {
  std::string more = std::string(kOtherEntity) + kLapse;
  const std::string days = "entonces 18 días sino 12 días";
  more.replace(more.find(days), days.size(), "entonces 19 días sino 25/2 días");
  std::string less = std::string(kOtherEntity) + kLapse;
  const std::string lost = "saldo - 20 días";
  less.replace(less.find(lost), lost.size(), "(saldo - 20 días) / 3");
  const std::vector<std::shared_ptr<const rules::Ruleset>> all = {
      lapsing_, FromText(std::string(kOtherEntity) + kLapse), FromText(more), FromText(less),
      plain_};
  const Forecast beside = Under(all, 2);
  std::map<std::string, double> scale;
  for (const Cell& cell : beside.cells) scale[cell.key] = static_cast<double>(cell.scale);
  EXPECT_EQ(beside.regulations[0].values, beside.regulations[1].values);
  for (std::size_t k = 0; k < all.size(); ++k) {
    if (k == 4) population_.names.balance = {};  // alone it has no such fact
    const Forecast alone = Under({all[k]}, 2);
    for (std::size_t c = 0; c < alone.cells.size(); ++c) {
      const Cell& cell = alone.cells[c];
      if (cell.table != "vacaciones") continue;
      const auto& here = Values(beside, cell.key, k);
      for (std::size_t r = 0; r < here.size(); ++r)
        ASSERT_DOUBLE_EQ(static_cast<double>(here[r]) / scale[cell.key],
                         static_cast<double>(alone.regulations[0].values[c][r]) /
                             static_cast<double>(cell.scale))
            << cell.key << " " << k;
    }
  }
  EXPECT_NE(Values(beside, "vacaciones/saldo/prescrita", 2),
            Values(beside, "vacaciones/saldo/prescrita"));
  EXPECT_NE(Values(beside, "vacaciones/saldo/prescrita", 3),
            Values(beside, "vacaciones/saldo/prescrita"));
  EXPECT_EQ(Values(beside, "vacaciones/saldo/prescrita", 4), std::vector<std::int64_t>(2));
}

// Of a text that is told nothing, an amendment that takes other days away.
TEST_F(LapseTest, ALapseThatDoesNotLookAtTheBalance) {
  population_.names.balance = {};
  const auto losing = [&](const std::string& days) {
    return FromText(std::string(kOtherEntity) +
                    "regla prescripción cita OTRA:11 sobre cierre_de_mes\n" +
                    "  entonces derecho vacación_prescrita " + days + "\n");
  };
  const auto one = losing("1/4 día");
  const auto three = losing("1/2 día");
  const Forecast beside = Under({one, three}, 6);
  const Forecast alone = Under({three}, 6);
  EXPECT_LT(Sum(alone, "vacaciones/saldo/prescrita"), Sum(beside, "vacaciones/saldo/prescrita"));
  for (const Cell& cell : alone.cells)
    EXPECT_EQ(Values(beside, cell.key, 1), Values(alone, cell.key)) << cell.key;
}

// Twelve half days first: the rest is what the text is told, and it leaves five days to everybody.
TEST_F(LapseTest, WhatWasLostBeforeIsNotTold) {
  population_.turnover.reset();
  Use(0);
  std::string text = std::string(kOtherEntity) + kLapse +
                     "regla merma cita OTRA:12 sobre cierre_de_mes\n"
                     "  entonces derecho vacación_prescrita 1/2 día\n";
  for (std::size_t at = text.find("20 días", text.find("saldo_al_cierre")); at < text.size();
       at = text.find("20 días"))
    text.replace(at, 3, "5 ");
  const Forecast forecast = Under({FromText(text)}, 2);
  for (const Cell& cell : forecast.cells) {
    if (cell.key != "vacaciones/saldo/final") continue;
    EXPECT_EQ(Sum(forecast, cell.key), 2 * 220 * 5 * cell.scale);
  }
}

// Elevenths of a day, of which the text takes an eleventh.
TEST_F(LapseTest, TheBalanceIsExact) {
  std::string text = std::string(kOtherEntity) + kLapse;
  const std::string days = "entonces 18 días sino 12 días";
  text.replace(text.find(days), days.size(), "entonces 100/11 días sino 12 días");
  const std::string lost = "saldo - 20 días";
  text.replace(text.find(lost), lost.size(), "saldo / 11");
  EXPECT_LT(Sum(Under({FromText(text)}, 2), "vacaciones/saldo/prescrita"), 0);
}

TEST_F(LapseTest, NobodyLosesMoreThanTheyHave) {
  population_.turnover.reset();
  std::string all = std::string(kOtherEntity) + kLapse;
  const std::string lost = "saldo - 20 días";
  all.replace(all.find(lost), lost.size(), "saldo + 500 días");
  const std::string least = "saldo > 20 días";
  all.replace(all.find(least), least.size(), "saldo >= 0 días");
  const Forecast forecast = Under({FromText(all)}, 2);
  EXPECT_LT(Sum(forecast, "vacaciones/saldo/prescrita"), 0);
  EXPECT_EQ(Sum(forecast, "vacaciones/saldo/final"), 0);
}

// An amendment of the real text: what is over two years' vacation is lost.
TEST_F(LapseTest, AnAmendmentMayBringTheFact) {
  const std::filesystem::path file =
      std::filesystem::path(COTEJO_BINARY_DIR) /
      ("prescripción " + std::to_string(::getpid()) + ".enmienda.norma.md");
  std::ofstream(file)
      << "```norma\nenmienda prescripción \"lo que pasa de dos gestiones\" sobre RIP\n"
         "agrega hecho saldo_al_cierre en día\n"
         "  saldo: días = 0 días entre 0 días y 300 días en pasos de 1/24 día\n"
         "agrega regla prescripción cita RIP:33.II.b sobre saldo_al_cierre\n"
         "  cuando saldo > 2 * días_por_antigüedad\n"
         "  entonces derecho vacación_prescrita saldo - 2 * días_por_antigüedad\n"
         "```\n";
  const auto amended = Amended("../../" + std::filesystem::relative(file, root_).string());
  std::filesystem::remove(file);
  ASSERT_TRUE(amended);
  const Forecast forecast = Under({regulation_.rules, amended}, 6);
  EXPECT_EQ(Sum(forecast, "vacaciones/saldo/prescrita"), 0);
  const auto& lost = Values(forecast, "vacaciones/saldo/prescrita", 1);
  const auto& before = Values(forecast, "vacaciones/saldo/final");
  const auto& after = Values(forecast, "vacaciones/saldo/final", 1);
  for (std::size_t r = 0; r < lost.size(); ++r) {
    EXPECT_LT(lost[r], 0);
    EXPECT_EQ(after[r], before[r] + lost[r]);
  }
  // Nothing else is of the vacation ledger.
  EXPECT_EQ(Values(forecast, "sanciones/total"), Values(forecast, "sanciones/total", 1));
}

TEST_F(LapseTest, AFactThatNoRegulationHasIsAnError) {
  population_.names.balance.kind = "saldo_al_ciere";
  EXPECT_FALSE(Prepare({plain_.get(), lapsing_.get()}, population_, kGestion, diagnostics_));
  ASSERT_TRUE(diagnostics_.has_errors());
  EXPECT_EQ(diagnostics_.all().back().code, "población-sin-vocabulario");
  EXPECT_NE(diagnostics_.all().back().message.es.find("«saldo_al_ciere»"), std::string::npos);
}

TEST_F(LapseTest, AFieldThatTheFactHasNotIsAnError) {
  population_.names.balance.days = "sado";
  EXPECT_FALSE(Prepare({lapsing_.get()}, population_, kGestion, diagnostics_));
  EXPECT_EQ(diagnostics_.all().back().code, "población-sin-vocabulario");
}

// ---- what is told ----------------------------------------------------------------

// Everybody it reaches is told on the day it is ordered, once, those without balance too.
TEST_F(VacationsTest, ItIsToldWhenItIsOrdered) {
  Together({2026, 4, 6}, {2026, 4, 10}).offices = {"beni"};
  Announce({2026, 3, 28});  // a Saturday
  const auto setting = Ready();
  ASSERT_TRUE(setting);
  const auto kind = rules_->FindFactKind("vacación_colectiva_dispuesta");
  int told = 0;
  for (std::size_t person = 0; person < population_.staff.size(); ++person) {
    PersonYearKey key;
    key.person = person;
    const evaluation::History history = PersonYear(*setting, population_, key);
    int facts = 0;
    for (const evaluation::Fact& fact : history.facts) {
      if (fact.kind != kind) continue;
      EXPECT_EQ(fact.date, base::Date(2026, 3, 28));
      ++facts;
    }
    const bool there = base::Date(2026, 3, 28) <= history.to;
    ASSERT_EQ(facts, OfficeOf(person) == "beni" && there ? 1 : 0);
    told += facts;
    if (facts == 0) continue;
    const auto judged = Judge(*setting, population_, key, diagnostics_);
    ASSERT_TRUE(judged);
    int duties = 0;
    for (const auto& a : judged->applications)
      duties += rules_->rule(a.rule).name == "reprogramación_por_vacación_colectiva" ? 1 : 0;
    EXPECT_EQ(duties, 1);
  }
  EXPECT_GT(told, 5);
}

TEST_F(VacationsTest, TheForecastSaysWhatIsAssumed) {
  const auto says = [](const Forecast& forecast, const std::string& words) {
    return std::any_of(forecast.assumptions.begin(), forecast.assumptions.end(),
                       [&](const base::Text& a) { return a.es.find(words) != std::string::npos; });
  };
  const Forecast plain = Years({}, 2);
  EXPECT_FALSE(says(plain, "colectiva"));
  EXPECT_FALSE(says(plain, "reprograma"));
  Reprogram(0.1, 1, 1);
  Together({2025, 12, 22}, {2025, 12, 31});
  const Forecast elsewhere = Years({}, 2);
  EXPECT_TRUE(says(elsewhere, "se reprograma para después de diciembre"));
  EXPECT_TRUE(says(elsewhere, "del 2025-12-22 al 2025-12-31 no cae"));
  EXPECT_FALSE(says(elsewhere, "a quien no le alcanza el saldo, trabaja"));
  Together({2026, 12, 28}, {2026, 12, 31});
  EXPECT_TRUE(says(Years({}, 2), "a quien no le alcanza el saldo, trabaja"));
}

}  // namespace
}  // namespace cotejo::year
