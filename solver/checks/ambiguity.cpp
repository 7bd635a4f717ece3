// Ambiguity: a case whose answer depends on how a text is read. One reading is changed at a
// time; the histories tried are the regulation's own cases, made as small as they can be.
#include <algorithm>

#include "model/evaluation/impossible.h"
#include "model/evaluation/world.h"
#include "solver/checks/other_readings.h"
#include "solver/checks/plans.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Text;
using base::Verdict;
using evaluation::History;

namespace {

constexpr const char* kAmbiguity = "ambigüedad";

// Two contexts that differ in one option, and the ways of reading they rest on.
struct Sides {
  const CheckContext* own = nullptr;
  const CheckContext* other = nullptr;
};

// The same case on both sides. It is told by two histories only where the readings give the day
// different shifts: each tells it in its own.
struct Answers {
  Sides sides;
  Trial own, other;
  Contrast contrast;
  bool one_history = true;
};

// A definition about the person that is worth different things.
struct Worth {
  std::size_t definition = 0;
  History person;
  rules::Value own, other;
};

std::vector<rules::Shift> ShiftsOn(const rules::Ruleset& rules, const History& history,
                                   base::Date date) {
  const int schedule = evaluation::ScheduleOn(rules, history, date);
  if (schedule < 0) return {};
  return rules.schedules[static_cast<std::size_t>(schedule)].shifts;
}

bool ReadsField(const rules::Ruleset& rules, rules::ExprId id) {
  const rules::Expr& expr = rules.expr(id);
  return expr.op == rules::Op::Field ||
         std::any_of(expr.args.begin(), expr.args.end(),
                     [&](rules::ExprId arg) { return ReadsField(rules, arg); });
}

class Ambiguity {
 public:
  Ambiguity(const CheckContext& context, std::size_t reading, int option)
      : context_(context),
        rules_(context.rules),
        reading_(context.rules.readings[reading]),
        index_(reading),
        option_(option) {}

  void Run(base::CheckReport& report) {
    base::QueryRecord record;
    record.name = std::string(kAmbiguity) + "/" + reading_.name + "/" + Option(option_).name;
    record.check = kAmbiguity;
    record.engine = "intérprete";
    record.bounds = Bounds();
    Ask(record, report);
    report.queries.push_back(std::move(record));
    if (context_.options.progress == nullptr) return;
    ++context_.options.progress->planned;
    ++context_.options.progress->done;
  }

 private:
  void Ask(base::QueryRecord& record, base::CheckReport& report) {
    const auto other = OtherReading::Of(context_, {{index_, option_}});
    if (!other || other->rules().fact_kinds.size() != rules_.fact_kinds.size() ||
        other->rules().attributes.size() != rules_.attributes.size() ||
        other->rules().definitions.size() != rules_.definitions.size()) {
      record.reason = {"la regulación no se pudo leer de ese modo",
                       "the regulation could not be read that way"};
      return;
    }
    const Sides sides{&context_, &other->context()};
    const auto refuted = [&](base::Finding finding) {
      record.verdict = Verdict::Refuted;
      record.evidence = base::Evidence::Replayed;
      report.findings.push_back(std::move(finding));
    };
    for (int distance : {0, 1}) {
      if (const auto answers = Smallest(sides, distance)) return refuted(Describe(*answers));
    }
    if (SameRules(context_, other->rules())) {
      if (const auto worth = FindWorth(other->rules())) {
        return refuted(DescribeWorth(*worth, other->context()));
      }
      record.verdict = Verdict::Proved;
      record.evidence = base::Evidence::Enumerated;
      report.findings.push_back(NoEffect());
      return;
    }
    if (auto finding = UnderTheirOwn()) return refuted(std::move(*finding));
    if (const auto answers = Smallest(sides, 2)) return refuted(Describe(*answers));
    const std::string tried = std::to_string(tried_);
    record.reason = {"las reglas cambian, pero ningún caso las distingue (probados: " + tried + ")",
                     "the rules change, but no case tells them apart (tried: " + tried + ")"};
  }

