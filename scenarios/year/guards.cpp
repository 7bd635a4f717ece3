// Guards as lists of tests, so that most rules are ruled out by one comparison.
#include <algorithm>
#include <optional>

#include "model/rules/terms.h"
#include "scenarios/year/plan.h"

namespace cotejo::year {
namespace {

using rules::Op;

class Flattening {
 public:
  explicit Flattening(const Plan& plan) : plan_(plan) {}

  std::vector<Test> Run(std::int32_t guard) {
    if (guard >= 0) Add(guard);
    return std::move(tests_);
  }

 private:
  [[nodiscard]] const Node& At(std::int32_t id) const {
    return plan_.nodes[static_cast<std::size_t>(id)];
  }
  [[nodiscard]] std::int32_t Arg(const Node& node, std::int32_t i) const {
    return plan_.args[static_cast<std::size_t>(node.first) + static_cast<std::size_t>(i)];
  }

  // The order is kept: what comes first may be what makes the rest have a value.
  void Add(std::int32_t id) {
    const Node& node = At(id);
    if (node.op == Op::And) {
      for (std::int32_t i = 0; i < node.count; ++i) Add(Arg(node, i));
      return;
    }
    Test test;
    if (auto interval = Interval(node)) {
      test = *interval;
    } else if (auto truth = Truth(node)) {
      test = *truth;
    } else if (auto among = Among(node)) {
      test = *among;
    } else {
      test.ref = id;
    }
    if (!tests_.empty() && Narrows(test, tests_.back())) return;
    tests_.push_back(std::move(test));
  }

  static bool Narrows(const Test& test, Test& last) {
    const bool interval = test.kind == Test::Kind::Field || test.kind == Test::Kind::Measure;
    if (!interval || test.kind != last.kind || test.ref != last.ref) return false;
    last.low = std::max(last.low, test.low);
    last.high = std::min(last.high, test.high);
    return true;
  }

  // An absent value is in no interval, as every comparison with it is false.
  [[nodiscard]] std::optional<Test> Interval(const Node& node) const {
    if (node.count != 2) return std::nullopt;
    Op op = node.op;
    std::int32_t term = Arg(node, 0);
    std::int32_t constant = Arg(node, 1);
    if (At(term).op == Op::Literal) {
      std::swap(term, constant);
      op = rules::Mirrored(op);
    }
    if (At(constant).op != Op::Literal) return std::nullopt;
    const std::int64_t value = At(constant).literal;
    if (value == kAbsent || value == INT64_MAX) return std::nullopt;
    Test test = Reading(term);
    test.low = kAbsent + 1;
    test.high = INT64_MAX;
    switch (op) {
      case Op::Lt:
        test.high = value - 1;
        break;
      case Op::Le:
        test.high = value;
        break;
      case Op::Eq:
        test.low = test.high = value;
        break;
      case Op::Ge:
        test.low = value;
        break;
      case Op::Gt:
        test.low = value + 1;
        break;
      default:
        return std::nullopt;
    }
    return test;
  }

  // A field that is true or false, or that it is not: what is absent is not true.
  [[nodiscard]] std::optional<Test> Truth(const Node& node) const {
    const bool denied = node.op == Op::Not;
    const Node& read = denied ? At(Arg(node, 0)) : node;
    if (read.op != Op::Field) return std::nullopt;
    Test test;
    test.kind = Test::Kind::Field;
    test.ref = read.ref;
    test.low = denied ? kAbsent : 1;
    test.high = denied ? 0 : INT64_MAX;
    return test;
  }

  [[nodiscard]] Test Reading(std::int32_t term) const {
    Test test;
    const Node& node = At(term);
    test.kind = node.op == Op::Field     ? Test::Kind::Field
                : node.op == Op::Measure ? Test::Kind::Measure
                                         : Test::Kind::Term;
    test.ref = test.kind == Test::Kind::Term ? term : node.ref;
    return test;
  }

  [[nodiscard]] std::optional<Test> Among(const Node& node) const {
    if (node.op != Op::InSet) return std::nullopt;
    Test test;
    test.kind = Test::Kind::Among;
    test.ref = Arg(node, 0);
    for (std::int32_t i = 1; i < node.count; ++i) {
      const Node& value = At(Arg(node, i));
      if (value.op != Op::Literal) return std::nullopt;
      test.values.push_back(value.literal);
    }
    std::sort(test.values.begin(), test.values.end());
    return test;
  }

  const Plan& plan_;
  std::vector<Test> tests_;
};

}  // namespace

std::vector<Test> TestsOf(const Plan& plan, std::int32_t guard) {
  return Flattening(plan).Run(guard);
}

}  // namespace cotejo::year
