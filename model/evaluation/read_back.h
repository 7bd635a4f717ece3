// What expressions were worth in a history already evaluated, where something was judged.
#pragma once

#include <memory>
#include <optional>

#include "model/evaluation/evaluate.h"

namespace cotejo::evaluation {

class ReadBack {
 public:
  // All three must outlive it.
  ReadBack(const rules::Ruleset& rules, const History& history, const Result& result);
  ~ReadBack();
  ReadBack(const ReadBack&) = delete;
  ReadBack& operator=(const ReadBack&) = delete;

  // At a root of the result; nothing when it cannot be computed there.
  std::optional<Value> At(int root, rules::ExprId expr);
  // On a date, of what reads no fact.
  std::optional<Value> On(Date date, rules::ExprId expr);

 private:
  struct State;
  std::unique_ptr<State> state_;
  const Result& result_;
};

}  // namespace cotejo::evaluation
