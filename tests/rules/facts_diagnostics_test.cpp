// The code of every mistake in a file of facts, and of every problem when a norm is applied.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "model/evaluation/evaluate.h"
#include "tests/language/inline_norm.h"

namespace cotejo::evaluation {
namespace {

using rules::InlineNorm;
using rules::ResolveText;
using rules::Ruleset;
using testing::ElementsAre;

const std::string kNorm = R"(norma N "Prueba"
dato contrato: veces = 1
dato ingreso: fecha = 2020-01-02 constitutivo
dato haber: días opcional
dato sin_valor: días
hecho llegada en tramo excluye falta
  hora: hora
hecho falta en tramo
hecho conducta
  días: días = 1 día entre 0 días y 5 días
hecho baja extintivo
hecho cumpleaños cada año desde ingreso
horario h cita N:1 tramos 08:30 a 12:30)";

// ---- files of facts --------------------------------------------------------------

struct BadFile {
  const char* code;
  const char* facts;
  const char* persons = "";
};

void PrintTo(const BadFile& file, std::ostream* out) { *out << file.code; }

class FactFiles : public testing::TestWithParam<BadFile> {
 protected:
  std::string Write(const char* name, const char* text) {
    const auto path = std::filesystem::path(testing::TempDir()) /
                      ("cotejo_" + std::to_string(getpid()) + "_" + name);
    std::ofstream(path, std::ios::binary) << text;
    paths_.push_back(path);
    return path.string();
  }
  void TearDown() override {
    for (const auto& path : paths_) std::filesystem::remove(path);
  }

