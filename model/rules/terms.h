// Expressions as seen from a root, through the qualifications that derive their subject.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/rules/ruleset.h"

namespace cotejo::rules {

// A rule's subject and the chain that derives it, nearest the rule first. Level 0 is the
// rule's own subject; level n is the subject of through[n - 1].
struct Vantage {
  const Ruleset* rules = nullptr;
  Subject subject;
  std::vector<QualificationId> through;
  // The day on which parameters are read; without one, what changes on some day is not constant.
  std::optional<Date> on = {};

  [[nodiscard]] Subject SubjectAt(std::size_t level) const;
};

// An expression and the level whose facts its fields belong to.
struct Place {
  ExprId expr;
  std::size_t level = 0;
};

// A field of a derived fact becomes the expression its qualification gives it, as far as
// that leads; anything else stays.
Place Follow(const Vantage& vantage, Place place);

// Value of an expression made of literals and parameters only, fields followed.
std::optional<Rational> Constant(const Vantage& vantage, Place place);
std::optional<Rational> ConstantValue(const Ruleset& rules, ExprId id, std::optional<Date> on = {});

// Whether an expression looks at a measure; not where a constant condition rules it out.
bool LooksAt(const Ruleset& rules, ExprId id, MeasureId measure);

// Whether it reads an optional attribute outside `tiene`; a comparison with an absent
// value is false, so such a comparison must not be negated by turning its operator round.
bool MayBeAbsent(const Vantage& vantage, Place place);

// Canonical text: equal texts have equal values for one subject. Fields carry their kind
// ("llegada.hora"); a measure that follows one fact among several says which.
std::string CanonicalText(const Vantage& vantage, Place place);

// Text in the language's own syntax, with bare names for the fields of `kind`.
std::string FormatExprOf(const Ruleset& rules, ExprId id, FactKindId kind);

// The kind whose fields an expression reads, by looking for its owner; may be invalid.
FactKindId OwnerKind(const Ruleset& rules, ExprId id);

// Canonical name of a measure that counts by a field: vez{inciso=RIP:43.II.a}.
std::string MeasureTerm(const Measure& measure, const std::string& field, const std::string& value);

// Operators whose result depends on their arguments' values alone. Booleans are 0 and 1.
Rational Compute(Op op, std::span<const Rational> args);
bool IsComparison(Op op);
// The comparison with its sides exchanged.
Op Mirrored(Op op);

}  // namespace cotejo::rules
