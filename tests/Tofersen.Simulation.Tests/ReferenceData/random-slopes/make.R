# Reference data for the random-slope linear mixed model: lme4 for the fit, lmerTest for Satterthwaite's degrees of freedom, pbkrtest for
# Kenward and Roger's method, nlme as a second fit.
#
# lme4 minimises without derivatives and stops at the sixth digit or so. Here two of its optimisers must agree, and the better result is
# then polished by Newton steps on lme4's own deviance with Richardson derivatives. Where the optimum lies on the boundary, the zero
# entries of the Cholesky factor are set to zero exactly and the others polished.
#
# Run from this folder:  Rscript make.R

suppressPackageStartupMessages({
  library(lme4)
  library(lmerTest)
  library(pbkrtest)
  library(numDeriv)
})
RNGkind("Mersenne-Twister", "Inversion", "Rejection")
set.seed(20261122)

digits17 <- function(x) ifelse(is.na(x), "NA", sprintf("%.17g", x + 0))
writeTable <- function(d, file, digits = digits17) {
  cells <- lapply(d, function(x) if (is.double(x)) digits(x) else ifelse(is.na(x), "NA", as.character(x)))
  writeLines(c(paste(names(d), collapse = ","), do.call(paste, c(cells, sep = ","))), file)
}

# ---- data -------------------------------------------------------------------------------------------------------

# One row a score. Months are individual; dropout is monotone, gaps are scattered.
trial <- function(n, weeks = seq(0, 28, 4), dropout = 0.03, gaps = 0, var0 = 30, var1 = 0.36, cov01 = 0, residual = 4, ratio = 2,
                  jitter = 0.1, digits = 0, effect = 0.3) {
  active <- round(n * ratio / (ratio + 1))
  arm <- sample(rep(c(0L, 1L), c(n - active, active)))
  age <- round(rnorm(n, 55, 11), 1)
  site <- sample(c("a", "b", "c"), n, TRUE)
  factor <- chol(matrix(c(var0, cov01, cov01, var1) + c(1e-300, 0, 0, 1e-300), 2), pivot = FALSE)
  rows <- lapply(seq_len(n), function(i) {
    b <- rnorm(2) %*% factor
    month <- weeks / 4.345 + c(0, runif(length(weeks) - 1, -jitter, jitter))
    last <- if (dropout > 0) rgeom(1, dropout) + 1 else length(month)
    came <- seq_along(month) <= last & (runif(length(month)) >= gaps | seq_along(month) == 1)
    month <- round(month[came], 3)
    dose <- round(runif(length(month)), 2)
    score <- 38 - 0.05 * (age[i] - 55) + b[1] + (-1 + effect * arm[i] + b[2]) * month + rnorm(length(month), 0, sqrt(residual))
    data.frame(participant = i, arm = arm[i], month, score = round(score, digits), age = age[i], site = site[i], dose)
  })
  do.call(rbind, rows)
}

# Each participant twice, the second time mirrored, so that the covariance of intercept and slope is zero by symmetry.
mirrored <- function(n, var0, var1, residual, flip) {
  month <- seq(-3, 3)
  rows <- lapply(seq_len(n), function(i) {
    level <- rnorm(1, 0, sqrt(var0))
    slope <- rnorm(1, 0, sqrt(var1))
    e <- rnorm(7, 0, sqrt(residual))
    y <- level + slope * month + e
    twin <- if (flip == "time") rev(y) else -rev(y)
    arm <- i %% 2
    data.frame(participant = rep(c(2 * i - 1, 2 * i), each = 7), arm, month = c(month, month),
               score = round(c(y, twin), 3) + 30 + (0.25 * arm - 0.5) * c(month, month), age = 50, site = "a", dose = 0)
  })
  do.call(rbind, rows)
}

data(sleepstudy, package = "lme4")
orthodont <- as.data.frame(nlme::Orthodont)

sets <- list()
sets$sleepstudy <- data.frame(participant = as.integer(as.character(sleepstudy$Subject)), arm = 0L, month = sleepstudy$Days,
                              score = round(sleepstudy$Reaction, 4), age = 50, site = "a", dose = 0)
sets$orthodont <- data.frame(participant = as.integer(factor(as.character(orthodont$Subject))), arm = as.integer(orthodont$Sex == "Female"),
                             month = orthodont$age - 11, score = orthodont$distance, age = 50, site = "a", dose = 0)
