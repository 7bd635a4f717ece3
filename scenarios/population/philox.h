// Keyed randomness: what happens to a person on a day is a function of the seed, the replication
// and the decision, never of the order in which things are computed.
#pragma once

#include <Random123/philox.h>

#include <array>
#include <cstdint>

namespace cotejo::population {

// With seven rounds Philox4x32 passes all tests of randomness of TestU01's BigCrush; ten are what
// its authors advise for a wide margin (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as
// easy as 1, 2, 3", 2011).
inline constexpr int kRounds = 7;

using Block = std::array<std::uint32_t, 4>;

// Philox4x32-7 of Random123: the reference that the vectorised loop is held to.
inline Block Draw(std::uint64_t seed, std::uint32_t replication, std::uint32_t person,
                  std::uint32_t day, std::uint32_t decision) {
  const r123::Philox4x32::ctr_type counter = {{day, person, decision, replication}};
  const r123::Philox4x32::key_type key = {
      {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}};
  const r123::Philox4x32::ctr_type out = r123::Philox4x32_R<kRounds>()(counter, key);
  return {out[0], out[1], out[2], out[3]};
}

// A whole number in [0, n) from a 32-bit draw; the bias is below n / 2^32.
inline std::uint32_t Below(std::uint32_t draw, std::uint32_t n) {
  return static_cast<std::uint32_t>((static_cast<std::uint64_t>(draw) * n) >> 32);
}

}  // namespace cotejo::population
