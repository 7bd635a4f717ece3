// Ambiguity: a case whose answer depends on how a text is read. One reading is changed at a
// time; the histories tried are the regulation's own cases, made as small as they can be.
#include <algorithm>
#include <tuple>

#include "solver/checks/other_readings.h"
#include "solver/checks/plans.h"
#include "solver/checks/wording.h"

namespace cotejo::checks {

using base::Text;
using base::Verdict;
using evaluation::History;

namespace {

constexpr const char* kAmbiguity = "ambigüedad";

// The same case under two readings. They are two histories only where the readings give the day
// different shifts: then each tells the case in its own.
struct Pair {
  Trial own, other;
  bool one_history = true;
  std::vector<Consequence> only_own, only_other;

  [[nodiscard]] bool differ() const { return !only_own.empty() || !only_other.empty(); }
};

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
    other_ = OtherReading::Of(context_, {{index_, option_}});
    if (!other_ || other_->rules().fact_kinds.size() != rules_.fact_kinds.size() ||
        other_->rules().attributes.size() != rules_.attributes.size()) {
      record.reason = {"la regulación no se pudo leer de ese modo",
                       "the regulation could not be read that way"};
      return;
    }
    if (SameContent(rules_, other_->rules())) {
      record.verdict = Verdict::Proved;
      record.evidence = base::Evidence::Enumerated;
      report.findings.push_back(NoEffect());
      return;
    }
    if (const auto pair = Smallest()) {
      record.verdict = Verdict::Refuted;
      record.evidence = base::Evidence::Replayed;
      report.findings.push_back(Describe(*pair));
      return;
    }
    const std::string tried = std::to_string(tried_);
    record.reason = {
        "las reglas cambian, pero ninguno de los " + tried + " casos probados las distingue",
        "the rules change, but none of the " + tried + " cases tried tells them apart"};
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

  std::optional<Pair> Smallest() {
    for (int distance = 0; distance <= 2; ++distance) {
      std::optional<Pair> smallest;
      for (const rules::Case& example : rules_.cases) {
        if (Distance(example) != distance) continue;
        History history = evaluation::CaseHistory(rules_, example);
        history.person = "testigo";
        for (const auto& [own, other] : Tellings(history)) {
          if (smallest && Size(own) >= Size(smallest->own.history)) continue;
          ++tried_;
          auto pair = Compare(own, other);
          if (!pair || !pair->differ()) continue;
          pair->one_history = own.facts.size() == other.facts.size();
          smallest = Reduce(std::move(*pair));
        }
      }
      if (smallest) return smallest;
    }
    return std::nullopt;
  }

  static std::size_t Size(const History& history) {
    std::size_t size = history.facts.size();
    for (const auto& dated : history.attributes) size += dated.size();
    return size;
  }

