#include "app/checking.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <map>
#include <mutex>
#include <set>
#include <sstream>

#include "app/cases.h"
#include "app/engine.h"
#include "app/places.h"
#include "model/passages/workspace.h"
#include "reports/readings.h"
#include "reports/sarif/sarif.h"
#include "reports/suppressions/suppressions.h"
#include "reports/terminal/progress.h"
#include "solver/checks/check.h"
#include "solver/checks/other_readings.h"

namespace cotejo::app {

namespace {

using base::Text;
using reports::ReadingScope;

constexpr const char* kAmbiguity = "ambigüedad";

void Report(Session& session, const char* code, Text message, Text hint) {
  session.diagnostics.Add(
      {code, base::Severity::Error, {}, std::move(message), std::move(hint), {}});
}

// A list is written with a space after each comma, too.
std::string Trimmed(const std::string& word) {
  const std::size_t first = word.find_first_not_of(' ');
  return first == std::string::npos ? ""
                                    : word.substr(first, word.find_last_not_of(' ') - first + 1);
}

// The codes of --solo as the catalogue writes them.
std::vector<std::string> ReadCodes(Session& session, const std::string& list) {
  const std::vector<std::string> known = checks::FindingCodes();
  std::vector<std::string> codes;
  std::istringstream words(list);
  for (std::string word; std::getline(words, word, ',');) {
    word = Trimmed(word);
    const auto same = std::find_if(known.begin(), known.end(), [&](const std::string& code) {
      return base::Fold(code) == base::Fold(word);
    });
    if (same != known.end()) {
      codes.push_back(*same);
      continue;
    }
    const std::string nearest = base::NearestName(word, known);
    Report(session, "comprobación-desconocida",
           {"no hay comprobación «" + word + "»", "there is no check '" + word + "'"},
           nearest.empty() ? Text{"vea «cotejo comprobaciones»", "see 'cotejo checks'"}
                           : Text{"¿quiso decir " + nearest + "? vea «cotejo comprobaciones»",
                                  "did you mean " + nearest + "? see 'cotejo checks'"});
  }
  return codes;
}

ReadingScope ScopeOf(const std::string& word) {
  if (word == "todas" || word == "all") return ReadingScope::All;
  if (word == "siempre" || word == "always") return ReadingScope::Always;
  return ReadingScope::Assumed;
}

base::Date SystemDate() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm local{};
  localtime_r(&now, &local);
  return {local.tm_year + 1900, static_cast<unsigned>(local.tm_mon + 1),
          static_cast<unsigned>(local.tm_mday)};
}

std::string SuppressionsPath(const Options& options) {
  if (!options.suppressions.empty()) return options.suppressions;
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path regulation = options.regulation;
  const fs::path folder =
      fs::is_directory(regulation, error) ? regulation : regulation.parent_path();
  const fs::path path = folder / reports::kSuppressionsName;
  return fs::exists(path, error) ? path.string() : "";
}

// A text to check, in force or amended, and where its queries are left.
struct CheckedText {
  const rules::Program& program;
  const rules::Ruleset& rules;
  std::string folder;  // under that of --volcar
};

class Checker {
 public:
  Checker(Session& session, const Loaded& loaded, const Options& options,
          std::vector<std::string> only)
      : session_(session), loaded_(loaded), options_(options), only_(std::move(only)) {
    const std::string folder =
        options.workspace.empty() ? passages::kDefaultFolder : options.workspace;
    workspace_ = passages::LoadWorkspace(folder, session.sources, session.diagnostics);
  }

  // Under the run's own readings and, as asked, under the others.
  base::CheckReport Check(const CheckedText& text, reports::ReadingsTried& tried) {
    const Text own = loaded_.choices.empty() ? Text{"las supuestas", "the assumed ones"}
                                             : Text{"las elegidas", "the chosen ones"};
    std::vector<reports::AssignedChecks> runs;
    runs.push_back({own, Once(text, text.rules, only_, "")});
    tried.assignments.clear();
    if (tried.scope != ReadingScope::Assumed) {
      tried.assignments.push_back(own);
      const std::vector<std::string> codes = OnlyOfOneReading();
      for (const auto& [assignment, choices] : OtherReadings(text.rules)) {
        const auto rules = Under(text.program, choices);
        if (!rules || codes.empty()) continue;
        tried.assignments.push_back(assignment);
        runs.push_back({assignment, Once(text, *rules, codes, assignment.es)});
      }
      return Quoted(reports::MergeReadings(runs, tried.scope));
    }
    return Quoted(std::move(runs.front().checks));
  }

