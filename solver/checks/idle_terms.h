// Terms that run out while nobody works: they begin at the end of a shift, or with the absence that
// takes it whole, and are over before the next one.
#pragma once

#include "solver/checks/term_wording.h"

namespace cotejo::checks {

struct IdleTerm {
  bool applies = false;  // its unit does not skip the days nobody works, and there are shifts
  int looked = 0;        // beginnings
  int idle = 0;          // of them, without a minute of work
  // The one with the longest wait until the next minute of work, and the whole story.
  const Office* office = nullptr;
  Minute since = 0, end = 0, next = 0;
  Minute from = 0;  // `since`, or the end of the shift missed: its work is not looked at
};

// `limit` is the term of one entry; it runs from any time at which that event may happen while
// the other milestones keep their own terms.
IdleTerm FindIdle(const rules::Ruleset& rules, const Offices& offices, const Terms& terms,
                  const Limit& limit);

// «sin una sola hora de trabajo», and what is left out of that.
base::Text WithoutWork(const IdleTerm& idle);

// The finding about it, for the check `code`, without its severity and its title.
base::Finding DescribeIdle(const CheckContext& context, const Offices& offices,
                           const rules::Procedure& procedure, const Limit& limit,
                           const IdleTerm& idle, const std::string& code);

}  // namespace cotejo::checks
