// The citation graph: references in prose, who depends on what, exports.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "model/citations/graph.h"
#include "model/language/parse.h"
#include "model/rules/resolve.h"

namespace cotejo::citations {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::IsSupersetOf;
using testing::Not;

std::vector<std::string> Found(std::string_view text) {
  static constexpr const char* kKinds[] = {"cita", "remite", "modifica", "reemplaza"};
  std::vector<std::string> found;
  for (const Reference& reference : ReferencesIn(text, "RIP"))
    found.push_back(std::string(kKinds[static_cast<int>(reference.kind)]) + " " +
                    reference.target.str());
  return found;
}

TEST(References, AreReadWithTheirNormAndPlace) {
  EXPECT_THAT(Found("según el Parágrafo I del Artículo 49 de la Ley N° 2027"),
              ElementsAre("cita LEY2027:49.I"));
  EXPECT_THAT(Found("los Artículos 235 y 237 de la Constitución Política del Estado"),
              ElementsAre("cita CPE:235", "cita CPE:237"));
  EXPECT_THAT(Found("Artículo 9 de la Ley N°2027 y demás"), ElementsAre("cita LEY2027:9"));
  EXPECT_THAT(Found("el Decreto Supremo N° 23318-A, de 1992, y el Decreto Supremo N° 26237"),
              ElementsAre("cita DS23318A", "cita DS26237"));
  EXPECT_THAT(Found("descrito en el Artículo 5 del presente reglamento"),
              ElementsAre("cita RIP:5"));
  EXPECT_THAT(Found("de conformidad al Artículo 29 de la Ley N° 1178"),
              ElementsAre("remite LEY1178:29"));
}

TEST(References, OfAnUnnamedNormAreNotGuessed) {
  EXPECT_THAT(Found("el Artículo 15 del Reglamento de Permisos"), IsEmpty());
  EXPECT_THAT(Found("el artículo anterior, y la ley"), IsEmpty());
}

// The rules made for a law are not the law.
TEST(References, OfTheRulesForALawAreOfTheNormThatApprovedThem) {
  EXPECT_THAT(
      Found("Se modifica el inciso d) del Artículo 20 del Reglamento a la Ley 2027, aprobado "
            "por Decreto Supremo N° 25749, con el siguiente texto"),
      ElementsAre("modifica DS25749:20.d"));
}

TEST(References, SayWhatTheyDo) {
  EXPECT_THAT(Found("Se modifica el Artículo 5 del Decreto Supremo N° 27477"),
              ElementsAre("modifica DS27477:5"));
  EXPECT_THAT(Found("la Ley N° 252, modificada por la Ley N° 798"),
              ElementsAre("cita LEY252", "cita LEY798"));
  EXPECT_THAT(Found("abroga la Ley N° 1"), ElementsAre("reemplaza LEY1"));
  EXPECT_THAT(Found("modifica DS25749:23.I."), ElementsAre("modifica DS25749:23.I"));
}

// ---- A norm small enough to follow by hand ---------------------------------------------

constexpr const char* kNorm = R"(# Norma
```norma
jerarquía ley > reglamento
norma RIP "Reglamento" rango reglamento vigente desde 2025-01-01
norma LEY1 "Ley" rango ley vigente desde 2020-01-01

enumeración inciso = RIP:3.a, RIP:3.b
hecho llegada en día minutos: minutos
hecho atraso derivado en día minutos: minutos
hecho conducta derivado en día inciso: inciso
hecho queja en día inciso: inciso

parámetro tolerancia cita RIP:1 = 5 minutos
parámetro ajeno cita RIP:9 = 3 veces
califica llegada como atraso cita RIP:2 cuando minutos > tolerancia con minutos = minutos - tolerancia
medida suma_de_atraso por mes cita RIP:2.I = suma(atraso.minutos)
regla mucho_atraso cita RIP:4 sobre atraso por mes cuando suma_de_atraso >= 60 minutos
  falta grave entonces descuento 1 día
califica atraso por mes como conducta cita RIP:3.a cuando suma_de_atraso >= 120 minutos
  con inciso = RIP:3.a
califica queja como conducta cita RIP:3.b con inciso = inciso
medida vez por gestión cita RIP:5 = cuenta(conducta del mismo inciso)
regla reincide_a cita RIP:6.a sobre conducta cuando inciso = RIP:3.a y vez >= 2
  falta grave entonces descuento 2 días
regla reincide_b cita RIP:6.b sobre conducta cuando inciso = RIP:3.b y vez >= ajeno
  falta grave entonces obligación jefe "avisar" en 24 horas
remite RIP:7 a RIP:4 "se aplica lo mismo"
remite RIP:8 a LEY1:2 "lo de la ley"
remite LEY1:3 a RIP:11 "sustituye el plazo"
declara LEY1:2 "modifica RIP:9"
```
)";

