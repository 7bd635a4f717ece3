// The import of the official text: structure against a hand-made list, page noise, changes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "model/base/file.h"
#include "model/passages/coverage.h"
#include "model/passages/document.h"
#include "model/passages/pdf.h"
#include "model/passages/workspace.h"
#include "model/rules/resolve.h"

namespace cotejo::passages {
namespace {

namespace fs = std::filesystem;

using testing::ElementsAre;
using testing::IsEmpty;

Document Read(const std::string& text, base::Diagnostics& diagnostics) {
  base::SourceMap sources;
  return ReadDocument(sources, sources.Add("documento.txt", text), "RIP", diagnostics);
}

std::vector<std::string> Citations(const Document& document) {
  std::vector<std::string> citations;
  for (const Passage& passage : document.passages) citations.push_back(passage.citation.str());
  return citations;
}

std::string TextOf(const Document& document, const std::string& citation) {
  const Passage* passage = document.Find(base::ParseCitation(citation));
  return passage == nullptr ? "(no está)" : passage->text;
}

std::vector<std::string> Codes(const base::Diagnostics& diagnostics) {
  std::vector<std::string> codes;
  for (const base::Diagnostic& diagnostic : diagnostics.all()) codes.push_back(diagnostic.code);
  return codes;
}

// ---- The official text ----------------------------------------------------------------

std::string ReferencePath() {
  const char* folder = std::getenv("COTEJO_REFERENCIA");
  const fs::path base = folder != nullptr
                            ? fs::path(folder)
                            : fs::path(COTEJO_SOURCE_DIR).parent_path() / "shared" / "reference";
  return (base / "rip-2025.txt").string();
}

class OfficialText : public testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(ReferencePath())) {
      GTEST_SKIP() << "the official text is not there; set COTEJO_REFERENCIA to its folder";
    }
    base::Diagnostics diagnostics;
    text_ = base::ReadTextFile(ReferencePath(), diagnostics).value_or("");
    document_ = Read(text_, diagnostics_);
  }

  // Provisions under a citation, without its prefix, in the order of the text.
  [[nodiscard]] std::string Inside(const std::string& citation) const {
    const base::Citation outer = base::ParseCitation(citation);
    std::string all;
    for (const Passage& passage : document_.passages) {
      if (!passage.citation.within(outer) || passage.citation == outer) continue;
      std::string step;
      for (std::size_t i = outer.path.size(); i < passage.citation.path.size(); ++i)
        step += (step.empty() ? "" : ".") + passage.citation.path[i];
      all += (all.empty() ? "" : " ") + step;
    }
    return all;
  }

  std::string text_;
  base::Diagnostics diagnostics_;
  Document document_;
};

TEST_F(OfficialText, HasTheFiftyThreeArticlesEachOnce) {
  std::vector<std::string> expected, found;
  for (int i = 1; i <= 53; ++i) expected.push_back(std::to_string(i));
  for (const Passage& passage : document_.passages) {
    if (passage.citation.norm == "RIP" && passage.citation.path.size() == 1 &&
        passage.kind == PassageKind::Article) {
      found.push_back(passage.citation.path[0]);
      EXPECT_EQ(passage.copies, 1) << passage.citation.str();
      EXPECT_FALSE(passage.heading.empty()) << passage.citation.str();
    }
  }
  EXPECT_EQ(found, expected);
}

