// Days and months that rules tell apart by the calendar alone: a date they name, a value in force
// since one, the month of the year, how many working days it has.
#pragma once

#include <vector>

#include "model/rules/ruleset.h"
#include "solver/encoding/cone.h"

namespace cotejo::encoding {

struct DateClasses {
  // Of each class, its first working day and its last: something may come before, or after. What a
  // date does by its distance to one that nobody knows tells no day from another.
  struct Days {
    base::Date first, last;
  };
  std::vector<Days> days;        // by the first
  std::vector<unsigned> months;  // the last of each class, by their days and by their end

  [[nodiscard]] bool Any() const { return days.size() > 1 || months.size() > 1; }
};

// `scope`: of the holidays, a value of the attribute that chooses it; -1: there is none.
DateClasses ClassesOf(const rules::Ruleset& rules, const Cone& cone, int year, int scope);

}  // namespace cotejo::encoding
