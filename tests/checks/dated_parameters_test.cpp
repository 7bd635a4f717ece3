// What a parameter was before it changed counts as much as what it is after.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/checks/faults_basis.h"

namespace cotejo::checks {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

base::CheckReport CheckYear(const std::string& norma) {
  CheckOptions options;
  options.year = 2026;
  options.only = {"contradicción", "hueco", "doble-sanción", "regla-muerta", "regla-redundante"};
  base::CheckReport report = CheckText(kFaults + R"(
medida veces_del_mes por mes cita REG:2 = cuenta(falta)
)" + norma,
                                       options);
  ExpectSound(report);
  return report;
}

// Until June four faults are in both rows; from July on, in one.
TEST(DatedParameters, TwoRowsMeetWhileItWasHigher) {
  const auto found = Of(CheckYear(R"(
parámetro límite cita REG:3 desde 2024-01-01 = 5, desde 2026-07-01 = 3
escala faltas cita REG:3 sobre falta por mes según veces_del_mes
  | 1 .. límite | descuento 1 día  |
  | 4 ..        | descuento 2 días |
)"),
                        "contradicción");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_LT(found[0].witness.facts.back().date, base::Date(2026, 7, 1));
}

// Until June four and five faults are in no row.
TEST(DatedParameters, AGapWhileItWasLower) {
  const auto found = Of(CheckYear(R"(
parámetro límite cita REG:3 desde 2024-01-01 = 3, desde 2026-07-01 = 5
escala faltas cita REG:3 sobre falta por mes según veces_del_mes
  | 1 .. límite | descuento 1 día  |
  | 6 ..        | descuento 2 días |
)"),
                        "hueco");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_LT(found[0].witness.facts.back().date, base::Date(2026, 7, 1));
}

// It applies until June: it is not dead.
TEST(DatedParameters, ARuleThatAppliedIsAlive) {
  EXPECT_THAT(Of(CheckYear(R"(
parámetro umbral cita REG:3 desde 2024-01-01 = 3, desde 2026-07-01 = 0
regla otra cita REG:3 sobre falta por mes cuando umbral > 2
  entonces descuento 2 días
)"),
                 "regla-muerta"),
              IsEmpty());
}

// Three days and one, until June: they contradict each other, and neither changes nothing.
TEST(DatedParameters, TwoAmountsOfWhichOneChanges) {
  const auto report = CheckYear(R"(
parámetro recargo cita REG:4 desde 2024-01-01 = 3 días, desde 2026-07-01 = 1 día
regla una cita REG:3 sobre falta por mes entonces descuento 1 día
regla otra cita REG:4 sobre falta por mes entonces descuento recargo
)");
  EXPECT_THAT(Of(report, "contradicción"), SizeIs(1));
  EXPECT_THAT(Of(report, "regla-redundante"), IsEmpty());
}

}  // namespace
}  // namespace cotejo::checks
