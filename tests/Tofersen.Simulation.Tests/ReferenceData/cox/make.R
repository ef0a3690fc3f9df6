# Reference data for Cox regression.
#
# Purpose: write down coefficients, covariances, log-likelihoods and tests of survival::coxph, so that another program
# can be checked. The score and the likelihood ratio test of the arm compare models with and without it.
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
writeData <- function(d, file) {
  cells <- lapply(d, function(x) ifelse(is.na(x), "", if (is.numeric(x)) sprintf("%.17g", x + 0) else as.character(x)))
  writeLines(c(paste(names(d), collapse = ","), do.call(paste, c(cells, sep = ","))), file)
}
near <- function(a, b, tolerance = 1e-8) all(abs(a - b) <= tolerance * pmax(abs(a), abs(b), 1e-6))

# ---- data -------------------------------------------------------------------------------------------------------

# Columns: time, event, arm (1 = active), stratum, site, age (years), score.
trial <- function(n, ratio, hazard, logHazardRatio, censorMax, roundTo, sites = 3) {
  active <- round(n * ratio / (ratio + 1))
  arm <- sample(rep(c(0L, 1L), c(n - active, active)))
  stratum <- sample(c("fast", "slow"), n, replace = TRUE)
  site <- sample(letters[seq_len(sites)], n, replace = TRUE)
  age <- round(rnorm(n, 55, 11), 1)
  score <- round(rnorm(n, 37, 5))
  predictor <- logHazardRatio * arm + 0.6 * (stratum == "fast") + 0.03 * (age - 55) - 0.08 * (score - 37) +
    seq(-0.3, 0.3, length.out = sites)[match(site, letters)]
  life <- rexp(n, hazard * exp(predictor))
  end <- runif(n, 0.3 * censorMax, censorMax)
  time <- pmin(life, end)
  time <- if (roundTo > 0) ceiling(time / roundTo) * roundTo else time
  data.frame(time, event = as.integer(life <= end), arm, stratum, site, age, score)
}
bare <- function(time, event, arm) {
  n <- length(time)
  data.frame(time, event = as.integer(event), arm = as.integer(arm), stratum = rep_len(c("fast", "slow"), n),
             site = rep_len(c("a", "b", "c"), n), age = rep_len(c(50.5, 61, 47.2, 58.9, 66.1), n),
             score = rep_len(c(40, 36, 31, 44, 38, 29, 35), n))
}

sets <- list()
# Remission times in leukaemia (Gehan; in MASS). Active arm = 6-MP. Other columns are made up.
g <- MASS::gehan
sets$gehan <- bare(g$time, g$cens, g$treat == "6-MP")
sets$days228 <- trial(228, 1, 0.002, -0.4, 1000, 1)
sets$continuous108 <- trial(108, 2, 0.04, -0.7, 12, 0)
sets$months150 <- trial(150, 1, 0.12, -0.5, 12, 1)       # ties everywhere
sets$halfYears60 <- trial(60, 2, 0.15, -0.3, 12, 6)      # two event times
sets$few108 <- trial(108, 2, 0.008, -0.7, 12, 0.01)      # few events
sets$trial10 <- trial(10, 1, 0.15, -0.3, 12, 0.1, sites = 2)
sets$days5000 <- trial(5000, 2, 0.0008, -0.15, 400, 1, sites = 5)
# Months that went through weeks and back, differing in the last bits: ties for survival's timefix.
d <- trial(120, 2, 0.1, -0.5, 12, 1)
noise <- sample(c(0, 1e-15, -1e-15, 1e-11, -3e-11), 120, replace = TRUE)
d$time <- d$time * (1 + noise)
sets$nearTies120 <- d

for (name in names(sets)) writeData(sets[[name]], paste0(name, ".csv"))

# ---- analysis ---------------------------------------------------------------------------------------------------

covariates <- list(none = character(0), number = "age", factor = "site", all = c("age", "score", "stratum", "site"))
strata <- list(none = character(0), stratum = "stratum", both = c("stratum", "site"))
still <- coxph.control(iter.max = 0)
control <- coxph.control(eps = 1e-13, iter.max = 100, toler.chol = 5e-14)

