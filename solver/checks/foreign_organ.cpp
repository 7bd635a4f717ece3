// Organs that the regulation's own provisions give something to do and that are not of the
// entity, nor declared as external.
#include <algorithm>
#include <array>
#include <map>

#include "model/citations/prose.h"
#include "solver/checks/plans.h"
#include "solver/checks/quotes.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Text;
using citations::Token;

namespace {

constexpr const char* kCode = "órgano-ajeno";

// "regionales" and "regional", "unidades" and "unidad" are one word here.
std::string Singular(const std::string& word) {
  static constexpr std::string_view kConsonants = "nlrdzj";
  if (word.size() > 4 && word.ends_with("es") &&
      kConsonants.find(word[word.size() - 3]) != std::string_view::npos)
    return word.substr(0, word.size() - 2);
  if (word.size() > 3 && word.ends_with("s")) return word.substr(0, word.size() - 1);
  return word;
}

// What the name of an organ begins with.
bool IsHead(const std::string& singular) {
  static constexpr std::array<std::string_view, 17> kHeads = {
      "ministerio", "viceministerio", "direccion",  "jefatura",     "jefe",         "jefa",
      "unidad",     "servicio",       "secretaria", "contraloria",  "procuraduria", "gerencia",
      "delegacion", "coordinacion",   "oficina",    "departamento", "intendencia"};
  return std::find(kHeads.begin(), kHeads.end(), singular) != kHeads.end();
}

bool IsJoint(std::string_view word) {
  static constexpr std::array<std::string_view, 8> kJoints = {"de",  "del", "la", "las",
                                                              "los", "el",  "y",  "e"};
  return std::find(kJoints.begin(), kJoints.end(), word) != kJoints.end();
}

struct NamedOrgan {
  std::vector<std::string> words;  // singular, without joints
  std::size_t begin = 0;           // in the text
  std::size_t end = 0;
  std::size_t next = 0;  // first word after it
};

// "Ministerio de Trabajo, Empleo y Previsión Social": a head and the capitals that follow it.
std::optional<NamedOrgan> OrganAt(std::string_view text, const std::vector<Token>& words,
                                  std::size_t i) {
  if (!words[i].capital || !IsHead(Singular(words[i].text))) return std::nullopt;
  NamedOrgan organ{{Singular(words[i].text)}, words[i].begin, words[i].end, i + 1};
  bool named = false;
  bool joined = false;  // by a comma or "y" to what comes before
  for (std::size_t j = i + 1; j < words.size(); ++j) {
    const std::string_view between =
        text.substr(words[j - 1].end, words[j].begin - words[j - 1].end);
    if (between != " " && between != ", ") break;
    const bool comma = between == ", ";
    if (comma && !words[j].capital) break;
    if (!words[j].capital) {
      if (!IsJoint(words[j].text)) break;
      joined = joined || words[j].text == "y" || words[j].text == "e";
      continue;
    }
    const std::string word = Singular(words[j].text);
    const bool head = IsHead(word);
    if (head && (joined || comma)) break;  // another organ
    named = named || !head;
    joined = false;
    organ.words.push_back(word);
    organ.end = words[j].end;
    organ.next = j + 1;
  }
  const bool common = organ.words.size() == 2 && organ.words[0] == "servicio" &&
                      organ.words[1] == "publico";  // the work, not an organ
  if (!named || common) return std::nullopt;
  return organ;
}

std::vector<std::string> WordsOfTitle(const std::string& title) {
  std::vector<std::string> words;
  for (const Token& token : citations::TokensOf(title)) {
    if (!IsJoint(token.text)) words.push_back(Singular(token.text));
  }
  return words;
}

// The declared names, as words.
std::vector<std::vector<std::string>> Declared(const rules::Ruleset& rules) {
  std::vector<std::vector<std::string>> titles;
  for (const rules::Organ& organ : rules.organs) {
    titles.push_back(WordsOfTitle(organ.title));
    for (const std::string& title : organ.titles) titles.push_back(WordsOfTitle(title));
  }
  return titles;
}

// The name read begins with a declared one, or with its head: "Jefe de la Unidad de …" is of
// that unit.
bool IsKnown(const std::vector<std::vector<std::string>>& declared, const NamedOrgan& organ) {
  const auto named_by = [&organ](const std::vector<std::string>& title) {
    if (title.empty()) return false;
    for (auto at = organ.words.begin(); at != organ.words.end() && IsHead(*at); ++at) {
      const auto left = static_cast<std::size_t>(organ.words.end() - at);
      if (left >= title.size() && std::equal(title.begin(), title.end(), at)) return true;
    }
    return false;
  };
  return std::any_of(declared.begin(), declared.end(), named_by);
}

struct Mentions {
  std::string name;  // as first written
  std::vector<base::PassageQuote> own;
  std::vector<base::Citation> transcribed;
};

// By the words of the name, so that singular and plural are one.
std::map<std::string, Mentions> ForeignIn(const rules::Ruleset& rules,
                                          const std::vector<Piece>& pieces, std::size_t& read) {
  const auto declared = Declared(rules);
  std::map<std::string, Mentions> foreign;
  for (const Piece& piece : pieces) {
    if (piece.heading) continue;
    const std::vector<Token> words = citations::TokensOf(piece.text);
    for (std::size_t i = 0; i < words.size(); ++i) {
      const auto organ = OrganAt(piece.text, words, i);
      if (!organ) continue;
      i = organ->next - 1;
      if (piece.own) ++read;
      if (IsKnown(declared, *organ)) continue;
      std::string key;
      for (const std::string& word : organ->words) key += (key.empty() ? "" : " ") + word;
      Mentions& mentions = foreign[key];
      if (!piece.own) {
        mentions.transcribed.push_back(piece.citation);
        continue;
      }
      if (mentions.own.empty())
        mentions.name = piece.text.substr(organ->begin, organ->end - organ->begin);
      mentions.own.push_back(QuoteOf(piece, organ->begin, organ->end));
    }
  }
  std::erase_if(foreign, [](const auto& entry) { return entry.second.own.empty(); });
  return foreign;
}

base::Finding Describe(const Mentions& mentions, const std::string& key) {
  std::vector<base::Citation> where;
  for (const base::PassageQuote& quote : mentions.own) where.push_back(quote.citation);
  where = Unique(std::move(where));
  const std::string cited = base::JoinCitations(where);
  base::Finding finding = TextFinding(
      kCode, base::FindingSeverity::Warning, key,
      {"«" + mentions.name + "» no es de la entidad ni órgano externo declarado: " + cited,
       "'" + mentions.name + "' is neither of the entity nor a declared external organ: " + cited},
      {"la disposición le atribuye algo y nadie en la entidad lleva ese nombre: no se sabe quién "
       "debe hacerlo. Suele venir del texto de otra entidad",
       "the provision gives it something to do and nobody in the entity has that name: it is not "
       "known who must do it. It usually comes from another entity's text"});
  if (!mentions.transcribed.empty()) {
    const std::string also = base::JoinCitations(Unique(mentions.transcribed));
    finding.explanation.es += ". También lo nombra lo transcrito (" + also +
                              "): compruebe que lo diga la norma y no la copia";
    finding.explanation.en += ". What is transcribed names it too (" + also +
                              "): check that the norm says so and not the copy";
  }
  finding.articles = where;
  finding.passages = mentions.own;
  return finding;
}

void CheckOrgans(const CheckContext& context, base::CheckReport& report) {
  if (context.rules.organs.empty()) {
    RecordNotPut(report, kCode, "órganos", "texto",
                 {"el modelo no declara los órganos de la entidad (`órgano`)",
                  "the model does not declare the organs of the entity (`órgano`)"});
    return;
  }
  const std::vector<Piece> pieces = PiecesOf(context.input.text->document);
  std::size_t read = 0;
  const auto foreign = ForeignIn(context.rules, pieces, read);
  const Text bounds{
      Counted(read, "mención", "menciones") + " de órganos en disposiciones propias, contra " +
          std::to_string(context.rules.organs.size()) + " declarados",
      Counted(read, "mention", "mentions") + " of organs in the regulation's own provisions, " +
          "against " + std::to_string(context.rules.organs.size()) + " declared"};
  RecordLooked(report, kCode, "órganos", "texto", !foreign.empty(), bounds);
  for (const auto& [key, mentions] : foreign) {
    base::Finding finding = Describe(mentions, key);
    finding.bounds = bounds;
    report.findings.push_back(std::move(finding));
  }
}

}  // namespace

void PlanForeignOrgans(const CheckContext& context, std::vector<Task>& tasks) {
  tasks.push_back(
      {kCode, {}, [&context](base::CheckReport& report) { CheckOrgans(context, report); }});
}

}  // namespace cotejo::checks
