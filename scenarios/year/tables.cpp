#include "scenarios/year/tables.h"

#include <algorithm>
#include <array>
#include <set>

#include "model/evaluation/fact_wording.h"

namespace cotejo::year {
namespace {

using rules::ConsequenceKind;

base::Text ArticleLabel(const base::Citation& citation) { return {citation.str(), citation.str()}; }

// One cell for each article that any of the regulations gives a rule with such a
// consequence, then their total; `give` is told the cell of each such rule.
template <typename Has, typename Give>
std::vector<base::Citation> CitedBy(const Setting& setting, Has has, Give give) {
  std::set<base::Citation> cited;
  for (const StaffPlan& staff : setting.plans) {
    for (const rules::Rule& rule : staff.plan.rules->rules) {
      if (has(rule)) cited.insert(rule.citation);
    }
  }
  const std::vector<base::Citation> all(cited.begin(), cited.end());
  for (std::size_t r = 0; r < setting.plans.size(); ++r) {
    const std::vector<rules::Rule>& rules = setting.plans[r].plan.rules->rules;
    for (std::size_t i = 0; i < rules.size(); ++i) {
      if (!has(rules[i])) continue;
      const auto place = std::lower_bound(all.begin(), all.end(), rules[i].citation);
      give(r, i, static_cast<int>(place - all.begin()));
    }
  }
  return all;
}

bool HasKind(const rules::Rule& rule, ConsequenceKind kind) {
  return std::any_of(rule.consequences.begin(), rule.consequences.end(),
                     [&](const rules::Consequence& c) { return c.kind == kind; });
}

}  // namespace

// ---- the cells -------------------------------------------------------------------

Tables::Tables(const Setting& setting, const population::Population& population)
    : setting_(setting), population_(population), money_(setting.unit) {
  for (const StaffPlan& staff : setting.plans)
    regulations_.push_back({std::vector<RuleCells>(staff.plan.plan_rules.size()), {}, {}, {}, {}});
  day_scale_ = setting.unit;
  FindOffices();
  if (!population.names.bonus_right.empty()) AddBonuses();
  AddContradictions();
  AddDeductions();
  AddCaps();
  AddGaps();
  AddPersons();
  AddProcesses();
  if (population.turnover) AddPosts();
  AddMeals();
  AddSanctions();
  AddService();
  AddProcedures();
  AddVacations();
  for (std::size_t r = 0; r < regulations_.size(); ++r) {
    for (std::size_t rule = 0; rule < regulations_[r].rules.size(); ++rule) {
      RuleCells& cells = regulations_[r].rules[rule];
      if (rule >= setting.effects[r].size()) continue;  // of an amendment: not run
      const RuleEffects& effects = setting.effects[r][rule];
      cells.begins = !setting.procedures[r].begun_by(rule).empty();
      cells.gives = !effects.rights.empty();
      cells.only_rights = !cells.begins && cells.sanction < 0 && cells.days < 0 &&
                          cells.process < 0 && !effects.destitutes && !effects.retires &&
                          !effects.pays_vacation;
      if (cells.only_rights && effects.rights.size() == 1 &&
          effects.rights.front().second == Right::Meal)
        cells.meals = static_cast<int>(effects.rights.front().first);
    }
  }
}

int Tables::AddCell(std::string table, const std::string& name, base::Text label, CellUnit unit,
                    std::string group, bool total) {
  Cell cell;
  cell.key = table + "/" + name;
  cell.table = std::move(table);
  cell.label = std::move(label);
  cell.unit = unit;
  cell.scale = unit == CellUnit::Days ? day_scale_ : unit == CellUnit::Centavos ? 100 : 1;
  cell.total = total;
  cell.group = std::move(group);
  cells_.push_back(std::move(cell));
  may_hide_.push_back(false);
  return static_cast<int>(cells_.size()) - 1;
}

void Tables::AddSanctions() {
  const int first = static_cast<int>(cells_.size());
  const auto all =
      CitedBy(setting_, rules::OrdersSanction, [&](std::size_t r, std::size_t rule, int place) {
        regulations_[r].rules[rule].sanction = first + place;
      });
  for (const base::Citation& c : all)
    AddCell("sanciones", c.str(), ArticleLabel(c), CellUnit::Count, "sanciones");
  at_.sanctions = AddCell("sanciones", "total", {"total de sanciones", "all sanctions"},
                          CellUnit::Count, "sanciones", true);
}

void Tables::AddDeductions() {
  const int first = static_cast<int>(cells_.size());
  std::vector<std::pair<std::size_t, std::size_t>> where;
  const auto all = CitedBy(
      setting_,
      [](const rules::Rule& rule) { return HasKind(rule, ConsequenceKind::PayDeduction); },
      [&](std::size_t r, std::size_t rule, int place) {
        regulations_[r].rules[rule].days = first + place;
        where.emplace_back(r, rule);
      });
  for (const base::Citation& c : all)
    AddCell("descuentos", "días/" + c.str(), ArticleLabel(c), CellUnit::Days, "descuentos/días");
  at_.days = AddCell("descuentos", "días/total", {"total de días descontados", "all days deducted"},
                     CellUnit::Days, "descuentos/días", true);
  const int count = static_cast<int>(all.size());
  for (const auto& [r, rule] : where) {
    RuleCells& cells = regulations_[r].rules[rule];
    cells.centavos = cells.days + count + 1;
  }
  for (const base::Citation& c : all)
    AddCell("descuentos", "centavos/" + c.str(), ArticleLabel(c), CellUnit::Centavos,
            "descuentos/centavos");
  at_.centavos = AddCell("descuentos", "centavos/total", {"total descontado", "all deductions"},
                         CellUnit::Centavos, "descuentos/centavos", true);
  at_.conflict_days =
      AddCell("descuentos", "contradicción/días",
              {"en contradicción: días que piden las reglas que chocan, fuera del total",
               "in contradiction: days the conflicting rules ask for, not in the total"},
              CellUnit::Days);
  at_.conflict_centavos =
      AddCell("descuentos", "contradicción/centavos",
              {"en contradicción: monto que piden las reglas que chocan, fuera del total",
               "in contradiction: amount the conflicting rules ask for, not in the total"},
              CellUnit::Centavos);
}

void Tables::AddProcesses() {
  const int first = static_cast<int>(cells_.size());
  const auto all = CitedBy(
      setting_, [](const rules::Rule& rule) { return HasKind(rule, ConsequenceKind::Process); },
      [&](std::size_t r, std::size_t rule, int place) {
        regulations_[r].rules[rule].process = first + place;
      });
  for (const base::Citation& c : all)
    AddCell("procesos", c.str(), ArticleLabel(c), CellUnit::Count, "procesos");
  at_.processes =
      AddCell("procesos", "total", {"total de procesos abiertos", "all processes opened"},
              CellUnit::Count, "procesos", true);
  at_.destitutions = AddCell("procesos", "destituciones",
                             {"destituciones que manda el texto", "destitutions the text orders"},
                             CellUnit::Count);
  at_.retirements =
      AddCell("procesos", "retiros", {"retiros que manda el texto", "retirements the text orders"},
              CellUnit::Count);
}

void Tables::AddPersons() {
  at_.first_group = static_cast<int>(cells_.size());
  AddByGroup("personas", "sancionadas", {"con alguna sanción", "with some sanction"},
             CellUnit::Persons);
  at_.persons = AddCell("personas", "sancionadas/total",
                        {"personas con alguna sanción", "people with some sanction"},
                        CellUnit::Persons, "personas/sancionadas", true);
  at_.deducted =
      AddCell("personas", "con_descuento",
              {"personas con algún descuento", "people with some deduction"}, CellUnit::Persons);
  at_.removed = AddCell(
      "personas", "con_destitución_o_retiro",
      {"personas con alguna destitución o retiro", "people with some destitution or retirement"},
      CellUnit::Persons);
}

void Tables::AddContradictions() {
  std::map<std::string, int> known;
  for (std::size_t r = 0; r < regulations_.size(); ++r) {
    const Plan& plan = setting_.plans[r].plan;
    std::set<std::pair<int, int>> pairs;
    for (const rules::Family& family : plan.families.families) {
      for (const rules::ExpandedRule& a : family.rules) {
        for (const rules::ExpandedRule& b : family.rules) {
          if (a.rule < b.rule &&
              rules::OutcomesClash(*plan.rules, a.rule, plan.outcomes[a.rule.index()], b.rule,
                                   plan.outcomes[b.rule.index()]))
            pairs.emplace(a.rule.value, b.rule.value);
        }
      }
    }
    for (const auto& [a, b] : pairs) {
      const std::string name = base::JoinCitations({plan.rules->rule(rules::RuleId(a)).citation,
                                                    plan.rules->rule(rules::RuleId(b)).citation});
      known.try_emplace(name, -1);
      regulations_[r].conflicts[{a, b}] = -1;
    }
  }
  for (auto& [name, cell] : known) {
    cell = AddCell("contradicciones", name, {name, name}, CellUnit::Count, "contradicciones");
    may_hide_.back() = true;
  }
  at_.conflicts = AddCell("contradicciones", "total",
                          {"contradicciones que nada resuelve", "contradictions nothing resolves"},
                          CellUnit::Count, "contradicciones", true);
  for (std::size_t r = 0; r < regulations_.size(); ++r) {
    const Plan& plan = setting_.plans[r].plan;
    for (auto& [pair, cell] : regulations_[r].conflicts) {
      cell = known[base::JoinCitations({plan.rules->rule(rules::RuleId(pair.first)).citation,
                                        plan.rules->rule(rules::RuleId(pair.second)).citation})];
    }
  }
}

void Tables::AddGaps() {
  const auto name_of = [](const rules::Ruleset& rules, const rules::Subject& subject) {
    constexpr std::array<const char*, 5> kWindows = {"", " por día", " por mes", " por gestión",
                                                     ""};
    return rules.kind(subject.kind).name + kWindows[static_cast<std::size_t>(subject.window)];
  };
  std::map<std::string, int> known;
  for (const StaffPlan& staff : setting_.plans) {
    for (const GapScale& gap : staff.plan.gaps)
      known[name_of(*staff.plan.rules,
                    staff.plan.families.families[static_cast<std::size_t>(gap.family)].root)] = -1;
  }
  for (auto& [name, cell] : known) {
    cell = AddCell("huecos", name,
                   {evaluation::Spaced(name) + ": sin fila que aplique",
                    evaluation::Spaced(name) + ": no row applies"},
                   CellUnit::Count, "huecos");
    may_hide_.back() = true;
  }
  at_.gaps = AddCell("huecos", "total", {"casos sin ninguna fila", "cases without any row"},
                     CellUnit::Count, "huecos", true);
  for (std::size_t r = 0; r < regulations_.size(); ++r) {
    const Plan& plan = setting_.plans[r].plan;
    regulations_[r].gaps.assign(plan.families.families.size(), -1);
    for (const GapScale& gap : plan.gaps) {
      const auto family = static_cast<std::size_t>(gap.family);
      regulations_[r].gaps[family] =
          known[name_of(*plan.rules, plan.families.families[family].root)];
    }
  }
}

void Tables::AddMeals() {
  const std::string group = "refrigerio/días";
  at_.meal_paid =
      AddCell("refrigerio", "días/pagados", {"días con refrigerio", "days with meal allowance"},
              CellUnit::Days, group);
  at_.meal_unpaid = AddCell("refrigerio", "días/no_pagados",
                            {"días hábiles sin refrigerio", "working days without meal allowance"},
                            CellUnit::Days, group);
  at_.meal_total =
      AddCell("refrigerio", "días/total",
              {"días hábiles de los meses juzgados", "working days of the months judged"},
              CellUnit::Days, group, true);
  at_.meal_centavos = AddCell("refrigerio", "centavos",
                              {"refrigerio pagado", "meal allowance paid"}, CellUnit::Centavos);
  for (std::size_t r = 0; r < regulations_.size(); ++r) {
    const Plan& plan = setting_.plans[r].plan;
    for (std::int32_t day = 0; day < setting_.year.count; ++day)
      regulations_[r].allowance.push_back(
          InForce(plan.parameters[plan.binding.meal.index()], day).value_or(kAbsent));
  }
}

void Tables::AddVacations() {
  const std::string group = "vacaciones/saldo";
  at_.opening = AddCell("vacaciones", "saldo/inicial",
                        {"saldo al 1 de enero", "balance on 1 January"}, CellUnit::Days, group);
  at_.acquired = AddCell("vacaciones", "saldo/adquirida",
                         {"adquirida en el año", "acquired in the year"}, CellUnit::Days, group);
  at_.used =
      AddCell("vacaciones", "saldo/usada", {"usada en el año (resta)", "used in the year (minus)"},
              CellUnit::Days, group);
  if (population_.turnover) {
    at_.at_exit =
        AddCell("vacaciones", "saldo/duodécimas_de_quien_se_va",
                {"duodécimas de quien se va", "twelfths of who leaves"}, CellUnit::Days, group);
    at_.paid = AddCell("vacaciones", "saldo/pagada",
                       {"pagada a quien se va (resta)", "paid to who leaves (minus)"},
                       CellUnit::Days, group);
    at_.unpaid =
        AddCell("vacaciones", "saldo/no_pagada",
                {"que nadie paga a quien se va (resta)", "that nobody pays to who leaves (minus)"},
                CellUnit::Days, group);
  }
  if (!population_.names.lapsed_right.empty())
    at_.lapsed = AddCell("vacaciones", "saldo/prescrita", {"prescrita (resta)", "lapsed (minus)"},
                         CellUnit::Days, group);
  at_.closing =
      AddCell("vacaciones", "saldo/final", {"saldo al 31 de diciembre", "balance on 31 December"},
              CellUnit::Days, group, true);
  at_.earned = AddCell("vacaciones", "ganada",
                       {"duodécimas ganadas al 31 de diciembre", "twelfths earned on 31 December"},
                       CellUnit::Days);
  if (population_.vacation.tells_uses()) AddUses();
  const std::string debt = "vacaciones/pasivo";
  at_.debt_acquired =
      AddCell("vacaciones", "pasivo/saldo",
              {"valor del saldo al 31 de diciembre", "value of the balance on 31 December"},
              CellUnit::Centavos, debt);
  at_.debt_earned =
      AddCell("vacaciones", "pasivo/ganada", {"valor de las duodécimas", "value of the twelfths"},
              CellUnit::Centavos, debt);
  at_.debt =
      AddCell("vacaciones", "pasivo/total",
              {"pasivo por vacaciones al 31 de diciembre", "vacation liability on 31 December"},
              CellUnit::Centavos, debt, true);
  if (!population_.turnover) return;
  at_.paid_centavos =
      AddCell("vacaciones", "pagada/centavos",
              {"vacación pagada a quien se va", "vacation paid to who leaves"}, CellUnit::Centavos);
}

// Of what was used, why it was used then.
void Tables::AddUses() {
  const std::string group = "vacaciones/uso";
  at_.programmed = AddCell("vacaciones", "uso/programada",
                           {"usada en el mes programado", "used in the month programmed"},
                           CellUnit::Days, group);
  at_.reprogrammed = AddCell(
      "vacaciones", "uso/reprogramada",
      {"reprogramada y usada en un mes posterior", "reprogrammed, and used in a later month"},
      CellUnit::Days, group);
  at_.together = AddCell("vacaciones", "uso/colectiva",
                         {"usada en vacación colectiva", "used in collective vacation"},
                         CellUnit::Days, group);
  at_.taken = AddCell("vacaciones", "uso/total", {"usada en el año", "used in the year"},
                      CellUnit::Days, group, true);
  at_.postponed = AddCell("vacaciones", "reprogramada_para_el_año_siguiente",
                          {"reprogramada para el año siguiente por quien sigue en su puesto",
                           "reprogrammed for the next year by who is still at the post"},
                          CellUnit::Days);
}

// ---- money of the year's end, people in posts, service ---------------------------

void Tables::AddBonuses() {
  at_.bonus_group = static_cast<int>(cells_.size());
  AddByGroup("aguinaldo", "centavos", {"aguinaldo", "year-end bonus"}, CellUnit::Centavos);
  at_.bonus = AddCell("aguinaldo", "centavos/total", {"aguinaldo", "year-end bonus"},
                      CellUnit::Centavos, "aguinaldo/centavos", true);
}

// One cell for each group of people, which add up to the total that follows.
void Tables::AddByGroup(const std::string& table, const std::string& name, const base::Text& label,
                        CellUnit unit) {
  const std::vector<std::uint16_t>& of = population_.staff.group;
  for (std::size_t g = 0; g < population_.groups.size(); ++g) {
    const std::string& group = population_.groups[g];
    AddCell(
        table, name + "/" + group,
        {label.es + ": " + evaluation::Spaced(group), label.en + ": " + evaluation::Spaced(group)},
        unit, table + "/" + name);
    cells_.back().people =
        static_cast<int>(std::count(of.begin(), of.end(), static_cast<std::uint16_t>(g)));
  }
}

void Tables::FindOffices() {
  const population::Staff& staff = population_.staff;
  const population::Column* column = staff.Find(population_.office_attribute);
  if (column == nullptr) {
    office_of_.assign(staff.size(), 0);
    offices_ = {"—"};
  } else {
    for (const population::AttributeValue& value : column->values) offices_.push_back(value.name);
    bool without = false;
    for (const std::int32_t of : column->of) {
      without = without || of < 0;
      office_of_.push_back(static_cast<std::uint32_t>(
          of < 0 ? static_cast<std::int32_t>(column->values.size()) : of));
    }
    if (without) offices_.emplace_back("—");
  }
  posts_of_.assign(offices_.size(), 0);
  for (const std::uint32_t office : office_of_) ++posts_of_[office];
}

void Tables::AddPosts() {
  at_.left_group = static_cast<int>(cells_.size());
  AddByGroup("puestos", "salidas", {"se van por su cuenta", "leave by themselves"},
             CellUnit::Count);
  at_.left = AddCell("puestos", "salidas/total", {"se van por su cuenta", "leave by themselves"},
                     CellUnit::Count, "puestos/salidas", true);
  at_.removed_posts = AddCell(
      "puestos", "removidos",
      {"dejan el puesto por destitución o retiro", "leave the post by destitution or retirement"},
      CellUnit::Count);
  at_.joined = AddCell("puestos", "ingresos", {"ingresan en la gestión", "join in the year"},
                       CellUnit::Count);
  at_.vacant_office = static_cast<int>(cells_.size());
  for (std::size_t office = 0; office < offices_.size(); ++office) {
    AddCell("puestos", "vacante/" + offices_[office],
            {"días calendario sin nadie en el puesto: " + evaluation::Spaced(offices_[office]),
             "calendar days with nobody in the post: " + evaluation::Spaced(offices_[office])},
            CellUnit::Days, "puestos/vacante");
    cells_.back().people = posts_of_[office];
    cells_.back().detail = true;
  }
  at_.vacant =
      AddCell("puestos", "vacante/total",
              {"días calendario sin nadie en el puesto", "calendar days with nobody in the post"},
              CellUnit::Days, "puestos/vacante", true);
}

// By month and not over the year: offices of few people hide each month apart, and a total of the
// year would add what their months add up to.
void Tables::AddService() {
  at_.duty = static_cast<int>(cells_.size());
  for (int month = 0; month < kMonths; ++month) {
    const std::string name = (month < 9 ? "días/0" : "días/") + std::to_string(month + 1);
    const std::string group = "servicio/" + name;
    const std::string es = "días de persona en el puesto, mes " + std::to_string(month + 1);
    const std::string en = "staff-days at the post, month " + std::to_string(month + 1);
    for (std::size_t office = 0; office < offices_.size(); ++office) {
      AddCell("servicio", name + "/" + offices_[office],
              {es + ": " + evaluation::Spaced(offices_[office]),
               en + ": " + evaluation::Spaced(offices_[office])},
              CellUnit::Days, group);
      cells_.back().people = posts_of_[office];
      cells_.back().detail = true;
    }
    AddCell("servicio", name + "/total", {es, en}, CellUnit::Days, group, true);
  }
}

}  // namespace cotejo::year
