# Reference data for Kaplan-Meier curves, medians and restricted mean survival times.
#
# Purpose: write down, for each arm, the curve of survival::survfit with log-log confidence limits, the median with its
# limits and the restricted mean with its standard error, so that another program can be checked.
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
near <- function(a, b, tolerance = 1e-10) {
  all(is.na(a) == is.na(b)) && all(abs(a - b) <= tolerance * pmax(abs(a), abs(b), 1e-6), na.rm = TRUE)
}

# ---- data -------------------------------------------------------------------------------------------------------

sets <- list()
g <- MASS::gehan
sets$gehan <- data.frame(time = g$time, event = g$cens, arm = as.integer(g$treat == "6-MP"))

survivalTrial <- function(n, ratio, hazard, logHazardRatio, censorMax, roundTo) {
  active <- round(n * ratio / (ratio + 1))
  arm <- sample(rep(c(0L, 1L), c(n - active, active)))
  life <- rexp(n, hazard * exp(logHazardRatio * arm))
  end <- runif(n, 0.3 * censorMax, censorMax)
  data.frame(time = ceiling(pmin(life, end) / roundTo) * roundTo, event = as.integer(life <= end), arm)
}
sets$days228 <- survivalTrial(228, 1, 0.0025, -0.35, 1000, 1)
# Heavy ties, events and censoring in the same month.
sets$months150 <- survivalTrial(150, 1, 0.2, -0.4, 12, 1)
# Few events: no median in either arm.
sets$few108 <- survivalTrial(108, 2, 0.02, -0.7, 12, 0.01)
# Edges. Control: censoring before the first event; an event and a censoring at the same time; survival exactly 0.5
# between two event times; the last one is an event, so that the curve ends at 0. Active: nobody has the event.
sets$edge <- data.frame(time = c(1, 2, 2, 4, 4, 7, 9, 3, 5, 5, 9),
                        event = c(0L, 1L, 1L, 1L, 0L, 1L, 1L, 0L, 0L, 0L, 0L),
                        arm = rep(c(0L, 1L), c(7, 4)))
# Complete data: survival is exactly 0.5 from time 2 to 3 (control) and from 20 to 30 (active, with ties).
sets$half <- data.frame(time = c(1, 2, 3, 4, 10, 10, 20, 20, 30, 40, 50, 50), event = 1L, arm = rep(c(0L, 1L), c(4, 8)))
# One participant per arm.
sets$single <- data.frame(time = c(3, 5), event = c(1L, 0L), arm = 0:1)

# Horizons of the restricted mean; the last of each set may lie beyond the last time of an arm.
horizons <- list(gehan = c(20, 22.5, 35), days228 = c(365.25, 700), months150 = c(6, 11), few108 = c(6, 9.5),
                 edge = c(4, 8, 12), half = c(2.5, 35), single = c(2, 4, 6))

for (name in names(sets)) writeData(sets[[name]], paste0(name, ".csv"))

# ---- analysis ---------------------------------------------------------------------------------------------------

