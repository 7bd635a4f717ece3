#include "solver/smt/terms.h"

#include <bit>
#include <cstring>

namespace cotejo::smt {

// One block of MurmurHash3 (x64, 128 bits; A. Appleby), for each number.
void Digest::Add(std::uint64_t number) {
  constexpr std::uint64_t kFirst = 0x87c37b91114253d5U;
  constexpr std::uint64_t kSecond = 0x4cf5ad432745937fU;
  first ^= std::rotl(number * kFirst, 31) * kSecond;
  first = (std::rotl(first, 27) + second) * 5 + 0x52dce729U;
  second ^= std::rotl(number * kSecond, 33) * kFirst;
  second = (std::rotl(second, 31) + first) * 5 + 0x38495ab5U;
}

void Digest::Add(std::string_view text) {
  Add(text.size());
  for (std::size_t at = 0; at < text.size(); at += sizeof(std::uint64_t)) {
    std::uint64_t block = 0;
    const std::string_view part = text.substr(at, sizeof block);
    std::memcpy(&block, part.data(), part.size());
    Add(block);
  }
}

bool IsVariable(TermOp op) {
  return op == TermOp::BoolVar || op == TermOp::IntVar || op == TermOp::RealVar;
}

std::int32_t Terms::Variable(TermOp op, const std::string& name) {
  const auto next = static_cast<std::int32_t>(nodes_.size());
  const auto [at, added] = variables_.try_emplace({op, name}, next);
  if (!added) return at->second;
  TermNode node;
  node.op = op;
  node.name = static_cast<std::uint32_t>(names_.size());
  names_.push_back(name);
  nodes_.push_back(node);
  return next;
}

std::int32_t Terms::Constant(TermOp op, Rational value) {
  TermNode node;
  node.op = op;
  node.value = value;
  nodes_.push_back(node);
  return static_cast<std::int32_t>(nodes_.size() - 1);
}

std::int32_t Terms::Make(TermOp op, const std::vector<std::int32_t>& arguments) {
  TermNode node;
  node.op = op;
  node.first = static_cast<std::uint32_t>(arguments_.size());
  node.count = static_cast<std::uint32_t>(arguments.size());
  arguments_.insert(arguments_.end(), arguments.begin(), arguments.end());
  nodes_.push_back(node);
  return static_cast<std::int32_t>(nodes_.size() - 1);
}

Rational Reading::Value(std::int32_t id) {
  const auto index = static_cast<std::size_t>(id);
  if (known_.size() < terms_.size()) known_.resize(terms_.size());
  if (!known_[index]) known_[index] = Compute(id);
  return *known_[index];
}

Rational Reading::Compute(std::int32_t id) {
  const TermNode& node = terms_.at(id);
  const auto argument = [&](std::uint32_t k) { return Value(terms_.argument(node, k)); };
  const auto any = [&](bool wanted) {
    for (std::uint32_t k = 0; k < node.count; ++k) {
      if (argument(k).zero() != wanted) return true;
    }
    return false;
  };
  switch (node.op) {
    case TermOp::True:
      return 1;
    case TermOp::False:
      return 0;
    case TermOp::BoolVar:
    case TermOp::IntVar:
    case TermOp::RealVar: {
      const auto found = model_.find(id);
      if (found == model_.end()) return 0;
      if (!found->second.fits) throw base::ArithmeticError("a model value exceeds 64 bits");
      return found->second.value;
    }
    case TermOp::IntConst:
    case TermOp::RealConst:
      return node.value;
    case TermOp::Not:
      return argument(0).zero() ? 1 : 0;
    case TermOp::And:
      return any(false) ? 0 : 1;
    case TermOp::Or:
      return any(true) ? 1 : 0;
    case TermOp::Iff:
    case TermOp::Eq:
      return argument(0) == argument(1) ? 1 : 0;
    case TermOp::Add: {
      Rational sum = 0;
      for (std::uint32_t k = 0; k < node.count; ++k) sum += argument(k);
      return sum;
    }
    case TermOp::Times:
    case TermOp::Mul:
      return argument(0) * argument(1);
    case TermOp::DivFloor:
      return (argument(0) / argument(1)).floor();
    case TermOp::Ite:
      return argument(0).zero() ? argument(2) : argument(1);
    case TermOp::Le:
      return argument(0) <= argument(1) ? 1 : 0;
    case TermOp::Lt:
      return argument(0) < argument(1) ? 1 : 0;
  }
  return 0;
}

}  // namespace cotejo::smt
