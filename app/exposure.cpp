#include "app/exposure.h"

#include <algorithm>

#include "app/checking.h"
#include "app/staff.h"
#include "reports/terminal/progress.h"
#include "scenarios/exposure/measure.h"
#include "solver/checks/check.h"

namespace cotejo::app {

using base::Text;

namespace {

// Staff-years after which a finding of one in a thousand is known to a few parts in a hundred;
// every rule is run in them, and a large staff needs few replications.
constexpr std::int64_t kEnough = 200'000;

int ReplicationsFor(std::int64_t staff, int asked) {
  const std::int64_t enough = std::max<std::int64_t>(2, kEnough / std::max<std::int64_t>(1, staff));
  return static_cast<int>(std::min<std::int64_t>(asked, enough));
}

// The text read as each ambiguity says that it may be, one reading at a time.
std::vector<exposure::OtherReading> ReadOtherwise(Session& session, const Loaded& loaded,
                                                  const std::vector<base::Finding>& findings) {
  std::vector<exposure::OtherReading> all;
  for (const rules::Reading& reading : loaded.base.rules->readings) {
    for (const rules::ReadingOption& option : reading.options) {
      const std::string id = checks::AmbiguityId(reading, option);
      const auto same = [&](const base::Finding& finding) { return finding.id == id; };
      if (std::none_of(findings.begin(), findings.end(), same)) continue;
      const auto choices = Joined(loaded.choices, {{reading.name, option.name}});
      base::Diagnostics diagnostics;
      auto rules = rules::Resolve(session.sources, loaded.program, choices, diagnostics);
      if (rules) all.push_back({id, std::move(rules)});
    }
  }
  return all;
}

}  // namespace

bool MeasureExposure(Session& session, const Loaded& loaded, const Options& options,
                     reports::ReportInput& input) {
  if (options.population.empty() || !input.checks || StopFlag()) return true;
  const rules::Ruleset& rules = *loaded.base.rules;
  exposure::Options measure;
  measure.year.gestion = GestionOf(loaded, options.gestion);
  measure.year.seed = options.seed;
  measure.year.replications = options.replications;
  measure.year.threads = options.threads;
  measure.year.stop = &StopFlag();
  measure.smallest_group = options.smallest_group;
  const auto population =
      ReadPopulation(session, loaded, options, base::Date(measure.year.gestion, 12, 31));
  if (population) {
    const auto staff = static_cast<std::int64_t>(population->staff.size());
    measure.year.replications = ReplicationsFor(staff, options.replications);
    std::atomic<std::int64_t> done{0};
    measure.year.progress = &done;
    measure.readings = ReadOtherwise(session, loaded, input.checks->findings);
    const reports::Progress bar(
        Text{"midiendo la exposición", "measuring exposure"}.in(session.language), done,
        staff * measure.year.replications);
    input.exposure =
        exposure::Measure(rules, input.checks->findings, *population, measure, session.diagnostics);
  }
  PrintDiagnostics(session);
  return input.exposure.has_value() || StopFlag();
}

}  // namespace cotejo::app
