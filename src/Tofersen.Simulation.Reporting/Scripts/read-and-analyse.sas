/* Reads the data sets beside this file into the library WORK with labels, and reruns the analyses of the scenario.
   The data are simulated: they are no evidence about a medicine.

   This program was written for SAS 9.4 but has never been run: it was made where there is no SAS. Check its answers against those of
   tofersen-sim or of read-and-analyse.R before you rely on it. Texts with line breaks inside are beyond its INFILE statements.

   Set FOLDER to where the files are. */
%let folder = .;
options validvarname=upcase;

