# Reference data for the natural-history fit.
#
# Normal rates: lme4 for the REML fit; standard errors of the variance parameters from the Hessian (numDeriv, Richardson) of a REML
# criterion written out with dense matrices, which must agree with lme4's at the optimum.
# Log-normal rates: the marginal likelihood with dense covariance matrices and integrate() over the log rate for each participant,
# maximised by nlminb and polished by Newton steps with Richardson derivatives; standard errors from the Hessian.
# Dropout: survival::survreg, exponential, with right-censored and with interval-censored times.
#
# Run from this folder:  Rscript make.R

suppressPackageStartupMessages({
  library(lme4)
  library(numDeriv)
  library(survival)
})
RNGkind("Mersenne-Twister", "Inversion", "Rejection")
set.seed(20261122)

digits17 <- function(x) ifelse(is.na(x), "NA", sprintf("%.17g", x + 0))
writeTable <- function(d, file) {
  cells <- lapply(d, function(x) if (is.double(x)) digits17(x) else as.character(x))
  writeLines(c(paste(names(d), collapse = ","), do.call(paste, c(cells, sep = ","))), file)
}

# ---- data: rates log-normal, correlated with the baseline; monotone dropout; whole points; individual visit times --------------------

cohort <- function(n, weeks, mu, sigma, rho, residual, stay, jitter) {
  do.call(rbind, lapply(seq_len(n), function(i) {
    z <- rnorm(2)
    baseline <- 37 + 5 * z[1]
    rate <- exp(mu + sigma * (rho * z[1] + sqrt(1 - rho^2) * z[2]))
    month <- round(weeks / (365.25 / 84) + c(0, runif(length(weeks) - 1, -jitter, jitter)), 3)
    month <- month[seq_len(min(length(month), rgeom(1, 1 - stay) + 1))]
    score <- round(pmin(48, pmax(0, baseline - rate * month + rnorm(length(month), 0, residual))))
    data.frame(participant = i, month, score)
  }))
}

sets <- list(
  skewed60 = cohort(60, c(0, 2, 4, 8, 12, 16, 20, 24, 28), -0.3, 0.9, -0.2, 1.7, 0.96, 0.1),
  sparse40 = cohort(40, c(0, 12, 24, 36, 52), -0.6, 0.7, 0.3, 1.5, 0.85, 0.3))
for (name in names(sets)) writeTable(sets[[name]], paste0(name, ".csv"))

# ---- normal rates ---------------------------------------------------------------------------------------------------------------------

split2 <- function(d) lapply(split(d, d$participant), function(p) list(t = p$month, y = p$score))

# -2 REML log likelihood in baseline SD, rate SD, correlation of baseline and rate, residual SD.
reml <- function(p, people) {
  D <- matrix(c(p[1]^2, -p[3] * p[1] * p[2], -p[3] * p[1] * p[2], p[2]^2), 2)
  xx <- matrix(0, 2, 2); xy <- c(0, 0); yy <- 0; ld <- 0; n <- 0
  for (s in people) {
    X <- cbind(1, s$t)
    V <- X %*% D %*% t(X) + diag(p[4]^2, length(s$t))
    W <- solve(V)
    xx <- xx + t(X) %*% W %*% X; xy <- xy + t(X) %*% W %*% s$y; yy <- yy + sum(s$y * (W %*% s$y))
    ld <- ld + determinant(V)$modulus; n <- n + length(s$t)
  }
  as.numeric(ld + determinant(xx)$modulus + yy - sum(xy * solve(xx, xy)) + (n - 2) * log(2 * pi))
}

polish <- function(f, p, steps = 4) {
  for (i in seq_len(steps)) p <- p - solve(hessian(f, p), grad(f, p))
  p
}

normalFit <- function(name, d) {
  people <- split2(d)
  fit <- lmer(score ~ month + (month | participant), d, control = lmerControl(calc.derivs = FALSE, optCtrl = list(ftol_abs = 1e-12, xtol_abs = 1e-10)))
  v <- VarCorr(fit)$participant
  start <- c(attr(v, "stddev"), -attr(v, "correlation")[1, 2], sigma(fit))
  f <- function(p) reml(p, people)
  stopifnot(abs(f(start) - REMLcrit(fit)) < 1e-6)
  p <- polish(f, start)
  se <- sqrt(diag(solve(hessian(f, p) / 2)))
  D <- matrix(c(p[1]^2, -p[3] * p[1] * p[2], -p[3] * p[1] * p[2], p[2]^2), 2)
  xx <- matrix(0, 2, 2); xy <- c(0, 0)
  for (s in people) {
    X <- cbind(1, s$t); W <- solve(X %*% D %*% t(X) + diag(p[4]^2, length(s$t)))
    xx <- xx + t(X) %*% W %*% X; xy <- xy + t(X) %*% W %*% s$y
  }
  beta <- solve(xx, xy)
  data.frame(dataset = name, rates = "Normal",
             parameter = c("baselineMean", "rateMean", "baselineSd", "rateSd", "correlation", "residualSd", "minusTwoLogLikelihood"),
             estimate = c(beta[1], -beta[2], p, f(p)), se = c(sqrt(diag(solve(xx))), se, NA))
}

