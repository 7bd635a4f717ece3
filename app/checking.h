// Steps shared by the commands that check: running the checks, describing the run, SARIF.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "app/commands.h"
#include "model/base/finding.h"
#include "reports/since.h"
#include "reports/terminal/terminal.h"

namespace cotejo::app {

// Title, norms, readings, command line and the amendments with what they edit.
reports::ReportInput DescribeRun(Session& session, const Loaded& loaded);

// Checks the text in force and every amendment into `input`, under the readings asked for,
// with the suppressions applied and the imported text quoted; false on bad input, diagnosed.
bool CheckAll(Session& session, const Loaded& loaded, const Options& options,
              reports::ReportInput& input);

// The assignments that change one reading of the run's own, in the order of the norm files.
std::vector<std::pair<base::Text, rules::ReadingChoices>> OtherReadings(
    const rules::Ruleset& rules);

// Readings chosen twice keep the later choice.
rules::ReadingChoices Joined(rules::ReadingChoices choices, const rules::ReadingChoices& other);

// The file of --sarif, when asked for; false when it cannot be written, diagnosed. `since` is what
// there is to say since the report of --desde, or null; `status`, what the order ends with, when it
// is not what the findings say.
bool WriteSarifFile(Session& session, const Loaded& loaded, const Options& options,
                    const reports::ReportInput& input, const reports::Since* since,
                    std::optional<ExitStatus> status = {});

// The day of --fecha, or the system's; a text that is no date is diagnosed.
base::Date Today(Session& session, const Options& options);

reports::TerminalOptions Terminal(const Session& session);

}  // namespace cotejo::app
