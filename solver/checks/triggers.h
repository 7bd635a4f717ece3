// Histories in which each rule that orders a sanction stands, found by trying structured ones.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "solver/checks/histories.h"
#include "solver/checks/severity.h"

namespace cotejo::checks {

// Histories of one month in which a measured sum takes every value at which a guard may change,
// from the least up: as many facts as large as they can be, and what is left in one or two more.
struct SumLadder {
  rules::MeasureId measure;
  std::vector<Recipe> recipes;
};
std::vector<SumLadder> SumLadders(Bench& bench, rules::FactKindId kind,
                                  const std::vector<Choice>& choices);

// Every structured history of one month of facts of a kind: patterns of equal facts, and ladders.
std::vector<Recipe> OneMonth(Bench& bench, rules::FactKindId kind);

struct Trigger {
  rules::RuleId rule;
  Severity severity;  // of this rule's application
  base::Date date;
  bool alone = false;  // in that month no other sanction stands and nothing is left unanswered
  Recipe recipe;
};

// For each rule and each severity it can have, the smallest history found, and the smallest in
// which it is alone; by rule, severity and size. One kind at a time, repeated by months as long
// as that reaches other rules.
std::vector<Trigger> FindTriggers(const CheckContext& context,
                                  const std::vector<rules::FactKindId>& kinds);

// A bench for the sanctions of each kind, made when first asked for: the fewer the steps, the
// sooner the answer.
class Benches {
 public:
  // `also`: rules that are asked for besides the sanctions.
  explicit Benches(const CheckContext& context, std::vector<rules::RuleId> also = {})
      : context_(context), also_(std::move(also)) {}
  Bench& For(rules::FactKindId kind);

 private:
  const CheckContext& context_;
  std::vector<rules::RuleId> also_;
  std::map<rules::FactKindId, Bench> benches_;
};

// Primitive kinds of every group of misconducts.
std::vector<rules::FactKindId> AllMisconducts(const rules::Ruleset& rules);

// The triggers of all of them, found by the first task of a run that asks.
class SharedTriggers {
 public:
  const std::vector<Trigger>& Get(const CheckContext& context);

 private:
  std::once_flag once_;
  std::vector<Trigger> triggers_;
};
std::vector<Trigger> AllTriggers(const CheckContext& context);

// Rules among those wanted that no trigger reaches: nothing is claimed of them.
std::vector<rules::RuleId> Unreached(const rules::Ruleset& rules,
                                     const std::vector<Trigger>& triggers,
                                     const std::function<bool(const rules::Rule&)>& wanted);
void RecordUnreached(const CheckContext& context, base::CheckReport& report,
                     const std::string& name, const std::string& check,
                     const std::vector<rules::RuleId>& unreached);

}  // namespace cotejo::checks
