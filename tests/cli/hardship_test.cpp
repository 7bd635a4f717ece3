// What the program does without memory, threads, room on the disk, a reader or a folder of its own;
// and what it writes is never half of it, nor in the place of something else.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <vector>

#include "tests/cli/program.h"

namespace cotejo {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string kPopulation = "scenarios/library/defensoria-2025.toml";
const std::string kSimulate = "simular regulations/rip-2025 --gestion 2026 --replicas 4 ";
const std::string kYear = kSimulate + "--poblacion " + kPopulation + " ";

class Hardship : public Cli {
 protected:
  // With $COTEJO as the program and $D as the folder of the test.
  [[nodiscard]] Outcome Shell(const std::string& shell) const {
    return RunWith("D='" + folder_.string() + "' COTEJO='" + std::string(COTEJO_PROGRAM) +
                       "' sh -c '" + shell + "' --",
                   "");
  }
  [[nodiscard]] std::vector<std::string> Names() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_))
      names.push_back(entry.path().filename().string());
    return names;
  }
};

// It died of the first line that nobody read, before the file was begun.
TEST_F(Hardship, AReaderThatLeavesLeavesTheFileOfResultsWhole) {
  const Outcome gone = Shell("{ $COTEJO " + kYear +
                             "--salida $D/a.json; echo $? >$D/estado; } | true; "
                             "$COTEJO " +
                             kYear + "--salida $D/b.json >/dev/null");
  EXPECT_EQ(gone.status, 0) << gone.output;
  EXPECT_EQ(ReadJson("a.json").at("pronostico"), ReadJson("b.json").at("pronostico"));
  EXPECT_EQ(ReadAll(folder_ / "estado"), "141\n");  // as of the signal: 128 + SIGPIPE
  EXPECT_THAT(gone.output, Not(HasSubstr("error")));
}

// As on a full disk: a file has no room for more than a few bytes.
TEST_F(Hardship, OnAFullDiskNoHalfOfAResultIsLeft) {
  const Outcome full =
      Shell("trap \"\" XFSZ; ulimit -f 20; $COTEJO " + kYear + "--salida $D/a.json >/dev/null");
  EXPECT_EQ(full.status, 2);
  EXPECT_THAT(full.output, HasSubstr("no se puede escribir"));
  EXPECT_THAT(full.output, HasSubstr("no queda lugar en el disco"));
  EXPECT_THAT(Names(), testing::IsEmpty());
}

TEST_F(Hardship, OnAFullDiskNoHalfOfAQueryIsLeft) {
  const std::string dump =
      "$COTEJO revisar regulations/rip-2025 --solo hueco --sin-cache --volcar ";
  ASSERT_EQ(Shell(dump + "$D/todo >/dev/null").status, 1);
  const Outcome full = Shell("trap \"\" XFSZ; ulimit -f 4; " + dump + "$D/parte");
  EXPECT_THAT(full.output, HasSubstr("no se pudo escribir la consulta en"));
  for (const auto& entry : fs::directory_iterator(folder_ / "parte"))
    EXPECT_EQ(ReadAll(entry.path()), ReadAll(folder_ / "todo" / entry.path().filename()));
}

// Of two that wrote one name at once, one found its own half renamed by the other.
TEST_F(Hardship, RunsThatWriteOneFileAtOnceEachWriteItWhole) {
  const Outcome all = Shell(
      "for i in 1 2 3 4 5 6; do for k in 1 2 3 4; do "
      "$COTEJO grafo regulations/rip-2025 --formato json --salida $D/a.json & done; wait; done");
  EXPECT_THAT(all.output, Not(HasSubstr("error")));
  EXPECT_NO_THROW(ReadJson("a.json"));
  EXPECT_THAT(Names(), testing::ElementsAre("a.json"));
}