// Written by hand from the printed text, article by article.
TEST_F(OfficialText, HasTheStructureOfTheHandMadeList) {
  const std::vector<std::pair<const char*, const char*>> expected = {
      {"RIP:1", ""},
      {"RIP:2", "I II"},
      {"RIP:3", "a b c d e f g h i"},
      {"RIP:4", ""},
      {"RIP:5", ""},
      {"RIP:6", ""},
      {"RIP:7", "I II III IV"},
      {"RIP:8", ""},
      {"RIP:9", ""},
      {"RIP:10", ""},
      {"RIP:11", "a b c d e f g h i j k l m n o p q"},
      {"RIP:12", ""},
      {"RIP:13", ""},
      {"RIP:14", ""},
      {"RIP:15", "I I.1 I.2"},
      {"RIP:16", "I"},
      {"RIP:17", "a b c d e f"},
      {"RIP:18", "I I.a I.b I.c II III IV V"},
      {"RIP:19", ""},
      {"RIP:20", "I II II.a II.b II.c III IV V VI VII VIII IX"},
      {"RIP:21", "I II II.a II.b II.c II.d II.e III IV"},
      {"RIP:22", "I II III IV V"},
      {"RIP:23", "I II II.a II.b II.c"},
      {"RIP:24", "I II"},
      {"RIP:25", ""},
      {"RIP:26", "I II III"},
      {"RIP:27", "I II III"},
      {"RIP:28", "I I.a I.b I.c I.d II III"},
      {"RIP:29", ""},
      {"RIP:30", "I II"},
      {"RIP:31", "I II III IV"},
      {"RIP:32", "I II II.a II.b II.c"},
      {"RIP:33", "I II II.a II.b II.c II.d II.e II.f II.g II.h"},
      {"RIP:34", ""},
      {"RIP:35", ""},
      {"RIP:36", ""},
      {"RIP:37", ""},
      {"RIP:38", "I II"},
      {"RIP:39", ""},
      {"RIP:40", "I II II.a II.b II.c III"},
      {"RIP:41", "I II III III.cuadro"},
      {"RIP:42", ""},
      {"RIP:43", "I II II.a II.b II.c II.d II.e"},
      {"RIP:44", "I II II.a II.b II.c II.d II.e II.f II.g II.h"},
      {"RIP:45", "I I.1 I.2 I.3 I.4 I.5 I.6 II II.1 II.2 II.nota III III.1 III.2"},
      {"RIP:46", "I II III III.a III.b III.c IV IV.1 IV.2 IV.3 IV.4"},
      {"RIP:47", "I I.a I.b I.c II II.a II.b II.c III III.1 III.2 III.3 III.4 III.nota"},
      {"RIP:48", ""},
      {"RIP:49", "I I.a I.b I.c II"},
      {"RIP:50", ""},
      {"RIP:51", "I II III IV V"},
      {"RIP:52", ""},
      {"RIP:53", "I II"},
      {"RIP:P2", "1 2 nota"},
      {"RIP:AP1", "I II"},
      {"RIP:AP2", "I II"},
      {"RIP:AP3", "I II"},
      {"RIP:CRED", "I II III IV"},
  };
  int listed = 0;
  for (const auto& [citation, inside] : expected) {
    EXPECT_NE(document_.Find(base::ParseCitation(citation)), nullptr) << citation;
    EXPECT_EQ(Inside(citation), inside) << citation;
    ++listed;
    for (const char* c = inside; *c != '\0'; ++c) listed += *c == ' ' ? 1 : 0;
    listed += *inside != '\0' ? 1 : 0;
  }
  // Nothing of the regulation's own stands outside the list.
  const auto own = std::count_if(document_.passages.begin(), document_.passages.end(),
                                 [](const Passage& p) { return p.citation.norm == "RIP"; });
  EXPECT_EQ(own, listed);
}

