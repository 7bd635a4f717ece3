// The interpreter for many histories against the interpreter for one.
#include "model/evaluation/prepared.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "tests/checks/text_rules.h"

namespace cotejo::evaluation {
namespace {

std::string Written(const Result& result) {
  std::ostringstream text;
  for (const Root& root : result.roots) {
    text << "root " << root.subject.kind.value << " " << static_cast<int>(root.subject.window)
         << " " << root.first.str() << " " << root.last.str() << " " << root.facts.size() << "\n";
  }
  for (const Application& application : result.applications) {
    text << "rule " << application.rule.value << " root " << application.root << " fact "
         << application.fact << " stands " << application.stands << " by "
         << application.defeated_by;
    for (const Rational& quantity : application.quantities) text << " " << quantity.str();
    for (const MeasureReading& reading : application.measures) {
      text << " " << reading.term << "=" << reading.value.number.str();
    }
    text << "\n";
  }
  for (const GapHit& gap : result.gaps) text << "gap " << gap.root << "\n";
  for (const base::Diagnostic& problem : result.problems) {
    text << problem.code << " " << problem.message.es << " " << problem.article.str() << "\n";
  }
  return text.str();
}

// Rows of a sum, a count, a field and a run; open ends, a gap, an overlap, conditions after the
// range, one of them on what a person may not have said, and rules on sanctions.
const std::string kNorma = R"(
jerarquía ley > reglamento
norma REG "Reglamento" rango reglamento vigente desde 2020-01-01
dato grado: veces entre 1 y 3
órgano UNIDAD "Unidad de personal"
horario único cita REG:1 tramos 08:00 a 12:00, 14:00 a 18:00
hecho demora en tramo
  minutos: minutos entre 1 minuto y 240 minutos en pasos de 1 minuto
  días: días = 1/2 día entre 1/2 día y 1/2 día en pasos de 1/2 día
medida total por mes cita REG:2 = suma(demora.minutos) en pasos de 1 minuto
medida veces_del_mes por mes cita REG:2 = cuenta(demora)
medida seguidas por mes cita REG:2 = racha(demora.días >= 1/2 día)
medida multas por gestión cita REG:2 = suma(sanción.días) en pasos de 1 día
DEMORAS
regla tres cita REG:4 sobre demora por mes cuando veces_del_mes >= 3 entonces amonestación escrita
regla cuatro cita REG:5 sobre demora por mes
  cuando veces_del_mes > 4 y total < 100 salvo total > 50 entonces amonestación escrita
regla seguida cita REG:6 sobre demora por mes cuando seguidas >= 2 entonces amonestación verbal
regla larga cita REG:7 sobre demora cuando minutos >= 120 entonces amonestación verbal
regla breve cita REG:8 sobre demora cuando minutos < 5 y grado >= 1 entonces sin sanción
regla multada cita REG:9 sobre sanción por gestión cuando multas >= 3 entonces permiso UNIDAD "pedir explicaciones"
)";

// Four conditions on the sum: two that overlap, a gap before the third; none that overlap; two
// that begin at one value, not in order; and one that nothing meets.
const std::vector<std::string> kDemoras{
    R"(escala demoras cita REG:3 sobre demora por mes según total
  | 1 .. 35 | descuento 1 día |
  | 10 .. 20 | descuento 2 días |
  | 31 .. 40 | descuento 3 días | cuando grado = 2
  | 41 .. | descuento 4 días |)",
    R"(escala demoras cita REG:3 sobre demora por mes según total
  | 1 .. 10 | descuento 1 día |
  | 11 .. 20 | descuento 2 días |
  | 31 .. 40 | descuento 3 días | cuando grado = 2
  | 41 .. | descuento 4 días |)",
    R"(regla d1 cita REG:3 sobre demora por mes
  cuando total > 15 y total < 33 entonces descuento 1 día
regla d2 cita REG:3 sobre demora por mes
  cuando total = 15 y grado = 2 entonces descuento 2 días
