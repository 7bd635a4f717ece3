// reaplicar, and keeping in simular what it needs: other rules over the months already lived.
#include <cstdio>
#include <fstream>
#include <sstream>

#include "app/checking.h"
#include "app/commands.h"
#include "app/reapply.h"
#include "app/staff.h"
#include "model/rules/content_hash.h"
#include "reports/json/json.h"
#include "scenarios/rescan/rescan.h"
#include "scenarios/study/small_groups.h"

namespace cotejo::app {
namespace {

// The whole file, however large; nothing, diagnosed, when it cannot be read.
std::optional<std::string> ReadWhole(Session& session, const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  if (in && in.peek() != std::ifstream::traits_type::eof() && bytes << in.rdbuf())
    return std::move(bytes).str();
  session.diagnostics.Add({"archivo-ilegible",
                           base::Severity::Error,
                           {},
                           {"no se pudo leer «" + path + "»", "cannot read \"" + path + "\""},
                           {},
                           {}});
  return std::nullopt;
}

// Digest of what the people come from: the population file, and the list of real ones. As they were
// read, hours ago perhaps: who changes a file meanwhile has not changed what was lived.
std::string DigestOfPeople(const Session& session, const Options& options,
                           const std::string& listed) {
  rules::Hasher hasher;
  for (std::size_t i = 0; i < session.sources.size(); ++i) {
    const base::SourceFile& file = session.sources.file(base::FileId(static_cast<int>(i)));
    if (file.path != options.population) continue;
    hasher.Add(file.content);
    break;
  }
  if (!options.staff.empty()) hasher.Add(listed);
  return hasher.str();
}

}  // namespace

bool CanKeepFacts(Session& session, const population::Population& population,
                  const Options& options) {
  if (options.keep_facts.empty()) return true;
  if (!options.staff.empty() && options.smallest_group > 1) {
    session.diagnostics.Add({"grupo-pequeño",
                             base::Severity::Error,
                             {},
                             {"los hechos guardados de personas reales dicen lo que gana cada una",
                              "the facts kept of real people tell what each of them is paid"},
                             {"si de verdad los quiere, dé --grupo-minimo 0",
                              "if you do mean it, give --smallest-group 0"},
                             {}});
    return false;
  }
  return rescan::CanKeep(population, options.draws, session.diagnostics);
}

bool KeepFacts(Session& session, const year::RegulationInput& regulation,
               const population::Population& population, year::Options year,
               const year::Forecast& forecast, const std::string& listed, const Options& options) {
  // With --precision there may be more than were asked for.
  if (forecast.draws == 0) year.replications = forecast.replications;
  const auto facts = rescan::Keep(regulation, population, DigestOfPeople(session, options, listed),
                                  year, forecast, session.diagnostics);
  return facts && WriteFile(session, options.keep_facts, rescan::Write(*facts));
}

ExitStatus RunReapply(Session& session, const Options& options) {
  const auto fail = [&] {
    PrintDiagnostics(session);
    return ExitStatus::BadInput;
  };
  if (options.amendments.empty()) {
    session.diagnostics.Add({"sin-enmienda",
                             base::Severity::Error,
                             {},
                             {"no hay qué aplicar a los hechos guardados",
                              "there is nothing to apply to the facts kept"},
                             {"dé --enmienda ARCHIVO", "give --amendment FILE"},
                             {}});
    return fail();
  }
  const auto loaded = Load(session, options.regulation, options.amendments, options.readings);
  if (!loaded) return ExitStatus::BadInput;
  const auto bytes = ReadWhole(session, options.kept);
  const auto facts = bytes ? rescan::Read(options.kept, *bytes, session.diagnostics) : std::nullopt;
  if (!facts) return fail();
  std::string listed;
  const auto population =
      ReadPopulation(session, *loaded, options, base::Date(facts->gestion, 12, 31), &listed);
  if (!population) return fail();
  const std::string people = DigestOfPeople(session, options, listed);
  auto forecast =
      rescan::Reapply(*facts, Regulations(*loaded), *population, people, session.diagnostics);
  if (!forecast) return fail();
  CutAtZero(*forecast);
  study::HideSmallGroups(*forecast, options.smallest_group);
  PrintDiagnostics(session);
  std::fputs(reports::FormatForecast(*forecast, Terminal(session)).c_str(), stdout);
  if (options.output.empty()) return ExitStatus::Clean;
  // What it was made of takes longer to tell than the forecast.
  reports::ReportInput input = DescribeRun(session, *loaded);
  input.forecast = std::move(forecast);
  return WriteFile(session, options.output, reports::WriteJson(input)) ? ExitStatus::Clean
                                                                       : ExitStatus::BadInput;
}

}  // namespace cotejo::app
