// Typed access to the tables of a TOML file; whatever is wrong becomes a diagnostic with its place.
#pragma once

#include <toml++/toml.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/base/date.h"
#include "model/base/source.h"

namespace cotejo::population {

class Reader {
 public:
  Reader(const base::SourceMap& sources, base::FileId file, base::Diagnostics& diagnostics)
      : sources_(sources), file_(file), diagnostics_(diagnostics) {}

  void Error(const toml::source_region& where, const char* code, base::Text message,
             base::Text hint = {});
  // Keys outside `allowed` are errors that name the nearest one allowed.
  void CheckKeys(const toml::table& table, std::vector<std::string> allowed);
  // Every table with a figure in it must say where the figure comes from (`fuente`), itself or
  // the table whose list it stands in. Collects the sources found, in order.
  void CheckSources(const toml::table& root, std::vector<base::Text>& found);

  // Required entries; a missing or ill-typed one is an error and gives an empty value.
  std::string String(const toml::table& table, const char* key);
  bool Boolean(const toml::table& table, const char* key);
  std::int64_t Integer(const toml::table& table, const char* key, std::int64_t low,
                       std::int64_t high);
  double Number(const toml::table& table, const char* key, double low, double high);
  base::Date Date(const toml::table& table, const char* key);
  const toml::table& Table(const toml::table& table, const char* key);
  // The tables of a non-empty list.
  std::vector<const toml::table*> List(const toml::table& table, const std::string& key);
  std::vector<std::string> Strings(const toml::table& table, const char* key);
  std::int64_t IntegerOr(const toml::table& table, const char* key, std::int64_t otherwise,
                         std::int64_t low, std::int64_t high);

 private:
  const toml::node* Find(const toml::table& table, const std::string& key);
  void WrongType(const toml::node& node, const std::string& key, const base::Text& expected);
  base::Span At(const toml::source_region& where) const;
  void CheckSourcesOf(const toml::table& table, const std::string& name, bool inherited,
                      std::vector<base::Text>& found);

  const base::SourceMap& sources_;
  base::FileId file_;
  base::Diagnostics& diagnostics_;
};

}  // namespace cotejo::population
