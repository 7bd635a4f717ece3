// The dense loop: four keyed draws for each day of one person, and only the rare ones kept.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace cotejo::year {

inline constexpr std::uint64_t kNever = std::uint64_t{1} << 32;

// What to draw: one Philox block a day, keyed as population::Draw. Word w of a day is a hit
// when it is at least from[w] (kNever: no draw is).
struct DayScan {
  std::uint64_t seed = 0;
  std::uint32_t replication = 0;
  std::uint32_t person = 0;
  std::uint32_t decision = 0;
  const std::uint32_t* days = nullptr;  // counters, readable up to PaddedDays(count)
  std::size_t count = 0;
  std::array<std::uint64_t, 4> from = {kNever, kNever, kNever, kNever};
};

// Hits of one word, in order of day: position in `days` in the upper half, draw in the lower. After
// the last comes one of a position that no day has.
struct Hits {
  std::vector<std::uint64_t> data;
  std::size_t count = 0;
  std::vector<std::uint32_t> draws;  // scratch
  std::vector<std::uint8_t> bits;    // scratch

  [[nodiscard]] static std::size_t position(std::uint64_t hit) { return hit >> 32; }
  [[nodiscard]] static std::uint32_t draw(std::uint64_t hit) {
    return static_cast<std::uint32_t>(hit);
  }
};

inline constexpr std::size_t kDayPadding = 16;
constexpr std::size_t PaddedDays(std::size_t count) {
  return (count + kDayPadding - 1) / kDayPadding * kDayPadding;
}

// Same hits whatever instructions the processor has.
void ScanDays(const DayScan& scan, std::array<Hits, 4>& hits);

// Name of the instruction set that ScanDays uses here: "AVX3", "AVX2" …
std::string ScanEngine();

}  // namespace cotejo::year
