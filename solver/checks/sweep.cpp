#include "solver/checks/sweep.h"

#include <algorithm>
#include <map>
#include <set>

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

struct Domain {
  std::optional<Rational> low, high;
};

// A sum of facts that are never negative is not; and over the subject's own facts, of which
// there is one at least, it is no less than the least of them.
std::optional<Rational> SumLow(const rules::Ruleset& rules, const rules::Family& family,
                               const rules::Measure& measure) {
  const rules::Expr& value = rules.expr(measure.value);
  if (value.op != Op::Field) return std::nullopt;
  const auto least = LeastField(rules, measure.kind, rules::FieldId(value.ref));
  if (!least || *least < Rational(0)) return std::nullopt;
  const bool own = measure.kind == family.root.kind && !measure.filter.valid() &&
                   (family.root.window == rules::Window::Fact ||
                    measure.window == family.root.window);
  return own ? *least : Rational(0);
}

// What the declarations alone say of a term's values.
Domain DomainOf(const rules::Ruleset& rules, const rules::Family& family, rules::ExprId id) {
  const rules::Expr& expr = rules.expr(id);
  if (expr.op == Op::Attribute) {
    const rules::Attribute& attribute = rules.attribute(rules::AttributeId(expr.ref));
    return {attribute.low, attribute.high};
  }
  if (expr.op == Op::Field && family.root.window == rules::Window::Fact) {
    const auto& fields = rules.kind(family.root.kind).fields;
    if (static_cast<std::size_t>(expr.ref) >= fields.size()) return {};
    const rules::Field& field = fields[static_cast<std::size_t>(expr.ref)];
    return {field.low, field.high};
  }
  if (expr.op == Op::YearsBetween || expr.op == Op::MonthsSinceAnniversary) return {0, {}};
  if (expr.op != Op::Measure) return {};
  const rules::Measure& measure = rules.measure(rules::MeasureId(expr.ref));
  if (measure.aggregate == rules::Aggregate::Sum) return {SumLow(rules, family, measure), {}};
  const bool own = measure.aggregate == rules::Aggregate::Count && !measure.filter.valid() &&
                   measure.kind == family.root.kind &&
                   (family.root.window == rules::Window::Fact ||
                    measure.window == family.root.window);
  return {own ? 1 : 0, {}};
}

bool HasMultiple(Rational step, const Elementary& cell) {
  if (step.zero() || !cell.low || !cell.high) return true;
  const Rational low = *cell.low / step;
  const Rational high = *cell.high / step;
  const std::int64_t first = cell.low_open ? low.floor() + 1 : low.ceil();
  const std::int64_t last = cell.high_open ? high.ceil() - 1 : high.floor();
  return first <= last;
}

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
  if (low) AddIfRecorded(dimension, {Grid::Instrument, low, inner.low, true, true, 0, false}, cells);
  cells.push_back(inner);
  if (high) AddIfRecorded(dimension, {Grid::Instrument, inner.high, high, true, true, 0, false}, cells);
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
    Elementary cell{Grid::Norm, point, point, false, false, 0, false};
    if (dimension.step.zero() || HasMultiple(dimension.step, cell)) {
      dimension.cells.push_back(cell);
    } else {
      AddIfRecorded(dimension, cell, dimension.cells);
    }
    before = point;
    started = true;
  }
  if (!domain.high) AddOpen(dimension, before, std::nullopt, dimension.cells);
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
        dimension.step = dimension.instrument_step = fields[static_cast<std::size_t>(expr.ref)].step;
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

// ---- Gaps ------------------------------------------------------------------------

namespace {

bool BoxCovers(const Sweep& sweep, std::size_t box, std::size_t dimension, int cell) {
  const int atom = sweep.atom_at[box][dimension];
  return atom < 0 || Covers(sweep.boxes[box].atoms[static_cast<std::size_t>(atom)],
                            sweep.dimensions[dimension].cells[static_cast<std::size_t>(cell)]);
}

class GapSearch {
 public:
  GapSearch(const Sweep& sweep, Grid grid, std::size_t budget)
      : sweep_(sweep), grid_(grid), budget_(budget) {
    last_use_.resize(sweep.boxes.size());
    for (std::size_t b = 0; b < sweep.boxes.size(); ++b) {
      for (std::size_t d = 0; d < sweep.dimensions.size(); ++d) {
        if (sweep.atom_at[b][d] >= 0) last_use_[b] = d + 1;
      }
    }
  }

