#include "reports/readings.h"

#include <algorithm>
#include <set>

namespace cotejo::reports {

namespace {

// Codes of the checks that every assignment ran.
std::set<std::string> RunByAll(const std::vector<AssignedChecks>& runs) {
  std::set<std::string> codes;
  for (const base::CheckSummary& check : runs.front().checks.checks) {
    const bool all = std::all_of(runs.begin(), runs.end(), [&](const AssignedChecks& run) {
      return std::any_of(run.checks.checks.begin(), run.checks.checks.end(),
                         [&](const base::CheckSummary& c) { return c.code == check.code; });
    });
    if (all) codes.insert(check.code);
  }
  return codes;
}

std::vector<base::Text> Under(const std::vector<AssignedChecks>& runs, const std::string& id) {
  std::vector<base::Text> under;
  for (const AssignedChecks& run : runs) {
    if (FindById(run.checks, id) != nullptr) under.push_back(run.assignment);
  }
  return under;
}

// What a question of another assignment than the run's own bears at the end of its name.
std::string Suffix(const std::string& assignment) { return " [" + assignment + "]"; }

void AddOpinion(const std::optional<base::SecondOpinion>& other, base::CheckReport& merged) {
  if (!other) return;
  if (!merged.second_opinion) {
    merged.second_opinion = other;
    return;
  }
  base::SecondOpinion& opinion = *merged.second_opinion;
  opinion.asked += other->asked;
  opinion.confirmed += other->confirmed;
  opinion.undecided += other->undecided;
  opinion.disagreements.insert(opinion.disagreements.end(), other->disagreements.begin(),
                               other->disagreements.end());
}

}  // namespace

base::CheckReport MergeReadings(const std::vector<AssignedChecks>& runs, ReadingScope scope) {
  if (runs.empty()) return {};
  base::CheckReport merged = runs.front().checks;
  for (auto run = runs.begin() + 1; run != runs.end(); ++run) {
    for (const base::Finding& finding : run->checks.findings) {
      if (FindById(merged, finding.id) == nullptr) merged.findings.push_back(finding);
    }
    for (base::QueryRecord query : run->checks.queries) {
      query.name += Suffix(run->assignment.es);
      merged.queries.push_back(std::move(query));
    }
    AddOpinion(run->checks.second_opinion, merged);
  }
  const std::set<std::string> by_all = RunByAll(runs);
  for (base::Finding& finding : merged.findings) {
    if (by_all.contains(finding.code)) finding.under = Under(runs, finding.id);
  }
  if (scope == ReadingScope::Always) {
    std::erase_if(merged.findings, [&](const base::Finding& finding) {
      return by_all.contains(finding.code) && finding.under.size() < runs.size();
    });
  }
  base::Recount(merged);
  return merged;
}

std::set<std::string> OtherAssignments(const base::CheckReport& report) {
  static const std::string opening = Suffix("").substr(0, 2);
  std::set<std::string> assignments;
  for (const base::QueryRecord& query : report.queries) {
    const std::size_t at = query.name.rfind(opening);
    if (at == std::string::npos || !query.name.ends_with(']')) continue;
    const std::size_t from = at + opening.size();
    assignments.insert(query.name.substr(from, query.name.size() - 1 - from));
  }
  return assignments;
}

std::vector<base::Text> AssignmentsOf(const base::CheckReport& amended,
                                      const base::CheckReport& in_force,
                                      const std::vector<base::Text>& tried) {
  if (tried.empty()) return {};
  std::set<std::string> own = OtherAssignments(amended);
  const std::set<std::string> others = OtherAssignments(in_force);
  std::vector<base::Text> assignments;
  for (const base::Text& assignment : tried) {
    if (!others.contains(assignment.es) || own.contains(assignment.es))
      assignments.push_back(assignment);
    own.erase(assignment.es);
  }
  for (const std::string& name : own) assignments.push_back({name, name});
  return assignments;
}

}  // namespace cotejo::reports
