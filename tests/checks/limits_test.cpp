// What may be said of what nobody knows: that no history has something holds for every date, every
// amount, every time of the year and whoever changes in it, within the bounds that are told.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/checks/text_rules.h"

namespace cotejo::checks {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::string kBasis = R"(
jerarquía ley > reglamento
norma REG "Reglamento de prueba" rango reglamento vigente desde 2020-01-01
dato remoto: lógico = no
horario único cita REG:1 tramos 08:00 a 12:00, 14:00 a 18:00
hecho falta en tramo
  días: días = 1/2 día entre 1/2 día y 1/2 día en pasos de 1/2 día
medida total por mes cita REG:2 = suma(falta.días) en pasos de 1/2 día
medida veces_del_mes por mes cita REG:2 = cuenta(falta)
)";

// The month closes when the relation ends, and for Z3 it closes on its last day: that the second
// rule never applies is not claimed, though a lone fact without witness would look so.
TEST(Limits, MonthsOfWhoLeavesAreUnsupportedAndItSaysSo) {
  CheckOptions options;
  options.only = {"regla-muerta"};
  const auto report = CheckText(kBasis + R"(
hecho baja extintivo
medida bajas por mes cita REG:5 = cuenta(baja)
regla una cita REG:5 sobre falta por mes cuando total >= 1 día y bajas = 0 entonces descuento 1 día
regla otra cita REG:6 sobre falta por mes cuando total >= 2 días y bajas * 2 > 1 y bajas < 2 entonces destitución
)",
                                options);
  ExpectSound(report);
  EXPECT_GT(report.totals.unsupported, 0);
  EXPECT_THAT(report.findings, IsEmpty());
}

// Nobody is there at the year's close who left before it, and who leaves on that day is.
TEST(Limits, NothingComesAfterTheRelationEnded) {
  CheckOptions options;
  options.only = {"regla-muerta"};
  const auto report = CheckText(kBasis + R"(
dato ingreso: fecha = 2020-01-02 entre 1995-01-01 y 2026-12-31 constitutivo
hecho baja extintivo
hecho cierre cada gestión
medida bajas por gestión cita REG:5 = cuenta(baja)
medida a_medio_año por gestión cita REG:5 = cuenta(baja donde fecha < 2020-12-31)
regla una cita REG:5 sobre cierre cuando bajas = 0 entonces derecho aguinaldo 1 día
regla el_mismo_día cita REG:5 sobre cierre cuando bajas >= 1 entonces derecho aguinaldo 2 días
regla antes cita REG:6 sobre cierre cuando a_medio_año >= 1 entonces derecho aguinaldo 3 días
regla otra cita REG:6 sobre baja cuando fecha >= 2020-01-01 entonces derecho finiquito 1 día
regla dos cita REG:7 sobre falta cuando bajas >= 1 entonces descuento 1 día
)",
                                options);
  ASSERT_THAT(report.findings, SizeIs(1));
  EXPECT_THAT(report.findings[0].title.es, HasSubstr("antes"));
  EXPECT_EQ(report.totals.unknown + report.totals.unsupported, 0);
}

// Dates are any day there is: in the middle of a year of service, between two days that a rule
// names, with a birthday in another month.
TEST(Limits, DatesAreAnyDay) {
  CheckOptions options;
  options.only = {"regla-muerta", "supuesto-vacío"};
  const auto report = CheckText(kBasis + R"(
dato ingreso: fecha = 2020-01-02 entre 1995-01-01 y 2026-12-31 constitutivo
hecho nota en día
hecho aniversario cada año desde ingreso
medida notas por mes cita REG:5 = cuenta(nota)
medida aniversarios por gestión cita REG:5 = cuenta(aniversario)
medida hábiles por mes cita REG:5 = días_hábiles()
regla una cita REG:5 sobre falta por mes cuando veces_del_mes * 2 - notas > 3 y meses_desde_aniversario(ingreso, fecha) = 5 y años(ingreso, fecha) >= 3 y años(ingreso, fecha) < 4 entonces descuento 1 día
regla dos cita REG:6 sobre falta por mes cuando veces_del_mes * 2 - notas > 3 y ingreso >= 2012-03-10 y ingreso <= 2012-03-20 entonces descuento 2 días
regla tres cita REG:7 sobre falta por mes cuando veces_del_mes * 2 - notas > 3 y aniversarios * 2 < 1 y años(ingreso, fecha) > 2 entonces descuento 3 días
regla cuatro cita REG:8 sobre aniversario cuando notas * 2 > 1 y meses_desde_aniversario(ingreso, fecha + 40 días) = 1 entonces derecho torta 1 día
regla cinco cita REG:8 sobre falta por mes cuando veces_del_mes * 2 - notas > 3 y hábiles * 2 < 11 entonces descuento 4 días
regla nunca cita REG:9 sobre falta por mes cuando veces_del_mes * 2 - notas > 3 y meses_desde_aniversario(ingreso, fecha) = 5 y meses_desde_aniversario(ingreso, fecha + 31 días) = 5 y meses_desde_aniversario(ingreso, fecha + 62 días) = 5 entonces descuento 5 días
)",
                                options);
  ASSERT_THAT(report.findings, SizeIs(1));
  EXPECT_EQ(report.findings[0].code, "regla-muerta");
  EXPECT_THAT(report.findings[0].title.es, HasSubstr("nunca"));
  EXPECT_EQ(report.totals.unknown + report.totals.unsupported, 0);
}

