# Reference data for the analysis of covariance after multiple imputation.
#
# Purpose: Rubin's rules by mice, and the distribution of the effect over imputations by a plain program in R and by mice, so that
# another program with other random numbers can be compared within Monte Carlo error.
#
# Run from this folder:  Rscript make.R      (a few minutes; needs mice)

suppressPackageStartupMessages(library(mice))
RNGkind("Mersenne-Twister", "Inversion", "Rejection")
set.seed(20261122)

digits17 <- function(x) ifelse(is.na(x), "NA", sprintf("%.17g", x))
write <- function(d, file, missing = "NA") {
  cells <- lapply(d, function(x) ifelse(is.na(x), missing, if (is.double(x)) digits17(x) else as.character(x)))
  writeLines(c(paste(names(d), collapse = ","), do.call(paste, c(cells, sep = ","))), file)
}

visits <- paste0("v", 1:5)

# ---- data -------------------------------------------------------------------------------------------------------------

# Linear decline with noise; who fell much at the last visit seen is likely to leave (missing at random). With gaps, one visit in
# eight is missed besides.
trial <- function(n, gaps) {
  arm <- rep(c(1, 1, 0), length.out = n)
  baseline <- round(rnorm(n, 37, 6), 2)
  riluzole <- rbinom(n, 1, 0.6)
  slope <- -1.2 + 0.5 * arm + rnorm(n, 0, 0.7) - 0.2 * riluzole
  y <- sapply(1:5, function(j) round(baseline + slope * j + rnorm(n, 0, 1.5), 2))
  for (i in 1:n) {
    last <- baseline[i]
    for (j in 1:5) {
      change <- last - baseline[i]
      if (runif(1) < plogis(-3.2 - 0.25 * change)) { y[i, j:5] <- NA; break }
      last <- y[i, j]
    }
    if (gaps) y[i, runif(5) < 1 / 8] <- NA
  }
  d <- data.frame(arm, baseline, riluzole, y)
  names(d) <- c("arm", "baseline", "riluzole", visits)
  d
}

monotone <- trial(150, FALSE)
gaps <- trial(120, TRUE)
write(monotone, "monotone150.csv", "")
write(gaps, "gaps120.csv", "")

# ---- analysis of completed sets -----------------------------------------------------------------------------------------

# Effect of the arm and its squared standard error in many completed sets: responses in columns.
analyse <- function(d, responses) {
  x <- cbind(1, d$baseline, d$riluzole, d$arm)
  inverse <- solve(crossprod(x))
  beta <- inverse %*% crossprod(x, responses)
  rss <- colSums((responses - x %*% beta)^2)
  list(q = beta[4, ], u = rss / (nrow(x) - 4) * inverse[4, 4])
}

# ---- monotone regressions, draw by draw -----------------------------------------------------------------------------------

# Draws of one regression: coefficients in rows, then sigma. With draws = 0, the estimates and sigma = 0: since the regressions
# are independent and every value is linear in the coefficients of its own, this gives the mean over all imputations exactly.
posterior <- function(x, y, draws) {
  fit <- lm.fit(x, y)
  k <- ncol(x)
  if (draws == 0) return(list(beta = matrix(fit$coefficients, 1), sigma = 0))
  nu <- nrow(x) - k
  sigma <- sqrt(sum(fit$residuals^2) / rchisq(draws, nu))
  z <- matrix(rnorm(draws * k), draws)
  root <- chol(solve(crossprod(x)))
  list(beta = sweep((z %*% root) * sigma, 2, fit$coefficients, "+"), sigma = sigma)
}

# Columns of the regression of visit j: intercept, baseline, riluzole, arm where arms share it, earlier visits.
columns <- function(d, j, byArm, arm = d$arm) {
  x <- cbind(1, d$baseline, d$riluzole)
  if (!byArm) x <- cbind(x, arm)
  if (j > 1) x <- cbind(x, as.matrix(d[, visits[seq_len(j - 1)]]))
  unname(x)
}