  [[nodiscard]] const rules::ReadingOption& Option(int option) const {
    return reading_.options[static_cast<std::size_t>(option)];
  }

  // ---- Which cases ---------------------------------------------------------------

  // 0: written for this reading; 1: of an article it is about; 2: any other.
  [[nodiscard]] int Distance(const rules::Case& example) const {
    for (const auto& [reading, option] : example.readings) {
      if (reading.index() == index_) return 0;
    }
    const auto within = [&](const base::Citation& citation) {
      return example.citation.within(citation) || citation.within(example.citation);
    };
    const bool touched = !example.citation.empty() &&
                         std::any_of(reading_.citations.begin(), reading_.citations.end(), within);
    return touched ? 1 : 2;
  }

  // Of those that differ: those that differ in a sanction, and of those the smallest.
  std::optional<Answers> Smallest(const Sides& sides, int distance) {
    std::optional<Answers> smallest;
    for (const rules::Case& example : rules_.cases) {
      if (Distance(example) == distance) Improve(sides, example, smallest);
    }
    return smallest;
  }

  void Improve(const Sides& sides, const rules::Case& example, std::optional<Answers>& smallest) {
    History history = evaluation::CaseHistory(rules_, example);
    history.person = "testigo";
    for (const auto& [own, other] : Tellings(sides, history)) {
      if (!MayBe(sides, own, other)) continue;
      ++tried_;
      auto answers = Compare(sides, own, other);
      if (!answers) continue;
      answers->one_history = own.facts.size() == other.facts.size();
      auto reduced = Reduce(std::move(*answers), smallest);
      if (reduced && (!smallest || Better(*reduced, *smallest))) smallest = std::move(reduced);
    }
  }

  static bool Better(const Answers& a, const Answers& b) {
    if (a.contrast.weighs != b.contrast.weighs) return a.contrast.weighs;
    return Size(a.own.history) < Size(b.own.history);
  }

  static std::size_t Size(const History& history) {
    std::size_t size = history.facts.size();
    for (const auto& dated : history.attributes) size += dated.size();
    return size;
  }

  // The cases written for this reading and for others too, each under the others it asks for.
  std::optional<base::Finding> UnderTheirOwn() {
    for (const rules::Case& example : rules_.cases) {
      if (Distance(example) != 0 || example.readings.size() < 2) continue;
      std::vector<ReadingChange> changes;
      for (const auto& [reading, option] : example.readings) {
        if (reading.index() != index_) changes.emplace_back(reading.index(), option);
      }
      const auto own = OtherReading::Of(context_, changes);
      changes.emplace_back(index_, option_);
      const auto other = OtherReading::Of(context_, changes);
      if (!own || !other) continue;
      std::optional<Answers> smallest;
      Improve({&own->context(), &other->context()}, example, smallest);
      if (smallest) return Describe(*smallest);
    }
    return std::nullopt;
  }

  // The case itself and, where the readings give its first day different shifts, that whole day
  // spent in facts of each kind placed in a shift.
  [[nodiscard]] std::vector<std::pair<History, History>> Tellings(const Sides& sides,
                                                                  const History& history) const {
    std::vector<std::pair<History, History>> tellings{{history, history}};
    if (history.facts.empty()) return tellings;
    const base::Date date = history.facts.front().date;
    const auto own = ShiftsOn(sides.own->rules, history, date);
    const auto other = ShiftsOn(sides.other->rules, history, date);
    if (own.size() == other.size()) return tellings;
    for (std::size_t k = 0; k < rules_.fact_kinds.size(); ++k) {
      const rules::FactKind& kind = rules_.fact_kinds[k];
      if (kind.derived || kind.is_sanction || kind.placement != rules::Placement::Shift) continue;
      const rules::FactKindId id(static_cast<std::int64_t>(k));
      tellings.emplace_back(WholeDay(history, id, date, own.size()),
                            WholeDay(history, id, date, other.size()));
    }
    return tellings;
  }

