// Names in a row, with commas.
#pragma once

#include <string>
#include <vector>

namespace cotejo::base {

inline std::string Joined(const std::vector<std::string>& names) {
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
  return all;
}

}  // namespace cotejo::base
