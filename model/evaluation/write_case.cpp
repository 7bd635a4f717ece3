#include "model/evaluation/write_case.h"

#include <algorithm>
#include <map>

namespace cotejo::evaluation {

using rules::Consequence;
using rules::ConsequenceKind;

namespace {

// Unwinds the writing of one case; never leaves WriteCase.
struct Unsayable {
  base::Text reason;
};

[[noreturn]] void CannotSay(const std::string& es, const std::string& en) {
  throw Unsayable{{es, en}};
}

std::string Quoted(const std::string& text) {
  if (text.find('\n') == std::string::npos) {
    if (text.find('"') == std::string::npos) return '"' + text + '"';
    if (text.find("”") == std::string::npos) return "“" + text + "”";
  }
  CannotSay("un texto lleva comillas o saltos de línea: " + text,
            "a text has quotes or line breaks: " + text);
}

std::string Cited(const base::Citation& citation) {
  return citation.empty() ? "" : " cita " + citation.str();
}

// As the language reads it: "días" alone are of the calendar.
std::string TermText(const rules::Ruleset& rules, const rules::Term& term) {
  const auto amount = WriteValue(rules, rules::Type{}, {term.amount, false});
  if (!amount) CannotSay("un plazo no se puede escribir", "a term cannot be written");
  switch (term.unit) {
    case rules::TermUnit::Hours:
      return *amount + " horas";
    case rules::TermUnit::CalendarDays:
      return *amount + " días";
    case rules::TermUnit::BusinessDays:
      return *amount + " días hábiles";
    case rules::TermUnit::Months:
      return *amount + " meses";
  }
  return {};
}

class CaseWriter {
 public:
  CaseWriter(const rules::Ruleset& rules, const rules::Families& families, const History& history)
      : rules_(rules), families_(families), history_(history) {}

  std::string Write(const std::string& name, const base::Citation& citation) {
    text_ = "caso " + Quoted(name) + Cited(citation) + "\n";
    WriteReadings();
    WriteAttributes();
    WriteFacts();
    WriteExpectations();
    return text_;
  }

 private:
  void Line(const std::string& line) { text_ += "  " + line + "\n"; }

  void WriteReadings() {
    for (const rules::Reading& reading : rules_.readings) {
      if (reading.chosen == reading.assumed) continue;
      Line("bajo " + reading.name + "." +
           reading.options[static_cast<std::size_t>(reading.chosen)].name);
    }
  }

  std::string ValueText(const rules::Type& type, const Value& value, const std::string& what) {
    if (const auto text = WriteValue(rules_, type, value)) return *text;
    CannotSay(
        "el valor de «" + what + "» no se puede escribir: " + FormatValue(rules_, type, value),
        "the value of '" + what +
            "' cannot be written: " + FormatValue(rules_, type, value, base::Language::English));
  }

  // One line for the values of always, and one for each date that changes some.
  void WriteAttributes() {
    std::map<std::optional<Date>, std::string> lines;
    for (std::size_t a = 0; a < history_.attributes.size(); ++a) {
      const rules::Attribute& attribute = rules_.attributes[a];
      for (const DatedAttribute& dated : history_.attributes[a]) {
        // Nothing said is the same as no value, when none is declared nor was in force before.
        const bool first = &dated == &history_.attributes[a].front();
        if (dated.value.absent && first && !attribute.initial) continue;
        std::string& line = lines[dated.from];
        line += (line.empty() ? "" : ", ") + attribute.name + " = " +
                ValueText(attribute.type, dated.value, attribute.name);
        example_.attributes.push_back(
            {rules::AttributeId(static_cast<std::int64_t>(a)), dated.from, dated.value});
      }
    }
    for (const auto& [from, line] : lines)
      Line("dado persona " + line + (from ? " desde " + from->str() : ""));
  }

  void WriteFacts() {
    for (const Fact& fact : history_.facts) {
      const rules::FactKind& kind = rules_.kind(fact.kind);
      const bool in_shift = kind.placement == rules::Placement::Shift;
      std::string fields;
      const auto add = [&](const std::string& field, const std::string& value) {
        fields.append(fields.empty() ? " " : ", ").append(field).append(" = ").append(value);
      };
      if (in_shift && fact.shift > 1) add("tramo", std::to_string(fact.shift));
      rules::GivenFact given{fact.kind, fact.date, in_shift ? std::max(fact.shift, 1) : 0, {}, {}};
      for (std::size_t i = 0; i < kind.fields.size(); ++i) {
        const rules::Field& field = kind.fields[i];
        given.fields.emplace_back(rules::FieldId(static_cast<std::int64_t>(i)), fact.fields[i]);
        if (field.initial && *field.initial == fact.fields[i]) continue;
        if (in_shift && base::Fold(field.name) == "tramo") {
          CannotSay("el campo «tramo» de «" + kind.name + "» se confunde con el tramo del hecho",
                    "the field 'tramo' of '" + kind.name + "' is taken for the fact's shift");
        }
        add(field.name, ValueText(field.type, fact.fields[i], kind.name + "." + field.name));
      }
      example_.facts.push_back(std::move(given));
      Line("dado " + kind.name + fields + " el " + fact.date.str());
    }
  }

