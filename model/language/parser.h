// The recursive-descent parser behind Parse(): one instance a block.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/language/lexer.h"
#include "model/language/tree.h"

namespace cotejo::language {

class Parser {
 public:
  Parser(std::vector<Token> tokens, base::Diagnostics& diagnostics);

  // Every declaration that could be read; a broken one is diagnosed and skipped. After
  // kMostErrors the rest of the block is left unread.
  std::vector<Decl> ParseBlock();

 private:
  // Unwinds one declaration (or row) after its error was reported; never leaves the parser.
  struct Abandoned {};

  // ---- tokens (parser.cpp)
  [[nodiscard]] const Token& Peek(std::size_t ahead = 0) const;
  const Token& Advance();
  [[nodiscard]] bool At(std::string_view keyword, std::size_t ahead = 0) const;
  [[nodiscard]] bool AtSymbol(std::string_view symbol, std::size_t ahead = 0) const;
  [[nodiscard]] bool AtKind(TokenKind kind) const { return Peek().kind == kind; }
  bool Take(std::string_view keyword);
  // The keyword of a clause that may come once: a second one would silently win.
  bool TakeOnce(std::string_view keyword, bool already);
  bool TakeSymbol(std::string_view symbol);
  void Need(std::string_view keyword);
  void NeedSymbol(std::string_view symbol);
  void NeedBar();
  Name NeedName(const base::Text& what);
  std::string NeedString();
  Date NeedDate();
  Citation NeedCitation();
  void SetCitation(Decl& decl);
  bool TakeCitation(Decl& decl);
  [[noreturn]] void Fail(const base::Text& expected);
  [[noreturn]] void FailAfter();
  [[noreturn]] void Error(const char* code, base::Span span, base::Text message, base::Text hint);
  [[nodiscard]] bool AtDeclaration() const;
  [[nodiscard]] bool TooManyErrors() const;
  void Recover();
  [[nodiscard]] Span From(const Token& first) const;

  // ---- declarations (parser.cpp)
  Decl ParseDecl();
  Decl ParseBody(const Token& keyword);
  void ParseNorm(Decl& decl);
  void ParseAmendment(Decl& decl);
  void ParseEdit(Decl& decl);
  void ParseHierarchy(Decl& decl);
  void ParseEnumeration(Decl& decl);
  void ParseAttribute(Decl& decl);
  void ParseFactKind(Decl& decl);
  void ParseHolidays(Decl& decl);
  void ParseSchedule(Decl& decl);
  void ParseParameter(Decl& decl);
  void ParseDefinition(Decl& decl);
  void ParseReading(Decl& decl);
  void ParseStatement(Decl& decl);

  // ---- rules, measures and cases (parser_rules.cpp)
  void ParseMeasure(Decl& decl);
  void ParseQualification(Decl& decl);
  void ParseRule(Decl& decl);
  void ParseScale(Decl& decl);
  void ParseCase(Decl& decl);
  bool ParseValidity(Decl& decl);
  SubjectClause ParseSubject();
  UnderClause ParseUnder();
  ExceptionClause ParseException();
  RowDecl ParseRow();
  void ParseRange(RowDecl& row);
  ConsequenceClause ParseConsequence();
  TermClause ParseTerm();
  EstablishClause ParseEstablish();
  std::vector<ConsequenceClause> ParseConsequences();
  std::vector<Assignment> ParseAssignments();
  GivenClause ParseGiven();
  ExpectClause ParseExpect();
  FieldDecl ParseField();

  // ---- duties, organs, procedures (parser_norms.cpp)
  void ParseLeastUnit(Decl& decl);
  void ParseProcessRequirement(Decl& decl);
  void ParseSafeguard(Decl& decl);
  void ParseWorseChoice(Decl& decl);
  void ParseOrgan(Decl& decl);
  void ParseProcedure(Decl& decl);
  MilestoneDecl ParseMilestone();
  void ParseBound(MilestoneDecl& milestone);

  // ---- expressions (parser_expr.cpp)
  ExprPtr ParseExpr();
  [[nodiscard]] bool AtConditional() const;
  ExprPtr ParseOr();
  ExprPtr ParseAnd();
  ExprPtr ParseNot();
  ExprPtr ParseComparison();
  ExprPtr ParseSum();
  ExprPtr ParseProduct();
  ExprPtr ParseSign();
  ExprPtr ParsePrimary();
  ExprPtr ParseNumber();
  ExprPtr ParseNamed();
  ExprPtr ParseRunFilter();
  std::optional<Unit> TakeUnit();
  ExprPtr Make(Expr::Kind kind, const Token& first);
  ExprPtr MakeBinary(const Token& first, std::string op, ExprPtr left, ExprPtr right);

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  int depth_ = 0;
  int operators_ = 0;  // of the declaration or row: each may be a level of its tree
  base::Diagnostics& diagnostics_;
  std::size_t errors_before_;
  Citation article_;  // of the declaration being read, for its diagnostics
};

}  // namespace cotejo::language