  [[nodiscard]] History WholeDay(const History& like, rules::FactKindId kind, base::Date date,
                                 std::size_t shifts) const {
    History history = like;
    history.facts.clear();
    for (std::size_t s = 1; s <= shifts; ++s) {
      evaluation::Fact fact;
      fact.kind = kind;
      fact.date = date;
      fact.shift = static_cast<int>(s);
      fact.fields = PlainFields(rules_, kind);
      history.facts.push_back(std::move(fact));
    }
    return history;
  }

  // ---- Two answers ---------------------------------------------------------------

  // One shift of a day may be there as one side reads the text, and not as the other does.
  static bool MayBe(const Sides& sides, const History& own, const History& other) {
    return !evaluation::WhyImpossible(sides.own->rules, own) &&
           !evaluation::WhyImpossible(sides.other->rules, other);
  }

  // Nothing when they are the same, or when one side cannot answer.
  static std::optional<Answers> Compare(const Sides& sides, const History& own,
                                        const History& other) {
    std::optional<Trial> first = Replay(*sides.own, own);
    std::optional<Trial> second = first ? Replay(*sides.other, other) : std::nullopt;
    if (!second) return std::nullopt;
    Contrast contrast = ContrastOf(ConsequencesOf(sides.own->rules, first->result),
                                   ConsequencesOf(sides.other->rules, second->result));
    if (contrast.empty()) return std::nullopt;
    return Answers{sides, std::move(*first), std::move(*second), std::move(contrast), true};
  }

  // Facts and attributes left out one by one as long as the answers differ as much; nothing as
  // soon as what could not be left out makes it no better than the smallest so far.
  [[nodiscard]] static std::optional<Answers> Reduce(Answers answers,
                                                     const std::optional<Answers>& smallest) {
    const bool weighs = answers.contrast.weighs;
    if (smallest && smallest->contrast.weighs && !weighs) return std::nullopt;
    const bool alike = smallest && smallest->contrast.weighs == weighs;
    const auto hopeless = [&](std::size_t kept) {
      return alike && kept >= Size(smallest->own.history);
    };
    for (std::size_t i = 0; answers.one_history && i < answers.own.history.facts.size();) {
      if (hopeless(i)) return std::nullopt;
      History smaller = answers.own.history;
      smaller.facts.erase(smaller.facts.begin() + static_cast<std::ptrdiff_t>(i));
      if (!Keep(answers, smaller, smaller)) ++i;
    }
    std::size_t kept = answers.own.history.facts.size();
    for (std::size_t a = 0; a < answers.own.history.attributes.size(); ++a) {
      if (answers.own.history.attributes[a].empty()) continue;
      if (hopeless(kept)) return std::nullopt;
      History own = answers.own.history;
      History other = answers.other.history;
      own.attributes[a].clear();
      other.attributes[a].clear();
      if (!Keep(answers, own, other)) kept += answers.own.history.attributes[a].size();
    }
    return answers;
  }

  static bool Keep(Answers& answers, const History& own, const History& other) {
    if (!MayBe(answers.sides, own, other)) return false;
    auto smaller = Compare(answers.sides, own, other);
    if (!smaller || smaller->contrast.weighs != answers.contrast.weighs) return false;
    smaller->one_history = answers.one_history;
    answers = std::move(*smaller);
    return true;
  }

  // ---- What a definition is worth -------------------------------------------------

