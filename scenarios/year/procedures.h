// Procedures of a regulation as the year lives them: which rules begin one, and when each of its
// steps is taken.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/population/population.h"
#include "scenarios/year/calendar.h"
#include "scenarios/year/effects.h"

namespace cotejo::year {

inline constexpr std::size_t kMostSteps = 24;

// One milestone, after those it runs from.
struct Step {
  struct Bound {
    std::size_t since = 0;  // a step before this one
    bool at_most = true;    // otherwise at least
    std::int32_t amount = 0;
    rules::TermUnit unit = rules::TermUnit::Hours;
    friend bool operator==(const Bound&, const Bound&) = default;
  };
  std::string name;
  std::vector<Bound> bounds;  // of the first step, none
  bool power = false;         // lost when not used in its term; otherwise a duty
  int conduct = -1;           // into ProcedureConduct::milestones; -1: as soon as it may be
  int word = 0;               // the first of its draws, of those of the procedure
  friend bool operator==(const Step&, const Step&) = default;

  [[nodiscard]] bool has_term() const {
    for (const Bound& bound : bounds) {
      if (bound.at_most) return true;
    }
    return false;
  }
};

// Where a procedure had got to when the year ended. Days are of the year.
struct Course {
  enum class State : std::uint8_t {
    Never,  // what it runs from did not come about
    Done,
    Lapsed,   // its term passed and nobody took it
    Pending,  // not yet
  };
  struct Of {
    State state = State::Never;
    bool late = false;     // past its term, whether it was taken after or is pending
    std::int32_t day = 0;  // when it was taken, or its term passed
  };
  std::array<Of, kMostSteps> steps;      // of which so many as the procedure has are set
  std::optional<std::int32_t> finished;  // the last day of it; nothing: pending
  bool annulled = false;                 // what began it was left without effect
};

// Whose year, for the draws.
struct CourseKey {
  std::uint64_t seed = 0;
  std::uint32_t replication = 0;
  std::size_t post = 0;
};

class Procedures {
 public:
  struct Procedure {
    std::string name;         // in the regulation
    int conduct = -1;         // into Population::procedures
    std::vector<Step> steps;  // the first one begins it
    bool of_process = false;  // it begins with an internal process
    std::uint64_t key = 0;    // of its draws
    friend bool operator==(const Procedure&, const Procedure&) = default;
  };

  Procedures() = default;
  // Nothing, with diagnostics, when the regulation does not have what the population names, or it
  // cannot be lived. An amendment (`in_force` false) may lack procedures and steps.
  static std::optional<Procedures> Of(const rules::Ruleset& rules,
                                      const std::vector<RuleEffects>& effects,
                                      const population::Population& population, bool in_force,
                                      base::Diagnostics& diagnostics);

  [[nodiscard]] const std::vector<Procedure>& all() const { return all_; }
  // Into all(), of a rule of the regulation's own numbers.
  [[nodiscard]] const std::vector<std::uint8_t>& begun_by(std::size_t rule) const {
    return begun_[rule];
  }
  // The one that an internal process begins; nothing: none is lived.
  [[nodiscard]] const Procedure* of_process() const;

  // What comes of a procedure that a rule began on a day, for whoever works on those days. What
  // begins on one day by rules of one article goes together.
  [[nodiscard]] Course Run(const Procedure& procedure, std::size_t rule, std::int32_t day,
                           const CourseKey& key, const YearDays& year, const WorkDays& work) const;

 private:
  friend class ProcedureCompiler;
  std::vector<population::ProcedureConduct> conducts_;  // of the population, by its number
  std::vector<Procedure> all_;
  std::vector<std::vector<std::uint8_t>> begun_;  // by rule
  std::vector<std::uint64_t> rule_keys_;          // by rule: of its article
};

}  // namespace cotejo::year
