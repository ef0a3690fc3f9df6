# Expected values for the mixed model for repeated measures. See README.md.
#
# A dense fit that shares nothing with the library: the likelihood by its definition, in the parameters of R's package mmrm;
# derivatives of the covariance by complex steps; nlminb from several starts, then Newton steps until the gradient vanishes.
# Fits that nlme::gls can make are compared with gls before anything is written.
#
# Usage: Rscript make.R          (writes beside itself)

suppressMessages({ library(numDeriv); library(nlme) })
options(digits = 17, warn = 1)
set.seed(20261122)

# ---- covariance structures, θ as in the package mmrm -------------------------------------------------------------------

structures <- c("Unstructured", "Toeplitz", "HeterogeneousToeplitz", "Ar1", "HeterogeneousAr1", "CompoundSymmetry",
                "HeterogeneousCompoundSymmetry", "Antedependence", "HeterogeneousAntedependence")

parameters <- function(structure, m) {
  if (structure == "Unstructured") return(m * (m + 1) / 2)
  sds <- if (grepl("^Heterogeneous", structure)) m else 1
  sds + if (m == 1) 0 else if (grepl("Toeplitz|Antedependence", structure)) m - 1 else 1
}

# Works for complex θ, so that derivatives are exact to the last digits.
covariance <- function(theta, structure, m) {
  if (structure == "Unstructured") {
    L <- diag(m) + 0 * theta[1]
    at <- m
    if (m > 1) for (i in 2:m) for (j in 1:(i - 1)) { at <- at + 1; L[i, j] <- theta[at] }
    DL <- exp(theta[1:m]) * L
    return(DL %*% t(DL))
  }
  heterogeneous <- grepl("^Heterogeneous", structure)
  sd <- exp(if (heterogeneous) theta[1:m] else rep(theta[1], m))
  eta <- theta[-(1:(if (heterogeneous) m else 1))]
  R <- diag(m) + 0 * theta[1]
  if (m > 1) {
    a <- 1 / (m - 1)
    rho <- if (grepl("CompoundSymmetry", structure)) (1 + a) / (1 + exp(-eta)) - a else eta / sqrt(1 + eta^2)
    for (i in 2:m) for (j in 1:(i - 1)) {
      R[i, j] <- if (grepl("Toeplitz", structure)) rho[i - j]
        else if (grepl("Ar1", structure)) rho[1]^(i - j)
        else if (grepl("Compound", structure)) rho[1]
        else prod(rho[j:(i - 1)])
      R[j, i] <- R[i, j]
    }
  }
  (sd %o% sd) * R
}

derivatives <- function(theta, structure, m) lapply(seq_along(theta), function(k) {
  z <- as.complex(theta)
  z[k] <- z[k] + 1e-30i
  Im(covariance(z, structure, m)) / 1e-30
})

# ---- data in blocks of participants with the same visits ----------------------------------------------------------------

# X: list over participants of matrices (all visits); y: matrix of participants × visits with NA.
blocks <- function(X, y) {
  key <- apply(is.na(y), 1, paste, collapse = "")
  lapply(unname(split(seq_len(nrow(y)), key)), function(members) {
    at <- which(!is.na(y[members[1], ]))
    stacked <- do.call(cbind, lapply(members, function(i) X[[i]][at, , drop = FALSE]))
    list(at = at, n = length(members), p = ncol(X[[1]]), x = stacked, y = t(y[members, at, drop = FALSE]))
  })
}

# k × (n p), participant by participant, into (k n) × p.
tall <- function(x, n, p) matrix(aperm(array(x, c(nrow(x), p, n)), c(1, 3, 2)), nrow(x) * n, p)

