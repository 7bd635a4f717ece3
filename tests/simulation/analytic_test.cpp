// The simulated year against closed forms and exact convolutions, within 99.9 % bounds.
#include <algorithm>
#include <boost/math/distributions/poisson.hpp>
#include <cmath>
#include <map>
#include <numeric>

#include "scenarios/year/person_year.h"
#include "tests/simulation/setting_for_tests.h"

namespace cotejo::year {
namespace {

constexpr double kBound = 3.2905;  // two-sided 99.9 % of a normal
constexpr int kTolerance = 5;      // RIP:22.V, minutes; what goes beyond counts

#ifdef COTEJO_SANITIZED
constexpr int kYears = 300;
#else
constexpr int kYears = 3000;
#endif

using population::Discrete;
using Distribution = std::vector<double>;  // by minutes that count

struct Case {
  std::string name;
  std::vector<Discrete::Band> arrival;  // no later than 30 minutes: more is an absence
  std::string office;
};

// Twelve: four ways of arriving in three offices, whose departments have their own holidays.
std::vector<Case> Cases() {
  const std::vector<std::pair<std::string, std::vector<Discrete::Band>>> arrivals = {
      {"casi siempre a tiempo", {{-20, 0, 9000, {}}, {1, 5, 800, {}}, {6, 20, 200, {}}}},
      {"a veces tarde", {{-10, 0, 800, {}}, {1, 10, 150, {}}, {11, 30, 50, {}}}},
      {"un minuto de más", {{0, 5, 70, {}}, {6, 6, 30, {}}}},
      {"a menudo tarde", {{-5, 5, 85, {}}, {10, 30, 15, {}}}},
  };
  std::vector<Case> cases;
  for (const auto& [name, bands] : arrivals) {
    for (const char* office : {"nacional", "oruro", "santa_cruz"}) {
      cases.push_back({name + " en " + office, bands, office});
    }
  }
  return cases;
}

// Chances of 0, 1, 2 … minutes in one entry, from the bands alone.
Distribution OneEntry(const std::vector<Discrete::Band>& bands) {
  Distribution one(64, 0);
  double total = 0;
  for (const auto& band : bands) total += static_cast<double>(band.weight);
  for (const auto& band : bands) {
    const double each = static_cast<double>(band.weight) / total / (band.to - band.from + 1);
    for (int m = band.from; m <= band.to; ++m) {
      one[static_cast<std::size_t>(std::max(0, m - kTolerance))] += each;
    }
  }
  return one;
}

// Of the sums of 0, 1 … `most` entries; the last position of each holds everything from there on.
std::vector<Distribution> SumsTo(const Distribution& one, int most, std::size_t top) {
  std::vector<Distribution> sums = {Distribution(top + 1, 0)};
  sums[0][0] = 1;
  for (int entry = 0; entry < most; ++entry) {
    const Distribution& sum = sums.back();
    Distribution next(top + 1, 0);
    for (std::size_t a = 0; a <= top; ++a) {
      if (sum[a] == 0) continue;
      for (std::size_t b = 0; b < one.size(); ++b) next[std::min(a + b, top)] += sum[a] * one[b];
    }
    sums.push_back(std::move(next));
  }
  return sums;
}

class AnalyticTest : public RipTest {
 protected:
  // The closed forms are of people who hold their post the whole year.
  void SetUp() override {
    RipTest::SetUp();
    population_.turnover.reset();
  }

  // The last one: the first of the national office do not clock in.
  std::size_t PersonIn(const std::string& office) const {
    for (const population::Column& column : population_.staff.columns) {
      if (column.attribute != "oficina") continue;
      for (std::size_t p = column.of.size(); p-- > 0;) {
        if (column.values[static_cast<std::size_t>(column.of[p])].name == office) return p;
      }
    }
    ADD_FAILURE() << office;
    return 0;
  }

  std::unique_ptr<Setting> Ready() {
    auto setting = Prepare({regulation_.rules.get()}, population_, 2026, diagnostics_);
    EXPECT_TRUE(setting) << Messages(sources_, diagnostics_);
    return setting ? std::make_unique<Setting>(std::move(*setting)) : nullptr;
  }

  // Entries of each month.
  std::vector<int> Entries(const Setting& setting, std::size_t person) const {
    std::vector<int> entries(12, 0);
    for (const std::int32_t day : setting.work[person]->days) {
      entries[static_cast<std::size_t>(setting.year.month[static_cast<std::size_t>(day)])] +=
          ShiftsOn(setting.plans[0], person, day);
    }
    return entries;
  }

