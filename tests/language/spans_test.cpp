// The text that an expression comes from, which amendments copy.
#include <gtest/gtest.h>

#include "tests/language/inline_norm.h"

namespace cotejo::rules {
namespace {

std::string TextOfDefinition(const std::string& expression) {
  const auto norm = ResolveText("define algo de persona cita N:1 = " + expression);
  for (const language::Decl& decl : norm->files.front().decls) {
    if (decl.expr != nullptr) return std::string(norm->sources.text(decl.expr->span));
  }
  return norm->rendered();
}

TEST(Spans, AnExpressionTakesInTheParenthesesOfItsParts) {
  for (const char* text :
       {"2 * (1 + 3)", "(1 + 3) * 2", "(1 + 2) * (3 - (1 - 1))", "1 + 2 * (3 + 4)",
        "2 * (si 1 < 2 entonces 3 sino 4)", "(1 = 2 o 3 = 4) y 5 > (1 + 1)", "-(1 + 2)"})
    EXPECT_EQ(TextOfDefinition(text), text);
}

// By itself it is the same without them.
TEST(Spans, ParenthesesAroundItAllAreNotPartOfIt) {
  EXPECT_EQ(TextOfDefinition("(1 + 3)"), "1 + 3");
  EXPECT_EQ(TextOfDefinition("((1 + 3) * 2)"), "(1 + 3) * 2");
}

}  // namespace
}  // namespace cotejo::rules
