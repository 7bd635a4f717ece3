#include <algorithm>
#include <array>
#include <map>
#include <sstream>

#include "scenarios/amendments/apply.h"
#include "scenarios/mends/places.h"

namespace cotejo::mends {

using base::CheckReport;
using base::Finding;
using base::Text;

// What an edit makes of the text, and what the checks said of it so far.
struct Outcome {
  language::NormFile file;  // keeps the tree alive
  rules::Program program;
  std::shared_ptr<const rules::Ruleset> rules;
  rules::Families families;
  Text problem;                              // why there are no rules
  std::map<std::string, CheckReport> alone;  // of one code
  std::optional<CheckReport> quick;          // of the checks that take little
  std::optional<CheckReport> whole;
  int dear = 0;  // checks that take longest put to it so far
  // Of the whole, or else of the quick ones: errors and warnings that the text in force does not
  // have; those that it has under another identity; and what only informs.
  std::vector<const Finding*> introduced, altered, information;
  bool opens = false;  // questions answered before and not now: a finding could hide there

  [[nodiscard]] Variant variant() const { return {program, *rules, families}; }
};

Memory::Memory() = default;
Memory::~Memory() = default;
std::shared_ptr<Outcome>& Memory::Of(const std::string& edits) { return outcomes_[edits]; }

namespace {

// The declaration's text with the edits made; the last edit of the text goes in first.
std::string Edited(const Bench& bench, const language::Decl& decl, std::vector<Edit> edits) {
  std::sort(edits.begin(), edits.end(),
            [](const Edit& a, const Edit& b) { return a.span.offset > b.span.offset; });
  std::string text = TextOf(bench, decl.span);
  for (const Edit& edit : edits) {
    text.replace(edit.span.offset - decl.span.offset, edit.span.length, edit.text);
  }
  return text;
}

std::map<const language::Decl*, std::vector<Edit>> ByDeclaration(const Bench& bench,
                                                                 const Proposal& proposal) {
  std::map<const language::Decl*, std::vector<Edit>> by;
  for (const Edit& edit : proposal.edits) {
    if (const rules::ProgramEntry* entry = EntryAt(bench.program, edit.span)) {
      by[entry->decl].push_back(edit);
    }
  }
  return by;
}

// The declarations a proposal touches, in the order of the program.
std::vector<const language::Decl*> Touched(const Bench& bench, const Proposal& proposal) {
  const auto by = ByDeclaration(bench, proposal);
  std::vector<const language::Decl*> touched;
  for (const rules::ProgramEntry& entry : bench.program.entries) {
    if (by.contains(entry.decl)) touched.push_back(entry.decl);
  }
  return touched;
}

std::vector<std::string> Words(const std::string& text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text) {
    const bool apart = c == '(' || c == ')' || c == ',' || c == '|';
    if (c == ' ' || c == '\n' || apart) {
      if (!word.empty()) words.push_back(std::exchange(word, {}));
      if (apart) words.emplace_back(1, c);
    } else {
      word += c;
    }
  }
  if (!word.empty()) words.push_back(word);
  return words;
}

std::size_t CountWords(const std::string& text) { return Words(text).size(); }

std::string FileSafe(std::string text) {
  text = base::Fold(text);
  for (char& c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!plain) c = '_';
  }
  return text;
}

bool MayResolve(const Bench& bench, Outcome& outcome) {
  base::Diagnostics diagnostics;
  // The cases stay: here they are histories to look at, not tests of the text in force.
  rules::Program with_cases = outcome.program;
  for (const rules::ProgramEntry& entry : bench.program.entries) {
    if (entry.decl->kind == language::Decl::Kind::Case) with_cases.entries.push_back(entry);
  }
  outcome.rules = rules::Resolve(bench.sources, with_cases, bench.readings, diagnostics);
  if (outcome.rules && !diagnostics.has_errors()) {
    outcome.program = std::move(with_cases);
    return true;
  }
  diagnostics = {};
  outcome.rules = rules::Resolve(bench.sources, outcome.program, bench.readings, diagnostics);
  if (outcome.rules && !diagnostics.has_errors()) return true;
  outcome.rules = nullptr;
  const base::Diagnostic& first = diagnostics.all().front();
  outcome.problem = {"la edición no se puede escribir: " + first.message.es,
                     "the edit cannot be written: " + first.message.en};
  return false;
}

