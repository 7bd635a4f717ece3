// Sixty histories worked out by hand from the text of the regulation, person by person.
#include <set>

#include "model/rules/families.h"
#include "tests/cases/regulation_for_tests.h"

namespace cotejo::cases {
namespace {

using rules::Consequence;
using rules::ConsequenceKind;
using rules::Rule;

// The leaves of the second part. Other entitlements (the yearly and monthly routine of pay,
// meals and vacation) are left out, and so are duties.
const std::set<std::string> kLeaves = {
    "licencia_por_capacitación",
    "licencia_por_matrimonio",
    "licencia_por_fallecimiento",
    "asueto_por_fallecimiento",
    "licencia_por_nacimiento",
    "licencia_por_enfermedad",
    "licencia_por_asunto_personal",
    "licencia_mensual_por_cáncer",
    "licencia_por_trasplante",
    "licencia_por_cirugía",
    "licencia_mensual_por_hemodiálisis",
    "licencia_por_estado_terminal",
    "licencia_mensual_por_discapacidad",
    "licencia_por_accidente_con_riesgo",
    "licencia_por_accidente",
    "tolerancia_académica",
    "permiso_de_lactancia",
    "tolerancia_por_protección",
    "tope_anual_de_tolerancia_por_examen",
    "tolerancia_por_examen",
};

// The name a consequence has in esperado.csv; empty when it is not compared.
std::string Name(const Consequence& consequence) {
  switch (consequence.kind) {
    case ConsequenceKind::NoSanction:
      return "sin sanción";
    case ConsequenceKind::VerbalAdmonition:
      return "amonestación verbal";
    case ConsequenceKind::WrittenAdmonition:
      return "amonestación escrita";
    case ConsequenceKind::PayDeduction:
      return "descuento";
    case ConsequenceKind::Process:
      return "proceso";
    case ConsequenceKind::Destitution:
      return "destitución";
    case ConsequenceKind::Retirement:
      return "retiro";
    case ConsequenceKind::Entitlement:
      return kLeaves.contains(consequence.thing) ? "derecho " + consequence.thing : "";
    default:
      return "";
  }
}

std::string Line(const std::vector<std::string>& cells) {
  std::string line;
  for (const std::string& cell : cells) line += (line.empty() ? "" : " | ") + cell;
  return line;
}

class Histories : public RegulationTest {
 protected:
  void SetUp() override {
    RegulationTest::SetUp();
    if (!regulation_.rules) return;
    const auto histories =
        evaluation::ReadHistories(*regulation_.rules, sources_, cases_ + "historias-60/hechos.csv",
                                  cases_ + "historias-60/personas.csv", std::nullopt, diagnostics_);
    ASSERT_FALSE(diagnostics_.has_errors()) << Messages();
    for (const evaluation::History& history : histories) {
      persons_.push_back(history.person);
      results_.push_back(evaluation::Evaluate(*regulation_.rules, families_, history));
    }
  }

  [[nodiscard]] std::vector<std::string> Lines(std::size_t person) const {
    std::vector<std::string> lines;
    const evaluation::Result& result = results_[person];
    for (const evaluation::Application& application : result.applications) {
      const Rule& rule = regulation_.rules->rule(application.rule);
      const std::string stands =
          !application.stands ? "no" : (application.conflicts.empty() ? "sí" : "disputada");
      for (std::size_t i = 0; i < rule.consequences.size(); ++i) {
        const Consequence& consequence = rule.consequences[i];
        const std::string name = Name(consequence);
        if (name.empty()) continue;
        lines.push_back(
            Line({persons_[person], application.date.str(), rule.citation.str(), name,
                  consequence.quantity.valid() ? application.quantities[i].str() : "", stands}));
      }
    }
    for (const evaluation::GapHit& gap : result.gaps)
      lines.push_back(Line({persons_[person], gap.date.str(), "", "hueco", "", ""}));
    return lines;
  }

  std::vector<std::string> persons_;
  std::vector<evaluation::Result> results_;
};

TEST_F(Histories, GiveWhatTheTextGives) {
  EXPECT_EQ(persons_.size(), 60U);
  std::vector<std::string> expected;
  for (auto& row : Table("historias-60/esperado.csv", 7)) {
    row.pop_back();
    expected.push_back(Line(row));
  }
  std::vector<std::string> found;
  for (std::size_t i = 0; i < persons_.size(); ++i) {
    for (std::string& line : Lines(i)) found.push_back(std::move(line));
    for (const base::Diagnostic& problem : results_[i].problems) {
      EXPECT_NE(problem.severity, base::Severity::Error)
          << persons_[i] << ": " << problem.message.es;
    }
  }
  ExpectSameLines(std::move(expected), std::move(found));
}

// A rule of articles 43 to 49 that sanctions, or one that grants a leave of the second part.
bool MustHaveApplied(const Rule& rule) {
  const auto article = rule.citation.path.empty() ? "" : rule.citation.path.front();
  const bool in_range = rule.citation.norm == "RIP" && article >= "43" && article <= "49";
  return std::any_of(rule.consequences.begin(), rule.consequences.end(), [&](const auto& c) {
    return (in_range && rules::IsDisciplinary(c.kind)) || kLeaves.contains(c.thing);
  });
}

TEST_F(Histories, ApplyEverySanctionAndEveryLeave) {
  std::set<std::size_t> applied;
  for (const evaluation::Result& result : results_) {
    for (const auto& application : result.applications) applied.insert(application.rule.index());
  }
  // Rules another norm or another reading would have to bring into play.
  const auto excepted = [](const Rule& rule) {
    // The other way of counting omissions; it is judged under its own reading by the cases
    // of article 45.
    return rule.name.starts_with("omisión_por_orden[") ||
           // Leave on the death of a relative under article 21, not of the second part.
           (rule.citation.norm == "RIP" && rule.citation.path.front() == "21");
  };
  int required = 0;
  for (std::size_t i = 0; i < regulation_.rules->rules.size(); ++i) {
    const Rule& rule = regulation_.rules->rules[i];
    if (!MustHaveApplied(rule) || excepted(rule)) continue;
    ++required;
    EXPECT_TRUE(applied.contains(i)) << rule.name << " (" << rule.citation.str() << ")";
  }
  RecordProperty("required", required);
  EXPECT_GT(required, 60);
}

// A leave with a name the comparison does not know would be ignored in silence.
TEST_F(Histories, CompareEveryLeaveOfTheSecondPart) {
  const std::set<std::string> norms = {"LEY2027", "DS25749", "RM033",  "DS1212",
                                       "DS3462",  "LEY348",  "LEY798", "DS3164"};
  const std::set<std::string> routine = {"vacación", "aguinaldo"};
  for (const Rule& rule : regulation_.rules->rules) {
    const bool appendix = rule.citation.norm == "RIP" && !rule.citation.path.empty() &&
                          rule.citation.path.front().starts_with("AP");
    if (!appendix && !norms.contains(rule.citation.norm)) continue;
    for (const Consequence& consequence : rule.consequences) {
      if (consequence.kind != ConsequenceKind::Entitlement) continue;
      EXPECT_TRUE(kLeaves.contains(consequence.thing) || routine.contains(consequence.thing))
          << rule.name << ": " << consequence.thing;
    }
  }
}

}  // namespace
}  // namespace cotejo::cases
