// The list of absences that the entity authorised: vacations, leaves, illness, trips. What it does
// not name and the clock does not show is absence.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/base/source.h"
#include "scenarios/calibration/results.h"
#include "scenarios/calibration/shifts.h"

namespace cotejo::calibration {

struct AuthorisedAbsence {
  std::string person;  // pseudonym
  base::Date from, to;
  std::int32_t shift = 0;  // from 1, of one day; 0: whole days
};

struct Authorised {
  FilePreview preview;
  std::vector<AuthorisedAbsence> absences;  // by person and date
};

// documento, desde, hasta [, tramo], with or without a heading; separators and encodings as those
// of clock records. A row without its last day is of one day; one of a shift that the day has not,
// by the hours the person has, is rejected. With no row that can be read, an error, and nothing is
// returned.
std::optional<Authorised> ReadAuthorised(const std::string& path, const std::string& key,
                                         const Hours& hours, base::Diagnostics& diagnostics);

// Of the shifts authorised nothing is asked, nor of any in a month in which the list has nobody: it
// may not have got so far. What does not agree becomes issues of quality. Nothing of the list is
// about somebody with records: false.
bool Excuse(Attendance& attendance, const Authorised& authorised);

}  // namespace cotejo::calibration