evaluate <- function(theta, structure, m, data, reml, gradient = FALSE) {
  Sigma <- covariance(theta, structure, m)
  p <- data[[1]]$p
  xtx <- matrix(0, p, p)
  xty <- numeric(p)
  logDeterminants <- 0
  parts <- list()
  for (g in seq_along(data)) {
    d <- data[[g]]
    U <- tryCatch(chol(Sigma[d$at, d$at, drop = FALSE]), error = function(e) NULL)
    if (is.null(U)) return(NULL)
    wx <- tall(backsolve(U, d$x, transpose = TRUE), d$n, p)
    wy <- backsolve(U, d$y, transpose = TRUE)
    xtx <- xtx + crossprod(wx)
    xty <- xty + crossprod(wx, c(wy))
    logDeterminants <- logDeterminants + 2 * d$n * sum(log(diag(U)))
    parts[[g]] <- list(U = U, wx = wx, wy = wy)
  }
  R <- tryCatch(chol(xtx), error = function(e) NULL)
  if (is.null(R)) return(NULL)
  beta <- backsolve(R, backsolve(R, xty, transpose = TRUE))
  rss <- 0
  for (g in seq_along(data)) {
    parts[[g]]$e <- matrix(c(parts[[g]]$wy) - parts[[g]]$wx %*% beta, length(data[[g]]$at))
    rss <- rss + sum(parts[[g]]$e^2)
  }
  N <- sum(sapply(data, function(d) d$n * length(d$at)))
  m2ll <- (N - reml * p) * log(2 * pi) + logDeterminants + rss + reml * 2 * sum(log(diag(R)))
  result <- list(m2ll = m2ll, beta = c(beta), Phi = chol2inv(R), Sigma = Sigma, parts = parts, N = N)
  if (gradient) {
    dSigma <- derivatives(theta, structure, m)
    G <- numeric(length(theta))
    for (g in seq_along(data)) {
      d <- data[[g]]
      k <- length(d$at)
      W <- backsolve(parts[[g]]$U, diag(k))
      S <- tcrossprod(parts[[g]]$e)
      if (reml) {
        h <- backsolve(R, t(parts[[g]]$wx), transpose = TRUE)
        h <- matrix(aperm(array(h, c(p, k, d$n)), c(2, 1, 3)), k)
        S <- S + tcrossprod(h)
      }
      M <- W %*% (d$n * diag(k) - S) %*% t(W)
      G <- G + sapply(dSigma, function(D) sum(M * D[d$at, d$at]))
    }
    result$gradient <- G
  }
  result
}

# ---- fit ------------------------------------------------------------------------------------------------------------------

starts <- function(structure, m, y, X) {
  all <- do.call(rbind, lapply(seq_len(nrow(y)), function(i) X[[i]]))
  response <- c(t(y))
  ok <- !is.na(response)
  residual <- rep(NA, length(response))
  residual[ok] <- lm.fit(all[ok, , drop = FALSE], response[ok])$residuals
  r <- matrix(residual, nrow(y), m, byrow = TRUE)
  sds <- apply(r, 2, sd, na.rm = TRUE)
  pooled <- sqrt(mean(r^2, na.rm = TRUE))
  sds[is.na(sds) | sds < 1e-6 * pooled] <- pooled
  q <- parameters(structure, m)
  if (structure == "Unstructured") {
    lapply(c(0, 0.5, 0.9), function(rho) {
      S <- (sds %o% sds) * (rho^abs(outer(1:m, 1:m, "-")))
      L <- t(chol(S))
      D <- diag(L)
      Lt <- L / D
      c(log(D), unlist(lapply(seq_len(m)[-1], function(i) Lt[i, 1:(i - 1)])))
    })
  } else {
    s <- if (grepl("^Heterogeneous", structure)) log(sds) else log(pooled)
    lapply(c(0, 0.4, 0.8), function(rho) {
      correlations <- q - length(s)
      rhos <- if (grepl("Toeplitz", structure)) rho^seq_len(correlations) else rep(rho, correlations)
      a <- 1 / (m - 1)
      c(s, if (grepl("Compound", structure)) qlogis((rhos + a) / (1 + a)) else rhos / sqrt(1 - rhos^2))
    })
  }
}

