// Defects of the regulation that a careful reader knows of, each by its check and its articles.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/checks/rip_report.h"

namespace cotejo::checks {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// Every finding that does not ask for the imported text is there without it too.
#define NEEDS_THE_TEXT() \
  if (!CheckedRip().text) GTEST_SKIP() << "the official text is not there"

bool AnyTitle(const std::vector<base::Finding>& findings, const std::string& part) {
  return std::any_of(findings.begin(), findings.end(), [&](const base::Finding& finding) {
    return finding.title.es.find(part) != std::string::npos;
  });
}

// 46.IV.3 takes two days for each day, up to five: ten days, when a fifth of pay is six. And
// fines each within it add up to more.
TEST(RipFindings, FinesOfAMonthBeyondAFifthOfPay) {
  const auto single = OfRip("tope-excedido", {"LEY1178:29", "RIP:46.IV.3"});
  EXPECT_TRUE(AnyTitle(single, "una sola sanción de RIP:46.IV.3 (inasistencia discontinua)"));
  EXPECT_TRUE(AnyTitle(single, "una sola sanción de RIP:46.IV.3 (ausencia discontinua)"));
  const auto sums = OfRip("tope-excedido", {"LEY1178:29", "RIP:45.I", "RIP:45.II"});
  EXPECT_TRUE(AnyTitle(sums, "suman 7 días de descuento"));
  for (const base::Finding& finding : sums) {
    EXPECT_EQ(finding.severity, base::FindingSeverity::Error);
    EXPECT_TRUE(finding.witness.replayed);
  }
  // Sums of the same articles are one finding each.
  EXPECT_THAT(Of(CheckedRip().report, "tope-excedido"), SizeIs(8));
}

// The first month of 121 minutes is a minor fault and costs four days; showing up unfit for work
// is a serious one and costs two.
TEST(RipFindings, AMinorFaultThatCostsMoreThanASeriousOne) {
  const auto found = OfRip("inversión", {"RIP:45.I", "RIP:46.III"});
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].title.es,
            "una falta leve se sanciona con 4 días de descuento y una falta grave, con 2 días de "
            "descuento");
}

TEST(RipFindings, AnHourOfPermitIsAnEighthOfADayOfVacation) {
  const auto found = OfRip("redondeo", {"RIP:25", "RIP:33.I"});
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].title.es,
            "RIP:25 da 1/8 día de compensación con vacación, que RIP:33.I sólo admite de 1/2 día "
            "en 1/2 día");
}

// Eleven twelfths of fifteen days: 13¾.
TEST(RipFindings, TwelfthsOfVacationThatAreNoHalfDays) {
  const auto found = OfRip("redondeo", {"RIP:33.I", "RIP:33.II.a"});
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].title.es, HasSubstr("13 3/4 días de vacación ganada"));
}

// The decrees grant again what the law or the appendix already does, to the same people.
TEST(RipFindings, DecreesThatRepeatWhatTheLawGrants) {
  for (const auto& [decree, law] :
       {std::pair("DS25749:20.a", "LEY2027:48.a"), std::pair("DS25749:20.b", "LEY2027:48.b"),
        std::pair("DS25749:20.c", "LEY2027:48.c"), std::pair("DS29608:2.5.I", "LEY223:34.11"),
        std::pair("DS29608:2.5.II", "LEY223:34.11"), std::pair("DS25749:21.III", "RIP:AP2.I")}) {
    EXPECT_THAT(OfRip("regla-redundante", {decree, law}), SizeIs(1)) << decree;
  }
  EXPECT_THAT(Of(CheckedRip().report, "regla-redundante"), SizeIs(6));
}

TEST(RipFindings, TwentyFourHoursAgainstSeventyTwo) {
  const auto found = OfRip("plazos-incompatibles", {"RIP:26.II", "RIP:51.I"});
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].severity, base::FindingSeverity::Error);
  EXPECT_THAT(found[0].title.es, HasSubstr("72 horas desde inasistencia (RIP:26.II)"));
  EXPECT_THAT(found[0].title.es, HasSubstr("24 horas desde inasistencia (RIP:51.I)"));
  // The text says from when neither runs, and the finding says so.
  EXPECT_THAT(found[0].explanation.es,
              HasSubstr("RIP:51.I no dice desde cuándo corre: contarlo desde inasistencia es una "
                        "suposición"));
}

TEST(RipFindings, TwoDatesForOneDecree) {
  NEEDS_THE_TEXT();
  const auto found = OfRip("fechas-distintas", {"DS25749", "RIP:3.f"});
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].title.es, HasSubstr("2000-04-24 (DS25749)"));
  EXPECT_THAT(found[0].passages, Not(IsEmpty()));
}

