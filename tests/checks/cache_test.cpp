// Results kept from one run to the next: the same as computed again, or not used at all.
#include "solver/checks/cache.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "solver/checks/result_bytes.h"
#include "tests/checks/text_rules.h"

namespace cotejo::checks {
namespace {

namespace fs = std::filesystem;

// A folder of the test's own, gone at the end.
class Place {
 public:
  explicit Place(const std::string& name)
      : path_(fs::path(testing::TempDir()) /
              ("cotejo_" + name + "_" + std::to_string(::getpid()))) {
    fs::remove_all(path_);
  }
  ~Place() { fs::remove_all(path_); }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  [[nodiscard]] std::string str() const { return path_.string(); }
  [[nodiscard]] std::vector<fs::path> Files() const {
    std::vector<fs::path> files;
    if (!fs::exists(path_)) return files;
    for (const auto& entry : fs::directory_iterator(path_)) files.push_back(entry.path());
    return files;
  }

 private:
  fs::path path_;
};

// Every field set, and to something else than its default.
base::Finding FullFinding() {
  const base::Text text{"español", "English"};
  const base::Citation article = base::ParseCitation("RIP:46.III.a");
  base::Witness witness;
  witness.label = text;
  witness.person = {text, text};
  witness.facts = {{base::Date(2025, 3, 31), text}};
  witness.answers = {{article, "regla", text, false, base::Date(2024, 2, 29)}};
  witness.csv = "a;b\nc\n";
  witness.replayed = true;
  base::Finding finding;
  finding.code = "contradicción";
  finding.severity = base::FindingSeverity::Warning;
  finding.id = "contradicción-0badf00d";
  finding.title = text;
  finding.explanation = {"con \"comillas\"\ny línea", ""};
  finding.articles = {article, base::ParseCitation("LEY")};
  finding.region = {text};
  finding.resolution = text;
  finding.reading = text;
  finding.bounds = text;
  finding.witness = witness;
  finding.counterpart = witness;
  finding.evidence = base::Evidence::SecondSolver;
  finding.conditions = {{{article, text}, {{}, text}}, {}};
  finding.all_sets = true;
  finding.mends = {{text, "enmienda", 3, true, {"hueco-1", "hueco-2"}}};
  finding.suppression = base::Suppression{"porque sí", "UDITH", base::Date(2026, 12, 31)};
  finding.passages = {{article, "cuarenta y seis"}};
  finding.under = {text};
  return finding;
}

base::CheckReport FullReport() {
  base::CheckReport report;
  report.findings = {FullFinding(), base::Finding{}};
  report.queries = {{"hueco/a",
                     "hueco",
                     "z3",
                     base::Verdict::NotRun,
                     {"r", "s"},
                     {"b", "c"},
                     base::Evidence::Enumerated},
                    {}};
  return report;
}

TEST(ResultBytes, EveryFieldComesBack) {
  const base::CheckReport report = FullReport();
  const std::string bytes = ToBytes(report);
  const auto back = FromBytes(bytes);
  ASSERT_TRUE(back);
  EXPECT_EQ(ToBytes(*back), bytes);
  const base::Finding& finding = back->findings.at(0);
  const base::Finding full = FullFinding();
  EXPECT_EQ(finding.code, full.code);
  EXPECT_EQ(finding.severity, full.severity);
  EXPECT_EQ(finding.explanation, full.explanation);
  EXPECT_EQ(finding.articles, full.articles);
  EXPECT_EQ(finding.witness.answers[0].date, full.witness.answers[0].date);
  EXPECT_FALSE(finding.witness.answers[0].stands);
  EXPECT_EQ(finding.counterpart->csv, full.counterpart->csv);
  EXPECT_EQ(finding.evidence, full.evidence);
  EXPECT_EQ(finding.conditions[0][0].article, full.conditions[0][0].article);
  EXPECT_EQ(finding.conditions.size(), 2U);
  EXPECT_EQ(finding.mends[0].introduced, full.mends[0].introduced);
  EXPECT_EQ(finding.suppression->until, full.suppression->until);
  EXPECT_EQ(finding.passages[0].text, full.passages[0].text);
  EXPECT_EQ(finding.under, full.under);
  EXPECT_FALSE(back->findings.at(1).counterpart);
  EXPECT_EQ(back->queries.at(0).verdict, base::Verdict::NotRun);
  EXPECT_EQ(back->queries.at(0).evidence, base::Evidence::Enumerated);
}

TEST(ResultBytes, WhatIsCutOrTooLongIsRefused) {
  const std::string bytes = ToBytes(FullReport());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(FromBytes(bytes.substr(0, size))) << size;
  }
  EXPECT_FALSE(FromBytes(bytes + "x"));
  // Whatever one damaged byte turns it into, it is read without harm.
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(~damaged[at]);
    static_cast<void>(FromBytes(damaged));
  }
}

