#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "reports/json/codes.h"
#include "reports/json/json.h"

namespace cotejo::reports {

namespace {

using Json = nlohmann::json;

// One value of the document and the way to it, for messages: "revision.hallazgos[3].id".
struct Node {
  const Json* json = nullptr;  // null: missing, and already reported
  std::string path;
};

class Reader {
 public:
  Reader(base::FileId file, base::Diagnostics& diagnostics)
      : file_(file), diagnostics_(diagnostics) {}

  void Fail(const std::string& path, const base::Text& expected) {
    diagnostics_.Add(
        {.code = "informe-campo",
         .severity = base::Severity::Error,
         .span = {file_, 0, 0},
         .message = {fmt::format("«{}» {}", path, expected.es),
                     fmt::format("“{}” {}", path, expected.en)},
         .hint = {fmt::format("el formato es {}, descrito en docs/informe.md", kReportSchema),
                  fmt::format("the format is {}, described in docs/informe.md", kReportSchema)},
         .article = {}});
  }

  Node Child(const Node& parent, const char* key) {
    const std::string path = parent.path.empty() ? key : parent.path + "." + key;
    if (parent.json == nullptr) return {nullptr, path};
    if (!parent.json->is_object()) {
      Fail(parent.path, {"no es un objeto", "is not an object"});
      return {nullptr, path};
    }
    const auto found = parent.json->find(key);
    if (found == parent.json->end()) {
      Fail(path, {"falta", "is missing"});
      return {nullptr, path};
    }
    return {&*found, path};
  }

  static bool Null(const Node& node) { return node.json == nullptr || node.json->is_null(); }
  static bool Has(const Node& node, const char* key) {
    return node.json != nullptr && node.json->is_object() && node.json->contains(key);
  }

  void Read(const Node& node, std::string& out) {
    if (node.json == nullptr) return;
    if (!node.json->is_string()) return Fail(node.path, {"no es un texto", "is not a string"});
    out = node.json->get<std::string>();
  }
  void Read(const Node& node, bool& out) {
    if (node.json == nullptr) return;
    if (!node.json->is_boolean()) return Fail(node.path, {"no es lógico", "is not a boolean"});
    out = node.json->get<bool>();
  }
  // Also refuses what does not fit: no number is cut silently.
  template <typename Integer>
  requires std::is_integral_v<Integer>
  void Read(const Node& node, Integer& out) {
    if (node.json == nullptr) return;
    const bool fits = node.json->is_number_unsigned()
                          ? std::in_range<Integer>(node.json->get<std::uint64_t>())
                          : node.json->is_number_integer() &&
                                std::in_range<Integer>(node.json->get<std::int64_t>());
    if (!fits) return Fail(node.path, {"no es un entero válido", "is not a valid integer"});
    out = node.json->get<Integer>();
  }
  void Read(const Node& node, double& out) {
    if (node.json == nullptr) return;
    if (node.json->is_null()) {
      out = std::numeric_limits<double>::quiet_NaN();
    } else if (node.json->is_number()) {
      out = node.json->get<double>();
    } else {
      Fail(node.path, {"no es un número", "is not a number"});
    }
  }
  void Read(const Node& node, base::Text& out) {
    if (Null(node)) return;
    Read(Child(node, "es"), out.es);
    Read(Child(node, "en"), out.en);
  }
  void Read(const Node& node, base::Citation& out) {
    std::string text;
    Read(node, text);
    if (node.json == nullptr || !node.json->is_string()) return;
    out = base::ParseCitation(text);
    if (out.empty() && !text.empty()) Fail(node.path, {"no es una cita", "is not a citation"});
  }
  void Read(const Node& node, base::Date& out) {
    std::string text;
    Read(node, text);
    if (node.json == nullptr || !node.json->is_string()) return;
    const std::optional<base::Date> date = base::ParseDate(text);
    if (!date) return Fail(node.path, {"no es una fecha AAAA-MM-DD", "is not a date YYYY-MM-DD"});
    out = *date;
  }
  void Read(const Node& node, std::optional<base::Date>& out) {
    if (Null(node)) return;
    base::Date date;
    Read(node, date);
    out = date;
  }
  template <typename Enum, std::size_t N>
  void ReadCode(const Node& node, const Codes<Enum, N>& codes, Enum& out) {
    std::string text;
    Read(node, text);
    if (node.json == nullptr || !node.json->is_string()) return;
    for (const auto& [value, code] : codes) {
      if (code == text) {
        out = value;
        return;
      }
    }
    Fail(node.path, {fmt::format("tiene el valor desconocido «{}»", text),
                     fmt::format("has the unknown value “{}”", text)});
  }
  template <typename T>
  void Read(const Node& node, std::vector<T>& out) {
    if (node.json == nullptr) return;
    if (!node.json->is_array()) return Fail(node.path, {"no es una lista", "is not a list"});
    out.resize(node.json->size());
    for (std::size_t i = 0; i < out.size(); ++i) {
      Read(Node{&(*node.json)[i], fmt::format("{}[{}]", node.path, i)}, out[i]);
    }
  }

