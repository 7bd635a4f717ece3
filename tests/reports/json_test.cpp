#include "reports/json/json.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

#include "tests/reports/sample.h"

namespace cotejo::reports {
namespace {

using Json = nlohmann::json;

std::string ReadText(const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// As much of JSON Schema as the report's schema uses; a keyword it does not know fails the
// test, so that the schema cannot ask for something nobody checks.
class Validator {
 public:
  explicit Validator(const Json& schema) : root_(schema) {}

  void Check(const Json& schema, const Json& value, const std::string& path) {
    for (const auto& [keyword, rule] : schema.items())
      CheckKeyword(keyword, rule, schema, value, path);
  }
  [[nodiscard]] const std::vector<std::string>& errors() const { return errors_; }

 private:
  static bool HasType(const std::string& type, const Json& value) {
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "integer") return value.is_number_integer();
    if (type == "number") return value.is_number();
    if (type == "boolean") return value.is_boolean();
    return type == "null" && value.is_null();
  }

  void CheckKeyword(const std::string& keyword, const Json& rule, const Json& schema,
                    const Json& value, const std::string& path) {
    if (keyword == "type") {
      if (!HasType(rule.get<std::string>(), value)) errors_.push_back(path + ": type");
    } else if (keyword == "$ref") {
      Check(root_["$defs"][rule.get<std::string>().substr(8)], value, path);
    } else if (keyword == "required") {
      for (const Json& name : rule) {
        if (!value.contains(name.get<std::string>())) {
          errors_.push_back(path + "." + name.get<std::string>() + ": missing");
        }
      }
    } else if (keyword == "properties") {
      for (const auto& [name, inner] : rule.items()) {
        if (value.contains(name)) Check(inner, value[name], path + "." + name);
      }
    } else if (keyword == "additionalProperties") {
      for (const auto& [name, inner] : value.items()) {
        if (!schema["properties"].contains(name)) errors_.push_back(path + "." + name + ": extra");
      }
    } else if (keyword == "items") {
      for (std::size_t i = 0; i < value.size(); ++i) {
        Check(rule, value[i], path + "[" + std::to_string(i) + "]");
      }
    } else if (keyword == "anyOf") {
      bool any = false;
      for (const Json& option : rule) {
        Validator inner(root_);
        inner.Check(option, value, path);
        any = any || inner.errors().empty();
      }
      if (!any) errors_.push_back(path + ": anyOf");
    } else if (keyword == "enum") {
      if (std::find(rule.begin(), rule.end(), value) == rule.end())
        errors_.push_back(path + ": enum");
    } else if (keyword == "const") {
      if (rule != value) errors_.push_back(path + ": const");
    } else if (keyword == "pattern") {
      if (value.is_string() &&
          !std::regex_search(value.get<std::string>(), std::regex(rule.get<std::string>()))) {
        errors_.push_back(path + ": pattern");
      }
    } else if (keyword != "description" && keyword != "title" && keyword[0] != '$') {
      errors_.push_back(path + ": the test does not know the keyword " + keyword);
    }
  }

  const Json& root_;
  std::vector<std::string> errors_;
};

std::vector<std::string> Validate(const std::string& document) {
  const Json schema = Json::parse(ReadText(COTEJO_SOURCE_DIR "/docs/esquema-informe.schema.json"));
  Validator validator(schema);
  validator.Check(schema, Json::parse(document), "informe");
  return validator.errors();
}

struct Read {
  ReportInput input;
  base::Diagnostics diagnostics;
};

Read ReadBack(const std::string& document) {
  Read read;
  base::SourceMap sources;
  const base::FileId file = sources.Add("informe.json", document);
  read.input = ReadJson(sources, file, read.diagnostics);
  return read;
}

TEST(ReportJson, ObeysItsSchema) {
  EXPECT_EQ(Validate(WriteJson(sample::Input())), std::vector<std::string>{});
  EXPECT_EQ(Validate(WriteJson(sample::Input(), {.values = true})), std::vector<std::string>{});
  EXPECT_EQ(Validate(WriteJson(ReportInput{})), std::vector<std::string>{});
}

TEST(ReportJson, TheSchemaRefusesAnotherVersionAndAnUnknownField) {
  Json document = Json::parse(WriteJson(sample::Input()));
  document["esquema"] = "cotejo-informe/1";
  document["revision"]["hallazgos"][0]["nota"] = 1;
  EXPECT_EQ(Validate(document.dump()).size(), 2U);
}

// A group of too few people: its figures are null, and come back as not a number.
TEST(ReportJson, ACellThatIsNotShownHasNullsAndRoundTrips) {
  ReportInput input = sample::Input();
  sample::HideCell(*input.forecast, 0);
  const std::string written = WriteJson(input);
  EXPECT_TRUE(Validate(written).empty());
  const Json statistics = Json::parse(written)["pronostico"]["regulaciones"][0]["estadisticas"][0];
  for (const auto& [key, value] : statistics.items()) EXPECT_TRUE(value.is_null()) << key;
  const Read read = ReadBack(written);
  EXPECT_FALSE(read.diagnostics.has_errors());
  EXPECT_EQ(WriteJson(read.input), written);
}

TEST(ReportJson, RoundTrips) {
  const std::string written = WriteJson(sample::Input(), {.values = true});
  const Read read = ReadBack(written);
  EXPECT_FALSE(read.diagnostics.has_errors());
  EXPECT_EQ(WriteJson(read.input, {.values = true}), written);
  EXPECT_EQ(read.input.forecast->regulations[1].values, sample::Forecast().regulations[1].values);
  EXPECT_EQ(read.input.checks->findings[0].witness.facts.size(),
            sample::Contradiction().witness.facts.size());
}

TEST(ReportJson, EveryFieldOfAFindingSurvives) {
  const Read read = ReadBack(WriteJson(sample::Input()));
  ASSERT_TRUE(read.input.checks.has_value());
  const std::vector<base::Finding>& findings = read.input.checks->findings;
  ASSERT_EQ(findings.size(), 6U);
  const base::Finding& first = findings[0];
  const base::Finding expected = sample::Contradiction();
  ASSERT_EQ(first.conditions.size(), 1U);
  ASSERT_EQ(first.conditions[0].size(), 3U);
  EXPECT_EQ(first.conditions[0][1].article, expected.conditions[0][1].article);
  EXPECT_EQ(first.conditions[0][1].text, expected.conditions[0][1].text);
  EXPECT_TRUE(first.conditions[0][2].article.empty());
  EXPECT_TRUE(first.all_sets);
  ASSERT_EQ(first.mends.size(), 1U);
  EXPECT_EQ(first.mends[0].title, expected.mends[0].title);
  EXPECT_EQ(first.mends[0].amendment, expected.mends[0].amendment);
  EXPECT_EQ(first.mends[0].edits, 2);
  EXPECT_TRUE(first.mends[0].removes);
  EXPECT_EQ(first.under, expected.under);
  EXPECT_EQ(first.evidence, base::Evidence::Replayed);
  EXPECT_EQ(first.witness.answers[0].date, base::Date(2025, 9, 30));
  EXPECT_EQ(first.passages[0].text, expected.passages[0].text);
  EXPECT_EQ(findings[1].evidence, base::Evidence::SolverAlone);
  EXPECT_FALSE(findings[1].suppression.has_value());
  ASSERT_TRUE(findings[2].suppression.has_value());
  EXPECT_EQ(findings[2].suppression->reason, "el reloj se cambiará <pronto>");
  EXPECT_EQ(findings[2].suppression->owner, "UDITH");
  EXPECT_EQ(findings[2].suppression->until, base::Date(2026, 6, 30));
  EXPECT_EQ(findings[3].witness.label.es, "si llega tarde");
  ASSERT_TRUE(findings[3].counterpart.has_value());
  EXPECT_EQ(findings[3].counterpart->label.en, "if they do not come");
  EXPECT_FALSE(findings[0].counterpart.has_value());
  EXPECT_EQ(findings[4].evidence, base::Evidence::Quoted);
}

TEST(ReportJson, OneWrittenBeforeTheDiscardedMendsWereListedIsRead) {
  Json document = Json::parse(WriteJson(sample::Input()));
  for (Json& finding : document["revision"]["hallazgos"]) finding.erase("remedios_descartados");
  const Read read = ReadBack(document.dump());
  EXPECT_FALSE(read.diagnostics.has_errors());
  ASSERT_TRUE(read.input.checks.has_value());
  EXPECT_EQ(read.input.checks->findings.size(), 6U);
  EXPECT_EQ(read.input.checks->findings[0].mends.size(), 1U);
}

TEST(ReportJson, OneWrittenBeforeExposureWasMeasuredIsRead) {
  Json document = Json::parse(WriteJson(sample::Input()));
  document.erase("exposicion");
  const Read read = ReadBack(document.dump());
  EXPECT_FALSE(read.diagnostics.has_errors());
  EXPECT_FALSE(read.input.exposure.has_value());
}

TEST(ReportJson, SaysWhetherItWasInterruptedAndOneWrittenBeforeIsRead) {
  ReportInput input = sample::Input();
  EXPECT_EQ(Json::parse(WriteJson(input))["interrumpido"], false);
  input.interrupted = true;
  Json document = Json::parse(WriteJson(input));
  EXPECT_EQ(document["interrumpido"], true);
  EXPECT_TRUE(ReadBack(document.dump()).input.interrupted);
  document.erase("interrumpido");
  const Read read = ReadBack(document.dump());
  EXPECT_FALSE(read.diagnostics.has_errors());
  EXPECT_FALSE(read.input.interrupted);
}

TEST(ReportJson, WhatIsNotMeasuredHasNoFigure) {
  const std::string text = WriteJson(sample::Input());
  const Json exposure = Json::parse(text)["exposicion"];
  ASSERT_EQ(exposure["hallazgos"].size(), 2U);
  EXPECT_EQ(exposure["hallazgos"][0]["medida"]["anios_persona"], 108);
  EXPECT_TRUE(exposure["hallazgos"][0]["no_se_mide"].is_null());
  EXPECT_TRUE(exposure["hallazgos"][1]["medida"].is_null());
  const Read read = ReadBack(text);
  ASSERT_TRUE(read.input.exposure.has_value());
  EXPECT_EQ(read.input.exposure->replications, 200);
  EXPECT_EQ(read.input.exposure->findings[0].figure->high, 2.903);
  EXPECT_FALSE(read.input.exposure->findings[1].figure.has_value());
  EXPECT_EQ(read.input.exposure->findings[1].why_not.en, "facts come in whole units");
}

TEST(ReportJson, EveryFieldOfTheRunSurvives) {
  const Read read = ReadBack(WriteJson(sample::Input()));
  const base::CheckReport& checks = *read.input.checks;
  EXPECT_EQ(checks.totals.not_run, 1);
  ASSERT_EQ(checks.checks.size(), sample::Checks().checks.size());
  EXPECT_EQ(checks.checks[2].code, "granularidad");
  EXPECT_EQ(checks.checks[2].group.en, "completeness");
  EXPECT_EQ(checks.checks[2].page, "docs/comprobaciones/granularidad.md");
  EXPECT_EQ(checks.checks[2].findings, 1);
  EXPECT_EQ(checks.checks[2].totals.refuted, 1);
  EXPECT_EQ(checks.queries[0].bounds.es, "una gestión por meses");
  EXPECT_EQ(checks.queries[0].evidence, base::Evidence::Replayed);
  EXPECT_EQ(checks.queries[7].verdict, base::Verdict::NotRun);
  EXPECT_EQ(read.input.tried.scope, ReadingScope::All);
  EXPECT_EQ(read.input.tried.assignments.size(), 2U);
  ASSERT_TRUE(read.input.suppressions.has_value());
  EXPECT_EQ(read.input.suppressions->file, "supresiones.toml");
  EXPECT_EQ(read.input.suppressions->today, base::Date(2026, 1, 15));
  EXPECT_EQ(read.input.suppressions->entries, 1);
}

TEST(ReportJson, IsDeterministicAndDoesNotNameTheEngine) {
  ReportInput input = sample::Input();
  const std::string once = WriteJson(input);
  EXPECT_EQ(WriteJson(input), once);
  input.forecast->engine = "SCALAR";
  EXPECT_EQ(WriteJson(input), once);
}

TEST(ReportJson, WritesWhatCannotBeEstimatedAsNull) {
  ReportInput input = sample::Input();
  input.forecast->regulations[0].statistics[0].ci_low = std::nan("");
  const std::string written = WriteJson(input);
  EXPECT_EQ(Validate(written), std::vector<std::string>{});
  const Read read = ReadBack(written);
  EXPECT_TRUE(std::isnan(read.input.forecast->regulations[0].statistics[0].ci_low));
}

TEST(ReportJson, SurvivesTextThatIsNotUtf8) {
  ReportInput input = sample::Input();
  input.title = "mal \xFF texto";
  EXPECT_NE(WriteJson(input).find("mal \xEF\xBF\xBD texto"), std::string::npos);
}

TEST(ReadReportJson, NamesEveryFieldThatIsWrong) {
  Json document = Json::parse(WriteJson(sample::Input()));
  document.erase("titulo");
  document["revision"]["hallazgos"][1]["severidad"] = "grave";
  document["revision"]["totales"]["ejecutadas"] = "cinco";
  document["revision"]["hallazgos"][0]["testigo"]["hechos"][0]["fecha"] = "2025-02-30";
  document["lecturas"][0]["elegida"] = 7;
  document["pronostico"]["regulaciones"][1]["diferencias"].erase(0);
  document["pronostico"]["gestion"] = 1e30;
  const Read read = ReadBack(document.dump());
  std::vector<std::string> messages;
  for (const base::Diagnostic& diagnostic : read.diagnostics.all()) {
    messages.push_back(diagnostic.message.es);
    EXPECT_FALSE(diagnostic.message.en.empty());
  }
  EXPECT_EQ(messages,
            (std::vector<std::string>{
                "«titulo» falta", "«lecturas[0]» elige una opción que no existe",
                "«revision.totales.ejecutadas» no es un entero válido",
                "«revision.hallazgos[0].testigo.hechos[0].fecha» no es una fecha AAAA-MM-DD",
                "«revision.hallazgos[1].severidad» tiene el valor desconocido «grave»",
                "«pronostico.gestion» no es un entero válido",
                "«pronostico» no tiene una estadística por celda en cada regulación"}));
}

TEST(ReadReportJson, RefusesWhatIsNotAReport) {
  for (const char* text : {"", "{", "[]", "\x01\x02", "null", "{\"esquema\": \"otro/1\"}"}) {
    EXPECT_TRUE(ReadBack(text).diagnostics.has_errors()) << text;
  }
}

}  // namespace
}  // namespace cotejo::reports