 private:
  // The checks that say something of one assignment; the one that compares the options of each
  // reading does not.
  [[nodiscard]] std::vector<std::string> OnlyOfOneReading() const {
    std::vector<std::string> codes;
    for (const checks::CheckDescriptor& check : checks::AllChecks()) {
      const bool wanted =
          only_.empty() || std::find(only_.begin(), only_.end(), check.code) != only_.end();
      if (wanted && std::string(check.code) != kAmbiguity) codes.emplace_back(check.code);
    }
    return codes;
  }

  std::shared_ptr<const rules::Ruleset> Under(const rules::Program& program,
                                              const rules::ReadingChoices& choices) {
    const rules::ReadingChoices all = Joined(loaded_.choices, choices);
    Resolved& resolved = ResolvedFor({&program, all});
    std::call_once(resolved.once, [&] {
      base::SourceMap sources = TakeSources();
      base::Diagnostics ignored;  // the same text resolved without errors before
      resolved.rules = rules::Resolve(sources, program, all, ignored);
      const std::lock_guard lock(resolving_);
      spare_sources_.push_back(std::move(sources));
    });
    return resolved.rules;
  }

  // Resolving adds the files of holidays: a copy of the sources for each thread that is at it.
  base::SourceMap TakeSources() {
    const std::lock_guard lock(resolving_);
    if (spare_sources_.empty()) return session_.sources;
    base::SourceMap sources = std::move(spare_sources_.back());
    spare_sources_.pop_back();
    return sources;
  }

  // What is compared under two readings is what follows from a history: the cases are read once,
  // with the first, and what only states is of no use.
  const rules::Program& WhatDecides(const rules::Program& program) {
    const auto [at, fresh] = what_decides_.try_emplace(&program);
    if (fresh) {
      at->second = program;
      std::erase_if(at->second.entries, [](const rules::ProgramEntry& entry) {
        return entry.decl->kind == language::Decl::Kind::Case || checks::OnlyStates(*entry.decl);
      });
    }
    return at->second;
  }

  // Texts already resolved, for the tasks that ask for the same reading.
  struct Resolved {
    std::once_flag once;
    std::shared_ptr<const rules::Ruleset> rules;
  };
  using Assignment = std::pair<const rules::Program*, rules::ReadingChoices>;
  Resolved& ResolvedFor(Assignment assignment) {
    const std::lock_guard lock(resolving_);
    return resolved_[std::move(assignment)];
  }

  base::CheckReport Once(const CheckedText& text, const rules::Ruleset& rules,
                         const std::vector<std::string>& only, const std::string& assignment) {
    Options options = options_;
    for (const std::string& folder : {text.folder, assignment}) {
      if (!options.dump.empty() && !folder.empty()) options.dump += "/" + folder;
    }
    checks::Progress progress;
    checks::CheckOptions check;
    check.year = GestionOf(loaded_, options.gestion);
    check.only = only;
    smt::Log log;
    PowerUp(options, log, check);
    check.progress = &progress;
    check.stop = &StopFlag();
    const rules::Families families = rules::BuildFamilies(rules);
    const checks::CheckInput input{
        rules, families, &loaded_.base.files, workspace_ ? &*workspace_ : nullptr,
        [&, &bare = WhatDecides(text.program)](const rules::ReadingChoices& choices) {
          return Under(bare, choices);
        },
        // An amended text has no words of its own to tell it by.
        &text.program == &loaded_.program ? checks::WordingOf(session_.sources, loaded_.base.files)
                                          : ""};
    Text label = {"revisando", "checking"};
    if (!assignment.empty()) label = {"revisando " + assignment, "checking " + assignment};
    const reports::Progress bar(label.in(session_.language), progress.done, progress.planned);
    base::CheckReport report = checks::Check(input, check);
    AskForSecondOpinion(options, log, report);
    return report;
  }

  base::CheckReport Quoted(base::CheckReport report) const {
    if (workspace_) passages::QuotePassages(*workspace_, report);
    return report;
  }

