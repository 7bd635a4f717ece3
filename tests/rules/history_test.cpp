#include "model/evaluation/history.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/rules/ruleset_builder.h"

namespace cotejo::evaluation {
namespace {

using rules::Base;
using rules::Placement;
using rules::RulesetBuilder;
using rules::Type;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

struct Sample : RulesetBuilder {
  rules::EnumId contract = AddEnum("contrato", {"permanente", "consultor"});
  rules::EnumId inciso = AddEnum("inciso", {"RIP:43.II.a", "RIP:43.II.b"});
  rules::AttributeId contract_of = AddAttribute("contrato", {Base::Enumeration, contract}, 0);
  rules::AttributeId pay = AddAttribute("remuneración", {Base::Bolivianos, {}}, 0);
  rules::AttributeId since = AddAttribute("antigüedad", {Base::Years, {}}, {}, true);
  rules::FactKindId arrival = AddKind(
      "llegada", Placement::Shift,
      {MakeField("hora", {Base::TimeOfDay, {}}), MakeField("justificada", {Base::Boolean, {}}, 0)});
  rules::FactKindId absence =
      AddKind("inasistencia", Placement::Shift, {MakeField("justificada", {Base::Boolean, {}}, 0)});
  rules::FactKindId conduct =
      AddKind("conducta", Placement::Day, {MakeField("inciso", {Base::Enumeration, inciso})});
  rules::FactKindId vacation =
      AddKind("vacación", Placement::Day, {MakeField("días", {Base::Days, {}})});
  base::SourceMap sources;
  base::Diagnostics diagnostics;

  Sample() {
    rules.fact_kinds[absence.index()].excludes = {arrival};
    rules.fact_kinds[arrival.index()].fields[0].step = Rational(1, 60);
    rules.fact_kinds[vacation.index()].fields[0].low = Rational(1, 2);
    rules.fact_kinds[vacation.index()].fields[0].high = Rational(30);
    AddSchedule("continuo", {{510, 990}},
                Compare(rules::Op::Eq, Read(contract_of), EnumLiteral(contract, "consultor")));
    AddSchedule("discontinuo", {{510, 750}, {870, 1110}});
  }