TEST_F(OfficialText, HasTheInstrumentsOfTheSecondPart) {
  const std::vector<std::pair<const char*, const char*>> expected = {
      {"LEY2027",
       "7 7.I 7.I.a 7.I.b 7.I.c 7.I.d 7.I.e 7.I.f 7.I.g 7.II 7.II.a 7.II.b 7.II.c 7.II.d 7.II.e "
       "7.II.f 7.II.g 7.II.h 48 49 49.I 49.I.1 49.I.2 49.I.3 51 51.a 48.a 48.b 48.c"},
      {"DS25749",
       "13 13.a 13.b 13.c 13.d 13.e 14 22 27 27.a 28 28.I 29 21 21.I 21.II 21.III 20 20.a 20.b "
       "20.c 20.d 20.e 20.f"},
      {"DS26115", "26 26.a 26.a.1 26.a.2 26.a.3 65"},
      {"LEY19561214", "1 2 3"},
      {"DS20862", "4 6"},
      {"LEY975", "1"},
      {"LEY223", "5 5.19 34 34.11"},
      {"DS12", "1 2 3 3.a 3.b 3.c 4 5 5.I 5.II 5.III 6"},
      {"DS29608", "2 2.5 2.5.I 2.5.II"},
      {"DS115", "15 15.a 15.b"},
      {"LEY348", "35 35.12"},
      {"LEY798", "unico unico.1 unico.1.I unico.1.II unico.1.III unico.2 unico.3"},
      {"DS3164",
       "1 2 2.I 2.I.1 2.II 2.II.2 2.II.2.I 2.II.2.I.a 2.II.2.I.b 2.II.2.I.c 2.II.2.II 2.II.2.II.a "
       "2.II.2.II.b 2.II.2.II.c 2.II.2.III 2.III 2.III.3 2.IV 2.IV.4 2.IV.4.I 2.IV.4.II 2.VI "
       "2.VI.5 2.VI.5.I 2.VI.5.II 2.VII 2.VII.6 3"},
      {"RM033", "2 2.f"},
      {"DS1212", "unico unico.I unico.II unico.II.d unico.III"},
      {"DS3462",
       "1 2 3 3.1 3.2 3.3 4 4.1 4.2 4.3 4.4 4.5 4.6 4.7 4.8 5 5.1 5.2 5.3 5.4 5.5 5.6 5.7 5.8 6 "
       "6.I 6.I.1 6.I.2 6.I.3 6.I.4 6.I.5 6.II 6.III 6.IV 7 7.I 7.I.a 7.I.b 7.I.c 7.I.d 7.I.e "
       "7.II 7.III 8 8.I 8.II 8.III"},
  };
  std::set<std::string> norms = {"RIP"};
  for (const auto& [norm, inside] : expected) {
    EXPECT_EQ(Inside(norm), inside) << norm;
    norms.insert(norm);
  }
  for (const Passage& passage : document_.passages)
    EXPECT_TRUE(norms.contains(passage.citation.norm)) << passage.citation.str();
}

TEST_F(OfficialText, KeepsTheApprovingResolutionApartAndSaysWhatIsOdd) {
  ASSERT_EQ(document_.resolution.size(), 5U);
  EXPECT_EQ(document_.resolution[4].citation.str(), "RIP:RES.5");
  // The decree goes from paragraph IV to VI.
  EXPECT_THAT(Codes(diagnostics_), ElementsAre("numeración-con-salto"));
}

TEST_F(OfficialText, LeavesNoPageHeaderInAPassage) {
  for (const Passage& passage : document_.passages) {
    for (const char* noise : {"UDITH-REG", "Vigente desde", "Página", "<small>", "**",
                              "Versión:", "ESTADO PLURINACIONAL DE BOLIVIA"}) {
      EXPECT_EQ(passage.text.find(noise), std::string::npos) << passage.citation.str();
    }
    EXPECT_EQ(passage.text.find("  "), std::string::npos) << passage.citation.str();
  }
}

