#include "model/evaluation/read_back.h"

#include "model/evaluation/world.h"

namespace cotejo::evaluation {

struct ReadBack::State {
  State(const rules::Ruleset& rules, const History& history) : world(rules, history) {}

  std::optional<Value> Eval(rules::ExprId expr, const Scope& scope) {
    try {
      return world.Eval(expr, scope);
    } catch (const Fault&) {
      return std::nullopt;
    } catch (const base::ArithmeticError&) {
      return std::nullopt;
    }
  }

  World world;
};

ReadBack::ReadBack(const rules::Ruleset& rules, const History& history, const Result& result)
    : state_(std::make_unique<State>(rules, history)), result_(result) {
  // The result has them in history order, which is that of arrival here.
  for (const EvaluatedFact& fact : result.facts) state_->world.Add(fact, 0);
}

ReadBack::~ReadBack() = default;

std::optional<Value> ReadBack::At(int index, rules::ExprId expr) {
  const Root& root = result_.roots[static_cast<std::size_t>(index)];
  const bool fact = root.subject.window == rules::Window::Fact;
  return state_->Eval(expr, {root.last, fact ? root.facts.front() : -1});
}

std::optional<Value> ReadBack::On(Date date, rules::ExprId expr) {
  return state_->Eval(expr, {date});
}

}  // namespace cotejo::evaluation
