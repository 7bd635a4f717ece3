// Perverse incentives: choices that are worse for the service and lower the sanction.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/checks/faults_basis.h"

namespace cotejo::checks {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::string kLateOrAbsent = kFaults + R"(
peor falta que llegada
hecho tarde derivado en tramo
califica llegada como tarde cita REG:6 cuando hora > hora_fijada
regla tarde cita REG:6 sobre tarde por mes
  entonces descuento 2 días
)";

TEST(Incentive, StayingAwayCheaperThanArrivingLate) {
  const auto report = CheckOnly("incentivo-perverso", kLateOrAbsent + R"(
regla falta cita REG:7 sobre falta
  entonces descuento 1 día
)");
  ExpectSound(report);
  const auto found = Of(report, "incentivo-perverso");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].title.es,
            "falta en vez de llegada: ahorra 1 día de descuento (REG:6 (2 días de descuento) → "
            "REG:7 (1 día de descuento))");
  EXPECT_EQ(base::JoinCitations(found[0].articles), "REG:6, REG:7");
  ASSERT_THAT(found[0].witness.facts, SizeIs(1));
  // The least that is late.
  EXPECT_THAT(found[0].witness.facts[0].description.es, HasSubstr("08:01"));
  EXPECT_EQ(found[0].witness.label.es, "lo que conviene al servicio");
  ASSERT_TRUE(found[0].counterpart.has_value());
  EXPECT_TRUE(found[0].counterpart->replayed);
  EXPECT_THAT(found[0].counterpart->facts[0].description.es, HasSubstr("falta"));
  EXPECT_EQ(found[0].witness.facts[0].date, found[0].counterpart->facts[0].date);
}

TEST(Incentive, SilentWhenStayingAwayCostsTheSame) {
  const auto report = CheckOnly("incentivo-perverso", kLateOrAbsent + R"(
regla falta cita REG:7 sobre falta
  entonces descuento 2 días
)");
  ExpectSound(report);
  EXPECT_THAT(report.findings, IsEmpty());
  ASSERT_THAT(report.queries, SizeIs(1));
  EXPECT_EQ(report.queries[0].verdict, base::Verdict::Proved);
  EXPECT_EQ(report.queries[0].evidence, base::Evidence::Enumerated);
}

TEST(Incentive, NothingIsComparedWithoutADeclaration) {
  const auto report = CheckOnly("incentivo-perverso", kFaults + R"(
regla falta cita REG:7 sobre falta
  entonces descuento 2 días
)");
  EXPECT_THAT(report.queries, IsEmpty());
}

const std::string kByHour = kFaults + kMinutes + R"(
peor llegada con más hora
)";

TEST(Incentive, ArrivingLaterIsCheaper) {
  const auto report = CheckOnly("incentivo-perverso", kByHour + R"(
escala por_llegada cita REG:6 sobre atraso según minutos
  | 1 .. 30  | descuento 2 días |
  | 31 ..    | descuento 1 día  |
)");
  ExpectSound(report);
  const auto found = Of(report, "incentivo-perverso");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].title.es, HasSubstr("llegada más tarde: ahorra 1 día"));
}

// One and one give way to one and a half: either alone would seem to go up.
TEST(Incentive, AllThatIsLostIsSaid) {
  const auto report = CheckOnly("incentivo-perverso", kFaults + R"(
peor llegada con más hora
hecho tarde derivado en tramo
hecho impuntual derivado en tramo
hecho perdido derivado en tramo
califica llegada como tarde cita REG:5
  cuando hora > hora_fijada y hora <= hora_fijada + 30 minutos
califica llegada como impuntual cita REG:6
  cuando hora > hora_fijada y hora <= hora_fijada + 30 minutos
califica llegada como perdido cita REG:7
  cuando hora > hora_fijada + 30 minutos
regla tarde cita REG:5 sobre tarde por mes entonces descuento 1 día
regla impuntual cita REG:6 sobre impuntual por mes entonces descuento 1 día
regla perdido cita REG:7 sobre perdido por mes entonces descuento 3/2 días
)");
  const auto found = Of(report, "incentivo-perverso");
  ASSERT_THAT(found, SizeIs(1));
  std::vector<std::string> lines;
  for (const base::Text& line : found[0].region) lines.push_back(line.es);
  // And whoever has come that late before has nothing more to lose.
  EXPECT_THAT(lines, ::testing::UnorderedElementsAre(
                         "REG:6 (1 día de descuento) y REG:5 (1 día de descuento) → REG:7 (1 1/2 "
                         "días de descuento): ahorra 1/2 día de descuento",
                         "REG:6 (1 día de descuento) y REG:5 (1 día de descuento) → ninguna "
                         "sanción: ahorra 2 días de descuento"));
  EXPECT_EQ(base::JoinCitations(found[0].articles), "REG:5, REG:6, REG:7");
}