Task MakeTask(const std::string& name, const std::string& depends) {
  return {name, depends, [](base::CheckReport&) {}};
}

TEST(Cache, GivesBackWhatItKept) {
  const Place place("cache_da");
  const Cache cache(place.str());
  const Task task = MakeTask("hueco/a", "0123");
  EXPECT_FALSE(cache.Find(task));
  cache.Keep(task, FullReport());
  const auto found = cache.Find(task);
  ASSERT_TRUE(found);
  EXPECT_EQ(ToBytes(*found), ToBytes(FullReport()));
  EXPECT_FALSE(cache.Find(MakeTask("hueco/b", "0123")));
  EXPECT_FALSE(cache.Find(MakeTask("hueco/a", "0124")));
}

TEST(Cache, NothingIsKeptWithoutAFolderOrWithoutWhatItDependsOn) {
  const Place place("cache_nada");
  const Cache cache(place.str());
  cache.Keep(MakeTask("hueco/a", ""), FullReport());
  EXPECT_FALSE(cache.Find(MakeTask("hueco/a", "")));
  EXPECT_TRUE(place.Files().empty());
  const Cache none("");
  none.Keep(MakeTask("hueco/a", "0123"), FullReport());
  EXPECT_FALSE(none.Find(MakeTask("hueco/a", "0123")));
}

TEST(Cache, ADamagedFileIsIgnored) {
  const Place place("cache_rota");
  const Cache cache(place.str());
  const Task task = MakeTask("hueco/a", "0123");
  cache.Keep(task, FullReport());
  ASSERT_EQ(place.Files().size(), 1U);
  const fs::path file = place.Files()[0];
  std::string content;
  {
    std::ifstream in(file, std::ios::binary);
    content.assign(std::istreambuf_iterator<char>(in), {});
  }
  for (const std::string& bad :
       {std::string(), std::string("no es"), content.substr(0, content.size() / 2), content + "x",
        content.substr(0, 50) + "?" + content.substr(51)}) {
    std::ofstream(file, std::ios::binary) << bad;
    EXPECT_FALSE(cache.Find(task)) << bad.size();
  }
  // A sound file under another task's name is not that task's.
  std::ofstream(file, std::ios::binary) << content;
  EXPECT_TRUE(cache.Find(task));
  cache.Keep(MakeTask("hueco/b", "0123"), base::CheckReport{});
  for (const fs::path& other : place.Files()) {
    if (other != file) fs::copy_file(file, other, fs::copy_options::overwrite_existing);
  }
  EXPECT_FALSE(cache.Find(MakeTask("hueco/b", "0123")));
}

TEST(Cache, TheOldestGoWhenThereIsTooMuch) {
  const Place place("cache_llena");
  const std::size_t one = ToBytes(FullReport()).size() + 33;
  const Cache cache(place.str(), 3 * one);
  for (int i = 0; i < 5; ++i) {
    cache.Keep(MakeTask("t" + std::to_string(i), "0123"), FullReport());
    std::this_thread::sleep_for(std::chrono::milliseconds(15));
  }
  EXPECT_TRUE(cache.Find(MakeTask("t0", "0123")));  // used: it is now the newest
  cache.Trim();
  EXPECT_TRUE(cache.Find(MakeTask("t0", "0123")));
  EXPECT_FALSE(cache.Find(MakeTask("t1", "0123")));
  EXPECT_FALSE(cache.Find(MakeTask("t2", "0123")));
  EXPECT_TRUE(cache.Find(MakeTask("t3", "0123")));
  EXPECT_TRUE(cache.Find(MakeTask("t4", "0123")));
}

