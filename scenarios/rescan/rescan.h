// Other rules asked of the months that were kept: the forecast that comparing would give, without
// simulating anybody.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/rescan/effects.h"
#include "scenarios/rescan/facts.h"

namespace cotejo::rescan {

// What an amendment changes, over all the months kept.
struct Differences {
  std::vector<std::int64_t> values;  // [cell * replications + replication]
  // By month, over all replications: days deducted (scaled) and centavos.
  std::array<std::int64_t, kMonths> days{}, centavos{};
  friend bool operator==(const Differences&, const Differences&) = default;
};

// The effects of an amendment made ready for the people of the facts. What it is made from
// outlives it.
class Scan {
 public:
  // `cells` and `unit`: those of the effects. Nothing when an amount is too large to be added up.
  static std::optional<Scan> Prepare(const MonthFacts& facts, const Effects& effects,
                                     std::int64_t unit, const std::vector<year::Cell>& cells,
                                     const population::Population& population);
  [[nodiscard]] Differences Run() const;

 private:
  // What the months of a stretch come to for each person, net of what they no longer do.
  struct Amount {
    int cell = -1;
    bool counted = true;
    std::size_t table = 0;
  };
  struct Task {
    Stretch stretch;
    std::vector<Amount> amounts;
  };
  struct Buffers;

  Scan(const MonthFacts& facts, const Effects& effects, std::size_t cells)
      : facts_(facts), effects_(effects), cells_(cells), tasks_(facts.columns.size()) {}
  void Do(std::size_t first, std::size_t rows, int replication, Buffers& buffers,
          Differences& differences) const;
  void AddOwn(const Task& task, const Stay& stay, int month, bool whole,
              Differences& differences) const;
  void StandSeveral(Differences& differences) const;
  void StandOne(std::size_t standing, std::size_t row, int replication, std::int64_t before,
                std::int64_t change, Differences& differences) const;
  void Stand(std::size_t first, std::size_t rows, int replication, const Buffers& buffers,
             Differences& differences) const;

  const MonthFacts& facts_;
  const Effects& effects_;
  std::size_t cells_;
  std::size_t chunk_ = 0;                                      // rows done together
  std::vector<std::vector<std::int32_t>> tables_;              // centavos by row
  std::vector<std::array<std::vector<Task>, kMonths>> tasks_;  // by column and month
  std::array<bool, kStandings> marked_{};                      // some effect changes it
  const std::vector<std::uint16_t>* groups_ = nullptr;         // by person
  std::vector<int> sanctioned_;                                // cell by group
  std::array<int, kStandings> person_cells_{};
  int centavos_ = -1;
};

// Regulation 0 is the text in force from which the facts come. What cannot be told exactly is a
// diagnostic that names the rule, and gives nothing.
std::optional<year::Forecast> Reapply(const MonthFacts& facts,
                                      const std::vector<year::RegulationInput>& regulations,
                                      const population::Population& population,
                                      const std::string& people, base::Diagnostics& diagnostics);

}  // namespace cotejo::rescan
