// Amendments: edits on declarations, and what they changed once resolved.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "scenarios/amendments/apply.h"
#include "tests/language/inline_norm.h"

namespace cotejo::amendments {
namespace {

using rules::InlineNorm;
using rules::ResolveText;
using testing::ElementsAre;
using testing::HasSubstr;

const std::string kBase = R"(norma N "Base"
norma M "Otra"
hecho llegada en tramo
  hora: hora
  justificada: lógico = no
hecho atraso derivado en tramo
  minutos: minutos
hecho conducta
parámetro tolerancia cita N:22.V = 5 minutos
medida total por mes cita N:45 = suma(atraso.minutos)
lectura cómputo cita N:22
  una (supuesta): "una"
  otra: "otra"
califica llegada como atraso cita N:22 bajo cómputo.una
  cuando hora > hora_fijada + tolerancia
  salvo justificada cita N:23
  con minutos = hora - hora_fijada - tolerancia
califica llegada como atraso cita N:22 bajo cómputo.otra
  cuando hora > hora_fijada + tolerancia
  con minutos = hora - hora_fijada
escala mensual cita N:45.I sobre atraso por mes según total
  | 1 .. 30 | sin sanción     | cita N:45.I.1
  | 31 ..   | descuento 1 día | cita N:45.I.2
regla aparte cita N:46 sobre conducta entonces proceso
declara N:1 "objeto"
declara N:2 "ámbito"
caso "de la base" cita N:46 dado conducta el 2025-03-10 espera proceso)";

struct Outcome {
  std::unique_ptr<InlineNorm> base;
  Amendment amendment;
  base::Diagnostics diagnostics;
  std::shared_ptr<const rules::Ruleset> rules;

