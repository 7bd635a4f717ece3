// Perverse incentives: choices that are worse for the service and lower the sanction.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
  EXPECT_THAT(found[0].title.es, HasSubstr("llegada con más hora: ahorra 1 día"));
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

const base::Finding* Find(const std::string& start, const std::string& region) {
  for (const base::Finding& finding : Rip().findings) {
    const bool begins = finding.title.es.rfind(start, 0) == 0;
    if (begins && finding.region[1].es == region) return &finding;
  }
  return nullptr;
}

TEST(RipIncentives, TheReportIsSound) {
  ExpectSound(Rip());
  EXPECT_EQ(Rip().totals.unknown, 0);
  EXPECT_EQ(Rip().totals.planned, 5);
}

TEST(RipIncentives, NotComingIsCheaperThanComingThirtySixMinutesLate) {
  const base::Finding* finding = Find("inasistencia en vez de llegada: ahorra 1/2 día",
                                      "RIP:45.I (1/2 día de descuento) → ninguna sanción");
  ASSERT_NE(finding, nullptr);
  // 08:30, five minutes of tolerance and thirty-one more.
  EXPECT_THAT(finding->witness.facts[0].description.es, HasSubstr("09:06"));
}

TEST(RipIncentives, NotRegisteringIsCheaperThanRegisteringLate) {
  const base::Finding* finding =
      Find("omisión en vez de llegada: ahorra 1/2 día",
           "RIP:45.II (1 día de descuento) → RIP:45.III (1/2 día de descuento)");
  ASSERT_NE(finding, nullptr);
  EXPECT_THAT(finding->witness.facts[0].description.es, HasSubstr("09:01"));
}

TEST(RipIncentives, StayingAwaySavesThePostOnTheFourthOmission) {
  EXPECT_NE(Find("inasistencia en vez de omisión",
                 "RIP:47.III.4 (pérdida del puesto y proceso interno) → RIP:46.IV.4 (2 días de "
                 "descuento)"),
            nullptr);
}

}  // namespace
}  // namespace cotejo::checks