TEST_F(OfficialText, OneDigitEditedIsExactlyOneProvision) {
  const std::vector<Tie> ties = TieAll(document_);
  EXPECT_THAT(ChangesSince(ties, document_), IsEmpty());
  const std::vector<std::pair<std::string, std::string>> edits = {
      {"121 minutos de atraso o más en el mes, por segunda", "RIP:46.IV.1"},
      {"91 a 120 mins", "RIP:45.I.5"},
      {"tolerancia de cinco (5) minutos posteriores", "RIP:22.V"},
      {"setenta y dos (72) horas computables", "RIP:51.III"},
      {"registre su asistencia pasados treinta (30) minutos", "RIP:45.II"},
      {"Hasta quince (15) días laborables continuos", "DS3462:5.7"},
      {"20 días hábiles.", "LEY2027:49.I.2"},
  };
  for (const auto& [words, citation] : edits) {
    std::string edited = text_;
    const std::size_t at = edited.find(words);
    ASSERT_NE(at, std::string::npos) << words;
    const std::size_t digit = edited.find_first_of("0123456789", at);
    edited[digit] = edited[digit] == '9' ? '8' : static_cast<char>(edited[digit] + 1);
    base::Diagnostics diagnostics;
    const auto changes = ChangesSince(ties, Read(edited, diagnostics));
    ASSERT_EQ(changes.size(), 1U) << words;
    EXPECT_EQ(changes[0].citation.str(), citation);
    EXPECT_EQ(changes[0].kind, Change::Kind::Changed);
    EXPECT_NE(ExcerptOf(changes[0]).before, ExcerptOf(changes[0]).after);
  }
}

// The same for the first digit of every provision that has one where the source has its words
// unbroken.
TEST_F(OfficialText, TheFirstDigitOfAnyProvisionIsItsOwn) {
  const std::vector<Tie> ties = TieAll(document_);
  int tried = 0;
  for (const Passage& passage : document_.passages) {
    const std::size_t digit = passage.text.find_first_of("0123456789");
    if (digit == std::string::npos || passage.copies > 1) continue;
    std::size_t line = 0;
    for (int i = 1; i < passage.line; ++i) line = text_.find('\n', line) + 1;
    const std::size_t before = std::min<std::size_t>(digit, 20);
    const std::size_t at = text_.find(passage.text.substr(digit - before, before + 1), line);
    if (at == std::string::npos) continue;  // a table's cells, a page break
    std::string edited = text_;
    char& c = edited[at + before];
    c = c == '9' ? '8' : static_cast<char>(c + 1);
    base::Diagnostics diagnostics;
    const auto changes = ChangesSince(ties, Read(edited, diagnostics));
    ASSERT_EQ(changes.size(), 1U) << passage.citation.str();
    EXPECT_EQ(changes[0].citation, passage.citation);
    ++tried;
  }
  EXPECT_GT(tried, 100);
}

TEST_F(OfficialText, EveryProvisionOfTheRegulationIsCovered) {
  base::SourceMap sources;
  base::Diagnostics diagnostics;
  const auto regulation = rules::LoadRegulation(
      sources, std::string(COTEJO_SOURCE_DIR) + "/regulations/rip-2025", {}, diagnostics);
  ASSERT_TRUE(regulation.rules) << diagnostics.errors();
  EXPECT_EQ(MainNorm(*regulation.rules), "RIP");
  const CoverageLedger ledger = BuildLedger(*regulation.rules, regulation.files, document_);
  EXPECT_EQ(base::JoinCitations(ledger.Pending()), "");
  EXPECT_EQ(ledger.provisions.size(), document_.passages.size());
  EXPECT_FALSE(ledger.Misses("RIP"));
  EXPECT_TRUE(ledger.Misses("LEY2027"));  // the document brings some of its articles
}

// The third row without its tab: the ones after it move up, and there is no sixth.
TEST_F(OfficialText, ARowThatLosesItsColumnsIsSaidAndMissed) {
  const std::string row = "46 a 60 mins\tUn (1) día";
  std::string damaged = text_;
  const std::size_t at = damaged.find(row);
  ASSERT_NE(at, std::string::npos);
  damaged[damaged.find('\t', at)] = ' ';
  base::Diagnostics diagnostics;
  const Document document = Read(damaged, diagnostics);
  ASSERT_THAT(Codes(diagnostics), ElementsAre("cuadro-dudoso", "numeración-con-salto"));
  EXPECT_EQ(diagnostics.all()[0].article.str(), "RIP:45.I.2");
  base::SourceMap sources;
  const auto regulation = rules::LoadRegulation(
      sources, std::string(COTEJO_SOURCE_DIR) + "/regulations/rip-2025", {}, diagnostics);
  ASSERT_TRUE(regulation.rules) << diagnostics.errors();
  const CoverageLedger ledger = BuildLedger(*regulation.rules, regulation.files, document);
  EXPECT_TRUE(ledger.Misses("RIP"));
  EXPECT_THAT(ledger.without_passage, testing::Contains(base::ParseCitation("RIP:45.I.6")));
}

