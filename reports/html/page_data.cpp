#include "reports/html/page_data.h"

#include "reports/labels.h"

namespace cotejo::reports {

// What an id may hold in a page and after '#'.
std::string Identifier(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool blank = static_cast<unsigned char>(c) <= 0x20 || c == '#' || c == '%';
    out += blank ? '-' : c;
  }
  return out;
}

std::string SeverityClass(base::FindingSeverity severity) { return SeverityLabel(severity).en; }

PageData TextOrFalse(const std::string& text) {
  return text.empty() ? PageData{false} : PageData{text};
}

std::string Breakable(const std::string& name) {
  std::string out;
  for (const char c : kainjow::mustache::html_escape(name)) {
    out += c;
    if (c == '_') out += "<wbr>";
  }
  return out;
}

void SetList(PageData& data, const std::string& name, const PageData& list) {
  data.set("has_" + name, !list.is_empty_list());
  data.set(name, list);
}

}  // namespace cotejo::reports