// What a rule says of some dates alone is looked for on those dates; when it says another thing of
// each, nothing is claimed.
TEST(Limits, DatesThatTheRulesTellApartAreLookedAt) {
  CheckOptions options;
  options.only = {"regla-muerta"};
  const std::string basis = kBasis + R"(
dato cuota: días
hecho nota en día
parámetro tope cita REG:2 desde 2020-01-01 = 1 día, desde 2020-09-01 = 9 días
medida notas por mes cita REG:5 = cuenta(nota)
medida hábiles por mes cita REG:5 = días_hábiles()
)";
  const std::string two = "veces_del_mes * 2 - notas > 3 y ";  // in a way that only Z3 finds
  for (const std::string& rule :
       {"falta por mes cuando " + two + "fecha >= 2020-06-01",
        "falta por mes cuando " + two + "tope > 5 días",
        "falta por mes cuando " + two + "hábiles * 2 > 45",
        "falta cuando " + two + "fecha = 2020-05-15",
        "nota cuando meses_desde_aniversario(2000-01-01, fecha) = 11" + std::string()}) {
    const auto report = CheckText(
        basis + "regla una cita REG:5 sobre " + rule + " entonces derecho torta 1 día", options);
    EXPECT_THAT(report.findings, IsEmpty()) << rule;
    EXPECT_EQ(report.totals.unknown + report.totals.unsupported, 0) << rule;
  }
  const auto never = CheckText(basis + "regla nunca cita REG:9 sobre falta por mes cuando " + two +
                                   "hábiles * 2 > 45 y fecha >= 2020-02-01 y fecha < 2020-03-01 "
                                   "entonces derecho torta 1 día",
                               options);
  ASSERT_THAT(never.findings, SizeIs(1));
  EXPECT_THAT(never.findings[0].bounds.es, HasSubstr("en cada fecha que las reglas distinguen"));
  // Some days of another month.
  const auto earlier = CheckText(kBasis + R"(
hecho nota en día
medida notas por mes cita REG:5 = cuenta(nota)
medida de_febrero por gestión cita REG:5 = cuenta(nota donde fecha >= 2020-02-12 y fecha < 2020-02-14)
medida del_año por gestión cita REG:5 = cuenta(falta)
regla febrero cita REG:9 sobre falta por mes cuando veces_del_mes * 2 > 3 y de_febrero * 2 > 1 y notas * 2 < 1 entonces descuento 5 días
regla año cita REG:9 sobre falta por gestión cuando del_año * 2 > 3 y de_febrero * 2 > 1 entonces descuento 6 días
)",
                                 options);
  EXPECT_THAT(earlier.findings, IsEmpty());
  EXPECT_EQ(earlier.totals.unknown + earlier.totals.unsupported, 0);
  const auto each =
      CheckText(basis + "regla cada_día cita REG:9 sobre falta por mes cuando " + two +
                    "fecha - 2020-01-01 + cuota < 80 días entonces derecho torta 1 día",
                options);
  EXPECT_THAT(each.findings, IsEmpty());  // of the month, its last days: no more is known
  EXPECT_GE(each.totals.unknown, 1);
}