  // The case itself and, where the readings give its first day different shifts, that whole day
  // spent in facts of each kind placed in a shift.
  [[nodiscard]] std::vector<std::pair<History, History>> Tellings(const History& history) const {
    std::vector<std::pair<History, History>> tellings{{history, history}};
    if (history.facts.empty()) return tellings;
    const base::Date date = history.facts.front().date;
    const auto own = ShiftsOn(rules_, history, date);
    const auto other = ShiftsOn(other_->rules(), history, date);
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

  static std::vector<rules::Shift> ShiftsOn(const rules::Ruleset& rules, const History& history,
                                            base::Date date) {
    const int schedule = evaluation::ScheduleOn(rules, history, date);
    if (schedule < 0) return {};
    return rules.schedules[static_cast<std::size_t>(schedule)].shifts;
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

  [[nodiscard]] std::optional<Pair> Compare(const History& own, const History& other) const {
    std::optional<Trial> first = Replay(context_, own);
    std::optional<Trial> second = first ? Replay(other_->context(), other) : std::nullopt;
    if (!second) return std::nullopt;
    const auto a = ConsequencesOf(rules_, first->result);
    const auto b = ConsequencesOf(other_->rules(), second->result);
    return Pair{std::move(*first), std::move(*second), true, Missing(a, b), Missing(b, a)};
  }

  // Facts and attributes left out one by one as long as the answers differ.
  [[nodiscard]] Pair Reduce(Pair pair) const {
    for (std::size_t i = 0; pair.one_history && i < pair.own.history.facts.size();) {
      History smaller = pair.own.history;
      smaller.facts.erase(smaller.facts.begin() + static_cast<std::ptrdiff_t>(i));
      if (!Keep(pair, smaller, smaller)) ++i;
    }
    for (std::size_t a = 0; a < pair.own.history.attributes.size(); ++a) {
      if (pair.own.history.attributes[a].empty()) continue;
      History own = pair.own.history;
      History other = pair.other.history;
      own.attributes[a].clear();
      other.attributes[a].clear();
      Keep(pair, own, other);
    }
    return pair;
  }

  bool Keep(Pair& pair, const History& own, const History& other) const {
    auto smaller = Compare(own, other);
    if (!smaller || !smaller->differ()) return false;
    smaller->one_history = pair.one_history;
    pair = std::move(*smaller);
    return true;
  }

  // ---- Words ---------------------------------------------------------------------

  [[nodiscard]] Text Bounds() const {
    return {"los casos de la regulación, cambiando una sola lectura a la vez",
            "the regulation's cases, changing one reading at a time"};
  }

  [[nodiscard]] std::string Spaced(std::string name) const {
    std::replace(name.begin(), name.end(), '_', ' ');
    return "«" + name + "»";
  }

  [[nodiscard]] base::Finding Blank() const {
    base::Finding finding;
    finding.code = kAmbiguity;
    finding.id = FindingId(kAmbiguity, reading_.name + "|" + Option(option_).name);
    finding.articles = Unique(reading_.citations);
    finding.reading = DescribeReading(rules_);
    finding.bounds = Bounds();
    return finding;
  }

  [[nodiscard]] base::Finding NoEffect() const {
    base::Finding finding = Blank();
    finding.severity = base::FindingSeverity::Information;
    finding.evidence = base::Evidence::Quoted;
    const std::string name = Spaced(reading_.name);
    const std::string option = Spaced(Option(option_).name);
    finding.title = {"la lectura " + option + " de " + name + " no cambia nada en el modelo",
                     "the reading " + option + " of " + name + " changes nothing in the model"};
    finding.explanation = {
        "el texto admite leer «" + Option(option_).description + "» en vez de «" +
            Option(reading_.chosen).description +
            "», pero ninguna regla, medida ni escala codificada cambia con ello: la duda queda "
            "declarada y su efecto no se puede calcular aquí",
        "the text may be read as «" + Option(option_).description + "» instead of «" +
            Option(reading_.chosen).description +
            "», but no encoded rule, measure or scale changes with it: the doubt is declared and "
            "its effect cannot be computed here"};
    finding.region = {{option, option}};
    return finding;
  }

  [[nodiscard]] base::Finding Describe(const Pair& pair) const {
    base::Finding finding = Blank();
    finding.severity = base::FindingSeverity::Warning;
    const Text own = DescribeAll(pair.only_own);
    const Text other = DescribeAll(pair.only_other);
    const std::string assumed = Spaced(Option(reading_.chosen).name);
    const std::string option = Spaced(Option(option_).name);
    const std::string name = Spaced(reading_.name);
    finding.title = {
        "según cómo se lea " + name + ", el mismo caso da «" + own.es + "» o «" + other.es + "»",
        "depending on how " + name + " is read, one case gives «" + own.en + "» or «" + other.en +
            "»"};
    finding.explanation = {
        "si " + Option(reading_.chosen).description + ", el testigo da: " + own.es + ". Si " +
            Option(option_).description + ", da: " + other.es +
            ". El texto admite las dos cosas y nada en la regulación decide",
        "if " + Option(reading_.chosen).description + ", the witness gives: " + own.en + ". If " +
            Option(option_).description + ", it gives: " + other.en +
            ". The text admits both and nothing in the regulation decides"};
    finding.region = {{assumed + ": " + own.es, assumed + ": " + own.en},
                      {option + ": " + other.es, option + ": " + other.en}};
    std::vector<rules::RuleId> own_rules;
    std::vector<rules::RuleId> other_rules;
    const auto note = [&](const std::vector<Consequence>& all, const rules::Ruleset& rules,
                          std::vector<rules::RuleId>& ids) {
      for (const Consequence& one : all) {
        if (!one.rule.valid()) continue;
        ids.push_back(one.rule);
        finding.articles.push_back(rules.rule(one.rule).citation);
      }
    };
    note(pair.only_own, rules_, own_rules);
    note(pair.only_other, other_->rules(), other_rules);
    finding.articles = Unique(std::move(finding.articles));
    finding.witness = Narrate(context_, pair.own, own_rules);
    finding.witness.label = {"bajo " + assumed, "under " + assumed};
    finding.counterpart = Narrate(other_->context(), pair.other, other_rules);
    finding.counterpart->label = {"bajo " + option, "under " + option};
    return finding;
  }

  const CheckContext& context_;
  const rules::Ruleset& rules_;
  const rules::Reading& reading_;
  std::size_t index_;
  int option_;
  std::unique_ptr<OtherReading> other_;
  int tried_ = 0;
};

}  // namespace

void PlanAmbiguities(const CheckContext& context, std::vector<Task>& tasks) {
  for (std::size_t r = 0; r < context.rules.readings.size(); ++r) {
    const rules::Reading& reading = context.rules.readings[r];
    for (std::size_t o = 0; o < reading.options.size(); ++o) {
      const int option = static_cast<int>(o);
      if (option == reading.chosen) continue;
      // What the other option says is not in the content of this ruleset: not kept.
      tasks.push_back({std::string(kAmbiguity) + "/" + reading.name + "/" + reading.options[o].name,
                       "", [&context, r, option](base::CheckReport& report) {
                         Ambiguity(context, r, option).Run(report);
                       }});
    }
  }
}

}  // namespace cotejo::checks
