#include "model/language/parser.h"

namespace cotejo::language {

SubjectClause Parser::ParseSubject() {
  Need("sobre");
  SubjectClause subject;
  subject.kind = NeedName({"el nombre de un hecho", "the name of a fact"});
  if (Take("por"))
    subject.window = NeedName({"una ventana (día, mes, gestión)", "a window (día, mes, gestión)"});
  return subject;
}

UnderClause Parser::ParseUnder() {
  UnderClause under;
  under.reading = NeedName({"el nombre de una lectura", "the name of a reading"});
  NeedSymbol(".");
  under.option = NeedName({"una opción de la lectura", "an option of the reading"});
  return under;
}

ExceptionClause Parser::ParseException() {
  ExceptionClause exception;
  exception.condition = ParseExpr();
  if (Take("cita")) exception.citation = NeedCitation();
  return exception;
}

std::vector<Assignment> Parser::ParseAssignments() {
  std::vector<Assignment> assignments;
  do {
    Assignment assignment;
    assignment.field = NeedName({"el nombre de un campo", "the name of a field"});
    NeedSymbol("=");
    assignment.value = AtConditional() ? ParseExpr() : ParseSum();
    assignments.push_back(std::move(assignment));
  } while (TakeSymbol(","));
  return assignments;
}

EstablishClause Parser::ParseEstablish() {
  const Token& first = Peek();
  EstablishClause establish;
  establish.kind = NeedName({"el nombre de un hecho", "the name of a fact"});
  if (Take("con")) establish.fields = ParseAssignments();
  establish.span = From(first);
  return establish;
}

void Parser::ParseMeasure(Decl& decl) {
  decl.name = NeedName({"el nombre de la medida", "the name of the measure"});
  Need("por");
  decl.window = NeedName({"una ventana", "a window"});
  TakeCitation(decl);
  NeedSymbol("=");
  const Token aggregate = Peek();
  NeedName({"suma, cuenta, racha o días_hábiles", "suma, cuenta, racha or días_hábiles"});
  decl.aggregate = aggregate.folded;
  NeedSymbol("(");
  if (decl.aggregate == "suma" || decl.aggregate == "racha" || decl.aggregate == "cuenta") {
    decl.aggregate_kind = NeedName({"el nombre de un hecho", "the name of a fact"});
    if (decl.aggregate != "cuenta") {
      NeedSymbol(".");
      decl.aggregate_field = NeedName({"el nombre de un campo", "the name of a field"});
    }
    if (Take("donde")) {
      // The threshold of `racha` closes the parenthesis, so the filter is a conjunction
      // of its own and never a comparison with ≥ left open.
      decl.guard = decl.aggregate == "racha" ? ParseRunFilter() : ParseExpr();
    }
    if (decl.aggregate == "racha") {
      NeedSymbol(">=");
      decl.at_least = ParseSum();
    }
    if (decl.aggregate == "cuenta" && Take("del")) {
      Need("mismo");
      decl.same_field = NeedName({"el nombre de un campo", "the name of a field"});
    }
  } else if (decl.aggregate != "dias_habiles") {
    Error("agregado-desconocido", aggregate.span,
          {"«" + aggregate.text + "» no es un agregado",
           "'" + aggregate.text + "' is not an aggregate"},
          {"use suma, cuenta, racha o días_hábiles", "use suma, cuenta, racha or días_hábiles"});
  }
  NeedSymbol(")");
  if (At("en") && At("pasos", 1)) {
    Advance();
    Advance();
    Need("de");
    decl.step = ParseSum();
  }
}

ExprPtr Parser::ParseRunFilter() {
  const Token& first = Peek();
  if (Take("no")) {
    ExprPtr expr = Make(Expr::Kind::Unary, first);
    expr->op = "no";
    expr->args.push_back(ParseSum());
    expr->span = From(first);
    return expr;
  }
  return ParseSum();
}

void Parser::ParseQualification(Decl& decl) {
  const Token& first = Peek();
  decl.subject.kind = NeedName({"el nombre de un hecho", "the name of a fact"});
  if (Take("por")) decl.subject.window = NeedName({"una ventana", "a window"});
  Need("como");
  decl.target = NeedName({"el nombre de un hecho", "the name of a fact"});
  decl.name = {first.text + " como " + decl.target->text, From(first)};
  TakeCitation(decl);
  for (;;) {
    if (TakeOnce("bajo", decl.under.has_value())) {
      decl.under = ParseUnder();
    } else if (TakeOnce("cuando", decl.guard != nullptr)) {
      decl.guard = ParseExpr();
    } else if (Take("salvo")) {
      decl.exceptions.push_back(ParseException());
    } else if (TakeOnce("con", !decl.assignments.empty())) {
      for (Assignment& a : ParseAssignments()) decl.assignments.push_back(std::move(a));
    } else if (!ParseValidity(decl)) {
      return;
    }
  }
}

TermClause Parser::ParseTerm() {
  TermClause term;
  const Token& number = Peek();
  if (!AtKind(TokenKind::Number))
    Fail({"un plazo, por ejemplo 24 horas", "a term, such as 24 horas"});
  Advance();
  term.amount = Make(Expr::Kind::Number, number);
  term.amount->number = number.number;
  term.unit = NeedName({"horas, días, días hábiles o meses", "horas, días, días hábiles or meses"});
  const std::string unit = base::Fold(term.unit.text);
  if (At("habiles") || At("habil")) {
    term.unit.text += " hábiles";
    Advance();
  } else if (unit == "dia" || unit == "dias") {
    Take("calendario");  // those that are not said to be business days
  }
  return term;
}

ConsequenceClause Parser::ParseConsequence() {
  const Token first = Peek();
  ConsequenceClause consequence;
  if (Take("sin")) {
    Need("sancion");
    consequence.kind = "sin_sancion";
  } else if (Take("amonestacion")) {
    if (Take("verbal")) {
      consequence.kind = "amonestacion_verbal";
    } else {
      if (!Take("escrita")) Fail({"«verbal» o «escrita»", "'verbal' or 'escrita'"});
      consequence.kind = "amonestacion_escrita";
    }
  } else if (Take("descuento")) {
    consequence.kind = "descuento";
    consequence.quantity = ParseExpr();
  } else if (At("proceso") || At("destitucion") || At("retiro")) {
    consequence.kind = Advance().folded;
  } else if (Take("derecho")) {
    consequence.kind = "derecho";
    consequence.thing = NeedName({"a qué se tiene derecho", "what is granted"});
    consequence.quantity = ParseExpr();
  } else if (At("obligacion") || At("prohibicion") || At("permiso") || At("facultad")) {
    consequence.kind = Advance().folded;
    consequence.actor = NeedName({"de quién", "whose"});
    consequence.action = NeedString();
    if (Take("en")) consequence.term = ParseTerm();
  } else {
    Error("consecuencia-desconocida", first.span,
          {"«" + first.text + "» no es una consecuencia",
           "'" + first.text + "' is not a consequence"},
          {"use sin sanción, amonestación, descuento, proceso, destitución, retiro, derecho, "
           "obligación, "
           "prohibición, permiso o facultad",
           "use sin sanción, amonestación, descuento, proceso, destitución, retiro, derecho, "
           "obligación, "
           "prohibición, permiso or facultad"});
  }
  consequence.span = From(first);
  return consequence;
}

std::vector<ConsequenceClause> Parser::ParseConsequences() {
  std::vector<ConsequenceClause> consequences;
  do consequences.push_back(ParseConsequence());
  while (TakeSymbol(","));
  return consequences;
}

void Parser::ParseRule(Decl& decl) {
  decl.name = NeedName({"el nombre de la regla", "the name of the rule"});
  TakeCitation(decl);
  decl.subject = ParseSubject();
  for (;;) {
    if (TakeOnce("bajo", decl.under.has_value())) {
      decl.under = ParseUnder();
    } else if (TakeOnce("prioridad", decl.priority != 0)) {
      const bool fits = AtKind(TokenKind::Number) && Peek().number.whole() &&
                        Peek().number >= Rational(1) && Peek().number <= Rational(1000);
      if (!fits) Fail({"un número entero de 1 a 1000", "a whole number from 1 to 1000"});
      decl.priority = static_cast<int>(Advance().number.num());
    } else if (TakeOnce("cuando", decl.guard != nullptr)) {
      decl.guard = ParseExpr();
    } else if (Take("salvo")) {
      decl.exceptions.push_back(ParseException());
    } else if (TakeOnce("falta", decl.fault.has_value())) {
      decl.fault = NeedName({"leve, grave o gravísima", "leve, grave or gravísima"});
    } else if (TakeOnce("entonces", !decl.consequences.empty())) {
      decl.consequences = ParseConsequences();
    } else if (Take("establece")) {
      decl.establishes.push_back(ParseEstablish());
    } else if (!ParseValidity(decl)) {
      return;
    }
  }
}

void Parser::ParseRange(RowDecl& row) {
  if (AtSymbol("|")) return;
  const Token& first = Peek();
  row.has_range = true;
  if (TakeSymbol("..")) {
    row.high = ParseSum();
  } else {
    row.low = ParseSum();
    if (TakeSymbol("..")) {
      if (!AtSymbol("|")) row.high = ParseSum();
    } else {
      row.exact = true;
    }
  }
  row.range_span = From(first);
}

RowDecl Parser::ParseRow() {
  const Token first = Peek();
  RowDecl row;
  operators_ = 0;
  NeedSymbol("|");
  ParseRange(row);
  NeedBar();
  row.consequences = ParseConsequences();
  NeedBar();
  for (;;) {
    if (TakeOnce("cuando", row.guard != nullptr)) {
      row.guard = ParseExpr();
    } else if (Take("salvo")) {
      row.exceptions.push_back(ParseException());
    } else if (TakeOnce("falta", row.fault.has_value())) {
      row.fault = NeedName({"leve, grave o gravísima", "leve, grave or gravísima"});
    } else if (TakeOnce("cita", !row.citation.empty())) {
      row.citation = NeedCitation();
    } else if (TakeOnce("bajo", row.under.has_value())) {
      row.under = ParseUnder();
    } else if (Take("establece")) {
      row.establishes.push_back(ParseEstablish());
    } else {
      break;
    }
  }
  if (AtSymbol("|") && !Peek().first_on_line) Advance();
  row.span = From(first);
  return row;
}

void Parser::ParseScale(Decl& decl) {
  decl.name = NeedName({"el nombre de la escala", "the name of the scale"});
  TakeCitation(decl);
  decl.subject = ParseSubject();
  for (;;) {
    if (TakeOnce("segun", decl.expr != nullptr)) {
      decl.expr = ParseSum();
    } else if (TakeOnce("politica", !decl.policy.empty())) {
      const Token policy = Peek();
      NeedName({"única, primera o acumula", "única, primera or acumula"});
      decl.policy = policy.folded;
      if (decl.policy != "unica" && decl.policy != "primera" && decl.policy != "acumula") {
        Error("política-desconocida", policy.span,
              {"«" + policy.text + "» no es una política",
               "'" + policy.text + "' is not a hit policy"},
              {"use única, primera o acumula", "use única, primera or acumula"});
      }
    } else if (TakeOnce("falta", decl.fault.has_value())) {
      decl.fault = NeedName({"leve, grave o gravísima", "leve, grave or gravísima"});
    } else if (TakeOnce("bajo", decl.under.has_value())) {
      decl.under = ParseUnder();
    } else if (Take("parcial")) {
      decl.partial = true;
    } else if (!ParseValidity(decl)) {
      break;
    }
  }
  while (AtSymbol("|") && !TooManyErrors()) {
    const std::size_t start = at_;
    const int depth = depth_;
    try {
      decl.rows.push_back(ParseRow());
    } catch (const Abandoned&) {  // the next row may still be read
      depth_ = depth;
      decl.rows_lost = true;
      if (at_ == start) Advance();
      while (!AtKind(TokenKind::End) && !AtDeclaration() &&
             !(AtSymbol("|") && Peek().first_on_line))
        Advance();
    }
  }
}

GivenClause Parser::ParseGiven() {
  const Token& first = Peek();
  GivenClause given;
  if (Take("persona")) {
    given.person = true;
    given.fields = ParseAssignments();
    if (Take("desde")) given.date = NeedDate();
  } else {
    if (AtKind(TokenKind::Number)) {
      const Token& times = Advance();
      if (!times.number.whole() || times.number < Rational(1) || times.number > Rational(366)) {
        Error("veces-inválidas", times.span, {"las veces van de 1 a 366", "times go from 1 to 366"},
              {});
      }
      given.times = static_cast<int>(times.number.num());
      if (!Take("veces")) Need("vez");
    }
    given.kind = NeedName({"el nombre de un hecho", "the name of a fact"});
    if (AtKind(TokenKind::Name) && AtSymbol("=", 1)) given.fields = ParseAssignments();
    Need("el");
    given.date = NeedDate();
  }
  given.span = From(first);
  return given;
}

ExpectClause Parser::ParseExpect() {
  const Token& first = Peek();
  ExpectClause expect;
  if (Take("nada")) {
    expect.kind = ExpectClause::Kind::Nothing;
  } else if (Take("hueco")) {
    expect.kind = ExpectClause::Kind::Gap;
  } else {
    expect.kind = ExpectClause::Kind::Consequence;
    expect.consequence = ParseConsequence();
  }
  if (Take("cita")) expect.citation = NeedCitation();
  expect.span = From(first);
  return expect;
}

void Parser::ParseCase(Decl& decl) {
  decl.name.span = Peek().span;
  decl.text = NeedString();
  decl.name.text = decl.text;
  TakeCitation(decl);
  for (;;) {
    if (Take("bajo")) {
      decl.case_readings.push_back(ParseUnder());
    } else if (Take("dado")) {
      decl.given.push_back(ParseGiven());
    } else if (Take("espera")) {
      decl.expects.push_back(ParseExpect());
    } else {
      return;
    }
  }
}

}  // namespace cotejo::language
