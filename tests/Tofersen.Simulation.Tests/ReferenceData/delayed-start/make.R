# Delayed-start contrasts, ADAGIO's slopes and time saved from an unstructured model for repeated measures.
# Rscript make.R; R 4.2 with nlme and numDeriv.
library(nlme)
library(numDeriv)
set.seed(20261122)
options(digits = 17)
monthsOf <- function(week) week * 7 / (365.25 / 12)
near <- function(a, b, tolerance) isTRUE(all.equal(a, b, tolerance = tolerance, check.attributes = FALSE))

trial <- function(n, weeks, leaves, gaps, gain) {
  arm <- rep_len(c(1, 1, 0), n)
  base <- round(rnorm(n, 36, 5), 1)
  slope <- rnorm(n, -1.1, 0.7)
  rows <- NULL
  for (i in seq_len(n)) {
    # The one that leaves keeps what was seen before; gaps come anywhere after baseline.
    last <- if (runif(1) < leaves) sample(seq_along(weeks)[-1], 1) else length(weeks) + 1
    for (v in seq_along(weeks)) {
      m <- monthsOf(weeks[v])
      y <- if (v == 1) base[i] else round(base[i] + (slope[i] + gain * arm[i]) * m - 0.05 * (base[i] - 36) * m + rnorm(1, 0, 2), 1)
      if (v > 1 && (v >= last || runif(1) < gaps)) y <- NA
      rows <- rbind(rows, data.frame(participant = i, arm = arm[i], week = weeks[v], score = y))
    }
  }
  rows
}

writeTable <- function(d, file) {
  for (name in names(d)) if (is.numeric(d[[name]])) d[[name]] <- ifelse(is.na(d[[name]]), "", sprintf("%.12g", d[[name]]))
  write.csv(d, file, row.names = FALSE, quote = FALSE)
}

weeks <- c(0, 8, 16, 28, 40, 52)
sets <- list(gaps90 = trial(90, weeks, 0.25, 0.06, 0.35), worse60 = trial(60, weeks, 0.15, 0.03, -0.3),
             complete54 = trial(54, weeks, 0, 0, 0.3))
