// What a replay of a finding's histories says of its defect, under its own text and others.
#include "solver/checks/shown.h"

#include "tests/checks/faults_basis.h"
#include "tests/checks/text_rules.h"

namespace cotejo::checks {
namespace {

using base::Rational;

// The days that a month of faults costs, with a row for each number of them.
std::string Scale(const std::string& rows) {
  return kFaults + "escala faltas cita REG:3 sobre falta por mes según total\n" + rows;
}

std::optional<Size> Under(const std::string& norma, const base::Finding& finding) {
  const auto text = ReadRules(norma);
  return ShownBy(*text->rules, text->families, finding);
}

base::Finding Only(const std::string& code, const std::string& norma) {
  const auto found = Of(CheckOnly(code, norma), code);
  EXPECT_EQ(found.size(), 1U) << code;
  return found.empty() ? base::Finding{} : found[0];
}

TEST(Shown, AGapIsThereOrIsNot) {
  const std::string open = Scale("| 1/2 | descuento 1 día |\n| 3/2 .. | descuento 3 días |\n");
  const std::string closed = Scale("| 1/2 | descuento 1 día |\n| 1 .. | descuento 3 días |\n");
  const base::Finding gap = Only("hueco", open);
  EXPECT_EQ(Under(open, gap), Size{});
  EXPECT_EQ(Under(closed, gap), std::nullopt);
}

TEST(Shown, ACapExceededIsAsLargeAsWhatIsDeducted) {
  const auto with = [](const std::string& days) {
    return kFaults + R"(
medida descontado por mes cita LEY:1 = suma(sanción.días)
regla tope cita LEY:1 sobre sanción por mes
  cuando descontado > 6 días
  entonces prohibición entidad "descontar más de seis días"
regla faltas cita REG:3 sobre falta por mes
  cuando total >= 2
  entonces descuento )" +
           days;
  };
  const base::Finding over = Only("tope-excedido", with("7 días"));
  EXPECT_EQ(Under(with("7 días"), over), Size{Rational(7)});
  EXPECT_EQ(Under(with("9 días"), over), Size{Rational(9)});
  EXPECT_EQ(Under(with("6 días"), over), std::nullopt);
}

TEST(Shown, AnInversionIsAsLargeAsTheDropOfTheSanction) {
  const auto with = [](const std::string& days) {
    return Scale("| 1/2 .. 3/2 | descuento 4 días |\n| 2 .. | descuento " + days + " |\n");
  };
  const auto found = Of(CheckOnly("inversión", with("1 día")), "inversión");
  ASSERT_FALSE(found.empty());
  // No loss of the post and no process on either side: four days less one.
  EXPECT_EQ(Under(with("1 día"), found[0]), (Size{0, 0, Rational(3), 0, 0}));
  EXPECT_EQ(Under(with("3 días"), found[0]), (Size{0, 0, Rational(1), 0, 0}));
  EXPECT_EQ(Under(with("4 días"), found[0]), std::nullopt);
}

TEST(Shown, WhatNoReplayTellsIsNotSaid) {
  const std::string norma = Scale("| 1/2 .. | descuento 1 día |\n");
  base::Finding words;
  words.code = "referencia-rota";
  EXPECT_EQ(Under(norma, words), std::nullopt);
  base::Finding broken;
  broken.code = "hueco";
  broken.witness.csv = "no es una historia";
  EXPECT_EQ(Under(norma, broken), std::nullopt);
}

}  // namespace
}  // namespace cotejo::checks
