#include "model/base/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cotejo::base {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class CsvTest : public testing::Test {
 protected:
  CsvTable Parse(std::string content) {
    diagnostics_ = {};
    file_ = sources_.Add("datos.csv", std::move(content));
    return ParseCsv(sources_, file_, diagnostics_);
  }
  std::vector<std::string> Codes() const {
    std::vector<std::string> codes;
    for (const Diagnostic& d : diagnostics_.all()) codes.push_back(d.code);
    return codes;
  }

  SourceMap sources_;
  FileId file_;
  Diagnostics diagnostics_;
};

TEST_F(CsvTest, ReadsFieldsAndTheLineOfEachRow) {
  const CsvTable table = Parse("a,b\n\n1, dos palabras ,\r\n3,4");
  EXPECT_TRUE(diagnostics_.all().empty());
  ASSERT_EQ(table.rows.size(), 3U);
  EXPECT_THAT(table.rows[0].fields, ElementsAre("a", "b"));
  EXPECT_THAT(table.rows[1].fields, ElementsAre("1", "dos palabras", ""));
  EXPECT_EQ(table.rows[1].line, 3);
  EXPECT_THAT(table.rows[2].fields, ElementsAre("3", "4"));
  EXPECT_EQ(table.rows[2].line, 4);
}

TEST_F(CsvTest, QuotesCarryCommasQuotesAndLineEnds) {
  const CsvTable table = Parse("\"uno, dos\",\"dice \"\"sí\"\"\"\n\"a\nb\n\nc\",x\ny,z\n");
  EXPECT_TRUE(diagnostics_.all().empty());
  ASSERT_EQ(table.rows.size(), 3U);
  EXPECT_THAT(table.rows[0].fields, ElementsAre("uno, dos", "dice \"sí\""));
  EXPECT_THAT(table.rows[1].fields, ElementsAre("a\nb\n\nc", "x"));
  EXPECT_EQ(table.rows[1].line, 2);
  EXPECT_THAT(table.rows[2].fields, ElementsAre("y", "z"));
  EXPECT_EQ(table.rows[2].line, 6);
}

TEST_F(CsvTest, SpacesInsideQuotesStay) {
  const CsvTable table = Parse("\" a \",\"\",,b\n");
  ASSERT_EQ(table.rows.size(), 1U);
  EXPECT_THAT(table.rows[0].fields, ElementsAre(" a ", "", "", "b"));
}

TEST_F(CsvTest, ABadRowIsNamedAndTheOthersRemain) {
  const CsvTable table = Parse("a,b\n1,2\"x\n3,4\n\"5\"z,6\n7,8\n");
  EXPECT_THAT(Codes(), ElementsAre("csv-comillas", "csv-comillas"));
  EXPECT_EQ(diagnostics_.all()[0].message.es, "la fila 2 tiene unas comillas fuera de lugar");
  EXPECT_EQ(diagnostics_.all()[1].message.en, "row 4 has a misplaced quote");
  const Place place = sources_.place(diagnostics_.all()[0].span);
  EXPECT_EQ(place.line, 2);
  EXPECT_EQ(place.column, 4);
  ASSERT_EQ(table.rows.size(), 3U);
  EXPECT_THAT(table.rows[1].fields, ElementsAre("3", "4"));
  EXPECT_THAT(table.rows[2].fields, ElementsAre("7", "8"));
}

TEST_F(CsvTest, AQuoteNeverClosedNamesTheRowThatOpensIt) {
  const CsvTable table = Parse("a,b\n1,2\n3,\"4\n5,6\n7,8\n");
  EXPECT_THAT(Codes(), ElementsAre("csv-comillas-abiertas"));
  EXPECT_EQ(diagnostics_.all()[0].message.es, "la fila 3 abre unas comillas que no se cierran");
  EXPECT_EQ(sources_.place(diagnostics_.all()[0].span).line, 3);
  EXPECT_EQ(table.rows.size(), 2U);
}

TEST_F(CsvTest, GivesUpOnAFileThatIsNotCsv) {
  std::string content;
  for (int i = 0; i < 100; ++i) content += "x\"y\n";
  const CsvTable table = Parse(content);
  EXPECT_THAT(table.rows, IsEmpty());
  ASSERT_EQ(diagnostics_.all().size(), 21U);
  EXPECT_EQ(diagnostics_.all().back().code, "csv-abandonado");
  EXPECT_EQ(sources_.place(diagnostics_.all().back().span).line, 20);
}

// The quote of line 2 closes on line 4: the row comes out as wide as the header, without line 3.
TEST_F(CsvTest, AQuoteThatEnclosesOtherRowsIsAnError) {
  Parse("a,b,c\n1,\"x,y\n2,x,y\n3,x\",y\n4,x,y\n");
  ASSERT_THAT(Codes(), ElementsAre("csv-filas-entre-comillas"));
  EXPECT_EQ(diagnostics_.all()[0].message.es,
            "la fila 2 abre unas comillas que encierran otras filas");
  EXPECT_EQ(sources_.place(diagnostics_.all()[0].span).line, 2);
  Parse("a,b,\"c\n1,x,y\"\n4,x,y\n");  // the header too
  EXPECT_THAT(Codes(), ElementsAre("csv-filas-entre-comillas"));
  // A line end with fewer separators than a row has is text.
  Parse("a,b,c\n1,\"calle 2, piso 3\nLa Paz\",y\n4,x,y\n");
  EXPECT_THAT(Codes(), IsEmpty());
}

TEST(CsvLines, AWrongLineTakesNoOtherAlong) {
  std::vector<BadLine> bad;
  const auto rows =
      ParseCsvLines("a,b\n1,\"x\n2,\"y\"\r\n\n3,x\"\n \r4,\"p, \"\"q\"\"\",\r5,z", ',', bad);
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_THAT(rows[1].fields, ElementsAre("2", "y"));
  EXPECT_EQ(rows[1].line, 3);
  EXPECT_THAT(rows[2].fields, ElementsAre("4", "p, \"q\"", ""));
  EXPECT_EQ(rows[2].line, 7);
  EXPECT_THAT(rows[3].fields, ElementsAre("5", "z"));
  EXPECT_EQ(rows[3].line, 8);
  ASSERT_EQ(bad.size(), 2U);
  EXPECT_EQ(bad[0].line, 2);
  EXPECT_TRUE(bad[0].open);
  EXPECT_EQ(bad[1].line, 5);
  EXPECT_FALSE(bad[1].open);
}

TEST(CsvLines, NoNumberOfWrongLinesStopsTheReading) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "x\"y\n";
  std::vector<BadLine> bad;
  EXPECT_EQ(ParseCsvLines(text + "a,b\n", ',', bad).size(), 1U);
  EXPECT_EQ(bad.size(), 100U);
}

TEST_F(CsvTest, AnEmptyTextHasNoRows) {
  EXPECT_THAT(Parse("").rows, IsEmpty());
  EXPECT_THAT(Parse("\n \n\r\n").rows, IsEmpty());
  EXPECT_TRUE(diagnostics_.all().empty());
}

TEST_F(CsvTest, APathThatCannotBeReadIsADiagnostic) {
  EXPECT_FALSE(ReadCsv(sources_, "no-hay.csv", diagnostics_).has_value());
  EXPECT_THAT(Codes(), ElementsAre("archivo-inexistente"));
}

}  // namespace
}  // namespace cotejo::base