 private:
  std::vector<std::filesystem::path> paths_;
};

TEST_P(FactFiles, AreRefusedWithTheirCode) {
  const auto norm = ResolveText(kNorm);
  ASSERT_NE(norm->rules, nullptr) << norm->rendered();
  const std::string facts = Write("hechos.csv", GetParam().facts);
  const std::string persons =
      *GetParam().persons == '\0' ? "" : Write("personas.csv", GetParam().persons);
  const auto year = std::pair(*base::ParseDate("2025-01-01"), *base::ParseDate("2025-12-31"));
  const bool open = std::string_view(GetParam().code) == "sin-horizonte";
  ReadHistories(*norm->rules, norm->sources, facts, persons,
                open ? std::nullopt : std::optional(year), norm->diagnostics);
  std::vector<std::string> codes;
  for (const base::Diagnostic& diagnostic : norm->diagnostics.all())
    codes.push_back(diagnostic.code);
  EXPECT_THAT(codes, ElementsAre(GetParam().code));
}

INSTANTIATE_TEST_SUITE_P(
    Codes, FactFiles,
    testing::Values(
        BadFile{"hechos-vacío", "\n"},
        BadFile{"columna-desconocida", "persona,fecha,hecho,color\n"},
        BadFile{"columna-repetida", "persona,fecha,hecho,fecha\n"},
        BadFile{"columna-ausente", "persona,fecha\n"},
        BadFile{"fila-incompleta", "persona,fecha,hecho\nA,2025-03-10\n"},
        BadFile{"celda-sobrante", "persona,fecha,hecho,hora\nA,2025-03-10,conducta,08:00\n"},
        BadFile{"valor-inválido", "persona,fecha,hecho\nA,10/03/2025,conducta\n"},
        BadFile{"valor-fuera-de-límites", "persona,fecha,hecho,días\nA,2025-03-10,conducta,6\n"},
        BadFile{"valor-entre-pasos", "persona,fecha,hecho,días\nA,2025-03-10,conducta,4/3\n"},
        BadFile{"valor-entre-pasos",
                "persona,fecha,hecho,tramo,hora\nA,2025-03-10,llegada,1,08:20:30\n"},
        BadFile{"valor-fuera-de-límites", "persona,fecha,hecho,dato,valor\nA,,dato,contrato,-1\n"},
        BadFile{"campo-ausente", "persona,fecha,hecho,tramo\nA,2025-03-10,llegada,1\n"},
        BadFile{"hecho-desconocido", "persona,fecha,hecho\nA,2025-03-10,conductas\n"},
        BadFile{"dato-desconocido", "persona,fecha,hecho,dato,valor\nA,,dato,contrat,2\n"},
        BadFile{"dato-repetido",
                "persona,fecha,hecho,dato,valor\nA,,dato,contrato,2\n"
                "A,,dato,contrato,3\n"},
        BadFile{"persona-ausente", "persona,fecha,hecho\n,2025-03-10,conducta\n"},
        BadFile{"persona-repetida", "persona,fecha,hecho\n", "persona,contrato\nA,1\nA,2\n"},
        BadFile{"persona-desconocida", "persona,fecha,hecho\nB,2025-03-10,conducta\n",
                "persona,contrato\nA,1\n"},
        BadFile{"tramo-inválido", "persona,fecha,hecho,tramo\nA,2025-03-10,falta,uno\n"},
        BadFile{"tramo-inexistente", "persona,fecha,hecho,tramo\nA,2025-03-10,falta,2\n"},
        BadFile{"día-inhábil", "persona,fecha,hecho,tramo\nA,2025-03-15,falta,1\n"},  // Saturday
        BadFile{"hechos-excluyentes",
                "persona,fecha,hecho,tramo,hora\nA,2025-03-10,falta,1,\n"
                "A,2025-03-10,llegada,1,08:40\n"},
        BadFile{"hecho-repetido",
                "persona,fecha,hecho,tramo,hora\nA,2025-03-10,llegada,1,08:20\n"
                "A,2025-03-10,llegada,1,08:40\n"},
        BadFile{"hecho-repetido",
                "persona,fecha,hecho,días\nA,2025-03-10,conducta,2\n"
                "A,2025-03-10,conducta,3\nA,2025-03-10,conducta,2\n"},
        BadFile{"hecho-antes-del-ingreso",
                "persona,fecha,hecho\nA,2025-03-10,conducta\nA,2025-03-11,conducta\n",
                "persona,ingreso\nA,2025-03-11\n"},
        BadFile{"hecho-periódico", "persona,fecha,hecho\nA,2025-03-10,cumpleaños\n"},
        BadFile{"hecho-tras-la-extinción",
                "persona,fecha,hecho\nA,2025-03-10,baja\nA,2025-03-11,conducta\n"},
        BadFile{"sin-horizonte", "persona,fecha,hecho,dato,valor\nA,,dato,contrato,2\n"},
        BadFile{"fuera-del-horizonte", "persona,fecha,hecho\nA,2026-03-10,conducta\n"}));

// ---- problems of evaluation ------------------------------------------------------

// The codes of the problems when one person did this on 2025-03-10.
std::vector<std::string> Problems(const Ruleset& rules, const char* fact, int shift) {
  History history;
  history.person = "A";
  history.from = *base::ParseDate("2025-01-01");
  history.to = *base::ParseDate("2025-12-31");
  history.attributes.resize(rules.attributes.size());
  const rules::FactKindId kind = rules.FindFactKind(fact);
  Fact happened{kind, *base::ParseDate("2025-03-10"), shift, {}, 0};
  for (const rules::Field& field : rules.kind(kind).fields)
    happened.fields.push_back(field.initial.value_or(Value{base::Rational(540), false}));
  history.facts.push_back(happened);
  const Result result = Evaluate(rules, rules::BuildFamilies(rules), history);
  std::vector<std::string> codes;
  for (const base::Diagnostic& problem : result.problems) {
    if (problem.severity == base::Severity::Error) codes.push_back(problem.code);
  }
  return codes;
}

std::unique_ptr<InlineNorm> WithRules(const std::string& text) {
  auto norm = ResolveText(kNorm + "\n" + text);
  EXPECT_NE(norm->rules, nullptr) << norm->rendered();
  return norm;
}

TEST(EvaluationProblems, WhatAPersonDoesNotHave) {
  EXPECT_THAT(Problems(*WithRules("regla r cita N:1 sobre conducta cuando sin_valor > 1 "
                                  "entonces retiro")
                            ->rules,
                       "conducta", 0),
              ElementsAre("dato-ausente"));
  EXPECT_THAT(
      Problems(*WithRules("regla r cita N:1 sobre conducta entonces descuento haber")->rules,
               "conducta", 0),
      ElementsAre("cantidad-sin-valor"));
}

TEST(EvaluationProblems, AFactAfterTheRelationEndedIsLeftOut) {
  const auto norm = WithRules(
      "hecho cierre cada mes\n"
      "hecho fin cada gestión\n"
      "medida hábiles por mes cita N:1 = días_hábiles()\n"
      "medida hábiles_del_año por gestión cita N:1 = días_hábiles()\n"
      "medida conductas por mes cita N:1 = cuenta(conducta)\n"
      "regla mes cita N:1 sobre cierre entonces derecho pago hábiles\n"
      "regla año cita N:1 sobre fin entonces derecho año 1 día\n"
      "regla edad cita N:1 sobre cumpleaños entonces derecho torta 1 día\n"
      "regla faltas cita N:1 sobre conducta por mes cuando conductas = 1 entonces descuento 1 día\n"
      "regla al_irse cita N:1 sobre baja entonces derecho finiquito hábiles_del_año");
  const Ruleset& rules = *norm->rules;
  History history;
  history.person = "A";
  history.from = *base::ParseDate("2025-02-01");
  history.to = *base::ParseDate("2025-12-31");
  history.attributes.resize(rules.attributes.size());
  const auto add = [&](const char* kind, const char* date) {
    Fact fact{rules.FindFactKind(kind), *base::ParseDate(date), 0, {}, 0};
    for (const rules::Field& field : rules.kind(fact.kind).fields)
      fact.fields.push_back(*field.initial);
    history.facts.push_back(fact);
  };
  // Monday to Monday: 3 to 10 March are six days of work, without holidays; February has twenty.
  add("conducta", "2025-03-04");
  add("conducta", "2025-03-11");
  add("baja", "2025-03-10");
  const Result result = Evaluate(rules, rules::BuildFamilies(rules), history);
  std::vector<std::string> seen;
  for (const Application& application : result.applications)
    seen.push_back(application.date.str() + " " + rules.rule(application.rule).name + " " +
                   application.quantities[0].str());
  EXPECT_THAT(seen, ElementsAre("2025-02-28 mes 20", "2025-03-10 al_irse 49", "2025-03-10 mes 6",
                                "2025-03-10 faltas 1"));
  std::vector<std::string> problems;
  for (const base::Diagnostic& problem : result.problems) {
    if (problem.severity == base::Severity::Error) problems.push_back(problem.code);
  }
  EXPECT_THAT(problems, ElementsAre("hecho-tras-la-extinción"));
}

// Entered on Thursday 20 March: eight days of work are left of it, and no month closed before.
TEST(EvaluationProblems, BeforeTheRelationBeganThereAreNoDaysOfWork) {
  const auto norm = ResolveText(R"(norma N "Prueba"
dato ingreso: fecha opcional constitutivo
dato nacimiento: fecha = 1990-12-05
hecho cumpleaños cada año desde nacimiento
hecho cierre cada mes
hecho fin cada gestión
medida hábiles por mes cita N:1 = días_hábiles()
medida hábiles_del_año por gestión cita N:1 = días_hábiles()
regla mes cita N:1 sobre cierre entonces derecho pago hábiles
regla año cita N:1 sobre fin entonces derecho año hábiles_del_año
regla edad cita N:1 sobre cumpleaños entonces derecho torta 1 día)");
  ASSERT_NE(norm->rules, nullptr) << norm->rendered();
  const Ruleset& rules = *norm->rules;
  History history;
  history.person = "A";
  history.from = *base::ParseDate("2025-01-01");
  history.to = *base::ParseDate("2025-04-30");
  history.attributes = {{{std::nullopt, {base::ParseDate("2025-03-20")->days(), false}}}, {}};
  const auto seen = [&] {
    std::vector<std::string> all;
    const Result result = Evaluate(rules, rules::BuildFamilies(rules), history);
    for (const Application& application : result.applications)
      all.push_back(application.date.str() + " " + rules.rule(application.rule).name + " " +
                    application.quantities[0].str());
    return all;
  };
  EXPECT_THAT(seen(), ElementsAre("2025-03-31 mes 8", "2025-04-30 mes 22"));
  history.from = *base::ParseDate("2025-11-01");
  history.to = *base::ParseDate("2025-12-31");
  history.attributes[0].back().value = {base::ParseDate("2025-12-08")->days(), false};
  EXPECT_THAT(seen(), ElementsAre("2025-12-31 mes 18", "2025-12-31 año 18"));
  history.attributes[0].back().value = {0, true};  // it is not known: since always
  EXPECT_THAT(seen(), ElementsAre("2025-11-30 mes 20", "2025-12-05 edad 1", "2025-12-31 mes 23",
                                  "2025-12-31 año 261"));
}

TEST(EvaluationProblems, AFactThatDoesNotSayItsShift) {
  EXPECT_THAT(Problems(*WithRules("regla r cita N:1 sobre llegada cuando hora > hora_fijada "
                                  "entonces retiro")
                            ->rules,
                       "llegada", 0),
              ElementsAre("sin-tramo"));
}

TEST(EvaluationProblems, AFieldWhereAWindowIsJudged) {
  const auto norm = WithRules("regla r cita N:1 sobre conducta cuando días > 0 entonces retiro");
  Ruleset altered = *norm->rules;  // no text resolves to this
  altered.rules[0].subject.window = rules::Window::Month;
  EXPECT_THAT(Problems(altered, "conducta", 0), ElementsAre("campo-sin-hecho"));
}

TEST(EvaluationProblems, ADeductionDecidedAfterSanctionsWereJudged) {
  const auto norm = WithRules(
      "regla uno cita N:1 sobre conducta entonces descuento 1 día\n"
      "regla dos cita N:2 sobre conducta prioridad 2 entonces descuento 2 días\n"
      "regla mira cita N:3 sobre sanción entonces obligación jefe \"anotar\"");
  EXPECT_THAT(Problems(*norm->rules, "conducta", 0), ElementsAre());
  Ruleset altered = *norm->rules;  // the order Resolve gives never does this
  altered.steps = {{{}, rules::RuleId(0)}, {{}, rules::RuleId(2)}, {{}, rules::RuleId(1)}};
  EXPECT_THAT(Problems(altered, "conducta", 0), testing::Contains("sanción-tardía"));
}

}  // namespace
}  // namespace cotejo::evaluation
