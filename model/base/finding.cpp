#include "model/base/finding.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <tuple>

namespace cotejo::base {

namespace {

void Count(const QueryRecord& query, CheckTotals& totals) {
  ++totals.planned;
  switch (query.verdict) {
    case Verdict::Proved:
      ++totals.proved;
      break;
    case Verdict::Refuted:
      ++totals.refuted;
      break;
    case Verdict::Unknown:
      ++totals.unknown;
      break;
    case Verdict::Unsupported:
      ++totals.unsupported;
      break;
    case Verdict::NotRun:
      ++totals.not_run;
      break;
  }
  totals.run = totals.planned - totals.unsupported - totals.not_run;
}

}  // namespace

std::string FindingId(const std::string& code, const std::string& key) {
  std::uint32_t hash = 2166136261U;  // FNV-1a
  std::string both = code;
  both.append("|").append(key);
  for (const char c : both) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  }
  constexpr std::array<char, 17> kDigits{"0123456789abcdef"};
  std::string hex;
  for (int shift = 28; shift >= 0; shift -= 4) hex += kDigits[(hash >> shift) & 15U];
  return code + "-" + hex;
}

void Recount(CheckReport& report) {
  std::sort(report.findings.begin(), report.findings.end(), [](const Finding& a, const Finding& b) {
    return std::tie(a.severity, a.code, a.id) < std::tie(b.severity, b.code, b.id);
  });
  std::sort(report.queries.begin(), report.queries.end(),
            [](const QueryRecord& a, const QueryRecord& b) { return a.name < b.name; });
  report.totals = {};
  for (const QueryRecord& query : report.queries) Count(query, report.totals);
  for (CheckSummary& check : report.checks) {
    check.totals = {};
    for (const QueryRecord& query : report.queries) {
      if (query.check == check.code) Count(query, check.totals);
    }
    check.findings = static_cast<int>(
        std::count_if(report.findings.begin(), report.findings.end(),
                      [&](const Finding& f) { return f.code == check.code && !f.suppression; }));
  }
}

}  // namespace cotejo::base
