# Reference data for paired comparisons of two powers: difference, its standard error, McNemar's test.
#
# The standard error is that of the mean of the paired differences (R's var over the replicates, times (n - 1) / n);
# the exact p value is binom.test's of the discordant pairs; mcnemar.test gives the chi-squared statistic without
# continuity correction.
#
# Run from this folder:  Rscript make.R

digits17 <- function(x) ifelse(is.na(x), "NA", sprintf("%.17g", x))
writeTable <- function(d, file) {
  cells <- lapply(d, function(x) if (is.double(x)) digits17(x) else as.character(x))
  writeLines(c(paste(names(d), collapse = ","), do.call(paste, c(cells, sep = ","))), file)
}

tables <- rbind(
  c(12L, 9L, 2L, 77L), c(0L, 1L, 0L, 9L), c(0L, 0L, 0L, 10L), c(10L, 0L, 0L, 0L), c(5L, 5L, 5L, 5L), c(0L, 7L, 0L, 3L),
  c(3L, 0L, 6L, 1L), c(711L, 103L, 96L, 90L), c(7110L, 1301L, 960L, 629L), c(40000L, 1L, 25L, 59974L), c(1L, 3000L, 2800L, 4199L),
  c(0L, 500L, 0L, 500L))
rows <- list()
for (i in seq_len(nrow(tables))) {
  t <- tables[i, ]
  n <- sum(t)
  d <- rep(c(0, 1, -1, 0), t)
  p <- if (t[2] + t[3] == 0) 1 else binom.test(t[2], t[2] + t[3], 0.5)$p.value
  chi <- if (t[2] + t[3] == 0) NA_real_ else
    as.numeric(mcnemar.test(matrix(c(t[1], t[3], t[2], t[4]), 2), correct = FALSE)$statistic)
  rows[[i]] <- data.frame(both = t[1], firstOnly = t[2], secondOnly = t[3], neither = t[4], difference = mean(d),
                          error = sqrt(var(d) * (n - 1) / n / n), pValue = p, chiSquare = chi)
}
writeTable(do.call(rbind, rows), "expected.csv")