  // For the persons of the cases and, of each attribute, the largest value it may have.
  [[nodiscard]] std::optional<Worth> FindWorth(const rules::Ruleset& other) const {
    History plain;
    plain.person = "testigo";
    plain.from = base::Date(context_.year, 1, 1);
    plain.to = base::Date(context_.year, 12, 31);
    plain.attributes.resize(rules_.attributes.size());
    std::vector<History> people{plain};
    for (std::size_t a = 0; a < rules_.attributes.size(); ++a) {
      if (!rules_.attributes[a].high) continue;
      people.push_back(plain);
      people.back().attributes[a] = {{std::nullopt, {*rules_.attributes[a].high, false}}};
    }
    for (std::size_t d = 0; d < rules_.definitions.size(); ++d) {
      if (ReadsField(rules_, rules_.definitions[d].body)) continue;
      for (const History& person : people) {
        const auto own = ValueOf(rules_, d, person);
        const auto second = ValueOf(other, d, person);
        if (own && second && *own != *second) return Worth{d, person, *own, *second};
      }
    }
    return std::nullopt;
  }

  static std::optional<rules::Value> ValueOf(const rules::Ruleset& rules, std::size_t definition,
                                             const History& person) {
    try {
      evaluation::World world(rules, person);
      return world.Eval(rules.definitions[definition].body, {person.from, -1});
    } catch (const evaluation::Fault&) {
      return std::nullopt;  // the definition is about somebody else
    } catch (const base::ArithmeticError&) {
      return std::nullopt;
    }
  }

  // ---- Words ---------------------------------------------------------------------

  [[nodiscard]] static Text Bounds() {
    return {"los casos de la regulación, cambiando una sola lectura a la vez",
            "the regulation's cases, changing one reading at a time"};
  }

  static std::string Spaced(std::string name) {
    std::replace(name.begin(), name.end(), '_', ' ');
    return "«" + name + "»";
  }

  [[nodiscard]] base::Finding Blank(const CheckContext& context) const {
    base::Finding finding;
    finding.code = kAmbiguity;
    finding.severity = base::FindingSeverity::Warning;
    finding.id = AmbiguityId(reading_, Option(option_));
    finding.articles = Unique(reading_.citations);
    finding.reading = DescribeReading(context.rules);
    finding.bounds = Bounds();
    return finding;
  }

  void Say(const Text& own, const Text& other, base::Finding& finding) const {
    const std::string assumed = Spaced(Option(reading_.chosen).name);
    const std::string option = Spaced(Option(option_).name);
    finding.explanation = {
        "las dos lecturas declaradas son defendibles y nada en la regulación decide. Con " +
            assumed + " (" + Option(reading_.chosen).description + "), el testigo da: " + own.es +
            ". Con " + option + " (" + Option(option_).description + "), da: " + other.es,
        "both declared readings are defensible and nothing in the regulation decides. With " +
            assumed + " (" + Option(reading_.chosen).description +
            "), the witness gives: " + own.en + ". With " + option + " (" +
            Option(option_).description + "), it gives: " + other.en};
    finding.region = {{assumed + ": " + own.es, assumed + ": " + own.en},
                      {option + ": " + other.es, option + ": " + other.en}};
    finding.witness.label = {"bajo " + assumed, "under " + assumed};
    finding.counterpart->label = {"bajo " + option, "under " + option};
  }

  [[nodiscard]] base::Finding Describe(const Answers& answers) const {
    base::Finding finding = Blank(*answers.sides.own);
    const Text own = DescribeAll(answers.contrast.own);
    const Text other = DescribeAll(answers.contrast.other);
    const std::string name = Spaced(reading_.name);
    finding.title = {
        "según cómo se lea " + name + ", un caso da «" + own.es + "» o «" + other.es + "»",
        "depending on how " + name + " is read, a case gives «" + own.en + "» or «" + other.en +
            "»"};
    const auto cite = [&](const std::vector<Consequence>& all, const rules::Ruleset& rules) {
      std::vector<rules::RuleId> ids;
      for (const Consequence& one : all) {
        if (!one.rule.valid()) continue;
        ids.push_back(one.rule);
        finding.articles.push_back(rules.rule(one.rule).citation);
      }
      return ids;
    };
    finding.witness = Narrate(*answers.sides.own, answers.own,
                              cite(answers.contrast.own, answers.sides.own->rules));
    finding.counterpart = Narrate(*answers.sides.other, answers.other,
                                  cite(answers.contrast.other, answers.sides.other->rules));
    finding.articles = Unique(std::move(finding.articles));
    Say(own, other, finding);
    AnswerWithWhatDoesNotApply(finding);
    return finding;
  }

