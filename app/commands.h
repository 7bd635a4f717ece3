// The commands of `cotejo`: each takes parsed options and returns the exit status.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/session.h"
#include "reports/report.h"

namespace cotejo::app {

using reports::ExitStatus;

// Options of all commands; each command reads those it documents.
struct Options {
  std::string regulation;
  std::vector<std::string> readings;    // reading=option
  std::vector<std::string> amendments;  // files
  std::string facts;                    // aplicar
  std::string persons;
  std::string from, to;
  std::string population;  // simular, comparar, informe
  int gestion = 0;         // 0: the command's default
  std::uint64_t seed = 2025;
  int replications = 200;
  int threads = 0;  // 0: as many as the machine has
  std::string output;
  std::string dump;   // revisar: folder for the queries in SMT-LIB 2
  std::string since;  // revisar: an earlier report; only what it does not have is shown
  bool witnesses = false;
};

ExitStatus RunCheck(Session& session, const Options& options);     // revisar
ExitStatus RunCases(Session& session, const Options& options);     // probar
ExitStatus RunApply(Session& session, const Options& options);     // aplicar
ExitStatus RunSimulate(Session& session, const Options& options);  // simular
ExitStatus RunCompare(Session& session, const Options& options);   // comparar
ExitStatus RunReport(Session& session, const Options& options);    // informe

}  // namespace cotejo::app