  [[nodiscard]] std::vector<std::string> codes() const {
    std::vector<std::string> codes;
    for (const base::Diagnostic& diagnostic : diagnostics.all()) codes.push_back(diagnostic.code);
    return codes;
  }
  [[nodiscard]] std::string rendered() const {
    std::string text;
    for (const base::Diagnostic& diagnostic : diagnostics.all())
      text += Render(diagnostic, base->sources, base::Language::Spanish);
    return text;
  }
  // "what: before → after" of each change.
  [[nodiscard]] std::vector<std::string> changes() const {
    if (rules == nullptr) return {rendered()};
    std::vector<std::string> texts;
    for (const Change& change : Differences(*base->rules, *rules))
      texts.push_back(change.what.es + ": " + change.before.es + " → " + change.after.es);
    return texts;
  }
  // The lines that are shown.
  [[nodiscard]] std::vector<std::string> lines(
      base::Language language = base::Language::Spanish) const {
    if (rules == nullptr) return {rendered()};
    std::vector<std::string> texts;
    for (const Change& change : Differences(*base->rules, *rules))
      texts.push_back(DescribeChange(change).in(language));
    return texts;
  }
};

std::string WriteTemporary(const std::string& content) {
  const auto path = std::filesystem::path(testing::TempDir()) /
                    (std::string(testing::UnitTest::GetInstance()->current_test_info()->name()) +
                     ".enmienda.norma.md");
  std::ofstream(path, std::ios::binary) << content;
  return path.string();
}

// The base with these edits; `head` opens the amendment file.
Outcome Amend(const std::string& edits, const std::string& head = "enmienda E \"Enmienda\" sobre N",
              const std::string& base = kBase) {
  Outcome outcome;
  outcome.base = ResolveText(base);
  EXPECT_NE(outcome.base->rules, nullptr) << outcome.base->rendered();
  const std::string path = WriteTemporary(rules::Fenced(head + "\n" + edits));
  outcome.amendment = ReadAmendment(outcome.base->sources, path, outcome.diagnostics);
  if (outcome.diagnostics.has_errors()) return outcome;
  const rules::Program program =
      Apply(outcome.base->program, outcome.amendment, outcome.diagnostics);
  if (outcome.diagnostics.has_errors()) return outcome;
  outcome.rules =
      Resolve(outcome.base->sources, program, outcome.amendment, {}, outcome.diagnostics);
  return outcome;
}

TEST(Amendments, OneThatChangesNothingHasNoDifferences) {
  EXPECT_THAT(Amend("").changes(), ElementsAre());
  EXPECT_THAT(Amend("sustituye parámetro tolerancia cita N:22.V = 5 minutos").changes(),
              ElementsAre());
  EXPECT_THAT(Amend("sustituye parámetro tolerancia cita N:22.V = 300 segundos").changes(),
              ElementsAre());
}

TEST(Amendments, KeepTheBaseAsItWas) {
  const Outcome outcome = Amend("deroga N:45\nderoga aparte");
  ASSERT_NE(outcome.rules, nullptr) << outcome.rendered();
  const auto again =
      Resolve(outcome.base->sources, outcome.base->program, {}, outcome.base->diagnostics);
  ASSERT_NE(again, nullptr);
  EXPECT_TRUE(Differences(*outcome.base->rules, *again).empty());
  EXPECT_EQ(outcome.rules->title, "Enmienda");
  EXPECT_EQ(outcome.base->rules->title, "Base");
}

TEST(Amendments, ReplaceAParameter) {
  EXPECT_THAT(Amend("sustituye parámetro tolerancia cita N:22.V = 10 minutos").changes(),
              ElementsAre("parámetro tolerancia: 5 minutos → 10 minutos"));
  // Capitals and accents do not tell names apart.
  EXPECT_THAT(Amend("sustituye parámetro TOLERANCIA cita N:22.V = 10 minutos").changes(),
              ElementsAre("parámetro TOLERANCIA: 5 minutos → 10 minutos"));
}

TEST(Amendments, ReplaceAScale) {
  const Outcome outcome = Amend(
      "sustituye escala mensual cita N:45.I sobre atraso por mes según total\n"
      "  | 1 .. 29 | sin sanción     | cita N:45.I.1\n"
      "  | 31 ..   | descuento 1 día | cita N:45.I.2\n"
      "  | 61 ..   | proceso         | cita N:45.I.3");
  EXPECT_THAT(
      outcome.changes(),
      ElementsAre("fila mensual[1]: total >= 1 minuto y total <= 30 minutos → sin sanción → "
                  "total >= 1 minuto y total <= 29 minutos → sin sanción",
                  "fila mensual[3]:  → total >= 61 minutos → proceso interno"));
}

TEST(Amendments, AddARule) {
  const Outcome outcome =
      Amend("agrega regla nueva cita N:47 sobre conducta falta grave entonces retiro");
  EXPECT_THAT(outcome.changes(), ElementsAre("regla nueva:  → siempre → retiro; falta grave"));
  ASSERT_NE(outcome.rules, nullptr);
  EXPECT_EQ(outcome.rules->norm(outcome.rules->rules.back().norm).name, "N");
}

TEST(Amendments, RepealARowByItsCitation) {
  const Outcome outcome = Amend("deroga N:45.I.2");
  EXPECT_THAT(outcome.changes(),
              ElementsAre("fila mensual[2]: total >= 31 minutos → descuento de 1 día → "));
  ASSERT_NE(outcome.rules, nullptr);
  EXPECT_EQ(outcome.rules->scales[0].rows.size(), 1U);
}

TEST(Amendments, RepealEverythingACitationHolds) {
  const Outcome outcome = Amend("deroga N:45");
  EXPECT_THAT(outcome.changes(),
              ElementsAre(HasSubstr("escala mensual"), HasSubstr("fila mensual[1]"),
                          HasSubstr("fila mensual[2]"), HasSubstr("medida total")));
  ASSERT_NE(outcome.rules, nullptr);
  EXPECT_TRUE(outcome.rules->scales.empty());
}

TEST(Amendments, RepealAnExceptionByItsCitation) {
  const Outcome outcome = Amend("deroga N:23");
  ASSERT_NE(outcome.rules, nullptr) << outcome.rendered();
  EXPECT_TRUE(outcome.rules->qualifications[0].exceptions.empty());
  ASSERT_EQ(outcome.changes().size(), 1U);
}

TEST(Amendments, WhatIsAddedMayCiteWhatWasRepealed) {
  const Outcome outcome = Amend(
      "deroga N:45.I\n"
      "agrega escala nueva cita N:45.I sobre atraso por mes según total\n"
      "  | 1 .. | proceso | cita N:45.I.1");
  ASSERT_NE(outcome.rules, nullptr) << outcome.rendered();
  ASSERT_EQ(outcome.rules->scales.size(), 1U);
  EXPECT_EQ(outcome.rules->scales[0].rows.size(), 1U);
}

TEST(Amendments, RepealByName) {
  const Outcome outcome = Amend("deroga Aparte");
  EXPECT_THAT(outcome.changes(), ElementsAre("regla aparte: siempre → proceso interno → "));
}

// A rule and the unit of what it grants share their name: one of the two went unasked.
TEST(Amendments, ANameOfTwoThingsRepealsNeither) {
  const std::string base = kBase +
                           "\nunidad descanso cita N:33.I = 1/2 día"
                           "\nregla descanso cita N:33.II sobre conducta"
                           " entonces derecho descanso 3 días"
                           "\nregla otra cita N:34 sobre conducta entonces derecho descanso 1 día";
  const std::string head = "enmienda E \"Enmienda\" sobre N";
  const Outcome both = Amend("deroga Descanso", head, base);
  EXPECT_THAT(both.codes(), ElementsAre("enmienda-ambigua"));
  EXPECT_THAT(both.rendered(), HasSubstr("«Descanso» nombra varias cosas: "));
  EXPECT_THAT(both.rendered(), HasSubstr("regla (N:33.II)"));
  EXPECT_THAT(both.rendered(), HasSubstr("unidad (N:33.I)"));
  EXPECT_THAT(Amend("deroga N:33.II", head, base).lines(),
              ElementsAre("regla descanso (N:33.II): se quita: siempre → derecho a descanso: 3 "
                          "días"));
  EXPECT_THAT(Amend("deroga N:33.I", head, base).lines(),
              ElementsAre("unidad descanso (N:33.I): se quita: 1/2 día"));
}

TEST(Amendments, RepealingWhatOthersUseIsAnErrorOfTheirs) {
  const Outcome outcome = Amend("deroga tolerancia");
  EXPECT_EQ(outcome.rules, nullptr);
  EXPECT_EQ(outcome.codes().front(), "nombre-desconocido");
}

TEST(Amendments, ChangesOfAnyKindAreSeen) {
  EXPECT_THAT(Amend("sustituye norma M \"Otra\" vigente desde 2026-01-01").changes(),
              ElementsAre("norma M:  → desde 2026-01-01"));
  EXPECT_THAT(Amend("sustituye regla aparte cita N:46 sobre conducta prioridad 2 entonces proceso")
                  .changes(),
              ElementsAre("regla aparte: siempre → proceso interno → "
                          "siempre → proceso interno; prioridad 2"));
  EXPECT_THAT(
      Amend("sustituye escala mensual cita N:45.I sobre atraso por mes según total parcial\n"
            "  | 1 .. 30 | sin sanción     | cita N:45.I.1\n"
            "  | 31 ..   | descuento 1 día | cita N:45.I.2")
          .changes(),
      ElementsAre("escala mensual: política única; según total → "
                  "política única; parcial; según total"));
  EXPECT_THAT(Amend("agrega dato hijos: veces = 0").changes(),
              ElementsAre("dato hijos:  → veces; inicial 0"));
}

// The days off change who is absent and for how many working days in a row.
TEST(Amendments, HolidaysAreChanges) {
  const auto days = [](const char* name, const std::string& rows) {
    const auto path = std::filesystem::path(testing::TempDir()) / name;
    std::ofstream(path, std::ios::binary) << "fecha,ambito,nombre,base\n" << rows;
    return "feriados \"" + path.string() + "\"";
  };
  const std::string base = kBase + "\n" +
                           days("en_vigor.csv",
                                "2026-01-01,NACIONAL,Año Nuevo,DS 1\n"
                                "2026-07-16,LA PAZ,La Paz,\n");
  const std::string after = days("enmendados.csv",
                                 "2026-01-01,NACIONAL,Año Nuevo,DS 1\n"
                                 "2026-03-10,NACIONAL,De la entidad,DS 2\n");
  const Outcome outcome = Amend("sustituye " + after, "enmienda E \"Enmienda\" sobre N", base);
  EXPECT_THAT(outcome.lines(),
              ElementsAre("feriado 2026-07-16 la paz: se quita: La Paz",
                          "feriado 2026-03-10 nacional: se agrega: De la entidad (DS 2)"));
  EXPECT_THAT(outcome.lines(base::Language::English),
              ElementsAre("holiday 2026-07-16 la paz: removed: La Paz",
                          "holiday 2026-03-10 nacional: added: De la entidad (DS 2)"));
}

TEST(Amendments, AnotherConfidenceIsAChange) {
  EXPECT_THAT(Amend("sustituye norma M \"Otra\" confianza baja").lines(),
              ElementsAre("norma M: antes: confianza sin decir; ahora: confianza baja"));
}

// An exception of another reading excepts nobody under the chosen one: "salvo no" was said.
TEST(Amendments, WhatOnlyAnotherReadingExceptsIsNotSaid) {
  const std::string rule = "regla aparte cita N:46 sobre conducta\n";
  const std::string then = "  entonces proceso";
  const auto lines = [&](const std::string& clauses) {
    return Amend("sustituye " + rule + clauses + then).lines();
  };
  EXPECT_THAT(lines("  salvo bajo cómputo.otra cita N:47\n"), ElementsAre());
  EXPECT_THAT(lines("  salvo bajo cómputo.una cita N:47\n"),
              ElementsAre("regla aparte (N:46): antes: siempre → proceso interno; ahora: siempre; "
                          "salvo siempre (N:47) → proceso interno"));
  EXPECT_THAT(lines("  cuando bajo cómputo.una\n"), ElementsAre());
  EXPECT_THAT(lines("  cuando bajo cómputo.otra\n"),
              ElementsAre("regla aparte (N:46): antes: siempre → proceso interno; ahora: nunca → "
                          "proceso interno"));
}

// The figures of the program stay in it, and the arrow is of the rule alone.
TEST(Amendments, ChangesAreSaidInWords) {
  EXPECT_THAT(Amend("agrega medida faltas por gestión cita N:46 = cuenta(conducta)").lines(),
              ElementsAre("medida faltas (N:46): se agrega: por gestión = cuenta(conducta); en "
                          "pasos de 1"));
  EXPECT_THAT(
      Amend("sustituye medida total por mes cita N:45 = suma(atraso.minutos donde minutos > 1/2 "
            "minuto)")
          .lines(),
      ElementsAre("medida total (N:45): antes: por mes = suma(atraso.minutos); en pasos de 1 "
                  "minuto; ahora: por mes = suma(atraso.minutos donde minutos > 30 segundos); en "
                  "pasos de 1 minuto"));
  EXPECT_THAT(
      Amend("agrega hecho retraso en tramo\n  duración: minutos = 0 minutos en pasos de 1 segundo")
          .lines(),
      ElementsAre("hecho retraso: se agrega: en tramo",
                  "hecho retraso.duración: se agrega: minutos; inicial 0 minutos; en pasos de 1 "
                  "segundo"));
  EXPECT_THAT(Amend("deroga aparte").lines(),
              ElementsAre("regla aparte (N:46): se quita: siempre → proceso interno"));
  // Fractions as everywhere else, and not as the language writes them.
  EXPECT_THAT(Amend("agrega dato ausencias: días\n"
                    "agrega regla corta cita N:47 sobre conducta cuando ausencias >= 3/2 días o "
                    "ausencias = 1/4 días entonces proceso")
                  .lines(),
              ElementsAre("dato ausencias: se agrega: días",
                          "regla corta (N:47): se agrega: ausencias >= 1 1/2 días o ausencias = "
                          "1/4 día → proceso interno"));
}

TEST(Amendments, AQuantityIsSaidWithTheValueOfItsParameter) {
  EXPECT_THAT(Amend("agrega parámetro cuota cita N:47 = 5/2 días\n"
                    "agrega regla otra cita N:47 sobre conducta entonces descuento cuota")
                  .lines(),
              ElementsAre("parámetro cuota (N:47): se agrega: 2 1/2 días",
                          "regla otra (N:47): se agrega: siempre → descuento de cuota; con cuota = "
                          "2 1/2 días"));
}

TEST(Amendments, ChangesAreSaidInEnglish) {
  EXPECT_THAT(Amend("sustituye parámetro tolerancia cita N:22.V = 10 minutos\n"
                    "deroga aparte\n"
                    "agrega regla otra cita N:47 sobre conducta falta grave entonces descuento 2 "
                    "días")
                  .lines(base::Language::English),
              ElementsAre("parameter tolerancia (N:22.V): before: 5 minutes; now: 10 minutes",
                          "rule aparte (N:46): removed: always → internal process",
                          "rule otra (N:47): added: always → pay deduction of 2 days; serious "
                          "fault"));
}

// What is said of the same thing with the same words may still be elsewhere, or of something else.
// Two safeguards of one duty: what goes is the one that is repealed, and the other is the same.
TEST(Amendments, OfSeveralWithOneNameOnlyTheOtherIsTold) {
  const std::string base = kBase + R"(
declara N:43.a "descuido"
declara N:43.b "alcohol"
deber N:11 "no presentarse bebido"
tutela N:11 con N:43.b
tutela N:11 con N:46
remite N:9 a M:1 "según la otra"
remite N:9 a M:2 "según la otra también")";
  const auto changes = [&](const std::string& edits) {
    const Outcome outcome = Amend(edits, "enmienda E \"Enmienda\" sobre N", base);
    return outcome.lines();
  };
  EXPECT_THAT(changes("deroga N:43.b"), ElementsAre("disposición N:43.b: se quita: alcohol",
                                                    "tutela de N:11: se quita: con N:43.b"));
  EXPECT_THAT(changes("deroga N:43.b\nagrega declara N:47.d \"alcohol\"\n"
                      "agrega tutela N:11 con N:47.d"),
              ElementsAre("disposición N:43.b: se quita: alcohol",
                          "tutela de N:11: antes: con N:43.b; ahora: con N:47.d",
                          "disposición N:47.d: se agrega: alcohol"));
  EXPECT_THAT(changes("deroga N:9\nagrega remite N:9 a M:2 \"según la otra también\""),
              ElementsAre("disposición N:9: se quita: según la otra; remite a M:1"));
}

