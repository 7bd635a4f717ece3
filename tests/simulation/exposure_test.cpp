// Exposure: what is counted of a staff-year, on years written by hand, and what is said of them.
#include <algorithm>

#include "scenarios/exposure/codes.h"
#include "scenarios/exposure/look_for.h"
#include "scenarios/exposure/measure.h"
#include "scenarios/exposure/sight.h"
#include "tests/simulation/other_entity.h"
#include "tests/simulation/setting_for_tests.h"

namespace cotejo::exposure {
namespace {

using base::Date;
using base::Rational;
using rules::RuleId;

// Six rules: two that clash on a month of absences, one about arrivals, a cap and a grant.
constexpr const char* kRules = R"(
norma N "Norma" rango resolución_administrativa vigente desde 2025-01-01
horario único cita N:1 tramos 08:00 a 16:00
medida faltas por mes cita N:2 = suma(inasistencia.días) en pasos de 1/2 día
medida descontado por mes cita N:2 = suma(sanción.días)
regla una cita N:3.I sobre inasistencia por mes cuando faltas >= 2 días entonces descuento 2 días falta leve
regla otra cita N:4.I sobre inasistencia por mes cuando faltas <= 3 días entonces descuento 3 días falta grave
regla tarde cita N:5 sobre llegada cuando hora > hora_fijada entonces descuento 1/2 día
regla proceso cita N:6 sobre llegada cuando hora > hora_fijada + 60 minutos entonces proceso
regla tope cita N:7 sobre sanción por mes cuando descontado > 4 días
  entonces prohibición entidad "descontar más"
regla premio cita N:8 sobre llegada entonces derecho vacación 1/3 día
)";

enum : int { kUna, kOtra, kTarde, kProceso, kTope, kPremio };

RuleId Id(int rule) { return RuleId(rule); }

LivedRule Applied(int rule, int subject, bool stands, std::vector<int> facts,
                  Date date = Date(2025, 3, 31), Rational quantity = 1) {
  return {Id(rule), date, subject, stands, {quantity}, std::move(facts)};
}

class ExposureTest : public year::RipTest {
 protected:
  void SetUp() override {
    RipTest::SetUp();
    rules_ = FromText(kRules);
    ASSERT_TRUE(rules_);
    ASSERT_EQ(rules_->rules.size(), 6U);
    ASSERT_EQ(rules_->rule(Id(kTope)).name, "tope");
  }

  [[nodiscard]] bool Sees(const Sight& sight, const Lived& lived) const {
    return Met(sight, *rules_, lived);
  }

