#include "solver/checks/whole_ranges.h"

#include <gtest/gtest.h>

namespace cotejo::checks {
namespace {

// Every set of the numbers 0 to 5 and of all the larger ones, as ranges.
WholeRanges OfBits(unsigned bits) {
  WholeRanges ranges;
  for (std::int64_t number = 0; number < 7; ++number) {
    if ((bits >> static_cast<unsigned>(number) & 1U) == 0) continue;
    ranges = UnionOf(std::move(ranges), {{number, number == 6 ? WholeRange::kEndless : number}});
  }
  return ranges;
}

TEST(WholeRanges, AreTheSetsTheyStandFor) {
  constexpr unsigned kAll = 127;
  for (unsigned a = 0; a <= kAll; ++a) {
    EXPECT_EQ(ComplementOf(OfBits(a)), OfBits(~a & kAll));
    for (std::int64_t number : {0, 1, 2, 3, 4, 5, 6, 7, 1000}) {
      const auto bit = static_cast<unsigned>(std::min<std::int64_t>(number, 6));
      EXPECT_EQ(Contains(OfBits(a), number), (a >> bit & 1U) != 0);
    }
    for (unsigned b = 0; b <= kAll; ++b) {
      EXPECT_EQ(UnionOf(OfBits(a), OfBits(b)), OfBits(a | b));
      EXPECT_EQ(IntersectionOf(OfBits(a), OfBits(b)), OfBits(a & b));
    }
  }
}

TEST(WholeRanges, AdjacentRangesAreOne) {
  EXPECT_EQ(UnionOf({{1, 10}, {21, 30}}, {{11, 20}}), (WholeRanges{{1, 30}}));
  EXPECT_EQ(UnionOf({{1, 10}}, {{12, WholeRange::kEndless}}),
            (WholeRanges{{1, 10}, {12, WholeRange::kEndless}}));
}

}  // namespace
}  // namespace cotejo::checks