  const std::vector<Event>& Live(Behavior& behavior, const Setting& setting, std::size_t person,
                                 int year) {
    return behavior.Live(person, *setting.work[person], static_cast<std::uint32_t>(year), 1);
  }
};

// Within what sampling allows: `variance` is of one year, and so is `expected`.
void ExpectMean(double mean, double expected, double variance, const std::string& what) {
  EXPECT_NEAR(mean, expected, kBound * std::sqrt(variance / kYears) + 1e-9) << what;
}

// The same of a count of things that happen at most once a month or so: a normal bound does not
// hold for the rare ones.
void ExpectCount(double count, double expected, double variance, const std::string& what) {
  constexpr double kRare = 60;
  const double in_all = expected * kYears;
  if (in_all > kRare) return ExpectMean(count / kYears, expected, variance, what);
  if (in_all < 1e-9) {
    EXPECT_EQ(count, 0) << what;
    return;
  }
  const boost::math::poisson poisson(in_all);
  EXPECT_GE(count, boost::math::quantile(poisson, 0.0005) - 1) << what;
  EXPECT_LE(count, boost::math::quantile(poisson, 0.9995) + 1) << what;
}

TEST_F(AnalyticTest, LateMinutesAndEachRowOf45IAreThoseOfTheConvolution) {
  // 45.I: nothing to 30, then half a day, one, two and three; from 121 on it is 4 the first time
  // of the year, and 46.IV.1 and 47.III.1 after that.
  const std::vector<std::pair<int, int>> rows = {
      {31, 45}, {46, 60}, {61, 90}, {91, 120}, {121, 400}};
  for (const Case& c : Cases()) {
    Quiet();
    for (population::BehaviourClass& b : population_.classes) b.arrival = Discrete(c.arrival);
    const auto setting = Ready();
    ASSERT_TRUE(setting);
    const std::size_t person = PersonIn(c.office);
    const Distribution one = OneEntry(c.arrival);
    double mean_one = 0, square_one = 0;
    for (std::size_t m = 0; m < one.size(); ++m) {
      mean_one += static_cast<double>(m) * one[m];
      square_one += static_cast<double>(m * m) * one[m];
    }
    std::vector<double> expected(rows.size(), 0), variance(rows.size(), 0);
    const std::vector<int> entries = Entries(*setting, person);
    const std::vector<Distribution> sums =
        SumsTo(one, *std::max_element(entries.begin(), entries.end()), 400);
    for (const int count : entries) {
      const Distribution& sum = sums[static_cast<std::size_t>(count)];
      for (std::size_t r = 0; r < rows.size(); ++r) {
        double p = 0;
        for (int m = rows[r].first; m <= rows[r].second; ++m) p += sum[static_cast<std::size_t>(m)];
        expected[r] += p;
        variance[r] += p * (1 - p);
      }
    }
    const std::map<std::string, std::size_t> row_of = {
        {"atraso_mensual[2]", 0},         {"atraso_mensual[3]", 1},
        {"atraso_mensual[4]", 2},         {"atraso_mensual[5]", 3},
        {"atraso_mensual[6]", 4},         {"atraso_extremo_segunda_vez", 4},
        {"atraso_extremo_tercera_vez", 4}};
    std::vector<double> met(rows.size(), 0);
    double minutes = 0;
    Behavior behavior(population_, setting->eligibility, setting->year, setting->shifts, 77);
    for (int year = 0; year < kYears; ++year) {
      for (const Event& event : Live(behavior, *setting, person, year)) {
        minutes += std::max(0, event.value - kTolerance);
      }
      const auto all = Judge(*setting, population_,
                             {0, person, 77, static_cast<std::uint32_t>(year)}, diagnostics_);
      ASSERT_TRUE(all);
      for (const auto& application : all->applications) {
        const auto row = row_of.find(regulation_.rules->rule(application.rule).name);
        if (row != row_of.end()) met[row->second] += 1;
      }
    }
    const int count = std::accumulate(entries.begin(), entries.end(), 0);
    ExpectMean(minutes / kYears, count * mean_one, count * (square_one - mean_one * mean_one),
               c.name + ": minutos");
    for (std::size_t r = 0; r < rows.size(); ++r) {
      ExpectCount(met[r], expected[r], variance[r],
                  c.name + ": " + std::to_string(rows[r].first) + " y más");
    }
  }
}

// The minutes that the rules add up are those of the arrivals.
TEST_F(AnalyticTest, TheRulesCountTheMinutesOfTheArrivals) {
  Quiet();
  const std::vector<Discrete::Band> bands = {{-5, 5, 85, {}}, {10, 30, 15, {}}};
  for (population::BehaviourClass& b : population_.classes) b.arrival = Discrete(bands);
  Options options;
  options.gestion = 2026;
  options.replications = 50;
  const Forecast forecast = Run({{"base", {}, regulation_.rules}}, options);
  const auto setting = Ready();
  ASSERT_TRUE(setting);
  const Distribution one = OneEntry(bands);
  double mean_one = 0, square_one = 0;
  for (std::size_t m = 0; m < one.size(); ++m) {
    mean_one += static_cast<double>(m) * one[m];
    square_one += static_cast<double>(m * m) * one[m];
  }
  double entries = 0;
  for (std::size_t p = 0; p < population_.staff.size(); ++p) {
    const auto each = Entries(*setting, p);
    entries += std::accumulate(each.begin(), each.end(), 0);
  }
  ASSERT_EQ(forecast.series[0].key, "atrasos");
  const double mean =
      std::accumulate(forecast.series[0].base.begin(), forecast.series[0].base.end(), 0.0);
  // Two people of the national office do not clock in (16.I): what they do is not counted.
  const double exempt = 2 * 2 * static_cast<double>(setting->work[0]->days.size());
  const double variance = entries * (square_one - mean_one * mean_one);
  EXPECT_NEAR(mean, (entries - exempt) * mean_one, kBound * std::sqrt(variance / 50));
}

TEST_F(AnalyticTest, OmissionsAreThoseOfTheirChance) {
  for (const double per_thousand : {2.0, 10.0, 40.0}) {
    for (const char* office : {"nacional", "beni"}) {
      Quiet();
      const double p = per_thousand / 1000;
      for (population::BehaviourClass& c : population_.classes) {
        c.missing_record = {static_cast<std::uint64_t>(p * 4294967296.0)};
        c.regularised = {std::uint64_t{1} << 31};
      }
      const auto setting = Ready();
      ASSERT_TRUE(setting);
      const std::size_t person = PersonIn(office);
      Behavior behavior(population_, setting->eligibility, setting->year, setting->shifts, 5);
      double all = 0, mended = 0, mornings = 0, mended_mornings = 0;
      for (int year = 0; year < kYears; ++year) {
        for (const Event& event : Live(behavior, *setting, person, year)) {
          ASSERT_EQ(event.what, Happening::Omission);
          all += 1;
          mended += static_cast<int>(event.flag);
          mornings += event.shift == 1 ? 1 : 0;
          mended_mornings += event.shift == 1 && event.flag ? 1 : 0;
        }
      }
      // One chance a day for both of its entries.
      const double days = static_cast<double>(setting->work[person]->days.size());
      ExpectMean(all / kYears, days * 2 * p, days * 2 * p * (1 - 2 * p), office);
      ExpectMean(mended / kYears, days * p, days * p * (1 - p), office);
      // One draw says both: they hang on nothing of one another.
      ExpectMean(mornings / kYears, days * p, days * p * (1 - p), office);
      ExpectMean(mended_mornings / kYears, days * p / 2, days * p / 2 * (1 - p / 2), office);
    }
  }
}

TEST_F(AnalyticTest, AbsencesAreThoseOfTheirRate) {
  for (const double per_year : {0.5, 2.0, 6.0}) {
    Quiet();
    for (population::BehaviourClass& c : population_.classes) {
      c.absences = {{1, per_year, {std::uint64_t{1} << 30}}};
    }
    const auto setting = Ready();
    ASSERT_TRUE(setting);
    const std::size_t person = PersonIn("nacional");
    const double days = static_cast<double>(setting->work[person]->days.size());
    Behavior behavior(population_, setting->eligibility, setting->year, setting->shifts, 8);
    double all = 0, justified = 0, mornings = 0, justified_mornings = 0;
    for (int year = 0; year < kYears; ++year) {
      for (const Event& event : Live(behavior, *setting, person, year)) {
        all += 1;
        justified += static_cast<int>(event.flag);
        mornings += event.shift == 1 ? 1 : 0;
        justified_mornings += event.shift == 1 && event.flag ? 1 : 0;
      }
    }
    const double p = per_year / days;
    ExpectMean(all / kYears, per_year, per_year * (1 - p), "medias jornadas");
    ExpectMean(justified / kYears, per_year / 4, per_year / 4 * (1 - p / 4), "justificadas");
    // One draw says both: they hang on nothing of one another.
    ExpectMean(mornings / kYears, per_year / 2, per_year / 2 * (1 - p / 2), "de la mañana");
    ExpectMean(justified_mornings / kYears, per_year / 8, per_year / 8 * (1 - p / 8),
               "justificadas de la mañana");
  }
}

// Somebody late at every entry, and a leave of three whole days: nobody arrives on its days,
// which are counted from 1, and the first working day after it is the return.
TEST_F(AnalyticTest, WhoIsOnLeaveDoesNotArriveAndThenComesBack) {
  Quiet();
  for (population::BehaviourClass& c : population_.classes) c.arrival = Discrete({{10, 10, 1, {}}});
  population::Occurrence leave;
  leave.name = "baja";
  leave.kind = "día_de_incapacidad";
  leave.per_year = 6;
  leave.away = Discrete({{6, 6, 1, {}}});
  leave.each_day = true;
  leave.counted = "día_de_baja";
  leave.variants.push_back({1, {}});
  leave.variant = Discrete({{0, 0, 1, {}}});
  leave.back_kind = "reincorporación";
  population_.occurrences = {leave};
  const auto setting = Ready();
  ASSERT_TRUE(setting);
  const std::size_t person = PersonIn("oruro");
  const std::vector<std::int32_t>& days = setting->work[person]->days;
  Behavior behavior(population_, setting->eligibility, setting->year, setting->shifts, 3);
  int leaves = 0;
  for (int year = 0; year < 60; ++year) {
    std::map<std::int32_t, int> away, arrivals;
    const auto& events = Live(behavior, *setting, person, year);
    for (const Event& event : events) {
      if (event.what == Happening::Arrival) ++arrivals[event.day];
      if (event.what == Happening::Occurrence) away[event.day] = event.count;
    }
    for (const std::int32_t day : days) {
      EXPECT_EQ(arrivals[day], away.contains(day) ? 0 : 2) << day;
    }
    for (const Event& event : events) {
      if (event.what != Happening::Return) continue;
      ++leaves;
      const auto at = std::find(days.begin(), days.end(), event.day) - days.begin();
      // One that began before the year has fewer days in it.
      for (int back = 1; back <= std::min<int>(3, static_cast<int>(at)); ++back) {
        EXPECT_EQ(away[days[static_cast<std::size_t>(at - back)]], 4 - back);
      }
    }
  }
  EXPECT_GT(leaves, 200);
}

// Ley 2027:49.I by RIP:35: 15 days from a year and a day of service, 20 from five and a day, 30
// from ten and a day; the last two count years elsewhere only with a certificate.
TEST_F(AnalyticTest, VacationAcquiredIsThatOfTheYearsServed) {
  struct Served {
    base::Date hired;
    int before;
    bool certificate;
    int days;
  };
  const std::vector<Served> all = {
      {base::Date(2025, 6, 2), 0, false, 15}, {base::Date(2022, 3, 1), 0, true, 15},
      {base::Date(2020, 3, 1), 0, true, 20},  {base::Date(2021, 3, 1), 6, true, 30},
      {base::Date(2010, 5, 3), 0, true, 30},  {base::Date(2010, 5, 3), 0, false, 15},
      {base::Date(2026, 2, 2), 0, false, 0},
  };
  Quiet();
  const std::size_t person = PersonIn("nacional");
  for (const Served& served : all) {
    const auto give = [&](const std::string& attribute,
                          std::optional<population::AttributeValue> value) {
      for (population::Column& column : population_.staff.columns) {
        if (column.attribute != attribute) continue;
        if (!value) {
          column.of[person] = -1;
          return;
        }
        column.of[person] = static_cast<std::int32_t>(column.values.size());
        column.values.push_back(*value);
      }
    };
    using Kind = population::AttributeValue::Kind;
    give("contrato", {{"", Kind::Name, "permanente", {}, {}}});
    give("ingreso", {{"", Kind::Date, "", {}, served.hired}});
    give("servicio_previo", {{"", Kind::Number, "", served.before, {}}});
    give("certificado", served.certificate ? std::optional<population::AttributeValue>(
                                                 {"", Kind::Date, "", {}, base::Date(2025, 1, 15)})
                                           : std::nullopt);
    const auto setting = Ready();
    ASSERT_TRUE(setting);
    const auto judged = Judge(*setting, population_, {0, person, 1, 0}, diagnostics_);
    ASSERT_TRUE(judged);
    base::Rational days;
    for (const auto& application : judged->applications) {
      const rules::Rule& rule = regulation_.rules->rule(application.rule);
      for (std::size_t c = 0; c < rule.consequences.size(); ++c) {
        if (application.stands && rule.consequences[c].thing == "vacación")
          days += application.quantities[c];
      }
    }
    EXPECT_EQ(days, base::Rational(served.days))
        << served.hired.str() << " + " << served.before << (served.certificate ? " con" : " sin");
  }
}

}  // namespace
}  // namespace cotejo::year