TEST(RipFindings, OrgansThatAreNotOfThisEntity) {
  NEEDS_THE_TEXT();
  for (const char* article : {"RIP:CRED.I", "RIP:CRED.II", "RIP:AP3.I"}) {
    const auto found = OfRip("órgano-ajeno", {article});
    ASSERT_THAT(found, Not(IsEmpty())) << article;
    EXPECT_THAT(found[0].passages, Not(IsEmpty())) << article;
  }
}

// One choice, one finding, whatever it saves.
TEST(RipFindings, EachWorseChoiceIsToldOnce) {
  const auto found = Of(CheckedRip().report, "incentivo-perverso");
  EXPECT_THAT(found, SizeIs(5));
  EXPECT_TRUE(AnyTitle(found, "omisión en vez de llegada: pasa de pérdida del puesto"));
  EXPECT_TRUE(AnyTitle(found, "llegada más tarde"));
}

// Of what is shown, each article that decides is named: the six days of the second commission, and
// the month before that made it the second.
TEST(RipFindings, ArticlesThatDecideTheWitnessAreNamed) {
  const auto named = [](const std::string& code, const std::string& title,
                        const std::string& article) {
    const auto findings = OfRip(code, {article});
    return AnyTitle(findings, title);
  };
  EXPECT_TRUE(named("incentivo-perverso", "inasistencia en vez de llegada", "RIP:47.I.a"));
  EXPECT_TRUE(named("incentivo-perverso", "omisión en vez de llegada", "RIP:47.I.a"));
  EXPECT_TRUE(named("escapatoria", "«omisiones del mes»: 6 en dos meses", "RIP:47.I.a"));
  EXPECT_TRUE(named("escapatoria", "«racha de ausencia»: 4 días", "RIP:47.I.a"));
  EXPECT_TRUE(named("escapatoria", "«racha de inasistencia»: 4 días", "RIP:47.I.a"));
  const auto second = OfRip("inversión", {"RIP:46.IV.2", "RIP:46.IV.3", "RIP:47.I.a"});
  EXPECT_THAT(second, SizeIs(2));  // of absences and of leaving the post
}

// One or two omissions a month cost the same in March and in August.
TEST(RipFindings, MonthsThatNobodyCounts) {
  const auto found = OfRip("escalera", {"RIP:45.III"});
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].title.es,
            "repetir mes tras mes la falta de RIP:45.I, RIP:45.II, RIP:45.III no agrava la "
            "sanción");
  // Of the article on late arrivals, its four rows up to 120 minutes: 46.IV and 47.III count the
  // months of the last one.
  std::vector<std::string> late;
  for (const base::Text& line : found[0].region) {
    if (line.es.starts_with("RIP:45.I ")) late.push_back(line.es);
  }
  EXPECT_THAT(late, testing::UnorderedElementsAre(
                        "RIP:45.I «atraso mensual, fila 2»", "RIP:45.I «atraso mensual, fila 3»",
                        "RIP:45.I «atraso mensual, fila 4»", "RIP:45.I «atraso mensual, fila 5»"));
}

// What whoever signs the regulation cannot mend is information.
TEST(RipFindings, TermsOfOtherNormsAreInformation) {
  const auto found = Of(CheckedRip().report, "plazo-sin-consecuencia");
  EXPECT_THAT(found, Not(IsEmpty()));
  for (const base::Finding& finding : found) {
    const bool own = finding.articles.front().norm == "RIP";
    EXPECT_EQ(own, finding.severity == base::FindingSeverity::Warning) << finding.title.es;
    EXPECT_EQ(own, finding.explanation.es.find("coteje con su texto") == std::string::npos);
  }
}

// An absence is told as an absence, not as a medical examination without its form.
TEST(RipFindings, WitnessesUseThePlainestFacts) {
  for (const base::Finding& finding : CheckedRip().report.findings) {
    const bool about_examinations = std::any_of(
        finding.articles.begin(), finding.articles.end(),
        [](const auto& article) { return article.norm == "LEY798" || article.norm == "DS3164"; });
    for (const base::WitnessFact& fact : finding.witness.facts) {
      if (about_examinations) break;
      EXPECT_THAT(fact.description.es, Not(HasSubstr("examen"))) << finding.title.es;
    }
  }
}

TEST(RipFindings, AtLeastFortyFiveAndEachIsTheOnlyOneOfItsId) {
  const auto& findings = CheckedRip().report.findings;
  std::set<std::string> ids, titles;
  for (const base::Finding& finding : findings) {
    ids.insert(finding.id);
    titles.insert(finding.title.es);
    // Names of the files are for whoever edits them.
    EXPECT_THAT(finding.title.es, Not(HasSubstr("_"))) << finding.id;
    EXPECT_THAT(finding.title.en, Not(HasSubstr("_"))) << finding.id;
  }
  EXPECT_EQ(ids.size(), findings.size());
  EXPECT_EQ(titles.size(), findings.size());
  EXPECT_GE(findings.size(), 45U);
}

}  // namespace
}  // namespace cotejo::checks
