// What is deducted, granted or required: inversions, caps, processes, rounding.
#include <algorithm>
#include <array>
#include <map>

#include "model/rules/terms.h"
#include "scenarios/mends/places.h"
#include "scenarios/mends/proposers.h"

namespace cotejo::mends {

using base::Rational;
using base::Text;
using language::ConsequenceClause;

namespace {

std::optional<Rational> ConstantDays(const Bench& bench, const Written& written) {
  for (const rules::Consequence& consequence : bench.rules.rule(written.rule).consequences) {
    if (consequence.kind == rules::ConsequenceKind::PayDeduction) {
      return rules::ConstantValue(bench.rules, consequence.quantity);
    }
  }
  return std::nullopt;
}

// The right side of the guard of a rule that caps sanctions: "… > tope * mes".
std::optional<base::Span> CapExpression(const Bench& bench, const Written& cap) {
  const rules::Rule& rule = bench.rules.rule(cap.rule);
  if (!bench.rules.kind(rule.subject.kind).is_sanction || cap.decl->guard == nullptr) {
    return std::nullopt;
  }
  const language::Expr& guard = *cap.decl->guard;
  if (guard.kind != language::Expr::Kind::Binary || guard.op != ">" || guard.args.size() != 2) {
    return std::nullopt;
  }
  return guard.args[1]->span;
}

// What that comes to, when it is made of figures alone.
std::optional<Rational> CapDays(const Bench& bench, const Written& cap) {
  const rules::Expr& guard = bench.rules.expr(bench.rules.rule(cap.rule).guard);
  if (guard.op != rules::Op::Gt) return std::nullopt;
  return rules::ConstantValue(bench.rules, guard.args[1]);
}

// The sanctions that a history adds up: those of the window that its cap judges.
int CountAddedUp(const Bench& bench, const base::Witness& witness, const Written& cap) {
  const rules::Rule& rule = bench.rules.rule(cap.rule);
  const auto judged = std::find_if(
      witness.answers.begin(), witness.answers.end(),
      [&](const base::WitnessAnswer& answer) { return answer.rule == rule.name && answer.stands; });
  if (judged == witness.answers.end()) return 0;
  const bool by_month = rule.subject.window == rules::Window::Month;
  int count = 0;
  for (const base::WitnessAnswer& answer : witness.answers) {
    const bool outside = by_month && (answer.date.year() != judged->date.year() ||
                                      answer.date.month() != judged->date.month());
    const auto written = FindWritten(bench, answer.rule);
    if (answer.stands && !outside && written && ClauseOf(*written, "descuento") != nullptr) ++count;
  }
  return count;
}

// None of these rules deducts more than a limit; those that deduct less keep their figure, so
// that no fault comes to be punished less than a lighter one.
std::vector<Edit> HoldTo(const Bench& bench, const std::vector<Written>& rules, Rational limit) {
  std::vector<Edit> edits;
  for (const Written& written : rules) {
    const ConsequenceClause* clause = ClauseOf(written, "descuento");
    if (clause == nullptr) continue;
    const auto days = ConstantDays(bench, written);
    if (days && *days <= limit) continue;
    const base::Span quantity = clause->quantity->span;
    const std::string amount = Days(limit);
    edits.push_back(
        {quantity, days ? amount : "mín(" + TextOf(bench, quantity) + ", " + amount + ")"});
  }
  return edits;
}

// The rules that deduct: those of the finding's articles, or all of their norms.
std::vector<Written> Deducting(const Bench& bench, const base::Finding& finding, bool whole_norm) {
  std::vector<Written> found;
  for (const rules::Rule& rule : bench.rules.rules) {
    const bool cited = std::any_of(
        finding.articles.begin(), finding.articles.end(), [&](const base::Citation& article) {
          return whole_norm ? article.norm == rule.citation.norm : article == rule.citation;
        });
    const auto written = cited ? FindWritten(bench, rule.name) : std::nullopt;
    if (written && ClauseOf(*written, "descuento") != nullptr) found.push_back(*written);
  }
  return found;
}

// Whether all that may come together in one window of the cap fits in it once each sanction is held
// to a limit: the check looks at a few together, and a month may have one of each subject. Of one
// that is judged fact by fact, or day by day, there may be any number.
bool AllFit(const Bench& bench, const std::vector<Written>& held, Rational limit, Rational most) {
  std::map<rules::Subject, Rational> of_each;
  for (const Written& written : held) {
    const rules::Subject& subject = bench.rules.rule(written.rule).subject;
    if (subject.window == rules::Window::Fact || subject.window == rules::Window::Day) return false;
    const auto days = ConstantDays(bench, written);
    Rational& largest = of_each[subject];
    largest = std::max(largest, days ? std::min(*days, limit) : limit);
  }
  Rational total(0);
  for (const auto& [subject, days] : of_each) total = total + days;
  return total <= most;
}

}  // namespace

// One side deducts what the other does: the same figure, or the same way to compute it.
std::vector<Proposal> ProposeAmounts(const Bench& bench, const base::Finding& finding) {
  std::vector<Proposal> proposals;
  const std::vector<Written> rules = RulesOf(bench, finding);
  for (const Written& written : rules) {
    const ConsequenceClause* clause = ClauseOf(written, "descuento");
    if (clause == nullptr) continue;
    for (const Written& other : rules) {
      const ConsequenceClause* model = ClauseOf(other, "descuento");
      if (model == nullptr || model == clause) continue;
      const auto days = ConstantDays(bench, other);
      const std::string amount = days ? Days(*days) : TextOf(bench, model->quantity->span);
      if (days && days == ConstantDays(bench, written)) continue;
      const Text label = Label(bench, written);
      proposals.push_back(
          {{"que " + label.es + " descuente " + amount, "let " + label.en + " deduct " + amount},
           {{clause->quantity->span, amount}}});
      if (days && ConstantDays(bench, written)) continue;
      // One of them is computed: it keeps its own figure where that is already enough.
      const std::string both = "(" + TextOf(bench, clause->quantity->span) + ", " + amount + ")";
      proposals.push_back({{"que " + label.es + " descuente al menos " + amount,
                            "let " + label.en + " deduct at least " + amount},
                           {{clause->quantity->span, "máx" + both}}});
      proposals.push_back({{"que " + label.es + " descuente a lo sumo " + amount,
                            "let " + label.en + " deduct at most " + amount},
                           {{clause->quantity->span, "mín" + both}}});
    }
  }
  return proposals;
}

std::vector<Proposal> ProposeLimits(const Bench& bench, const base::Finding& finding) {
  std::vector<Proposal> proposals;
  const std::vector<Written> rules = RulesOf(bench, finding);
  for (const Written& cap : rules) {
    const auto expression = CapExpression(bench, cap);
    if (!expression) continue;
    for (const Written& written : rules) {
      const ConsequenceClause* clause = ClauseOf(written, "descuento");
      if (clause == nullptr) continue;
      const base::Span quantity = clause->quantity->span;
      const Text label = Label(bench, written);
      const Text by = Label(bench, cap);
      proposals.push_back({{"limitar lo que descuenta " + label.es + " a lo que permite " + by.es,
                            "limit what " + label.en + " deducts to what " + by.en + " allows"},
                           {{quantity, "mín(" + TextOf(bench, quantity) + ", " +
                                           TextOf(bench, *expression) + ")"}}});
    }
  }
  return proposals;
}

// Several sanctions that add up to more than a cap: one of them is lowered by the excess.
std::vector<Proposal> ProposeLess(const Bench& bench, const base::Finding& finding) {
  const auto total = bench.shown({bench.program, bench.rules, bench.families}, finding);
  const std::vector<Written> rules = RulesOf(bench, finding);
  std::optional<Rational> limit;
  for (const Written& cap : rules) {
    if (CapExpression(bench, cap)) limit = CapDays(bench, cap);
  }
  if (!total || total->empty() || !limit) return {};
  const Rational excess = total->front() - *limit;
  std::vector<Proposal> proposals;
  for (const Written& written : rules) {
    const ConsequenceClause* clause = ClauseOf(written, "descuento");
    const auto days = ConstantDays(bench, written);
    if (clause == nullptr || !days || *days <= excess) continue;
    const std::string amount = Days(*days - excess);
    const Text label = Label(bench, written);
    proposals.push_back(
        {{"que " + label.es + " descuente " + amount, "let " + label.en + " deduct " + amount},
         {{clause->quantity->span, amount}}});
  }
  return proposals;
}

// Several sanctions that add up to more than a cap: each may take its part of it, and no more.
// With one part to spare too, as the finding may stand for sums of more sanctions.
std::vector<Proposal> ProposeShares(const Bench& bench, const base::Finding& finding) {
  std::vector<Proposal> proposals;
  const Rational half(1, 2);
  for (const Written& cap : RulesOf(bench, finding)) {
    const auto most = CapExpression(bench, cap) ? CapDays(bench, cap) : std::nullopt;
    const int added_up = CountAddedUp(bench, finding.witness, cap);
    if (!most || added_up < 2) continue;
    for (const int parts : {added_up, added_up + 1}) {
      // Days of pay are deducted by halves.
      const Rational limit = Rational((*most / Rational(parts) / half).floor()) * half;
      if (limit <= Rational(0)) continue;
      const std::string days = Days(limit);
      for (const bool whole_norm : {false, true}) {
        const Text which =
            whole_norm ? Text{"la norma", "the norm"} : Text{"esos artículos", "those articles"};
        const std::vector<Written> held = Deducting(bench, finding, whole_norm);
        if (!AllFit(bench, held, limit, *most)) continue;
        proposals.push_back({{"que ninguna sanción de " + which.es + " descuente más de " + days,
                              "let no sanction of " + which.en + " deduct more than " + days},
                             HoldTo(bench, held, limit)});
      }
    }
  }
  std::erase_if(proposals, [](const Proposal& proposal) { return proposal.edits.empty(); });
  return proposals;
}

// A process in whatever the finding's articles order without one: what only applies under another
// reading is of those articles too.
std::vector<Proposal> ProposeProcess(const Bench& bench, const base::Finding& finding) {
  const std::vector<Written> named = RulesOf(bench, finding);
  Proposal proposal;
  std::vector<base::Citation> where;
  const auto look = [&](const rules::ProgramEntry& entry, const base::Citation& citation,
                        const std::vector<ConsequenceClause>& orders) {
    const auto orders_a = [&](const std::string& kind) {
      return std::any_of(orders.begin(), orders.end(),
                         [&](const ConsequenceClause& clause) { return clause.kind == kind; });
    };
    const bool cited = std::find(finding.articles.begin(), finding.articles.end(), citation) !=
                       finding.articles.end();
    if (!cited || entry.IsRepealed(citation) || orders_a("proceso")) return;
    const bool alike = std::any_of(named.begin(), named.end(), [&](const Written& one) {
      const auto& clauses = ConsequencesOf(one);
      return !clauses.empty() && orders_a(clauses.front().kind);
    });
    if (!alike) return;
    proposal.edits.push_back({Before(orders.front().span), "proceso, "});
    where.push_back(citation);
  };
  for (const rules::ProgramEntry& entry : bench.program.entries) {
    const language::Decl& decl = *entry.decl;
    if (decl.kind == language::Decl::Kind::Rule) look(entry, decl.citation, decl.consequences);
    if (decl.kind != language::Decl::Kind::Scale) continue;
    for (const language::RowDecl& row : decl.rows) {
      look(entry, row.citation.empty() ? decl.citation : row.citation, row.consequences);
    }
  }
  if (proposal.edits.empty()) return {};
  const std::string articles = base::JoinCitations(where);
  proposal.title = {"exigir proceso en " + articles, "require a process in " + articles};
  return {proposal};
}

// What is granted, rounded to the unit in which it can be had.
std::vector<Proposal> ProposeRounding(const Bench& bench, const base::Finding& finding) {
  std::vector<Proposal> proposals;
  for (const Written& written : RulesOf(bench, finding)) {
    for (const ConsequenceClause& clause : ConsequencesOf(written)) {
      if (clause.kind != "derecho") continue;
      const auto unit = std::find_if(
          bench.rules.units.begin(), bench.rules.units.end(), [&](const rules::LeastUnit& one) {
            return base::Fold(one.thing) == base::Fold(clause.thing.text);
          });
      if (unit == bench.rules.units.end()) continue;
      const base::Span quantity = clause.quantity->span;
      const std::string step =
          rules::FormatValue(bench.rules, unit->type, {unit->step, false}, base::Language::Spanish);
      for (const auto& [function, es, en] :
           {std::array<const char*, 3>{"piso", "por defecto", "down"},
            std::array<const char*, 3>{"techo", "por exceso", "up"}}) {
        const Text label = Label(bench, written);
        proposals.push_back(
            {{"redondear " + std::string(es) + " a " + step + " lo que da " + label.es,
              "round " + std::string(en) + " to " + step + " what " + label.en + " gives"},
             {{quantity, std::string(function) + "((" + TextOf(bench, quantity) + ") / (" + step +
                             ")) * (" + step + ")"}}});
      }
    }
  }
  return proposals;
}

}  // namespace cotejo::mends