class SmallGraph : public testing::Test {
 protected:
  void SetUp() override {
    const base::FileId file = sources_.Add("n.norma.md", kNorm);
    base::Diagnostics diagnostics;
    files_.push_back(language::Parse(sources_, file, diagnostics));
    program_ = rules::BuildProgram(sources_, files_);
    rules_ = rules::Resolve(sources_, program_, {}, diagnostics);
    for (const base::Diagnostic& diagnostic : diagnostics.all())
      ADD_FAILURE() << base::Render(diagnostic, sources_, base::Language::Spanish);
    ASSERT_TRUE(rules_);
    graph_ = BuildGraph(*rules_, files_, texts_, "RIP");
  }
  [[nodiscard]] std::string Provisions(const char* on) const {
    return base::JoinCitations(DependsOn(graph_, base::ParseCitation(on)).provisions);
  }
  [[nodiscard]] std::vector<std::string> Declarations(const char* on) const {
    std::vector<std::string> names;
    for (const Dependent& d : DependsOn(graph_, base::ParseCitation(on)).declarations)
      names.push_back(graph_.graph[d.vertex].label.es);
    std::sort(names.begin(), names.end());
    return names;
  }

  base::SourceMap sources_;
  std::vector<language::NormFile> files_;
  rules::Program program_;
  std::shared_ptr<const rules::Ruleset> rules_;
  std::vector<ProvisionText> texts_ = {
      {base::ParseCitation("RIP:10"), "OTRO", "Como dice el Artículo 1 del presente reglamento."}};
  CitationGraph graph_;
};

// tolerance → atraso → its sum → the fault (4), and the conduct 3.a → its recidivism (6.a);
// 7 defers to 4; 10 cites 1. The recidivism of 3.b (6.b) has nothing to do with lateness.
TEST_F(SmallGraph, FollowsUsesAndDeferralsToTheEnd) {
  EXPECT_EQ(Provisions("RIP:1"), "RIP:2, RIP:2.I, RIP:3.a, RIP:4, RIP:5, RIP:6.a, RIP:7, RIP:10");
  const auto declarations = Declarations("RIP:1");
  EXPECT_THAT(declarations, IsSupersetOf({"parámetro tolerancia", "medida suma_de_atraso",
                                          "regla mucho_atraso", "regla reincide_a", "medida vez"}));
  EXPECT_THAT(declarations, Not(Contains("regla reincide_b")));
}

TEST_F(SmallGraph, FollowsWhatModifiesAndItsDuties) {
  // 9 is modified by LEY1:2, to which 8 defers; its parameter is used by 6.b.
  EXPECT_EQ(Provisions("RIP:9"), "LEY1:2, RIP:6.b, RIP:8");
  EXPECT_THAT(Declarations("RIP:9"), ElementsAre("obligación de jefe: avisar en 24 horas",
                                                 "parámetro ajeno", "regla reincide_b"));
}

TEST_F(SmallGraph, ANormAsksForAllOfIt) {
  EXPECT_EQ(Provisions("LEY1"), "RIP:8");
  EXPECT_EQ(Provisions("RIP:7"), "");
}

TEST_F(SmallGraph, SaysThroughWhat) {
  for (const Dependent& d : DependsOn(graph_, base::ParseCitation("RIP:1")).declarations) {
    if (graph_.graph[d.vertex].id != "regla mucho_atraso") continue;
    std::vector<std::string> via;
    for (const VertexId v : d.via) via.push_back(graph_.graph[v].label.es);
    EXPECT_THAT(via, Contains(testing::HasSubstr("llegada")));
    return;
  }
  ADD_FAILURE() << "mucho_atraso does not depend on RIP:1";
}