  void Read(const Node& node, NormInfo& out) {
    Read(Child(node, "nombre"), out.name);
    Read(Child(node, "titulo"), out.title);
    Read(Child(node, "rango"), out.rank);
    Read(Child(node, "rango_nombre"), out.rank_name);
    Read(Child(node, "emitida"), out.issued);
    Read(Child(node, "vigente_desde"), out.in_force_from);
    Read(Child(node, "vigente_hasta"), out.in_force_to);
    ReadCode(Child(node, "confianza"), kConfidenceCodes, out.confidence);
    Read(Child(node, "enmienda"), out.amendment);
  }
  void Read(const Node& node, ReadingChoice& out) {
    Read(Child(node, "nombre"), out.name);
    Read(Child(node, "descripcion"), out.description);
  }
  void Read(const Node& node, ReadingInfo& out) {
    Read(Child(node, "nombre"), out.name);
    Read(Child(node, "articulos"), out.citations);
    Read(Child(node, "opciones"), out.options);
    Read(Child(node, "supuesta"), out.assumed);
    Read(Child(node, "elegida"), out.chosen);
    const auto outside = [&](int i) { return i < 0 || i >= static_cast<int>(out.options.size()); };
    if (node.json != nullptr && (outside(out.assumed) || outside(out.chosen))) {
      Fail(node.path, {"elige una opción que no existe", "chooses an option that is not there"});
      out.assumed = out.chosen = 0;
    }
  }
  void Read(const Node& node, Coverage& out) {
    Read(Child(node, "disposiciones"), out.provisions);
    Read(Child(node, "reglas"), out.rules);
    Read(Child(node, "escalas"), out.scales);
    Read(Child(node, "medidas"), out.measures);
    Read(Child(node, "parametros"), out.parameters);
    Read(Child(node, "declaraciones"), out.statements);
    Read(Child(node, "casos"), out.cases);
  }
  void Read(const Node& node, base::WitnessFact& out) {
    Read(Child(node, "fecha"), out.date);
    Read(Child(node, "hecho"), out.description);
  }
  void Read(const Node& node, base::WitnessAnswer& out) {
    Read(Child(node, "articulo"), out.article);
    Read(Child(node, "regla"), out.rule);
    Read(Child(node, "respuesta"), out.description);
    Read(Child(node, "prevalece"), out.stands);
  }
  void Read(const Node& node, base::Witness& out) {
    Read(Child(node, "persona"), out.person);
    Read(Child(node, "hechos"), out.facts);
    Read(Child(node, "respuestas"), out.answers);
    Read(Child(node, "csv"), out.csv);
    Read(Child(node, "repetido"), out.replayed);
  }
  void Read(const Node& node, base::PassageQuote& out) {
    Read(Child(node, "articulo"), out.citation);
    Read(Child(node, "texto"), out.text);
  }
  void Read(const Node& node, base::Finding& out) {
    Read(Child(node, "id"), out.id);
    Read(Child(node, "codigo"), out.code);
    ReadCode(Child(node, "severidad"), kSeverityCodes, out.severity);
    Read(Child(node, "titulo"), out.title);
    Read(Child(node, "explicacion"), out.explanation);
    Read(Child(node, "articulos"), out.articles);
    Read(Child(node, "region"), out.region);
    Read(Child(node, "resolucion"), out.resolution);
    Read(Child(node, "lectura"), out.reading);
    Read(Child(node, "cotas"), out.bounds);
    Read(Child(node, "testigo"), out.witness);
    const bool quotes = node.json != nullptr && node.json->contains("pasajes");
    if (quotes) Read(Child(node, "pasajes"), out.passages);
  }
  void Read(const Node& node, base::QueryRecord& out) {
    Read(Child(node, "nombre"), out.name);
    Read(Child(node, "comprobacion"), out.check);
    Read(Child(node, "motor"), out.engine);
    ReadCode(Child(node, "veredicto"), kVerdictCodes, out.verdict);
    Read(Child(node, "motivo"), out.reason);
  }
  void Read(const Node& node, base::CheckReport& out) {
    const Node totals = Child(node, "totales");
    Read(Child(totals, "planeadas"), out.totals.planned);
    Read(Child(totals, "ejecutadas"), out.totals.run);
    Read(Child(totals, "probadas"), out.totals.proved);
    Read(Child(totals, "refutadas"), out.totals.refuted);
    Read(Child(totals, "desconocidas"), out.totals.unknown);
    Read(Child(totals, "sin_soporte"), out.totals.unsupported);
    Read(Child(node, "hallazgos"), out.findings);
    Read(Child(node, "consultas"), out.queries);
  }
  template <typename T>
  void Read(const Node& node, std::optional<T>& out) {
    if (Null(node)) return;
    Read(node, out.emplace());
  }
  void Read(const Node& node, AmendmentInfo& out) {
    Read(Child(node, "id"), out.id);
    Read(Child(node, "titulo"), out.title);
    Read(Child(node, "cambios"), out.changes);
    Read(Child(node, "revision"), out.checks);
  }
  void Read(const Node& node, year::Cell& out) {
    Read(Child(node, "clave"), out.key);
    Read(Child(node, "tabla"), out.table);
    Read(Child(node, "etiqueta"), out.label);
    ReadCode(Child(node, "unidad"), kUnitCodes, out.unit);
    Read(Child(node, "escala"), out.scale);
    Read(Child(node, "total"), out.total);
    Read(Child(node, "grupo"), out.group);
  }
  void Read(const Node& node, year::Statistics& out) {
    Read(Child(node, "media"), out.mean);
    Read(Child(node, "ic_bajo"), out.ci_low);
    Read(Child(node, "ic_alto"), out.ci_high);
    Read(Child(node, "anio_bajo"), out.year_low);
    Read(Child(node, "anio_alto"), out.year_high);
    Read(Child(node, "desvio"), out.sd);
  }
  void Read(const Node& node, year::RegulationResult& out) {
    Read(Child(node, "id"), out.id);
    Read(Child(node, "titulo"), out.title);
    Read(Child(node, "estadisticas"), out.statistics);
    Read(Child(node, "diferencias"), out.difference);
    if (Has(node, "valores")) Read(Child(node, "valores"), out.values);
  }
  void Read(const Node& node, year::MonthSeries& out) {
    Read(Child(node, "clave"), out.key);
    Read(Child(node, "etiqueta"), out.label);
    Read(Child(node, "base"), out.base);
    Read(Child(node, "enmiendas"), out.amended);
  }
  void Read(const Node& node, year::Forecast& out) {
    Read(Child(node, "gestion"), out.gestion);
    Read(Child(node, "semilla"), out.seed);
    Read(Child(node, "repeticiones"), out.replications);
    Read(Child(node, "personas"), out.staff);
    Read(Child(node, "poblacion"), out.population);
    Read(Child(node, "supuestos"), out.assumptions);
    Read(Child(node, "celdas"), out.cells);
    Read(Child(node, "regulaciones"), out.regulations);
    Read(Child(node, "series"), out.series);
    CheckShape(node.path, out);
  }
  void Read(const Node& node, ReportInput& out) {
    Read(Child(Child(node, "herramienta"), "version"), out.tool_version);
    Read(Child(node, "titulo"), out.title);
    Read(Child(node, "orden"), out.command);
    Read(Child(node, "cobertura"), out.coverage);
    Read(Child(node, "normas"), out.norms);
    Read(Child(node, "lecturas"), out.readings);
    Read(Child(node, "revision"), out.checks);
    Read(Child(node, "enmiendas"), out.amendments);
    Read(Child(node, "pronostico"), out.forecast);
  }

