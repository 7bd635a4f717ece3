// A forecast is the same with any threads and processes, and after being killed.
#include <signal.h>
#include <spawn.h>

#include <chrono>
#include <thread>

#include "tests/cli/program.h"

namespace cotejo {
namespace {

#ifdef COTEJO_SANITIZED
constexpr int kReplications = 100;
#else
constexpr int kReplications = 1000;
#endif

// Open MPI never gives some memory back: a leak, for the sanitizer.
const std::string kTwoProcesses =
    "OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 ASAN_OPTIONS=detect_leaks=0 "
    "mpirun --oversubscribe -n 2 ";

bool HasMpirun() { return std::system("command -v mpirun >/dev/null") == 0; }

class Resume : public Cli {
 protected:
  [[nodiscard]] static std::string Order(const std::string& more) {
    return "simular regulations/rip-2025 --poblacion scenarios/library/defensoria-2025.toml "
           "--enmienda scenarios/library/tolerancia-10.enmienda.norma.md --gestion 2026 "
           "--replicas " +
           std::to_string(kReplications) + " " + more;
  }
  [[nodiscard]] Json Forecast(const std::string& name) const {
    return ReadJson(name).at("pronostico");
  }

  // Begins an order in a process of its own, and kills it with SIGKILL once it has kept more than
  // it begins with in `kept`.
  void Kill(const std::string& order, const fs::path& kept) {
    const std::string command = std::string("cd '") + COTEJO_SOURCE_DIR + "' && exec '" +
                                COTEJO_PROGRAM + "' " + order + " >/dev/null 2>&1";
    std::string shell = "sh";
    std::string option = "-c";
    std::string text = command;
    char* arguments[] = {shell.data(), option.data(), text.data(), nullptr};
    pid_t process = 0;
    ASSERT_EQ(posix_spawn(&process, "/bin/sh", nullptr, nullptr, arguments, environ), 0);
    const fs::path previous = kept.string() + ".anterior";
    int status = 0;
    // The one that was there is put aside before the new one takes its place.
    const auto grown = [&] {
      return fs::exists(previous) && fs::exists(kept) && ReadAll(kept) != ReadAll(previous);
    };
    while (!grown() && waitpid(process, &status, WNOHANG) == 0)
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    kill(process, SIGKILL);
    waitpid(process, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "it ended before it could be killed";
  }
};

TEST_F(Resume, KilledAndGoneOnOrSharedByProcessesIsTheSame) {
  ASSERT_EQ(RunCotejo(Order("--hilos 2 --salida " + At("entera.json"))).status, 0);
  const Json whole = Forecast("entera.json");
  const fs::path kept = folder_ / "largo.punto";
  Kill(Order("--hilos 1 --reanudar '" + kept.string() + "'"), kept);
  fs::copy_file(kept, folder_ / "otra.punto");

  const Outcome resumed = RunCotejo(
      Order("--hilos 1 --reanudar '" + kept.string() + "' --salida " + At("seguida.json")));
  EXPECT_EQ(resumed.status, 0) << resumed.output;
  EXPECT_NE(resumed.output.find("[punto-retomado]"), std::string::npos) << resumed.output;
  EXPECT_EQ(Forecast("seguida.json"), whole);

  if (!HasMpirun()) GTEST_SKIP() << "mpirun is not installed";
  const Outcome shared =
      RunWith(kTwoProcesses, Order("--reanudar '" + (folder_ / "otra.punto").string() +
                                   "' --salida " + At("repartida.json")));
  EXPECT_EQ(shared.status, 0) << shared.output;
  EXPECT_EQ(Forecast("repartida.json"), whole);
  // One process says it all.
  const auto first = shared.output.find("[punto-retomado]");
  EXPECT_NE(first, std::string::npos);
  EXPECT_EQ(shared.output.find("[punto-retomado]", first + 1), std::string::npos);
}

TEST_F(Resume, AFileThatIsNotWholeOrIsOfAnotherRunIsRefused) {
  const std::string file = (folder_ / "corto.punto").string();
  const std::string order =
      "simular regulations/rip-2025 --poblacion scenarios/library/defensoria-2025.toml "
      "--replicas 2 --reanudar '" +
      file + "'";
  ASSERT_EQ(RunCotejo(order).status, 0);
  const Outcome other = RunCotejo(order + " --semilla 3");
  EXPECT_EQ(other.status, 2);
  EXPECT_NE(other.output.find("no es lo mismo la semilla"), std::string::npos) << other.output;
  const std::string whole = ReadAll(file);
  Write("corto.punto", whole.substr(0, whole.size() / 2));
  const Outcome cut = RunCotejo(order);
  EXPECT_EQ(cut.status, 2);
  EXPECT_NE(cut.output.find("[punto-truncado]"), std::string::npos) << cut.output;
  EXPECT_NE(cut.output.find("corto.punto.anterior"), std::string::npos) << cut.output;
  EXPECT_EQ(ReadAll(file), whole.substr(0, whole.size() / 2));
  std::string altered = whole;
  altered[whole.size() / 2] = static_cast<char>(altered[whole.size() / 2] ^ 4);
  Write("corto.punto", altered);
  const Outcome changed = RunCotejo("--lang en " + order);
  EXPECT_EQ(changed.status, 2);
  EXPECT_NE(changed.output.find("[punto-alterado]"), std::string::npos) << changed.output;
  EXPECT_NE(changed.output.find("it was altered"), std::string::npos) << changed.output;
}

// As on a full disk: a file has no room for more than a few bytes.
TEST_F(Resume, WhatCannotBeKeptLeavesNoHalfOfItBehind) {
  const Outcome full =
      RunWith("trap '' XFSZ && ulimit -f 20 && ",
              "simular regulations/rip-2025 --poblacion scenarios/library/defensoria-2025.toml "
              "--gestion 2026 --replicas 2 --reanudar " +
                  At("grande.punto"));
  EXPECT_EQ(full.status, 2);
  EXPECT_NE(full.output.find("[punto-sin-guardar]"), std::string::npos) << full.output;
  EXPECT_FALSE(fs::exists(folder_ / "grande.punto"));
  EXPECT_FALSE(fs::exists(folder_ / "grande.punto.parcial"));
}

TEST_F(Resume, ProcessesThatCannotReadSayItOnce) {
  if (!HasMpirun()) GTEST_SKIP() << "mpirun is not installed";
  const Outcome shared =
      RunWith(kTwoProcesses,
              "simular regulations/no-hay --poblacion scenarios/library/defensoria-2025.toml");
  EXPECT_EQ(shared.status, 2);
  const auto first = shared.output.find("error:");
  ASSERT_NE(first, std::string::npos) << shared.output;
  EXPECT_EQ(shared.output.find("error:", first + 1), std::string::npos) << shared.output;
}

#ifndef COTEJO_SANITIZED

// Aborted by its allocator, it said nothing. How much is enough hangs on the machine.
TEST_F(Resume, AProcessWithoutMemoryEndsThemAll) {
  if (!HasMpirun()) GTEST_SKIP() << "mpirun is not installed";
  for (const std::string rank : {"0", "1"}) {
    Outcome shared;
    for (int megabytes = 320; megabytes >= 140; megabytes -= 30) {
      shared = RunWith(
          "timeout -k 5 60 env " + kTwoProcesses + "sh -c 'test $OMPI_COMM_WORLD_RANK != " + rank +
              " || ulimit -v " + std::to_string(megabytes * 1000) + "; exec \"$@\"' -- ",
          "simular regulations/rip-2025 --poblacion scenarios/library/defensoria-2025.toml "
          "--replicas 40");
      if (shared.status != 0) break;
    }
    EXPECT_EQ(shared.status, 2) << shared.output;
    EXPECT_NE(shared.output.find("no alcanza la memoria"), std::string::npos) << shared.output;
  }
}

#endif

}  // namespace
}  // namespace cotejo