TEST_F(SmallGraph, HasVerticesAndEdgesOfEveryKindItShould) {
  std::set<std::string> vertices, edges;
  for (const VertexId v : SortedVertices(graph_))
    vertices.insert(Describe(graph_.graph[v].kind).en);
  for (const SortedEdge& edge : SortedEdges(graph_)) edges.insert(Describe(edge.kind).en);
  EXPECT_THAT(vertices, testing::UnorderedElementsAre("norm", "provision", "definition", "fault",
                                                      "duty", "organ", "term", "fact"));
  EXPECT_THAT(edges, testing::UnorderedElementsAre("contains", "cites", "defers to", "modifies",
                                                   "replaces", "defines", "sanctions", "uses",
                                                   "concerns", "binds", "within"));
}

TEST_F(SmallGraph, ExportsAreWholeAndRepeatable) {
  const CitationGraph again = BuildGraph(*rules_, files_, texts_, "RIP");
  for (const base::Language language : {base::Language::Spanish, base::Language::English}) {
    EXPECT_EQ(ToDot(graph_, language), ToDot(again, language));
    EXPECT_EQ(ToGraphMl(graph_, language), ToGraphMl(again, language));
  }
  EXPECT_EQ(ToJson(graph_), ToJson(again));
  EXPECT_THAT(ToDot(graph_, base::Language::Spanish), testing::HasSubstr("label=\"RIP:6.a\""));
  EXPECT_THAT(ToGraphMl(graph_, base::Language::Spanish), testing::HasSubstr("<graphml"));
  EXPECT_THAT(ToJson(graph_), testing::HasSubstr("cotejo-grafo/1"));
}

// ---- The regulation ---------------------------------------------------------------------

class RipGraph : public testing::Test {
 protected:
  void SetUp() override {
    base::Diagnostics diagnostics;
    regulation_ = rules::LoadRegulation(
        sources_, std::string(COTEJO_SOURCE_DIR) + "/regulations/rip-2025", {}, diagnostics);
    ASSERT_TRUE(regulation_.rules);
    graph_ = BuildGraph(*regulation_.rules, regulation_.files, {}, "RIP");
  }
  [[nodiscard]] std::vector<std::string> Provisions(const char* on) const {
    std::vector<std::string> citations;
    for (const base::Citation& c : DependsOn(graph_, base::ParseCitation(on)).provisions)
      citations.push_back(c.str());
    return citations;
  }
  base::SourceMap sources_;
  rules::Regulation regulation_;
  CitationGraph graph_;
};

// By hand: the tolerance makes the minutes of 45.I, whose months of 121 are 46.IV.1 and 47.III.1
// and are counted by gestión (50). The month of 46.IV.1 is a serious fault with a recidivism of
// its own (46.IV, 47.I.a, 47.II.a) and goes to the file (41.III). What is deducted is notified
// (51.II, 51.III) and stops at the ceiling of Ley 1178 (29), to which 9 and 49.II defer. How
// many times a conduct was committed is counted by 44.II.a, of any conduct.
TEST_F(RipGraph, NamesWhatDependsOnTheEntryTolerance) {
  EXPECT_THAT(Provisions("RIP:22.V"),
              testing::UnorderedElementsAre("LEY1178:29", "RIP:9", "RIP:41.III", "RIP:44.II.a",
                                            "RIP:45.I", "RIP:46.IV", "RIP:46.IV.1", "RIP:47.I.a",
                                            "RIP:47.II.a", "RIP:47.III.1", "RIP:49.II", "RIP:50",
                                            "RIP:51.II", "RIP:51.III"));
}

// By hand: what remits to the decree (RIP:3.f is the legal basis, 37 and LEY2027:51 the
// aguinaldo; DS1212, DS5470 and DS5498 amend it), the appendix that regulates its study
// tolerance (AP2), and the aguinaldo of LEY2027:51.a and the second one of DS1802, which ask
// whether the gestión of 28.I is complete.
TEST_F(RipGraph, NamesWhatDependsOnTheDecreeOfThePublicServants) {
  EXPECT_THAT(Provisions("DS25749"),
              testing::UnorderedElementsAre("RIP:3.f", "RIP:11", "RIP:37", "RIP:33.II.h",
                                            "RIP:AP2.I", "RIP:AP2.II", "LEY2027:51",
                                            // Their procedures for the certificate cite its 20.c.
                                            "RIP:21.II.c", "LEY2027:48.c", "LEY2027:51.a",
                                            "DS1212:unico.II", "DS1802", "DS5470:1", "DS5498:1"));
}

}  // namespace
}  // namespace cotejo::citations
