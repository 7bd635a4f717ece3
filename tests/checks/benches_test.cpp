// Histories tried on part of the ruleset: the part that sanctions depend on says of them what the
// whole says, and what is known of their severity serves every task.
#include <gtest/gtest.h>

#include "solver/checks/punished.h"
#include "tests/checks/every_history.h"
#include "tests/checks/rip_report.h"

namespace cotejo::checks {
namespace {

using rules::FactKindId;

const std::string kBasis = R"(
jerarquía ley > reglamento
norma LEY "Ley de prueba" rango ley vigente desde 2020-01-01
norma REG "Reglamento de prueba" rango reglamento vigente desde 2020-01-01
horario único cita REG:1 tramos 08:00 a 12:00, 14:00 a 18:00
hecho falta en tramo
  días: días = 1/2 día entre 1/2 día y 3/2 días en pasos de 1/2 día
hecho fuga en tramo
hecho aviso en día
medida total por mes cita REG:2 = suma(falta.días) en pasos de 1/2 día
medida fugas por mes cita REG:2 = cuenta(fuga)
medida avisos por mes cita REG:2 = cuenta(aviso)
)";

// Recipes of one kind, and of it with an aviso on the next day.
std::vector<Recipe> RecipesOf(Bench& bench, FactKindId kind, FactKindId aviso) {
  const rules::Ruleset& rules = bench.context().rules;
  std::vector<Recipe> recipes;
  for (const Choice& choice : ChoicesOf(bench, kind)) {
    for (const auto& slots : Patterns(bench.layout(), rules.kind(kind).placement, 4)) {
      recipes.push_back(Fill(bench, kind, choice.fields, slots));
      recipes.push_back(recipes.back());
      recipes.back().push_back({aviso, 0, slots.back().day + 1, 0, PlainFields(rules, aviso)});
    }
  }
  return recipes;
}

std::vector<base::Date> GapsIn(const evaluation::Result& result) {
  std::vector<base::Date> dates;
  for (const evaluation::GapHit& gap : result.gaps) dates.push_back(gap.date);
  std::sort(dates.begin(), dates.end());
  return dates;
}

bool operator==(const Severity& a, const Severity& b) { return !Lighter(a, b) && !Lighter(b, a); }

struct Compared {
  int all = 0, punished = 0, gaps = 0;
};

// Nothing that tells of sanctions is told otherwise by the rules they depend on.
Compared Compare(const CheckContext& context, const std::vector<FactKindId>& kinds,
                 const std::vector<Recipe>& recipes) {
  Bench every(context, kinds);
  Bench sanctions(context, kinds, JudgesBy::Sanctions);
  Compared compared;
  for (const Recipe& recipe : recipes) {
    const auto a = every.Try(recipe);
    const auto b = sanctions.Try(recipe);
    EXPECT_EQ(a.has_value(), b.has_value());
    if (!a || !b) continue;
    const Severity severity = SeverityOf(context.rules, a->result);
    EXPECT_TRUE(severity == SeverityOf(context.rules, b->result))
        << DescribeSeverity(severity).es << " / "
        << DescribeSeverity(SeverityOf(context.rules, b->result)).es;
    EXPECT_EQ(GapsIn(a->result), GapsIn(b->result));
    ++compared.all;
    compared.punished += severity.none() ? 0 : 1;
    compared.gaps += a->result.gaps.empty() ? 0 : 1;
  }
  return compared;
}

TEST(Bench, JudgesSanctionsByWhatDisplacesThemToo) {
  const auto prepared = Prepare(kBasis + R"(
regla descuento cita REG:3 sobre falta por mes
  cuando total >= 1 entonces descuento 1 día
// A right with a sanction in one rule: what forbids the right takes both away.
regla encierro cita REG:4 sobre falta por mes
  cuando total >= 2 entonces descuento 2 días, prohibición persona "salir"
regla salida cita LEY:1 sobre falta por mes
  cuando avisos >= 1 entonces permiso persona "salir"
regla registro cita REG:5 sobre falta
  entonces obligación persona "avisar"
// Answers where otherwise there would be a gap.
escala fugas cita REG:6 sobre fuga por mes según fugas
  | 1    | sin sanción                  |
  | 3 .. | descuento 1 día              |
regla fuga_avisada cita REG:7 sobre fuga por mes
  cuando fugas = 2 y avisos >= 1 entonces obligación persona "explicarse"
)");
  ASSERT_TRUE(prepared);
  const rules::Ruleset& rules = prepared->rules();
  const FactKindId aviso = rules.FindFactKind("aviso");
  Compared all;
  for (const char* name : {"falta", "fuga"}) {
    const std::vector<FactKindId> kinds{rules.FindFactKind(name), aviso};
    Bench bench(*prepared->context, kinds);
    const Compared one = Compare(*prepared->context, kinds, RecipesOf(bench, kinds.front(), aviso));
    all.all += one.all;
    all.punished += one.punished;
    all.gaps += one.gaps;
  }
  EXPECT_GT(all.all, 60);
  EXPECT_GT(all.punished, 20);
  EXPECT_GT(all.gaps, 0);
}

TEST(Bench, JudgesTheSanctionsOfTheRegulationInForceByFewerRules) {
  const WholeRip& rip = CheckedRip();
  const rules::Ruleset& rules = *rip.regulation.rules;
  const rules::Families families = rules::BuildFamilies(rules);
  const CheckOptions options;
  const CheckInput input{rules, families, nullptr, nullptr, nullptr};
  const CheckContext context{input, rules, families, options, 2026};
  int punished = 0;
  for (const auto& group : MisconductGroups(rules)) {
    for (const FactKindId kind : group) {
      Bench bench(context, {kind});
      std::vector<Recipe> recipes;
      const auto choices = ChoicesOf(bench, kind);
      for (std::size_t c = 0; c < choices.size(); c += 1 + choices.size() / 6) {
        for (const auto& slots : Patterns(bench.layout(), rules.kind(kind).placement, 3))
          recipes.push_back(Fill(bench, kind, choices[c].fields, slots));
      }
      punished += Compare(context, {kind}, recipes).punished;
    }
  }
  EXPECT_GT(punished, 50);
}

TEST(Punished, WhatOneTaskKnowsServesTheOthers) {
  const auto prepared = Prepare(kBasis + R"(
escala faltas cita REG:3 sobre falta por mes según total
  | 1/2    | sin sanción     |
  | 1 .. 2 | descuento 1 día |
  | 5/2 .. | destitución     |
medida seguidas por mes cita REG:2 = racha(falta.días >= 1/2 día)
regla seguidas cita REG:5 sobre falta por mes
  cuando seguidas >= 2 entonces proceso
regla por_la_tarde cita REG:4 sobre falta
  cuando tramo = 2 entonces amonestación escrita
regla avisada cita LEY:1 sobre falta por mes
  cuando avisos >= 1 entonces sin sanción
)");
  ASSERT_TRUE(prepared);
  const rules::Ruleset& rules = prepared->rules();
  const FactKindId falta = rules.FindFactKind("falta");
  const FactKindId aviso = rules.FindFactKind("aviso");
  SharedSeverities shared;
  CheckContext sharing = *prepared->context;
  sharing.severities = &shared;
  Bench alone(*prepared->context, {falta, aviso}, JudgesBy::Sanctions);
  Bench first(sharing, {falta, aviso}, JudgesBy::Sanctions);
  Bench second(sharing, {aviso, falta}, JudgesBy::Sanctions);
  std::vector<Recipe> recipes = RecipesOf(alone, falta, aviso);
  for (std::size_t i = 0, count = recipes.size(); i < count; ++i) {
    recipes.push_back(recipes[i]);
    for (Placed& placed : recipes.back()) placed.shift = placed.shift == 1 ? 2 : placed.shift;
    recipes.push_back(recipes[i]);
    for (Placed& placed : recipes.back()) {
      if (placed.kind == falta) placed.fields[0].number = base::Rational(3, 2);
    }
  }
  for (Bench* bench : {&first, &second}) {
    for (const Recipe& recipe : recipes) {
      auto known = Punished::Try(*bench, recipe);
      auto anew = Punished::Try(alone, recipe);
      ASSERT_EQ(known.has_value(), anew.has_value());
      if (!known) continue;
      EXPECT_TRUE(known->severity() == anew->severity());
      EXPECT_TRUE(SeverityOf(rules, known->ResultOn(*bench)) == anew->severity());
    }
  }
  for (const Recipe& recipe : recipes) {
    if (!Punished::Try(second, recipe)) continue;
    const int before = second.runs();
    EXPECT_TRUE(Punished::Try(second, recipe));
    EXPECT_EQ(second.runs(), before);  // known: not judged again
  }
}

}  // namespace
}  // namespace cotejo::checks
