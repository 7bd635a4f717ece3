// What a rule or a qualification asks, condition by condition, and whether it can be so.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/base/finding.h"
#include "model/rules/families.h"
#include "solver/checks/minimal_sets.h"
#include "solver/checks/sweep.h"

namespace cotejo::checks {

struct Unit {
  rules::ExprId expr;
  int exception = -1;  // -1: of the guard; else it must not hold
  bool range = false;  // a row's range: its ends are where they are so that rows follow
};

struct Statement {
  rules::RuleId rule;  // one of the two
  rules::QualificationId qualification;
  rules::Subject subject;
  base::Citation article;
  std::string name;
  std::vector<rules::Exception> exceptions;
  std::vector<Unit> units;
  bool readable = true;  // false: a reading that is not the chosen one settles what it asks
};

Statement ReadStatement(const rules::Ruleset& rules, rules::RuleId id);
Statement ReadStatement(const rules::Ruleset& rules, rules::QualificationId id);

// Whether histories differ in what the condition reads; not so what only parameters settle.
bool ReadsHistories(const rules::Ruleset& rules, const Unit& unit);
// Whether a reading settled it.
bool IsSettled(const rules::Ruleset& rules, const Unit& unit);

// "RIP:46.IV.1 («atraso_extremo») pide «minutos_de_atraso >= 121»"
base::Condition DescribeUnit(const rules::Ruleset& rules, const Statement& statement,
                             const Unit& unit);

// What the declared domains leave to the conditions of one statement, each term by itself.
class Room {
 public:
  Room(const rules::Ruleset& rules, const Statement& statement);

  // Whether some values meet the units kept and the contrary of another (-1: of none); nothing
  // when that has too many cases.
  [[nodiscard]] std::optional<bool> Left(const std::vector<bool>& kept, int contrary) const;
  [[nodiscard]] std::vector<bool> All() const;
  // The smallest sets of the other units that leave no room for the contrary of one.
  [[nodiscard]] MinimalSets WhyNone(int contrary) const;

 private:
  using Boxes = std::optional<std::vector<rules::Box>>;
  [[nodiscard]] Boxes Of(const Unit& unit, bool contrary) const;

  const rules::Ruleset& rules_;
  const Statement& statement_;
  rules::Family family_;  // of the subject alone
  std::vector<Relation> relations_;
};

}  // namespace cotejo::checks
