// Sums of deductions that exceed a cap: which are found, and which stay silent.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/checks/faults_basis.h"

namespace cotejo::checks {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

const std::string kCap = R"(
medida descontado por mes cita LEY:1 = suma(sanción.días)
regla tope cita LEY:1 sobre sanción por mes
  cuando descontado > 6 días
  entonces prohibición entidad "descontar más de seis días"
)";

TEST(Cap, ASingleSanctionThatExceedsIt) {
  const auto report = CheckOnly("tope-excedido", kFaults + kCap + R"(
escala faltas cita REG:3 sobre falta por mes según total
  | 1/2 .. 4 | descuento 2 * total |
)");
  ExpectSound(report);
  const auto found = Of(report, "tope-excedido");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].title.es,
            "una sola sanción de REG:3 (faltas[1]) llega a 7 días de descuento y pasa del tope de "
            "LEY:1");
  EXPECT_THAT(found[0].explanation.es, HasSubstr("la misma regla llega a 8 días"));
  // What the terminal shows says how far it goes, and not only what the smallest history shows.
  EXPECT_THAT(found[0].region[0].es, HasSubstr("la misma regla llega a 8 días"));
  EXPECT_THAT(found[0].witness.facts, SizeIs(7));  // three days and a half
  EXPECT_EQ(base::JoinCitations(found[0].articles), "LEY:1, REG:3");
}

const std::string kTwoFines = kFaults + kMinutes + kCap + R"(
regla muchos cita REG:5.I sobre atraso por mes
  cuando minutos_del_mes > 120
  entonces descuento 3 días
)";

TEST(Cap, TwoSanctionsOfOneMonth) {
  const auto report = CheckOnly("tope-excedido", kTwoFines + R"(
regla faltó cita REG:6.II.a sobre falta por mes
  entonces descuento 4 días
)");
  ExpectSound(report);
  const auto found = Of(report, "tope-excedido");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].title.es, HasSubstr("suman 7 días"));
  EXPECT_EQ(base::JoinCitations(found[0].articles), "LEY:1, REG:5.I, REG:6.II.a");
  EXPECT_THAT(found[0].witness.facts, SizeIs(2));
  EXPECT_EQ(found[0].witness.facts[0].date.month(), found[0].witness.facts[1].date.month());
  // One excludes the other in a shift: they are laid on different days.
  EXPECT_NE(found[0].witness.facts[0].date, found[0].witness.facts[1].date);
}

TEST(Cap, ASumThatJustFitsIsSilent) {
  const auto report = CheckOnly("tope-excedido", kTwoFines + R"(
regla faltó cita REG:6.II.a sobre falta por mes
  entonces descuento 3 días
)");
  ExpectSound(report);
  EXPECT_THAT(report.findings, IsEmpty());
  EXPECT_EQ(report.totals.proved, 2);
}

TEST(Cap, ASanctionOfTheSecondMonthMeetsOneOfThatMonth) {
  const auto report = CheckOnly("tope-excedido", kFaults + kMinutes + kCap + R"(
hecho muy_tarde derivado en día
califica atraso por mes como muy_tarde cita REG:5 cuando minutos_del_mes > 120
medida veces_muy_tarde por gestión cita REG:5 = cuenta(muy_tarde)
regla segunda cita REG:5.II sobre atraso por mes
  cuando minutos_del_mes > 120 y veces_muy_tarde = 2
  entonces descuento 4 días
regla faltó cita REG:6.I sobre falta por mes
  entonces descuento 4 días
)");
  const auto found = Of(report, "tope-excedido");
  ASSERT_THAT(found, SizeIs(1));
  ASSERT_THAT(found[0].witness.facts, SizeIs(3));
  EXPECT_LT(found[0].witness.facts[0].date.month(), found[0].witness.facts[1].date.month());
  EXPECT_EQ(found[0].witness.facts[1].date.month(), found[0].witness.facts[2].date.month());
}

// The second time costs 4 because there was a first, which cost 1 in the month before: the sum is
// of 5.II and 6.I alone, and 4.I is one of its sides.
// The sanction of the second month comes after one that exceeds the cap in the first: each of them
// does by itself.
TEST(Cap, WhatLedToASanctionMayExceedItToo) {
  const auto report = CheckOnly("tope-excedido", kFaults + kMinutes + kCap + R"(
hecho muy_tarde derivado en día
califica atraso por mes como muy_tarde cita REG:5 cuando minutos_del_mes > 120
medida veces_muy_tarde por gestión cita REG:5 = cuenta(muy_tarde)
regla primera cita REG:4.I sobre atraso por mes
  cuando minutos_del_mes > 120 y veces_muy_tarde = 1
  entonces descuento 7 días
regla segunda cita REG:5.II sobre atraso por mes
  cuando minutos_del_mes > 120 y veces_muy_tarde = 2
  entonces descuento 8 días
)");
  std::vector<std::string> titles;
  for (const base::Finding& finding : Of(report, "tope-excedido"))
    titles.push_back(finding.title.es);
  EXPECT_THAT(titles,
              testing::UnorderedElementsAre(
                  HasSubstr("una sola sanción de REG:4.I (primera) llega a 7 días de descuento"),
                  HasSubstr("una sola sanción de REG:5.II (segunda) llega a 8 días de descuento")));
}

