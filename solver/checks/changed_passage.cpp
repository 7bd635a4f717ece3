// Passages of the official text that are no longer what they were when they were encoded.
#include "solver/checks/plans.h"
#include "solver/checks/quotes.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Text;
using passages::Change;

namespace {

constexpr const char* kCode = "pasaje-cambiado";

Text TitleOf(const Change& change) {
  const std::string cited = change.citation.str();
  switch (change.kind) {
    case Change::Kind::Changed:
      return {cited + " cambió desde que se codificó", cited + " changed since it was encoded"};
    case Change::Kind::Added:
      return {cited + " no estaba en el texto que se codificó",
              cited + " was not in the text that was encoded"};
    case Change::Kind::Removed:
      return {cited + " ya no está en el texto", cited + " is no longer in the text"};
  }
  return {};
}

base::Finding Describe(const passages::Workspace& workspace, const Change& change) {
  base::Finding finding = TextFinding(kCode, base::FindingSeverity::Warning,
                                      change.citation.str() + "|" + passages::Sha256(change.after),
                                      TitleOf(change), {});
  const passages::Excerpt excerpt = passages::ExcerptOf(change);
  Text said;
  if (!change.before.empty()) {
    said.es += "antes: «" + excerpt.before + "»";
    said.en += "before: '" + excerpt.before + "'";
  }
  if (!change.after.empty()) {
    said.es += (said.es.empty() ? "ahora: «" : "; ahora: «") + excerpt.after + "»";
    said.en += (said.en.empty() ? "now: '" : "; now: '") + excerpt.after + "'";
    finding.passages.push_back({change.citation, excerpt.after});
  } else {
    finding.passages.push_back({change.citation, excerpt.before});
  }
  finding.explanation = said;
  for (const passages::Tie& tie : workspace.ties) {
    if (tie.citation != change.citation || tie.encoded_by.empty()) continue;
    std::string names;
    for (const std::string& name : tie.encoded_by) names += (names.empty() ? "" : ", ") + name;
    finding.explanation.es += ". Lo codifican: " + names;
    finding.explanation.en += ". Encoded by: " + names;
  }
  finding.articles = {change.citation};
  return finding;
}

void CheckPassages(const CheckContext& context, base::CheckReport& report) {
  const passages::Workspace& workspace = *context.input.text;
  if (workspace.ties.empty()) {
    RecordNotPut(report, kCode, "pasajes", "texto",
                 {"el espacio no guarda cómo era el texto cuando se codificó",
                  "the workspace does not keep what the text was when it was encoded"});
    return;
  }
  const std::vector<Change> changes = passages::ChangesSince(workspace.ties, workspace.document);
  const Text bounds{
      Counted(workspace.document.passages.size(), "pasaje", "pasajes") + " de " + workspace.source +
          " contra " + std::to_string(workspace.ties.size()) + " codificados",
      Counted(workspace.document.passages.size(), "passage", "passages") + " of " +
          workspace.source + " against " + std::to_string(workspace.ties.size()) + " encoded"};
  for (const Change& change : changes) {
    report.findings.push_back(Describe(workspace, change));
    report.findings.back().bounds = bounds;
  }
  RecordLooked(report, kCode, "pasajes", "texto", !changes.empty(), bounds);
}

}  // namespace

void PlanChangedPassages(const CheckContext& context, std::vector<Task>& tasks) {
  tasks.push_back(
      {kCode, {}, [&context](base::CheckReport& report) { CheckPassages(context, report); }});
}

}  // namespace cotejo::checks
