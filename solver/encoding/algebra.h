// Exact numbers and conditions that may be constants or solver terms, folded as they are built.
//
// Every number is an integer term times a rational unit, so half days, seconds and
// centavos all stay in integer arithmetic and no rounding can differ from the interpreter.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "model/base/rational.h"
#include "solver/smt/smt.h"

namespace cotejo::encoding {

using base::Rational;

struct Cond {
  std::optional<bool> fixed;
  smt::Bool term;  // when not fixed

  [[nodiscard]] bool IsFalse() const { return fixed == false; }
  [[nodiscard]] bool IsTrue() const { return fixed == true; }
};

// A function of a whole number between two bounds, given by the stretches in which it is linear.
struct Piecewise {
  struct Piece {
    std::int64_t first;  // until the next one begins
    Rational value;      // at the first
    Rational slope;
  };
  smt::Int of;
  std::int64_t last;
  std::vector<Piece> pieces;

  [[nodiscard]] std::int64_t LastOf(std::size_t piece) const;
  [[nodiscard]] Rational At(std::size_t piece, std::int64_t x) const;
};

struct Num {
  bool fixed = true;
  Rational value;  // when fixed
  smt::Int term;   // otherwise the number is term × unit
  Rational unit = 1;
  std::optional<Rational> low, high;        // bounds known while building
  Cond present{true, {}};                   // an optional attribute may be absent
  std::shared_ptr<const Piecewise> pieces;  // of a function of another number
};

class Algebra {
 public:
  explicit Algebra(smt::Context& context) : context_(context) {}

  static Cond Fixed(bool value) { return {value, {}}; }
  Cond Var(smt::Bool term) { return {std::nullopt, term}; }
  smt::Bool Term(const Cond& cond);
  Cond Not(const Cond& a);
  Cond And(const std::vector<Cond>& all);
  Cond Or(const std::vector<Cond>& any);
  Cond Iff(const Cond& a, const Cond& b);

  static Num Const(Rational value);
  // An integer variable times a unit, between two bounds, or from one on.
  Num Var(smt::Int term, Rational unit, Rational low, std::optional<Rational> high);
  // What `function` gives of a whole number; nothing when the number may have parts or has no
  // bounds, or too far apart. It is asked of each value there is between them, once.
  std::optional<Num> Function(const Num& of, const std::function<Rational(std::int64_t)>& function);
  Num FromCond(const Cond& cond);  // 1 or 0
  Num Add(const std::vector<Num>& all);
  Num Sub(const Num& a, const Num& b);
  // Nothing when the result leaves integer-linear arithmetic and cannot be exact.
  std::optional<Num> Mul(const Num& a, const Num& b);
  std::optional<Num> Div(const Num& a, const Num& b);
  Num Scale(const Num& a, Rational factor);
  Num Min(const Num& a, const Num& b);
  Num Max(const Num& a, const Num& b);
  Num Floor(const Num& a);
  Num Ceil(const Num& a);
  Num Ite(const Cond& when, const Num& then, const Num& otherwise);

  // Comparisons are false when an operand is absent.
  Cond Le(const Num& a, const Num& b);
  Cond Lt(const Num& a, const Num& b);
  Cond Eq(const Num& a, const Num& b);

  smt::Context& context() { return context_; }

 private:
  Cond BothPresent(const Num& a, const Num& b) { return And({a.present, b.present}); }
  // The integer term of a number in a unit that divides its own.
  smt::Int In(const Num& a, Rational unit);
  static Rational CommonUnit(const Num& a, const Num& b);
  smt::Int Tree(const Piecewise& function, Rational unit, std::size_t from, std::size_t to);
  Cond LeNumbers(const Num& a, const Num& b, bool strict);
  // Where a function is at most a bound, or at least; or less than it, or more. Nothing when that
  // is here and there: its term says it better.
  std::optional<Cond> Where(const Piecewise& function, const std::function<bool(Rational)>& holds);

  smt::Context& context_;
};

}  // namespace cotejo::encoding
