// Attendance and discipline (RIP:43 to RIP:49) of people made up at random about the turn of a
// year, with the values at the ends of every row: the answers are those of a second program,
// written from the text of the regulation, under what is assumed and under each other reading.
#include <map>
#include <set>

#include "model/rules/families.h"
#include "tests/cases/regulation_for_tests.h"

namespace cotejo::cases {
namespace {

const std::string kFolder = "asistencia-40/";

class Attendance : public RegulationTest {
 protected:
  void SetUp() override {}  // each reading loads its own

  // Of the persons asked for: "person | date | article | answer".
  std::vector<std::string> Answers(const std::string& reading, const std::set<std::string>& asked) {
    rules::ReadingChoices readings;
    if (!reading.empty()) {
      const auto equals = reading.find('=');
      readings.emplace_back(reading.substr(0, equals), reading.substr(equals + 1));
    }
    regulation_ =
        rules::LoadRegulation(sources_, root_ + "/regulations/rip-2025", readings, diagnostics_);
    EXPECT_TRUE(regulation_.rules) << Messages();
    if (!regulation_.rules) return {};
    const rules::Ruleset& rules = *regulation_.rules;
    families_ = rules::BuildFamilies(rules);
    const auto histories = evaluation::ReadHistories(
        rules, sources_, cases_ + kFolder + "hechos.csv", "", std::nullopt, diagnostics_);
    EXPECT_FALSE(diagnostics_.has_errors()) << Messages();
    std::vector<std::string> answers;
    for (const evaluation::History& history : histories) {
      if (!asked.contains(history.person)) continue;
      const auto own = Answers(rules, history);
      const std::vector<std::string> none = {history.person + " |  |  | nada"};
      answers.insert(answers.end(), own.empty() ? none.begin() : own.begin(),
                     own.empty() ? none.end() : own.end());
    }
    return answers;
  }

 private:
  std::vector<std::string> Answers(const rules::Ruleset& rules,
                                   const evaluation::History& history) const {
    const evaluation::Result result = evaluation::Evaluate(rules, families_, history);
    std::vector<std::string> answers;
    for (const evaluation::Application& application : result.applications) {
      const rules::Rule& rule = rules.rule(application.rule);
      const base::Citation& article = rule.citation;
      if (!application.stands || article.norm != "RIP" || article.path.empty() ||
          article.path.front() < "43" || article.path.front() > "49") {
        continue;
      }
      std::string answer;
      for (std::size_t i = 0; i < rule.consequences.size(); ++i) {
        if (!rules::IsDisciplinary(rule.consequences[i].kind)) continue;
        std::optional<base::Rational> quantity;
        if (rule.consequences[i].quantity.valid()) quantity = application.quantities[i];
        answer += (answer.empty() ? "" : ", ") +
                  rules::DescribeConsequence(rules, rule.consequences[i], quantity).es;
      }
      if (answer.empty()) continue;
      answers.push_back(history.person + " | " + application.date.str() + " | " + article.str() +
                        " | " + answer);
    }
    for (const evaluation::GapHit& gap : result.gaps)
      answers.push_back(history.person + " | " + gap.date.str() + " |  | hueco");
    return answers;
  }
};

TEST_F(Attendance, IsAnsweredAsASecondProgramAnswers) {
  std::map<std::string, std::vector<std::string>> expected;  // by reading
  std::map<std::string, std::set<std::string>> asked;
  for (const auto& row : Table(kFolder + "esperado.csv", 6)) {
    asked[row[0]].insert(row[1]);
    expected[row[0]].push_back(row[1] + " | " + row[2] + " | " + row[3] + " | " + row[4]);
  }
  EXPECT_EQ(asked[""].size(), 40U);
  EXPECT_EQ(expected.size(), 10U);
  for (const auto& [reading, answers] : expected) {
    SCOPED_TRACE(reading);
    ExpectSameLines(answers, Answers(reading, asked[reading]));
  }
}

}  // namespace
}  // namespace cotejo::cases
