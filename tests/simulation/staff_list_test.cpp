// A real list of people: what is read, what stays behind, what is drawn in its place.
#include "scenarios/population/staff_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "model/base/program.h"
#include "scenarios/population/list_cells.h"
#include "scenarios/population/pseudonyms.h"
#include "scenarios/population/specification.h"
#include "tests/simulation/staff_lists.h"

namespace cotejo::population {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

using StaffListTest = StaffLists;

// As an office suite writes it here: semicolons, Windows-1252, day first, decimal comma.
const char* const kLocal =
    "Documento;Nombre completo;Contrato;OFICINA;Ingreso;Remuneraci\xF3n;Sexo;Saldo inicial\r\n"
    "4.001.002 LP;P\xE9rez \xD1"
    "a\xF1"
    "ez;Consultor de L\xEDnea;Potos\xED;5/7/2021;9.700,50;mujer;\r\n"
    "5001003;Quispe;PERMANENTE;nacional;31/12/2009;10200;;12,5\r\n";
const char* const kPlain =
    "sexo,documento,saldo_inicial,contrato,oficina,ingreso,remuneración\n"
    ",5001003,25/2,permanente,nacional,2009-12-31,10200\n"
    "mujer,\"4001002-lp\",,consultor_de_línea,potosí,2021-07-05,\"9,700.50\"\n";

TEST_F(StaffListTest, AnyEncodingSeparatorAndOrderGiveTheSameFile) {
  const std::string local = Written(kLocal);
  EXPECT_EQ(local, Written(kPlain));
  // HMAC-SHA-256 of "4001002lp" and "5001003" under the key, worked out with Python's hmac.
  EXPECT_EQ(local,
            "persona,contrato,oficina,remuneración,ingreso,saldo_inicial,sexo\n"
            "p-3d5bd7f533111b18,consultor_de_línea,potosí,9700.50,2021-07-05,,mujer\n"
            "p-78d6ad1cf2944cc6,permanente,nacional,10200,2009-12-31,12.50,\n");
}

// What a spreadsheet saves as Unicode text: UTF-16LE with its mark, separated by tabs.
TEST_F(StaffListTest, AListInUtf16GivesTheSameFile) {
  std::string wide = "\xFF\xFE";
  for (char c : std::string(kLocal)) {
    if (c == ';') c = '\t';
    // Latin-1, of which the letters here are, has the numbers of Unicode.
    wide += c;
    wide += '\0';
  }
  const auto sheet = ReadSheet(Put("ancha.txt", wide), "", diagnostics_);
  ASSERT_TRUE(sheet) << Messages();
  EXPECT_EQ(sheet->read_as.es, "CSV con «tab», en UTF-16LE");
  EXPECT_EQ(Written(wide), Written(kLocal));
  wide.pop_back();
  EXPECT_FALSE(ReadSheet(Put("cortada.txt", wide), "", diagnostics_));
  EXPECT_FALSE(ReadSheet(Put("sólo la marca.txt", "\xFF\xFE"), "", diagnostics_));
  EXPECT_EQ(diagnostics_.errors(), 2U);
}

TEST_F(StaffListTest, WhatWasTakenForTheFileIsSaid) {
  const auto local = ReadSheet(Put("a.csv", kLocal), "", diagnostics_);
  ASSERT_TRUE(local);
  EXPECT_EQ(local->read_as.es, "CSV con «;», en Windows-1252");
  const auto plain = ReadSheet(Put("b.csv", kPlain), "", diagnostics_);
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->read_as.es, "CSV con «,», en UTF-8");
}

TEST_F(StaffListTest, TheFileReadsBackToTheSameAndAgain) {
  const std::string written = Written(kLocal);
  const auto again =
      ReadStaffCsv(Put("personal.csv", written), Fields(), Options().today, diagnostics_);
  ASSERT_TRUE(again) << Messages();
  EXPECT_EQ(WriteStaffCsv(*again), written);
}

TEST_F(StaffListTest, NothingThatSaysWhoItIsGoesThrough) {
  const auto imported = Import(kLocal);
  ASSERT_TRUE(imported);
  EXPECT_THAT(imported->identifying, testing::ElementsAre("Documento", "Nombre completo"));
  const std::string written = WriteStaffCsv(imported->list);
  for (const char* who : {"4001002", "4.001.002", "5001003", "rez", "Quispe"})
    EXPECT_THAT(written, Not(HasSubstr(who)));
}

