#include "model/base/source.h"

#include <gtest/gtest.h>

#include "model/base/utf8.h"

namespace cotejo::base {
namespace {

Span SpanOf(const SourceMap& sources, FileId file, std::string_view piece) {
  const std::size_t at = sources.file(file).content.find(piece);
  EXPECT_NE(at, std::string::npos) << piece;
  return {file, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(piece.size())};
}

Diagnostic Mistake(Span span) {
  return {"nombre-desconocido",
          Severity::Error,
          span,
          {"nombre desconocido", "unknown name"},
          {"¿quiso decir «tolerancia»?", "did you mean \"tolerancia\"?"},
          ParseCitation("RIP:22.V")};
}

TEST(SourceMap, PlacesAreCountedInCharacters) {
  SourceMap sources;
  const FileId file = sources.Add("a.norma.md", "parámetro ñandú\r\nsí x\n");
  EXPECT_EQ(sources.place(SpanOf(sources, file, "ñandú")).column, 11);
  const Place x = sources.place(SpanOf(sources, file, "x"));
  EXPECT_EQ(x.line, 2);
  EXPECT_EQ(x.column, 4);
  EXPECT_EQ(sources.line(file, 1), "parámetro ñandú");
  EXPECT_EQ(sources.line(file, 2), "sí x");
  EXPECT_EQ(sources.line(file, 3), "");
  EXPECT_EQ(sources.line(file, 0), "");
  EXPECT_EQ(sources.line(file, 9), "");
  EXPECT_EQ(sources.text(SpanOf(sources, file, "ñandú")), "ñandú");
  const Place past = sources.place({file, 9999, 3});
  EXPECT_EQ(past.line, 3);
  EXPECT_EQ(past.column, 1);
  EXPECT_EQ(sources.text({file, 9999, 3}), "");
}

TEST(SourceMap, IdsStayValidAsFilesAreAdded) {
  SourceMap sources;
  const FileId first = sources.Add("1", "uno");
  const SourceFile* before = &sources.file(first);
  for (int i = 0; i < 1000; ++i) sources.Add("n", "x");
  EXPECT_EQ(before, &sources.file(first));
  EXPECT_EQ(sources.size(), 1001U);
}

TEST(Render, PutsTheCaretUnderTheCharacter) {
  SourceMap sources;
  const FileId file = sources.Add("rip.norma.md", "línea\nparámetro tólerancias = 5\n");
  const Diagnostic mistake = Mistake(SpanOf(sources, file, "tólerancias"));
  EXPECT_EQ(Render(mistake, sources, Language::Spanish),
            "rip.norma.md:2:11: error: nombre desconocido (RIP:22.V) [nombre-desconocido]\n"
            "    2 | parámetro tólerancias = 5\n"
            "      |           ^~~~~~~~~~~\n"
            "  pista: ¿quiso decir «tolerancia»?\n");
  EXPECT_EQ(Render(mistake, sources, Language::English),
            "rip.norma.md:2:11: error: unknown name (RIP:22.V) [nombre-desconocido]\n"
            "    2 | parámetro tólerancias = 5\n"
            "      |           ^~~~~~~~~~~\n"
            "  hint: did you mean \"tolerancia\"?\n");
}

TEST(Render, TabsControlsAndSeparateAccentsDoNotMoveTheCaret) {
  SourceMap sources;
  const FileId file = sources.Add("f", "\ta\u0301 \x1B z\n");
  Diagnostic mistake = Mistake(SpanOf(sources, file, "z"));
  mistake.hint = {};
  mistake.article = {};
  EXPECT_EQ(Render(mistake, sources, Language::Spanish),
            "f:1:7: error: nombre desconocido [nombre-desconocido]\n"
            "    1 |  a\u0301 \uFFFD z\n"
            "      |      ^\n");
}

TEST(Render, ASpanEndsWithItsLine) {
  SourceMap sources;
  const FileId file = sources.Add("f", "ab\ncd\n");
  Diagnostic mistake = Mistake({file, 1, 100});
  mistake.hint = {};
  mistake.severity = Severity::Warning;
  EXPECT_EQ(Render(mistake, sources, Language::Spanish),
            "f:1:2: aviso: nombre desconocido (RIP:22.V) [nombre-desconocido]\n"
            "    1 | ab\n"
            "      |  ^\n");
  mistake.span = {file, 6, 0};  // the end of the file
  mistake.severity = Severity::Note;
  EXPECT_EQ(Render(mistake, sources, Language::English),
            "f:3:1: note: unknown name (RIP:22.V) [nombre-desconocido]\n"
            "    3 | \n"
            "      | ^\n");
}

TEST(Render, AMessageWithoutAPlaceStandsAlone) {
  const SourceMap sources;
  EXPECT_EQ(Render({"archivo-vacio", Severity::Error, {}, {"está vacío", "it is empty"}, {}, {}},
                   sources, Language::Spanish),
            "error: está vacío [archivo-vacio]\n");
}

TEST(Render, ALongLineIsShownAroundTheCaret) {
  SourceMap sources;
  const FileId file = sources.Add("f", std::string(5000, 'x') + "Z" + std::string(5000, 'y'));
  const std::string out = Render(Mistake({file, 5000, 1}), sources, Language::Spanish);
  const std::size_t begin = out.find("    1 | ");
  const std::size_t mark = out.find("      | ");
  ASSERT_NE(mark, std::string::npos);
  EXPECT_LT(out.size(), 700U);
  // "…" is three bytes and one column.
  EXPECT_EQ(out.find('Z') - begin - 2, out.find('^') - mark);
}

TEST(Diagnostics, AreSortedByFileAndPlaceAndEqualOnesComeOnce) {
  SourceMap sources;
  const FileId b = sources.Add("b", "1234567890");
  const FileId a = sources.Add("a", "1234567890");
  Diagnostics diagnostics;
  diagnostics.Add(Mistake({b, 4, 1}));
  diagnostics.Add(Mistake({b, 2, 1}));
  diagnostics.Add(Mistake({a, 9, 1}));
  diagnostics.Add(Mistake({b, 4, 1}));
  Diagnostic note = Mistake({b, 3, 1});
  note.severity = Severity::Note;
  diagnostics.Add(note);
  Diagnostic alone = Mistake({});
  diagnostics.Add(alone);
  EXPECT_EQ(diagnostics.errors(), 5U);
  diagnostics.Sort(sources);
  ASSERT_EQ(diagnostics.all().size(), 5U);
  EXPECT_EQ(diagnostics.errors(), 4U);
  EXPECT_FALSE(diagnostics.all()[0].span.file.valid());
  EXPECT_EQ(diagnostics.all()[1].span.file, a);
  EXPECT_EQ(diagnostics.all()[2].span.offset, 2U);
  EXPECT_EQ(diagnostics.all()[3].span.offset, 3U);
  EXPECT_EQ(diagnostics.all()[4].span.offset, 4U);
}

TEST(Diagnostics, ANoteIsNotAnError) {
  Diagnostics diagnostics;
  EXPECT_FALSE(diagnostics.has_errors());
  Diagnostic warning = Mistake({});
  warning.severity = Severity::Warning;
  diagnostics.Add(warning);
  EXPECT_FALSE(diagnostics.has_errors());
  diagnostics.Add(Mistake({}));
  EXPECT_TRUE(diagnostics.has_errors());
}

TEST(Fold, LowersAndDropsAccents) {
  EXPECT_EQ(Fold("GESTIÓN"), "gestion");
  EXPECT_EQ(Fold("Ñandú_Güira"), "nandu_guira");
  EXPECT_EQ(Fold("áéíóúüñ ÁÉÍÓÚÜÑ"), "aeiouun aeiouun");
  EXPECT_EQ(Fold("e\u0301l"), "el");  // the accent as a character of its own
  EXPECT_EQ(Fold("½ × ÷ €"), "½ × ÷ €");
  EXPECT_EQ(Fold("a\xFFz"), "a\xFFz");
  EXPECT_EQ(Fold(""), "");
}

// Without building either: the same answer as two folded texts give, whatever the alphabet.
TEST(Fold, ComparesTwoTextsAsTheyFold) {
  const std::vector<std::string> texts = {
      "",         "a",      "á",        "a\u0301", "A", "ab",      "aB",      "áb",
      "b",        "\u0301", "ss",       "ß",       "s", "sß",      "ßs",      "n",
      "ñ",        "Ñ",      "n\u0303u", "ñu",      "€", "€a",      "×",       "a\xFFz",
      "a\xFF",    "\xFF",   "þ",        "th",      "t", "gestión", "GESTION", "gestio\u0301n",
      "gestión_2"};
  for (const std::string& a : texts) {
    for (const std::string& b : texts) EXPECT_EQ(SameFolded(a, b), Fold(a) == Fold(b)) << a << b;
  }
}

TEST(NearestName, ForgivesASlipAndNoMore) {
  const std::vector<std::string> names = {"tolerancia", "llegada", "inasistencia", "atraso", "mes"};
  EXPECT_EQ(NearestName("tolerencia", names), "tolerancia");
  EXPECT_EQ(NearestName("TOLERANCÍA", names), "tolerancia");
  EXPECT_EQ(NearestName("llegdaa", names), "llegada");  // neighbours swapped
  EXPECT_EQ(NearestName("atrasos", names), "atraso");
  EXPECT_EQ(NearestName("msе", {"mes"}), "");  // a Cyrillic letter: two bytes away
  EXPECT_EQ(NearestName("vacación", names), "");
  EXPECT_EQ(NearestName("x", {"y"}), "");
  EXPECT_EQ(NearestName("", names), "");
  EXPECT_EQ(NearestName("atraso", {}), "");
}

TEST(NearestName, ATieGoesToTheFirstInAlphabeticalOrder) {
  EXPECT_EQ(NearestName("casa", {"masa", "cama", "pasa"}), "cama");
}

}  // namespace
}  // namespace cotejo::base
