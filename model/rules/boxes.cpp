// Guards in disjunctive normal form over intervals, enumeration values and opaque conditions.
#include "model/rules/boxes.h"

#include <algorithm>

namespace cotejo::rules {

namespace {

using Boxes = std::optional<std::vector<Box>>;

constexpr std::size_t kMostBoxes = 64;

bool Less(const Atom& a, const Atom& b) {
  return a.term != b.term ? a.term < b.term : a.kind < b.kind;
}

// ---- Order between atoms and boxes -----------------------------------------------

bool LowWithin(const Atom& inner, const Atom& outer) {
  if (!outer.low) {
    return true;
  }
  return inner.low && (*inner.low > *outer.low ||
                       (*inner.low == *outer.low && (inner.low_open || !outer.low_open)));
}

bool HighWithin(const Atom& inner, const Atom& outer) {
  if (!outer.high) {
    return true;
  }
  return inner.high && (*inner.high < *outer.high ||
                        (*inner.high == *outer.high && (inner.high_open || !outer.high_open)));
}

bool AtomWithin(const Atom& inner, const Atom& outer) {
  if (inner.kind != outer.kind || inner.term != outer.term) {
    return false;
  }
  switch (outer.kind) {
    case Atom::Kind::Interval:
      return LowWithin(inner, outer) && HighWithin(inner, outer);
    case Atom::Kind::Values:
      return std::includes(outer.values.begin(), outer.values.end(), inner.values.begin(),
                           inner.values.end());
    case Atom::Kind::Opaque:
      return inner.negated == outer.negated;
  }
  return false;
}

bool BoxWithin(const Box& inner, const Box& outer) {
  return std::all_of(outer.atoms.begin(), outer.atoms.end(), [&](const Atom& limit) {
    return std::any_of(inner.atoms.begin(), inner.atoms.end(),
                       [&](const Atom& atom) { return AtomWithin(atom, limit); });
  });
}

// ---- Conjunction and disjunction -------------------------------------------------

// False when nothing is left.
bool Narrow(Atom& into, const Atom& with) {
  switch (into.kind) {
    case Atom::Kind::Interval: {
      if (!LowWithin(into, with)) {
        into.low = with.low;
        into.low_open = with.low_open;
      }
      if (!HighWithin(into, with)) {
        into.high = with.high;
        into.high_open = with.high_open;
      }
      if (!into.low || !into.high) {
        return true;
      }
      return *into.low < *into.high ||
             (*into.low == *into.high && !into.low_open && !into.high_open);
    }
    case Atom::Kind::Values: {
      std::vector<int> common;
      std::set_intersection(into.values.begin(), into.values.end(), with.values.begin(),
                            with.values.end(), std::back_inserter(common));
      into.values = common;
      return !common.empty();
    }
    case Atom::Kind::Opaque:
      return into.negated == with.negated;
  }
  return false;
}

std::optional<Box> Meet(Box box, const Box& b) {
  for (const Atom& atom : b.atoms) {
    const auto at = std::lower_bound(box.atoms.begin(), box.atoms.end(), atom, Less);
    if (at == box.atoms.end() || Less(atom, *at)) {
      box.atoms.insert(at, atom);
    } else if (!Narrow(*at, atom)) {
      return std::nullopt;
    }
  }
  return box;
}

// Without the boxes that lie inside another one.
Boxes Simplified(std::vector<Box> boxes) {
  std::vector<Box> kept;
  for (Box& box : boxes) {
    const auto holds = [&](const Box& other) { return BoxWithin(box, other); };
    if (std::any_of(kept.begin(), kept.end(), holds)) {
      continue;
    }
    std::erase_if(kept, [&](const Box& other) { return BoxWithin(other, box); });
    kept.push_back(std::move(box));
  }
  if (kept.size() > kMostBoxes) {
    return std::nullopt;
  }
  return kept;
}

Boxes Either(Boxes a, Boxes b) {
  if (!a || !b) {
    return std::nullopt;
  }
  // Each has been simplified where it was made.
  if (a->empty()) return b;
  if (b->empty()) return a;
  std::vector<Box> all = std::move(*a);
  std::move(b->begin(), b->end(), std::back_inserter(all));
  return Simplified(std::move(all));
}

Boxes True() { return std::vector<Box>{Box{}}; }
bool IsTrue(const std::vector<Box>& boxes) { return boxes.size() == 1 && boxes[0].atoms.empty(); }
Boxes False() { return std::vector<Box>{}; }
Boxes One(Atom atom) {
  std::vector<Box> boxes(1);
  boxes[0].atoms.push_back(std::move(atom));
  return boxes;
}

// ---- Linear forms ----------------------------------------------------------------

struct LinearTerm {
  std::string text;
  Place place;
  Rational factor;
};

struct Linear {
  std::vector<LinearTerm> terms;
  Rational constant;

