#include "app/save_case.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "app/checking.h"
#include "model/evaluation/fact_wording.h"
#include "model/evaluation/history.h"
#include "model/evaluation/write_case.h"

namespace cotejo::app {

namespace {

using base::Text;
using RulesPointer = std::shared_ptr<const rules::Ruleset>;

ExitStatus Fail(Session& session, const char* code, Text message, Text hint = {}) {
  session.diagnostics.Add(
      {code, base::Severity::Error, {}, std::move(message), std::move(hint), {}});
  PrintDiagnostics(session);
  return ExitStatus::BadInput;
}

// The finding, and the text it is of: the one in force (−1) or an amended one.
struct Place {
  const base::Finding* finding = nullptr;
  int amendment = -1;
};

Place Find(const reports::ReportInput& input, const std::string& id) {
  if (const base::Finding* found = reports::FindById(*input.checks, id)) return {found, -1};
  for (std::size_t i = 0; i < input.amendments.size(); ++i) {
    if (const base::Finding* found = reports::FindById(*input.amendments[i].checks, id))
      return {found, static_cast<int>(i)};
  }
  return {};
}

// The rules under which the finding was found: the run's own or, when it only appears under
// another reading, those of that one.
RulesPointer RulesOf(Session& session, const Loaded& loaded, const reports::ReportInput& input,
                     const Place& place) {
  const auto i = static_cast<std::size_t>(std::max(0, place.amendment));
  const RulesPointer own = place.amendment < 0 ? loaded.base.rules : loaded.amended[i];
  const rules::Program& program = place.amendment < 0 ? loaded.program : loaded.amended_programs[i];
  const std::vector<Text>& under = place.finding->under;
  if (under.empty() || under.front() == input.tried.assignments.front()) return own;
  for (const auto& [assignment, choices] : OtherReadings(*own)) {
    if (assignment != under.front()) continue;
    return rules::Resolve(session.sources, program, Joined(loaded.choices, choices),
                          session.diagnostics);
  }
  return own;
}

// The rules of one of the histories of a finding. When two are compared that differ in how a text
// is read, each is judged under its own reading, which its label names: «bajo «por mes»».
RulesPointer RulesOfWitness(Session& session, const rules::Program& program,
                            const RulesPointer& rules, const base::Finding& finding,
                            const base::Witness& witness) {
  for (const rules::Reading& reading : rules->readings) {
    const std::string named = "«" + evaluation::Spaced(reading.name) + "»";
    if (finding.title.es.find(named) == std::string::npos) continue;
    for (const rules::ReadingOption& option : reading.options) {
      if (witness.label.es != "bajo «" + evaluation::Spaced(option.name) + "»") continue;
      rules::ReadingChoices choices;
      for (const rules::Reading& each : rules->readings)
        choices.emplace_back(each.name, each.options[static_cast<std::size_t>(each.chosen)].name);
      return rules::Resolve(session.sources, program,
                            Joined(std::move(choices), {{reading.name, option.name}}),
                            session.diagnostics);
    }
  }
  return rules;
}

// The gestiones of what the witness shows: its facts may be only those of the calendar. That of a
// person's data alone has none, and is of the years of what is answered, to it or to its other
// half.
std::optional<std::pair<base::Date, base::Date>> HorizonOf(const base::Finding& finding,
                                                           const base::Witness& witness) {
  const std::vector<base::Date> dates = reports::DatesOf(finding, witness);
  if (dates.empty()) return std::nullopt;
  const auto [first, last] = std::minmax_element(dates.begin(), dates.end());
  return std::pair(base::Date(first->year(), 1, 1), base::Date(last->year(), 12, 31));
}

// The history of the CSV, which is read as any other; nothing when it cannot be.
std::optional<evaluation::History> HistoryOf(Session& session, const rules::Ruleset& rules,
                                             const base::Finding& finding,
                                             const base::Witness& witness) {
  namespace fs = std::filesystem;
  const fs::path path =
      fs::temp_directory_path() / ("cotejo-testigo-" + std::to_string(getpid()) + ".csv");
  std::ofstream(path, std::ios::binary) << witness.csv;
  std::vector<evaluation::History> histories = evaluation::ReadHistories(
      rules, session.sources, path.string(), "", HorizonOf(finding, witness), session.diagnostics);
  std::error_code error;
  fs::remove(path, error);
  if (session.diagnostics.has_errors()) return std::nullopt;
  if (!histories.empty()) return std::move(histories.front());
  session.diagnostics.Add(
      {"caso-que-no-se-escribe",
       base::Severity::Error,
       {},
       {"el testigo es de una persona sin datos ni hechos propios",
        "the witness is of a person without attributes or facts of their own"},
       {"un caso no puede decir de qué gestión es", "a case cannot say which year it is of"},
       {}});
  return std::nullopt;
}

}  // namespace

ExitStatus UnknownFinding(Session& session, const reports::ReportInput& input,
                          const std::string& id) {
  std::vector<std::string> ids;
  for (const base::Finding& finding : input.checks->findings) ids.push_back(finding.id);
  for (const reports::AmendmentInfo& amendment : input.amendments) {
    for (const base::Finding& finding : amendment.checks->findings) ids.push_back(finding.id);
  }
  std::string near;
  for (int i = 0; i < 3; ++i) {
    const std::string next = base::NearestName(id, ids);
    if (next.empty()) break;
    near += (near.empty() ? "" : ", ") + next;
    std::erase(ids, next);
  }
  if (StopFlag()) {
    // It may well be among what was not looked for.
    Fail(session, "revisión-interrumpida",
         {"la revisión se interrumpió antes de llegar a «" + id + "»",
          "the check was interrupted before it came to '" + id + "'"},
         {"repita la orden y déjela terminar", "repeat the order and let it finish"});
    return ExitStatus::Undecided;
  }
  return Fail(session, "hallazgo-desconocido",
              {"ningún hallazgo se llama «" + id + "»", "no finding is called '" + id + "'"},
              near.empty() ? Text{"los identificadores están al pie de cada hallazgo",
                                  "the ids are at the foot of each finding"}
                           : Text{"los más parecidos: " + near, "the nearest: " + near});
}

ExitStatus SaveCase(Session& session, const Loaded& loaded, const Options& options,
                    const reports::ReportInput& input) {
  const Place place = Find(input, options.save_case);
  if (place.finding == nullptr) return UnknownFinding(session, input, options.save_case);
  const base::Finding& finding = *place.finding;
  if (finding.witness.csv.empty()) {
    return Fail(
        session, "hallazgo-sin-historia",
        {"el hallazgo " + finding.id + " no descansa en una historia: no hay caso que guardar",
         "the finding " + finding.id + " rests on no history: there is no case to keep"});
  }
  const RulesPointer rules = RulesOf(session, loaded, input, place);
  std::vector<std::pair<std::string, const base::Witness*>> witnesses = {
      {"testigo de " + finding.id, &finding.witness}};
  if (finding.counterpart && !finding.counterpart->csv.empty())
    witnesses.emplace_back("contraparte de " + finding.id, &*finding.counterpart);
  const rules::Program& program =
      place.amendment < 0 ? loaded.program
                          : loaded.amended_programs[static_cast<std::size_t>(place.amendment)];
  std::string text;
  for (const auto& [name, witness] : witnesses) {
    const RulesPointer own = RulesOfWitness(session, program, rules, finding, *witness);
    const auto history = HistoryOf(session, *own, finding, *witness);
    if (!history) {
      PrintDiagnostics(session);
      return ExitStatus::BadInput;
    }
    const base::Citation article =
        finding.articles.empty() ? base::Citation{} : finding.articles.front();
    const evaluation::WrittenCase written =
        evaluation::WriteCase(*own, rules::BuildFamilies(*own), *history, name, article);
    if (written.text.empty()) {
      return Fail(session, "caso-que-no-se-escribe",
                  {"el caso de " + finding.id + " no se puede escribir: " + written.reason.es,
                   "the case of " + finding.id +
                       " cannot be written: " + written.reason.in(base::Language::English)});
    }
    text += (text.empty() ? "" : "\n") + written.text;
    if (text.back() != '\n') text += '\n';
  }
  text = "```norma\n" + text + "```\n";
  if (options.output.empty()) {
    std::fputs(text.c_str(), stdout);
    return ExitStatus::Clean;
  }
  return WriteFile(session, options.output, text) ? ExitStatus::Clean : ExitStatus::BadInput;
}

}  // namespace cotejo::app