  std::shared_ptr<const rules::Ruleset> rules_;
};

TEST_F(ExposureTest, AConflictIsOfItsTwoRulesAndOfOneThing) {
  const Sight sight = Meeting{Meeting::Bond::Conflict, {{{Id(kUna)}, {Id(kOtra)}}}};
  const std::vector<LivedRule> both = {Applied(kOtra, 1, true, {4}), Applied(kUna, 1, true, {4}),
                                       Applied(kTarde, 1, true, {4})};
  EXPECT_TRUE(Sees(sight, {both, {{0, 1}}, {}}));
  EXPECT_FALSE(Sees(sight, {both, {{0, 2}}, {}}));
  EXPECT_FALSE(Sees(sight, {both, {}, {}}));  // they apply, and something decides
}

TEST_F(ExposureTest, OnePrevailsOverAnotherOnTheSameThing) {
  const Sight sight = Meeting{Meeting::Bond::Prevails, {{{Id(kOtra)}, {Id(kUna)}}}};
  EXPECT_TRUE(Sees(sight, {{Applied(kUna, 1, false, {}), Applied(kOtra, 1, true, {})}, {}, {}}));
  EXPECT_FALSE(Sees(sight, {{Applied(kUna, 1, true, {}), Applied(kOtra, 1, false, {})}, {}, {}}));
  EXPECT_FALSE(Sees(sight, {{Applied(kUna, 2, false, {}), Applied(kOtra, 1, true, {})}, {}, {}}));
}

TEST_F(ExposureTest, TwoSanctionsForOneFactShareTheFact) {
  const Sight sight = Meeting{Meeting::Bond::OneFact, {{{Id(kUna)}, {Id(kTarde)}}}};
  EXPECT_TRUE(
      Sees(sight, {{Applied(kUna, 1, true, {3, 5}), Applied(kTarde, 2, true, {5})}, {}, {}}));
  EXPECT_FALSE(
      Sees(sight, {{Applied(kUna, 1, true, {3, 5}), Applied(kTarde, 2, true, {4})}, {}, {}}));
  EXPECT_FALSE(
      Sees(sight, {{Applied(kUna, 1, false, {3, 5}), Applied(kTarde, 2, true, {5})}, {}, {}}));
}

TEST_F(ExposureTest, RulesTogetherAreOnOneThing) {
  const Sight sight = Together{{Id(kUna), Id(kOtra)}};
  EXPECT_TRUE(Sees(sight, {{Applied(kUna, 1, true, {}), Applied(kOtra, 1, false, {})}, {}, {}}));
  EXPECT_FALSE(Sees(sight, {{Applied(kUna, 1, true, {}), Applied(kOtra, 2, true, {})}, {}, {}}));
}

TEST_F(ExposureTest, ATermBeginsWithAFactOrWithTheRuleThatGivesIt) {
  const auto kind = [](std::int64_t id) { return rules::FactKindId(id); };
  EXPECT_TRUE(Sees(Begun{{kind(1)}, {}}, {{}, {}, {}, {false, true}}));
  EXPECT_FALSE(Sees(Begun{{kind(0)}, {}}, {{}, {}, {}, {false, true}}));
  const Sight sight = Begun{{}, {Id(kTarde)}};
  EXPECT_TRUE(Sees(sight, {{Applied(kTarde, 1, true, {1})}, {}, {}}));
  EXPECT_FALSE(Sees(sight, {{Applied(kTarde, 1, false, {1})}, {}, {}}));  // it yields to another
  EXPECT_FALSE(Sees(sight, {{Applied(kUna, 1, true, {1})}, {}, {}}));
}

TEST_F(ExposureTest, AProcessForTheSameFactIsEnough) {
  const Sight sight = Unprocessed{{Id(kTarde)}, {Id(kProceso)}};
  EXPECT_TRUE(Sees(sight, {{Applied(kTarde, 1, true, {1})}, {}, {}}));
  EXPECT_FALSE(Sees(sight, {{Applied(kTarde, 1, false, {1})}, {}, {}}));
  EXPECT_FALSE(
      Sees(sight, {{Applied(kTarde, 1, true, {1}), Applied(kProceso, 1, true, {1})}, {}, {}}));
  EXPECT_TRUE(
      Sees(sight, {{Applied(kTarde, 1, true, {1}), Applied(kProceso, 2, true, {2})}, {}, {}}));
}

// The month's deductions are all told apart by article; those of another month do not count.
TEST_F(ExposureTest, ACapIsExceededByJustItsArticles) {
  const RuleSet deductions = {Id(kUna), Id(kOtra), Id(kTarde)};
  const Sight sum =
      Excess{Id(kTope), deductions, {}, {base::ParseCitation("N:3"), base::ParseCitation("N:4")}};
  const Sight alone = Excess{Id(kTope), deductions, Id(kOtra), {}};
  const LivedRule cap = Applied(kTope, 9, true, {});
  const LivedRule una = Applied(kUna, 1, true, {});
  const LivedRule otra = Applied(kOtra, 1, true, {});
  const LivedRule tarde = Applied(kTarde, 2, true, {}, Date(2025, 3, 4));
  const LivedRule april = Applied(kTarde, 2, true, {}, Date(2025, 4, 4));
  EXPECT_TRUE(Sees(sum, {{una, otra, cap}, {}, {}}));
  EXPECT_TRUE(Sees(sum, {{una, otra, cap, april}, {}, {}}));
  EXPECT_FALSE(Sees(sum, {{una, otra}, {}, {}}));
  EXPECT_FALSE(Sees(sum, {{una, otra, tarde, cap}, {}, {}}));
  EXPECT_FALSE(Sees(sum, {{otra, cap}, {}, {}}));
  EXPECT_TRUE(Sees(alone, {{otra, cap, april}, {}, {}}));
  EXPECT_FALSE(Sees(alone, {{una, otra, cap}, {}, {}}));
}

TEST_F(ExposureTest, AGrantFallsBetweenTwoSteps) {
  const Sight sight = Misfit{Id(kPremio), 0, Rational(1, 2)};
  const Date day(2025, 3, 4);
  EXPECT_TRUE(Sees(sight, {{Applied(kPremio, 1, true, {}, day, Rational(1, 3))}, {}, {}}));
  EXPECT_FALSE(Sees(sight, {{Applied(kPremio, 1, true, {}, day, Rational(3, 2))}, {}, {}}));
}

TEST_F(ExposureTest, AGapIsBetweenItsOwnRows) {
  rules::Atom above;
  above.kind = rules::Atom::Kind::Interval;
  above.term = "faltas";
  above.low = Rational(2);
  const rules::ScaleId scale(1);
  const Sight sight = Uncovered{{rules::ScaleId(0), scale}, {{above, false}}};
  const auto at = [&](Rational value) { return Lived{{}, {}, {{scale, {{"faltas", value}}}}}; };
  EXPECT_TRUE(Sees(sight, at(Rational(3, 2))));
  EXPECT_FALSE(Sees(sight, at(Rational(2))));
  EXPECT_FALSE(Sees(sight, {}));
  EXPECT_FALSE(Sees(sight, {{}, {}, {{rules::ScaleId(2), {{"faltas", Rational(1)}}}}}));
}

TEST_F(ExposureTest, AllThatAHistoryReceivesAsManyTimes) {
  const Sight sight = Answers{{Id(kTarde), Id(kTarde), Id(kUna)}, {}};
  const LivedRule tarde = Applied(kTarde, 1, true, {});
  const LivedRule una = Applied(kUna, 2, true, {});
  EXPECT_TRUE(Sees(sight, {{tarde, una, tarde, tarde}, {}, {}}));
  EXPECT_FALSE(Sees(sight, {{tarde, una}, {}, {}}));
  EXPECT_FALSE(Sees(sight, {{tarde, una, Applied(kTarde, 3, false, {})}, {}, {}}));
}

// ---- A finding and its witness ----------------------------------------------------

// Half a day of absence on each of some days of March.
base::Finding Clash(std::vector<std::string> articles, int half_days) {
  base::Finding finding;
  finding.code = "contradicción";
  finding.id = "contradicción-1";
  for (const std::string& article : articles)
    finding.articles.push_back(base::ParseCitation(article));
  finding.witness.replayed = true;
  finding.witness.csv = "persona,fecha,hecho,tramo,días,justificada\n";
  for (int day = 4; day < 4 + half_days; ++day)
    finding.witness.csv += "A,2025-03-0" + std::to_string(day) + ",inasistencia,1,1/2,no\n";
  return finding;
}

Plan Look(const rules::Ruleset& rules, const base::Finding& finding) {
  const rules::Families families = rules::BuildFamilies(rules);
  return LookFor(rules, families, TermsOf(families), {}, finding);
}

TEST_F(ExposureTest, TheWitnessTellsWhatToLookFor) {
  const Plan plan = Look(*rules_, Clash({"N:3.I", "N:4.I"}, 4));
  ASSERT_TRUE(plan.sight) << plan.why_not.es;
  ASSERT_TRUE(std::holds_alternative<Meeting>(*plan.sight));
  EXPECT_EQ(LookedAt(*plan.sight), (RuleSet{Id(kUna), Id(kOtra)}));
  EXPECT_EQ(plan.facts.size(), 4U);
  EXPECT_FALSE(plan.counted.empty());
}

TEST_F(ExposureTest, WhatItsOwnWitnessDoesNotShowIsNotMeasured) {
  for (const Plan& plan :
       {Look(*rules_, Clash({"N:3.I", "N:4.I"}, 3)),   // a day and a half: one rule
        Look(*rules_, Clash({"N:3.I", "N:5"}, 4))}) {  // another article
    EXPECT_FALSE(plan.sight);
    EXPECT_NE(plan.why_not.es.find("testigo"), std::string::npos) << plan.why_not.es;
  }
  base::Finding bare = Clash({"N:3.I", "N:4.I"}, 4);
  bare.witness.replayed = false;
  EXPECT_FALSE(Look(*rules_, bare).sight);
  base::Finding textual = Clash({"N:3.I", "N:4.I"}, 4);
  textual.code = "texto-superado";
  EXPECT_FALSE(Look(*rules_, textual).sight);
  EXPECT_EQ(Look(*rules_, textual).why_not, EntryOf("texto-superado")->text);
}

// ---- The measure -------------------------------------------------------------------

class MeasureTest : public ExposureTest {
 protected:
  ExposureReport Run(const std::vector<base::Finding>& findings, int threads, int smallest = 0) {
    Options options;
    options.year = {.gestion = 2026, .seed = 5, .replications = 6, .threads = threads};
    options.smallest_group = smallest;
    auto report = Measure(*regulation_.rules, findings, population_, options, diagnostics_);
    EXPECT_TRUE(report) << year::Messages(sources_, diagnostics_);
    return report.value_or(ExposureReport{});
  }

