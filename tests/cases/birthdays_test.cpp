// Ten birthdays: RIP:21.III moves the half day of those that fall on a day of rest, and no other.
#include "tests/cases/regulation_for_tests.h"

namespace cotejo::cases {
namespace {

using Birthdays = RegulationTest;

TEST_F(Birthdays, TheCalendarSaysWhichAreMoved) {
  const auto histories = evaluation::ReadHistories(
      *regulation_.rules, sources_, cases_ + "cumpleanos-10/hechos.csv",
      cases_ + "cumpleanos-10/personas.csv",
      std::pair(*base::ParseDate("2025-01-01"), *base::ParseDate("2026-12-31")), diagnostics_);
  ASSERT_FALSE(diagnostics_.has_errors()) << Messages();
  EXPECT_EQ(histories.size(), 10U);

  std::vector<std::string> expected;
  for (const auto& row : Table("cumpleanos-10/esperado.csv", 3)) {
    expected.push_back(row[0] + " | 1/2");
    if (row[1] == "sí") expected.push_back(row[0] + " | se traslada");
  }
  std::vector<std::string> found;
  for (const evaluation::History& history : histories) {
    const evaluation::Result result = evaluation::Evaluate(*regulation_.rules, families_, history);
    for (const auto& application : result.applications) {
      const rules::Rule& rule = regulation_.rules->rule(application.rule);
      if (!application.stands) continue;
      if (rule.citation.str() == "RIP:21.II.b")
        found.push_back(history.person + " | " + application.quantities[0].str());
      if (rule.citation.str() == "RIP:21.III") found.push_back(history.person + " | se traslada");
    }
  }
  ExpectSameLines(std::move(expected), std::move(found));
}

}  // namespace
}  // namespace cotejo::cases
