// How gravely histories are punished, worked out once for all the tasks that try the same ones.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "solver/checks/drops.h"

namespace cotejo::checks {

// Of histories of one run, by all that tells them apart: they are of one person and one gestión,
// and differ in their facts alone.
class SharedSeverities {
 public:
  [[nodiscard]] std::optional<Severity> Find(const std::string& facts) const;
  void Keep(std::string facts, const Severity& severity);

 private:
  mutable std::mutex mutex_;
  std::unordered_map<std::string, Severity> known_;
};

// A recipe tried by a bench. When its severity was known it has not been judged again: most of
// those compared are no lighter than the other, and that is all there is to see in them.
class Punished {
 public:
  // Nothing when the facts cannot be so.
  static std::optional<Punished> Try(Bench& bench, const Recipe& recipe);

  [[nodiscard]] const Severity& severity() const { return severity_; }
  const evaluation::Result& ResultOn(Bench& bench);

 private:
  std::optional<evaluation::History> history_;  // until it is judged
  std::optional<Trial> trial_;
  Severity severity_;
};

// As FindDrop of their results.
std::optional<Drop> FindDrop(Bench& bench, Punished& before, Punished& after);

}  // namespace cotejo::checks