TEST_F(StaffListTest, AnotherKeyGivesOtherPseudonyms) {
  EXPECT_EQ(Pseudonym(kKey, "5001003"), Pseudonym(kKey, PlainDocument(" 5.001.003 ")));
  EXPECT_NE(Pseudonym(kKey, "5001003"), Pseudonym(std::string(64, 'b'), "5001003"));
  EXPECT_NE(Pseudonym(kKey, "5001003"), Pseudonym(kKey, "5001004"));
  EXPECT_TRUE(IsPseudonym(Pseudonym(kKey, "5001003")));
  EXPECT_FALSE(IsPseudonym("5001003"));
}

TEST_F(StaffListTest, TheKeyIsMadeOnceAndForItsOwnerAlone) {
  const std::string path = (folder_ / "llave").string();
  const auto made = ReadOrMakeKey(path, diagnostics_);
  ASSERT_TRUE(made) << Messages();
  EXPECT_EQ(made->size(), 64U);
  struct stat info {};
  ASSERT_EQ(stat(path.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0600U);
  EXPECT_EQ(ReadOrMakeKey(path, diagnostics_), made);
  EXPECT_NE(ReadOrMakeKey((folder_ / "otra").string(), diagnostics_), made);

  fs::permissions(path, fs::perms(0640));
  EXPECT_FALSE(ReadOrMakeKey(path, diagnostics_));
  fs::permissions(path, fs::perms(0600));
  std::ofstream(path) << made->substr(1);
  EXPECT_FALSE(ReadOrMakeKey(path, diagnostics_));
  EXPECT_FALSE(ReadOrMakeKey((folder_ / "no hay" / "llave").string(), diagnostics_));
  EXPECT_THAT(Codes(), testing::Each("llave-de-seudónimos"));
  EXPECT_EQ(diagnostics_.errors(), 3U);
}

// ---- mistakes

struct Mistake {
  const char* list;
  const char* code;
  const char* said;
};

class ListMistakes : public StaffListTest, public testing::WithParamInterface<Mistake> {};

TEST_P(ListMistakes, AreToldWithTheirPlaceAndNeverWithWhoItIs) {
  EXPECT_FALSE(Import(GetParam().list));
  EXPECT_THAT(Codes(), testing::Contains(GetParam().code)) << Messages();
  EXPECT_THAT(Messages(), HasSubstr(GetParam().said));
  EXPECT_THAT(Messages(), Not(HasSubstr("7654321")));
  EXPECT_THAT(Messages(), Not(HasSubstr("Mamani")));
}

INSTANTIATE_TEST_SUITE_P(
    Table, ListMistakes,
    testing::Values(
        Mistake{"ci,nombre,cargo\n7654321,Mamani,x\n", "lista-columna",
                "lista.csv:1:3: «cargo»: no es un dato del personal"},
        Mistake{"ci,sexxo\n7654321,mujer\n", "lista-columna", "¿quiso decir «sexo»?"},
        Mistake{"ci,sexo,Sexo\n7654321,mujer,mujer\n", "lista-columna", "ya es otra columna"},
        Mistake{"ci,sexo\n7654321,mujre\n", "lista-valor",
                "lista.csv:2:2: «sexo»: «mujre» no es un valor conocido"},
        Mistake{"ci,oficina\n7654321,París\n", "lista-valor", "los que hay: nacional, la_paz"},
        // Cells that moved bring what says who it is under another heading.
        Mistake{"ci,oficina\n1,7654321 LP\n", "lista-valor",
                "lista.csv:2:2: «oficina»: no es un valor conocido"},
        Mistake{"ci,remuneración\n1,7.654.321\n", "lista-valor",
                "lista.csv:2:2: «remuneración»: no es un número"},
        Mistake{"ci,discapacidad\n1,Ana Mamani\n", "lista-valor",
                "lista.csv:2:2: «discapacidad»: no es sí ni no"},
        Mistake{"ci,apellidos,oficina\n1,Mamani Choque,nacional\n2,,Mamani\n", "lista-valor",
                "lista.csv:3:3: «oficina»: no es un valor conocido"},
        Mistake{"ci,ingreso\n7654321,2021-02-30\n", "lista-valor",
                "lista.csv:2:2: «ingreso»: «2021-02-30» no es una fecha"},
        Mistake{"ci,ingreso\n7654321,31/03/21\n", "lista-valor", "«31/03/21» no es una fecha"},
        Mistake{"ci,ingreso\n7654321,2026-03-02\n", "lista-fecha-futura",
                "«2026-03-02» es posterior al 2026-03-01"},
        Mistake{"ci,ingreso\n7654321,1821-03-02\n", "lista-imposible", "es anterior al 1900-01-01"},
        Mistake{"ci,remuneración\n7654321,0\n", "lista-imposible", "«0» está fuera de 1 .. "},
        Mistake{"ci,remuneración\n7654321,9.700\n", "lista-valor", "«9.700» no es un número"},
        Mistake{"ci,servicio_previo\n7654321,61\n", "lista-imposible", "está fuera de 0 .. 60"},
        Mistake{"ci,saldo_inicial\n7654321,\"1,25\"\n", "lista-imposible", "no va en medios días"},
        Mistake{"ci,discapacidad\n7654321,quizá\n", "lista-valor", "«quizá» no es sí ni no"},
        Mistake{"ci,sexo\n7654321,ninguno\n", "lista-imposible", "todos tienen uno"},
        Mistake{"ci,sexo\n7654321,mujer\n1,hombre\n7.654.321,mujer\n", "lista-persona-repetida",
                "lista.csv:4:1: «ci»: es la misma persona que la de la línea 2"},
        Mistake{"ci,nombre\n,Mamani\n7654321,Mamani\n", "lista-sin-documento",
                "lista.csv:2:1: «ci»: falta el documento"},
        Mistake{"nombre,sexo\nMamani,mujer\n", "lista-sin-documento", "--documento"},
        Mistake{"ci,carnet,sexo\n7654321,7654321,mujer\n", "lista-sin-documento",
                "varias columnas pueden ser el documento: «ci», «carnet»"},
        Mistake{"7654321,Mamani,mujer\n7654322,Mamani,mujer\n", "lista-sin-cabecera",
                "ninguna celda de la primera fila"},
        Mistake{"ci,sexo,\n7654321,mujer,algo\n", "lista-columna",
                "lista.csv:1:3: «»: la columna no tiene nombre, y tiene algo"},
        Mistake{"ci,sexo\n7654321\n", "lista-fila", "lista.csv:2: tiene 1 celdas y la cabecera 2"},
        Mistake{"ci,sexo\n", "lista-vacía", "una persona al menos"},
        Mistake{"ci,sexo\n7654321,\"mujer\n", "csv-comillas-abiertas", "abre unas comillas"},
        Mistake{"\xD0\xCF\x11\xE0 xls", "lista-xls", "guárdelo como xlsx"}));

TEST_F(StaffListTest, SeveralMistakesAreToldAtOnceAndNotWithoutEnd) {
  EXPECT_FALSE(Import("ci,sexo,ingreso\n1,mujre,2021-13-01\n2,x,2021-01-01\n"));
  EXPECT_EQ(diagnostics_.errors(), 3U);
  std::string many = "ci,sexo\n";
  for (int i = 0; i < 50; ++i) many += std::to_string(i + 10) + ",x\n";
  EXPECT_FALSE(Import(many));
  EXPECT_EQ(diagnostics_.errors(), 3U + 20U + 1U);
  EXPECT_THAT(Messages(), HasSubstr("hay 30 errores más en la columna «sexo»"));
}

TEST_F(StaffListTest, ASeparatorTooManyIsNoColumn) {
  EXPECT_EQ(Written("ci,sexo,,\n7654321,mujer,,\n"), Written("ci,sexo\n7654321,mujer\n"));
}

TEST_F(StaffListTest, ColumnsAreLeftOutOrNamedWhenAsked) {
  ImportOptions options = Options();
  options.omitted = {"CARGO"};
  options.renamed = {{"Fecha Ing.", "ingreso"}};
  options.document = "Código";
  const auto imported =
      Import("Código,Cargo,Fecha Ing.,nombre\nA-1,Chofer,2020-01-02,Mamani\n", options);
  ASSERT_TRUE(imported) << Messages();
  EXPECT_THAT(imported->omitted, testing::ElementsAre("CARGO"));
  EXPECT_EQ(WriteStaffCsv(imported->list),
            "persona,ingreso\n" + Pseudonym(kKey, "a1") + ",2020-01-02\n");
  options.omitted = {"puesto"};
  options.renamed = {{"Cargo", "ingresso"}};
  EXPECT_FALSE(Import("Código,Cargo\nA-1,Chofer\n", options));
  EXPECT_THAT(Messages(), HasSubstr("no hay columna «puesto», que nombra --omitir"));
  EXPECT_THAT(Messages(), HasSubstr("¿quiso decir «ingreso»?"));
}

TEST_F(StaffListTest, AListWithNamesIsNotTakenForOneWithPseudonyms) {
  const auto read = [&](const std::string& text) {
    return ReadStaffCsv(Put("personal.csv", text), Fields(), Options().today, diagnostics_);
  };
  EXPECT_FALSE(read("ci,sexo\n7654321,mujer\n"));
  EXPECT_FALSE(read("persona,sexo\n7654321,mujer\n"));
  EXPECT_FALSE(read("persona,nombre\np-0123456789abcdef,Mamani\n"));
  EXPECT_FALSE(read("sexo\nmujer\n"));
  EXPECT_THAT(Codes(), testing::UnorderedElementsAre("lista-identifica", "lista-sin-persona",
                                                     "lista-identifica", "lista-identifica",
                                                     "lista-sin-persona"));
  EXPECT_THAT(Messages(), Not(HasSubstr("7654321")));
  EXPECT_THAT(Messages(), HasSubstr("cotejo personal"));
}

TEST_F(StaffListTest, NumbersAsTheyAreWrittenHere) {
  const ListField field{"n", AttributeValue::Kind::Number, {}, {}, {}, false};
  const auto number = [&](const char* text) -> std::string {
    const ListCell cell = ReadListCell(field, text, base::Date(2026, 1, 1));
    return cell.value ? cell.value->number.str() : "no";
  };
  EXPECT_EQ(number("9700"), "9700");
  EXPECT_EQ(number("9700,5"), "9700 1/2");
  EXPECT_EQ(number("9700.50"), "9700 1/2");
  EXPECT_EQ(number("1.234.567,25"), "1234567 1/4");
  EXPECT_EQ(number("9,700.50"), "9700 1/2");
  EXPECT_EQ(number("1/2"), "1/2");
  for (const char* wrong : {"9.700", "9,700", "97.00,5", "9.7000,5", ".700,5", "1.2.3", "Bs 9700",
                            "9999999999999999999999"}) {
    EXPECT_EQ(number(wrong), "no") << wrong;
  }
}

// ---- xlsx

std::uint32_t Crc32(const std::string& bytes) {
  std::uint32_t crc = 0xFFFFFFFFU;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
  }
  return ~crc;
}

