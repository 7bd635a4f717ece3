// A ruleset changed for a while, without copying the whole of it each time.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "solver/checks/realise.h"

namespace cotejo::checks {

// Copies of one ruleset, equal to it whenever they are not in use: as many as are used at once.
class SpareRules {
 public:
  explicit SpareRules(const rules::Ruleset& rules) : rules_(rules) {}

  // Null for another ruleset.
  std::unique_ptr<rules::Ruleset> Take(const rules::Ruleset& of);
  void GiveBack(std::unique_ptr<rules::Ruleset> copy);
  [[nodiscard]] int made() const;

 private:
  const rules::Ruleset& rules_;
  mutable std::mutex mutex_;
  std::vector<std::unique_ptr<rules::Ruleset>> spare_;
  int made_ = 0;
};

// Only what is asked for by name may be changed; it is as it was when this is destroyed.
class EditedRules {
 public:
  // `spare` may be null, or of another ruleset: then the copy is made.
  EditedRules(const rules::Ruleset& rules, SpareRules* spare);
  ~EditedRules();
  EditedRules(const EditedRules&) = delete;
  EditedRules& operator=(const EditedRules&) = delete;

  [[nodiscard]] const rules::Ruleset& get() const { return *copy_; }
  rules::Rule& rule(rules::RuleId id);
  rules::Qualification& qualification(rules::QualificationId id);
  rules::Scale& scale(rules::ScaleId id);
  rules::ExprId Add(rules::Expr expr);
  rules::ExprId AddTruth(bool value);
  void ForgetAdded();  // every expression added so far

 private:
  const rules::Ruleset& original_;
  SpareRules* spare_;  // null: the copy is its own
  std::unique_ptr<rules::Ruleset> copy_;
  std::vector<rules::RuleId> rules_;
  std::vector<rules::QualificationId> qualifications_;
  std::vector<rules::ScaleId> scales_;
};

}  // namespace cotejo::checks
