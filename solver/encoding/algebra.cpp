#include "solver/encoding/algebra.h"

#include <algorithm>

namespace cotejo::encoding {

smt::Bool Algebra::Term(const Cond& cond) {
  if (!cond.fixed) return cond.term;
  return *cond.fixed ? context_.True() : context_.False();
}

Cond Algebra::Not(const Cond& a) {
  if (a.fixed) return Fixed(!*a.fixed);
  return Var(context_.Not(a.term));
}

Cond Algebra::And(const std::vector<Cond>& all) {
  std::vector<smt::Bool> open;
  for (const Cond& cond : all) {
    if (cond.IsFalse()) return Fixed(false);
    if (!cond.fixed) open.push_back(cond.term);
  }
  if (open.empty()) return Fixed(true);
  if (open.size() == 1) return Var(open.front());
  return Var(context_.And(open));
}

Cond Algebra::Or(const std::vector<Cond>& any) {
  std::vector<smt::Bool> open;
  for (const Cond& cond : any) {
    if (cond.IsTrue()) return Fixed(true);
    if (!cond.fixed) open.push_back(cond.term);
  }
  if (open.empty()) return Fixed(false);
  if (open.size() == 1) return Var(open.front());
  return Var(context_.Or(open));
}

Cond Algebra::Iff(const Cond& a, const Cond& b) {
  if (a.fixed) return *a.fixed ? b : Not(b);
  if (b.fixed) return *b.fixed ? a : Not(a);
  return Var(context_.Iff(a.term, b.term));
}

Num Algebra::Const(Rational value) {
  Num num;
  num.value = value;
  num.low = num.high = value;
  return num;
}

Num Algebra::Var(smt::Int term, Rational unit, Rational low, std::optional<Rational> high) {
  Num num;
  num.fixed = false;
  num.term = term;
  num.unit = unit;
  num.low = low;
  num.high = high;
  return num;
}

std::int64_t Piecewise::LastOf(std::size_t piece) const {
  return piece + 1 < pieces.size() ? pieces[piece + 1].first - 1 : last;
}

Rational Piecewise::At(std::size_t piece, std::int64_t x) const {
  return pieces[piece].value + pieces[piece].slope * Rational(x - pieces[piece].first);
}

std::optional<Num> Algebra::Function(const Num& of,
                                     const std::function<Rational(std::int64_t)>& function) {
  if (of.fixed) {
    Num num = Const(function(of.value.num()));
    num.present = of.present;
    return num;
  }
  // All the days whose year has four digits; to go through many more would never end.
  constexpr int kMost = 4'000'000;
  if (!of.unit.whole() || !of.low || !of.high || *of.high - *of.low > Rational(kMost))
    return std::nullopt;
  auto piecewise = std::make_shared<Piecewise>();
  piecewise->of = In(of, 1);
  piecewise->last = of.high->floor();
  Num num;
  num.fixed = false;
  num.present = of.present;
  num.unit = 0;
  std::int64_t x = of.low->ceil();
  Rational value = function(x);
  while (x <= piecewise->last) {
    Piecewise::Piece piece{x, value, 0};
    Rational end = value;
    for (++x; x <= piecewise->last; ++x) {
      value = function(x);
      if (x == piece.first + 1) piece.slope = value - end;
      if (value - end != piece.slope) break;
      end = value;
    }
    num.low = std::min({num.low.value_or(end), piece.value, end});
    num.high = std::max({num.high.value_or(end), piece.value, end});
    num.unit = base::Gcd(base::Gcd(num.unit, piece.slope), piece.value);
    piecewise->pieces.push_back(piece);
  }
  if (num.low == num.high) {
    Num constant = Const(*num.low);
    constant.present = of.present;
    return constant;
  }
  num.term = Tree(*piecewise, num.unit, 0, piecewise->pieces.size());
  num.pieces = std::move(piecewise);
  return num;
}

// The pieces from one to another, by halves.
smt::Int Algebra::Tree(const Piecewise& function, Rational unit, std::size_t from, std::size_t to) {
  if (to - from > 1) {
    const std::size_t middle = from + (to - from) / 2;
    const smt::Bool below =
        context_.Lt(function.of, context_.IntConst(function.pieces[middle].first));
    return context_.Ite(below, Tree(function, unit, from, middle),
                        Tree(function, unit, middle, to));
  }
  const Piecewise::Piece& piece = function.pieces[from];
  const smt::Int at_zero =
      context_.IntConst(((piece.value - piece.slope * Rational(piece.first)) / unit).num());
  if (piece.slope.zero()) return at_zero;
  return context_.Add({context_.Times((piece.slope / unit).num(), function.of), at_zero});
}

std::optional<Cond> Algebra::Where(const Piecewise& function,
                                   const std::function<bool(Rational)>& holds) {
  constexpr std::size_t kMost = 3;
  std::vector<Cond> any;
  std::optional<std::int64_t> since;
  const std::int64_t begin = function.pieces.front().first;
  const auto close = [&](std::int64_t end) {
    if (!since) return;
    std::vector<Cond> all;
    if (*since > begin) all.push_back(Var(context_.Le(context_.IntConst(*since), function.of)));
    if (end < function.last) all.push_back(Var(context_.Le(function.of, context_.IntConst(end))));
    any.push_back(And(all));
    since.reset();
  };
  for (std::size_t i = 0; i < function.pieces.size(); ++i) {
    if (any.size() > kMost) return std::nullopt;
    const std::int64_t first = function.pieces[i].first;
    const std::int64_t last = function.LastOf(i);
    const bool at_first = holds(function.At(i, first));
    if (!at_first) close(first - 1);
    if (at_first && !since) since = first;
    if (holds(function.At(i, last)) == at_first) continue;
    // Along one stretch it changes once.
    std::int64_t same = first;
    std::int64_t other = last;
    while (other - same > 1) {
      const std::int64_t middle = same + (other - same) / 2;
      (holds(function.At(i, middle)) == at_first ? same : other) = middle;
    }
    if (at_first) {
      close(same);
    } else {
      since = other;
    }
  }
  close(function.last);
  return Or(any);
}

Num Algebra::FromCond(const Cond& cond) { return Ite(cond, Const(1), Const(0)); }

Rational Algebra::CommonUnit(const Num& a, const Num& b) {
  const Rational ua = a.fixed ? a.value : a.unit;
  const Rational ub = b.fixed ? b.value : b.unit;
  const Rational unit = base::Gcd(ua, ub);
  return unit.zero() ? Rational(1) : unit;
}

smt::Int Algebra::In(const Num& a, Rational unit) {
  if (a.fixed) return context_.IntConst((a.value / unit).num());
  return context_.Times((a.unit / unit).num(), a.term);
}

Num Algebra::Add(const std::vector<Num>& all) {
  Rational constant = 0;
  Rational unit = 0;
  std::optional<Rational> low = Rational(0);
  std::optional<Rational> high = Rational(0);
  std::vector<const Num*> open;
  std::vector<Cond> present;
  for (const Num& num : all) {
    present.push_back(num.present);
    low = low && num.low ? std::optional(*low + *num.low) : std::nullopt;
    high = high && num.high ? std::optional(*high + *num.high) : std::nullopt;
    if (num.fixed) {
      constant += num.value;
    } else {
      unit = base::Gcd(unit, num.unit);
      open.push_back(&num);
    }
  }
  Num sum = Const(constant);
  if (!open.empty()) {
    unit = base::Gcd(unit, constant);
    std::vector<smt::Int> terms;
    for (const Num* num : open) terms.push_back(In(*num, unit));
    if (!constant.zero()) terms.push_back(context_.IntConst((constant / unit).num()));
    sum.fixed = false;
    sum.term = context_.Add(terms);
    sum.unit = unit;
    sum.low = low;
    sum.high = high;
  }
  sum.present = And(present);
  return sum;
}

Num Algebra::Scale(const Num& a, Rational factor) {
  if (a.fixed || factor.zero()) {
    Num num = Const(a.fixed ? a.value * factor : Rational(0));
    num.present = a.present;
    return num;
  }
  Num num = a;
  num.pieces = nullptr;
  num.low = num.high = std::nullopt;
  if (factor < Rational(0)) {
    // A unit stays positive, so the sign goes into the term.
    num.term = context_.Times(-1, a.term);
    if (a.high) num.low = *a.high * factor;
    if (a.low) num.high = *a.low * factor;
    factor = -factor;
  } else {
    if (a.low) num.low = *a.low * factor;
    if (a.high) num.high = *a.high * factor;
  }
  num.unit = a.unit * factor;
  return num;
}

Num Algebra::Sub(const Num& a, const Num& b) { return Add({a, Scale(b, -1)}); }

std::optional<Num> Algebra::Mul(const Num& a, const Num& b) {
  const Cond present = BothPresent(a, b);
  std::optional<Num> product;
  if (a.fixed) {
    product = Scale(b, a.value);
  } else if (b.fixed) {
    product = Scale(a, b.value);
  } else {
    product = Num{};
    product->fixed = false;
    product->term = context_.Mul(a.term, b.term);
    product->unit = a.unit * b.unit;
    if (a.low && b.low && *a.low >= Rational(0) && *b.low >= Rational(0)) product->low = 0;
  }
  product->present = present;
  return product;
}

std::optional<Num> Algebra::Div(const Num& a, const Num& b) {
  if (!b.fixed || b.value.zero()) return std::nullopt;
  Num quotient = Scale(a, Rational(1) / b.value);
  quotient.present = BothPresent(a, b);
  return quotient;
}

Num Algebra::Min(const Num& a, const Num& b) {
  Num num = Ite(LeNumbers(a, b, false), a, b);
  num.present = BothPresent(a, b);
  return num;
}

Num Algebra::Max(const Num& a, const Num& b) {
  Num num = Ite(LeNumbers(a, b, false), b, a);
  num.present = BothPresent(a, b);
  if (a.low && (!num.low || *a.low > *num.low)) num.low = a.low;
  if (b.low && (!num.low || *b.low > *num.low)) num.low = b.low;
  return num;
}

Num Algebra::Floor(const Num& a) {
  Num num;
  if (a.fixed) {
    num = Const(a.value.floor());
  } else if (a.unit.whole()) {
    num = a;
  } else {
    num.fixed = false;
    num.term = context_.DivFloor(context_.Times(a.unit.num(), a.term), a.unit.den());
    if (a.low) num.low = a.low->floor();
    if (a.high) num.high = a.high->floor();
  }
  num.present = a.present;
  return num;
}

Num Algebra::Ceil(const Num& a) { return Scale(Floor(Scale(a, -1)), -1); }

Num Algebra::Ite(const Cond& when, const Num& then, const Num& otherwise) {
  if (when.fixed) return *when.fixed ? then : otherwise;
  Num num;
  if (then.fixed && otherwise.fixed && then.value == otherwise.value) {
    num = Const(then.value);
  } else {
    const Rational unit = CommonUnit(then, otherwise);
    num.fixed = false;
    num.term = context_.Ite(when.term, In(then, unit), In(otherwise, unit));
    num.unit = unit;
    if (then.low && otherwise.low) num.low = std::min(*then.low, *otherwise.low);
    if (then.high && otherwise.high) num.high = std::max(*then.high, *otherwise.high);
  }
  if (then.present.IsTrue() && otherwise.present.IsTrue()) {
    num.present = Fixed(true);
  } else {
    num.present = Or({And({when, then.present}), And({Not(when), otherwise.present})});
  }
  return num;
}

Cond Algebra::LeNumbers(const Num& a, const Num& b, bool strict) {
  if (a.high && b.low && (strict ? *a.high < *b.low : *a.high <= *b.low)) return Fixed(true);
  if (a.low && b.high && (strict ? *a.low >= *b.high : *a.low > *b.high)) return Fixed(false);
  if (a.fixed && b.fixed) return Fixed(strict ? a.value < b.value : a.value <= b.value);
  std::optional<Cond> where;
  if (b.fixed && a.pieces)
    where = Where(*a.pieces, [&](Rational x) { return strict ? x < b.value : x <= b.value; });
  if (a.fixed && b.pieces)
    where = Where(*b.pieces, [&](Rational x) { return strict ? a.value < x : a.value <= x; });
  if (where) return *where;
  if (b.fixed) {
    const Rational bound = b.value / a.unit;
    const std::int64_t limit = strict ? bound.ceil() - 1 : bound.floor();
    return Var(context_.Le(a.term, context_.IntConst(limit)));
  }
  if (a.fixed) {
    const Rational bound = a.value / b.unit;
    const std::int64_t limit = strict ? bound.floor() + 1 : bound.ceil();
    return Var(context_.Le(context_.IntConst(limit), b.term));
  }
  const Rational unit = CommonUnit(a, b);
  const smt::Int left = In(a, unit);
  const smt::Int right = In(b, unit);
  return Var(strict ? context_.Lt(left, right) : context_.Le(left, right));
}

Cond Algebra::Le(const Num& a, const Num& b) {
  return And({BothPresent(a, b), LeNumbers(a, b, false)});
}

Cond Algebra::Lt(const Num& a, const Num& b) {
  return And({BothPresent(a, b), LeNumbers(a, b, true)});
}

Cond Algebra::Eq(const Num& a, const Num& b) {
  const Cond present = BothPresent(a, b);
  if (a.fixed && b.fixed) return And({present, Fixed(a.value == b.value)});
  if ((a.high && b.low && *a.high < *b.low) || (b.high && a.low && *b.high < *a.low)) {
    return Fixed(false);
  }
  if (a.fixed || b.fixed) {
    const Num& open = a.fixed ? b : a;
    const Rational quotient = (a.fixed ? a.value : b.value) / open.unit;
    if (!quotient.whole()) return Fixed(false);
    return And({present, Var(context_.Eq(open.term, context_.IntConst(quotient.num())))});
  }
  const Rational unit = CommonUnit(a, b);
  return And({present, Var(context_.Eq(In(a, unit), In(b, unit)))});
}

}  // namespace cotejo::encoding