 private:
  // Every regulation has one statistic a cell, and all but the first one a difference.
  void CheckShape(const std::string& path, const year::Forecast& forecast) {
    for (std::size_t i = 0; i < forecast.regulations.size(); ++i) {
      const year::RegulationResult& regulation = forecast.regulations[i];
      const std::size_t differences = i == 0 ? 0 : forecast.cells.size();
      if (regulation.statistics.size() != forecast.cells.size() ||
          regulation.difference.size() != differences) {
        Fail(fmt::format("{}.regulaciones[{}]", path, i),
             {"no tiene una estadística por celda", "does not have one statistic for each cell"});
      }
    }
  }

  base::FileId file_;
  base::Diagnostics& diagnostics_;
};

}  // namespace

ReportInput ReadJson(base::SourceMap& sources, base::FileId file, base::Diagnostics& diagnostics) {
  ReportInput input;
  Reader reader(file, diagnostics);
  const Json document = Json::parse(sources.file(file).content, nullptr, false);
  if (document.is_discarded()) {
    diagnostics.Add({.code = "informe-json",
                     .severity = base::Severity::Error,
                     .span = {file, 0, 0},
                     .message = {"el archivo no es JSON válido", "the file is not valid JSON"},
                     .hint = {"se espera un informe escrito por «cotejo informe»",
                              "a report written by “cotejo report” is expected"},
                     .article = {}});
    return input;
  }
  std::string schema;
  const Node root{&document, ""};
  reader.Read(reader.Child(root, "esquema"), schema);
  if (schema != kReportSchema) {
    reader.Fail("esquema", {fmt::format("no es «{}»", kReportSchema),
                            fmt::format("is not “{}”", kReportSchema)});
    return input;
  }
  reader.Read(root, input);
  return input;
}

}  // namespace cotejo::reports
