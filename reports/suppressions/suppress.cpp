#include <algorithm>
#include <set>

#include "reports/format.h"
#include "reports/report.h"
#include "reports/suppressions/suppressions.h"

namespace cotejo::reports {

namespace {

using base::Language;
using base::Text;

bool Listed(const base::CheckReport& report, const std::string& code) {
  return std::any_of(report.checks.begin(), report.checks.end(),
                     [&](const base::CheckSummary& check) { return check.code == code; });
}

Text Bounds(const SuppressionRun& run) {
  return {run.suppressions->file + ", al " + FormatLongDate(run.today, Language::Spanish),
          run.suppressions->file + ", as of " + FormatLongDate(run.today, Language::English)};
}

// Why it is not known whether the finding of a suppression that is not there is no more; empty
// when it is known.
Text WhyNotKnown(const SuppressionRun& run, const std::vector<base::CheckReport*>& reports) {
  if (!run.whole)
    return {"sólo se hizo una parte de las comprobaciones, o bajo otras lecturas",
            "only some of the checks were run, or under other readings"};
  for (const base::CheckReport* report : reports) {
    const bool undecided =
        std::any_of(report->queries.begin(), report->queries.end(),
                    [](const auto& query) { return query.verdict == base::Verdict::Unknown; });
    if (undecided)
      return {"quedaron preguntas sin decidir, y el hallazgo puede ser de una de ellas",
              "some questions were left undecided, and the finding may be of one of them"};
  }
  return {};
}

Text Answers(const base::Suppression& suppression) {
  return {"responde " + suppression.owner + ": «" + suppression.reason + "»",
          suppression.owner + " answers for it: “" + suppression.reason + "”"};
}

base::Finding FindingOf(const SuppressionRun& run, const char* code,
                        const SuppressionEntry& entry) {
  base::Finding finding;
  finding.code = code;
  finding.severity = base::FindingSeverity::Warning;
  finding.id = base::FindingId(code, entry.finding);
  finding.bounds = Bounds(run);
  finding.evidence = base::Evidence::Quoted;
  return finding;
}

base::Finding Lapsed(const SuppressionRun& run, const SuppressionEntry& entry,
                     const base::Finding& suppressed) {
  base::Finding finding = FindingOf(run, kLapsedCode, entry);
  const base::Suppression& suppression = entry.suppression;
  finding.title = {"la supresión de " + entry.finding + " venció el " +
                       FormatLongDate(suppression.until, Language::Spanish),
                   "the suppression of " + entry.finding + " lapsed on " +
                       FormatLongDate(suppression.until, Language::English)};
  const Text answers = Answers(suppression);
  finding.explanation = {
      answers.es + "; pasada la fecha, el hallazgo vuelve a contar: " + suppressed.title.es,
      answers.en +
          "; past that date the finding counts again: " + suppressed.title.in(Language::English)};
  finding.articles = suppressed.articles;
  return finding;
}

base::Finding Unused(const SuppressionRun& run, const SuppressionEntry& entry,
                     const std::vector<std::string>& known) {
  base::Finding finding = FindingOf(run, kUnusedCode, entry);
  finding.title = {"la supresión de " + entry.finding + " no corresponde a ningún hallazgo",
                   "the suppression of " + entry.finding + " is of no finding"};
  const Text answers = Answers(entry.suppression);
  finding.explanation = {answers.es + "; o el defecto ya no está, o el identificador es otro",
                         answers.en + "; either the defect is gone, or the id is another one"};
  const std::string nearest = base::NearestName(entry.finding, known);
  if (!nearest.empty()) {
    finding.explanation.es += ": el más parecido es " + nearest;
    finding.explanation.en += ": the nearest is " + nearest;
  }
  return finding;
}

// One question for each suppression: has it lapsed? is it of a finding?
void Record(const SuppressionRun& run, const char* code, const std::string& of, bool fine,
            base::CheckReport& report) {
  base::QueryRecord record;
  record.name = std::string(code) + "/" + of;
  record.check = code;
  record.engine = "texto";
  record.verdict = fine ? base::Verdict::Proved : base::Verdict::Refuted;
  record.bounds = Bounds(run);
  record.evidence = base::Evidence::Quoted;
  report.queries.push_back(std::move(record));
}

void RecordNotRun(const char* code, const Text& reason, base::CheckReport& report,
                  const std::string& of = "sin comprobar") {
  base::QueryRecord record;
  record.name = std::string(code) + "/" + of;
  record.check = code;
  record.verdict = base::Verdict::NotRun;
  record.reason = reason;
  report.queries.push_back(std::move(record));
}

void SuppressIn(const SuppressionRun& run, const std::set<std::string>& used,
                const std::vector<std::string>& known, const Text& not_known,
                base::CheckReport& report) {
  const bool lapsed_wanted = Listed(report, kLapsedCode);
  const bool unused_wanted = Listed(report, kUnusedCode);
  std::vector<base::Finding> added;
  bool skipped = false;
  for (const SuppressionEntry& entry : run.suppressions->entries) {
    const bool in_force = run.today <= entry.suppression.until;
    const base::Finding* finding = FindById(report, entry.finding);
    if (finding != nullptr && in_force) {
      const auto at = finding - report.findings.data();
      report.findings[static_cast<std::size_t>(at)].suppression = entry.suppression;
    }
    if (lapsed_wanted && finding == nullptr && !in_force && !not_known.empty()) {
      RecordNotRun(kLapsedCode, not_known, report, entry.finding);
    } else if (lapsed_wanted) {
      Record(run, kLapsedCode, entry.finding, in_force || finding == nullptr, report);
      if (finding != nullptr && !in_force) added.push_back(Lapsed(run, entry, *finding));
    }
    if (!unused_wanted) continue;
    const bool is_used = used.contains(entry.finding);
    if (!not_known.empty() && !(run.whole && is_used)) {
      skipped = true;
      continue;
    }
    Record(run, kUnusedCode, entry.finding, is_used, report);
    if (!is_used) added.push_back(Unused(run, entry, known));
  }
  if (skipped) RecordNotRun(kUnusedCode, not_known, report);
  report.findings.insert(report.findings.end(), added.begin(), added.end());
}

}  // namespace

std::map<std::string, base::Place> PlacesOf(const Suppressions& suppressions,
                                            const base::SourceMap& sources) {
  std::map<std::string, base::Place> places;
  for (const SuppressionEntry& entry : suppressions.entries) {
    for (const char* code : {kLapsedCode, kUnusedCode}) {
      places.emplace(base::FindingId(code, entry.finding), sources.place(entry.span));
    }
  }
  return places;
}

void Suppress(const SuppressionRun& run, const std::vector<base::CheckReport*>& reports) {
  if (run.suppressions == nullptr || run.suppressions->entries.empty()) {
    for (base::CheckReport* report : reports) {
      for (const char* code : {kLapsedCode, kUnusedCode}) {
        if (Listed(*report, code))
          RecordNotRun(code, {"no hay supresiones", "there are no suppressions"}, *report);
      }
      base::Recount(*report);
    }
    return;
  }
  std::set<std::string> used;
  std::vector<std::string> known;
  for (base::CheckReport* report : reports) {
    for (const base::Finding& finding : report->findings) known.push_back(finding.id);
    for (const SuppressionEntry& entry : run.suppressions->entries) {
      if (FindById(*report, entry.finding) != nullptr) used.insert(entry.finding);
    }
  }
  const Text not_known = WhyNotKnown(run, reports);
  for (base::CheckReport* report : reports) {
    SuppressIn(run, used, known, not_known, *report);
    base::Recount(*report);
  }
}

}  // namespace cotejo::reports
