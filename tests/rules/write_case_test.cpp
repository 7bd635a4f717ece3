#include "model/evaluation/write_case.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/language/inline_norm.h"

namespace cotejo::evaluation {
namespace {

using testing::HasSubstr;

const char* const kNorm = R"(
norma RIP "Reglamento"
enumeración género = mujer, varón
enumeración sede = nacional, la_paz
dato sexo: género = mujer
dato ingreso: fecha = 2020-01-01
dato lugar: sede = nacional
dato haber: Bs = 3000 Bs
dato certificado: fecha opcional
lectura cómputo cita RIP:1
  todo (supuesta): "todo el atraso"
  exceso: "lo que pasa de la tolerancia"
hecho llegada en tramo
  hora: hora en pasos de 1 segundo
  justificada: lógico = no
hecho ausencia
  días: días en pasos de 1/6 día
horario único tramos 08:30 a 12:30, 14:30 a 18:30
medida atraso por mes = suma(ausencia.días)
regla tarde cita RIP:2 sobre llegada
  cuando hora > hora_fijada y no justificada entonces amonestación verbal
regla puntual cita RIP:2 sobre llegada
  cuando hora <= hora_fijada y no justificada entonces sin sanción
escala faltas cita RIP:3 sobre ausencia por mes según atraso
  | 0 días .. 1/2 día | descuento 1/3 días | cita RIP:3.a
  | 2 días ..         | descuento atraso * 2, proceso | cita RIP:3.b falta grave
regla aviso cita RIP:4 sobre ausencia cuando días >= 1
  entonces obligación UDITH "comunicar la ausencia" en 3 días hábiles, derecho descanso días / 3
regla mujeres cita RIP:5 sobre ausencia cuando sexo = varón y tiene certificado entonces retiro
regla por_lectura cita RIP:6 sobre ausencia bajo cómputo.exceso entonces facultad persona "reclamar"
)";

// The case parsed beside the same declarations, and run.
std::string RoundTrip(const std::string& norm, const std::string& text,
                      const rules::ReadingChoices& readings = {}) {
  const auto again = rules::ResolveText(norm + text, readings);
  if (again->rules == nullptr) return again->rendered();
  const CaseReport report = RunCases(*again->rules, BuildFamilies(*again->rules));
  if (report.run != 1) return "the case was not run";
  return report.failures.empty() ? "" : report.failures[0].found.es;
}

struct Example {
  std::unique_ptr<rules::InlineNorm> norm;
  History history;

