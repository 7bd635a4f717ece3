// Rounding: quantities that the unit in which a thing is had cannot express.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/checks/faults_basis.h"

namespace cotejo::checks {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string Shifts(const std::string& range) {
  return kFaults + "hecho turno en día\n  duración: minutos " + range + R"(
unidad descanso cita REG:3 = 1/2 día
regla descanso_ganado cita REG:4 sobre turno
  entonces derecho descanso duración / 8 horas * 1 día
)";
}

TEST(Rounding, AnHourOfWorkIsNoHalfDay) {
  const auto report = CheckOnly("redondeo", Shifts("entre 1 hora y 8 horas en pasos de 1 hora"));
  ExpectSound(report);
  const auto found = Of(report, "redondeo");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].title.es,
            "REG:4 da 1/8 día de descanso, que REG:3 sólo admite de 1/2 día en 1/2 día");
  EXPECT_EQ(base::JoinCitations(found[0].articles), "REG:3, REG:4");
  // One to eight hours: only four and eight are half days.
  EXPECT_THAT(found[0].explanation.es, HasSubstr("de 8 cantidades alcanzadas, 6 no son"));
  EXPECT_THAT(found[0].witness.facts, SizeIs(1));
  EXPECT_THAT(found[0].witness.answers, SizeIs(2));
}

TEST(Rounding, SilentWhenEveryQuantityFits) {
  const auto report = CheckOnly("redondeo", Shifts("entre 4 horas y 8 horas en pasos de 4 horas"));
  ExpectSound(report);
  EXPECT_THAT(report.findings, IsEmpty());
  ASSERT_THAT(report.queries, SizeIs(1));
  EXPECT_EQ(report.queries[0].verdict, base::Verdict::Proved);
  EXPECT_EQ(report.queries[0].evidence, base::Evidence::Enumerated);
  EXPECT_THAT(report.queries[0].bounds.es, HasSubstr("2 cantidades alcanzadas"));
}

// Half of fifteen and half of twenty, by units of five: the misfit is of one half of the year, and
// the other half hides it whichever comes last.
TEST(Rounding, AnAmountMadeOfWhatChangesInTheYear) {
  const auto half = [](const std::string& values) {
    CheckOptions options;
    options.year = 2026;
    options.only = {"redondeo"};
    const auto report = CheckText(kFaults + R"(
unidad bono cita REG:3 = 5 Bs
regla medio_bono cita REG:4 sobre falta
  entonces derecho bono base_del_bono / 2
parámetro base_del_bono cita REG:4 )" +
                                      values,
                                  options);
    ExpectSound(report);
    return Of(report, "redondeo");
  };
  const auto first = half("desde 2024-01-01 = 15 Bs, desde 2026-07-01 = 20 Bs");
  ASSERT_THAT(first, SizeIs(1));
  EXPECT_EQ(first[0].title.es, "REG:4 da 7,50 Bs de bono, que REG:3 sólo admite de 5 Bs en 5 Bs");
  EXPECT_LT(first[0].witness.facts[0].date, base::Date(2026, 7, 1));
  const auto second = half("desde 2024-01-01 = 20 Bs, desde 2026-07-01 = 15 Bs");
  ASSERT_THAT(second, SizeIs(1));
  EXPECT_GE(second[0].witness.facts[0].date, base::Date(2026, 7, 1));
  EXPECT_THAT(half("desde 2024-01-01 = 20 Bs, desde 2026-07-01 = 30 Bs"), IsEmpty());
}

TEST(Rounding, FixedQuantitiesInEachOfTheirPeriods) {
  const std::string fixed = kFaults + R"(
unidad descanso cita REG:3 = 1/2 día
regla descanso_fijo cita REG:4 sobre falta
  entonces derecho descanso días_de_descanso
)";
  const auto whole = CheckOnly("redondeo", fixed + R"(
parámetro días_de_descanso cita REG:4 = 15 días
)");
  ExpectSound(whole);
  EXPECT_THAT(whole.findings, IsEmpty());
  EXPECT_EQ(whole.totals.proved, 1);
  const auto quarter = CheckOnly("redondeo", fixed + R"(
parámetro días_de_descanso cita REG:4 = 7,25 días
)");
  ASSERT_THAT(Of(quarter, "redondeo"), SizeIs(1));
}

TEST(Rounding, AChargeThatAFactBecomes) {
  const auto charged = [](const std::string& part) {
    return kFaults + R"(
hecho vacación_cargada derivado en tramo
  días: días
unidad vacación_cargada cita REG:3 = 1/2 día
califica falta como vacación_cargada cita REG:6 con días = )" +
           part + "\n";
  };
  const auto quarters = CheckOnly("redondeo", charged("días / 2"));
  ExpectSound(quarters);
  ASSERT_THAT(Of(quarters, "redondeo"), SizeIs(1));
  EXPECT_THAT(Regions(quarters, "redondeo"), ElementsAre("vacación cargada: 1/4 día"));
  EXPECT_EQ(base::JoinCitations(Of(quarters, "redondeo")[0].articles), "REG:3, REG:6");
  const auto halves = CheckOnly("redondeo", charged("días"));
  ExpectSound(halves);
  EXPECT_THAT(halves.findings, IsEmpty());
  EXPECT_EQ(halves.totals.proved, 1);
}

TEST(Rounding, DataOfThePersonAreVaried) {
  const auto report = CheckOnly("redondeo", kFaults + R"(
dato ingreso: fecha = 2019-02-01 entre 2010-01-01 y 2030-12-31
hecho cierre cada gestión
unidad descanso cita REG:3 = 1 día
regla descanso_ganado cita REG:4 sobre cierre
  entonces derecho descanso 24 días * meses_desde_aniversario(ingreso, fecha) / 12
unidad vale cita REG:3 = 1 día
regla vale_ganado cita REG:4.II sobre cierre
  entonces derecho vale 6 días * meses_desde_aniversario(ingreso, fecha) / 12
)");
  ExpectSound(report);
  // Two days a month are whole days; half a day a month is one only in even months, such as the
  // ten since the first of February.
  const auto found = Of(report, "redondeo");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].title.es, HasSubstr("de vale"));
}

TEST(Rounding, NothingIsProvedOfARuleNoHistoryReaches) {
  const auto report = CheckOnly("redondeo", kFaults + R"(
unidad descanso cita REG:3 = 1/2 día
regla descanso_imposible cita REG:4 sobre falta
  cuando días > 3 días
  entonces derecho descanso días
)");
  ExpectSound(report);
  EXPECT_EQ(report.totals.unknown, 1);
}

// ---- The regulation --------------------------------------------------------------

TEST(RipRounding, TwelfthsOfVacationAndPermitsByTheHour) {
  const auto report = CheckRip({"redondeo"});
  ExpectSound(report);
  EXPECT_EQ(report.totals.unknown, 0);
  const auto found = Of(report, "redondeo");
  ASSERT_THAT(found, SizeIs(2));
  std::vector<std::string> articles;
  for (const auto& finding : found) articles.push_back(base::JoinCitations(finding.articles));
  EXPECT_THAT(articles,
              ::testing::UnorderedElementsAre("RIP:25, RIP:33.I", "RIP:33.I, RIP:33.II.a"));
  for (const auto& finding : found) {
    const bool twelfths = finding.articles.back().str() == "RIP:33.II.a";
    // Nine twelfths of fifteen days are among them.
    if (twelfths) {
      EXPECT_THAT(finding.explanation.es, HasSubstr("11 1/4 días"));
    }
  }
}

}  // namespace
}  // namespace cotejo::checks
