// Random edits of real norm files: tokens lost, doubled, swapped, replaced and inserted.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <random>

#include "model/language/lexer.h"
#include "tests/base/sanitized.h"
#include "tests/fuzz/norm_text.h"

namespace cotejo::rules {
namespace {

// COTEJO_MUTANTES asks for more than the suite runs.
int MutantsPerFile() {
  const char* asked = std::getenv("COTEJO_MUTANTES");
  return asked == nullptr ? tests::Fewer(400, 4) : std::max(1, std::atoi(asked));
}

// Pieces of the text that the lexer tells apart, and what lies between them.
std::vector<std::string> Pieces(const std::string& text) {
  base::SourceMap sources;
  base::Diagnostics ignored;
  const base::FileId file = sources.Add("piezas", text);
  const auto tokens =
      language::Lex(sources, file, 0, static_cast<std::uint32_t>(text.size()), ignored);
  std::vector<std::string> pieces;
  std::size_t at = 0;
  for (const language::Token& token : tokens) {
    if (token.span.offset < at) continue;
    pieces.push_back(text.substr(at, token.span.offset - at));
    pieces.push_back(text.substr(token.span.offset, token.span.length));
    at = token.span.offset + token.span.length;
  }
  pieces.push_back(text.substr(at));
  return pieces;
}

// The generator is the standard's own and the draws are taken by hand: the same mutants everywhere.
class Mutator {
 public:
  explicit Mutator(std::uint32_t seed) : random_(seed) {}

  std::string Mutate(std::vector<std::string> pieces) {
    const int edits = 1 + Below(4);
    for (int i = 0; i < edits; ++i) Edit(pieces);
    std::string text;
    for (const std::string& piece : pieces) text += piece;
    return text;
  }

 private:
  int Below(std::size_t n) { return static_cast<int>(random_() % n); }

  void Edit(std::vector<std::string>& pieces) {
    static const std::vector<std::string> strange = {
        "(",     ")",     "{",     "}",       "|",        "..",    "=",      ",",
        ".",     ":",     "si",    "no",      "y",        "o",     "cuando", "salvo",
        "cita",  "bajo",  "-",     "\n",      "0",        "1/2",   "½",      "99999",
        "1 año", "24:00", "\"",    "```",     "```norma", "## ",   "%",      "//",
        "\t",    "ñ",     "RIP:1", "sanción", "persona",  "fecha", "escala", "2025-02-30"};
    std::string& piece = pieces[static_cast<std::size_t>(Below(pieces.size()))];
    const std::string& other = pieces[static_cast<std::size_t>(Below(pieces.size()))];
    switch (Below(5)) {
      case 0:
        piece.clear();
        break;
      case 1:
        piece = piece + " " + piece;
        break;
      case 2:
        piece = other;
        break;
      case 3:
        piece = strange[static_cast<std::size_t>(Below(strange.size()))];
        break;
      default:
        piece += " " + strange[static_cast<std::size_t>(Below(strange.size()))] + " ";
        break;
    }
  }

  std::mt19937 random_;
};

class Mutations : public testing::TestWithParam<std::string> {};

TEST_P(Mutations, EndWithRulesOrWithErrors) {
  const std::vector<std::string> pieces = Pieces(ReadNormFile(GetParam()));
  ASSERT_GT(pieces.size(), 100U);
  Mutator mutator(20250217);
  const int mutants = MutantsPerFile();
  int refused = 0;
  for (int i = 0; i < mutants; ++i) refused += ReadAltered(mutator.Mutate(pieces)) > 0 ? 1 : 0;
  EXPECT_GT(refused, mutants / 4);
}

INSTANTIATE_TEST_SUITE_P(Files, Mutations,
                         testing::Values("15-jornada.norma.md", "21-asueto.norma.md",
                                         "33-vacaciones.norma.md", "41-faltas-y-conductas.norma.md",
                                         "45-asistencia.norma.md", "46-faltas-graves.norma.md",
                                         "49-racismo-y-computos.norma.md",
                                         "51-notificaciones.norma.md"),
                         [](const auto& info) { return "Articulo" + info.param.substr(0, 2); });

}  // namespace
}  // namespace cotejo::rules
