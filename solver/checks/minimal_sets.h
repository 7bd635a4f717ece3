// The smallest sets of things that are enough for something to hold.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

namespace cotejo::checks {

struct MinimalSets {
  std::vector<std::vector<std::size_t>> sets;  // by size, then contents
  bool all = false;                            // there is no other
};

struct MinimalLimits {
  std::size_t sets = 8;
  std::size_t calls = 400;
};

// `holds` says whether what is kept is enough; it should not stop holding when more is kept.
// Of each set found no element can be left out; nothing when not even everything is enough.
MinimalSets FindMinimalSets(std::size_t count,
                            const std::function<bool(const std::vector<bool>&)>& holds,
                            const MinimalLimits& limits = {});

}  // namespace cotejo::checks