maximise <- function(structure, m, y, X, reml) {
  data <- blocks(X, y)
  value <- function(theta) { f <- evaluate(theta, structure, m, data, reml); if (is.null(f)) Inf else f$m2ll }
  slope <- function(theta) {
    f <- evaluate(theta, structure, m, data, reml, TRUE)
    if (is.null(f)) rep(NA_real_, length(theta)) else f$gradient
  }
  best <- NULL
  for (start in starts(structure, m, y, X)) {
    f <- try(nlminb(start, value, slope, control = list(eval.max = 5000, iter.max = 2000, rel.tol = 1e-14)), silent = TRUE)
    if (!inherits(f, "try-error") && (is.null(best) || f$objective < best$objective)) best <- f
  }
  theta <- best$par
  hessian <- function(theta) { H <- jacobian(slope, theta, method.args = list(d = 3e-4, eps = 3e-4)); (H + t(H)) / 2 }
  for (round in 1:20) {
    g <- slope(theta)
    H <- hessian(theta)
    theta <- theta - solve(H, g)
    if (max(abs(g)) < 1e-9) break
  }
  g <- slope(theta)
  H <- hessian(theta)
  stopifnot(all(eigen(H, only.values = TRUE)$values > 0), sqrt(sum(g * solve(H, g))) < 1e-9)

  # The analytic gradient and its derivative against differences of the likelihood itself.
  # Steps shrink for covariances that are nearly singular, where the next step would leave the range.
  agrees <- sapply(10^-(2:5), function(h) {
    check <- try(grad(value, theta + h, method.args = list(d = h, eps = h)), silent = TRUE)
    !inherits(check, "try-error") && max(abs(check - slope(theta + h))) < 1e-4 * (1 + max(abs(check)))
  })
  stopifnot(any(agrees))
  if (length(theta) <= 6) {
    agrees <- sapply(10^-(2:4), function(h) {
      numeric <- try(numDeriv::hessian(value, theta, method.args = list(d = h, eps = h)), silent = TRUE)
      !inherits(numeric, "try-error") && all(is.finite(numeric)) && max(abs(numeric - H)) < 1e-4 * max(abs(H))
    })
    stopifnot(any(agrees))
  }
  list(theta = theta, data = data, W = solve(H / 2), fit = evaluate(theta, structure, m, data, reml), structure = structure,
       m = m, reml = reml)
}

# Derivatives of X'V⁻¹X in Kenward and Roger's notation; A ~ ΣΣ W_hj (Q_hj − P_h Φ P_j) and B = ΣΣ W_hj R_hj.
adjustments <- function(model) {
  theta <- model$theta
  q <- length(theta)
  p <- model$data[[1]]$p
  m <- model$m
  first <- derivatives(theta, model$structure, m)
  step <- 1e-3
  second <- lapply(1:q, function(k) {
    e <- replace(numeric(q), k, 1)
    at <- function(h) derivatives(theta + h * e, model$structure, m)
    d <- function(h) Map(function(a, b) (a - b) / (2 * h), at(h), at(-h))
    d1 <- d(step); d2 <- d(2 * step); d4 <- d(4 * step)
    Map(function(a, b, c) (64 * a - 20 * b + c) / 45, d1, d2, d4)
  })
  P <- rep(list(matrix(0, p, p)), q)
  Q <- matrix(0, p, p)
  R <- matrix(0, p, p)
  curvature <- Reduce(`+`, lapply(1:q, function(h) Reduce(`+`, lapply(1:q, function(j) model$W[h, j] * second[[h]][[j]]))))
  for (g in seq_along(model$data)) {
    d <- model$data[[g]]
    part <- model$fit$parts[[g]]
    k <- length(d$at)
    white <- function(D) { A <- backsolve(part$U, D[d$at, d$at], transpose = TRUE); t(backsolve(part$U, t(A), transpose = TRUE)) }
    times <- function(A) {
      x <- array(part$wx, c(k, d$n * p))
      matrix(A %*% x, d$n * k, p)
    }
    products <- lapply(first, function(D) times(white(D)))
    for (h in 1:q) {
      P[[h]] <- P[[h]] - crossprod(part$wx, products[[h]])
      mixed <- Reduce(`+`, lapply(1:q, function(j) model$W[h, j] * products[[j]]))
      Q <- Q + crossprod(products[[h]], mixed)
    }
    R <- R + crossprod(part$wx, times(white(curvature)))
  }
  Phi <- model$fit$Phi
  PP <- matrix(0, p, p)
  for (h in 1:q) PP <- PP + P[[h]] %*% Phi %*% Reduce(`+`, lapply(1:q, function(j) model$W[h, j] * P[[j]]))
  list(P = P, linear = Phi + 2 * Phi %*% (Q - PP) %*% Phi, full = Phi + 2 * Phi %*% (Q - PP - R / 4) %*% Phi)
}

