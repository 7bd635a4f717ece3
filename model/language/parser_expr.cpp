#include <map>

#include "model/language/parser.h"

namespace cotejo::language {
namespace {

// Guards against a hostile file: the tree is walked by recursion.
constexpr int kDeepest = 100;  // nested parentheses
constexpr int kMostOperators = 500;

const std::map<std::string, Unit, std::less<>>& Units() {
  static const std::map<std::string, Unit, std::less<>> units = {
      {"segundo", Unit::Seconds}, {"segundos", Unit::Seconds}, {"minuto", Unit::Minutes},
      {"minutos", Unit::Minutes}, {"hora", Unit::Hours},       {"horas", Unit::Hours},
      {"dia", Unit::Days},        {"dias", Unit::Days},        {"mes", Unit::Months},
      {"meses", Unit::Months},    {"ano", Unit::Years},        {"anos", Unit::Years},
      {"bs", Unit::Bolivianos},   {"vez", Unit::Times},        {"veces", Unit::Times}};
  return units;
}

}  // namespace

ExprPtr Parser::Make(Expr::Kind kind, const Token& first) {
  auto expr = std::make_unique<Expr>();
  expr->kind = kind;
  expr->span = first.span;
  return expr;
}

// `first`: where the left one begins, with its parentheses if it has any.
ExprPtr Parser::MakeBinary(const Token& first, std::string op, ExprPtr left, ExprPtr right) {
  if (++operators_ > kMostOperators) {
    Error("expresión-profunda", right->span, {"expresión demasiado larga", "expression too long"},
          {"pártala con «define»", "split it with 'define'"});
  }
  auto expr = std::make_unique<Expr>();
  expr->kind = Expr::Kind::Binary;
  expr->op = std::move(op);
  expr->span = From(first);
  expr->args.push_back(std::move(left));
  expr->args.push_back(std::move(right));
  return expr;
}

// "si" opens a conditional; "sí", or "si" with nothing to test after it, is the literal.
bool Parser::AtConditional() const {
  if (!At("si") || Peek().text.size() != 2) return false;
  const Token& next = Peek(1);
  if (next.first_on_line || next.kind == TokenKind::End) return false;
  if (next.kind == TokenKind::Symbol) return next.text == "(" || next.text == "-";
  return !(At("el", 1) || At("y", 1) || At("o", 1) || At("desde", 1) || At("cita", 1));
}

ExprPtr Parser::ParseExpr() {
  if (++depth_ > kDeepest) {
    Error("expresión-profunda", Peek().span,
          {"expresión demasiado anidada", "expression nested too deeply"}, {});
  }
  ExprPtr expr;
  if (AtConditional()) {
    const Token& first = Advance();
    expr = Make(Expr::Kind::If, first);
    expr->args.push_back(ParseOr());
    Need("entonces");
    expr->args.push_back(ParseExpr());
    Need("sino");
    expr->args.push_back(ParseExpr());
    expr->span = From(first);
  } else {
    expr = ParseOr();
  }
  --depth_;
  return expr;
}

ExprPtr Parser::ParseOr() {
  const Token& first = Peek();
  ExprPtr left = ParseAnd();
  while (Take("o")) left = MakeBinary(first, "o", std::move(left), ParseAnd());
  return left;
}

ExprPtr Parser::ParseAnd() {
  const Token& first = Peek();
  ExprPtr left = ParseNot();
  while (Take("y")) left = MakeBinary(first, "y", std::move(left), ParseNot());
  return left;
}

ExprPtr Parser::ParseNot() {
  if (!At("no") || AtSymbol(",", 1) || AtSymbol("|", 1)) return ParseComparison();
  // "no" alone is the literal; before a term it negates.
  const TokenKind next = Peek(1).kind;
  const bool negates = next == TokenKind::Name || next == TokenKind::Number ||
                       next == TokenKind::Time || next == TokenKind::Date || AtSymbol("(", 1);
  if (!negates || Peek(1).first_on_line || At("y", 1) || At("o", 1) || At("el", 1) ||
      At("entre", 1) || At("entonces", 1) || At("sino", 1) || At("desde", 1) || At("cita", 1) ||
      At("con", 1)) {
    return ParseComparison();
  }
  const Token& first = Advance();
  if (++depth_ > kDeepest) {
    Error("expresión-profunda", first.span,
          {"expresión demasiado anidada", "expression nested too deeply"}, {});
  }
  ExprPtr expr = Make(Expr::Kind::Unary, first);
  expr->op = "no";
  expr->args.push_back(ParseNot());
  expr->span = From(first);
  --depth_;
  return expr;
}

ExprPtr Parser::ParseComparison() {
  const Token& first = Peek();
  ExprPtr left = ParseSum();
  for (const char* op : {"=", "!=", "<=", ">=", "<", ">"}) {
    if (TakeSymbol(op)) return MakeBinary(first, op, std::move(left), ParseSum());
  }
  if (Take("entre")) {
    ExprPtr expr = Make(Expr::Kind::Between, first);
    expr->args.push_back(std::move(left));
    expr->args.push_back(ParseSum());
    Need("y");
    expr->args.push_back(ParseSum());
    expr->span = From(first);
    return expr;
  }
  if (At("en") && AtSymbol("{", 1)) {
    Advance();
    Advance();
    ExprPtr expr = Make(Expr::Kind::In, first);
    expr->args.push_back(std::move(left));
    do expr->args.push_back(ParseSum());
    while (TakeSymbol(","));
    NeedSymbol("}");
    expr->span = From(first);
    return expr;
  }
  if (At("dentro") && At("de", 1)) {
    Advance();
    Advance();
    ExprPtr expr = Make(Expr::Kind::Within, first);
    expr->args.push_back(std::move(left));
    expr->citation = NeedCitation();
    expr->span = From(first);
    return expr;
  }
  return left;
}

ExprPtr Parser::ParseSum() {
  const Token& first = Peek();
  ExprPtr left = ParseProduct();
  while (AtSymbol("+") || AtSymbol("-")) {
    const std::string op = Advance().text;
    left = MakeBinary(first, op, std::move(left), ParseProduct());
  }
  return left;
}

ExprPtr Parser::ParseProduct() {
  const Token& first = Peek();
  ExprPtr left = ParseSign();
  while (AtSymbol("*") || AtSymbol("/")) {
    const std::string op = Advance().text;
    left = MakeBinary(first, op, std::move(left), ParseSign());
  }
  return left;
}

ExprPtr Parser::ParseSign() {
  if (!AtSymbol("-")) return ParsePrimary();
  const Token& first = Advance();
  if (++depth_ > kDeepest) {
    Error("expresión-profunda", first.span,
          {"expresión demasiado anidada", "expression nested too deeply"}, {});
  }
  ExprPtr expr = Make(Expr::Kind::Unary, first);
  expr->op = "-";
  expr->args.push_back(ParseSign());
  expr->span = From(first);
  --depth_;
  return expr;
}

std::optional<Unit> Parser::TakeUnit() {
  if (TakeSymbol("%")) return Unit::Percent;
  if (!AtKind(TokenKind::Name) || Peek().first_on_line) return std::nullopt;
  const auto found = Units().find(Peek().folded);
  if (found == Units().end()) return std::nullopt;
  Advance();
  return found->second;
}

ExprPtr Parser::ParseNumber() {
  const Token& first = Advance();
  ExprPtr expr = Make(Expr::Kind::Number, first);
  expr->number = first.number;
  expr->unit = TakeUnit().value_or(Unit::None);
  // "1 año y 1 día"
  if (expr->unit == Unit::Years && At("y") && Peek(1).kind == TokenKind::Number &&
      (At("dia", 2) || At("dias", 2))) {
    Advance();
    const Token& days = Advance();
    Advance();
    if (!days.number.whole() || days.number >= base::Rational(base::kDayPartsPerYear)) {
      Error("duración-inválida", days.span,
            {"los días de una duración van de 0 a 365", "the days of a duration go from 0 to 365"},
            {});
    }
    expr->kind = Expr::Kind::Duration;
    expr->number += days.number / base::Rational(base::kDayPartsPerYear);
  }
  expr->span = From(first);
  return expr;
}

ExprPtr Parser::ParsePrimary() {
  const Token& first = Peek();
  switch (first.kind) {
    case TokenKind::Number:
      return ParseNumber();
    case TokenKind::Time: {
      Advance();
      ExprPtr expr = Make(Expr::Kind::Time, first);
      expr->number = first.number;
      return expr;
    }
    case TokenKind::Date: {
      Advance();
      ExprPtr expr = Make(Expr::Kind::DateLit, first);
      expr->date = first.date;
      return expr;
    }
    case TokenKind::Citation: {
      Advance();
      ExprPtr expr = Make(Expr::Kind::CitationLit, first);
      expr->citation = first.citation;
      return expr;
    }
    case TokenKind::Name:
      return ParseNamed();
    default:
      break;
  }
  if (TakeSymbol("(")) {
    ExprPtr expr = ParseExpr();
    NeedSymbol(")");
    return expr;
  }
  Fail({"un valor", "a value"});
}

ExprPtr Parser::ParseNamed() {
  const Token& first = Peek();
  if (AtDeclaration()) Fail({"un valor", "a value"});
  Advance();
  if (first.folded == "si" || first.folded == "no") {  // sí, no
    ExprPtr expr = Make(Expr::Kind::Bool, first);
    expr->number = first.folded == "si" ? 1 : 0;
    return expr;
  }
  if (first.folded == "bs" && AtKind(TokenKind::Number)) {
    ExprPtr expr = ParseNumber();
    if (expr->unit != Unit::None) {
      Error("unidad-doble", From(first),
            {"la cifra lleva dos unidades", "the figure has two units"},
            {"escriba 18 Bs", "write 18 Bs"});
    }
    expr->unit = Unit::Bolivianos;
    expr->span = From(first);
    return expr;
  }
  if (first.folded == "tiene") {
    ExprPtr expr = Make(Expr::Kind::Has, first);
    expr->name = NeedName({"el nombre de un dato", "the name of an attribute"});
    expr->span = From(first);
    return expr;
  }
  if (first.folded == "bajo") {
    ExprPtr expr = Make(Expr::Kind::Under, first);
    const UnderClause under = ParseUnder();
    expr->name = under.reading;
    expr->field = under.option;
    expr->span = From(first);
    return expr;
  }
  ExprPtr expr = Make(Expr::Kind::Ref, first);
  expr->name = {first.text, first.span};
  if (TakeSymbol("(")) {
    expr->kind = Expr::Kind::Call;
    if (!AtSymbol(")")) {
      do expr->args.push_back(ParseExpr());
      while (TakeSymbol(","));
    }
    NeedSymbol(")");
  } else if (TakeSymbol(".")) {
    expr->field = NeedName({"el nombre de un campo", "the name of a field"});
  }
  expr->span = From(first);
  return expr;
}

}  // namespace cotejo::language
