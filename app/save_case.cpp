#include "app/save_case.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/checking.h"
#include "model/evaluation/evaluate.h"
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

// «a = b; c = d», as a finding says what readings it rests on.
rules::ReadingChoices ChoicesOf(const Text& assignment) {
  rules::ReadingChoices choices;
  std::istringstream pairs(assignment.es);
  for (std::string pair; std::getline(pairs, pair, ';');) {
    const std::size_t equals = pair.find(" = ");
    if (equals == std::string::npos) continue;
    const std::size_t first = pair.find_first_not_of(' ');
    choices.emplace_back(pair.substr(first, equals - first), pair.substr(equals + 3));
  }
  return choices;
}

// The readings under which the finding was found: the run's own or, when it only appears under
// another reading, those of that one.
rules::ReadingChoices RunReadings(const rules::Ruleset& own, const reports::ReportInput& input,
                                  const base::Finding& finding) {
  rules::ReadingChoices chosen;
  for (const rules::Reading& reading : own.readings)
    chosen.emplace_back(reading.name,
                        reading.options[static_cast<std::size_t>(reading.chosen)].name);
  const std::vector<Text>& under = finding.under;
  if (under.empty() || under.front() == input.tried.assignments.front()) return chosen;
  for (const auto& [assignment, choices] : OtherReadings(own)) {
    if (assignment == under.front()) return Joined(chosen, choices);
  }
  return chosen;
}

// When two histories are compared that differ in how a text is read, each is judged under its own
// reading, which its label names: «bajo «por mes»».
rules::ReadingChoices LabelReading(const rules::Ruleset& rules, const base::Finding& finding,
                                   const base::Witness& witness) {
  for (const rules::Reading& reading : rules.readings) {
    const std::string named = "«" + evaluation::Spaced(reading.name) + "»";
    if (finding.title.es.find(named) == std::string::npos) continue;
    for (const rules::ReadingOption& option : reading.options) {
      if (witness.label.es == "bajo «" + evaluation::Spaced(option.name) + "»")
        return {{reading.name, option.name}};
    }
  }
  return {};
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

// The history of the CSV, which is read as any other; nothing when it cannot be, and then
// `problem` says why.
std::optional<evaluation::History> HistoryOf(Session& session, const rules::Ruleset& rules,
                                             const base::Finding& finding,
                                             const base::Witness& witness, Text& problem) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path folder = fs::temp_directory_path(error);
  const fs::path path = folder / ("cotejo-testigo-" + std::to_string(getpid()) + ".csv");
  std::ofstream out(path, std::ios::binary);
  out << witness.csv;
  out.close();
  // Of a part of it, another history would be told.
  if (error || !out) {
    fs::remove(path, error);
    problem = {"no se puede escribir en la carpeta temporal (TMPDIR)",
               "the temporary folder (TMPDIR) cannot be written to"};
    return std::nullopt;
  }
  base::Diagnostics diagnostics;
  std::vector<evaluation::History> histories = evaluation::ReadHistories(
      rules, session.sources, path.string(), "", HorizonOf(finding, witness), diagnostics);
  fs::remove(path, error);
  if (!diagnostics.has_errors() && !histories.empty()) return std::move(histories.front());
  // Not where it was read from: nobody else has that file.
  const auto& all = diagnostics.all();
  const auto wrong = std::find_if(all.begin(), all.end(), [](const base::Diagnostic& diagnostic) {
    return diagnostic.severity == base::Severity::Error;
  });
  problem = wrong != all.end()
                ? wrong->message
                : Text{
                      "el testigo es de una persona sin datos ni hechos propios, y un caso no "
                      "puede decir de qué gestión es",
                      "the witness is of a person without attributes or facts of their own, and a "
                      "case cannot say which year it is of"};
  return std::nullopt;
}