satterthwaite <- function(model, P, contrast) {
  Phi <- model$fit$Phi
  u <- Phi %*% contrast
  v <- sum(contrast * u)
  g <- sapply(P, function(Ph) -sum(u * (Ph %*% u)))
  2 * v^2 / sum(g * (model$W %*% g))
}

# ---- fixed effects ----------------------------------------------------------------------------------------------------------

# A model is a list of terms; each a vector of a value for every participant and whether it has an effect at every visit.
# The constant and the arm come first, both at every visit. `at` gives a term's value for LS means.
design <- function(d, m, model, used) {
  arm <- d$arm
  mean1 <- function(x) mean(x[used])
  terms <- list(constant = list(x = rep(1, nrow(d)), every = TRUE, at = function(a) 1),
                arm = list(x = arm, every = TRUE, at = function(a) a))
  dummies <- function(f, every, product = FALSE) for (level in levels(f)[-1]) {
    x <- as.numeric(f == level)
    share <- 1 / nlevels(f)
    name <- paste0(if (product) "arm*", deparse(substitute(f)), level)
    terms[[paste(name, length(terms))]] <<- if (product) list(x = arm * x, every = every, at = function(a) a * share)
      else list(x = x, every = every, at = function(a) share)
  }
  number <- function(x, every) {
    force(x)
    terms[[paste("number", length(terms))]] <<- list(x = x, every = every, at = function(a) mean1(x))
  }
  for (term in strsplit(model, "+", fixed = TRUE)[[1]]) switch(term,
    "none" = NULL,
    "baseline" = number(d$s0, FALSE),
    "baseline*visit" = number(d$s0, TRUE),
    "age" = number(d$age, FALSE),
    "ageMonths" = number(d$ageMonths, FALSE),
    "sex" = dummies(d$sex, FALSE),
    "sex*visit" = dummies(d$sex, TRUE),
    "stratum*visit" = dummies(d$stratum, TRUE),
    "stratum*arm" = { dummies(d$stratum, FALSE); dummies(d$stratum, FALSE, TRUE) },
    stop(term))
  columns <- unlist(lapply(names(terms), function(t) if (terms[[t]]$every) paste(t, seq_len(m)) else t))
  fill <- function(value) {
    X <- matrix(0, m, length(columns))
    at <- 0
    for (t in terms) {
      if (t$every) { X[cbind(1:m, at + 1:m)] <- value(t); at <- at + m } else { at <- at + 1; X[, at] <- value(t) }
    }
    X
  }
  list(X = lapply(seq_len(nrow(d)), function(i) fill(function(t) t$x[i])),
       means = lapply(0:1, function(a) fill(function(t) t$at(a))), columns = columns)
}

# ---- output -----------------------------------------------------------------------------------------------------------------

tables <- list(fits = NULL, contrasts = NULL, covariances = NULL, means = NULL, coefficients = NULL, sigmas = NULL)
add <- function(name, rows) tables[[name]] <<- rbind(tables[[name]], rows)
number <- function(x) ifelse(is.na(x), "NA", sub("e\\+?(-?)0*", "e\\1", formatC(x, digits = 17, format = "g", width = 1)))
write <- function(d, file) {
  cells <- lapply(d, function(x) if (is.double(x)) number(x) else ifelse(is.na(x), "NA", as.character(x)))
  writeLines(c(paste(names(d), collapse = ","), do.call(paste, c(cells, sep = ","))), file)
}