// A zip whose files are stored as they are.
std::string Zip(const std::vector<std::pair<std::string, std::string>>& files) {
  const auto number = [](std::uint32_t value, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i) text += static_cast<char>((value >> (8 * i)) & 0xFFU);
    return text;
  };
  std::string body;
  std::string directory;
  for (const auto& [name, content] : files) {
    const auto size = static_cast<std::uint32_t>(content.size());
    const std::string common = number(20, 2) + number(0, 2) + number(0, 2) + number(0, 2) +
                               number(0x21, 2) + number(Crc32(content), 4) + number(size, 4) +
                               number(size, 4) +
                               number(static_cast<std::uint32_t>(name.size()), 2) + number(0, 2);
    directory += "PK\x01\x02" + number(20, 2) + common + number(0, 2) + number(0, 2) +
                 number(0, 2) + number(0, 4) + number(static_cast<std::uint32_t>(body.size()), 4) +
                 name;
    body += "PK\x03\x04" + common + name + content;
  }
  const auto count = static_cast<std::uint32_t>(files.size());
  return body + directory + "PK\x05\x06" + number(0, 2) + number(0, 2) + number(count, 2) +
         number(count, 2) + number(static_cast<std::uint32_t>(directory.size()), 4) +
         number(static_cast<std::uint32_t>(body.size()), 4) + number(0, 2);
}

