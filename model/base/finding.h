// What a check reports: findings with their witness, and the count of queries behind them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/base/citation.h"
#include "model/base/date.h"
#include "model/base/text.h"

namespace cotejo::base {

// One fact of a witness history, ready to be shown.
struct WitnessFact {
  Date date;
  Text description;  // "llegada a las 09:01 (ingreso fijado 08:30)"
};

// What one provision answers to the witness.
struct WitnessAnswer {
  Citation article;
  std::string rule;     // name of the rule or scale row
  Text description;     // "descuento de 6 días, con proceso"
  bool stands = true;   // false: it applied and another prevailed
  Date date = {};       // of the subject it judges: the fact's, or the window's last day
  bool applies = true;  // false: the description says why it does not; then nothing stands
};

struct Witness {
  Text label;                // what this history is, when a finding compares two; else empty
  std::vector<Text> person;  // attributes that matter: "contrato: permanente"
  std::vector<WitnessFact> facts;
  std::vector<WitnessAnswer> answers;
  std::string csv;  // the same history in the format of `cotejo aplicar --hechos`
  bool replayed = false;
};

// What the official text says, when it has been imported.
struct PassageQuote {
  Citation citation;
  std::string text;
};

enum class FindingSeverity { Error, Warning, Information };

// What a verdict rests on, strongest first.
enum class Evidence {
  Replayed,      // a history, and the interpreter gave what is claimed of it
  Quoted,        // the words of the official text, or of the norm files, shown
  SecondSolver,  // cvc5 answered the same
  Enumerated,    // every case of a finite space was looked at
  SolverAlone,   // Z3, and nothing else yet
  None,          // unknown, unsupported or not run
};

// One condition of an explanation: what a provision says, or a fact of the witness.
struct Condition {
  Citation article;  // empty for a fact of the witness
  Text text;         // "RIP:46.IV.1 pide minutos_de_atraso >= 121"
};

// An edit that was tried: one that is offered, or one that is not and whose title says why.
struct Mend {
  Text title;             // "extender la fila 2 de inasistencia_mensual hasta 1½ días"
  std::string amendment;  // the whole amendment file
  int edits = 0;          // figures and words it changes; the list is sorted by it
  bool removes = false;   // the finding is gone under it
  std::vector<std::string> introduced;  // ids of the findings it adds, which only inform
};

// A finding that somebody answered for: `until` is the last day it stays so.
struct Suppression {
  std::string reason;
  std::string owner;
  Date until;
};

struct Finding {
  std::string code;  // contradicción, hueco, granularidad, solapamiento …
  FindingSeverity severity = FindingSeverity::Error;
  std::string id;  // stable: code + the rules and the region, hashed to 8 hex digits
  Text title;
  Text explanation;
  std::vector<Citation> articles;  // every side of the conflict
  std::vector<Text> region;        // the values where it happens, one box a line
  Text resolution;                 // empty, or how the order between norms settles it
  Text reading;                    // assignment of readings it rests on
  Text bounds;                     // the H of semantics.md it was looked for in
  Witness witness;
  std::optional<Witness> counterpart;  // the history it is compared with
  Evidence evidence = Evidence::Replayed;
  // Smallest sets of conditions that cannot all be kept; all of them when `all_sets`.
  std::vector<std::vector<Condition>> conditions;
  bool all_sets = false;
  std::vector<Mend> mends;
  std::optional<Suppression> suppression;
  std::vector<PassageQuote> passages;  // of the articles; empty without an imported text
  std::vector<Text> under;             // the readings it was found under, when several were tried
};

// One question put to the sweep or to Z3.
enum class Verdict {
  Proved,
  Refuted,
  Unknown,
  Unsupported,
  NotRun,  // something it needs was not given: the official text, say
};

struct QueryRecord {
  std::string name;    // unique, stable
  std::string check;   // code of the check
  std::string engine;  // "barrido", "z3", "intérprete", "grafo" or "texto"
  Verdict verdict = Verdict::Unknown;
  Text reason;  // for unknown, unsupported and not run
  Text bounds;  // the H of semantics.md the verdict is about
  Evidence evidence = Evidence::None;
};

struct CheckTotals {
  int planned = 0;
  int run = 0;
  int proved = 0;
  int refuted = 0;
  int unknown = 0;
  int unsupported = 0;
  int not_run = 0;
};

// What became of one check of the catalogue: the report says so even when it found nothing.
struct CheckSummary {
  std::string code;
  Text group;  // "proporción"
  Text title;
  std::string page;  // docs/comprobaciones/…
  CheckTotals totals;
  int findings = 0;
};

// What another solver answered to the queries that Z3 decided.
struct SecondOpinion {
  std::string solver;  // "cvc5"
  int asked = 0;
  int confirmed = 0;
  int undecided = 0;
  std::vector<Text> disagreements;  // one line each; empty is as it should be
};

struct CheckReport {
  std::vector<Finding> findings;     // sorted by severity, code, id
  std::vector<QueryRecord> queries;  // sorted by name
  CheckTotals totals;
  std::vector<CheckSummary> checks;  // in the order of the catalogue
  std::optional<SecondOpinion> second_opinion;
};

// A stable id: the code and 8 hexadecimal digits of the key.
std::string FindingId(const std::string& code, const std::string& key);

// Puts findings and queries in their order, and counts the totals again from the queries and
// the findings of each check; a suppressed finding does not count.
void Recount(CheckReport& report);

}  // namespace cotejo::base