  Gaps Run() {
    for (const Dimension& dimension : sweep_.dimensions) {
      region_.ranges.push_back({0, static_cast<int>(dimension.cells.size()) - 1});
    }
    std::vector<std::size_t> all(sweep_.boxes.size());
    for (std::size_t b = 0; b < all.size(); ++b) all[b] = b;
    Visit(0, all, false);
    std::sort(gaps_.regions.begin(), gaps_.regions.end());
    return std::move(gaps_);
  }

 private:
  void Visit(std::size_t d, const std::vector<std::size_t>& active, bool recorded) {
    if (gaps_.exceeded) return;
    if (++visited_ > budget_) {
      gaps_.exceeded = true;
      return;
    }
    for (std::size_t b : active) {
      if (last_use_[b] <= d) return;  // nothing more is asked: covered
    }
    if (d == sweep_.dimensions.size() || (active.empty() && (recorded || grid_ == Grid::Norm))) {
      if (recorded || grid_ == Grid::Norm) gaps_.regions.push_back(region_);
      return;
    }
    const Dimension& dimension = sweep_.dimensions[d];
    const auto count = static_cast<int>(dimension.cells.size());
    int first = 0;
    while (first < count) {
      if (Skipped(dimension, first)) {
        ++first;
        continue;
      }
      const std::vector<std::size_t> left = Narrowed(d, active, first);
      int last = first;
      for (int next = first + 1; next < count; ++next) {
        if (Skipped(dimension, next)) continue;
        if (KindOf(dimension, next) != KindOf(dimension, first) || IsAbsent(dimension, first) ||
            Narrowed(d, active, next) != left) {
          break;
        }
        last = next;
      }
      region_.ranges[d] = {first, last};
      Visit(d + 1, left, recorded || KindOf(dimension, first) == Grid::Instrument);
      first = last + 1;
    }
    region_.ranges[d] = {0, count - 1};
  }

  bool Skipped(const Dimension& dimension, int cell) const {
    return grid_ == Grid::Norm && KindOf(dimension, cell) == Grid::Instrument;
  }
  static Grid KindOf(const Dimension& dimension, int cell) {
    return dimension.cells[static_cast<std::size_t>(cell)].grid;
  }

  static bool IsAbsent(const Dimension& dimension, int cell) {
    return dimension.cells[static_cast<std::size_t>(cell)].absent;
  }

  std::vector<std::size_t> Narrowed(std::size_t d, const std::vector<std::size_t>& active,
                                    int cell) const {
    std::vector<std::size_t> left;
    for (std::size_t b : active) {
      if (BoxCovers(sweep_, b, d, cell)) left.push_back(b);
    }
    return left;
  }

  const Sweep& sweep_;
  Grid grid_;
  std::size_t budget_;
  std::size_t visited_ = 0;
  std::vector<std::size_t> last_use_;
  Region region_;
  Gaps gaps_;
};

// No value of the grid lies between the two cells.
bool Adjacent(const Dimension& dimension, int last, int next, Grid grid) {
  if (dimension.cells[static_cast<std::size_t>(last)].absent) return false;
  for (int between = last + 1; between < next; ++between) {
    const bool norm = dimension.cells[static_cast<std::size_t>(between)].grid == Grid::Norm;
    if (grid == Grid::Instrument || norm) return false;
  }
  return true;
}

}  // namespace