TEST_F(OfficialText, ATableThatJoinsAnotherIsSaid) {
  std::string damaged = text_;
  const std::size_t at = damaged.find("\nIII. Omisión en el Registro de Asistencia:");
  ASSERT_NE(at, std::string::npos);
  damaged.erase(at + 1, 5);
  base::Diagnostics diagnostics;
  Read(damaged, diagnostics);
  ASSERT_THAT(Codes(diagnostics), ElementsAre("cuadro-dudoso", "numeración-con-salto"));
  EXPECT_EQ(diagnostics.all()[0].article.str(), "RIP:45.II");
}

// ---- Small texts ----------------------------------------------------------------------

TEST(Passages, ATableOfContentsIsNotTheText) {
  base::Diagnostics diagnostics;
  const Document document = Read(
      "TÍTULO I\n\nARTÍCULO 1. (OBJETO)\nARTÍCULO 2. (ALCANCE)\n\n\tPágina:\t1 de 2\n\n"
      "TÍTULO I\n\nARTÍCULO 1. (OBJETO)\n\nRegula algo.\n\nARTÍCULO 2. (ALCANCE)\n\nA todos.\n",
      diagnostics);
  EXPECT_THAT(Citations(document), ElementsAre("RIP:1", "RIP:2"));
  EXPECT_EQ(TextOf(document, "RIP:2"), "A todos.");
  EXPECT_THAT(Codes(diagnostics), IsEmpty());
}

TEST(Passages, LabelsAreFoundInsideALineOnlyInOrder) {
  base::Diagnostics diagnostics;
  const Document document = Read(
      "ARTÍCULO 1. (CASOS)\n\nI. Son casos: a) uno; b) dos, según los incisos a) y c) de otra ley; "
      "c) tres. II. Los demás, no.\n",
      diagnostics);
  EXPECT_THAT(Citations(document),
              ElementsAre("RIP:1", "RIP:1.I", "RIP:1.I.a", "RIP:1.I.b", "RIP:1.I.c", "RIP:1.II"));
  EXPECT_EQ(TextOf(document, "RIP:1.I.b"), "dos, según los incisos a) y c) de otra ley;");
}

TEST(Passages, APageBreakInsideAProvisionLeavesNoTrace) {
  base::Diagnostics diagnostics;
  const std::string whole = "ARTÍCULO 1. (X)\n\nI. Una frase que sigue en la otra página.\n";
  const std::string broken =
      "ARTÍCULO 1. (X)\n\nI. Una frase que\n\n\tENTIDAD\tCódigo:\tREG-4\n\tTipo de documento: R\t"
      "Vigente desde:\t01/01/2025\n\t\tPágina:\t2 de 9\n\nsigue en la otra página.\n";
  EXPECT_THAT(ChangesSince(TieAll(Read(whole, diagnostics)), Read(broken, diagnostics)), IsEmpty());
}

TEST(Passages, AMentionAtTheStartOfALineOpensNothing) {
  base::Diagnostics diagnostics;
  const Document document = Read(
      "ARTÍCULO 1. (X)\n\nComo dispone el\nArtículo 7 de la Ley N° 1, y el\nArtículo 32 (Proceso) "
      "de las normas básicas.\n\nARTÍCULO 2. (Y)\n\nNada.\n",
      diagnostics);
  EXPECT_THAT(Citations(document), ElementsAre("RIP:1", "RIP:2"));
}

