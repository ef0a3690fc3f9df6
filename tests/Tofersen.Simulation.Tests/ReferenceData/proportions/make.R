# Reference data for comparisons of proportions: Cochran-Mantel-Haenszel test, Mantel-Haenszel common odds ratio and
# difference, Newcombe's hybrid score interval, stratified as by Yan and Su (2010).
#
# mantelhaen.test gives test and common odds ratio; prop.test gives Wilson's limits (method 10 of Newcombe 1998 for one
# stratum, and the strata's limits for the stratified interval); Sato's variance is written out.
#
# Run from this folder:  Rscript make.R

digits17 <- function(x) ifelse(is.na(x), "NA", ifelse(is.infinite(x), ifelse(x > 0, "Infinity", "-Infinity"), sprintf("%.17g", x)))
writeTable <- function(d, file) {
  cells <- lapply(d, function(x) if (is.double(x)) digits17(x) else as.character(x))
  writeLines(c(paste(names(d), collapse = ","), do.call(paste, c(cells, sep = ","))), file)
}
near <- function(a, b, tolerance = 1e-9) all(abs(a - b) <= tolerance * pmax(abs(a), abs(b), 1e-8))

# Tables: active with and without the outcome, control with and without, a row a stratum.
sets <- list(
  newcombeA = rbind(c(56, 14, 48, 32)),   # examples (a) to (h) of Newcombe 1998, table II
  newcombeB = rbind(c(9, 1, 3, 7)),
  newcombeC = rbind(c(6, 1, 2, 5)),
  newcombeD = rbind(c(5, 51, 0, 29)),
  newcombeE = rbind(c(0, 10, 0, 20)),
  newcombeF = rbind(c(0, 10, 0, 10)),
  newcombeG = rbind(c(10, 0, 0, 20)),
  newcombeH = rbind(c(10, 0, 0, 10)),
  even = rbind(c(20, 20, 20, 20)),
  small = rbind(c(1, 2, 1, 1)),
  valor = rbind(c(12, 27, 3, 18), c(20, 13, 8, 7)),
  uneven = rbind(c(3, 17, 6, 4), c(40, 60, 11, 39), c(7, 1, 2, 2), c(0, 5, 1, 4)),
  sparse = rbind(c(1, 3, 0, 2), c(2, 2, 1, 1), c(0, 4, 0, 2), c(3, 0, 1, 2), c(1, 1, 0, 1)),
  nobodyActive = rbind(c(0, 12, 3, 9), c(0, 20, 2, 8)),
  large = rbind(c(520, 480, 450, 550), c(110, 390, 95, 405), c(900, 100, 870, 130)))

