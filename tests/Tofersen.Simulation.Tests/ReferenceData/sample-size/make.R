# Numbers of participants with a given power, in closed form.
#
# Purpose: write down at which number of participants, not rounded, each of a few analyses has its power, and which difference of means has it,
# so that a search by simulation can be checked.
#
# Run from this folder:  Rscript make.R

alpha <- 0.05
rows <- list()
add <- function(case, power, crossing) {
  rows[[length(rows) + 1]] <<- sprintf("%s,%s,%.12g", case, power, crossing)
}
solve1 <- function(f, lower, upper) uniroot(f, c(lower, upper), tol = 1e-10)$root

# Both tails of a noncentral t.
tPower <- function(ncp, df) {
  critical <- qt(1 - alpha / 2, df)
  pt(critical, df, ncp, lower.tail = FALSE) + pt(-critical, df, ncp)
}
# Total number when shares of the arms and the variance of an arm's mean times its size are known.
tSize <- function(effect, variance, ratio, power) {
  p <- ratio / (ratio + 1)
  solve1(function(n) tPower(effect / sqrt(variance / (n * p * (1 - p))), n - 2) - power, 6, 1e5)
}

# ---- Two-sample means: SD 5.5, difference 1.2 -----------------------------------------------------------------------
add("means 1:1", 0.8, tSize(1.2, 5.5^2, 1, 0.8))
add("means 2:1", 0.8, tSize(1.2, 5.5^2, 2, 0.8))
add("means 1:1", 0.9, tSize(1.2, 5.5^2, 1, 0.9))
# power.t.test counts one tail unless strict; the other is far away.
stopifnot(abs(2 * power.t.test(delta = 1.2, sd = 5.5, power = 0.8, strict = TRUE, tol = 1e-10)$n - tSize(1.2, 5.5^2, 1, 0.8)) < 1e-4)
# rpact 3.3.4 with one side at 2.5 %: 661.4501367 and 743.8899915. The other tail, a millionth, makes the difference.
stopifnot(abs(tSize(1.2, 5.5^2, 1, 0.8) - 661.4501367) < 0.003, abs(tSize(1.2, 5.5^2, 2, 0.8) - 743.8899915) < 0.003)

# ---- Slopes: two-stage, complete visits; intercepts do not matter ---------------------------------------------------
months <- seq(0, 28, 4) / 4.345
slopeVariance <- 0.36 + 4 / sum((months - mean(months))^2)
normalPerArm <- 2 * (qnorm(0.975) + qnorm(0.8))^2 * slopeVariance / 0.4^2
stopifnot(abs(normalPerArm - 46.34519666) < 1e-7)
stopifnot(abs(pnorm(0.4 / sqrt(2 * slopeVariance / 54) - qnorm(0.975)) - 0.8563699325) < 1e-9)
add("slopes normal", 0.8, 2 * normalPerArm)
add("slopes", 0.8, tSize(0.4, slopeVariance, 1, 0.8))

# ---- ANCOVA of a score on its baseline, both measured with error ----------------------------------------------------
# True baseline N(24, 25), the visit adds N(0, (0.6 t)^2) with t = 6 months, errors of SD 2: the residual variance is Var(Y1 | Y0).
# The covariate differs between the arms by chance: its squared correlation with the arm is Beta(1/2, (n - 2) / 2).
before <- 25 + 4
after <- 25 + 4 + (0.6 * 6)^2
residual <- after - 25^2 / before
ancovaPower <- function(n, effect) {
  integrate(function(q) {
    r2 <- qbeta(q, 1 / 2, (n - 2) / 2)
    tPower(effect / sqrt(residual / (n / 4 * (1 - r2))), n - 3)
  }, 0, 1, rel.tol = 1e-10)$value
}
add("ancova", 0.8, solve1(function(n) ancovaPower(n, 2) - 0.8, 10, 1e4))

