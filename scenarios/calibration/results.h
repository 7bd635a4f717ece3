// What a calibration returns: what was read, what is wrong with it, what was fitted, how well.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/base/date.h"
#include "model/base/text.h"

namespace cotejo::calibration {

// ---- what was read -----------------------------------------------------------------

enum class Outcome { Accepted, Inferred, Rejected };

struct RowExample {
  int line = 0;
  std::string shown;  // never an identifier: a pseudonym, or the cell that could not be read
};

// Rows of one file that ended the same way for the same reason.
struct RowTally {
  Outcome outcome = Outcome::Accepted;
  base::Text reason;
  std::int64_t rows = 0;
  std::vector<RowExample> examples;  // the first few
};

struct FilePreview {
  std::string path;
  base::Text read_as;     // "attlog de ZKTeco, separado por tabulador, en UTF-8"
  std::int64_t rows = 0;  // neither the heading nor blank lines
  std::vector<RowTally> tallies;

  [[nodiscard]] std::int64_t count(Outcome outcome) const {
    std::int64_t sum = 0;
    for (const RowTally& tally : tallies) sum += tally.outcome == outcome ? tally.rows : 0;
    return sum;
  }
};

// ---- what is wrong with it ---------------------------------------------------------

struct QualityIssue {
  base::Text what;
  std::int64_t count = 0;
  std::vector<std::string> examples;
  base::Text treatment;  // what became of it
  bool known = true;     // false: it cannot be told, and the treatment says why
};

struct Quality {
  base::Date first, last;         // working days that the records cover
  std::vector<std::string> full;  // "2025-03": months that are looked at
  std::vector<QualityIssue> issues;
};

// ---- what was fitted ---------------------------------------------------------------

struct Estimate {
  double file = 0;  // what the population file says
  double value = 0;
  double low = 0, high = 0;  // 95 % interval
  double weight = 0;         // records (or people) it rests on, as if they were independent
};

struct FittedBand {
  std::int32_t from = 0, to = 0;
  Estimate share;
};

// What the rate of a length of absence rests on.
enum class Told { Own, Shared, File };

// Absences of one length; of whole days when it is even.
struct FittedSpell {
  std::int32_t half_days = 0;
  Estimate per_year;
  Told told = Told::File;
};

struct FittedClass {
  std::string name;
  double people = 0;    // who are of it, each in part
  bool fitted = false;  // false: too few people, and its own figures stay as in the file
  Estimate weight;
  std::vector<FittedBand> bands;
  Estimate omission;       // shifts with one of their two records missing
  Estimate missing_entry;  // of those, the ones in which it is the entry
  Estimate unrecorded;     // scheduled shifts without any record, for whatever reason
  std::vector<FittedSpell> absences = {};  // as in the population file; see Absences
};

// Times somebody was away without being authorised, justified later or not.
struct Absences {
  bool done = false;
  base::Text why_not;
  Estimate per_year;       // of one person, all lengths, all the staff
  double unexplained = 0;  // days that no length of the file can account for
};

// How far the logarithm of people's own factors is spread, or two of them go together; both as
// `[rasgos]` of the population file says. What is not told stays as in the file.
struct FittedTrait {
  std::string trait;  // its key in the file
  Estimate deviation;
  bool told = false;
  base::Text why_not;
};

struct FittedPair {
  std::string first, second;
  Estimate correlation;
  bool told = false;
  base::Text why_not;
};

// Counts by band against those expected; the statistic is divided by what the likeness of one
// person's records to each other inflates it (Rao and Scott's first order).
struct Goodness {
  base::Text what;
  bool done = false;
  base::Text why_not;
  double statistic = 0;
  double inflation = 1;
  int degrees = 0;
  double p = 1;
  double largest_gap = 0;   // observed share less expected share
  base::Text where;         // the largest gap
  bool one_person = false;  // it is one person's
};

// Sanctions in one of the months held out.
struct MonthTest {
  std::string month;
  double observed = 0;
  double mean = 0;
  double low = 0, high = 0;  // of 95 % of the months predicted

  [[nodiscard]] bool holds() const { return low <= observed && observed <= high; }
};

struct BackTest {
  bool done = false;
  base::Text why_not;
  int replications = 0;
  std::vector<MonthTest> months;
  std::vector<MonthTest> absent = {};  // days of absence; empty when absences were not fitted
};

struct Calibration {
  std::int64_t people = 0;
  std::int64_t arrivals = 0;
  std::vector<FittedClass> classes;  // as in the population file
  Estimate late;                     // arrivals after the fixed hour, all the staff
  Estimate omission;
  Estimate unrecorded;
  Absences absences;
  std::vector<FittedTrait> traits;  // as in the population file
  std::vector<FittedPair> pairs;
  double certainty = 0;                 // mean chance of each person's likeliest class
  std::int64_t earlier = 0, later = 0;  // arrivals outside the bands, counted in the nearest
  std::vector<Goodness> goodness;
  BackTest back_test;
};

}  // namespace cotejo::calibration
