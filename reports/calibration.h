// What a report of a calibration is made of; nothing in it tells of one person.
#pragma once

#include <string>
#include <vector>

#include "scenarios/calibration/results.h"

namespace cotejo::reports {

struct CalibrationReport {
  std::string title;  // of the regulation
  std::string tool_version;
  std::string command;     // to run it again
  std::string population;  // name of the population file
  std::vector<calibration::FilePreview> files;
  calibration::Quality quality;
  calibration::Calibration fitted;
};

// Without the examples of rows and of issues, which carry pseudonyms and hours, without the gap of
// the one person who is least like the others, and with the names of the files for their paths.
CalibrationReport WithoutPeople(CalibrationReport report);

// "aceptadas", of so many rows.
base::Text OutcomeLabel(calibration::Outcome outcome, std::int64_t rows);

// "inasistencias de 3 días al año".
base::Text SpellLabel(const calibration::FittedSpell& spell);

// "puntualidad: desvío del logaritmo", and of two traits how they go together; then why it stays as
// in the file, if it does.
base::Text TraitLabel(const calibration::FittedTrait& trait);
base::Text TraitLabel(const calibration::FittedPair& pair);

// What the figures of traits are.
base::Text TraitHelp();

// What a clock cannot tell, so that the file keeps it.
base::Text ClockLimits(const calibration::Calibration& fitted);

}  // namespace cotejo::reports