// A conduct is a value of an enumeration: what judges its whole list judges it still.
TEST(Amendments, AConductRepealedAndStillJudgedIsSaid) {
  const std::string base = kBase + R"(
declara N:43.a "descuido"
declara N:43.b "alcohol"
enumeración inciso = N:43.a, N:43.b
hecho falta en día
  inciso: inciso
regla faltas cita N:47 sobre falta cuando inciso dentro de N:43 entonces descuento 2 días)";
  const std::string head = "enmienda E \"Enmienda\" sobre N";
  const Outcome judged = Amend("deroga N:43.b", head, base);
  EXPECT_THAT(judged.codes(), ElementsAre("derogado-que-se-juzga"));
  EXPECT_THAT(judged.rendered(), HasSubstr("N:43.b se deroga y «faltas» lo sigue juzgando"));
  // Taken from the list too, or with nothing that judges it, there is nothing to say.
  EXPECT_THAT(Amend("deroga N:43.b\nsustituye enumeración inciso = N:43.a", head, base).codes(),
              ElementsAre());
  EXPECT_THAT(Amend("deroga N:43.b\nderoga faltas", head, base).codes(), ElementsAre());
  EXPECT_THAT(
      Amend("deroga N:43.b\nagrega declara N:43.b \"alcohol o drogas\"", head, base).codes(),
      ElementsAre());
}

