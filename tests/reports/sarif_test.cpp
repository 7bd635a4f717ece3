// The properties that SARIF 2.1.0 requires, by hand, and what is ours in it.
#include "reports/sarif/sarif.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "tests/reports/sample.h"

namespace cotejo::reports {
namespace {

using base::ParseCitation;
using ::testing::HasSubstr;
using Json = nlohmann::json;

SarifOptions Options() {
  SarifOptions options;
  options.places = {{ParseCitation("RIP:47"), {"regulations/rip/47 graves.norma.md", 12, 1}},
                    {ParseCitation("RIP:45.I"), {"regulations/rip/45-atraso.norma.md", 7, 3}},
                    {ParseCitation("RIP:45.II"), {"regulations/rip/45-atraso.norma.md", 30, 1}}};
  return options;
}

Json Written(const SarifOptions& options = Options()) {
  return Json::parse(WriteSarif(sample::Input(), options));
}

const Json& ResultOf(const Json& document, const std::string& id) {
  for (const Json& result : document["runs"][0]["results"]) {
    if (result["partialFingerprints"]["cotejo/v1"] == id) return result;
  }
  ADD_FAILURE() << "no result " << id;
  return document["runs"][0]["results"][0];
}

bool OneOf(const Json& value, const std::set<std::string>& words) {
  return value.is_string() && words.contains(value.get<std::string>());
}

void CheckMessage(const Json& message) {
  ASSERT_TRUE(message.is_object());
  ASSERT_TRUE(message.contains("text"));
  EXPECT_TRUE(message["text"].is_string());
  EXPECT_FALSE(message["text"].get<std::string>().empty());
}

void CheckLocation(const Json& location) {
  for (const auto& [key, value] : location.items())
    EXPECT_TRUE(OneOf(key, {"id", "physicalLocation", "logicalLocations", "message"})) << key;
  if (location.contains("physicalLocation")) {
    const Json& physical = location["physicalLocation"];
    const std::string uri = physical["artifactLocation"]["uri"];
    EXPECT_FALSE(uri.starts_with("/"));
    EXPECT_EQ(uri.find(' '), std::string::npos);
    EXPECT_EQ(uri.find('\\'), std::string::npos);
    EXPECT_GE(physical["region"]["startLine"].get<int>(), 1);
    EXPECT_GE(physical["region"]["startColumn"].get<int>(), 1);
  }
  if (location.contains("message")) CheckMessage(location["message"]);
}

TEST(Sarif, HasTheRequiredPropertiesOfALogAndARun) {
  const Json document = Written();
  EXPECT_EQ(document["version"], "2.1.0");
  EXPECT_TRUE(document["$schema"].is_string());
  ASSERT_EQ(document["runs"].size(), 1U);
  const Json& run = document["runs"][0];
  const Json& driver = run["tool"]["driver"];
  EXPECT_EQ(driver["name"], "cotejo");
  EXPECT_EQ(driver["version"], "0.1.0");
  EXPECT_TRUE(OneOf(run["columnKind"], {"utf16CodeUnits", "unicodeCodePoints"}));
  EXPECT_TRUE(run["invocations"][0]["executionSuccessful"].is_boolean());
  std::set<std::string> ids;
  for (const Json& rule : driver["rules"]) {
    EXPECT_TRUE(ids.insert(rule["id"].get<std::string>()).second) << "a rule twice";
    if (rule.contains("shortDescription")) CheckMessage(rule["shortDescription"]);
    if (rule.contains("help")) CheckMessage(rule["help"]);
  }
}

TEST(Sarif, EveryResultIsWhole) {
  const Json document = Written();
  const Json& run = document["runs"][0];
  EXPECT_EQ(run["results"].size(), sample::Checks().findings.size());
  for (const Json& result : run["results"]) {
    CheckMessage(result["message"]);
    EXPECT_TRUE(OneOf(result["level"], {"none", "note", "warning", "error"}));
    const auto index = result["ruleIndex"].get<std::size_t>();
    EXPECT_EQ(run["tool"]["driver"]["rules"].at(index)["id"], result["ruleId"]);
    for (const Json& location : result["locations"]) CheckLocation(location);
    if (result.contains("relatedLocations")) {
      for (const Json& location : result["relatedLocations"]) CheckLocation(location);
    }
    // All or none, by the specification.
    EXPECT_TRUE(result.contains("suppressions"));
    EXPECT_FALSE(result.contains("baselineState"));
  }
}

TEST(Sarif, AResultTellsItsExposureWhenItWasMeasured) {
  const Json document = Written();
  int told = 0;
  for (const Json& result : document["runs"][0]["results"]) {
    const std::string id = result["partialFingerprints"]["cotejo/v1"];
    const Json& properties = result["properties"];
    if (id == sample::Contradiction().id) {
      EXPECT_EQ(properties["exposicion"]["por_mil"], 2.4545);
      EXPECT_FALSE(properties["exposicion"]["cuenta"]["es"].get<std::string>().empty());
    } else if (id == sample::Gap().id) {
      EXPECT_FALSE(properties["exposicion"].contains("por_mil"));
    } else {
      EXPECT_FALSE(properties.contains("exposicion"));
      continue;
    }
    ++told;
  }
  EXPECT_EQ(told, 2);
}

TEST(Sarif, TheRulesAreTheCatalogueInItsOrder) {
  const Json document = Written();
  const Json& rules = document["runs"][0]["tool"]["driver"]["rules"];
  const std::vector<base::CheckSummary> checks = sample::Checks().checks;
  ASSERT_GE(rules.size(), checks.size());
  for (std::size_t i = 0; i < checks.size(); ++i) {
    EXPECT_EQ(rules[i]["id"], checks[i].code);
    EXPECT_EQ(rules[i]["properties"]["pagina"], checks[i].page);
  }
  EXPECT_EQ(rules[4]["properties"]["tags"][0], "proporción");
}

TEST(Sarif, AFindingStandsAtItsFirstDeclaredArticle) {
  const Json document = Written();
  const Json& result = ResultOf(document, "contradiccion-3f9a01c7");
  EXPECT_EQ(result["level"], "error");
  ASSERT_EQ(result["locations"].size(), 1U);
  const Json& physical = result["locations"][0]["physicalLocation"];
  // RIP:47.I.a is not declared by itself: the nearest provision that holds it is.
  EXPECT_EQ(physical["artifactLocation"]["uri"], "regulations/rip/47%20graves.norma.md");
  EXPECT_EQ(physical["region"]["startLine"], 12);
  EXPECT_EQ(result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"], "RIP:47.I.a");
  ASSERT_EQ(result["relatedLocations"].size(), 1U);
  EXPECT_EQ(result["relatedLocations"][0]["message"]["text"], "RIP:47.III");
  EXPECT_THAT(result["message"]["text"].get<std::string>(),
              HasSubstr("Dos consecuencias incompatibles"));
}

TEST(Sarif, AnArticleNobodyDeclaresHasOnlyItsName) {
  const Json document = Written();
  const Json& result = ResultOf(document, "solapamiento-0c44aa12");
  EXPECT_EQ(result["locations"][0]["physicalLocation"]["region"]["startLine"], 7);
  EXPECT_FALSE(result["relatedLocations"][0].contains("physicalLocation"));
  EXPECT_EQ(result["relatedLocations"][0]["logicalLocations"][0]["fullyQualifiedName"],
            "LEY1178:29");
}

TEST(Sarif, AFindingAboutASuppressionStandsInItsFile) {
  ReportInput input = sample::Input();
  input.suppressions->places = {{"fechas-distintas-0101beef", {4, 1}}};
  const Json document = Json::parse(WriteSarif(input, Options()));
  const Json& result = ResultOf(document, "fechas-distintas-0101beef");
  EXPECT_EQ(result["level"], "note");
  EXPECT_EQ(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
            "supresiones.toml");
}

TEST(Sarif, TellsTheSuppressed) {
  const Json document = Written();
  EXPECT_EQ(ResultOf(document, "granularidad-77b2e9d0")["suppressions"].size(), 0U);
  const Json& suppression = ResultOf(document, "granularidad-aaaa0001")["suppressions"].at(0);
  EXPECT_TRUE(OneOf(suppression["kind"], {"inSource", "external"}));
  EXPECT_TRUE(OneOf(suppression["status"], {"accepted", "underReview", "rejected"}));
  EXPECT_EQ(suppression["justification"], "el reloj se cambiará <pronto>");
  EXPECT_EQ(suppression["properties"]["vence"], "2026-06-30");
}

TEST(Sarif, WhatWasNotDecidedIsANotification) {
  const Json document = Written();
  const Json& invocation = document["runs"][0]["invocations"][0];
  EXPECT_EQ(invocation["exitCode"], 1);
  const Json& notifications = invocation["toolExecutionNotifications"];
  ASSERT_EQ(notifications.size(), 2U);
  CheckMessage(notifications[0]["message"]);
  EXPECT_EQ(notifications[0]["level"], "warning");
  EXPECT_EQ(notifications[0]["associatedRule"]["id"], "hueco");
  EXPECT_EQ(notifications[1]["level"], "note");
  EXPECT_THAT(notifications[1]["message"]["text"].get<std::string>(),
              HasSubstr("el texto oficial no se ha importado"));
}

TEST(Sarif, ComparesWithABaseline) {
  base::CheckReport earlier = sample::Checks();
  std::erase_if(earlier.findings, [](const base::Finding& f) { return f.code == "contradicción"; });
  earlier.findings[0].id = "granularidad-00000000";
  SarifOptions options = Options();
  options.baseline = &earlier;
  const Json document = Written(options);
  EXPECT_EQ(ResultOf(document, "contradiccion-3f9a01c7")["baselineState"], "new");
  EXPECT_EQ(ResultOf(document, "solapamiento-0c44aa12")["baselineState"], "unchanged");
  EXPECT_EQ(ResultOf(document, "granularidad-00000000")["baselineState"], "absent");
  for (const Json& result : document["runs"][0]["results"])
    EXPECT_TRUE(result.contains("baselineState"));
  for (base::Finding& finding : earlier.findings) finding.explanation.es += " Antes era más.";
  EXPECT_EQ(ResultOf(Written(options), "solapamiento-0c44aa12")["baselineState"], "updated");
}

TEST(Sarif, IsWrittenInBothLanguages) {
  SarifOptions options = Options();
  options.language = base::Language::English;
  const Json document = Written(options);
  const Json& result = ResultOf(document, "contradiccion-3f9a01c7");
  EXPECT_THAT(result["message"]["text"].get<std::string>(), HasSubstr("Two consequences"));
  EXPECT_THAT(result["properties"]["titulo"]["es"].get<std::string>(), HasSubstr("incompatibles"));
  EXPECT_EQ(document["runs"][0]["language"], "en");
}

TEST(Sarif, IsValidWithoutAnyCheck) {
  const Json document = Json::parse(WriteSarif(ReportInput{}, {}));
  EXPECT_TRUE(document["runs"][0]["results"].empty());
  EXPECT_EQ(document["runs"][0]["invocations"][0]["exitCode"], 3);
}

}  // namespace
}  // namespace cotejo::reports
