// The fields of a report's JSON, once for both directions: an archive reads or writes each.
//
// An archive has Field (there and of its type), Nullable (null when empty), Code (a word of a
// table in codes.h), Optional (left out unless asked for) and Require (checked on reading).
#pragma once

#include <type_traits>

#include "reports/json/codes.h"
#include "reports/report.h"

namespace cotejo::reports {

// What an archive may do with a value: change it when it reads.
template <typename Archive, typename T>
using Of = std::conditional_t<Archive::kWrites, const T, T>;

template <typename Archive>
void Fields(Archive& a, Of<Archive, base::Text>& text) {
  a.Field("es", text.es);
  a.Field("en", text.en);
}

// ---- The regulation ----------------------------------------------------------------

template <typename Archive>
void Fields(Archive& a, Of<Archive, Coverage>& coverage) {
  a.Field("disposiciones", coverage.provisions);
  a.Field("reglas", coverage.rules);
  a.Field("escalas", coverage.scales);
  a.Field("medidas", coverage.measures);
  a.Field("parametros", coverage.parameters);
  a.Field("declaraciones", coverage.statements);
  a.Field("casos", coverage.cases);
}

template <typename Archive>
void Fields(Archive& a, Of<Archive, NormInfo>& norm) {
  a.Field("nombre", norm.name);
  a.Field("titulo", norm.title);
  a.Field("rango", norm.rank);
  a.Field("rango_nombre", norm.rank_name);
  a.Nullable("emitida", norm.issued);
  a.Nullable("vigente_desde", norm.in_force_from);
  a.Nullable("vigente_hasta", norm.in_force_to);
  a.Code("confianza", kConfidenceCodes, norm.confidence);
  a.Field("enmienda", norm.amendment);
}

template <typename Archive>
void Fields(Archive& a, Of<Archive, ReadingChoice>& option) {
  a.Field("nombre", option.name);
  a.Field("descripcion", option.description);
}

template <typename Archive>
void Fields(Archive& a, Of<Archive, ReadingInfo>& reading) {
  a.Field("nombre", reading.name);
  a.Field("articulos", reading.citations);
  a.Field("opciones", reading.options);
  a.Field("supuesta", reading.assumed);
  a.Field("elegida", reading.chosen);
  const auto inside = [&](int i) { return i >= 0 && i < static_cast<int>(reading.options.size()); };
  a.Require(inside(reading.assumed) && inside(reading.chosen),
            {"elige una opción que no existe", "chooses an option that is not there"});
}

// ---- Findings ----------------------------------------------------------------------

template <typename Archive>
void Fields(Archive& a, Of<Archive, base::WitnessFact>& fact) {
  a.Field("fecha", fact.date);
  a.Field("hecho", fact.description);
}

template <typename Archive>
void Fields(Archive& a, Of<Archive, base::WitnessAnswer>& answer) {
  a.Field("articulo", answer.article);
  a.Field("regla", answer.rule);
  a.Field("respuesta", answer.description);
  a.Field("prevalece", answer.stands);
  a.Nullable("fecha", answer.date);
}

template <typename Archive>
void Fields(Archive& a, Of<Archive, base::Witness>& witness) {
  a.Nullable("etiqueta", witness.label);
  a.Field("persona", witness.person);
  a.Field("hechos", witness.facts);
  a.Field("respuestas", witness.answers);
  a.Field("csv", witness.csv);
  a.Field("repetido", witness.replayed);
}

template <typename Archive>
void Fields(Archive& a, Of<Archive, base::Condition>& condition) {
  a.Nullable("articulo", condition.article);
  a.Field("texto", condition.text);
}

template <typename Archive>
void Fields(Archive& a, Of<Archive, base::Mend>& mend) {
  a.Field("titulo", mend.title);
  a.Field("enmienda", mend.amendment);
  a.Field("ediciones", mend.edits);
  a.Field("quita", mend.removes);
  a.Field("introduce", mend.introduced);
}

template <typename Archive>
void Fields(Archive& a, Of<Archive, base::Suppression>& suppression) {
  a.Field("motivo", suppression.reason);
  a.Field("responsable", suppression.owner);
  a.Field("vence", suppression.until);
}

template <typename Archive>
void Fields(Archive& a, Of<Archive, base::PassageQuote>& quote) {
  a.Field("articulo", quote.citation);
  a.Field("texto", quote.text);
}

// Those that are offered apart from those that were only tried.
template <typename Archive>
void MendFields(Archive& a, Of<Archive, base::Finding>& finding) {
  std::vector<base::Mend> offered;
  std::vector<base::Mend> refused;
  for (const base::Mend& mend : finding.mends) (mend.removes ? offered : refused).push_back(mend);
  a.Field("remedios", offered);
  if constexpr (Archive::kWrites) {
    a.Field("remedios_descartados", refused);
  } else {
    // A report written before they were told apart is still read: `--desde` compares with it.
    a.Optional("remedios_descartados", refused);
    finding.mends = std::move(offered);
    finding.mends.insert(finding.mends.end(), refused.begin(), refused.end());
  }
}

template <typename Archive>
void Fields(Archive& a, Of<Archive, base::Finding>& finding) {
  a.Field("id", finding.id);
  a.Field("codigo", finding.code);
  a.Code("severidad", kSeverityCodes, finding.severity);
  a.Field("titulo", finding.title);
  a.Field("explicacion", finding.explanation);
  a.Field("articulos", finding.articles);
  a.Field("region", finding.region);
  a.Nullable("resolucion", finding.resolution);
  a.Field("lectura", finding.reading);
  a.Field("lecturas", finding.under);
  a.Field("cotas", finding.bounds);
  a.Code("evidencia", kEvidenceCodes, finding.evidence);
  a.Field("testigo", finding.witness);
  a.Nullable("contraparte", finding.counterpart);
  a.Field("condiciones", finding.conditions);
  a.Field("condiciones_todas", finding.all_sets);
  MendFields(a, finding);
  a.Nullable("supresion", finding.suppression);
  a.Field("pasajes", finding.passages);
}

template <typename Archive>
void Fields(Archive& a, Of<Archive, base::QueryRecord>& query) {
  a.Field("nombre", query.name);
  a.Field("comprobacion", query.check);
  a.Field("motor", query.engine);
  a.Code("veredicto", kVerdictCodes, query.verdict);
  a.Nullable("motivo", query.reason);
  a.Nullable("cotas", query.bounds);
  a.Code("evidencia", kEvidenceCodes, query.evidence);
}

template <typename Archive>
void Fields(Archive& a, Of<Archive, base::CheckTotals>& totals) {
  a.Field("planeadas", totals.planned);
  a.Field("ejecutadas", totals.run);
  a.Field("probadas", totals.proved);
  a.Field("refutadas", totals.refuted);
  a.Field("desconocidas", totals.unknown);
  a.Field("sin_soporte", totals.unsupported);
  a.Field("sin_comprobar", totals.not_run);
}

template <typename Archive>
void Fields(Archive& a, Of<Archive, base::CheckSummary>& check) {
  a.Field("codigo", check.code);
  a.Field("grupo", check.group);
  a.Field("titulo", check.title);
  a.Field("pagina", check.page);
  a.Field("totales", check.totals);
  a.Field("hallazgos", check.findings);
}

template <typename Archive>
void Fields(Archive& a, Of<Archive, base::CheckReport>& report) {
  a.Field("totales", report.totals);
  a.Field("comprobaciones", report.checks);
  a.Field("hallazgos", report.findings);
  a.Field("consultas", report.queries);
}

template <typename Archive>
void Fields(Archive& a, Of<Archive, AmendmentInfo>& amendment) {
  a.Field("id", amendment.id);
  a.Field("titulo", amendment.title);
  a.Field("cambios", amendment.changes);
  a.Nullable("revision", amendment.checks);
}

// ---- The forecast ------------------------------------------------------------------

template <typename Archive>
void Fields(Archive& a, Of<Archive, year::Cell>& cell) {
  a.Field("clave", cell.key);
  a.Field("tabla", cell.table);
  a.Field("etiqueta", cell.label);
  a.Code("unidad", kUnitCodes, cell.unit);
  a.Field("escala", cell.scale);
  a.Field("total", cell.total);
  a.Field("grupo", cell.group);
}

// What cannot be estimated (an interval over one replication) is null, and so is all of a cell
// that is not shown.
template <typename Archive>
void Fields(Archive& a, Of<Archive, year::Statistics>& statistics) {
  a.Field("media", statistics.mean);
  a.Field("ic_bajo", statistics.ci_low);
  a.Field("ic_alto", statistics.ci_high);
  a.Field("anio_bajo", statistics.year_low);
  a.Field("anio_alto", statistics.year_high);
  a.Field("desvio", statistics.sd);
  a.Field("desvio_supuestos", statistics.sd_input);
}

template <typename Archive>
void Fields(Archive& a, Of<Archive, year::RegulationResult>& regulation) {
  a.Field("id", regulation.id);
  a.Field("titulo", regulation.title);
  a.Field("estadisticas", regulation.statistics);
  a.Field("diferencias", regulation.difference);
  a.Optional("valores", regulation.values);
}

template <typename Archive>
void Fields(Archive& a, Of<Archive, year::MonthSeries>& series) {
  a.Field("clave", series.key);
  a.Field("etiqueta", series.label);
  a.Field("base", series.base);
  a.Field("enmiendas", series.amended);
}

// Forecast::engine stays out: the result does not depend on it, and neither may the bytes.
template <typename Archive>
void Fields(Archive& a, Of<Archive, year::Forecast>& forecast) {
  a.Field("gestion", forecast.gestion);
  a.Field("semilla", forecast.seed);
  a.Field("repeticiones", forecast.replications);
  a.Field("sorteos", forecast.draws);
  a.Field("personas", forecast.staff);
  a.Field("poblacion", forecast.population);
  a.Field("supuestos", forecast.assumptions);
  a.Field("celdas", forecast.cells);
  a.Field("regulaciones", forecast.regulations);
  a.Field("series", forecast.series);
  bool whole = true;
  for (std::size_t i = 0; i < forecast.regulations.size(); ++i) {
    const std::size_t differences = i == 0 ? 0 : forecast.cells.size();
    whole = whole && forecast.regulations[i].statistics.size() == forecast.cells.size() &&
            forecast.regulations[i].difference.size() == differences;
  }
  a.Require(whole, {"no tiene una estadística por celda en cada regulación",
                    "does not have one statistic for each cell in every regulation"});
}

// ---- Exposure ----------------------------------------------------------------------

template <typename Archive>
void Fields(Archive& a, Of<Archive, exposure::Figure>& figure) {
  a.Field("anios_persona", figure.met);
  a.Field("por_mil", figure.per_thousand);
  a.Field("ic_bajo", figure.low);
  a.Field("ic_alto", figure.high);
}

template <typename Archive>
void Fields(Archive& a, Of<Archive, exposure::Exposure>& exposure) {
  a.Field("hallazgo", exposure.finding);
  a.Nullable("se_cuenta", exposure.counted);
  a.Nullable("no_se_mide", exposure.why_not);
  a.Nullable("medida", exposure.figure);
}

template <typename Archive>
void Fields(Archive& a, Of<Archive, exposure::ExposureReport>& exposure) {
  a.Field("poblacion", exposure.population);
  a.Field("gestion", exposure.gestion);
  a.Field("semilla", exposure.seed);
  a.Field("repeticiones", exposure.replications);
  a.Field("personas", exposure.staff);
  a.Field("hallazgos", exposure.findings);
}

// ---- The whole ---------------------------------------------------------------------

template <typename Archive>
void Fields(Archive& a, Of<Archive, ReadingsTried>& tried) {
  a.Code("modo", kReadingScopeCodes, tried.scope);
  a.Field("asignaciones", tried.assignments);
}

template <typename Archive>
void Fields(Archive& a, Of<Archive, SuppressionFile>& file) {
  a.Field("archivo", file.file);
  a.Field("fecha", file.today);
  a.Field("entradas", file.entries);
}

template <typename Archive>
void Fields(Archive& a, Of<Archive, ReportInput>& input) {
  a.Field("titulo", input.title);
  a.Field("orden", input.command);
  if constexpr (Archive::kWrites) {
    a.Field("interrumpido", input.interrupted);
  } else {
    // A report written before it was told is still read.
    a.Optional("interrumpido", input.interrupted);
  }
  a.Field("cobertura", input.coverage);
  a.Field("normas", input.norms);
  a.Field("lecturas", input.readings);
  a.Field("alcance_de_lecturas", input.tried);
  a.Nullable("supresiones", input.suppressions);
  a.Nullable("revision", input.checks);
  a.Field("enmiendas", input.amendments);
  if constexpr (Archive::kWrites) {
    a.Nullable("exposicion", input.exposure);
  } else {
    // A report written before it was measured is still read.
    a.Optional("exposicion", input.exposure);
  }
  a.Nullable("pronostico", input.forecast);
}

}  // namespace cotejo::reports
