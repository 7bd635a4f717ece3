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

base::Text EvidenceLabel(base::Evidence evidence) {
  switch (evidence) {
    case base::Evidence::Replayed:
      return {"repetido en el intérprete", "replayed in the interpreter"};
    case base::Evidence::Quoted:
      return {"citado a la letra", "quoted word for word"};
    case base::Evidence::SecondSolver:
      return {"confirmado por un segundo demostrador", "confirmed by a second prover"};
    case base::Evidence::Enumerated:
      return {"enumerado caso por caso", "enumerated case by case"};
    case base::Evidence::SolverAlone:
      return {"sólo el demostrador Z3", "the Z3 prover alone"};
    case base::Evidence::None:
      return {"sin evidencia", "no evidence"};
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
    case year::CellUnit::Hours:
      return {"horas", "hours"};
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
      {"aguinaldo", "aguinaldo", "year-end bonus"},
      {"puestos", "puestos: quién se va y quién entra", "posts: who leaves and who joins"},
      {"servicio", "servicio", "service"},
      {"trámites", "trámites y sus plazos", "procedures and their terms"},
  };
  return Lookup(kTables, table);
}

base::Text EngineLabel(std::string_view engine) {
  static constexpr Word kEngines[] = {
      {"barrido", "barrido", "sweep"},
      {"z3", "Z3", "Z3"},
      {"intérprete", "intérprete", "interpreter"},
      {"grafo", "grafo", "graph"},
      {"texto", "texto", "text"},
  };
  return Lookup(kEngines, engine);
}

base::Text CodeLabel(std::string_view code) {
  static constexpr Word kCodes[] = {
      {"contradicción", "contradicción", "contradiction"},
      {"conflicto-resuelto", "conflicto-resuelto", "resolved-conflict"},
      {"doble-sanción", "doble-sanción", "double-punishment"},
      {"conflicto-de-categoría", "conflicto-de-categoría", "category-conflict"},
      {"texto-superado", "texto-superado", "superseded-text"},
      {"hueco", "hueco", "gap"},
      {"granularidad", "granularidad", "granularity"},
      {"redondeo", "redondeo", "rounding"},
      {"deber-sin-sanción", "deber-sin-sanción", "duty-without-sanction"},
      {"sanción-sin-deber", "sanción-sin-deber", "sanction-without-duty"},
      {"plazo-sin-consecuencia", "plazo-sin-consecuencia", "term-without-consequence"},
      {"plazo-sin-inicio", "plazo-sin-inicio", "term-without-start"},
      {"término-sin-definir", "término-sin-definir", "undefined-term"},
      {"caso-sin-horario", "caso-sin-horario", "case-without-schedule"},
      {"solapamiento", "solapamiento", "overlap"},
      {"regla-redundante", "regla-redundante", "redundant-rule"},
      {"regla-muerta", "regla-muerta", "dead-rule"},
      {"regla-que-no-decide", "regla-que-no-decide", "rule-that-never-decides"},
      {"supuesto-vacío", "supuesto-vacío", "vacuous-assumption"},
      {"inversión", "inversión", "inversion"},
      {"tope-excedido", "tope-excedido", "cap-exceeded"},
      {"proceso-omitido", "proceso-omitido", "process-skipped"},
      {"incentivo-perverso", "incentivo-perverso", "perverse-incentive"},
      {"escapatoria", "escapatoria", "loophole"},
      {"plazos-incompatibles", "plazos-incompatibles", "incompatible-terms"},
      {"derecho-que-caduca", "derecho-que-caduca", "lapsing-right"},
      {"ciclo-de-plazos", "ciclo-de-plazos", "cycle-of-terms"},
      {"horas-y-días-hábiles", "horas-y-días-hábiles", "hours-and-business-days"},
      {"referencia-rota", "referencia-rota", "broken-reference"},
      {"referencia-circular", "referencia-circular", "circular-reference"},
      {"fechas-distintas", "fechas-distintas", "different-dates"},
      {"órgano-ajeno", "órgano-ajeno", "foreign-organ"},
      {"numeración-con-salto", "numeración-con-salto", "skipped-numbering"},
      {"escalera", "escalera", "ladder"},
      {"pasaje-cambiado", "pasaje-cambiado", "changed-passage"},
      {"ambigüedad", "ambigüedad", "ambiguity"},
      {"supresión-vencida", "supresión-vencida", "lapsed-suppression"},
      {"supresión-sin-uso", "supresión-sin-uso", "unused-suppression"},
  };
  return Lookup(kCodes, code);
}

}  // namespace cotejo::reports
