// Declarations that decide no fact by themselves: least units, processes required, duties'
// sanctions, what is worse, organs and procedures.
#include "model/language/parser.h"

namespace cotejo::language {

void Parser::ParseLeastUnit(Decl& decl) {
  do
    decl.names.push_back(NeedName({"lo que se concede o descuenta", "what is granted or charged"}));
  while (TakeSymbol(","));
  decl.name = decl.names.front();
  TakeCitation(decl);
  NeedSymbol("=");
  decl.expr = ParseSum();
}

void Parser::ParseProcessRequirement(Decl& decl) {
  decl.name.span = Peek().span;
  Need("proceso");
  Need("para");
  do {
    if (Take("falta")) {
      decl.faults.push_back(NeedName({"leve, grave o gravísima", "leve, grave or gravísima"}));
      continue;
    }
    Name sanction = NeedName({"una sanción o «falta …»", "a sanction or 'falta …'"});
    if (base::Fold(sanction.text) == "amonestacion") {
      const Name which = NeedName({"«verbal» o «escrita»", "'verbal' or 'escrita'"});
      sanction.text += " " + which.text;
      sanction.span.length = which.span.offset + which.span.length - sanction.span.offset;
    }
    decl.names.push_back(std::move(sanction));
  } while (TakeSymbol(","));
  Need("cita");
  SetCitation(decl);
}

void Parser::ParseSafeguard(Decl& decl) {
  decl.name.span = Peek().span;
  if (At("lo_demas")) {
    decl.name.text = Advance().text;
    Need("de");
    do decl.names.push_back(NeedName({"de quién", "whose"}));
    while (TakeSymbol(","));
  } else {
    SetCitation(decl);
  }
  Need("con");
  decl.refer_span = Peek().span;
  decl.refer_to = NeedCitation();
}

void Parser::ParseWorseChoice(Decl& decl) {
  const Token first = Peek();
  decl.target = NeedName({"el nombre de un hecho", "the name of a fact"});
  if (Take("que")) {
    decl.better = NeedName({"el nombre de un hecho", "the name of a fact"});
    decl.name.text = decl.target->text + " que " + decl.better.text;
  } else {
    if (!Take("con")) Fail({"«que» o «con más»", "'que' or 'con más'"});
    Need("mas");
    decl.grows = NeedName({"el nombre de un campo", "the name of a field"});
    decl.name.text = decl.target->text + " con más " + decl.grows->text;
  }
  decl.name.span = From(first);
}

void Parser::ParseOrgan(Decl& decl) {
  // An organ may be called «externo»: only a second name makes it the keyword.
  if (At("externo") && Peek(1).kind == TokenKind::Name) {
    Advance();
    decl.external = true;
  }
  decl.name = NeedName({"el nombre del órgano", "the name of the organ"});
  decl.text = NeedString();
  while (TakeSymbol(",")) decl.titles.push_back(NeedString());
}

void Parser::ParseBound(MilestoneDecl& milestone) {
  using Bound = MilestoneDecl::Bound;
  const auto need_milestone = [&] { return NeedName({"el nombre de un hito", "a milestone"}); };
  if (Take("hasta")) {
    milestone.bound = Bound::AtMost;
    milestone.term = ParseTerm();
    if (Take("desde")) milestone.since = need_milestone();
  } else if (Take("tras")) {
    milestone.bound = Bound::AtLeast;
    milestone.term = ParseTerm();
    Need("desde");
    milestone.since = need_milestone();
  } else if (AtKind(TokenKind::Number)) {
    milestone.bound = Bound::Before;
    milestone.term = ParseTerm();
    Need("antes");
    Need("de");
    milestone.since = need_milestone();
  }
}

MilestoneDecl Parser::ParseMilestone() {
  const Token first = Peek();
  Need("hito");
  MilestoneDecl milestone;
  milestone.name = NeedName({"el nombre del hito", "the name of the milestone"});
  ParseBound(milestone);
  if (At("obligacion") || At("facultad")) {
    milestone.power = Advance().folded == "facultad";
    milestone.actor = NeedName({"de quién", "whose"});
  }
  if (Take("cita")) {
    milestone.citation_span = Peek().span;
    milestone.citation = NeedCitation();
  }
  if (Take("si")) {
    Need("vence");
    milestone.miss = NeedString();
    if (Take("cita")) {
      milestone.miss_citation_span = Peek().span;
      milestone.miss_citation = NeedCitation();
    }
  }
  milestone.span = From(first);
  return milestone;
}

void Parser::ParseProcedure(Decl& decl) {
  decl.name = NeedName({"el nombre del trámite", "the name of the procedure"});
  TakeCitation(decl);
  const auto at_end = [&] { return AtKind(TokenKind::End) || AtDeclaration(); };
  while (At("hito") && !TooManyErrors()) {
    try {
      decl.milestones.push_back(ParseMilestone());
      if (!at_end() && !Peek().first_on_line) FailAfter();
    } catch (const Abandoned&) {  // the next line may still be read
      decl.milestones_lost = true;
      do Advance();
      while (!at_end() && !(At("hito") && Peek().first_on_line));
    }
  }
  // What stands there is diagnosed by the block; it may have been a misspelt «hito».
  if (!at_end()) decl.milestones_lost = true;
}

}  // namespace cotejo::language
