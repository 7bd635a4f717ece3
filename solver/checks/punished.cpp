#include "solver/checks/punished.h"

namespace cotejo::checks {

using evaluation::Fact;
using evaluation::History;

namespace {

// Every number takes the same room and a kind says how many fields follow, so that no two lists
// of facts are written alike.
std::string FactsOf(const History& history) {
  std::string text;
  const auto add = [&](std::int64_t number) {
    text.append(reinterpret_cast<const char*>(&number), sizeof number);
  };
  for (const Fact& fact : history.facts) {
    add(fact.kind.value);
    add(fact.date.days());
    add(fact.shift);
    for (const rules::Value& value : fact.fields) {
      add(value.absent ? 1 : 0);
      add(value.number.num());
      add(value.number.den());
    }
  }
  return text;
}

}  // namespace

std::optional<Severity> SharedSeverities::Find(const std::string& facts) const {
  const std::lock_guard lock(mutex_);
  const auto known = known_.find(facts);
  return known == known_.end() ? std::nullopt : std::optional(known->second);
}

void SharedSeverities::Keep(std::string facts, const Severity& severity) {
  const std::lock_guard lock(mutex_);
  known_.try_emplace(std::move(facts), severity);
}

std::optional<Punished> Punished::Try(Bench& bench, const Recipe& recipe) {
  const CheckContext& context = bench.context();
  Punished punished;
  punished.history_ = LayOut(context, bench.layout(), recipe);
  if (!punished.history_) return std::nullopt;
  std::string facts;
  if (context.severities != nullptr) {
    facts = FactsOf(*punished.history_);
    if (const std::optional<Severity> known = context.severities->Find(facts)) {
      punished.severity_ = *known;
      return punished;
    }
  }
  punished.severity_ = SeverityOf(context.rules, punished.ResultOn(bench));
  if (context.severities != nullptr) context.severities->Keep(std::move(facts), punished.severity_);
  return punished;
}

const evaluation::Result& Punished::ResultOn(Bench& bench) {
  if (!trial_) {
    trial_ = bench.Try(std::move(*history_));
    history_.reset();
  }
  return trial_->result;
}

std::optional<Drop> FindDrop(Bench& bench, Punished& before, Punished& after) {
  if (!Lighter(after.severity(), before.severity())) return std::nullopt;
  return FindDrop(bench.context().rules, before.ResultOn(bench), after.ResultOn(bench));
}

}  // namespace cotejo::checks
