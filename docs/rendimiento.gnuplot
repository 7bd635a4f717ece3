# Coste de `cotejo revisar` frente al número de reglas: gnuplot docs/rendimiento.gnuplot
set terminal svg size 640,400 font "sans-serif,13" background "#ffffff"
set output "docs/rendimiento.svg"
set logscale xy
set xlabel "reglas del código generado"
set ylabel "segundos de CPU"
set key left top
set grid
plot "docs/rendimiento.tsv" using 1:2 with linespoints pt 7 lw 2 title "medido", \
     x * 0.0010 with lines dt 2 title "proporcional (1 ms por regla)"
