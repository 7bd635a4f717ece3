// What the checks found under several assignments of readings, put together.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "reports/report.h"

namespace cotejo::reports {

// What was found under one assignment of readings.
struct AssignedChecks {
  base::Text assignment;
  base::CheckReport checks;
};

// One check out of several, the run's own assignment first. A finding is the one of the first
// assignment that gives it, and says under which it appears. With ReadingScope::Always, those
// that some assignment does not give are left out. The checks that the other assignments did
// not run do not depend on them: what they found stays, and says nothing of readings. The
// questions of the others bear their assignment in the name.
base::CheckReport MergeReadings(const std::vector<AssignedChecks>& runs, ReadingScope scope);

// The assignments that such a check was made under, its own aside, by the names of its questions.
std::set<std::string> OtherAssignments(const base::CheckReport& report);

// Of the assignments of the text in force, those that a check of an amended one was made under too,
// and then those of its own: an amendment may add a reading, or settle one.
std::vector<base::Text> AssignmentsOf(const base::CheckReport& amended,
                                      const base::CheckReport& in_force,
                                      const std::vector<base::Text>& tried);

}  // namespace cotejo::reports