run <- function(name, d, model, structure, reml, response = "change") {
  visits <- grep("^s[1-9]", names(d), value = TRUE)
  m <- length(visits)
  y <- as.matrix(d[, visits])
  if (response == "change") y <- y - d$s0
  used <- rowSums(!is.na(y)) > 0
  D <- design(d, m, model, used)
  y <- y[used, , drop = FALSE]
  X <- D$X[used]
  all <- do.call(rbind, X)[!is.na(c(t(y))), , drop = FALSE]
  QR <- qr(all, tol = 1e-7, LAPACK = FALSE)
  kept <- sort(QR$pivot[seq_len(QR$rank)])
  dropped <- setdiff(seq_len(ncol(all)), kept)
  seen <- colSums(!is.na(y)) > 0
  fitted <- maximise(structure, sum(seen), y[, seen, drop = FALSE], lapply(X, function(x) x[seen, kept, drop = FALSE]), reml)
  K <- adjustments(fitted)
  beta <- fitted$fit$beta
  Phi <- fitted$fit$Phi
  N <- fitted$fit$N
  null <- if (length(dropped)) lapply(dropped, function(j) {
    v <- numeric(ncol(all))
    v[j] <- -1
    v[kept] <- qr.coef(qr(all[, kept]), all[, j])
    v
  })
  estimable <- function(c) all(sapply(null, function(v) abs(sum(v * c)) < 1e-6))
  key <- data.frame(dataset = name, model = model, structure = structure, estimation = if (reml) "Reml" else "Ml")
  judge <- function(c, always = FALSE) {
    if (!always && !estimable(c)) return(data.frame(estimate = NA_real_, se = NA_real_, df = NA_real_, seLinear = NA_real_, seFull = NA_real_))
    c <- c[kept]
    data.frame(estimate = sum(c * beta), se = sqrt(sum(c * (Phi %*% c))), df = satterthwaite(fitted, K$P, c),
               seLinear = sqrt(sum(c * (K$linear %*% c))), seFull = sqrt(sum(c * (K$full %*% c))))
  }
  difference <- lapply(1:m, function(j) D$means[[2]][j, ] - D$means[[1]][j, ])
  add("fits", data.frame(key, response = response, participants = nrow(y), observations = as.integer(N), rank = length(kept),
                         columns = ncol(all), m2ll = fitted$fit$m2ll))
  for (j in 1:m) add("contrasts", data.frame(key, visit = j, judge(difference[[j]])))
  for (a in 1:2) for (j in 1:m) add("means", data.frame(key, arm = a - 1L, visit = j, judge(D$means[[a]][j, ])))
  for (c in seq_len(ncol(all))) {
    row <- judge(replace(numeric(ncol(all)), c, 1), always = TRUE)
    if (c %in% dropped) row[] <- NA_real_
    add("coefficients", data.frame(key, column = c, row, aliased = as.integer(c %in% dropped)))
  }
  for (j in 1:m) for (k in 1:m) if (k >= j) {
    a <- difference[[j]]; b <- difference[[k]]
    ok <- estimable(a) && estimable(b)
    a <- a[kept]; b <- b[kept]
    add("covariances", data.frame(key, first = j, second = k,
      covariance = if (ok) sum(a * (Phi %*% b)) else NA_real_,
      linear = if (ok) sum(a * (K$linear %*% b)) else NA_real_,
      full = if (ok) sum(a * (K$full %*% b)) else NA_real_))
    position <- cumsum(seen)
    add("sigmas", data.frame(key, first = j, second = k,
      sigma = if (seen[j] && seen[k]) fitted$fit$Sigma[position[j], position[k]] else NA_real_))
  }
  if (all(seen) && length(dropped) == 0) compareWithGls(fitted, X, y, kept, structure, reml)
  cat(name, model, structure, reml, fitted$fit$m2ll, "\n")
  invisible(fitted)
}

