// Where in the norm files the rules of a finding stand.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/mends/mends.h"

namespace cotejo::mends {

// The declaration of the program that holds a place; null when none does.
const rules::ProgramEntry* EntryAt(const rules::Program& program, base::Span span);

// A rule as written: its declaration and, for a row of a scale, the row.
struct Written {
  rules::RuleId rule;
  const language::Decl* decl = nullptr;
  const language::RowDecl* row = nullptr;
};
std::optional<Written> FindWritten(const Bench& bench, const std::string& rule_name);

// The rules that the answers of a finding's witness and counterpart name, each once, in order.
std::vector<Written> RulesOf(const Bench& bench, const base::Finding& finding);

const std::vector<language::ConsequenceClause>& ConsequencesOf(const Written& written);

std::string TextOf(const Bench& bench, base::Span span);
// The insertion point right before (or after) a span.
base::Span Before(base::Span span);
base::Span After(base::Span span);

// "escala inasistencia_mensual, fila 2 (RIP:45.II)"
base::Text Label(const Bench& bench, const Written& written);

}  // namespace cotejo::mends