// By the road of a user's file.
std::shared_ptr<Outcome> ReadAs(const Bench& bench, const std::string& text,
                                const std::string& name) {
  auto outcome = std::make_shared<Outcome>();
  base::Diagnostics diagnostics;
  const base::FileId file = bench.sources.Add(name + ".enmienda.norma.md", text);
  amendments::Amendment amendment = amendments::ParseAmendment(bench.sources, file, diagnostics);
  outcome->program = amendments::Apply(bench.program, amendment, diagnostics);
  outcome->program.title = bench.program.title;
  outcome->file = std::move(amendment.file);
  if (diagnostics.has_errors()) {
    const base::Diagnostic& first = diagnostics.all().front();
    outcome->problem = {"la edición no se puede escribir: " + first.message.es,
                        "the edit cannot be written: " + first.message.en};
  } else if (MayResolve(bench, *outcome)) {
    outcome->families = rules::BuildFamilies(*outcome->rules);
  }
  return outcome;
}

// ---- What is left, and what is new -----------------------------------------------

const Finding* FindIn(const CheckReport& report, const std::string& id) {
  const auto found = std::find_if(report.findings.begin(), report.findings.end(),
                                  [&](const Finding& finding) { return finding.id == id; });
  return found == report.findings.end() ? nullptr : &*found;
}

bool ShareAnArticle(const Finding& a, const Finding& b) {
  return std::any_of(a.articles.begin(), a.articles.end(), [&](const base::Citation& article) {
    return std::find(b.articles.begin(), b.articles.end(), article) != b.articles.end();
  });
}

// A finding whose identity is new, though its own histories show the same defect, and no
// smaller, in the text in force, where a finding of that code and of its articles says so.
bool IsKnown(const Bench& bench, const Variant& variant, const Finding& finding) {
  const auto& before = bench.report.findings;
  const bool near = std::any_of(before.begin(), before.end(), [&](const Finding& other) {
    return other.code == finding.code && ShareAnArticle(other, finding);
  });
  if (!near) return false;
  const auto now = bench.shown(variant, finding);
  const auto then = bench.shown({bench.program, bench.rules, bench.families}, finding);
  return now && then && *then >= *now;
}

// The finding's own histories, replayed: what costs least is asked first.
std::optional<Text> StillShown(const Bench& bench, const Outcome& outcome, const Finding& finding) {
  if (!bench.shown(outcome.variant(), finding)) return std::nullopt;
  return Text{"el mismo caso del hallazgo sigue dándose",
              "the same case of the finding still happens"};
}

// Nothing when the finding is gone. The identity of a gap is its region: a part of it that
// stays open is the same defect, smaller.
std::optional<Text> WhatIsLeft(const Bench& bench, const Outcome& outcome, const CheckReport& after,
                               const Finding& finding) {
  if (FindIn(after, finding.id) != nullptr) return Text{"el hallazgo sigue", "the finding remains"};
  if (finding.code != "hueco" && finding.code != "granularidad") return std::nullopt;
  for (const Finding& other : after.findings) {
    const bool part = other.code == finding.code && FindIn(bench.report, other.id) == nullptr &&
                      ShareAnArticle(other, finding) && IsKnown(bench, outcome.variant(), other);
    if (part) {
      return Text{"queda una parte: " + other.title.es, "a part is left: " + other.title.en};
    }
  }
  return std::nullopt;
}

// What need not be shown of the findings that were there before: there are many.
void Lighten(const Bench& bench, CheckReport& report) {
  report.queries.clear();
  for (Finding& finding : report.findings) {
    if (FindIn(bench.report, finding.id) == nullptr) continue;
    Finding light;
    light.code = finding.code;
    light.id = finding.id;
    finding = std::move(light);
  }
}

// The checks that take longest: they are put only to what the others let pass.
constexpr std::array kSlowest{"contradicción", "conflicto-resuelto", "hueco",     "granularidad",
                              "regla-muerta",  "escapatoria",        "ambigüedad"};

