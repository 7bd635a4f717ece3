// What two cells of a person say together, and rows that are of nobody.
#include <gmock/gmock.h>

#include <set>
#include <sstream>

#include "scenarios/population/pseudonyms.h"
#include "tests/simulation/staff_lists.h"

namespace cotejo::population {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class StaffListAgreement : public StaffLists {
 protected:
  // With nothing said of a list read before.
  std::optional<Imported> Import(const std::string& list) {
    diagnostics_ = {};
    return StaffLists::Import(list);
  }

  static std::string Value(const Population& p, const std::string& attribute, std::size_t person) {
    const Column* column = p.staff.Find(attribute);
    if (column == nullptr || column->of[person] < 0) return "";
    return Show(column->values[static_cast<std::size_t>(column->of[person])]);
  }
};

std::string Thirty(const std::string& rest) {
  std::string list = "ci;contrato;departamento\n";
  for (int i = 0; i < 30; ++i) list += std::to_string(1000 + i) + ";" + rest + "\n";
  return list;
}

// The file has two offices in Beni: beni, with five posts of permanent staff, and riberalta, two.
TEST_F(StaffListAgreement, AnOfficeIsDrawnInTheDepartmentThatTheListGives) {
  const Population p = Staffed(Thirty("permanente;beni"), library_);
  ASSERT_EQ(p.staff.size(), 30U) << Messages();
  std::multiset<std::string> offices;
  for (std::size_t i = 0; i < 30; ++i) {
    offices.insert(Value(p, "oficina", i));
    EXPECT_EQ(Value(p, "departamento", i), "beni");
    EXPECT_EQ(Value(p, "contrato", i), "permanente");
  }
  // The seven people drawn are gone through four times, and two of them once more.
  EXPECT_EQ(offices.count("beni") + offices.count("riberalta"), 30U);
  EXPECT_GE(offices.count("beni"), 20U);
  EXPECT_LE(offices.count("beni"), 22U);
}

// Nobody of that contract is drawn there: the rest is of the contract, and the office of the
// department all the same.
TEST_F(StaffListAgreement, AnOfficeIsOfTheDepartmentAlsoWhereNobodyOfTheContractIsDrawn) {
  std::ifstream file(library_);
  std::stringstream content;
  content << file.rdbuf();
  std::string text = content.str();
  const auto replace = [&](const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
  };
  replace("departamento = \"pando\", plazas = { permanente = 4,",
          "departamento = \"pando\", plazas = { permanente = 0,");
  replace("plazas = { permanente = 60,", "plazas = { permanente = 64,");
  const Population p = Staffed(Thirty("permanente;pando"), Put("poblacion.toml", text));
  ASSERT_EQ(p.staff.size(), 30U) << Messages();
  for (std::size_t i = 0; i < 30; ++i) EXPECT_EQ(Value(p, "oficina", i), "pando");
}

TEST_F(StaffListAgreement, AnOfficeOfAnotherDepartmentIsAnError) {
  EXPECT_FALSE(Import(
      "ci;contrato;oficina;departamento\n1001;permanente;yungas;La Paz\n1002;permanente;nacional;"
      "beni\n1003;permanente;;beni\n1004;permanente;nacional;\n"));
  EXPECT_THAT(Codes(), ElementsAre("lista-imposible")) << Messages();
  EXPECT_THAT(Messages(), HasSubstr("lista.csv:3:3: «oficina»: «nacional» tiene por "
                                    "«departamento» «la_paz», y la fila dice «beni»"));
}

// The balance of the file is that of 2024-12-31.
TEST_F(StaffListAgreement, NobodyHiredLaterHasAnOpeningBalance) {
  EXPECT_FALSE(
      Import("ci;ingreso;saldo_inicial\n1001;2024-12-31;5\n1002;2025-01-01;\n1003;2025-01-01;0\n"
             "1004;;5\n1005;2025-01-01;12,5\n"));
  EXPECT_THAT(Codes(), ElementsAre("lista-imposible")) << Messages();
  EXPECT_THAT(Messages(), HasSubstr("lista.csv:6:3: «saldo_inicial»: «12.50» es al 2024-12-31, y "
                                    "«ingreso» es 2025-01-01"));
}

TEST_F(StaffListAgreement, ARowOfNobodyIsNoPerson) {
  EXPECT_FALSE(Import("ci;contrato;remuneración\n1001;permanente;9000\nTOTAL;;18000\n"));
  EXPECT_THAT(Codes(), ElementsAre("lista-documento")) << Messages();
  EXPECT_THAT(Messages(),
              HasSubstr("lista.csv:3:1: «ci»: no es un documento: no tiene ninguna cifra"));
  for (const char* rounded : {"1,23E+06", "1.23457e+6", "5E+06"}) {
    EXPECT_FALSE(Import(std::string("ci;sexo\n") + rounded + ";mujer\n"));
    EXPECT_THAT(Codes(), ElementsAre("lista-documento")) << rounded;
    EXPECT_THAT(Messages(), HasSubstr("lista.csv:2:1: «ci»: no es un documento: le faltan cifras"));
    EXPECT_THAT(Messages(), testing::Not(HasSubstr(rounded)));
  }
  EXPECT_TRUE(Import("ci;sexo\n1234567-1A;mujer\nE-0012345;mujer\n12E5;mujer\n7654321 LP;hombre\n"))
      << Messages();
}

TEST_F(StaffListAgreement, ADocumentWithDecimalsIsNone) {
  for (const char* spoilt :
       {"1234567.00", "1234567,0", "1.234.567,00", "1234567.000000", "1234567.000"}) {
    EXPECT_FALSE(Import(std::string("ci;sexo\n") + spoilt + ";mujer\n")) << spoilt;
    EXPECT_THAT(Codes(), ElementsAre("lista-documento")) << spoilt;
    EXPECT_THAT(Messages(), HasSubstr("lista.csv:2:1: «ci»: no es un documento: tiene decimales"));
  }
  EXPECT_TRUE(Import("ci;sexo\n1.234.000;mujer\n40.000;mujer\n1234567;mujer\n")) << Messages();
}

// A clock pads with zeros what the list has without them, and the list may have them too.
TEST_F(StaffListAgreement, ThePaddingOfADocumentIsNoPartOfIt) {
  EXPECT_EQ(Written("ci;sexo\n0812345;mujer\n"), Written("ci;sexo\n812345;mujer\n"));
  EXPECT_THAT(Written("ci;sexo\n0812345;mujer\n"), HasSubstr(Pseudonym(kKey, "812345")));
  EXPECT_THAT(Written("ci;sexo\n0812345 LP;mujer\n"), HasSubstr(Pseudonym(kKey, "0812345lp")));
  EXPECT_FALSE(Import("ci;sexo\n0812345;mujer\n812345;mujer\n"));
  EXPECT_THAT(Codes(), ElementsAre("lista-persona-repetida"));
}

// The quote of the second line closes in the fourth: the person of the third would be gone.
TEST_F(StaffListAgreement, AQuoteThatHidesAPersonIsAnError) {
  EXPECT_FALSE(Import(
      "ci;nombre;contrato\n1001;\"Ana;permanente\n1002;Eva;permanente\n1003;Luz\";permanente\n"));
  EXPECT_THAT(Codes(), ElementsAre("csv-filas-entre-comillas")) << Messages();
  EXPECT_THAT(Messages(), HasSubstr("lista.csv: la fila 2 abre unas comillas"));
}

}  // namespace
}  // namespace cotejo::population
