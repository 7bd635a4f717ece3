// The words JSON uses for each enumeration, one table each, for both directions.
#pragma once

#include <array>
#include <string_view>
#include <utility>

#include "reports/report.h"

namespace cotejo::reports {

template <typename Enum, std::size_t N>
using Codes = std::array<std::pair<Enum, std::string_view>, N>;

inline constexpr Codes<base::FindingSeverity, 3> kSeverityCodes = {{
    {base::FindingSeverity::Error, "error"},
    {base::FindingSeverity::Warning, "advertencia"},
    {base::FindingSeverity::Information, "informacion"},
}};
inline constexpr Codes<base::Verdict, 5> kVerdictCodes = {{
    {base::Verdict::Proved, "probada"},
    {base::Verdict::Refuted, "refutada"},
    {base::Verdict::Unknown, "desconocida"},
    {base::Verdict::Unsupported, "sin_soporte"},
    {base::Verdict::NotRun, "sin_comprobar"},
}};
inline constexpr Codes<base::Evidence, 6> kEvidenceCodes = {{
    {base::Evidence::Replayed, "repetido"},
    {base::Evidence::Quoted, "citado"},
    {base::Evidence::SecondSolver, "segundo_demostrador"},
    {base::Evidence::Enumerated, "enumerado"},
    {base::Evidence::SolverAlone, "solo_demostrador"},
    {base::Evidence::None, "ninguna"},
}};
inline constexpr Codes<ReadingScope, 3> kReadingScopeCodes = {{
    {ReadingScope::Assumed, "asumida"},
    {ReadingScope::All, "todas"},
    {ReadingScope::Always, "siempre"},
}};
inline constexpr Codes<rules::Confidence, 5> kConfidenceCodes = {{
    {rules::Confidence::High, "alta"},
    {rules::Confidence::MediumPlus, "media_alta"},
    {rules::Confidence::Medium, "media"},
    {rules::Confidence::Low, "baja"},
    {rules::Confidence::Unstated, "sin_declarar"},
}};
inline constexpr Codes<year::CellUnit, 5> kUnitCodes = {{
    {year::CellUnit::Count, "casos"},
    {year::CellUnit::Persons, "personas"},
    {year::CellUnit::Days, "dias"},
    {year::CellUnit::Hours, "horas"},
    {year::CellUnit::Centavos, "bolivianos"},
}};

template <typename Enum, std::size_t N>
std::string_view CodeOf(const Codes<Enum, N>& codes, Enum value) {
  for (const auto& [candidate, code] : codes) {
    if (candidate == value) return code;
  }
  return {};
}

}  // namespace cotejo::reports
