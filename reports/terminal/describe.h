// The interpreter's result in the words `cotejo aplicar` prints.
#pragma once

#include "model/evaluation/evaluate.h"
#include "reports/terminal/terminal.h"

namespace cotejo::reports {

AppliedPerson DescribeResult(const rules::Ruleset& rules, const evaluation::History& history,
                             const evaluation::Result& result);

Diary DescribeYear(const rules::Ruleset& rules, const evaluation::History& history,
                   const evaluation::Result& result);

}  // namespace cotejo::reports