# ---- log-normal rates -----------------------------------------------------------------------------------------------------------------

# p: beta, baseline SD, correlation with the log rate, log-rate mean and SD, residual SD.
lognormal <- function(p, people) {
  slope <- p[3] * p[2]
  rest <- p[2]^2 * (1 - p[3]^2)
  total <- 0
  for (s in people) {
    n <- length(s$t)
    V <- matrix(rest, n, n) + diag(p[6]^2, n)
    R <- chol(V)
    constant <- -sum(log(diag(R))) - n / 2 * log(2 * pi)
    logJoint <- function(u) {
      residuals <- s$y - p[1] - outer(rep(slope, n), u) + outer(s$t, exp(p[4] + p[5] * u))
      z <- backsolve(R, residuals, transpose = TRUE)
      constant - colSums(z^2) / 2 + dnorm(u, log = TRUE)
    }
    u <- seq(-9, 9, 0.05)
    l <- logJoint(u)
    best <- optimize(logJoint, u[which.max(l)] + c(-0.1, 0.1), maximum = TRUE, tol = 1e-10)
    inside <- range(u[l > best$objective - 40], best$maximum)
    ends <- c(inside[1] - 0.05, best$maximum, inside[2] + 0.05)
    part <- function(a, b) integrate(function(x) exp(logJoint(x) - best$objective), a, b, rel.tol = 1e-12, subdivisions = 1000)$value
    total <- total + best$objective + log(part(ends[1], ends[2]) + part(ends[2], ends[3]))
  }
  -2 * total
}

lognormalFit <- function(name, d, normal) {
  people <- split2(d)
  e <- setNames(normal$estimate, normal$parameter)
  s2 <- log(1 + (e[["rateSd"]] / e[["rateMean"]])^2)
  start <- c(e[["baselineMean"]], e[["baselineSd"]], e[["correlation"]], log(e[["rateMean"]]) - s2 / 2, sqrt(s2), e[["residualSd"]])
  f <- function(p) lognormal(p, people)
  p <- nlminb(start, f, lower = c(-Inf, 0.1, -0.99, -Inf, 0.05, 0.1), upper = c(Inf, Inf, 0.99, Inf, 4, Inf))$par
  p <- polish(f, p, 2)
  C <- solve(hessian(f, p) / 2)
  moments <- function(p) c(exp(p[4] + p[5]^2 / 2), exp(p[4] + p[5]^2 / 2) * sqrt(exp(p[5]^2) - 1))
  J <- jacobian(moments, p)
  data.frame(dataset = name, rates = "LogNormal",
             parameter = c("baselineMean", "baselineSd", "correlation", "logRateMean", "logRateSd", "residualSd", "rateMean", "rateSd",
                           "minusTwoLogLikelihood"),
             estimate = c(p, moments(p), f(p)), se = c(sqrt(diag(C)), sqrt(diag(J %*% C %*% t(J))), NA))
}

expected <- do.call(rbind, lapply(names(sets), function(name) {
  normal <- normalFit(name, sets[[name]])
  rbind(normal, lognormalFit(name, sets[[name]], normal))
}))
writeTable(expected, "expected.csv")

# ---- dropout from last scores: interval-censored between the last score and a median gap later -----------------------------------------

hazards <- do.call(rbind, lapply(names(sets), function(name) {
  d <- sets[[name]]
  weeks <- d$month * 365.25 / 84
  gap <- median(unlist(tapply(weeks, d$participant, diff)))
  planned <- max(weeks)
  last <- tapply(weeks, d$participant, max)
  out <- last < planned - gap / 2
  # survreg takes a lower end of zero as missing.
  from <- ifelse(last == 0, 1e-12, last)
  to <- ifelse(out, pmin(last + gap, planned), NA)
  fit <- survreg(Surv(from, to, type = "interval2") ~ 1, dist = "exponential", control = survreg.control(rel.tolerance = 1e-14, maxiter = 100))
  rate <- exp(-coef(fit)[[1]])
  data.frame(dataset = name, events = sum(out), rate, se = rate * sqrt(vcov(fit)[1, 1]))
}))
writeTable(hazards, "hazards.csv")
print(expected); print(hazards)
