// References that lead nowhere: in the imported text, to its own instrument; in the model, to
// provisions that the regulation does not have.
#include <algorithm>
#include <map>
#include <set>

#include "model/citations/inside.h"
#include "model/citations/mentions.h"
#include "model/citations/prose.h"
#include "model/passages/coverage.h"
#include "solver/checks/plans.h"
#include "solver/checks/quotes.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Citation;
using base::FindingSeverity;
using base::Text;
using passages::Document;
using passages::Passage;

namespace {

constexpr const char* kCode = "referencia-rota";

// ---- The text, to itself ---------------------------------------------------------

bool Has(const Document& document, const Citation& target) {
  return std::any_of(document.passages.begin(), document.passages.end(),
                     [&](const Passage& passage) { return passage.citation == target; });
}

// The text of another norm quoted inside an instrument numbers its own articles: what it calls
// "Artículo 2" stands at 2.II.2 of the instrument.
bool HasQuoted(const Document& document, const Citation& target) {
  return std::any_of(
      document.passages.begin(), document.passages.end(), [&](const Passage& passage) {
        const auto& path = passage.citation.path;
        return passage.citation.norm == target.norm && path.size() > target.path.size() &&
               std::equal(target.path.rbegin(), target.path.rend(), path.rbegin());
      });
}

// A part that the reader of the document did not tell apart: its label is inside the text.
bool IsInsideText(const Document& document, const Citation& target) {
  Citation outer = target;
  while (outer.path.size() > 1) {
    const std::string step = outer.path.back();
    outer.path.pop_back();
    const Passage* passage = document.Find(outer);
    if (passage == nullptr) continue;
    return passage->text.find(step + ")") != std::string::npos ||
           passage->text.find(step + ". ") != std::string::npos;
  }
  return false;
}

struct Broken {
  Citation target;
  Piece from;
  base::PassageQuote quote;
};

void InText(const CheckContext& context, base::CheckReport& report) {
  const Document& document = context.input.text->document;
  std::size_t looked = 0;
  std::vector<base::Finding> findings;
  for (const Piece& piece : PiecesOf(document)) {
    if (piece.heading) continue;
    for (const citations::InnerReference& reference :
         citations::InnerReferencesIn(piece.text, piece.citation, document.norm)) {
      ++looked;
      const Citation& target = reference.target;
      if (Has(document, target) || HasQuoted(document, target) || IsInsideText(document, target))
        continue;
      const bool own = target.norm == document.norm;
      const std::string words(piece.text.substr(reference.begin, reference.end - reference.begin));
      const std::string from = piece.citation.str();
      base::Finding finding = TextFinding(
          kCode, own ? FindingSeverity::Error : FindingSeverity::Information,
          from + "|" + target.str(),
          own ? Text{from + " cita «" + words + "», y " + target.str() + " no existe",
                     from + " cites '" + words + "', and " + target.str() + " does not exist"}
              : Text{from + " cita «" + words + "», que la transcripción no trae",
                     from + " cites '" + words + "', which the transcription does not bring"},
          own ? Text{"el reglamento no tiene esa disposición: no se sabe qué se quiso citar",
                     "the regulation has no such provision: it is not known what was meant"}
              : Text{"la disposición transcrita no se entiende entera sin lo que cita; está en la "
                     "norma de origen",
                     "what is transcribed cannot be wholly understood without what it cites; it is "
                     "in the norm it comes from"});
      finding.articles = {piece.citation};
      finding.passages = {QuoteOf(piece, reference.begin, reference.end)};
      findings.push_back(std::move(finding));
    }
  }
  const Text bounds{Counted(looked, "remisión", "remisiones") + " del texto a su propia norma",
                    Counted(looked, "reference", "references") + " of the text to its own norm"};
  RecordLooked(report, kCode, "remisiones internas del texto", "texto", !findings.empty(), bounds);
  for (base::Finding& finding : findings) {
    finding.bounds = bounds;
    report.findings.push_back(std::move(finding));
  }
}

// ---- The text, to norms nobody declares -------------------------------------------

void UndeclaredNorms(const CheckContext& context, base::CheckReport& report) {
  const Document& document = context.input.text->document;
  std::set<std::string> declared;
  for (const rules::Norm& norm : context.rules.norms) declared.insert(norm.name);
  std::set<std::string> named;
  std::map<std::string, std::vector<base::PassageQuote>> unknown;
  for (const Piece& piece : PiecesOf(document)) {
    if (piece.heading) continue;
    const auto words = citations::TokensOf(piece.text);
    for (std::size_t i = 0; i < words.size(); ++i) {
      const auto norm = citations::NormAt(piece.text, words, i);
      if (!norm) continue;
      named.insert(norm->name);
      if (declared.contains(norm->name)) continue;
      unknown[norm->name].push_back(QuoteOf(piece, words[i].begin, words[norm->next - 1].end));
    }
  }
  const Text bounds{Counted(named.size(), "norma nombrada", "normas nombradas") + " en el texto",
                    Counted(named.size(), "norm named", "norms named") + " in the text"};
  RecordLooked(report, kCode, "normas que el texto nombra", "texto", !unknown.empty(), bounds);
  for (const auto& [name, quotes] : unknown) {
    base::Finding finding = TextFinding(
        kCode, FindingSeverity::Information, "norma|" + name,
        {"el texto nombra " + name + " y el modelo no declara esa norma",
         "the text names " + name + " and the model does not declare that norm"},
        {"sin declararla no se sabe su rango ni su fecha, y ninguna comprobación la tiene en "
         "cuenta",
         "without declaring it its rank and date are not known, and no check counts it"});
    for (const base::PassageQuote& quote : quotes) {
      finding.articles.push_back(quote.citation);
      finding.passages.push_back(quote);
    }
    finding.articles = Unique(std::move(finding.articles));
    finding.bounds = bounds;
    report.findings.push_back(std::move(finding));
  }
}

// ---- The model, to the regulation -------------------------------------------------

// What the model cites and where it is said to be wrong.
void ReportMissing(const std::vector<Citation>& missing, const CheckContext& context,
                   const std::vector<citations::Mention>& mentions,
                   const std::vector<citations::DefinitionRef>& definitions, const Text& why,
                   const Text& bounds, base::CheckReport& report) {
  for (const Citation& citation : missing) {
    Text by;
    std::vector<Citation> articles{citation};
    for (const citations::Mention& mention : mentions) {
      if (mention.provision != citation) continue;
      // Of a reference, the provision that makes it is the one to mend.
      if (mention.kind == citations::DeclarationKind::Deferring) {
        articles.push_back(
            context.rules.statements[static_cast<std::size_t>(mention.index)].citation);
      }
      const Text one = citations::Describe(context.rules, definitions, mention);
      if (by.es.find(one.es) != std::string::npos) continue;
      by.es += (by.es.empty() ? "" : ", ") + one.es;
      by.en += (by.en.empty() ? "" : ", ") + one.en;
    }
    base::Finding finding =
        TextFinding(kCode, FindingSeverity::Error, "modelo|" + citation.str(),
                    {"el modelo cita " + citation.str() + ", que no existe",
                     "the model cites " + citation.str() + ", which does not exist"},
                    {why.es + ". Lo citan: " + by.es, why.en + ". Cited by: " + by.en});
    finding.evidence = base::Evidence::Enumerated;
    finding.articles = Unique(std::move(articles));
    finding.bounds = bounds;
    report.findings.push_back(std::move(finding));
  }
}

// Every citation of the model, and the targets of its references.
std::vector<citations::Mention> AllMentions(
    const CheckContext& context, const std::vector<citations::DefinitionRef>& definitions) {
  std::vector<citations::Mention> mentions = citations::MentionsOf(context.rules, definitions);
  for (std::size_t i = 0; i < context.rules.statements.size(); ++i) {
    const rules::Statement& statement = context.rules.statements[i];
    if (statement.kind != rules::Statement::Kind::Deferring) continue;
    mentions.push_back(
        {statement.target, citations::DeclarationKind::Deferring, static_cast<int>(i), 0, false});
  }
  return mentions;
}

// Without the text: the articles that the norm files head, when they head them all.
void AgainstHeadings(const CheckContext& context, base::CheckReport& report) {
  const std::string main = passages::MainNorm(context.rules);
  std::set<std::string> headed;
  for (const rules::Provision& provision : context.rules.provisions) {
    if (provision.citation.norm == main) headed.insert(provision.citation.path.front());
  }
  const auto is_headed = [&](int number) { return headed.contains(std::to_string(number)); };
  int last = 0;
  while (is_headed(last + 1)) ++last;
  const auto numbered = std::count_if(headed.begin(), headed.end(), [](const std::string& step) {
    return citations::IsNumber(step);
  });
  const char* what = "citas del modelo a artículos";
  if (last == 0 || numbered != last) {
    RecordNotPut(
        report, kCode, what, "grafo",
        {"los archivos no encabezan todos los artículos de " + main +
             " y no se ha importado su texto",
         "the files do not head every article of " + main + " and its text has not been imported"});
    return;
  }
  const auto definitions = citations::DefinitionsOf(*context.input.files);
  const auto mentions = AllMentions(context, definitions);
  std::vector<Citation> missing;
  std::size_t looked = 0;
  for (const citations::Mention& mention : mentions) {
    const Citation& cited = mention.provision;
    if (cited.norm != main || cited.path.empty() || !citations::IsNumber(cited.path.front()))
      continue;
    ++looked;
    if (!headed.contains(cited.path.front())) missing.push_back(cited);
  }
  missing = Unique(std::move(missing));
  const Text bounds{Counted(looked, "cita", "citas") + " a los " + std::to_string(last) +
                        " artículos que los archivos encabezan",
                    Counted(looked, "citation", "citations") + " of the " + std::to_string(last) +
                        " articles that the files head"};
  RecordLooked(report, kCode, what, "grafo", !missing.empty(), bounds);
  ReportMissing(missing, context, mentions, definitions,
                {"ningún archivo encabeza ese artículo", "no file heads that article"}, bounds,
                report);
}

// What only an amendment states: the text in force cannot have it. A whole article it also heads.
std::set<Citation> StatedByAmendment(const CheckContext& context,
                                     const std::vector<citations::Mention>& mentions) {
  std::set<Citation> in_force;
  for (const language::NormFile& file : *context.input.files) {
    for (const language::Decl& decl : file.decls) {
      in_force.insert(decl.citation);
      for (const language::RowDecl& row : decl.rows) in_force.insert(row.citation);
      for (const language::MilestoneDecl& milestone : decl.milestones)
        in_force.insert(milestone.citation);
    }
  }
  std::set<Citation> headed;
  for (const rules::Provision& provision : context.rules.provisions)
    headed.insert(provision.citation);
  std::set<Citation> stated;
  for (const citations::Mention& mention : mentions) {
    const Citation& place = mention.provision;
    if (!mention.own || place.path.empty() || in_force.contains(place)) continue;
    Citation article = place;
    article.path.resize(1);
    if (context.input.text->document.Find(article) != nullptr || headed.contains(article))
      stated.insert(place);
  }
  return stated;
}

void AgainstText(const CheckContext& context, base::CheckReport& report) {
  const Document& document = context.input.text->document;
  const auto definitions = citations::DefinitionsOf(*context.input.files);
  const auto mentions = AllMentions(context, definitions);
  // Without a passage of its own, or of what holds it and is not parted.
  const auto ledger = passages::BuildLedger(context.rules, *context.input.files, document);
  std::vector<Citation> missing;
  for (const Citation& citation : ledger.without_passage) {
    if (citation.norm == document.norm) missing.push_back(citation);
  }
  std::size_t looked = 0;
  for (const citations::Mention& mention : mentions) {
    const Citation& cited = mention.provision;
    if (cited.norm != document.norm || cited.path.empty()) continue;
    ++looked;
    Citation article = cited;
    article.path.resize(1);
    if (article.path.front() != "RES" && document.Find(article) == nullptr)
      missing.push_back(cited);
  }
  const std::set<Citation> stated = StatedByAmendment(context, mentions);
  std::erase_if(missing, [&](const Citation& citation) { return stated.contains(citation); });
  missing = Unique(std::move(missing));
  const Text bounds{
      Counted(looked, "cita", "citas") + " del modelo a " + document.norm + ", contra el texto",
      Counted(looked, "citation", "citations") + " of " + document.norm +
          " by the model, against "
          "the text"};
  RecordLooked(report, kCode, "citas del modelo a disposiciones", "texto", !missing.empty(),
               bounds);
  ReportMissing(
      missing, context, mentions, definitions,
      {"el texto importado no tiene esa disposición", "the imported text has no such provision"},
      bounds, report);
}

void CheckReferences(const CheckContext& context, base::CheckReport& report) {
  if (context.input.text == nullptr) {
    AgainstHeadings(context, report);
    return;
  }
  InText(context, report);
  UndeclaredNorms(context, report);
  AgainstText(context, report);
}

}  // namespace

void PlanBrokenReferences(const CheckContext& context, std::vector<Task>& tasks) {
  tasks.push_back(
      {kCode, {}, [&context](base::CheckReport& report) { CheckReferences(context, report); }});
}

}  // namespace cotejo::checks
