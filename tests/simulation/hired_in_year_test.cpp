// Who is hired in the year begins on that day, be it that people come and go in it or not: before
// it nothing happens to them, and there is no vacation of theirs to be left over.
#include <algorithm>

#include "scenarios/year/person_year.h"
#include "tests/simulation/setting_for_tests.h"

namespace cotejo::year {
namespace {

constexpr int kGestion = 2026;
constexpr std::int64_t kPay = 9000;

// One person, twenty minutes late at each entry: fifteen minutes after the tolerance, in a month of
// 11 working days or more over 121 (RIP:45.I).
constexpr const char* kTables = R"(
[personal]
fuente = "sintético"
total = 1
grupos = [{ nombre = "permanente", cantidad = 1 }]
[oficinas]
fuente = "sintético"
lista = [{ nombre = "la_paz", departamento = "la_paz", plazas = { permanente = 1 } }]
[remuneracion]
fuente = "sintético"
permanente = [{ bs = 9000, cantidad = 1 }]
[ingreso]
fuente = "sintético"
permanente = [{ desde = 2026-06-15, hasta = 2026-06-15, peso = 1 }]
[servicio_previo]
fuente = "sintético"
certificado_desde = 2015-01-05
certificado_hasta = 2025-10-31
anos = [{ desde = 0, hasta = 0, peso = 1, certificado_por_ciento = 0 }]
[saldo_inicial]
fuente = "sintético"
al = 2025-12-31
grupos = ["permanente"]
saldos = [{ anos_desde = 0, anos_hasta = 60, medios_dias_desde = 20, medios_dias_hasta = 20 }]
[[clase]]
nombre = "tarde"
fuente = "sintético"
peso = 1
llegada = [{ desde = 20, hasta = 20, peso = 1 }]
omision_por_mil = 0
omision_de_ingreso_por_ciento = 50
regularizada_por_ciento = 0
inasistencia = [{ medios_dias = 2, por_ano = 0 }]
ausencia = [{ medios_dias = 2, por_ano = 0 }]
factor_de_conductas = 1.0
[conductas]
fuente = "sintético"
lista = [{ inciso = "RIP:43.II.a", por_ano = 0 }]
[vacaciones]
fuente = "sintético"
uso_por_ciento = [{ desde = 100, hasta = 100, peso = 1 }]
medios_dias_seguidos = [{ desde = 2, hasta = 2, peso = 1 }]
mes = [{ desde = 1, hasta = 12, peso = 1 }]
)";

class HiredInYearTest : public RipTest {
 protected:
  void SetUp() override {
    RipTest::SetUp();
    // Names as in the library, whose tables begin after them.
    std::ifstream in(root_ + "/scenarios/library/defensoria-2025.toml");
    const std::string library(std::istreambuf_iterator<char>(in), {});
    const std::string file = testing::TempDir() + "ingreso " + std::to_string(::getpid()) + ".toml";
    std::ofstream(file) << library.substr(0, library.find("\n[personal]\n")) << kTables;
    population_ = population::LoadPopulation(sources_, file, diagnostics_);
    std::filesystem::remove(file);
    ASSERT_FALSE(diagnostics_.has_errors()) << Messages(sources_, diagnostics_);
    ASSERT_FALSE(population_.turnover);
  }

  base::Rational Value(const Forecast& forecast, const std::string& key) {
    const auto cell = std::find_if(forecast.cells.begin(), forecast.cells.end(),
                                   [&](const Cell& c) { return c.key == key; });
    EXPECT_NE(cell, forecast.cells.end()) << key;
    if (cell == forecast.cells.end()) return {};
    const auto at = static_cast<std::size_t>(cell - forecast.cells.begin());
    return {forecast.regulations[0].values[at][0], cell->scale};
  }
};

TEST_F(HiredInYearTest, NothingHappensBefore) {
  Options options;
  options.gestion = kGestion;
  options.replications = 2;
  const Forecast forecast = Run({{"base", {"en vigor", "in force"}, regulation_.rules}}, options);
  // June from the 15th has 11 working days: 22 entries of 15 minutes are 330. It is the first time
  // in the year (45.I, four days) and not the sixth, which is beyond any deduction; July is the
  // second (46.IV.1, six days).
  EXPECT_EQ(Value(forecast, "sanciones/RIP:45.I"), base::Rational(1));
  const MonthSeries& days = *std::find_if(forecast.series.begin(), forecast.series.end(),
                                          [](const auto& s) { return s.key == "descuentos/días"; });
  EXPECT_EQ(days.base, (std::vector<double>{0, 0, 0, 0, 0, 4, 6, 0, 0, 0, 0, 0}));
  EXPECT_EQ(Value(forecast, "descuentos/centavos/total"), base::Rational(10 * kPay, 30));
  EXPECT_EQ(Value(forecast, "servicio/días/05/total"), base::Rational(0));
  EXPECT_EQ(Value(forecast, "servicio/días/06/total"), base::Rational(11));
  EXPECT_EQ(Value(forecast, "refrigerio/días/total"),
            base::Rational(11 + 22 + 19 + 22 + 22 + 20 + 22));
  // Six whole months of the year: half a month's pay (DS25749:28.I) and half of fifteen days.
  EXPECT_EQ(Value(forecast, "aguinaldo/centavos/total"), base::Rational(kPay / 2));
  EXPECT_EQ(Value(forecast, "vacaciones/ganada"), base::Rational(15, 2));
}

TEST_F(HiredInYearTest, TheyHadNoBalanceBeforeTheyWereThere) {
  ASSERT_EQ(population_.staff.opening_half_days.size(), 1U);
  EXPECT_EQ(population_.staff.opening_half_days[0], 0);
}

TEST_F(HiredInYearTest, TheDiaryBeginsThatDay) {
  auto setting = Prepare({regulation_.rules.get()}, population_, kGestion, diagnostics_);
  ASSERT_TRUE(setting) << Messages(sources_, diagnostics_);
  const evaluation::History history = PersonYear(*setting, population_, {0, 0, 1, 0});
  EXPECT_EQ(history.from, base::Date(2026, 6, 15));
  ASSERT_FALSE(history.facts.empty());
  EXPECT_EQ(history.facts.front().date, base::Date(2026, 6, 15));
}

TEST_F(HiredInYearTest, NobodyIsOfTheStaffOfAnEarlierYear) {
  EXPECT_FALSE(Prepare({regulation_.rules.get()}, population_, kGestion - 1, diagnostics_));
  EXPECT_NE(Messages(sources_, diagnostics_).find("2026-06-15, después de la gestión 2025"),
            std::string::npos)
      << Messages(sources_, diagnostics_);
}

}  // namespace
}  // namespace cotejo::year
