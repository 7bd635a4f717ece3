#include "solver/checks/realise.h"

#include <algorithm>
#include <memory>

#include "solver/checks/minimise.h"

namespace cotejo::checks {

using base::Text;
using base::Verdict;
using encoding::Cond;
using encoding::HistoryEncoding;
using encoding::Shape;
using rules::Window;

namespace {

// A model the interpreter does not confirm is set aside, this many times at most.
constexpr int kMaxRefinements = 4;

struct Size {
  int months;
  int days;             // of the last month, where the subject is
  int days_before = 1;  // of each month before it
};

// From small to large, so that the first witness found is among the smallest; the last
// ones are the bounds within which "no history" is claimed.
std::vector<Size> Sizes(Window widest) {
  switch (widest) {
    case Window::Fact:
    case Window::Day:
      return {{1, 1}};
    case Window::Month:
      return {{1, 1}, {1, 2}, {1, 3}, {1, 5}, {1, 12}, {1, 31}};
    default:
      return {{1, 1},    {1, 2},  {2, 1},     {1, 3},  {3, 1}, {1, 5},
              {2, 3, 3}, {1, 12}, {3, 12, 2}, {12, 1}, {1, 31}};
  }
}

// The same with the facts that matter only through measures, once the others do not do.
std::vector<Size> SizesWithAllKinds(Window widest) {
  switch (widest) {
    case Window::Fact:
    case Window::Day:
      return {{1, 1}};
    case Window::Month:
      return {{1, 1}, {1, 3}, {1, 12}, {1, 31}};
    default:
      return {{1, 1}, {1, 3}, {3, 1}, {1, 12}, {4, 3, 3}, {12, 1}};
  }
}

Shape MakeShape(const CheckContext& context, Size size, bool all_kinds) {
  Shape shape;
  shape.year = context.year;
  const int first = size.months <= 10 ? 3 : 1;  // March: no year-end and no long holidays
  for (int m = 0; m < size.months; ++m) shape.months.push_back(static_cast<unsigned>(first + m));
  shape.days = size.days;
  shape.days_before = size.days_before;
  shape.all_kinds = all_kinds;
  const rules::AttributeId scope = context.rules.holiday_scope;
  if (scope.valid()) {
    const rules::Attribute& attribute = context.rules.attribute(scope);
    const bool given = attribute.initial && !attribute.initial->absent;
    shape.scope = given ? static_cast<int>(attribute.initial->number.num()) : 0;
  }
  return shape;
}

Text DescribeDays(int days) {
  const std::string n = std::to_string(days);
  if (days >= 31) return {" con todos sus días hábiles", " with all working days"};
  if (days == 1) return {" con un día hábil", " with one working day"};
  return {" con " + n + " días hábiles", " with " + n + " working days"};
}

Text DescribeBounds(const Shape& shape, Window widest) {
  const std::string year = std::to_string(shape.year);
  if (widest <= Window::Day) {
    return {"un día de la gestión " + year, "one day of " + year};
  }
  const Text days = DescribeDays(shape.days);
  Text where = {"un mes" + days.es, "one month" + days.en};
  if (shape.months.size() > 1) {
    const std::string months = std::to_string(shape.months.size());
    const Text before = DescribeDays(shape.days_before);
    where = {months + " meses, el último" + days.es + " y los otros" + before.es,
             months + " months, the last one" + days.en + " and the others" + before.en};
  }
  return {"gestión " + year + ", " + where.es + ", un hecho de cada clase por tramo",
          "year " + year + ", " + where.en + ", one fact of each kind a shift"};
}

// ---- One encoding ----------------------------------------------------------------

// Rules outside the pair that would defeat one side, so that the pair would not be seen.
std::vector<std::size_t> Spoilers(const CheckContext& context, const rules::Family& family,
                                  std::size_t a, std::size_t b, bool settled) {
  std::vector<std::size_t> spoilers;
  const auto clash = [&](std::size_t x, std::size_t y) {
    const rules::RuleId rx = family.rules[x].rule;
    const rules::RuleId ry = family.rules[y].rule;
    return rules::OutcomesClash(context.rules, rx,
                                rules::Outcomes(context.rules, context.rules.rule(rx)), ry,
                                rules::Outcomes(context.rules, context.rules.rule(ry)));
  };
  const auto beats = [&](std::size_t x, std::size_t y) {
    return rules::Families::Prevails(context.rules, family, x, y) != rules::Precedence::None &&
           clash(x, y);
  };
  for (std::size_t c = 0; c < family.rules.size(); ++c) {
    if (c == a || c == b) continue;
    const bool spoils =
        settled ? (beats(a, b) ? beats(c, a) : beats(c, b)) : beats(c, a) || beats(c, b);
    if (spoils) spoilers.push_back(c);
  }
  return spoilers;
}

Cond AskBoth(const CheckContext& context, const rules::Family& family, const Question& question,
             HistoryEncoding& encoding, int root) {
  std::vector<Cond> any;
  for (const auto& [a, b] : question.pairs) {
    const rules::ExpandedRule& first = family.rules[a];
    const rules::ExpandedRule& second = family.rules[b];
    std::vector<Cond> all{encoding.Applies(root, first.rule, first.through),
                          encoding.Applies(root, second.rule, second.through)};
    if (all[0].IsFalse() || all[1].IsFalse()) continue;
    if (question.fate != Question::Fate::Any) {
      const bool settled = question.fate == Question::Fate::Settled;
      for (std::size_t c : Spoilers(context, family, a, b, settled)) {
        const rules::ExpandedRule& third = family.rules[c];
        all.push_back(encoding.algebra().Not(encoding.Applies(root, third.rule, third.through)));
      }
    }
    any.push_back(encoding.algebra().And(all));
  }
  return encoding.algebra().Or(any);
}

Cond Ask(const CheckContext& context, const rules::Family& family, const Question& question,
         HistoryEncoding& encoding, int root) {
  switch (question.kind) {
    case Question::Kind::Both:
      return AskBoth(context, family, question, encoding, root);
    case Question::Kind::Characterised:
      return encoding.algebra().And(
          {encoding.Qualified(root, question.first), encoding.Qualified(root, question.second)});
    case Question::Kind::Gap:
      break;
  }
  std::vector<Cond> all{encoding.root(root).exists};
  for (const encoding::Constraint& constraint : question.region) {
    all.push_back(encoding.Within(root, constraint));
  }
  all.push_back(encoding.algebra().Not(encoding.AnyRule(root)));
  return encoding.algebra().And(all);
}

// Tries one question on one encoding. True when it is settled: found, or given up.
bool TryQuestion(const CheckContext& context, const rules::Family& family, const Question& question,
                 HistoryEncoding& encoding, Reply& reply) {
  for (int target : encoding.targets()) {
    const Cond asked = Ask(context, family, question, encoding, target);
    if (!encoding.unsupported().empty()) return false;
    if (asked.IsFalse()) continue;
    smt::Solver& solver = encoding.solver();
    solver.Push();
    solver.Assert(encoding.algebra().Term(asked));
    for (int attempt = 0;; ++attempt) {
      const smt::Outcome outcome = solver.Check(question.name);
      if (outcome.answer == smt::Answer::Unsat) break;
      if (outcome.answer == smt::Answer::Unknown) {
        reply.verdict = Verdict::Unknown;
        reply.reason = outcome.reason;
        solver.Pop();
        return true;
      }
      // A plainer witness if there is one: everybody as declared. The answer is Sat anyway.
      const std::vector<smt::Bool> plain{encoding.algebra().Term(encoding.AttributesAsDeclared())};
      if (solver.Check(question.name + " (datos iniciales)", plain).answer != smt::Answer::Sat) {
        solver.Check(question.name);
      }
      Found found;
      found.history = encoding.Witness();
      found.result = evaluation::Evaluate(context.rules, context.families, found.history);
      if (const auto sighting = Confirm(context, family, question, found.result)) {
        found.sighting = *sighting;
        solver.Pop();
        Minimise(context, family, question, found);
        reply.verdict = Verdict::Refuted;
        reply.found = std::move(found);
        return true;
      }
      if (attempt + 1 >= kMaxRefinements) {
        reply.verdict = Verdict::Unknown;
        reply.reason = {"el intérprete no confirma las historias que propone el demostrador",
                        "the interpreter does not confirm the histories the prover proposes"};
        solver.Pop();
        return true;
      }
      solver.Assert(encoding.algebra().Term(encoding.OtherThanModel()));
    }
    solver.Pop();
  }
  return false;
}

// Whether any history of the shape has the subject: nothing is proved from the absurd.
smt::Outcome DomainHolds(HistoryEncoding& encoding, const rules::Family& family,
                         const rules::Ruleset& rules) {
  std::vector<Cond> any;
  for (int target : encoding.targets()) any.push_back(encoding.root(target).exists);
  const Cond exists = encoding.algebra().Or(any);
  if (exists.IsFalse()) return {smt::Answer::Unsat, {}};
  return encoding.solver().Check("supuestos " + rules.kind(family.root.kind).name,
                                 {encoding.algebra().Term(exists)});
}

class Search {
 public:
  Search(const CheckContext& context, const rules::Family& family,
         const std::vector<Question>& questions)
      : context_(context),
        family_(family),
        questions_(questions),
        cone_(encoding::ConeOf(context.rules, family)),
        replies_(questions.size()),
        settled_(questions.size(), false) {}

