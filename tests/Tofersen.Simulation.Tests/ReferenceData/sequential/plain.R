# A plain reference for group-sequential boundaries: the forward recursion of Armitage, McPherson and Rowe (1969) for the
# sub-density of the score S = z sqrt(t), a Brownian motion with a drift, on a very fine Gauss-Legendre grid. Slow, and obviously right.

# Gauss-Legendre nodes and weights on [-1, 1] (Golub and Welsch 1969).
gauss <- function(n) {
  i <- seq_len(n - 1)
  b <- i / sqrt(4 * i^2 - 1)
  m <- matrix(0, n, n)
  m[cbind(i, i + 1)] <- b
  m[cbind(i + 1, i)] <- b
  e <- eigen(m, symmetric = TRUE)
  o <- order(e$values)
  list(x = e$values[o], w = 2 * e$vectors[1, o]^2)
}
rule <- gauss(20)

# Nodes over [lower, upper] in panels of at most the width.
grid <- function(lower, upper, width) {
  n <- max(1, ceiling((upper - lower) / width))
  edges <- seq(lower, upper, length.out = n + 1)
  half <- diff(edges) / 2
  middle <- edges[-1] - half
  list(x = as.vector(outer(rule$x, half) + rep(middle, each = 20)), w = as.vector(outer(rule$w, half)))
}

# A recursion is a list: t, drift, and the nodes, weights and sub-density of the last look (NULL before the first).
begin <- function(drift) list(t = 0, drift = drift, x = 0, f = 1)

# P(going on so far, S at t >= or <= z sqrt(t)).
above <- function(r, t, z) {
  d <- t - r$t
  sum(r$f * pnorm(z * sqrt(t), r$x + r$drift * d, sqrt(d), lower.tail = FALSE))
}
below <- function(r, t, z) {
  d <- t - r$t
  sum(r$f * pnorm(z * sqrt(t), r$x + r$drift * d, sqrt(d)))
}

# After the look at t the trial goes on between two z values; `t.next` only sets how fine the grid is.
go.on <- function(r, t, lower.z, upper.z, t.next) {
  d <- t - r$t
  reach <- 10 * sqrt(t)
  lower <- max(lower.z * sqrt(t), min(0, r$drift * t) - reach)
  upper <- min(upper.z * sqrt(t), max(0, r$drift * t) + reach)
  if (lower >= upper) return(list(t = t, drift = r$drift, x = 0, f = 0))
  g <- grid(lower, upper, 2 * sqrt(min(d, t.next - t)))
  f <- numeric(length(g$x))
  from <- r$x + r$drift * d
  for (part in split(seq_along(g$x), ceiling(seq_along(g$x) / 200))) {
    # Farther than 15 standard deviations away nothing comes from: e^-112.
    near <- from >= min(g$x[part]) - 15 * sqrt(d) & from <= max(g$x[part]) + 15 * sqrt(d)
    f[part] <- dnorm(outer(g$x[part], from[near], "-"), 0, sqrt(d)) %*% r$f[near]
  }
  list(t = t, drift = r$drift, x = g$x, f = f * g$w)
}

# The root of a falling function of z, to the last digits.
falling.root <- function(f, lower = -12, upper = 12) {
  if (f(upper) > 0) return(Inf)
  if (f(lower) < 0) return(-Inf)
  uniroot(f, c(lower, upper), tol = 1e-15, maxiter = 2000)$root
}

spending <- function(type, t, total, parameter) {
  value <- switch(type,
    OF = 2 * pnorm(qnorm(total / 2, lower.tail = FALSE) / sqrt(t), lower.tail = FALSE),
    P = total * log(1 + (exp(1) - 1) * t),
    KD = total * t^parameter,
    HSD = if (parameter == 0) total * t else total * (1 - exp(-parameter * t)) / (1 - exp(-parameter)))
  pmin(value, total)
}

