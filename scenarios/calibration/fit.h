// The behaviour of a staff fitted to what its clock says: classes of punctuality as latent ones,
// with people, not records, as what the uncertainty is about.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/calibration/days.h"
#include "scenarios/calibration/shifts.h"
#include "scenarios/calibration/tables.h"

namespace cotejo::calibration {

// What the fit needs of one person in one stretch of time.
struct PersonCounts {
  std::string person;
  std::vector<std::int64_t> cells;  // arrivals by cell: see Cells
  std::int64_t scheduled = 0;       // shifts
  std::int64_t unrecorded = 0;      // of those, without any record
  std::int64_t omitted = 0;         // with one record of the two …
  std::int64_t missing_entry = 0;   // … of which the entry is missing
  Days days = {};                   // when absences are asked about
};

// Where the bands of any class begin, but for each class's first: the cells between are whole
// parts of a band of every class, and what lies outside the bands counts in the nearest.
std::vector<std::int32_t> Cells(const std::vector<ClassTable>& tables);
std::size_t CellOf(const std::vector<std::int32_t>& cuts, std::int32_t minutes);

// `hours`: when absences are asked about.
std::vector<PersonCounts> CountShifts(const std::vector<PersonShifts>& people,
                                      const std::vector<std::int32_t>& cuts, base::Date from,
                                      base::Date to, const Hours* hours = nullptr);

// Arrivals before the first band of every class and after the last, which count in the nearest.
void CountOutside(const std::vector<ClassTable>& tables, const std::vector<PersonShifts>& people,
                  Calibration& calibration);

struct FitOptions {
  int resamples = 400;  // of the people
  std::uint64_t seed = 2025;
  std::optional<Working> working = {};            // nothing: absences are not fitted
  TraitTable traits = {};                         // how people of a class differ, as in the file
  std::atomic<std::int64_t>* progress = nullptr;  // times the people have been drawn again
};

// Fewer than these in a class, and their figures are not told: the file's stay.
inline constexpr double kFewestPeople = 10;

// Maximum likelihood by expectation and maximisation, begun at the file's classes. Each interval is
// that of a beta distribution worth as many records as the variance over resamples of the people
// says, fewer for a class of few people.
Calibration Fit(const std::vector<ClassTable>& tables, const std::vector<PersonCounts>& people,
                const FitOptions& options);

// Are the arrivals as the file, uncalibrated, says?
Goodness AgainstFile(const std::vector<ClassTable>& tables,
                     const std::vector<PersonCounts>& people);
// Are the runs of absence, by length, as the file says?
Goodness AbsencesAgainstFile(const std::vector<ClassTable>& tables, const Working& working,
                             const std::vector<PersonCounts>& people,
                             const TraitTable& traits = {});
// Are people of a class alike in how often they are late? Where they are not taken for alike: do
// they differ as the fit says?
Goodness AlikeWithin(const std::vector<ClassTable>& tables, const std::vector<PersonCounts>& people,
                     const TraitTable& traits = {});
// Fitted to some months: are the arrivals of later ones as predicted, person by person?
Goodness HeldOut(const std::vector<ClassTable>& tables, const std::vector<PersonCounts>& before,
                 const std::vector<PersonCounts>& after, const TraitTable& traits = {});
Goodness AbsencesHeldOut(const std::vector<ClassTable>& tables, const Working& working,
                         const std::vector<PersonCounts>& before,
                         const std::vector<PersonCounts>& after, const TraitTable& traits = {});

}  // namespace cotejo::calibration
