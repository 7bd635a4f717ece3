// Words used and never introduced: abbreviations of the text, actors of duties that are no
// declared organ, kinds of fact that nothing characterises.
#include <algorithm>
#include <map>
#include <set>

#include "model/base/source.h"
#include "model/citations/prose.h"
#include "model/passages/coverage.h"
#include "solver/checks/plans.h"
#include "solver/checks/quotes.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Citation;
using base::FindingSeverity;
using base::Text;
using rules::ConsequenceKind;

namespace {

constexpr const char* kCode = "término-sin-definir";
constexpr std::size_t kLongest = 6;  // letters of a part of an abbreviation

// ---- Abbreviations ---------------------------------------------------------------

bool IsCapital(char c) { return c >= 'A' && c <= 'Z'; }

struct Abbreviation {
  std::string name;
  std::size_t begin = 0;
  std::size_t end = 0;
  bool introduced = false;  // between parentheses, or after a dash that follows its name
};

// "NB-SAP", "SEDES": capitals, alone or joined by a hyphen, at least three in all.
std::vector<Abbreviation> AbbreviationsIn(std::string_view text) {
  std::vector<Abbreviation> found;
  const auto letter = [&](std::size_t i) {
    return i < text.size() &&
           (static_cast<unsigned char>(text[i]) >= 0x80 || (text[i] >= 'a' && text[i] <= 'z') ||
            IsCapital(text[i]) || (text[i] >= '0' && text[i] <= '9'));
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!IsCapital(text[i]) || (i > 0 && (letter(i - 1) || text[i - 1] == '-'))) continue;
    std::size_t end = i;
    std::size_t letters = 0;
    std::size_t part = 0;
    bool fits = true;
    while (end < text.size() &&
           (IsCapital(text[end]) ||
            (text[end] == '-' && end + 1 < text.size() && IsCapital(text[end + 1])))) {
      part = text[end] == '-' ? 0 : part + 1;
      letters += text[end] == '-' ? 0 : 1;
      fits = fits && part <= kLongest;
      ++end;
    }
    const std::string name(text.substr(i, end - i));
    const bool whole = !letter(end) && letters >= 3 && fits;
    if (whole && !citations::IsRoman(base::Fold(name))) {
      const std::string_view before = text.substr(0, i);
      const std::string_view after = text.substr(end);
      const bool parenthesis = before.ends_with('(') && after.starts_with(')');
      const bool dash = before.ends_with(" - ") || before.ends_with(" – ");
      // "Resolución DP-RA N° 078": part of a number.
      const bool number = after.starts_with(" N°") || after.starts_with(" Nº");
      if (!number) found.push_back({name, i, end, parenthesis || dash});
    }
    i = end;
  }
  return found;
}

struct Uses {
  std::vector<base::PassageQuote> quotes;
  bool own = false;
};

void Abbreviations(const CheckContext& context, base::CheckReport& report) {
  const std::vector<Piece> pieces = PiecesOf(context.input.text->document);
  std::set<std::string> introduced;
  std::set<std::string> words;  // a word in capitals for emphasis is a word elsewhere
  std::map<std::string, Uses> used;
  for (const Piece& piece : pieces) {
    for (const citations::Token& token : citations::TokensOf(piece.text)) {
      const std::string_view said = piece.text.substr(token.begin, token.end - token.begin);
      if (!IsCapital(said.back())) words.insert(token.text);
    }
    for (const Abbreviation& found : AbbreviationsIn(piece.text)) {
      if (found.introduced) introduced.insert(found.name);
      if (piece.heading) continue;
      Uses& uses = used[found.name];
      uses.quotes.push_back(QuoteOf(piece, found.begin, found.end));
      uses.own = uses.own || piece.own;
    }
  }
  for (const rules::Organ& organ : context.rules.organs) introduced.insert(organ.name);
  std::erase_if(used, [&](const auto& entry) {
    return introduced.contains(entry.first) || words.contains(base::Fold(entry.first));
  });
  const Text bounds{
      Counted(introduced.size(), "abreviatura presentada", "abreviaturas presentadas") + " en " +
          std::to_string(pieces.size()) + " textos",
      Counted(introduced.size(), "abbreviation introduced", "abbreviations introduced") + " in " +
          std::to_string(pieces.size()) + " texts"};
  RecordLooked(report, kCode, "abreviaturas", "texto", !used.empty(), bounds);
  for (const auto& [name, uses] : used) {
    base::Finding finding = TextFinding(
        kCode, uses.own ? FindingSeverity::Warning : FindingSeverity::Information,
        "abreviatura|" + name,
        {"«" + name + "» se usa y el texto nunca dice qué es",
         "'" + name + "' is used and the text never says what it is"},
        uses.own ? Text{"es una abreviatura sin desarrollar: quien no la conozca no sabe a qué se "
                        "remite",
                        "it is an abbreviation never spelt out: whoever does not know it cannot "
                        "tell what is meant"}
                 : Text{"la norma transcrita la presenta en otra parte, que la transcripción no "
                        "trae",
                        "the norm transcribed introduces it elsewhere, in what the transcription "
                        "does not bring"});
    for (const base::PassageQuote& quote : uses.quotes) {
      finding.articles.push_back(quote.citation);
      finding.passages.push_back(quote);
    }
    finding.articles = Unique(std::move(finding.articles));
    finding.bounds = bounds;
    report.findings.push_back(std::move(finding));
  }
}

// ---- Actors ----------------------------------------------------------------------

bool NamesAnActor(ConsequenceKind kind) {
  return kind == ConsequenceKind::Obligation || kind == ConsequenceKind::Prohibition ||
         kind == ConsequenceKind::Permission || kind == ConsequenceKind::Power;
}

