#include "reports/terminal/describe.h"

#include <gtest/gtest.h>

#include "reports/report.h"

namespace cotejo::reports {
namespace {

// A month of lateness under two rules of which the second prevails.
rules::Ruleset TwoRules() {
  rules::Ruleset ruleset;
  ruleset.title = "reglamento";
  rules::Norm regulation;
  regulation.name = "RIP";
  regulation.rank = 3;
  rules::Norm statute;
  statute.name = "LEY";
  statute.rank = 1;
  ruleset.norms = {regulation, statute};
  rules::FactKind kind;
  kind.name = "atraso";
  ruleset.fact_kinds = {kind};
  rules::Expr two;
  two.type = {rules::Base::Days, {}};
  two.literal = 2;
  ruleset.exprs = {two};
  rules::Rule deduction;
  deduction.name = "atraso_mensual[4]";
  deduction.citation = base::ParseCitation("RIP:45.I");
  deduction.subject = {rules::FactKindId(0), rules::Window::Month};
  deduction.fault = rules::FaultClass::Minor;
  rules::Consequence days;
  days.kind = rules::ConsequenceKind::PayDeduction;
  days.quantity = rules::ExprId(0);
  rules::Consequence process;
  process.kind = rules::ConsequenceKind::Process;
  deduction.consequences = {days, process};
  rules::Rule law = deduction;
  law.name = "tope";
  law.citation = base::ParseCitation("LEY:29");
  law.fault = rules::FaultClass::None;
  law.consequences = {process};
  ruleset.rules = {deduction, law};
  return ruleset;
}

evaluation::Result TwoApplications() {
  evaluation::Result result;
  const rules::Subject subject{rules::FactKindId(0), rules::Window::Month};
  result.roots = {{subject, base::Date(2025, 3, 1), base::Date(2025, 3, 31), {}},
                  {subject, base::Date(2025, 4, 1), base::Date(2025, 4, 30), {}}};
  evaluation::Application loser;
  loser.rule = rules::RuleId(0);
  loser.root = 0;
  loser.date = base::Date(2025, 3, 31);
  loser.quantities = {2, 0};
  loser.measures = {{"minutos_de_atraso", {rules::Base::Minutes, {}}, {70, false}}};
  loser.stands = false;
  loser.defeated_by = 1;
  loser.why = rules::Precedence::Rank;
  evaluation::Application winner;
  winner.rule = rules::RuleId(1);
  winner.root = 0;
  winner.date = loser.date;
  winner.quantities = {0};
  winner.conflicts = {0};
  result.applications = {loser, winner};
  result.gaps = {{1, base::Date(2025, 4, 30), {}, {}}};
  return result;
}

TEST(DescribeResult, NamesArticleConsequencesMeasuresAndWhoPrevails) {
  evaluation::History history;
  history.person = "P1";
  history.from = base::Date(2025, 1, 1);
  history.to = base::Date(2025, 12, 31);
  const AppliedPerson person = DescribeResult(TwoRules(), history, TwoApplications());
  ASSERT_EQ(person.rules.size(), 2U);
  const AppliedRule& loser = person.rules[0];
  EXPECT_EQ(loser.article.str(), "RIP:45.I");
  EXPECT_EQ(loser.subject.es, "atraso en marzo de 2025");
  EXPECT_EQ(loser.subject.en, "atraso in March 2025");
  EXPECT_NE(loser.answer.es.find("descuento de 2 días, proceso"), std::string::npos)
      << loser.answer.es;
  EXPECT_NE(loser.answer.es.find("leve"), std::string::npos) << loser.answer.es;
  ASSERT_EQ(loser.measures.size(), 1U);
  EXPECT_EQ(loser.measures[0].value.es, "70 minutos");
  EXPECT_EQ(loser.measures[0].value.en, "70 minutes");
  EXPECT_FALSE(loser.stands);
  EXPECT_EQ(loser.why.es, "prevalece LEY:29 (tope): norma de rango superior");
  EXPECT_EQ(person.rules[1].conflicts.size(), 1U);
  ASSERT_EQ(person.gaps.size(), 1U);
  EXPECT_EQ(person.gaps[0].subject.es, "atraso en abril de 2025");
}

TEST(DescribeRuleset, PutsTheHighestNormFirst) {
  const ReportInput input = DescribeRuleset(TwoRules());
  EXPECT_EQ(input.title, "reglamento");
  ASSERT_EQ(input.norms.size(), 2U);
  EXPECT_EQ(input.norms[0].name, "LEY");
  EXPECT_EQ(input.coverage.rules, 2);
}

}  // namespace
}  // namespace cotejo::reports
