// What is paid or forbidden and what is not, on both sides of every bound, worked out by hand: the
// examples written beside the norms cannot say that somebody has no right to something.
#include <map>

#include "tests/cases/regulation_for_tests.h"

namespace cotejo::cases {
namespace {

using Payments = RegulationTest;

TEST_F(Payments, AreTheAmountAndTheArticleOrNothing) {
  const auto histories = evaluation::ReadHistories(
      *regulation_.rules, sources_, cases_ + "pagos-27/hechos.csv",
      cases_ + "pagos-27/personas.csv",
      std::pair(*base::ParseDate("2025-01-01"), *base::ParseDate("2025-12-31")), diagnostics_);
  ASSERT_FALSE(diagnostics_.has_errors()) << Messages();
  EXPECT_EQ(histories.size(), 27U);

  // A row without an amount must give no line; what no row of a person asks about is not looked at.
  std::vector<std::string> expected;
  std::multimap<std::string, std::string> asked;
  for (const auto& row : Table("pagos-27/esperado.csv", 5)) {
    asked.emplace(row[0], row[1]);
    if (row[2].empty()) continue;
    expected.push_back(row[0] + " | " + row[1] + " | " + row[2] + " | " + row[3]);
  }
  std::vector<std::string> found;
  for (const evaluation::History& history : histories) {
    const evaluation::Result result = evaluation::Evaluate(*regulation_.rules, families_, history);
    EXPECT_TRUE(result.problems.empty());
    const auto [first, last] = asked.equal_range(history.person);
    EXPECT_NE(first, last) << history.person;
    for (const auto& application : result.applications) {
      const rules::Rule& rule = regulation_.rules->rule(application.rule);
      for (std::size_t i = 0; i < rule.consequences.size(); ++i) {
        const std::string& thing = rule.consequences[i].thing;
        if (!application.stands ||
            std::none_of(first, last, [&](const auto& pair) { return pair.second == thing; }))
          continue;
        found.push_back(history.person + " | " + thing + " | " + application.quantities[i].str() +
                        " | " + rule.citation.str());
      }
    }
  }
  ExpectSameLines(std::move(expected), std::move(found));
}

TEST_F(Payments, StopAtTheLimitsOfTheOtherNorms) {
  const auto histories = evaluation::ReadHistories(
      *regulation_.rules, sources_, cases_ + "topes-24/hechos.csv", "",
      std::pair(*base::ParseDate("2025-01-01"), *base::ParseDate("2026-12-31")), diagnostics_);
  ASSERT_FALSE(diagnostics_.has_errors()) << Messages();
  const auto table = Table("topes-24/esperado.csv", 4);
  ASSERT_EQ(histories.size(), table.size());
  for (std::size_t i = 0; i < histories.size(); ++i) {
    const std::vector<std::string>& row = table[i];
    ASSERT_EQ(histories[i].person, row[0]);
    const evaluation::Result result =
        evaluation::Evaluate(*regulation_.rules, families_, histories[i]);
    const bool forbidden = std::any_of(
        result.applications.begin(), result.applications.end(), [&](const auto& application) {
          const rules::Rule& rule = regulation_.rules->rule(application.rule);
          return application.stands && rule.citation.str() == row[1] &&
                 rule.consequences.front().kind == rules::ConsequenceKind::Prohibition;
        });
    EXPECT_EQ(forbidden, row[2] == "sí") << row[0] << ": " << row[3];
  }
}

}  // namespace
}  // namespace cotejo::cases
