#include "reports/labels.h"

namespace cotejo::reports {

namespace {

struct Word {
  std::string_view key;
  std::string_view es;
  std::string_view en;
};

// A name this list does not know is shown as it is, in both languages.
template <std::size_t N>
base::Text Lookup(const Word (&words)[N], std::string_view key) {
  for (const Word& word : words) {
    if (word.key == key) return {std::string(word.es), std::string(word.en)};
  }
  return {std::string(key), std::string(key)};
}

}  // namespace

base::Text SeverityLabel(base::FindingSeverity severity) {
  switch (severity) {
    case base::FindingSeverity::Error:
      return {"error", "error"};
    case base::FindingSeverity::Warning:
      return {"advertencia", "warning"};
    case base::FindingSeverity::Information:
      return {"información", "information"};
  }
  return {};
}

base::Text SeverityPlural(base::FindingSeverity severity) {
  switch (severity) {
    case base::FindingSeverity::Error:
      return {"errores", "errors"};
    case base::FindingSeverity::Warning:
      return {"advertencias", "warnings"};
    case base::FindingSeverity::Information:
      return {"informaciones", "notes"};
  }
  return {};
}

base::Text VerdictLabel(base::Verdict verdict) {
  switch (verdict) {
    case base::Verdict::Proved:
      return {"probada", "proved"};
    case base::Verdict::Refuted:
      return {"refutada", "refuted"};
    case base::Verdict::Unknown:
      return {"desconocida", "unknown"};
    case base::Verdict::Unsupported:
      return {"sin soporte", "unsupported"};
    case base::Verdict::NotRun:
      return {"sin comprobar", "not run"};
  }
  return {};
}

base::Text ConfidenceLabel(rules::Confidence confidence) {
  switch (confidence) {
    case rules::Confidence::High:
      return {"alta", "high"};
    case rules::Confidence::MediumPlus:
      return {"media-alta", "medium-high"};
    case rules::Confidence::Medium:
      return {"media", "medium"};
    case rules::Confidence::Low:
      return {"baja", "low"};
    case rules::Confidence::Unstated:
      return {"sin declarar", "not stated"};
  }
  return {};
}

base::Text UnitLabel(year::CellUnit unit) {
  switch (unit) {
    case year::CellUnit::Count:
      return {"casos", "cases"};
    case year::CellUnit::Persons:
      return {"personas", "people"};
    case year::CellUnit::Days:
      return {"días", "days"};
    case year::CellUnit::Centavos:
      return {"Bs", "Bs"};
  }
  return {};
}

base::Text TableLabel(std::string_view table) {
  static constexpr Word kTables[] = {
      {"sanciones", "sanciones", "sanctions"},
      {"descuentos", "descuentos", "pay deductions"},
      {"personas", "personas sancionadas", "people sanctioned"},
      {"procesos", "procesos internos", "internal processes"},
      {"contradicciones", "contradicciones vividas", "contradictions met"},
      {"huecos", "huecos vividos", "gaps met"},
      {"vacaciones", "vacaciones", "vacations"},
      {"refrigerio", "refrigerio", "meal allowance"},
  };
  return Lookup(kTables, table);
}

base::Text EngineLabel(std::string_view engine) {
  static constexpr Word kEngines[] = {
      {"barrido", "barrido", "sweep"},
      {"z3", "Z3", "Z3"},
  };
  return Lookup(kEngines, engine);
}

base::Text CodeLabel(std::string_view code) {
  static constexpr Word kCodes[] = {
      {"contradicción", "contradicción", "contradiction"},
      {"hueco", "hueco", "gap"},
      {"granularidad", "granularidad", "granularity"},
      {"solapamiento", "solapamiento", "overlap"},
      {"doble-sanción", "doble sanción", "double punishment"},
      {"ambigüedad", "ambigüedad", "ambiguity"},
      {"inversión", "inversión", "inversion"},
      {"tope", "tope", "cap"},
  };
  return Lookup(kCodes, code);
}

}  // namespace cotejo::reports