// A row may be of another article than its scale, and goes with it all the same.
TEST(Amendments, WhatGoesWithARepealOfAnotherArticleIsSaid) {
  const std::string base = kBase + R"(
escala faltas cita N:50 sobre conducta por mes según total
  | 1 .. 2 | descuento 1 día  |
  | 3 ..   | proceso          | cita N:60.II
trámite aviso cita N:50
  hito conducta
  hito descargo hasta 3 días hábiles desde conducta cita M:7)";
  const std::string head = "enmienda E \"Enmienda\" sobre N";
  const Outcome both = Amend("deroga N:50", head, base);
  EXPECT_THAT(both.codes(), ElementsAre("derogado-con-otro", "derogado-con-otro"));
  EXPECT_THAT(both.rendered(), HasSubstr("se va «faltas», y con ella lo que dice de N:60.II"));
  EXPECT_THAT(both.rendered(), HasSubstr("se va «aviso», y con ella lo que dice de M:7"));
  // Repealed too, or written again, it is not lost.
  EXPECT_THAT(Amend("deroga M:7\nderoga N:60\nderoga N:50", head, base).codes(), ElementsAre());
  EXPECT_THAT(Amend("deroga N:50\nagrega regla graves cita N:60.II sobre conducta entonces "
                    "proceso\nagrega trámite otro cita N:51\n"
                    "  hito conducta\n  hito descargo hasta 3 días desde conducta cita M:7",
                    head, base)
                  .codes(),
              ElementsAre());
}

