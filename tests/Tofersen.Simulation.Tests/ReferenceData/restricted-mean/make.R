# Reference data for restricted mean survival times of two arms, quantiles of survival curves, and piecewise hazards.
#
# Purpose: write down what survRM2's rmst2 computes (by its formulas, on survival::survfit), quantiles of survfit with
# log-log limits, and poisson.test on events and exposure, so that another program can be checked.
#
# Run from this folder:  Rscript make.R

suppressPackageStartupMessages(library(survival))
RNGkind("Mersenne-Twister", "Inversion", "Rejection")
set.seed(20261122)

digits17 <- function(x) ifelse(is.na(x), "NA", ifelse(is.infinite(x), "Infinity", sprintf("%.17g", x + 0)))
writeRows <- function(d, file) {
  cells <- lapply(d, function(x) if (is.double(x)) digits17(x) else ifelse(is.na(x), "NA", as.character(x)))
  writeLines(c(paste(names(d), collapse = ","), do.call(paste, c(cells, sep = ","))), file)
}

survivalTrial <- function(n, ratio, hazard, logHazardRatio, censorMax, roundTo) {
  active <- round(n * ratio / (ratio + 1))
  arm <- sample(rep(c(0L, 1L), c(n - active, active)))
  life <- rexp(n, hazard * exp(logHazardRatio * arm))
  end <- runif(n, 0.3 * censorMax, censorMax)
  data.frame(time = ceiling(pmin(life, end) / roundTo) * roundTo, event = as.integer(life <= end), arm)
}
sets <- list()
g <- MASS::gehan
sets$gehan <- data.frame(time = g$time, event = g$cens, arm = as.integer(g$treat == "6-MP"))
sets$months150 <- survivalTrial(150, 1, 0.15, -0.4, 12, 1)
sets$few108 <- survivalTrial(108, 2, 0.02, -0.7, 12, 0.01)
sets$trial10 <- survivalTrial(10, 1, 0.2, -0.3, 12, 0.5)
sets$days5000 <- survivalTrial(5000, 2, 0.001, -0.2, 400, 1)
# The control arm dies out before the horizon; the active arm ends in a censoring at 10.
sets$extinct <- data.frame(time = c(1, 2, 4, 5, 2, 3, 8, 10), event = c(1L, 1L, 1L, 1L, 1L, 0L, 1L, 0L), arm = rep(0:1, each = 4))
# Both arms die out.
sets$bothExtinct <- data.frame(time = c(1, 2, 4, 5, 2, 3, 8, 10), event = 1L, arm = rep(0:1, each = 4))
sets$noEvents <- data.frame(time = c(5, 6, 7, 8), event = 0L, arm = c(0L, 1L, 0L, 1L))
horizons <- list(gehan = c(6, 20, 23, 30), months150 = c(5, 9, 11, 12), few108 = c(6, 9.5, 13), trial10 = c(2, 5, 12),
                 days5000 = c(90, 365.25, 400), extinct = c(3, 7, 10, 11), bothExtinct = c(3, 10), noEvents = 4)

# One arm, by the formulas of survRM2 1.0-4 (function rmst1): area under the curve up to tau, variance from Greenwood.
rmst1 <- function(time, status, tau) {
  fit <- survfit(Surv(time, status) ~ 1)
  index <- fit$time <= tau
  wk.time <- sort(c(fit$time[index], tau))
  wk.surv <- fit$surv[index]
  wk.n.risk <- fit$n.risk[index]
  wk.n.event <- fit$n.event[index]
  areas <- diff(c(0, wk.time)) * c(1, wk.surv)
  variance <- ifelse(wk.n.risk - wk.n.event == 0, 0, wk.n.event / (wk.n.risk * (wk.n.risk - wk.n.event)))
  variance <- c(variance, 0)
  c(sum(areas), sum(cumsum(rev(areas[-1]))^2 * rev(variance)[-1]))
}
# Whether rmst2 accepts tau: its rule on the last time of each arm.
accepts <- function(d, tau) {
  last <- tapply(d$time, d$arm, max)
  isEvent <- sapply(0:1, function(a) min(d$event[d$arm == a & d$time == last[a + 1]]))
  limit <- if (all(isEvent == 1)) max(last)
    else if ((isEvent[1] == 0 && isEvent[2] == 1 && last[1] >= last[2]) ||
             (isEvent[1] == 1 && isEvent[2] == 0 && last[2] > last[1])) max(last)
    else min(last)
  tau <= limit
}
means <- list()
quantiles <- list()
hazards <- list()
for (name in names(sets)) {
  d <- sets[[name]]
  writeRows(d, paste0(name, ".csv"))
  for (tau in horizons[[name]]) {
    ok <- accepts(d, tau)
    arms <- lapply(0:1, function(a) if (ok) rmst1(d$time[d$arm == a], d$event[d$arm == a], tau) else c(NA, NA))
    difference <- arms[[2]][1] - arms[[1]][1]
    se <- sqrt(arms[[1]][2] + arms[[2]][2])
    if (!is.na(se) && se == 0) se <- difference <- NA
    means[[length(means) + 1]] <- data.frame(
      dataset = name, horizon = tau, control = arms[[1]][1], controlSe = sqrt(arms[[1]][2]), active = arms[[2]][1],
      activeSe = sqrt(arms[[2]][2]), difference, se, z = difference / se, p = 2 * pnorm(-abs(difference / se)))
    if (ok && nrow(d) < 1000 && !is.na(se)) for (a in 0:1) {
      x <- d[d$arm == a, ]
      # survival's own restricted mean
      own <- summary(survfit(Surv(time, event) ~ 1, x), rmean = tau)$table
      stopifnot(abs(own[["rmean"]] - arms[[a + 1]][1]) < 1e-8, abs(own[["se(rmean)"]] - sqrt(arms[[a + 1]][2])) < 1e-8)
    }
  }
  for (a in 0:1) {
    x <- d[d$arm == a, ]
    fit <- survfit(Surv(time, event) ~ 1, x, conf.type = "log-log")
    for (q in c(0.1, 0.25, 0.5, 0.75, 0.9)) {
      value <- quantile(fit, q)
      quantiles[[length(quantiles) + 1]] <- data.frame(dataset = name, arm = a, probability = q,
        time = as.double(value$quantile), lower = as.double(value$lower), upper = as.double(value$upper))
    }
    cuts <- if (name == "days5000") c(30, 100, 250) else c(2, 5, 9)
    bounds <- c(0, cuts, Inf)
    for (k in seq_len(length(bounds) - 1)) {
      exposure <- sum(pmax(0, pmin(x$time, bounds[k + 1]) - bounds[k]))
      events <- sum(x$event == 1 & x$time > bounds[k] & x$time <= bounds[k + 1])
      test <- if (exposure > 0) poisson.test(events, exposure)$conf.int else c(NA, NA)
      lower <- if (exposure == 0) NA else if (events == 0) 0 else qchisq(0.025, 2 * events) / 2 / exposure
      upper <- if (exposure == 0) NA else qchisq(0.975, 2 * events + 2) / 2 / exposure
      stopifnot(exposure == 0 || all(abs(test - c(lower, upper)) < 1e-8 * upper))
      hazards[[length(hazards) + 1]] <- data.frame(dataset = name, arm = a, from = bounds[k], to = bounds[k + 1],
        events, exposure, rate = if (exposure > 0) events / exposure else NA, lower, upper)
    }
  }
}
writeRows(do.call(rbind, means), "expected.csv")
writeRows(do.call(rbind, quantiles), "quantiles.csv")
writeRows(do.call(rbind, hazards), "hazards.csv")
