#include "scenarios/year/lateness.h"

#include <algorithm>
#include <cmath>

namespace cotejo::year {
namespace {

constexpr std::uint64_t kAll = std::uint64_t{1} << 32;

}  // namespace

OwnLateness::OwnLateness(const population::Discrete& arrival, double factor) {
  if (factor == 1) return;
  split_ = arrival.first_draw_from(1);
  if (split_ == 0 || split_ == kAll) return;
  same_ = false;
  // Past always, all of them are late, and each keeps its share.
  const auto late = static_cast<double>(kAll - split_);
  high_scale_ = std::max(1 / factor, late / static_cast<double>(kAll));
  late_ = FromTopBelow(kAll - split_);
  if (late_ < kAll) low_scale_ = static_cast<double>(split_) / static_cast<double>(kAll - late_);
}

// The product is rounded: the count is set right by the same product that OfClass does.
std::uint64_t OwnLateness::FromTopBelow(std::uint64_t of_class) const {
  const double guess = std::ceil(static_cast<double>(of_class) / high_scale_);
  if (guess >= static_cast<double>(kAll) && FromTop(kAll - 1) < of_class) return kAll;
  auto count = static_cast<std::uint64_t>(std::min(guess, static_cast<double>(kAll)));
  while (count > 0 && FromTop(count - 1) >= of_class) --count;
  while (count < kAll && FromTop(count) < of_class) ++count;
  return count;
}

std::uint64_t OwnLateness::FirstFrom(std::uint64_t draw) const {
  if (same_) return draw;
  if (draw >= split_) return kAll - FromTopBelow(kAll - draw);
  if (late_ == kAll) return 0;
  const auto reaches = [&](std::uint64_t own) {
    return own >= kAll - late_ || OfClass(static_cast<std::uint32_t>(own)) >= draw;
  };
  auto first =
      std::min(static_cast<std::uint64_t>(static_cast<double>(draw) / low_scale_), kAll - late_);
  while (first > 0 && reaches(first - 1)) --first;
  while (!reaches(first)) ++first;
  return first;
}

}  // namespace cotejo::year
