# Reference data for the log-rank test, plain and stratified.
#
# Purpose: write down observed and expected events of both arms, the variance of observed minus expected in the active
# arm, chi-square and p from survival::survdiff, so that another program can be checked.
#
# Run from this folder:  Rscript make.R

suppressPackageStartupMessages(library(survival))
RNGkind("Mersenne-Twister", "Inversion", "Rejection")
set.seed(20261122)

digits17 <- function(x) ifelse(is.na(x), "NA", sprintf("%.17g", x + 0))
writeData <- function(d, file) {
  cells <- lapply(d, function(x) ifelse(is.na(x), "", if (is.numeric(x)) sprintf("%.15g", x + 0) else as.character(x)))
  writeLines(c(paste(names(d), collapse = ","), do.call(paste, c(cells, sep = ","))), file)
}
writeExpected <- function(d, file) {
  cells <- lapply(d, function(x) if (is.double(x)) digits17(x) else ifelse(is.na(x), "NA", as.character(x)))
  writeLines(c(paste(names(d), collapse = ","), do.call(paste, c(cells, sep = ","))), file)
}
near <- function(a, b, tolerance = 1e-10) all(abs(a - b) <= tolerance * pmax(abs(a), abs(b), 1e-6))

# ---- data -------------------------------------------------------------------------------------------------------

sets <- list()

# Remission times in leukaemia (Gehan; in MASS). Active arm = 6-MP. The strata are the matched pairs, so that the
# stratified test has 21 strata of two.
g <- MASS::gehan
sets$gehan <- data.frame(time = g$time, event = g$cens, arm = as.integer(g$treat == "6-MP"),
                         stratum = sprintf("pair%02d", g$pair))

survivalTrial <- function(n, ratio, hazard, logHazardRatio, strata, censorMax, roundTo) {
  active <- round(n * ratio / (ratio + 1))
  arm <- sample(rep(c(0L, 1L), c(n - active, active)))
  stratum <- sample(strata, n, replace = TRUE)
  effect <- seq(-0.8, 0.8, length.out = length(strata))[match(stratum, strata)]
  life <- rexp(n, hazard * exp(logHazardRatio * arm + effect))
  end <- runif(n, 0.3 * censorMax, censorMax)
  time <- ceiling(pmin(life, end) / roundTo) * roundTo
  data.frame(time, event = as.integer(life <= end), arm, stratum)
}

# 228 participants, days, some ties; one stratum.
sets$days228 <- survivalTrial(228, 1, 0.0025, -0.35, "all", 1000, 1)
# Heavy ties: times in whole months, deaths and censoring in the same month.
sets$months150 <- survivalTrial(150, 1, 0.09, -0.5, c("fast", "slow"), 12, 1)
# Two strata, 2:1, few events, times with decimals and so hardly any ties.
sets$strata2x108 <- survivalTrial(108, 2, 0.03, -0.7, c("slow", "fast"), 12, 0.01)

# Twelve strata; of those, two with one arm only, two without events, and one with a single participant.
d <- survivalTrial(200, 2, 0.08, -0.4, sprintf("site%02d", 1:12), 14, 0.5)
d$arm[d$stratum == "site03"] <- 1L
d$arm[d$stratum == "site07"] <- 0L
d$event[d$stratum %in% c("site05", "site10")] <- 0L
d <- d[!(d$stratum == "site12" & duplicated(d$stratum)), ]
sets$strata12x200 <- d

# All events in one arm.
d <- survivalTrial(40, 1, 0.06, 0, c("fast", "slow"), 12, 0.1)
d$event[d$arm == 1] <- 0L
sets$eventsInControlOnly40 <- d
d <- survivalTrial(40, 1, 0.06, 0, c("fast", "slow"), 12, 0.1)
d$event[d$arm == 0] <- 0L
sets$eventsInActiveOnly40 <- d

# The arms do not overlap: every control event comes before the first time in the active arm.
sets$separated20 <- data.frame(time = c(1:10, 11:20), event = 1L, arm = rep(0:1, each = 10),
                               stratum = rep(c("fast", "slow"), 10))

# Tiny.
sets$tiny2 <- data.frame(time = c(1, 2), event = c(1L, 1L), arm = c(0L, 1L), stratum = "all")
sets$tiny4 <- data.frame(time = c(3, 3, 5, 3), event = c(1L, 0L, 1L, 1L), arm = c(0L, 1L, 1L, 1L), stratum = "all")
sets$tiny6 <- data.frame(time = c(2, 2, 2, 4, 4, 6), event = c(1L, 1L, 0L, 1L, 1L, 0L),
                         arm = c(0L, 1L, 1L, 0L, 0L, 1L), stratum = c("a", "a", "a", "b", "b", "b"))