TEST(Passages, NumbersThatJumpOrGoBackAreSaid) {
  base::Diagnostics diagnostics;
  const Document document =
      Read("ARTÍCULO 1. (X)\n\nI. Uno.\n\nIII. Tres.\n\nII. Dos.\n\nARTÍCULO 3. (Y)\n\nNada.\n",
           diagnostics);
  EXPECT_THAT(Citations(document), ElementsAre("RIP:1", "RIP:1.I", "RIP:1.III", "RIP:3"));
  EXPECT_THAT(Codes(diagnostics),
              ElementsAre("numeración-con-salto", "numeración-que-vuelve", "numeración-con-salto"));
}

TEST(Passages, ATableHasItsHeaderItsRowsAndCellsThatGoOn) {
  base::Diagnostics diagnostics;
  const Document document = Read(
      "ARTÍCULO 1. (X)\n\nI. Según esta escala:\n\nCAUSAL\tSANCIÓN\nEn minutos de\tEn días de la\n"
      "atraso\tremuneración\n1 a 30\tSin sanción\n31 o más, en el\tMedio día de la\nmes\t"
      "remuneración\nNota: Es todo.\n\nII. Otra cosa.\n",
      diagnostics);
  EXPECT_THAT(Citations(document), ElementsAre("RIP:1", "RIP:1.I", "RIP:1.I.1", "RIP:1.I.2",
                                               "RIP:1.I.nota", "RIP:1.II"));
  EXPECT_EQ(TextOf(document, "RIP:1.I.1"), "1 a 30 | Sin sanción");
  EXPECT_EQ(TextOf(document, "RIP:1.I.nota"), "Es todo.");
  EXPECT_THAT(Codes(diagnostics), IsEmpty());
}

TEST(Passages, ATableWithoutColumnsIsSaid) {
  base::Diagnostics diagnostics;
  Read("ARTÍCULO 1. (X)\n\nI. Escala:\n\nCAUSAL\tSANCIÓN\n1 a 30 Sin sanción\n31 Medio día\n",
       diagnostics);
  EXPECT_THAT(Codes(diagnostics), ElementsAre("cuadro-dudoso"));
}

TEST(Passages, ALineWithoutColumnsAmongRowsIsSaidUnlessACellGoesOn) {
  base::Diagnostics diagnostics;
  const Document document = Read(
      "ARTÍCULO 1. (X)\n\nI. Escala:\n\nCAUSAL\tSANCIÓN\n1 a 30, en\tNada\nel mes\n31 Medio "
      "día\n61\tUn día\n",
      diagnostics);
  EXPECT_THAT(Codes(diagnostics), ElementsAre("cuadro-dudoso"));
  EXPECT_EQ(TextOf(document, "RIP:1.I.1"), "1 a 30, en | Nada el mes 31 Medio día");
  EXPECT_EQ(TextOf(document, "RIP:1.I.2"), "61 | Un día");
}

TEST(Passages, ATableThatJoinsAnotherOfTheSameProvisionIsSaid) {
  base::Diagnostics diagnostics;
  const std::string table = "CAUSAL\tSANCIÓN\nUna vez\tMedio día\n\n";
  Read("ARTÍCULO 1. (X)\n\nI. Uno:\n\n" + table + "II. Dos:\n\n" + table, diagnostics);
  EXPECT_THAT(Codes(diagnostics), IsEmpty());
  Read("ARTÍCULO 1. (X)\n\nI. Uno:\n\n" + table + "Dos:\n\n" + table, diagnostics);
  ASSERT_THAT(Codes(diagnostics), ElementsAre("cuadro-dudoso"));
  EXPECT_EQ(diagnostics.all()[0].article.str(), "RIP:1.I");
}

TEST(Passages, ATextWithoutArticlesIsAnError) {
  base::Diagnostics diagnostics;
  EXPECT_THAT(Read("Nada que ver.\n", diagnostics).passages, IsEmpty());
  EXPECT_THAT(Codes(diagnostics), ElementsAre("documento-sin-artículos"));
  EXPECT_TRUE(diagnostics.has_errors());
}

