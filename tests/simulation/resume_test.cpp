// Runs that go on from a file, and runs that several processes share.
#include <fstream>
#include <mutex>
#include <sstream>
#include <thread>

#include "scenarios/study/study.h"
#include "tests/simulation/setting_for_tests.h"

namespace cotejo::study {
namespace {

namespace fs = std::filesystem;

std::string ReadAll(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

void WriteAll(const fs::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

// ---- the file --------------------------------------------------------------------

class CheckpointTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto* info = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::path(COTEJO_BINARY_DIR) /
              (std::string("punto-") + info->name() + "-" + std::to_string(::getpid()));
    fs::create_directories(folder_);
    path_ = (folder_ / "largo.punto").string();
  }
  void TearDown() override { fs::remove_all(folder_); }

  Checkpoint Of(const std::string& seed = "7") const {
    return {path_, {{{"el texto", "text"}, "abc"}, {{"la semilla", "seed"}, seed}}};
  }
  // The code of the refusal, or the state.
  std::string Read(const Checkpoint& checkpoint) {
    base::Diagnostics diagnostics;
    const std::string before = ReadAll(path_);
    const auto state = checkpoint.Read(diagnostics);
    EXPECT_EQ(ReadAll(path_), before);
    if (state) return *state;
    EXPECT_EQ(diagnostics.all().size(), 1U);
    problem_ = diagnostics.all().front();
    EXPECT_FALSE(problem_.message.es.empty() || problem_.message.en.empty());
    EXPECT_FALSE(problem_.hint.es.empty() || problem_.hint.en.empty());
    return "[" + problem_.code + "]";
  }

  fs::path folder_;
  std::string path_;
  base::Diagnostic problem_;
};

TEST_F(CheckpointTest, WhatIsWrittenIsRead) {
  EXPECT_EQ(Read(Of()), "");
  ASSERT_TRUE(Of().Write("uno"));
  EXPECT_EQ(Read(Of()), "uno");
  EXPECT_FALSE(fs::exists(Of().previous_path()));
  ASSERT_TRUE(Of().Write(std::string("d\0s\n", 4)));
  EXPECT_EQ(Read(Of()), std::string("d\0s\n", 4));
  EXPECT_FALSE(fs::exists(path_ + ".parcial"));
}

TEST_F(CheckpointTest, CutAnywhereIsRefused) {
  ASSERT_TRUE(Of().Write("lo que se terminó"));
  const std::string whole = ReadAll(path_);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    WriteAll(path_, whole.substr(0, size));
    const std::string code = Read(Of());
    EXPECT_TRUE(code == "[punto-truncado]" || size < 120) << size << code;
    EXPECT_EQ(code.substr(0, 7), "[punto-") << size;
  }
  EXPECT_NE(problem_.message.es.find("byte " + std::to_string(whole.size() - 1)), std::string::npos)
      << problem_.message.es;
  WriteAll(path_, whole + "x");
  EXPECT_EQ(Read(Of()), "[punto-truncado]");
}

TEST_F(CheckpointTest, AnyByteAlteredIsRefused) {
  ASSERT_TRUE(Of().Write("lo que se terminó"));
  const std::string whole = ReadAll(path_);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    std::string altered = whole;
    altered[i] = static_cast<char>(altered[i] ^ 1);
    WriteAll(path_, altered);
    EXPECT_EQ(Read(Of()).substr(0, 7), "[punto-") << i;
  }
  EXPECT_EQ(problem_.code, "punto-alterado");
}

TEST_F(CheckpointTest, WhatIsNotOneOrIsOfAnotherVersionIsRefused) {
  WriteAll(path_, "");
  EXPECT_EQ(Read(Of()), "[punto-ajeno]");
  WriteAll(path_, "{}\n");
  EXPECT_EQ(Read(Of()), "[punto-ajeno]");
  ASSERT_TRUE(Of().Write("uno"));
  std::string other = ReadAll(path_);
  other.replace(other.find('4'), 1, "3");
  WriteAll(path_, other);
  EXPECT_EQ(Read(Of()), "[punto-de-otra-versión]");
  fs::remove(path_);
  fs::create_directory(path_);
  EXPECT_EQ(Read(Of()), "[punto-ilegible]");
}

