// A year of a synthetic staff under several regulations at once, with its uncertainty.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/rules/ruleset.h"
#include "scenarios/population/population.h"
#include "scenarios/ranks/ranks.h"
#include "scenarios/year/ledger.h"
#include "scenarios/year/results.h"
#include "scenarios/year/setting.h"

namespace cotejo::year {

struct RegulationInput {
  std::string id;  // "base", or the amendment's name
  base::Text title;
  std::shared_ptr<const rules::Ruleset> rules;
};

struct Options {
  int gestion = 2025;
  std::uint64_t seed = 1;
  int replications = 200;  // 2 or more: one year alone has no interval
  int threads = 0;         // 0: as many as the machine has
  // Figures of each cell kept one by one; past them memory does not grow (sample.h).
  std::size_t whole = kWhole;
  // When given: person-years done so far, of staff × replications, for whoever polls it.
  std::atomic<std::int64_t>* progress = nullptr;
  // When given and set: the replications finished by then are kept and reported.
  const std::atomic<bool>* stop = nullptr;
  // When given: other processes that live a part.
  ranks::Ranks* ranks = nullptr;
};

// The regulations and the staff made ready, both of which outlive this.
class Simulation {
 public:
  static std::unique_ptr<Simulation> Prepare(const std::vector<RegulationInput>& regulations,
                                             const population::Population& population,
                                             const Options& options,
                                             base::Diagnostics& diagnostics);
  Simulation(const Simulation&) = delete;
  Simulation& operator=(const Simulation&) = delete;

  // With nothing lived yet.
  [[nodiscard]] Ledger Begin() const;
  // Lives what `ledger` lacks of so many replications, or what of it was finished when stopped.
  // `grown`, when given, is called each time more is in it, by one thread at a time. False when
  // something had no value.
  bool Live(int replications, Ledger& ledger, const std::function<void()>& grown,
            base::Diagnostics& diagnostics) const;
  // In a process that does not lead: lives what the leading one asks for, until it says that
  // this run is over.
  void Serve() const;
  // Of two replications or more, of `wanted`.
  [[nodiscard]] Forecast Report(const Sums& sums, int wanted, int draws) const;

 private:
  Simulation(const std::vector<RegulationInput>& regulations,
             const population::Population& population, const Options& options, Setting setting);

  const std::vector<RegulationInput>& regulations_;
  const population::Population& population_;
  Options options_;
  Setting setting_;
  Tables tables_;
};

// What the processes of a run tell each other.
enum MessageKind {
  kOrder,   // to those that do not lead: which run to live (study.h)
  kReady,   // from them: how many threads they have
  kRefuse,  // … or why they do not
  kItem,    // to them: what to live
  kPart,    // from them: an item and its sums
  kFault,   // … or what had no value
  kEnd,     // to them: this run is over
  kFinish,  // … and so is everything
  kBye,     // from them: nothing more will come
};

// Nothing, with a diagnostic, when fewer than two replications were finished.
bool CheckFinished(int finished, base::Diagnostics& diagnostics);

// Regulation 0 is the text in force; the others are compared with it on the same years.
// Results depend on the inputs, the gestión, the seed and the number of replications only.
std::optional<Forecast> Simulate(const std::vector<RegulationInput>& regulations,
                                 const population::Population& population, const Options& options,
                                 base::Diagnostics& diagnostics);

}  // namespace cotejo::year