# Everybody has the event at the same time: the variance is 0 (all at risk have the event).
sets$oneTime6 <- data.frame(time = 5, event = 1L, arm = rep(0:1, 3), stratum = "all")
# Nobody has the event.
sets$noEvents8 <- data.frame(time = 1:8, event = 0L, arm = rep(0:1, 4), stratum = rep(c("a", "b"), each = 4))

# 5,000 participants, days.
sets$days5000 <- survivalTrial(5000, 2, 0.0008, -0.15, c("fast", "slow"), 400, 1)

for (name in names(sets)) writeData(sets[[name]], paste0(name, ".csv"))

# ---- analysis ---------------------------------------------------------------------------------------------------

# By hand: sums over strata and event times.
byHand <- function(d, stratum) {
  out <- c(observedControl = 0, observedActive = 0, expectedControl = 0, expectedActive = 0, variance = 0)
  for (s in unique(stratum)) {
    x <- d[stratum == s, ]
    for (t in unique(x$time[x$event == 1])) {
      n <- sum(x$time >= t)
      nA <- sum(x$time >= t & x$arm == 1)
      events <- sum(x$time == t & x$event == 1)
      eventsA <- sum(x$time == t & x$event == 1 & x$arm == 1)
      v <- if (n > 1) events * (nA / n) * (1 - nA / n) * (n - events) / (n - 1) else 0
      out <- out + c(events - eventsA, eventsA, events * (1 - nA / n), events * nA / n, v)
    }
  }
  out
}

rows <- list()
for (name in names(sets)) {
  d <- read.csv(paste0(name, ".csv"), stringsAsFactors = FALSE)
  stopifnot(isTRUE(all.equal(d, sets[[name]], check.attributes = FALSE, tolerance = 1e-14)))
  for (analysis in c("unstratified", "stratified")) {
    stratum <- if (analysis == "stratified") d$stratum else rep("all", nrow(d))
    d$by <- stratum
    hand <- byHand(d, stratum)
    values <- hand
    chiSquare <- p <- NA_real_
    # Without events survdiff gives NaN, and with events but no variance it stops with an error: there the values by
    # hand are written, with NA for the test.
    if (hand[["variance"]] > 1e-12) {
      fit <- if (length(unique(stratum)) > 1) survdiff(Surv(time, event) ~ arm + strata(by), d)
             else survdiff(Surv(time, event) ~ arm, d)
      observed <- if (is.matrix(fit$obs)) rowSums(fit$obs) else fit$obs
      expected <- if (is.matrix(fit$exp)) rowSums(fit$exp) else fit$exp
      values <- c(observedControl = observed[1], observedActive = observed[2], expectedControl = expected[1],
                  expectedActive = expected[2], variance = fit$var[2, 2])
      stopifnot(near(values, hand))
      chiSquare <- fit$chisq
      p <- pchisq(chiSquare, 1, lower.tail = FALSE)
      stopifnot(near(chiSquare, (values[2] - values[4])^2 / values[5]), near(p, 2 * pnorm(-sqrt(chiSquare))))
      # The score test of Cox's model with exact (discrete) handling of ties is the log-rank test. It takes long with
      # heavy ties among thousands, so the largest data set is left out.
      if (nrow(d) <= 1000) {
        cox <- suppressWarnings(coxph(Surv(time, event) ~ arm + strata(by), d, ties = "exact", iter.max = 0))
        stopifnot(near(cox$score, chiSquare, 1e-8))
      }
    }
    z <- if (is.na(chiSquare)) NA_real_ else (values[[2]] - values[[4]]) / sqrt(values[[5]])
    rows[[length(rows) + 1]] <- data.frame(
      dataset = name, analysis = analysis, strata = length(unique(stratum)), nControl = sum(d$arm == 0),
      nActive = sum(d$arm == 1), observedControl = values[[1]], observedActive = values[[2]],
      expectedControl = values[[3]], expectedActive = values[[4]], variance = values[[5]], z = z,
      chiSquare = chiSquare, p = p)
  }
}
expected <- do.call(rbind, rows)
# The printed values of the leukaemia data.
first <- expected[1, ]
stopifnot(first$dataset == "gehan", abs(first$chiSquare - 16.792941) < 5e-7,
          abs(first$expectedActive - 19.250501) < 5e-7, abs(first$expectedControl - 10.749499) < 5e-7,
          abs(first$variance - 6.256961) < 5e-7)
# The strata that the twelve-strata data set promises.
d <- sets$strata12x200
stopifnot(length(unique(d$stratum)) == 12,
          sum(tapply(d$arm, d$stratum, function(a) length(unique(a))) == 1) >= 2,
          sum(tapply(d$event, d$stratum, sum) == 0) >= 2)
writeExpected(expected, "expected.csv")
