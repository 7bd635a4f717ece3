// Where in the norm files the rules of a finding stand, and how their bounds are rewritten.
#pragma once

#include <optional>
#include <string>
#include <string_view>
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
const language::ConsequenceClause* ClauseOf(const Written& written, std::string_view kind);
// All of what it orders, as written.
std::string OrdersOf(const Bench& bench, const Written& written);

std::string TextOf(const Bench& bench, base::Span span);
// The insertion point right before (or after) a span.
base::Span Before(base::Span span);
base::Span After(base::Span span);

// "la fila 2 de «inasistencia_mensual» (RIP:45.II)"
base::Text Label(const Bench& bench, const Written& written);

// A number as the norm files write it for a type; empty for types that need more than that.
std::string Figure(const rules::Type& type, base::Rational value);
// "1/2 día", "4 días".
std::string Days(base::Rational value);

// ---- Bounds ----------------------------------------------------------------------

struct Range {
  std::optional<base::Rational> low, high;
  bool low_open = false, high_open = false;
};

// What a rule asks of a measure, over all its boxes; nothing when it does not look at it.
std::optional<Range> RangeOf(const Bench& bench, rules::RuleId rule, const std::string& term);

// The canonical text of what a scale measures.
std::string MeasureTermOf(const Bench& bench, const rules::Scale& scale);

// The measure of that canonical text; null when the term is not a measure alone.
const rules::Measure* MeasureNamed(const Bench& bench, const std::string& term);

// The edit that takes one end of what a rule asks of a measure to a value, which is inside;
// nothing when the rule has no such end written.
std::optional<Edit> MoveEnd(const Bench& bench, const Written& written, const std::string& term,
                            bool upper, base::Rational value);

// The condition of a rule or row on its subject, as it could be written in another; empty when
// it has none.
std::string ConditionOf(const Bench& bench, const Written& written);

// Where an expression names something alone.
std::vector<base::Span> RefsTo(const language::Expr* expr, const std::string& name);

}  // namespace cotejo::mends