TEST_F(CheckpointTest, ThatOfAnotherRunIsRefusedAndSaysWhatDiffers) {
  ASSERT_TRUE(Of("7").Write("uno"));
  EXPECT_EQ(Read(Of("8")), "[punto-de-otra-simulación]");
  EXPECT_NE(problem_.message.es.find("la semilla"), std::string::npos);
  const Checkpoint more(path_, {{{"el texto", "text"}, "abc"}});
  EXPECT_EQ(Read(more), "[punto-de-otra-simulación]");
}

TEST_F(CheckpointTest, ThePreviousCopyIsOfferedWhenItIsWhole) {
  ASSERT_TRUE(Of().Write("uno"));
  ASSERT_TRUE(Of().Write("dos"));
  WriteAll(path_, "cotejo-punto 4\nbytes 4\n");
  EXPECT_EQ(Read(Of()), "[punto-truncado]");
  EXPECT_NE(problem_.hint.es.find(".anterior"), std::string::npos) << problem_.hint.es;
  EXPECT_EQ(Read(Of("8")), "[punto-truncado]");
  EXPECT_EQ(problem_.hint.es.find(".anterior"), std::string::npos) << "of another run";
  fs::remove(path_);
  EXPECT_EQ(Read(Of()), "[punto-ilegible]") << "nothing is begun anew beside a copy";
  fs::rename(Of().previous_path(), path_);
  EXPECT_EQ(Read(Of()), "uno");
}

TEST_F(CheckpointTest, WhereNothingCanBeWrittenNothingIsLost) {
  const Checkpoint nowhere((folder_ / "no" / "hay").string(), {});
  EXPECT_FALSE(nowhere.Write("uno"));
}

// ---- processes -------------------------------------------------------------------

// Processes that are threads of this one.
class Post {
 public:
  explicit Post(int count) : boxes_(static_cast<std::size_t>(count)) {}
  void Put(int to, ranks::Message message) {
    const std::lock_guard lock(mutex_);
    boxes_[static_cast<std::size_t>(to)].push_back(std::move(message));
  }
  std::optional<ranks::Message> Take(int rank) {
    const std::lock_guard lock(mutex_);
    auto& box = boxes_[static_cast<std::size_t>(rank)];
    if (box.empty()) return std::nullopt;
    ranks::Message message = std::move(box.front());
    box.erase(box.begin());
    return message;
  }
  [[nodiscard]] int count() const { return static_cast<int>(boxes_.size()); }

 private:
  std::mutex mutex_;
  std::vector<std::vector<ranks::Message>> boxes_;
};

class Threaded : public ranks::Ranks {
 public:
  Threaded(Post& post, int rank) : post_(post), rank_(rank) {}
  [[nodiscard]] int rank() const override { return rank_; }
  [[nodiscard]] int count() const override { return post_.count(); }
  void Send(int to, int kind, std::string_view bytes) override {
    sent_ += static_cast<int>(kind == year::kPart);
    post_.Put(to, {rank_, kind, std::string(bytes)});
  }
  std::optional<ranks::Message> Receive() override { return post_.Take(rank_); }
  [[nodiscard]] bool UnderWay() const override { return false; }
  [[nodiscard]] int parts() const { return sent_; }

 private:
  Post& post_;
  int rank_;
  int sent_ = 0;
};

class ResumeTest : public year::RipTest {
 protected:
  static constexpr int kReplications = 2 * year::kBlock + 6;  // two blocks and part of a third

  void SetUp() override {
    RipTest::SetUp();
    const auto* info = testing::UnitTest::GetInstance()->current_test_info();
    path_ = (fs::path(COTEJO_BINARY_DIR) /
             (std::string(info->name()) + "-" + std::to_string(::getpid()) + ".punto"))
                .string();
    regulations_ = {{"base", {}, regulation_.rules},
                    {"10", {}, Amended("tolerancia-10.enmienda.norma.md")}};
    options_.year.gestion = 2026;
    options_.year.replications = kReplications;
    options_.year.threads = 1;
    options_.year.whole = 16;
  }
  void TearDown() override {
    for (const char* end : {"", ".anterior", ".parcial"}) fs::remove(path_ + end);
  }

  std::optional<year::Forecast> Study(const Options& options) {
    diagnostics_ = {};
    return study::Run(regulations_, population_, options, diagnostics_);
  }
  bool Said(const std::string& code) const {
    return std::any_of(diagnostics_.all().begin(), diagnostics_.all().end(),
                       [&](const base::Diagnostic& d) { return d.code == code; });
  }

