#include "tests/benchmarks/generated_code.h"

#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace cotejo {

namespace {

constexpr int kGroupsAFile = 50;

std::string Number(int n) { return std::to_string(n); }

// Rows 1 .. 10, 11 .. 20 and so on; the last one is open.
std::string Rows(int first, int last, int missing) {
  std::string text;
  for (int row = first; row <= last; ++row) {
    if (row == missing) continue;
    const std::string low = Number(10 * (row - 1) + 1);
    const std::string high = row == last ? "" : " " + Number(10 * row);
    text += "  | " + low + " .." + high + " | descuento " + Number(row) + " días |\n";
  }
  return text;
}

std::string Facts(const std::string& g) {
  return "hecho demora_" + g +
         " en tramo\n"
         "  minutos: minutos entre 1 minuto y 120 minutos en pasos de 1 minuto\n"
         "medida minutos_" +
         g + " por mes cita COD:" + g + " = suma(demora_" + g + ".minutos) en pasos de 1 minuto\n";
}

std::string Scale(const std::string& g, int rows, int missing) {
  return "escala demoras_" + g + " cita COD:" + g + ".I sobre demora_" + g +
         " por mes según minutos_" + g + "\n" + Rows(1, rows, missing);
}

std::string LadderGroup(const std::string& g) {
  return Facts(g) + Scale(g, 7, 0) + "hecho conducta_" + g + " derivado\n" + "medida veces_" + g +
         " por gestión cita COD:" + g + " = cuenta(conducta_" + g + ")\n" + "califica demora_" + g +
         " por mes como conducta_" + g + " cita COD:" + g + ".II\n  cuando minutos_" + g +
         " > 60 minutos\n" + "escala reincidencia_" + g + " cita COD:" + g +
         ".III sobre conducta_" + g + " según veces_" + g +
         " parcial\n"
         "  | 2    | proceso              |\n"
         "  | 3    | proceso, destitución |\n"
         "  | 4 .. | destitución          |\n";
}

// Absences in half days, with a run: gaps and incompatible answers between a sum and a run.
std::string AbsenceGroup(const std::string& g) {
  return "hecho falta_" + g +
         " en tramo\n"
         "  días: días = 1/2 día entre 1/2 día y 1/2 día en pasos de 1/2 día\n"
         "medida total_" +
         g + " por mes cita COD:" + g + " = suma(falta_" + g +
         ".días) en pasos de 1/2 día\n"
         "medida racha_" +
         g + " por mes cita COD:" + g + " = racha(falta_" + g + ".días >= 1/2 día)\n" +
         "escala faltas_" + g + " cita COD:" + g + ".I sobre falta_" + g + " por mes según total_" +
         g + "\n" + Rows(1, 8, 0) + "regla seguidas_" + g + " cita COD:" + g + ".II sobre falta_" +
         g + " por mes\n  cuando racha_" + g +
         " >= 3 entonces proceso, destitución\nregla avisadas_" + g + " cita COD:" + g +
         ".III sobre falta_" + g +
         " salvo exento\n  entonces obligación UNIDAD \"comunicar la falta " + g +
         "\" en 24 horas\n";
}

// An entitlement by years of service, in whole days, under parameters of the article.
std::string EntitlementGroup(const std::string& g) {
  std::string text =
      "parámetro base_" + g + " cita COD:" + g + " = 10 días\n" + "hecho solicitud_" + g +
      " en día\n" + "unidad beneficio_" + g + " cita COD:" + g + " = 1/2 día\nescala beneficios_" +
      g + " cita COD:" + g + ".I sobre solicitud_" + g +
      " según antigüedad\n  | .. 1 año | derecho beneficio_" + g + " base_" + g + " |\n";
  for (int row = 1; row <= 8; ++row) {
    text += "  | " + Number(row) + " años y 1 día .. " + Number(row + 1) +
            " años | derecho beneficio_" + g + " " + Number(10 + row) + " días |\n";
  }
  return text + "  | 9 años y 1 día .. | derecho beneficio_" + g + " 20 días |\n";
}

// What a real article also has: what it states, whom it binds, what it refers to, its terms and
// an example of it.
std::string Around(int group) {
  const std::string g = Number(group);
  const std::string before = Number(group > 1 ? group - 1 : 1);
  std::string text = "declara COD:" + g + " \"asistencia de la clase " + g + "\"\ndeber COD:" + g +
                     ".X \"cumplir lo dispuesto para la clase " + g + "\"\n";
  if (group % 2 == 0) text += "remite COD:" + g + " a COD:" + before + " \"en lo no previsto\"\n";
  if (group % 7 == 3) {
    text += "trámite descargo_" + g + " cita COD:" + g + "\n  hito notificación\n" +
            "  hito descargo hasta 3 días hábiles desde notificación facultad persona\n" +
            "    si vence \"se resuelve sin él\" cita COD:" + g + "\n" +
            "  hito resolución hasta 10 días hábiles desde notificación obligación UNIDAD\n" +
            "    si vence \"no hay sanción\" cita COD:" + g + "\n";
  }
  return text;
}

std::string GroupText(int group) {
  const std::string g = Number(group);
  std::string text =
      "## Artículo " + g + " · Asistencia de la clase " + g + "\n\n```norma\n" + Around(group);
  if (group % 20 == 0) {
    text += LadderGroup(g);
  } else if (group % 20 == 10) {
    text += Facts(g) + Scale(g, 9, 0) + "regla general_" + g + " cita COD:" + g +
            ".II sobre demora_" + g + " por mes entonces amonestación verbal\n";
  } else if (group % 5 == 2) {
    text += AbsenceGroup(g);
  } else if (group % 5 == 4) {
    text += EntitlementGroup(g);
  } else {
    text +=
        Facts(g) + Scale(g, 10, group % 25 == 6 ? 5 : 0) + "caso \"diez minutos\" cita COD:" + g +
        "\n  dado demora_" + g +
        " tramo = 1, minutos = 10 minutos el 2025-03-10\n  espera descuento 1 día cita COD:" + g +
        ".I\n";
  }
  return text + "```\n\n";
}

}  // namespace

