// Conditions with everything known put in, so that only what has been counted is left open.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "model/evaluation/history.h"
#include "solver/checks/whole_ranges.h"
#include "solver/smt/terms.h"

namespace cotejo::checks {

// Why something cannot be followed exactly. Thrown and caught inside solver/checks/tally only.
struct Untold {
  base::Text reason;
};

// A fact without its date.
struct FactForm {
  rules::FactKindId kind;
  int shift = 0;
  std::vector<rules::Value> fields;
  friend bool operator==(const FactForm&, const FactForm&) = default;
};

// A measure, or the part of it about one value of the field that must be the same.
struct Count {
  rules::MeasureId measure;
  std::optional<rules::Value> key;
  friend bool operator==(const Count&, const Count&) = default;
};

// What has been counted.
class CountReader {
 public:
  virtual ~CountReader() = default;
  // `own`: up to the fact judged, not to the end of its day.
  [[nodiscard]] virtual base::Rational Value(int count, bool own) const = 0;
};

class Conditions {
 public:
  // `reachable`: kinds that any fact looked at can be; the others are never counted.
  Conditions(const rules::Ruleset& rules, const evaluation::History& person,
             std::vector<bool> reachable);

  struct Scope {
    base::Date date;
    const FactForm* fact = nullptr;  // nothing: a window that ends on the date
  };

  // Each gives a condition, to be asked below.
  int OfRule(rules::RuleId id, const Scope& scope);
  int OfQualification(rules::QualificationId id, const Scope& scope);
  // The value of an expression that looks at nothing counted.
  [[nodiscard]] rules::Value Known(rules::ExprId id, const Scope& scope) const;
  [[nodiscard]] bool LooksAtCounts(rules::ExprId id) const;

  // Always or never; nothing when it depends on the counts.
  [[nodiscard]] std::optional<bool> Settled(int condition) const;
  [[nodiscard]] bool Holds(int condition, const CountReader& counts) const;

  // Adds to a digest all that the answer of `Holds` depends on, but for what was counted.
  void Mark(int condition, smt::Digest& mark) const;

  [[nodiscard]] const std::vector<Count>& counts() const { return counts_; }
  // The largest number each count is compared with; nothing when it is used otherwise.
  [[nodiscard]] std::vector<std::optional<base::Rational>> Thresholds() const;
  // The values, in units of 1/`scale` for a sum and of one for the others, of the only count it
  // looks at for which it holds; nothing when it looks at several or at more than comparisons.
  struct Values {
    int count = -1;  // none: it always or never holds
    WholeRanges ranges;
  };
  [[nodiscard]] std::optional<Values> ValuesOf(int condition, std::int64_t scale) const;
  // When it only asks that counts be at least so much: each with its least value. Else nothing.
  [[nodiscard]] std::vector<std::pair<int, base::Rational>> Floors(int condition) const;

 private:
  enum class Looks : char { Unknown, AtCounts, Elsewhere };
  struct Node {
    rules::Op op = rules::Op::Literal;
    bool boolean = false;
    rules::Value value;
    int count = -1;
    bool own = false;
    std::vector<int> args;
  };

  [[nodiscard]] rules::Value KnownLeaf(const rules::Expr& expr, const Scope& scope) const;
  [[nodiscard]] rules::Value KnownShift(rules::Op op, const Scope& scope) const;
  int Fold(rules::ExprId id, const Scope& scope);
  int FoldMeasure(rules::MeasureId id, const Scope& scope);
  int FoldConnective(const rules::Expr& expr, const Scope& scope);
  int OfGuard(rules::ExprId guard, const std::vector<rules::Exception>& exceptions,
              const Scope& scope);
  int OfRow(const rules::Rule& rule, const Scope& scope);
  int Constant(rules::Value value);
  int Truth(bool value) { return Constant({base::Rational(value ? 1 : 0), false}); }
  int Not(int node);
  int And(const std::vector<int>& nodes);
  int Add(Node node);
  [[nodiscard]] const Node& node(int index) const {
    return nodes_[static_cast<std::size_t>(index)];
  }
  [[nodiscard]] std::optional<Values> ValuesOfComparison(const Node& open,
                                                         std::int64_t scale) const;
  [[nodiscard]] rules::Value Ask(int index, const CountReader& counts) const;

  const rules::Ruleset& rules_;
  const evaluation::History& person_;
  std::vector<bool> reachable_;
  mutable std::vector<Looks> looks_;                            // by ExprId, found when first asked
  mutable std::optional<std::pair<base::Date, int>> schedule_;  // of the last date asked about
  std::vector<Count> counts_;
  std::vector<Node> nodes_;
};

}  // namespace cotejo::checks
