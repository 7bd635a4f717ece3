// Text that the regulation prints, or sends to, and that a later norm changed or replaced.
#include <algorithm>
#include <map>

#include "model/base/source.h"
#include "model/citations/mentions.h"
#include "solver/checks/plans.h"
#include "solver/checks/quotes.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Citation;
using base::Date;
using base::FindingSeverity;
using base::Text;
using citations::ReferenceKind;
using passages::Document;
using passages::Passage;

namespace {

constexpr const char* kCode = "texto-superado";
constexpr std::size_t kOpening = 160;  // bytes of a passage that show what it does

// One provision that modifies or replaces another.
struct Change {
  Citation by;
  Citation target;
  bool replaces = false;
  std::string says;  // the passage's words, or the summary of the model
  bool quoted = false;
};

const rules::Norm* NormOf(const rules::Ruleset& rules, const Citation& citation) {
  for (const rules::Norm& norm : rules.norms) {
    if (norm.name == citation.norm) return &norm;
  }
  return nullptr;
}

std::optional<Date> DateOf(const rules::Ruleset& rules, const Citation& citation) {
  const rules::Norm* norm = NormOf(rules, citation);
  if (norm == nullptr) return std::nullopt;
  return norm->issued ? norm->issued : norm->in_force_from;
}

bool Changes(ReferenceKind kind) {
  return kind == ReferenceKind::Modifies || kind == ReferenceKind::Replaces;
}

// What the text says it changes, and what the model says; each pair once, the text first.
std::vector<Change> ChangesIn(const rules::Ruleset& rules, const Document& document,
                              const std::vector<Piece>& pieces) {
  std::map<std::pair<Citation, Citation>, Change> changes;
  for (const Piece& piece : pieces) {
    if (piece.heading) continue;
    for (const citations::Reference& found : citations::ReferencesIn(piece.text, document.norm)) {
      if (!Changes(found.kind) || found.target.path.empty()) continue;
      const std::size_t end = std::min(kOpening, piece.text.size());
      changes.try_emplace(
          {piece.citation, found.target},
          Change{piece.citation, found.target, found.kind == ReferenceKind::Replaces,
                 QuoteOf(piece, 0, end).text, true});
    }
  }
  for (const rules::Statement& statement : rules.statements) {
    if (statement.kind != rules::Statement::Kind::Deferring || statement.target.path.empty())
      continue;
    const ReferenceKind kind = citations::VerbOf(statement.summary);
    if (!Changes(kind)) continue;
    changes.try_emplace({statement.citation, statement.target},
                        Change{statement.citation, statement.target,
                               kind == ReferenceKind::Replaces, statement.summary, false});
  }
  std::vector<Change> all;
  for (auto& [key, change] : changes) {
    const auto later = DateOf(rules, change.by);
    const auto earlier = DateOf(rules, change.target);
    // "modificada por la Ley …" may be read the wrong way round; the dates tell.
    const bool backwards = later && earlier && *later < *earlier;
    if (change.by.norm != change.target.norm && !backwards) all.push_back(std::move(change));
  }
  return all;
}

// The passage that prints a provision: its own, or the one it is in when that has no parts.
const Passage* PrintedAt(const Document& document, Citation place) {
  if (const Passage* passage = document.Find(place)) return passage;
  while (place.path.size() > 1) {
    place.path.pop_back();
    const Passage* passage = document.Find(place);
    if (passage == nullptr) continue;
    const bool parted =
        std::any_of(document.passages.begin(), document.passages.end(), [&](const Passage& other) {
          return other.citation != place && other.citation.within(place);
        });
    return parted ? nullptr : passage;
  }
  return nullptr;
}

// Whether the print is already what the change orders: it quotes the same words.
bool IsUpToDate(const Document& document, const Change& change, const Passage& printed) {
  const std::string now = base::Fold(printed.text);
  return std::any_of(document.passages.begin(), document.passages.end(), [&](const Passage& other) {
    return other.citation.within(change.by) && other.citation != change.by &&
           base::Fold(other.text).find(now) != std::string::npos;
  });
}

std::optional<Date> RegulationDate(const rules::Ruleset& rules, const Document& document) {
  return DateOf(rules, {document.norm, {}});
}

// "DS1212:unico.II (2012-05-01)"
std::string Dated(const rules::Ruleset& rules, const Citation& citation) {
  const auto date = DateOf(rules, citation);
  return citation.str() + (date ? " (" + date->str() + ")" : "");
}

void Quote(const Document& document, const Change& change, base::Finding& finding) {
  if (change.quoted) {
    finding.passages.push_back({change.by, change.says});
    // The new text, when it stands by itself.
    for (const Passage& passage : document.passages) {
      if (passage.citation.within(change.by) && passage.citation != change.by)
        finding.passages.push_back({passage.citation, passage.text});
    }
  } else {
    finding.explanation.es += ". " + change.by.str() + ": " + change.says;
    finding.explanation.en += ". " + change.by.str() + ": " + change.says;
  }
  finding.articles.push_back(change.by);
}

base::Finding Superseded(const rules::Ruleset& rules, const Document& document,
                         const Change& change, const Passage& printed) {
  const auto approved = RegulationDate(rules, document);
  const auto changed = DateOf(rules, change.by);
  const bool before = approved && changed && *changed <= *approved;
  const std::string place = printed.citation.str();
  const std::string by = Dated(rules, change.by);
  base::Finding finding = TextFinding(
      kCode, before ? FindingSeverity::Error : FindingSeverity::Warning,
      place + "|" + change.by.str(),
      {place + " se imprime como era antes de que " + by +
           (change.replaces ? " lo sustituyera" : " lo modificara"),
       place + " is printed as it was before " + by +
           (change.replaces ? " replaced it" : " changed it")},
      before
          ? Text{"el texto ya no estaba en vigor cuando se aprobó el reglamento, que lo da como si "
                 "lo estuviera",
                 "the text was no longer in force when the regulation was approved, and it gives "
                 "it as if it were"}
          : Text{"el cambio es posterior al reglamento, que sigue imprimiendo lo anterior",
                 "the change came after the regulation, which still prints what was before"});
  finding.articles.push_back(printed.citation);
  finding.passages.push_back({printed.citation, printed.text});
  Quote(document, change, finding);
  finding.articles = Unique(std::move(finding.articles));
  return finding;
}

// A provision that sends to what changed after the regulation was approved.
std::optional<base::Finding> SentTo(const rules::Ruleset& rules, const Document& document,
                                    const rules::Statement& statement,
                                    const std::vector<Change>& changes) {
  const auto approved = RegulationDate(rules, document);
  const Passage* from = document.Find(statement.citation);
  if (from == nullptr || !approved || statement.citation.norm != document.norm) return std::nullopt;
  std::vector<const Change*> later;
  for (const Change& change : changes) {
    const auto date = DateOf(rules, change.by);
    const bool same =
        change.target.within(statement.target) || statement.target.within(change.target);
    if (same && !statement.target.path.empty() && date && *date > *approved)
      later.push_back(&change);
  }
  if (later.empty()) return std::nullopt;
  std::string by;
  for (const Change* change : later) by += (by.empty() ? "" : ", ") + Dated(rules, change->by);
  const std::string place = statement.citation.str();
  const std::string target = statement.target.str();
  base::Finding finding = TextFinding(
      kCode, FindingSeverity::Information, place + "|" + target + "|" + by,
      {place + " remite a " + target + ", que cambió después de aprobarse el reglamento: " + by,
       place + " sends to " + target + ", which changed after the regulation was approved: " + by},
      {"la remisión sigue valiendo, pero lleva a otra cosa que cuando se aprobó",
       "the reference still holds, but leads to something other than when it was approved"});
  finding.articles = {statement.citation, statement.target};
  finding.passages.push_back({from->citation, from->text});
  for (const Change* change : later) Quote(document, *change, finding);
  finding.articles = Unique(std::move(finding.articles));
  return finding;
}

// A figure whose value changed after the regulation that prints it.
std::optional<base::Finding> OldFigure(const rules::Ruleset& rules, const Document& document,
                                       const rules::Parameter& parameter) {
  const auto approved = RegulationDate(rules, document);
  const Passage* printed = PrintedAt(document, parameter.citation);
  if (printed == nullptr || !approved || parameter.values.size() < 2) return std::nullopt;
  const rules::DatedValue& last = parameter.values.back();
  if (!last.from || *last.from <= *approved) return std::nullopt;
  const std::string place = printed->citation.str();
  const auto value = [&](base::Language language) {
    return rules::FormatValue(rules, parameter.type, {last.value, false}, language);
  };
  base::Finding finding =
      TextFinding(kCode, FindingSeverity::Warning, place + "|" + parameter.name,
                  {place + " imprime una cifra que cambió el " + last.from->str() + ": " +
                       Spaced(parameter.name) + " es " + value(base::Language::Spanish),
                   place + " prints a figure that changed on " + last.from->str() + ": " +
                       Spaced(parameter.name) + " is " + value(base::Language::English)},
                  {"el cambio es posterior al reglamento, que sigue imprimiendo la anterior",
                   "the change came after the regulation, which still prints the one before"});
  finding.articles = {printed->citation};
  finding.passages = {{printed->citation, printed->text}};
  return finding;
}

// A rule that ceased, of a provision still printed.
std::optional<base::Finding> Expired(const Document& document, const Citation& citation,
                                     const std::string& name, const std::optional<Date>& to,
                                     bool goes_on) {
  if (!to || goes_on) return std::nullopt;
  const Passage* printed = PrintedAt(document, citation);
  if (printed == nullptr) return std::nullopt;
  const std::string place = printed->citation.str();
  base::Finding finding = TextFinding(
      kCode, FindingSeverity::Warning, place + "|" + name,
      {place + " se imprime y dejó de regir el " + to->str() + " («" + Spaced(name) + "»)",
       place + " is printed and ceased to be in force on " + to->str() + " ('" + Spaced(name) +
           "')"},
      {"el modelo le pone fin y nada lo sigue en el mismo lugar",
       "the model gives it an end and nothing follows it in the same place"});
  finding.articles = {printed->citation};
  finding.passages = {{printed->citation, printed->text}};
  return finding;
}

void CheckSuperseded(const CheckContext& context, base::CheckReport& report) {
  const rules::Ruleset& rules = context.rules;
  const Document& document = context.input.text->document;
  const std::vector<Change> changes = ChangesIn(rules, document, PiecesOf(document));
  std::vector<base::Finding> findings;
  for (const Change& change : changes) {
    const Passage* printed = PrintedAt(document, change.target);
    if (printed == nullptr || IsUpToDate(document, change, *printed)) continue;
    findings.push_back(Superseded(rules, document, change, *printed));
  }
  for (const rules::Statement& statement : rules.statements) {
    if (statement.kind != rules::Statement::Kind::Deferring) continue;
    if (auto finding = SentTo(rules, document, statement, changes))
      findings.push_back(std::move(*finding));
  }
  const std::string count = std::to_string(changes.size());
  const Text bounds{count +
                        " disposiciones que modifican o sustituyen a otra, según el texto y el "
                        "modelo",
                    count +
                        " provisions that change or replace another, by the text and by the "
                        "model"};
  RecordLooked(report, kCode, "modificaciones", "texto", !findings.empty(), bounds);
  for (base::Finding& finding : findings) finding.bounds = bounds;

  std::vector<base::Finding> dated;
  std::size_t looked = 0;
  for (const rules::Parameter& parameter : rules.parameters) {
    looked += parameter.values.size() > 1 ? 1 : 0;
    if (auto finding = OldFigure(rules, document, parameter)) dated.push_back(std::move(*finding));
  }
  for (const rules::Rule& rule : rules.rules) {
    looked += rule.to ? 1 : 0;
    const bool goes_on =
        std::any_of(rules.rules.begin(), rules.rules.end(), [&](const rules::Rule& other) {
          return rule.to && other.citation == rule.citation && other.from > rule.to;
        });
    if (auto finding = Expired(document, rule.citation, rule.name, rule.to, goes_on))
      dated.push_back(std::move(*finding));
  }
  const std::string dates = std::to_string(looked);
  const Text dated_bounds{dates + " cifras o reglas con fecha de cambio",
                          dates + " figures or rules with a date of change"};
  RecordLooked(report, kCode, "cifras y reglas con fecha", "texto", !dated.empty(), dated_bounds);
  for (base::Finding& finding : dated) finding.bounds = dated_bounds;
  std::move(findings.begin(), findings.end(), std::back_inserter(report.findings));
  std::move(dated.begin(), dated.end(), std::back_inserter(report.findings));
}

}  // namespace

void PlanSuperseded(const CheckContext& context, std::vector<Task>& tasks) {
  tasks.push_back(
      {kCode, {}, [&context](base::CheckReport& report) { CheckSuperseded(context, report); }});
}

}  // namespace cotejo::checks