// The link was replaced, and what others read by it stayed as it was.
TEST_F(Hardship, WhatIsWrittenThroughALinkIsWhereItLeads) {
  fs::create_directory(folder_ / "lejos");
  Write("lejos/a.json", "viejo");
  fs::create_symlink("lejos/a.json", folder_ / "liga.json");
  fs::create_symlink("lejos/nuevo.punto", folder_ / "liga.punto");
  fs::create_symlink("otro", folder_ / "uno");
  fs::create_symlink("uno", folder_ / "otro");
  const Outcome written =
      RunCotejo(kYear + "--salida " + At("liga.json") + " --reanudar " + At("liga.punto"));
  EXPECT_EQ(written.status, 0) << written.output;
  EXPECT_TRUE(fs::is_symlink(folder_ / "liga.json"));
  EXPECT_TRUE(fs::is_symlink(folder_ / "liga.punto"));
  EXPECT_TRUE(ReadJson("lejos/a.json").contains("pronostico"));
  EXPECT_TRUE(fs::is_regular_file(folder_ / "lejos/nuevo.punto"));

  const Outcome circle = RunCotejo(kYear + "--salida " + At("uno"));
  EXPECT_EQ(circle.status, 2);
  EXPECT_THAT(circle.output, HasSubstr("--salida no es un archivo"));
  EXPECT_TRUE(fs::is_symlink(folder_ / "uno"));
}

// A norm that the regulation brings with `usa` became a graph.
TEST_F(Hardship, AResultDoesNotTakeThePlaceOfANormOfAnotherFolder) {
  const fs::path copy = folder_ / "normas";
  fs::copy(fs::path(COTEJO_SOURCE_DIR) / "regulations", copy, fs::copy_options::recursive);
  const fs::path norm = copy / "external/ley-1178.norma.md";
  const std::string text = ReadAll(norm);
  for (const std::string order : {"grafo", "revisar --solo hueco --sin-cache"}) {
    const Outcome outcome = RunCotejo(order + " '" + (copy / "rip-2025").string() + "' --salida '" +
                                      norm.string() + "'");
    EXPECT_EQ(outcome.status, 2) << order;
    EXPECT_THAT(outcome.output, HasSubstr("[archivo-repetido]")) << order;
    EXPECT_EQ(ReadAll(norm), text) << order;
  }
}

// It was said to be a defect of the program's.
TEST_F(Hardship, AFolderThatCannotBeReadInTheRegulationIsNoNorm) {
  if (geteuid() == 0) GTEST_SKIP() << "everything can be read by this user";
  const fs::path copy = folder_ / "normas";
  fs::copy(fs::path(COTEJO_SOURCE_DIR) / "regulations", copy, fs::copy_options::recursive);
  fs::create_directory(copy / "rip-2025/notas");
  fs::permissions(copy / "rip-2025/notas", fs::perms::none);
  const Outcome outcome =
      RunCotejo("grafo '" + (copy / "rip-2025").string() + "' --salida " + At("a.dot"));
  fs::permissions(copy / "rip-2025/notas", fs::perms::owner_all);
  EXPECT_EQ(outcome.status, 0) << outcome.output;
}

TEST_F(Hardship, WithoutATemporaryFolderItIsSaid) {
  const std::string none = "TMPDIR=/no/hay ";
  const Outcome second =
      RunWith(none, "revisar regulations/rip-2025 --solo hueco --sin-cache --contraste");
  EXPECT_EQ(second.status, 2);
  EXPECT_THAT(second.output, HasSubstr("no hay carpeta temporal"));
  EXPECT_THAT(second.output, Not(HasSubstr("defecto")));
}

// A disk that fails gives an error where the bytes should be; so does a folder of that name. What
// was kept is done again, and nothing else changes.
TEST_F(Hardship, ResultsThatCannotBeReadAreComputedAgain) {
  const std::string order =
      "revisar regulations/rip-2025 --solo hueco,contradicción --espacio " + At("e");
  const Outcome first = RunCotejo(order);
  EXPECT_EQ(first.status, 1) << first.output;
  int damaged = 0;
  std::vector<fs::path> kept;
  for (const auto& entry : fs::directory_iterator(folder_ / "e/cache"))
    kept.push_back(entry.path());
  for (const fs::path& path : kept) {
    fs::remove(path);
    fs::create_directory(path);
    damaged +=
        static_cast<int>(path.filename() == "respuestas" || path.extension() == ".resultado");
  }
  EXPECT_GT(damaged, 1);
  const Outcome again = RunCotejo(order);
  EXPECT_EQ(again.status, 1);
  EXPECT_EQ(again.output, first.output);
}