# The same model by gls, whose optimiser has been told not to stop early; Toeplitz and ante-dependence are not among its structures.
compareWithGls <- function(fitted, X, y, kept, structure, reml) {
  m <- ncol(y)
  long <- data.frame(id = rep(seq_len(nrow(y)), each = m), visit = rep(seq_len(m), nrow(y)), y = c(t(y)))
  columns <- do.call(rbind, X)[, kept, drop = FALSE]
  colnames(columns) <- paste0("x", seq_along(kept))
  long <- cbind(long, columns)[!is.na(long$y), ]
  correlation <- switch(sub("^Heterogeneous", "", structure), Unstructured = corSymm(form = ~ visit | id),
    Ar1 = corAR1(0.5, form = ~ visit | id), CompoundSymmetry = corCompSymm(0.3, form = ~ visit | id), NULL)
  if (is.null(correlation)) return()
  weights <- if (structure == "Unstructured" || grepl("^Heterogeneous", structure)) varIdent(form = ~ 1 | visit) else NULL
  formula <- as.formula(paste("y ~ 0 +", paste(colnames(columns), collapse = " + ")))
  control <- glsControl(maxIter = 500, msMaxIter = 2000, tolerance = 1e-10, msTol = 1e-12, opt = "nlminb", singular.ok = TRUE)
  g <- try(gls(formula, long, correlation, weights, method = if (reml) "REML" else "ML", control = control), silent = TRUE)
  if (inherits(g, "try-error")) { cat("  gls: ", sub("\n.*", "", conditionMessage(attr(g, "condition"))), "\n"); return() }
  off <- -2 * as.numeric(logLik(g)) - fitted$fit$m2ll
  beta <- max(abs(coef(g) - fitted$fit$beta) / sqrt(diag(fitted$fit$Phi)))
  scale <- if (reml) 1 else sqrt((fitted$fit$N - length(kept)) / fitted$fit$N)
  errors <- max(abs(scale * sqrt(diag(g$varBeta)) / sqrt(diag(fitted$fit$Phi)) - 1))
  errors <- min(errors, max(abs(sqrt(diag(g$varBeta)) / sqrt(diag(fitted$fit$Phi)) - 1)))
  cat(sprintf("  gls: -2LL %+.1e, coefficients %.1e SE, standard errors %.1e\n", off, beta, errors))
  # gls may stop short of the optimum but cannot be better.
  stopifnot(off > -1e-6)
  agreements[[length(agreements) + 1]] <<- c(off, beta, errors)
}
agreements <- list()

# ---- data ---------------------------------------------------------------------------------------------------------------------

trial <- function(n, m, ratio = 1, digits = 0, residual = 2, slopeSd = 1) {
  active <- round(n * ratio / (ratio + 1))
  arm <- sample(rep(c(0L, 1L), c(n - active, active)))
  stratum <- factor(ifelse(runif(n) < 0.4, "fast", "slow"), levels = c("fast", "slow"))
  sex <- factor(ifelse(runif(n) < 0.45, "female", "male"), levels = c("female", "male"))
  age <- round(rnorm(n, 50, 12), 1)
  baseline <- round(pmin(pmax(rnorm(n, 37, 5.8), 15), 48))
  slope <- ifelse(stratum == "fast", -1.5, -0.5) + 0.4 * arm + 0.02 * (baseline - 37) + rnorm(n, 0, slopeSd)
  scores <- sapply(1:m, function(j) round(baseline + slope * j * 28 / m / 4.345 - 0.02 * (age - 50) + rnorm(n, 0, residual), digits))
  colnames(scores) <- paste0("s", 1:m)
  cbind(data.frame(participant = seq_len(n), arm, stratum, sex, age, s0 = baseline), scores)
}
scoreColumns <- function(d) grep("^s[1-9]", names(d))
dropOut <- function(d, hazard) {
  at <- scoreColumns(d)
  for (i in seq_len(nrow(d))) for (j in seq_along(at)[-1]) if (is.na(d[i, at[j - 1]]) || runif(1) < hazard) d[i, at[j]] <- NA
  d
}
scatter <- function(d, share) {
  at <- scoreColumns(d)
  for (j in at) d[runif(nrow(d)) < share, j] <- NA
  d
}

sets <- list()
sets$monotone108 <- dropOut(trial(108, 7, 2), 0.03)
sets$gaps60 <- dropOut(scatter(trial(60, 5, 2, digits = 1), 0.12), 0.02)
sets$gaps60$ageMonths <- 12 * sets$gaps60$age
sets$complete30 <- trial(30, 4, digits = 2)
sets$tiny10 <- trial(10, 3, digits = 2)

