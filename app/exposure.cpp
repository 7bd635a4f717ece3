#include "app/exposure.h"

#include <algorithm>

#include "app/staff.h"
#include "reports/terminal/progress.h"
#include "scenarios/exposure/measure.h"

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

}  // namespace

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
    const auto staff = static_cast<std::int64_t>(population->staff.size());
    measure.year.replications = ReplicationsFor(staff, options.replications);
    std::atomic<std::int64_t> done{0};
    measure.year.progress = &done;
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