std::vector<GeneratedFile> GenerateCode(int rules) {
  std::vector<GeneratedFile> files;
  files.push_back({"000.norma.md",
                   "# Código generado\n\n```norma\n"
                   "jerarquía ley > código\n"
                   "norma COD \"Código generado\" rango código vigente desde 2020-01-01\n"
                   "órgano UNIDAD \"Unidad de personal\"\n"
                   "dato ingreso: fecha = 2020-01-02 entre 1995-01-01 y 2026-12-31\n"
                   "dato exento: lógico = no\n"
                   "define antigüedad de persona cita COD:0 = años(ingreso, fecha)\n"
                   "horario único cita COD:0 tramos 08:00 a 12:00, 14:00 a 18:00\n```\n"});
  const int groups = (rules + 9) / 10;
  for (int first = 1; first <= groups; first += kGroupsAFile) {
    GeneratedFile file{Number(1000 + first) + ".norma.md", "# Capítulo\n\n"};
    for (int g = first; g < first + kGroupsAFile && g <= groups; ++g) file.text += GroupText(g);
    files.push_back(std::move(file));
  }
  return files;
}

void WriteCode(const std::string& folder, int rules) {
  if (!std::filesystem::create_directories(folder)) {
    throw std::runtime_error(folder + " exists already");
  }
  for (const GeneratedFile& file : GenerateCode(rules)) {
    std::ofstream out(std::filesystem::path(folder) / file.name, std::ios::binary);
    out << file.text;
    if (!out.flush()) throw std::runtime_error("cannot write " + file.name);
  }
}

}  // namespace cotejo
