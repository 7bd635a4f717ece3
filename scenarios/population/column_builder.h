// A column of the staff that grows a person at a time.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "scenarios/population/specification.h"

namespace cotejo::population {

class ColumnBuilder {
 public:
  explicit ColumnBuilder(std::string attribute) { column_.attribute = std::move(attribute); }

  void Add(const AttributeValue& value) { column_.of.push_back(Know(value)); }
  // One that somebody may have, though nobody does. Returns its place.
  std::int32_t Know(const AttributeValue& value) {
    const auto [place, added] =
        known_.try_emplace(Show(value), static_cast<std::int32_t>(column_.values.size()));
    if (added) {
      column_.values.push_back(value);
      column_.values.back().attribute = column_.attribute;
    }
    return place->second;
  }
  // No value: what that means is the column's own.
  void AddNone(std::int32_t mark = -1) { column_.of.push_back(mark); }
  void Replace(std::size_t person, const AttributeValue& value) {
    Add(value);
    column_.of[person] = column_.of.back();
    column_.of.pop_back();
  }
  Column Take() { return std::move(column_); }

 private:
  Column column_;
  std::map<std::string, std::int32_t> known_;
};

}  // namespace cotejo::population
