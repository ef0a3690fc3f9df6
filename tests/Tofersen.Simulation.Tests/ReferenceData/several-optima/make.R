# Two sets of data whose restricted likelihoods have several maxima, with the highest. Run in this folder: Rscript make.R
suppressMessages({ library(lme4); library(lmerTest); library(numDeriv) })

# Random slopes: 14 simulated participants at irregular times (slopes.csv).
d <- read.csv("slopes.csv")
d$arm <- factor(d$arm, levels = c("B", "A"))
fits <- lapply(list(c(1, 0, 1), c(3, -2, 1), c(0.3, 0, 0.3), c(3, 2, 1)), function(start)
  suppressMessages(lmerTest::lmer(y ~ t * arm + (t | id), d, start = start,
    control = lmerControl(optimizer = "nloptwrap", optCtrl = list(xtol_abs = 1e-12, ftol_abs = 1e-12, maxeval = 1e5)))))
best <- fits[[which.min(sapply(fits, REMLcrit))]]
criterionOf <- suppressMessages(lme4::lmer(y ~ t * arm + (t | id), d, devFunOnly = TRUE))
theta <- getME(best, "theta")
for (i in 1:4) theta <- theta - solve(hessian(criterionOf, theta), grad(criterionOf, theta))
best <- suppressMessages(lmerTest::lmer(y ~ t * arm + (t | id), d, start = theta, control = lmerControl(optimizer = NULL)))
row <- summary(best)$coefficients["t:armA", ]
slopes <- data.frame(minusTwoLogLikelihood = REMLcrit(best), estimate = row[["Estimate"]], se = row[["Std. Error"]], df = row[["df"]])
write.csv(format(slopes, digits = 15), "expected-slopes.csv", row.names = FALSE, quote = FALSE)

# Heterogeneous Toeplitz without visit means: a part of datasets::ChickWeight, weight on birth weight (chicks.csv). Restricted likelihood with
# dense matrices, from many starting points.
chicks <- na.omit(read.csv("chicks.csv"))
visits <- sort(unique(chicks$Time))
groups <- lapply(split(chicks, chicks$id), function(g) list(y = g$weight, X = cbind(1, g$base), at = match(g$Time, visits)))
m <- length(visits)
criterion <- function(theta) {
  s <- exp(theta[1:m]); rho <- theta[-(1:m)] / sqrt(1 + theta[-(1:m)]^2)
  Sigma <- outer(s, s) * toeplitz(c(1, rho))
  A <- 0; b <- 0; c0 <- 0; ld <- 0
  for (g in groups) {
    R <- tryCatch(chol(Sigma[g$at, g$at, drop = FALSE]), error = function(e) NULL)
    if (is.null(R)) return(1e10)
    x <- backsolve(R, g$X, transpose = TRUE); y <- backsolve(R, g$y, transpose = TRUE)
    A <- A + crossprod(x); b <- b + crossprod(x, y); c0 <- c0 + sum(y^2); ld <- ld + 2 * sum(log(diag(R)))
  }
  if (!all(is.finite(A)) || rcond(A) < 1e-14) return(1e10)
  beta <- solve(A, b)
  attr <- (nrow(chicks) - 2) * log(2 * pi) + ld + c0 - sum(b * beta) + determinant(A)$modulus
  as.numeric(attr)
}
set.seed(4)
own <- log(sapply(visits, function(v) sd(chicks$weight[chicks$Time == v])))
overall <- rep(log(sd(chicks$weight)), m)
starts <- c(lapply(c(0, 0.5, 1, 2), function(e) c(own, rep(e, m - 1))), lapply(c(0, 0.5, 1, 2), function(e) c(overall, rep(e, m - 1))))
climb <- function(s) {
  if (criterion(s) > 1e9) return(list(value = Inf))
  for (round in 1:4) {
    o <- optim(s, criterion, method = "BFGS", control = list(maxit = 2000, reltol = 1e-15, ndeps = rep(1e-5, length(s))))
    s <- o$par
  }
  o
}
fits <- lapply(starts, climb)
best <- fits[[which.min(sapply(fits, `[[`, "value"))]]
for (i in 1:3) best$par <- best$par - solve(hessian(criterion, best$par), grad(criterion, best$par))
expected <- data.frame(minusTwoLogLikelihood = criterion(best$par), gradient = max(abs(grad(criterion, best$par))),
                       others = paste(signif(sort(unique(round(sapply(fits, `[[`, "value"), 3))), 8), collapse = " "))
write.csv(format(expected, digits = 14), "expected-chicks.csv", row.names = FALSE, quote = FALSE)
