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

base::Text OutcomeLabel(calibration::Outcome outcome, std::int64_t rows) {
  const std::string more = rows == 1 ? "" : "s";
  switch (outcome) {
    case calibration::Outcome::Accepted:
      return {"aceptada" + more, "accepted"};
    case calibration::Outcome::Inferred:
      return {"inferida" + more, "inferred"};
    case calibration::Outcome::Rejected:
      break;
  }
  return {"rechazada" + more, "rejected"};
}

base::Text SpellLabel(const calibration::FittedSpell& spell) {
  const std::string days = std::to_string(spell.half_days / 2);
  base::Text length = {"de " + days + " días", "of " + days + " days"};
  if (spell.half_days == 1) length = {"de medio día", "of half a day"};
  if (spell.half_days == 2) length = {"de un día", "of one day"};
  const bool shared = spell.told == calibration::Told::Shared;
  return {"inasistencias " + length.es + " al año" + (shared ? " (en común)" : ""),
          "absences " + length.en + " a year" + (shared ? " (shared)" : "")};
}

base::Text TraitLabel(const calibration::FittedTrait& trait) {
  const std::string& why = trait.why_not.es;
  return {trait.trait + ": desvío" + (why.empty() ? "" : " (como en el archivo: " + why + ")"),
          trait.trait + ": deviation" +
              (why.empty() ? "" : " (as in the file: " + trait.why_not.en + ")")};
}

base::Text TraitLabel(const calibration::FittedPair& pair) {
  const std::string& why = pair.why_not.es;
  return {pair.first + " con " + pair.second + ": correlación" +
              (why.empty() ? "" : " (como en el archivo: " + why + ")"),
          pair.first + " with " + pair.second + ": correlation" +
              (why.empty() ? "" : " (as in the file: " + pair.why_not.en + ")")};
}

base::Text TraitHelp() {
  return {
      "cuánto se aparta cada persona de su clase: desvío del logaritmo de su factor, y correlación "
      "entre dos; donde las clases se confunden, qué parte es de la clase y cuál de la persona se "
      "sabe menos de lo que dicen los intervalos",
      "how far each person is from their class: deviation of the logarithm of their factor, and "
      "correlation of two; where classes are hard to tell apart, how much is the class's and how "
      "much the person's is known less well than the intervals say"};
}

base::Text ClockLimits(const calibration::Calibration& fitted) {
  if (!fitted.absences.done) {
    return {
        "un reloj no dice por qué falta alguien ni qué se justificó: ausencias, "
        "justificaciones y conductas quedan como en el archivo; inasistencias, " +
            fitted.absences.why_not.es,
        "a clock does not say why somebody is missing nor what was justified: leaving the "
        "post, justifications and conduct stay as in the file; as for absences, " +
            fitted.absences.why_not.en};
  }
  return {
      "las inasistencias son todas las no autorizadas de antemano, justificadas después o no: "
      "un reloj no dice qué se justificó, así que la parte justificada queda como en el "
      "archivo, igual que ausencias, demás justificaciones y conductas",
      "absences are all those not authorised beforehand, justified later or not: a clock does "
      "not say what was justified, so the justified part stays as in the file, and so do "
      "leaving the post, other justifications and conduct"};
}

}  // namespace cotejo::reports
