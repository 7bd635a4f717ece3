#include "reports/json/fields.h"
#include "reports/json/json.h"
#include "reports/json/writer.h"

namespace cotejo::reports {

std::string WriteJson(const ReportInput& input, const JsonOptions& options) {
  Json document = {{"esquema", kReportSchema},
                   {"herramienta", {{"nombre", "cotejo"}, {"version", input.tool_version}}}};
  document.update(Writer(options).Of(input));
  // Texts that are not UTF-8 must not throw here: they are written with U+FFFD.
  return document.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace cotejo::reports
