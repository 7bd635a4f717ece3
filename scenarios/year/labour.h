// Living items of work: some posts, some replications, each year judged by every regulation.
#pragma once

#include <optional>

#include "scenarios/year/post_year.h"
#include "scenarios/year/simulate.h"

namespace cotejo::year {

class Labour {
 public:
  Labour(const Setting& setting, const Tables& tables, const population::Population& population,
         std::uint64_t seed)
      : setting_(setting), tables_(tables), population_(population), seed_(seed) {}

  // What one thread uses again and again.
  struct Worker {
    PostYear year;
    Totals totals;  // of the item
  };
  [[nodiscard]] Worker Hire() const;
  // What had no value, if anything; the sums are then worth nothing.
  std::optional<base::Text> Do(const Item& item, Worker& worker) const;

 private:
  const Setting& setting_;
  const Tables& tables_;
  const population::Population& population_;
  std::uint64_t seed_;
};

}  // namespace cotejo::year
