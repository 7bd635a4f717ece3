#include "reports/sarif/sarif.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/exposure.h"
#include "reports/format.h"
#include "reports/labels.h"
#include "reports/since.h"

namespace cotejo::reports {

namespace {

using Json = nlohmann::ordered_json;
using base::Language;

const char* LevelOf(base::FindingSeverity severity) {
  switch (severity) {
    case base::FindingSeverity::Error:
      return "error";
    case base::FindingSeverity::Warning:
      return "warning";
    case base::FindingSeverity::Information:
      return "note";
  }
  return "none";
}

Json Both(const base::Text& text) { return {{"es", text.es}, {"en", text.in(Language::English)}}; }

// A path as a relative reference: what is not plain is written %XX.
std::string Uri(const std::string& path) {
  static constexpr std::string_view kPlain = "-._~/";
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : path) {
    const bool alphanumeric =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (alphanumeric || kPlain.find(c) != std::string_view::npos) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kDigits[byte >> 4U];
    out += kDigits[byte & 15U];
  }
  return out;
}

class SarifWriter {
 public:
  SarifWriter(const ReportInput& input, const SarifOptions& options)
      : input_(input), options_(options), report_(input.checks ? *input.checks : kNone) {}

  Json Document() {
    Json rules = Rules();
    Json results = Results();
    Json run = {{"tool",
                 {{"driver",
                   {{"name", "cotejo"},
                    {"version", input_.tool_version},
                    {"language", Tag()},
                    {"rules", std::move(rules)}}}}},
                {"language", Tag()},
                {"columnKind", "unicodeCodePoints"},
                {"invocations", Json::array({Invocation()})},
                {"results", std::move(results)}};
    return {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
            {"version", "2.1.0"},
            {"runs", Json::array({std::move(run)})}};
  }

 private:
  [[nodiscard]] std::string Tag() const {
    return options_.language == Language::English ? "en" : "es";
  }
  [[nodiscard]] const std::string& In(const base::Text& text) const {
    return text.in(options_.language);
  }

  // The catalogue, and any code that only a finding brings.
  Json Rules() {
    Json rules = Json::array();
    for (const base::CheckSummary& check : report_.checks) {
      rules_.push_back(check.code);
      rules.push_back({{"id", check.code},
                       {"name", In(CodeLabel(check.code))},
                       {"shortDescription", {{"text", Capitalised(In(check.title)) + "."}}},
                       {"help", {{"text", check.page}}},
                       {"properties",
                        {{"tags", Json::array({In(check.group)})},
                         {"titulo", Both(check.title)},
                         {"grupo", Both(check.group)},
                         {"pagina", check.page}}}});
    }
    for (const base::Finding& finding : report_.findings) AddRule(finding.code, rules);
    for (const base::QueryRecord& query : report_.queries) AddRule(query.check, rules);
    if (options_.baseline != nullptr) {
      for (const base::Finding& finding : options_.baseline->findings) AddRule(finding.code, rules);
    }
    return rules;
  }

  void AddRule(const std::string& code, Json& rules) {
    if (RuleIndex(code) < rules_.size()) return;
    rules_.push_back(code);
    rules.push_back({{"id", code}, {"name", In(CodeLabel(code))}});
  }

  [[nodiscard]] std::size_t RuleIndex(const std::string& code) const {
    return static_cast<std::size_t>(std::find(rules_.begin(), rules_.end(), code) - rules_.begin());
  }

  // ---- Results --------------------------------------------------------------------

  Json Results() {
    Json results = Json::array();
    Assignments only_in_one;
    if (options_.baseline != nullptr) only_in_one = OnlyInOne(*options_.baseline, report_);
    for (const base::Finding& finding : report_.findings) {
      Json result = Result(finding);
      if (options_.baseline != nullptr) {
        const base::Finding* old = KnownAs(*options_.baseline, finding);
        result["baselineState"] = old == nullptr                           ? "new"
                                  : SayTheSame(*old, finding, only_in_one) ? "unchanged"
                                                                           : "updated";
      }
      results.push_back(std::move(result));
    }
    if (options_.baseline == nullptr) return results;
    if (!options_.same_readings) return results;
    for (const base::Finding* finding : Gone(*options_.baseline, report_)) {
      Json result = Result(*finding);
      result["baselineState"] = "absent";
      results.push_back(std::move(result));
    }
    return results;
  }

  Json Result(const base::Finding& finding) {
    Json result = {{"ruleId", finding.code},
                   {"ruleIndex", RuleIndex(finding.code)},
                   {"level", LevelOf(finding.severity)},
                   {"message", {{"text", MessageOf(finding)}}},
                   {"partialFingerprints", {{"cotejo/v1", finding.id}}}};
    SetLocations(finding, result);
    // Of every result or of none: an empty list says it is not suppressed.
    result["suppressions"] = Json::array();
    if (finding.suppression) result["suppressions"].push_back(Suppression(*finding.suppression));
    Json articles = Json::array();
    for (const base::Citation& article : finding.articles) articles.push_back(article.str());
    result["properties"] = {
        {"titulo", Both(finding.title)},    {"explicacion", Both(finding.explanation)},
        {"articulos", std::move(articles)}, {"lectura", Both(finding.reading)},
        {"cotas", Both(finding.bounds)},    {"evidencia", Both(EvidenceLabel(finding.evidence))}};
    if (const exposure::Exposure* exposure = ExposureOf(input_.exposure, finding.id))
      result["properties"]["exposicion"] = Exposure(*exposure);
    return result;
  }

