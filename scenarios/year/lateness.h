// Somebody who is late more often, or less, than others of their class: the draws of arrivals are
// those of the class, read on another scale. No table of their own is needed.
#pragma once

#include <cstdint>

#include "scenarios/population/population.h"

namespace cotejo::year {

class OwnLateness {
 public:
  // As late as the class: every draw is its own.
  OwnLateness() = default;
  // Arrivals after the fixed hour are `factor` times as likely, up to always; among them, and
  // among the others, each keeps its share.
  OwnLateness(const population::Discrete& arrival, double factor);

  // The draw of the class that gives the same arrival; larger draws, larger ones.
  [[nodiscard]] std::uint32_t OfClass(std::uint32_t draw) const {
    if (same_) return draw;
    // From the top, where the latest arrivals are: exactly `late_` draws are after the hour.
    const std::uint32_t top = UINT32_MAX - draw;
    if (top < late_) return UINT32_MAX - static_cast<std::uint32_t>(FromTop(top));
    return static_cast<std::uint32_t>(static_cast<double>(draw) * low_scale_);
  }
  // The smallest draw of which the class's is `draw` or more; 2^32 when there is none.
  [[nodiscard]] std::uint64_t FirstFrom(std::uint64_t draw) const;

 private:
  [[nodiscard]] std::uint64_t FromTop(std::uint64_t top) const {
    return static_cast<std::uint64_t>(static_cast<double>(top) * high_scale_);
  }
  // Draws, counted from the top, that fall on the first so many of the class.
  [[nodiscard]] std::uint64_t FromTopBelow(std::uint64_t of_class) const;

  bool same_ = true;
  std::uint64_t split_ = 0;  // first draw of the class after the fixed hour
  std::uint64_t late_ = 0;   // draws after the fixed hour
  double high_scale_ = 1, low_scale_ = 1;
};

}  // namespace cotejo::year