rows <- list()
level <- 0.95
z <- qnorm((1 + level) / 2)
for (name in names(sets)) {
  t <- sets[[name]]
  colnames(t) <- c("x1", "y1", "x0", "y0")
  n1 <- t[, 1] + t[, 2]
  n0 <- t[, 3] + t[, 4]
  N <- n1 + n0
  p1 <- t[, 1] / n1
  p0 <- t[, 3] / n0
  w <- n1 * n0 / N / sum(n1 * n0 / N)
  d <- sum(w * (p1 - p0))
  # Sato 1989, as in Greenland and Robins: a, b active, c, d control.
  P <- sum((n1^2 * t[, 3] - n0^2 * t[, 1] + n1 * n0 * (n0 - n1) / 2) / N^2)
  Qs <- sum((t[, 1] * (n0 - t[, 3]) + t[, 3] * (n1 - t[, 1])) / (2 * N))
  sato <- (d * P + Qs) / sum(n1 * n0 / N)^2
  if (nrow(t) == 1) stopifnot(near(sato, p1 * (1 - p1) / n1 + p0 * (1 - p0) / n0))

  wilson <- function(x, n) {
    v <- x / n * (1 - x / n) / n
    q <- if (length(x) == 1) z else if (sum(v) > 0) z * sqrt(sum(w^2 * v)) / sum(w * sqrt(v)) else
      z * sqrt(sum(w^2 / n)) / sum(w / sqrt(n))
    limits <- sapply(seq_along(x), function(i)
      suppressWarnings(prop.test(x[i], n[i], conf.level = 2 * pnorm(q) - 1, correct = FALSE)$conf.int))
    c(sum(w * limits[1, ]), sum(w * limits[2, ]))
  }
  a <- wilson(t[, 1], n1)
  b <- wilson(t[, 3], n0)
  l1 <- sum(w^2 / n1)
  l0 <- sum(w^2 / n0)
  lower <- d - z * sqrt(l1 * a[1] * (1 - a[1]) + l0 * b[2] * (1 - b[2]))
  upper <- d + z * sqrt(l1 * a[2] * (1 - a[2]) + l0 * b[1] * (1 - b[1]))
  if (nrow(t) == 1) {  # method 10 as it is printed
    stopifnot(near(lower, p1 - p0 - sqrt((p1 - a[1])^2 + (b[2] - p0)^2), 1e-7),
              near(upper, p1 - p0 + sqrt((a[2] - p1)^2 + (p0 - b[1])^2), 1e-7))
  }

  m1 <- sum(t[, c(1, 3)])
  m0 <- sum(t[, c(2, 4)])
  chisq <- chisqCorrected <- logOr <- logOrSe <- NA_real_
  if (m1 > 0 && m0 > 0) {
    m <- t[, 1] + t[, 3]
    V <- sum(n1 * n0 * m * (N - m) / (N^2 * (N - 1)))
    delta <- abs(sum(t[, 1] - n1 * m / N))
    chisq <- delta^2 / V
    chisqCorrected <- (if (delta >= 0.5) delta - 0.5 else delta)^2 / V
    if (nrow(t) == 1) {
      tab <- matrix(t, 2, byrow = TRUE)
      stopifnot(near(chisq, suppressWarnings(chisq.test(tab, correct = FALSE)$statistic) * (N - 1) / N))
    } else {
      cube <- aperm(array(t(t), c(2, 2, nrow(t))), c(2, 1, 3))  # arm x outcome x stratum
      keep <- apply(cube, 3, sum) > 1
      test <- mantelhaen.test(cube[, , keep, drop = FALSE], correct = FALSE)
      corrected <- mantelhaen.test(cube[, , keep, drop = FALSE], correct = TRUE)
      chisq <- as.numeric(test$statistic)
      chisqCorrected <- as.numeric(corrected$statistic)
      stopifnot(near(chisq, delta^2 / V))
      if (is.finite(log(test$estimate))) {
        logOr <- log(as.numeric(test$estimate))
        logOrSe <- diff(log(test$conf.int[1:2])) / (2 * z)
      }
    }
    if (nrow(t) == 1 && all(t[, 1] * t[, 4] > 0, t[, 2] * t[, 3] > 0)) {
      logOr <- log(t[, 1] * t[, 4] / (t[, 2] * t[, 3]))
      logOrSe <- sqrt(sum(1 / t))  # Woolf's; that of Robins, Breslow and Greenland with one stratum
    }
  }
  rows[[name]] <- data.frame(dataset = name, strata = nrow(t), difference = d, sato = sato, lower = lower, upper = upper,
                             chiSquare = chisq, chiSquareCorrected = chisqCorrected, logOddsRatio = logOr, logOddsRatioSe = logOrSe)
}
counts <- do.call(rbind, lapply(names(sets), function(n)
  data.frame(dataset = n, stratum = seq_len(nrow(sets[[n]])) - 1L, x1 = sets[[n]][, 1], y1 = sets[[n]][, 2], x0 = sets[[n]][, 3],
             y0 = sets[[n]][, 4])))
write.csv(counts, "counts.csv", row.names = FALSE, quote = FALSE)
writeTable(do.call(rbind, rows), "expected.csv")
