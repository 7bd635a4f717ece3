// The population file: what it gives, and how its mistakes are told.
#include "scenarios/population/population.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "scenarios/population/philox.h"
#include "scenarios/population/specification.h"

namespace cotejo::population {
namespace {

std::string LibraryText() {
  std::ifstream file(std::string(COTEJO_SOURCE_DIR) + "/scenarios/library/defensoria-2025.toml");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

struct Loaded {
  base::SourceMap sources;
  base::Diagnostics diagnostics;
  Population population;
  [[nodiscard]] bool has(const std::string& code) const {
    for (const base::Diagnostic& d : diagnostics.all()) {
      if (d.code == code) return true;
    }
    return false;
  }
  [[nodiscard]] std::string messages() const {
    std::string text;
    for (const base::Diagnostic& d : diagnostics.all())
      text += base::Render(d, sources, base::Language::Spanish);
    return text;
  }
};

std::unique_ptr<Loaded> Load(const std::string& text) {
  const std::filesystem::path path =
      std::filesystem::path(COTEJO_BINARY_DIR) /
      ("población de prueba " + std::to_string(::getpid()) + ".toml");
  std::ofstream(path) << text;
  auto loaded = std::make_unique<Loaded>();
  loaded->population = LoadPopulation(loaded->sources, path.string(), loaded->diagnostics);
  std::filesystem::remove(path);
  return loaded;
}

std::string With(const std::string& from, const std::string& to) {
  std::string text = LibraryText();
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

std::size_t At(std::int32_t index) { return static_cast<std::size_t>(index); }

const Column& ColumnOf(const Population& p, const std::string& attribute) {
  for (const Column& column : p.staff.columns) {
    if (column.attribute == attribute) return column;
  }
  ADD_FAILURE() << attribute;
  return p.staff.columns.front();
}

TEST(PopulationTest, TheLibraryHasTheStaffItSays) {
  const auto loaded = Load(LibraryText());
  ASSERT_FALSE(loaded->diagnostics.has_errors()) << loaded->messages();
  const Population& p = loaded->population;
  ASSERT_EQ(p.staff.size(), 220U);
  std::map<std::string, int> groups;
  std::map<std::string, int> offices;
  for (const std::uint16_t group : p.staff.group) ++groups[p.groups[group]];
  const Column& office = ColumnOf(p, "oficina");
  for (const std::int32_t value : office.of) ++offices[office.values[At(value)].name];
  EXPECT_EQ(groups["permanente"], 128);
  EXPECT_EQ(groups["consultor_de_línea"], 92);
  EXPECT_EQ(offices.size(), 17U);  // the national one, nine departments and seven towns
  EXPECT_GT(p.mean_pay, base::Rational(9600));
  EXPECT_LT(p.mean_pay, base::Rational(9800));
}

TEST(PopulationTest, TheSameFileGivesTheSameStaff) {
  const auto one = Load(LibraryText());
  const auto two = Load(LibraryText());
  const auto other = Load(With("semilla = 2025", "semilla = 2026"));
  const auto hired = [](const Population& p) {
    std::vector<std::int32_t> days;
    const Column& column = ColumnOf(p, "ingreso");
    for (const std::int32_t value : column.of) days.push_back(column.values[At(value)].date.days());
    return days;
  };
  EXPECT_EQ(hired(one->population), hired(two->population));
  EXPECT_NE(hired(one->population), hired(other->population));
}

TEST(PopulationTest, AFigureWithoutSourceIsAnError) {
  const auto loaded = Load(With(
      "fuente = \"sintético: fechas de ingreso, con más rotación en las consultorías\"\n", ""));
  EXPECT_TRUE(loaded->has("población-sin-fuente") || loaded->has("población-falta-clave"));
  const auto other =
      Load(With("fuente = \"sintético: frecuencias de conductas por inciso\"\n", ""));
  ASSERT_TRUE(other->diagnostics.has_errors());
  const auto third = Load(With("[saldo_inicial]\nfuente", "[saldo_inicial]\nfuente_"));
  EXPECT_TRUE(third->has("población-sin-fuente")) << third->messages();
  EXPECT_TRUE(third->has("población-clave-desconocida"));
  EXPECT_TRUE(third->population.staff.empty());
}

TEST(PopulationTest, MistakesHaveTheirPlace) {
  const auto loaded = Load(With("total = 220", "total = 221"));
  ASSERT_TRUE(loaded->has("población-suma")) << loaded->messages();
  const auto typo = Load(With("peso = 55\nllegada", "pezo = 55\nllegada"));
  ASSERT_TRUE(typo->has("población-clave-desconocida"));
  bool placed = false;
  for (const base::Diagnostic& d : typo->diagnostics.all()) {
    if (d.code != "población-clave-desconocida") continue;
    EXPECT_EQ(typo->sources.text({d.span.file, d.span.offset, 4}), "pezo");
    EXPECT_NE(d.hint.es.find("peso"), std::string::npos);
    placed = true;
  }
  EXPECT_TRUE(placed);
}

TEST(PopulationTest, WhatIsNotTomlOrNotAPopulationIsAnError) {
  EXPECT_TRUE(Load("formato = = 1\n")->has("población-toml"));
  EXPECT_TRUE(Load("hola = 1\n")->has("población-falta-clave"));
  EXPECT_TRUE(Load("")->diagnostics.has_errors());
  EXPECT_TRUE(Load(With("medios_dias = 6,", "medios_dias = 5,"))->has("población-medios-días"));
  EXPECT_TRUE(
      Load(With("{ desde = 1, hasta = 5, peso = 280 }", "{ desde = 5, hasta = 1, peso = 280 }"))
          ->has("población-orden"));
  EXPECT_TRUE(Load(With("por_ano = 0.6", "por_ano = 1000.0"))->has("población-tipo"));
}

TEST(DiscreteTest, LargerDrawsGiveLargerValuesAndThresholdsAreExact) {
  const Discrete d({{-2, 0, 3, {}}, {1, 1, 0, {}}, {5, 6, 1, {}}});
  EXPECT_EQ(d.value(0), -2);
  EXPECT_EQ(d.value(0xFFFFFFFF), 6);
  std::int32_t last = -2;
  for (std::uint64_t draw = 0; draw <= 0xFFFFFFFF; draw += 0xFFFFF) {
    const std::int32_t value = d.value(static_cast<std::uint32_t>(draw));
    EXPECT_GE(value, last);
    last = value;
  }
  for (const std::int32_t v : {-2, -1, 0, 1, 5, 6}) {
    const std::uint64_t from = d.first_draw_from(v);
    EXPECT_GE(d.value(static_cast<std::uint32_t>(from)), v);
    if (from > 0) {
      EXPECT_LT(d.value(static_cast<std::uint32_t>(from - 1)), v);
    }
  }
  EXPECT_EQ(d.first_draw_from(5), 0xC0000000U);  // three quarters lie below
  EXPECT_EQ(d.first_draw_from(7), std::uint64_t{1} << 32);
}

// ---- tables met -------------------------------------------------------------------

std::map<std::string, double> SharesOf(const Population& p, const std::string& attribute) {
  std::map<std::string, double> shares;
  const Column& column = ColumnOf(p, attribute);
  for (const std::int32_t value : column.of) {
    const std::string name = value < 0 ? "ninguno" : Show(column.values[At(value)]);
    shares[name] += 1 / static_cast<double>(column.of.size());
  }
  return shares;
}

TEST(PopulationTest, TwoThousandPeopleHaveTheTablesOfTheFile) {
  base::SourceMap sources;
  base::Diagnostics diagnostics;
  const std::string path = COTEJO_SOURCE_DIR "/scenarios/library/defensoria-2000.toml";
  const Population p = LoadPopulation(sources, path, diagnostics);
  ASSERT_FALSE(diagnostics.has_errors());
  ASSERT_EQ(p.staff.size(), 2000U);
  EXPECT_EQ(p.name, "defensoria-2000");
  constexpr double kHalfPerCent = 0.005;
  const auto contract = SharesOf(p, "contrato");
  EXPECT_NEAR(contract.at("permanente"), 128.0 / 220, kHalfPerCent);
  const auto office = SharesOf(p, "oficina");
  EXPECT_NEAR(office.at("nacional"), 92.0 / 220, kHalfPerCent);
  EXPECT_NEAR(office.at("cochabamba"), 14.0 / 220, kHalfPerCent);
  EXPECT_NEAR(office.at("puerto_suárez"), 4.0 / 220, kHalfPerCent);
  const auto pay = SharesOf(p, "remuneración");
  EXPECT_NEAR(pay.at("20500"), 1.0 / 220, kHalfPerCent);
  EXPECT_NEAR(pay.at("9000"), 24.0 / 220, kHalfPerCent);
  // Half of the permanent and 54 % of the consultants are women.
  EXPECT_NEAR(SharesOf(p, "sexo").at("mujer"), (128 * 0.50 + 92 * 0.54) / 220, kHalfPerCent);
  EXPECT_NEAR(SharesOf(p, "discapacidad").at("sí"), 0.04, kHalfPerCent);
  EXPECT_NEAR(SharesOf(p, "nacimiento_del_hijo").at("ninguno"), 0.94, kHalfPerCent);
  // 30, 50, 65 and 80 % of the bands of 55, 25, 14 and 6 have a certificate.
  EXPECT_NEAR(1 - SharesOf(p, "certificado").at("ninguno"),
              0.55 * 0.30 + 0.25 * 0.50 + 0.14 * 0.65 + 0.06 * 0.80, kHalfPerCent);
  std::map<std::size_t, double> classes;
  for (const std::uint16_t c : p.staff.behaviour) classes[c] += 1.0 / 2000;
  EXPECT_NEAR(classes[0], 0.55, kHalfPerCent);
  EXPECT_NEAR(classes[3], 0.02, kHalfPerCent);
  // Two who do not clock in for each 220.
  EXPECT_NEAR(SharesOf(p, "exento_de_registro").at("sí"), 18.0 / 2000, 1e-9);
}

TEST(PopulationTest, CareerStaffIsPermanent) {
  const auto loaded = Load(LibraryText());
  const Population& p = loaded->population;
  const Column& career = ColumnOf(p, "funcionario_de_carrera");
  for (std::size_t i = 0; i < p.staff.size(); ++i) {
    if (Show(career.values[At(career.of[i])]) == "sí") {
      EXPECT_EQ(p.groups[p.staff.group[i]], "permanente");
    }
  }
}

TEST(PopulationTest, TablesNoStaffCanMeetAreNamed) {
  const std::string cross =
      "[[cruce]]\nnombre = \"sexo por contrato\"\nfuente = \"sintético\"\n"
      "de = [\"sexo\", \"contrato\"]\n"
      "filas = [{ valor = \"mujer\", personas = { permanente = 90, \"consultor_de_línea\" = 30 } "
      "}, "
      "{ valor = \"hombre\", personas = { permanente = 38, \"consultor_de_línea\" = 62 } }]\n\n";
  const auto loaded = Load(With("# ---- Comportamiento", cross + "# ---- Comportamiento"));
  ASSERT_TRUE(loaded->has("población-cuadros")) << loaded->messages();
  EXPECT_NE(loaded->messages().find("«sexo por contrato»"), std::string::npos);
  EXPECT_NE(loaded->messages().find("dato «sexo»"), std::string::npos);
  EXPECT_TRUE(loaded->population.staff.empty());
}

TEST(PopulationTest, ACrossNamesTablesAndValuesOfTheFile) {
  const auto with = [](const std::string& of, const std::string& value) {
    return "[[cruce]]\nnombre = \"prueba\"\nfuente = \"sintético\"\nde = [\"sexo\", \"" + of +
           "\"]\nfilas = [{ valor = \"" + value + "\", personas = { permanente = 220 } }]\n\n";
  };
  const std::string place = "# ---- Comportamiento";
  EXPECT_TRUE(Load(With(place, with("contrata", "mujer") + place))->has("población-cruce"));
  EXPECT_TRUE(Load(With(place, with("contrato", "dama") + place))->has("población-cruce"));
}

// ---- what else happens -------------------------------------------------------------

// The end of `[vacaciones]`, with more in it.
std::string WithVacations(const std::string& more) {
  const std::string place = "# ---- Lo demás que ocurre";
  return With(place, more + "\n" + place);
}

constexpr const char* kTogether =
    "[[vacaciones.colectiva]]\nfuente = \"sintético\"\ndesde = 2026-12-21\nhasta = 2026-12-31\n";

TEST(PopulationTest, TheVacationProgramme) {
  const auto plain = Load(LibraryText());
  EXPECT_FALSE(plain->population.vacation.tells_uses());
  const auto loaded = Load(WithVacations(
      "uso_de_lo_adquirido_por_ciento = [{ desde = 20, hasta = 60, peso = 1 }]\n"
      "reprogramadas_por_ciento = 12.5\nreprogramacion = [{ desde = 1, hasta = 4, peso = 1 }]\n" +
      std::string(kTogether) + kTogether +
      "oficinas = [\"beni\", \"oruro\"]\ngrupos = [\"permanente\"]\n"));
  const VacationPlan& plan = loaded->population.vacation;
  ASSERT_TRUE(plan.reprogramming && plan.acquired) << loaded->messages();
  EXPECT_EQ(plan.acquired->smallest(), 20);
  EXPECT_EQ(plan.acquired->largest(), 60);
  EXPECT_EQ(plan.reprogramming->chance.below, std::uint64_t{1} << 29);
  EXPECT_EQ(plan.reprogramming->later.largest(), 4);
  ASSERT_EQ(plan.collective.size(), 2U);
  EXPECT_EQ(plan.collective[0].from, base::Date(2026, 12, 21));
  EXPECT_EQ(plan.collective[0].to, base::Date(2026, 12, 31));
  EXPECT_TRUE(plan.collective[0].offices.empty());
  EXPECT_EQ(plan.collective[0].groups, (std::vector<bool>{true, true}));
  EXPECT_EQ(plan.collective[1].offices, (std::vector<std::string>{"beni", "oruro"}));
  EXPECT_EQ(plan.collective[1].groups, (std::vector<bool>{true, false}));
  // Not told, it is not something that happens; the staff is the same in any case.
  EXPECT_EQ(loaded->population.occurrences.size(), plain->population.occurrences.size());
  EXPECT_EQ(loaded->population.staff.opening_half_days, plain->population.staff.opening_half_days);
}

TEST(PopulationTest, ACollectiveVacationMayBeTold) {
  std::string text = WithVacations(std::string(kTogether) + "dispuesta = 2026-11-20\n");
  EXPECT_TRUE(Load(text)->has("población-falta-clave"));
  const std::string days = "[vocabulario.vacacion]\n";
  text.insert(text.find(days) + days.size(), "colectiva = \"vacación_colectiva_dispuesta\"\n");
  const auto loaded = Load(text);
  ASSERT_FALSE(loaded->population.staff.empty()) << loaded->messages();
  const VacationPlan& plan = loaded->population.vacation;
  EXPECT_EQ(plan.collective.at(0).announced, base::Date(2026, 11, 20));
  const Occurrence& order = loaded->population.occurrences.at(plan.announcement);
  EXPECT_EQ(order.kind, "vacación_colectiva_dispuesta");
  EXPECT_EQ(order.per_year, 0);
}

// An event of its own above those of the library.
std::string WithEvent(const std::string& keys) {
  const std::string place = "# Cada suceso es un hecho";
  return With(place,
              "[[suceso]]\nnombre = \"prueba\"\nfuente = \"sintético\"\nhecho = \"prueba\"\n" +
                  keys + "\n" + place);
}

constexpr const char* kMonths = "meses = [{ desde = 2, hasta = 6, peso = 1 }]\n";
constexpr const char* kHalfDay = "medios_dias_fuera = [{ desde = 1, hasta = 1, peso = 1 }]\n";

TEST(PopulationTest, AnEventMayHaveDates) {
  const auto loaded =
      Load(WithEvent("fechas = [2026-08-19, \"02-29\"]\ntraslada = true\nalcanza_por_ciento = 25\n"
                     "oficinas = [\"beni\"]\ngrupos = [\"permanente\"]\ntramo = 2\n" +
                     std::string(kHalfDay)));
  ASSERT_FALSE(loaded->population.staff.empty()) << loaded->messages();
  const Occurrence& o = loaded->population.occurrences.front();
  EXPECT_EQ(o.per_year, 0);
  ASSERT_EQ(o.dates.size(), 2U);
  EXPECT_EQ(o.dates[0].year, 2026);
  EXPECT_EQ(o.dates[0].month, 8U);
  EXPECT_EQ(o.dates[0].day, 19U);
  EXPECT_EQ(o.dates[1].year, 0);
  EXPECT_EQ(o.dates[1].month, 2U);
  EXPECT_EQ(o.dates[1].day, 29U);
  EXPECT_TRUE(o.carried_over);
  EXPECT_EQ(o.reached.below, std::uint64_t{1} << 30);
  EXPECT_EQ(o.offices, std::vector<std::string>{"beni"});
  EXPECT_EQ(o.groups, (std::vector<bool>{true, false}));
  EXPECT_EQ(o.shift, 2);
  // Those of the library reach everybody, when chance says.
  const Occurrence& other = loaded->population.occurrences.back();
  EXPECT_GT(other.per_year, 0);
  EXPECT_TRUE(other.offices.empty());
  EXPECT_EQ(other.groups, (std::vector<bool>{true, true}));
}

TEST(PopulationTest, AnEventMayFallOnADateOfThePerson) {
  const auto loaded =
      Load(WithEvent("fecha_de = \"fecha_de_nacimiento\"\ntraslada = true\n"
                     "sin_29_de_febrero = \"03-01\"\nalcanza_por_ciento = 50\n" +
                     std::string(kHalfDay)));
  ASSERT_FALSE(loaded->population.staff.empty()) << loaded->messages();
  const Occurrence& o = loaded->population.occurrences.front();
  EXPECT_EQ(o.per_year, 0);
  EXPECT_TRUE(o.dates.empty());
  EXPECT_EQ(o.date_of, "fecha_de_nacimiento");
  ASSERT_TRUE(o.without_leap_day);
  EXPECT_EQ(o.without_leap_day->month, 3U);
  EXPECT_EQ(o.without_leap_day->day, 1U);
  EXPECT_TRUE(o.carried_over);
  EXPECT_EQ(o.reached.below, std::uint64_t{1} << 31);
}

TEST(PopulationTest, AnEventMayTakeTheFormOfItsDay) {
  const auto forms = [](const std::string& first) {
    return "fecha_de = \"fecha_de_nacimiento\"\nformas = [" + first +
           "  { dia = \"domingo\", campos = { a = 1 } }, { dia = \"sabado\" },\n"
           "  { dia = \"feriado\" },\n]\n";
  };
  const auto loaded = Load(WithEvent(forms("{ dia = \"laborable\" },")));
  ASSERT_FALSE(loaded->population.staff.empty()) << loaded->messages();
  const Occurrence& o = loaded->population.occurrences.front();
  ASSERT_TRUE(o.variant_by_day);
  EXPECT_EQ(*o.variant_by_day, (std::array<std::size_t, kDayKinds>{0, 2, 1, 3}));
  EXPECT_EQ(o.variants[1].fields.size(), 1U);
  for (const char* wrong :
       {"", "{ dia = \"lunes\" },", "{ dia = \"laborable\", peso = 2 },",
        "{ dia = \"laborable\" }, { dia = \"sabado\" },", "{ dia = \"laborable\" }, { peso = 1 },"})
    EXPECT_TRUE(Load(WithEvent(forms(wrong)))->has("población-suceso")) << wrong;
  EXPECT_TRUE(
      Load(WithEvent("por_ano = 1\nformas = [{ dia = \"laborable\" }, { dia = \"sabado\" }, "
                     "{ dia = \"domingo\" }, { dia = \"feriado\" }]\n"))
          ->has("población-suceso"));
}

// Of 128 and 92 people, a quarter and a half; no text has it.
TEST(PopulationTest, WhatNoTextHasIsAMarginLikeTheOthers) {
  const std::string place = "[[dato]]\nnombre = \"discapacidad\"";
  const auto loaded =
      Load(With(place,
                "[[dato]]\nnombre = \"enseña\"\nfuente = \"sintético\"\nde_la_poblacion = true\n"
                "valores = [{ valor = true, pesos = { permanente = 1, \"consultor_de_línea\" = 2 "
                "} },\n { ninguno = true, pesos = { permanente = 3, \"consultor_de_línea\" = 2 } "
                "}]\n\n" +
                    place));
  const Staff& staff = loaded->population.staff;
  ASSERT_FALSE(staff.empty()) << loaded->messages();
  const Column* column = staff.Find("enseña");
  const auto of_columns = [&](const Column& c) { return &c == column; };
  EXPECT_EQ(std::count_if(staff.own.begin(), staff.own.end(), of_columns), 1);
  std::array<int, 2> have{};
  for (std::size_t person = 0; person < staff.size(); ++person)
    have[staff.group[person]] += column->of[person] >= 0 ? 1 : 0;
  EXPECT_EQ(have, (std::array<int, 2>{32, 46}));
}

// What would happen to those who have it is not refused because there are none.
TEST(PopulationTest, AValueThatNobodyHasMayBeSpokenOf) {
  const auto loaded =
      Load(With("{ valor = \"posgrado\", pesos = { permanente = 4, "
                "\"consultor_de_línea\" = 6 } }",
                "{ valor = \"posgrado\", pesos = { permanente = 0, "
                "\"consultor_de_línea\" = 0 } }"));
  const Column* column = loaded->population.staff.Find("actividad_académica");
  ASSERT_NE(column, nullptr) << loaded->messages();
  const auto is = [](const AttributeValue& value) { return Show(value) == "posgrado"; };
  const auto found = std::find_if(column->values.begin(), column->values.end(), is);
  ASSERT_NE(found, column->values.end());
  const auto place = static_cast<std::int32_t>(found - column->values.begin());
  EXPECT_EQ(std::count(column->of.begin(), column->of.end(), place), 0);
}

TEST(PopulationTest, AnEventMayLastMonthsAndFollowAnother) {
  const std::string next =
      "por_ano = 1\n" + std::string(kMonths) +
      "campo_meses = \"meses\"\n\n[[suceso]]\nnombre = \"otra\"\nfuente = \"sintético\"\n"
      "hecho = \"otra\"\ntras = \"prueba\"\na_los_dias = [{ desde = 3, hasta = 9, peso = 1 }]\n" +
      kMonths + "en_el_puesto = true\ncada_dia = true\ncuenta = \"día\"\n";
  const auto loaded = Load(WithEvent(next));
  ASSERT_FALSE(loaded->population.staff.empty()) << loaded->messages();
  const Occurrence& first = loaded->population.occurrences[0];
  ASSERT_TRUE(first.months);
  EXPECT_EQ(first.months->smallest(), 2);
  EXPECT_EQ(first.months->largest(), 6);
  EXPECT_EQ(first.counted, "meses");
  EXPECT_TRUE(first.counts_months);
  EXPECT_FALSE(first.at_post);
  EXPECT_FALSE(first.follows);
  const Occurrence& second = loaded->population.occurrences[1];
  ASSERT_TRUE(second.follows);
  EXPECT_EQ(second.follows->occurrence, 0U);
  EXPECT_EQ(second.follows->days.smallest(), 3);
  EXPECT_EQ(second.follows->days.largest(), 9);
  EXPECT_EQ(second.reached.below, std::uint64_t{1} << 32);
  EXPECT_TRUE(second.at_post);
  EXPECT_TRUE(second.each_day);
  EXPECT_EQ(second.counted, "día");
  EXPECT_FALSE(second.counts_months);
}

TEST(PopulationTest, AnEventThatContradictsItselfHasItsPlace) {
  const auto codes = [](const std::string& keys) {
    const auto loaded = Load(WithEvent(keys));
    EXPECT_TRUE(loaded->population.staff.empty()) << keys;
    std::vector<std::string> all;
    for (const auto& d : loaded->diagnostics.all()) {
      EXPECT_GT(d.span.offset, 0U) << d.code;
      all.push_back(d.code);
    }
    return all;
  };
  using Codes = std::vector<std::string>;
  const Codes contradiction = {"población-suceso"};
  const std::string months = kMonths;
  const std::string half = kHalfDay;
  const std::string dated = "fechas = [\"08-19\"]\n";
  const std::string chance = "por_ano = 1\n";
  const std::string after = "a_los_dias = [{ desde = 3, hasta = 9, peso = 1 }]\n";
  // When it happens.
  EXPECT_EQ(codes(""), Codes{"población-falta-clave"});
  EXPECT_EQ(codes(chance + dated), contradiction);
  EXPECT_EQ(codes(chance + "traslada = true\n"), contradiction);
  EXPECT_EQ(codes(dated + "fecha_de = \"fecha_de_nacimiento\"\n"), contradiction);
  EXPECT_EQ(codes("fecha_de = \"sexo\"\n"), contradiction);
  EXPECT_EQ(codes(dated + "sin_29_de_febrero = \"03-01\"\n"), contradiction);
  for (const char* day : {"2026-03-01", "\"2-29\"", "1"})
    EXPECT_EQ(
        codes("fecha_de = \"fecha_de_nacimiento\"\nsin_29_de_febrero = " + std::string(day) + "\n"),
        Codes{"población-tipo"})
        << day;
  EXPECT_EQ(codes("fecha_de = \"cumpleaños\"\n"), contradiction);
  EXPECT_EQ(codes(chance + "alcanza_por_ciento = 50\n"), contradiction);
  EXPECT_EQ(codes(chance + after), contradiction);
  EXPECT_EQ(codes("tras = \"prueba\"\n" + after), contradiction);      // itself
  EXPECT_EQ(codes("tras = \"enfermedad\"\n" + after), contradiction);  // further down
  EXPECT_EQ(codes("tras = \"enfermedad\"\n"), (Codes{"población-falta-clave", "población-suceso"}));
  for (const char* dates : {"[]", "[\"02-30\"]", "[\"8-19\"]", "[19]", "\"08-19\""})
    EXPECT_EQ(codes(std::string("fechas = ") + dates + "\n"), Codes{"población-tipo"}) << dates;
  EXPECT_EQ(codes(dated + "alcanza_por_ciento = 101\n"), Codes{"población-tipo"});
  EXPECT_EQ(codes(dated + "oficinas = [\"lima\"]\n"), Codes{"población-oficina"});
  EXPECT_EQ(codes(dated + "grupos = [\"nadie\"]\n"), Codes{"población-grupo"});
  // How long.
  EXPECT_EQ(codes(chance + months + half), contradiction);
  EXPECT_EQ(codes(chance + months + "en_tramo = true\n"), contradiction);
  EXPECT_EQ(codes(chance + half + "campo_meses = \"meses\"\n"), contradiction);
  EXPECT_EQ(codes(chance + months + "campo_meses = \"a\"\ncuenta = \"b\"\n"), contradiction);
  EXPECT_EQ(codes(chance + months + "en_el_puesto = true\n"), contradiction);
  EXPECT_EQ(codes(chance + half + "cada_dia = true\nen_el_puesto = true\n"), contradiction);
  EXPECT_EQ(codes(chance + "tramo = 1\n"), contradiction);
  EXPECT_EQ(codes(chance + months + "tramo = 1\n"), contradiction);
  EXPECT_EQ(codes(chance + half + "tramo = 0\n"), Codes{"población-tipo"});
  EXPECT_EQ(codes(chance + "meses = [{ desde = 0, hasta = 6, peso = 1 }]\n"),
            Codes{"población-tipo"});
  // Two mistakes are two diagnostics.
  EXPECT_EQ(codes(chance + dated + months + half), (Codes{"población-suceso", "población-suceso"}));
}

TEST(PopulationTest, TheBalanceMayBeTold) {
  std::string text = With("[vocabulario.derechos]\n",
                          "[vocabulario.saldo]\nhecho = \"saldo_al_cierre\"\ndias = \"saldo\"\n\n"
                          "[vocabulario.derechos]\nvacacion_prescrita = \"vacación_prescrita\"\n");
  const auto loaded = Load(text);
  ASSERT_FALSE(loaded->population.staff.empty()) << loaded->messages();
  EXPECT_EQ(loaded->population.names.balance.kind, "saldo_al_cierre");
  EXPECT_EQ(loaded->population.names.balance.days, "saldo");
  EXPECT_EQ(loaded->population.names.lapsed_right, "vacación_prescrita");
  const std::string days = "dias = \"saldo\"\n";
  EXPECT_TRUE(Load(text.replace(text.find(days), days.size(), ""))->has("población-falta-clave"));
}

TEST(PopulationTest, MistakesInTheVacationProgrammeHaveTheirPlace) {
  const auto code = [](const std::string& more) {
    const auto loaded = Load(WithVacations(more));
    EXPECT_TRUE(loaded->population.staff.empty());
    return loaded->diagnostics.all().empty() ? "" : loaded->diagnostics.all().front().code;
  };
  const std::string bands = "reprogramacion = [{ desde = 1, hasta = 4, peso = 1 }]\n";
  EXPECT_EQ(code(bands), "población-falta-clave");
  EXPECT_EQ(code("reprogramadas_por_ciento = 10\n"), "población-falta-clave");
  EXPECT_EQ(code("reprogramadas_por_ciento = 101\n" + bands), "población-tipo");
  EXPECT_EQ(code("reprogramadas_por_ciento = 10\n"
                 "reprogramacion = [{ desde = 0, hasta = 4, peso = 1 }]\n"),
            "población-tipo");
  EXPECT_EQ(code("reprogramadas_por_ciento = 10\n"
                 "reprogramacion = [{ desde = 4, hasta = 1, peso = 1 }]\n"),
            "población-orden");
  EXPECT_EQ(code("uso_de_lo_adquirido_por_ciento = 50\n"), "población-tipo");
  EXPECT_EQ(code("uso_de_lo_adquirido_por_ciento = [{ desde = 0, hasta = 101, peso = 1 }]\n"),
            "población-tipo");
  EXPECT_EQ(code("colectivas = []\n"), "población-clave-desconocida");
  const std::string together = kTogether;
  EXPECT_EQ(code("[[vacaciones.colectiva]]\nfuente = \"sintético\"\ndesde = 2026-12-21\n"),
            "población-falta-clave");
  EXPECT_EQ(code("[[vacaciones.colectiva]]\nfuente = \"sintético\"\n"
                 "desde = 2026-12-21\nhasta = 2026-12-20\n"),
            "población-orden");
  EXPECT_EQ(code("[[vacaciones.colectiva]]\nfuente = \"sintético\"\ndesde = 21\nhasta = "
                 "2026-12-31\n"),
            "población-tipo");
  EXPECT_EQ(code(together + "oficinas = [\"lima\"]\n"), "población-oficina");
  EXPECT_EQ(code(together + "oficinas = []\n"), "población-tipo");
  EXPECT_EQ(code(together + "grupos = [\"eventual\"]\n"), "población-grupo");
  EXPECT_EQ(code(together + "grupos = []\n"), "población-tipo");
  EXPECT_EQ(code(together + "dias = 5\n"), "población-clave-desconocida");
  EXPECT_EQ(code(together + "dispuesta = 2026-12-22\n"), "población-orden");
}

TEST(PopulationTest, MistakesInTurnoverHaveTheirPlace) {
  const auto code = [](const std::string& from, const std::string& to) {
    const auto loaded = Load(With(from, to));
    EXPECT_TRUE(loaded->population.staff.empty());
    return loaded->diagnostics.all().empty() ? "" : loaded->diagnostics.all().front().code;
  };
  EXPECT_EQ(
      code("{ grupo = \"permanente\", por_ciento = 6,", "{ grupo = \"otro\", por_ciento = 6,"),
      "población-grupo");
  EXPECT_EQ(code("por_ciento = 15,", "por_ciento = 93,"), "población-suma");  // and 8
  EXPECT_EQ(code("{ desde = 31, hasta = 90, peso = 40 }", "{ desde = 30, hasta = 90, peso = 40 }"),
            "población-orden");
  const std::string removal = "[rotacion.remocion]\n";
  EXPECT_EQ(code(removal, removal + "dias_de_proceso = -1\n"), "población-tipo");
  // How long a process takes is said once: by its procedure, or in days.
  EXPECT_EQ(code(removal, removal + "dias_de_proceso = 60\n"), "población-trámite");
  EXPECT_EQ(code("tras = \"proceso\"", "tras = \"destitución\""), "población-trámite");
  EXPECT_EQ(code("pago = \"pagar de oficio la vacación pendiente\"\n", ""),
            "población-falta-clave");
}

TEST(PopulationTest, MistakesInProceduresHaveTheirPlace) {
  const auto code = [](const std::string& from, const std::string& to) {
    const auto loaded = Load(With(from, to));
    EXPECT_TRUE(loaded->population.staff.empty());
    return loaded->diagnostics.all().empty() ? "" : loaded->diagnostics.all().front().code;
  };
  EXPECT_EQ(code("tras = \"descuento\"\n", ""), "población-falta-clave");
  EXPECT_EQ(code("hito = \"prueba\"", "hitos = \"prueba\""), "población-clave-desconocida");
  EXPECT_EQ(code("hito = \"prueba\"", "hito = \"apertura\""), "población-trámite");
  EXPECT_EQ(code("\"representación_contra_la_sanción\"", "\"sumario_administrativo\""),
            "población-trámite");
  EXPECT_EQ(code("ocurre_por_ciento = 75", "ocurre_por_ciento = 101"), "población-tipo");
  EXPECT_EQ(code("desde = 101, hasta = 400", "desde = 90, hasta = 400"), "población-orden");
  EXPECT_EQ(code("desde = 101, hasta = 400", "desde = 101, hasta = 1001"), "población-tipo");
  EXPECT_EQ(code("horas = 14", "horas = -1"), "población-tipo");
  EXPECT_EQ(code("[[tramite]]\nfuente =", "[[tramite]]\n#"), "población-sin-fuente");
}

TEST(PopulationTest, MistakesInTheResponseToSanctionsHaveTheirPlace) {
  const auto more = [](const std::string& text) { return Load(LibraryText() + "\n" + text); };
  const std::string parts = "tras_sancion = { atrasos = 0.8, conductas = 0 }\n";
  const auto good = more("[disuasion]\nfuente = \"sintético\"\nmeses = 3\n" + parts);
  ASSERT_FALSE(good->diagnostics.has_errors()) << good->messages();
  ASSERT_TRUE(good->population.deterrence);
  EXPECT_EQ(good->population.deterrence->months, 3);
  EXPECT_EQ(good->population.deterrence->part, (std::array<double, kDeterred>{0.8, 1, 1, 1, 0}));
  EXPECT_TRUE(more("[disuasion]\nmeses = 3\n" + parts)->has("población-sin-fuente"));
  EXPECT_TRUE(more("[disuasion]\nfuente = \"s\"\nmeses = 3\n")->has("población-falta-clave"));
  EXPECT_TRUE(more("[disuasion]\nfuente = \"s\"\nmeses = 3\ntras_sancion = {}\n")
                  ->has("población-disuasión"));
  EXPECT_TRUE(
      more("[disuasion]\nfuente = \"s\"\nmeses = 3\ntras_sancion = 0.5\n")->has("población-tipo"));
  // Several at once, each in its place.
  const auto bad = more(
      "[disuasion]\nfuente = \"s\"\nmeses = 0\ntras_sancion = { atrasos = 1.5, sucesos = 0.5 }\n");
  EXPECT_TRUE(bad->population.staff.empty());
  EXPECT_EQ(bad->diagnostics.errors(), 3U) << bad->messages();
  EXPECT_TRUE(bad->has("población-tipo") && bad->has("población-clave-desconocida"));
  // Nobody's answer may be unsure.
  const auto unsure = Load(With("[incertidumbre]\n", "[incertidumbre]\ndisuasion = 0.3\n"));
  EXPECT_TRUE(unsure->has("población-disuasión"));
}

TEST(PopulationTest, MistakesInEventsHaveTheirPlace) {
  const auto more = [](const std::string& text) {
    return Load(LibraryText() + "\n[[suceso]]\nnombre = \"x\"\nfuente = \"sintético\"\n" + text);
  };
  EXPECT_TRUE(
      more("hecho = \"comisión\"\npor_ano = 1\ncada_dia = true\n")->has("población-suceso"));
  EXPECT_TRUE(more("hecho = \"examen_preventivo\"\npor_ano = 1\nen_tramo = true\n"
                   "medios_dias_fuera = [{ desde = 2, hasta = 2, peso = 1 }]\n")
                  ->has("población-suceso"));
  EXPECT_TRUE(more("hecho = \"comisión\"\npor_ano = 100\n")->has("población-tipo"));
  EXPECT_TRUE(more("hecho = \"comisión\"\npor_ano = 1\nformas = [{ campos = { meses = [1] } }]\n")
                  ->has("población-tipo"));
  EXPECT_TRUE(
      more("hecho = \"comisión\"\npor_ano = 1\ncampo = 3\n")->has("población-clave-desconocida"));
}

}  // namespace
}  // namespace cotejo::population
