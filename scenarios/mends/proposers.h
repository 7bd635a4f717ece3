// What each kind of finding suggests: one function a kind of defect, in the table of propose.cpp.
#pragma once

#include <vector>

#include "scenarios/mends/mends.h"

namespace cotejo::mends {

using Proposer = std::vector<Proposal> (*)(const Bench&, const base::Finding&);

// propose_ranges.cpp: where rows and rules begin and end.
std::vector<Proposal> ProposeForGap(const Bench& bench, const base::Finding& finding);
std::vector<Proposal> ProposeFromGaps(const Bench& bench, const base::Finding& finding);
std::vector<Proposal> ProposeForOverlap(const Bench& bench, const base::Finding& finding);
std::vector<Proposal> ProposeForGranularity(const Bench& bench, const base::Finding& finding);

// propose_order.cpp: which of two rules holds.
std::vector<Proposal> ProposePriorities(const Bench& bench, const base::Finding& finding);
std::vector<Proposal> ProposeExceptions(const Bench& bench, const base::Finding& finding);
std::vector<Proposal> ProposeRepeal(const Bench& bench, const base::Finding& finding);

// propose_amounts.cpp: what is deducted, granted or required.
std::vector<Proposal> ProposeAmounts(const Bench& bench, const base::Finding& finding);
std::vector<Proposal> ProposeLimits(const Bench& bench, const base::Finding& finding);
std::vector<Proposal> ProposeLess(const Bench& bench, const base::Finding& finding);
std::vector<Proposal> ProposeShares(const Bench& bench, const base::Finding& finding);
std::vector<Proposal> ProposeProcess(const Bench& bench, const base::Finding& finding);
std::vector<Proposal> ProposeRounding(const Bench& bench, const base::Finding& finding);

// propose_windows.cpp: what is counted, and for how long.
std::vector<Proposal> ProposeWindows(const Bench& bench, const base::Finding& finding);
std::vector<Proposal> ProposeLongerToo(const Bench& bench, const base::Finding& finding);
std::vector<Proposal> ProposeJointCounts(const Bench& bench, const base::Finding& finding);
std::vector<Proposal> ProposeOneCount(const Bench& bench, const base::Finding& finding);

// propose_references.cpp: what a provision is sent to, and the dates of norms.
std::vector<Proposal> ProposeTargets(const Bench& bench, const base::Finding& finding);
std::vector<Proposal> ProposeFewerReferences(const Bench& bench, const base::Finding& finding);
std::vector<Proposal> ProposeDates(const Bench& bench, const base::Finding& finding);

}  // namespace cotejo::mends
