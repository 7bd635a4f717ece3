// The archive that writes JSON: one object of the document, field by field (fields.h).
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "reports/json/codes.h"
#include "reports/json/json.h"

namespace cotejo::reports {

using Json = nlohmann::ordered_json;  // keys in the order of the schema's documentation

// An object with room for its fields: one that grows copies, deep, all it already has.
inline Json ObjectWithRoom(std::size_t fields) {
  Json object = Json::object();
  object.get_ref<Json::object_t&>().reserve(fields);
  return object;
}

class Writer {
 public:
  static constexpr bool kWrites = true;
  explicit Writer(const JsonOptions& options) : options_(options) {}

  template <typename T>
  void Field(const char* key, const T& value) {
    object_[key] = Of(value);
  }
  void Nullable(const char* key, const base::Text& text) {
    object_[key] = text.empty() ? Json(nullptr) : Of(text);
  }
  void Nullable(const char* key, const base::Citation& citation) {
    object_[key] = citation.empty() ? Json(nullptr) : Of(citation);
  }
  void Nullable(const char* key, base::Date date) {
    object_[key] = date == base::Date{} ? Json(nullptr) : Of(date);
  }
  template <typename T>
  void Nullable(const char* key, const std::optional<T>& value) {
    object_[key] = value ? Of(*value) : Json(nullptr);
  }
  template <typename Enum, std::size_t N>
  void Code(const char* key, const Codes<Enum, N>& codes, Enum value) {
    object_[key] = CodeOf(codes, value);
  }
  template <typename T>
  void Optional(const char* key, const T& value) {
    if (options_.values) Field(key, value);
  }
  void Require(bool /*holds*/, const base::Text& /*expected*/) {}

  // The object of a value with fields.
  template <typename T>
  Json Of(const T& value) {
    if constexpr (std::is_arithmetic_v<T> || std::is_same_v<T, std::string>) {
      return value;
    } else {
      Writer inner(options_);
      Fields(inner, value);
      return std::move(inner.object_);
    }
  }
  static Json Of(const base::Citation& citation) { return citation.str(); }
  static Json Of(base::Date date) { return date.str(); }
  static Json Of(const base::Text& text) {
    Json object = ObjectWithRoom(2);
    object["es"] = text.es;
    object["en"] = text.in(base::Language::English);
    return object;
  }
  template <typename T>
  Json Of(const std::vector<T>& items) {
    Json list = Json::array();
    list.get_ref<Json::array_t&>().reserve(items.size());
    for (const T& item : items) list.push_back(Of(item));
    return list;
  }

 private:
  const JsonOptions& options_;
  static constexpr std::size_t kFields = 24;  // as many as a finding has
  Json object_ = ObjectWithRoom(kFields);
};

}  // namespace cotejo::reports