  Session& session_;
  const Loaded& loaded_;
  const Options& options_;
  std::vector<std::string> only_;
  std::optional<passages::Workspace> workspace_;
  std::map<const rules::Program*, rules::Program> what_decides_;
  std::mutex resolving_;  // of the next two
  std::vector<base::SourceMap> spare_sources_;
  std::map<Assignment, Resolved> resolved_;
};

// What is checked looks at the working days of a year, and a year without holidays has too many.
void WarnOfUnknownHolidays(Session& session, const rules::Ruleset& rules, int year) {
  if (rules.schedules.empty() || rules.calendar.years().contains(year)) return;
  const std::string text = std::to_string(year);
  session.diagnostics.Add(
      {"feriados-desconocidos",
       base::Severity::Warning,
       {},
       {"no se conocen los feriados de " + text + "; se toma todo lunes a viernes por hábil",
        "the holidays of " + text + " are not known; every Monday to Friday counts as working"},
       {"agregue ese año al archivo de feriados", "add that year to the holidays file"},
       {}});
}

// False on bad input. The command line gains the date it was judged on, so that it repeats.
bool ApplySuppressions(Session& session, const Options& options, reports::ReportInput& input) {
  const base::Date today = Today(session, options);
  const std::string path = SuppressionsPath(options);
  std::optional<reports::Suppressions> suppressions;
  if (!path.empty()) {
    suppressions = reports::ReadSuppressions(session.sources, path, session.diagnostics);
  }
  if (session.diagnostics.has_errors()) return false;
  std::vector<base::CheckReport*> checked = {&*input.checks};
  for (reports::AmendmentInfo& amendment : input.amendments) checked.push_back(&*amendment.checks);
  const bool whole =
      options.only.empty() && options.readings.empty() && input.tried.scope != ReadingScope::Always;
  if (suppressions) {
    suppressions->file = ShownPath(path, options.regulation);
    input.suppressions = reports::SuppressionFile{
        suppressions->file, today, static_cast<int>(suppressions->entries.size()),
        reports::PlacesOf(*suppressions, session.sources)};
    if (options.today.empty()) input.command += " --fecha " + today.str();
  }
  reports::Suppress({suppressions ? &*suppressions : nullptr, today, whole}, checked);
  return true;
}

}  // namespace

base::Date Today(Session& session, const Options& options) {
  if (options.today.empty()) return SystemDate();
  const auto date = base::ParseDate(options.today);
  if (date) return *date;
  Report(
      session, "fecha-inválida",
      {"«" + options.today + "» no es una fecha", "'" + options.today + "' is not a date"},
      {"escriba año-mes-día, por ejemplo 2025-02-17", "write year-month-day, such as 2025-02-17"});
  return {};
}

std::vector<std::pair<Text, rules::ReadingChoices>> OtherReadings(const rules::Ruleset& rules) {
  std::vector<std::pair<Text, rules::ReadingChoices>> others;
  for (const rules::Reading& reading : rules.readings) {
    for (std::size_t i = 0; i < reading.options.size(); ++i) {
      if (static_cast<int>(i) == reading.chosen) continue;
      const std::string option = reading.options[i].name;
      const std::string name = reading.name + " = " + option;
      others.push_back({{name, name}, {{reading.name, option}}});
    }
  }
  return others;
}

rules::ReadingChoices Joined(rules::ReadingChoices choices, const rules::ReadingChoices& other) {
  for (const auto& [reading, option] : other) {
    const auto same =
        std::find_if(choices.begin(), choices.end(), [&, &name = reading](const auto& choice) {
          return base::Fold(choice.first) == base::Fold(name);
        });
    if (same == choices.end()) {
      choices.emplace_back(reading, option);
    } else {
      same->second = option;
    }
  }
  return choices;
}