bool IsSlow(const std::string& code) {
  return std::find(kSlowest.begin(), kSlowest.end(), code) != kSlowest.end();
}

const CheckReport& CheckedAlone(const Bench& bench, Outcome& outcome, const std::string& code) {
  if (outcome.whole) return *outcome.whole;
  const auto [at, fresh] = outcome.alone.try_emplace(code);
  if (fresh) {
    at->second = bench.check(outcome.variant(), {code});
    if (IsSlow(code)) ++outcome.dear;
    Lighten(bench, at->second);
  }
  return at->second;
}

void Sort(const Bench& bench, Outcome& outcome, const CheckReport& after) {
  outcome.introduced.clear();
  outcome.altered.clear();
  outcome.information.clear();
  for (const Finding& finding : after.findings) {
    if (FindIn(bench.report, finding.id) != nullptr) continue;
    if (finding.severity == base::FindingSeverity::Information) {
      outcome.information.push_back(&finding);
    } else if (IsKnown(bench, outcome.variant(), finding)) {
      outcome.altered.push_back(&finding);
    } else {
      outcome.introduced.push_back(&finding);
    }
  }
}

void CheckQuickly(const Bench& bench, Outcome& outcome) {
  if (outcome.quick || outcome.whole) return;
  std::vector<std::string> codes;
  for (const base::CheckSummary& check : bench.report.checks) {
    if (!IsSlow(check.code)) codes.push_back(check.code);
  }
  outcome.quick.emplace();
  if (codes.empty()) return;
  outcome.quick = bench.check(outcome.variant(), codes);
  Lighten(bench, *outcome.quick);
  Sort(bench, outcome, *outcome.quick);
}

void CheckWhole(const Bench& bench, Outcome& outcome) {
  if (outcome.whole) return;
  outcome.whole = bench.check(outcome.variant(), {});
  ++outcome.dear;
  const base::CheckTotals& before = bench.report.totals;
  const base::CheckTotals& after = outcome.whole->totals;
  outcome.opens = after.unknown + after.unsupported > before.unknown + before.unsupported;
  Lighten(bench, *outcome.whole);
  Sort(bench, outcome, *outcome.whole);
}

// ---- Words -----------------------------------------------------------------------

// The first two with their titles, and how many more.
Text List(const std::vector<const Finding*>& findings) {
  Text list;
  for (std::size_t i = 0; i < findings.size() && i < 2; ++i) {
    const std::string separator = i == 0 ? "" : "; ";
    list.es += separator + findings[i]->id + " (" + findings[i]->title.es + ")";
    list.en += separator + findings[i]->id + " (" + findings[i]->title.en + ")";
  }
  if (findings.size() > 2) {
    const std::string more = std::to_string(findings.size() - 2);
    list.es += "; y " + more + " más";
    list.en += "; and " + more + " more";
  }
  return list;
}

void Append(Text& note, const Text& more) {
  note.es += (note.es.empty() ? "" : "; ") + more.es;
  note.en += (note.en.empty() ? "" : "; ") + more.en;
}

Text NoteOf(const Outcome& outcome) {
  Text note;
  if (!outcome.altered.empty()) {
    const Text list = List(outcome.altered);
    Append(note, {"muestra con otra identidad lo que el texto vigente ya tiene: " + list.es,
                  "shows under another identity what the text in force already has: " + list.en});
  }
  if (!outcome.information.empty()) {
    const Text list = List(outcome.information);
    Append(note,
           {"trae, sólo como información: " + list.es, "brings, as information only: " + list.en});
  }
  return note;
}

// ---- One edit --------------------------------------------------------------------

Text LeftOpen() {
  return {"deja sin decidir preguntas que antes estaban decididas",
          "it leaves questions open that were decided before"};
}

// Whether the checks of one code, put alone, left open more than they did of the text in force.
bool LeavesOpen(const Bench& bench, const std::map<std::string, CheckReport>& alone,
                const std::string& code) {
  const auto found = alone.find(code);
  if (found == alone.end()) return false;
  const auto before =
      std::count_if(bench.report.queries.begin(), bench.report.queries.end(),
                    [&](const base::QueryRecord& query) {
                      return query.check == code && (query.verdict == base::Verdict::Unknown ||
                                                     query.verdict == base::Verdict::Unsupported);
                    });
  return found->second.totals.unknown + found->second.totals.unsupported > before;
}

