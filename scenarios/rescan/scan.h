// The dense loop over kept months: how many of a column are in a stretch of states, and what they
// are paid.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace cotejo::rescan {

// Codes in [low, high], of one byte or, wide, of two. Rows are a multiple of kRowStep.
struct Block {
  const std::uint8_t* codes = nullptr;
  bool wide = false;
  std::size_t rows = 0;
  std::uint16_t low = 0, high = 0;
};

// What an int32 lane can add up: |amount| × rows of one call stays within it.
constexpr std::int64_t MostOf(std::size_t rows) {
  return INT32_MAX / static_cast<std::int64_t>(rows);
}

struct Counted {
  std::int64_t count = 0;
  std::int64_t amount = 0;  // of those rows
};

// Same sums whatever instructions the processor has.
std::int64_t Count(const Block& block);
// `amounts`: by row, each at most MostOf(rows) in size.
Counted CountAndAdd(const Block& block, const std::int32_t* amounts);
// Adds `amount` to the marks of those rows.
void Mark(const Block& block, std::int32_t amount, std::int32_t* marks);

// Name of the instruction set in use here: "AVX3", "AVX2" …
std::string ScanEngine();

}  // namespace cotejo::rescan
