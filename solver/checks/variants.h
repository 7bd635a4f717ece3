// Findings of one defect, told once: its variants are lines of one finding.
#pragma once

#include "model/base/finding.h"

namespace cotejo::checks {

// Findings with one id are variants of one defect. The first of them stays, with its history,
// the articles of all and the lines of their regions: each must say by itself what it is of.
void JoinVariants(base::CheckReport& report);

}  // namespace cotejo::checks
