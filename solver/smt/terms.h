// Terms of one context, and their values in a model. No solver is needed to build them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/base/rational.h"

namespace cotejo::smt {

using base::Rational;

// 128 bits: accidents only, nobody writes terms to make two meet.
struct Digest {
  std::uint64_t first = 0x9e3779b97f4a7c15U;
  std::uint64_t second = 0xc2b2ae3d27d4eb4fU;

  void Add(std::uint64_t number);
  void Add(const Digest& other) {
    Add(other.first);
    Add(other.second);
  }
  void Add(std::string_view text);  // with its length
  friend auto operator<=>(const Digest&, const Digest&) = default;
};

enum class TermOp : std::uint8_t {
  True,
  False,
  BoolVar,
  Not,
  And,
  Or,
  Iff,
  IntVar,
  IntConst,
  Add,
  Times,  // by the constant that is its first argument
  Mul,
  DivFloor,  // by the constant that is its second argument, > 0
  Ite,
  Le,
  Lt,
  Eq,
  RealVar,
  RealConst,
};

bool IsVariable(TermOp op);

struct TermNode {
  TermOp op;
  std::uint32_t first = 0;  // of its arguments, in the table's list
  std::uint32_t count = 0;
  Rational value;          // of a constant
  std::uint32_t name = 0;  // of a variable, in the table's list
};

// What a variable is in a model; one that is not here is false, or zero.
struct ModelValue {
  bool fits = true;  // false: it exceeds 64 bits
  Rational value;
};
using Model = std::map<std::int32_t, ModelValue>;  // by term

class Terms {
 public:
  // One term for each name.
  std::int32_t Variable(TermOp op, const std::string& name);
  std::int32_t Constant(TermOp op, Rational value);
  std::int32_t Make(TermOp op, const std::vector<std::int32_t>& arguments);

  [[nodiscard]] const TermNode& at(std::int32_t id) const {
    return nodes_[static_cast<std::size_t>(id)];
  }
  [[nodiscard]] std::int32_t argument(const TermNode& node, std::uint32_t k) const {
    return arguments_[node.first + k];
  }
  [[nodiscard]] const std::string& name(const TermNode& node) const { return names_[node.name]; }
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }

 private:
  std::vector<TermNode> nodes_;
  std::vector<std::int32_t> arguments_;
  std::vector<std::string> names_;
  std::map<std::pair<TermOp, std::string>, std::int32_t> variables_;
};

// Reads terms in one model; conditions are 1 or 0. Throws base::ArithmeticError beyond 64 bits.
class Reading {
 public:
  Reading(const Terms& terms, const Model& model) : terms_(terms), model_(model) {}
  Rational Value(std::int32_t id);

 private:
  Rational Compute(std::int32_t id);

  const Terms& terms_;
  const Model& model_;
  std::vector<std::optional<Rational>> known_;
};

}  // namespace cotejo::smt
