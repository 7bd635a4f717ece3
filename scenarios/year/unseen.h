// What an amendment changes that no figure of a forecast looks at: its tables differ by nothing
// there, and that must not be read as "it changes nothing".
#pragma once

#include "scenarios/year/results.h"
#include "scenarios/year/setting.h"

namespace cotejo::year {

// In words; empty when the tables look at all that the amended text, of that regulation of the
// setting, changes of the one in force. Rules that only give, oblige, forbid or allow something
// that no table counts are told by their articles; other changes, when they are all there is.
base::Text Unseen(const Setting& setting, const population::Names& names, std::size_t regulation,
                  const base::Text& title);

// Puts it with that regulation, and before what all of the forecast rests on.
void TellUnseen(base::Text unseen, std::size_t regulation, Forecast& forecast);

}  // namespace cotejo::year
