// What a check says since an earlier check of the same regulation: what --desde shows.
#pragma once

#include <vector>

#include "model/base/finding.h"
#include "reports/report.h"

namespace cotejo::reports {

struct Since {
  const base::CheckReport* earlier = nullptr;
  // False when the two were made under other readings: what is new or gone may come from that.
  bool same_readings = true;
  Assignments only_in_one;

  // This check with those of its findings that are new or go on with other figures. One that was
  // suppressed then and is not now is new.
  base::CheckReport shown;
  int introduced = 0;
  int not_asked_before = 0;   // of those, of checks that the earlier report did not run
  int unfinished_before = 0;  // … and of those that it left open: they may have been there
  int changed = 0;
  int kept = 0;

  // Of the earlier one and not of this, when this ran and finished their check under the same
  // readings; otherwise nothing is known of them.
  std::vector<const base::Finding*> gone;
  int unknown = 0;
};

// Both reports have checks, and outlive what is returned.
Since CompareWithEarlier(const ReportInput& earlier, const ReportInput& now);

// The finding of the earlier check that this one was known by; null when it is new.
const base::Finding* KnownAs(const base::CheckReport& earlier, const base::Finding& finding);

// A check without the findings of which the earlier one says the same.
base::CheckReport OnlyNews(const base::CheckReport& earlier, const base::CheckReport& now);

// The findings of the earlier check that a later one looked for to the end, and did not find.
std::vector<const base::Finding*> Gone(const base::CheckReport& earlier,
                                       const base::CheckReport& now);

// The title of a finding that an amendment solves and, when it introduces another of the same code
// that says much the same of most of the same articles, that one's: it may be the same defect.
base::Text DescribeSolved(const FindingChanges& changes, const base::Finding& solved);

// What a finding said in the earlier check and does not now; empty for one that is new.
base::Text DescribeEarlier(const Since& since, const base::Finding& finding);

}  // namespace cotejo::reports
