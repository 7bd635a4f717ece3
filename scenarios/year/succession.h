// The people who hold a post one after the other within a year: who they are, until when, and
// what is left of their vacation when they go.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "scenarios/year/setting.h"

namespace cotejo::year {

// How somebody's time in a post ends.
enum class Leaving { No, Departure, Destitution, Retirement };

// Who holds a post from a day on, and until when as far as it depends on them.
struct Occupant {
  Tenure tenure;
  std::uint32_t replication = 0;
  std::int32_t number = 0;      // of the post's occupants in the year, from 0
  int departure = -1;           // into Turnover::departures of the group; -1: they stay
  std::int32_t vacant = 0;      // days until the post is filled, whoever leaves it
  std::uint32_t successor = 0;  // draw of whom the next one is like
};

// What came of it under one regulation.
struct Stay {
  Tenure tenure;
  Leaving leaving = Leaving::No;
  // Days of vacation, scaled by the unit: what was left from before, what was used, and the
  // twelfths that the last day would give if the year ended on it; of who does not leave, none.
  std::int64_t opening = 0, used = 0, earned = 0;
  // Of what was used, what had been programmed for another month and what all took together.
  std::int64_t reprogrammed = 0, together = 0;
  std::int64_t left = 0;  // what was not used, of who leaves or when the year closes
};

class Succession {
 public:
  Succession(const Setting& setting, const population::Population& population, std::uint64_t seed);

  [[nodiscard]] Occupant First(std::size_t post, std::uint32_t replication) const;
  // Who comes after somebody whose last day it was; nothing: nobody before the year ends.
  [[nodiscard]] std::optional<Occupant> Next(const Occupant& before, std::int32_t last) const;

  // Has an evaluator judge what somebody lived, by one of the regulations, until they leave by
  // themselves or because it removes them. The events are those of the whole year. When the
  // evaluator fails nothing of this may be used.
  Stay Judge(std::size_t regulation, const Occupant& occupant, std::span<const Event> events,
             Evaluator& evaluator) const;

  // Gives an evaluator the facts of a stay, and that they left when they did or what vacation
  // they are left with when the year closes.
  void FeedStay(std::size_t regulation, const Occupant& occupant, const Stay& stay,
                std::span<const Event> events, Evaluator& evaluator) const;

  // Twelfths of vacation that the rules on the year's end would give on a day of the person the
  // evaluator is at.
  [[nodiscard]] std::int64_t EarnedOn(std::size_t regulation, std::int32_t day,
                                      Evaluator& evaluator) const;

 private:
  void Decide(Occupant& occupant) const;
  void AddEnd(std::size_t regulation, const Occupant& occupant, const Stay& stay,
              Evaluator& evaluator) const;
  [[nodiscard]] std::int64_t Given(std::size_t regulation, const Evaluator& evaluator) const;
  void FindRemoval(std::size_t regulation, const Occupant& occupant, Evaluator& evaluator,
                   Stay& stay) const;
  // The day a process is over; nothing: not within the year, or it left the sanction without
  // effect.
  [[nodiscard]] std::optional<std::int32_t> ProcessEnd(std::size_t regulation,
                                                       const Occupant& occupant,
                                                       const Applied& applied) const;

  const Setting& setting_;
  const population::Population& population_;
  std::uint64_t seed_;
  struct Ending {
    std::vector<std::pair<std::size_t, std::size_t>> twelfths;  // rules and consequences
    std::vector<std::uint8_t> removes;                          // by rule: somebody, from the post
  };
  std::vector<Ending> endings_;  // by regulation
};

// The fields of the fact that somebody left.
const std::vector<OccurrenceBinding::Given>& SeparationFields(
    const SeparationBinding& bound, const population::Population& population,
    const Occupant& occupant, Leaving leaving);

}  // namespace cotejo::year