  std::vector<Reply> Run() {
    for (Size size : Sizes(cone_.widest)) {
      if (!Done()) TryShape(MakeShape(context_, size, false));
    }
    if (HasFarKinds()) {
      for (Size size : SizesWithAllKinds(cone_.widest)) {
        if (!Done()) TryShape(MakeShape(context_, size, true));
      }
    }
    for (std::size_t q = 0; q < questions_.size(); ++q) {
      if (!settled_[q]) Conclude(replies_[q]);
    }
    return std::move(replies_);
  }

 private:
  bool Done() const {
    return std::all_of(settled_.begin(), settled_.end(), [](bool done) { return done; });
  }

  // Some kinds matter only through measures: they come in after the subject's own.
  bool HasFarKinds() const {
    for (std::size_t k = 0; k < cone_.kinds.size(); ++k) {
      const rules::FactKind& kind = context_.rules.fact_kinds[k];
      if (cone_.kinds[k] && !cone_.near_kinds[k] && !kind.derived && !kind.is_sanction &&
          kind.periodicity == rules::Periodicity::None) {
        return true;
      }
    }
    return false;
  }

  void TryShape(const Shape& shape) {
    HistoryEncoding encoding(context_.rules, context_.families, family_, cone_, shape,
                             {context_.options.rlimit, context_.options.dump_directory});
    bounds_ = DescribeBounds(shape, cone_.widest);
    if (!encoding.unsupported().empty()) {
      GiveUp(Verdict::Unsupported, encoding.unsupported());
      return;
    }
    const smt::Outcome domain = DomainHolds(encoding, family_, context_.rules);
    if (domain.answer == smt::Answer::Unknown) GiveUp(Verdict::Unknown, domain.reason);
    if (domain.answer != smt::Answer::Sat) return;
    inhabited_ = true;
    for (std::size_t q = 0; q < questions_.size(); ++q) {
      if (settled_[q]) continue;
      settled_[q] = TryQuestion(context_, family_, questions_[q], encoding, replies_[q]);
      if (settled_[q]) replies_[q].bounds = bounds_;
      if (!encoding.unsupported().empty()) {
        GiveUp(Verdict::Unsupported, encoding.unsupported());
        return;
      }
    }
  }

