// People who do less after a sanction: how much less, when, and under which text.
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "model/evaluation/evaluate.h"
#include "scenarios/year/living.h"
#include "scenarios/year/person_year.h"
#include "tests/simulation/other_entity.h"
#include "tests/simulation/setting_for_tests.h"

namespace cotejo::year {
namespace {

using population::Discrete;
using population::Factor;

constexpr int kGestion = 2026;
constexpr int kMonthsOfYear = 12;
constexpr double kBound = 3.2905;  // two-sided 99.9 % of a normal

#ifdef COTEJO_SANITIZED
constexpr int kSampled = 60;
#else
constexpr int kSampled = 300;
#endif

constexpr const char* kWarnsOfConduct =
    "regla aviso cita OTRA:8 sobre conducta entonces amonestación verbal\n";
constexpr const char* kWarnsOfAbsence =
    "regla aviso cita OTRA:8 sobre inasistencia entonces amonestación escrita\n";

class DeterrenceTest : public RipTest {
 protected:
  // Nothing happens to anybody but what a test asks for, and nobody leaves.
  void Quiet() {
    RipTest::Quiet();
    for (population::BehaviourClass& c : population_.classes) c.conduct_factor = 1;
    population_.turnover.reset();
  }

  // Only that, and half of it justified or mended.
  void Only(Factor what) {
    Quiet();
    const population::Chance half{std::uint64_t{1} << 31};
    for (population::BehaviourClass& c : population_.classes) {
      c.regularised = half;
      c.missing_entry = {0};
      if (what == Factor::Lateness) c.arrival = Discrete({{-5, 0, 90, {}}, {6, 20, 10, half}});
      if (what == Factor::Omissions) c.missing_record = {std::uint64_t{1} << 27};
      if (what == Factor::Absences) c.absences = {{1, 10, half}};
      if (what == Factor::PostAbsences) c.post_absences = {{1, 10, half}};
    }
    if (what == Factor::Conducts) population_.conduct = {{"RIP:43.II.a", 10}};
  }

  void MakeWorse() {
    for (population::BehaviourClass& c : population_.classes) {
      c.conduct_factor *= 15;
      c.missing_record.below *= 3;
      for (population::SpellRate& spell : c.absences) spell.per_year *= 2;
    }
  }

  RegulationInput Rip() { return {"base", {"base", "base"}, regulation_.rules}; }
  RegulationInput Text(const std::string& rules) {
    return {"t", {rules, rules}, FromText(kBareEntity + rules)};
  }

  Forecast Years(const std::vector<RegulationInput>& regulations, int replications,
                 int threads = 2) {
    Options options;
    options.gestion = kGestion;
    options.seed = 19;
    options.replications = replications;
    options.threads = threads;
    return Run(regulations, options);
  }

  static void ExpectSame(const Forecast& one, std::size_t k, const Forecast& other, std::size_t l) {
    ASSERT_EQ(one.cells.size(), other.cells.size());
    for (std::size_t c = 0; c < one.cells.size(); ++c) {
      EXPECT_EQ(one.cells[c].key, other.cells[c].key);
      EXPECT_EQ(one.regulations[k].values[c], other.regulations[l].values[c]) << one.cells[c].key;
    }
    for (std::size_t s = 0; s < one.series.size(); ++s) {
      const auto months = [&](const Forecast& forecast, std::size_t r) {
        return r == 0 ? forecast.series[s].base : forecast.series[s].amended[r - 1];
      };
      EXPECT_EQ(months(one, k), months(other, l)) << one.series[s].key;
    }
  }

  static double Mean(const Forecast& forecast, const std::string& key, std::size_t k = 0) {
    for (std::size_t c = 0; c < forecast.cells.size(); ++c) {
      if (forecast.cells[c].key == key) return forecast.regulations[k].statistics[c].mean;
    }
    ADD_FAILURE() << key;
    return 0;
  }

  std::unique_ptr<Setting> Ready(const std::vector<const rules::Ruleset*>& rules) {
    auto setting = Prepare(rules, population_, kGestion, diagnostics_);
    EXPECT_TRUE(setting) << Messages(sources_, diagnostics_);
    return setting ? std::make_unique<Setting>(std::move(*setting)) : nullptr;
  }