TEST(Passages, HostileLinesDoNotBreakTheReader) {
  for (const char* text :
       {"ARTÍCULO 1.\n- \nI.\na)\n”\n“f) x”\n\t\n|\nCAUSAL\tSANCIÓN\nx\n\ny\n",
        "ARTÍCULO 1. (A\nCAUSAL\tSANCIÓN\n\n\nNota.\nNota: x\n1. Y\n9. Z",
        "PARTE SEGUNDA\nARTÍCULO 1.- X\nLEY N° 5\n“ARTÍCULO 9.- x ”” ”\nI. x",
        "ARTÍCULO 1. (X)\nPARTE SEGUNDA\nI. APÉNDICE X\n“a) x\nLEY N° 1\nx:\n"}) {
    base::Diagnostics diagnostics;
    Read(text, diagnostics);
  }
}

// ---- Workspace ------------------------------------------------------------------------

class Folder : public testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        fs::path(testing::TempDir()) /
        ("cotejo_" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  void Write(const std::string& name, const std::string& content) const {
    std::ofstream(folder_ / name, std::ios::binary) << content;
  }
  fs::path folder_;
};

TEST_F(Folder, AWorkspaceIsReadBackAsWritten) {
  base::Diagnostics diagnostics;
  Workspace workspace;
  workspace.source = "x.txt";
  workspace.document = Read("TÍTULO I\n\nARTÍCULO 1. (X)\n\nI. Uno.\n", diagnostics);
  workspace.ties = TieAll(workspace.document);
  workspace.ties[1].encoded_by = {"regla r"};
  Write("pasajes.json", WriteWorkspace(workspace));
  base::SourceMap sources;
  const auto read = LoadWorkspace(folder_.string(), sources, diagnostics);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(WriteWorkspace(*read), WriteWorkspace(workspace));
  ASSERT_EQ(read->document.divisions.size(), 1U);
  EXPECT_EQ(read->document.divisions[0].text, "TÍTULO I");
  EXPECT_FALSE(LoadWorkspace(folder_.string() + "/otra", sources, diagnostics).has_value());
  EXPECT_THAT(Codes(diagnostics), IsEmpty());
}

TEST_F(Folder, AnEditedWorkspaceIsNotBelieved) {
  base::Diagnostics diagnostics;
  Workspace workspace;
  workspace.document = Read("ARTÍCULO 1. (X)\n\nI. Uno.\n", diagnostics);
  std::string json = WriteWorkspace(workspace);
  json.replace(json.find("Uno."), 4, "Dos.");
  for (const std::string& content : {json, std::string("{}"), std::string("no es JSON")}) {
    Write("pasajes.json", content);
    base::SourceMap sources;
    base::Diagnostics said;
    EXPECT_FALSE(LoadWorkspace(folder_.string(), sources, said).has_value());
    EXPECT_THAT(Codes(said), ElementsAre("espacio-dañado"));
  }
}

TEST(Workspace, SaysWhatIsNewAndWhatIsGone) {
  base::Diagnostics diagnostics;
  const auto ties = TieAll(Read("ARTÍCULO 1. (X)\n\nI. Uno.\n\nII. Dos.\n", diagnostics));
  const auto changes = ChangesSince(
      ties, Read("ARTÍCULO 1. (X)\n\nI. Uno.\n\nARTÍCULO 2. (Y)\n\nNo.\n", diagnostics));
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes[0].citation.str(), "RIP:2");
  EXPECT_EQ(changes[0].kind, Change::Kind::Added);
  EXPECT_EQ(changes[1].citation.str(), "RIP:1.II");
  EXPECT_EQ(changes[1].kind, Change::Kind::Removed);
}

