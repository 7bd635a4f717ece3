#include "scenarios/calibration/tables.h"

#include <toml++/toml.h>

#include <algorithm>
#include <cmath>

#include "model/base/file.h"
#include "model/base/utf8.h"
#include "scenarios/calibration/evidence.h"

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

population::Trait TraitNamed(const std::string& name) {
  return *std::find_if(population::kAllTraits.begin(), population::kAllTraits.end(),
                       [&](population::Trait trait) { return name == population::KeyOf(trait); });
}

// No band has arrivals on both sides of the fixed hour.
bool CheckBands(const std::string& path, const toml::table& root, base::Diagnostics& diagnostics) {
  bool sound = true;
  for (const toml::table* item : List(root, "clase")) {
    for (const toml::table* band : List(*item, "llegada")) {
      const int from = (*band)["desde"].value_or(0);
      const int to = (*band)["hasta"].value_or(0);
      if (from > 0 || to <= 0) continue;
      const std::string where = path + ":" + std::to_string(band->source().begin.line);
      const std::string name = std::to_string(from) + " a " + std::to_string(to);
      diagnostics.Add({"calibrar-población",
                       base::Severity::Error,
                       {},
                       {where + ": la franja de " + name +
                            " va de antes a después de la hora fijada, y con «puntualidad» en "
                            "«[rasgos]» no se puede ajustar",
                        where + ": the band of " + name +
                            " goes from before the fixed hour to after it, and with 'puntualidad' "
                            "in '[rasgos]' it cannot be fitted"},
                       {"pártala en dos: hasta 0 y desde 1", "split it in two: to 0 and from 1"},
                       {}});
      sound = false;
    }
  }
  return sound;
}

// The population file takes at most one half of the shifts.
void WarnCut(const FittedClass& fitted, base::Diagnostics& diagnostics) {
  const auto percent = [](double share, char point) {
    std::string text = std::to_string(std::lround(share * 1000));
    text.insert(text.size() - 1, 1, point);
    return text;
  };
  diagnostics.Add(
      {"calibrar-tope",
       base::Severity::Warning,
       {},
       {"la clase «" + fitted.name + "» omite un registro en el " +
            percent(fitted.omission.value, ',') +
            " % de los tramos; el archivo de población no admite más del 50 %, y con eso se "
            "escribe",
        "the class '" + fitted.name + "' leaves a record out in " +
            percent(fitted.omission.value, '.') +
            " % of the shifts; the population file takes no more than 50 %, and has that"},
       {"al simular habrá menos omisiones que en los registros; vea si esas personas registran una "
        "sola vez por tramo por orden de la entidad, o si el reloj pierde marcaciones",
        "simulated there will be fewer of them than in the records; see whether those people are "
        "told to record once a shift, or the clock loses records"},
       {}});
}

// A table's own source, kept behind the new one for what the clock does not tell.
void Cite(Editor& editor, const toml::table& table, const std::string& source) {
  const toml::node* old = table.get("fuente");
  if (old == nullptr) return;
  const std::string before = old->value_or(std::string());
  editor.Replace(*old, Quoted(source + "; lo demás: " + before));
}

void EditTraits(Editor& editor, const toml::table& table, const Calibration& calibration,
                const base::Text& source) {
  std::string any;
  const auto edit = [&](const toml::node* node, double value, const std::string& name) {
    if (node == nullptr) return;
    editor.Replace(*node, Decimal(value));
    any += (any.empty() ? "" : ", ") + name;
  };
  for (const FittedTrait& trait : calibration.traits) {
    if (trait.told) edit(table.get(trait.trait), trait.deviation.value, trait.trait);
  }
  const auto pairs = List(table, "correlacion");
  for (std::size_t p = 0; p < pairs.size() && p < calibration.pairs.size(); ++p) {
    const FittedPair& pair = calibration.pairs[p];
    if (pair.told)
      edit(pairs[p]->get("valor"), pair.correlation.value, pair.first + " con " + pair.second);
  }
  if (!any.empty()) Cite(editor, table, any + ": " + source.es);
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

std::optional<TraitTable> ReadTraits(const std::string& path, base::Diagnostics& diagnostics) {
  const auto text = base::ReadTextFile(path, diagnostics);
  if (!text) return std::nullopt;
  const auto root = Parse(path, *text, diagnostics);
  if (!root) return std::nullopt;
  TraitTable traits;
  const toml::table* table = (*root)["rasgos"].as_table();
  if (table == nullptr) return traits;
  for (const population::Trait trait : population::kAllTraits)
    traits.deviation[static_cast<std::size_t>(trait)] =
        (*table)[population::KeyOf(trait)].value<double>();
  for (const toml::table* pair : List(*table, "correlacion")) {
    traits.pairs.push_back({TraitNamed((*pair)["de"][0].value_or(std::string())),
                            TraitNamed((*pair)["de"][1].value_or(std::string())),
                            (*pair)["valor"].value_or(0.0)});
  }
  if (traits.of(population::Trait::Punctuality) && !CheckBands(path, *root, diagnostics))
    return std::nullopt;
  return traits;
}

std::vector<std::string> ReadFixed(const std::string& path, base::Diagnostics& diagnostics) {
  std::vector<std::string> fixed;
  const auto text = base::ReadTextFile(path, diagnostics);
  const auto root = text ? Parse(path, *text, diagnostics) : std::nullopt;
  if (!root) return fixed;
  for (const toml::table* item : List(*root, "dato_fijo"))
    fixed.push_back((*item)["dato"].value_or(std::string()));
  return fixed;
}

std::string ShowMonths(const std::vector<std::string>& months) {
  const auto first = [&](std::size_t i) { return base::ParseDate(months[i] + "-01").value(); };
  std::vector<std::string> stretches;
  for (std::size_t from = 0, to = 0; from < months.size(); from = to) {
    for (to = from + 1; to < months.size() && first(to) == first(to - 1).first_of_next_month();)
      ++to;
    stretches.push_back(months[from] + (to - from == 1 ? "" : " a " + months[to - 1]));
  }
  std::string all;
  for (std::size_t i = 0; i < stretches.size(); ++i)
    all += (i == 0 ? "" : i + 1 == stretches.size() ? " y " : ", ") + stretches[i];
  return all;
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
    editor.Replace(*table.get("omision_por_mil"),
                   Decimal(std::min(fitted.omission.value, kMostOmissions) * 1000));
    if (fitted.omission.value > kMostOmissions) WarnCut(fitted, diagnostics);
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
  if (const toml::table* traits = (*root)["rasgos"].as_table())
    EditTraits(editor, *traits, calibration, source);
  return editor.Done();
}

}  // namespace cotejo::calibration