# By hand, one arm.
curveByHand <- function(time, event) {
  at <- sort(unique(time))
  risk <- vapply(at, function(t) sum(time >= t), 0)
  events <- vapply(at, function(t) sum(time == t & event == 1), 0)
  s <- cumprod(1 - events / risk)
  term <- ifelse(events > 0, events / (risk * (risk - events)), 0)
  seLog <- sqrt(cumsum(term))
  stdErr <- ifelse(s > 0, s * seLog, NA)
  half <- qnorm(0.975) * seLog / log(s)
  inside <- s > 0 & s < 1
  data.frame(time = at, nRisk = risk, nEvent = events, nCensor = vapply(at, function(t) sum(time == t & event == 0), 0),
             survival = s, stdErr, lower = ifelse(inside, s^exp(-half), NA), upper = ifelse(inside, s^exp(half), NA))
}
# Area to the horizon; the variance sums over event times up to the horizon (area still to come)^2 d / (n (n - d)).
# Past the last time the curve is carried on flat.
meanByHand <- function(curve, horizon) {
  k <- curve[curve$time <= horizon, ]
  s <- c(1, k$survival)
  area <- diff(c(0, k$time, horizon)) * s
  toCome <- rev(cumsum(rev(area)))[-1]
  d <- k$nEvent
  n <- k$nRisk
  variance <- sum(ifelse(d > 0 & d < n, toCome^2 * d / (n * (n - d)), 0))
  c(sum(area), sqrt(variance))
}
# First time at which the curve is at or below 0.5; if it stays exactly at 0.5 for a while, the middle of that while.
firstBelow <- function(time, s, level = 0.5) {
  below <- which(s < level - 1e-9)
  exactly <- which(abs(s - level) <= 1e-9)
  if (length(exactly) > 0 && length(below) > 0) return((time[exactly[1]] + time[below[1]]) / 2)
  if (length(exactly) > 0) return(time[exactly[1]])
  if (length(below) > 0) time[below[1]] else NA_real_
}

curves <- list()
medians <- list()
means <- list()
for (name in names(sets)) {
  d <- read.csv(paste0(name, ".csv"))
  stopifnot(isTRUE(all.equal(d, sets[[name]], check.attributes = FALSE, tolerance = 1e-14)))
  for (a in 0:1) {
    x <- d[d$arm == a, ]
    fit <- survfit(Surv(time, event) ~ 1, x, conf.type = "log-log")
    s <- summary(fit, censored = TRUE)
    noNaN <- function(v) ifelse(is.nan(v), NA_real_, as.double(v))
    curve <- data.frame(dataset = name, arm = a, time = s$time, nRisk = as.integer(s$n.risk),
                        nEvent = as.integer(s$n.event), nCensor = as.integer(s$n.censor), survival = as.double(s$surv),
                        stdErr = noNaN(s$std.err), lower = noNaN(s$lower), upper = noNaN(s$upper))
    hand <- curveByHand(x$time, x$event)
    for (v in names(hand)) stopifnot(near(curve[[v]], hand[[v]]))
    curves[[length(curves) + 1]] <- curve

    q <- quantile(fit, 0.5)
    medians[[length(medians) + 1]] <- data.frame(dataset = name, arm = a, n = nrow(x), events = sum(x$event),
      median = as.double(q$quantile), lower = as.double(q$lower), upper = as.double(q$upper))
    stopifnot(near(as.double(q$quantile), firstBelow(curve$time, curve$survival)))
    # The limits of the median are the same reading of the lower and of the upper confidence curve, which count as 1
    # while survival is 1 and are left out where survival is 0.
    readLimit <- function(v) {
      v <- ifelse(curve$survival == 1, 1, v)
      firstBelow(curve$time[!is.na(v)], v[!is.na(v)])
    }
    lowerHand <- readLimit(curve$lower)
    upperHand <- readLimit(curve$upper)
    stopifnot(near(as.double(q$lower), lowerHand), near(as.double(q$upper), upperHand))

    for (horizon in horizons[[name]]) {
      if (horizon < min(x$time)) {
        r <- c(horizon, 0)  # survfit refuses a horizon before the first time, but the answer is plain
      } else {
        table <- summary(fit, rmean = horizon)$table
        r <- c(table[["rmean"]], table[["se(rmean)"]])
      }
      stopifnot(near(r, meanByHand(hand, horizon)))
      means[[length(means) + 1]] <- data.frame(dataset = name, arm = a, horizon = horizon, lastTime = max(x$time),
                                               mean = r[1], se = r[2])
    }
  }
}
writeExpected(do.call(rbind, curves), "curves.csv")
writeExpected(do.call(rbind, medians), "medians.csv")
writeExpected(do.call(rbind, means), "restricted-means.csv")
