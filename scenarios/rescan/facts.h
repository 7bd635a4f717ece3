// What the rules about a month can tell of every month of a simulated staff, kept in some tens of
// bytes a year, so that other rules can be asked of the same months.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/population/population.h"
#include "scenarios/year/setting.h"
#include "scenarios/year/simulate.h"

namespace cotejo::rescan {

inline constexpr int kMonths = 12;
// Rows (people) of a column are as many as a multiple of this; those past the staff are 0.
inline constexpr std::size_t kRowStep = 64;

// A rule that applied to a month, or to something derived from it alone.
struct Application {
  int rule = -1;
  std::vector<int> through;              // qualifications behind its fact, nearest first
  std::vector<std::int64_t> quantities;  // one for each consequence, scaled by the unit
};

// All that is kept of a month with something to judge. The first state of a column is that of a
// month without it.
struct State {
  std::vector<Application> applied;    // by the text in force, in the order in which they did
  std::vector<std::int64_t> measures;  // as Column::measures; year::kAbsent: no value
};

// What is judged by month: facts of one kind. Numbers are those of the plan of the text in force.
struct Column {
  int subject = -1;
  std::vector<int> rules;  // those that were asked of each month
  std::vector<int> measures;
  // Ascending: by what applied, then by the measures, so that what a rule tells apart are few
  // stretches of numbers.
  std::vector<State> states;
  bool wide = false;  // codes of two bytes, and otherwise of one
  // By replication, month and row: the number of the state. In the machine's own order.
  std::vector<std::uint8_t> codes;

  [[nodiscard]] std::size_t width() const { return wide ? 2 : 1; }
};

// What of a year's result does not depend on the month alone: a person counts once.
enum Standing { kSanctions, kDeductions, kRemovals, kStandings };
inline constexpr std::uint16_t kSeveral = UINT16_MAX;

// A cell of the results, or a month series, under the text in force.
struct Result {
  std::string key;
  std::int64_t scale = 1;
  std::vector<std::int64_t> values;  // by replication
};
struct Series {
  std::string key;
  base::Text label;
  std::vector<double> months;
};

// Somebody who held a post in one of its years in which it had several people or somebody left it
// before a month's end: the months that ended in their time, and the one that closed as they left.
struct Stay {
  std::int32_t replication = 0;
  std::uint32_t row = 0;
  std::uint32_t person = 0;          // of the staff: whose pay they have
  std::int32_t first = 0, last = 0;  // months; last < first: none ended while they were there
  // Of the month after the last, by column: the state in which they left it. Empty: they did not.
  std::vector<std::uint16_t> closing;
  std::array<std::uint16_t, kStandings> standings{};
};

struct MonthFacts {
  // What they come from.
  std::string regulation;  // digest of all it says, as it is read
  std::string population;  // digest of what the people come from
  std::string population_name;
  int gestion = 0;
  std::uint64_t seed = 0;
  int replications = 0;
  std::size_t staff = 0;

  std::int64_t unit = 1;
  std::vector<Column> columns;
  // By replication and row: sanctions, deductions, destitutions or retirements that stand.
  // kSeveral in all: the post had several people, and they are in `stays`.
  std::array<std::vector<std::uint16_t>, kStandings> standings;
  std::vector<Stay> stays;  // by replication and row
  // A day's pay on the last day of each month, scaled, for those who are paid the same.
  std::vector<std::array<std::int64_t, kMonths>> pay;
  std::vector<std::uint32_t> pay_of;  // by person

  std::vector<Result> results;
  std::vector<Series> series;
  std::vector<base::Text> assumptions;

  [[nodiscard]] std::size_t rows() const { return (staff + kRowStep - 1) / kRowStep * kRowStep; }
  // Where the codes of a replication and month begin.
  [[nodiscard]] std::size_t place(const Column& column, int replication, int month) const {
    return (static_cast<std::size_t>(replication) * kMonths + static_cast<std::size_t>(month)) *
           rows() * column.width();
  }
};

// Digest of a regulation as read: with the same one its declarations have the same numbers.
std::string DigestOf(const rules::Ruleset& rules);

// Whether they may be kept of a run with so many draws, as far as is known before it; diagnosed.
bool CanKeep(const population::Population& population, int draws, base::Diagnostics& diagnostics);

// Lives the same years as year::Simulate, whose `forecast` of the text in force alone is kept
// with them. `people`: digest of what the population comes from. Nothing, with a diagnostic, when
// something cannot be kept exactly or the run is stopped.
std::optional<MonthFacts> Keep(const year::RegulationInput& regulation,
                               const population::Population& population, const std::string& people,
                               const year::Options& options, const year::Forecast& forecast,
                               base::Diagnostics& diagnostics);

// The file: docs/hechos-guardados.md.
std::string Write(const MonthFacts& facts);
// Nothing, with a diagnostic, for what is not exactly what was written.
std::optional<MonthFacts> Read(const std::string& path, const std::string& bytes,
                               base::Diagnostics& diagnostics);

}  // namespace cotejo::rescan