// Of the regulation itself: whom other norms bind, they name in their own words.
std::map<std::string, std::vector<Citation>> ActorsOf(const rules::Ruleset& rules) {
  const std::string main = passages::MainNorm(rules);
  std::map<std::string, std::vector<Citation>> actors;
  const auto add = [&](const std::string& actor, const Citation& place) {
    if (!actor.empty() && place.norm == main) actors[actor].push_back(place);
  };
  for (const rules::Rule& rule : rules.rules) {
    for (const rules::Consequence& consequence : rule.consequences) {
      if (NamesAnActor(consequence.kind)) add(consequence.actor, rule.citation);
    }
  }
  for (const rules::Procedure& procedure : rules.procedures) {
    for (const rules::Milestone& milestone : procedure.milestones) {
      const Citation& place = milestone.citation.empty() ? procedure.citation : milestone.citation;
      add(milestone.actor, place);
    }
  }
  for (const rules::Safeguard& safeguard : rules.safeguards) {
    for (const std::string& actor : safeguard.actors) add(actor, safeguard.sanction);
  }
  return actors;
}

void Actors(const CheckContext& context, base::CheckReport& report) {
  const rules::Ruleset& rules = context.rules;
  if (rules.organs.empty()) {
    RecordNotPut(report, kCode, "actores", "grafo",
                 {"el modelo no declara los órganos de la entidad (`órgano`)",
                  "the model does not declare the organs of the entity (`órgano`)"});
    return;
  }
  // Whom the rules judge is a party to all of them and no organ.
  std::set<std::string> known{"persona"};
  for (const rules::Organ& organ : rules.organs) known.insert(base::Fold(organ.name));
  const auto actors = ActorsOf(rules);
  const Text bounds{Counted(actors.size(), "actor", "actores") + " de deberes y facultades",
                    Counted(actors.size(), "actor", "actors") + " of duties and powers"};
  bool found = false;
  for (const auto& [actor, places] : actors) {
    if (known.contains(base::Fold(actor))) continue;
    found = true;
    const std::vector<Citation> where = Unique(places);
    base::Finding finding = TextFinding(
        kCode, FindingSeverity::Information, "actor|" + actor,
        {"«" + Spaced(actor) + "» tiene deberes o facultades y no es un órgano declarado: " +
             base::JoinCitations(where),
         "'" + Spaced(actor) +
             "' has duties or powers and is no declared organ: " + base::JoinCitations(where)},
        {"no se dice qué órgano es: declárelo con `órgano`",
         "it is not said which organ it is: declare it with `órgano`"});
    finding.evidence = base::Evidence::Enumerated;
    finding.articles = where;
    finding.bounds = bounds;
    report.findings.push_back(std::move(finding));
  }
  RecordLooked(report, kCode, "actores", "grafo", found, bounds);
}

// ---- Kinds of fact ---------------------------------------------------------------

// Rules and measures that look at a kind.
std::vector<Citation> LookedAtBy(const rules::Ruleset& rules, rules::FactKindId kind) {
  std::vector<Citation> places;
  for (const rules::Rule& rule : rules.rules) {
    if (rule.subject.kind == kind) places.push_back(rule.citation);
  }
  for (const rules::Measure& measure : rules.measures) {
    if (measure.kind == kind) places.push_back(measure.citation);
  }
  return Unique(std::move(places));
}

void Kinds(const CheckContext& context, base::CheckReport& report) {
  const rules::Ruleset& rules = context.rules;
  std::size_t derived = 0;
  std::vector<base::Finding> findings;
  for (std::size_t i = 0; i < rules.fact_kinds.size(); ++i) {
    const rules::FactKind& kind = rules.fact_kinds[i];
    if (!kind.derived || kind.is_sanction) continue;
    ++derived;
    const rules::FactKindId id(static_cast<std::int64_t>(i));
    const bool produced =
        std::any_of(rules.qualifications.begin(), rules.qualifications.end(),
                    [&](const rules::Qualification& q) { return q.target == id; });
    const std::vector<Citation> places = LookedAtBy(rules, id);
    if (produced || places.empty()) continue;
    base::Finding finding = TextFinding(
        kCode, FindingSeverity::Warning, "hecho|" + kind.name,
        {"nada dice cuándo hay «" + Spaced(kind.name) + "», que miran " +
             base::JoinCitations(places),
         "nothing says when there is '" + Spaced(kind.name) + "', which " +
             base::JoinCitations(places) + " look at"},
        {"es una noción del derecho, no un hecho que se registre, y ninguna disposición la define: "
         "lo que se funda en ella nunca se aplica",
         "it is a notion of law, not a recorded fact, and no provision defines it: what rests on "
         "it "
         "never applies"});
    finding.evidence = base::Evidence::Enumerated;
    finding.articles = places;
    findings.push_back(std::move(finding));
  }
  const Text bounds{Counted(derived, "noción derivada", "nociones derivadas"),
                    Counted(derived, "derived notion", "derived notions")};
  RecordLooked(report, kCode, "nociones", "grafo", !findings.empty(), bounds);
  for (base::Finding& finding : findings) {
    finding.bounds = bounds;
    report.findings.push_back(std::move(finding));
  }
}

void CheckTerms(const CheckContext& context, base::CheckReport& report) {
  Kinds(context, report);
  Actors(context, report);
  if (context.input.text != nullptr) {
    Abbreviations(context, report);
  } else {
    RecordNotPut(
        report, kCode, "abreviaturas", "texto",
        {"el texto oficial no se ha importado", "the official text has not been imported"});
  }
}

}  // namespace

void PlanUndefinedTerms(const CheckContext& context, std::vector<Task>& tasks) {
  tasks.push_back(
      {kCode, {}, [&context](base::CheckReport& report) { CheckTerms(context, report); }});
}

}  // namespace cotejo::checks
