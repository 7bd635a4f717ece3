// Uncovered cells of a sweep, joined into regions.
#include <algorithm>
#include <set>

#include "solver/checks/cells.h"

namespace cotejo::checks {

using rules::Atom;

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

std::vector<Atom> AtomsOf(const std::vector<encoding::Constraint>& limits) {
  std::vector<Atom> atoms;
  for (const encoding::Constraint& limit : limits) {
    if (!limit.absent) atoms.push_back(limit.atom);
  }
  return atoms;
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
        here = here &&
               (!cell.low || values[d] > *cell.low || (values[d] == *cell.low && !cell.low_open));
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

std::vector<std::size_t> Neighbours(const Sweep& sweep, const std::vector<Relation>& relations,
                                    const Region& region) {
  std::set<std::size_t> found;
  const auto look = [&](std::size_t d, int cell) {
    const std::size_t before = found.size();
    Region beside = region;
    beside.ranges[d] = {cell, cell};
    if (!Possible(relations, AtomsOf(Limits(sweep, beside)))) return true;
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
    return found.size() > before;
  };
  for (std::size_t d = 0; d < sweep.dimensions.size(); ++d) {
    const auto& cells = sweep.dimensions[d].cells;
    if (sweep.dimensions[d].kind != Atom::Kind::Interval) continue;
    // Cells in between may be uncovered too, such as seconds next to a missing minute.
    const auto end = static_cast<int>(cells.size());
    for (int c = region.ranges[d].first - 1; c >= 0 && !look(d, c); --c) {
    }
    for (int c = region.ranges[d].last + 1; c < end && !look(d, c); ++c) {
    }
  }
  return {found.begin(), found.end()};
}

}  // namespace cotejo::checks
