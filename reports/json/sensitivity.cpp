#include "reports/json/sensitivity.h"

#include "reports/json/writer.h"

namespace cotejo::study {

void Fields(reports::Writer& a, const Share& share) {
  a.Field("valor", share.value);
  a.Field("ic_bajo", share.low);
  a.Field("ic_alto", share.high);
}

// The parts of what hardly matters were not estimated.
void Fields(reports::Writer& a, const FactorEffect& effect) {
  a.Field("clave", effect.key);
  a.Field("supuesto", effect.factor);
  a.Field("efecto", effect.mean);
  a.Field("efecto_absoluto", effect.mean_abs);
  a.Field("dispersion", effect.sd);
  a.Nullable("solo", effect.studied ? std::optional(effect.first) : std::nullopt);
  a.Nullable("en_total", effect.studied ? std::optional(effect.total) : std::nullopt);
}

void Fields(reports::Writer& a, const SensitivityReport& report) {
  a.Field("texto", report.regulation);
  a.Field("poblacion", report.population);
  a.Field("personas", report.staff);
  a.Field("gestion", report.gestion);
  a.Field("semilla", report.seed);
  a.Field("repeticiones", report.replications);
  a.Field("simulaciones", report.runs);
  a.Field("casilla", report.watched);
  a.Field("rotulo", report.label);
  a.Field("supuestos", report.effects);
}

}  // namespace cotejo::study

namespace cotejo::reports {

std::string WriteSensitivityJson(const ReportInput& run, const study::SensitivityReport& report) {
  Json document = {{"esquema", kSensitivitySchema},
                   {"herramienta", {{"nombre", "cotejo"}, {"version", run.tool_version}}}};
  const JsonOptions options;
  document["titulo"] = Writer(options).Of(run.title);
  document["orden"] = run.command;
  document.update(Writer(options).Of(report));
  return document.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace cotejo::reports
