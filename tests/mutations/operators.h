// Mutants: one planted defect each, with the checks that should see it and the article.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/passages/coverage.h"
#include "tests/mutations/neutral.h"

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

  // The span of an expression that ends in a parenthesis stops before it.
  base::Span Closed(base::Span span) const {
    const std::string& text = edition_.sources.file(span.file).content;
    const std::string inside = Text(span);
    auto open = std::count(inside.begin(), inside.end(), '(') -
                std::count(inside.begin(), inside.end(), ')');
    for (std::size_t at = span.offset + span.length; open > 0 && at < text.size(); ++at) {
      if (text[at] == ')') --open;
      span.length = static_cast<std::uint32_t>(at + 1 - span.offset);
    }
    return span;
  }

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
      case Decl::Kind::Qualification:
        PlantInExceptions(decl, decl.subject.kind.text + " como " +
                                    (decl.target ? decl.target->text : decl.name.text));
        break;
      case Decl::Kind::Refer:
        PlantInReference(decl);
        break;
      case Decl::Kind::Safeguard:
        PlantInDuty(decl);
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
      // Of the rows that are tried in order, one that the next takes in leaves no case out.
      const bool taken_in = decl.policy == "primera" && row.low == nullptr &&
                            i + 1 < decl.rows.size() && decl.rows[i + 1].low == nullptr;
      if (exhaustive && decl.rows.size() > 1 && !taken_in) {
        Add("fila quitada", where, row.span, "", {"hueco", "escalera"}, articles);
      }
      if (exhaustive) PlantAtEnds(decl, i, where, articles);
      if (i + 1 < decl.rows.size()) PlantSwap(decl, i, where, articles);
      PlantInConsequences(row.consequences, where, articles);
      PlantClass(row.fault ? row.fault : decl.fault, row.consequences, where, articles);
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
    Add("sanciones cambiadas", where, all, Text(b) + between + Text(a), {"inversión", "escalera"},
        articles);
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
      // Only where a unit is declared does the text say in what amounts the thing is had.
      const bool nothing = clause.quantity != nullptr &&
                           clause.quantity->kind == language::Expr::Kind::Number &&
                           clause.quantity->number.zero();
      if (clause.kind == "derecho" && HasUnit(clause.thing.text) && !nothing) {
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

  bool HasUnit(const std::string& thing) const {
    for (const language::NormFile& file : edition_.files) {
      for (const Decl& decl : file.decls) {
        if (decl.kind != Decl::Kind::LeastUnit) continue;
        for (const language::Name& name : decl.names) {
          if (base::Fold(name.text) == base::Fold(thing)) return true;
        }
      }
    }
    return false;
  }

  // ---- rules

  void PlantInRule(const Decl& decl) {
    if (decl.under) return;
    const std::string& where = decl.name.text;
    const std::vector<base::Citation> articles{decl.citation};
    PlantInConsequences(decl.consequences, where, articles);
    if (decl.guard != nullptr) {
      const base::Span guard = Closed(decl.guard->span);
      Add("condición imposible", where, guard, "(" + Text(guard) + ") y no (" + Text(guard) + ")",
          {"regla-muerta"}, articles);
    }
    PlantCopies(decl, where, articles);
    PlantInExceptions(decl, where);
    PlantClass(decl.fault, decl.consequences, where, articles);
  }

  // "salvo … cita …" of one clause.
  base::Span ClauseOf(const language::ExceptionClause& clause) const {
    const std::string& text = edition_.sources.file(clause.condition->span.file).content;
    const base::Span condition = Closed(clause.condition->span);
    const std::size_t from = text.rfind("salvo", condition.offset);
    std::size_t to = condition.offset + condition.length;
    if (!clause.citation.empty()) {
      to = text.find(clause.citation.str(), to) + clause.citation.str().size();
    }
    return {condition.file, static_cast<std::uint32_t>(from),
            static_cast<std::uint32_t>(to - from)};
  }

  void PlantInExceptions(const Decl& decl, const std::string& where) {
    for (const language::ExceptionClause& clause : decl.exceptions) {
      const std::vector<base::Citation> articles{decl.citation, clause.citation};
      const base::Span span = Closed(clause.condition->span);
      const std::string condition = Text(span);
      // Of an exception of a reading that is not the chosen one nothing is claimed.
      if (condition.find("bajo ") != std::string::npos) continue;
      if (KeepsApart(decl, condition)) {
        // The special rule may prevail over the one that is now general: that is told as well.
        Add("excepción quitada", where, ClauseOf(clause), "",
            {"contradicción", "conflicto-resuelto"}, articles);
      }
      Add("excepción imposible", where, span, "(" + condition + ") y no (" + condition + ")",
          {"supuesto-vacío"}, articles);
    }
  }

  // Whether another rule answers the excepted cases the other way. Without such a rule, an
  // exception dropped is another policy, which nothing in the text contradicts.
  bool KeepsApart(const Decl& decl, const std::string& condition) const {
    const auto acts = [](const Decl& rule, const language::ConsequenceClause& clause) {
      return std::any_of(rule.consequences.begin(), rule.consequences.end(), [&](const auto& own) {
        return !own.action.empty() && own.action == clause.action && own.kind != clause.kind &&
               own.actor.text == clause.actor.text;
      });
    };
    for (const language::NormFile& file : edition_.files) {
      for (const Decl& other : file.decls) {
        if (other.kind != Decl::Kind::Rule || other.guard == nullptr) continue;
        if (other.subject.kind.text != decl.subject.kind.text) continue;
        if (Text(Closed(other.guard->span)) != condition) continue;
        for (const language::ConsequenceClause& clause : other.consequences) {
          if (acts(decl, clause)) return true;
        }
      }
    }
    return false;
  }

  // A graver class, which asks for a process that the row does not order.
  void PlantClass(const std::optional<language::Name>& fault,
                  const std::vector<language::ConsequenceClause>& clauses, const std::string& where,
                  const std::vector<base::Citation>& articles) {
    const bool process = std::any_of(clauses.begin(), clauses.end(),
                                     [](const auto& c) { return c.kind == "proceso"; });
    const bool sanction = std::any_of(clauses.begin(), clauses.end(), [](const auto& c) {
      return c.kind == "descuento" || c.kind == "amonestacion_verbal" ||
             c.kind == "amonestacion_escrita" || c.kind == "destitucion";
    });
    if (!fault || process || !sanction || base::Fold(fault->text) == "gravisima") return;
    Add("clase agravada", where, fault->span, "gravísima", {"proceso-omitido"}, articles);
  }

  // ---- duties

  // The sanction that looks after a duty withdrawn: the duty is left bare, or the sanction is.
  // What a residual clause sanctions too loses nothing.
  void PlantInDuty(const Decl& decl) {
    if (!decl.refer_to || !decl.names.empty()) return;
    for (const language::NormFile& file : edition_.files) {
      for (const Decl& other : file.decls) {
        const bool residual = other.kind == Decl::Kind::Safeguard && !other.names.empty();
        if (residual && other.refer_to == decl.refer_to) return;
      }
    }
    Add("tutela quitada", decl.citation.str(), decl.span, "",
        {"deber-sin-sanción", "sanción-sin-deber"}, {decl.citation, *decl.refer_to});
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
    if (base::Fold(decl.window->text) != "mes" || Judging(decl.name.text).empty()) return;
    Add("ventana achicada", decl.name.text, decl.window->span, "día",
        {"regla-muerta", "escapatoria", "hueco", "regla-que-no-decide"}, Judging(decl.name.text));
  }

  // The provisions that sanction what the measure adds up in a month. What no sanction looks
  // at may be counted by the day as well as by the month.
  std::vector<base::Citation> Judging(const std::string& measure) const {
    std::vector<base::Citation> provisions;
    for (const language::NormFile& file : edition_.files) {
      for (const Decl& decl : file.decls) {
        const bool judges = decl.kind == Decl::Kind::Scale || decl.kind == Decl::Kind::Rule;
        const bool monthly = decl.subject.window && base::Fold(decl.subject.window->text) == "mes";
        if (!judges || !monthly) continue;
        const auto sanctions = [](const auto& clauses) {
          return !clauses.empty() && Sanctions(clauses);
        };
        const bool punishes = sanctions(decl.consequences) ||
                              std::any_of(decl.rows.begin(), decl.rows.end(), [&](const Row& row) {
                                return sanctions(row.consequences);
                              });
        if (!punishes || !Names(Text(decl.span), measure)) continue;
        provisions.push_back(decl.citation);
        for (const Row& row : decl.rows) provisions.push_back(row.citation);
      }
    }
    return provisions;
  }

  static bool Names(const std::string& text, const std::string& name) {
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
      const bool whole = (at == 0 || !IsWordByte(text[at - 1])) &&
                         (at + name.size() >= text.size() || !IsWordByte(text[at + name.size()]));
      if (whole) return true;
    }
    return false;
  }

  // ---- references and terms

  void PlantInReference(const Decl& decl) {
    if (decl.refer_to) PlantCircle(decl);
    // Only the articles of the regulation itself are all there to be counted.
    const std::string main = passages::MainNorm(*edition_.rules);
    if (!decl.refer_to || decl.citation.norm != main || decl.refer_to->norm != main) return;
    const std::string nowhere = decl.citation.norm + ":999";
    Add("remisión rota", decl.citation.str(), decl.span,
        "remite " + decl.citation.str() + " a " + nowhere + " \"" + decl.text + "\"",
        {"referencia-rota"}, {decl.citation});
  }

  // Sent to a provision that sends back. Where either of them says something, whoever is sent
  // there has arrived, and there is no circle.
  void PlantCircle(const Decl& decl) {
    if (Says(decl.citation)) return;
    for (const Decl& other : edition_.files[file_].decls) {
      const bool silent = other.kind == Decl::Kind::Declare || other.kind == Decl::Kind::Refer;
      if (!silent || other.citation.norm != decl.citation.norm || other.citation.path.empty() ||
          other.citation.within(decl.citation) || decl.citation.within(other.citation) ||
          Says(other.citation))
        continue;
      const std::string here = decl.citation.str();
      const std::string there = other.citation.str();
      const base::Span after{decl.span.file, decl.span.offset + decl.span.length, 0};
      Add("remisión en círculo", here + " y " + there, after,
          "\nremite " + here + " a " + there + " \"una\"\nremite " + there + " a " + here +
              " \"otra\"",
          {"referencia-circular"}, {decl.citation, other.citation});
      return;
    }
  }

  // Whether a rule, a figure or a duty is declared there or inside.
  bool Says(const base::Citation& place) const {
    for (const language::NormFile& file : edition_.files) {
      for (const Decl& decl : file.decls) {
        if (decl.kind == Decl::Kind::Declare || decl.kind == Decl::Kind::Refer ||
            decl.kind == Decl::Kind::Reading || decl.kind == Decl::Kind::Case)
          continue;
        if (!decl.citation.empty() && decl.citation.within(place)) return true;
        // A safeguard sends to the sanction that answers.
        if (decl.kind == Decl::Kind::Safeguard && decl.refer_to && decl.refer_to->within(place))
          return true;
        for (const Row& row : decl.rows) {
          if (!row.citation.empty() && row.citation.within(place)) return true;
        }
      }
    }
    return false;
  }

  void PlantInProcedure(const Decl& decl) {
    using Bound = language::MilestoneDecl::Bound;
    std::set<std::string> terms;
    for (const language::MilestoneDecl& step : decl.milestones) {
      const std::string where = decl.name.text + "." + step.name.text;
      const std::vector<base::Citation> articles{step.citation, decl.citation};
      const bool first = terms.insert(TermOf(decl, step)).second;
      if (!step.miss.empty() && first && Bare(decl, step)) {
        PlantWithoutMiss(decl, step, where, articles);
      }
      PlantInTerm(decl, step, where, articles);
      if (step.since && step.bound == Bound::AtMost) PlantWithoutStart(step, where, articles);
      PlantWait(decl, step, where, articles);
    }
  }

  // Entries that say the same term of the same act: under an assumed start, and without one.
  std::string TermOf(const Decl& procedure, const language::MilestoneDecl& step) const {
    const base::Citation& own = step.citation.empty() ? procedure.citation : step.citation;
    return step.name.text + "|" + own.str() + "|" +
           (step.term ? Text(step.term->amount->span) + step.term->unit.text : "") +
           (step.power ? "|facultad" : "");
  }

  // Whether nothing but the procedure says what a miss causes: neither another that repeats the
  // term, nor a safeguard of its provision, nor a residual clause for whoever must act.
  bool Bare(const Decl& procedure, const language::MilestoneDecl& step) const {
    const base::Citation& own = step.citation.empty() ? procedure.citation : step.citation;
    for (const language::NormFile& file : edition_.files) {
      for (const Decl& decl : file.decls) {
        for (const language::MilestoneDecl& other : decl.milestones) {
          const bool repeats = &decl != &procedure && !other.miss.empty();
          if (repeats && TermOf(decl, other) == TermOf(procedure, step)) return false;
        }
        if (decl.kind != Decl::Kind::Safeguard) continue;
        if (decl.names.empty()) {
          if (own.within(decl.citation) || decl.citation.within(own)) return false;
          continue;
        }
        const bool named = std::any_of(decl.names.begin(), decl.names.end(), [&](const auto& name) {
          return step.actor && base::Fold(name.text) == base::Fold(step.actor->text);
        });
        if (named && !step.power && decl.refer_to && decl.refer_to->norm == own.norm) return false;
      }
    }
    return true;
  }

  void PlantWithoutMiss(const Decl& decl, const language::MilestoneDecl& step,
                        const std::string& where, const std::vector<base::Citation>& articles) {
    std::string text = Text(decl.span);
    for (auto other = decl.milestones.rbegin(); other != decl.milestones.rend(); ++other) {
      if (TermOf(decl, *other) != TermOf(decl, step)) continue;
      const std::string entry = Text(other->span);
      const std::size_t at = entry.find(" si vence");
      if (at == std::string::npos) continue;
      text.erase(other->span.offset - decl.span.offset + at, entry.size() - at);
    }
    Add("consecuencia del plazo quitada", where, decl.span, text, {"plazo-sin-consecuencia"},
        articles);
  }

  void PlantInTerm(const Decl& decl, const language::MilestoneDecl& step, const std::string& where,
                   const std::vector<base::Citation>& articles) {
    using Bound = language::MilestoneDecl::Bound;
    if (!step.term || !step.since) return;
    for (const language::MilestoneDecl& other : decl.milestones) {
      if (&other == &step || other.name.text != step.name.text || !other.term || !other.since)
        continue;
      if (other.since->text != step.since->text) continue;
      // What may not be done before one day has to be done before an earlier one.
      if (step.bound == Bound::AtMost && other.bound == Bound::AtLeast) {
        Add("plazo acortado", where, step.term->amount->span, "1", {"plazos-incompatibles"},
            articles);
      }
      // Two provisions give the act one term, and one of them now gives another.
      if (step.bound == Bound::AtMost && other.bound == Bound::AtMost &&
          TermOf(decl, step) != TermOf(decl, other) && Amount(step) == Amount(other)) {
        Add("plazo acortado", where, step.term->amount->span, "1", {"plazos-incompatibles"},
            articles);
      }
    }
  }

  std::string Amount(const language::MilestoneDecl& step) const {
    return Text(step.term->amount->span) + " " + step.term->unit.text;
  }

  void PlantWithoutStart(const language::MilestoneDecl& step, const std::string& where,
                         const std::vector<base::Citation>& articles) {
    const std::string text = Text(step.span);
    const std::size_t since = text.find(" desde ");
    if (since == std::string::npos) return;
    const std::size_t end = std::min(text.find_first_of(" \n", since + 7), text.size());
    Add("plazo sin comienzo", where, step.span, text.substr(0, since) + text.substr(end),
        {"plazo-sin-inicio"}, articles);
  }

  // What it runs from made to wait for it, when nothing else sets either of them going.
  void PlantWait(const Decl& decl, const language::MilestoneDecl& step, const std::string& where,
                 const std::vector<base::Citation>& articles) {
    using Bound = language::MilestoneDecl::Bound;
    const auto entries = [&](const std::string& name) {
      return std::count_if(decl.milestones.begin(), decl.milestones.end(),
                           [&](const auto& entry) { return entry.name.text == name; });
    };
    if (!step.since || step.bound == Bound::Before || entries(step.name.text) != 1) return;
    for (const language::MilestoneDecl& other : decl.milestones) {
      if (other.name.text != step.since->text || !other.since || entries(other.name.text) != 1 ||
          other.bound == Bound::Before)
        continue;
      Add("plazos en círculo", where, other.since->span, step.name.text, {"ciclo-de-plazos"},
          articles);
    }
  }

  const Edition& edition_;
  std::function<bool(const std::string&)> take_;
  std::size_t file_ = 0;
  std::vector<Mutant> mutants_;
};

}  // namespace cotejo::mutations