// Two sheets, "Vacía" and "Personal"; dates are day numbers with the format 14.
std::string Workbook(const std::string& document = "5001003", int style = 0,
                     const std::string& properties = "", int pay_style = 2, int days_style = 0) {
  const std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
  const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const std::string package = "http://schemas.openxmlformats.org/package/2006/";
  const std::string main = " xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
  const auto relation = [&](int id, const std::string& type, const std::string& target) {
    return "<Relationship Id=\"rId" + std::to_string(id) + "\" Type=\"" + office + "/" + type +
           "\" Target=\"" + target + "\"/>";
  };
  const auto relations = [&](const std::string& all) {
    return xml + "<Relationships xmlns=\"" + package + "relationships\">" + all +
           "</Relationships>";
  };
  const auto part = [](const std::string& name, const std::string& type) {
    return "<Override PartName=\"" + name +
           "\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml." + type +
           "+xml\"/>";
  };
  const auto text = [](const std::string& t) {
    return "<c t=\"inlineStr\"><is><t>" + t + "</t></is></c>";
  };
  const auto number = [](const std::string& n, int style) {
    return "<c s=\"" + std::to_string(style) + "\"><v>" + n + "</v></c>";
  };
  const auto format = [](int id, const std::string& code) {
    return "<numFmt numFmtId=\"" + std::to_string(id) + "\" formatCode=\"" + code + "\"/>";
  };
  const auto sheet = [&](const std::string& rows) {
    return xml + "<worksheet" + main + "><sheetData>" + rows + "</sheetData></worksheet>";
  };
  return Zip(
      {{"[Content_Types].xml",
        xml + "<Types xmlns=\"" + package + "content-types\">" +
            "<Default Extension=\"rels\" "
            "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>" +
            part("/xl/workbook.xml", "sheet.main") +
            part("/xl/worksheets/sheet1.xml", "worksheet") +
            part("/xl/worksheets/sheet2.xml", "worksheet") + part("/xl/styles.xml", "styles") +
            "</Types>"},
       {"_rels/.rels", relations(relation(1, "officeDocument", "xl/workbook.xml"))},
       {"xl/_rels/workbook.xml.rels", relations(relation(1, "worksheet", "worksheets/sheet1.xml") +
                                                relation(2, "worksheet", "worksheets/sheet2.xml") +
                                                relation(3, "styles", "styles.xml"))},
       {"xl/workbook.xml", xml + "<workbook" + main + " xmlns:r=\"" + office + "\">" + properties +
                               "<sheets>" + "<sheet name=\"Vacía\" sheetId=\"1\" r:id=\"rId1\"/>" +
                               "<sheet name=\"Personal\" sheetId=\"2\" r:id=\"rId2\"/>" +
                               "</sheets></workbook>"},
       {"xl/styles.xml", xml + "<styleSheet" + main + "><numFmts count=\"3\">" +
                             format(164, "&quot;Bs&quot; #,##0.00") +
                             format(165, "0.0 &quot;días&quot;") + format(166, "mmm\\-yy") +
                             "</numFmts><cellXfs count=\"7\"><xf numFmtId=\"0\"/>" +
                             "<xf numFmtId=\"14\"/><xf numFmtId=\"4\"/><xf numFmtId=\"2\"/>" +
                             "<xf numFmtId=\"164\"/><xf numFmtId=\"165\"/>" +
                             "<xf numFmtId=\"166\"/></cellXfs></styleSheet>"},
       {"xl/worksheets/sheet1.xml", sheet("<row r=\"1\">" + text("nada") + "</row>")},
       {"xl/worksheets/sheet2.xml",
        sheet("<row r=\"1\">" + text("sexo") + text("documento") + text("saldo_inicial") +
              text("contrato") + text("oficina") + text("ingreso") + text("remuneración") +
              "</row><row r=\"2\">" + text("") + number(document, style) +
              number("12.5", days_style) + text("permanente") + text("nacional") +
              number("40178", 1) + number("10200", pay_style) + "</row><row r=\"3\">" +
              text("mujer") + text("4001002 LP") +
              (days_style == 0 ? text("") : number("0", days_style)) + text("consultor_de_línea") +
              text("potosí") + number("44382", 1) + number("9700.5", pay_style) +
              "</row><row r=\"4\">" + text("hombre") + number("6001004", 0) + "</row>")}});
}

