# Reference data for the rank-preserving structural failure time model.
#
# Purpose: the method in plain R on survival::survdiff and coxph (the R package rpsftm was not installed): untreated
# times, recensoring, the sign changes of Z(psi) on a fine grid and by bisection, the interval, and the Cox regression
# of the active arm as observed against the control arm untreated, so that another program can be checked.
#
# Run from this folder:  Rscript make.R

suppressPackageStartupMessages(library(survival))
RNGkind("Mersenne-Twister", "Inversion", "Rejection")
set.seed(20261122)

digits17 <- function(x) ifelse(is.na(x), "NA", ifelse(is.infinite(x), ifelse(x > 0, "Infinity", "-Infinity"), sprintf("%.17g", x + 0)))
writeRows <- function(d, file) {
  cells <- lapply(d, function(x) if (is.double(x)) digits17(x) else ifelse(is.na(x), "NA", as.character(x)))
  writeLines(c(paste(names(d), collapse = ","), do.call(paste, c(cells, sep = ","))), file)
}

# A trial in months to month `end`: the active arm is treated from 0 (some stop for good), the control arm from a switch
# time (some never). Life is drawn untreated and stretched by exp(-psi) while on drug. Some withdraw.
trial <- function(n, ratio, end, hazard, psi, switchShare, stopShare, switchFrom, withdrawal, roundTo) {
  active <- round(n * ratio / (ratio + 1))
  arm <- sample(rep(c(0L, 1L), c(n - active, active)))
  stratum <- sample(c("fast", "slow"), n, replace = TRUE)
  untreated <- rexp(n, hazard * ifelse(stratum == "fast", 1.5, 0.7))
  start <- ifelse(arm == 1, 0, ifelse(runif(n) < switchShare, switchFrom + 2 * runif(n), Inf))
  stop <- ifelse(arm == 1 & runif(n) < stopShare, end * runif(n), Inf)
  # Real time at which the untreated time is used up.
  speed <- exp(psi)
  off1 <- pmin(untreated, start)
  left <- untreated - off1
  onDrug <- pmin(left / speed, stop - start)
  onDrug[is.nan(onDrug)] <- 0
  left <- pmax(0, left - onDrug * speed)
  life <- off1 + onDrug + left
  leave <- pmin(end, rexp(n, withdrawal + 1e-12))
  time <- pmin(life, leave)
  time <- if (roundTo > 0) pmin(end, ceiling(time / roundTo) * roundTo) else time
  event <- as.integer(life <= leave)
  treated <- pmax(0, pmin(time, stop) - pmin(start, time))
  data.frame(time, event, arm, stratum, start = ifelse(start < time, start, NA), stop = pmin(stop, time), treated,
             censoring = end)
}

sets <- list()
sets$switch300 <- trial(300, 1, 24, 0.05, -0.5, 0.8, 0, 6, 0.005, 0)
sets$delayed108 <- trial(108, 2, 12, 0.06, -0.7, 1, 0, 6.4, 0.01, 0)
sets$departures200 <- trial(200, 1, 24, 0.06, -0.3, 0.5, 0.3, 4, 0.01, 0)
sets$harm200 <- trial(200, 1, 24, 0.05, 0.4, 0.6, 0, 6, 0.005, 0)
sets$months240 <- trial(240, 1, 24, 0.05, -0.6, 0.7, 0.1, 6, 0.01, 1)
sets$perfect150 <- trial(150, 1, 18, 0.06, -0.5, 0, 0, 6, 0.005, 0)
sets$few60 <- trial(60, 2, 12, 0.02, -0.4, 0.9, 0, 6, 0.01, 0)
sets$trial12 <- trial(12, 1, 12, 0.1, -0.3, 0.8, 0, 4, 0.01, 0)