TEST(Amendments, AReferenceToWhatIsRepealedIsSaid) {
  const std::string base = kBase + "\nremite N:9 a N:46 \"según el 46\"";
  const auto codes = [&](const std::string& edits) {
    return Amend(edits, "enmienda E \"Enmienda\" sobre N", base).codes();
  };
  const Outcome outcome = Amend("deroga N:46", "enmienda E \"Enmienda\" sobre N", base);
  EXPECT_THAT(outcome.codes(), ElementsAre("remite-a-lo-derogado"));
  EXPECT_THAT(outcome.rendered(), HasSubstr("N:9 remite a N:46, que se deroga"));
  // Something else is said there now, the reference goes too, or it is to what stays.
  EXPECT_THAT(codes("deroga N:46\nagrega declara N:46.I \"otra cosa\""), ElementsAre());
  EXPECT_THAT(codes("deroga N:46\nderoga N:9"), ElementsAre());
  EXPECT_THAT(codes("deroga N:2"), ElementsAre());
  // An example says nothing.
  EXPECT_THAT(codes("deroga N:46\nagrega caso \"c\" cita N:46 espera nada"),
              ElementsAre("remite-a-lo-derogado"));
}

TEST(Amendments, WhatIsOnlyMovedIsAChange) {
  EXPECT_THAT(Amend("sustituye regla aparte cita N:48 sobre conducta entonces proceso").lines(),
              ElementsAre("regla aparte (N:48): antes: cita N:46; ahora: cita N:48"));
  EXPECT_THAT(Amend("sustituye parámetro tolerancia cita N:99.V = 5 minutos").lines(),
              ElementsAre("parámetro tolerancia (N:99.V): antes: cita N:22.V; ahora: cita N:99.V"));
  EXPECT_THAT(
      Amend("sustituye regla aparte cita N:46 sobre conducta por mes entonces proceso").lines(),
      ElementsAre("regla aparte (N:46): antes: sobre conducta; ahora: sobre conducta por mes"));
  EXPECT_THAT(Amend("agrega remite N:5 a N:6 \"lo demás\"").lines(),
              ElementsAre("disposición N:5: se agrega: lo demás; remite a N:6"));
  EXPECT_THAT(Amend("agrega hecho huelga").lines(), ElementsAre("hecho huelga: se agrega: en día"));
}

