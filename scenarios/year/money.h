// Days of pay in money.
#pragma once

#include <cstdint>

#include "model/base/bytes.h"

namespace cotejo::year {

// Amounts in bolivianos and numbers of days, both scaled by `unit` (of the plan), in centavos.
class Money {
 public:
  explicit Money(std::int64_t unit) : unit_(unit) {
    if (__builtin_mul_overflow(unit, unit, &square_) || square_ > INT64_MAX / 2) square_ = 0;
  }

  // So many days at so many bolivianos, to the nearest centavo; a half goes up.
  [[nodiscard]] std::int64_t Centavos(std::int64_t days, std::int64_t bolivianos) const {
    // As a rule all of it fits in 64 bits: a division of 128 is a call that costs some twenty.
    std::int64_t top = 0;
    if (square_ > 0 && !__builtin_mul_overflow(days, bolivianos, &top) &&
        !__builtin_mul_overflow(top, 2 * kCentavos, &top) &&
        !__builtin_add_overflow(top, square_, &top))
      return Floor(top, 2 * square_);
    const base::Wide square = static_cast<base::Wide>(unit_) * unit_;
    const base::Wide doubled = static_cast<base::Wide>(days) * bolivianos * 2 * kCentavos + square;
    return static_cast<std::int64_t>(Floor(doubled, 2 * square));
  }
  // An amount in bolivianos.
  [[nodiscard]] std::int64_t Centavos(std::int64_t bolivianos) const {
    return Centavos(unit_, bolivianos);
  }

 private:
  static constexpr std::int64_t kCentavos = 100;  // in a boliviano

  template <typename T>
  static T Floor(T top, T bottom) {
    return top / bottom - (top % bottom < 0 ? 1 : 0);
  }

  std::int64_t unit_;
  std::int64_t square_ = 0;  // of the unit; 0: too large
};

}  // namespace cotejo::year
