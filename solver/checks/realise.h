// Whether a history exists for each question about a family, replayed by the interpreter.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/base/finding.h"
#include "model/evaluation/evaluate.h"
#include "model/rules/content_hash.h"
#include "solver/checks/check.h"
#include "solver/encoding/history_encoding.h"

namespace cotejo::checks {

class SharedReadings;
class SharedSeverities;
class SharedTriggers;
class SpareRules;

struct CheckContext {
  const CheckInput& input;
  const rules::Ruleset& rules;
  const rules::Families& families;
  const CheckOptions& options;
  int year = 0;
  const rules::ContentHash* content = nullptr;  // null when no results are kept
  SharedTriggers* triggers = nullptr;           // found once for the tasks that need them
  SharedReadings* readings = nullptr;           // … and the text read otherwise
  smt::Answers* answers = nullptr;              // of Z3, to this run and to earlier ones
  SpareRules* spare = nullptr;                  // copies of the ruleset to change for a while
  SharedSeverities* severities = nullptr;       // of the histories tried in this run
};

struct Question {
  enum class Kind {
    Both,           // two rules apply to one root
    Gap,            // a root in a region to which no rule applies
    Characterised,  // two qualifications hold of one root
    Inhabited,      // there is a root at all
    One,            // a rule applies to a root
    Twice,          // two rules stand, on two roots that rest on one fact
  };
  // What must become of the rules that apply.
  enum class Fate {
    Any,
    Conflict,  // Both: they cannot stand together and nothing decides
    Settled,   // Both: one prevails
    Stand,     // Both, One: they stand
    Matter,    // One: without it the outcome of the root would be another
    Hold,      // One: its own conditions hold, whatever row of its scale comes first
  };

  std::string name;
  std::string check;
  Kind kind = Kind::Gap;
  // Both: positions in family.rules of the two sides, one pair for each way to reach them.
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  Fate fate = Fate::Any;
  std::vector<encoding::Constraint> region;  // Gap
  rules::QualificationId first, second;      // Characterised
  std::vector<std::size_t> positions;        // One: in family.rules, the ways to reach the rule
  rules::Subject one, two;                   // Twice: of the two roots
  bool classes = false;                      // Twice: two classes of fault; else two sanctions
};

// What a replay must show, and where it showed it.
struct Sighting {
  int root = -1;
  int first = -1;  // applications (One: the first alone), or derived facts for Characterised
  int second = -1;
  std::size_t pair = 0;  // which of question.pairs
};

struct Found {
  evaluation::History history;
  evaluation::Result result;
  Sighting sighting;
};

struct Reply {
  base::Verdict verdict = base::Verdict::Unknown;
  base::Text reason;
  base::Text bounds;
  const char* engine = "z3";
  std::optional<Found> found;  // Refuted
};

// What questions about a family depend on.
encoding::Cone ConeOfQuestions(const CheckContext& context, const rules::Family& family,
                               const std::vector<Question>& questions);

// One reply a question, in order. `domain` tells whether any history has a subject of the
// family at all: without one, nothing may be called proved.
std::vector<Reply> Realise(const CheckContext& context, const rules::Family& family,
                           const std::vector<Question>& questions);

// Whether a declaration is in force all the year looked at.
bool WholeYear(const CheckContext& context, rules::NormId norm,
               const std::optional<base::Date>& from, const std::optional<base::Date>& to);

// Whether a value of its term is what an atom asks.
bool Lies(const rules::Atom& atom, base::Rational value);

// Where the interpreter sees what the question asks, if it does.
std::optional<Sighting> Confirm(const CheckContext& context, const rules::Family& family,
                                const Question& question, const evaluation::History& history,
                                const evaluation::Result& result);

// Whether a history has the subject: a fact, in a window that closes. A result has a root for the
// windows to which something applied, and not for the others.
bool HasSubject(const rules::Subject& subject, const evaluation::History& history,
                const evaluation::Result& result);

// Whether leaving the rule of a replayed application out would change what becomes of its root.
bool Matters(const CheckContext& context, const evaluation::History& history,
             const evaluation::Result& result, std::size_t application);

// What a rule orders, as texts that are equal for equal outcomes.
std::vector<std::string> OutcomeKeys(const rules::Ruleset& rules, rules::RuleId rule);
// Whether a fact comes to be because the rule applies.
bool Establishes(const rules::Ruleset& rules, rules::RuleId rule);

// The fact roots that a root rests on: itself, or those of the facts in its window.
std::vector<int> FactRoots(const evaluation::Result& result, int root);

// The chain of qualifications behind an application, nearest first.
std::vector<rules::QualificationId> ChainOf(const rules::Ruleset& rules,
                                            const evaluation::Result& result,
                                            const evaluation::Application& application);

}  // namespace cotejo::checks