TEST(Cap, CitesWhatWasSanctionedBefore) {
  const auto report = CheckOnly("tope-excedido", kFaults + kMinutes + kCap + R"(
hecho muy_tarde derivado en día
califica atraso por mes como muy_tarde cita REG:5 cuando minutos_del_mes > 120
medida veces_muy_tarde por gestión cita REG:5 = cuenta(muy_tarde)
regla primera cita REG:4.I sobre atraso por mes
  cuando minutos_del_mes > 120 y veces_muy_tarde = 1
  entonces descuento 1 día
regla segunda cita REG:5.II sobre atraso por mes
  cuando minutos_del_mes > 120 y veces_muy_tarde = 2
  entonces descuento 4 días
regla faltó cita REG:6.I sobre falta por mes
  entonces descuento 4 días
)");
  const auto found = Of(report, "tope-excedido");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].title.es, HasSubstr("las sanciones de REG:5.II, REG:6.I suman 8 días"));
  EXPECT_EQ(base::JoinCitations(found[0].articles), "LEY:1, REG:4.I, REG:5.II, REG:6.I");
}

TEST(Cap, ThreeThatExceedItTogetherAndNoTwoOfThem) {
  const auto report = CheckOnly("tope-excedido", kTwoFines + R"(
hecho descuido en día
regla faltó cita REG:6.I sobre falta por mes
  entonces descuento 3 días
regla descuidó cita REG:7.I sobre descuido por mes
  entonces descuento 1 día
)");
  const auto found = Of(report, "tope-excedido");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(base::JoinCitations(found[0].articles), "LEY:1, REG:5.I, REG:6.I, REG:7.I");
}

// Late arrivals beyond two hours cost 4 and 1, never one without the other: with 2 more, seven.
const std::string kNeverAlone = kFaults + kMinutes + kCap + R"(
regla muchos cita REG:5.I sobre atraso por mes
  cuando minutos_del_mes > 120
  entonces descuento 4 días
regla también cita REG:7.I sobre atraso por mes
  cuando minutos_del_mes > 120
  entonces descuento TANTO
regla faltó cita REG:6.II.a sobre falta por mes
  entonces descuento OTRO
)";

base::CheckReport NeverAlone(const std::string& along, const std::string& other) {
  std::string text = kNeverAlone;
  text.replace(text.find("TANTO"), 5, along);
  text.replace(text.find("OTRO"), 4, other);
  return CheckOnly("tope-excedido", text);
}

TEST(Cap, WhatNeverStandsAloneIsAddedUpWithWhatItBringsAlong) {
  const auto report = NeverAlone("1 día", "2 días");
  ExpectSound(report);
  const auto found = Of(report, "tope-excedido");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].title.es, HasSubstr("suman 7 días"));
  EXPECT_EQ(base::JoinCitations(found[0].articles), "LEY:1, REG:5.I, REG:6.II.a, REG:7.I");
  // 4 + 1 + 1 fit.
  const auto fits = NeverAlone("1 día", "1 día");
  EXPECT_THAT(fits.findings, IsEmpty());
  EXPECT_EQ(fits.totals.proved, 2);
}

TEST(Cap, WhatComesAlongMayExceedItByItself) {
  const auto found = Of(NeverAlone("3 días", "1 día"), "tope-excedido");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].title.es, HasSubstr("suman 7 días"));
  EXPECT_EQ(base::JoinCitations(found[0].articles), "LEY:1, REG:5.I, REG:7.I");
}

// Two days each time: three times are the six that the cap allows, and four are eight.
TEST(Cap, OneProvisionAsOftenAsItTakes) {
  const auto report = CheckOnly("tope-excedido", kFaults + kCap + R"(
hecho descuido en día
regla descuidó cita REG:7.I sobre descuido
  entonces descuento 2 días
)");
  ExpectSound(report);
  const auto found = Of(report, "tope-excedido");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].title.es, HasSubstr("las sanciones de REG:7.I suman 8 días"));
  EXPECT_EQ(found[0].region[0].es, "REG:7.I «descuidó»: 2 días, 4 veces = 8 días de descuento");
  ASSERT_THAT(found[0].witness.facts, SizeIs(4));
  EXPECT_LT(found[0].witness.facts[0].date, found[0].witness.facts[1].date);
  EXPECT_EQ(found[0].witness.facts[0].date.month(), found[0].witness.facts[3].date.month());
}