# Names of the coefficients as the library gives them.
plainNames <- function(n) sub("^(stratum|site)(.*)$", "\\1:\\2", n)

models <- list()
coefficients <- list()
covariances <- list()
for (name in names(sets)) {
  d <- read.csv(paste0(name, ".csv"), stringsAsFactors = FALSE)
  stopifnot(isTRUE(all.equal(d$time, sets[[name]]$time, tolerance = 1e-14)))
  for (v in names(covariates)) for (s in names(strata)) {
    if (length(intersect(covariates[[v]], strata[[s]])) > 0) next
    if (nrow(d) <= 10 && (v == "all" || s == "both")) next
    terms <- c(covariates[[v]], if (length(strata[[s]]) > 0) paste0("strata(", paste(strata[[s]], collapse = ","), ")"))
    full <- reformulate(c(terms, "arm"), "Surv(time, event)")
    without <- reformulate(c(terms, "1"), "Surv(time, event)")
    for (ties in c("efron", "breslow")) {
      warned <- FALSE
      keep <- function(w) { warned <<- TRUE; invokeRestart("muffleWarning") }
      fit <- withCallingHandlers(coxph(full, d, ties = ties, control = control), warning = keep)
      null <- withCallingHandlers(coxph(without, d, ties = ties, control = control), warning = keep)
      if (warned || any(is.na(coef(fit)))) next
      # The score test of the arm: one evaluation with the arm at 0 and the covariates at their own maximum.
      start <- c(if (length(covariates[[v]]) > 0) coef(null), arm = 0)
      fixed <- suppressWarnings(coxph(full, d, ties = ties, init = start, control = still))
      detail <- coxph.detail(fixed)
      score <- if (is.matrix(detail$score)) colSums(detail$score) else sum(detail$score)
      u <- score[[length(score)]]
      zScore <- -u * sqrt(vcov(fixed)[length(start), length(start)])
      # coxph.detail has no Efron variance of its own, vcov has; the gradient of the other coefficients is 0.
      stopifnot(length(score) == 1 || all(abs(head(score, -1)) < 1e-6 * fit$nevent))
      nullLogLik <- null$loglik[length(null$loglik)]
      gain <- 2 * (fit$loglik[2] - nullLogLik)
      s1 <- summary(fit)
      b <- coef(fit)[["arm"]]
      se <- sqrt(vcov(fit)["arm", "arm"])
      models[[length(models) + 1]] <- data.frame(
        dataset = name, covariates = v, strata = s, ties, n = fit$n, events = fit$nevent, estimate = b, se,
        zWald = -b / se, zScore, zLikelihoodRatio = -sign(b) * sqrt(max(0, gain)),
        logLikZero = fit$loglik[1], logLik = fit$loglik[2], df = length(coef(fit)),
        likelihoodRatio = 2 * diff(fit$loglik), wald = fit$wald.test, score = fit$score,
        pLikelihoodRatio = s1$logtest[["pvalue"]], pWald = s1$waldtest[["pvalue"]], pScore = s1$sctest[["pvalue"]])
      stopifnot(near(fit$wald.test, drop(coef(fit) %*% solve(vcov(fit), coef(fit))), 1e-7))
      for (i in seq_along(coef(fit))) {
        coefficients[[length(coefficients) + 1]] <- data.frame(
          dataset = name, covariates = v, strata = s, ties, position = i - 1L, name = plainNames(names(coef(fit))[i]),
          estimate = coef(fit)[[i]], se = sqrt(vcov(fit)[i, i]))
        for (j in seq_len(i)) covariances[[length(covariances) + 1]] <- data.frame(
          dataset = name, covariates = v, strata = s, ties, row = i - 1L, column = j - 1L, value = vcov(fit)[i, j])
      }
    }
  }
}
models <- do.call(rbind, models)
# Printed values of the leukaemia data.
first <- models[models$dataset == "gehan" & models$covariates == "none" & models$strata == "none", ]
stopifnot(abs(first$estimate - c(-1.572125, -1.509191)) < 5e-7, abs(first$se - c(0.412397, 0.409564)) < 5e-7,
          abs(first$logLikZero[1] + 93.184270) < 5e-7, abs(first$logLik[1] + 85.008425) < 5e-7)
