#include "model/evaluation/evaluate.h"

#include <algorithm>
#include <map>
#include <span>

#include "model/evaluation/conflicts.h"
#include "model/evaluation/periodic.h"
#include "model/evaluation/prepared.h"
#include "model/evaluation/sanction_watch.h"
#include "model/evaluation/world.h"
#include "model/rules/terms.h"

namespace cotejo::evaluation {

using rules::ExprId;
using rules::FactKindId;
using rules::Op;
using rules::Qualification;
using rules::Rule;
using rules::RuleId;
using rules::Subject;
using rules::Window;

namespace {

// ---- One evaluation --------------------------------------------------------------

// A fact or window to be judged.
struct Instance {
  Scope scope;
  DateRange range;
};

class Judge {
 public:
  Judge(const rules::Ruleset& rules, const rules::Families& families, const History& history,
        const std::vector<rules::Step>& steps, Clashes& clashes, const Foreseen* foreseen)
      : rules_(rules),
        families_(families),
        history_(history),
        steps_(steps),
        clashes_(clashes),
        foreseen_(foreseen),
        world_(rules, history),
        watch_(rules) {}

  Result Run();

 private:
  void AddPrimitives();
  void ReportLate(const Fact& fact);
  void RunQualification(rules::QualificationId id);
  void RunRule(RuleId id);
  void RunRows(const RowRun& run);
  void Judged(RuleId id, const Instance& instance);
  void BearSanctions();
  void CheckSanctions();
  void FindGaps();
  void FindGapsOf(const rules::Family& family, const rules::Coverage& coverage);
  void ReportUnknownYears();
  void PutInOrder();

  const std::vector<Instance>& Instances(const Subject& subject);
  [[nodiscard]] bool OwnConditionsHold(const Rule& rule, const Scope& scope);
  [[nodiscard]] bool Idle(const rules::Step& step) const;
  [[nodiscard]] bool Applies(RuleId id, const Scope& scope);
  [[nodiscard]] bool Qualifies(const Qualification& by, const Scope& scope);
  int RootOf(const Subject& subject, const Instance& instance);
  DerivedIndex AddRootFact(Fact fact, int slot, std::vector<DerivedIndex> from);
  void Qualify(rules::QualificationId id, const Instance& instance);
  void Apply(RuleId id, const Instance& instance);
  std::vector<MeasureReading> Readings(const Rule& rule, const Scope& scope);
  void ReadMeasures(ExprId id, const Scope& scope, std::vector<MeasureReading>& readings);
  void ReadTerms(ExprId id, const Rule& rule, const Scope& scope,
                 std::vector<MeasureReading>& readings);
  std::string TermOf(const rules::Measure& measure, const Scope& scope);
  [[nodiscard]] bool HasDeduction(const Application& application) const;
  void Report(const Fault& fault, const base::Span& span, const base::Citation& article,
              base::Severity severity = base::Severity::Error);
  template <typename Action>
  void Guarded(const Subject& subject, const Instance& instance, const base::Span& span,
               const base::Citation& article, Action action);