  explicit Example(const std::string& given, const rules::ReadingChoices& readings = {})
      : norm(rules::ResolveText(kNorm + ("caso \"x\"\n" + given + "\n espera nada"), readings)) {
    EXPECT_NE(norm->rules, nullptr) << norm->rendered();
    history = CaseHistory(*norm->rules, norm->rules->cases[0]);
  }
  [[nodiscard]] WrittenCase Write(const std::string& name = "lo que pasó") const {
    return WriteCase(*norm->rules, BuildFamilies(*norm->rules), history, name,
                     base::ParseCitation("RIP:3"));
  }
};

TEST(WriteCase, SaysThePersonTheFactsAndAllThatFollows) {
  const Example example(R"(
    dado persona ingreso = 2019-02-28, haber = 1234,05 Bs, sexo = varón
    dado persona lugar = la_paz desde 2025-03-10
    dado persona certificado = 2024-12-31 desde 2025-03-10
    dado llegada hora = 08:30:01 el 2025-03-03
    dado llegada hora = 14:30, tramo = 2 el 2025-03-03
    dado ausencia días = 2 días el 2025-03-11
    dado ausencia días = 1/3 días el 2025-04-01
    dado ausencia días = 1 día el 2025-05-05)");
  const WrittenCase written = example.Write();
  EXPECT_EQ(written.text, R"(caso "lo que pasó" cita RIP:3
  dado persona sexo = varón, ingreso = 2019-02-28, haber = 24681/20 Bs
  dado persona lugar = la_paz, certificado = 2024-12-31 desde 2025-03-10
  dado llegada hora = 08:30:01 el 2025-03-03
  dado llegada tramo = 2, hora = 14:30 el 2025-03-03
  dado ausencia días = 2 días el 2025-03-11
  dado ausencia días = 1/3 días el 2025-04-01
  dado ausencia días = 1 día el 2025-05-05
  espera amonestación verbal cita RIP:2
  espera sin sanción cita RIP:2
  espera obligación UDITH "comunicar la ausencia" en 3 días hábiles cita RIP:4
  espera derecho descanso 2/3 días cita RIP:4
  espera retiro cita RIP:5
  espera descuento 4 días cita RIP:3.b
  espera proceso cita RIP:3.b
  espera retiro cita RIP:5
  espera descuento 1/3 días cita RIP:3.a
  espera obligación UDITH "comunicar la ausencia" en 3 días hábiles cita RIP:4
  espera derecho descanso 1/3 días cita RIP:4
  espera retiro cita RIP:5
  espera hueco cita RIP:3
)");
  EXPECT_EQ(RoundTrip(kNorm, written.text), "");
}

TEST(WriteCase, SaysNothingWhenNothingFollowsAndTheReadingsThatAreNotAssumed) {
  const WrittenCase none =
      Example("dado llegada hora = 09:00, justificada = sí el 2025-03-03").Write();
  EXPECT_THAT(none.text,
              HasSubstr("hora = 09:00, justificada = sí el 2025-03-03\n  espera nada\n"));
  EXPECT_EQ(RoundTrip(kNorm, none.text), "");

  const rules::ReadingChoices excess = {{"cómputo", "exceso"}};
  const WrittenCase read = Example("dado ausencia días = 1/2 día el 2025-03-03", excess).Write();
  EXPECT_THAT(read.text, HasSubstr("\n  bajo cómputo.exceso\n"));
  EXPECT_THAT(read.text, HasSubstr("espera facultad persona \"reclamar\" cita RIP:6\n"));
  EXPECT_EQ(RoundTrip(kNorm, read.text, excess), "");
}

// A gap is expected of the scale that leaves it: a right given for each fact of the month, by
// another article on the same subject, is not where it is.
TEST(WriteCase, AGapIsOfItsOwnScale) {
  const std::string norm = std::string(kNorm) + R"(
escala descansos cita RIP:9 sobre ausencia por mes según atraso
  | 0 días .. | derecho descanso 1 día |
)";
  const auto gap = [&](const std::string& article) {
    return RoundTrip(norm,
                     "caso \"x\"\n  dado ausencia días = 1 día el 2025-05-05\n"
                     "  espera hueco cita " +
                         article + "\n");
  };
  EXPECT_EQ(gap("RIP:3"), "");
  EXPECT_THAT(gap("RIP:9"), HasSubstr("hueco el 2025-05-31"));
}

// A case that is wrong does not pass: the round trip above would see it.
TEST(WriteCase, TheRoundTripNoticesWhatIsNotTrue) {
  std::string text = Example("dado llegada hora = 08:30:01 el 2025-03-03").Write().text;
  text.replace(text.find("08:30:01"), 8, "08:30:00");
  EXPECT_EQ(RoundTrip(kNorm, text), "sin sanción (RIP:2)");
}