writeRows(models, "models.csv")
writeRows(do.call(rbind, coefficients), "coefficients.csv")
covariances <- do.call(rbind, covariances)
writeRows(covariances[covariances$ties == "efron" & covariances$covariates == "all", ], "covariances.csv")

# ---- separation -------------------------------------------------------------------------------------------------

# Tests that stay defined. The log-likelihood of the limit is that of coxph after many steps, which moves by less than
# 1e-9; the arm's estimate where only a covariate separates likewise.
separated <- list()
separated$noneInActive <- within(trial(40, 1, 0.1, -0.5, 12, 0.1), event[arm == 1] <- 0L)
separated$noneInControl <- within(trial(40, 1, 0.1, -0.5, 12, 0.1), event[arm == 0] <- 0L)
# The arms do not overlap: each event comes where nobody of the other arm is left, or the other arm never has one first.
separated$disjoint <- bare(c(1:10, 11:20), rep(1, 20), rep(0:1, each = 10))
# Nobody of site c has the event; the arms overlap.
separated$siteWithout <- within(trial(60, 1, 0.1, -0.5, 12, 0.1), event[site == "c"] <- 0L)
for (name in names(separated)) writeData(separated[[name]], paste0("separated-", name, ".csv"))
loose <- coxph.control(eps = 1e-11, iter.max = 30, toler.chol = 1e-15)
limits <- list()
for (name in names(separated)) for (v in c("none", "age", "site")) {
  if (name == "siteWithout" && v != "site") next
  d <- read.csv(paste0("separated-", name, ".csv"), stringsAsFactors = FALSE)
  terms <- if (v == "none") character(0) else v
  full <- reformulate(c(terms, "arm"), "Surv(time, event)")
  without <- reformulate(c(terms, "1"), "Surv(time, event)")
  fit <- suppressWarnings(coxph(full, d, control = loose))
  null <- suppressWarnings(coxph(without, d, control = loose))
  start <- c(if (v != "none") coef(null), arm = 0)
  fixed <- suppressWarnings(coxph(full, d, init = start, control = still))
  detail <- coxph.detail(fixed)
  score <- if (is.matrix(detail$score)) colSums(detail$score) else sum(detail$score)
  u <- score[[length(score)]]
  variance <- vcov(fixed)[length(start), length(start)]
  b <- coef(fit)[["arm"]]
  infinite <- name != "siteWithout"
  limits[[length(limits) + 1]] <- data.frame(
    dataset = name, covariates = v, sign = sign(b), estimate = if (infinite) NA_real_ else b,
    se = if (infinite) NA_real_ else sqrt(vcov(fit)["arm", "arm"]), logLik = fit$loglik[2],
    zScore = -u * sqrt(variance), oneStep = u * variance, oneStepSe = sqrt(variance),
    zLikelihoodRatio = -sign(b) * sqrt(2 * (fit$loglik[2] - null$loglik[length(null$loglik)])))
}
writeRows(do.call(rbind, limits), "separated.csv")

# ---- aliased columns --------------------------------------------------------------------------------------------

d <- sets$continuous108
d$ageMonths <- 12 * d$age
d$again <- 1 - d$arm
fit <- coxph(Surv(time, event) ~ age + ageMonths + site + arm, d, control = control)
stopifnot(is.na(coef(fit)["ageMonths"]))
writeRows(data.frame(name = plainNames(names(coef(fit))), estimate = unname(coef(fit)), se = sqrt(diag(vcov(fit)))),
          "aliased.csv")
stopifnot(is.na(coef(coxph(Surv(time, event) ~ age + again + arm, d))["arm"]))