# Nobody in the active arm at the third visit.
d <- scatter(trial(40, 4, digits = 1), 0.05)
d$s3[d$arm == 1] <- NA
sets$armMissing40 <- d

# The last visit took place once.
d <- trial(30, 4, digits = 1)
d$s4[-7] <- NA
sets$once30 <- d

# Nobody came to the second visit, and participant 5 to none.
d <- scatter(trial(30, 4, digits = 1), 0.1)
d$s2 <- NA
d[5, scoreColumns(d)] <- NA
sets$nobody30 <- d

# Neighbouring visits correlate by about 0.99.
d <- trial(50, 4, digits = 4, residual = 0.25, slopeSd = 2.5)
sets$close50 <- scatter(d, 0.08)

sets$small60 <- sets$gaps60
sets$large60 <- sets$gaps60
for (j in c(which(names(d) == "s0"), scoreColumns(sets$gaps60))) {
  sets$small60[[j]] <- sets$gaps60[[j]] * 1e-4
  sets$large60[[j]] <- sets$gaps60[[j]] * 1e6
}

sets$big1000 <- dropOut(scatter(trial(1000, 5, digits = 1), 0.04), 0.03)

# Potthoff and Roy 1964, as in nlme; girls are the control arm, boys the active one, ages 8, 10, 12, 14 the visits.
o <- as.data.frame(Orthodont)
wide <- reshape(o[, c("distance", "age", "Subject", "Sex")], idvar = c("Subject", "Sex"), timevar = "age", direction = "wide")
sets$orthodont <- data.frame(participant = as.character(wide$Subject), arm = as.integer(wide$Sex == "Male"), s0 = NA_real_,
                             s1 = wide$distance.8, s2 = wide$distance.10, s3 = wide$distance.12, s4 = wide$distance.14)

for (name in names(sets)) write(sets[[name]], paste0(name, ".csv"))

# ---- fits ---------------------------------------------------------------------------------------------------------------------

every <- function(name, model, which = structures, estimations = c(TRUE, FALSE), response = "change")
  for (structure in which) for (reml in estimations) run(name, sets[[name]], model, structure, reml, response)

every("monotone108", "baseline*visit")
every("gaps60", "baseline*visit+sex")
every("complete30", "none")
every("close50", "baseline*visit")
every("orthodont", "none", response = "score")
every("tiny10", "none", c("Unstructured", "HeterogeneousAr1", "CompoundSymmetry"))
every("tiny10", "baseline", c("Unstructured", "Toeplitz"), TRUE)
every("monotone108", "baseline*visit+stratum*visit+age", c("Unstructured", "HeterogeneousToeplitz"))
every("monotone108", "baseline*visit+stratum*arm", "Unstructured")
every("monotone108", "none", "Unstructured")
every("gaps60", "baseline+sex*visit+stratum*arm", c("Unstructured", "HeterogeneousAntedependence"))
every("gaps60", "age+ageMonths", c("Unstructured", "Ar1"))
every("armMissing40", "baseline*visit+sex", c("Unstructured", "HeterogeneousAr1", "Toeplitz"))
every("once30", "baseline", c("Ar1", "CompoundSymmetry"))
every("nobody30", "baseline*visit+sex", c("Unstructured", "HeterogeneousCompoundSymmetry"))
every("small60", "baseline*visit+sex", c("Unstructured", "HeterogeneousToeplitz"), TRUE)
every("large60", "baseline*visit+sex", c("Unstructured", "HeterogeneousToeplitz"), TRUE)
every("big1000", "baseline*visit+sex", "Unstructured")

for (name in names(tables)) write(tables[[name]], paste0("expected-", name, ".csv"))

worst <- do.call(rbind, agreements)
cat("gls agrees in", sum(abs(worst[, 1]) < 1e-6), "of", nrow(worst), "fits with -2LL to 1e-6\n")
writeLines(capture.output(sessionInfo()), stdout())