  // With two more processes; `others` are the options those have.
  std::optional<year::Forecast> Shared(Options options, Options others) {
    Post post(3);
    Threaded first(post, 0);
    std::vector<std::thread> threads;
    std::atomic<int> parts{0};
    for (int rank = 1; rank < 3; ++rank) {
      threads.emplace_back([&, rank] {
        Threaded mine(post, rank);
        Options own = others;
        own.year.ranks = &mine;
        study::Serve(regulations_, population_, own);
        parts += mine.parts();
      });
    }
    options.year.ranks = &first;
    auto forecast = Study(options);
    study::Dismiss(first);
    for (std::thread& thread : threads) thread.join();
    parts_ = parts;
    return forecast;
  }

  std::string path_;
  std::vector<year::RegulationInput> regulations_;
  Options options_;
  int parts_ = 0;
};

void ExpectSame(const std::optional<year::Forecast>& a, const std::optional<year::Forecast>& b) {
  ASSERT_TRUE(a && b);
  EXPECT_EQ(a->replications, b->replications);
  EXPECT_EQ(a->assumptions, b->assumptions);
  ASSERT_EQ(a->cells.size(), b->cells.size());
  const auto same = [](const year::Statistics& x, const year::Statistics& y) {
    return x.mean == y.mean && x.ci_low == y.ci_low && x.ci_high == y.ci_high &&
           x.year_low == y.year_low && x.year_high == y.year_high && x.sd == y.sd &&
           x.sd_input == y.sd_input;
  };
  for (std::size_t r = 0; r < a->regulations.size(); ++r) {
    const year::RegulationResult& x = a->regulations[r];
    const year::RegulationResult& y = b->regulations[r];
    EXPECT_EQ(x.values, y.values);
    for (std::size_t c = 0; c < a->cells.size(); ++c) {
      EXPECT_EQ(a->cells[c].key, b->cells[c].key);
      EXPECT_TRUE(same(x.statistics[c], y.statistics[c])) << a->cells[c].key;
      EXPECT_TRUE(r == 0 || same(x.difference[c], y.difference[c])) << a->cells[c].key;
    }
  }
  for (std::size_t s = 0; s < a->series.size(); ++s) {
    EXPECT_EQ(a->series[s].base, b->series[s].base);
    EXPECT_EQ(a->series[s].amended, b->series[s].amended);
  }
}

TEST_F(ResumeTest, ProcessesChangeNothing) {
  const auto alone = Study(options_);
  Options others = options_;
  others.year.threads = 2;
  ExpectSame(alone, Shared(options_, others));
  EXPECT_GT(parts_, 0);
}

TEST_F(ResumeTest, ProcessesShareDrawsAndPrecisionToo) {
  options_.year.replications = 4;
  options_.draws = 3;
  options_.precision = 0.2;
  options_.most = 6;
  const auto alone = Study(options_);
  ASSERT_TRUE(alone);
  EXPECT_EQ(alone->draws, 6);
  ExpectSame(alone, Shared(options_, options_));
}

TEST_F(ResumeTest, AProcessWithOtherInputsIsRefused) {
  Options others = options_;
  others.inputs = {{{"la población", "population"}, "otra"}};
  EXPECT_FALSE(Shared(options_, others));
  EXPECT_TRUE(Said("rangos-distintos"));
}

TEST_F(ResumeTest, GoesOnFromWhatWasFinished) {
  const auto alone = Study(options_);
  options_.resume = path_;
  std::atomic<bool> stop{false};
  std::atomic<std::int64_t> done{0};
  options_.year.stop = &stop;
  options_.year.progress = &done;
  std::thread killer([&] {
    while (done < year::kBlock * 220) std::this_thread::yield();
    stop = true;
  });
  const auto stopped = Study(options_);
  killer.join();
  ASSERT_TRUE(stopped);
  EXPECT_LT(stopped->replications, kReplications);
  stop = false;
  done = 0;
  ExpectSame(alone, Study(options_));
  EXPECT_TRUE(Said("punto-retomado"));
  EXPECT_EQ(done, kReplications * 220);
  // Everything is there already.
  ExpectSame(alone, Shared(options_, options_));
  EXPECT_EQ(parts_, 0);
}