TEST(Amendments, AReadingThatIsClosedIsAChange) {
  const Outcome outcome = Amend(
      "deroga N:22\n"
      "agrega parámetro tolerancia cita N:22.V = 5 minutos\n"
      "agrega califica llegada como atraso cita N:22\n"
      "  cuando hora > hora_fijada + tolerancia\n"
      "  salvo justificada cita N:23\n"
      "  con minutos = hora - hora_fijada - tolerancia");
  EXPECT_THAT(outcome.lines(),
              ElementsAre("lectura cómputo: se quita: N:22; una (supuesta): una; otra: otra"));
}

TEST(Amendments, EditsWithoutAnObjectAreErrors) {
  const Outcome replace = Amend("sustituye parámetro tolerancias = 10 minutos");
  EXPECT_THAT(replace.codes(), ElementsAre("enmienda-sin-objeto"));
  EXPECT_THAT(replace.rendered(), HasSubstr("¿quiso decir «tolerancia»?"));
  EXPECT_THAT(replace.rendered(), HasSubstr(".enmienda.norma.md:3:21: error"));
  // The same name, of another kind.
  EXPECT_THAT(Amend("sustituye regla tolerancia sobre conducta entonces retiro").codes(),
              ElementsAre("enmienda-sin-objeto"));
  EXPECT_THAT(Amend("deroga N:99").codes(), ElementsAre("enmienda-sin-objeto"));
  EXPECT_THAT(Amend("deroga M:45").codes(), ElementsAre("enmienda-sin-objeto"));
  EXPECT_THAT(Amend("deroga inexistente").codes(), ElementsAre("enmienda-sin-objeto"));
}