sets$valor108 <- trial(108)
sets$gaps60 <- trial(60, gaps = 0.4, dropout = 0.1, jitter = 0.3, digits = 1)
sets$small10 <- trial(10, dropout = 0.02, ratio = 1, digits = 1)
sets$correlated40 <- trial(40, cov01 = 2.4, dropout = 0.05, digits = 1)
sets$sparse80 <- trial(80, weeks = c(0, 12, 28), dropout = 0.3, ratio = 1)
sets$large5000 <- trial(5000)
sets$flat30 <- trial(30, var1 = 0, dropout = 0.05, residual = 9, digits = 1)        # correlation ±1, as chance has it
sets$level40 <- trial(40, var0 = 0, var1 = 0.05, residual = 9, digits = 2)
sets$noise24 <- trial(24, var0 = 0, var1 = 0, residual = 9, dropout = 0, digits = 2)
sets$noSlopeVariance <- mirrored(10, 9, 0, 4, "time")
sets$noInterceptVariance <- mirrored(10, 0, 1, 4, "sign")
# Scores sum to nothing within a participant, so that both variances are zero.
centred <- trial(16, var0 = 0, var1 = 0, dropout = 0, jitter = 0, digits = 3)
centred$score <- round(centred$score - ave(centred$score, centred$participant), 3)
slope <- ave(centred$score * centred$month, centred$participant, FUN = sum) /
  ave((centred$month - ave(centred$month, centred$participant))^2, centred$participant, FUN = sum)
centred$score <- round(centred$score - 0.9 * slope * (centred$month - ave(centred$month, centred$participant)), 3)
sets$noVariance <- centred

for (name in names(sets)) writeTable(sets[[name]], paste0(name, ".csv"), function(x) sprintf("%.10g", x))

# ---- fits -------------------------------------------------------------------------------------------------------

models <- list(
  time = c("month"),
  common = c("month", "month:arm"),
  arm = c("month", "arm", "month:arm"),
  covariates = c("month", "age", "site", "month:arm"),
  interaction = c("month", "age", "site", "arm", "month:age", "month:site", "month:arm"),
  dose = c("month", "dose", "month:arm"))

use <- list(
  sleepstudy = "time", orthodont = c("arm", "common"), valor108 = c("common", "arm", "covariates", "interaction", "dose"),
  gaps60 = c("common", "arm", "covariates", "interaction", "dose"), small10 = c("common", "arm"),
  correlated40 = c("common", "covariates"), sparse80 = c("common", "arm"), large5000 = c("common", "interaction"),
  flat30 = c("common", "arm", "dose"), level40 = c("common", "arm"), noise24 = c("common", "arm"), noSlopeVariance = c("common", "arm"),
  noInterceptVariance = c("common", "arm"), noVariance = c("common", "arm"))

# The terms in this order, which R's formula would change: main effects as listed, then interactions, the arm's last.
design <- function(d, terms) {
  x <- list("(Intercept)" = rep(1, nrow(d)))
  column <- function(name) if (name == "site") {
    levels <- sort(unique(d$site))[-1]
    setNames(lapply(levels, function(l) as.numeric(d$site == l)), paste0("site:", levels))
  } else setNames(list(as.numeric(d[[name]])), name)
  for (term in terms) {
    parts <- strsplit(term, ":", fixed = TRUE)[[1]]
    if (length(parts) == 1) x <- c(x, column(parts))
    else {
      inner <- column(parts[2])
      x <- c(x, setNames(lapply(inner, function(v) v * d$month), paste0(names(inner), "*time")))
    }
  }
  do.call(cbind, x)
}

optimum <- function(d, x, REML) {
  d$x <- x
  parsed <- lFormula(score ~ 0 + x + (month | participant), d, REML = REML,
                     control = lmerControl(check.nobs.vs.nRE = "ignore", check.rankX = "stop.deficient"))
  deviance <- do.call(mkLmerDevfun, c(parsed, list(control = lmerControl())))
  f <- function(theta) deviance(theta)
  lower <- c(0, -Inf, 0)
  runs <- list()
  for (start in list(c(1, 0, 1), c(2, 0.1, 0.2), c(0.3, -0.1, 0.05))) {
    bobyqa <- minqa::bobyqa(start, f, lower, control = list(rhobeg = 0.02, rhoend = 1e-9, maxfun = 1e5))
    runs[[length(runs) + 1]] <- list(par = bobyqa$par, value = bobyqa$fval)
    simplex <- nloptr::nloptr(start, f, lb = lower,
                              opts = list(algorithm = "NLOPT_LN_NELDERMEAD", xtol_rel = 1e-12, ftol_rel = 1e-15, maxeval = 1e5))
    runs[[length(runs) + 1]] <- list(par = simplex$solution, value = simplex$objective)
  }
  values <- sapply(runs, `[[`, "value")
  stopifnot(sum(values < min(values) + 1e-6) >= 2)
  theta <- runs[[which.min(values)]]$par
  scale <- sd(d$month)
  if (theta[1] < 1e-4) theta <- c(theta[1], sqrt(theta[2]^2 + theta[3]^2), 0)
  if (abs(theta[1]) < 1e-4) theta[1] <- 0
  if (abs(theta[2]) * scale < 1e-4) theta[2] <- 0
  if (theta[3] * scale < 1e-4) theta[3] <- 0
  free <- which(theta != 0)
  if (length(free) > 0) for (i in 1:6) {
    g <- function(p) { t <- theta; t[free] <- p; f(t) }
    gradient <- grad(g, theta[free])
    step <- solve(hessian(g, theta[free]), gradient)
    if (max(abs(step) / pmax(abs(theta[free]), 1e-3)) > 1e-2) stop("a polishing step is too long")
    theta[free] <- theta[free] - step
  }
  stopifnot(f(theta) <= min(values) + 1e-7)
  list(theta = theta, deviance = deviance, parsed = parsed, data = d)
}

