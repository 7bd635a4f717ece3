// A made-up code of as many rules as asked for, written in the language as norm files.
#pragma once

#include <string>
#include <vector>

namespace cotejo {

struct GeneratedFile {
  std::string name;
  std::string text;
};

// An article for each ten rules, over facts of its own: mostly a monthly scale of ten rows, with
// an example; one in five, absences with a sum and a run; one in five, an entitlement by years of
// service; one in twenty, a scale whose gravest month counts as a conduct, with a ladder that
// judges its repetition within a gestión; one in twenty, a general rule beside the scale, which
// the special rows displace. Each states a duty, half of them refer to the one before, one in
// seven has terms, and now and then a scale lacks a row. `rules` is rounded up to ten.
std::vector<GeneratedFile> GenerateCode(int rules);

// Writes it into a folder that did not exist, or throws std::runtime_error.
void WriteCode(const std::string& folder, int rules);

}  // namespace cotejo
