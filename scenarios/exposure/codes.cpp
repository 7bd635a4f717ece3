#include "scenarios/exposure/codes.h"

#include <algorithm>
#include <vector>

namespace cotejo::exposure {
namespace {

using base::Text;

const Text kOnlyText = {"está en las palabras del texto, y no en algo que le pase a una persona",
                        "it is in the words of the text, and not in something that happens to a "
                        "person"};
const Text kTerm = {
    "empieza a correr un plazo de sus artículos: ocurre lo que abre el trámite, o se "
    "aplica la regla que lo da",
    "a term of its articles begins to run: what opens the procedure happens, or "
    "the rule that gives it applies"};
const Text kDuties = {"el año simulado no tiene incumplimientos de deberes sin caso escrito",
                      "the simulated year has no breaches of duties without a written case"};
const Text kProved = {"es algo que no ocurre en ninguna historia, o en todas",
                      "it is something that happens in no history, or in all"};
const Text kSchedules = {"es de los horarios mismos, y el año se vive bajo los que hay",
                         "it is about the schedules themselves, and the year is lived under those "
                         "there are"};
const Text kSuppressions = {"habla del archivo de supresiones", "it is about the suppressions"};
const Text kTogether = {"sus reglas se aplican a un mismo caso", "its rules apply to one case"};

const std::vector<CodeEntry>& Table() {
  static const std::vector<CodeEntry> kTable = {
      {"contradicción",
       Way::Clash,
       {"dos reglas de sus artículos se aplican a un mismo caso y nada decide entre ellas",
        "two rules of its articles apply to one case and nothing decides between them"}},
      {"conflicto-resuelto",
       Way::Settled,
       {"en un mismo caso queda en pie la regla que prevalece y cede una de las otras",
        "in one case the rule that prevails stands and one of the others yields"}},
      {"doble-sanción",
       Way::Twice,
       {"las dos sanciones quedan en pie por un mismo hecho", "both sanctions stand for one fact"}},
      {"conflicto-de-categoría",
       Way::Classes,
       {"un mismo hecho queda en las dos clases de falta", "one fact is in both classes of fault"}},
      {"texto-superado", Way::NotMeasured, kOnlyText},
      {"hueco",
       Way::Gap,
       {"hay un caso al que nada se aplica, entre las mismas filas que el testigo",
        "there is a case to which nothing applies, between the same rows as the witness"}},
      {"granularidad",
       Way::NotMeasured,
       {"los hechos simulados llegan en unidades enteras, y esto sólo se da entre ellas",
        "simulated facts come in whole units, and this is found only between them"}},
      {"redondeo",
       Way::Unit,
       {"se concede una cantidad que no es múltiplo de la unidad",
        "a quantity is granted that is no multiple of the unit"}},
      {"plazo-sin-consecuencia", Way::Term, kTerm},
      {"plazo-sin-inicio", Way::Term, kTerm},
      {"deber-sin-sanción", Way::NotMeasured, kDuties},
      {"sanción-sin-deber", Way::NotMeasured, kDuties},
      {"término-sin-definir", Way::NotMeasured, kOnlyText},
      {"caso-sin-horario", Way::NotMeasured, kSchedules},
      {"solapamiento", Way::Same, kTogether},
      {"regla-redundante", Way::Same, kTogether},
      {"regla-muerta", Way::NotMeasured, kProved},
      {"regla-que-no-decide", Way::Same, kTogether},
      {"supuesto-vacío", Way::NotMeasured, kProved},
      {"inversión",
       Way::OfOther,
       {"la persona recibe todo lo que recibe el caso más grave del testigo, el que se sanciona "
        "menos",
        "the person receives all that the graver case of the witness receives, the one that is "
        "punished less"}},
      {"incentivo-perverso",
       Way::OfWitness,
       {"la persona recibe todo lo que recibe el caso más sancionado del testigo: le habría "
        "convenido hacer lo peor",
        "the person receives all that the case of the witness that is punished more receives: "
        "the worse conduct would have suited them"}},
      {"escalera",
       Way::OfWitness,
       {"la persona recibe todo lo que recibe el testigo",
        "the person receives all that the witness receives"}},
      {"tope-excedido",
       Way::Cap,
       {"en un período se pasa el tope, con descuentos de esos artículos y de ningún otro",
        "in a period the cap is exceeded, with deductions of those articles and of no other"}},
      {"proceso-omitido",
       Way::NoProcess,
       {"una de sus sanciones queda en pie y nada ordena proceso por lo mismo",
        "one of its sanctions stands and nothing orders a process for the same thing"}},
      {"escapatoria",
       Way::NotMeasured,
       {"el personal simulado no busca cómo eludir la sanción",
        "the simulated staff does not look for ways round the sanction"}},
      {"ambigüedad",
       Way::Reading,
       {"por los mismos hechos, la persona recibe otra cosa si se lee del otro modo",
        "for the same facts, the person receives something else if it is read the other way"}},
      {"plazos-incompatibles", Way::Term, kTerm},
      {"ciclo-de-plazos", Way::Term, kTerm},
      {"derecho-que-caduca", Way::Term, kTerm},
      {"horas-y-días-hábiles", Way::Term, kTerm},
      {"referencia-rota", Way::NotMeasured, kOnlyText},
      {"referencia-circular", Way::NotMeasured, kOnlyText},
      {"numeración-con-salto", Way::NotMeasured, kOnlyText},
      {"fechas-distintas", Way::NotMeasured, kOnlyText},
      {"órgano-ajeno", Way::NotMeasured, kOnlyText},
      {"pasaje-cambiado", Way::NotMeasured, kOnlyText},
      {"supresión-vencida", Way::NotMeasured, kSuppressions},
      {"supresión-sin-uso", Way::NotMeasured, kSuppressions},
  };
  return kTable;
}

}  // namespace

const CodeEntry* EntryOf(std::string_view code) {
  const auto found = std::find_if(Table().begin(), Table().end(),
                                  [&](const CodeEntry& entry) { return entry.code == code; });
  return found == Table().end() ? nullptr : &*found;
}

}  // namespace cotejo::exposure
