#include "scenarios/population/reader.h"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "model/base/place.h"

namespace cotejo::population {
namespace {

std::string Quoted(const std::string& text) { return "«" + text + "»"; }

template <typename Value>
base::Text Between(Value low, Value high) {
  const auto shown = [](Value value) {
    std::ostringstream text;  // 500 and 0.5, not 500.000000
    text.precision(15);
    text << value;
    return text.str();
  };
  return {"entre " + shown(low) + " y " + shown(high),
          "between " + shown(low) + " and " + shown(high)};
}

// Numbers and dates are figures; booleans and names are not.
bool IsFigure(const toml::node& node) {
  if (node.is_number() || node.is_date()) return true;
  const toml::array* array = node.as_array();
  return array != nullptr &&
         std::any_of(array->begin(), array->end(), [](const toml::node& n) { return IsFigure(n); });
}

const toml::table& EmptyTable() {
  static const toml::table empty;
  return empty;
}

}  // namespace

base::Span Reader::At(const toml::source_region& where) const {
  return base::SpanAt(sources_, file_, static_cast<int>(where.begin.line),
                      static_cast<int>(where.begin.column));
}

void Reader::Error(const toml::source_region& where, const char* code, base::Text message,
                   base::Text hint) {
  diagnostics_.Add(
      {code, base::Severity::Error, At(where), std::move(message), std::move(hint), {}});
}

void Reader::CheckKeys(const toml::table& table, std::vector<std::string> allowed) {
  allowed.emplace_back("fuente");
  for (const auto& [key, node] : table) {
    const std::string name(key.str());
    if (std::find(allowed.begin(), allowed.end(), name) != allowed.end()) continue;
    const std::string nearest = base::NearestName(name, allowed);
    Error(key.source(), "población-clave-desconocida",
          {"la clave " + Quoted(name) + " no se conoce aquí", "unknown key '" + name + "' here"},
          nearest.empty() ? base::Text{}
                          : base::Text{"¿quiso decir " + Quoted(nearest) + "?",
                                       "did you mean '" + nearest + "'?"});
  }
}

void Reader::CheckSources(const toml::table& root, std::vector<base::Text>& found) {
  CheckSourcesOf(root, "", false, found);
}

void Reader::CheckSourcesOf(const toml::table& table, const std::string& name, bool inherited,
                            std::vector<base::Text>& found) {
  const toml::node* source = table.get("fuente");
  const bool has = source != nullptr && source->is_string() && !source->as_string()->get().empty();
  if (has)
    found.push_back(
        {(name.empty() ? "el archivo" : Quoted(name)) + ": " + source->as_string()->get(),
         (name.empty() ? "the file" : "'" + name + "'") + ": " + source->as_string()->get()});
  for (const auto& [key, node] : table) {
    const std::string child =
        name.empty() ? std::string(key.str()) : name + "." + std::string(key.str());
    if (IsFigure(node) && !has && !inherited) {
      Error(key.source(), "población-sin-fuente",
            {"la cifra " + Quoted(child) + " no dice de dónde sale",
             "the figure '" + child + "' does not say where it comes from"},
            {"agregue a su tabla fuente = \"…\", o la palabra «sintético»",
             "add fuente = \"…\" to its table, or the word 'sintético'"});
    }
    if (const toml::table* inner = node.as_table()) {
      CheckSourcesOf(*inner, child, inner->is_inline() && (has || inherited), found);
    }
    if (const toml::array* list = node.as_array()) {
      for (const toml::node& item : *list) {
        if (const toml::table* inner = item.as_table())
          CheckSourcesOf(*inner, child, inner->is_inline() && (has || inherited), found);
      }
    }
  }
}

const toml::node* Reader::Find(const toml::table& table, const std::string& key) {
  const toml::node* node = table.get(key);
  if (node == nullptr && &table != &EmptyTable()) {
    Error(table.source(), "población-falta-clave",
          {"falta la clave " + Quoted(key), "missing key '" + key + "'"});
  }
  return node;
}

void Reader::WrongType(const toml::node& node, const std::string& key, const base::Text& expected) {
  Error(node.source(), "población-tipo",
        {Quoted(key) + " debe ser " + expected.es, "'" + key + "' must be " + expected.en});
}

std::string Reader::String(const toml::table& table, const char* key) {
  const toml::node* node = Find(table, key);
  if (node == nullptr) return {};
  if (!node->is_string() || node->as_string()->get().empty()) {
    WrongType(*node, key, {"un texto entre comillas", "a quoted text"});
    return {};
  }
  return node->as_string()->get();
}

bool Reader::Boolean(const toml::table& table, const char* key) {
  const toml::node* node = Find(table, key);
  if (node == nullptr) return false;
  if (!node->is_boolean()) {
    WrongType(*node, key, {"true o false", "true or false"});
    return false;
  }
  return node->as_boolean()->get();
}

std::int64_t Reader::Integer(const toml::table& table, const char* key, std::int64_t low,
                             std::int64_t high) {
  const toml::node* node = Find(table, key);
  if (node == nullptr) return low;
  if (!node->is_integer() || node->as_integer()->get() < low || node->as_integer()->get() > high) {
    const base::Text range = Between(low, high);
    WrongType(*node, key, {"un número entero " + range.es, "a whole number " + range.en});
    return low;
  }
  return node->as_integer()->get();
}

std::int64_t Reader::IntegerOr(const toml::table& table, const char* key, std::int64_t otherwise,
                               std::int64_t low, std::int64_t high) {
  return table.contains(key) ? Integer(table, key, low, high) : otherwise;
}

double Reader::Number(const toml::table& table, const char* key, double low, double high) {
  const toml::node* node = Find(table, key);
  if (node == nullptr) return low;
  const auto value = node->value<double>();
  if (!node->is_number() || !value || !std::isfinite(*value) || *value < low || *value > high) {
    const base::Text range = Between(low, high);
    WrongType(*node, key, {"un número " + range.es, "a number " + range.en});
    return low;
  }
  return *value;
}

base::Date Reader::Date(const toml::table& table, const char* key) {
  const toml::node* node = Find(table, key);
  if (node == nullptr) return {};
  if (!node->is_date()) {
    WrongType(*node, key, {"una fecha como 2025-02-17", "a date such as 2025-02-17"});
    return {};
  }
  const toml::date date = node->as_date()->get();
  return {date.year, date.month, date.day};
}

const toml::table& Reader::Table(const toml::table& table, const char* key) {
  const toml::node* node = Find(table, key);
  if (node == nullptr) return EmptyTable();
  if (!node->is_table()) {
    WrongType(*node, key, {"una tabla", "a table"});
    return EmptyTable();
  }
  return *node->as_table();
}

std::vector<const toml::table*> Reader::List(const toml::table& table, const std::string& key) {
  std::vector<const toml::table*> tables;
  const toml::node* node = Find(table, key);
  if (node == nullptr) return tables;
  const toml::array* array = node->as_array();
  if (array == nullptr || array->empty() || !array->is_homogeneous<toml::table>()) {
    WrongType(*node, key, {"una lista de tablas que no esté vacía", "a non-empty list of tables"});
    return tables;
  }
  for (const toml::node& item : *array) tables.push_back(item.as_table());
  return tables;
}

std::vector<std::string> Reader::Strings(const toml::table& table, const char* key) {
  std::vector<std::string> texts;
  const toml::node* node = Find(table, key);
  if (node == nullptr) return texts;
  const toml::array* array = node->as_array();
  if (array == nullptr || (!array->empty() && !array->is_homogeneous<std::string>())) {
    WrongType(*node, key, {"una lista de textos", "a list of texts"});
    return texts;
  }
  for (const toml::node& item : *array) texts.push_back(item.as_string()->get());
  return texts;
}

}  // namespace cotejo::population