// Two assumptions: 3 trajectories of 3 points, and then 8 points for each of the two samples and
// for each assumption. The one that was stopped lives 2 × 220 person-years of each point that was
// not finished, and ends with the same figures.
TEST_F(ResumeTest, ASensitivityGoesOnFromItsLastPoint) {
  population_.uncertainty = {0.5, 0.1, 0, 0, 0, 0};
  SensitivityOptions options;
  options.year.gestion = 2026;
  options.year.replications = 2;
  options.year.threads = 1;
  options.trajectories = 3;
  options.base = 8;
  options.matters = 0;
  constexpr std::int64_t kAll = (3 * 3 + 8 * (2 + 2)) * 2 * 220;
  ASSERT_EQ(YearsOf(population_, options), kAll);
  const auto run = [&] {
    diagnostics_ = {};
    return Analyse(regulations_.front(), population_, options, diagnostics_);
  };
  const auto alone = run();
  ASSERT_TRUE(alone);
  EXPECT_EQ(alone->runs, 41);
  options.resume = path_;
  std::atomic<bool> stop{false};
  std::atomic<std::int64_t> done{0};
  options.year.stop = &stop;
  options.year.progress = &done;
  for (const std::int64_t at : {kAll / 4, 3 * kAll / 4}) {  // in the screening, and in the indices
    std::thread killer([&] {
      while (done < at) std::this_thread::yield();
      stop = true;
    });
    const auto stopped = run();
    killer.join();
    EXPECT_FALSE(stopped);
    stop = false;
    done = 0;
  }
  const auto whole = run();
  EXPECT_TRUE(Said("punto-retomado"));
  EXPECT_EQ(done, kAll);
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->runs, 41);
  EXPECT_EQ(whole->label, alone->label);
  ASSERT_EQ(whole->effects.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(whole->effects[i].key, alone->effects[i].key);
    EXPECT_EQ(whole->effects[i].mean, alone->effects[i].mean);
    EXPECT_EQ(whole->effects[i].sd, alone->effects[i].sd);
    EXPECT_EQ(whole->effects[i].first.value, alone->effects[i].first.value);
    EXPECT_EQ(whole->effects[i].total.high, alone->effects[i].total.high);
  }
  // Nothing is left to live; and it is not the file of another one.
  done = 0;
  EXPECT_TRUE(run());
  EXPECT_EQ(done, kAll);
  options.base = 16;
  EXPECT_FALSE(run());
  EXPECT_TRUE(Said("punto-de-otra-simulación"));
}

TEST_F(ResumeTest, GoesOnInTheMiddleOfDraws) {
  options_.year.replications = 8;
  options_.draws = 4;
  const auto alone = Study(options_);
  options_.resume = path_;
  std::atomic<bool> stop{false};
  std::atomic<std::int64_t> done{0};
  options_.year.stop = &stop;
  options_.year.progress = &done;
  std::thread killer([&] {
    while (done < 20 * 220) std::this_thread::yield();
    stop = true;
  });
  ASSERT_TRUE(Study(options_));
  killer.join();
  stop = false;
  ExpectSame(alone, Study(options_));
  EXPECT_TRUE(Said("punto-retomado"));
}

TEST_F(ResumeTest, AnotherRunIsNotBegunOverThisOne) {
  options_.year.replications = 4;
  options_.resume = path_;
  ASSERT_TRUE(Study(options_));
  const std::string kept = ReadAll(path_);
  const auto refused = [&](const char* what) {
    EXPECT_FALSE(Study(options_)) << what;
    EXPECT_TRUE(Said("punto-de-otra-simulación")) << what;
    EXPECT_EQ(ReadAll(path_), kept) << what;
  };
  Options first = options_;
  options_.year.seed = 9;
  refused("seed");
  options_ = first;
  options_.year.replications = 8;
  refused("replications");
  options_ = first;
  options_.draws = 2;
  refused("draws");
  options_ = first;
  options_.inputs = {{{"la población", "population"}, "otra"}};
  refused("population");
  options_ = first;
  regulations_.back().rules = Amended("enmienda-nula.enmienda.norma.md");
  refused("amendment");
}

TEST_F(ResumeTest, AFileThatCannotBeWrittenIsSaidBeforeAnythingIsLived) {
  options_.resume = path_ + "/no/hay";
  EXPECT_FALSE(Study(options_));
  EXPECT_TRUE(Said("punto-sin-guardar"));
}

}  // namespace
}  // namespace cotejo::study