// Somebody may be one thing in a part of the year and another in the rest.
TEST(Limits, WhatAPersonIsMayChange) {
  const std::string basis = kBasis + R"(
medida remotas por gestión cita REG:5 = cuenta(falta donde remoto)
medida del_año por gestión cita REG:5 = cuenta(falta)
regla una cita REG:5 sobre falta por mes cuando remotas * 2 > 1 y no remoto entonces descuento 2 días
regla otra cita REG:6 sobre falta por mes cuando veces_del_mes * 2 > 1 entonces destitución
)";
  CheckOptions options;
  options.only = {"contradicción", "regla-muerta"};
  const auto report = CheckText(basis, options);
  ASSERT_THAT(report.findings, SizeIs(1));
  const base::Finding& clash = report.findings[0];
  EXPECT_EQ(clash.code, "contradicción");
  ASSERT_THAT(clash.witness.person, SizeIs(2));
  EXPECT_EQ(clash.witness.person[0].es, "remoto: sí");
  EXPECT_THAT(clash.witness.person[1].es, testing::StartsWith("remoto: no desde 2020-"));
  // One who had it and no longer does.
  const auto ceased = CheckText(kBasis + R"(
dato grado: veces opcional
medida con_grado por gestión cita REG:5 = cuenta(falta donde tiene grado)
regla una cita REG:5 sobre falta por mes cuando con_grado * 2 > 1 y no tiene grado entonces descuento 2 días
)",
                                options);
  EXPECT_THAT(ceased.findings, IsEmpty());
  EXPECT_EQ(ceased.totals.unknown, 0);
  const auto never = CheckText(basis + R"(
regla nunca cita REG:7 sobre falta por mes cuando remotas * 2 > 1 y del_año * 2 < 2 entonces descuento 3 días
)",
                               options);
  ASSERT_THAT(Of(never, "regla-muerta"), SizeIs(1));
  EXPECT_THAT(Of(never, "regla-muerta")[0].bounds.es, HasSubstr("o cambiados una vez"));
}

// A career is longer than a year.
TEST(Limits, ACareerSeesTheYearBefore) {
  CheckOptions options;
  options.only = {"regla-muerta"};
  const auto report = CheckText(kBasis + R"(
hecho nota en día
hecho queja derivado en día
califica nota como queja cita REG:4 cuando fecha >= 2020-01-01
medida de_siempre por carrera cita REG:5 = cuenta(queja)
medida del_año por gestión cita REG:5 = cuenta(queja)
regla una cita REG:5 sobre falta por mes cuando de_siempre * 2 > 1 y del_año * 2 < 1 entonces descuento 1 día
regla dos cita REG:6 sobre nota cuando de_siempre > 1 y del_año * 2 < 3 entonces derecho torta 1 día
regla nunca cita REG:7 sobre nota cuando de_siempre * 2 < 1 y del_año * 2 > 1 entonces derecho torta 2 días
)",
                                options);
  ASSERT_THAT(report.findings, SizeIs(1));
  EXPECT_THAT(report.findings[0].title.es, HasSubstr("nunca"));
  EXPECT_THAT(report.findings[0].bounds.es, HasSubstr("de la gestión anterior"));
}

// Of an amount that declares no bounds there is no most, and a fact's date may be years before it.
TEST(Limits, AmountsHaveNoEnd) {
  CheckOptions options;
  options.only = {"regla-muerta"};
  const auto report = CheckText(kBasis + R"(
dato hijos: veces
hecho nota en día
hecho viaje en día
  lejos: días
  espera: minutos
  gasto: Bs
  servicio: años
  pedido: fecha
medida notas por mes cita REG:5 = cuenta(nota)
medida lejanos por mes cita REG:5 = cuenta(viaje donde lejos > 400 días)
medida esperas por mes cita REG:5 = cuenta(viaje donde espera > 3000 minutos)
medida caros por mes cita REG:5 = cuenta(viaje donde gasto > 3000000 Bs)
medida antiguos por mes cita REG:5 = cuenta(viaje donde servicio > 70 años)
medida tardíos por mes cita REG:5 = cuenta(viaje donde años(pedido, fecha) > 9 años)
medida negativos por mes cita REG:5 = cuenta(viaje donde gasto < 0 Bs)
regla una cita REG:5 sobre falta por mes cuando veces_del_mes * 2 - notas > 3 y lejanos >= 1 entonces descuento 1 día
regla dos cita REG:6 sobre falta por mes cuando veces_del_mes * 2 - notas > 3 y esperas >= 1 entonces descuento 2 días
regla tres cita REG:7 sobre falta por mes cuando veces_del_mes * 2 - notas > 3 y caros >= 1 entonces descuento 3 días
regla cuatro cita REG:8 sobre falta por mes cuando veces_del_mes * 2 - notas > 3 y antiguos >= 1 entonces descuento 4 días
regla cinco cita REG:9 sobre falta por mes cuando veces_del_mes * 2 - notas > 3 y tardíos >= 1 entonces descuento 5 días
regla seis cita REG:9 sobre falta por mes cuando veces_del_mes * 2 - notas > 3 y hijos > 1500 entonces descuento 6 días
regla nunca cita REG:9 sobre falta por mes cuando veces_del_mes * 2 - notas > 3 y negativos >= 1 entonces descuento 7 días
)",
                                options);
  ASSERT_THAT(report.findings, SizeIs(1));
  EXPECT_THAT(report.findings[0].title.es, HasSubstr("nunca"));
  EXPECT_EQ(report.totals.unknown + report.totals.unsupported, 0);
}

