// Duties and what sanctions them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/rules/resolve.h"
#include "tests/checks/text_document.h"

namespace cotejo::checks {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::string kRules = R"(
jerarquía ley > reglamento
norma REG "Reglamento de prueba" rango reglamento vigente desde 2020-01-01
horario único cita REG:1 tramos 08:00 a 16:00
enumeración inciso = REG:5.a, REG:5.b
hecho conducta en día
  inciso: inciso
hecho pérdida en día
deber REG:2.a "cumplir la jornada"
deber REG:2.b "cuidar los bienes"
regla conductas cita REG:5 sobre conducta falta leve
  cuando inciso en {REG:5.a, REG:5.b}
  entonces amonestación verbal
regla aviso cita REG:3 sobre pérdida
  entonces obligación persona "avisar", obligación talento "reponer"
)";

TEST(DutiesWithoutSanction, OneFindingAnActorAndArticle) {
  const auto report = CheckOne("deber-sin-sanción", kRules + R"(
tutela REG:2.a con REG:5.a
)");
  ExpectWellMade(report);
  EXPECT_THAT(Titles(report),
              ElementsAre("nada sanciona que «persona» incumpla lo que le manda REG:2.b",
                          "nada sanciona que «persona» incumpla lo que le manda REG:3",
                          "nada sanciona que «talento» incumpla lo que le manda REG:3"));
  EXPECT_EQ(report.findings[0].severity, base::FindingSeverity::Warning);
  EXPECT_EQ(report.queries.at(0).bounds.es, "4 deberes, 1 con sanción propia");
}

TEST(DutiesWithoutSanction, TheResidualClauseAnswersForTheRest) {
  const auto report = CheckOne("deber-sin-sanción", kRules + R"(
tutela REG:2.a con REG:5.a
tutela REG:3 con REG:5
tutela lo_demás de persona con REG:5.b
)");
  EXPECT_THAT(Titles(report),
              ElementsAre("sólo la cláusula residual REG:5.b responde de 1 deberes: persona (1)"));
  EXPECT_EQ(report.findings[0].severity, base::FindingSeverity::Information);
}

TEST(DutiesWithoutSanction, ASafeguardThatLeadsNowhereIsNone) {
  const auto report = CheckOne("deber-sin-sanción", kRules + R"(
tutela REG:2 con REG:5.a
tutela REG:3 con REG:8
)");
  EXPECT_THAT(Titles(report),
              ElementsAre("nada sanciona que «persona» incumpla lo que le manda REG:3",
                          "nada sanciona que «talento» incumpla lo que le manda REG:3"));
}

TEST(DutiesWithoutSanction, SilentWhenEachHasItsOwnAndNotRunWithoutSafeguards) {
  ExpectSilent(CheckOne("deber-sin-sanción", kRules + R"(
tutela REG:2 con REG:5.a
tutela REG:3 con REG:5.b
)"));
  // Whom only other norms bind is not the regulation's to sanction.
  ExpectSilent(CheckOne("deber-sin-sanción", kRules + R"(
órgano externo talento "Talento de otra entidad"
tutela REG:2 con REG:5.a
tutela lo_demás de persona con REG:9
tutela REG:3 con REG:5.b
declara REG:9 "responsabilidad"
)"));
  const auto none = CheckOne("deber-sin-sanción", kRules);
  EXPECT_THAT(none.findings, IsEmpty());
  EXPECT_EQ(none.totals.not_run, 1);
}

TEST(SanctionsWithoutDuty, ConductsAndRulesNobodyForbids) {
  const auto report = CheckOne("sanción-sin-deber", kRules + R"(
tutela REG:2.a con REG:5.a
regla pérdidas cita REG:6 sobre pérdida
  entonces descuento 1 día
)");
  ExpectWellMade(report);
  EXPECT_THAT(Titles(report),
              ElementsAre("se sanciona REG:5.b y ningún deber ni prohibición del modelo lo ampara",
                          "se sanciona REG:6 y ningún deber ni prohibición del modelo lo ampara"));
}

TEST(SanctionsWithoutDuty, SilentWhenEachIsForbidden) {
  ExpectSilent(CheckOne("sanción-sin-deber", kRules + R"(
tutela REG:2.a con REG:5.a
tutela REG:2.b con REG:5.b
)"));
}

// ---- The real regulation --------------------------------------------------------------

class RealDuties : public testing::Test {
 protected:
  void SetUp() override {
    regulation_ = rules::LoadRegulation(
        sources_, std::string(COTEJO_SOURCE_DIR) + "/regulations/rip-2025", {}, diagnostics_);
    ASSERT_TRUE(regulation_.rules);
    families_ = rules::BuildFamilies(*regulation_.rules);
  }
  base::CheckReport Run(const std::string& code) {
    CheckOptions options;
    options.only = {code};
    return Check({*regulation_.rules, families_, &regulation_.files, nullptr, nullptr}, options);
  }

  base::SourceMap sources_;
  base::Diagnostics diagnostics_;
  rules::Regulation regulation_;
  rules::Families families_;
};

// Articles 44.II.h and 9 leave nothing without an answer: that is all that can be said.
TEST_F(RealDuties, OnlyTheResidualClausesAnswerForMost) {
  const auto report = Run("deber-sin-sanción");
  ExpectWellMade(report);
  ASSERT_THAT(report.findings, SizeIs(2));
  for (const base::Finding& finding : report.findings)
    EXPECT_EQ(finding.severity, base::FindingSeverity::Information) << finding.title.es;
  // The seventeen duties of article 11 but the first are sanctioned by name.
  const base::Finding staff = About(report, "RIP:44.II.h");
  EXPECT_THAT(staff.title.es, HasSubstr("persona ("));
  for (const base::Citation& article : staff.articles) {
    if (article.within(base::ParseCitation("RIP:11"))) {
      EXPECT_EQ(article.str(), "RIP:11.a");
    }
  }
  EXPECT_THAT(About(report, "RIP:9").title.es, HasSubstr("UDITH ("));
}

TEST_F(RealDuties, TheFaultsOfRacismRestOnAnotherLaw) {
  const auto report = Run("sanción-sin-deber");
  EXPECT_THAT(Titles(report), ElementsAre("se sanciona RIP:49.I.a, RIP:49.I.c y ningún deber ni "
                                          "prohibición del modelo lo ampara"));
}

// The third month of 121 minutes removes (47.III); as the conduct of 46.IV.1 it is then only the
// second, and the third would be a fourth month.
TEST_F(RealDuties, TheLadderOfTheMonthsOfLateness) {
  const auto report = Run("escalera");
  ExpectWellMade(report);
  EXPECT_THAT(
      Titles(report),
      ElementsAre(
          "al peldaño RIP:47.II.a de RIP:46.IV.1 sólo llega quien ya debía salir por "
          "RIP:47.III.1",
          "el peldaño RIP:47.I.a de RIP:46.IV.1 sólo llega junto con la salida por "
          "RIP:47.III.1",
          "repetir mes tras mes la falta de RIP:45.I, RIP:45.II, RIP:45.III no agrava la sanción"));
}

}  // namespace
}  // namespace cotejo::checks
