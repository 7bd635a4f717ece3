#include "reports/json/calibration.h"

#include "reports/json/writer.h"

namespace cotejo::reports {

namespace {

constexpr Codes<calibration::Outcome, 3> kOutcomeCodes = {{
    {calibration::Outcome::Accepted, "aceptadas"},
    {calibration::Outcome::Inferred, "inferidas"},
    {calibration::Outcome::Rejected, "rechazadas"},
}};

}  // namespace

void Fields(Writer& a, const calibration::RowTally& tally) {
  a.Code("resultado", kOutcomeCodes, tally.outcome);
  a.Field("motivo", tally.reason);
  a.Field("filas", tally.rows);
}

void Fields(Writer& a, const calibration::FilePreview& file) {
  a.Field("archivo", file.path);
  a.Field("leido_como", file.read_as);
  a.Field("filas", file.rows);
  a.Field("resultados", file.tallies);
}

// What cannot be told has no number.
void Fields(Writer& a, const calibration::QualityIssue& issue) {
  a.Field("que", issue.what);
  a.Nullable("veces", issue.known ? std::optional(issue.count) : std::nullopt);
  a.Nullable("tratamiento", issue.treatment);
}

void Fields(Writer& a, const calibration::Quality& quality) {
  a.Nullable("primera", quality.first);
  a.Nullable("ultima", quality.last);
  a.Field("meses_completos", quality.full);
  a.Field("asuntos", quality.issues);
}

void Fields(Writer& a, const calibration::Estimate& estimate) {
  a.Field("archivo", estimate.file);
  a.Field("ajuste", estimate.value);
  a.Field("ic_bajo", estimate.low);
  a.Field("ic_alto", estimate.high);
  a.Field("peso", estimate.weight);
}

void Fields(Writer& a, const calibration::FittedBand& band) {
  a.Field("desde", band.from);
  a.Field("hasta", band.to);
  a.Field("parte", band.share);
}

constexpr Codes<calibration::Told, 3> kToldCodes = {{
    {calibration::Told::Own, "propio"},
    {calibration::Told::Shared, "en_comun"},
    {calibration::Told::File, "archivo"},
}};

// What stays as in the file has no interval.
void Fields(Writer& a, const calibration::FittedSpell& spell) {
  a.Field("medios_dias", spell.half_days);
  a.Code("ajuste", kToldCodes, spell.told);
  a.Nullable("por_ano",
             spell.told == calibration::Told::File ? std::nullopt : std::optional(spell.per_year));
}

void Fields(Writer& a, const calibration::Absences& absences) {
  a.Nullable("no_se_ajustaron", absences.why_not);
  a.Nullable("por_ano", absences.done ? std::optional(absences.per_year) : std::nullopt);
  a.Nullable("dias_sin_explicar",
             absences.done ? std::optional(absences.unexplained) : std::nullopt);
}

// What stays as in the file has no interval.
template <typename Fitted>
void TellOrWhyNot(Writer& a, const Fitted& fitted, const calibration::Estimate& estimate) {
  a.Nullable("ajuste", fitted.told ? std::optional(estimate) : std::nullopt);
  a.Nullable("como_en_el_archivo", fitted.why_not);
}

void Fields(Writer& a, const calibration::FittedTrait& trait) {
  a.Field("rasgo", trait.trait);
  TellOrWhyNot(a, trait, trait.deviation);
}

void Fields(Writer& a, const calibration::FittedPair& pair) {
  a.Field("de", std::vector{pair.first, pair.second});
  TellOrWhyNot(a, pair, pair.correlation);
}

// Of a class of few people only its weight was fitted.
void Fields(Writer& a, const calibration::FittedClass& one) {
  const auto fitted = [&](const auto& value) {
    return one.fitted ? std::optional(value) : std::nullopt;
  };
  a.Field("nombre", one.name);
  a.Field("personas", one.people);
  a.Field("parte", one.weight);
  a.Nullable("franjas", fitted(one.bands));
  a.Nullable("omision", fitted(one.omission));
  a.Nullable("omision_de_ingreso", fitted(one.missing_entry));
  a.Nullable("sin_registro", fitted(one.unrecorded));
  a.Nullable("inasistencias", fitted(one.absences));
}

void Fields(Writer& a, const calibration::Goodness& goodness) {
  const auto done = [&](const auto& value) {
    return goodness.done ? std::optional(value) : std::nullopt;
  };
  a.Field("que", goodness.what);
  a.Nullable("no_se_hizo", goodness.why_not);
  a.Nullable("estadistico", done(goodness.statistic));
  a.Nullable("inflacion", done(goodness.inflation));
  a.Nullable("grados", done(goodness.degrees));
  a.Nullable("p", done(goodness.p));
  a.Nullable("mayor_diferencia", goodness.one_person ? std::nullopt : done(goodness.largest_gap));
  a.Nullable("donde", goodness.where);
}

void Fields(Writer& a, const calibration::MonthTest& month) {
  a.Field("mes", month.month);
  a.Field("observadas", month.observed);
  a.Field("previstas", month.mean);
  a.Field("bajo", month.low);
  a.Field("alto", month.high);
  a.Field("dentro", month.holds());
}

void Fields(Writer& a, const calibration::BackTest& test) {
  a.Nullable("no_se_hizo", test.why_not);
  a.Field("repeticiones", test.replications);
  a.Field("meses", test.months);
  a.Field("dias_de_inasistencia", test.absent);
}

void Fields(Writer& a, const calibration::Calibration& fitted) {
  a.Field("personas", fitted.people);
  a.Field("llegadas", fitted.arrivals);
  a.Field("antes_de_las_franjas", fitted.earlier);
  a.Field("despues_de_las_franjas", fitted.later);
  a.Field("certeza_de_la_clase", fitted.certainty);
  a.Field("clases", fitted.classes);
  a.Field("tarde", fitted.late);
  a.Field("omision", fitted.omission);
  a.Field("sin_registro", fitted.unrecorded);
  a.Field("inasistencias", fitted.absences);
  a.Field("rasgos", fitted.traits);
  a.Field("correlaciones", fitted.pairs);
  a.Field("bondad", fitted.goodness);
  a.Field("prueba", fitted.back_test);
}

void Fields(Writer& a, const CalibrationReport& report) {
  a.Field("titulo", report.title);
  a.Field("orden", report.command);
  a.Field("poblacion", report.population);
  a.Field("archivos", report.files);
  a.Field("calidad", report.quality);
  a.Field("calibracion", report.fitted);
}

std::string WriteCalibrationJson(const CalibrationReport& report) {
  Json document = {{"esquema", kCalibrationSchema},
                   {"herramienta", {{"nombre", "cotejo"}, {"version", report.tool_version}}}};
  const JsonOptions options;
  document.update(Writer(options).Of(report));
  return document.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace cotejo::reports