  [[nodiscard]] base::Finding DescribeWorth(const Worth& worth, const CheckContext& other) const {
    base::Finding finding = Blank(context_);
    const rules::Definition& definition = rules_.definitions[worth.definition];
    const rules::Type type = rules_.expr(definition.body).type;
    const auto say = [&](const rules::Value& value) {
      return Text{rules::FormatValue(rules_, type, value, base::Language::Spanish),
                  rules::FormatValue(rules_, type, value, base::Language::English)};
    };
    const Text own = say(worth.own);
    const Text second = say(worth.other);
    const std::string name = Spaced(reading_.name);
    const std::string what = Spaced(definition.name);
    finding.title = {
        "según cómo se lea " + name + ", " + what + " vale " + own.es + " o " + second.es,
        "depending on how " + name + " is read, " + what + " is worth " + own.en + " or " +
            second.en};
    finding.articles.push_back(definition.citation);
    finding.articles = Unique(std::move(finding.articles));
    const auto narrate = [&](const CheckContext& side, const Text& value) {
      base::Witness witness = DescribeWitness(side, {worth.person, {}, {}});
      witness.answers.push_back({definition.citation,
                                 definition.name,
                                 {what + " = " + value.es, what + " = " + value.en},
                                 true,
                                 worth.person.from});
      return witness;
    };
    finding.witness = narrate(context_, own);
    finding.counterpart = narrate(other, second);
    Say({what + " = " + own.es, what + " = " + own.en},
        {what + " = " + second.es, what + " = " + second.en}, finding);
    return finding;
  }

  [[nodiscard]] base::Finding NoEffect() const {
    base::Finding finding = Blank(context_);
    finding.severity = base::FindingSeverity::Information;
    finding.evidence = base::Evidence::Quoted;
    const std::string name = Spaced(reading_.name);
    const std::string option = Spaced(Option(option_).name);
    finding.title = {"la lectura " + option + " de " + name + " no cambia nada en el modelo",
                     "the reading " + option + " of " + name + " changes nothing in the model"};
    finding.explanation = {
        "el texto admite leer «" + Option(option_).description + "» en vez de «" +
            Option(reading_.chosen).description +
            "», pero ninguna regla, medida ni definición codificada cambia con ello: la duda queda "
            "declarada y su efecto no se puede calcular aquí",
        "the text may be read as «" + Option(option_).description + "» instead of «" +
            Option(reading_.chosen).description +
            "», but no encoded rule, measure or definition changes with it: the doubt is declared "
            "and its effect cannot be computed here"};
    finding.region = {{option, option}};
    return finding;
  }

  const CheckContext& context_;
  const rules::Ruleset& rules_;
  const rules::Reading& reading_;
  std::size_t index_;
  int option_;
  int tried_ = 0;
};

}  // namespace

std::string AmbiguityId(const rules::Reading& reading, const rules::ReadingOption& option) {
  return base::FindingId(kAmbiguity, reading.name + "|" + option.name);
}

void PlanAmbiguities(const CheckContext& context, std::vector<Task>& tasks) {
  const std::string depends = DependsOnReadings(context);
  for (std::size_t r = 0; r < context.rules.readings.size(); ++r) {
    const rules::Reading& reading = context.rules.readings[r];
    for (std::size_t o = 0; o < reading.options.size(); ++o) {
      const int option = static_cast<int>(o);
      if (option == reading.chosen) continue;
      tasks.push_back({std::string(kAmbiguity) + "/" + reading.name + "/" + reading.options[o].name,
                       depends, [&context, r, option](base::CheckReport& report) {
                         Ambiguity(context, r, option).Run(report);
                       }});
    }
  }
}

}  // namespace cotejo::checks
