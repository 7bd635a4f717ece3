// Mutants: one planted defect each, with the checks that should see it and the article.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/mutations/book.h"

namespace cotejo::mutations {

struct Mutant {
  std::string operation;  // "fila quitada"
  std::string where;      // "atraso_mensual[3]"
  std::size_t file = 0;   // in the book
  std::uint32_t offset = 0, length = 0;
  std::string text;                      // written in place of those bytes
  std::vector<std::string> expected;     // any of these checks
  std::vector<base::Citation> articles;  // in any of these articles; empty: anywhere
};

inline Book Apply(Book book, const Mutant& mutant) {
  book[mutant.file].content.replace(mutant.offset, mutant.length, mutant.text);
  return book;
}

// Whether a finding lies in an article the defect was planted in.
inline bool InPlace(const Mutant& mutant, const base::Finding& finding) {
  if (mutant.articles.empty()) return true;
  const auto same = [](const base::Citation& a, const base::Citation& b) {
    return a.norm == b.norm && (a.path.empty() || b.path.empty() || a.path[0] == b.path[0]);
  };
  return std::any_of(finding.articles.begin(), finding.articles.end(), [&](const auto& article) {
    return std::any_of(mutant.articles.begin(), mutant.articles.end(),
                       [&](const auto& planted) { return same(article, planted); });
  });
}

class Planter {
 public:
  // Only declarations of the files for which `take` holds are changed.
  Planter(const Edition& edition, std::function<bool(const std::string&)> take)
      : edition_(edition), take_(std::move(take)) {}

  std::vector<Mutant> All() {
    for (std::size_t f = 0; f < edition_.files.size(); ++f) {
      if (!take_(edition_.sources.file(edition_.files[f].file).path)) continue;
      file_ = f;
      for (const language::Decl& decl : edition_.files[f].decls) Plant(decl);
    }
    return std::move(mutants_);
  }

 private:
  using Decl = language::Decl;
  using Row = language::RowDecl;

  std::string Text(base::Span span) const { return std::string(edition_.sources.text(span)); }

  void Add(std::string operation, std::string where, base::Span span, std::string text,
           std::vector<std::string> expected, std::vector<base::Citation> articles) {
    std::erase_if(articles, [](const base::Citation& c) { return c.empty(); });
    mutants_.push_back({std::move(operation), std::move(where), file_, span.offset, span.length,
                        std::move(text), std::move(expected), std::move(articles)});
  }

  void Plant(const Decl& decl) {
    switch (decl.kind) {
      case Decl::Kind::Scale:
        if (!decl.under) PlantInScale(decl);
        break;
      case Decl::Kind::Rule:
        PlantInRule(decl);
        break;
      case Decl::Kind::Measure:
        PlantInMeasure(decl);
        break;
      case Decl::Kind::Refer:
        PlantInReference(decl);
        break;
      case Decl::Kind::Procedure:
        PlantInProcedure(decl);
        break;
      default:
        break;
    }
  }

  static bool Figure(const language::ExprPtr& expr) {
    return expr != nullptr && expr->kind == language::Expr::Kind::Number &&
           expr->unit == language::Unit::None;
  }

  // ---- scales

  void PlantInScale(const Decl& decl) {
    const bool exhaustive = !decl.partial && decl.policy != "acumula";
    for (std::size_t i = 0; i < decl.rows.size(); ++i) {
      const Row& row = decl.rows[i];
      const std::string where = decl.name.text + "[" + std::to_string(i + 1) + "]";
      const std::vector<base::Citation> articles{row.citation, decl.citation};
      if (exhaustive && decl.rows.size() > 1) {
        Add("fila quitada", where, row.span, "", {"hueco"}, articles);
      }
      if (exhaustive) PlantAtEnds(decl, i, where, articles);
      if (i + 1 < decl.rows.size()) PlantSwap(decl, i, where, articles);
      PlantInConsequences(row.consequences, where, articles);
    }
  }