TEST(Amendments, AStatementIsReplacedByItsCitation) {
  const Outcome outcome = Amend("sustituye declara N:2 \"otro ámbito\"");
  ASSERT_NE(outcome.rules, nullptr) << outcome.rendered();
  EXPECT_EQ(outcome.rules->statements[0].summary, "objeto");
  EXPECT_EQ(outcome.rules->statements[1].summary, "otro ámbito");
  EXPECT_THAT(outcome.changes(), ElementsAre("disposición N:2: ámbito → otro ámbito"));
  EXPECT_THAT(Amend("sustituye declara N:3 \"otra\"").codes(), ElementsAre("enmienda-sin-objeto"));
}

TEST(Amendments, AQualificationIsReplacedUnderItsReading) {
  const Outcome outcome = Amend(
      "sustituye califica llegada como atraso cita N:22 bajo cómputo.otra\n"
      "  con minutos = 1 minuto");
  ASSERT_NE(outcome.rules, nullptr) << outcome.rendered();
  EXPECT_THAT(outcome.changes(), ElementsAre());  // under the assumed reading nothing changed
  const Outcome ambiguous =
      Amend("sustituye califica llegada como atraso cita N:22 con minutos = 1 minuto");
  EXPECT_THAT(ambiguous.codes(), ElementsAre("enmienda-ambigua"));
}

TEST(Amendments, OfAnUnknownNorm) {
  EXPECT_THAT(Amend("deroga aparte", "enmienda E \"Enmienda\" sobre NN").codes(),
              ElementsAre("norma-desconocida"));
}

TEST(Amendments, OneWithItsOwnDateIsNotSupportedYet) {
  EXPECT_THAT(Amend("", "enmienda E \"Enmienda\" sobre N vigente desde 2026-01-01").codes(),
              ElementsAre("enmienda-con-fecha"));
}

TEST(Amendments, EachDeclarationSaysWhatItDoes) {
  EXPECT_THAT(Amend("parámetro p = 1").codes(), ElementsAre("enmienda-sin-edición"));
}

// Of two edits of one thing the second would undo the first in silence.
TEST(Amendments, OneThingIsEditedOnce) {
  const Outcome twice = Amend(
      "sustituye parámetro tolerancia cita N:22.V = 10 minutos\n"
      "sustituye parámetro Tolerancia cita N:22.V = 15 minutos");
  EXPECT_THAT(twice.codes(), ElementsAre("enmienda-repite"));
  EXPECT_THAT(twice.rendered(), HasSubstr(".enmienda.norma.md:4:21: error"));
  EXPECT_THAT(twice.rendered(), HasSubstr("ya puso en la línea 3"));
  for (const char* edits :
       {"sustituye regla aparte cita N:46 sobre conducta entonces retiro\n"
        "deroga aparte",
        "sustituye regla aparte cita N:46 sobre conducta entonces retiro\n"
        "deroga N:46",
        "agrega regla nueva cita N:47 sobre conducta entonces retiro\n"
        "sustituye regla nueva cita N:47 sobre conducta entonces proceso",
        "sustituye escala mensual cita N:45.I sobre atraso por mes según total\n"
        "  | 1 .. | proceso | cita N:45.I.1\n"
        "deroga N:45.I.1",
        "agrega unidad permiso = 1 día\n"
        "sustituye unidad permiso = 2 días"}) {
    EXPECT_THAT(Amend(edits).codes(), ElementsAre("enmienda-repite")) << edits;
  }
}

TEST(Amendments, AFileDeclaresOne) {
  const Outcome outcome = Amend("enmienda F \"Otra\" sobre N\nderoga aparte");
  EXPECT_THAT(outcome.codes(), ElementsAre("enmienda-repetida"));
  EXPECT_THAT(outcome.rendered(), HasSubstr("ya declara la enmienda «E» en la línea 2"));
}

TEST(Amendments, WhatItEditsIsOfTheNormItNames) {
  const std::string about_m = "enmienda E \"Enmienda\" sobre M";
  for (const char* edit : {"sustituye parámetro tolerancia cita N:22.V = 10 minutos",
                           "sustituye parámetro tolerancia = 10 minutos", "deroga aparte",
                           "deroga N:46", "agrega declara N:9 \"nueva\""}) {
    const Outcome outcome = Amend(edit, about_m);
    EXPECT_THAT(outcome.codes(), ElementsAre("enmienda-de-otra-norma")) << edit;
    EXPECT_NE(outcome.rules, nullptr);  // a warning: the edit is made
  }
  EXPECT_THAT(Amend("agrega declara M:9 \"nueva\"", about_m).codes(), ElementsAre());
  EXPECT_THAT(Amend("agrega dato hijos: veces = 0", about_m).codes(), ElementsAre());
}

