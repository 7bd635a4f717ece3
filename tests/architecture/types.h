// The types a source defines by a name the whole program shares: two of one name are undefined
// behaviour that no compiler sees and no linker tells.
#pragma once

#include <regex>
#include <sstream>
#include <string>
#include <vector>

namespace cotejo::architecture {

// Qualified names («cotejo::base::Text») of the types defined at a namespace's level, those of
// nameless namespaces apart. It reads the text as clang-format leaves it: namespaces not indented.
inline std::vector<std::string> TypesOf(const std::string& content) {
  static const std::regex opening(R"(namespace( [\w:]+)? \{.*)");
  static const std::regex closing(R"(\}  // namespace.*)");
  static const std::regex type(
      R"((?:template ?<.*> )?(?:struct|class|union|enum class|enum) ([\w:]+)[^;]*\{.*)");
  std::vector<std::string> types;
  std::vector<std::string> namespaces;  // nameless: empty
  std::istringstream lines(content);
  for (std::string line; std::getline(lines, line);) {
    std::smatch found;
    if (std::regex_match(line, found, opening)) {
      namespaces.push_back(found[1].matched ? found[1].str().substr(1) + "::" : "");
    } else if (std::regex_match(line, closing)) {
      if (!namespaces.empty()) namespaces.pop_back();
    } else if (std::regex_match(line, found, type)) {
      std::string name;
      bool nameless = false;
      for (const std::string& space : namespaces) {
        nameless = nameless || space.empty();
        name += space;
      }
      if (!nameless) types.push_back(name + found[1].str());
    }
  }
  return types;
}

}  // namespace cotejo::architecture