# One pass over the looks; what the drift does is only followed where `heeds` says so. `critical(k, t, r)` gives the critical value of look k, `futile(k, t, r, upper)` the futility bound.
one.pass <- function(fractions, drift, binding, critical, futile, heeds) {
  K <- length(fractions)
  null <- begin(0)
  heeded <- begin(drift)
  upper <- lower <- alpha <- beta <- numeric(K)
  for (k in seq_len(K)) {
    t <- fractions[k]
    upper[k] <- critical(k, t, null)
    alpha[k] <- above(null, t, upper[k])
    lower[k] <- if (k == K) upper[k] else min(futile(k, t, heeded, upper[k]), upper[k])
    beta[k] <- below(heeded, t, lower[k])
    if (k < K) {
      if (heeds) heeded <- go.on(heeded, t, lower[k], upper[k], fractions[k + 1])
      null <- go.on(null, t, if (binding) lower[k] else -Inf, upper[k], fractions[k + 1])
    }
  }
  list(upper = upper, lower = lower, alpha = cumsum(alpha), beta = cumsum(beta), drift = drift)
}

# d: fractions, alpha, type (OF P WT HP asOF asP asKD asHSD), parameter, futility ("none" "fixed" "beta"), bounds, betaType,
# betaParameter, beta, binding.
plain.design <- function(d) {
  never <- function(k, t, r, upper) -Inf
  fixed <- function(k, t, r, upper) d$bounds[k]
  by.drift <- function(drift) {
    futile <- switch(d$futility, none = never, fixed = fixed,
      beta = function(k, t, r, upper) {
        target <- spending(d$betaType, t, d$beta, d$betaParameter) - used.beta
        bound <- falling.root(function(z) target - below(r, t, z))
        used.beta <<- used.beta + below(r, t, min(bound, upper))
        bound
      })
    used.beta <- 0
    if (substr(d$type, 1, 2) == "as") {
      used.alpha <- 0
      spend <- function(k, t, r) {
        target <- spending(substring(d$type, 3), t, d$alpha, d$parameter) - used.alpha
        z <- falling.root(function(z) above(r, t, z) - target)
        used.alpha <<- used.alpha + above(r, t, z)
        z
      }
      return(one.pass(d$fractions, drift, d$binding, spend, futile, d$futility == "beta"))
    }
    K <- length(d$fractions)
    if (d$type == "HP") {
      used.alpha <- 0
      peto <- function(k, t, r) {
        z <- if (k < K) d$parameter else falling.root(function(z) above(r, t, z) - (d$alpha - used.alpha))
        used.alpha <<- used.alpha + above(r, t, z)
        z
      }
      return(one.pass(d$fractions, drift, d$binding, peto, futile, d$futility == "beta"))
    }
    delta <- switch(d$type, OF = 0, P = 0.5, WT = d$parameter)
    run <- function(constant, futile) {
      used.beta <<- 0
      one.pass(d$fractions, drift, d$binding, function(k, t, r) constant * t^(delta - 0.5), futile,
        d$futility == "beta")
    }
    level <- function(constant) tail(run(constant, if (d$binding) futile else never)$alpha, 1) - d$alpha
    run(falling.root(level, 0, 12), futile)
  }
  if (d$futility != "beta") return(by.drift(0))
  start <- qnorm(d$alpha, lower.tail = FALSE) + qnorm(d$beta, lower.tail = FALSE)
  by.drift(falling.root(function(theta) tail(by.drift(theta)$beta, 1) - d$beta, start - 1, start + 3))
}

# Probabilities of stopping for efficacy and futility at each look under a drift.
plain.probabilities <- function(fractions, upper, lower, drift) {
  K <- length(fractions)
  r <- begin(drift)
  efficacy <- futility <- numeric(K)
  for (k in seq_len(K)) {
    efficacy[k] <- above(r, fractions[k], upper[k])
    futility[k] <- below(r, fractions[k], lower[k])
    if (k < K) r <- go.on(r, fractions[k], lower[k], upper[k], fractions[k + 1])
  }
  list(efficacy = efficacy, futility = futility)
}