  void GiveUp(Verdict verdict, const base::Text& reason) {
    for (std::size_t q = 0; q < questions_.size(); ++q) {
      if (settled_[q]) continue;
      settled_[q] = true;
      replies_[q].verdict = verdict;
      replies_[q].reason = reason;
      replies_[q].bounds = bounds_;
    }
  }

  void Conclude(Reply& reply) const {
    reply.bounds = bounds_;
    if (inhabited_) {
      reply.verdict = Verdict::Proved;
      return;
    }
    reply.verdict = Verdict::Unknown;
    reply.reason = {
        "ninguna historia de las cotas tiene este sujeto, y de lo absurdo nada se prueba",
        "no history within the bounds has this subject, and nothing is proved from the "
        "absurd"};
  }

  const CheckContext& context_;
  const rules::Family& family_;
  const std::vector<Question>& questions_;
  encoding::Cone cone_;
  std::vector<Reply> replies_;
  std::vector<bool> settled_;
  base::Text bounds_;
  bool inhabited_ = false;
};

}  // namespace

std::vector<Reply> Realise(const CheckContext& context, const rules::Family& family,
                           const std::vector<Question>& questions) {
  try {
    return Search(context, family, questions).Run();
  } catch (const base::ArithmeticError& error) {
    Reply reply;
    reply.verdict = Verdict::Unknown;
    reply.reason = {
        std::string("el cálculo no cabe en números exactos (") + error.what() + ")",
        std::string("the computation does not fit in exact numbers (") + error.what() + ")"};
    return std::vector<Reply>(questions.size(), reply);
  }
}

// ---- Replay ----------------------------------------------------------------------

std::vector<rules::QualificationId> ChainOf(const rules::Ruleset& rules,
                                            const evaluation::Result& result,
                                            const evaluation::Application& application) {
  std::vector<rules::QualificationId> chain;
  for (int fact = application.fact; fact >= 0;) {
    const evaluation::EvaluatedFact& evaluated = result.facts[static_cast<std::size_t>(fact)];
    if (!evaluated.by.valid()) break;
    chain.push_back(evaluated.by);
    const bool window = rules.qualification(evaluated.by).subject.window != Window::Fact;
    fact = window || evaluated.from.empty() ? -1 : evaluated.from.front();
  }
  return chain;
}

namespace {

bool FateIs(Question::Fate fate, const evaluation::Application& a, const evaluation::Application& b,
            int b_index) {
  switch (fate) {
    case Question::Fate::Any:
      return true;
    case Question::Fate::Conflict:
      return std::find(a.conflicts.begin(), a.conflicts.end(), b_index) != a.conflicts.end();
    case Question::Fate::Settled:
      return a.stands != b.stands;
  }
  return false;
}

std::optional<Sighting> ConfirmBoth(const CheckContext& context, const rules::Family& family,
                                    const Question& question, const evaluation::Result& result) {
  const auto& all = result.applications;
  std::vector<std::vector<rules::QualificationId>> chains;
  for (const auto& application : all) {
    chains.push_back(ChainOf(context.rules, result, application));
  }
  const auto matches = [&](std::size_t i, std::size_t position) {
    const rules::ExpandedRule& rule = family.rules[position];
    return all[i].rule == rule.rule && chains[i] == rule.through &&
           result.roots[static_cast<std::size_t>(all[i].root)].subject == family.root;
  };
  for (std::size_t p = 0; p < question.pairs.size(); ++p) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (!matches(i, question.pairs[p].first)) continue;
      for (std::size_t j = 0; j < all.size(); ++j) {
        if (i == j || all[i].root != all[j].root || !matches(j, question.pairs[p].second)) continue;
        if (!FateIs(question.fate, all[i], all[j], static_cast<int>(j))) continue;
        return Sighting{all[i].root, static_cast<int>(i), static_cast<int>(j), p};
      }
    }
  }
  return std::nullopt;
}

