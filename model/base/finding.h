// What a check reports: findings with their witness, and the count of queries behind them.
#pragma once

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
  std::string rule;    // name of the rule or scale row
  Text description;    // "descuento de 6 días, con proceso"
  bool stands = true;  // false: it applied and another prevailed
};

struct Witness {
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
  std::vector<PassageQuote> passages;  // of the articles; empty without an imported text
};

// One question put to the sweep or to Z3.
enum class Verdict { Proved, Refuted, Unknown, Unsupported };

struct QueryRecord {
  std::string name;    // unique, stable
  std::string check;   // code of the check
  std::string engine;  // "barrido" or "z3"
  Verdict verdict = Verdict::Unknown;
  Text reason;  // for unknown and unsupported
};

struct CheckTotals {
  int planned = 0;
  int run = 0;
  int proved = 0;
  int refuted = 0;
  int unknown = 0;
  int unsupported = 0;
};

struct CheckReport {
  std::vector<Finding> findings;     // sorted by severity, code, id
  std::vector<QueryRecord> queries;  // sorted by name
  CheckTotals totals;
};

}  // namespace cotejo::base
