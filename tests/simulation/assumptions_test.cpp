// What a forecast says it rests on is true of the population it was made from.
#include "scenarios/year/assumptions.h"

#include <algorithm>

#include "tests/simulation/setting_for_tests.h"

namespace cotejo::year {
namespace {

constexpr int kGestion = 2026;

class AssumptionsTest : public RipTest {
 protected:
  // Whether some assumption of a year under these texts has these words.
  bool Says(const std::string& words, int gestion,
            const std::vector<const rules::Ruleset*>& texts) {
    Options options;
    options.gestion = gestion;
    auto setting = Prepare(texts, population_, gestion, diagnostics_);
    EXPECT_TRUE(setting) << Messages(sources_, diagnostics_);
    if (!setting) return false;
    const auto all = Assumptions(*setting, population_, options, options.replications);
    return std::any_of(all.begin(), all.end(), [&](const base::Text& said) {
      return said.es.find(words) != std::string::npos;
    });
  }
  bool Says(const std::string& words) { return Says(words, kGestion, {regulation_.rules.get()}); }
};

TEST_F(AssumptionsTest, WhatIsCalibratedIsNotSaidToBeMadeUp) {
  EXPECT_TRUE(Says("no están calibrados con registros"));
  EXPECT_FALSE(Says("cuáles están calibradas"));
  // As `calibrar` writes it.
  const auto of_class = std::find_if(
      population_.sources.begin(), population_.sources.end(),
      [](const base::Text& source) { return source.es.starts_with("«clase»: sintético"); });
  ASSERT_NE(of_class, population_.sources.end());
  of_class->es = "«clase»: calibrado de marcaciones (1 archivo); lo demás: sintético: supuesto";
  EXPECT_FALSE(Says("no están calibrados con registros"));
  EXPECT_TRUE(Says("cuáles están calibradas"));
}

// It is told as that of 1 January: of the eve, or of that day, there is nothing to say.
TEST_F(AssumptionsTest, ABalanceOfAnotherDayIsSaidToBe) {
  const auto says = [&](base::Date opening) {
    population_.opening_date = opening;
    return Says("el saldo inicial de vacaciones es del " + opening.str());
  };
  EXPECT_FALSE(says({2025, 12, 31}));
  EXPECT_FALSE(says({2026, 1, 1}));
  EXPECT_TRUE(says({2025, 6, 30}));
  EXPECT_TRUE(says({2024, 12, 31}));
  EXPECT_TRUE(says({2026, 6, 30}));
}

TEST_F(AssumptionsTest, ACollectiveVacationMayComeFromWhatWasAcquired) {
  population::CollectiveVacation together;
  together.from = {2026, 12, 21};
  together.to = {2026, 12, 31};
  together.groups.assign(population_.groups.size(), true);
  population_.vacation.collective.push_back(together);
  EXPECT_TRUE(Says("la vacación colectiva se toma del saldo inicial y cuenta"));
  population_.vacation.acquired = population_.vacation.share;
  EXPECT_TRUE(Says("se toma del saldo inicial o de lo ya adquirido en el año y cuenta"));
}

// Four people work in Monteagudo; in 2026 Chuquisaca has 246 working days, from 5 January.
TEST_F(AssumptionsTest, SomePeopleWithoutHoursAreNotEverybody) {
  const std::string file = testing::TempDir() + "horas " + std::to_string(::getpid()) + ".md";
  std::ofstream(file) << R"(
```norma
enmienda horas "Sin Monteagudo" sobre RIP
sustituye horario discontinuo cita RIP:15.I.1 tramos 08:30 a 12:30, 14:30 a 18:30
  para oficina en {nacional, la_paz, beni, oruro, potosí, cochabamba, santa_cruz, chuquisaca,
                   tarija, yungas, llallagua, chapare}
```
)";
  const auto amended = AmendedBy(file);
  std::filesystem::remove(file);
  ASSERT_TRUE(amended);
  const std::string some =
      "sin horario vigente para 4 de las 220 personas entre 2026-01-05 y 2026-12-31 (246 días "
      "hábiles)";
  EXPECT_FALSE(Says("sin horario"));
  EXPECT_TRUE(Says(some, kGestion, {amended.get()}));
  EXPECT_FALSE(Says("con una enmienda, ", kGestion, {amended.get()}));
  EXPECT_TRUE(
      Says("con una enmienda, " + some, kGestion, {regulation_.rules.get(), amended.get()}));
}

// Until 16 February 2025 there are 31 working days from 2 January, and 30 where 10 or 14 February
// is a holiday.
TEST_F(AssumptionsTest, NobodyHasHoursBeforeTheRegulation) {
  EXPECT_TRUE(
      Says("sin horario vigente entre 2025-01-02 y 2025-02-14 (30 a 31 días hábiles): en "
           "ellos nadie llega tarde",
           2025, {regulation_.rules.get()}));
}

}  // namespace
}  // namespace cotejo::year