# ---- Log-rank: hazards 0.02 and 0.012 a week to week 52 -------------------------------------------------------------
# First order: drift and variance of O - E against the square root of its estimated variance.
logRankPower <- function(n, ratio, weekly, weeks) {
  at <- function(f) integrate(f, 0, weeks, rel.tol = 1e-11)$value
  y0 <- function(t) n / 2 * exp(-weekly * t)
  y1 <- function(t) n / 2 * exp(-weekly * ratio * t)
  drift <- at(function(t) y0(t) * y1(t) / (y0(t) + y1(t)) * weekly * (1 - ratio))
  variance <- at(function(t) (y0(t)^2 * y1(t) * weekly * ratio + y1(t)^2 * y0(t) * weekly) / (y0(t) + y1(t))^2)
  estimated <- at(function(t) y0(t) * y1(t) * (y0(t) * weekly + y1(t) * weekly * ratio) / (y0(t) + y1(t))^2)
  critical <- qnorm(0.975) * sqrt(estimated)
  pnorm(drift, critical, sqrt(variance)) + pnorm(-critical, drift, sqrt(variance))
}
add("log-rank", 0.8, solve1(function(n) logRankPower(n, 0.6, 0.02, 52) - 0.8, 20, 1e4))
events <- 4 * (qnorm(0.975) + qnorm(0.8))^2 / log(0.6)^2
share <- (2 - exp(-0.02 * 52) - exp(-0.012 * 52)) / 2
add("log-rank schoenfeld", 0.8, events / share)

# ---- Joint rank, unadjusted: Matsouaka and Betensky; 18 months, SD 9.1, hazards of means 1 / (-log(1 - p) / 18) -----
p2of <- function(lambda) 1 - exp(-lambda * 18)
jointPower <- function(perArm, lambda0, lambda1, difference, sd) {
  theta <- lambda0 / lambda1
  p1 <- p2of(lambda0); p2 <- p2of(lambda1); q1 <- 1 - p1; q2 <- 1 - p2
  delta <- difference / (sqrt(2) * sd)
  x1 <- pnorm(delta)
  x2 <- integrate(function(x) dnorm(x) * pnorm(sqrt(2) * delta + x)^2, -Inf, Inf, rel.tol = 1e-11)$value
  t1 <- (1 - (1 - q2^(1 + theta)) / ((1 + theta) * p2)) / (1 - q2^theta)
  t2 <- (1 - q2^theta)^-2 * (1 + ((1 - q2^(1 + 2 * theta)) / (1 + 2 * theta) - 2 * (1 - q2^(1 + theta)) / (1 + theta)) / p2)
  t3 <- (q2 / p2)^2 * (1 + theta * (1 - q2^(2 + theta)) / ((2 + theta) * (1 - q2^theta) * q2^2)
                       - 2 * theta * (1 - q2^(1 + theta)) / ((1 + theta) * (1 - q2^theta) * q2))
  u1 <- p1 * p2 * t1 + p1 * q2 + q1 * q2 * x1
  u2 <- p1^2 * q2 + p1^2 * p2 * t2 + 2 * p1 * q1 * q2 * x1 + q1^2 * q2 * x2
  u3 <- p1 * q2^2 + p1 * p2^2 * t3 + 2 * p1 * p2 * q2 * t1 + q1 * q2^2 * x2
  s0 <- sqrt((2 * perArm + 1) / (12 * perArm^2))
  s1 <- sqrt((u1 * (1 - u1) + (perArm - 1) * (u2 - u1^2) + (perArm - 1) * (u3 - u1^2)) / perArm^2)
  pnorm(s0 / s1 * qnorm(alpha / 2) + abs(u1 - 0.5) / s1)
}
# The published case: a slope of 1.1 a month, a quarter slower, median survival 24 and 30 months.
l0 <- log(2) / 24; l1 <- log(2) / 30
stopifnot(abs(jointPower(130, l0, l1, 0.25 * 1.1 * 18, 9.1) - 0.73527) < 5e-6)
add("joint rank", 0.8, 2 * solve1(function(n) jointPower(n, l0, l1, 0.25 * 1.1 * 18, 9.1) - 0.8, 10, 1e4))

# ---- Detectable difference of means: 108 participants, 2:1, SD 5.5 --------------------------------------------------
add("difference", 0.8, solve1(function(d) tPower(d / (5.5 * sqrt(1 / 72 + 1 / 36)), 106) - 0.8, 0.1, 20))

writeLines(c("case,power,crossing", unlist(rows)), "expected.csv")
