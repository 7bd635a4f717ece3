#include "reports/calibration.h"

namespace cotejo::reports {

CalibrationReport WithoutPeople(CalibrationReport report) {
  for (calibration::FilePreview& file : report.files) {
    file.path = file.path.substr(file.path.rfind('/') + 1);
    for (calibration::RowTally& tally : file.tallies) tally.examples.clear();
  }
  for (calibration::QualityIssue& issue : report.quality.issues) issue.examples.clear();
  for (calibration::Goodness& goodness : report.fitted.goodness) {
    if (!goodness.one_person) continue;
    goodness.largest_gap = 0;
    goodness.where = {};
  }
  return report;
}

base::Text OutcomeLabel(calibration::Outcome outcome) {
  switch (outcome) {
    case calibration::Outcome::Accepted:
      return {"aceptadas", "accepted"};
    case calibration::Outcome::Inferred:
      return {"inferidas", "inferred"};
    case calibration::Outcome::Rejected:
      break;
  }
  return {"rechazadas", "rejected"};
}

}  // namespace cotejo::reports
