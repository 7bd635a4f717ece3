#include <algorithm>
#include <bit>
#include <cmath>

#include "scenarios/population/population.h"

namespace cotejo::population {

Discrete::Discrete(const std::vector<Band>& bands) {
  __int128 total = 0;
  for (const Band& band : bands) total += band.weight;
  __int128 before = 0;
  std::uint64_t last = std::uint64_t{1} << 32;  // no step yet
  for (const Band& band : bands) {
    const __int128 width = static_cast<__int128>(band.to) - band.from + 1;
    for (std::int32_t value = band.from; band.weight > 0 && value <= band.to; ++value) {
      // ⌈2^32 (before + weight · j / width) / total⌉: thresholds are exact, not sums of doubles.
      const __int128 top =
          (before * width + static_cast<__int128>(band.weight) * (value - band.from)) << 32;
      const __int128 bottom = total * width;
      const auto first = static_cast<std::uint64_t>((top + bottom - 1) / bottom);
      if (first > UINT32_MAX) break;
      if (first == last) steps_.pop_back();  // a weight too small for 32 bits
      steps_.push_back({static_cast<std::uint32_t>(first), value, band.justified});
      last = first;
    }
    before += band.weight;
  }
  Guide();
}

void Discrete::Guide() {
  for (std::size_t step = 0; step < steps_.size(); ++step) {
    const std::uint64_t first = steps_[step].first;
    const std::uint64_t end =
        step + 1 < steps_.size() ? steps_[step + 1].first : std::uint64_t{1} << 32;
    justified_below_.push_back(first + steps_[step].justified.of(end - first));
  }
  const auto wanted = static_cast<unsigned>(std::bit_width(4 * steps_.size()));
  const unsigned bits = std::clamp(wanted, kFewestBits, kMostBits);
  constexpr std::uint64_t kAll = std::uint64_t{1} << 32;
  bucket_shift_ = 32 - bits;
  guide_ = StepsFrom(0, bucket_shift_);
  const std::uint64_t split = steps_.empty() ? kAll : first_draw_from(1);
  if (split == kAll || split < kAll / 2) return;
  rare_from_ = split;
  const auto width = static_cast<unsigned>(std::bit_width(kAll - split - 1));
  rare_shift_ = width > bits ? width - bits : 0;
  rare_guide_ = StepsFrom(split, rare_shift_);
}

// Of the draws from `first`, so many at a time: the step of the first of them.
std::vector<std::uint16_t> Discrete::StepsFrom(std::uint64_t first, unsigned shift) const {
  std::vector<std::uint16_t> steps;
  std::size_t step = 0;
  for (std::uint64_t draw = first; draw <= UINT32_MAX; draw += std::uint64_t{1} << shift) {
    while (step + 1 < steps_.size() && steps_[step + 1].first <= draw) ++step;
    steps.push_back(static_cast<std::uint16_t>(step));
  }
  return steps;
}

Discrete Discrete::Scaled(double factor) const {
  constexpr double kAll = 4294967296.0;
  if (factor == 1 || steps_.empty()) return *this;
  const std::uint64_t split = first_draw_from(1);
  const double above = kAll - static_cast<double>(split);
  if (above <= 0 || split == 0) return *this;
  // At least one draw in 2^32 is left to the values up to 0.
  const double wanted = std::clamp(std::round(above * factor), 0.0, kAll - 1);
  const double low_scale = (kAll - wanted) / static_cast<double>(split);
  const double high_scale = wanted / above;
  Discrete scaled;
  for (const Step& step : steps_) {
    const double first = step.first < split
                             ? static_cast<double>(step.first) * low_scale
                             : kAll - (kAll - static_cast<double>(step.first)) * high_scale;
    const double rounded = std::ceil(first);
    if (rounded >= kAll) break;
    const auto from = static_cast<std::uint32_t>(rounded);
    if (!scaled.steps_.empty() && scaled.steps_.back().first == from) scaled.steps_.pop_back();
    scaled.steps_.push_back({from, step.value, step.justified});
  }
  scaled.Guide();
  return scaled;
}

std::uint64_t Discrete::first_draw_from(std::int32_t value) const {
  const auto found =
      std::lower_bound(steps_.begin(), steps_.end(), value,
                       [](const Step& step, std::int32_t v) { return step.value < v; });
  return found == steps_.end() ? std::uint64_t{1} << 32 : found->first;
}

}  // namespace cotejo::population
