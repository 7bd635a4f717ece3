// The findings and queries of a task as bytes, and back.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/base/finding.h"

namespace cotejo::checks {

// Totals and summaries are left out: they are counted from the queries.
std::string ToBytes(const base::CheckReport& result);

// Nothing unless the bytes are exactly what ToBytes gives for some result.
std::optional<base::CheckReport> FromBytes(std::string_view bytes);

}  // namespace cotejo::checks
