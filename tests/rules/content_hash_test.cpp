// What counts as the same content, and what does not.
#include "model/rules/content_hash.h"

#include <gtest/gtest.h>

#include <memory>

#include "model/language/parse.h"
#include "model/rules/resolve.h"

namespace cotejo::rules {
namespace {

const std::string kHead = R"(
jerarquía ley > reglamento
norma REG "Reglamento de prueba" rango reglamento vigente desde 2020-01-01
parámetro tope cita REG:1 desde 2021-01-01 = 2 días
parámetro otro cita REG:1 = 9 días
dato antigüedad: años = 0 años entre 0 años y 40 años
hecho falta en tramo
  días: días = 1/2 día entre 1/2 día y 1/2 día en pasos de 1/2 día
hecho queja en día
medida total por mes cita REG:2 = suma(falta.días) en pasos de 1/2 día
medida quejas por mes cita REG:2 = cuenta(queja)
)";
const std::string kRules = R"(
escala faltas cita REG:3 sobre falta por mes según total
  | 1/2 .. 1 | sin sanción     |
  | 1½ ..    | descuento 1 día |
regla quejosa cita REG:4 sobre queja por mes cuando quejas >= 3 entonces amonestación verbal
)";

std::shared_ptr<const Ruleset> Read(const std::string& norma) {
  base::SourceMap sources;
  base::Diagnostics diagnostics;
  const base::FileId file = sources.Add("prueba.norma.md", "```norma\n" + norma + "\n```\n");
  std::vector<language::NormFile> files;
  files.push_back(language::Parse(sources, file, diagnostics));
  const auto rules = Resolve(sources, BuildProgram(sources, files), {}, diagnostics);
  for (const base::Diagnostic& diagnostic : diagnostics.all()) {
    ADD_FAILURE() << base::Render(diagnostic, sources, base::Language::Spanish);
  }
  return rules;
}

std::string Whole(const std::string& norma) {
  const auto rules = Read(norma);
  return rules ? ContentHash(*rules).Whole() : "";
}

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

// Of the rules and measures whose names are given.
std::string Part(const std::string& norma, const std::vector<std::string>& names) {
  const auto rules = Read(norma);
  if (!rules) return "";
  Declarations part;
  for (std::size_t i = 0; i < rules->rules.size(); ++i) {
    for (const std::string& name : names) {
      if (rules->rules[i].name == name) part.rules.emplace_back(static_cast<std::int64_t>(i));
    }
  }
  return ContentHash(*rules).Of(part);
}

TEST(ContentHash, TextsDoNotRunTogether) {
  EXPECT_NE(Hasher().Add("ab").Add("c").str(), Hasher().Add("a").Add("bc").str());
  EXPECT_NE(Hasher().Add(1).str(), Hasher().Add(256).str());
  EXPECT_NE(Hasher().Add(-1).str(), Hasher().Add(255).str());
  // FNV-1a of 128 bits of the bytes 1 and "a".
  EXPECT_EQ(Hasher().Add("a").str(), "08809458baab1be95aa0733055258e87");
}

TEST(ContentHash, LayoutAndPlaceDoNotCount) {
  EXPECT_EQ(Whole(kHead + kRules), Whole("\n\n" + kHead + "\n// nota\n" + kRules + "\n\n"));
}

TEST(ContentHash, OrderDoesNotCountWhereOnlyNamesAreLookedUp) {
  const std::string one = "parámetro tope cita REG:1 desde 2021-01-01 = 2 días\n";
  const std::string two = "parámetro otro cita REG:1 = 9 días\n";
  EXPECT_EQ(Whole(kHead + kRules), Whole(Replaced(kHead, one + two, two + one) + kRules));
}

TEST(ContentHash, EveryChangeOfMeaningCounts) {
  const std::string base = kHead + kRules;
  const std::vector<std::pair<std::string, std::string>> changes = {
      {"1½ ..    |", "2 ..     |"},                  // a bound
      {"descuento 1 día", "descuento 2 días"},       // a consequence
      {"cita REG:4", "cita REG:5"},                  // an article
      {"regla quejosa", "regla reclamona"},          // a name
      {"= 2 días", "= 3 días"},                      // a parameter's value
      {"desde 2021-01-01", "desde 2022-01-01"},      // and its date
      {"= 9 días", "= 8 días"},                      // one that no rule reads
      {"y 40 años", "y 41 años"},                    // a domain
      {"vigente desde 2020", "vigente desde 2019"},  // validity
      {"Reglamento de prueba", "Otro reglamento"},   // what messages show
      {"medida quejas por mes cita REG:2", "medida quejas por mes cita REG:9"},  // a measure
      {"por mes según total", "por mes según total parcial"},
  };
  for (const auto& [from, to] : changes) {
    EXPECT_NE(Whole(base), Whole(Replaced(base, from, to))) << from;
  }
}

TEST(ContentHash, APartDependsOnWhatItListsAlone) {
  const std::string base = kHead + kRules;
  const std::vector<std::string> complaint{"quejosa"};
  EXPECT_EQ(Part(base, complaint),
            Part(Replaced(base, "descuento 1 día", "destitución"), complaint));
  EXPECT_NE(Part(base, complaint), Part(Replaced(base, "quejas >= 3", "quejas >= 4"), complaint));
  EXPECT_NE(Part(base, complaint), Part(Replaced(base, "y 40 años", "y 41 años"), complaint));
  EXPECT_NE(Part(base, complaint), Part(base, {"faltas[1]"}));
}

// One failure anywhere spoils a witness: what could fail counts for every part. A division by a
// parameter that is never zero could not.
TEST(ContentHash, APartDependsOnWhateverMayFail) {
  const std::string rule = R"(
parámetro jornada cita REG:5 = 8 días
regla parte cita REG:5 sobre falta por mes cuando total >= 1
  entonces derecho compensación total / jornada * 1 día
)";
  const std::string base = kHead + kRules + rule;
  const std::vector<std::string> complaint{"quejosa"};
  EXPECT_EQ(Part(base, complaint), Part(Replaced(base, "* 1 día", "* 2 días"), complaint));
  const std::string zero = Replaced(base, "= 8 días", "= 0 días");
  EXPECT_NE(Part(base, complaint), Part(zero, complaint));
  EXPECT_NE(Part(zero, complaint), Part(Replaced(zero, "* 1 día", "* 2 días"), complaint));
  const std::string measure = Replaced(base, "total / jornada * 1 día", "total / quejas");
  EXPECT_NE(Part(measure, complaint), Part(Replaced(measure, "total /", "2 * total /"), complaint));
}

}  // namespace
}  // namespace cotejo::rules