  // Ends moved by one unit: a hole on one side, an overlap on the other.
  void PlantAtEnds(const Decl& decl, std::size_t i, const std::string& where,
                   std::vector<base::Citation> articles) {
    const Row& row = decl.rows[i];
    if (i + 1 >= decl.rows.size() || row.guard != nullptr) return;
    const Row& next = decl.rows[i + 1];
    if (next.guard != nullptr || !Figure(row.high) || !Figure(next.low) || row.exact) return;
    if (row.high->number.den() != 1 || next.low->number != row.high->number + 1) return;
    articles.push_back(next.citation);
    const std::string high = std::to_string(row.high->number.num());
    const std::string less = std::to_string(row.high->number.num() - 1);
    const std::string more = std::to_string(row.high->number.num() + 1);
    if (row.low != nullptr && Figure(row.low) && row.low->number < row.high->number) {
      Add("umbral bajado", where, row.high->span, less, {"hueco"}, articles);
    }
    const bool same = Same(row, next);
    const std::vector<std::string> both =
        same ? std::vector<std::string>{"solapamiento"} : std::vector<std::string>{"contradicción"};
    Add("filas encimadas", where, row.high->span, more, both, articles);
    Add("umbral subido", where, next.low->span, high, both, articles);
  }

  bool Same(const Row& a, const Row& b) const {
    if (a.consequences.size() != b.consequences.size()) return false;
    for (std::size_t i = 0; i < a.consequences.size(); ++i) {
      if (Text(a.consequences[i].span) != Text(b.consequences[i].span)) return false;
    }
    return true;
  }

  static base::Span Whole(const std::vector<language::ConsequenceClause>& clauses) {
    const base::Span first = clauses.front().span;
    const base::Span last = clauses.back().span;
    return {first.file, first.offset, last.offset + last.length - first.offset};
  }

  // The sanctions of two neighbouring rows exchanged: the larger fact is the lighter one.
  void PlantSwap(const Decl& decl, std::size_t i, const std::string& where,
                 std::vector<base::Citation> articles) {
    const Row& row = decl.rows[i];
    const Row& next = decl.rows[i + 1];
    if (row.consequences.empty() || next.consequences.empty() || row.span.length == 0) return;
    if (!Sanctions(row.consequences) || !Sanctions(next.consequences) || Same(row, next)) return;
    const base::Span a = Whole(row.consequences);
    const base::Span b = Whole(next.consequences);
    const base::Span all{a.file, a.offset, b.offset + b.length - a.offset};
    const std::string between = Text({a.file, a.offset + a.length, b.offset - a.offset - a.length});
    articles.push_back(next.citation);
    Add("sanciones cambiadas", where, all, Text(b) + between + Text(a), {"inversión"}, articles);
  }

  static bool Sanctions(const std::vector<language::ConsequenceClause>& clauses) {
    return std::all_of(clauses.begin(), clauses.end(), [](const auto& clause) {
      return clause.kind == "descuento" || clause.kind == "proceso" ||
             clause.kind == "destitucion" || clause.kind == "retiro" ||
             clause.kind == "sin_sancion" || clause.kind == "amonestacion_verbal" ||
             clause.kind == "amonestacion_escrita";
    });
  }

  void PlantInConsequences(const std::vector<language::ConsequenceClause>& clauses,
                           const std::string& where, const std::vector<base::Citation>& articles) {
    for (std::size_t c = 0; c < clauses.size(); ++c) {
      const language::ConsequenceClause& clause = clauses[c];
      if (clause.kind == "descuento") {
        Add("descuento agrandado", where, clause.quantity->span, "25 días", {"tope-excedido"},
            articles);
      }
      if (clause.kind == "derecho") {
        Add("derecho en séptimos", where, clause.quantity->span,
            "(" + Text(clause.quantity->span) + ") / 7", {"redondeo"}, articles);
      }
      if (clause.kind == "proceso" && clauses.size() > 1 && c == 0) {
        const base::Span span = clause.span;
        const std::uint32_t to = clauses[1].span.offset;
        Add("proceso quitado", where, {span.file, span.offset, to - span.offset}, "",
            {"proceso-omitido"}, articles);
      }
    }
  }

