// Every label of the page's template, in both languages.
#pragma once

#include <string_view>
#include <vector>

#include "model/base/text.h"

namespace cotejo::reports {

struct PageLabel {
  std::string_view key;  // {{t.key}}
  std::string_view es;
  std::string_view en;
};

const std::vector<PageLabel>& PageLabels();

}  // namespace cotejo::reports
