// A user-visible string in Spanish with its English twin.
#pragma once

#include <string>

namespace cotejo::base {

enum class Language { Spanish, English };

struct Text {
  std::string es;
  std::string en;

  [[nodiscard]] const std::string& in(Language language) const {
    return language == Language::English && !en.empty() ? en : es;
  }
  [[nodiscard]] bool empty() const { return es.empty(); }
  friend bool operator==(const Text&, const Text&) = default;
};

}  // namespace cotejo::base