// March of 2020 has 22 working days, July and December have 23, and the year has 262.
const std::string kLongMonths = kBasis + R"(
hecho olvido en día
medida seguidas por mes cita REG:2 = racha(falta.días >= 1 día)
medida olvidos por mes cita REG:2 = cuenta(olvido)
medida del_año por gestión cita REG:2 = suma(falta.días) en pasos de 1/2 día
)";

// The titles of what is said of dead rules.
std::vector<std::string> DeadOf(const std::string& norma) {
  CheckOptions options;
  options.only = {"regla-muerta"};
  const auto report = CheckText(norma, options);
  EXPECT_EQ(report.totals.unknown + report.totals.unsupported, 0);
  std::vector<std::string> titles;
  for (const base::Finding& finding : report.findings) titles.push_back(finding.title.es);
  return titles;
}

// One whole day and one half by turns are 12 days and 11 halves in 23 days.
TEST(Limits, WhatOnlyTheLongestMonthHolds) {
  const std::vector<std::string> dead = DeadOf(kLongMonths + R"(
regla seguidos cita REG:3 sobre falta por mes cuando seguidas >= 23 entonces descuento 1 día
regla sumados cita REG:4 sobre falta por mes cuando total >= 22½ entonces descuento 2 días
regla enteros cita REG:4 sobre falta por mes cuando total >= 23 entonces descuento 3 días
regla contados cita REG:5 sobre olvido por mes cuando olvidos >= 23 entonces descuento 4 días
regla sueltos cita REG:6 sobre falta por mes cuando total >= 17½ y seguidas < 2 entonces descuento 5 días
)");
  EXPECT_THAT(dead, IsEmpty());
  EXPECT_THAT(DeadOf(kLongMonths + R"(
regla seguidos cita REG:3 sobre falta por mes cuando seguidas >= 24 entonces descuento 1 día
regla sumados cita REG:4 sobre falta por mes cuando total >= 23½ entonces descuento 2 días
regla contados cita REG:5 sobre olvido por mes cuando olvidos >= 24 entonces descuento 4 días
)"),
              SizeIs(3));
}

TEST(Limits, WhatTheLongestMonthLeavesOut) {
  const auto gaps = [](const std::string& most) {
    CheckOptions options;
    options.only = {"hueco"};
    return CheckText(kLongMonths +
                         "escala olvidos_del_mes cita REG:3 sobre olvido por mes según "
                         "olvidos\n  | 1 .. " +
                         most + " | descuento 1 día |\n",
                     options)
        .findings;
  };
  ASSERT_THAT(gaps("22"), SizeIs(1));
  EXPECT_THAT(gaps("22")[0].witness.facts, SizeIs(23));
  EXPECT_THAT(gaps("23"), IsEmpty());
}

// Halves of 19 days are 38, of every working day of the year 524.
TEST(Limits, SumsOfTheGestionReachAllItsWorkingDays) {
  const auto dead = [](const std::string& least) {
    return DeadOf(kLongMonths + "regla una cita REG:3 sobre falta por gestión cuando del_año >= " +
                  least + " entonces descuento 1 día");
  };
  EXPECT_THAT(dead("38"), IsEmpty());
  EXPECT_THAT(dead("262"), IsEmpty());
  EXPECT_THAT(dead("262½"), SizeIs(1));
  // It applies, though the other one orders the same already.
  EXPECT_THAT(DeadOf(kLongMonths + R"(
regla una cita REG:3 sobre falta por gestión cuando del_año >= 38 entonces descuento 1 día
regla otra cita REG:4 sobre falta por gestión cuando del_año >= 100 entonces descuento 1 día
)"),
              IsEmpty());
}

// Six times in a month make it count: there are twelve months, and the last one counts as well.
TEST(Limits, MonthsThatCountAreAsManyAsTheGestionHas) {
  const auto dead = [](const std::string& least) {
    return DeadOf(kLongMonths + R"(
hecho mal_mes derivado en día
califica olvido por mes como mal_mes cita REG:2 cuando olvidos >= 6
medida malos por gestión cita REG:2 = cuenta(mal_mes)
regla una cita REG:3 sobre olvido por mes cuando malos >= )" +
                  least + " entonces descuento 1 día");
  };
  for (const char* least : {"2", "10", "12"}) EXPECT_THAT(dead(least), IsEmpty()) << least;
  EXPECT_THAT(dead("13"), SizeIs(1));
}

}  // namespace
}  // namespace cotejo::checks
