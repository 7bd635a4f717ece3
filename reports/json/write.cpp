#include <nlohmann/json.hpp>

#include "reports/json/codes.h"
#include "reports/json/json.h"

namespace cotejo::reports {

namespace {

using Json = nlohmann::ordered_json;  // keys in the order of the schema's documentation

// A class only so that the overloads see one another whatever their order: their arguments
// live in other namespaces.
struct Writer {
  static Json Of(const base::Text& text) {
    return {{"es", text.es}, {"en", text.in(base::Language::English)}};
  }

  static Json Of(const base::Citation& citation) { return citation.str(); }

  static Json Of(const std::optional<base::Date>& date) {
    return date ? Json(date->str()) : Json(nullptr);
  }

  template <typename T>
  static Json List(const std::vector<T>& items) {
    Json list = Json::array();
    for (const T& item : items) list.push_back(Of(item));
    return list;
  }

  static Json Of(const NormInfo& norm) {
    return {{"nombre", norm.name},
            {"titulo", norm.title},
            {"rango", norm.rank},
            {"rango_nombre", norm.rank_name},
            {"emitida", Of(norm.issued)},
            {"vigente_desde", Of(norm.in_force_from)},
            {"vigente_hasta", Of(norm.in_force_to)},
            {"confianza", CodeOf(kConfidenceCodes, norm.confidence)},
            {"enmienda", norm.amendment}};
  }

  static Json Of(const ReadingChoice& option) {
    return {{"nombre", option.name}, {"descripcion", option.description}};
  }

  static Json Of(const ReadingInfo& reading) {
    return {{"nombre", reading.name},
            {"articulos", List(reading.citations)},
            {"opciones", List(reading.options)},
            {"supuesta", reading.assumed},
            {"elegida", reading.chosen}};
  }

  static Json Of(const Coverage& coverage) {
    return {{"disposiciones", coverage.provisions},
            {"reglas", coverage.rules},
            {"escalas", coverage.scales},
            {"medidas", coverage.measures},
            {"parametros", coverage.parameters},
            {"declaraciones", coverage.statements},
            {"casos", coverage.cases}};
  }

  static Json Of(const base::WitnessFact& fact) {
    return {{"fecha", fact.date.str()}, {"hecho", Of(fact.description)}};
  }

  static Json Of(const base::WitnessAnswer& answer) {
    return {{"articulo", Of(answer.article)},
            {"regla", answer.rule},
            {"respuesta", Of(answer.description)},
            {"prevalece", answer.stands}};
  }

  static Json Of(const base::Witness& witness) {
    return {{"persona", List(witness.person)},
            {"hechos", List(witness.facts)},
            {"respuestas", List(witness.answers)},
            {"csv", witness.csv},
            {"repetido", witness.replayed}};
  }

  static Json Of(const base::PassageQuote& quote) {
    return {{"articulo", Of(quote.citation)}, {"texto", quote.text}};
  }

  // Without an imported text there is nothing to quote, and no "pasajes".
  static Json Of(const base::Finding& finding) {
    Json out = WithoutPassages(finding);
    if (!finding.passages.empty()) out["pasajes"] = List(finding.passages);
    return out;
  }

  static Json WithoutPassages(const base::Finding& finding) {
    return {{"id", finding.id},
            {"codigo", finding.code},
            {"severidad", CodeOf(kSeverityCodes, finding.severity)},
            {"titulo", Of(finding.title)},
            {"explicacion", Of(finding.explanation)},
            {"articulos", List(finding.articles)},
            {"region", List(finding.region)},
            {"resolucion", finding.resolution.empty() ? Json(nullptr) : Of(finding.resolution)},
            {"lectura", Of(finding.reading)},
            {"cotas", Of(finding.bounds)},
            {"testigo", Of(finding.witness)}};
  }

  static Json Of(const base::QueryRecord& query) {
    return {{"nombre", query.name},
            {"comprobacion", query.check},
            {"motor", query.engine},
            {"veredicto", CodeOf(kVerdictCodes, query.verdict)},
            {"motivo", query.reason.empty() ? Json(nullptr) : Of(query.reason)}};
  }

  static Json Of(const base::CheckReport& report) {
    const base::CheckTotals& totals = report.totals;
    return {{"totales",
             {{"planeadas", totals.planned},
              {"ejecutadas", totals.run},
              {"probadas", totals.proved},
              {"refutadas", totals.refuted},
              {"desconocidas", totals.unknown},
              {"sin_soporte", totals.unsupported}}},
            {"hallazgos", List(report.findings)},
            {"consultas", List(report.queries)}};
  }

  static Json Of(const AmendmentInfo& amendment) {
    return {{"id", amendment.id},
            {"titulo", Of(amendment.title)},
            {"cambios", List(amendment.changes)},
            {"revision", amendment.checks ? Of(*amendment.checks) : Json(nullptr)}};
  }

  static Json Of(const year::Cell& cell) {
    return {{"clave", cell.key},          {"tabla", cell.table},
            {"etiqueta", Of(cell.label)}, {"unidad", CodeOf(kUnitCodes, cell.unit)},
            {"escala", cell.scale},       {"total", cell.total},
            {"grupo", cell.group}};
  }

  // A number that is not finite (an interval over one replication) is written as null.
  static Json Of(const year::Statistics& statistics) {
    return {{"media", statistics.mean},          {"ic_bajo", statistics.ci_low},
            {"ic_alto", statistics.ci_high},     {"anio_bajo", statistics.year_low},
            {"anio_alto", statistics.year_high}, {"desvio", statistics.sd}};
  }

  static Json OfRegulation(const year::RegulationResult& regulation, const JsonOptions& options) {
    Json out = {{"id", regulation.id},
                {"titulo", Of(regulation.title)},
                {"estadisticas", List(regulation.statistics)},
                {"diferencias", List(regulation.difference)}};
    if (options.values) out["valores"] = regulation.values;
    return out;
  }

  static Json Of(const year::MonthSeries& series) {
    return {{"clave", series.key},
            {"etiqueta", Of(series.label)},
            {"base", series.base},
            {"enmiendas", series.amended}};
  }

  // Forecast::engine stays out: the result does not depend on it, and neither may the bytes.
  static Json OfForecast(const year::Forecast& forecast, const JsonOptions& options) {
    Json regulations = Json::array();
    for (const year::RegulationResult& regulation : forecast.regulations) {
      regulations.push_back(OfRegulation(regulation, options));
    }
    return {{"gestion", forecast.gestion},           {"semilla", forecast.seed},
            {"repeticiones", forecast.replications}, {"personas", forecast.staff},
            {"poblacion", forecast.population},      {"supuestos", List(forecast.assumptions)},
            {"celdas", List(forecast.cells)},        {"regulaciones", std::move(regulations)},
            {"series", List(forecast.series)}};
  }
};

}  // namespace

std::string WriteJson(const ReportInput& input, const JsonOptions& options) {
  const Json document = {
      {"esquema", kReportSchema},
      {"herramienta", {{"nombre", "cotejo"}, {"version", input.tool_version}}},
      {"titulo", input.title},
      {"orden", input.command},
      {"cobertura", Writer::Of(input.coverage)},
      {"normas", Writer::List(input.norms)},
      {"lecturas", Writer::List(input.readings)},
      {"revision", input.checks ? Writer::Of(*input.checks) : Json(nullptr)},
      {"enmiendas", Writer::List(input.amendments)},
      {"pronostico",
       input.forecast ? Writer::OfForecast(*input.forecast, options) : Json(nullptr)}};
  // Texts that are not UTF-8 must not throw here: they are written with U+FFFD.
  return document.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace cotejo::reports