std::optional<Sighting> ConfirmCharacterised(const Question& question,
                                             const evaluation::Result& result) {
  for (std::size_t i = 0; i < result.facts.size(); ++i) {
    if (result.facts[i].by != question.first) continue;
    for (std::size_t j = 0; j < result.facts.size(); ++j) {
      if (result.facts[j].by == question.second && result.facts[j].root == result.facts[i].root) {
        return Sighting{result.facts[i].root, static_cast<int>(i), static_cast<int>(j), 0};
      }
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Sighting> Confirm(const CheckContext& context, const rules::Family& family,
                                const Question& question, const evaluation::Result& result) {
  for (const base::Diagnostic& problem : result.problems) {
    if (problem.severity == base::Severity::Error) return std::nullopt;
  }
  switch (question.kind) {
    case Question::Kind::Both:
      return ConfirmBoth(context, family, question, result);
    case Question::Kind::Characterised:
      return ConfirmCharacterised(question, result);
    case Question::Kind::Gap:
      break;
  }
  for (const evaluation::GapHit& gap : result.gaps) {
    const auto root = static_cast<std::size_t>(gap.root);
    if (result.roots[root].subject == family.root && InRegion(question, gap)) {
      return Sighting{gap.root, -1, -1, 0};
    }
  }
  return std::nullopt;
}

}  // namespace cotejo::checks