// Nothing when the edit will do. What costs least is asked first, so that most edits that will
// not do are told so by a replay or by the checks that take little.
std::optional<Text> WhyNot(const Bench& bench, Outcome& outcome, const Finding& finding) {
  if (!outcome.rules) return outcome.problem;
  if (auto left = StillShown(bench, outcome, finding)) return left;
  const bool slow = IsSlow(finding.code);
  if (slow) CheckQuickly(bench, outcome);
  if (slow && !outcome.introduced.empty()) {
    const Text list = List(outcome.introduced);
    return Text{"trae " + list.es + "; no se buscó si quita el hallazgo",
                "brings " + list.en + "; whether it removes the finding was not looked for"};
  }
  if (auto left = WhatIsLeft(bench, outcome, CheckedAlone(bench, outcome, finding.code), finding)) {
    return left;
  }
  if (LeavesOpen(bench, outcome.alone, finding.code)) return LeftOpen();
  CheckQuickly(bench, outcome);
  if (outcome.introduced.empty()) CheckWhole(bench, outcome);
  if (!outcome.introduced.empty()) {
    const Text list = List(outcome.introduced);
    return Text{"quita el hallazgo y trae " + list.es, "removes the finding and brings " + list.en};
  }
  if (auto left = WhatIsLeft(bench, outcome, *outcome.whole, finding)) return left;
  if (outcome.opens) return LeftOpen();
  return std::nullopt;
}

bool Stopped(const Bench& bench) { return bench.stopped && bench.stopped(); }

Text Dear() {
  return {"no se probó aquí: ya se probaron otras que cuestan; «cotejo enmendar» las prueba todas",
          "not tried here: others that take long were; 'cotejo mend' tries them all"};
}

Text NotTried() { return {"no se probó: se interrumpió antes", "not tried: interrupted before"}; }

// Two proposals of one key make the same text.
std::string KeyOf(const Proposal& proposal) {
  std::string key;
  for (const Edit& edit : proposal.edits) {
    key += std::to_string(edit.span.file.value) + ":" + std::to_string(edit.span.offset) + "+" +
           std::to_string(edit.span.length) + "=" + edit.text + "\n";
  }
  for (const std::string& added : proposal.added) key += "agrega " + added + "\n";
  for (const std::string& repealed : proposal.repealed) key += "deroga " + repealed + "\n";
  return key;
}

struct Candidate {
  Proposal proposal;
  int edits = 0;
};

// Each text once, plainest first.
std::vector<Candidate> CandidatesFor(const Bench& bench, const Finding& finding) {
  std::vector<Candidate> candidates;
  std::vector<std::string> keys;
  for (Proposal& proposal : Propose(bench, finding)) {
    const std::string key = KeyOf(proposal);
    if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
    keys.push_back(key);
    const int edits = CountEdits(bench, proposal);
    candidates.push_back({std::move(proposal), edits});
  }
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.edits < b.edits; });
  return candidates;
}

// The norm that a proposal edits.
std::string NormOf(const Bench& bench, const std::vector<const language::Decl*>& touched,
                   const Proposal& proposal) {
  if (!touched.empty() && !touched.front()->citation.empty()) return touched.front()->citation.norm;
  for (const std::string& repealed : proposal.repealed) {
    const bool cited = repealed.find(':') != std::string::npos;
    if (cited) return base::ParseCitation(repealed).norm;
  }
  return bench.rules.norms.empty() ? "" : bench.rules.norms.front().name;
}

// What a repeal takes away: the declarations of that name or citation.
std::size_t WordsRepealed(const Bench& bench, const std::string& repealed) {
  std::size_t words = 0;
  for (const rules::ProgramEntry& entry : bench.program.entries) {
    const language::Decl& decl = *entry.decl;
    const bool named = base::Fold(decl.name.text) == base::Fold(repealed);
    if (named || decl.citation.str() == repealed) words += CountWords(TextOf(bench, decl.span));
  }
  return words;
}

}  // namespace