  void Add(const Linear& other, Rational factor) {
    constant += other.constant * factor;
    for (const LinearTerm& term : other.terms) {
      const auto same = std::find_if(terms.begin(), terms.end(),
                                     [&](const LinearTerm& t) { return t.text == term.text; });
      if (same == terms.end()) {
        terms.push_back({term.text, term.place, term.factor * factor});
      } else {
        same->factor += term.factor * factor;
      }
    }
    std::erase_if(terms, [](const LinearTerm& t) { return t.factor.zero(); });
  }
};

Linear Linearise(const Vantage& vantage, Place place);

Linear LinearProduct(const Vantage& vantage, Place place) {
  const Expr& expr = vantage.rules->expr(place.expr);
  Rational factor = 1;
  std::optional<Place> rest;
  for (std::size_t i = 0; i < expr.args.size(); ++i) {
    const Place arg{expr.args[i], place.level};
    const std::optional<Rational> value = Constant(vantage, arg);
    const bool divides = expr.op == Op::Div && i > 0;
    if (value) {
      factor = divides ? factor / *value : factor * *value;
    } else if (rest || divides) {
      return {{{CanonicalText(vantage, place), place, 1}}, 0};  // not linear: one term
    } else {
      rest = arg;
    }
  }
  Linear linear;
  if (rest) {
    linear.Add(Linearise(vantage, *rest), factor);
  } else {
    linear.constant = factor;
  }
  return linear;
}

Linear Linearise(const Vantage& vantage, Place place) {
  place = Follow(vantage, place);
  if (const std::optional<Rational> value = Constant(vantage, place)) {
    return {{}, *value};
  }
  const Expr& expr = vantage.rules->expr(place.expr);
  Linear linear;
  switch (expr.op) {
    case Op::Add:
    case Op::Sub:
      for (std::size_t i = 0; i < expr.args.size(); ++i) {
        const Rational sign = expr.op == Op::Sub && i > 0 ? -1 : 1;
        linear.Add(Linearise(vantage, {expr.args[i], place.level}), sign);
      }
      return linear;
    case Op::Neg:
      linear.Add(Linearise(vantage, {expr.args[0], place.level}), -1);
      return linear;
    case Op::Mul:
    case Op::Div:
      return LinearProduct(vantage, place);
    default:
      return {{{CanonicalText(vantage, place), place, 1}}, 0};
  }
}

// ---- Atoms -----------------------------------------------------------------------

Boxes Opaque(const Vantage& vantage, Place place, bool negated) {
  Atom atom;
  atom.kind = Atom::Kind::Opaque;
  atom.term = CanonicalText(vantage, place);
  atom.expr = place.expr;
  atom.negated = negated;
  return One(std::move(atom));
}

Op Negated(Op op) {
  switch (op) {
    case Op::Lt:
      return Op::Ge;
    case Op::Le:
      return Op::Gt;
    case Op::Eq:
      return Op::Ne;
    case Op::Ne:
      return Op::Eq;
    case Op::Ge:
      return Op::Lt;
    default:
      return Op::Le;
  }
}

// term op bound
Boxes Interval(const std::string& term, ExprId expr, Op op, Rational bound) {
  if (op == Op::Ne) {
    return Either(Interval(term, expr, Op::Lt, bound), Interval(term, expr, Op::Gt, bound));
  }
  Atom atom;
  atom.kind = Atom::Kind::Interval;
  atom.term = term;
  atom.expr = expr;
  if (op == Op::Ge || op == Op::Gt || op == Op::Eq) {
    atom.low = bound;
    atom.low_open = op == Op::Gt;
  }
  if (op == Op::Le || op == Op::Lt || op == Op::Eq) {
    atom.high = bound;
    atom.high_open = op == Op::Lt;
  }
  return One(std::move(atom));
}

Boxes Values(const Vantage& vantage, Place term, std::vector<int> values, bool negated) {
  term = Follow(vantage, term);
  const Expr& expr = vantage.rules->expr(term.expr);
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  if (negated) {
    std::vector<int> others;
    const std::size_t count =
        vantage.rules->enumerations[expr.type.enumeration.index()].values.size();
    for (int value = 0; value < static_cast<int>(count); ++value) {
      if (!std::binary_search(values.begin(), values.end(), value)) {
        others.push_back(value);
      }
    }
    values = others;
  }
  if (values.empty()) {
    return False();
  }
  Atom atom;
  atom.kind = Atom::Kind::Values;
  atom.term = CanonicalText(vantage, term);
  atom.expr = term.expr;
  atom.values = values;
  return One(std::move(atom));
}

Boxes Normal(const Vantage& vantage, Place place, bool negated);

// ---- Comparisons -----------------------------------------------------------------

Boxes NumberComparison(const Vantage& vantage, Place place, Op op) {
  const Expr& expr = vantage.rules->expr(place.expr);
  const Place left{expr.args[0], place.level};
  const Place right{expr.args[1], place.level};
  Linear difference = Linearise(vantage, left);
  difference.Add(Linearise(vantage, right), -1);
  if (difference.terms.empty()) {
    const std::array<Rational, 2> sides = {difference.constant, Rational(0)};
    return Compute(op, sides).zero() ? False() : True();
  }
  if (difference.terms.size() == 1) {
    const LinearTerm& term = difference.terms[0];
    const Rational bound = -difference.constant / term.factor;
    return Interval(term.text, term.place.expr, term.factor < Rational(0) ? Mirrored(op) : op,
                    bound);
  }
  // Several terms on one side of a constant: that side is the term, as it is written.
  if (const std::optional<Rational> bound = Constant(vantage, right)) {
    const Place term = Follow(vantage, left);
    return Interval(CanonicalText(vantage, term), term.expr, op, *bound);
  }
  if (const std::optional<Rational> bound = Constant(vantage, left)) {
    const Place term = Follow(vantage, right);
    return Interval(CanonicalText(vantage, term), term.expr, Mirrored(op), *bound);
  }
  return std::nullopt;
}

Boxes BooleanEquality(const Vantage& vantage, Place place, bool negated) {
  const Expr& expr = vantage.rules->expr(place.expr);
  const bool differs = (expr.op == Op::Ne) != negated;
  for (std::size_t side = 0; side < 2; ++side) {
    if (const auto value = Constant(vantage, {expr.args[side], place.level})) {
      return Normal(vantage, {expr.args[1 - side], place.level}, value->zero() != differs);
    }
  }
  return Opaque(vantage, place, negated);
}

Boxes EnumerationEquality(const Vantage& vantage, Place place, bool negated) {
  const Expr& expr = vantage.rules->expr(place.expr);
  const bool differs = (expr.op == Op::Ne) != negated;
  for (std::size_t side = 0; side < 2; ++side) {
    if (const auto value = Constant(vantage, {expr.args[side], place.level})) {
      return Values(vantage, {expr.args[1 - side], place.level}, {static_cast<int>(value->floor())},
                    differs);
    }
  }
  return Opaque(vantage, place, negated);
}

Boxes Comparison(const Vantage& vantage, Place place, bool negated) {
  const Expr& expr = vantage.rules->expr(place.expr);
  const Base base = vantage.rules->expr(expr.args[0]).type.base;
  if (base == Base::Boolean) {
    return BooleanEquality(vantage, place, negated);
  }
  if (negated && MayBeAbsent(vantage, place)) {
    return Opaque(vantage, place, true);
  }
  if (base == Base::Enumeration) {
    return EnumerationEquality(vantage, place, negated);
  }
  try {
    // Several terms on both sides give nothing: the condition stays whole.
    const Boxes boxes = NumberComparison(vantage, place, negated ? Negated(expr.op) : expr.op);
    return boxes ? boxes : Opaque(vantage, place, negated);
  } catch (const base::ArithmeticError&) {
    return Opaque(vantage, place, negated);
  }
}

Boxes Membership(const Vantage& vantage, Place place, bool negated) {
  const Expr& expr = vantage.rules->expr(place.expr);
  if (negated && MayBeAbsent(vantage, place)) {
    return Opaque(vantage, place, true);
  }
  const Place term = Follow(vantage, {expr.args[0], place.level});
  std::vector<Rational> members;
  for (std::size_t i = 1; i < expr.args.size(); ++i) {
    const std::optional<Rational> value = Constant(vantage, {expr.args[i], place.level});
    if (!value) {
      return Opaque(vantage, place, negated);
    }
    members.push_back(*value);
  }
  const Expr& term_expr = vantage.rules->expr(term.expr);
  if (term_expr.type.base == Base::Enumeration) {
    std::vector<int> values;
    for (Rational member : members) {
      values.push_back(static_cast<int>(member.floor()));
    }
    return Values(vantage, term, values, negated);
  }
  const std::string text = CanonicalText(vantage, term);
  Boxes result = negated ? True() : False();
  for (Rational member : members) {
    const Boxes one = Interval(text, term.expr, negated ? Op::Ne : Op::Eq, member);
    result = negated ? Both(std::move(result), one) : Either(std::move(result), one);
  }
  return result;
}

Boxes Connective(const Vantage& vantage, Place place, bool negated) {
  const Expr& expr = vantage.rules->expr(place.expr);
  const bool joint = (expr.op == Op::And) != negated;
  Boxes result = joint ? True() : False();
  for (ExprId arg : expr.args) {
    Boxes one = Normal(vantage, {arg, place.level}, negated);
    result =
        joint ? Both(std::move(result), std::move(one)) : Either(std::move(result), std::move(one));
  }
  return result;
}

Boxes Conditional(const Vantage& vantage, Place place, bool negated) {
  const Expr& expr = vantage.rules->expr(place.expr);
  const Place condition{expr.args[0], place.level};
  return Either(Both(Normal(vantage, condition, false),
                     Normal(vantage, {expr.args[1], place.level}, negated)),
                Both(Normal(vantage, condition, true),
                     Normal(vantage, {expr.args[2], place.level}, negated)));
}

Boxes Normal(const Vantage& vantage, Place place, bool negated) {
  place = Follow(vantage, place);
  if (const std::optional<Rational> value = Constant(vantage, place)) {
    return value->zero() == negated ? True() : False();
  }
  const Expr& expr = vantage.rules->expr(place.expr);
  if (IsComparison(expr.op)) {
    return Comparison(vantage, place, negated);
  }
  switch (expr.op) {
    case Op::Not:
      return Normal(vantage, {expr.args[0], place.level}, !negated);
    case Op::And:
    case Op::Or:
      return Connective(vantage, place, negated);
    case Op::If:
      return Conditional(vantage, place, negated);
    case Op::InSet:
      return Membership(vantage, place, negated);
    default:
      return Opaque(vantage, place, negated);
  }
}

}  // namespace

Boxes Both(Boxes a, Boxes b) {
  if (!a || !b) {
    return std::nullopt;
  }
  // The other side has been simplified where it was made.
  if (IsTrue(*a)) return b;
  if (IsTrue(*b)) return a;
  std::vector<Box> all;
  for (Box& left : *a) {
    for (const Box& right : *b) {
      const bool last = &right == &b->back();
      // NOLINTNEXTLINE(bugprone-use-after-move): only the last time round
      if (std::optional<Box> box = Meet(last ? std::move(left) : left, right)) {
        all.push_back(std::move(*box));
      }
    }
  }
  return Simplified(std::move(all));
}

Boxes GuardBoxes(const Vantage& vantage, ExprId guard, const std::vector<Exception>& exceptions,
                 std::size_t level) {
  Boxes boxes = guard.valid() ? Normal(vantage, {guard, level}, false) : True();
  for (const Exception& exception : exceptions) {
    boxes = Both(std::move(boxes), Normal(vantage, {exception.condition, level}, true));
  }
  return boxes;
}

std::optional<std::vector<Box>> ToBoxes(const Ruleset& rules, ExprId guard) {
  const Vantage vantage{&rules, {OwnerKind(rules, guard), Window::Fact}, {}};
  return GuardBoxes(vantage, guard, {}, 0);
}

std::optional<LowerBound> LeastWhere(const Ruleset& rules, const Subject& subject, ExprId guard,
                                     ExprId value) {
  if (!guard.valid()) return std::nullopt;
  const Expr& expr = rules.expr(guard);
  if (expr.op == Op::And) {
    std::optional<LowerBound> most;
    for (ExprId part : expr.args) {
      const auto bound = LeastWhere(rules, subject, part, value);
      if (bound && (!most || most->value < bound->value)) most = bound;
    }
    return most;
  }
  const bool more = expr.op == Op::Gt || expr.op == Op::Ge;
  if (!more && expr.op != Op::Lt && expr.op != Op::Le) return std::nullopt;
  const Vantage vantage{&rules, subject, {}};
  Linear excess = Linearise(vantage, {expr.args[more ? 0 : 1], 0});  // is above 0, or not below
  excess.Add(Linearise(vantage, {expr.args[more ? 1 : 0], 0}), -1);
  Linear rest = Linearise(vantage, {value, 0});
  if (excess.terms.empty() || rest.terms.empty()) return std::nullopt;
  const auto same = std::find_if(rest.terms.begin(), rest.terms.end(), [&](const LinearTerm& term) {
    return term.text == excess.terms[0].text;
  });
  if (same == rest.terms.end()) return std::nullopt;
  const Rational times = same->factor / excess.terms[0].factor;
  if (times <= Rational(0)) return std::nullopt;
  rest.Add(excess, -times);
  if (!rest.terms.empty()) return std::nullopt;
  return LowerBound{rest.constant, expr.op == Op::Gt || expr.op == Op::Lt};
}

bool Implies(const std::vector<Box>& inner, const std::vector<Box>& outer) {
  return std::all_of(inner.begin(), inner.end(), [&](const Box& box) {
    return std::any_of(outer.begin(), outer.end(),
                       [&](const Box& other) { return BoxWithin(box, other); });
  });
}

}  // namespace cotejo::rules