  // An arrival that is late and, being past the limit, an absence too.
  static base::Finding Twice() {
    base::Finding finding;
    finding.code = "doble-sanción";
    finding.id = "doble-sanción-1";
    finding.articles = {base::ParseCitation("RIP:45.I"), base::ParseCitation("RIP:45.II")};
    finding.witness.replayed = true;
    finding.witness.csv =
        "persona,fecha,hecho,tramo,hora,justificada\nA,2026-03-02,llegada,1,09:06,no\n";
    return finding;
  }
  static base::Finding Textual() {
    base::Finding finding;
    finding.code = "término-sin-definir";
    finding.id = "término-sin-definir-1";
    return finding;
  }
  // Somebody asks for a day that nobody in the population asks for.
  static base::Finding Never() {
    base::Finding finding;
    finding.code = "regla-redundante";
    finding.id = "regla-redundante-1";
    finding.articles = {base::ParseCitation("RIP:24.I")};
    return finding;
  }
};

TEST_F(MeasureTest, OneOfEachKindOfAnswer) {
  const ExposureReport report = Run({Twice(), Textual(), Never()}, 1);
  ASSERT_EQ(report.findings.size(), 3U);
  EXPECT_EQ(report.years(), 220 * 6);
  const Exposure& twice = report.findings[0];
  ASSERT_TRUE(twice.figure) << twice.why_not.es;
  EXPECT_GT(twice.figure->met, 20);
  EXPECT_LT(twice.figure->met, report.years());
  EXPECT_DOUBLE_EQ(twice.figure->per_thousand,
                   1000.0 * static_cast<double>(twice.figure->met) / 1320);
  EXPECT_LT(twice.figure->low, twice.figure->per_thousand);
  EXPECT_GT(twice.figure->high, twice.figure->per_thousand);
  for (const std::size_t other : {1U, 2U}) {
    EXPECT_FALSE(report.findings[other].figure);
    EXPECT_FALSE(report.findings[other].why_not.empty());
  }
}

TEST_F(MeasureTest, ThreadsDoNotChangeIt) {
  const Exposure one = Run({Twice()}, 1).findings[0];
  const Exposure two = Run({Twice()}, 3).findings[0];
  ASSERT_TRUE(one.figure && two.figure);
  EXPECT_EQ(one.figure->met, two.figure->met);
  EXPECT_EQ(one.figure->high, two.figure->high);
}

// Whoever was sanctioned does nothing of it any more: fewer years meet it, and no other does.
TEST_F(MeasureTest, WhoAnswersToSanctionsMeetsItLessOften) {
  const Exposure none = Run({Twice()}, 2).findings[0];
  population_.deterrence = population::Deterrence{12, {0, 0, 0, 0, 0}};
  const Exposure deterred = Run({Twice()}, 2).findings[0];
  ASSERT_TRUE(none.figure && deterred.figure);
  EXPECT_LT(deterred.figure->met, none.figure->met);
  EXPECT_GT(deterred.figure->met, 0);
}

// Nobody late: none of N years, and an interval that is not a point. 1 − 0.025^(1/1320) = 2.79 ‰.
TEST_F(MeasureTest, NoneSeenIsNotNever) {
  for (population::BehaviourClass& c : population_.classes)
    c.arrival = population::Discrete({{-5, 0, 1, {}}});
  const Exposure none = Run({Twice()}, 2).findings[0];
  ASSERT_TRUE(none.figure);
  EXPECT_EQ(none.figure->met, 0);
  EXPECT_EQ(none.figure->per_thousand, 0);
  EXPECT_EQ(none.figure->low, 0);
  EXPECT_NEAR(none.figure->high, 2.7907, 1e-3);
}

// The population says nothing of bonuses, so nobody has any; pay it does say, and then none is
// none.
TEST_F(MeasureTest, WhatThePopulationGivesNobodyIsNotMeasured) {
  for (population::BehaviourClass& c : population_.classes)
    c.arrival = population::Discrete({{-5, 0, 1, {}}});
  const auto with = [&](const std::string& datum) {
    base::Finding finding = Twice();
    finding.witness.csv =
        "persona,fecha,hecho,tramo,hora,justificada,dato,valor\n"
        "A,,dato,,,," +
        datum + "\nA,2026-03-02,llegada,1,09:06,no,,\n";
    return Run({finding}, 2).findings[0];
  };
  const Exposure bonus = with("bonos,500");
  EXPECT_FALSE(bonus.figure);
  EXPECT_EQ(bonus.why_not.es, "la población no da «bonos» a nadie, y el caso lo tiene");
  const Exposure pay = with("remuneración,5000");
  ASSERT_TRUE(pay.figure) << pay.why_not.es;
  EXPECT_EQ(pay.figure->met, 0);
  EXPECT_TRUE(with("bonos,0").figure);
}

TEST_F(MeasureTest, OfASmallStaffNothingIsSaid) {
  const Exposure hidden = Run({Twice()}, 1, 221).findings[0];
  EXPECT_FALSE(hidden.figure);
  EXPECT_NE(hidden.why_not.es.find("221"), std::string::npos);
}

// ---- readings --------------------------------------------------------------------

// An arrival three minutes late is nothing, or a seventh of a day; and the day has one shift or
// two.
constexpr const char* kLate = R"(
lectura desde_cuándo cita OTRA:4
  diez (supuesta): "cuenta el atraso desde diez minutos"
  uno: "cuenta desde el primer minuto"
lectura jornada cita OTRA:1
  corrida (supuesta): "un tramo"
  partida: "dos tramos"
regla tarde cita OTRA:4 sobre atraso cuando bajo desde_cuándo.diez entonces descuento 1/2 día
regla desde_el_primero cita OTRA:4 sobre atraso cuando bajo desde_cuándo.uno
  entonces descuento 1/7 día
)";

