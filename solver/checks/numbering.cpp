// Numbering that skips, repeats or does not go on: of articles, of their parts, and of the
// titles, chapters and sections over them.
#include <algorithm>
#include <array>
#include <map>

#include "model/base/source.h"
#include "model/citations/prose.h"
#include "model/passages/labels.h"
#include "solver/checks/plans.h"
#include "solver/checks/quotes.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Citation;
using base::FindingSeverity;
using base::Text;
using passages::Document;
using passages::Passage;
using passages::PassageKind;

namespace {

constexpr const char* kCode = "numeración-con-salto";

// A number of a series and where it stands.
struct Step {
  int value = 0;
  std::string label;  // "IV", "c)", "VI"
  Citation citation;
  std::string said;  // the words that open it
};

std::string Beginning(const Passage& passage, const std::string& label) {
  const Piece piece{passage.citation, passage.text};
  const std::string rest = QuoteOf(piece, 0, 0).text;
  return label + (rest.empty() ? "" : " ") + rest;
}

// "12" or "iv"; 0 when it is neither.
int NumberOf(const std::string& folded) {
  if (citations::IsNumber(folded) && folded.size() < 4) return std::stoi(folded);
  const auto roman = passages::ParagraphLabel(citations::Upper(folded) + ". x");
  return roman ? roman->value : 0;
}

std::optional<Step> StepOf(const Passage& passage) {
  if (passage.citation.path.empty()) return std::nullopt;
  const std::string& step = passage.citation.path.back();
  const bool letter = passage.kind == PassageKind::Item && step.size() == 1;
  const int value = letter ? step.front() - 'a' + 1 : NumberOf(base::Fold(step));
  if (value <= 0) return std::nullopt;
  const std::string shown = step + (letter ? ")" : ".");
  return Step{value, shown, passage.citation, Beginning(passage, shown)};
}

// ---- One series ------------------------------------------------------------------

struct Series {
  Text name;  // "los parágrafos de DS3164:2"
  std::vector<Step> steps;
  bool own = true;
};

void AddQuotes(const std::vector<const Step*>& steps, base::Finding& finding) {
  for (const Step* step : steps) {
    finding.articles.push_back(step->citation);
    finding.passages.push_back({step->citation, step->said});
  }
  finding.articles = Unique(std::move(finding.articles));
}

base::Finding Jump(const Series& series, const Step& before, const Step& after) {
  const bool back = after.value <= before.value;
  base::Finding finding = TextFinding(
      kCode, series.own ? FindingSeverity::Warning : FindingSeverity::Information,
      after.citation.str() + "|" + before.label + "|" + after.label,
      back ? Text{series.name.es + " repiten la numeración: después de «" + before.label +
                      "» viene «" + after.label + "»",
                  series.name.en + " repeat their numbering: '" + after.label + "' comes after '" +
                      before.label + "'"}
           : Text{series.name.es + " pasan de «" + before.label + "» a «" + after.label + "»",
                  series.name.en + " go from '" + before.label + "' to '" + after.label + "'"},
      series.own ? Text{"una remisión a lo que falta, o a lo repetido, no se puede seguir",
                        "a reference to what is missing, or repeated, cannot be followed"}
                 : Text{"lo dice una norma que el reglamento transcribe: o la transcripción omite "
                        "una disposición o la numera mal; coteje con el texto de esa norma",
                        "it is said by a norm that the regulation transcribes: the transcription "
                        "leaves a provision out, or numbers it wrong; compare with that norm"});
  AddQuotes({&before, &after}, finding);
  return finding;
}

base::Finding LateStart(const Series& series, const Step& first) {
  base::Finding finding = TextFinding(
      kCode, FindingSeverity::Warning, first.citation.str() + "|" + first.label + "|inicio",
      {series.name.es + " empiezan por «" + first.label + "»",
       series.name.en + " begin with '" + first.label + "'"},
      {"lo que va antes no está en el texto, o la numeración está equivocada",
       "what comes before is not in the text, or the numbering is wrong"});
  AddQuotes({&first}, finding);
  return finding;
}

void LookAt(const Series& series, std::vector<base::Finding>& findings) {
  if (series.steps.empty()) return;
  // A transcription may begin anywhere: it is an excerpt.
  if (series.own && series.steps.front().value != 1)
    findings.push_back(LateStart(series, series.steps.front()));
  for (std::size_t i = 1; i < series.steps.size(); ++i) {
    if (series.steps[i].value != series.steps[i - 1].value + 1)
      findings.push_back(Jump(series, series.steps[i - 1], series.steps[i]));
  }
}

// ---- Articles and their parts ----------------------------------------------------

Series Articles(const Document& document) {
  Series series{{"los artículos de " + document.norm, "the articles of " + document.norm}, {}};
  for (const Passage& passage : document.passages) {
    const bool own = passage.kind == PassageKind::Article && passage.citation.path.size() == 1 &&
                     passage.citation.norm == document.norm;
    if (!own) continue;
    if (auto step = StepOf(passage)) series.steps.push_back(std::move(*step));
  }
  return series;
}

Text NameOf(PassageKind kind, const Citation& parent) {
  const std::string of = parent.str();
  switch (kind) {
    case PassageKind::Paragraph:
      return {"los parágrafos de " + of, "the paragraphs of " + of};
    case PassageKind::Item:
      return {"los incisos de " + of, "the incisos of " + of};
    default:
      return {"los numerales de " + of, "the numerals of " + of};
  }
}

std::vector<Series> PartsOf(const Document& document) {
  std::map<std::pair<Citation, PassageKind>, std::size_t> places;
  std::vector<Series> all;
  for (const Passage& passage : document.passages) {
    const bool part = passage.kind == PassageKind::Paragraph || passage.kind == PassageKind::Item ||
                      passage.kind == PassageKind::Numeral;
    if (!part || passage.citation.path.size() < 2) continue;
    const auto step = StepOf(passage);
    if (!step) continue;
    Citation parent = passage.citation;
    parent.path.pop_back();
    const auto [it, inserted] = places.try_emplace({parent, passage.kind}, all.size());
    if (inserted) all.push_back({NameOf(passage.kind, parent), {}, parent.norm == document.norm});
    all[it->second].steps.push_back(*step);
  }
  return all;
}

// A paragraph I with no II: one finding for all of them.
std::optional<base::Finding> Lone(const std::vector<Series>& parts) {
  std::vector<const Step*> alone;
  for (const Series& series : parts) {
    const bool paragraph = passages::ParagraphLabel(series.steps.front().label + " x").has_value();
    if (series.own && paragraph && series.steps.size() == 1) alone.push_back(&series.steps.front());
  }
  if (alone.empty()) return std::nullopt;
  std::vector<Citation> where;
  for (const Step* step : alone) where.push_back(step->citation);
  const std::string cited = base::JoinCitations(where);
  base::Finding finding = TextFinding(
      kCode, FindingSeverity::Information, "único|" + cited,
      {"parágrafo con número sin otro que lo siga: " + cited,
       "numbered paragraph with no other after it: " + cited},
      {"o falta el parágrafo siguiente, o el texto que sigue no lleva su número, o el número sobra",
       "either the next paragraph is missing, or the text that follows lacks its number, or the "
       "number is superfluous"});
  AddQuotes(alone, finding);
  return finding;
}

// Labels left inside a text: the reader takes those that go on, so these do not.
std::vector<base::Finding> LeftInside(const std::vector<Piece>& pieces) {
  std::vector<base::Finding> findings;
  for (const Piece& piece : pieces) {
    if (piece.heading) continue;
    for (std::size_t at = piece.text.find_first_of(".;:"); at != std::string_view::npos;
         at = piece.text.find_first_of(".;:", at + 1)) {
      const std::string_view rest = piece.text.substr(at + 1);
      if (!rest.starts_with(' ')) continue;
      const auto paragraph = passages::ParagraphLabel(rest.substr(1));
      const auto item = paragraph ? std::nullopt : passages::ItemLabel(rest.substr(1));
      if (!paragraph && !item) continue;
      const std::string label = paragraph ? paragraph->step + "." : item->step + ")";
      base::Finding finding = TextFinding(
          kCode, piece.own ? FindingSeverity::Warning : FindingSeverity::Information,
          piece.citation.str() + "|" + label + "|dentro",
          {piece.citation.str() + " lleva dentro un «" + label + "» que no sigue a ninguno",
           piece.citation.str() + " holds a '" + label + "' that follows none"},
          {"la numeración se repite o vuelve atrás, y lo que sigue no puede citarse por separado",
           "the numbering repeats or goes back, and what follows cannot be cited by itself"});
      finding.articles = {piece.citation};
      finding.passages = {QuoteOf(piece, at + 2, at + 2 + label.size())};
      findings.push_back(std::move(finding));
    }
  }
  return findings;
}

// ---- Titles, chapters, sections, parts -------------------------------------------

struct Level {
  const char* word;  // folded
  Text name;         // plural
  Text one;
};

const std::array<Level, 3>& Levels() {
  static const std::array<Level, 3> kLevels{
      {{"titulo", {"los títulos", "the titles"}, {"un solo título", "a single title"}},
       {"capitulo", {"los capítulos", "the chapters"}, {"un solo capítulo", "a single chapter"}},
       {"seccion", {"las secciones", "the sections"}, {"una sola sección", "a single section"}}}};
  return kLevels;
}

int OrdinalOf(std::string_view word) {
  static constexpr std::array<std::string_view, 5> kOrdinals = {"primera", "segunda", "tercera",
                                                                "cuarta", "quinta"};
  const auto found = std::find(kOrdinals.begin(), kOrdinals.end(), word);
  return found == kOrdinals.end() ? 0 : static_cast<int>(found - kOrdinals.begin()) + 1;
}

// The series of each level. A part or a chapter opens new series of what is under it; but a
// title may also go on with the numbers of the chapters before it.
std::vector<Series> DivisionsOf(const Document& document) {
  std::array<Series, 3> open;
  std::vector<Series> closed;
  const auto close = [&](std::size_t level) {
    if (!open[level].steps.empty()) closed.push_back(open[level]);
    open[level] = {Levels()[level].name, {}};
  };
  for (std::size_t level = 0; level < open.size(); ++level) open[level].name = Levels()[level].name;
  Series parts{{"las partes", "the parts"}, {}};
  for (const passages::Division& division : document.divisions) {
    const auto words = citations::TokensOf(division.text);
    if (words.size() < 2) continue;
    const auto step = [&](int value) {
      return Step{value, division.text, {document.norm, {}}, division.text};
    };
    if (words[0].text == "parte" && OrdinalOf(words[1].text) > 0) {
      parts.steps.push_back(step(OrdinalOf(words[1].text)));
      for (std::size_t level = 0; level < open.size(); ++level) close(level);
    }
    for (std::size_t level = 0; level < open.size(); ++level) {
      const int value = words[0].text == Levels()[level].word ? NumberOf(words[1].text) : 0;
      if (value == 0) continue;
      for (std::size_t inner = level + 1; inner < open.size(); ++inner) {
        if (open[inner].steps.empty()) continue;
        close(inner);
      }
      open[level].steps.push_back(step(value));
    }
  }
  for (std::size_t level = 0; level < open.size(); ++level) close(level);
  if (!parts.steps.empty()) closed.push_back(parts);
  return closed;
}

// Numbers of chapters that go on under the next title begin late without being wrong.
void JoinThoseThatGoOn(std::vector<Series>& divisions) {
  for (std::size_t i = 0; i < divisions.size(); ++i) {
    for (std::size_t j = i + 1; j < divisions.size(); ++j) {
      const bool goes_on = divisions[j].name == divisions[i].name &&
                           divisions[j].steps.front().value == divisions[i].steps.back().value + 1;
      if (!goes_on) continue;
      auto& steps = divisions[j].steps;
      divisions[i].steps.insert(divisions[i].steps.end(), steps.begin(), steps.end());
      divisions.erase(divisions.begin() + static_cast<std::ptrdiff_t>(j));
      --j;
    }
  }
}

void LookAtDivisions(const Document& document, std::vector<base::Finding>& findings) {
  std::vector<Series> divisions = DivisionsOf(document);
  JoinThoseThatGoOn(divisions);
  for (const Series& series : divisions) {
    LookAt(series, findings);
    if (series.steps.size() > 1 || series.steps.front().value != 1) continue;
    for (const Level& level : Levels()) {
      if (!(level.name == series.name)) continue;
      const std::string& heading = series.steps.front().said;
      base::Finding finding = TextFinding(
          kCode, FindingSeverity::Information, "uno|" + heading,
          {level.one.es + ": «" + heading + "» no tiene otro que lo siga",
           level.one.en + ": nothing follows '" + heading + "'"},
          {"una división con un solo miembro no divide nada: o falta la que sigue, o sobra su "
           "número",
           "a division with a single member divides nothing: either the next one is missing, or "
           "its number is superfluous"});
      AddQuotes({&series.steps.front()}, finding);
      findings.push_back(std::move(finding));
    }
  }
}

// ---- The check -------------------------------------------------------------------

void Report(std::vector<base::Finding> findings, const char* what, Text bounds,
            base::CheckReport& report) {
  RecordLooked(report, kCode, what, "texto", !findings.empty(), bounds);
  for (base::Finding& finding : findings) {
    finding.bounds = bounds;
    report.findings.push_back(std::move(finding));
  }
}

void CheckNumbering(const CheckContext& context, base::CheckReport& report) {
  const Document& document = context.input.text->document;
  std::vector<base::Finding> findings;
  const Series articles = Articles(document);
  LookAt(articles, findings);
  Report(std::move(findings), "artículos",
         {Counted(articles.steps.size(), "artículo", "artículos"),
          Counted(articles.steps.size(), "article", "articles")},
         report);

  findings.clear();
  const std::vector<Series> parts = PartsOf(document);
  for (const Series& series : parts) LookAt(series, findings);
  if (auto lone = Lone(parts)) findings.push_back(std::move(*lone));
  for (base::Finding& finding : LeftInside(PiecesOf(document)))
    findings.push_back(std::move(finding));
  Report(std::move(findings), "parágrafos, incisos y numerales",
         {Counted(parts.size(), "serie", "series"), Counted(parts.size(), "series", "series")},
         report);

  findings.clear();
  LookAtDivisions(document, findings);
  Report(std::move(findings), "títulos, capítulos y secciones",
         {Counted(document.divisions.size(), "encabezado", "encabezados"),
          Counted(document.divisions.size(), "heading", "headings")},
         report);

  findings.clear();
  Series resolution{{"los puntos de la resolución", "the points of the resolution"}, {}};
  for (const Passage& passage : document.resolution) {
    if (auto step = StepOf(passage)) resolution.steps.push_back(std::move(*step));
  }
  LookAt(resolution, findings);
  Report(std::move(findings), "puntos de la resolución",
         {Counted(resolution.steps.size(), "punto", "puntos"),
          Counted(resolution.steps.size(), "point", "points")},
         report);
}

}  // namespace

void PlanNumbering(const CheckContext& context, std::vector<Task>& tasks) {
  tasks.push_back(
      {kCode, {}, [&context](base::CheckReport& report) { CheckNumbering(context, report); }});
}

}  // namespace cotejo::checks