results <- list()
for (name in names(sets)) for (model in c("baseline*visit", "none")) {
  d <- sets[[name]]
  writeTable(d, paste0(name, ".csv"))
  d$base <- ave(ifelse(d$week == 0, d$score, 0), d$participant, FUN = sum)
  d$chg <- d$score - d$base
  d <- d[d$week > 0 & !is.na(d$score), ]
  d$visit <- match(d$week, weeks) - 1
  k <- length(weeks) - 1
  X <- matrix(0, nrow(d), 2 * k)
  X[cbind(seq_len(nrow(d)), d$visit)] <- 1
  X[cbind(seq_len(nrow(d)), k + d$visit)] <- d$arm
  if (model != "none") {
    B <- matrix(0, nrow(d), k)
    B[cbind(seq_len(nrow(d)), d$visit)] <- d$base
    X <- cbind(X, B)
  }
  y <- d$chg
  rowsOf <- split(seq_len(nrow(d)), d$participant)
  lower <- lower.tri(diag(k), diag = TRUE)
  # Logarithms of the diagonal of the Cholesky factor and what lies below it: every value is a covariance.
  unpack <- function(theta) { L <- matrix(0, k, k); L[lower] <- theta; diag(L) <- exp(diag(L)); L %*% t(L) }
  pieces <- function(theta) {
    S <- unpack(theta)
    XtX <- 0; Xty <- 0; yty <- 0; logDet <- 0
    for (r in rowsOf) {
      U <- chol(S[d$visit[r], d$visit[r], drop = FALSE])
      x <- backsolve(U, X[r, , drop = FALSE], transpose = TRUE)
      z <- backsolve(U, y[r], transpose = TRUE)
      XtX <- XtX + crossprod(x); Xty <- Xty + crossprod(x, z); yty <- yty + sum(z^2)
      logDet <- logDet + 2 * sum(log(diag(U)))
    }
    beta <- solve(XtX, Xty)
    list(criterion = logDet + as.numeric(determinant(XtX)$modulus) + yty - sum(Xty * beta), beta = beta, C = solve(XtX))
  }
  criterion <- function(theta) pieces(theta)$criterion

  # First program: gls. Second: Newton's method on the restricted likelihood from there.
  g <- data.frame(d, f = factor(d$visit))
  fixed <- if (model == "none") chg ~ 0 + f + f:arm else chg ~ 0 + f + f:arm + f:base
  fit <- gls(fixed, g, correlation = corSymm(form = ~ visit | participant), weights = varIdent(form = ~ 1 | f),
             control = glsControl(maxIter = 500, msMaxIter = 2000, msTol = 1e-12, tolerance = 1e-12))
  full <- names(rowsOf)[sapply(rowsOf, length) == k][1]
  S <- getVarCov(fit, individual = full)
  L0 <- t(chol(matrix(S, k, k)))
  diag(L0) <- log(diag(L0))
  theta <- L0[lower]
  for (step in 1:6) {
    gradient <- grad(criterion, theta)
    H <- hessian(criterion, theta)
    move <- solve(H, gradient)
    theta <- theta - move
    if (sum(gradient * move) < 1e-16) break
  }
  at <- pieces(theta)
  stopifnot(sum(gradient * move) < 1e-10)
  g0 <- summary(fit)$tTable[paste0("f", 1:k, ":arm"), ]
  stopifnot(near(g0[, 1], at$beta[k + 1:k], 1e-4), near(g0[, 2], sqrt(diag(at$C))[k + 1:k], 1e-4))

  W <- 2 * solve(hessian(criterion, theta))
  C <- at$C
  p <- ncol(C)
  df <- function(L) {
    v <- function(theta) drop(t(L) %*% pieces(theta)$C %*% L)
    g <- grad(v, theta)
    2 * v(theta)^2 / drop(t(g) %*% W %*% g)
  }
  effect <- function(weights) { L <- numeric(p); L[k + 1:k] <- weights; L }
  weightsAt <- function(week) as.numeric(weeks[-1] == week)
  slope <- function(from, to) {
    use <- weeks >= from & weeks <= to
    w <- numeric(length(weeks))
    w[use] <- sapply(which(use), function(v) coef(lm(e ~ m, data.frame(m = monthsOf(weeks[use]), e = as.numeric(weeks[use] == weeks[v]))))[2])
    w[-1]
  }
  contrasts <- list(first = weightsAt(28), second = weightsAt(52), retained = weightsAt(52) - 0.5 * weightsAt(28),
                    slopeFirst = slope(0, 28), slopeSecond = slope(28, 52))
  for (n in names(contrasts)) {
    L <- effect(contrasts[[n]])
    results[[length(results) + 1]] <- data.frame(dataset = name, model, quantity = n, estimate = sum(L * at$beta),
      se = sqrt(drop(t(L) %*% C %*% L)), df = df(L), p = NA)
    last <- results[[length(results)]]
    limit <- if (n == "slopeSecond") -0.2 else 0
    results[[length(results)]]$p <- 2 * pt(-abs(last$estimate - limit) / last$se, last$df)
  }
  L1 <- effect(contrasts$first); L2 <- effect(contrasts$second)
  results[[length(results) + 1]] <- data.frame(dataset = name, model, quantity = "covariance", estimate = drop(t(L1) %*% C %*% L2), se = NA, df = NA, p = NA)

  # Fieller by inversion: the limits are where the test of second - rho * first is just significant.
  t2 <- qt(0.975, min(df(L1), df(L2)))^2
  excess <- function(rho) { L <- L2 - rho * L1; sum(L * at$beta)^2 - t2 * drop(t(L) %*% C %*% L) }
  rho <- sum(L2 * at$beta) / sum(L1 * at$beta)
  isInterval <- sum(L1 * at$beta)^2 > t2 * drop(t(L1) %*% C %*% L1)
  ends <- if (isInterval) c(uniroot(excess, c(rho - 100, rho), tol = 1e-13)$root, uniroot(excess, c(rho, rho + 100), tol = 1e-13)$root) else c(NA, NA)
  for (i in 1:2) results[[length(results) + 1]] <- data.frame(dataset = name, model, quantity = c("fiellerLower", "fiellerUpper")[i], estimate = ends[i], se = NA, df = NA, p = NA)

  # Time saved as a function of all coefficients, differentiated by numbers.
  mean0 <- if (model == "none") NULL else mean(d$base[!duplicated(d$participant)])
  saved <- function(beta) {
    at0 <- beta[1:k] + (if (is.null(mean0)) 0 else mean0 * beta[2 * k + 1:k])
    delayed <- c(0, at0); early <- c(0, at0 + beta[k + 1:k])
    better <- early[k + 1] >= delayed[k + 1]
    target <- if (better) early[k + 1] else delayed[k + 1]
    other <- if (better) delayed else early
    m <- monthsOf(weeks)
    cross <- which(head(other, -1) >= target & tail(other, -1) < target)
    stopifnot(length(cross) == 1)
    when <- m[cross] + (m[cross + 1] - m[cross]) * (other[cross] - target) / (other[cross] - other[cross + 1])
    (if (better) 1 else -1) * (m[k + 1] - when)
  }
  g1 <- grad(saved, drop(at$beta))
  results[[length(results) + 1]] <- data.frame(dataset = name, model, quantity = "monthsSaved", estimate = saved(drop(at$beta)),
    se = sqrt(drop(t(g1) %*% C %*% g1)), df = NA, p = NA)
}
out <- do.call(rbind, results)
writeTable(out, "expected.csv")