model <- function(best) {
  value <- best$deviance(best$theta)
  opt <- list(par = best$theta, fval = value, conv = 0, message = "")
  mkMerMod(environment(best$deviance), opt, best$parsed$reTrms, best$parsed$fr,
           mc = quote(lmer(score ~ 0 + x + (month | participant), data = d, REML = REML)))
}

fits <- coefficients <- covariances <- effects <- list()
for (name in names(use)) for (kind in use[[name]]) for (REML in c(TRUE, FALSE)) {
  d <- read.csv(paste0(name, ".csv"), stringsAsFactors = FALSE)
  x <- design(d, models[[kind]])
  best <- optimum(d, x, REML)
  d <- best$data
  fit <- model(best)
  estimation <- if (REML) "Reml" else "Ml"
  v <- as.data.frame(VarCorr(fit))
  varcorr <- VarCorr(fit)$participant
  criterion <- if (REML) REMLcrit(fit) else deviance(fit, REML = FALSE)
  stopifnot(abs(criterion - (-2 * as.numeric(logLik(fit)))) < 1e-8 * abs(criterion))

  # nlme agrees to what its stopping rule allows, away from the boundary.
  if (all(best$theta[c(1, 3)] != 0) && nrow(d) < 5000) {
    other <- try(nlme::lme(score ~ 0 + x, d, ~ month | participant, method = if (REML) "REML" else "ML",
                           control = nlme::lmeControl(maxIter = 500, msMaxIter = 500, tolerance = 1e-12, msTol = 1e-13, opt = "nlminb")), silent = TRUE)
    if (!inherits(other, "try-error")) {
      gap <- max(abs(nlme::fixef(other) - fixef(fit)) / sqrt(diag(as.matrix(vcov(fit)))))
      lower <- -2 * as.numeric(logLik(other)) - criterion
      cat(sprintf("%s %s %s: nlme differs by %.1e standard errors, %.1e in the criterion\n", name, kind, estimation, gap, lower))
      stopifnot(lower > -1e-7)
    }
  }

  tested <- try(as_lmerModLmerTest(fit), silent = TRUE)
  if (inherits(tested, "try-error")) {
    satterthwaite <- matrix(NA_real_, ncol(x), 5)
  } else {
    satterthwaite <- coef(summary(tested))
  }
  p <- ncol(x)
  beta <- fixef(fit)
  plain <- as.matrix(vcov(fit))
  adjusted <- if (REML && nrow(d) < 2000) vcovAdj(fit) else NULL
  for (k in seq_len(p)) {
    l <- as.numeric(seq_len(p) == k)
    krDf <- krSe <- NA_real_
    if (!is.null(adjusted)) {
      krSe <- sqrt(adjusted[k, k])
      krDf <- Lb_ddf(l, vcov(fit), adjusted)
    }
    se <- sqrt(plain[k, k])
    coefficients[[length(coefficients) + 1]] <- data.frame(
      dataset = name, model = kind, estimation, index = k, coefficient = colnames(x)[k], estimate = beta[[k]], se,
      satterthwaiteDf = satterthwaite[k, 3], p = satterthwaite[k, 5], kenwardRogerSe = krSe, kenwardRogerDf = krDf)
    for (m in seq_len(k)) covariances[[length(covariances) + 1]] <- data.frame(
      dataset = name, model = kind, estimation, row = k, column = m, covariance = plain[k, m],
      kenwardRoger = if (is.null(adjusted)) NA_real_ else adjusted[k, m])
  }
  fits[[length(fits) + 1]] <- data.frame(
    dataset = name, model = kind, estimation, observations = nrow(d), participants = length(unique(d$participant)),
    criterion, interceptVariance = varcorr[1, 1], slopeVariance = varcorr[2, 2], covariance = varcorr[1, 2],
    residualVariance = sigma(fit)^2, theta1 = best$theta[1], theta2 = best$theta[2], theta3 = best$theta[3])
  if (nrow(d) < 800) {
    b <- ranef(fit)$participant
    effects[[length(effects) + 1]] <- data.frame(
      dataset = name, model = kind, estimation, participant = rownames(b), intercept = b[[1]], slope = b[[2]])
  }
}
writeTable(do.call(rbind, fits), "fits.csv")
writeTable(do.call(rbind, coefficients), "coefficients.csv")
writeTable(do.call(rbind, covariances), "covariances.csv")
writeTable(do.call(rbind, effects), "effects.csv")
cat(R.version.string, "lme4", format(packageVersion("lme4")), "lmerTest", format(packageVersion("lmerTest")), "pbkrtest",
    format(packageVersion("pbkrtest")), "nlme", format(packageVersion("nlme")), "\n")