#ifndef COTEJO_SANITIZED  // its own memory is more than these limits

// How much is enough hangs on the machine: less and less of it, until it is not.
TEST_F(Hardship, WithoutMemoryItIsSaid) {
  const auto with = [&](int megabytes, const std::string& order) {
    return Shell("ulimit -v " + std::to_string(megabytes * 1000) + "; $COTEJO " + order);
  };
  const std::string rip = " regulations/rip-2025 --solo hueco --sin-cache --hilos 1 >/dev/null";
  for (int megabytes = 240; megabytes > 60; megabytes -= 10) {
    const Outcome alone = with(megabytes, "revisar" + rip);
    if (alone.status == 1) continue;
    EXPECT_EQ(alone.status, 2);
    EXPECT_EQ(alone.output, "error: no alcanza la memoria\n");
    EXPECT_EQ(with(megabytes, "--lang en check" + rip).output, "error: out of memory\n");
    return;
  }
  FAIL() << "there was always enough";
}

TEST_F(Hardship, WithoutThreadsItIsSaid) {
  const Outcome outcome = Shell("ulimit -v 400000; $COTEJO " + kYear + "--hilos 200 >/dev/null");
  EXPECT_EQ(outcome.status, 2) << outcome.output;
  EXPECT_THAT(outcome.output, HasSubstr("error: "));
  EXPECT_THAT(outcome.output, Not(HasSubstr("terminate")));
}

#endif

// What is kept is of the people that were read, who may come by a pipe: read again for its digest,
// it is empty, and any list would have gone on from what another had lived.
TEST_F(Hardship, AListThatComesByAPipeIsThatOfItsCheckpoint) {
  Write("una.csv",
        "persona,ingreso\np-00000000000000a1,2015-03-01\np-00000000000000b2,2016-03-01\n");
  Write("otra.csv",
        "persona,ingreso\np-00000000000000a1,2005-03-01\np-00000000000000b2,2006-03-01\n");
  const std::string order = " | $COTEJO " + kYear +
                            "--personal /dev/stdin --grupo-minimo 0 --reanudar $D/p.punto "
                            "--salida $D/a.json ";
  ASSERT_EQ(Shell("cat $D/una.csv" + order).status, 0);
  const Outcome other = Shell("cat $D/otra.csv" + order);
  EXPECT_EQ(other.status, 2);
  EXPECT_THAT(other.output, HasSubstr("no es lo mismo la lista de personal"));
  const Outcome same = RunCotejo(kYear + "--personal " + At("una.csv") +
                                 " --grupo-minimo 0 --reanudar " + At("p.punto"));
  EXPECT_EQ(same.status, 0) << same.output;
}

// The same of the facts that are kept.
TEST_F(Hardship, APopulationThatComesByAPipeIsThatOfItsFacts) {
  const Outcome kept = Shell("cat " + kPopulation + " | $COTEJO " + kSimulate +
                             "--poblacion /dev/stdin --guardar-hechos $D/h >/dev/null");
  ASSERT_EQ(kept.status, 0) << kept.output;
  const std::string text = ReadAll(fs::path(COTEJO_SOURCE_DIR) / kPopulation);
  Write("otra.toml", text + "# otra\n");
  const std::string order = "reaplicar " + At("h") +
                            " --regulacion regulations/rip-2025 --enmienda "
                            "scenarios/library/enmienda-nula.enmienda.norma.md --poblacion ";
  EXPECT_EQ(RunCotejo(order + kPopulation).status, 0);
  EXPECT_THAT(RunCotejo(order + At("otra.toml")).output, HasSubstr("[hechos-ajenos]"));
}

}  // namespace
}  // namespace cotejo
