// Generated regulations: scales, rules with exceptions, terms, duties, references and a law
// above that caps and asks for a process, clean before anything is planted.
#pragma once

#include <string>

#include "tests/mutations/neutral.h"

namespace cotejo::mutations {

class Generator {
 public:
  explicit Generator(std::uint64_t seed) : dice_(seed) {}

  Book Make() {
    const std::size_t kinds = 2 + dice_.Below(2);
    for (std::size_t k = 1; k <= kinds; ++k) AddFault(std::to_string(k));
    const std::size_t requests = 1 + dice_.Below(2);
    for (std::size_t k = 1; k <= requests; ++k) AddRequest(std::to_string(k));
    AddStructure();
    // Every article has its heading, so that what no file heads does not exist.
    std::string headings;
    for (int article = 1; article <= article_; ++article) {
      headings += "## Artículo " + std::to_string(article) + " · Materia " +
                  std::to_string(article) + "\nResumen.\n\n";
    }
    return {{"inventado.norma.md",
             "# Reglamento inventado\n\n```norma\n"
             "jerarquía ley > reglamento\n"
             "norma RIG \"Reglamento inventado\" rango reglamento emitida 2010-01-01 "
             "vigente desde 2010-01-01\n```\n\n" +
                 headings + "```norma\n" + text_ + "```\n"},
            {"ley.norma.md", Law()}};
  }

 private:
  std::string Next() { return "RIG:" + std::to_string(++article_); }
  std::string Number(std::size_t least, std::size_t span) {
    return std::to_string(least + dice_.Below(span));
  }

  static std::string Law() {
    return "# Ley inventada\n\n```norma\n"
           "norma LEYG \"Ley inventada\" rango ley emitida 2000-01-01 vigente desde 2000-01-01\n"
           "\nparámetro tope cita LEYG:1 = 12 días\n"
           "medida días_descontados por mes cita LEYG:1 = suma(sanción.días)\n"
           "regla tope_del_mes cita LEYG:1 sobre sanción por mes\n"
           "  cuando días_descontados > tope\n"
           "  entonces prohibición entidad \"descontar más del tope\"\n"
           "exige proceso para destitución cita LEYG:2\n"
           "exige proceso para falta gravísima cita LEYG:2\n```\n";
  }

  // A fault, how it adds up in a month, its scale and a rule about the largest sums.
  void AddFault(const std::string& k) {
    const std::string kind = "falta_" + k;
    const std::string total = "total_" + k;
    const std::string at = Next();
    const bool counted = dice_.Below(2) == 0;
    text_ += "\nhecho " + kind + " en día\n";
    if (!counted) text_ += "  minutos: minutos entre 1 minuto y 300 minutos en pasos de 1 minuto\n";
    text_ += "medida " + total + " por mes cita " + at + " = " +
             (counted ? "cuenta(" + kind + ")" : "suma(" + kind + ".minutos) en pasos de 1 minuto");
    text_ += "\nescala escala_" + k + " cita " + at + " sobre " + kind + " por mes según " + total +
             "\n";
    const std::size_t rows = 3 + dice_.Below(3);
    const bool removal = dice_.Below(2) == 0;
    std::size_t low = 1;
    for (std::size_t r = 0; r < rows; ++r) {
      const std::size_t width = counted ? 2 + dice_.Below(2) : 10 + dice_.Below(30);
      const bool last = r + 1 == rows;
      text_ += "  | " + std::to_string(low) + " .." +
               (last ? std::string() : " " + std::to_string(low + width - 1)) + " | ";
      text_ += r == 0            ? "sin sanción | falta leve"
               : last && removal ? "proceso, destitución | falta gravísima"
                                 : "descuento " + std::to_string(r) + "/2 día | falta leve";
      text_ += " cita " + at + "." + std::to_string(r + 1) + "\n";
      low += width;
    }
    text_ += "regla aviso_" + k + " cita " + Next() + " sobre " + kind + " por mes\n  cuando " +
             total + " >= " + std::to_string(low) +
             "\n  entonces obligación jefe \"avisar de la falta " + k + "\"\n";
    text_ += "deber " + Next() + " \"no cometer la falta " + k + "\"\n";
    text_ += "tutela RIG:" + std::to_string(article_) + " con " + at + "\n";
  }

  // A request with an exception that another rule answers, the terms of its answer, and what
  // it earns.
  void AddRequest(const std::string& k) {
    const std::string kind = "pedido_" + k;
    const std::string action = "\"tramitar el pedido " + k + "\"";
    text_ += "\nhecho " + kind + " en día\n  incompleto: lógico\n";
    text_ += "regla trámite_" + k + " cita " + Next() + " sobre " + kind +
             "\n  salvo incompleto\n  entonces obligación jefe " + action + "\n";
    text_ += "regla rechazo_" + k + " cita " + Next() + " sobre " + kind +
             "\n  cuando incompleto\n  entonces prohibición jefe " + action + "\n";
    text_ += "unidad descanso_" + k + " cita " + Next() + " = 1/2 día\n";
    text_ += "regla descanso_por_" + kind + " cita " + Next() + " sobre " + kind +
             "\n  cuando no incompleto\n  entonces derecho descanso_" + k + " " + Number(1, 3) +
             " días\n";
    const std::string at = Next();
    const std::string wait = Number(3, 4);
    const std::string most = Number(10, 10);
    text_ += "trámite respuesta_" + k + " cita " + at + "\n  hito " + kind +
             "\n  hito informe hasta " + most + " días hábiles desde " + kind +
             " obligación jefe\n    si vence \"se tiene por favorable\" cita " + at +
             "\n  hito respuesta tras " + wait + " días hábiles desde informe obligación jefe" +
             "\n  hito respuesta hasta " + most + " días hábiles desde informe obligación jefe" +
             "\n    si vence \"se tiene por aceptado\" cita " + at + "\n  hito reclamo hasta " +
             most + " días hábiles desde respuesta facultad persona" +
             "\n    si vence \"el derecho caduca\" cita " + at + "\n";
    const std::string draft = Next();
    text_ += "trámite revisión_" + k + " cita " + draft + "\n  hito " + kind +
             "\n  hito borrador hasta " + most + " días desde " + kind +
             " obligación jefe\n    si vence \"responde el superior\" cita " + draft +
             "\n  hito copia hasta " + most + " días desde borrador obligación jefe" +
             "\n    si vence \"responde el superior\" cita " + draft + "\n";
  }

  // Provisions that say nothing themselves and send to others.
  void AddStructure() {
    const std::string first = Next();
    const std::string second = Next();
    text_ += "\ndeclara " + first + " \"a qué se aplica\"\n";
    text_ += "remite " + second + " a RIG:1 \"la falta es la del primer artículo\"\n";
  }

  Dice dice_;
  std::string text_;
  int article_ = 0;
};

inline Book GenerateBook(std::uint64_t seed) { return Generator(seed).Make(); }

}  // namespace cotejo::mutations
