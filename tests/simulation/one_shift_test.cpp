// An absence under a schedule of one shift: it is of the days that the vocabulary gives to a shift
// missed, and what a day not worked costs is for the reading of RIP:45.II to say.
#include <algorithm>
#include <map>

#include "scenarios/year/person_year.h"
#include "tests/simulation/setting_for_tests.h"

namespace cotejo::year {
namespace {

constexpr int kGestion = 2026;
constexpr int kReplications = 2;
const base::Rational kHalf(1, 2);

class OneShiftTest : public RipTest {
 protected:
  void SetUp() override {
    RipTest::SetUp();
    Quiet();
    for (population::BehaviourClass& c : population_.classes) c.absences = {{2, 3, {}}};
    population_.turnover.reset();
  }

  // 8:30 to 16:30 on every day of 2026.
  std::shared_ptr<const rules::Ruleset> Continuous(const std::string& worth) {
    auto loaded = rules::LoadRegulation(
        sources_, root_ + "/regulations/rip-2025",
        {{"horario_desde_marzo_de_2025", "continuo"}, {"media_jornada_en_horario_continuo", worth}},
        diagnostics_);
    EXPECT_TRUE(loaded.rules) << Messages(sources_, diagnostics_);
    return loaded.rules;
  }

  // Days deducted by RIP:45.II in a replication.
  base::Rational Deducted(const Forecast& forecast, std::size_t replication) {
    const auto cell = std::find_if(forecast.cells.begin(), forecast.cells.end(), [](const Cell& c) {
      return c.key == "descuentos/días/RIP:45.II";
    });
    EXPECT_NE(cell, forecast.cells.end());
    if (cell == forecast.cells.end()) return {};
    const auto at = static_cast<std::size_t>(cell - forecast.cells.begin());
    return {forecast.regulations[0].values[at][replication], cell->scale};
  }

  // By the rows of RIP:45.II, half a day costs one and a day two, and each absence of a month is of
  // `days`; what is more than a day has another article, or none.
  base::Rational ByHand(const Setting& setting, std::uint32_t replication, base::Rational days) {
    base::Rational all;
    for (std::size_t post = 0; post < population_.staff.size(); ++post) {
      std::map<unsigned, int> months;
      for (const evaluation::Fact& fact :
           PersonYear(setting, population_, {0, post, 2025, replication}).facts) {
        const rules::FactKind& kind = setting.plans[0].plan.rules->kind(fact.kind);
        if (kind.name != "inasistencia") continue;
        EXPECT_EQ(fact.shift, 1);
        const auto field = setting.plans[0].plan.rules->FindField(fact.kind, "días");
        EXPECT_EQ(fact.fields[field.index()].number, kHalf) << "no other may be told";
        ++months[fact.date.month()];
      }
      for (const auto& [month, times] : months) {
        const base::Rational missed = days * base::Rational(times);
        if (missed <= base::Rational(1)) all += missed * base::Rational(2);
      }
    }
    return all;
  }

  // Days of people of an office at the post in a month, over all the replications.
  base::Rational Served(const Forecast& forecast, const std::string& month_and_office) {
    for (std::size_t i = 0; i < forecast.cells.size(); ++i) {
      if (forecast.cells[i].key != "servicio/días/" + month_and_office) continue;
      std::int64_t sum = 0;
      for (const std::int64_t value : forecast.regulations[0].values[i]) sum += value;
      return {sum, forecast.cells[i].scale};
    }
    ADD_FAILURE() << month_and_office;
    return {};
  }

  static Options Of(int gestion) {
    Options options;
    options.gestion = gestion;
    options.seed = 2025;
    options.replications = kReplications;
    return options;
  }

  void ExpectByHand(const std::string& worth, base::Rational days) {
    const auto rules = Continuous(worth);
    ASSERT_TRUE(rules);
    const Forecast forecast = Run({{"base", {"en vigor", "in force"}, rules}}, Of(kGestion));
    auto setting = Prepare({rules.get()}, population_, kGestion, diagnostics_);
    ASSERT_TRUE(setting) << Messages(sources_, diagnostics_);
    for (std::uint32_t r = 0; r < kReplications; ++r) {
      const base::Rational expected = ByHand(*setting, r, days);
      EXPECT_GT(expected, base::Rational(100));
      EXPECT_EQ(Deducted(forecast, r), expected) << worth;
    }
  }
};

// The vocabulary of the RIP knows half a day; another one, up to three days, or says nothing.
TEST(DaysOfShift, AreAnEvenPartWithinWhatTheFieldMaySay) {
  rules::Field field;
  EXPECT_EQ(DaysOfShift(field, 1), base::Rational(1));
  EXPECT_EQ(DaysOfShift(field, 3), base::Rational(1, 3));
  field.low = field.high = base::Rational(1, 2);
  EXPECT_EQ(DaysOfShift(field, 1), base::Rational(1, 2));
  EXPECT_EQ(DaysOfShift(field, 3), base::Rational(1, 2));
  field.high = 3;
  EXPECT_EQ(DaysOfShift(field, 1), base::Rational(1));
}

TEST_F(OneShiftTest, MissingTheOnlyShiftIsHalfADay) { ExpectByHand("cada_tramo", kHalf); }

TEST_F(OneShiftTest, UnlessWhatCountsIsHowLongItIs) {
  ExpectByHand("según_lo_que_dura", base::Rational(1));
}

// The RIP is in force from 17 February 2025. January has 23 weekdays, two of them holidays, and
// there are 92 posts in the national office: nobody can be absent from a shift that nobody fixed.
TEST_F(OneShiftTest, NobodyIsAbsentBeforeThereIsASchedule) {
  const Forecast forecast =
      Run({{"base", {"en vigor", "in force"}, regulation_.rules}}, Of(kGestion - 1));
  EXPECT_EQ(Served(forecast, "01/nacional"), base::Rational(kReplications * 92 * 21));
  EXPECT_LT(Served(forecast, "03/nacional"), base::Rational(kReplications * 92 * 19));
}

// From 13 March 2025 the only shift is the whole day, though before there were two: whoever is told
// to have missed it was away all day, and half a day of a shift that there is not is nothing.
TEST_F(OneShiftTest, WhoeverMissesTheOnlyShiftIsAwayAllDay) {
  for (population::BehaviourClass& c : population_.classes) c.absences = {{1, 20, {}}};
  const auto rules = Continuous("cada_tramo");
  ASSERT_TRUE(rules);
  const Forecast forecast = Run({{"base", {"en vigor", "in force"}, rules}}, Of(kGestion - 1));
  auto setting = Prepare({rules.get()}, population_, kGestion - 1, diagnostics_);
  ASSERT_TRUE(setting) << Messages(sources_, diagnostics_);
  const population::Column* office = population_.staff.Find("oficina");
  ASSERT_NE(office, nullptr);
  int missed = 0;
  for (std::uint32_t r = 0; r < kReplications; ++r) {
    for (std::size_t post = 0; post < population_.staff.size(); ++post) {
      if (office->values[static_cast<std::size_t>(office->of[post])].name != "nacional") continue;
      for (const evaluation::Fact& fact :
           PersonYear(*setting, population_, {0, post, 2025, r}).facts) {
        if (rules->kind(fact.kind).name == "inasistencia" && fact.date.month() == 4) ++missed;
      }
    }
  }
  EXPECT_GT(missed, 100);
  // April has 22 weekdays, one of them Good Friday.
  EXPECT_EQ(Served(forecast, "04/nacional"), base::Rational(kReplications * 92 * 21 - missed));
}

}  // namespace
}  // namespace cotejo::year