Gaps FindGaps(const Sweep& sweep, Grid grid, std::size_t budget) {
  if (grid == Grid::Instrument) {
    const bool finer = std::any_of(
        sweep.dimensions.begin(), sweep.dimensions.end(), [](const Dimension& dimension) {
          return std::any_of(dimension.cells.begin(), dimension.cells.end(),
                             [](const Elementary& c) { return c.grid == Grid::Instrument; });
        });
    if (!finer) return {};
  }
  return GapSearch(sweep, grid, budget).Run();
}

std::vector<Region> Merge(const Sweep& sweep, std::vector<Region> regions, Grid grid) {
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t d = 0; d < sweep.dimensions.size(); ++d) {
      std::sort(regions.begin(), regions.end(), [&](const Region& a, const Region& b) {
        for (std::size_t k = 0; k < a.ranges.size(); ++k) {
          if (k != d && a.ranges[k] != b.ranges[k]) return a.ranges[k] < b.ranges[k];
        }
        return a.ranges[d] < b.ranges[d];
      });
      std::vector<Region> merged;
      for (const Region& region : regions) {
        bool joined = false;
        if (!merged.empty()) {
          Region& previous = merged.back();
          Region candidate = previous;
          candidate.ranges[d] = region.ranges[d];
          const Range& before = previous.ranges[d];
          if (candidate == region && before.last < region.ranges[d].first &&
              sweep.dimensions[d].kind == Atom::Kind::Interval &&
              Adjacent(sweep.dimensions[d], before.last, region.ranges[d].first, grid)) {
            previous.ranges[d].last = region.ranges[d].last;
            joined = changed = true;
          }
        }
        if (!joined) merged.push_back(region);
      }
      regions = std::move(merged);
    }
  }
  std::sort(regions.begin(), regions.end());
  return regions;
}

// ---- Pairs -----------------------------------------------------------------------

namespace {

std::optional<Atom> MeetAtoms(const rules::Ruleset& rules, Atom a, const Atom& b) {
  switch (a.kind) {
    case Atom::Kind::Opaque:
      return a.negated == b.negated ? std::optional(a) : std::nullopt;
    case Atom::Kind::Values: {
      std::vector<int> common;
      std::set_intersection(a.values.begin(), a.values.end(), b.values.begin(), b.values.end(),
                            std::back_inserter(common));
      a.values = common;
      return common.empty() ? std::nullopt : std::optional(a);
    }
    case Atom::Kind::Interval:
      break;
  }
  if (b.low && (!a.low || *b.low > *a.low || (*b.low == *a.low && b.low_open))) {
    a.low = b.low;
    a.low_open = b.low_open;
  }
  if (b.high && (!a.high || *b.high < *a.high || (*b.high == *a.high && b.high_open))) {
    a.high = b.high;
    a.high_open = b.high_open;
  }
  if (!a.low || !a.high) return a;
  if (*a.low > *a.high || (*a.low == *a.high && (a.low_open || a.high_open))) return std::nullopt;
  const Elementary cell{Grid::Norm, a.low, a.high, a.low_open, a.high_open, 0, false};
  return HasMultiple(StepOf(rules, a.expr, true), cell) ? std::optional(a) : std::nullopt;
}

std::optional<Box> MeetBoxes(const rules::Ruleset& rules, const Box& a, const Box& b) {
  Box box = a;
  for (const Atom& atom : b.atoms) {
    const auto same = std::find_if(box.atoms.begin(), box.atoms.end(), [&](const Atom& other) {
      return other.term == atom.term && other.kind == atom.kind;
    });
    if (same == box.atoms.end()) {
      box.atoms.push_back(atom);
      continue;
    }
    const auto both = MeetAtoms(rules, *same, atom);
    if (!both) return std::nullopt;
    *same = *both;
  }
  return box;
}

}  // namespace

std::vector<Box> Meet(const rules::Ruleset& rules, const std::vector<Box>& a,
                      const std::vector<Box>& b) {
  const std::vector<RunInSum> relations = RunsInSums(rules);
  std::vector<Box> boxes;
  for (const Box& left : a) {
    for (const Box& right : b) {
      auto box = MeetBoxes(rules, left, right);
      if (box && Possible(relations, box->atoms)) boxes.push_back(std::move(*box));
    }
  }
  return boxes;
}