TEST_F(StaffListTest, AnXlsxGivesTheSameFileAsTheCsv) {
  if (!base::RunProgram("xlsx2csv", {"--version"}).started)
    GTEST_SKIP() << "xlsx2csv is not installed";
  const std::string path = Put("lista.xlsx", Workbook());
  const auto sheet = ReadSheet(path, "Personal", diagnostics_);
  ASSERT_TRUE(sheet) << Messages();
  EXPECT_EQ(sheet->read_as.es, "xlsx, la hoja «Personal»");
  const auto imported = ImportList(*sheet, Fields(), Options(), diagnostics_);
  ASSERT_TRUE(imported) << Messages();
  EXPECT_EQ(WriteStaffCsv(imported->list), Written(kPlain + std::string("hombre,6001004,,,,,\n")));

  EXPECT_FALSE(ReadSheet(path, "Otra", diagnostics_));
  EXPECT_FALSE(ReadSheet(path, "", diagnostics_));  // the first: a header and nobody
  EXPECT_FALSE(ReadSheet(Put("roto.xlsx", "PK\x03\x04 roto"), "", diagnostics_));
  EXPECT_FALSE(ReadSheet(Put("lista.csv", kPlain), "Personal", diagnostics_));
  EXPECT_THAT(Codes(), testing::ElementsAre("xlsx-ilegible", "lista-vacía", "xlsx-ilegible",
                                            "lista-sin-hojas"));
  EXPECT_THAT(Messages(), HasSubstr("la hoja «Otra»"));
}

