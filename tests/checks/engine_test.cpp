// The run of the tasks: threads, failures, interruption.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "solver/checks/result_bytes.h"
#include "solver/checks/tasks.h"
#include "tests/checks/text_rules.h"

namespace cotejo::checks {
namespace {

using ::testing::HasSubstr;

const std::string kRules = R"(
jerarquía ley > reglamento
norma REG "Reglamento de prueba" rango reglamento vigente desde 2020-01-01
horario único cita REG:1 tramos 08:00 a 12:00, 14:00 a 18:00
hecho falta en tramo
  días: días = 1/2 día entre 1/2 día y 1/2 día en pasos de 1/2 día
hecho queja en tramo
medida total por mes cita REG:2 = suma(falta.días) en pasos de 1/2 día
medida veces_del_mes por mes cita REG:2 = cuenta(falta)
medida quejas por mes cita REG:2 = cuenta(queja)
escala faltas cita REG:3 sobre falta por mes según total
  | 1/2 .. 1 | sin sanción     |
  | 2 .. 3   | descuento 1 día |
  | 4 ..     | descuento 3 días |
regla muchas cita REG:4 sobre falta por mes cuando veces_del_mes >= 4 entonces destitución
escala quejosos cita REG:5 sobre queja por mes según quejas
  | 1 .. 2 | sin sanción          |
  | 4 ..   | amonestación escrita |
)";

std::vector<Task> NumberedTasks(int count) {
  std::vector<Task> tasks;
  for (int i = 0; i < count; ++i) {
    const std::string name = "prueba/" + std::to_string(i);
    tasks.push_back({name, "", [name](base::CheckReport& report) {
                       base::QueryRecord record;
                       record.name = name;
                       record.check = "prueba";
                       record.verdict = base::Verdict::Proved;
                       report.queries.push_back(record);
                     }});
  }
  return tasks;
}

base::CheckReport RunAll(const std::vector<Task>& tasks, const CheckOptions& options) {
  const auto text = ReadRules(kRules);
  const CheckInput input{*text->rules, text->families, nullptr, nullptr, nullptr};
  const CheckContext context{input, input.rules, input.families, options, 2025};
  base::CheckReport report;
  RunTasks(context, tasks, report);
  return report;
}

TEST(Engine, AnyNumberOfThreadsGivesTheSameReport) {
  const auto text = ReadRules(kRules);
  std::string one;
  for (int threads : {1, 2, 3, 8, 0}) {
    CheckOptions options;
    options.threads = threads;
    const base::CheckReport report = Check(*text->rules, text->families, options);
    EXPECT_FALSE(report.findings.empty());
    const std::string bytes = ToBytes(report);
    if (one.empty()) one = bytes;
    EXPECT_TRUE(bytes == one) << threads;
  }
}

TEST(Engine, ResultsAreInTheOrderOfTheTasks) {
  CheckOptions options;
  options.threads = 4;
  const base::CheckReport report = RunAll(NumberedTasks(200), options);
  ASSERT_EQ(report.queries.size(), 200U);
  for (int i = 0; i < 200; ++i) {
    EXPECT_EQ(report.queries[static_cast<std::size_t>(i)].name, "prueba/" + std::to_string(i));
  }
}

TEST(Engine, ATaskThatFailsIsUnknownAndTheOthersAreRun) {
  for (int threads : {1, 3}) {
    std::vector<Task> tasks = NumberedTasks(3);
    tasks[1].run = [](base::CheckReport& report) {
      report.findings.emplace_back();  // what it had when it failed is not kept
      throw std::runtime_error("se acabó el papel");
    };
    CheckOptions options;
    options.threads = threads;
    const base::CheckReport report = RunAll(tasks, options);
    ASSERT_EQ(report.queries.size(), 3U);
    EXPECT_TRUE(report.findings.empty());
    EXPECT_EQ(report.queries[0].verdict, base::Verdict::Proved);
    EXPECT_EQ(report.queries[1].name, "prueba/1");
    EXPECT_EQ(report.queries[1].check, "prueba");
    EXPECT_EQ(report.queries[1].verdict, base::Verdict::Unknown);
    EXPECT_THAT(report.queries[1].reason.es, HasSubstr("se acabó el papel"));
    EXPECT_FALSE(report.queries[1].bounds.empty());
    EXPECT_EQ(report.queries[2].verdict, base::Verdict::Proved);
  }
}

TEST(Engine, WhatIsFinishedWhenStoppedIsKeptAndTheRestIsUnknown) {
  std::atomic<bool> stop{false};
  std::vector<Task> tasks = NumberedTasks(5);
  const auto second = tasks[1].run;
  tasks[1].run = [&stop, second](base::CheckReport& report) {
    second(report);
    stop = true;
  };
  CheckOptions options;
  options.stop = &stop;
  const base::CheckReport report = RunAll(tasks, options);
  ASSERT_EQ(report.queries.size(), 5U);
  for (std::size_t i = 0; i < 5; ++i) {
    const bool finished = i < 2;
    EXPECT_EQ(report.queries[i].verdict, finished ? base::Verdict::Proved : base::Verdict::Unknown);
    EXPECT_EQ(report.queries[i].reason.empty(), finished);
    if (!finished) {
      EXPECT_THAT(report.queries[i].reason.es, HasSubstr("interrumpida"));
    }
  }
}

TEST(Engine, EveryQuerySaysWithinWhatBoundsAndOnWhatItRests) {
  const base::CheckReport report = CheckText(kRules);
  for (const base::QueryRecord& query : report.queries) {
    if (query.verdict == base::Verdict::NotRun) continue;
    EXPECT_FALSE(query.bounds.es.empty()) << query.name;
    EXPECT_FALSE(query.bounds.en.empty()) << query.name;
    EXPECT_FALSE(query.engine.empty()) << query.name;
    const bool decided =
        query.verdict == base::Verdict::Proved || query.verdict == base::Verdict::Refuted;
    EXPECT_EQ(query.evidence != base::Evidence::None, decided) << query.name;
  }
}

}  // namespace
}  // namespace cotejo::checks