TEST(Amendments, OneThatEditsNothingSaysSo) {
  const Outcome outcome = Amend("");
  EXPECT_THAT(outcome.codes(), ElementsAre("enmienda-vacía"));
  EXPECT_NE(outcome.rules, nullptr);
  // To replace something by itself is an edit.
  EXPECT_THAT(Amend("sustituye parámetro tolerancia cita N:22.V = 5 minutos").codes(),
              ElementsAre());
}

// What breaks in the text in force names the edit that broke it.
TEST(Amendments, ErrorsOfTheBaseNameTheEdit) {
  const Outcome unit = Amend(
      "agrega dato hijos: veces = 0\n"
      "sustituye parámetro tolerancia cita N:22.V = 1 día");
  ASSERT_FALSE(unit.diagnostics.all().empty());
  EXPECT_EQ(unit.diagnostics.all()[0].code, "tipos");
  EXPECT_THAT(unit.diagnostics.all()[0].hint.es,
              testing::EndsWith("ErrorsOfTheBaseNameTheEdit.enmienda.norma.md:4"));
  // Which of the two it was cannot be told.
  const Outcome repeal = Amend("deroga N:22.V\nderoga aparte");
  ASSERT_FALSE(repeal.diagnostics.all().empty());
  EXPECT_THAT(repeal.diagnostics.all()[0].hint.es,
              testing::EndsWith("ErrorsOfTheBaseNameTheEdit.enmienda.norma.md"));
  // An error in the amendment needs no other place.
  EXPECT_THAT(Amend("agrega dato hijos: vez = 0").rendered(),
              testing::Not(HasSubstr("sin la enmienda")));
}

// What the amendment heads and the norm lacks is an article of the norm from then on. The heading
// of one that it has is the reader's.
TEST(Amendments, ANewArticleIsHeaded) {
  const std::string article =
      "agrega regla nueva cita N:48 sobre conducta entonces proceso\n```\n\n"
      "## Artículo 48 · Nuevo\nLo que dispone.\n\n## Artículo 45 · Atrasos\nPor qué.\n\n"
      "```norma\n// nada más";
  const std::string base =
      "norma N \"Base\"\nhecho conducta\n```\n\n## Artículo 45 · Faltas\nResumen.\n\n```norma\n";
  const Outcome outcome = Amend(article, "enmienda E \"Enmienda\" sobre N", base);
  ASSERT_NE(outcome.rules, nullptr) << outcome.rendered();
  const auto& provisions = outcome.rules->provisions;
  ASSERT_EQ(provisions.size(), 2U);
  EXPECT_EQ(provisions[0].summary, "Resumen.");
  EXPECT_EQ(provisions[1].citation.str(), "N:48");
  EXPECT_EQ(provisions[1].summary, "Lo que dispone.");
}

TEST(Amendments, AFileThatIsNotOne) {
  EXPECT_THAT(Amend("", "parámetro p = 1").codes(), ElementsAre("enmienda-sin-nombre"));
}

TEST(Amendments, CasesOfTheBaseAreNotRunUnderThem) {
  const Outcome outcome =
      Amend("agrega caso \"de la enmienda\" dado conducta el 2025-03-10 espera proceso");
  ASSERT_NE(outcome.rules, nullptr) << outcome.rendered();
  ASSERT_EQ(outcome.rules->cases.size(), 1U);
  EXPECT_EQ(outcome.rules->cases[0].name, "de la enmienda");
}

TEST(Amendments, AMissingFile) {
  base::SourceMap sources;
  base::Diagnostics diagnostics;
  ReadAmendment(sources, "no_existe.enmienda.norma.md", diagnostics);
  ASSERT_EQ(diagnostics.errors(), 1U);
  EXPECT_EQ(diagnostics.all()[0].code, "archivo-inexistente");
}

}  // namespace
}  // namespace cotejo::amendments
