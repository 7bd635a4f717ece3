// How often people are absent, by length: spells that begin on any working day, seen through days
// of which some say nothing.
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "scenarios/calibration/classes.h"
#include "scenarios/calibration/days.h"
#include "scenarios/calibration/effects.h"

namespace cotejo::calibration {

// Of one class: its rates by the number of working days a spell lasts (0: one shift), each per
// working day.
struct SpellRates {
  std::vector<std::int32_t> days;
  std::vector<double> per_day;
};

struct ClassAbsences {
  std::vector<double> starts;  // by length: spells, each in part
  std::vector<double> days;    // by length: on which one could have begun
  std::vector<double> per_day;
  double looked_at = 0;  // days of its people
};

// What a rate rests on, and its share of it: a factor is that of several rates at once.
struct Places {
  double starts = 0, days = 0, share = 1;
};

struct StaffAbsences {
  std::vector<ClassAbsences> classes;
  double days = 0;         // all that were looked at, of everybody
  double unexplained = 0;  // that no length of the file can account for
};

// The people, in words: what lies between one day on which somebody was seen and the next.
class AbsenceFitting {
 public:
  // The people in the order of the rows of an Assignment.
  AbsenceFitting(const std::vector<ClassTable>& tables, const Working& working,
                 const std::vector<PersonCounts>& people);

  // Maximum likelihood by expectation and maximisation, from the rates of the file. A length that
  // has ten spells, or would by the file, has a rate of its own; the others of its class share one
  // factor over the file's; where those are too few together, the file's stay.
  void TellApart(const Assignment& assignment);
  [[nodiscard]] Told told(std::size_t k, std::size_t spell) const { return told_[k][spell]; }
  // `times`: how many times each person counts.
  [[nodiscard]] StaffAbsences Fit(const Assignment& assignment,
                                  const std::vector<int>& times) const;
  // Of one class and length; and of all the staff.
  [[nodiscard]] Places PlacesOf(std::size_t k, std::size_t spell,
                                const StaffAbsences& fitted) const;
  [[nodiscard]] static Places PlacesOfAll(const StaffAbsences& fitted);
  // Of each person: days on which a spell began, each in part, of those looked at.
  [[nodiscard]] std::vector<Tally> SpellsOf(const Assignment& assignment,
                                            const StaffAbsences& fitted) const;
  // The rates of each class as fitted: the file's, where those stay.
  [[nodiscard]] std::vector<SpellRates> RatesOf(const Assignment& assignment,
                                                const StaffAbsences& fitted) const;
  [[nodiscard]] SpellRates FileRates(std::size_t k) const { return {length_[k], base_[k]}; }

 private:
  using Word = std::vector<DayCode>;
  struct Person {
    std::vector<std::pair<std::size_t, int>> words;  // and how many times
    double days = 0;
    bool seen = false;
  };

  void AddWord(const Word& word, std::map<Word, std::size_t>& known,
               std::map<std::size_t, int>& of);
  [[nodiscard]] ClassAbsences FitClass(std::size_t k, const std::vector<double>& times,
                                       const std::vector<double>& of_word,
                                       double& unexplained) const;

  std::vector<std::vector<std::int32_t>> length_;  // [class][spell]: days, 0 for one shift
  std::vector<std::vector<double>> base_;          // [class][spell]: per day, as the file says
  std::vector<std::vector<Told>> told_;
  Working working_;
  std::int32_t longest_ = 1;
  std::vector<Word> words_;
  std::vector<Person> people_;
};

// Days on which a run of absence could have been seen to begin, by what was: none, one shift, runs
// of 1, 2 … days, and of so many or more. Only those with enough full days on both sides count.
std::size_t RunCells(const std::vector<ClassTable>& tables);
std::vector<std::int64_t> CountRuns(const Days& days, std::size_t cells);
// What somebody of such rates does on such a day.
std::vector<double> RunChances(const SpellRates& rates, std::int32_t most_shifts,
                               std::size_t cells);

}  // namespace cotejo::calibration