  // Without figures when it is not measured: that is not zero.
  [[nodiscard]] Json Exposure(const exposure::Exposure& exposure) const {
    Json properties = {{"texto", Both(DescribeExposure(*input_.exposure, exposure))}};
    if (!exposure.figure) return properties;
    properties["cuenta"] = Both(DescribeCounted(exposure));
    properties["por_mil"] = exposure.figure->per_thousand;
    properties["ic_bajo"] = exposure.figure->low;
    properties["ic_alto"] = exposure.figure->high;
    properties["corrida"] = Both(DescribeExposureRun(*input_.exposure));
    return properties;
  }

  [[nodiscard]] std::string MessageOf(const base::Finding& finding) const {
    std::string text = Capitalised(In(finding.title)) + ".";
    const std::string& explanation = In(finding.explanation);
    if (!explanation.empty()) text += " " + Capitalised(explanation) + ".";
    return text;
  }

  static Json Suppression(const base::Suppression& suppression) {
    return {
        {"kind", "external"},
        {"status", "accepted"},
        {"justification", suppression.reason},
        {"properties", {{"responsable", suppression.owner}, {"vence", suppression.until.str()}}}};
  }

  static Json Location(const SourcePlace& place) {
    return {{"artifactLocation", {{"uri", Uri(place.path)}, {"uriBaseId", "%SRCROOT%"}}},
            {"region",
             {{"startLine", std::max(1, place.line)}, {"startColumn", std::max(1, place.column)}}}};
  }

  // The place of an article, or of the nearest provision that holds it.
  [[nodiscard]] const SourcePlace* PlaceOf(base::Citation article) const {
    for (;; article.path.pop_back()) {
      const auto found = options_.places.find(article);
      if (found != options_.places.end()) return &found->second;
      if (article.path.empty()) return nullptr;
    }
  }

  // A finding about a suppression stands in its file.
  [[nodiscard]] std::optional<SourcePlace> PlaceOfSuppression(const base::Finding& finding) const {
    if (!input_.suppressions) return std::nullopt;
    const auto found = input_.suppressions->places.find(finding.id);
    if (found == input_.suppressions->places.end()) return std::nullopt;
    return SourcePlace{input_.suppressions->file, found->second.line, found->second.column};
  }

  void SetLocations(const base::Finding& finding, Json& result) const {
    Json locations = Json::array();
    Json related = Json::array();
    if (const auto own = PlaceOfSuppression(finding))
      locations.push_back({{"physicalLocation", Location(*own)}});
    for (const base::Citation& article : finding.articles) {
      Json location;
      const SourcePlace* place = PlaceOf(article);
      if (place != nullptr) location["physicalLocation"] = Location(*place);
      location["logicalLocations"] =
          Json::array({{{"fullyQualifiedName", article.str()}, {"kind", "member"}}});
      if (place != nullptr && locations.empty()) {
        locations.push_back(std::move(location));
        continue;
      }
      location["id"] = related.size() + 1;
      location["message"] = {{"text", article.str()}};
      related.push_back(std::move(location));
    }
    result["locations"] = std::move(locations);
    if (!related.empty()) result["relatedLocations"] = std::move(related);
  }

  // ---- The run --------------------------------------------------------------------

  Json Invocation() const {
    const ExitStatus status = options_.status.value_or(input_.checks ? CheckExitStatus(input_)
                                                                     : CheckExitStatus(report_));
    Json notifications = Json::array();
    for (const base::QueryRecord& query : report_.queries) {
      if (query.verdict == base::Verdict::Proved || query.verdict == base::Verdict::Refuted)
        continue;
      std::string text = query.name + ": " + In(VerdictLabel(query.verdict));
      if (!query.reason.empty()) text += "; " + In(query.reason);
      notifications.push_back(
          {{"level", query.verdict == base::Verdict::NotRun ? "note" : "warning"},
           {"message", {{"text", std::move(text)}}},
           {"associatedRule", {{"id", query.check}, {"index", RuleIndex(query.check)}}}});
    }
    return {{"executionSuccessful", true},
            {"commandLine", input_.command},
            {"exitCode", static_cast<int>(status)},
            {"exitCodeDescription", In(DescribeExitStatus(status))},
            {"toolExecutionNotifications", std::move(notifications)}};
  }

  inline static const base::CheckReport kNone = {};
  const ReportInput& input_;
  const SarifOptions& options_;
  const base::CheckReport& report_;
  std::vector<std::string> rules_;  // codes, by their index
};

}  // namespace

std::string WriteSarif(const ReportInput& input, const SarifOptions& options) {
  return SarifWriter(input, options)
             .Document()
             .dump(1, ' ', false, Json::error_handler_t::replace) +
         "\n";
}

}  // namespace cotejo::reports