  // ---- rules

  void PlantInRule(const Decl& decl) {
    if (decl.under) return;
    const std::string& where = decl.name.text;
    const std::vector<base::Citation> articles{decl.citation};
    PlantInConsequences(decl.consequences, where, articles);
    if (decl.guard != nullptr) {
      const base::Span guard = decl.guard->span;
      Add("condición imposible", where, guard, "(" + Text(guard) + ") y no (" + Text(guard) + ")",
          {"regla-muerta"}, articles);
    }
    PlantCopies(decl, where, articles);
  }

  // The same rule twice, and twice with another answer.
  void PlantCopies(const Decl& decl, const std::string& where,
                   const std::vector<base::Citation>& articles) {
    const base::Span after{decl.span.file, decl.span.offset + decl.span.length, 0};
    const std::string text = Text(decl.span);
    const std::size_t name = text.find(decl.name.text);
    if (name == std::string::npos || !decl.establishes.empty() || decl.consequences.empty()) return;
    std::string copy = text;
    copy.replace(name, decl.name.text.size(), decl.name.text + "_repetida");
    Add("regla repetida", where, after, "\n\n" + copy, {"regla-redundante"}, articles);
    const language::ConsequenceClause& clause = decl.consequences.front();
    const std::size_t at = clause.span.offset - decl.span.offset +
                           (name < clause.span.offset - decl.span.offset ? 9 : 0);
    if (clause.kind == "descuento") {
      copy.replace(at, clause.span.length, "descuento 3/2 día");
    } else if (clause.kind == "obligacion") {
      copy.replace(at, std::string("obligación").size(), "prohibición");
    } else {
      return;
    }
    Add("regla contraria", where, after, "\n\n" + copy, {"contradicción"}, articles);
  }

  // ---- measures

  void PlantInMeasure(const Decl& decl) {
    if (!decl.window || decl.citation.empty()) return;
    if (base::Fold(decl.window->text) != "mes") return;
    Add("ventana achicada", decl.name.text, decl.window->span, "día",
        {"regla-muerta", "escapatoria", "hueco", "regla-que-no-decide"}, {});
  }

  // ---- references and terms

  void PlantInReference(const Decl& decl) {
    if (!decl.refer_to || decl.citation.norm != "RIP" || decl.refer_to->norm != "RIP") return;
    Add("remisión rota", decl.citation.str(), decl.span,
        "remite " + decl.citation.str() + " a RIP:999 \"" + decl.text + "\"", {"referencia-rota"},
        {decl.citation});
  }

  void PlantInProcedure(const Decl& decl) {
    for (const language::MilestoneDecl& step : decl.milestones) {
      const std::string where = decl.name.text + "." + step.name.text;
      const std::vector<base::Citation> articles{step.citation, decl.citation};
      const std::string text = Text(step.span);
      if (const std::size_t at = text.find(" si vence"); at != std::string::npos) {
        Add("consecuencia del plazo quitada", where, step.span, text.substr(0, at),
            {"plazo-sin-consecuencia"}, articles);
      }
      const std::size_t since = text.find(" desde ");
      if (since != std::string::npos && text.find(" hasta ") != std::string::npos) {
        std::size_t end = text.find(' ', since + 7);
        if (end == std::string::npos) end = text.size();
        Add("plazo sin comienzo", where, step.span, text.substr(0, since) + text.substr(end),
            {"plazo-sin-inicio"}, articles);
      }
    }
  }

  const Edition& edition_;
  std::function<bool(const std::string&)> take_;
  std::size_t file_ = 0;
  std::vector<Mutant> mutants_;
};

}  // namespace cotejo::mutations
