// Living items of work: some people, some replications, each year judged by every regulation.
#pragma once

#include <atomic>
#include <optional>

#include "scenarios/year/simulate.h"

namespace cotejo::year {

class Labour {
 public:
  Labour(const Setting& setting, const Tables& tables, const population::Population& population,
         std::uint64_t seed)
      : setting_(setting), tables_(tables), population_(population), seed_(seed) {}

  // What one thread uses again and again.
  struct Worker {
    Behavior behavior;
    std::vector<Evaluator> evaluators;  // by regulation
    std::vector<Order> orders;          // by regulation, with the numbers of its revision
    Patch patch;
    Totals totals;  // of the item
  };
  [[nodiscard]] Worker Hire() const;
  // What had no value, if anything; the sums are then worth nothing.
  std::optional<base::Text> Do(const Item& item, Worker& worker) const;

 private:
  // One year of one person.
  std::optional<base::Text> Live(std::size_t person, std::uint32_t replication, std::uint32_t place,
                                 Worker& worker) const;

  const Setting& setting_;
  const Tables& tables_;
  const population::Population& population_;
  std::uint64_t seed_;
};

}  // namespace cotejo::year
