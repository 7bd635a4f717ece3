#include "app/mending.h"

#include <atomic>
#include <cstdio>

#include "app/checking.h"
#include "app/engine.h"
#include "app/save_case.h"
#include "reports/terminal/progress.h"
#include "solver/checks/check.h"

namespace cotejo::app {

namespace {

using base::Text;

std::vector<std::string> CodesOfRules() {
  std::vector<std::string> codes;
  for (const checks::CheckDescriptor& check : checks::AllChecks()) {
    if (check.needs == checks::Needs::Rules) codes.emplace_back(check.code);
  }
  return codes;
}

mends::Bench MakeBench(Session& session, const Loaded& loaded, const Options& options,
                       const rules::Families& families, const base::CheckReport& report) {
  return {session.sources,
          loaded.program,
          *loaded.base.rules,
          families,
          loaded.choices,
          report,
          [&loaded, &options](const rules::Ruleset& rules, const rules::Families& amended) {
            checks::CheckOptions check;
            check.year = options.gestion;
            check.only = CodesOfRules();
            smt::Log log;
            PowerUp(options, log, check);
            check.log = nullptr;
            check.stop = &StopFlag();
            return checks::Check({rules, amended, &loaded.base.files, nullptr, nullptr}, check);
          }};
}

}  // namespace

mends::Trial TryMends(Session& session, const Loaded& loaded, const Options& options,
                      const base::CheckReport& report, const base::Finding& finding) {
  const rules::Families families = rules::BuildFamilies(*loaded.base.rules);
  return mends::Try(MakeBench(session, loaded, options, families, report), finding);
}

void MendAll(Session& session, const Loaded& loaded, const Options& options,
             base::CheckReport& report) {
  const rules::Families families = rules::BuildFamilies(*loaded.base.rules);
  const base::CheckReport before = report;
  const mends::Bench bench = MakeBench(session, loaded, options, families, before);
  std::atomic<int> done{0};
  std::atomic<int> planned{static_cast<int>(report.findings.size())};
  const reports::Progress bar(Text{"probando remedios", "trying mends"}.in(session.language), done,
                              planned);
  for (base::Finding& finding : report.findings) {
    if (!StopFlag()) finding.mends = mends::Try(bench, finding).mends;
    ++done;
  }
}

// enmendar: the mends of one finding, and the amendment file of the plainest or of another.
ExitStatus RunMend(Session& session, const Options& options) {
  const auto loaded = Load(session, options.regulation, {}, options.readings);
  if (!loaded) return ExitStatus::BadInput;
  reports::ReportInput input = DescribeRun(session, *loaded);
  if (!CheckAll(session, *loaded, options, input)) return ExitStatus::BadInput;
  const base::Finding* finding = reports::FindById(*input.checks, options.finding);
  if (finding == nullptr) return UnknownFinding(session, input, options.finding);
  const mends::Trial trial = TryMends(session, *loaded, options, *input.checks, *finding);
  const base::Language language = session.language;
  std::string list = finding->id + ": " + finding->title.in(language) + "\n";
  for (std::size_t i = 0; i < trial.mends.size(); ++i) {
    const base::Mend& mend = trial.mends[i];
    const std::string edits = std::to_string(mend.edits);
    list +=
        "  " + std::to_string(i + 1) + ". " + mend.title.in(language) + " · " +
        Text{"cambia " + edits + " palabras o cifras; probado: quita el hallazgo y no trae otro",
             "changes " + edits +
                 " words or figures; tried: it removes the finding and brings no other"}
            .in(language) +
        "\n";
  }
  for (const mends::Refused& refused : trial.refused) {
    list += "  ✗ " + refused.title.in(language) + ": " + refused.why.in(language) + "\n";
  }
  std::fputs(list.c_str(), stderr);
  if (trial.mends.empty()) {
    const Text none = {"ningún remedio probado quita el hallazgo sin traer otro",
                       "no mend that was tried removes the finding without bringing another"};
    std::fprintf(stderr, "%s\n", none.in(language).c_str());
    return ExitStatus::Undecided;
  }
  const auto chosen = static_cast<std::size_t>(options.mend);
  if (chosen > trial.mends.size()) {
    const std::string count = std::to_string(trial.mends.size());
    session.diagnostics.Add({"remedio-desconocido",
                             base::Severity::Error,
                             {},
                             {"hay " + count + " remedios", "there are " + count + " mends"},
                             {"elija uno con --remedio", "choose one with --mend"},
                             {}});
    PrintDiagnostics(session);
    return ExitStatus::BadInput;
  }
  const std::string& amendment = trial.mends[chosen - 1].amendment;
  if (options.output.empty()) {
    std::fputs(amendment.c_str(), stdout);
  } else if (!WriteFile(session, options.output, amendment)) {
    return ExitStatus::BadInput;
  }
  return ExitStatus::Clean;
}

}  // namespace cotejo::app