  // The months that follow a sanction, by what the interpreter says of a history.
  std::vector<int> MonthsAfter(const rules::Ruleset& rules, const evaluation::Result& result,
                               const evaluation::History& history) const {
    std::set<int> months;
    for (const evaluation::Application& a : result.applications) {
      if (!a.stands) continue;
      for (const rules::Consequence& c : rules.rule(a.rule).consequences) {
        using Kind = rules::ConsequenceKind;
        const bool sanction = c.kind == Kind::VerbalAdmonition ||
                              c.kind == Kind::WrittenAdmonition || c.kind == Kind::PayDeduction ||
                              c.kind == Kind::Process || c.kind == Kind::Destitution ||
                              c.kind == Kind::Retirement;
        for (int m = 1; sanction && m <= population_.deterrence->months; ++m) {
          const int month = static_cast<int>(a.date.month()) + m;
          if (month <= kMonthsOfYear && month <= static_cast<int>(history.to.month()))
            months.insert(month);
        }
      }
    }
    return {months.begin(), months.end()};
  }

  struct Replayed {
    int restrained = 0, newcomers = 0, forgone = 0;
  };
  // What happened, judged by the interpreter, has the answers of the simulator, and restrains
  // the months that were.
  Replayed Replay(const rules::Ruleset& rules, std::size_t regulation, const Setting& setting) {
    Replayed seen;
    const rules::Families families = rules::BuildFamilies(rules);
    for (int i = 0; i < kSampled && !HasFailure(); ++i) {
      PersonYearKey key;
      key.regulation = regulation;
      key.seed = 5;
      key.person = static_cast<std::size_t>(i) * 7 % population_.staff.size();
      key.replication = static_cast<std::uint32_t>(i);
      const int occupants = Occupants(setting, population_, key);
      for (key.occupant = 0; key.occupant < occupants; ++key.occupant) {
        const evaluation::History history = PersonYear(setting, population_, key);
        const evaluation::Result result = evaluation::Evaluate(rules, families, history);
        EXPECT_TRUE(result.problems.empty());
        Consequences expected;
        for (const evaluation::Application& a : result.applications)
          expected.applications.push_back(
              {a.rule, a.date, a.quantities, a.stands, !a.conflicts.empty()});
        SortConsequences(expected);
        const auto found = Judge(setting, population_, key, diagnostics_);
        EXPECT_TRUE(found && found->applications == expected.applications) << history.person;
        const Restraint restraint = RestraintOf(setting, population_, key);
        EXPECT_EQ(restraint.months, MonthsAfter(rules, result, history)) << history.person;
        for (const Restraint::Forgone& one : restraint.forgone) {
          const auto month = std::find(restraint.months.begin(), restraint.months.end(),
                                       static_cast<int>(one.date.month()));
          EXPECT_NE(month, restraint.months.end());
        }
        seen.restrained += static_cast<int>(restraint.months.size());
        seen.forgone += static_cast<int>(restraint.forgone.size());
        if (key.occupant > 0 && !restraint.months.empty()) ++seen.newcomers;
      }
    }
    return seen;
  }
};

// ---- none ------------------------------------------------------------------------

TEST_F(DeterrenceTest, WhoDoesAsMuchAsBeforeIsAsIfThereWereNone) {
  MakeWorse();
  const std::vector<RegulationInput> all = {
      Rip(), {"t", {"t", "t"}, Amended("tolerancia-10.enmienda.norma.md")}};
  const Forecast none = Years(all, 4);
  population_.deterrence = population::Deterrence{3, {1, 1, 1, 1, 1}};
  const Forecast same = Years(all, 4);
  ExpectSame(none, 0, same, 0);
  ExpectSame(none, 1, same, 1);
}

TEST_F(DeterrenceTest, AnAmendmentThatChangesNothingChangesNothing) {
  MakeWorse();
  population_.deterrence = population::Deterrence{4, {0.5, 0.3, 0, 0.1, 0.2}};
  const Forecast forecast =
      Years({Rip(), {"n", {"n", "n"}, Amended("enmienda-nula.enmienda.norma.md")}}, 4);
  ExpectSame(forecast, 0, forecast, 1);
  for (const Statistics& difference : forecast.regulations[1].difference) {
    EXPECT_EQ(difference.mean, 0);
    EXPECT_EQ(difference.ci_high, 0);
  }
}

// Without the only sanction people do what they would have done.
TEST_F(DeterrenceTest, WithoutTheSanctionTheYearIsAsUndeterred) {
  for (population::BehaviourClass& c : population_.classes) c.absences = {{1, 3, {}}, {4, 1, {}}};
  const std::vector<RegulationInput> both = {Text(kWarnsOfAbsence), Text("")};
  const Forecast none = Years(both, 4);
  population_.deterrence = population::Deterrence{6, {0.2, 0.2, 0, 0.2, 0.2}};
  const Forecast deterred = Years(both, 4);
  ExpectSame(none, 1, deterred, 1);
  EXPECT_LT(Mean(deterred, "sanciones/total"), 0.7 * Mean(none, "sanciones/total"));
  const auto late = [](const Forecast& forecast, bool amended) {
    const MonthSeries& series = forecast.series.front();
    double sum = 0;
    for (const double month : amended ? series.amended.front() : series.base) sum += month;
    return sum;
  };
  EXPECT_LT(late(deterred, false), 0.9 * late(none, false));
  EXPECT_EQ(late(deterred, true), late(none, true));
}

TEST_F(DeterrenceTest, IsTheSameWithOneThreadAndTwo) {
  MakeWorse();
  population_.deterrence = population::Deterrence{3, {0.8, 0.6, 0.5, 0.5, 0.4}};
  const std::vector<RegulationInput> all = {
      Rip(), {"t", {"t", "t"}, Amended("tolerancia-10.enmienda.norma.md")}};
  const Forecast one = Years(all, 9, 1);
  const Forecast two = Years(all, 9, 2);
  ExpectSame(one, 0, two, 0);
  ExpectSame(one, 1, two, 1);
}

// ---- how much --------------------------------------------------------------------

// In the months after a sanction nothing happens of what is deterred whole, and in the others
// just what happens when nothing is.
TEST_F(DeterrenceTest, WhatIsDeterredWholeDoesNotHappenInTheMonthsAfter) {
  Quiet();
  for (population::BehaviourClass& c : population_.classes) {
    c.arrival = Discrete({{-5, 0, 85, {}}, {6, 20, 15, {1U << 30}}});
    c.missing_record = {std::uint64_t{1} << 25};
    c.absences = {{1, 2, {}}};
    c.post_absences = {{1, 2, {}}};
  }
  population_.conduct = {{"RIP:43.II.a", 2}};
  population_.deterrence = population::Deterrence{2, {0, 0, 0, 0, 0}};
  const auto rules = FromText(std::string(kBareEntity) + kWarnsOfConduct);
  const auto setting = Ready({rules.get()});
  ASSERT_TRUE(setting);
  const Succession succession(*setting, population_, 3);
  Behavior behavior(population_, setting->eligibility, setting->year, setting->shifts, 3);
  Behavior free(population_, setting->eligibility, setting->year, setting->shifts, 3);
  Evaluator evaluator(setting->plans[0].plan, setting->agendas[0], setting->year);
  const auto month_of = [&](std::int32_t day) {
    return setting->year.month[static_cast<std::size_t>(day)];
  };
  int restrained = 0;
  for (std::size_t post = 0; post < population_.staff.size(); ++post) {
    const Occupant occupant = succession.First(post, 0);
    Living living(*setting, population_, succession, behavior, 1);
    const Lived lived = living.Live(0, occupant, evaluator);
    Months expected = 0;
    for (const Event& event : *lived.events) {
      EXPECT_EQ(lived.answer.restrained >> month_of(event.day) & 1U, 0U);
      if (event.what == Happening::Conduct) expected |= 6U << month_of(event.day);
    }
    EXPECT_EQ(lived.answer.restrained, expected & 0xFFFU);
    std::vector<Event> undeterred;
    for (const Event& event : free.Happen(Tenure{post, post}, *setting->work[post], 0, 1)) {
      if ((lived.answer.restrained >> month_of(event.day) & 1U) == 0) undeterred.push_back(event);
    }
    EXPECT_EQ(*lived.events, undeterred);
    restrained += lived.answer.restrained != 0 ? 1 : 0;
  }
  EXPECT_GT(restrained, 100);
}

// What is kept of each thing, justified or not, is its part: a draw each. Whoever is not late is
// at the hour.
TEST_F(DeterrenceTest, OfEachThingItsPartIsLeft) {
  const std::array<double, population::kDeterred> parts = {0.8, 0.6, 0.5, 0.3, 0.4};
  const auto rules = FromText(std::string(kBareEntity) + kWarnsOfConduct);
  for (std::size_t f = 0; f < population::kDeterred; ++f) {
    Only(static_cast<Factor>(f));
    population_.deterrence = population::Deterrence{1, parts};
    const auto setting = Ready({rules.get()});
    ASSERT_TRUE(setting);
    Behavior free(population_, setting->eligibility, setting->year, setting->shifts, 21);
    Behavior deterred(population_, setting->eligibility, setting->year, setting->shifts, 21);
    const std::int64_t from = f == 0 ? -5 : 1;
    std::array<double, 2> all{}, kept{};  // by whether it is justified or mended
    for (std::size_t person = 0; person < population_.staff.size(); ++person) {
      const WorkDays& work = *setting->work[person];
      const Tenure tenure{person, person};
      const auto& before = free.Live(tenure, work, 0, from);
      const auto& after = deterred.Live(tenure, work, 0, from, nullptr, {0xFFF, {}});
      std::size_t at = 0;
      for (const Event& event : before) {
        if (f == 0 && event.value <= 0) continue;
        ++all[event.flag ? 1 : 0];
      }
      for (const Event& event : after) {
        while (at < before.size() &&
               std::tie(before[at].day, before[at].shift) < std::tie(event.day, event.shift))
          ++at;
        ASSERT_LT(at, before.size());
        if (event == before[at]) {
          if (f != 0 || event.value > 0) ++kept[event.flag ? 1 : 0];
          continue;
        }
        ASSERT_EQ(f, 0U);
        EXPECT_GT(before[at].value, 0);
        EXPECT_EQ(event.value, 0);
        EXPECT_FALSE(event.flag);
      }
      EXPECT_TRUE(f != 0 || after.size() == before.size());
      EXPECT_EQ(deterred.forgone().empty(), before == after);
    }
    for (std::size_t flag = 0; flag < (f == 4 ? 1U : 2U); ++flag) {
      EXPECT_GT(all[flag], 400);
      EXPECT_NEAR(kept[flag], all[flag] * parts[f],
                  kBound * std::sqrt(all[flag] * parts[f] * (1 - parts[f])))
          << f << " " << flag;
    }
  }
}

struct Case {
  double per_year;
  int months;
  double part;
};

// Mean and variance of how many conducts somebody has, with a warning for each, from the whole
// distribution: months are binomials, and the months still restrained a chain.
std::pair<double, double> Moments(const Setting& setting, const WorkDays& work, const Case& c) {
  constexpr std::size_t kMost = 60;
  using Counts = std::array<double, kMost>;
  std::vector<Counts> now(static_cast<std::size_t>(c.months) + 1, Counts{});  // by months left
  now[0][0] = 1;
  for (std::size_t m = 0; m < kMonthsOfYear; ++m) {
    const int days = work.before[static_cast<std::size_t>(setting.year.month_last[m]) + 1] -
                     work.before[static_cast<std::size_t>(setting.year.month_first[m])];
    std::vector<Counts> next(now.size(), Counts{});
    for (std::size_t left = 0; left < now.size(); ++left) {
      const double p =
          c.per_year / static_cast<double>(work.days.size()) * (left > 0 ? c.part : 1.0);
      double chance = std::pow(1 - p, days);  // of j conducts
      for (int j = 0; j <= days && j < 20; ++j) {
        const std::size_t after = j > 0 ? now.size() - 1 : left > 0 ? left - 1 : 0;
        for (std::size_t k = 0; k + static_cast<std::size_t>(j) < kMost; ++k)
          next[after][k + static_cast<std::size_t>(j)] += now[left][k] * chance;
        chance *= p / (1 - p) * (days - j) / (j + 1);
      }
    }
    now = std::move(next);
  }
  double mean = 0, square = 0;
  for (const Counts& counts : now) {
    for (std::size_t k = 0; k < kMost; ++k) {
      mean += static_cast<double>(k) * counts[k];
      square += static_cast<double>(k * k) * counts[k];
    }
  }
  return {mean, square - mean * mean};
}

TEST_F(DeterrenceTest, ConductsAreThoseOfTheChain) {
  for (const Case& c : {Case{3, 1, 0.4}, Case{2, 3, 0.5}, Case{6, 2, 0.0}, Case{1, 12, 0.25}}) {
    Quiet();
    population_.conduct = {{"RIP:43.II.a", c.per_year}};
    population_.deterrence = population::Deterrence{c.months, {1, 1, 1, 1, c.part}};
    const RegulationInput text = Text(kWarnsOfConduct);
    const auto setting = Ready({text.rules.get()});
    ASSERT_TRUE(setting);
    double mean = 0, variance = 0;
    std::map<const WorkDays*, std::pair<double, double>> known;
    for (std::size_t person = 0; person < population_.staff.size(); ++person) {
      const WorkDays* work = setting->work[person];
      if (!known.contains(work)) known[work] = Moments(*setting, *work, c);
      mean += known[work].first;
      variance += known[work].second;
    }
    constexpr int kYears = 60;
    const Forecast forecast = Years({text}, kYears);
    EXPECT_NEAR(Mean(forecast, "sanciones/total"), mean, kBound * std::sqrt(variance / kYears));
  }
}

// A strength of two is answering twice; of one, as the file says.
TEST_F(DeterrenceTest, ItsStrengthIsAPower) {
  population_.deterrence = population::Deterrence{3, {0.8, 0.5, 0, 1, 0.25}};
  population::Factors factors = population::kAsTheFileSays;
  EXPECT_EQ(population::Scaled(population_, factors).deterrence->part,
            population_.deterrence->part);
  factors[static_cast<std::size_t>(Factor::Deterrence)] = 2;
  const population::Population twice = population::Scaled(population_, factors);
  const std::array<double, population::kDeterred> expected = {0.64, 0.25, 0, 1, 0.0625};
  for (std::size_t f = 0; f < population::kDeterred; ++f)
    EXPECT_NEAR(twice.deterrence->part[f], expected[f], 1e-12);
}

// ---- the reference interpreter ---------------------------------------------------

TEST_F(DeterrenceTest, TheInterpreterSaysTheSameOfTheYearAndOfItsMonths) {
  MakeWorse();
  population_.deterrence = population::Deterrence{3, {0.5, 0.5, 0.5, 0.5, 0.5}};
  const auto amended = Amended("tolerancia-10.enmienda.norma.md");
  const auto setting = Ready({regulation_.rules.get(), amended.get()});
  ASSERT_TRUE(setting);
  const Replayed base = Replay(*regulation_.rules, 0, *setting);
  EXPECT_GT(base.restrained, kSampled / 2);
  EXPECT_GT(base.forgone, kSampled / 2);
  const Replayed own = Replay(*amended, 1, *setting);
  EXPECT_GT(own.restrained, 0);
  EXPECT_NE(own.forgone, base.forgone);
}

// Rules that look at arrivals before the hour: whoever is not late is there at it.
TEST_F(DeterrenceTest, TheSameOfAnotherEntityWhoseNewcomersAreNotRestrained) {
  MakeWorse();
  for (auto& departures : population_.turnover->departures) {
    departures.resize(1);
    departures[0].chance = {std::uint64_t{1} << 31};
  }
  population_.turnover->vacant = Discrete({{0, 0, 1, {}}});
  population_.deterrence = population::Deterrence{2, {0.3, 0.5, 0, 0.5, 0.2}};
  const auto rules = FromText(kOtherEntity);
  const auto setting = Ready({rules.get()});
  ASSERT_TRUE(setting);
  ASSERT_LE(setting->notices_from, 0);
  const Replayed seen = Replay(*rules, 0, *setting);
  EXPECT_GT(seen.restrained, kSampled / 2);
  EXPECT_GT(seen.newcomers, 0);
}

// ---- what is said of it ----------------------------------------------------------

TEST_F(DeterrenceTest, TheForecastSaysWhatIsAssumed) {
  const auto says = [](const Forecast& forecast, const std::string& words) {
    for (const base::Text& one : forecast.assumptions) {
      if (one.es.find(words) != std::string::npos) return true;
    }
    return false;
  };
  const Forecast none = Years({Rip()}, 2);
  EXPECT_TRUE(says(none, "la gente no cambia de conducta por una enmienda"));
  population_.deterrence = population::Deterrence{3, {0.8, 1, 1, 0.125, 1}};
  const Forecast deterred = Years({Rip()}, 2);
  EXPECT_FALSE(says(deterred, "la gente no cambia de conducta por una enmienda"));
  EXPECT_TRUE(says(deterred, "queda: atrasos 80 %, ausencias 12,5 %"));
}

}  // namespace
}  // namespace cotejo::year
