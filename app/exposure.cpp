#include "app/exposure.h"

#include "app/staff.h"
#include "reports/terminal/progress.h"
#include "scenarios/exposure/measure.h"

namespace cotejo::app {

using base::Text;

bool MeasureExposure(Session& session, const Loaded& loaded, const Options& options,
                     reports::ReportInput& input) {
  if (options.population.empty() || !input.checks || StopFlag()) return true;
  const rules::Ruleset& rules = *loaded.base.rules;
  exposure::Options measure;
  measure.year.gestion = options.gestion != 0 ? options.gestion : rules::FirstFullGestion(rules);
  measure.year.seed = options.seed;
  measure.year.replications = options.replications;
  measure.year.threads = options.threads;
  measure.year.stop = &StopFlag();
  measure.smallest_group = options.smallest_group;
  const auto population =
      ReadPopulation(session, loaded, options, base::Date(measure.year.gestion, 12, 31));
  if (population) {
    std::atomic<std::int64_t> done{0};
    measure.year.progress = &done;
    const reports::Progress bar(
        Text{"midiendo la exposición", "measuring exposure"}.in(session.language), done,
        static_cast<std::int64_t>(population->staff.size()) * options.replications);
    input.exposure =
        exposure::Measure(rules, input.checks->findings, *population, measure, session.diagnostics);
  }
  PrintDiagnostics(session);
  return input.exposure.has_value() || StopFlag();
}

}  // namespace cotejo::app
