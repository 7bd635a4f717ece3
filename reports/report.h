// What a report is made of: plain results of the other parts, ready to be shown.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/base/citation.h"
#include "model/base/date.h"
#include "model/base/finding.h"
#include "model/base/source.h"
#include "model/base/text.h"
#include "model/rules/ruleset.h"
#include "scenarios/exposure/results.h"
#include "scenarios/year/results.h"

namespace cotejo::reports {

inline constexpr std::string_view kReportSchema = "cotejo-informe/2";

struct NormInfo {
  std::string name;
  std::string title;
  int rank = 0;  // 0 = highest of the hierarchy
  std::string rank_name;
  std::optional<base::Date> issued;
  std::optional<base::Date> in_force_from;
  std::optional<base::Date> in_force_to;
  rules::Confidence confidence = rules::Confidence::Unstated;
  bool amendment = false;
};

struct ReadingChoice {
  std::string name;
  std::string description;
};

struct ReadingInfo {
  std::string name;
  std::vector<base::Citation> citations;
  std::vector<ReadingChoice> options;
  int assumed = 0;  // the option the norm file marks as assumed
  int chosen = 0;   // the option this run was made under
};

// How much of the regulation is in the model.
struct Coverage {
  int provisions = 0;  // articles with a heading and a summary
  int rules = 0;       // rows of scales included
  int scales = 0;
  int measures = 0;
  int parameters = 0;
  int statements = 0;  // provisions without a computable effect, or that defer
  int cases = 0;       // worked examples
};

struct AmendmentInfo {
  std::string id;  // as in year::RegulationResult::id
  base::Text title;
  std::vector<base::Text> changes;          // what it edits, one line each
  std::optional<base::CheckReport> checks;  // of the amended regulation, when it was checked
};

// Under which readings the checks ran.
enum class ReadingScope {
  Assumed,  // one assignment, the run's own
  All,      // its own and every other option, one reading changed at a time
  Always,   // the same, keeping only what is found under every one
};

struct ReadingsTried {
  ReadingScope scope = ReadingScope::Assumed;
  std::vector<base::Text> assignments;  // the run's own first; empty when only that
};

// The file of suppressions that was read, and the day on which they were judged.
struct SuppressionFile {
  std::string file;
  base::Date today;
  int entries = 0;
  // Where each entry is, by the id of what it says if it is itself a finding; not in the JSON.
  std::map<std::string, base::Place> places;
};

struct ReportInput {
  std::string title;  // of the regulation, as its norm file writes it
  std::string tool_version;
  std::string command;       // to run it again: see RepeatCommand
  bool interrupted = false;  // it has what was finished, and the same command will give more
  Coverage coverage;
  std::vector<NormInfo> norms;
  std::vector<ReadingInfo> readings;
  ReadingsTried tried;
  std::optional<SuppressionFile> suppressions;
  std::optional<base::CheckReport> checks;
  int gestion = 0;  // that the checks looked at; 0: nothing was checked
  std::vector<AmendmentInfo> amendments;
  std::optional<exposure::ExposureReport> exposure;  // of the findings of `checks`
  std::optional<year::Forecast> forecast;
};

// Title, norms, readings and coverage of a ruleset; the rest is left to the caller.
ReportInput DescribeRuleset(const rules::Ruleset& rules);

// The command line in a form that can be pasted into a shell. Paths under
// `current_directory` are written relative to it; any other absolute path is cut down to
// its last name, so that a report does not tell where it was made.
std::string RepeatCommand(const std::vector<std::string>& arguments,
                          const std::string& current_directory);

// Suppressed findings are counted apart.
struct FindingCounts {
  int errors = 0;
  int warnings = 0;
  int information = 0;
  int suppressed = 0;
};
FindingCounts CountFindings(const base::CheckReport& report);

// Exit status of a check run. Findings win over undecided queries. A run that asked
// nothing, or left a query unknown or unsupported, is undecided and never a pass. A
// finding that only informs (a conflict the order of norms settles) does not spoil one, and
// neither does a suppressed one.
enum class ExitStatus { Clean = 0, Findings = 1, BadInput = 2, Undecided = 3 };
ExitStatus CheckExitStatus(const base::CheckReport& report);
// The same of the texts of the amendments that were checked, and of those and the text in force:
// findings in any of them win over what any left undecided.
ExitStatus AmendedExitStatus(const ReportInput& input);
ExitStatus CheckExitStatus(const ReportInput& input);
base::Text DescribeExitStatus(ExitStatus status);

// A finding of both texts, by its id, that does not say the same of both.
struct ChangedFinding {
  const base::Finding* before = nullptr;
  const base::Finding* after = nullptr;
  base::Text aspects;  // see ChangedAspects
};
// The assignments of readings that one of two checks was made under and the other was not: of a
// reading that only one of the texts has. That a finding is under them is no change.
using Assignments = std::set<std::string>;
Assignments OnlyInOne(const base::CheckReport& before, const base::CheckReport& after);
// What else than the title is not the same in two findings of one id, in words; the case that
// shows it aside. The readings, when both were looked for under several.
base::Text ChangedAspects(const base::Finding& before, const base::Finding& after,
                          const Assignments& only_in_one);
// Two findings of one id say the same, but for the case that shows it.
bool SayTheSame(const base::Finding& before, const base::Finding& after,
                const Assignments& only_in_one);
// "antes: …; ahora: …" of their titles; or the title they share and what else is not the same.
base::Text DescribeChanged(const ChangedFinding& changed);

// What an amendment does to the findings, matched by their stable id.
struct FindingChanges {
  std::vector<const base::Finding*> solved;      // of the regulation in force
  std::vector<const base::Finding*> introduced;  // of the amended one
  std::vector<ChangedFinding> changed;           // still there, with other figures
  // In one of the two alone, but the other left open a question of the same check that it decides:
  // neither solved nor introduced, as far as is known.
  std::vector<const base::Finding*> open;
  int kept = 0;  // the same in both: the case that shows it may be another
};
FindingChanges CompareFindings(const base::CheckReport& before, const base::CheckReport& after);
base::Text DescribeOpenChanges();

// The finding of that id, accents and case aside; null when there is none.
const base::Finding* FindById(const base::CheckReport& report, std::string_view id);

// The reading most findings rest on, so that a report says it once; empty without findings.
base::Text CommonReading(const base::CheckReport& report);

// Under which of the assignments tried a finding appears: "las 12 probadas", "11 de 12; no
// bajo a = b"; empty when it says nothing of readings.
base::Text DescribeUnder(const base::Finding& finding, const std::vector<base::Text>& tried);

// What became of a check of the catalogue, in a line: what it found, or that it looked and
// found nothing, or why it did not look.
base::Text DescribeOutcome(const base::CheckReport& report, const base::CheckSummary& check);

// The dates of the facts of one of the histories of a finding; when it has none, those of what is
// answered to it, or to the other that it is compared with.
std::vector<base::Date> DatesOf(const base::Finding& finding, const base::Witness& witness);

// Whether there is a history to show.
bool HasHistory(const base::Witness& witness);

// Whether a history is shown that should have been replayed in the interpreter and was not.
bool LacksReplay(const base::Finding& finding, const base::Witness& witness);

// What a condition says, without its article before it: reports show that apart.
base::Text TextOf(const base::Condition& condition);

}  // namespace cotejo::reports
