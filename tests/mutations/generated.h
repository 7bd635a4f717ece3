// Generated regulations: scales, rules, a cap and a law above, clean before anything is planted.
#pragma once

#include <string>

#include "tests/mutations/neutral.h"

namespace cotejo::mutations {

inline Book GenerateBook(std::uint64_t seed) {
  Dice dice(seed);
  std::string text = "# Reglamento inventado\n\n```norma\n";
  text +=
      "jerarquía ley > reglamento\n"
      "norma LEYG \"Ley inventada\" rango ley emitida 2000-01-01 vigente desde 2000-01-01\n"
      "norma RIG \"Reglamento inventado\" rango reglamento emitida 2010-01-01 "
      "vigente desde 2010-01-01\n";
  const std::size_t kinds = 2 + dice.Below(3);
  int article = 10;
  for (std::size_t k = 0; k < kinds; ++k) {
    const std::string kind = "falta_" + std::to_string(k + 1);
    const std::string total = "total_" + std::to_string(k + 1);
    const std::string at = std::to_string(article);
    const bool counted = dice.Below(2) == 0;
    text += "\nhecho " + kind + " en día\n";
    if (!counted) text += "  minutos: minutos entre 1 minuto y 300 minutos en pasos de 1 minuto\n";
    text += "medida " + total + " por mes cita RIG:" + at + " = " +
            (counted ? "cuenta(" + kind + ")" : "suma(" + kind + ".minutos) en pasos de 1 minuto") +
            "\n";
    text += "escala escala_" + std::to_string(k + 1) + " cita RIG:" + at + " sobre " + kind +
            " por mes según " + total + " falta leve\n";
    const std::size_t rows = 3 + dice.Below(4);
    std::size_t low = 1;
    for (std::size_t r = 0; r < rows; ++r) {
      const std::size_t width = counted ? 2 + dice.Below(2) : 10 + dice.Below(30);
      const bool last = r + 1 == rows;
      text += "  | " + std::to_string(low) + " .." +
              (last ? std::string() : " " + std::to_string(low + width - 1)) + " | ";
      text += r == 0 ? "sin sanción" : "descuento " + std::to_string(r) + "/2 día";
      text += " | cita RIG:" + at + "." + std::to_string(r + 1) + "\n";
      low += width;
    }
    text += "regla aviso_" + std::to_string(k + 1) + " cita RIG:" + std::to_string(article + 1) +
            " sobre " + kind + " por mes\n  cuando " + total + " >= " + std::to_string(low) +
            "\n  entonces obligación jefe \"avisar de la falta " + std::to_string(k + 1) + "\"\n";
    article += 2;
  }
  text +=
      "\nparámetro tope cita LEYG:1 = 12 días\n"
      "medida días_descontados por mes cita LEYG:1 = suma(sanción.días)\n"
      "regla tope_del_mes cita LEYG:1 sobre sanción por mes\n"
      "  cuando días_descontados > tope\n"
      "  entonces prohibición entidad \"descontar más del tope\"\n";
  text += "```\n";
  return {{"inventado.norma.md", text}};
}

}  // namespace cotejo::mutations
