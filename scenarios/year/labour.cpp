#include "scenarios/year/labour.h"

namespace cotejo::year {

Labour::Worker Labour::Hire() const {
  return {PostYear(setting_, tables_, population_, seed_), tables_.Empty()};
}

std::optional<base::Text> Labour::Do(const Item& item, Worker& worker) const {
  worker.totals.Clear();
  const auto [from, to] = PeopleOf(item, population_.staff.size());
  for (std::size_t post = from; post < to; ++post) {
    for (int place = 0; place < item.count; ++place) {
      const auto replication = static_cast<std::uint32_t>(item.first + place);
      if (!worker.year.Live(post, replication, static_cast<std::uint32_t>(place), worker.totals))
        return worker.year.fault();
    }
  }
  return std::nullopt;
}

}  // namespace cotejo::year
