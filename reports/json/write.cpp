#include <algorithm>
#include <nlohmann/json.hpp>

#include "model/base/utf8.h"
#include "reports/json/fields.h"
#include "reports/json/json.h"

namespace cotejo::reports {

namespace {

using Json = nlohmann::json;

// The archive that writes: the members of one object, field by field, straight into the text.
// A document built first takes longer than all the rest of a report: every report has thousands
// of small objects.
class Writer {
 public:
  static constexpr bool kWrites = true;
  Writer(const JsonOptions& options, std::string& text, std::size_t depth)
      : options_(options), text_(text), depth_(depth) {}

  template <typename T>
  void Field(const char* key, const T& value) {
    Key(key);
    Write(value);
  }
  void Nullable(const char* key, const base::Text& text) { OrNull(key, text, !text.empty()); }
  void Nullable(const char* key, const base::Citation& citation) {
    OrNull(key, citation, !citation.empty());
  }
  void Nullable(const char* key, base::Date date) { OrNull(key, date, date != base::Date{}); }
  template <typename T>
  void Nullable(const char* key, const std::optional<T>& value) {
    Key(key);
    if (value) {
      Write(*value);
    } else {
      text_ += "null";
    }
  }
  template <typename Enum, std::size_t N>
  void Code(const char* key, const Codes<Enum, N>& codes, Enum value) {
    Field(key, std::string(CodeOf(codes, value)));
  }
  template <typename T>
  void Optional(const char* key, const T& value) {
    if (options_.values) Field(key, value);
  }
  void Require(bool /*holds*/, const base::Text& /*expected*/) {}

  // An object around the members that `fill` writes.
  template <typename Fill>
  void Member(const char* key, Fill fill) {
    Key(key);
    Object(fill);
  }
  template <typename Fill>
  void Object(Fill fill) {
    text_ += '{';
    Writer inner(options_, text_, depth_ + 1);
    fill(inner);
    if (inner.any_) NewLine(depth_);
    text_ += '}';
  }

 private:
  template <typename T>
  void OrNull(const char* key, const T& value, bool there) {
    Key(key);
    if (there) {
      Write(value);
    } else {
      text_ += "null";
    }
  }

  void Key(const char* key) {
    if (any_) text_ += ',';
    any_ = true;
    NewLine(depth_);
    text_ += '"';
    text_ += key;
    text_ += "\": ";
  }

  void NewLine(std::size_t depth) {
    text_ += '\n';
    text_.append(depth, ' ');
  }

  template <typename T>
  void Write(const T& value) {
    if constexpr (std::is_same_v<T, bool>) {
      text_ += value ? "true" : "false";
    } else if constexpr (std::is_integral_v<T>) {
      text_ += std::to_string(value);
    } else if constexpr (std::is_arithmetic_v<T>) {
      text_ += Json(value).dump();
    } else {
      Object([&](Writer& inner) { Fields(inner, value); });
    }
  }
  void Write(const base::Citation& citation) { Write(citation.str()); }
  void Write(base::Date date) { Write(date.str()); }
  void Write(const base::Text& text) {
    Object([&](Writer& inner) {
      inner.Field("es", text.es);
      inner.Field("en", text.in(base::Language::English));
    });
  }
  void Write(const std::string& value) {
    const bool plain = std::none_of(value.begin(), value.end(), [](char byte) {
      return static_cast<unsigned char>(byte) < 0x20 || byte == '"' || byte == '\\';
    });
    if (plain && !base::FirstInvalidByte(value)) {
      text_ += '"';
      text_ += value;
      text_ += '"';
      return;
    }
    // Texts that are not UTF-8 must not throw here: they are written with U+FFFD.
    text_ += Json(value).dump(-1, ' ', false, Json::error_handler_t::replace);
  }
  template <typename T>
  void Write(const std::vector<T>& items) {
    text_ += '[';
    const char* between = "";
    for (const T& item : items) {
      text_ += between;
      between = ",";
      NewLine(depth_ + 1);
      Writer(options_, text_, depth_ + 1).Write(item);
    }
    if (!items.empty()) NewLine(depth_);
    text_ += ']';
  }

  const JsonOptions& options_;
  std::string& text_;
  std::size_t depth_;  // of the members
  bool any_ = false;
};

}  // namespace

std::string WriteJson(const ReportInput& input, const JsonOptions& options) {
  std::string text;
  Writer(options, text, 0).Object([&](Writer& document) {
    document.Field("esquema", std::string(kReportSchema));
    document.Member("herramienta", [&](Writer& tool) {
      tool.Field("nombre", std::string("cotejo"));
      tool.Field("version", input.tool_version);
    });
    Fields(document, input);
  });
  return text + "\n";
}

}  // namespace cotejo::reports
