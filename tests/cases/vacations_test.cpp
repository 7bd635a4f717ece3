// Forty entries into service worked out by hand: the vacation acquired in the gestión 2026.
#include "tests/cases/regulation_for_tests.h"

namespace cotejo::cases {
namespace {

using Vacations = RegulationTest;

TEST_F(Vacations, AreTheDaysAndTheArticleOfTheText) {
  const auto histories = evaluation::ReadHistories(
      *regulation_.rules, sources_, cases_ + "vacaciones-40/hechos.csv",
      cases_ + "vacaciones-40/personas.csv",
      std::pair(*base::ParseDate("2026-01-01"), *base::ParseDate("2026-12-31")), diagnostics_);
  ASSERT_FALSE(diagnostics_.has_errors()) << Messages();
  EXPECT_EQ(histories.size(), 40U);

  // A person who acquires nothing has a row without days: it must give no line.
  std::vector<std::string> expected;
  for (const auto& row : Table("vacaciones-40/esperado.csv", 4)) {
    if (!row[1].empty()) expected.push_back(row[0] + " | " + row[1] + " | " + row[2]);
  }
  std::vector<std::string> found;
  for (const evaluation::History& history : histories) {
    const evaluation::Result result = evaluation::Evaluate(*regulation_.rules, families_, history);
    EXPECT_TRUE(result.problems.empty());
    for (const auto& application : result.applications) {
      const rules::Rule& rule = regulation_.rules->rule(application.rule);
      for (std::size_t i = 0; i < rule.consequences.size(); ++i) {
        if (rule.consequences[i].thing != "vacación" || !application.stands) continue;
        EXPECT_TRUE(application.conflicts.empty()) << history.person;
        found.push_back(history.person + " | " + application.quantities[i].str() + " | " +
                        rule.citation.str());
      }
    }
  }
  ExpectSameLines(std::move(expected), std::move(found));
}

}  // namespace
}  // namespace cotejo::cases