bool MayMeet(const rules::Ruleset& rules, const std::vector<Box>& a, const std::vector<Box>& b) {
  return !Meet(rules, a, b).empty();
}

// ---- Regions ---------------------------------------------------------------------

std::vector<encoding::Constraint> Limits(const Sweep& sweep, const Region& region) {
  std::vector<encoding::Constraint> limits;
  for (std::size_t d = 0; d < sweep.dimensions.size(); ++d) {
    const Dimension& dimension = sweep.dimensions[d];
    const Range& range = region.ranges[d];
    if (range.first == 0 && range.last + 1 == static_cast<int>(dimension.cells.size())) continue;
    encoding::Constraint limit;
    Atom& atom = limit.atom;
    atom.kind = dimension.kind;
    atom.term = dimension.term;
    atom.expr = dimension.expr;
    const Elementary& first = dimension.cells[static_cast<std::size_t>(range.first)];
    const Elementary& last = dimension.cells[static_cast<std::size_t>(range.last)];
    limit.absent = first.absent;
    switch (dimension.kind) {
      case Atom::Kind::Interval:
        atom.low = first.low;
        atom.low_open = first.low_open;
        atom.high = last.high;
        atom.high_open = last.high_open;
        if (first.grid == Grid::Norm && !first.absent) limit.grid = dimension.step;
        break;
      case Atom::Kind::Values:
        for (int c = range.first; c <= range.last && !first.absent; ++c) {
          atom.values.push_back(dimension.cells[static_cast<std::size_t>(c)].value);
        }
        break;
      case Atom::Kind::Opaque:
        atom.negated = first.value == 0;
        break;
    }
    limits.push_back(std::move(limit));
  }
  return limits;
}

Region RegionAt(const Sweep& sweep, const std::vector<Rational>& values) {
  Region region;
  for (std::size_t d = 0; d < sweep.dimensions.size(); ++d) {
    const Dimension& dimension = sweep.dimensions[d];
    Range range{0, static_cast<int>(dimension.cells.size()) - 1};
    for (std::size_t c = 0; c < dimension.cells.size(); ++c) {
      const Elementary& cell = dimension.cells[c];
      bool here = !cell.absent;
      if (dimension.kind == Atom::Kind::Interval) {
        here = here && (!cell.low || values[d] > *cell.low ||
                        (values[d] == *cell.low && !cell.low_open));
        here = here && (!cell.high || values[d] < *cell.high ||
                        (values[d] == *cell.high && !cell.high_open));
      } else {
        here = here && values[d] == Rational(cell.value);
      }
      if (here) range = {static_cast<int>(c), static_cast<int>(c)};
    }
    region.ranges.push_back(range);
  }
  return region;
}

std::vector<std::size_t> Neighbours(const Sweep& sweep, const Region& region) {
  std::set<std::size_t> found;
  const auto look = [&](std::size_t d, int cell) {
    for (std::size_t b = 0; b < sweep.boxes.size(); ++b) {
      if (!BoxCovers(sweep, b, d, cell)) continue;
      bool elsewhere = false;
      for (std::size_t other = 0; other < sweep.dimensions.size(); ++other) {
        bool any = other == d;
        const Range& range = region.ranges[other];
        for (int c = range.first; c <= range.last && !any; ++c) any = BoxCovers(sweep, b, other, c);
        elsewhere = elsewhere || !any;
      }
      if (!elsewhere) found.insert(sweep.rule_of[b]);
    }
  };
  for (std::size_t d = 0; d < sweep.dimensions.size(); ++d) {
    const auto& cells = sweep.dimensions[d].cells;
    if (sweep.dimensions[d].kind != Atom::Kind::Interval) continue;
    if (region.ranges[d].first > 0) look(d, region.ranges[d].first - 1);
    if (region.ranges[d].last + 1 < static_cast<int>(cells.size())) {
      look(d, region.ranges[d].last + 1);
    }
  }
  return {found.begin(), found.end()};
}

}  // namespace cotejo::checks