// A number is the same whether the cell shows it with decimals or the file has it as 5.001003E6.
TEST_F(StaffListTest, WhatACellOfAnXlsxShowsOfANumberDoesNotChangeIt) {
  if (!base::RunProgram("xlsx2csv", {"--version"}).started)
    GTEST_SKIP() << "xlsx2csv is not installed";
  const auto written = [&](const std::string& document, int style) {
    const auto sheet =
        ReadSheet(Put("lista.xlsx", Workbook(document, style)), "Personal", diagnostics_);
    const auto imported =
        sheet ? ImportList(*sheet, Fields(), Options(), diagnostics_) : std::nullopt;
    return imported ? WriteStaffCsv(imported->list) : Messages();
  };
  const std::string plain = written("5001003", 0);
  EXPECT_THAT(plain, HasSubstr(Pseudonym(kKey, "5001003")));
  EXPECT_EQ(written("5001003", 3), plain);
  EXPECT_EQ(written("5.001003E6", 0), plain);
  EXPECT_EQ(written("5001003.0", 0), plain);
}

// xlsx2csv takes the "s" of "Bs" and the "d" of "días" for those of a date, and shows 10.200 as a
// day of 1927 and no days as midnight.
TEST_F(StaffListTest, NumbersOfAnXlsxWithWordsInTheirFormatAreNumbers) {
  if (!base::RunProgram("xlsx2csv", {"--version"}).started)
    GTEST_SKIP() << "xlsx2csv is not installed";
  const auto written = [&](int pay_style, int days_style) {
    const auto sheet =
        ReadSheet(Put("lista.xlsx", Workbook("5001003", 0, "", pay_style, days_style)), "Personal",
                  diagnostics_);
    const auto imported =
        sheet ? ImportList(*sheet, Fields(), Options(), diagnostics_) : std::nullopt;
    return imported ? WriteStaffCsv(imported->list) : Messages();
  };
  EXPECT_EQ(written(4, 0), written(2, 0));
  const std::string days = written(4, 5);
  EXPECT_THAT(days, HasSubstr(",10200,2009-12-31,12.50,"));
  EXPECT_THAT(days, HasSubstr(",9700.50,2021-07-05,0,"));
  // A date where there should be pay is one, whatever number it may be.
  EXPECT_THAT(written(1, 0), HasSubstr("«1927-12-04» no es un número"));
  EXPECT_THAT(written(6, 0), HasSubstr("«1927-12-04» no es un número"));
}

// With date1904="0" xlsx2csv makes 2009-12-31 of the number 40178 a day four years later.
TEST_F(StaffListTest, DatesThatMayBeFourYearsOffAreRefused) {
  if (!base::RunProgram("xlsx2csv", {"--version"}).started)
    GTEST_SKIP() << "xlsx2csv is not installed";
  const auto read = [&](const std::string& properties) {
    return ReadSheet(Put("lista.xlsx", Workbook("5001003", 0, properties)), "Personal",
                     diagnostics_);
  };
  EXPECT_TRUE(read("<workbookPr/>")) << Messages();
  EXPECT_TRUE(read("<workbookPr date1904=\"false\"/>")) << Messages();
  EXPECT_FALSE(read("<workbookPr date1904=\"0\"/>"));
  EXPECT_FALSE(read("<workbookPr date1904=\"1\"/>"));
  EXPECT_THAT(Codes(), testing::ElementsAre("xlsx-ilegible", "xlsx-ilegible"));
  EXPECT_THAT(Messages(), HasSubstr("desde 1904"));
}

TEST_F(StaffListTest, WithoutXlsx2csvItIsSaidWhatToInstall) {
  EXPECT_FALSE(ReadSheet(Put("lista.xlsx", Workbook()), "", diagnostics_, "no-hay-tal-programa"));
  EXPECT_THAT(Codes(), testing::ElementsAre("sin-xlsx2csv"));
  EXPECT_THAT(Messages(), HasSubstr("./instalar"));
}

// ---- the staff

const Column& ColumnOf(const Population& p, const std::string& attribute) {
  for (const Column& column : p.staff.columns) {
    if (column.attribute == attribute) return column;
  }
  ADD_FAILURE() << attribute;
  return p.staff.columns.front();
}

