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
  std::string staff;       // … the real people of it; personal: the list as the entity keeps it
  std::string sheet;       // personal: of an xlsx; empty: the first
  std::string document_column;       // personal: header; empty: found by its name
  std::vector<std::string> omitted;  // personal: headers
  std::vector<std::string> columns;  // personal: header=field
  std::string key;                   // personal: file of the key; empty: beside the workspace
  int smallest_group = 10;           // people; results of smaller groups are not shown
  int gestion = 0;                   // 0: the command's default
  std::uint64_t seed = 2025;
  int replications = 200;
  int draws = 0;           // of what the population is unsure of; 0: taken as it says
  int person = 1;          // diario: which of the staff, from 1
  int replication = 1;     // … and which of its simulated years, from 1
  double precision = 0;    // asked of the watched cell, as a part of its mean; 0: none
  std::string watched;     // cell; empty: that of the study
  int threads = 0;         // 0: as many as the machine has
  std::string resume;      // simular, comparar, informe: where what is finished is kept
  std::string keep_facts;  // simular: file for what reaplicar needs
  std::string kept;        // reaplicar: that file
  std::string output;
  std::string dump;           // revisar: folder for the queries in SMT-LIB 2
  bool no_cache = false;      // results of checks are neither used nor kept in the workspace
  bool contrast = false;      // revisar: a second solver is asked everything again
  std::string second_solver;  // revisar: its program; empty: cvc5
  std::string since;          // revisar: an earlier report; only what is new or changed is shown
  std::string only;           // codes of checks, with commas; empty: all
  std::string scope;          // asumida, todas or siempre, in either language; empty: asumida
  std::string suppressions;   // empty: the file of that name in the regulation's folder, if any
  std::string today;          // the day suppressions are judged; empty: the system's
  std::string sarif;          // file for the findings as SARIF
  std::string save_case;      // revisar: id of the finding whose witness is written as a case
  std::string finding;        // enmendar: its id
  int mend = 1;               // enmendar: which of its mends is written, from 1
  bool mends = false;         // revisar, informe: mends are tried for every finding
  bool witnesses = false;
  std::vector<std::string> clocks;   // calibrar: files of clock records
  std::vector<std::string> reports;  // calibrar: files, JSON or HTML
  std::string where;                 // calibrar: attribute=value, whose hours people have
  std::string authorised;            // calibrar: list of authorised absences; empty: none
  int fewest_days = 1;               // calibrar: with a record, for a month of a person to count
  std::string document;              // importar
  std::string norm;                  // importar; empty: the regulation's own
  bool accept = false;               // importar: tie the passages as they now stand
  std::string workspace;             // importar, cobertura, grafo, revisar, informe; empty: .cotejo
  bool pending = false;              // cobertura: only what is pending
  std::string format = "dot";        // grafo
  std::string depends;               // grafo: a citation
};

ExitStatus RunCheck(Session& session, const Options& options);      // revisar
ExitStatus RunCatalogue(Session& session, const Options& options);  // comprobaciones
ExitStatus RunMend(Session& session, const Options& options);       // enmendar
ExitStatus RunCases(Session& session, const Options& options);      // probar
ExitStatus RunApply(Session& session, const Options& options);      // aplicar
ExitStatus RunStaff(Session& session, const Options& options);      // personal
ExitStatus RunSimulate(Session& session, const Options& options);   // simular
ExitStatus RunReapply(Session& session, const Options& options);    // reaplicar
// In a process that does not lead: what it lives of any of those that simulate.
ExitStatus ServeYears(Session& session, const Options& options);
ExitStatus RunDiary(Session& session, const Options& options);        // diario
ExitStatus RunSensitivity(Session& session, const Options& options);  // sensibilidad
ExitStatus RunCalibrate(Session& session, const Options& options);    // calibrar
ExitStatus RunCompare(Session& session, const Options& options);      // comparar
ExitStatus RunReport(Session& session, const Options& options);       // informe
ExitStatus RunImport(Session& session, const Options& options);       // importar
ExitStatus RunCoverage(Session& session, const Options& options);     // cobertura
ExitStatus RunGraph(Session& session, const Options& options);        // grafo

}  // namespace cotejo::app