impute <- function(d, draws, byArm, rule, activeDelta = 0, sequential = FALSE) {
  rows <- max(draws, 1)
  models <- lapply(0:1, function(a) lapply(1:5, function(j) {
    if (!byArm && a == 1) return(NULL)
    use <- !is.na(d[[visits[j]]]) & (!byArm | d$arm == a)
    posterior(columns(d, j, byArm)[use, , drop = FALSE], d[[visits[j]]][use], draws)
  }))
  if (!byArm) models[[2]] <- models[[1]]
  k <- if (byArm) 3 else 4
  predict <- function(model, i, arm, earlier) {
    base <- c(1, d$baseline[i], d$riluzole[i], if (!byArm) arm)
    mean <- drop(model$beta[, 1:k, drop = FALSE] %*% base)
    for (m in seq_along(earlier)) mean <- mean + model$beta[, k + m] * earlier[[m]]
    mean
  }
  noise <- function() if (draws == 0) 0 else rnorm(draws)
  means <- function(models, i, arm) {
    mu <- list()
    for (j in 1:5) mu[[j]] <- predict(models[[j]], i, arm, mu)
    mu
  }
  responses <- matrix(d$v5 - d$baseline, nrow(d), rows)
  for (i in which(is.na(d$v5))) {
    arm <- d$arm[i]
    delta <- arm * activeDelta
    seen <- sum(!is.na(d[i, visits]))
    y <- lapply(seq_len(seen), function(j) rep(d[i, visits[j]], rows))
    for (j in (seen + 1):5) {
      if (rule == "missingAtRandom" || arm == 0) {
        model <- models[[arm + 1]][[j]]
        y[[j]] <- predict(model, i, arm, y) + model$sigma * noise()
      } else {
        # The joined mean of the paper, then the reference's regression of the distances from it.
        reference <- means(models[[1]], i, 0)
        own <- means(models[[2]], i, 1)
        joined <- lapply(1:5, function(v) {
          if (rule == "copyReference") reference[[v]]
          else if (v <= seen) own[[v]]
          else if (rule == "jumpToReference" || seen == 0) reference[[v]]
          else own[[seen]] + reference[[v]] - reference[[seen]]
        })
        model <- models[[1]][[j]]
        value <- joined[[j]] + model$sigma * noise()
        for (m in seq_len(j - 1)) value <- value + model$beta[, k + m] * (y[[m]] - joined[[m]])
        y[[j]] <- value
      }
      if (sequential) y[[j]] <- y[[j]] + delta
    }
    responses[i, ] <- y[[5]] - d$baseline[i] + (if (sequential) 0 else delta)
  }
  responses
}

draws <- 20000
cases <- rbind(
  expand.grid(byArm = c(TRUE, FALSE), rule = c("missingAtRandom", "jumpToReference", "copyReference", "copyIncrements"),
              delta = 0, sequential = FALSE, stringsAsFactors = FALSE),
  data.frame(byArm = TRUE, rule = "missingAtRandom", delta = -1.5, sequential = c(FALSE, TRUE)))
expected <- do.call(rbind, lapply(seq_len(nrow(cases)), function(c) {
  case <- cases[c, ]
  limit <- analyse(monotone, impute(monotone, 0, case$byArm, case$rule, case$delta, case$sequential))$q
  sets <- analyse(monotone, impute(monotone, draws, case$byArm, case$rule, case$delta, case$sequential))
  stopifnot(abs(mean(sets$q) - limit) < 4.9 * sd(sets$q) / sqrt(draws))
  data.frame(case, draws = draws, limit = limit, within = mean(sets$u), withinSd = sd(sets$u), between = var(sets$q),
             betweenError = sd((sets$q - limit)^2) / sqrt(draws))
}))
expected$byArm <- tolower(expected$byArm)
expected$sequential <- tolower(expected$sequential)
write(expected, "monotone-expected.csv")

# ---- chained equations by mice --------------------------------------------------------------------------------------------

chained <- function(byArm, m) {
  parts <- if (byArm) lapply(0:1, function(a) gaps[gaps$arm == a, setdiff(names(gaps), "arm")]) else list(gaps)
  sets <- lapply(seq_along(parts), function(p) mice(
    parts[[p]], m = m, method = "norm", maxit = 10, printFlag = FALSE, seed = 100 + p + 10 * byArm))
  d <- if (byArm) rbind(gaps[gaps$arm == 0, ], gaps[gaps$arm == 1, ]) else gaps
  responses <- sapply(seq_len(m), function(i) {
    v5 <- unlist(lapply(sets, function(s) complete(s, i)$v5))
    v5 - d$baseline
  })
  analyse(d, responses)
}

m <- 1000
expected <- do.call(rbind, lapply(c(TRUE, FALSE), function(byArm) {
  sets <- chained(byArm, m)
  data.frame(byArm = tolower(byArm), draws = m, estimate = mean(sets$q), within = mean(sets$u), withinSd = sd(sets$u),
             between = var(sets$q), betweenError = sd((sets$q - mean(sets$q))^2) / sqrt(m))
}))
write(expected, "chained-expected.csv")

# ---- Rubin's rules by mice ---------------------------------------------------------------------------------------------------

few <- mice(gaps, m = 20, method = "norm", maxit = 5, printFlag = FALSE, seed = 7)
fits <- with(few, lm(I(v5 - baseline) ~ baseline + riluzole + arm))
tables <- lapply(c(116, 9, Inf), function(dfcom) {
  pooled <- pool(fits, dfcom = dfcom)
  s <- summary(pooled, conf.int = TRUE)
  data.frame(term = as.character(s$term), dfcom = ifelse(is.finite(dfcom), as.character(dfcom), "Infinity"),
             estimate = s$estimate, se = s$std.error,
             within = pooled$pooled$ubar, between = pooled$pooled$b, total = pooled$pooled$t, increase = pooled$pooled$riv,
             lambda = pooled$pooled$lambda, fmi = pooled$pooled$fmi, df = s$df, p = s$p.value)
})
write(do.call(rbind, tables), "pooling-expected.csv")
sets <- do.call(rbind, lapply(seq_along(fits$analyses), function(i) {
  s <- coef(summary(fits$analyses[[i]]))
  data.frame(set = i, term = rownames(s), estimate = s[, 1], variance = s[, 2]^2)
}))
write(sets, "pooling-sets.csv")