// Whether a history is, under some rules, the one that was found: its facts at the same fixed
// hours, and in force what is said to be.
bool Repeats(const rules::Ruleset& rules, const evaluation::History& history,
             const base::Witness& witness) {
  const bool same_facts =
      std::all_of(history.facts.begin(), history.facts.end(), [&](const evaluation::Fact& fact) {
        const Text said = evaluation::DescribeFact(rules, history, fact);
        return std::any_of(witness.facts.begin(), witness.facts.end(),
                           [&](const base::WitnessFact& found) {
                             return found.date == fact.date && found.description == said;
                           });
      });
  if (!same_facts) return false;
  const evaluation::Result result =
      evaluation::Evaluate(rules, rules::BuildFamilies(rules), history);
  const auto stands = [&](const std::string& name) {
    return std::any_of(result.applications.begin(), result.applications.end(),
                       [&](const evaluation::Application& application) {
                         return application.stands && rules.rule(application.rule).name == name;
                       });
  };
  return std::all_of(
      witness.answers.begin(), witness.answers.end(), [&](const base::WitnessAnswer& answer) {
        // What a norm asks of another is no rule's.
        const bool of_a_rule =
            std::any_of(rules.rules.begin(), rules.rules.end(),
                        [&](const rules::Rule& rule) { return rule.name == answer.rule; });
        return !answer.stands || !of_a_rule || stands(answer.rule);
      });
}

// One of the histories of a finding, and the rules it is judged under.
struct Judged {
  RulesPointer rules;
  std::optional<evaluation::History> history;
  Text problem;  // why there is none
};

// Under the readings the finding rests on, or under those of the run: whichever repeats what was
// found. Of two histories that differ in the hours, the second is under those of the run.
Judged Judge(Session& session, const rules::Program& program, const rules::Ruleset& own,
             const reports::ReportInput& input, const base::Finding& finding,
             const base::Witness& witness) {
  Judged judged;
  const rules::ReadingChoices label = LabelReading(own, finding, witness);
  std::array readings{ChoicesOf(finding.reading), RunReadings(own, input, finding)};
  if (&witness != &finding.witness && label.empty()) std::swap(readings[0], readings[1]);
  for (const rules::ReadingChoices& each : readings) {
    base::Diagnostics ignored;  // the same text resolved without errors before
    judged.rules = rules::Resolve(session.sources, program, Joined(each, label), ignored);
    if (!judged.rules) continue;
    judged.history = HistoryOf(session, *judged.rules, finding, witness, judged.problem);
    if (judged.history && Repeats(*judged.rules, *judged.history, witness)) return judged;
  }
  if (judged.history) {
    judged.history.reset();
    judged.problem = {"no se repite bajo las lecturas en que descansa",
                      "it does not happen again under the readings it rests on"};
  }
  return judged;
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
  const auto cannot_write = [&](const Text& why) {
    return Fail(
        session, "caso-que-no-se-escribe",
        {"el caso de " + finding.id + " no se puede escribir: " + why.es,
         "the case of " + finding.id + " cannot be written: " + why.in(base::Language::English)});
  };
  std::vector<std::pair<std::string, const base::Witness*>> witnesses = {
      {"testigo de " + finding.id, &finding.witness}};
  if (finding.counterpart && !finding.counterpart->csv.empty())
    witnesses.emplace_back("contraparte de " + finding.id, &*finding.counterpart);
  const auto i = static_cast<std::size_t>(std::max(0, place.amendment));
  const rules::Ruleset& own = place.amendment < 0 ? *loaded.base.rules : *loaded.amended[i];
  const rules::Program& program = place.amendment < 0 ? loaded.program : loaded.amended_programs[i];
  std::string text;
  for (const auto& [name, witness] : witnesses) {
    const Judged judged = Judge(session, program, own, input, finding, *witness);
    if (!judged.history) return cannot_write(judged.problem);
    const base::Citation article =
        finding.articles.empty() ? base::Citation{} : finding.articles.front();
    const evaluation::WrittenCase written = evaluation::WriteCase(
        *judged.rules, rules::BuildFamilies(*judged.rules), *judged.history, name, article);
    if (written.text.empty()) return cannot_write(written.reason);
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