class ReadingsTest : public year::RipTest {
 protected:
  static std::string Text() {
    std::string text = year::kBareEntity;
    const auto put = [&](const std::string& before, const std::string& after) {
      text.replace(text.find(before), before.size(), after);
    };
    put("cuando hora > hora_fijada con",
        "cuando hora > hora_fijada + 9 minutos o bajo desde_cuándo.uno y hora > hora_fijada con");
    put("horario continuo",
        "horario partido cita OTRA:1 tramos 08:00 a 12:00, 14:00 a 18:00\n"
        "  para bajo jornada.partida\nhorario continuo");
    return text + kLate;
  }

  static base::Finding Doubt(const std::string& id) {
    base::Finding finding;
    finding.code = "ambigüedad";
    finding.id = id;
    finding.counterpart = base::Witness{};
    return finding;
  }
};

TEST_F(ReadingsTest, TheSameFactsAreAskedOfTheOtherReading) {
  Quiet();
  population_.turnover.reset();
  for (population::BehaviourClass& c : population_.classes)
    c.arrival = population::Discrete({{0, 0, 3990, {}}, {3, 3, 10, {}}});
  const auto rules = FromText(Text());
  const auto from_one = FromText(Text(), {{"desde_cuándo", "uno"}});
  const auto split = FromText(Text(), {{"jornada", "partida"}});
  ASSERT_TRUE(rules && from_one && split);
  Options options;
  options.year = {.gestion = 2026, .seed = 3, .replications = 3, .threads = 2};
  options.readings = {{"uno", from_one}, {"partida", split}, {"igual", rules}};
  std::vector<base::Finding> doubts = {Doubt("uno"), Doubt("igual"), Doubt("partida"),
                                       Doubt("otra"), Doubt("igual")};
  doubts.back().counterpart.reset();
  const auto report = Measure(*rules, doubts, population_, options, diagnostics_);
  ASSERT_TRUE(report) << year::Messages(sources_, diagnostics_);
  const auto setting = year::Prepare({from_one.get()}, population_, 2026, diagnostics_);
  ASSERT_TRUE(setting);
  year::Behavior behavior(population_, setting->eligibility, setting->year, setting->shifts, 3);
  std::int64_t late = 0;
  for (std::size_t person = 0; person < population_.staff.size(); ++person) {
    for (std::uint32_t replication = 0; replication < 3; ++replication) {
      const auto& events = behavior.Live(person, *setting->work[person], replication, 1);
      late += std::any_of(events.begin(), events.end(), [](const year::Event& event) {
        return event.what == year::Happening::Arrival && event.shift == 1;  // there is no other
      });
    }
  }
  ASSERT_GT(late, 100);
  ASSERT_LT(late, 500);
  ASSERT_TRUE(report->findings[0].figure);
  EXPECT_EQ(report->findings[0].figure->met, late);
  ASSERT_TRUE(report->findings[1].figure);
  EXPECT_EQ(report->findings[1].figure->met, 0);
  EXPECT_FALSE(report->findings[2].figure);
  EXPECT_NE(report->findings[2].why_not.es.find("otros tramos"), std::string::npos);
  EXPECT_FALSE(report->findings[3].figure);
  EXPECT_NE(report->findings[3].why_not.es.find("no se dio"), std::string::npos);
  EXPECT_FALSE(report->findings[4].figure);
  EXPECT_NE(report->findings[4].why_not.es.find("no cambia nada"), std::string::npos);
}

