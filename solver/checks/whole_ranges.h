// Sets of whole numbers, for the values of a count at which a condition holds.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

namespace cotejo::checks {

struct WholeRange {
  static constexpr std::int64_t kEndless = std::numeric_limits<std::int64_t>::max();
  std::int64_t first = 0;
  std::int64_t last = kEndless;  // included
  friend bool operator==(const WholeRange&, const WholeRange&) = default;
};

// Of numbers from zero up: in order, apart from one another and not adjacent.
using WholeRanges = std::vector<WholeRange>;

WholeRanges UnionOf(WholeRanges a, const WholeRanges& b);
WholeRanges ComplementOf(const WholeRanges& a);
WholeRanges IntersectionOf(const WholeRanges& a, const WholeRanges& b);
bool Contains(const WholeRanges& a, std::int64_t value);

}  // namespace cotejo::checks
