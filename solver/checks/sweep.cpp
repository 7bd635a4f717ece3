#include "solver/checks/sweep.h"

#include <algorithm>
#include <map>
#include <set>

#include "solver/checks/cells.h"

namespace cotejo::checks {

using rules::Atom;
using rules::Box;
using rules::Op;

// ---- Grids -----------------------------------------------------------------------

Rational StepOf(const rules::Ruleset& rules, rules::ExprId id, bool instrument) {
  const rules::Expr& expr = rules.expr(id);
  const auto arg = [&](std::size_t i) { return StepOf(rules, expr.args[i], instrument); };
  switch (expr.op) {
    case Op::Measure: {
      const rules::Measure& measure = rules.measure(rules::MeasureId(expr.ref));
      // A run counts whole days whatever the facts are recorded in.
      const bool counted = measure.aggregate != rules::Aggregate::Sum;
      const bool finer = instrument && !counted && !measure.instrument_step.zero();
      return finer ? measure.instrument_step : measure.step;
    }
    case Op::Attribute:
      switch (expr.type.base) {
        case rules::Base::Count:
        case rules::Base::Date:
        case rules::Base::Enumeration:
        case rules::Base::Boolean:
          return 1;
        case rules::Base::Years:
          return {1, base::kDayPartsPerYear};
        default:
          return 0;
      }
    case Op::YearsBetween:
      return {1, base::kDayPartsPerYear};
    case Op::FactDate:
    case Op::Shift:
    case Op::Floor:
    case Op::Ceil:
    case Op::MonthsSinceAnniversary:
    case Op::FirstOfNextMonth:
      return 1;
    case Op::Neg:
      return arg(0);
    case Op::Add:
    case Op::Sub:
    case Op::Min:
    case Op::Max:
    case Op::If: {
      Rational step = 0;
      for (std::size_t i = expr.op == Op::If ? 1 : 0; i < expr.args.size(); ++i) {
        const rules::Expr& part = rules.expr(expr.args[i]);
        if (part.op == Op::Literal && part.literal.zero()) continue;
        const Rational own = part.op == Op::Literal ? part.literal : arg(i);
        if (own.zero()) return 0;
        step = base::Gcd(step, own);
      }
      return step;
    }
    default:
      return 0;
  }
}

namespace {

// ---- Elementary ranges -----------------------------------------------------------

// A sum of facts that are never negative is not; and over the subject's own facts, of which
// there is one at least, it is no less than the least of them.
Domain SumDomain(const rules::Ruleset& rules, const rules::Family& family,
                 const rules::Measure& measure) {
  const rules::Expr& value = rules.expr(measure.value);
  if (value.op != Op::Field) return {};
  const auto least = LeastField(rules, measure.kind, rules::FieldId(value.ref));
  if (!least || least->value < Rational(0)) return {};
  const bool own =
      measure.kind == family.root.kind && !measure.filter.valid() &&
      (family.root.window == rules::Window::Fact || measure.window == family.root.window);
  return own ? Domain{least->value, {}, least->open} : Domain{Rational(0), {}, false};
}

}  // namespace

Domain DomainOf(const rules::Ruleset& rules, const rules::Family& family, rules::ExprId id) {
  const rules::Expr& expr = rules.expr(id);
  if (expr.op == Op::Attribute) {
    const rules::Attribute& attribute = rules.attribute(rules::AttributeId(expr.ref));
    return {attribute.low, attribute.high, false};
  }
  if (expr.op == Op::Field && family.root.window == rules::Window::Fact) {
    const auto& fields = rules.kind(family.root.kind).fields;
    if (static_cast<std::size_t>(expr.ref) >= fields.size()) return {};
    const rules::Field& field = fields[static_cast<std::size_t>(expr.ref)];
    return {field.low, field.high, false};
  }
  if (expr.op == Op::YearsBetween || expr.op == Op::MonthsSinceAnniversary) return {0, {}, false};
  if (expr.op != Op::Measure) return {};
  const rules::Measure& measure = rules.measure(rules::MeasureId(expr.ref));
  if (measure.aggregate == rules::Aggregate::Sum) return SumDomain(rules, family, measure);
  const bool own =
      measure.aggregate == rules::Aggregate::Count && !measure.filter.valid() &&
      measure.kind == family.root.kind &&
      (family.root.window == rules::Window::Fact || measure.window == family.root.window);
  return {own ? 1 : 0, {}, false};
}

bool HasMultiple(Rational step, const Elementary& cell) {
  if (step.zero() || !cell.low || !cell.high) return true;
  const Rational low = *cell.low / step;
  const Rational high = *cell.high / step;
  const std::int64_t first = cell.low_open ? low.floor() + 1 : low.ceil();
  const std::int64_t last = cell.high_open ? high.ceil() - 1 : high.floor();
  return first <= last;
}

bool Covers(const Atom& atom, const Elementary& cell) {
  if (cell.absent) return false;  // a comparison with an absent value is false
  switch (atom.kind) {
    case Atom::Kind::Opaque:
      return (cell.value == 1) != atom.negated;
    case Atom::Kind::Values:
      return std::binary_search(atom.values.begin(), atom.values.end(), cell.value);
    case Atom::Kind::Interval:
      break;
  }
  if (atom.low) {
    if (!cell.low || *cell.low < *atom.low) return false;
    if (*cell.low == *atom.low && atom.low_open && !cell.low_open) return false;
  }
  if (atom.high) {
    if (!cell.high || *cell.high > *atom.high) return false;
    if (*cell.high == *atom.high && atom.high_open && !cell.high_open) return false;
  }
  return true;
}

namespace {

void AddIfRecorded(const Dimension& dimension, Elementary cell, std::vector<Elementary>& cells) {
  if (dimension.instrument_step.zero() || dimension.instrument_step == dimension.step) return;
  cell.grid = Grid::Instrument;
  if (HasMultiple(dimension.instrument_step, cell)) cells.push_back(cell);
}

// An open range between two bounds of rows: what the norm's own grid has inside, and at
// both sides what only the instrument can give.
void AddOpen(const Dimension& dimension, const std::optional<Rational>& low,
             const std::optional<Rational>& high, std::vector<Elementary>& cells) {
  Elementary open{Grid::Norm, low, high, low.has_value(), high.has_value(), 0, false};
  if (dimension.step.zero()) {
    cells.push_back(open);
    return;
  }
  Elementary inner = open;
  if (low) {
    inner.low = Rational((*low / dimension.step).floor() + 1) * dimension.step;
    inner.low_open = false;
  }
  if (high) {
    inner.high = Rational((*high / dimension.step).ceil() - 1) * dimension.step;
    inner.high_open = false;
  }
  if (inner.low && inner.high && *inner.low > *inner.high) {
    AddIfRecorded(dimension, open, cells);
    return;
  }
  if (low)
    AddIfRecorded(dimension, {Grid::Instrument, low, inner.low, true, true, 0, false}, cells);
  cells.push_back(inner);
  if (high)
    AddIfRecorded(dimension, {Grid::Instrument, inner.high, high, true, true, 0, false}, cells);
}

void CutInterval(Dimension& dimension, const std::set<Rational>& points, const Domain& domain) {
  std::optional<Rational> before;
  bool started = false;
  const auto inside = [&](Rational p) {
    return (!domain.low || p >= *domain.low) && (!domain.high || p <= *domain.high);
  };
  std::set<Rational> cuts;
  for (Rational point : points) {
    if (inside(point)) cuts.insert(point);
  }
  if (domain.low) cuts.insert(*domain.low);
  if (domain.high) cuts.insert(*domain.high);
  for (Rational point : cuts) {
    if (started || !domain.low) AddOpen(dimension, before, point, dimension.cells);
    before = point;
    started = true;
    if (domain.low_open && point == *domain.low) continue;
    Elementary cell{Grid::Norm, point, point, false, false, 0, false};
    if (dimension.step.zero() || HasMultiple(dimension.step, cell)) {
      dimension.cells.push_back(cell);
    } else {
      AddIfRecorded(dimension, cell, dimension.cells);
    }
  }
  if (!domain.high) AddOpen(dimension, before, std::nullopt, dimension.cells);
}

// Whether the value of an expression may be missing because an optional attribute is.
bool MayBeMissing(const rules::Ruleset& rules, rules::ExprId id) {
  const rules::Expr& expr = rules.expr(id);
  if (expr.type.base == rules::Base::Boolean) return false;
  if (expr.op == Op::Attribute) return rules.attribute(rules::AttributeId(expr.ref)).optional;
  if (expr.op == Op::Measure) return false;
  for (std::size_t i = expr.op == Op::If ? 1 : 0; i < expr.args.size(); ++i) {
    if (MayBeMissing(rules, expr.args[i])) return true;
  }
  return false;
}

struct Term {
  Dimension dimension;
  std::set<Rational> points;
  bool of_root = false;
  std::size_t uses = 0;
};

using TermKey = std::pair<std::string, Atom::Kind>;

void Note(const Atom& atom, bool of_root, std::map<TermKey, Term>& terms) {
  Term& term = terms[{atom.term, atom.kind}];
  if (term.uses == 0 || (of_root && !term.of_root)) {
    term.dimension.term = atom.term;
    term.dimension.kind = atom.kind;
    term.dimension.expr = atom.expr;
  }
  term.of_root = term.of_root || of_root;
  ++term.uses;
  if (atom.low) term.points.insert(*atom.low);
  if (atom.high) term.points.insert(*atom.high);
}

void Cut(const rules::Ruleset& rules, const rules::Family& family, Term& term) {
  Dimension& dimension = term.dimension;
  if (dimension.kind != Atom::Kind::Opaque && MayBeMissing(rules, dimension.expr)) {
    Elementary absent;
    absent.absent = true;
    dimension.cells.push_back(absent);
  }
  switch (dimension.kind) {
    case Atom::Kind::Opaque:
      for (int value = 0; value <= 1; ++value) {
        dimension.cells.push_back({Grid::Norm, {}, {}, false, false, value, false});
      }
      return;
    case Atom::Kind::Values: {
      const auto& type = rules.expr(dimension.expr).type;
      const auto count = rules.enumerations[type.enumeration.index()].values.size();
      for (int value = 0; value < static_cast<int>(count); ++value) {
        dimension.cells.push_back({Grid::Norm, {}, {}, false, false, value, false});
      }
      return;
    }
    case Atom::Kind::Interval:
      dimension.step = StepOf(rules, dimension.expr, false);
      dimension.instrument_step = StepOf(rules, dimension.expr, true);
      const rules::Expr& expr = rules.expr(dimension.expr);
      const bool field = expr.op == Op::Field && family.root.window == rules::Window::Fact;
      const auto& fields = rules.kind(family.root.kind).fields;
      if (field && static_cast<std::size_t>(expr.ref) < fields.size()) {
        dimension.step = dimension.instrument_step =
            fields[static_cast<std::size_t>(expr.ref)].step;
        if (dimension.step.zero() && expr.type.base == rules::Base::Count) dimension.step = 1;
      }
      CutInterval(dimension, term.points, DomainOf(rules, family, dimension.expr));
      return;
  }
}

}  // namespace

Sweep MakeSweep(const rules::Ruleset& rules, const rules::Family& family) {
  std::map<TermKey, Term> terms;
  for (const rules::ExpandedRule& rule : family.rules) {
    if (!rule.exact || !rule.through.empty()) continue;
    for (const Box& box : rule.boxes) {
      for (const Atom& atom : box.atoms) Note(atom, true, terms);
    }
  }
  const auto known = [&](const Box& box) {
    return std::all_of(box.atoms.begin(), box.atoms.end(), [&](const Atom& atom) {
      return terms.count({atom.term, atom.kind}) > 0;
    });
  };
  Sweep sweep;
  for (std::size_t r = 0; r < family.rules.size(); ++r) {
    const rules::ExpandedRule& rule = family.rules[r];
    if (!rule.exact) continue;  // its one box would claim to cover everything
    for (const Box& box : rule.boxes) {
      if (!known(box)) continue;
      sweep.boxes.push_back(box);
      sweep.rule_of.push_back(r);
      for (const Atom& atom : box.atoms) Note(atom, rule.through.empty(), terms);
    }
  }
  std::vector<Term> ordered;
  for (auto& [key, term] : terms) ordered.push_back(std::move(term));
  std::stable_sort(ordered.begin(), ordered.end(),
                   [](const Term& a, const Term& b) { return a.uses > b.uses; });
  for (Term& term : ordered) {
    Cut(rules, family, term);
    sweep.dimensions.push_back(std::move(term.dimension));
  }
  for (const Box& box : sweep.boxes) {
    std::vector<int> at(sweep.dimensions.size(), -1);
    for (std::size_t a = 0; a < box.atoms.size(); ++a) {
      for (std::size_t d = 0; d < sweep.dimensions.size(); ++d) {
        if (sweep.dimensions[d].term == box.atoms[a].term &&
            sweep.dimensions[d].kind == box.atoms[a].kind) {
          at[d] = static_cast<int>(a);
        }
      }
    }
    sweep.atom_at.push_back(std::move(at));
  }
  return sweep;
}

}  // namespace cotejo::checks