  std::string Save(const std::string& name, const std::string& text) {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    const auto path = std::filesystem::temp_directory_path() /
                      (std::string("cotejo_") + test->name() + "_" + name);
    std::ofstream(path, std::ios::binary) << text;
    saved.push_back(path);
    return path.string();
  }
  std::vector<History> Read(const std::string& facts, const std::string& persons = "") {
    const std::string persons_path = persons.empty() ? "" : Save("personas.csv", persons);
    return ReadHistories(rules, sources, Save("hechos.csv", facts), persons_path, std::nullopt,
                         diagnostics);
  }
  using RulesetBuilder::Read;
  std::vector<std::string> Messages() const {
    std::vector<std::string> messages;
    for (const base::Diagnostic& d : diagnostics.all()) {
      messages.push_back(d.message.es + (d.hint.empty() ? "" : "; " + d.hint.es));
    }
    return messages;
  }
  std::vector<std::filesystem::path> saved;
  ~Sample() {
    for (const auto& path : saved) std::filesystem::remove(path);
  }
};

TEST(HistoryTest, ReadsFactsAndDatedAttributes) {
  Sample s;
  const std::vector<History> histories = s.Read(
      "persona,fecha,hecho,tramo,hora,justificada,inciso,días,dato,valor\n"
      "P-02,2025-03-04,conducta,,,,RIP:43.II.b,,,\n"
      "P-01,2025-03-04,llegada,2,14:41:30,,,,,\n"
      "P-01,2025-03-04,llegada,1,08:41,sí,,,,\n"
      "P-01,,dato,,,,,,remuneración,\"7500,50\"\n"
      "P-01,2025-06-01,dato,,,,,,contrato,consultor\n"
      "P-01,2024-12-30,vacación,,,,,1/2,,\n");
  EXPECT_THAT(s.Messages(), IsEmpty());
  ASSERT_THAT(histories, SizeIs(2));
  const History& one = histories[0];
  EXPECT_EQ(one.person, "P-01");
  EXPECT_EQ(one.from, Date(2024, 1, 1));
  EXPECT_EQ(one.to, Date(2025, 12, 31));
  ASSERT_THAT(one.facts, SizeIs(3));
  EXPECT_EQ(one.facts[0].kind, s.vacation);
  EXPECT_EQ(one.facts[0].source_row, 7);
  EXPECT_EQ(one.facts[1].fields[0].number, Rational(521));
  EXPECT_EQ(one.facts[1].fields[1].number, Rational(1));
  EXPECT_EQ(one.facts[2].fields[0].number, Rational(1763, 2));
  EXPECT_EQ(AttributeOn(s.rules, one, s.pay, Date(2025, 1, 1)).number, Rational(15001, 2));
  EXPECT_EQ(AttributeOn(s.rules, one, s.contract_of, Date(2025, 5, 31)).number, Rational(0));
  EXPECT_EQ(AttributeOn(s.rules, one, s.contract_of, Date(2025, 6, 1)).number, Rational(1));
  EXPECT_TRUE(AttributeOn(s.rules, one, s.since, Date(2025, 6, 1)).absent);
  EXPECT_EQ(ScheduleOn(s.rules, one, Date(2025, 5, 31)), 1);
  EXPECT_EQ(ScheduleOn(s.rules, one, Date(2025, 6, 1)), 0);
}

// As a spreadsheet in Spanish writes it: the comma is for decimals.
TEST(HistoryTest, FieldsMayBeSeparatedBySemicolons) {
  Sample s;
  const std::vector<History> histories = s.Read(
      "persona;fecha;hecho;días;dato;valor\n"
      "P-01;2025-03-04;vacación;0,5;;\n"
      "P-01;;dato;;remuneración;7500,50\n",
      "persona;contrato\nP-01;consultor\n");
  EXPECT_THAT(s.Messages(), IsEmpty());
  ASSERT_THAT(histories, SizeIs(1));
  ASSERT_THAT(histories[0].facts, SizeIs(1));
  EXPECT_EQ(histories[0].facts[0].fields[0].number, Rational(1, 2));
  EXPECT_EQ(AttributeOn(s.rules, histories[0], s.pay, Date(2025, 1, 1)).number, Rational(15001, 2));
  EXPECT_EQ(AttributeOn(s.rules, histories[0], s.contract_of, Date(2025, 1, 1)).number,
            Rational(1));
}

TEST(HistoryTest, WhatIsWrittenReadsBack) {
  Sample s;
  History history;
  history.person = "Núñez, \"P-07\"";
  history.from = Date(2025, 1, 1);
  history.to = Date(2025, 12, 31);
  history.attributes.resize(s.rules.attributes.size());
  history.attributes[0] = {{std::nullopt, {0, false}}, {Date(2025, 6, 1), {1, false}}};
  history.attributes[2] = {{Date(2025, 1, 1), {{5 * 366 + 1, 366}, false}},
                           {Date(2025, 7, 1), {0, true}}};
  history.facts.push_back({s.arrival, Date(2025, 3, 3), 1, {{{1043, 2}, false}, {1, false}}, 0});
  history.facts.push_back({s.arrival, Date(2025, 3, 3), 2, {{{5221, 6}, false}, {0, false}}, 0});
  history.facts.push_back({s.conduct, Date(2025, 3, 5), 0, {{1, false}}, 0});
  history.facts.push_back({s.vacation, Date(2025, 3, 6), 0, {{{7, 2}, false}}, 0});
  const std::string csv = WriteHistoryCsv(s.rules, history);
  const std::vector<History> read = s.Read(csv);
  EXPECT_THAT(s.Messages(), IsEmpty()) << csv;
  ASSERT_THAT(read, SizeIs(1));
  EXPECT_EQ(read[0].person, history.person);
  EXPECT_EQ(read[0].from, history.from);
  ASSERT_THAT(read[0].facts, SizeIs(4));
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(read[0].facts[i].kind, history.facts[i].kind);
    EXPECT_EQ(read[0].facts[i].date, history.facts[i].date);
    EXPECT_EQ(read[0].facts[i].shift, history.facts[i].shift);
    EXPECT_EQ(read[0].facts[i].fields, history.facts[i].fields);
  }
  for (std::size_t a = 0; a < history.attributes.size(); ++a) {
    ASSERT_EQ(read[0].attributes[a].size(), history.attributes[a].size());
    for (std::size_t i = 0; i < history.attributes[a].size(); ++i) {
      EXPECT_EQ(read[0].attributes[a][i].from, history.attributes[a][i].from);
      EXPECT_EQ(read[0].attributes[a][i].value, history.attributes[a][i].value);
    }
  }
  EXPECT_EQ(WriteHistoryCsv(s.rules, read[0]), csv);
}

TEST(HistoryTest, EachBadRowIsNamed) {
  Sample s;
  s.Read(
      "persona,fecha,hecho,tramo,hora,inciso,días,dato,valor\n"
      "P-01,2025-02-30,llegada,1,08:41,,,,\n"
      "P-01,2025-03-03,legada,1,08:41,,,,\n"
      "P-01,2025-03-03,llegada,,08:41,,,,\n"
      "P-01,2025-03-03,llegada,1,8:41,,,,\n"
      "P-01,2025-03-03,llegada,1,,,,,\n"
      "P-01,2025-03-03,conducta,,,RIP:43.II.c,,,\n"
      "P-01,2025-03-03,vacación,,,,31,,\n"
      "P-01,2025-03-03,vacación,1,,,2,,\n"
      "P-01,,dato,,,,,contratto,permanente\n"
      ",2025-03-03,vacación,,,,2,,\n"
      "P-01,2025-03-03,vacación\n");
  EXPECT_THAT(
      s.Messages(),
      ElementsAre(
          "fila 12: tiene 3 celdas y la cabecera 9; un número con coma decimal va entre comillas: "
          "\"0,5\"",
          "fila 2: «2025-02-30» no es un valor de «fecha»; escriba una fecha que exista, como "
          "2025-03-31",
          "fila 3: no hay hecho «legada»; ¿quiso decir «llegada»?",
          "fila 4: falta el tramo de «llegada»; 1 es el primer tramo del día, 2 el segundo",
          "fila 5: «8:41» no es un valor de «hora»; escriba una hora como 08:41 o 08:41:30",
          "fila 6: falta «hora» de «llegada»; escriba una hora como 08:41 o 08:41:30",
          "fila 7: «RIP:43.II.c» no es un valor de «inciso»; ¿quiso decir «RIP:43.II.a»?",
          "fila 8: 31 días en «días» está fuera de 1/2 día .. 30 días",
          "fila 9: la columna «tramo» debe ir vacía en un hecho «vacación»",
          "fila 10: no hay dato «contratto»; ¿quiso decir «contrato»?",
          "fila 11: falta la persona"));
}

TEST(HistoryTest, UnknownColumnsAreNamed) {
  Sample s;
  s.Read("persona,fecha,hecho,tramo,ora\nP-01,2025-03-03,llegada,1,08:41\n");
  EXPECT_EQ(s.Messages().at(0), "fila 1: no hay columna «ora»; ¿quiso decir «hora»?");
}

TEST(HistoryTest, AShiftMustBeInTheScheduleOfThatDay) {
  Sample s;
  s.Read(
      "persona,fecha,hecho,tramo,hora,dato,valor\n"
      "P-01,2025-06-01,dato,,,contrato,consultor\n"
      "P-01,2025-05-30,llegada,2,14:30,,\n"
      "P-01,2025-06-02,llegada,2,14:30,,\n");
  EXPECT_THAT(s.Messages(), ElementsAre("fila 4: el horario «continuo» de P-01 tiene 1 tramo"));
}

TEST(HistoryTest, FactsThatExcludeEachOtherCannotShareAShift) {
  Sample s;
  s.Read(
      "persona,fecha,hecho,tramo,hora\n"
      "P-01,2025-03-03,llegada,1,08:30\n"
      "P-01,2025-03-03,llegada,1,08:40\n"
      "P-01,2025-03-03,inasistencia,2,\n"
      "P-01,2025-03-04,llegada,1,08:30\n"
      "P-01,2025-03-04,inasistencia,1,\n");
  EXPECT_THAT(
      s.Messages(),
      ElementsAre("fila 6: «inasistencia» no puede compartir el tramo con «llegada» (véase "
                  "la fila 5)",
                  "fila 3: la fila 2 ya trae «llegada» de P-01 en ese tramo: se cuentan las "
                  "dos; si la fila está dos veces, quite una"));
}

TEST(HistoryTest, PersonsHaveAFileOfTheirOwn) {
  Sample s;
  const std::vector<History> histories = s.Read(
      "persona,fecha,hecho,días\n"
      "P-02,2025-03-03,vacación,2\n"
      "P-03,2025-03-03,vacación,2\n",
      "persona,contrato,antigüedad\n"
      "P-01,consultor,5\n"
      "P-02,permanente,\n"
      "P-02,permanente,\n");
  EXPECT_THAT(s.Messages(), ElementsAre("fila 4: «P-02» ya está en el archivo",
                                        "fila 3: «P-03» no está en el archivo de personas; ¿quiso "
                                        "decir «P-01»?"));
  ASSERT_THAT(histories, SizeIs(3));
  EXPECT_EQ(histories[0].person, "P-01");  // without facts, the same horizon
  EXPECT_EQ(histories[0].to, Date(2025, 12, 31));
  EXPECT_EQ(AttributeOn(s.rules, histories[0], s.since, Date(2025, 3, 3)).number, Rational(5));
}

TEST(HistoryTest, APeriodicFactOnlyOnItsOwnDay) {
  Sample s;
  const rules::FactKindId month = s.AddKind("cierre_de_mes", Placement::Day, {});
  s.rules.fact_kinds[month.index()].periodicity = rules::Periodicity::EachMonth;
  s.Read("persona,fecha,hecho\nP-01,2025-03-31,cierre_de_mes\nP-01,2025-04-29,cierre_de_mes\n");
  EXPECT_THAT(s.Messages(),
              ElementsAre("fila 3: «cierre_de_mes» no cae el 2025-04-29; quite la fila, que lo "
                          "produce el calendario, o corrija el dato del que parte"));
}

TEST(HistoryTest, WithoutFactsThereIsNoHorizon) {
  Sample s;
  EXPECT_THAT(s.Read("persona,fecha,hecho\n"), IsEmpty());
  EXPECT_THAT(s.Messages(), SizeIs(1));
}

}  // namespace
}  // namespace cotejo::evaluation