namespace {

// What counts for what an amendment changes: its text resolved under other readings.
std::shared_ptr<const rules::Ruleset> UnderReadings(Session& session, const rules::Program& program,
                                                    const rules::ReadingChoices& choices) {
  rules::Program without_cases = program;
  std::erase_if(without_cases.entries, [](const rules::ProgramEntry& entry) {
    return entry.decl->kind == language::Decl::Kind::Case;
  });
  base::Diagnostics ignored;  // an option that the amended text no longer has
  return rules::Resolve(session.sources, without_cases, choices, ignored);
}

// What an amendment changes that the run's readings do not let see, each other reading alone: of
// what those already show, only that it changes there too when it is not in the same words.
std::vector<Text> ChangesUnderOthers(Session& session, const Loaded& loaded, std::size_t amendment,
                                     const std::vector<amendments::Change>& shown) {
  std::vector<Text> lines;
  std::set<std::string> told;
  for (const amendments::Change& change : shown) told.insert(amendments::DescribeChange(change).es);
  const auto known = [&](const amendments::Change& change) -> const amendments::Change* {
    const auto same = std::find_if(shown.begin(), shown.end(), [&](const amendments::Change& one) {
      return one.what == change.what;
    });
    return same == shown.end() ? nullptr : &*same;
  };
  for (const auto& [assignment, choices] : OtherReadings(*loaded.base.rules)) {
    const rules::ReadingChoices all = Joined(loaded.choices, choices);
    const auto before = UnderReadings(session, loaded.program, all);
    const auto after = UnderReadings(session, loaded.amended_programs[amendment], all);
    if (!before || !after) continue;
    Text too;
    for (const amendments::Change& change : amendments::Differences(*before, *after)) {
      const Text line = amendments::DescribeChange(change);
      if (!told.insert(line.es).second) continue;
      const amendments::Change* same = known(change);
      // Gone, or new, whatever its words are.
      const bool whole = change.kind != amendments::Change::Kind::Changed;
      if (same != nullptr && whole && same->kind == change.kind) continue;
      if (same != nullptr) {
        const char* comma = too.empty() ? "" : ", ";
        too = {too.es + comma + change.what.es, too.en + comma + change.what.en};
      } else {
        lines.push_back({"bajo " + assignment.es + ": " + line.es,
                         "under " + assignment.en + ": " + line.in(base::Language::English)});
      }
    }
    if (too.empty()) continue;
    lines.push_back({"bajo " + assignment.es + " cambian también, en otros términos: " + too.es,
                     "under " + assignment.en + " these change too, in other terms: " + too.en});
  }
  return lines;
}

}  // namespace

reports::ReportInput DescribeRun(Session& session, const Loaded& loaded) {
  reports::ReportInput input = reports::DescribeRuleset(*loaded.base.rules);
  input.tool_version = COTEJO_VERSION;
  input.command =
      reports::RepeatCommand(session.arguments, std::filesystem::current_path().string());
  for (std::size_t i = 0; i < loaded.amendments.size(); ++i) {
    reports::AmendmentInfo info;
    info.id = loaded.amendments[i].name;
    info.title = {loaded.amendments[i].title, loaded.amendments[i].title};
    const auto changes = amendments::Differences(*loaded.base.rules, *loaded.amended[i]);
    for (const amendments::Change& change : changes)
      info.changes.push_back(amendments::DescribeChange(change));
    for (Text& line : ChangesUnderOthers(session, loaded, i, changes))
      info.changes.push_back(std::move(line));
    input.amendments.push_back(std::move(info));
  }
  return input;
}

bool CheckAll(Session& session, const Loaded& loaded, const Options& options,
              reports::ReportInput& input) {
  if (!SayPartlyInForce(session, loaded, options.gestion, base::Severity::Error)) return false;
  WarnOfFailedCases(session, loaded);
  const std::vector<std::string> only = ReadCodes(session, options.only);
  input.tried.scope = ScopeOf(options.scope);
  Today(session, options);  // a date that is wrong is said before the work, not after it
  Checker checker(session, loaded, options, only);
  if (!session.diagnostics.has_errors()) {
    input.gestion = GestionOf(loaded, options.gestion);
    WarnOfUnknownHolidays(session, *loaded.base.rules, input.gestion);
    input.checks = checker.Check({loaded.program, *loaded.base.rules, ""}, input.tried);
    for (std::size_t i = 0; i < loaded.amended.size(); ++i) {
      reports::ReadingsTried tried = input.tried;
      input.amendments[i].checks = checker.Check(
          {loaded.amended_programs[i], *loaded.amended[i], loaded.amendments[i].name}, tried);
    }
  }
  const bool fine = !session.diagnostics.has_errors() && ApplySuppressions(session, options, input);
  PrintDiagnostics(session);
  return fine;
}

bool WriteSarifFile(Session& session, const Loaded& loaded, const Options& options,
                    const reports::ReportInput& input, const reports::Since* since,
                    std::optional<ExitStatus> status) {
  if (options.sarif.empty()) return true;
  reports::SarifOptions sarif;
  sarif.language = session.language;
  sarif.status = status;
  if (since != nullptr) {
    sarif.baseline = since->earlier;
    sarif.same_readings = since->same_readings;
  }
  sarif.places = PlacesOf(session, loaded, options.regulation);
  return WriteFile(session, options.sarif, reports::WriteSarif(input, sarif));
}

reports::TerminalOptions Terminal(const Session& session) {
  reports::TerminalOptions terminal;
  terminal.language = session.language;
  terminal.width = reports::TerminalWidth(STDOUT_FILENO);
  terminal.colour = reports::IsTerminal(STDOUT_FILENO);
  return terminal;
}

}  // namespace cotejo::app
