#include "solver/checks/edited_rules.h"

#include <algorithm>

namespace cotejo::checks {

std::unique_ptr<rules::Ruleset> SpareRules::Take(const rules::Ruleset& of) {
  if (&of != &rules_) return nullptr;
  {
    const std::lock_guard lock(mutex_);
    if (!spare_.empty()) {
      std::unique_ptr<rules::Ruleset> copy = std::move(spare_.back());
      spare_.pop_back();
      return copy;
    }
    ++made_;
  }
  return std::make_unique<rules::Ruleset>(rules_);
}

void SpareRules::GiveBack(std::unique_ptr<rules::Ruleset> copy) {
  const std::lock_guard lock(mutex_);
  spare_.push_back(std::move(copy));
}

int SpareRules::made() const {
  const std::lock_guard lock(mutex_);
  return made_;
}

EditedRules::EditedRules(const rules::Ruleset& rules, SpareRules* spare)
    : original_(rules), spare_(spare) {
  if (spare_ != nullptr) copy_ = spare_->Take(rules);
  if (copy_ != nullptr) return;
  spare_ = nullptr;
  copy_ = std::make_unique<rules::Ruleset>(rules);
}

EditedRules::~EditedRules() {
  if (spare_ == nullptr) return;
  for (rules::RuleId id : rules_) copy_->rules[id.index()] = original_.rule(id);
  for (rules::QualificationId id : qualifications_) {
    copy_->qualifications[id.index()] = original_.qualification(id);
  }
  for (rules::ScaleId id : scales_) copy_->scales[id.index()] = original_.scale(id);
  ForgetAdded();
  spare_->GiveBack(std::move(copy_));
}

namespace {

template <typename Id>
void Note(std::vector<Id>& ids, Id id) {
  if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
}

}  // namespace

rules::Rule& EditedRules::rule(rules::RuleId id) {
  Note(rules_, id);
  return copy_->rules[id.index()];
}

rules::Qualification& EditedRules::qualification(rules::QualificationId id) {
  Note(qualifications_, id);
  return copy_->qualifications[id.index()];
}

rules::Scale& EditedRules::scale(rules::ScaleId id) {
  Note(scales_, id);
  return copy_->scales[id.index()];
}

rules::ExprId EditedRules::Add(rules::Expr expr) {
  copy_->exprs.push_back(std::move(expr));
  return rules::ExprId(static_cast<std::int64_t>(copy_->exprs.size()) - 1);
}

rules::ExprId EditedRules::AddTruth(bool value) {
  return Add({rules::Op::Literal, {rules::Base::Boolean, {}}, value ? 1 : 0, -1, {}, {}});
}

void EditedRules::ForgetAdded() { copy_->exprs.resize(original_.exprs.size()); }

}  // namespace cotejo::checks