regla d3 cita REG:3 sobre demora por mes cuando total < 15 entonces descuento 3 días
regla d4 cita REG:3 sobre demora por mes cuando total >= 33 entonces descuento 4 días)",
    R"(regla d1 cita REG:3 sobre demora por mes cuando total <= 15 entonces descuento 1 día
regla d2 cita REG:3 sobre demora por mes
  cuando total > 15 y total < 33 entonces descuento 2 días
regla d3 cita REG:3 sobre demora por mes
  cuando total > 15 y total < 10 entonces descuento 3 días
regla d4 cita REG:3 sobre demora por mes cuando total >= 33 entonces descuento 4 días)"};

class PreparedRows : public ::testing::TestWithParam<std::string> {};

TEST_P(PreparedRows, GiveWhatTheInterpreterGives) {
  std::string norma = kNorma;
  norma.replace(norma.find("DEMORAS"), 7, GetParam());
  const auto text = checks::ReadRules(norma);
  ASSERT_TRUE(text->rules);
  const rules::Ruleset& rules = *text->rules;
  Prepared prepared(rules, rules.steps);
  // Four of the sum, two of the count, two of the field; the run and the sanctions by themselves.
  EXPECT_EQ(prepared.rows(), 8U);
  int applications = 0;
  int problems = 0;
  for (int given : {0, 1, 2}) {
    for (int first : {1, 4, 5, 10, 11, 15, 25, 33, 41, 119, 120, 240}) {
      for (int facts : {1, 2, 3, 5}) {
        History history;
        history.person = "prueba";
        history.from = Date(2025, 1, 1);
        history.to = Date(2025, 12, 31);
        history.attributes.resize(rules.attributes.size());
        if (given > 0) history.attributes[0] = {{std::nullopt, {Rational(given), false}}};
        for (int i = 0; i < facts; ++i) {
          Fact fact;
          fact.kind = rules::FactKindId(0);
          while (rules.kind(fact.kind).name != "demora") {
            fact.kind = rules::FactKindId(fact.kind.value + 1);
          }
          // The last of four goes to another month.
          fact.date = Date(2025, i < 4 ? 3 : 4, static_cast<unsigned>(3 + i));
          fact.shift = 1;
          fact.fields = {{Rational(i == 0 ? first : 4 + i), false}, {Rational(1, 2), false}};
          history.facts.push_back(std::move(fact));
        }
        const Result plain = Evaluate(rules, text->families, history);
        EXPECT_EQ(Written(prepared.Run(text->families, history)), Written(plain))
            << given << " " << first << " " << facts;
        applications += static_cast<int>(plain.applications.size());
        problems += static_cast<int>(plain.problems.size());
      }
    }
  }
  EXPECT_GT(applications, 300);
  EXPECT_GT(problems, 10);
}

INSTANTIATE_TEST_SUITE_P(Sums, PreparedRows, ::testing::ValuesIn(kDemoras));

