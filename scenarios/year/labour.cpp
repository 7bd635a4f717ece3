#include "scenarios/year/labour.h"

namespace cotejo::year {

Labour::Worker Labour::Hire() const {
  Worker worker{{population_, setting_.eligibility, setting_.year, setting_.shifts, seed_},
                {},
                {},
                {},
                tables_.Empty()};
  for (std::size_t k = 0; k < setting_.plans.size(); ++k) {
    const Plan& plan = setting_.plans[k].plan;
    worker.evaluators.emplace_back(plan, setting_.agendas[k], setting_.year);
    worker.orders.emplace_back(plan, &setting_.revisions[k].own_qualification);
  }
  return worker;
}

std::optional<base::Text> Labour::Do(const Item& item, Worker& worker) const {
  worker.totals.Clear();
  const auto [from, to] = PeopleOf(item, population_.staff.size());
  for (std::size_t person = from; person < to; ++person) {
    for (int place = 0; place < item.count; ++place) {
      const auto replication = static_cast<std::uint32_t>(item.first + place);
      if (auto fault = Live(person, replication, static_cast<std::uint32_t>(place), worker))
        return fault;
    }
  }
  return std::nullopt;
}

std::optional<base::Text> Labour::Live(std::size_t person, std::uint32_t replication,
                                       std::uint32_t place, Worker& worker) const {
  Totals& totals = worker.totals;
  const std::vector<Event>& events =
      worker.behavior.Live(person, *setting_.work[person], replication, setting_.notices_from);
  std::vector<Evaluator>& evaluators = worker.evaluators;
  Evaluator& base = evaluators.front();
  Feed(setting_, setting_.plans.front(), person, events, base);
  base.Run();
  const Year year{0, 0, 1, person, place, events};
  const Standing standing = base.failed() ? Standing{} : tables_.Add(year, base, totals);
  for (std::size_t k = 1; k < evaluators.size() && !base.failed(); ++k) {
    switch (
        base.Compare(setting_.revisions[k], setting_.plans[k], worker.orders[k], worker.patch)) {
      case Difference::None:
        break;
      case Difference::Patch:
        tables_.AddPatch({k, k, 1, person, place, events}, worker.patch, standing, base, totals);
        break;
      case Difference::Facts:
        Feed(setting_, setting_.plans[k], person, events, evaluators[k]);
        evaluators[k].Run();
        if (evaluators[k].failed()) return evaluators[k].fault();
        tables_.Add({k, k, 1, person, place, events}, evaluators[k], totals);
        if (evaluators[k].failed()) return evaluators[k].fault();
        tables_.Add({0, k, -1, person, place, events}, base, totals);
        break;
    }
  }
  if (base.failed()) return base.fault();
  return std::nullopt;
}

}  // namespace cotejo::year