TEST(Workspace, QuotesThePassageOrTheOneThatHoldsIt) {
  base::Diagnostics diagnostics;
  Workspace workspace;
  workspace.document = Read("ARTÍCULO 1. (X)\n\nI. Uno.\n\nII. Dos.\n", diagnostics);
  base::CheckReport report;
  report.findings.resize(1);
  report.findings[0].articles = {base::ParseCitation("RIP:1.II"), base::ParseCitation("RIP:9")};
  report.findings[0].witness.answers.push_back({base::ParseCitation("RIP:1.I.a"), "r", {}, true});
  QuotePassages(workspace, report);
  ASSERT_EQ(report.findings[0].passages.size(), 2U);
  EXPECT_EQ(report.findings[0].passages[0].text, "Uno.");
  EXPECT_EQ(report.findings[0].passages[1].citation.str(), "RIP:1.II");
}

TEST(Digest, IsSha256) {
  EXPECT_EQ(Sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

// ---- PDF ------------------------------------------------------------------------------

// A one-page PDF with these lines in Courier, two line heights apart.
std::string SmallPdf(const std::vector<std::string>& lines) {
  std::string content = "BT /F1 11 Tf 30 TL 50 780 Td\n";
  for (const std::string& line : lines) content += "(" + line + ") Tj T*\n";
  content += "ET\n";
  const std::vector<std::string> objects = {
      "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << "
      "/F1 4 0 R >> >> >>",
      "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
      "<< /Length " + std::to_string(content.size()) + " >>\nstream\n" + content + "endstream"};
  std::string pdf = "%PDF-1.4\n";
  std::string table = "0000000000 65535 f \n";
  for (std::size_t i = 0; i < objects.size(); ++i) {
    std::string offset = std::to_string(pdf.size());
    table += std::string(10 - offset.size(), '0') + offset + " 00000 n \n";
    pdf += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  const std::string xref = std::to_string(pdf.size());
  return pdf + "xref\n0 6\n" + table + "trailer << /Size 6 /Root 1 0 R >>\nstartxref\n" + xref +
         "\n%%EOF\n";
}

TEST_F(Folder, APdfIsReadThroughPoppler) {
  Write("x.pdf", SmallPdf({"ART\\315CULO 1. \\(OBJETO\\)", "I. Son casos:", "a\\) uno;",
                           "CAUSAL            SANCION", "121 minutos       Seis \\(6\\) dias"}));
  const std::string path = (folder_ / "x.pdf").string();
  ASSERT_TRUE(IsPdf(path));
  base::Diagnostics diagnostics;
  const auto text = ReadPdf(path, diagnostics);
  if (!text && Codes(diagnostics) == std::vector<std::string>{"sin-pdftotext"})
    GTEST_SKIP() << "pdftotext is not installed";
  ASSERT_TRUE(text.has_value());
  const Document document = Read(*text, diagnostics);
  EXPECT_THAT(Citations(document), ElementsAre("RIP:1", "RIP:1.I", "RIP:1.I.a", "RIP:1.I.a.1"));
  EXPECT_EQ(TextOf(document, "RIP:1.I.a.1"), "121 minutos | Seis (6) dias");
}

TEST_F(Folder, WhatIsNoPdfAndAMissingPopplerAreSaid) {
  Write("malo.pdf", "%PDF-1.4\nnada");
  const std::string path = (folder_ / "malo.pdf").string();
  base::Diagnostics missing;
  EXPECT_FALSE(ReadPdf(path, missing, "no-hay-tal-programa").has_value());
  EXPECT_THAT(Codes(missing), ElementsAre("sin-pdftotext"));
  base::Diagnostics broken;
  EXPECT_FALSE(ReadPdf(path, broken).has_value());
  EXPECT_THAT(Codes(broken),
              testing::AnyOf(ElementsAre("pdf-ilegible"), ElementsAre("sin-pdftotext")));
  EXPECT_FALSE(IsPdf((folder_ / "no-existe.pdf").string()));
  Write("vacio.pdf", SmallPdf({}));
  base::Diagnostics blank;
  EXPECT_FALSE(ReadPdf((folder_ / "vacio.pdf").string(), blank).has_value());
  EXPECT_THAT(Codes(blank),
              testing::AnyOf(ElementsAre("pdf-sin-texto"), ElementsAre("sin-pdftotext")));
}

}  // namespace
}  // namespace cotejo::passages