untreated <- function(psi, d, recensoring) {
  rx <- ifelse(d$time > 0, d$treated / d$time, 0)
  u <- d$time * (1 - rx + rx * exp(psi))
  limit <- pmin(d$censoring, d$censoring * exp(psi))
  if (recensoring == "None") limit <- Inf
  if (recensoring == "SwitchingArms") {
    if (all(rx[d$arm == 1] == 1)) limit <- ifelse(d$arm == 1, Inf, limit)
    if (all(rx[d$arm == 0] == 0)) limit <- ifelse(d$arm == 0, Inf, limit)
  }
  data.frame(time = pmin(u, limit), event = ifelse(limit < u, 0, d$event), arm = d$arm, stratum = d$stratum)
}
statistic <- function(psi, d, test, recensoring, stratified) {
  u <- untreated(psi, d, recensoring)
  z <- tryCatch({
    if (test == "LogRank") {
      fit <- if (stratified) survdiff(Surv(time, event) ~ arm + strata(stratum), u) else survdiff(Surv(time, event) ~ arm, u)
      o <- if (is.matrix(fit$obs)) sum(fit$obs[2, ]) else fit$obs[2]
      e <- if (is.matrix(fit$exp)) sum(fit$exp[2, ]) else fit$exp[2]
      -(o - e) / sqrt(fit$var[2, 2])
    } else {
      form <- if (stratified) Surv(time, event) ~ arm + strata(stratum) else Surv(time, event) ~ arm
      fit <- coxph(form, u, control = coxph.control(eps = 1e-12, toler.chol = 1e-13))
      -coef(fit)[["arm"]] / sqrt(vcov(fit)[1, 1])
    }
  }, error = function(e) NaN, warning = function(w) NaN)
  unname(z)
}
signOf <- function(z) if (is.nan(z) || is.na(z)) 0 else sign(z)
# The place where a step function stops being on one side: bisection, split off the middle so that it does not hit 0, where
# times have the ties of the data.
boundary <- function(low, high, stays) {
  while (high - low > 1e-10) {
    middle <- low + 0.45 * (high - low)
    if (stays(middle)) low <- middle else high <- middle
  }
  c(low, high)
}
crossings <- function(grid, z, target, f) {
  s <- sapply(z - target, signOf)
  known <- which(s != 0)
  out <- numeric(0)
  for (i in seq_along(known)[-1]) {
    a <- known[i - 1]; b <- known[i]
    if (s[a] != s[b]) {
      end <- boundary(grid[a], grid[b], function(x) signOf(f(x) - target) == s[a])
      # Without a sign there: the middle of the stretch until it has the other sign.
      start <- if (signOf(f(end[2]) - target) == s[b]) end
        else boundary(end[2], grid[b], function(x) signOf(f(x) - target) != s[b])
      out <- c(out, (mean(end) + mean(start)) / 2)
    }
  }
  out
}

expected <- list()
statistics <- list()
for (name in names(sets)) {
  d <- sets[[name]]
  writeRows(d, paste0(name, ".csv"))
  for (test in c("LogRank", "CoxWald")) for (recensoring in c("SwitchingArms", "AllArms", "None")) for (stratified in c(FALSE, TRUE)) {
    if (test == "CoxWald" && recensoring != "SwitchingArms") next
    if (stratified && recensoring != "SwitchingArms") next
    f <- function(psi) statistic(psi, d, test, recensoring, stratified)
    grid <- seq(-3, 3, length.out = 121)
    z <- sapply(grid, function(x) if (abs(x) > 1e-6) f(x) else NaN)
    roots <- crossings(grid, z, 0, f)
    lower <- crossings(grid, z, -qnorm(0.975), f)
    upper <- crossings(grid, z, qnorm(0.975), f)
    itt <- statistic(0, d, test, "None", stratified)
    psi <- if (length(roots) > 0) roots[length(roots) %/% 2 + 1] else NA
    ratio <- c(NA, NA)
    if (!is.na(psi)) {
      u <- untreated(psi, d, recensoring)
      observed <- d$arm == 1
      u$time[observed] <- d$time[observed]
      u$event[observed] <- d$event[observed]
      form <- if (stratified) Surv(time, event) ~ arm + strata(stratum) else Surv(time, event) ~ arm
      fit <- coxph(form, u, control = coxph.control(eps = 1e-12, toler.chol = 1e-13))
      ratio <- c(coef(fit)[["arm"]], sqrt(vcov(fit)[1, 1]))
    }
    expected[[length(expected) + 1]] <- data.frame(
      dataset = name, test, recensoring, stratified = as.integer(stratified), z = itt, p = 2 * pnorm(-abs(itt)),
      roots = length(roots), psi, lower = if (length(lower) > 0) lower[1] else -Inf,
      upper = if (length(upper) > 0) upper[length(upper)] else Inf, logHazardRatio = ratio[1], coxSe = ratio[2])
    for (k in seq(1, 121, by = 12)) statistics[[length(statistics) + 1]] <- data.frame(
      dataset = name, test, recensoring, stratified = as.integer(stratified), psi = grid[k], z = f(grid[k]))
  }
}
expected <- do.call(rbind, expected)
print(expected)
writeRows(expected, "expected.csv")
writeRows(do.call(rbind, statistics), "statistics.csv")
