// The reference interpreter: one history in, every consequence out, with its reasons.
// It is written for clarity and exactness; the solver and the simulator are held to it.
#pragma once

#include <string>
#include <vector>

#include "model/evaluation/history.h"
#include "model/rules/families.h"

namespace cotejo::evaluation {

using DerivedIndex = int;  // index into Result::facts

// A fact as evaluated: the history's own, periodic ones, and those qualified or
// established by rules, each with what it was derived from.
struct EvaluatedFact {
  Fact fact;
  rules::QualificationId by;       // invalid: primitive, given or periodic
  std::vector<DerivedIndex> from;  // the facts it rests on
  int root = -1;                   // index into Result::roots
};

// What a family judges: one fact, or one window's facts of a kind.
struct Root {
  rules::Subject subject;
  Date first;  // window; first = last for a fact
  Date last;
  std::vector<DerivedIndex> facts;  // the fact itself, or the window's facts
};

// A measure's value that a guard looked at.
struct MeasureReading {
  std::string term;  // "minutos_de_atraso"
  rules::Type type;
  Value value;
};

// One rule that applied to one subject.
struct Application {
  rules::RuleId rule;
  int root = -1;
  Date date;                             // of the subject: the fact's date or the window's last day
  DerivedIndex fact = -1;                // subject fact, for rules on facts
  std::vector<Rational> quantities;      // one for each consequence; 0 where it has none
  std::vector<MeasureReading> measures;  // in the order of the guard
  bool stands = true;
  int defeated_by = -1;  // index into Result::applications
  rules::Precedence why = rules::Precedence::None;
  std::vector<int> conflicts;  // applications it cannot stand with and nothing decides
};

// A subject to which no rule applied that answers what an exhaustive scale promises of it.
struct GapHit {
  int root = -1;
  Date date;
  rules::ScaleId scale;                  // the first of those that promise it, of those in force
  std::vector<MeasureReading> measures;  // that their rows look at
};

struct Result {
  std::vector<EvaluatedFact> facts;  // history order; derived ones after their causes
  std::vector<Root> roots;
  std::vector<Application> applications;  // by date, root, rule
  std::vector<GapHit> gaps;
  std::vector<base::Diagnostic> problems;  // e.g. no schedule, a year with no known holidays
};

// `families` is BuildFamilies(rules), built once by the caller.
Result Evaluate(const rules::Ruleset& rules, const rules::Families& families,
                const History& history);
// The same for these of the ruleset's steps alone, in its order: what the others say is left
// out, so they must be all that the answer looked for depends on.
Result Evaluate(const rules::Ruleset& rules, const rules::Families& families,
                const History& history, const std::vector<rules::Step>& steps);

struct CaseFailure {
  std::size_t case_index = 0;
  base::Text expected;
  base::Text found;
};

// Runs every `caso`; cases bound to another assignment of readings than the ruleset's are
// not run and are returned in `skipped`.
struct CaseReport {
  int run = 0;
  std::vector<CaseFailure> failures;
  std::vector<std::size_t> skipped;
};
CaseReport RunCases(const rules::Ruleset& rules, const rules::Families& families);

}  // namespace cotejo::evaluation