TEST(WriteCase, GivesTheReasonOfWhatTheLanguageCannotSay) {
  const std::string given = "dado llegada hora = 08:31 el 2025-03-03";
  Example half_second(given);
  half_second.history.facts[0].fields[0].number += Rational(1, 120);
  EXPECT_EQ(half_second.Write().text, "");
  EXPECT_EQ(half_second.Write().reason.es,
            "el valor de «llegada.hora» no se puede escribir: 08:31:1/2");

  Example past(given);  // the case would leave 2024 unjudged
  past.history.from = base::Date(2024, 1, 1);
  EXPECT_EQ(past.Write().text, "");
  EXPECT_THAT(past.Write().reason.es, HasSubstr("esta historia dura más"));

  Example withdrawn(given);  // a value that stops being there
  withdrawn.history.attributes[4] = {{std::nullopt, {Rational(19000), false}},
                                     {base::Date(2025, 3, 1), {Rational(0), true}}};
  EXPECT_EQ(withdrawn.Write().reason.es,
            "el valor de «certificado» no se puede escribir: sin dato");

  EXPECT_THAT(Example(given).Write("un \"nombre\"").text, HasSubstr("caso “un \"nombre\"” cita"));
  EXPECT_THAT(Example(given).Write("“a” \"b\"").reason.es, HasSubstr("lleva comillas"));
}

// ---- the regulation in force -----------------------------------------------------------

const std::string kRip = std::string(COTEJO_SOURCE_DIR) + "/regulations/rip-2025";

rules::ReadingChoices ChoicesOf(const rules::Ruleset& rules, const rules::Case& example) {
  rules::ReadingChoices choices;
  for (const auto& [reading, option] : example.readings) {
    const rules::Reading& r = rules.readings[reading.index()];
    choices.emplace_back(r.name, r.options[static_cast<std::size_t>(option)].name);
  }
  return choices;
}

// Every case whose readings are `choices` (every case at all when there are none), written and
// run beside the regulation. Returns how many.
int RunWritten(const rules::ReadingChoices& choices) {
  base::SourceMap sources;
  base::Diagnostics diagnostics;
  rules::Regulation regulation = rules::LoadRegulation(sources, kRip, choices, diagnostics);
  EXPECT_NE(regulation.rules, nullptr);
  const rules::Families families = BuildFamilies(*regulation.rules);
  std::string block = "```norma\n";
  std::set<std::string> written_names;
  for (const rules::Case& example : regulation.rules->cases) {
    if (!choices.empty() && ChoicesOf(*regulation.rules, example) != choices) continue;
    const std::string name = "escrito: " + example.name;
    const WrittenCase written =
        WriteCase(*regulation.rules, families, CaseHistory(*regulation.rules, example), name,
                  example.citation);
    EXPECT_EQ(written.reason.es, "") << example.name;
    block += written.text;
    written_names.insert(name);
  }
  const base::FileId file = sources.Add(kRip + "/escrito.norma.md", block + "```\n");
  regulation.files.push_back(language::Parse(sources, file, diagnostics));
  const auto again =
      rules::Resolve(sources, rules::BuildProgram(sources, regulation.files), choices, diagnostics);
  EXPECT_NE(again, nullptr);
  if (again == nullptr) return 0;
  const CaseReport report = RunCases(*again, rules::BuildFamilies(*again));
  for (const CaseFailure& failure : report.failures) {
    const std::string& name = again->cases[failure.case_index].name;
    if (!written_names.contains(name)) continue;
    ADD_FAILURE() << name << "\nexpected " << failure.expected.es << "\nfound " << failure.found.es;
  }
  for (const std::size_t skipped : report.skipped)
    EXPECT_FALSE(written_names.contains(again->cases[skipped].name));
  return static_cast<int>(written_names.size());
}

TEST(WriteCase, EveryCaseOfTheRegulationInForceComesBack) {
  base::SourceMap sources;
  base::Diagnostics diagnostics;
  const auto regulation = rules::LoadRegulation(sources, kRip, {}, diagnostics);
  ASSERT_NE(regulation.rules, nullptr);
  std::set<rules::ReadingChoices> others;
  for (const rules::Case& example : regulation.rules->cases) {
    const rules::ReadingChoices choices = ChoicesOf(*regulation.rules, example);
    if (!choices.empty()) others.insert(choices);
  }
  EXPECT_GE(others.size(), 2U);
  EXPECT_GE(RunWritten({}), 280);
  for (const rules::ReadingChoices& choices : others) EXPECT_GE(RunWritten(choices), 1);
}

}  // namespace
}  // namespace cotejo::evaluation
