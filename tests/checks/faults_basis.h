// A small regulation about absences and late arrivals, and the one in the folder of regulations,
// for the checks of proportion, incentives and rounding.
#pragma once

#include <filesystem>

#include "tests/checks/text_rules.h"

namespace cotejo::checks {

inline const std::string kFaults = R"(
jerarquía ley > reglamento
norma LEY "Ley de prueba" rango ley vigente desde 2020-01-01
norma DUDA "Fuente secundaria" rango ley vigente desde 2020-01-01 confianza media_alta
norma REG "Reglamento de prueba" rango reglamento vigente desde 2020-01-01
dato remoto: lógico = no
horario único cita REG:1 tramos 08:00 a 12:00, 14:00 a 18:00
hecho llegada en tramo excluye falta
  hora: hora entre 00:00 y 23:59 en pasos de 1 minuto
hecho falta en tramo excluye llegada
  días: días = 1/2 día entre 1/2 día y 1/2 día en pasos de 1/2 día
medida total por mes cita REG:2 = suma(falta.días) en pasos de 1/2 día
medida seguidas por mes cita REG:2 = racha(falta.días >= 1 día)
)";

inline const std::string kMinutes = R"(
hecho atraso derivado en tramo
  minutos: minutos
califica llegada como atraso cita REG:5 cuando hora > hora_fijada con minutos = hora - hora_fijada
medida minutos_del_mes por mes cita REG:5 = suma(atraso.minutos) en pasos de 1 minuto
)";

inline base::CheckReport CheckOnly(const std::string& code, const std::string& norma) {
  CheckOptions options;
  options.only = {code};
  return CheckText(norma, options);
}

inline base::CheckReport CheckRip(const std::vector<std::string>& codes) {
  base::SourceMap sources;
  base::Diagnostics diagnostics;
  const auto folder = std::filesystem::path(COTEJO_SOURCE_DIR) / "regulations" / "rip-2025";
  const auto regulation = rules::LoadRegulation(sources, folder.string(), {}, diagnostics);
  if (!regulation.rules) {
    for (const auto& diagnostic : diagnostics.all()) {
      ADD_FAILURE() << base::Render(diagnostic, sources, base::Language::Spanish);
    }
    return {};
  }
  CheckOptions options;
  options.only = codes;
  return Check(*regulation.rules, rules::BuildFamilies(*regulation.rules), options);
}

}  // namespace cotejo::checks
