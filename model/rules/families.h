// Rules that judge the same thing, and which of two prevails when both apply.
//
// A rule on a derived fact is also a rule on whatever the fact was derived from: the
// ladder of recidivism, which judges conducts, judges the month of 121 minutes too once
// that month counts as a conduct. Each rule is therefore expanded along the
// qualifications that can produce its subject, up to a root: a primitive or periodic
// fact, or a window. Expanded rules with one root form a family; contradictions,
// overlaps and gaps are questions about a family.
#pragma once

#include <string>
#include <vector>

#include "model/rules/ruleset.h"

namespace cotejo::rules {

using FamilyId = base::Id<struct FamilyTag>;

// A conjunction of atoms. An atom is a condition the analyses treat as one unit.
struct Atom {
  enum class Kind {
    Interval,  // term ∈ [low, high] (either end may be missing or open)
    Values,    // enumeration term ∈ values
    Opaque,    // any other Boolean expression, true or negated
  };
  Kind kind = Kind::Opaque;
  std::string term;  // canonical text of the term: equal texts are one dimension
  // The term (Interval, Values) or the whole condition (Opaque); its fields belong to the
  // fact it is written about, which in an expanded rule may be a derived one.
  ExprId expr;
  std::optional<Rational> low, high;
  bool low_open = false, high_open = false;
  std::vector<int> values;  // sorted
  bool negated = false;     // Opaque
};

struct Box {
  std::vector<Atom> atoms;  // one a term, sorted by term
};

// A rule as seen from a root, through the chain of qualifications (nearest the rule first).
struct ExpandedRule {
  RuleId rule;
  std::vector<QualificationId> through;
  // Guard with exceptions, of the rule and of each qualification on the way, in
  // disjunctive normal form. Fields of derived facts are replaced by their definitions.
  std::vector<Box> boxes;
  bool exact = true;  // false: too many disjuncts; `boxes` is then one box, always true
};

enum class Dimension { Discipline, Entitlement, Deontic };

// In what a rule says something: of sanctions, of a right or of a duty.
struct Respect {
  Dimension dimension = Dimension::Discipline;
  std::string thing;  // Entitlement: what; Deontic: action

  friend auto operator<=>(const Respect&, const Respect&) = default;
};

// What exhaustive scales of one subject promise in one respect: to say whether it is sanctioned,
// how much it gives of a right, or what must be done. What rules say in other respects answers
// none of it: that somebody must be told of a fault does not say how it is punished.
struct Coverage {
  std::vector<ScaleId> scales;
  std::vector<Respect> respects;  // sorted; equal: the same promise
  // Sorted: the rules of the family after which there is no gap. One that says what else the
  // subject is leaves it to be judged as that.
  std::vector<RuleId> answering;

  [[nodiscard]] bool Has(ScaleId scale) const;
  [[nodiscard]] bool IsAnsweredBy(RuleId rule) const;
};

struct Family {
  Subject root;
  std::vector<ExpandedRule> rules;  // by rule, then chain
  // Qualifications whose subject is the root: the characterisations of one thing.
  std::vector<QualificationId> qualifications;
  std::vector<Coverage> coverages;  // by the first of their scales

  [[nodiscard]] bool Promises(ScaleId scale) const;
  // The same family in one respect: that promise, and what may answer it.
  [[nodiscard]] Family Only(const Coverage& coverage) const;
};

enum class Precedence {
  None,       // nothing decides between them
  Rank,       // the norm of higher rank
  Exception,  // an explicit priority
  Special,    // the guard strictly implied by the other's
  Later,      // the later norm of equal rank
};

// Whether the first norm came into force after the second; false when a date is not known.
bool LaterNorm(const Ruleset& rules, NormId a, NormId b);

struct Families {
  std::vector<Family> families;  // by root

  // Whether `a` prevails over `b` (positions in family.rules) when both apply, and why.
  [[nodiscard]] static Precedence Prevails(const Ruleset& rules, const Family& family,
                                           std::size_t a, std::size_t b);
};

Families BuildFamilies(const Ruleset& rules);

// The same for two rules that need not belong to a family.
Precedence PrevailsOver(const Ruleset& rules, const ExpandedRule& a, const ExpandedRule& b);

// Whether exactly one row, or the first, is meant to apply to every subject: a `única` or `primera`
// scale not marked `parcial`.
bool Exhaustive(const Scale& scale);

// Guard of an expression as boxes; negation, ≠ and nested Boolean operators included.
// Returns nothing when the normal form has more than 64 boxes.
std::optional<std::vector<Box>> ToBoxes(const Ruleset& rules, ExprId guard);

// Values are no less than it, or `open`: more than it.
struct LowerBound {
  Rational value;
  bool open = false;
};
// Of the values of an expression for the facts of `subject` that meet the guard, when one of its
// conditions compares the same terms: what is past a fixed hour is more than nothing.
std::optional<LowerBound> LeastWhere(const Ruleset& rules, const Subject& subject, ExprId guard,
                                     ExprId value);

// Every case of `inner` is a case of `outer`, decided on the boxes alone (sound, not complete).
bool Implies(const std::vector<Box>& inner, const std::vector<Box>& outer);

// What a consequence list means for comparison: two rules whose outcomes differ in the
// same dimension cannot both stand for one subject.
struct Outcome {
  Dimension dimension = Dimension::Discipline;
  std::string thing;      // Entitlement: what; Deontic: action
  std::string signature;  // equal signatures: same outcome
  // Deontic, one outcome for each duty:
  std::string actor = {};
  ConsequenceKind duty = ConsequenceKind::Obligation;
  std::optional<Term> term = {};
};

std::vector<Outcome> Outcomes(const Ruleset& rules, const Rule& rule);

// Admonitions, deductions, process, removal and "sin sanción".
bool IsDisciplinary(ConsequenceKind kind);
// … and whether it is one at all: "sin sanción" is none.
bool IsSanction(ConsequenceKind kind);
bool OrdersSanction(const Rule& rule);
// Destitution or retirement.
bool IsRemoval(ConsequenceKind kind);
bool OrdersRemoval(const Rule& rule);

// Two rules that apply to one subject and cannot both stand: different sanctions or classes,
// different amounts of one thing, or, of one actor and action, a prohibition against anything
// else, or two terms. The rows of one scale that accumulates never clash.
bool OutcomesClash(const Ruleset& rules, RuleId a, const std::vector<Outcome>& outcomes_a, RuleId b,
                   const std::vector<Outcome>& outcomes_b);

}  // namespace cotejo::rules
