#include <toml++/toml.h>

#include <algorithm>

#include "model/base/file.h"
#include "model/base/place.h"
#include "reports/suppressions/suppressions.h"

namespace cotejo::reports {

namespace {

using base::Text;

const std::vector<std::string> kKeys = {"hallazgo", "motivo", "responsable", "vence"};
const std::vector<std::string> kTables = {"supresion"};

class Reader {
 public:
  Reader(const base::SourceMap& sources, base::FileId file, base::Diagnostics& diagnostics)
      : sources_(sources), file_(file), diagnostics_(diagnostics) {}

  void Error(const toml::source_region& where, const char* code, Text message, Text hint = {}) {
    diagnostics_.Add(
        {code, base::Severity::Error, At(where), std::move(message), std::move(hint), {}});
  }

  std::vector<SuppressionEntry> Entries(const toml::table& root) {
    CheckKeys(root, kTables);
    std::vector<SuppressionEntry> entries;
    const toml::node* list = root.get("supresion");
    if (list == nullptr) return entries;
    const toml::array* tables = list->as_array();
    if (tables == nullptr || (!tables->empty() && !tables->is_homogeneous<toml::table>())) {
      Error(list->source(), "supresión-tipo",
            {"«supresion» debe ser una lista de tablas", "'supresion' must be a list of tables"},
            {"escriba cada una bajo [[supresion]]", "write each under [[supresion]]"});
      return entries;
    }
    for (const toml::node& node : *tables) entries.push_back(Entry(*node.as_table()));
    CheckRepeated(*tables, entries);
    return entries;
  }

 private:
  [[nodiscard]] base::Span At(const toml::source_region& where) const {
    return base::SpanAt(sources_, file_, static_cast<int>(where.begin.line),
                        static_cast<int>(where.begin.column));
  }

  SuppressionEntry Entry(const toml::table& table) {
    CheckKeys(table, kKeys);
    return {String(table, "hallazgo"),
            {String(table, "motivo"), String(table, "responsable"), Date(table, "vence")},
            At(table.source())};
  }

  void CheckKeys(const toml::table& table, const std::vector<std::string>& allowed) {
    for (const auto& [key, node] : table) {
      const std::string name(key.str());
      if (std::find(allowed.begin(), allowed.end(), name) != allowed.end()) continue;
      const std::string nearest = base::NearestName(name, allowed);
      Error(key.source(), "supresión-clave-desconocida",
            {"la clave «" + name + "» no se conoce aquí", "unknown key '" + name + "' here"},
            nearest.empty()
                ? Text{}
                : Text{"¿quiso decir «" + nearest + "»?", "did you mean '" + nearest + "'?"});
    }
  }

  const toml::node* Find(const toml::table& table, const char* key) {
    const toml::node* node = table.get(key);
    if (node == nullptr) {
      Error(table.source(), "supresión-falta-clave",
            {std::string("a la supresión le falta «") + key + "»",
             std::string("the suppression lacks '") + key + "'"});
    }
    return node;
  }

  std::string String(const toml::table& table, const char* key) {
    const toml::node* node = Find(table, key);
    if (node == nullptr) return {};
    const toml::value<std::string>* text = node->as_string();
    if (text == nullptr || text->get().find_first_not_of(" \t\n") == std::string::npos) {
      Error(node->source(), "supresión-tipo",
            {std::string("«") + key + "» debe ser un texto entre comillas, y decir algo",
             std::string("'") + key + "' must be a quoted text, and say something"});
      return {};
    }
    return text->get();
  }

  base::Date Date(const toml::table& table, const char* key) {
    const toml::node* node = Find(table, key);
    if (node == nullptr) return {};
    if (!node->is_date()) {
      Error(node->source(), "supresión-tipo",
            {std::string("«") + key + "» debe ser una fecha",
             std::string("'") + key + "' must be a date"},
            {"escriba año-mes-día sin comillas, como 2026-06-30",
             "write year-month-day without quotes, such as 2026-06-30"});
      return {};
    }
    const toml::date date = node->as_date()->get();
    return {date.year, date.month, date.day};
  }

  void CheckRepeated(const toml::array& tables, const std::vector<SuppressionEntry>& entries) {
    for (std::size_t i = 0; i < entries.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (entries[i].finding.empty() ||
            base::Fold(entries[i].finding) != base::Fold(entries[j].finding))
          continue;
        const int line = sources_.place(entries[j].span).line;
        Error(
            tables[i].source(), "supresión-repetida",
            {"«" + entries[i].finding + "» ya se suprimió en la línea " + std::to_string(line),
             "'" + entries[i].finding + "' is already suppressed on line " + std::to_string(line)});
        break;
      }
    }
  }

  const base::SourceMap& sources_;
  base::FileId file_;
  base::Diagnostics& diagnostics_;
};

}  // namespace

std::optional<Suppressions> ReadSuppressions(base::SourceMap& sources, const std::string& path,
                                             base::Diagnostics& diagnostics) {
  const std::optional<std::string> content = base::ReadTextFile(path, diagnostics);
  if (!content) return std::nullopt;
  const base::FileId file = sources.Add(path, *content);
  const std::size_t before = diagnostics.errors();
  Reader reader(sources, file, diagnostics);
  toml::table root;
  try {
    root = toml::parse(sources.file(file).content);
  } catch (const toml::parse_error& error) {
    reader.Error(error.source(), "supresiones-toml",
                 {"el archivo no es TOML válido", "the file is not valid TOML"},
                 {std::string(error.description()), std::string(error.description())});
    return std::nullopt;
  }
  Suppressions suppressions{path, reader.Entries(root)};
  if (diagnostics.errors() > before) return std::nullopt;
  return suppressions;
}

}  // namespace cotejo::reports
