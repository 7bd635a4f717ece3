// A made-up code of as many rules as asked for, written in the language as norm files.
#pragma once

#include <string>
#include <vector>

namespace cotejo {

struct GeneratedFile {
  std::string name;
  std::string text;
};

// Groups of ten rules, each over facts of its own. Most are a monthly scale of ten rows; one in
// twenty is a scale whose gravest month counts as a conduct, with a ladder that judges the
// repetition within a gestión; one in twenty has a general rule beside the scale, which the
// special rows displace; one in twenty-five lacks a row. `rules` is rounded up to ten.
std::vector<GeneratedFile> GenerateCode(int rules);

// Writes it into a folder that did not exist, or throws std::runtime_error.
void WriteCode(const std::string& folder, int rules);

}  // namespace cotejo
