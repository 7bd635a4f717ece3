// What every command shares: language, loading with diagnostics on stderr, files, SIGINT.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/base/source.h"
#include "model/rules/families.h"
#include "model/rules/resolve.h"
#include "scenarios/amendments/apply.h"
#include "scenarios/ranks/ranks.h"

namespace cotejo::app {

struct Session {
  base::Language language = base::Language::Spanish;
  std::vector<std::string> arguments;  // the command line, for "how to run again"
  base::SourceMap sources;
  base::Diagnostics diagnostics;
  // The processes that share the order's work, when mpirun started several. Those that do not lead
  // say nothing: what they would have said is kept.
  std::unique_ptr<ranks::Ranks> ranks;
  bool silent = false;
  std::string unsaid;
};

// A regulation and the amendments asked for, each resolved. The trees stay alive here
// because the rulesets of the amendments are built from both.
struct Loaded {
  rules::Regulation base;
  rules::Program program;
  rules::ReadingChoices choices;  // those of the command line
  std::vector<amendments::Amendment> amendments;
  // One for each amendment.
  std::vector<rules::Program> amended_programs;
  std::vector<std::shared_ptr<const rules::Ruleset>> amended;
};

// "name=option" pairs; a text without '=' is diagnosed.
rules::ReadingChoices ParseReadings(const std::vector<std::string>& texts, Session& session);

// Nothing when anything is wrong; the diagnostics have then been printed.
std::optional<Loaded> Load(Session& session, const std::string& path,
                           const std::vector<std::string>& amendment_paths,
                           const std::vector<std::string>& readings);

// The gestión asked for; 0: the first in which the text and its amendments are in force whole.
int GestionOf(const Loaded& loaded, int asked);
// Says, at once, what of the text or of an amendment is not in force all that gestión: a warning,
// or an error for who cannot do with a part of it, and then it is false.
bool SayPartlyInForce(Session& session, const Loaded& loaded, int asked, base::Severity severity);
// A warning of what is not in force all of a period.
void WarnOfPartlyInForce(Session& session, const rules::Ruleset& rules, base::Date first,
                         base::Date last);

// Prints the diagnostics gathered so far on stderr, and forgets them.
void PrintDiagnostics(Session& session);

// Whole file at once, through a temporary name; a failure is diagnosed. Not in the place of a file
// that was read.
bool WriteFile(Session& session, const std::string& path, const std::string& content);

// The same in the place of whatever is there, for a file that only the program writes.
bool ReplaceFile(Session& session, const std::string& path, const std::string& content);

// Whether the file could be written, asked before the work: one that is there is left as it is. A
// failure is diagnosed and printed; no path is no failure.
bool CheckOutput(Session& session, const std::string& path);

// Set by SIGINT and SIGTERM once installed: long work stops and keeps what is finished.
std::atomic<bool>& StopFlag();
void CatchInterrupts();

}  // namespace cotejo::app
