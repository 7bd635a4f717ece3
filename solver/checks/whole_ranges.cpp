#include "solver/checks/whole_ranges.h"

#include <algorithm>

namespace cotejo::checks {

WholeRanges UnionOf(WholeRanges a, const WholeRanges& b) {
  a.insert(a.end(), b.begin(), b.end());
  std::sort(a.begin(), a.end(),
            [](const WholeRange& x, const WholeRange& y) { return x.first < y.first; });
  WholeRanges joined;
  for (const WholeRange& range : a) {
    const bool touches = !joined.empty() && (joined.back().last == WholeRange::kEndless ||
                                             range.first <= joined.back().last + 1);
    if (touches) {
      joined.back().last = std::max(joined.back().last, range.last);
    } else {
      joined.push_back(range);
    }
  }
  return joined;
}

WholeRanges ComplementOf(const WholeRanges& a) {
  WholeRanges others;
  std::int64_t next = 0;
  for (const WholeRange& range : a) {
    if (next < range.first) others.push_back({next, range.first - 1});
    if (range.last == WholeRange::kEndless) return others;
    next = range.last + 1;
  }
  others.push_back({next, WholeRange::kEndless});
  return others;
}

WholeRanges IntersectionOf(const WholeRanges& a, const WholeRanges& b) {
  WholeRanges both;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    const WholeRange range{std::max(a[i].first, b[j].first), std::min(a[i].last, b[j].last)};
    if (range.first <= range.last) both.push_back(range);
    (a[i].last < b[j].last ? i : j) += 1;
  }
  return both;
}

bool Contains(const WholeRanges& a, std::int64_t value) {
  const auto after = std::upper_bound(
      a.begin(), a.end(), value,
      [](std::int64_t number, const WholeRange& range) { return number < range.first; });
  return after != a.begin() && value <= std::prev(after)->last;
}

}  // namespace cotejo::checks
