#include "reports/html/page_labels.h"

namespace cotejo::reports {

const std::vector<PageLabel>& PageLabels() {
  static const std::vector<PageLabel> labels = {
      // Cover and summary.
      {"kind", "informe de análisis", "analysis report"},
      {"compared_with", "Comparado con", "Compared with"},
      {"contents", "Contenido", "Contents"},
      {"summary", "Resumen", "Summary"},
      {"interrupted",
       "Este informe se interrumpió: sólo tiene lo que había terminado. Lo que falta, o lleva "
       "menos "
       "repeticiones que las pedidas, no se sabe.",
       "This report was interrupted: it only has what was finished. What is missing, or has fewer "
       "replications than were asked for, is not known."},
      {"nothing_checked",
       "No se ejecutó ninguna consulta: este informe no dice nada sobre la coherencia del texto.",
       "No query was run: this report says nothing about the consistency of the text."},
      {"queries_caption", "Consultas de la revisión", "Queries of the check"},
      {"verdict_help",
       "Probada: no ocurre en ninguna historia dentro de las cotas. Refutada: ocurre, y se muestra "
       "un caso. Desconocida o sin soporte: no se pudo decidir, y nunca equivale a un resultado "
       "favorable. Sin comprobar: faltaba algo, como el texto oficial.",
       "Proved: it happens in no history within the bounds. Refuted: it happens, and a case is "
       "shown. Unknown or unsupported: it could not be decided, which is never a favourable "
       "result. Not run: something was missing, such as the official text."},
      {"headline", "Pronóstico", "Forecast"},
      {"in_force_short", "con el texto vigente", "under the text in force"},
      {"ci95", "IC 95 %:", "95 % CI:"},
      {"model", "Qué se analizó", "What was analysed"},
      {"checked_year", "Gestión revisada", "Year checked"},
      {"no_readings", "ninguna; el texto se leyó sin alternativas",
       "none; the text was read without alternatives"},
      // Findings.
      {"findings", "Hallazgos", "Findings"},
      {"no_findings", "Ninguna de las consultas ejecutadas dio un hallazgo.",
       "None of the queries that were run gave a finding."},
      {"list", "lista", "list"},
      {"common_reading", "Salvo donde se dice otra cosa, los hallazgos descansan en esta lectura:",
       "Unless it says otherwise, a finding rests on this reading:"},
      {"readings_all",
       "Se revisó bajo varias lecturas, cambiando una cada vez; cada hallazgo dice bajo cuáles se "
       "da.",
       "The text was checked under several readings, changing one at a time; each finding says "
       "under which it appears."},
      {"readings_always",
       "Sólo se muestran los hallazgos que se dan bajo todas las lecturas probadas, cambiando una "
       "cada vez; de las combinaciones de dos o más cambios no se dice nada.",
       "Only findings that appear under every reading tried are shown, changing one at a time; "
       "nothing is said of combinations of two or more changes."},
      {"readings_tried", "Asignaciones probadas:", "Assignments tried:"},
      {"readings_list", "Las asignaciones", "The assignments"},
      {"catalogue", "Qué se buscó", "What was looked for"},
      {"catalogue_help",
       "Todas las comprobaciones del catálogo, también las que no hallaron nada. Lo que no se "
       "comprobó no cuenta como bueno.",
       "Every check of the catalogue, also those that found nothing. What was not checked does "
       "not count as good."},
      {"asked", "Preguntas", "Questions"},
      {"outcome", "Qué resultó", "What came of it"},
      {"suppressed", "Hallazgos suprimidos", "Suppressed findings"},
      {"suppressed_help",
       "Alguien respondió por ellos hasta una fecha. No cuentan para el resultado de la revisión; "
       "pasada la fecha, vuelven.",
       "Somebody answered for them until a date. They do not count for the result of the check; "
       "after the date they are back."},
      {"suppression_file", "Archivo de supresiones", "File of suppressions"},
      {"suppressed_why", "Motivo de la supresión", "Why it is suppressed"},
      {"suppressed_owner", "Responde", "Who answers for it"},
      {"suppressed_until", "Vale hasta el", "Until"},
      {"under", "Lecturas en que se da", "Readings it appears under"},
      {"evidence", "Evidencia", "Evidence"},
      {"conditions", "Las menos condiciones que dan el hallazgo",
       "The fewest conditions that make the finding"},
      {"all_sets", "Sin una cualquiera de ellas no se da, y no hay otro conjunto mínimo.",
       "Without any one of them it does not arise, and there is no other smallest set."},
      {"some_sets", "Sin una cualquiera de ellas no se da así; puede haber otros conjuntos.",
       "Without any one of them it does not arise in this way; there may be other sets."},
      {"mends", "Remedios probados", "Mends that were tried"},
      {"refused", "Sin remedio: lo que se probó y por qué no sirve",
       "No mend: what was tried, and why it will not do"},
      {"edits", "Palabras y cifras que cambia:", "Words and figures it changes:"},
      {"removes", "Con él, el hallazgo desaparece y no aparece otro error ni advertencia.",
       "With it the finding is gone and no other error or warning appears."},
      {"amendment_file", "El archivo de enmienda", "The amendment file"},
      {"open_queries", "Sin resolver o sin comprobar", "Undecided or not run"},
      {"region", "Dónde ocurre", "Where it happens"},
      {"resolution", "Orden entre normas", "Order between norms"},
      {"reading", "Lectura", "Reading"},
      {"bounds", "Alcance", "Bounds"},
      {"witness", "Caso concreto", "A concrete case"},
      {"passages", "Lo que dice el texto oficial", "What the official text says (in Spanish)"},
      {"article", "Artículo", "Article"},
      {"rule", "Regla", "Rule"},
      {"answer", "Qué responde", "What it answers"},
      {"stands_column", "¿Queda en pie?", "Does it stand?"},
      {"stands", "queda en pie", "stands"},
      {"loses", "cede", "yields"},
      {"no_answer", "Ningún artículo responde a este caso.", "No article answers this case."},
      {"replayed", "repetido en el intérprete", "replayed in the interpreter"},
      {"not_replayed", "no repetido en el intérprete", "not replayed in the interpreter"},
      {"as_csv", "El mismo caso como archivo para «cotejo aplicar --hechos»",
       "The same case as a file for “cotejo apply --facts”"},
      {"csv_readings",
       "Responde lo mismo con la misma enmienda y bajo las mismas lecturas: la que aquí se nombre "
       "y no sea la supuesta se da con --lectura.",
       "It answers the same with the same amendment and under the same readings: one that is named "
       "here and is not the assumed one is given with --reading."},
      {"csv_horizon", "No tiene hechos con fecha: añada", "It has no dated facts: add"},
      // Exposure.
      {"exposure", "Exposición", "Exposure"},
      {"exposure_help",
       "De cada mil años-persona del personal simulado, en cuántos se da cada hallazgo; los más "
       "frecuentes primero. Debajo de cada uno, qué se cuenta. Es tan cierto como lo que la "
       "población supone. Un hallazgo que el año simulado no puede mostrar no se mide, y eso no "
       "es cero.",
       "Of every thousand staff-years of the simulated staff, in how many each finding is met; "
       "the most frequent first. Under each, what is counted. It is as true as what the "
       "population assumes. A finding that the simulated year cannot show is not measured, and "
       "that is not zero."},
      {"finding", "Hallazgo", "Finding"},
      {"severity", "Severidad", "Severity"},
      {"per_thousand", "De cada mil años-persona", "In a thousand staff-years"},
      {"unmeasured", "No se miden", "Not measured"},
      // Amendments.
      {"amendments", "Enmiendas", "Amendments"},
      {"amended_queries_caption", "Consultas de la revisión con la enmienda",
       "Queries of the check with the amendment"},
      {"unanswered",
       "Consultas del texto enmendado sin respuesta. Que no muestren hallazgos no es una prueba:",
       "Queries of the amended text without an answer. That they show no finding is no proof:"},
      {"solved", "Hallazgos que la enmienda resuelve", "Findings the amendment solves"},
      {"introduced", "Hallazgos que la enmienda introduce", "Findings the amendment introduces"},
      {"still", "Hallazgos que siguen, con otras cifras",
       "Findings that are still there, with other figures"},
      {"amendment_unchecked", "La coherencia del texto enmendado no se revisó en esta corrida.",
       "The consistency of the amended text was not checked in this run."},
      // Forecast.
      {"forecast", "Pronóstico", "Forecast"},
      {"forecast_help",
       "Cada fila da la media por gestión, el intervalo de confianza de 95 % de esa media y el "
       "rango en que cae una gestión cualquiera (cuantiles de 2,5 % y 97,5 %). El texto vigente y "
       "la enmienda se aplican al mismo año simulado, de modo que la diferencia es pareada. En "
       "negrita, las diferencias cuyo intervalo no contiene el cero.",
       "Each row gives the mean for a year, the 95 % confidence interval of that mean and the "
       "range "
       "any one year falls in (2.5 % and 97.5 % quantiles). The text in force and the amendment "
       "are applied to the same simulated year, so that the difference is paired. Differences "
       "whose interval does not contain zero are in bold."},
      {"concept", "Concepto", "Item"},
      {"in_force", "Texto vigente", "Text in force"},
      {"with_amendment", "Con la enmienda", "With the amendment"},
      {"mean", "Media", "Mean"},
      {"ci95_mean", "IC 95 % de la media", "95 % CI of the mean"},
      {"year_range", "Rango de un año", "Range of one year"},
      {"difference", "Diferencia", "Difference"},
      {"ci95_difference", "IC 95 % de la diferencia", "95 % CI of the difference"},
      {"charts", "Gráficos", "Charts"},
      {"no_charts", "Ninguna serie ni diferencia que dibujar.", "No series or difference to draw."},
      {"assumptions", "Supuestos", "Assumptions"},
      {"no_assumptions", "El pronóstico no declara sus supuestos.",
       "The forecast does not state its assumptions."},
      // Calibration.
      {"calibration", "Calibración con marcaciones", "Calibration with clock records"},
      {"back_test", "Sanciones de los meses apartados", "Sanctions of the months held out"},
      {"back_test_help",
       "Las observadas son las que la regulación da a los registros de cada mes; las previstas, "
       "con "
       "la conducta ajustada sólo a los meses anteriores. Ninguna llegada ni inasistencia se toma "
       "por justificada ni ninguna omisión por regularizada, en unas y en otras. «Fuera» quiere "
       "decir que la "
       "conducta cambió o que el modelo no alcanza.",
       "Those observed are what the regulation gives the records of each month; those predicted, "
       "with the behaviour fitted to the months before alone. No arrival or absence is taken as "
       "justified nor any omission as regularised, in either. “Outside” means that behaviour "
       "changed or that the "
       "model falls short."},
      {"month", "Mes", "Month"},
      {"observed", "Observadas", "Observed"},
      {"predicted", "Previstas", "Predicted"},
      {"absent_days", "Días de inasistencia", "Days of absence"},
      {"range95", "Rango de 95 %", "95 % range"},
      {"holds", "¿Cae dentro?", "Does it hold?"},
      {"inside", "dentro", "inside"},
      {"outside", "fuera", "outside"},
      {"fit", "Ajuste", "Fit"},
      {"fit_help",
       "Lo ajustado a las marcaciones, con su intervalo de 95 %, junto a lo que el archivo de "
       "población suponía.",
       "What was fitted to the clock records, with its 95 % interval, beside what the population "
       "file assumed."},
      {"fitted", "Ajuste", "Fitted"},
      {"ci95_fit", "IC 95 %", "95 % CI"},
      {"in_file", "Archivo", "File"},
      {"few_people", "Menos de 10 personas: lo demás queda como en el archivo.",
       "Fewer than 10 people: the rest stays as in the file."},
      {"goodness", "Bondad del ajuste", "Goodness of fit"},
      {"goodness_help",
       "Lo que hace una misma persona se parece: p sale del estadístico dividido entre el efecto "
       "de "
       "ese parecido.",
       "What one person does is alike: p comes from the statistic over the effect of that "
       "likeness."},
      {"design_effect", "Efecto del parecido", "Effect of likeness"},
      {"compared", "Qué se compara", "What is compared"},
      {"degrees", "Grados de libertad", "Degrees of freedom"},
      {"p_value", "Valor p", "p-value"},
      {"largest_gap", "Mayor diferencia, en puntos", "Largest gap, in points"},
      {"clock_data", "Los datos", "The data"},
      {"no_examples",
       "Este informe no lleva ejemplos de filas, que tendrían el seudónimo y la hora de alguien: "
       "los "
       "muestra la orden en la terminal.",
       "This report has no examples of rows, which would hold somebody's pseudonym and hour: the "
       "command shows them on the terminal."},
      {"rows", "Filas", "Rows"},
      {"row_outcome", "Qué fue de ellas", "What became of them"},
      {"full_months", "Meses completos:", "Full months:"},
      {"quality", "Calidad de los datos", "Quality of the data"},
      {"times", "Veces", "Times"},
      {"treatment", "Qué se hizo", "What was done"},
      // Run again and appendix.
      {"run_again", "Cómo repetirlo", "How to run it again"},
      {"run_again_text", "Esta orden produce el mismo informe, byte a byte:",
       "This command gives the same report, byte for byte:"},
      {"run_whole_text", "Esta orden, si no se interrumpe, hace el informe entero, que no es éste:",
       "This command, if it is not interrupted, makes the whole report, which is not this one:"},
      {"seed_text",
       "La misma semilla da los mismos números, cualquiera que sea el número de hilos o el "
       "procesador.",
       "The same seed gives the same numbers, whatever the number of threads or the processor."},
      {"appendix", "Anexo", "Appendix"},
      {"norms", "Normas", "Norms"},
      {"norm", "Norma", "Norm"},
      {"norm_title", "Título", "Title"},
      {"rank", "Rango", "Rank"},
      {"issued", "Emitida", "Issued"},
      {"validity", "Vigencia", "Validity"},
      {"confidence", "Confianza", "Confidence"},
      {"amendment_mark", "enmienda", "amendment"},
      {"readings", "Lecturas", "Readings"},
      {"instead_of", "elegida; la norma supone", "chosen; the norm file assumes"},
      {"readings_help",
       "Donde el texto admite más de un sentido, el análisis supone uno. Con otro, los resultados "
       "pueden cambiar.",
       "Where the text admits more than one meaning, the analysis assumes one. Under another the "
       "results may change."},
      {"chosen", "elegida", "chosen"},
      {"assumed", "(supuesta por la norma)", "(assumed by the norm file)"},
      {"queries", "Consultas", "Queries"},
      {"queries_help",
       "Una consulta es una pregunta cerrada sobre las reglas. La responde un barrido exacto de "
       "los tramos, el intérprete sobre casos enumerados, el grafo de citas, el texto o, donde "
       "éstos no alcanzan, el demostrador Z3. El alcance dice de qué historias habla el veredicto.",
       "A query is a closed question about the rules. It is answered by an exact sweep of the "
       "bands, by the interpreter over enumerated cases, by the graph of citations, by the text "
       "or, where these do not reach, by the Z3 prover. The bounds say which histories the "
       "verdict is about."},
      {"query", "Consulta", "Query"},
      {"check", "Comprobación", "Check"},
      {"engine", "Motor", "Engine"},
      {"verdict", "Veredicto", "Verdict"},
      {"reason", "Motivo", "Reason"},
  };
  return labels;
}

}  // namespace cotejo::reports
