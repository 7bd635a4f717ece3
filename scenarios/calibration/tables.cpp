#include "scenarios/calibration/tables.h"

#include <toml++/toml.h>

#include <algorithm>
#include <cmath>

#include "model/base/file.h"
#include "model/base/utf8.h"

namespace cotejo::calibration {
namespace {

constexpr double kWeights = 1'000'000;  // what the weights written add up to, about

// A piece of the text and what stands in its place.
struct Edit {
  std::size_t from = 0, to = 0;
  std::string text;
};

class Editor {
 public:
  explicit Editor(std::string text) : text_(std::move(text)) {
    starts_.push_back(0);
    for (std::size_t i = 0; i < text_.size(); ++i) {
      if (text_[i] == '\n') starts_.push_back(i + 1);
    }
  }

  [[nodiscard]] const std::string& text() const { return text_; }

  void Replace(const toml::node& node, std::string with) {
    edits_.push_back({At(node.source().begin), At(node.source().end), std::move(with)});
  }

  std::string Done() {
    std::sort(edits_.begin(), edits_.end(),
              [](const Edit& a, const Edit& b) { return a.from > b.from; });
    for (const Edit& edit : edits_) text_.replace(edit.from, edit.to - edit.from, edit.text);
    return std::move(text_);
  }

 private:
  // Columns count code points.
  [[nodiscard]] std::size_t At(const toml::source_position& place) const {
    std::size_t at = starts_[place.line - 1];
    for (toml::source_index column = 1; column < place.column && at < text_.size(); ++column)
      at += base::FirstCodePoint(std::string_view(text_).substr(at)).length;
    return at;
  }