std::string WriteAmendment(const Bench& bench, const Proposal& proposal, const std::string& name) {
  const auto by = ByDeclaration(bench, proposal);
  std::ostringstream text;
  const std::vector<const language::Decl*> touched = Touched(bench, proposal);
  text << "# " << proposal.title.es << "\n\n```norma\nenmienda " << FileSafe(name) << " \""
       << proposal.title.es << "\" sobre " << NormOf(bench, touched, proposal) << "\n";
  for (const language::Decl* decl : touched) {
    text << "\nsustituye " << Edited(bench, *decl, by.at(decl)) << "\n";
  }
  for (const std::string& repealed : proposal.repealed) text << "\nderoga " << repealed << "\n";
  for (const std::string& added : proposal.added) text << "\nagrega " << added << "\n";
  text << "```\n";
  return text.str();
}

int CountEdits(const Bench& bench, const Proposal& proposal) {
  std::size_t count = 0;
  for (const Edit& edit : proposal.edits) {
    std::vector<std::string> before = Words(TextOf(bench, edit.span));
    std::vector<std::string> after = Words(edit.text);
    std::sort(before.begin(), before.end());
    std::sort(after.begin(), after.end());
    std::vector<std::string> changed;
    std::set_symmetric_difference(before.begin(), before.end(), after.begin(), after.end(),
                                  std::back_inserter(changed));
    count += changed.size();
  }
  for (const std::string& added : proposal.added) count += CountWords(added);
  for (const std::string& repealed : proposal.repealed) count += WordsRepealed(bench, repealed);
  return static_cast<int>(count);
}

Trial Try(const Bench& bench, const Finding& finding) {
  Trial trial;
  std::vector<std::pair<base::Mend, Text>> done;  // with what else they change
  int number = 0;
  std::size_t clean = 0;
  int dear = 0;  // long checks put to the edits of this finding
  for (const Candidate& candidate : CandidatesFor(bench, finding)) {
    if (clean == bench.most) break;
    const Proposal& proposal = candidate.proposal;
    const std::string name = "remedio_" + finding.id + "_" + std::to_string(++number);
    base::Mend mend;
    mend.title = proposal.title;
    mend.amendment = WriteAmendment(bench, proposal, name);
    mend.edits = candidate.edits;
    std::shared_ptr<Outcome> own;
    std::shared_ptr<Outcome>& outcome =
        bench.memory != nullptr ? bench.memory->Of(KeyOf(proposal)) : own;
    if (!outcome && !Stopped(bench)) outcome = ReadAs(bench, mend.amendment, name);
    const bool spent = bench.dear > 0 && dear >= bench.dear;
    std::optional<Text> why;
    if (!Stopped(bench)) {
      const int before = outcome->dear;
      why = spent && before == 0 ? Dear() : WhyNot(bench, *outcome, finding);
      dear += outcome->dear - before;
    }
    // A check that was interrupted leaves questions out: what it says of an edit is worth nothing.
    if (Stopped(bench)) why = NotTried();
    if (why) {
      trial.refused.push_back({mend.title, std::move(*why)});
      continue;
    }
    mend.removes = true;
    for (const Finding* one : outcome->information) mend.introduced.push_back(one->id);
    const Text note = NoteOf(*outcome);
    if (note.empty()) ++clean;
    done.emplace_back(std::move(mend), note);
  }
  std::stable_sort(done.begin(), done.end(), [](const auto& a, const auto& b) {
    return std::pair(!a.second.empty(), a.first.edits) <
           std::pair(!b.second.empty(), b.first.edits);
  });
  for (auto& [mend, note] : done) {
    if (trial.mends.size() == bench.most) break;
    if (!note.empty()) Append(mend.title, note);
    trial.mends.push_back(std::move(mend));
  }
  if (trial.mends.empty() && trial.refused.empty()) {
    trial.refused.push_back(
        {{},
         {"no se prueba ninguna edición para este hallazgo: vea cómo se remedia en su página",
          "no edit is tried for this finding: see how it is mended on its page"}});
  }
  return trial;
}

}  // namespace cotejo::mends
