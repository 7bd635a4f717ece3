// The sweep: a family's terms cut into elementary ranges, to prove without a solver that
// rules leave no gap or never meet, and to find the candidates where they may.
//
// Terms are taken as independent, so what the sweep finds empty is empty; what it finds
// possible is only a candidate.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/rules/families.h"
#include "solver/encoding/history_encoding.h"
#include "solver/encoding/measure_query.h"

namespace cotejo::checks {

using base::Rational;

// Values between which no rule of the family changes. Norm: it holds values on the grid
// the norm works in; Instrument: only values that the recording instrument can give.
enum class Grid { Norm, Instrument };

struct Elementary {
  Grid grid = Grid::Norm;
  std::optional<Rational> low, high;  // Interval
  bool low_open = false, high_open = false;
  int value = 0;        // Values: the value; Opaque: 1 holds, 0 does not
  bool absent = false;  // the term has no value: an optional attribute was not given
};

struct Dimension {
  std::string term;
  rules::Atom::Kind kind = rules::Atom::Kind::Interval;
  rules::ExprId expr;
  Rational step;             // 0: no known grid
  Rational instrument_step;  // 0: as step
  std::vector<Elementary> cells;
};

// A range of elementary cells in each dimension, both ends included.
struct Range {
  int first = 0;
  int last = 0;
  friend bool operator==(const Range&, const Range&) = default;
  friend auto operator<=>(const Range&, const Range&) = default;
};
struct Region {
  std::vector<Range> ranges;  // one a dimension
  friend bool operator==(const Region&, const Region&) = default;
  friend auto operator<=>(const Region&, const Region&) = default;
};

struct Sweep {
  std::vector<Dimension> dimensions;
  std::vector<rules::Box> boxes;          // coverage that counts, in these dimensions
  std::vector<std::size_t> rule_of;       // position in family.rules of each box
  std::vector<std::vector<int>> atom_at;  // [box][dimension] → atom, -1: free
};

// Dimensions and coverage of a family. Rules reached through a derived fact count only
// when all their terms are terms of the root; the others are left to the solver.
Sweep MakeSweep(const rules::Ruleset& rules, const rules::Family& family);

struct Gaps {
  std::vector<Region> regions;  // disjoint, sorted
  bool exceeded = false;        // more cells than the budget
};

// The cells of a grid that no box covers. Instrument: those where at least one term has a
// value that only the instrument can give.
Gaps FindGaps(const Sweep& sweep, Grid grid, std::size_t budget);

// Neighbouring regions of one kind joined into larger ones.
std::vector<Region> Merge(const Sweep& sweep, std::vector<Region> regions, Grid grid);

// Whether the declared domains have a value for each atom of a box whose fields are the root's.
bool HasValues(const rules::Ruleset& rules, const rules::Family& family, const rules::Box& box);

// Whether two rules may apply to one root, as far as their boxes tell.
bool MayMeet(const rules::Ruleset& rules, const rules::Family& family,
             const std::vector<rules::Box>& a, const std::vector<rules::Box>& b);
// The boxes where they may.
std::vector<rules::Box> Meet(const rules::Ruleset& rules, const rules::Family& family,
                             const std::vector<rules::Box>& a, const std::vector<rules::Box>& b);
// Every pair of positions in family.rules, the smaller first, whose rules may meet. Those of
// a long scale are not compared one by one, but swept along the term most of them limit.
std::vector<std::pair<std::size_t, std::size_t>> MeetingPairs(const rules::Ruleset& rules,
                                                              const rules::Family& family);

// One constraint for each dimension the region limits.
std::vector<encoding::Constraint> Limits(const Sweep& sweep, const Region& region);
std::vector<rules::Atom> AtomsOf(const std::vector<encoding::Constraint>& limits);
// The region of the elementary cells that hold one value of each dimension; values of
// terms without cells, or outside them, leave the dimension whole.
Region RegionAt(const Sweep& sweep, const std::vector<Rational>& values);

// What two measures owe each other, from the declarations alone: where `lesser` is one or more,
// `greater` is at least factor·lesser + plus.
//  - A run of n days, each of at least q, is inside a sum of at least n·q when no fact is negative.
//  - What is counted only from the c-th time of another count on is always c − 1 times behind it.
struct Relation {
  std::string lesser, greater;  // terms
  Rational factor;
  Rational plus;
};
// Those of which both terms are among the given ones.
std::vector<Relation> RelationsOf(const rules::Ruleset& rules, const std::set<std::string>& terms);
bool Possible(const std::vector<Relation>& relations, const std::vector<rules::Atom>& atoms);

// The same terms for questions put to the solver instead of swept.
std::vector<encoding::TermDomain> DomainsOf(const rules::Ruleset& rules, const Sweep& sweep);

// Least value a field of a kind can have, over all the ways to obtain such a fact.
std::optional<rules::LowerBound> LeastField(const rules::Ruleset& rules, rules::FactKindId kind,
                                            rules::FieldId field);

// Positions in family.rules of the rules that cover the possible cells next to a region.
std::vector<std::size_t> Neighbours(const Sweep& sweep, const std::vector<Relation>& relations,
                                    const Region& region);

// Grid of a term's values: what all of them are a multiple of; 0 when unknown.
Rational StepOf(const rules::Ruleset& rules, rules::ExprId expr, bool instrument);

}  // namespace cotejo::checks