TEST(Incentive, SilentWhenLaterCostsMore) {
  const auto report = CheckOnly("incentivo-perverso", kByHour + R"(
escala por_llegada cita REG:6 sobre atraso según minutos
  | 1 .. 30  | descuento 1 día  |
  | 31 ..    | descuento 2 días |
)");
  EXPECT_THAT(report.findings, IsEmpty());
}

// ---- The regulation --------------------------------------------------------------

const base::CheckReport& Rip() {
  static const base::CheckReport report = CheckRip({"incentivo-perverso"});
  return report;
}

// The choice, and a line for what it saves.
const base::Finding* Find(const std::string& choice, const std::string& line) {
  for (const base::Finding& finding : Rip().findings) {
    const bool told =
        std::any_of(finding.region.begin(), finding.region.end(),
                    [&](const base::Text& one) { return one.es.rfind(line, 0) == 0; });
    if (finding.title.es.rfind(choice + ":", 0) == 0 && told) return &finding;
  }
  return nullptr;
}

TEST(RipIncentives, TheReportIsSound) {
  ExpectSound(Rip());
  EXPECT_EQ(Rip().totals.unknown, 0);
  EXPECT_EQ(Rip().totals.planned, 5);
}

TEST(RipIncentives, NotComingIsCheaperThanComingThirtySixMinutesLate) {
  const base::Finding* finding =
      Find("inasistencia en vez de llegada",
           "RIP:45.I (1/2 día de descuento) → ninguna sanción: ahorra 1/2 día");
  ASSERT_NE(finding, nullptr);
  // What escapes the gravest is shown: a third month of 121 minutes, 08:30 + 5 + 121 = 10:36.
  ASSERT_EQ(finding->witness.facts.size(), 3U);
  EXPECT_THAT(finding->witness.facts[2].description.es, HasSubstr("10:36"));
  EXPECT_THAT(finding->title.es, HasSubstr("pasa de pérdida del puesto"));
}

TEST(RipIncentives, NotRegisteringIsCheaperThanRegisteringLate) {
  EXPECT_NE(Find("omisión en vez de llegada",
                 "RIP:45.II (1 día de descuento) → RIP:45.III (1/2 día de descuento): ahorra"),
            nullptr);
}

TEST(RipIncentives, StayingAwaySavesThePostOnTheFourthOmission) {
  EXPECT_NE(Find("inasistencia en vez de omisión",
                 "RIP:47.III.4 (pérdida del puesto y proceso interno) → RIP:46.IV.4 (2 días de "
                 "descuento): pasa de pérdida del puesto"),
            nullptr);
}

// Whatever it saves and wherever, a choice is one finding.
TEST(RipIncentives, EachChoiceIsToldOnce) {
  EXPECT_EQ(Rip().findings.size(), 5U);
  std::set<std::string> cited;
  for (const base::Finding& finding : Rip().findings) {
    for (const base::Citation& article : finding.articles) cited.insert(article.str());
  }
  for (const char* article :
       {"RIP:45.I", "RIP:45.II", "RIP:45.III", "RIP:46.IV.1", "RIP:46.IV.2", "RIP:46.IV.3",
        "RIP:46.IV.4", "RIP:47.I.a", "RIP:47.II.a", "RIP:47.III.1", "RIP:47.III.2", "RIP:47.III.3",
        "RIP:47.III.4", "RIP:48.1", "RIP:48.2"}) {
    EXPECT_TRUE(cited.contains(article)) << article;
  }
}

}  // namespace
}  // namespace cotejo::checks
