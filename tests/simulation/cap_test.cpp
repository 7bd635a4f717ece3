// What is deducted in a month over what the law allows: a fifth of a month's pay, six days of its
// thirty (LEY1178:29).
#include "scenarios/year/cap.h"

#include <algorithm>
#include <map>

#include "model/evaluation/evaluate.h"
#include "scenarios/year/person_year.h"
#include "tests/simulation/setting_for_tests.h"

namespace cotejo::year {
namespace {

constexpr int kGestion = 2026;
constexpr std::uint64_t kSeed = 9;
const base::Rational kMost(6);

struct Excess {
  std::int64_t months = 0;
  base::Rational days;
};

class CapTest : public RipTest {
 protected:
  // What the reference interpreter deducts from everybody in a simulated year, month by month.
  Excess Count(const Setting& setting, std::size_t regulation, std::uint32_t replication) {
    const rules::Ruleset& rules = *setting.plans[regulation].plan.rules;
    const rules::Families families = rules::BuildFamilies(rules);
    Excess excess;
    for (std::size_t post = 0; post < population_.staff.size(); ++post) {
      PersonYearKey key{regulation, post, kSeed, replication};
      const int occupants = Occupants(setting, population_, key);
      for (key.occupant = 0; key.occupant < occupants; ++key.occupant) {
        std::map<unsigned, base::Rational> months;
        const auto result =
            evaluation::Evaluate(rules, families, PersonYear(setting, population_, key));
        for (const evaluation::Application& applied : result.applications) {
          if (!applied.stands || !applied.conflicts.empty()) continue;
          const auto& consequences = rules.rule(applied.rule).consequences;
          for (std::size_t c = 0; c < consequences.size(); ++c) {
            if (consequences[c].kind == rules::ConsequenceKind::PayDeduction)
              months[applied.date.month()] += applied.quantities[c];
          }
        }
        for (const auto& [month, days] : months) {
          if (days <= kMost) continue;
          ++excess.months;
          excess.days += days - kMost;
        }
      }
    }
    return excess;
  }
};

TEST_F(CapTest, IsThatOfTheLaw) {
  auto setting = Prepare({regulation_.rules.get()}, population_, kGestion, diagnostics_);
  ASSERT_TRUE(setting) << Messages(sources_, diagnostics_);
  const std::vector<Cap> caps = CapsOf(setting->plans[0].plan, setting->year);
  ASSERT_EQ(caps.size(), 1U);
  EXPECT_EQ(caps[0].citation.str(), "LEY1178:29");
  ASSERT_TRUE(caps[0].days);
  for (const std::int64_t days : *caps[0].days)
    EXPECT_EQ(Unscaled(setting->plans[0].plan, days), kMost);
}

// Under the text in force and an amended one, with people who come and go.
TEST_F(CapTest, WhatIsOverItIsWhatTheInterpreterSays) {
  // Each person is absent more often, so that there is something over it in every year.
  for (population::BehaviourClass& c : population_.classes) {
    for (population::SpellRate& spell : c.absences) spell.per_year *= 10;
  }
  const auto amended = Amended("tolerancia-10.enmienda.norma.md");
  Options options;
  options.gestion = kGestion;
  options.seed = kSeed;
  options.replications = 3;
  options.threads = 2;
  const Forecast forecast = Run({{"base", {"en vigor", "in force"}, regulation_.rules},
                                 {"10", {"diez minutos", "ten minutes"}, amended}},
                                options);
  auto setting =
      Prepare({regulation_.rules.get(), amended.get()}, population_, kGestion, diagnostics_);
  ASSERT_TRUE(setting) << Messages(sources_, diagnostics_);
  const auto value = [&](const std::string& key, std::size_t regulation, std::size_t replication) {
    const auto cell = std::find_if(forecast.cells.begin(), forecast.cells.end(),
                                   [&](const Cell& c) { return c.key == key; });
    EXPECT_NE(cell, forecast.cells.end()) << key;
    const auto at = static_cast<std::size_t>(cell - forecast.cells.begin());
    return base::Rational(forecast.regulations[regulation].values[at][replication], cell->scale);
  };
  bool differs = false;
  for (std::uint32_t replication = 0; replication < 3; ++replication) {
    for (std::size_t k = 0; k < 2; ++k) {
      const Excess excess = Count(*setting, k, replication);
      EXPECT_GT(excess.months, 0);
      EXPECT_EQ(value("descuentos/sobre_el_tope/meses", k, replication),
                base::Rational(excess.months));
      EXPECT_EQ(value("descuentos/sobre_el_tope/días", k, replication), excess.days);
    }
    differs = differs || value("descuentos/sobre_el_tope/días", 0, replication) !=
                             value("descuentos/sobre_el_tope/días", 1, replication);
  }
  EXPECT_TRUE(differs);
}

}  // namespace
}  // namespace cotejo::year
