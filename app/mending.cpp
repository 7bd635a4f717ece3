#include "app/mending.h"

#include <atomic>
#include <cstdio>
#include <mutex>
#include <optional>

#include "app/checking.h"
#include "app/engine.h"
#include "app/save_case.h"
#include "model/passages/workspace.h"
#include "reports/terminal/progress.h"
#include "scenarios/mends/mends.h"
#include "solver/checks/check.h"
#include "solver/checks/shown.h"

namespace cotejo::app {

namespace {

using base::Text;

// When every finding is mended; what an edit that does needs, or two that do not.
constexpr int kMostLongChecks = 2;

// The text in force checked in full, whatever the run was asked to check: what a mend brings is
// told against it.
class Workshop {
 public:
  // `before`: what a run found of the text in force, when that was all there is to find.
  Workshop(Session& session, const Loaded& loaded, const Options& options, std::size_t most,
           const base::CheckReport* before)
      : most_(most),
        session_(session),
        loaded_(loaded),
        options_(options),
        families_(rules::BuildFamilies(*loaded.base.rules)) {
    const std::string folder =
        options.workspace.empty() ? passages::kDefaultFolder : options.workspace;
    workspace_ = passages::LoadWorkspace(folder, session.sources, session.diagnostics);
    before_ = before != nullptr && options.only.empty()
                  ? *before
                  : Check({loaded.program, *loaded.base.rules, families_}, {});
  }

  mends::Trial Try(const base::Finding& finding) { return mends::Try(Bench(), finding); }

 private:
  mends::Bench Bench() {
    return {session_.sources,
            loaded_.program,
            *loaded_.base.rules,
            families_,
            loaded_.choices,
            before_,
            [this](const mends::Variant& text, const std::vector<std::string>& only) {
              return Check(text, only);
            },
            [](const mends::Variant& text, const base::Finding& finding) {
              return checks::ShownBy(text.rules, text.families, finding);
            },
            &memory_,
            most_,
            most_ == 1 ? kMostLongChecks : 0,
            [] { return StopFlag().load(); }};
  }

  base::CheckReport Check(const mends::Variant& text, const std::vector<std::string>& only) {
    checks::CheckOptions check;
    check.year = GestionOf(loaded_, options_.gestion);
    check.only = only;
    smt::Log log;
    PowerUp(options_, log, check);
    check.log = nullptr;
    check.stop = &StopFlag();
    return checks::Check(
        {text.rules, text.families, &loaded_.base.files, workspace_ ? &*workspace_ : nullptr,
         [&](const rules::ReadingChoices& choices) {
           const std::lock_guard lock(resolving_);
           base::Diagnostics ignored;  // the same text resolved without errors before
           return rules::Resolve(session_.sources, text.program, Joined(loaded_.choices, choices),
                                 ignored);
         }},
        check);
  }

  std::size_t most_;
  Session& session_;
  const Loaded& loaded_;
  const Options& options_;
  rules::Families families_;
  std::optional<passages::Workspace> workspace_;
  base::CheckReport before_;
  mends::Memory memory_;
  std::mutex resolving_;  // of session_.sources, which resolving may add to
};

// Tried and not offered: they remove nothing, and their title says why.
std::vector<base::Mend> WithReasons(const std::vector<mends::Refused>& refused) {
  std::vector<base::Mend> tried;
  for (const mends::Refused& one : refused) {
    base::Mend mend;
    mend.title = one.title.empty()
                     ? one.why
                     : Text{one.title.es + ": " + one.why.es, one.title.en + ": " + one.why.en};
    tried.push_back(std::move(mend));
  }
  return tried;
}

}  // namespace

void MendAll(Session& session, const Loaded& loaded, const Options& options,
             base::CheckReport& report) {
  Workshop workshop(session, loaded, options, 1, &report);
  std::atomic<int> done{0};
  std::atomic<int> planned{static_cast<int>(report.findings.size())};
  const reports::Progress bar(Text{"probando remedios", "trying mends"}.in(session.language), done,
                              planned);
  for (base::Finding& finding : report.findings) {
    mends::Trial trial = workshop.Try(finding);
    finding.mends = std::move(trial.mends);
    if (finding.mends.empty()) finding.mends = WithReasons(trial.refused);
    ++done;
  }
}

namespace {

// What is offered, in order, and what is not and why.
std::string Describe(const mends::Trial& trial, base::Language language) {
  std::string list;
  for (std::size_t i = 0; i < trial.mends.size(); ++i) {
    const base::Mend& mend = trial.mends[i];
    const std::string edits = std::to_string(mend.edits);
    list += "  " + std::to_string(i + 1) + ". " + mend.title.in(language) + " · " +
            Text{"cambia " + edits +
                     " palabras o cifras; probado bajo las lecturas de esta revisión: quita el "
                     "hallazgo y no trae otro error ni advertencia",
                 "changes " + edits +
                     " words or figures; tried under the readings of this check: it removes the "
                     "finding and brings no other error or warning"}
                .in(language) +
            "\n";
  }
  for (const mends::Refused& refused : trial.refused) {
    const std::string title = refused.title.in(language);
    list += "  ✗ " + title + (title.empty() ? "" : ": ") + refused.why.in(language) + "\n";
  }
  return list;
}

}  // namespace

// enmendar: the mends of one finding, and the amendment file of the plainest or of another.
ExitStatus RunMend(Session& session, const Options& options) {
  const auto loaded = Load(session, options.regulation, {}, options.readings);
  if (!loaded) return ExitStatus::BadInput;
  reports::ReportInput input = DescribeRun(session, *loaded);
  if (!CheckAll(session, *loaded, options, input)) return ExitStatus::BadInput;
  const base::Finding* finding = reports::FindById(*input.checks, options.finding);
  if (finding == nullptr) return UnknownFinding(session, input, options.finding);
  const mends::Trial trial = Workshop(session, *loaded, options, 4, &*input.checks).Try(*finding);
  const base::Language language = session.language;
  std::fputs(
      (finding->id + ": " + finding->title.in(language) + "\n" + Describe(trial, language)).c_str(),
      stderr);
  if (trial.mends.empty()) {
    const Text none = {"ningún remedio probado quita el hallazgo sin traer otro",
                       "no mend that was tried removes the finding without bringing another"};
    std::fprintf(stderr, "%s\n", none.in(language).c_str());
    return ExitStatus::Undecided;
  }
  const auto chosen = static_cast<std::size_t>(options.mend);
  if (chosen > trial.mends.size()) {
    const std::string count = std::to_string(trial.mends.size());
    session.diagnostics.Add(
        {"remedio-desconocido",
         base::Severity::Error,
         {},
         trial.mends.size() == 1
             ? Text{"hay un solo remedio", "there is only one mend"}
             : Text{"hay " + count + " remedios", "there are " + count + " mends"},
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
