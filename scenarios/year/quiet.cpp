#include "scenarios/year/quiet.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

#include "scenarios/year/evaluator.h"

namespace cotejo::year {
namespace {

// What one thread uses.
class QuietYears {
 public:
  QuietYears(const Setting& setting, const Tables& tables, const population::Population& population)
      : setting_(setting),
        tables_(tables),
        succession_(setting, population, 0),
        totals_(tables.Empty()) {
    for (std::size_t k = 0; k < setting.plans.size(); ++k)
      evaluators_.emplace_back(setting.plans[k].plan, setting.agendas[k], setting.year);
  }

  const Totals& LiveBlock(std::size_t first, std::size_t end) {
    totals_.Clear();
    for (std::size_t post = first; post < end; ++post) {
      for (std::size_t k = 0; k < setting_.plans.size(); ++k)
        Live(post, k, static_cast<std::uint32_t>(post - first));
    }
    return totals_;
  }

 private:
  void Live(std::size_t post, std::size_t regulation, std::uint32_t place) {
    Occupant occupant;
    occupant.tenure = {post, post, setting_.first_day[post], setting_.year.count - 1, false};
    Evaluator& evaluator = evaluators_[regulation];
    const Stay stay = succession_.Judge(regulation, occupant, {}, evaluator);
    Year year;
    year.regulation = year.into = regulation;
    year.place = place;
    year.stay = &stay;
    year.vacant_until = setting_.year.count;
    if (!evaluator.failed()) tables_.Add(year, evaluator, totals_);
  }

  const Setting& setting_;
  const Tables& tables_;
  Succession succession_;
  std::vector<Evaluator> evaluators_;
  Totals totals_;
};

}  // namespace

void LiveQuietly(const Setting& setting, const Tables& tables,
                 const population::Population& population, int threads,
                 const std::function<void(const Totals&)>& visit) {
  const std::size_t staff = population.staff.size();
  const std::size_t blocks = (staff + kBlock - 1) / kBlock;
  std::atomic<std::size_t> next = 0;
  std::mutex one;
  const auto work = [&] {
    QuietYears years(setting, tables, population);
    for (std::size_t block = next++; block < blocks; block = next++) {
      const std::size_t first = block * kBlock;
      const Totals& totals = years.LiveBlock(first, std::min(first + kBlock, staff));
      const std::lock_guard lock(one);
      visit(totals);
    }
  };
  const std::size_t wanted = threads > 0 ? static_cast<std::size_t>(threads)
                                         : std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::jthread> others;
  for (std::size_t i = 1; i < std::min(wanted, blocks); ++i) others.emplace_back(work);
  work();
}

Places Having(const Totals& totals, std::size_t regulation, std::size_t cell) {
  if (totals.touched[regulation][cell] == 0) return 0;
  Places places = 0;
  const std::int64_t* values = &totals.values[regulation][cell * kBlock];
  for (std::size_t place = 0; place < kBlock; ++place) {
    if (values[place] != 0) places |= Places{1} << place;
  }
  return places;
}

}  // namespace cotejo::year