  std::string text_;
  std::vector<std::size_t> starts_;
  std::vector<Edit> edits_;
};

// The file parsed; nothing, with a diagnostic, for what cannot be calibrated.
std::optional<toml::table> Parse(const std::string& path, const std::string& text,
                                 base::Diagnostics& diagnostics) {
  const auto refuse = [&](base::Text message, base::Text hint) {
    diagnostics.Add(
        {"calibrar-población", base::Severity::Error, {}, std::move(message), std::move(hint), {}});
    return std::nullopt;
  };
  toml::table root;
  try {
    root = toml::parse(text);
  } catch (const toml::parse_error&) {
    return refuse({"«" + path + "» no es TOML válido", "'" + path + "' is not valid TOML"}, {});
  }
  if (const auto of = root["de"].value<std::string>()) {
    return refuse({"«" + path + "» no tiene tablas de conducta: usa las de «" + *of + "»",
                   "'" + path + "' has no tables of behaviour: it uses those of '" + *of + "'"},
                  {"calibre ese archivo", "calibrate that file"});
  }
  if (root.contains("rasgos")) {
    return refuse({"«" + path + "» tiene «[rasgos]», y lo que varía entre personas no se ajusta",
                   "'" + path + "' has '[rasgos]', and what varies among people is not fitted"},
                  {"calibre el archivo sin esa tabla: lo que varía dentro de una clase queda en "
                   "la prueba de bondad",
                   "calibrate the file without that table: what varies within a class is left to "
                   "the test of fit"});
  }
  return root;
}

// The tables of a list; the file was read before, so that what is not there cannot be.
std::vector<const toml::table*> List(const toml::table& table, const char* key) {
  std::vector<const toml::table*> items;
  if (const toml::array* array = table[key].as_array()) {
    for (const toml::node& node : *array) {
      if (const toml::table* item = node.as_table()) items.push_back(item);
    }
  }
  return items;
}

std::string Decimal(double value) {
  std::string text = std::to_string(std::round(value * 1000) / 1000);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text += '0';
  return text;
}

std::string Quoted(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

std::string Weight(double share) { return std::to_string(std::llround(share * kWeights)); }

// A table's own source, kept behind the new one for what the clock does not tell.
void Cite(Editor& editor, const toml::table& table, const std::string& source) {
  const toml::node* old = table.get("fuente");
  if (old == nullptr) return;
  const std::string before = old->value_or(std::string());
  editor.Replace(*old, Quoted(source + "; lo demás: " + before));
}

}  // namespace

std::optional<std::vector<ClassTable>> ReadTables(const std::string& path,
                                                  base::Diagnostics& diagnostics) {
  const auto text = base::ReadTextFile(path, diagnostics);
  if (!text) return std::nullopt;
  const auto root = Parse(path, *text, diagnostics);
  if (!root) return std::nullopt;
  std::vector<ClassTable> tables;
  double weights = 0;
  for (const toml::table* item : List(*root, "clase")) {
    const toml::table& table = *item;
    ClassTable read;
    read.name = table["nombre"].value_or(std::string());
    read.weight = table["peso"].value_or(0.0);
    read.omission = table["omision_por_mil"].value_or(0.0) / 1000;
    read.missing_entry = table["omision_de_ingreso_por_ciento"].value_or(0.0) / 100;
    for (const toml::table* rate : List(table, "inasistencia"))
      read.absences.push_back(
          {(*rate)["medios_dias"].value_or(0), (*rate)["por_ano"].value_or(0.0)});
    double shares = 0;
    for (const toml::table* band : List(table, "llegada")) {
      read.bands.push_back({(*band)["desde"].value_or(0), (*band)["hasta"].value_or(0),
                            (*band)["peso"].value_or(0.0)});
      shares += read.bands.back().share;
    }
    for (Band& band : read.bands) band.share /= shares;
    weights += read.weight;
    tables.push_back(std::move(read));
  }
  for (ClassTable& table : tables) table.weight /= weights;
  return tables;
}

std::optional<std::string> WriteCalibrated(const std::string& path, const Calibration& calibration,
                                           const base::Text& source,
                                           base::Diagnostics& diagnostics) {
  const auto text = base::ReadTextFile(path, diagnostics);
  if (!text) return std::nullopt;
  const auto root = Parse(path, *text, diagnostics);
  if (!root) return std::nullopt;
  Editor editor(*text);
  const auto classes = List(*root, "clase");
  for (std::size_t k = 0; k < classes.size() && k < calibration.classes.size(); ++k) {
    const toml::table& table = *classes[k];
    const FittedClass& fitted = calibration.classes[k];
    editor.Replace(*table.get("peso"), Weight(fitted.weight.value));
    Cite(editor, table,
         fitted.fitted ? source.es : "peso " + source.es + "; con muy pocas personas para más");
    if (!fitted.fitted) continue;
    const auto bands = List(table, "llegada");
    for (std::size_t b = 0; b < bands.size() && b < fitted.bands.size(); ++b)
      editor.Replace(*bands[b]->get("peso"), Weight(fitted.bands[b].share.value));
    // The population file takes at most one half.
    editor.Replace(*table.get("omision_por_mil"),
                   Decimal(std::min(fitted.omission.value, 0.5) * 1000));
    if (fitted.missing_entry.weight > 0) {
      editor.Replace(*table.get("omision_de_ingreso_por_ciento"),
                     std::to_string(std::lround(fitted.missing_entry.value * 100)));
    }
    const auto spells = List(table, "inasistencia");
    for (std::size_t j = 0; j < spells.size() && j < fitted.absences.size(); ++j) {
      if (fitted.absences[j].told != Told::File)
        editor.Replace(*spells[j]->get("por_ano"), Decimal(fitted.absences[j].per_year.value));
    }
  }
  // How sure the fit is of its frequencies, as the deviation of their logarithm.
  if (const toml::table* uncertainty = (*root)["incertidumbre"].as_table()) {
    std::string any;
    for (const auto& [key, estimate] :
         {std::pair("atrasos", &calibration.late), std::pair("omisiones", &calibration.omission),
          std::pair("inasistencias", &calibration.absences.per_year)}) {
      const toml::node* node = uncertainty->get(key);
      if (node == nullptr || estimate->low <= 0) continue;
      const double deviation = std::log(estimate->high / estimate->low) / (2 * 1.96);
      editor.Replace(*node, Decimal(std::clamp(deviation, 0.001, 2.0)));
      any += (any.empty() ? "" : ", ") + std::string(key);
    }
    if (!any.empty()) Cite(editor, *uncertainty, any + ": " + source.es);
  }
  return editor.Done();
}

}  // namespace cotejo::calibration