// Half a day for each lateness, or for those of the month together: with one in the month, each
// reading has its own rule and its own day, and the person receives the same.
TEST_F(ReadingsTest, TheSameGivenByAnotherRuleIsNothingElse) {
  Quiet();
  population_.turnover.reset();
  for (population::BehaviourClass& c : population_.classes)
    c.arrival = population::Discrete({{0, 0, 3900, {}}, {15, 15, 100, {}}});
  const std::string text = std::string(year::kBareEntity) + R"(
lectura cuenta cita OTRA:4
  cada_una (supuesta): "cada atraso"
  del_mes: "los del mes juntos"
medida atrasos_del_mes por mes = cuenta(atraso)
regla cada_uno cita OTRA:4 sobre atraso bajo cuenta.cada_una entonces descuento 1/2 día
regla ninguno cita OTRA:5 sobre atraso bajo cuenta.del_mes entonces sin sanción
regla juntos cita OTRA:4 sobre atraso por mes bajo cuenta.del_mes entonces descuento 1/2 día
)";
  const auto rules = FromText(text);
  const auto month = FromText(text, {{"cuenta", "del_mes"}});
  ASSERT_TRUE(rules && month);
  Options options;
  options.year = {.gestion = 2026, .seed = 3, .replications = 2, .threads = 1};
  options.readings = {{"mes", month}};
  const auto report = Measure(*rules, {Doubt("mes")}, population_, options, diagnostics_);
  ASSERT_TRUE(report) << year::Messages(sources_, diagnostics_);
  const auto setting = year::Prepare({rules.get()}, population_, 2026, diagnostics_);
  ASSERT_TRUE(setting);
  year::Behavior behavior(population_, setting->eligibility, setting->year, setting->shifts, 3);
  std::int64_t some = 0, twice = 0;
  for (std::size_t person = 0; person < population_.staff.size(); ++person) {
    for (std::uint32_t replication = 0; replication < 2; ++replication) {
      std::array<int, 12> late{};
      for (const year::Event& event :
           behavior.Live(person, *setting->work[person], replication, 1)) {
        if (event.what == year::Happening::Arrival && event.shift == 1)
          ++late[static_cast<std::size_t>(
              setting->year.month[static_cast<std::size_t>(event.day)])];
      }
      some += std::any_of(late.begin(), late.end(), [](int n) { return n > 0; }) ? 1 : 0;
      twice += std::any_of(late.begin(), late.end(), [](int n) { return n > 1; }) ? 1 : 0;
    }
  }
  ASSERT_GT(some, twice + 20);
  ASSERT_GT(twice, 50);
  ASSERT_TRUE(report->findings[0].figure) << report->findings[0].why_not.es;
  EXPECT_EQ(report->findings[0].figure->met, twice);
}

}  // namespace
}  // namespace cotejo::exposure