// Twenty-two days have forty-four shifts: a quarter of a day in twenty-five of them are six and a
// quarter, and an eighth in all of them five and a half.
TEST(Cap, OneProvisionInEveryShift) {
  const auto each = [](const std::string& amount) {
    return CheckOnly(
        "tope-excedido",
        kFaults + kCap + "regla faltó cita REG:6.I sobre falta entonces descuento " + amount);
  };
  const auto quarter = Of(each("1/4 día"), "tope-excedido");
  ASSERT_THAT(quarter, SizeIs(1));
  EXPECT_THAT(quarter[0].title.es, HasSubstr("suman 6 1/4 días"));
  EXPECT_THAT(quarter[0].witness.facts, SizeIs(25));
  const auto eighth = each("1/8 día");
  EXPECT_THAT(eighth.findings, IsEmpty());
  EXPECT_EQ(eighth.totals.proved, 2);
  EXPECT_THAT(eighth.queries.back().bounds.es, HasSubstr("una misma cuantas veces quepa en él"));
}

// Judged once a month, or three times at most, two days each do not exceed six; what two rules
// take for each fact adds up, and so does what costs more from the second time on.
TEST(Cap, OneProvisionOnlyAsOftenAsItComes) {
  const std::string basis = kFaults + kCap + R"(
hecho descuido en día
medida van por mes cita REG:2 = cuenta(descuido)
)";
  const auto found = [&](const std::string& rules) {
    return Of(CheckOnly("tope-excedido", basis + rules), "tope-excedido");
  };
  EXPECT_THAT(found("regla uno cita REG:7.I sobre descuido por mes entonces descuento 2 días"),
              IsEmpty());
  EXPECT_THAT(
      found("regla uno cita REG:7.I sobre descuido cuando van <= 3 entonces descuento 2 días"),
      IsEmpty());
  const auto both = found(R"(
regla uno cita REG:7.I sobre descuido entonces descuento 1 día
regla dos cita REG:8.I sobre descuido entonces descuento 1 día
)");
  ASSERT_THAT(both, SizeIs(1));
  EXPECT_EQ(both[0].region[0].es,
            "REG:7.I «uno»: 1 día, 4 veces + REG:8.I «dos»: 1 día, 4 veces = 8 días de descuento");
  const auto again = found(R"(
regla uno cita REG:7.I sobre descuido cuando van = 1 entonces descuento 1/2 día
regla más cita REG:8.I sobre descuido cuando van >= 2 entonces descuento 1 día
)");
  ASSERT_THAT(again, SizeIs(1));
  EXPECT_EQ(base::JoinCitations(again[0].articles), "LEY:1, REG:7.I, REG:8.I");
}

// 3 + 4 of articles 5 and 6, twice; and 4 + 4 of article 6 alone.
TEST(Cap, SumsOfTheSameArticlesAreOneFinding) {
  const auto report = CheckOnly("tope-excedido", kTwoFines + R"(
hecho descuido en día
regla faltó cita REG:6.I sobre falta por mes
  entonces descuento 4 días
regla descuidó cita REG:6.II sobre descuido por mes
  entonces descuento 4 días
)");
  ExpectSound(report);
  const auto found = Of(report, "tope-excedido");
  ASSERT_THAT(found, SizeIs(2));
  const bool alone = base::JoinCitations(found[0].articles) == "LEY:1, REG:6.I, REG:6.II";
  const base::Finding& both = found[alone ? 1 : 0];
  EXPECT_EQ(base::JoinCitations(both.articles), "LEY:1, REG:5.I, REG:6.I, REG:6.II");
  EXPECT_THAT(both.title.es, HasSubstr("; y un caso más"));
  std::vector<std::string> lines;
  for (const base::Text& line : both.region) lines.push_back(line.es);
  std::sort(lines.begin(), lines.end());
  EXPECT_THAT(lines, ::testing::ElementsAre(
                         "REG:5.I «muchos»: 3 días + REG:6.I «faltó»: 4 días = 7 días de descuento",
                         "REG:5.I «muchos»: 3 días + REG:6.II «descuidó»: 4 días = 7 días de "
                         "descuento"));
  EXPECT_THAT(found[alone ? 0 : 1].region, SizeIs(1));
}

}  // namespace
}  // namespace cotejo::checks