  const rules::Ruleset& rules_;
  const rules::Families& families_;
  const History& history_;
  const std::vector<rules::Step>& steps_;
  Clashes& clashes_;
  const Foreseen* foreseen_;  // nullptr: nothing is
  World world_;
  SanctionWatch watch_;
  Result result_;
  // Of the subject last asked for: the rows of a scale judge one after another.
  std::optional<Subject> listed_;
  std::size_t listed_facts_ = 0;
  std::vector<Instance> instances_;
  std::map<std::pair<Subject, Date>, int> window_roots_;
  // Of the scales `primera`, for each thing judged: the first row known to hold.
  std::map<std::tuple<rules::ScaleId, Date, DerivedIndex>, int> first_rows_;
  std::vector<bool> troubled_;  // by root: something there could not be evaluated
  bool sanctions_born_ = false;
  std::vector<bool> counted_;  // by application: it stood when sanctions were born
};

Result Judge::Run() {
  AddPrimitives();
  std::span<const RowRun> runs;
  if (foreseen_ != nullptr) {
    runs = foreseen_->runs;
  }
  auto run = runs.begin();
  for (std::size_t s = 0; s < steps_.size(); ++s) {
    const rules::Step& step = steps_[s];
    if (run != runs.end() && run->first == s) {
      RunRows(*run);
      s += run->rows.size() - 1;
      ++run;
      continue;
    }
    if (Idle(step)) {
      continue;
    }
    if (!sanctions_born_ && (foreseen_ != nullptr ? foreseen_->sees[s] : watch_.Sees(step))) {
      BearSanctions();
    }
    if (step.rule.valid()) {
      RunRule(step.rule);
    } else {
      RunQualification(step.qualification);
    }
  }
  // What was settled for the sanctions still is when no rule has applied since.
  if (!sanctions_born_ || counted_.size() < result_.applications.size()) {
    SettleConflicts(rules_, families_, clashes_, world_.facts(), result_.roots,
                    result_.applications);
  }
  CheckSanctions();
  FindGaps();
  ReportUnknownYears();
  PutInOrder();
  return std::move(result_);
}

// Without facts of its kind a step does nothing: most of them, for one history of a large
// regulation. Sanctions may wait for the first step that has something to see, because every
// disciplinary rule comes before all of those that see them.
bool Judge::Idle(const rules::Step& step) const {
  const rules::FactKindId kind = step.rule.valid()
                                     ? rules_.rule(step.rule).subject.kind
                                     : rules_.qualification(step.qualification).subject.kind;
  return world_.OfKind(kind).empty() && (sanctions_born_ || kind != watch_.kind());
}

void Judge::AddPrimitives() {
  std::vector<Fact> facts = history_.facts;
  const std::vector<bool>* of = foreseen_ != nullptr ? &foreseen_->calendar : nullptr;
  for (Fact& fact : PeriodicFacts(rules_, history_, of)) {
    facts.push_back(std::move(fact));
  }
  const auto earlier = [](const Fact& a, const Fact& b) {
    return std::pair(a.date, a.shift) < std::pair(b.date, b.shift);
  };
  if (!std::is_sorted(facts.begin(), facts.end(), earlier)) {
    std::stable_sort(facts.begin(), facts.end(), earlier);
  }
  // Each becomes something else, and that often again.
  world_.Expect(3 * facts.size());
  result_.roots.reserve(2 * facts.size());
  for (Fact& fact : facts) {
    if (fact.date > world_.last_day()) {
      ReportLate(fact);
      continue;
    }
    const int slot = fact.shift;
    AddRootFact(std::move(fact), slot, {});
  }
}

void Judge::ReportLate(const Fact& fact) {
  const std::string& name = rules_.kind(fact.kind).name;
  const std::string on = fact.date.str();
  const std::string end = world_.last_day().str();
  Report({"hecho-tras-la-extinción",
          {history_.person + ": la relación terminó el " + end + ", y «" + name + "» es del " + on,
           history_.person + ": the relation ended on " + end + ", and '" + name + "' is of " + on},
          {"corrija la fecha; a quien volvió, dele otro código",
           "correct the date; give whoever came back another code"}},
         rules_.kind(fact.kind).span, {});
}

// ---- Subjects --------------------------------------------------------------------

DerivedIndex Judge::AddRootFact(Fact fact, int slot, std::vector<DerivedIndex> from) {
  EvaluatedFact evaluated;
  evaluated.root = static_cast<int>(result_.roots.size());
  Root root;
  root.subject = {fact.kind, Window::Fact};
  root.first = root.last = fact.date;
  evaluated.fact = std::move(fact);
  evaluated.from = std::move(from);
  const DerivedIndex index = world_.Add(std::move(evaluated), slot);
  root.facts = {index};
  result_.roots.push_back(std::move(root));
  troubled_.push_back(false);
  return index;
}

const std::vector<Instance>& Judge::Instances(const Subject& subject) {
  const std::span<const DerivedIndex> facts = world_.OfKind(subject.kind);
  std::vector<Instance>& instances = instances_;
  if (listed_ == subject && listed_facts_ == facts.size()) {
    return instances;
  }
  listed_ = subject;
  listed_facts_ = facts.size();
  instances.clear();
  for (DerivedIndex fact : facts) {
    const Date date = world_.facts()[static_cast<std::size_t>(fact)].fact.date;
    if (subject.window == Window::Fact) {
      instances.push_back({{date, fact}, {date, date}});
      continue;
    }
    if (!instances.empty() && date <= instances.back().range.last) {
      continue;  // a window already listed
    }
    const DateRange range = world_.WindowOf(subject.window, date);
    // The gestión of whoever left does not end for them.
    if (range.last <= std::min(history_.to, world_.last_day())) {
      instances.push_back({{range.last, -1}, range});
    }
  }
  return instances;
}

int Judge::RootOf(const Subject& subject, const Instance& instance) {
  if (instance.scope.fact >= 0) {
    return world_.fact(instance.scope.fact).root;
  }
  const auto next = static_cast<int>(result_.roots.size());
  const auto [it, added] = window_roots_.try_emplace({subject, instance.range.first}, next);
  if (added) {
    Root root{subject, instance.range.first, instance.range.last, {}};
    for (DerivedIndex fact : world_.OfKind(subject.kind)) {
      const Date date = world_.fact(fact).fact.date;
      if (instance.range.first <= date && date <= instance.range.last) {
        root.facts.push_back(fact);
      }
    }
    result_.roots.push_back(std::move(root));
    troubled_.push_back(false);
  }
  return it->second;
}

// ---- Problems --------------------------------------------------------------------

void Judge::Report(const Fault& fault, const base::Span& span, const base::Citation& article,
                   base::Severity severity) {
  const bool known =
      std::any_of(result_.problems.begin(), result_.problems.end(), [&](const base::Diagnostic& d) {
        return d.code == fault.code && d.message == fault.message && d.article == article;
      });
  if (!known) {
    result_.problems.push_back({fault.code, severity, span, fault.message, fault.hint, article});
  }
}

// What cannot be evaluated is reported and does not apply; its root is not called a gap.
template <typename Action>
void Judge::Guarded(const Subject& subject, const Instance& instance, const base::Span& span,
                    const base::Citation& article, Action action) {
  const auto trouble = [&](const Fault& fault) {
    troubled_[static_cast<std::size_t>(RootOf(subject, instance))] = true;
    Report(fault, span, article);
  };
  try {
    action();
  } catch (const Fault& fault) {
    trouble(fault);
  } catch (const base::ArithmeticError& error) {
    const std::string place = history_.person + ", " + instance.scope.date.str() + ": ";
    trouble({"aritmética",
             {place + "el cálculo no cabe en números exactos (" + error.what() + ")",
              place + "the computation does not fit in exact numbers (" + error.what() + ")"},
             {"revise las divisiones y los valores muy grandes",
              "check divisions and very large values"}});
  }
}

// ---- Rules -----------------------------------------------------------------------

bool Judge::OwnConditionsHold(const Rule& rule, const Scope& scope) {
  return InForce(rules_, rule.norm, rule.from, rule.to, scope.date) &&
         world_.Holds(rule.guard, scope) &&
         std::none_of(rule.exceptions.begin(), rule.exceptions.end(),
                      [&](const rules::Exception& e) { return world_.Holds(e.condition, scope); });
}

bool Judge::Applies(RuleId id, const Scope& scope) {
  const Rule& rule = rules_.rule(id);
  if (!OwnConditionsHold(rule, scope)) {
    return false;
  }
  if (!rule.scale.valid() || rules_.scale(rule.scale).policy != rules::HitPolicy::First) {
    return true;
  }
  // A row that was found to hold here is not asked again by each of those after it.
  int& holds =
      first_rows_.try_emplace({rule.scale, scope.date, scope.fact}, rule.row).first->second;
  if (holds < rule.row) return false;
  const std::vector<RuleId>& rows = rules_.scale(rule.scale).rows;
  const auto own = std::find(rows.begin(), rows.end(), id);
  const auto earlier = std::find_if(
      rows.begin(), own, [&](RuleId row) { return OwnConditionsHold(rules_.rule(row), scope); });
  holds = rules_.rule(*earlier).row;
  return earlier == own;
}

bool Judge::Qualifies(const Qualification& by, const Scope& scope) {
  if (by.from_rule.valid()) {
    return Applies(by.from_rule, scope);
  }
  return InForce(rules_, by.norm, by.from, by.to, scope.date) && world_.Holds(by.guard, scope) &&
         std::none_of(by.exceptions.begin(), by.exceptions.end(),
                      [&](const rules::Exception& e) { return world_.Holds(e.condition, scope); });
}

void Judge::RunQualification(rules::QualificationId id) {
  const Qualification& by = rules_.qualification(id);
  for (const Instance& instance : Instances(by.subject)) {
    Guarded(by.subject, instance, by.span, by.citation, [&] {
      if (Qualifies(by, instance.scope)) {
        Qualify(id, instance);
      }
    });
  }
}

void Judge::Qualify(rules::QualificationId id, const Instance& instance) {
  const Qualification& by = rules_.qualification(id);
  const rules::FactKind& target = rules_.kind(by.target);
  EvaluatedFact derived;
  derived.by = id;
  derived.fact.kind = by.target;
  derived.fact.date = instance.scope.date;
  for (const rules::Field& field : target.fields) {
    derived.fact.fields.push_back(field.initial.value_or(Value{Rational(0), true}));
  }
  for (const rules::FieldValue& given : by.fields) {
    derived.fact.fields[given.field.index()] = world_.Eval(given.value, instance.scope);
  }
  int slot = kEndOfDay;
  derived.root = RootOf(by.subject, instance);
  if (instance.scope.fact >= 0) {
    slot = world_.slot(instance.scope.fact);
    const bool in_shift = target.placement == rules::Placement::Shift;
    derived.fact.shift = in_shift ? world_.fact(instance.scope.fact).fact.shift : 0;
    derived.from = {instance.scope.fact};
  } else {
    derived.from = result_.roots[static_cast<std::size_t>(derived.root)].facts;
  }
  world_.Add(std::move(derived), slot);
}

void Judge::RunRule(RuleId id) {
  for (const Instance& instance : Instances(rules_.rule(id).subject)) {
    Judged(id, instance);
  }
}

void Judge::Judged(RuleId id, const Instance& instance) {
  const Rule& rule = rules_.rule(id);
  Guarded(rule.subject, instance, rule.span, rule.citation, [&] {
    if (Applies(id, instance.scope)) {
      Apply(id, instance);
    }
  });
}

// Rule by rule, as they come; those whose range does not hold the value are passed over.
void Judge::RunRows(const RowRun& run) {
  const std::vector<Instance>& instances = Instances(run.subject);
  if (instances.empty()) {
    return;
  }
  std::vector<std::pair<std::size_t, std::size_t>> judged;  // row and instance
  for (std::size_t i = 0; i < instances.size(); ++i) {
    std::optional<Rational> number;  // nothing: each rule says what is wrong
    try {
      const Value value = world_.Eval(run.what, instances[i].scope);
      if (!value.absent) number = value.number;
    } catch (const Fault&) {
    } catch (const base::ArithmeticError&) {
    }
    if (number) {
      run.Holding(*number, [&](std::size_t row) { judged.emplace_back(row, i); });
      continue;
    }
    for (std::size_t row = 0; row < run.rows.size(); ++row) judged.emplace_back(row, i);
  }
  std::sort(judged.begin(), judged.end());
  for (const auto& [row, i] : judged) Judged(steps_[run.first + row].rule, instances[i]);
}

void Judge::Apply(RuleId id, const Instance& instance) {
  const Rule& rule = rules_.rule(id);
  Application application;
  application.rule = id;
  application.root = RootOf(rule.subject, instance);
  application.date = instance.scope.date;
  application.fact = instance.scope.fact;
  for (const rules::Consequence& consequence : rule.consequences) {
    Value quantity;
    if (consequence.quantity.valid()) {
      quantity = world_.Eval(consequence.quantity, instance.scope);
    }
    if (quantity.absent) {
      throw Fault{"cantidad-sin-valor",
                  {"la cantidad de «" + rule.name + "» no tiene valor para " + history_.person +
                       " el " + instance.scope.date.str(),
                   "the quantity of '" + rule.name + "' has no value for " + history_.person +
                       " on " + instance.scope.date.str()},
                  {"dé el dato del que depende, o condicione la regla con `tiene`",
                   "give the attribute it depends on, or guard the rule with `tiene`"}};
    }
    application.quantities.push_back(quantity.number);
  }
  application.measures = Readings(rule, instance.scope);
  for (const rules::Consequence& consequence : rule.consequences) {
    // A quantity that is one term alone is what the answer says already.
    if (consequence.quantity.valid() && !rules_.expr(consequence.quantity).args.empty()) {
      ReadTerms(consequence.quantity, rule, instance.scope, application.measures);
    }
  }
  result_.applications.push_back(std::move(application));
}

// ---- What a guard looked at, and what a quantity is made of ------------------------

void AddReading(MeasureReading reading, std::vector<MeasureReading>& readings) {
  const bool known = std::any_of(readings.begin(), readings.end(),
                                 [&](const MeasureReading& r) { return r.term == reading.term; });
  if (!known) {
    readings.push_back(std::move(reading));
  }
}

std::string Judge::TermOf(const rules::Measure& measure, const Scope& scope) {
  if (!measure.same_field.valid()) {
    return measure.name;
  }
  const rules::Field& field = rules_.kind(measure.kind).fields[measure.same_field.index()];
  const Value& value = world_.fact(scope.fact).fact.fields[measure.same_field.index()];
  return rules::MeasureTerm(measure, field.name, FormatValue(rules_, field.type, value));
}

void Judge::ReadMeasures(ExprId id, const Scope& scope, std::vector<MeasureReading>& readings) {
  if (!id.valid()) {
    return;
  }
  const rules::Expr& expr = rules_.expr(id);
  if (expr.op == Op::Measure) {
    const rules::MeasureId measure(expr.ref);
    const Value value = world_.MeasureOf(measure, scope);
    AddReading({TermOf(rules_.measure(measure), scope), expr.type, value}, readings);
  }
  for (ExprId arg : expr.args) {
    ReadMeasures(arg, scope, readings);
  }
}

// Of a `si`, the branch that was taken; of a sum, which may be of twenty terms, what is not zero.
void Judge::ReadTerms(ExprId id, const Rule& rule, const Scope& scope,
                      std::vector<MeasureReading>& readings) {
  const rules::Expr& expr = rules_.expr(id);
  const bool sum = expr.op == Op::Add || expr.op == Op::Sub;
  switch (expr.op) {
    case Op::Literal:
      return;
    case Op::Measure: {
      const rules::MeasureId measure(expr.ref);
      AddReading(
          {TermOf(rules_.measure(measure), scope), expr.type, world_.MeasureOf(measure, scope)},
          readings);
      return;
    }
    case Op::If:
      ReadTerms(world_.Holds(expr.args[0], scope) ? expr.args[1] : expr.args[2], rule, scope,
                readings);
      return;
    case Op::Neg:
    case Op::Add:
    case Op::Sub:
    case Op::Mul:
    case Op::Div:
    case Op::Min:
    case Op::Max:
    case Op::Floor:
    case Op::Ceil:
      for (ExprId arg : expr.args) {
        const Op op = rules_.expr(arg).op;
        const bool shown = !sum || op == Op::Add || op == Op::Sub;  // two terms can make zero
        if (shown || world_.Eval(arg, scope).number != 0) {
          ReadTerms(arg, rule, scope, readings);
        }
      }
      return;
    default:
      AddReading(
          {rules::FormatExprOf(rules_, id, rule.subject.kind), expr.type, world_.Eval(id, scope)},
          readings);
  }
}

std::vector<MeasureReading> Judge::Readings(const Rule& rule, const Scope& scope) {
  std::vector<MeasureReading> readings;
  if (rule.scale.valid() && rules_.scale(rule.scale).measure.valid()) {
    const ExprId measure = rules_.scale(rule.scale).measure;
    if (rules_.expr(measure).op == Op::Measure) {
      ReadMeasures(measure, scope, readings);
    } else {
      readings.push_back({rules::FormatExprOf(rules_, measure, rule.subject.kind),
                          rules_.expr(measure).type, world_.Eval(measure, scope)});
    }
  }
  ReadMeasures(rule.guard, scope, readings);
  for (const rules::Exception& exception : rule.exceptions) {
    ReadMeasures(exception.condition, scope, readings);
  }
  return readings;
}

// ---- Sanctions -------------------------------------------------------------------

bool Judge::HasDeduction(const Application& application) const {
  const std::vector<rules::Consequence>& all = rules_.rule(application.rule).consequences;
  return std::any_of(all.begin(), all.end(), [](const rules::Consequence& c) {
    return c.kind == rules::ConsequenceKind::PayDeduction;
  });
}

// One fact for each deduction that stands by now, for the rules that judge sanctions.
void Judge::BearSanctions() {
  sanctions_born_ = true;
  SettleConflicts(rules_, families_, clashes_, world_.facts(), result_.roots, result_.applications);
  const FactKindId kind = watch_.kind();
  const rules::FieldId days = rules_.FindField(kind, "días");
  const rules::FieldId process = rules_.FindField(kind, "proceso");
  for (const Application& application : result_.applications) {
    counted_.push_back(application.stands);
    if (!application.stands) {
      continue;
    }
    const Rule& rule = rules_.rule(application.rule);
    const bool with_process =
        std::any_of(rule.consequences.begin(), rule.consequences.end(),
                    [](const auto& c) { return c.kind == rules::ConsequenceKind::Process; });
    for (std::size_t i = 0; i < rule.consequences.size(); ++i) {
      if (rule.consequences[i].kind != rules::ConsequenceKind::PayDeduction) {
        continue;
      }
      Fact fact;
      fact.kind = kind;
      fact.date = application.date;
      for (const rules::Field& field : rules_.kind(kind).fields) {
        fact.fields.push_back(field.initial.value_or(Value{}));
      }
      fact.fields[days.index()] = {application.quantities[i], false};
      fact.fields[process.index()] = {Rational(with_process ? 1 : 0), false};
      const std::vector<DerivedIndex> from =
          application.fact >= 0 ? std::vector<DerivedIndex>{application.fact}
                                : result_.roots[static_cast<std::size_t>(application.root)].facts;
      AddRootFact(std::move(fact), kEndOfDay, from);
    }
  }
}

// The rules that judge sanctions have seen a settlement; a different one at the end means
// the text makes sanctions depend on themselves.
void Judge::CheckSanctions() {
  if (!sanctions_born_) {
    return;
  }
  for (std::size_t i = 0; i < result_.applications.size(); ++i) {
    const Application& application = result_.applications[i];
    const bool counted = i < counted_.size() && counted_[i];
    if (!HasDeduction(application) || application.stands == counted) {
      continue;
    }
    const Rule& rule = rules_.rule(application.rule);
    const std::string date = application.date.str();
    Report(
        {"sanción-tardía",
         {"«" + rule.name + "» cambió de suerte el " + date + " después de juzgarse las sanciones",
          "'" + rule.name + "' changed its fate on " + date + " after sanctions were judged"},
         {"una regla sobre sanciones no debe descontar ni desplazar un descuento",
          "a rule about sanctions must neither deduct nor displace a deduction"}},
        rule.span, rule.citation);
  }
}

// ---- Gaps ------------------------------------------------------------------------

void Judge::FindGaps() {
  for (const rules::Family& family : families_.families) {
    for (const rules::Coverage& coverage : family.coverages) {
      FindGapsOf(family, coverage);
    }
  }
  std::stable_sort(result_.gaps.begin(), result_.gaps.end(), [](const GapHit& a, const GapHit& b) {
    return std::pair(a.date, a.root) < std::pair(b.date, b.root);
  });
}

void Judge::FindGapsOf(const rules::Family& family, const rules::Coverage& coverage) {
  if (world_.OfKind(family.root.kind).empty()) {
    return;
  }
  std::vector<bool> answered(result_.roots.size(), false);
  for (const Application& application : result_.applications) {
    if (coverage.IsAnsweredBy(application.rule)) {
      answered[static_cast<std::size_t>(application.root)] = true;
    }
  }
  for (const Instance& instance : Instances(family.root)) {
    const auto root = static_cast<std::size_t>(RootOf(family.root, instance));
    const bool own = result_.roots[root].subject == family.root;  // not a derived fact
    if (!own || troubled_[root] || (root < answered.size() && answered[root])) {
      continue;
    }
    GapHit gap{static_cast<int>(root), instance.scope.date, {}, {}};
    Guarded(family.root, instance, {}, {}, [&] {
      for (const rules::ExpandedRule& expanded : family.rules) {
        const Rule& rule = rules_.rule(expanded.rule);
        if (!expanded.through.empty() || !coverage.Has(rule.scale) ||
            !InForce(rules_, rule.norm, rule.from, rule.to, instance.scope.date)) {
          continue;
        }
        if (!gap.scale.valid()) {
          gap.scale = rule.scale;
        }
        for (MeasureReading& reading : Readings(rule, instance.scope)) {
          const bool known =
              std::any_of(gap.measures.begin(), gap.measures.end(),
                          [&](const MeasureReading& r) { return r.term == reading.term; });
          if (!known) {
            gap.measures.push_back(std::move(reading));
          }
        }
      }
    });
    if (gap.scale.valid() && !troubled_[root]) {
      result_.gaps.push_back(std::move(gap));
    }
  }
}

// ---- The end ---------------------------------------------------------------------

void Judge::ReportUnknownYears() {
  for (int year : world_.years_without_holidays()) {
    const std::string text = std::to_string(year);
    Report(
        {"feriados-desconocidos",
         {"no se conocen los feriados de " + text + "; se tomó todo lunes a viernes por hábil",
          "the holidays of " + text + " are not known; every Monday to Friday counted as working"},
         {"agregue ese año al archivo de feriados", "add that year to the holidays file"}},
        {}, {}, base::Severity::Warning);
  }
}

// Facts into history order, applications by date, root and rule; indices follow.
void Judge::PutInOrder() {
  const std::size_t count = world_.facts().size();
  std::vector<DerivedIndex> order(count);
  for (std::size_t i = 0; i < count; ++i) {
    order[i] = static_cast<DerivedIndex>(i);
  }
  std::sort(order.begin(), order.end(),
            [&](DerivedIndex a, DerivedIndex b) { return world_.Before(a, b); });
  std::vector<DerivedIndex> place(count);
  result_.facts.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    place[static_cast<std::size_t>(order[i])] = static_cast<DerivedIndex>(i);
    result_.facts.push_back(std::move(world_.fact(order[i])));
  }
  const auto move_all = [&](std::vector<DerivedIndex>& indices) {
    for (DerivedIndex& index : indices) {
      index = place[static_cast<std::size_t>(index)];
    }
  };
  for (EvaluatedFact& fact : result_.facts) {
    move_all(fact.from);
  }
  for (Root& root : result_.roots) {
    move_all(root.facts);
  }
  std::vector<int> turns(result_.applications.size());
  for (std::size_t i = 0; i < turns.size(); ++i) {
    turns[i] = static_cast<int>(i);
    DerivedIndex& fact = result_.applications[i].fact;
    fact = fact < 0 ? -1 : place[static_cast<std::size_t>(fact)];
  }
  std::sort(turns.begin(), turns.end(), [&](int a, int b) {
    const Application& x = result_.applications[static_cast<std::size_t>(a)];
    const Application& y = result_.applications[static_cast<std::size_t>(b)];
    return std::tuple(x.date, x.root, x.rule, x.fact) < std::tuple(y.date, y.root, y.rule, y.fact);
  });
  std::vector<int> turn_of(turns.size());
  std::vector<Application> sorted;
  sorted.reserve(turns.size());
  for (std::size_t i = 0; i < turns.size(); ++i) {
    turn_of[static_cast<std::size_t>(turns[i])] = static_cast<int>(i);
    sorted.push_back(std::move(result_.applications[static_cast<std::size_t>(turns[i])]));
  }
  for (Application& application : sorted) {
    if (application.defeated_by >= 0) {
      application.defeated_by = turn_of[static_cast<std::size_t>(application.defeated_by)];
    }
    for (int& other : application.conflicts) {
      other = turn_of[static_cast<std::size_t>(other)];
    }
    std::sort(application.conflicts.begin(), application.conflicts.end());
  }
  result_.applications = std::move(sorted);
}

}  // namespace

Result Evaluate(const rules::Ruleset& rules, const rules::Families& families,
                const History& history) {
  return Evaluate(rules, families, history, rules.steps);
}

Result Evaluate(const rules::Ruleset& rules, const rules::Families& families,
                const History& history, const std::vector<rules::Step>& steps) {
  Clashes clashes(rules);
  return Judge(rules, families, history, steps, clashes, nullptr).Run();
}

Result Prepared::Run(const rules::Families& families, const History& history) {
  return Judge(rules_, families, history, steps_, clashes_, &foreseen_).Run();
}

}  // namespace cotejo::evaluation
