// revisar: the checks over a regulation (and over what its amendments make of it).
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <thread>

#include "app/checking.h"
#include "app/commands.h"
#include "model/base/file.h"
#include "reports/json/json.h"
#include "reports/terminal/progress.h"
#include "reports/terminal/terminal.h"

namespace cotejo::app {

base::CheckReport CheckWithProgress(const Session& session, const rules::Ruleset& rules,
                                    const Options& options) {
  checks::Progress progress;
  checks::CheckOptions check;
  check.year = options.gestion;
  check.dump_directory = options.dump;
  check.progress = &progress;
  check.stop = &StopFlag();
  const base::Text label = {"revisando", "checking"};
  const reports::Progress bar(label.in(session.language), progress.done, progress.planned);
  return checks::Check(rules, rules::BuildFamilies(rules), check);
}

reports::ReportInput DescribeRun(const Session& session, const Loaded& loaded) {
  reports::ReportInput input = reports::DescribeRuleset(*loaded.base.rules);
  input.tool_version = COTEJO_VERSION;
  input.command =
      reports::RepeatCommand(session.arguments, std::filesystem::current_path().string());
  for (std::size_t i = 0; i < loaded.amendments.size(); ++i) {
    reports::AmendmentInfo info;
    info.id = loaded.amendments[i].name;
    info.title = {loaded.amendments[i].title, loaded.amendments[i].title};
    for (const auto& change : amendments::Differences(*loaded.base.rules, *loaded.amended[i])) {
      const std::string from = change.before.empty() ? "—" : change.before;
      const std::string to = change.after.empty() ? "—" : change.after;
      const std::string article = change.citation.empty() ? "" : " (" + change.citation.str() + ")";
      const std::string line = change.what + article + ": " + from + " → " + to;
      info.changes.push_back({line, line});
    }
    input.amendments.push_back(std::move(info));
  }
  return input;
}

void CheckAll(const Session& session, const Loaded& loaded, const Options& options,
              reports::ReportInput& input) {
  input.checks = CheckWithProgress(session, *loaded.base.rules, options);
  for (std::size_t i = 0; i < loaded.amended.size(); ++i) {
    Options amended = options;
    if (!options.dump.empty()) amended.dump += "/" + loaded.amendments[i].name;
    input.amendments[i].checks = CheckWithProgress(session, *loaded.amended[i], amended);
  }
}

reports::TerminalOptions Terminal(const Session& session) {
  reports::TerminalOptions terminal;
  terminal.language = session.language;
  terminal.width = reports::TerminalWidth(STDOUT_FILENO);
  terminal.colour = reports::IsTerminal(STDOUT_FILENO);
  return terminal;
}

namespace {

// Leaves the findings that the earlier report does not have, of the text in force and of
// each amendment alike so that the two still compare; false on bad input.
bool KeepNew(Session& session, const std::string& path, reports::ReportInput& input) {
  const auto content = base::ReadTextFile(path, session.diagnostics);
  if (content) {
    const base::FileId file = session.sources.Add(path, *content);
    const reports::ReportInput earlier =
        reports::ReadJson(session.sources, file, session.diagnostics);
    const base::CheckReport before = earlier.checks.value_or(base::CheckReport{});
    const auto known = [&](const base::Finding& finding) {
      return std::any_of(before.findings.begin(), before.findings.end(),
                         [&](const base::Finding& old) { return old.id == finding.id; });
    };
    std::erase_if(input.checks->findings, known);
    for (reports::AmendmentInfo& amendment : input.amendments) {
      std::erase_if(amendment.checks->findings, known);
    }
  }
  const bool failed = session.diagnostics.has_errors();
  PrintDiagnostics(session);
  return !failed;
}

}  // namespace

ExitStatus RunCheck(Session& session, const Options& options) {
  const auto loaded = Load(session, options.regulation, options.amendments, options.readings);
  if (!loaded) return ExitStatus::BadInput;
  reports::ReportInput input = DescribeRun(session, *loaded);
  CheckAll(session, *loaded, options, input);
  QuoteImportedText(session, options, input);
  if (!options.output.empty() && !WriteFile(session, options.output, reports::WriteJson(input))) {
    return ExitStatus::BadInput;
  }
  if (!options.since.empty() && !KeepNew(session, options.since, input))
    return ExitStatus::BadInput;
  reports::TerminalOptions terminal = Terminal(session);
  terminal.witnesses = options.witnesses;
  std::fputs(reports::FormatChecks(*input.checks, terminal).c_str(), stdout);
  if (!input.amendments.empty())
    std::fputs(reports::FormatAmendments(input, terminal).c_str(), stdout);
  return reports::CheckExitStatus(*input.checks);
}

}  // namespace cotejo::app
