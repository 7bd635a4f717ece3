// Which steps of evaluation look at the sanctions that other steps produce.
#pragma once

#include <vector>

#include "model/rules/ruleset.h"

namespace cotejo::evaluation {

class SanctionWatch {
 public:
  explicit SanctionWatch(const rules::Ruleset& rules);

  // The built-in `sanción`; invalid when the ruleset has none.
  [[nodiscard]] rules::FactKindId kind() const { return kind_; }
  [[nodiscard]] bool Sees(const rules::Step& step) const;

 private:
  [[nodiscard]] bool SeesRule(const rules::Rule& rule) const;
  [[nodiscard]] bool Reads(const std::vector<rules::Exception>& exceptions) const;
  [[nodiscard]] bool Reads(rules::ExprId id) const;

  const rules::Ruleset& rules_;
  rules::FactKindId kind_;
  bool counted_ = false;  // some measure counts sanctions
};

}  // namespace cotejo::evaluation