std::string ValueOf(const Population& p, const std::string& attribute, std::size_t person) {
  const Column& column = ColumnOf(p, attribute);
  const std::int32_t of = column.of[person];
  return of < 0 ? "" : Show(column.values[static_cast<std::size_t>(of)]);
}

TEST_F(StaffListTest, WhatTheListSaysIsKeptAndTheRestIsDrawnAndCounted) {
  const Population p = Staffed(kLocal, library_);
  ASSERT_EQ(p.staff.size(), 2U) << Messages();
  const std::size_t consultant = p.groups[p.staff.group[0]] == "permanente" ? 1 : 0;
  const std::size_t permanent = 1 - consultant;
  EXPECT_EQ(p.staff.persons[permanent], Pseudonym(kKey, "5001003"));
  EXPECT_EQ(PersonId(p.staff, permanent), Pseudonym(kKey, "5001003"));
  EXPECT_EQ(ValueOf(p, "contrato", consultant), "consultor_de_línea");
  EXPECT_EQ(ValueOf(p, "oficina", consultant), "potosí");
  EXPECT_EQ(ValueOf(p, "departamento", consultant), "potosí");
  EXPECT_EQ(ValueOf(p, "departamento", permanent), "la_paz");
  EXPECT_EQ(ValueOf(p, "ingreso", permanent), "2009-12-31");
  EXPECT_EQ(ValueOf(p, "remuneración", consultant), "9700 1/2");
  EXPECT_EQ(ValueOf(p, "sexo", consultant), "mujer");
  EXPECT_NE(ValueOf(p, "sexo", permanent), "");
  EXPECT_EQ(p.staff.opening_half_days[permanent], 25);
  EXPECT_EQ(p.staff.opening_half_days[consultant], 0);  // consultants have no balance
  EXPECT_EQ(p.mean_pay, base::Rational(39801, 4));      // (9700.50 + 10200) / 2
  const auto line = [&](const std::string& text) {
    return std::any_of(p.listed.begin(), p.listed.end(),
                       [&](const base::Text& t) { return t.es == text; });
  };
  EXPECT_TRUE(line("«contrato»: de la lista, 2 (de 2 personas)"));
  EXPECT_TRUE(line("«sexo»: de la lista, 1; sintético, 1 (de 2 personas)"));
  EXPECT_TRUE(line("«departamento»: de su oficina, 2 (de 2 personas)"));
  EXPECT_TRUE(line("«fecha_de_nacimiento»: sintético, 2 (de 2 personas)"));
  EXPECT_TRUE(line("saldo inicial de vacaciones: de la lista, 1; sintético, 1 (de 2 personas)"));
  EXPECT_TRUE(line("comportamiento: sintético, 2 (de 2 personas)"));
}

// An event of those who study is not refused because none of two people does.
TEST_F(StaffListTest, WhatNobodyHasMayStillBeSpokenOf) {
  const Population p = Staffed(kLocal, library_);
  const Column* column = p.staff.Find("actividad_académica");
  ASSERT_NE(column, nullptr) << Messages();
  std::set<std::string> values;
  for (const AttributeValue& value : column->values) values.insert(Show(value));
  EXPECT_EQ(values, (std::set<std::string>{"docencia", "estudio_universitario", "posgrado"}));
}

TEST_F(StaffListTest, NoneIsNotTheSameAsUnknown) {
  std::string none = "ci,contrato,nacimiento_del_hijo\n";
  std::string unknown = none;
  for (int i = 0; i < 300; ++i) {
    none += std::to_string(i + 1000) + ",permanente,ninguno\n";
    unknown += std::to_string(i + 1000) + ",permanente,\n";
  }
  const auto born = [](const Population& p) {
    const Column& column = ColumnOf(p, "nacimiento_del_hijo");
    return std::count_if(column.of.begin(), column.of.end(), [](auto of) { return of >= 0; });
  };
  EXPECT_EQ(born(Staffed(none, library_)), 0);
  EXPECT_GT(born(Staffed(unknown, library_)), 0);
}