TEST(Cache, ManyWritersOfOneResultLeaveItWhole) {
  const Place place("cache_muchos");
  const Task task = MakeTask("hueco/a", "0123");
  {
    std::vector<std::jthread> writers;
    for (int i = 0; i < 4; ++i) {
      writers.emplace_back([&] {
        const Cache cache(place.str());
        for (int n = 0; n < 50; ++n) {
          cache.Keep(task, FullReport());
          const auto found = cache.Find(task);
          EXPECT_TRUE(found && ToBytes(*found) == ToBytes(FullReport()));
        }
      });
    }
  }
  EXPECT_EQ(place.Files().size(), 1U);
}

TEST(Cache, LooksForTooMuchOnceAnHour) {
  const Place place("cache_turno");
  const Cache cache(place.str(), 0);
  const auto keep = [&] {
    cache.Keep(MakeTask("t", "0123"), FullReport());
    cache.TrimInTurn();
    return cache.Find(MakeTask("t", "0123")).has_value();
  };
  EXPECT_FALSE(keep());
  EXPECT_TRUE(keep());  // just done
  const auto set_back = [&](std::chrono::minutes by) {
    fs::last_write_time(place.str() + "/recorte", fs::file_time_type::clock::now() - by);
  };
  set_back(std::chrono::minutes(50));
  EXPECT_TRUE(keep());
  set_back(std::chrono::minutes(61));
  EXPECT_FALSE(keep());
  set_back(std::chrono::minutes(-5));  // a clock set back since
  EXPECT_FALSE(keep());
}

TEST(Cache, AFolderThatCannotBeMadeIsNoError) {
  const Place place("cache_archivo");
  std::ofstream(place.str()) << "no soy una carpeta";
  const Cache cache(place.str());
  cache.Keep(MakeTask("hueco/a", "0123"), FullReport());
  EXPECT_FALSE(cache.Find(MakeTask("hueco/a", "0123")));
  cache.Trim();
  cache.TrimInTurn();
}

// ---- The whole regulation --------------------------------------------------------

const fs::path kRegulations = fs::path(COTEJO_SOURCE_DIR) / "regulations";

struct Outcome {
  std::string bytes;
  int reused = 0;
};

Outcome CheckFolder(const fs::path& folder, const std::string& cache) {
  base::SourceMap sources;
  base::Diagnostics diagnostics;
  const auto regulation = rules::LoadRegulation(sources, folder.string(), {}, diagnostics);
  if (!regulation.rules) {
    for (const auto& diagnostic : diagnostics.all()) {
      ADD_FAILURE() << base::Render(diagnostic, sources, base::Language::Spanish);
    }
    return {};
  }
  Progress progress;
  CheckOptions options;
  options.cache_directory = cache;
  options.threads = 2;
  options.progress = &progress;
  const auto report = Check(*regulation.rules, rules::BuildFamilies(*regulation.rules), options);
  EXPECT_EQ(progress.planned, progress.done);
  return {ToBytes(report), progress.reused};
}

TEST(CacheOfTheRip, WarmIsByteForByteTheSameAsCold) {
  const Place place("cache_rip");
  const Outcome cold = CheckFolder(kRegulations / "rip-2025", place.str());
  EXPECT_EQ(cold.reused, 0);
  const Outcome warm = CheckFolder(kRegulations / "rip-2025", place.str());
  EXPECT_GT(warm.reused, 5);
  EXPECT_TRUE(cold.bytes == warm.bytes);
  EXPECT_TRUE(cold.bytes == CheckFolder(kRegulations / "rip-2025", "").bytes);
}

}  // namespace
}  // namespace cotejo::checks
