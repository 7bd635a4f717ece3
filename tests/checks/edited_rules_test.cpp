// A ruleset borrowed, changed and given back is the one that was lent.
#include "solver/checks/edited_rules.h"

#include <gtest/gtest.h>

#include "solver/checks/sweep.h"
#include "tests/checks/text_rules.h"

namespace cotejo::checks {
namespace {

constexpr const char* kNorma = R"(jerarquía ley
norma REG "Reglamento de prueba" rango ley vigente desde 2020-01-01
hecho falta en tramo
  días: días entre 1/2 día y 1 día en pasos de 1/2 día
hecho demora en tramo
  minutos: minutos entre 1 minuto y 60 minutos en pasos de 1 minuto
medida total por mes cita REG:1 = suma(falta.días) en pasos de 1/2 día
medida racha por mes cita REG:1 = racha(falta.días >= 1/2 día)
medida retraso por mes cita REG:1 = suma(demora.minutos) en pasos de 1 minuto
escala faltas cita REG:1.I sobre falta por mes según total
  | 1/2 .. 3 | descuento 1 días |
  | 7/2 .. | descuento 2 días |
regla seguidas cita REG:1.II sobre falta por mes
  cuando racha >= 3 entonces proceso, destitución)";

// What the edits below may change.
bool Alike(const rules::Ruleset& a, const rules::Ruleset& b) {
  bool alike = a.exprs.size() == b.exprs.size() && a.rules.size() == b.rules.size();
  for (std::size_t r = 0; alike && r < a.rules.size(); ++r) {
    alike = a.rules[r].guard == b.rules[r].guard && a.rules[r].name == b.rules[r].name;
  }
  for (std::size_t s = 0; alike && s < a.scales.size(); ++s) {
    alike = a.scales[s].policy == b.scales[s].policy;
  }
  return alike;
}

void Change(EditedRules& edited) {
  edited.rule(rules::RuleId(0)).guard = edited.AddTruth(false);
  edited.rule(rules::RuleId(0)).name = "otra";
  edited.scale(rules::ScaleId(0)).policy = rules::HitPolicy::First;
}

TEST(EditedRules, OneCopyServesManyQuestionsAndComesBackAsItWas) {
  const auto text = ReadRules(kNorma);
  ASSERT_TRUE(text->rules);
  const rules::Ruleset& original = *text->rules;
  ASSERT_FALSE(original.scales.empty());
  const rules::Ruleset before = original;
  SpareRules spare(original);
  for (int question = 0; question < 5; ++question) {
    EditedRules edited(original, &spare);
    EXPECT_TRUE(Alike(edited.get(), original)) << question;
    Change(edited);
    EXPECT_FALSE(Alike(edited.get(), original));
    edited.ForgetAdded();
    EXPECT_EQ(edited.get().exprs.size(), original.exprs.size());
  }
  EXPECT_EQ(spare.made(), 1);
  {
    EditedRules one(original, &spare);
    EditedRules two(original, &spare);
    Change(one);
    EXPECT_TRUE(Alike(two.get(), original));  // what one changes the other does not see
  }
  EXPECT_EQ(spare.made(), 2);
  EXPECT_TRUE(Alike(original, before));
}

TEST(EditedRules, ARulesetThatIsNotTheLendersIsCopied) {
  const auto text = ReadRules(kNorma);
  ASSERT_TRUE(text->rules);
  const rules::Ruleset reading = *text->rules;  // the same, elsewhere
  SpareRules spare(*text->rules);
  for (SpareRules* lender : {&spare, static_cast<SpareRules*>(nullptr)}) {
    EditedRules edited(reading, lender);
    Change(edited);
    EXPECT_EQ(edited.get().rules[0].name, "otra");
  }
  EXPECT_EQ(spare.made(), 0);
  EXPECT_NE(reading.rules[0].name, "otra");
}

TEST(RelationsOf, AreThoseOfTheTermsAskedFor) {
  const auto text = ReadRules(kNorma);
  ASSERT_TRUE(text->rules);
  const auto relations = RelationsOf(*text->rules, {"total", "racha", "retraso"});
  ASSERT_EQ(relations.size(), 1U);
  EXPECT_EQ(relations[0].lesser, "racha");
  EXPECT_EQ(relations[0].greater, "total");
  EXPECT_EQ(relations[0].factor, base::Rational(1, 2));
  EXPECT_TRUE(RelationsOf(*text->rules, {"racha", "retraso"}).empty());
  EXPECT_TRUE(RelationsOf(*text->rules, {"total"}).empty());
}

}  // namespace
}  // namespace cotejo::checks
