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

std::string GroupText(int group) {
  const std::string g = Number(group);
  std::string text = "## Artículo " + g + " · Demoras de la clase " + g + "\n\n```norma\n";
  if (group % 20 == 0) {
    text += LadderGroup(g);
  } else if (group % 20 == 10) {
    text += Facts(g) + Scale(g, 9, 0) + "regla general_" + g + " cita COD:" + g +
            ".II sobre demora_" + g + " por mes entonces amonestación verbal\n";
  } else {
    text += Facts(g) + Scale(g, 10, group % 25 == 7 ? 5 : 0);
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