  // ---- what is expected ------------------------------------------------------------

  void WriteExpectations() {
    const History judged = CaseHistory(rules_, example_);
    if (history_.from < judged.from || judged.to < history_.to) {
      CannotSay("un caso se juzga en las gestiones de sus hechos, y esta historia dura más",
                "a case is judged over the years of its facts, and this history lasts longer");
    }
    const Result result = Evaluate(rules_, families_, judged);
    for (const base::Diagnostic& problem : result.problems) {
      if (problem.severity == base::Severity::Error) throw Unsayable{problem.message};
    }
    const std::size_t before = text_.size();
    for (const Application& application : result.applications) {
      if (!application.stands) continue;
      const rules::Rule& rule = rules_.rule(application.rule);
      for (std::size_t i = 0; i < rule.consequences.size(); ++i) {
        Line("espera " + ConsequenceText(rule.consequences[i], application.quantities[i]) +
             Cited(rule.citation));
      }
    }
    WriteGaps(result);
    if (text_.size() == before) Line("espera nada");
  }

  std::string ConsequenceText(const Consequence& consequence, Rational quantity) {
    switch (consequence.kind) {
      case ConsequenceKind::NoSanction:
        return "sin sanción";
      case ConsequenceKind::VerbalAdmonition:
        return "amonestación verbal";
      case ConsequenceKind::WrittenAdmonition:
        return "amonestación escrita";
      case ConsequenceKind::PayDeduction:
        return "descuento " + QuantityText(consequence, quantity);
      case ConsequenceKind::Process:
        return "proceso";
      case ConsequenceKind::Destitution:
        return "destitución";
      case ConsequenceKind::Retirement:
        return "retiro";
      case ConsequenceKind::Entitlement:
        return "derecho " + consequence.thing + " " + QuantityText(consequence, quantity);
      case ConsequenceKind::Obligation:
        return "obligación " + DutyText(consequence);
      case ConsequenceKind::Prohibition:
        return "prohibición " + DutyText(consequence);
      case ConsequenceKind::Permission:
        return "permiso " + DutyText(consequence);
      case ConsequenceKind::Power:
        return "facultad " + DutyText(consequence);
    }
    return {};
  }

  std::string QuantityText(const Consequence& consequence, Rational quantity) {
    const rules::Type type = rules_.expr(consequence.quantity).type;
    return ValueText(type, {quantity, false},
                     consequence.thing.empty() ? "descuento" : consequence.thing);
  }

  std::string DutyText(const Consequence& consequence) {
    std::string text = consequence.actor + " " + Quoted(consequence.action);
    if (consequence.term) text += " en " + TermText(rules_, *consequence.term);
    return text;
  }

  // Each place that leaves a gap once: a case asks whether there is one, not how many.
  void WriteGaps(const Result& result) {
    std::vector<std::string> lines;
    for (const GapHit& gap : result.gaps) {
      const std::string line = "espera hueco" + Cited(GapCitation(gap));
      if (std::find(lines.begin(), lines.end(), line) == lines.end()) lines.push_back(line);
    }
    for (const std::string& line : lines) Line(line);
  }

  // Of the scale that should have covered it, when its rows cite inside it.
  base::Citation GapCitation(const GapHit& gap) const {
    const rules::Scale& scale = rules_.scale(gap.scale);
    const bool inside = !scale.citation.empty() &&
                        std::any_of(scale.rows.begin(), scale.rows.end(), [&](rules::RuleId row) {
                          return rules_.rule(row).citation.within(scale.citation);
                        });
    return inside ? scale.citation : base::Citation();
  }

  const rules::Ruleset& rules_;
  const rules::Families& families_;
  const History& history_;
  rules::Case example_;  // what the text says, to be judged as a case
  std::string text_;
};

}  // namespace

WrittenCase WriteCase(const rules::Ruleset& rules, const rules::Families& families,
                      const History& history, const std::string& name,
                      const base::Citation& citation) {
  try {
    return {CaseWriter(rules, families, history).Write(name, citation), {}};
  } catch (const Unsayable& unsayable) {
    return {"", unsayable.reason};
  }
}

}  // namespace cotejo::evaluation
