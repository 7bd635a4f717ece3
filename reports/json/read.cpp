#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "reports/json/fields.h"
#include "reports/json/json.h"

namespace cotejo::reports {

namespace {

using Json = nlohmann::json;

// One value of the document and the way to it, for messages: "revision.hallazgos[3].id".
struct Node {
  const Json* json = nullptr;  // null: missing, and already reported
  std::string path;
};

class Reader;

// The archive that reads: one object of the document, field by field.
struct Object {
  static constexpr bool kWrites = false;
  Reader& reader;
  const Node& node;

  template <typename T>
  void Field(const char* key, T& out);
  template <typename T>
  void Nullable(const char* key, T& out);
  template <typename Enum, std::size_t N>
  void Code(const char* key, const Codes<Enum, N>& codes, Enum& out);
  template <typename T>
  void Optional(const char* key, T& out);
  void Require(bool holds, const base::Text& expected) const;
};

class Reader {
 public:
  Reader(base::FileId file, base::Diagnostics& diagnostics)
      : file_(file), diagnostics_(diagnostics) {}

  void Fail(const std::string& path, const base::Text& expected) {
    diagnostics_.Add(
        {.code = "informe-campo",
         .severity = base::Severity::Error,
         .span = {file_, 0, 0},
         .message = {fmt::format("«{}» {}", path, expected.es),
                     fmt::format("“{}” {}", path, expected.en)},
         .hint = {fmt::format("el formato es {}, descrito en docs/informe.md", kReportSchema),
                  fmt::format("the format is {}, described in docs/informe.md", kReportSchema)},
         .article = {}});
  }

  Node Child(const Node& parent, const char* key) {
    const std::string path = parent.path.empty() ? key : parent.path + "." + key;
    if (parent.json == nullptr) return {nullptr, path};
    if (!parent.json->is_object()) {
      Fail(parent.path, {"no es un objeto", "is not an object"});
      return {nullptr, path};
    }
    const auto found = parent.json->find(key);
    if (found == parent.json->end()) {
      Fail(path, {"falta", "is missing"});
      return {nullptr, path};
    }
    return {&*found, path};
  }

  static bool Null(const Node& node) { return node.json == nullptr || node.json->is_null(); }

  void Read(const Node& node, std::string& out) {
    if (node.json == nullptr) return;
    if (!node.json->is_string()) return Fail(node.path, {"no es un texto", "is not a string"});
    out = node.json->get<std::string>();
  }
  void Read(const Node& node, bool& out) {
    if (node.json == nullptr) return;
    if (!node.json->is_boolean()) return Fail(node.path, {"no es lógico", "is not a boolean"});
    out = node.json->get<bool>();
  }
  // Also refuses what does not fit: no number is cut silently.
  template <typename Integer>
  requires std::is_integral_v<Integer>
  void Read(const Node& node, Integer& out) {
    if (node.json == nullptr) return;
    const bool fits = node.json->is_number_unsigned()
                          ? std::in_range<Integer>(node.json->get<std::uint64_t>())
                          : node.json->is_number_integer() &&
                                std::in_range<Integer>(node.json->get<std::int64_t>());
    if (!fits) return Fail(node.path, {"no es un entero válido", "is not a valid integer"});
    out = node.json->get<Integer>();
  }
  void Read(const Node& node, double& out) {
    if (node.json == nullptr) return;
    if (node.json->is_null()) {
      out = std::numeric_limits<double>::quiet_NaN();
    } else if (node.json->is_number()) {
      out = node.json->get<double>();
    } else {
      Fail(node.path, {"no es un número", "is not a number"});
    }
  }
  void Read(const Node& node, base::Citation& out) {
    std::string text;
    Read(node, text);
    if (node.json == nullptr || !node.json->is_string()) return;
    out = base::ParseCitation(text);
    if (out.empty() && !text.empty()) Fail(node.path, {"no es una cita", "is not a citation"});
  }
  void Read(const Node& node, base::Date& out) {
    std::string text;
    Read(node, text);
    if (node.json == nullptr || !node.json->is_string()) return;
    const std::optional<base::Date> date = base::ParseDate(text);
    if (!date) return Fail(node.path, {"no es una fecha AAAA-MM-DD", "is not a date YYYY-MM-DD"});
    out = *date;
  }
  template <typename Enum, std::size_t N>
  void ReadCode(const Node& node, const Codes<Enum, N>& codes, Enum& out) {
    std::string text;
    Read(node, text);
    if (node.json == nullptr || !node.json->is_string()) return;
    for (const auto& [value, code] : codes) {
      if (code == text) {
        out = value;
        return;
      }
    }
    Fail(node.path, {fmt::format("tiene el valor desconocido «{}»", text),
                     fmt::format("has the unknown value “{}”", text)});
  }
  template <typename T>
  void Read(const Node& node, std::vector<T>& out) {
    if (node.json == nullptr) return;
    if (!node.json->is_array()) return Fail(node.path, {"no es una lista", "is not a list"});
    out.resize(node.json->size());
    for (std::size_t i = 0; i < out.size(); ++i) {
      Read(Node{&(*node.json)[i], fmt::format("{}[{}]", node.path, i)}, out[i]);
    }
  }

  template <typename T>
  void Read(const Node& node, std::optional<T>& out) {
    if (!Null(node)) Read(node, out.emplace());
  }
  // Anything else is an object of known fields.
  template <typename T>
  void Read(const Node& node, T& out) {
    Object object{*this, node};
    Fields(object, out);
  }

 private:
  base::FileId file_;
  base::Diagnostics& diagnostics_;
};

template <typename T>
void Object::Field(const char* key, T& out) {
  reader.Read(reader.Child(node, key), out);
}

template <typename T>
void Object::Nullable(const char* key, T& out) {
  const Node child = reader.Child(node, key);
  if (!Reader::Null(child)) reader.Read(child, out);
}

template <typename Enum, std::size_t N>
void Object::Code(const char* key, const Codes<Enum, N>& codes, Enum& out) {
  reader.ReadCode(reader.Child(node, key), codes, out);
}

template <typename T>
void Object::Optional(const char* key, T& out) {
  if (node.json != nullptr && node.json->is_object() && node.json->contains(key)) Field(key, out);
}

void Object::Require(bool holds, const base::Text& expected) const {
  if (!holds && node.json != nullptr) reader.Fail(node.path, expected);
}

}  // namespace

ReportInput ReadJson(base::SourceMap& sources, base::FileId file, base::Diagnostics& diagnostics) {
  ReportInput input;
  Reader reader(file, diagnostics);
  const Json document = Json::parse(sources.file(file).content, nullptr, false);
  if (document.is_discarded()) {
    diagnostics.Add({.code = "informe-json",
                     .severity = base::Severity::Error,
                     .span = {file, 0, 0},
                     .message = {"el archivo no es JSON válido", "the file is not valid JSON"},
                     .hint = {"se espera un informe escrito por «cotejo informe»",
                              "a report written by “cotejo report” is expected"},
                     .article = {}});
    return input;
  }
  std::string schema;
  const Node root{&document, ""};
  reader.Read(reader.Child(root, "esquema"), schema);
  if (schema != kReportSchema) {
    reader.Fail("esquema", {fmt::format("no es «{}»", kReportSchema),
                            fmt::format("is not “{}”", kReportSchema)});
    return input;
  }
  const Node tool = reader.Child(root, "herramienta");
  reader.Read(reader.Child(tool, "version"), input.tool_version);
  reader.Read(root, input);
  return input;
}

}  // namespace cotejo::reports
