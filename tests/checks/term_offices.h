// Offices, times and terms for the tests of the checks on time.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <optional>
#include <string>

#include "model/rules/resolve.h"
#include "solver/checks/temporal.h"

namespace cotejo::checks {

using base::Date;
using rules::Term;
using rules::TermUnit;

inline const rules::Ruleset& RipRules() {
  static const auto regulation = [] {
    static base::SourceMap sources;
    base::Diagnostics diagnostics;
    const auto folder = std::filesystem::path(COTEJO_SOURCE_DIR) / "regulations" / "rip-2025";
    return rules::LoadRegulation(sources, folder.string(), {}, diagnostics).rules;
  }();
  return *regulation;
}

inline const Offices& RipOffices() {
  static const Offices offices = MakeOffices(RipRules(), 2026);
  return offices;
}

inline const Office& In(const std::string& scope) {
  for (const Office& office : RipOffices().all) {
    if (office.scope() == scope) return office;
  }
  ADD_FAILURE() << "no office in " << scope;
  return RipOffices().all.front();
}

inline Minute Hour(Date date, int hour, int minute = 0) { return At(date, hour * 60 + minute); }

inline std::string Clock(std::optional<Minute> time) {
  return time ? DateOf(*time).str() + " " + ClockOf(*time) : "unknown";
}

constexpr Term Hours(int n) { return {n, TermUnit::Hours}; }
constexpr Term Days(int n) { return {n, TermUnit::CalendarDays}; }
constexpr Term WorkingDays(int n) { return {n, TermUnit::BusinessDays}; }
constexpr Term Months(int n) { return {n, TermUnit::Months}; }

}  // namespace cotejo::checks
