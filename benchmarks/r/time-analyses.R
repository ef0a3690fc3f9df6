# Times of R's analyses of one trial of VALOR's size, beside which the tables in ../results stand.
# Run with nothing else going on: Rscript benchmarks/r/time-analyses.R
# Needs R with survival, lme4, lmerTest, pbkrtest, nlme; mmrm where it is installed. Times are processor seconds of one thread, the median
# of the repetitions, in milliseconds.
suppressPackageStartupMessages({
  library(survival); library(lme4); library(lmerTest); library(nlme)
})
set.seed(20261122)

draw <- function(dropout, missed, n = 108) {
  id <- rep(seq_len(n), each = 8)
  week <- rep(c(0, 4, 8, 12, 16, 20, 24, 28), n)
  arm <- ifelse(id %% 3 == 0, "control", "active")
  level <- rnorm(n, 37, 5.5)[id]
  slope <- rnorm(n, -1, 0.6)[id] + 0.3 * (arm == "active")
  score <- round(level + slope * week / 4.348 + rnorm(8 * n, 0, 2))
  gone <- unlist(lapply(seq_len(n), function(i) cumsum(c(0, rbinom(7, 1, dropout))) > 0))
  hidden <- week > 0 & runif(8 * n) < missed
  d <- data.frame(id = factor(id), week, month = week / 4.348, visit = factor(week),
                  arm = factor(arm, c("control", "active")), score, base = rep(score[week == 0], each = 8))
  d$chg <- d$score - d$base
  d[!gone & !hidden, ]
}

milliseconds <- function(expression, times) {
  run <- function() {
    start <- proc.time()
    eval(expression, parent.frame(2))
    sum((proc.time() - start)[c("user.self", "sys.self")])
  }
  1000 * median(vapply(seq_len(times), function(i) run(), 0))
}

# Quick ones are repeated within a measurement, which the clock would not resolve otherwise.
report <- function(name, expression, times = 15, inner = 1) {
  looped <- if (inner == 1) expression else bquote(for (k in seq_len(.(inner))) .(expression))
  cat(sprintf("| %s | %.3g |\n", name, milliseconds(looped, times) / inner))
}

monotone <- draw(0.03, 0)
scattered <- draw(0, 0.03)
after <- droplevels(subset(monotone, week > 0))
gaps <- droplevels(subset(scattered, week > 0))
last <- subset(monotone, week == 28)
time <- data.frame(t = rexp(108, 1 / 40), arm = rep(c(0, 1, 1), 36))
time$event <- time$t < 52
time$t <- pmin(time$t, 52)

cat("R", as.character(getRversion()), "survival", as.character(packageVersion("survival")), "lme4",
    as.character(packageVersion("lme4")), "lmerTest", as.character(packageVersion("lmerTest")), "nlme",
    as.character(packageVersion("nlme")), "\n\n| analysis | ms |\n| --- | --- |\n")
report("lm: ANCOVA", quote(summary(lm(chg ~ arm + base, last))), inner = 50)
report("wilcox.test", quote(wilcox.test(chg ~ arm, last, exact = FALSE)), inner = 50)
report("survdiff: log-rank", quote(survdiff(Surv(t, event) ~ arm, time)), inner = 50)
report("coxph", quote(summary(coxph(Surv(t, event) ~ arm, time))), inner = 50)
report("lmerTest: random slope, Satterthwaite", quote(summary(lmerTest::lmer(
  score ~ month + month:arm + (month | id), monotone, control = lmerControl(calc.derivs = TRUE)))))
if (requireNamespace("pbkrtest", quietly = TRUE)) {
  report("lmerTest: random slope, Kenward-Roger", quote(summary(lmerTest::lmer(
    score ~ month + month:arm + (month | id), monotone), ddf = "Kenward-Roger")), times = 5)
}
unstructured <- quote(gls(chg ~ visit * arm + visit * base, data,
  correlation = corSymm(form = ~ as.integer(visit) | id), weights = varIdent(form = ~ 1 | visit)))
data <- after
report("nlme::gls: MMRM, dropout, no Satterthwaite", unstructured, times = 3)
data <- gaps
report("nlme::gls: MMRM, missed visits, no Satterthwaite", unstructured, times = 3)
if (requireNamespace("mmrm", quietly = TRUE)) {
  for (method in c("Satterthwaite", "Kenward-Roger-Linear")) {
    for (d in list(list("dropout", after), list("missed visits", gaps))) {
      data <- d[[2]]
      report(sprintf("mmrm: %s, %s", d[[1]], method), bquote(summary(mmrm::mmrm(
        chg ~ visit * arm + visit * base + us(visit | id), data,
        method = if (.(method) == "Satterthwaite") "Satterthwaite" else "Kenward-Roger",
        vcov = if (.(method) == "Satterthwaite") "Asymptotic" else "Kenward-Roger-Linear"))), times = 5)
    }
  }
}
