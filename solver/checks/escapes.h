// How much misconduct escapes a consequence because a count starts again or is kept apart, and
// how much less brings it when it is counted together; both replayed.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "solver/checks/histories.h"
#include "solver/checks/most.h"

namespace cotejo::checks {

inline constexpr const char* kLoophole = "escapatoria";

struct Measured {
  Trial trial;
  base::Rational amount;
};

// What makes the escape possible.
enum class Boundary {
  Reset,      // the window ends and the count starts again
  Apart,      // two counts that are not added up
  Threshold,  // no window brings the consequence by itself, and smaller ones are not added up
};

struct Escape {
  Reach reach = Reach::Sanction;
  Boundary boundary = Boundary::Reset;
  Measured free;                      // the consequence does not follow
  Measured caught;                    // it does, with no more than that
  std::optional<Measured> long_free;  // the same over the whole gestión
  std::vector<rules::RuleId> by;      // that bring it to `caught`, gravest first
};

// What was asked about one consequence.
struct Asked {
  Reach reach = Reach::Sanction;
  base::Verdict verdict = base::Verdict::Proved;
  base::Text reason;
  std::optional<Escape> escape;
};

// The count of one measure over windows that follow one another.
std::vector<Asked> AskReset(const CheckContext& context, rules::MeasureId measure);
// Two measures of one sort, inside one window.
std::vector<Asked> AskApart(const CheckContext& context, rules::MeasureId first,
                            rules::MeasureId second);

// What each month adds to a sum or a count, in the order of the months; those that add nothing
// are left out.
std::vector<std::pair<base::Date, base::Rational>> ByMonth(
    const CheckContext& context, const std::vector<rules::MeasureId>& measures, const Trial& trial);

// Whether some rule of the reach applies, or stands.
bool Follows(const rules::Ruleset& rules, const evaluation::Result& result, Reach reach,
             bool stands);
std::vector<rules::RuleId> RulesThatBring(const rules::Ruleset& rules,
                                          const evaluation::Result& result, Reach reach);

// Measures that some sanction looks at, directly or through what counts as a fault.
std::vector<rules::MeasureId> JudgedMeasures(const rules::Ruleset& rules);

}  // namespace cotejo::checks