// What is known of the first row that holds is of one thing judged: not of another month, nor of
// another fact of the day, nor by another scale.
TEST(First, EachThingTakesTheFirstRowThatHoldsForIt) {
  const auto text = checks::ReadRules(R"(
jerarquía ley > reglamento
norma REG "Reglamento" rango reglamento vigente desde 2020-01-01
horario único cita REG:1 tramos 08:00 a 12:00, 14:00 a 18:00
hecho demora en tramo
  minutos: minutos entre 1 minuto y 240 minutos en pasos de 1 minuto
medida total por mes cita REG:2 = suma(demora.minutos) en pasos de 1 minuto
escala del_mes cita REG:3 sobre demora por mes según total política primera
  | 40 .. | descuento 3 días |
  | 20 .. | descuento 2 días |
  | 1 ..  | descuento 1 día  |
escala otra cita REG:5 sobre demora por mes según total política primera
  | 100 .. | descuento 9 días     |
  | 1 ..   | amonestación escrita |
escala del_hecho cita REG:4 sobre demora según minutos política primera
  | 25 .. | amonestación escrita |
  | 1 ..  | amonestación verbal  |
)");
  ASSERT_TRUE(text->rules);
  const rules::Ruleset& rules = *text->rules;
  History history;
  history.person = "prueba";
  history.from = Date(2025, 1, 1);
  history.to = Date(2025, 12, 31);
  history.attributes.resize(rules.attributes.size());
  const auto add = [&](unsigned month, int shift, int minutes) {
    Fact fact;
    fact.kind = rules.FindFactKind("demora");
    fact.date = Date(2025, month, 3);
    fact.shift = shift;
    fact.fields = {{Rational(minutes), false}};
    history.facts.push_back(std::move(fact));
  };
  add(3, 1, 30);  // 42 in March, 22 in April, 5 in June
  add(3, 2, 12);
  add(4, 1, 22);
  add(6, 1, 5);
  const Result result = Evaluate(rules, text->families, history);
  std::vector<std::string> found;
  for (const Application& application : result.applications) {
    const rules::Rule& rule = rules.rule(application.rule);
    found.push_back(rule.citation.str() + " " + application.date.str() + " row " +
                    std::to_string(rule.row));
  }
  std::sort(found.begin(), found.end());
  EXPECT_EQ(found, (std::vector<std::string>{"REG:3 2025-03-31 row 0", "REG:3 2025-04-30 row 1",
                                             "REG:3 2025-06-30 row 2", "REG:4 2025-03-03 row 0",
                                             "REG:4 2025-03-03 row 1", "REG:4 2025-04-03 row 1",
                                             "REG:4 2025-06-03 row 1", "REG:5 2025-03-31 row 1",
                                             "REG:5 2025-04-30 row 1", "REG:5 2025-06-30 row 1"}));
}

// Rules on the calendar's own facts apply all the same when only those looked at are made.
TEST(Prepared, MakesTheFactsOfTheCalendarThatItsStepsLookAt) {
  const auto text = checks::ReadRules(R"(
jerarquía ley > reglamento
norma REG "Reglamento" rango reglamento vigente desde 2020-01-01
hecho cierre cada mes
hecho balance cada gestión
hecho error
medida balances por gestión cita REG:2 = cuenta(balance)
regla anual cita REG:3 sobre error por gestión cuando balances >= 1 entonces amonestación verbal
)");
  ASSERT_TRUE(text->rules);
  const rules::Ruleset& rules = *text->rules;
  History history;
  history.person = "prueba";
  history.from = Date(2025, 1, 1);
  history.to = Date(2025, 12, 31);
  history.attributes.resize(rules.attributes.size());
  Fact error;
  for (std::size_t k = 0; k < rules.fact_kinds.size(); ++k) {
    if (rules.fact_kinds[k].name == "error") {
      error.kind = rules::FactKindId(static_cast<std::int64_t>(k));
    }
  }
  error.date = Date(2025, 3, 5);
  history.facts.push_back(error);
  Prepared all(rules, rules.steps);
  Prepared looked_at(rules, rules.steps, CalendarFacts::LookedAt);
  const Result plain = Evaluate(rules, text->families, history);
  EXPECT_EQ(Written(all.Run(text->families, history)), Written(plain));
  const Result fewer = looked_at.Run(text->families, history);
  const auto primitive = [](const Result& result) {
    return std::count_if(result.facts.begin(), result.facts.end(),
                         [](const EvaluatedFact& fact) { return !fact.by.valid(); });
  };
  EXPECT_EQ(plain.facts.size(), fewer.facts.size() + 12U);  // the months' ends
  EXPECT_GE(primitive(fewer), 2);                           // the error and the year's end
  ASSERT_EQ(plain.applications.size(), 1U);
  ASSERT_EQ(fewer.applications.size(), 1U);
  EXPECT_EQ(fewer.applications[0].rule, plain.applications[0].rule);
}

}  // namespace
}  // namespace cotejo::evaluation
