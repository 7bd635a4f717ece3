// Somebody's time in a post within one year.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cotejo::year {

// Days of the year, both ends included. A post goes by the person of the staff who holds it on
// the first day.
struct Tenure {
  std::size_t post = 0;           // whose draws these are
  std::size_t person = 0;         // of the staff, whose traits: the newcomer is like them
  std::int32_t first = 0;         // nothing happens to this person before
  std::int32_t last = INT32_MAX;  // nor after
  // Hired on `first`, with no vacation left from before.
  bool newcomer = false;

  friend bool operator==(const Tenure&, const Tenure&) = default;
};

}  // namespace cotejo::year
