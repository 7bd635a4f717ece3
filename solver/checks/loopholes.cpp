// Loophole: the most misconduct that never brings a consequence, because a count starts again
// with its window or is kept apart from another, against less of it that does.
#include <algorithm>

#include "solver/checks/commissions.h"
#include "solver/checks/drops.h"
#include "solver/checks/plans.h"
#include "solver/checks/questions.h"
#include "solver/checks/severity.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Rational;
using base::Text;
using base::Verdict;
using rules::MeasureId;
using rules::Window;

namespace {

// ---- Words -----------------------------------------------------------------------

std::string Quoted(const std::string& name) {
  std::string spaced = name;
  std::replace(spaced.begin(), spaced.end(), '_', ' ');
  return "«" + spaced + "»";
}

std::string ReachName(Reach reach) {
  switch (reach) {
    case Reach::Sanction:
      return "sanción";
    case Reach::Serious:
      return "falta grave";
    case Reach::Process:
      return "proceso";
    case Reach::Removal:
      break;
  }
  return "destitución o retiro";
}

Text Without(Reach reach) {
  switch (reach) {
    case Reach::Sanction:
      return {"sin ninguna sanción", "without any sanction"};
    case Reach::Serious:
      return {"sin falta grave ni nada mayor", "without a serious fault or anything graver"};
    case Reach::Process:
      return {"sin proceso ni pérdida del puesto", "without a process or the loss of the post"};
    case Reach::Removal:
      break;
  }
  return {"sin destitución ni retiro", "without dismissal or separation"};
}

// What the gravest rule ordered.
Text Outcome(const rules::Ruleset& rules, const Trial& trial, rules::RuleId by) {
  for (const evaluation::Application& application : trial.result.applications) {
    if (application.rule == by && application.stands) return DescribeOutcome(rules, application);
  }
  return {};
}

Text Amount(const rules::Ruleset& rules, MeasureId measure, Rational amount) {
  const rules::Type& type = rules.measure(measure).type;
  return {rules::FormatValue(rules, type, {amount, false}, base::Language::Spanish),
          rules::FormatValue(rules, type, {amount, false}, base::Language::English)};
}

Text MonthName(base::Date date) {
  static const std::array<const char*, 12> kSpanish{
      "enero", "febrero", "marzo",      "abril",   "mayo",      "junio",
      "julio", "agosto",  "septiembre", "octubre", "noviembre", "diciembre"};
  static const std::array<const char*, 12> kEnglish{
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  const std::size_t month = date.month() - 1;
  return {kSpanish.at(month), kEnglish.at(month)};
}

std::string Join(const std::vector<std::string>& parts, const std::string& separator) {
  std::string joined;
  for (const std::string& part : parts) joined += (joined.empty() ? "" : separator) + part;
  return joined;
}

// "enero 5 días, febrero 6 días"
Text MonthByMonth(const CheckContext& context, const std::vector<MeasureId>& measures,
                  const Trial& trial) {
  std::vector<std::string> es;
  std::vector<std::string> en;
  for (const auto& [month, amount] : ByMonth(context, measures, trial)) {
    const Text said = Amount(context.rules, measures[0], amount);
    es.push_back(MonthName(month).es + " " + said.es);
    en.push_back(MonthName(month).en + " " + said.en);
  }
  return {Join(es, ", "), Join(en, ", ")};
}

Text Facts() {
  return {
      "un hecho por tramo (o por día), sólo de los que cuentan en esto y en nada más que la "
      "consecuencia mire; una persona con los datos iniciales",
      "one fact a shift (or a day), only of those that count in this and in nothing else the "
      "consequence looks at; a person as declared"};
}

base::QueryRecord Record(std::string name, Verdict verdict, const Text& reason, Text bounds) {
  base::QueryRecord record;
  record.name = std::move(name);
  record.check = kLoophole;
  record.engine = "barrido";
  record.verdict = verdict;
  record.reason = reason;
  record.bounds = std::move(bounds);
  record.evidence = verdict == Verdict::Refuted  ? base::Evidence::Replayed
                    : verdict == Verdict::Proved ? base::Evidence::Enumerated
                                                 : base::Evidence::None;
  return record;
}

void Count(const CheckContext& context, std::size_t questions) {
  if (context.options.progress == nullptr) return;
  context.options.progress->planned += static_cast<int>(questions);
  context.options.progress->done += static_cast<int>(questions);
}

// Nothing the facts can become is judged: nothing was looked at, which is no proof.
void RecordNothingJudged(const CheckContext& context, const std::string& name,
                         base::CheckReport& report) {
  report.queries.push_back(Record(name, Verdict::Unsupported,
                                  {"ninguna sanción juzga lo que estos hechos pueden llegar a ser",
                                   "no sanction judges what these facts can become"},
                                  {}));
  Count(context, 1);
}

// ---- Sums, counts and runs -------------------------------------------------------

class EscapeWriter {
 public:
  EscapeWriter(const CheckContext& context, std::vector<MeasureId> measures)
      : context_(context), rules_(context.rules), measures_(std::move(measures)) {}

  Text Bounds() const {
    const std::string year = std::to_string(context_.year);
    Text where;
    if (measures_.size() > 1) {
      where = {"un mes de la gestión " + year, "one month of " + year};
      if (Gestion()) where = {"la gestión " + year, "the year " + year};
    } else if (Gestion()) {
      where = {"dos gestiones seguidas con la " + year, "two years in a row with " + year};
    } else {
      where = {"los pares de meses seguidos de la gestión " + year + " y la gestión entera",
               "the pairs of months in a row of " + year + " and the whole year"};
    }
    const Text facts = Facts();
    return {where.es + ", con todos sus días hábiles; " + facts.es,
            where.en + ", with all their working days; " + facts.en};
  }

  // Consequences escaped by the same amount, or brought by the same rule, are told together.
  std::vector<base::Finding> Write(const std::vector<Asked>& asked) const {
    std::vector<std::vector<const Escape*>> groups;
    for (const Asked& one : asked) {
      if (!one.escape) continue;
      const Escape& escape = *one.escape;
      const auto group = std::find_if(groups.begin(), groups.end(), [&](const auto& members) {
        return std::any_of(members.begin(), members.end(), [&](const Escape* other) {
          return other->boundary == escape.boundary && (other->free.amount == escape.free.amount ||
                                                        other->by.front() == escape.by.front());
        });
      });
      if (group == groups.end()) {
        groups.push_back({&escape});
      } else {
        group->push_back(&escape);
      }
    }
    // The gravest speaks for all that the same boundary of the same count lets by.
    std::stable_sort(groups.begin(), groups.end(), [](const auto& a, const auto& b) {
      return a.back()->reach > b.back()->reach;
    });
    std::vector<base::Finding> findings;
    for (const auto& group : groups) findings.push_back(WriteGroup(group));
    return findings;
  }

 private:
  [[nodiscard]] const rules::Measure& measure() const { return rules_.measure(measures_[0]); }
  [[nodiscard]] bool Gestion() const { return measure().window == Window::Gestion; }
  [[nodiscard]] bool Run() const { return measure().aggregate == rules::Aggregate::Run; }

  // The strongest claim: of the consequences escaped by as much as the gravest, the one with
  // the plainest history, and then the mildest.
  static const Escape& Lead(const std::vector<const Escape*>& group) {
    const Escape* lead = group.back();
    for (const Escape* one : group) {
      const bool as_much = one->free.amount == lead->free.amount;
      const std::size_t facts = one->free.trial.history.facts.size();
      if (as_much &&
          (facts < lead->free.trial.history.facts.size() ||
           (facts == lead->free.trial.history.facts.size() && one->reach < lead->reach))) {
        lead = one;
      }
    }
    return *lead;
  }

  base::Finding WriteGroup(const std::vector<const Escape*>& group) const {
    const Escape& lead = Lead(group);
    const Escape& gravest = *group.back();
    base::Finding finding;
    finding.code = kLoophole;
    finding.severity = base::FindingSeverity::Warning;
    finding.title = Title(lead, gravest);
    finding.explanation = Explain(lead, gravest);
    for (MeasureId id : measures_) finding.articles.push_back(rules_.measure(id).citation);
    for (const Escape* one : group) {
      finding.region.push_back(Line(*one));
      for (rules::RuleId by : one->by) finding.articles.push_back(rules_.rule(by).citation);
    }
    CiteAtStake(rules_, lead.free.trial.result, gravest.caught.trial.result, finding);
    std::string key = std::to_string(static_cast<int>(lead.boundary));
    for (MeasureId id : measures_) key += "|" + rules_.measure(id).name;
    finding.id = FindingId(kLoophole, key);
    finding.reading = DescribeReading(rules_);
    finding.bounds = Bounds();
    finding.witness = Narrate(context_, lead.free.trial);
    finding.witness.label = FreeLabel(lead.boundary);
    finding.counterpart = Narrate(context_, gravest.caught.trial);
    finding.counterpart->label = CaughtLabel(gravest);
    return finding;
  }

  Text Name() const {
    std::vector<std::string> names;
    for (MeasureId id : measures_) names.push_back(Quoted(rules_.measure(id).name));
    return {Join(names, " y "), Join(names, " and ")};
  }

  Text FreeLabel(Boundary boundary) const {
    switch (boundary) {
      case Boundary::Reset:
        if (Gestion()) return {"en dos gestiones seguidas", "in two years in a row"};
        if (Run()) return {"entre un mes y el siguiente", "across the end of a month"};
        return {"en dos meses seguidos", "in two months in a row"};
      case Boundary::Apart:
        if (Gestion()) return {"entre las dos, en una gestión", "between both, in one year"};
        return {"entre las dos, en un mes", "between both, in one month"};
      case Boundary::Threshold:
        break;
    }
    return {"en la gestión", "in the year"};
  }

  Text CaughtLabel(const Escape& escape) const {
    switch (escape.boundary) {
      case Boundary::Reset:
        if (Gestion()) return {"en una sola gestión", "in a single year"};
        return {"en un solo mes", "in a single month"};
      case Boundary::Apart:
        return {"en una sola cuenta", "in a single count"};
      case Boundary::Threshold:
        break;
    }
    const std::size_t months = ByMonth(context_, measures_, escape.caught.trial).size();
    const std::string count = std::to_string(months);
    return {"en " + count + (months == 1 ? " mes" : " meses"),
            "in " + count + (months == 1 ? " month" : " months")};
  }

  [[nodiscard]] Text Most(const Measured& free) const {
    const Text most = Amount(rules_, measures_[0], free.amount);
    if (!Run()) return most;
    return {most.es + " seguidos", most.en + " in a row"};
  }

  Text Title(const Escape& lead, const Escape& gravest) const {
    const Text name = Name();
    const Text most = Most(lead.free);
    const Text least = Amount(rules_, measures_[0], gravest.caught.amount);
    const Text without = Without(lead.reach);
    const Text outcome = Outcome(rules_, gravest.caught.trial, gravest.by.front());
    const Text free = FreeLabel(lead.boundary);
    const Text caught = CaughtLabel(gravest);
    const bool apart = lead.boundary == Boundary::Apart;
    return {name.es + (apart ? " se cuentan aparte: " : ": ") + most.es + " " + free.es + " " +
                without.es + "; " + least.es + " " + caught.es + " llevan a " + outcome.es,
            name.en + (apart ? " are counted apart: " : ": ") + most.en + " " + free.en + " " +
                without.en + "; " + least.en + " " + caught.en + " lead to " + outcome.en};
  }

  // "sin falta grave: 4 en dos meses seguidos, 24 en la gestión; con 3 en un solo mes, ya no"
  Text Line(const Escape& escape) const {
    const Text without = Without(escape.reach);
    const Text most = Most(escape.free);
    const Text least = Amount(rules_, measures_[0], escape.caught.amount);
    const Text free = FreeLabel(escape.boundary);
    const Text caught = CaughtLabel(escape);
    Text line{without.es + ": " + most.es + " " + free.es,
              without.en + ": " + most.en + " " + free.en};
    if (escape.long_free) {
      const Text year = Amount(rules_, measures_[0], escape.long_free->amount);
      line.es += ", " + year.es + " en la gestión";
      line.en += ", " + year.en + " in the year";
    }
    line.es += "; con " + least.es + " " + caught.es + ", ya no";
    line.en += "; not so with " + least.en + " " + caught.en;
    return line;
  }

  // "enero 5 días, febrero 6 días", or each count's own amount; nothing for a run.
  Text Parts(const Escape& lead) const {
    if (Run()) return {};
    if (lead.boundary != Boundary::Apart) {
      return MonthByMonth(context_, measures_, lead.free.trial);
    }
    Text parts;
    for (MeasureId id : measures_) {
      Rational total = 0;
      for (const auto& [month, amount] : ByMonth(context_, {id}, lead.free.trial)) total += amount;
      const Text said = Amount(rules_, id, total);
      const std::string name = Quoted(rules_.measure(id).name);
      parts.es += (parts.es.empty() ? "" : ", ") + name + " " + said.es;
      parts.en += (parts.en.empty() ? "" : ", ") + name + " " + said.en;
    }
    return parts;
  }

  Text Explain(const Escape& lead, const Escape& gravest) const {
    Text text = Why(lead.boundary);
    const Text most = Most(lead.free);
    const Text least = Amount(rules_, measures_[0], gravest.caught.amount);
    const Text without = Without(lead.reach);
    const Text caught = CaughtLabel(gravest);
    const Text outcome = Outcome(rules_, gravest.caught.trial, gravest.by.front());
    const std::string article = rules_.rule(gravest.by.front()).citation.str();
    const Text parts = Parts(lead);
    const auto bracketed = [](const std::string& part) {
      return part.empty() ? "" : " (" + part + ")";
    };
    text.es += ". El testigo reúne " + most.es + bracketed(parts.es) + " " + without.es +
               ", y más no cabe; con " + least.es + " " + caught.es + ", " + article + " ordena " +
               outcome.es;
    text.en += ". The witness gathers " + most.en + bracketed(parts.en) + " " + without.en +
               ", and no more is possible; with " + least.en + " " + caught.en + ", " + article +
               " orders " + outcome.en;
    if (lead.long_free) {
      const Text year = Amount(rules_, measures_[0], lead.long_free->amount);
      const std::string gestion = std::to_string(context_.year);
      text.es += ". Mes a mes, en la gestión " + gestion + " se llega a " + year.es + ", también " +
                 without.es;
      text.en +=
          ". Month by month, in " + gestion + " it comes to " + year.en + ", also " + without.en;
    }
    const evaluation::Result& result = lead.free.trial.result;
    if (std::any_of(result.gaps.begin(), result.gaps.end(),
                    [&](const evaluation::GapHit& gap) { return LeavesUnpunished(rules_, gap); })) {
      text.es += ". A parte de lo reunido no se aplica ninguna regla: es un hueco";
      text.en += ". To part of what is gathered no rule applies: it is a gap";
    }
    return text;
  }

  Text Why(Boundary boundary) const {
    const Text name = Name();
    switch (boundary) {
      case Boundary::Apart:
        return {name.es + " tienen cada una su cuenta, y ninguna regla las suma",
                name.en + " have a count each, and no rule adds them up"};
      case Boundary::Threshold:
        return {name.es +
                    " empieza de nuevo cada mes, y lo que en cada mes no llega a la cifra que "
                    "cuenta como vez no se junta con lo de otro",
                name.en +
                    " starts again each month, and what falls short of the figure that "
                    "counts as a time is not added to another month's"};
      case Boundary::Reset:
        break;
    }
    if (Run()) {
      return {name.es +
                  " se mira dentro de cada mes: los días seguidos que pasan de un mes a otro "
                  "se parten en dos rachas",
              name.en +
                  " is looked at inside each month: consecutive days that go from one month "
                  "to the next are split into two runs"};
    }
    const bool gestion = Gestion();
    return {name.es + " empieza de nuevo cada " + (gestion ? "gestión" : "mes") +
                ": lo de una ventana no se suma a lo de la siguiente",
            name.en + " starts again each " + (gestion ? "year" : "month") +
                ": one window's amount is not added to the next one's"};
  }

  const CheckContext& context_;
  const rules::Ruleset& rules_;
  std::vector<MeasureId> measures_;
};

void CheckCounts(const CheckContext& context, const std::vector<MeasureId>& measures,
                 const std::string& name, base::CheckReport& report) {
  const EscapeWriter writer(context, measures);
  const std::vector<Asked> asked = measures.size() == 1
                                       ? AskReset(context, measures[0])
                                       : AskApart(context, measures[0], measures[1]);
  if (asked.empty()) return RecordNothingJudged(context, name, report);
  Count(context, asked.size());
  for (const Asked& one : asked) {
    report.queries.push_back(
        Record(name + "/" + ReachName(one.reach), one.verdict, one.reason, writer.Bounds()));
  }
  for (base::Finding& finding : writer.Write(asked)) {
    report.findings.push_back(std::move(finding));
  }
}

// ---- Ladders ---------------------------------------------------------------------

class LadderWriter {
 public:
  LadderWriter(const CheckContext& context, MeasureId measure, bool apart)
      : context_(context),
        rules_(context.rules),
        measure_(context.rules.measure(measure)),
        apart_(apart) {}

  Text Bounds() const {
    const std::string most = std::to_string(MostCommissions());
    const std::string field = Quoted(Field().name);
    const Text window = apart_ ? OneWindow() : TwoWindows();
    return {window.es + "; hasta " + most + " veces cada " + field +
                " en una ventana; una persona con los datos iniciales",
            window.en + "; up to " + most + " times each " + field +
                " in a window; a person as declared"};
  }

  base::Finding Write(const std::vector<LadderAsked>& asked) const {
    const LadderEscape* gravest = nullptr;
    base::Finding finding;
    finding.articles.push_back(measure_.citation);
    for (const LadderAsked& one : asked) {
      if (!one.escape) continue;
      gravest = &*one.escape;
      finding.region.push_back(Line(*one.escape));
      for (const Ladder& ladder : one.escape->ladders) {
        finding.articles.push_back(rules_.rule(ladder.by).citation);
      }
    }
    finding.code = kLoophole;
    finding.severity = base::FindingSeverity::Warning;
    finding.id = FindingId(kLoophole, std::string(apart_ ? "aparte" : "reinicio") + "|" +
                                          measure_.name + "|" + Field().name);
    CiteAtStake(rules_, gravest->free.trial.result, gravest->caught.trial.result, finding);
    finding.title = Title(*gravest);
    finding.explanation = Explain(*gravest);
    finding.reading = DescribeReading(rules_);
    finding.bounds = Bounds();
    finding.witness = Narrate(context_, gravest->free.trial);
    finding.witness.label = FreeLabel();
    finding.counterpart = Narrate(context_, gravest->caught.trial);
    finding.counterpart->label = {"las mismas de una sola clase, en una ventana",
                                  "as many of a single sort, in one window"};
    return finding;
  }

 private:
  [[nodiscard]] const rules::Field& Field() const {
    return rules_.kind(measure_.kind).fields[measure_.same_field.index()];
  }

  [[nodiscard]] Text OneWindow() const {
    if (measure_.window == Window::Month) return {"en un mes", "in one month"};
    return {"en una gestión", "in one year"};
  }
  [[nodiscard]] Text TwoWindows() const {
    if (measure_.window == Window::Month)
      return {"en dos meses seguidos", "in two months in a row"};
    return {"en dos gestiones seguidas", "in two years in a row"};
  }
  [[nodiscard]] Text FreeLabel() const {
    const Text window = apart_ ? OneWindow() : TwoWindows();
    if (apart_) return {"de varias clases, " + window.es, "of several sorts, " + window.en};
    return {"de una sola clase, " + window.es, "of a single sort, " + window.en};
  }

  [[nodiscard]] std::string Of(const Measured& measured) const {
    return measured.amount.str() + " de " + Quoted(rules_.kind(measure_.kind).name);
  }

  Text Title(const LadderEscape& escape) const {
    const Text free = FreeLabel();
    const Text without = Without(escape.reach);
    const Text window = OneWindow();
    const Text outcome =
        Outcome(rules_, escape.caught.trial,
                RulesThatBring(rules_, escape.caught.trial.result, escape.reach).front());
    const std::string field = Quoted(Field().name);
    const Text head = apart_ ? Text{"cada " + field + " se cuenta aparte: ",
                                    "each " + field + " is counted apart: "}
                             : Text{Quoted(measure_.name) + " empieza de nuevo: ",
                                    Quoted(measure_.name) + " starts again: "};
    return {head.es + Of(escape.free) + " " + free.es + " " + without.es + "; " +
                escape.caught.amount.str() + " de una sola " + window.es + " llevan a " +
                outcome.es,
            head.en + Of(escape.free) + " " + free.en + " " + without.en + "; " +
                escape.caught.amount.str() + " of a single one " + window.en + " lead to " +
                outcome.en};
  }

  // "sin destitución ni retiro: 47; RIP:43.II.a, RIP:43.II.b a la 5.ª vez; RIP:47.I.b a la 2.ª"
  Text Line(const LadderEscape& escape) const {
    const Text without = Without(escape.reach);
    Text line{without.es + ": " + escape.free.amount.str(),
              without.en + ": " + escape.free.amount.str()};
    for (std::size_t i = 0; i < escape.ladders.size();) {
      const int times = escape.ladders[i].times;
      std::vector<std::string> values;
      for (; i < escape.ladders.size() && escape.ladders[i].times == times; ++i) {
        values.push_back(rules::FormatValue(rules_, Field().type, escape.ladders[i].value));
      }
      const std::string list = Join(values, ", ");
      line.es += "; " + list + (values.size() == 1 ? " la trae" : " la traen") + " a la vez " +
                 std::to_string(times);
      line.en += "; " + list + (values.size() == 1 ? " brings" : " bring") + " it at time " +
                 std::to_string(times);
    }
    return line;
  }

  Text Explain(const LadderEscape& escape) const {
    const std::string field = Quoted(Field().name);
    const std::string kind = Quoted(rules_.kind(measure_.kind).name);
    const Text without = Without(escape.reach);
    const std::string most = escape.free.amount.str();
    const std::string least = escape.caught.amount.str();
    if (apart_) {
      return {Quoted(measure_.name) + " sólo cuenta los hechos de " + kind + " con el mismo " +
                  field +
                  ": repetir, cada vez con otro, no sube ningún peldaño. El testigo reúne " + most +
                  ", lo más que cabe " + without.es + "; " + least + " con el mismo ya la traen",
              Quoted(measure_.name) + " only counts facts of " + kind + " with the same " + field +
                  ": repeating, each time with another one, climbs no rung. The witness gathers " +
                  most + ", the most possible " + without.en + "; " + least +
                  " with the same one already bring it"};
    }
    return {Quoted(measure_.name) +
                " empieza de nuevo con cada ventana: lo cometido antes no cuenta "
                "después. El testigo reúne " +
                most + " con el mismo " + field + " " + without.es + "; " + least +
                " en una ventana ya la traen",
            Quoted(measure_.name) +
                " starts again with each window: what was done before does not "
                "count after. The witness gathers " +
                most + " with the same " + field + " " + without.en + "; " + least +
                " in one window already bring it"};
  }

  const CheckContext& context_;
  const rules::Ruleset& rules_;
  const rules::Measure& measure_;
  bool apart_;
};

void CheckLadder(const CheckContext& context, MeasureId measure, bool apart,
                 const std::string& name, base::CheckReport& report) {
  const std::vector<LadderAsked> asked =
      apart ? AskValuesApart(context, measure) : AskLadderReset(context, measure);
  if (asked.empty()) return RecordNothingJudged(context, name, report);
  const LadderWriter writer(context, measure, apart);
  Count(context, asked.size());
  bool found = false;
  for (const LadderAsked& one : asked) {
    found = found || one.escape;
    report.queries.push_back(
        Record(name + "/" + ReachName(one.reach), one.verdict, one.reason, writer.Bounds()));
  }
  if (found) report.findings.push_back(writer.Write(asked));
}

// ---- Plan ------------------------------------------------------------------------

// Primitive kinds that can become what the measures count.
std::vector<rules::FactKindId> SourcesOf(const rules::Ruleset& rules,
                                         const std::vector<MeasureId>& measures) {
  std::vector<rules::FactKindId> sources;
  for (std::size_t k = 0; k < rules.fact_kinds.size(); ++k) {
    const rules::FactKindId kind(static_cast<std::int64_t>(k));
    if (rules.fact_kinds[k].derived) continue;
    const std::vector<bool> becomes = Becomes(rules, {kind});
    const bool counted = std::any_of(measures.begin(), measures.end(), [&](MeasureId id) {
      return becomes[rules.measure(id).kind.index()];
    });
    if (counted) sources.push_back(kind);
  }
  return sources;
}

bool KeptApart(const rules::Measure& a, const rules::Measure& b) {
  const bool windowed = a.window == Window::Month || a.window == Window::Gestion;
  return windowed && a.window == b.window && a.aggregate == b.aggregate && a.type == b.type &&
         a.kind != b.kind && a.at_least == b.at_least && !a.citation.empty() &&
         a.citation == b.citation && !a.same_field.valid() && !b.same_field.valid();
}

bool StartsAgain(const rules::Measure& measure) {
  return measure.window == Window::Month || measure.window == Window::Gestion;
}

}  // namespace

void PlanLoopholes(const CheckContext& context, std::vector<Task>& tasks) {
  const rules::Ruleset& rules = context.rules;
  const std::vector<MeasureId> judged = JudgedMeasures(rules);
  const auto add = [&](const std::string& name, const std::vector<MeasureId>& measures, auto run) {
    tasks.push_back({std::string(kLoophole) + "/" + name,
                     DependsOn(context, DeclarationsOf(context, SourcesOf(rules, measures))),
                     [name = std::string(kLoophole) + "/" + name, run](base::CheckReport& report) {
                       run(name, report);
                     }});
  };
  for (std::size_t i = 0; i < judged.size(); ++i) {
    const rules::Measure& measure = rules.measure(judged[i]);
    const MeasureId id = judged[i];
    if (measure.same_field.valid()) {
      const std::string field = rules.kind(measure.kind).fields[measure.same_field.index()].name;
      add("aparte/" + measure.name + "/" + field, {id},
          [&context, id](const std::string& name, base::CheckReport& report) {
            CheckLadder(context, id, true, name, report);
          });
    }
    if (!StartsAgain(measure)) continue;
    add("reinicio/" + measure.name, {id},
        [&context, id](const std::string& name, base::CheckReport& report) {
          if (context.rules.measure(id).same_field.valid()) {
            CheckLadder(context, id, false, name, report);
          } else {
            CheckCounts(context, {id}, name, report);
          }
        });
    for (std::size_t j = i + 1; j < judged.size(); ++j) {
      const rules::Measure& other = rules.measure(judged[j]);
      if (!KeptApart(measure, other)) continue;
      const std::vector<MeasureId> pair{id, judged[j]};
      add("aparte/" + measure.name + "/" + other.name, pair,
          [&context, pair](const std::string& name, base::CheckReport& report) {
            CheckCounts(context, pair, name, report);
          });
    }
  }
}

}  // namespace cotejo::checks
