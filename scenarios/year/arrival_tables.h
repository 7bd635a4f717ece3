// Which arrivals a regulation takes notice of: the qualifications of an arrival worked out
// beforehand for every minute around the fixed hour, from the Ruleset's own expressions.
#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/year/binding.h"
#include "scenarios/year/calendar.h"

namespace cotejo::year {

struct ArrivalTables {
  // What a cell says: the qualification does not apply, must be evaluated, or applies with
  // fields[cell] (of the fact of its target, scaled).
  static constexpr std::int32_t kNo = -2;
  static constexpr std::int32_t kEvaluate = -1;

  std::int32_t lowest = 0, highest = 0;  // minutes after the fixed hour
  std::int32_t shifts = 0;               // most shifts in a day
  std::int32_t contexts = 0;
  std::int32_t qualifications = 0;
  std::vector<std::int32_t> cells;  // [qualification][context][shift][justified][minute]
  std::vector<std::vector<std::int64_t>> fields;
  // What all the qualifications say of an arrival, by position in `sayings`: each a cell of every
  // table.
  std::vector<std::int32_t> together;  // [context][shift][justified][minute]
  std::vector<std::vector<std::int32_t>> sayings;
  std::int32_t notices_from = INT32_MAX;  // smallest offset that matters; INT32_MAX: none does

  [[nodiscard]] std::int32_t cell(std::int32_t qualification, std::int32_t context,
                                  std::int32_t shift, bool justified, std::int32_t offset) const {
    return cells[static_cast<std::size_t>(qualification) * size() +
                 place(context, shift, justified, offset)];
  }
  [[nodiscard]] std::int32_t saying(std::int32_t context, std::int32_t shift, bool justified,
                                    std::int32_t offset) const {
    return together[place(context, shift, justified, offset)];
  }
  // Of one qualification's cells.
  [[nodiscard]] std::size_t size() const {
    return static_cast<std::size_t>(contexts) * static_cast<std::size_t>(shifts) * 2 *
           static_cast<std::size_t>(highest - lowest + 1);
  }

 private:
  [[nodiscard]] std::size_t place(std::int32_t context, std::int32_t shift, bool justified,
                                  std::int32_t offset) const {
    const std::int64_t row =
        (static_cast<std::int64_t>(context) * shifts + shift - 1) * 2 + (justified ? 1 : 0);
    return static_cast<std::size_t>(row * (highest - lowest + 1) + offset - lowest);
  }
};

}  // namespace cotejo::year
