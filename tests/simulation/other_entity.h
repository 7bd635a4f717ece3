// Regulations of other entities: what the RIP does not use, and the least there can be.
#pragma once

namespace cotejo::year {

// Another entity, and everything the RIP does not use: one and three shifts a day, arrivals
// judged one by one and by day, rules that a measure of earlier arrivals decides, a tolerance
// that changes in July, `primera`, `acumula`, priorities, a special rule over a general one.
inline constexpr const char* kOtherEntity = R"(
norma OTRA "Otra entidad" rango resolución_administrativa vigente desde 2025-01-01
norma MARCO "Norma marco" rango ley vigente desde 2020-01-01

horario continuo cita OTRA:1 tramos 08:00 a 16:00
  para oficina en {nacional, la_paz, beni, oruro, potosí}
horario partido cita OTRA:1 tramos 07:00 a 09:30, 10:00 a 12:00, 13:00 a 17:00

parámetro gracia cita OTRA:2 desde 2025-01-01 = 5 minutos, desde 2025-07-01 = 1/2 minuto
parámetro refrigerio_diario cita OTRA:2 desde 2025-01-01 = 18 Bs, desde 2025-09-01 = 20,50 Bs
define antigua de persona cita OTRA:2 = años(ingreso, fecha) > 5 años y 3 años < años(fecha, ingreso) + servicio_previo
define haber_diario de persona cita OTRA:2 = remuneración / 22

medida llegadas_tarde por mes cita OTRA:3 = cuenta(llegada donde hora > hora_fijada + gracia)
medida minutos por mes cita OTRA:3 = suma(atraso.minutos)
medida minutos_del_día por día cita OTRA:3 = suma(atraso.minutos)
medida faltas por gestión cita OTRA:3 = suma(inasistencia_injustificada.días) en pasos de 1/6 día
medida racha_de_faltas por gestión cita OTRA:3 = racha(inasistencia_injustificada.días >= 1/3 día)
medida vez por gestión cita OTRA:3 = cuenta(conducta del mismo inciso)
medida descontado por mes cita OTRA:3 = suma(sanción.días)
medida hábiles por mes cita OTRA:3 = días_hábiles()
medida vacaciones por mes cita OTRA:3 = suma(vacación.días) en pasos de 1/2 día

// Sólo las tres primeras del mes se perdonan a quien gana poco.
califica llegada como atraso cita OTRA:3
  cuando hora > hora_fijada + gracia y (remuneración >= 9000 Bs o llegadas_tarde > 3)
  salvo justificada
  con minutos = máx(hora - hora_fijada - gracia, tramo * 2 minutos)
califica llegada como omisión_sin_regularizar cita OTRA:3 cuando hora < hora_fijada - 12 minutos y tramo = 3
califica inasistencia como inasistencia_injustificada cita OTRA:4
  salvo justificada o tiene certificado y fecha >= certificado
  con días = días
califica atraso por día como atraso_extremo cita OTRA:4 cuando minutos_del_día > 25

regla muy_tarde cita OTRA:5 sobre llegada
  cuando hora > hora_fijada + 45 minutos
  entonces amonestación escrita
  establece conducta con inciso = RIP:43.II.c
regla tarde_con_permiso cita MARCO:9 sobre llegada
  cuando hora > hora_fijada + 60 minutos y justificada
  entonces sin sanción
regla día_perdido cita OTRA:5 sobre atraso_extremo
  entonces descuento 1/3 día

escala mensual cita OTRA:6 sobre atraso por mes según minutos política primera falta leve
  | 10 ..  | amonestación verbal | cuando contrato = permanente
  | 20 ..  | descuento 1/4 día   |
  | 12 .. 15 | amonestación escrita |
escala suma_de_avisos cita OTRA:6 sobre inasistencia_injustificada por gestión según faltas política acumula
  | 1/3 .. | amonestación escrita |
  | 1 ..   | descuento faltas / 4 |
regla racha cita OTRA:7 sobre inasistencia_injustificada por mes prioridad 2
  cuando racha_de_faltas >= 2 entonces descuento 3 días, proceso
regla falta cita OTRA:7 sobre inasistencia_injustificada por mes
  entonces descuento 1 día
regla general cita OTRA:8 sobre conducta entonces amonestación verbal
regla especial cita OTRA:8 sobre conducta cuando inciso dentro de RIP:43 entonces amonestación escrita
regla repetida cita OTRA:8 sobre conducta cuando vez >= 2 entonces retiro
regla tope cita MARCO:10 sobre sanción por mes
  cuando descontado > 2 días entonces prohibición UDITH "descontar más"

regla adquirida cita OTRA:9 sobre aniversario
  entonces derecho vacación si antigua entonces 18 días sino 12 días
regla ganada cita OTRA:9 sobre cierre_de_gestión
  entonces derecho vacación_ganada techo(meses_desde_aniversario(ingreso, fecha) / 5)
regla aguinaldo cita OTRA:9 sobre cierre_de_gestión entonces derecho aguinaldo remuneración / 2
regla se_paga cita OTRA:10 sobre desvinculación
  cuando causa != conclusión_de_contrato y vacación_pendiente > 3 días
  entonces obligación entidad "pagar de oficio la vacación pendiente"
regla refrigerio cita OTRA:9 sobre cierre_de_mes entonces derecho refrigerio hábiles - vacaciones
)";

// What every text needs to be simulated, and no sanction.
inline constexpr const char* kBareEntity = R"(
norma OTRA "Otra entidad" rango resolución_administrativa vigente desde 2025-01-01
horario continuo cita OTRA:1 tramos 08:00 a 16:00
parámetro refrigerio_diario cita OTRA:2 desde 2025-01-01 = 18 Bs
define haber_diario de persona cita OTRA:2 = remuneración / 30
medida hábiles por mes cita OTRA:3 = días_hábiles()
califica llegada como atraso cita OTRA:3 cuando hora > hora_fijada con minutos = hora - hora_fijada
regla adquirida cita OTRA:9 sobre aniversario entonces derecho vacación 15 días
regla ganada cita OTRA:9 sobre cierre_de_gestión entonces derecho vacación_ganada 1 día
regla aguinaldo cita OTRA:9 sobre cierre_de_gestión entonces derecho aguinaldo remuneración
regla se_paga cita OTRA:9 sobre desvinculación
  entonces obligación entidad "pagar de oficio la vacación pendiente"
regla refrigerio cita OTRA:9 sobre cierre_de_mes entonces derecho refrigerio hábiles
)";

}  // namespace cotejo::year
