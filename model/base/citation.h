// A reference to a provision, to any depth: RIP:46.III.a
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <vector>

namespace cotejo::base {

struct Citation {
  std::string norm;               // "RIP"
  std::vector<std::string> path;  // {"46", "III", "a"}; empty for the norm itself

  [[nodiscard]] std::string str() const;
  // True when this provision is `outer` or lies inside it: RIP:46.III.a within RIP:46.
  [[nodiscard]] bool within(const Citation& outer) const;
  [[nodiscard]] bool empty() const { return norm.empty(); }
  friend auto operator<=>(const Citation&, const Citation&) = default;
};

// "RIP:46.III.a" or "RIP"; an empty citation when the text is not one.
Citation ParseCitation(std::string_view text);

// The order of the printed text: numbers and Roman numerals by value (9 before 45, V before IX).
bool ReadsBefore(const Citation& a, const Citation& b);

// "RIP:45.I, RIP:46.IV" from a list; in the order of ReadsBefore, without repetitions.
std::string JoinCitations(std::vector<Citation> citations);

}  // namespace cotejo::base
