#include "reports/report.h"

#include <algorithm>
#include <set>

namespace cotejo::reports {

ReportInput DescribeRuleset(const rules::Ruleset& rules) {
  ReportInput input;
  input.title = rules.title;
  for (const rules::Norm& norm : rules.norms) {
    input.norms.push_back({.name = norm.name,
                           .title = norm.title,
                           .rank = norm.rank,
                           .rank_name = norm.rank_name,
                           .issued = norm.issued,
                           .in_force_from = norm.in_force_from,
                           .in_force_to = norm.in_force_to,
                           .confidence = norm.confidence,
                           .amendment = norm.amendment});
  }
  std::stable_sort(input.norms.begin(), input.norms.end(),
                   [](const NormInfo& a, const NormInfo& b) {
                     return std::tie(a.rank, a.name) < std::tie(b.rank, b.name);
                   });
  for (const rules::Reading& reading : rules.readings) {
    ReadingInfo info{.name = reading.name,
                     .citations = reading.citations,
                     .options = {},
                     .assumed = reading.assumed,
                     .chosen = reading.chosen};
    for (const rules::ReadingOption& option : reading.options) {
      info.options.push_back({option.name, option.description});
    }
    input.readings.push_back(std::move(info));
  }
  input.coverage = {.provisions = static_cast<int>(rules.provisions.size()),
                    .rules = static_cast<int>(rules.rules.size()),
                    .scales = static_cast<int>(rules.scales.size()),
                    .measures = static_cast<int>(rules.measures.size()),
                    .parameters = static_cast<int>(rules.parameters.size()),
                    .statements = static_cast<int>(rules.statements.size()),
                    .cases = static_cast<int>(rules.cases.size())};
  return input;
}

namespace {

std::string RelativePath(const std::string& argument, const std::string& current_directory) {
  if (argument.empty() || argument.front() != '/') return argument;
  std::string prefix = current_directory;
  while (prefix.size() > 1 && prefix.back() == '/') prefix.pop_back();
  if (argument == prefix) return ".";
  if (prefix.size() > 1 && argument.starts_with(prefix + "/")) {
    return argument.substr(prefix.size() + 1);
  }
  std::string trimmed = argument;
  while (trimmed.size() > 1 && trimmed.back() == '/') trimmed.pop_back();
  const std::string last = trimmed.substr(trimmed.find_last_of('/') + 1);
  return last.empty() ? argument : last;
}

std::string ShellQuote(const std::string& argument) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-_./=:,+@%").find(c) != std::string_view::npos;
  };
  if (!argument.empty() && std::all_of(argument.begin(), argument.end(), plain)) return argument;
  std::string quoted = "'";
  for (const char c : argument) {
    if (c == '\'') {
      quoted += "'\\''";
    } else {
      quoted += c;
    }
  }
  return quoted + "'";
}

}  // namespace

std::string RepeatCommand(const std::vector<std::string>& arguments,
                          const std::string& current_directory) {
  std::string line;
  for (const std::string& argument : arguments) {
    std::string shown;
    // --option=/path keeps its option.
    const std::size_t equals = argument.find('=');
    if (argument.starts_with("--") && equals != std::string::npos) {
      shown = argument.substr(0, equals + 1) +
              RelativePath(argument.substr(equals + 1), current_directory);
    } else {
      shown = RelativePath(argument, current_directory);
    }
    if (!line.empty()) line += ' ';
    line += ShellQuote(shown);
  }
  return line;
}

FindingCounts CountFindings(const base::CheckReport& report) {
  FindingCounts counts;
  for (const base::Finding& finding : report.findings) {
    switch (finding.severity) {
      case base::FindingSeverity::Error:
        ++counts.errors;
        break;
      case base::FindingSeverity::Warning:
        ++counts.warnings;
        break;
      case base::FindingSeverity::Information:
        ++counts.information;
        break;
    }
  }
  return counts;
}

ExitStatus CheckExitStatus(const base::CheckReport& report) {
  const FindingCounts counts = CountFindings(report);
  if (counts.errors + counts.warnings > 0) return ExitStatus::Findings;
  const base::CheckTotals& totals = report.totals;
  if (totals.run == 0 || totals.unknown > 0 || totals.unsupported > 0) return ExitStatus::Undecided;
  return ExitStatus::Clean;
}

base::Text DescribeExitStatus(ExitStatus status) {
  switch (status) {
    case ExitStatus::Clean:
      return {"sin hallazgos y con todas las consultas resueltas",
              "no findings, and every query decided"};
    case ExitStatus::Findings:
      return {"hay hallazgos", "there are findings"};
    case ExitStatus::BadInput:
      return {"la entrada tiene errores", "the input has errors"};
    case ExitStatus::Undecided:
      return {"quedaron consultas sin resolver; no equivale a «sin hallazgos»",
              "some queries were left undecided; this is not the same as “no findings”"};
  }
  return {};
}

FindingChanges CompareFindings(const base::CheckReport& before, const base::CheckReport& after) {
  std::set<std::string> ids_before;
  std::set<std::string> ids_after;
  for (const base::Finding& finding : before.findings) ids_before.insert(finding.id);
  for (const base::Finding& finding : after.findings) ids_after.insert(finding.id);
  FindingChanges changes;
  for (const base::Finding& finding : before.findings) {
    if (ids_after.contains(finding.id)) {
      ++changes.kept;
    } else {
      changes.solved.push_back(&finding);
    }
  }
  for (const base::Finding& finding : after.findings) {
    if (!ids_before.contains(finding.id)) changes.introduced.push_back(&finding);
  }
  return changes;
}

}  // namespace cotejo::reports
