// Units, processes, duties, safeguards, organs and procedures: what they become, what cites
// them, and how amendments edit them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/citations/graph.h"
#include "model/passages/coverage.h"
#include "model/passages/document.h"
#include "scenarios/amendments/apply.h"
#include "tests/language/inline_norm.h"

namespace cotejo {
namespace {

using rules::ResolveText;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const char* const kNorm = R"(norma N "Norma"
norma L "Ley"
hecho llegada en tramo
  hora: hora
hecho inasistencia en tramo
hecho permiso
  días: días
regla gana cita N:1 sobre permiso entonces derecho vacación 15 días / 12
unidad vacación, permiso cita N:1.a = 1/2 día
exige proceso para destitución, retiro cita L:1
exige proceso para falta gravísima, falta grave cita N:2
deber N:3.p "deber de todos"
tutela N:3.p con N:4.I
tutela N:5 con N:4.II
tutela lo_demás de persona con N:4.III
peor inasistencia que llegada
peor llegada con más hora
órgano UDITH "Unidad de Talento", "la Unidad"
órgano externo MEFP "Ministerio"
trámite aviso cita N:51
  hito falta
  hito comunicación hasta 24 horas desde falta obligación UDITH cita N:51.I si vence "nada" cita L:9
  hito regularización tras 2 meses desde COMUNICACION facultad persona cita N:26
  hito solicitud 5 días hábiles antes de falta obligación persona
  hito Comunicación hasta 3 días desde falta cita N:52)";

TEST(Norms, BecomeWhatTheySay) {
  const auto norm = ResolveText(kNorm);
  ASSERT_NE(norm->rules, nullptr) << norm->rendered();
  const rules::Ruleset& r = *norm->rules;

  ASSERT_EQ(r.units.size(), 2U);
  EXPECT_EQ(r.units[0].thing, "vacación");
  EXPECT_EQ(r.units[1].thing, "permiso");
  EXPECT_EQ(r.units[1].step, base::Rational(1, 2));
  EXPECT_EQ(r.units[1].type.base, rules::Base::Days);
  EXPECT_EQ(r.units[1].citation.str(), "N:1.a");
  EXPECT_EQ(r.norm(r.units[1].norm).name, "N");

  ASSERT_EQ(r.process_requirements.size(), 2U);
  EXPECT_THAT(r.process_requirements[0].consequences,
              ElementsAre(rules::ConsequenceKind::Destitution, rules::ConsequenceKind::Retirement));
  EXPECT_THAT(r.process_requirements[0].faults, IsEmpty());
  EXPECT_EQ(r.norm(r.process_requirements[0].norm).name, "L");
  EXPECT_THAT(r.process_requirements[1].faults,
              ElementsAre(rules::FaultClass::VerySerious, rules::FaultClass::Serious));

  ASSERT_EQ(r.statements.size(), 1U);
  EXPECT_EQ(r.statements[0].kind, rules::Statement::Kind::Duty);
  EXPECT_EQ(r.statements[0].summary, "deber de todos");

  ASSERT_EQ(r.safeguards.size(), 3U);
  EXPECT_EQ(r.safeguards[0].duty->str(), "N:3.p");
  EXPECT_EQ(r.safeguards[0].sanction.str(), "N:4.I");
  EXPECT_FALSE(r.safeguards[2].duty);
  EXPECT_THAT(r.safeguards[2].actors, ElementsAre("persona"));

  ASSERT_EQ(r.worse_choices.size(), 2U);
  EXPECT_EQ(r.worse_choices[0].worse, r.FindFactKind("inasistencia"));
  EXPECT_EQ(r.worse_choices[0].better, r.FindFactKind("llegada"));
  EXPECT_FALSE(r.worse_choices[0].field.valid());
  EXPECT_EQ(r.worse_choices[1].worse, r.FindFactKind("llegada"));
  EXPECT_FALSE(r.worse_choices[1].better.valid());
  EXPECT_EQ(r.worse_choices[1].field.index(), 0U);

  ASSERT_EQ(r.organs.size(), 2U);
  EXPECT_FALSE(r.organs[0].external);
  EXPECT_THAT(r.organs[0].titles, ElementsAre("la Unidad"));
  EXPECT_TRUE(r.organs[1].external);
}

TEST(Norms, MilestonesCarryTheirBound) {
  const auto norm = ResolveText(kNorm);
  ASSERT_NE(norm->rules, nullptr) << norm->rendered();
  ASSERT_EQ(norm->rules->procedures.size(), 1U);
  const rules::Procedure& procedure = norm->rules->procedures[0];
  const std::vector<rules::Milestone>& steps = procedure.milestones;
  using Bound = rules::Milestone::Bound;
  ASSERT_EQ(steps.size(), 5U);
  EXPECT_EQ(steps[0].bound, Bound::None);
  EXPECT_EQ(steps[0].citation.str(), "N:51");  // the procedure's, having none of its own
  EXPECT_EQ(steps[1].bound, Bound::AtMost);
  EXPECT_EQ(steps[1].term.amount, base::Rational(24));
  EXPECT_EQ(steps[1].term.unit, rules::TermUnit::Hours);
  EXPECT_EQ(steps[1].since, "falta");
  EXPECT_EQ(steps[1].actor, "UDITH");
  EXPECT_FALSE(steps[1].power);
  EXPECT_EQ(steps[1].citation.str(), "N:51.I");
  EXPECT_EQ(steps[1].miss, "nada");
  EXPECT_EQ(steps[1].miss_citation.str(), "L:9");
  EXPECT_EQ(steps[2].bound, Bound::AtLeast);
  EXPECT_EQ(steps[2].term.unit, rules::TermUnit::Months);
  EXPECT_EQ(steps[2].since, "comunicación");  // as it was first written
  EXPECT_TRUE(steps[2].power);
  EXPECT_EQ(steps[3].bound, Bound::Before);
  EXPECT_EQ(steps[3].term.unit, rules::TermUnit::BusinessDays);
  EXPECT_EQ(steps[4].name, "comunicación");
  EXPECT_EQ(steps[4].term.unit, rules::TermUnit::CalendarDays);
}

// As a term is told, so it may be written.
TEST(Norms, ATermIsWrittenAsItIsTold) {
  for (const std::string told : {"1 hora", "24 horas", "1 día calendario", "2 días calendario",
                                 "1 día hábil", "5 días hábiles", "1 mes", "3 meses"}) {
    const auto norm = ResolveText(
        "norma N \"Prueba\"\nhecho falta\ntrámite t cita N:1\n  hito falta\n  hito aviso hasta " +
        told + " desde falta obligación UDITH\nregla r cita N:2 sobre falta entonces obligación " +
        "UDITH \"avisar\" en " + told + "\n");
    ASSERT_NE(norm->rules, nullptr) << norm->rendered();
    EXPECT_EQ(rules::DescribeTerm(norm->rules->procedures[0].milestones[1].term).es, told);
    ASSERT_TRUE(norm->rules->rules[0].consequences[0].term);
    EXPECT_EQ(rules::DescribeTerm(*norm->rules->rules[0].consequences[0].term).es, told);
  }
}

TEST(Norms, ALongerCircleOfWorseIsFound) {
  const auto norm = ResolveText(R"(norma N "Norma"
hecho a
hecho b
hecho c
peor a que b
peor b que c
peor a que c
peor c que a)");
  EXPECT_THAT(norm->codes(), ElementsAre("peor-circular"));
  EXPECT_THAT(norm->rendered(), HasSubstr(":9:1:"));
}

TEST(Norms, AUnitMayBeOfWhatOnlyAnotherReadingGrants) {
  const auto norm = ResolveText(R"(norma N "Norma"
lectura cuál cita N:1
  una (supuesta): "una"
  otra: "otra"
hecho mes_cerrado cada mes
regla gana cita N:1 sobre mes_cerrado bajo cuál.otra entonces derecho descanso 1 día
unidad descanso = 1 día)");
  ASSERT_NE(norm->rules, nullptr) << norm->rendered();
  EXPECT_THAT(norm->rules->rules, IsEmpty());
  EXPECT_EQ(norm->rules->units.size(), 1U);
}

// ---- citations ---------------------------------------------------------------------------

std::vector<std::string> MentionsOf(const rules::InlineNorm& norm, const std::string& label) {
  const auto definitions = citations::DefinitionsOf(norm.files);
  std::vector<std::string> found;
  for (const citations::Mention& mention : citations::MentionsOf(*norm.rules, definitions)) {
    if (Describe(*norm.rules, definitions, mention).es == label)
      found.push_back(mention.provision.str() + (mention.own ? "" : " (otra)"));
  }
  return found;
}

TEST(Norms, TheirCitationsAreMentioned) {
  const auto norm = ResolveText(kNorm);
  ASSERT_NE(norm->rules, nullptr) << norm->rendered();
  EXPECT_THAT(MentionsOf(*norm, "deber"), ElementsAre("N:3.p"));
  EXPECT_THAT(MentionsOf(*norm, "unidad permiso"), ElementsAre("N:1.a"));
  EXPECT_THAT(MentionsOf(*norm, "exigencia de proceso"), ElementsAre("L:1", "N:2"));
  EXPECT_THAT(MentionsOf(*norm, "tutela de N:3.p"), ElementsAre("N:4.I", "N:3.p (otra)"));
  EXPECT_THAT(MentionsOf(*norm, "tutela de lo demás"), ElementsAre("N:4.III"));
  EXPECT_THAT(MentionsOf(*norm, "trámite aviso"),
              ElementsAre("N:51", "N:51.I (otra)", "L:9 (otra)", "N:26 (otra)", "N:52 (otra)"));
}

std::vector<std::string> EdgesTo(const citations::CitationGraph& graph, const std::string& id) {
  std::vector<std::string> edges;
  for (const citations::SortedEdge& edge : SortedEdges(graph)) {
    if (graph.graph[edge.to].id == id)
      edges.push_back(graph.graph[edge.from].id + " " + Describe(edge.kind).es);
  }
  return edges;
}

TEST(Norms, AreInTheGraphWithWhoIsBoundAndWhatSanctions) {
  const auto norm = ResolveText(kNorm);
  ASSERT_NE(norm->rules, nullptr) << norm->rendered();
  const citations::CitationGraph graph = citations::BuildGraph(*norm->rules, norm->files, {}, "N");
  const std::string sanctions = Describe(citations::EdgeKind::Sanctions).es;
  const std::string defines = Describe(citations::EdgeKind::Defines).es;
  EXPECT_THAT(EdgesTo(graph, "deber N:3.p: deber de todos"),
              ElementsAre("N:3.p " + defines, "N:4.I " + sanctions));
  EXPECT_THAT(EdgesTo(graph, "N:3.p"), Not(Contains("N:4.I " + sanctions)));
  // No duty is stated at N:5: the provision itself.
  EXPECT_THAT(EdgesTo(graph, "N:5"), Contains("N:4.II " + sanctions));
  EXPECT_THAT(EdgesTo(graph, "trámite aviso"), ElementsAre("N:51 " + defines));
  EXPECT_THAT(EdgesTo(graph, "N:26"),
              Contains("trámite aviso " + Describe(citations::EdgeKind::Cites).es));
  const std::string duty = "deber UDITH: comunicación (aviso)";
  EXPECT_THAT(EdgesTo(graph, duty), ElementsAre("trámite aviso " + defines));
  EXPECT_THAT(EdgesTo(graph, "órgano UDITH"),
              ElementsAre(duty + " " + Describe(citations::EdgeKind::Binds).es));
  EXPECT_THAT(EdgesTo(graph, "plazo 24 horas"),
              ElementsAre(duty + " " + Describe(citations::EdgeKind::Within).es));
}

TEST(Norms, ADutyAndItsSanctionAreStatedAndTheRestIsEncoded) {
  const auto norm = ResolveText(R"(norma N "Norma"
hecho permiso
  días: días
unidad permiso cita N:1 = 1/2 día
exige proceso para retiro cita N:2
deber N:3 "deber"
tutela N:4 con N:5
trámite aviso cita N:6
  hito falta)");
  ASSERT_NE(norm->rules, nullptr) << norm->rendered();
  std::string text;
  for (int article = 1; article <= 7; ++article)
    text += "ARTÍCULO " + std::to_string(article) + ".- (Título). Texto.\n";
  base::Diagnostics diagnostics;
  const passages::Document document = [&] {
    base::SourceMap sources;
    return passages::ReadDocument(sources, sources.Add("documento.txt", text), "N", diagnostics);
  }();
  ASSERT_EQ(document.passages.size(), 7U);
  const auto ledger = passages::BuildLedger(*norm->rules, norm->files, document);
  using passages::CoverStatus;
  std::vector<CoverStatus> statuses;
  for (const auto& provision : ledger.provisions) statuses.push_back(provision.status);
  EXPECT_THAT(statuses,
              ElementsAre(CoverStatus::Encoded, CoverStatus::Encoded, CoverStatus::Declarative,
                          CoverStatus::Declarative, CoverStatus::Declarative, CoverStatus::Encoded,
                          CoverStatus::Pending));
}

// ---- amendments --------------------------------------------------------------------------

// "what: before → after" of each change, or the codes of the diagnostics.
std::vector<std::string> Amended(const std::string& edits) {
  const auto base = ResolveText(kNorm);
  base::Diagnostics diagnostics;
  const base::FileId file = base->sources.Add(
      "e.enmienda.norma.md", rules::Fenced("enmienda E \"Enmienda\" sobre N\n" + edits));
  const amendments::Amendment amendment =
      amendments::ParseAmendment(base->sources, file, diagnostics);
  const rules::Program program = Apply(base->program, amendment, diagnostics);
  const auto after = Resolve(base->sources, program, {}, diagnostics);
  std::vector<std::string> found;
  for (const base::Diagnostic& diagnostic : diagnostics.all()) found.push_back(diagnostic.code);
  if (after == nullptr || !found.empty()) return found;
  for (const amendments::Change& change : amendments::Differences(*base->rules, *after))
    found.push_back(change.what.es + ": " + change.before.es + " → " + change.after.es);
  return found;
}

TEST(NormsAmended, OneThingOfAUnitOfSeveral) {
  EXPECT_THAT(Amended("sustituye unidad Permiso cita N:1.b = 1 día"),
              ElementsAre("unidad Permiso: cita N:1.a; 1/2 día → cita N:1.b; 1 día"));
  EXPECT_THAT(Amended("deroga vacacion"), ElementsAre("unidad vacación: 1/2 día → "));
  EXPECT_THAT(Amended("sustituye unidad permiso, vacación = 2 días"),
              ElementsAre("unidad permiso: cita N:1.a; 1/2 día → sin cita; 2 días",
                          "unidad vacación: cita N:1.a; 1/2 día → sin cita; 2 días"));
  EXPECT_THAT(Amended("deroga N:1.a"),
              ElementsAre("unidad permiso: 1/2 día → ", "unidad vacación: 1/2 día → "));
  EXPECT_THAT(Amended("sustituye unidad inasistencia = 1 día"), ElementsAre("enmienda-sin-objeto"));
  EXPECT_THAT(Amended("agrega unidad permiso = 1 día"), ElementsAre("nombre-repetido"));
}

TEST(NormsAmended, OrgansAndProceduresByName) {
  EXPECT_THAT(Amended("sustituye órgano externo UDITH \"Unidad\""),
              ElementsAre("órgano UDITH: Unidad de Talento, la Unidad → Unidad; externo"));
  EXPECT_THAT(
      Amended("deroga MEFP\nagrega órgano MAE \"Máxima autoridad\""),
      ElementsAre("órgano MEFP: Ministerio; externo → ", "órgano MAE:  → Máxima autoridad"));
  EXPECT_THAT(Amended("deroga aviso"), ElementsAre(HasSubstr("trámite aviso: falta (N:51); ")));
  EXPECT_THAT(
      Amended("sustituye trámite aviso cita N:51\n hito falta\n"
              "hito cierre hasta 1 mes desde falta"),
      ElementsAre(testing::EndsWith("→ falta (N:51); cierre hasta 1 mes desde falta (N:51)")));
}

TEST(NormsAmended, TheRestByCitation) {
  EXPECT_THAT(Amended("sustituye exige proceso para falta grave cita N:2"),
              ElementsAre("exigencia de proceso N:2: falta gravísima, falta grave → falta grave"));
  EXPECT_THAT(
      Amended("sustituye deber N:3.p \"otro\"\nsustituye tutela N:5 con L:3"),
      ElementsAre("deber N:3.p: deber de todos → otro", "tutela de N:5: con N:4.II → con L:3"));
  EXPECT_THAT(Amended("deroga N:3"),
              ElementsAre("deber N:3.p: deber de todos → ", "tutela de N:3.p: con N:4.I → "));
  // By what sanctions too, and the residual clause by its name.
  EXPECT_THAT(Amended("deroga N:4.II"), ElementsAre("tutela de N:5: con N:4.II → "));
  EXPECT_THAT(Amended("deroga lo_demás"),
              ElementsAre("tutela de lo demás de persona: con N:4.III → "));
  EXPECT_THAT(Amended("agrega peor permiso que llegada"),
              ElementsAre("peor permiso que llegada:  → "));
}

// A line goes with the provision it cites; what runs from its milestone keeps a start.
TEST(NormsAmended, AMilestoneThatCitesWhatIsRepealed) {
  const std::vector<std::string> one = Amended("deroga N:26");
  ASSERT_EQ(one.size(), 1U);
  EXPECT_THAT(one[0].substr(one[0].find("→")), Not(HasSubstr("regularización")));
  const std::vector<std::string> both = Amended("deroga N:51.I\nderoga N:52");
  ASSERT_EQ(both.size(), 1U);
  EXPECT_EQ(both[0].substr(both[0].find("→")),
            "→ falta (N:51); regularización tras 2 meses desde comunicación, facultad de persona "
            "(N:26); solicitud 5 días hábiles antes de falta, obligación de persona (N:51); "
            "comunicación (N:51)");
  EXPECT_THAT(
      Amended("deroga L:9"),
      ElementsAre(testing::Not(HasSubstr("→ falta (N:51); comunicación hasta 24 horas desde "
                                         "falta, obligación de UDITH (N:51.I), si vence"))));
  EXPECT_THAT(Amended("deroga N:26\nderoga N:52\nderoga N:51"),
              ElementsAre(testing::EndsWith(" → ")));
  // Its lines of N:26 and of N:52 go with it, and those provisions are not repealed.
  EXPECT_THAT(Amended("deroga N:51"), ElementsAre("derogado-con-otro"));
}

}  // namespace
}  // namespace cotejo