// A list as large as the file's own staff, that says the contract alone, takes each person drawn
// once: every table that hangs on the contract comes out as in the file.
TEST_F(StaffListTest, WhatIsDrawnFollowsTheTablesOfTheFile) {
  std::string list = "ci,contrato\n";
  for (int i = 0; i < 220; ++i)
    list += std::to_string(i + 1000) + (i < 128 ? ",permanente\n" : ",consultor_de_línea\n");
  const Population listed = Staffed(list, library_);
  const Population drawn = LoadPopulation(sources_, library_, diagnostics_);
  ASSERT_EQ(listed.staff.size(), 220U) << Messages();
  for (const char* attribute : {"oficina", "remuneración", "sexo", "ingreso", "servicio_previo"}) {
    std::multiset<std::string> a;
    std::multiset<std::string> b;
    for (std::size_t i = 0; i < 220; ++i) {
      a.insert(ValueOf(listed, "contrato", i) + ValueOf(listed, attribute, i));
      b.insert(ValueOf(drawn, "contrato", i) + ValueOf(drawn, attribute, i));
    }
    EXPECT_EQ(a, b) << attribute;
  }
  EXPECT_EQ(std::multiset<int>(listed.staff.behaviour.begin(), listed.staff.behaviour.end()),
            std::multiset<int>(drawn.staff.behaviour.begin(), drawn.staff.behaviour.end()));
  const Column& exempt = ColumnOf(listed, "exento_de_registro");
  EXPECT_EQ(std::count_if(exempt.of.begin(), exempt.of.end(), [](auto of) { return of >= 0; }), 2);
  for (std::size_t i = 0; i < 220; ++i) {
    if (exempt.of[i] >= 0) {
      EXPECT_EQ(ValueOf(listed, "oficina", i), "nacional");
    }
  }
}

// What a `[[cruce]]` ties stays tied: here, every woman has a disability and no man has.
TEST_F(StaffListTest, WhatACrossTiesStaysTied) {
  std::ifstream file(library_);
  std::stringstream text;
  text << file.rdbuf();
  std::string library = text.str();
  const auto replace = [&](const std::string& from, const std::string& to) {
    const std::size_t at = library.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    library.replace(at, from.size(), to);
  };
  replace("{ permanente = 50, \"consultor_de_línea\" = 54 }",
          "{ permanente = 50, \"consultor_de_línea\" = 50 }");
  replace("{ permanente = 50, \"consultor_de_línea\" = 46 }",
          "{ permanente = 50, \"consultor_de_línea\" = 50 }");
  replace("{ valor = true, peso = 4 }, { valor = false, peso = 96 }",
          "{ valor = true, peso = 50 }, { valor = false, peso = 50 }");
  library +=
      "\n[[cruce]]\nnombre = \"sexo y discapacidad\"\nfuente = \"inventado\"\n"
      "de = [\"sexo\", \"discapacidad\"]\nfilas = [\n"
      "  { valor = \"mujer\", personas = { \"sí\" = 110 } },\n"
      "  { valor = \"hombre\", personas = { \"no\" = 110 } },\n]\n";
  std::string list = "ci,sexo\n";
  for (int i = 0; i < 50; ++i)
    list += std::to_string(i + 1000) + (i % 2 ? ",mujer\n" : ",hombre\n");
  const Population p = Staffed(list, Put("poblacion.toml", library));
  ASSERT_EQ(p.staff.size(), 50U) << Messages();
  for (std::size_t i = 0; i < 50; ++i)
    EXPECT_EQ(ValueOf(p, "discapacidad", i), ValueOf(p, "sexo", i) == "mujer" ? "sí" : "no");
}

// A person's own traits are drawn by the pseudonym: who else is in the list does not matter.
TEST_F(StaffListTest, TraitsGoByThePerson) {
  const std::string library =
      std::string(COTEJO_SOURCE_DIR) + "/scenarios/library/defensoria-2025-rasgos.toml";
  const auto staffed = [&](int step) {
    std::string list = "ci,contrato\n";
    for (int i = 0; i < 60; i += step) list += std::to_string(i + 1000) + ",permanente\n";
    const Population p = Staffed(list, library);
    std::map<std::string, double> of;
    for (std::size_t i = 0; i < p.staff.size(); ++i)
      of[p.staff.persons[i]] = p.staff.factor(Trait::Attendance, i);
    return of;
  };
  const auto all = staffed(1);
  const auto some = staffed(3);
  ASSERT_EQ(all.size(), 60U) << Messages();
  ASSERT_EQ(some.size(), 20U);
  std::set<double> different;
  // The class may be another, and its ceiling with it: far off, here.
  for (const auto& [person, factor] : some) {
    EXPECT_NEAR(all.at(person), factor, 1e-4) << person;
    different.insert(factor);
  }
  EXPECT_EQ(different.size(), 20U);
}

}  // namespace
}  // namespace cotejo::population
