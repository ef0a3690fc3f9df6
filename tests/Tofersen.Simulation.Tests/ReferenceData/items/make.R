# Item curves, residual spread and adverse event rates by quadrature in base R, independently of the library.
# Run in this folder: Rscript make.R
centre <- c(-0.3, -0.6, -0.9, 0, 0.2, 0.5, 0.3, 0.5, 1, -0.9, -1.2, -1.5)
a <- rep(3, 12)
domain <- rep(1:4, each = 3)
b <- outer(centre, c(-1.5, -0.5, 0.5, 1.5), "+")
sigma <- c(0.8, 0.65, 0.65, 0.5)
tau <- 0.08
bulbar <- -1.5
R <- diag(4)
pairs <- rbind(c(1, 2, -0.4), c(1, 3, -0.4), c(1, 4, -0.2), c(2, 3, -0.1), c(2, 4, -0.3), c(3, 4, -0.3))
for (i in seq_len(nrow(pairs))) R[pairs[i, 1], pairs[i, 2]] <- R[pairs[i, 2], pairs[i, 1]] <- pairs[i, 3]

s <- sqrt(1 / a^2 + sigma[domain]^2 + tau^2)
domains <- function(g, onset) {
  m <- c(if (onset) bulbar else 0, 0, 0, 0)[domain]
  p <- pnorm((g + m - b) / s)
  sapply(1:4, function(d) sum(p[domain == d, ]))
}
ability <- function(total, onset)
  uniroot(function(g) sum(domains(g, onset)) - total, c(-15, 15), tol = 1e-14)$root

# Standard normal nodes: the trapezoidal rule is exact to rounding for smooth functions that die out.
h <- 0.25
z <- seq(-7, 7, by = h)
w <- dnorm(z) * h

# Variance of the total at one visit around the participant's own expectation, averaged over participants.
residual <- function(total, onset) {
  g <- ability(total, onset)
  m <- c(if (onset) bulbar else 0, 0, 0, 0)
  own <- 0
  for (i in 1:12) {
    d <- domain[i]
    u <- g + m[d] + sqrt(sigma[d]^2 + tau^2) * z
    q <- sapply(b[i, ], function(x) pnorm(a[i] * (u - x)))
    mean <- rowSums(q)
    square <- q %*% c(1, 3, 5, 7)
    own <- own + sum(w * (square - mean^2))
  }
  score <- function(d, u) rowSums(sapply(which(domain == d), function(i) rowSums(sapply(b[i, ], function(x) pnorm(a[i] * (u - x))))))
  # Expected score of each domain by deviation (rows) and visit error (columns).
  table <- function(d, x) matrix(score(d, as.vector(outer(g + m[d] + sigma[d] * x, tau * z, "+"))), nrow = length(x))
  shared <- 0
  for (d in 1:4) for (e in 1:4) {
    first <- table(d, z)
    if (d == e) {
      covariance <- (first * first) %*% w - (first %*% w)^2
      shared <- shared + sum(w * covariance)
    } else {
      r <- R[d, e]
      for (j in seq_along(z)) {
        second <- table(e, r * z[j] + sqrt(1 - r^2) * z)
        one <- first[j, ]
        covariance <- second %*% (w * one) - sum(w * one) * (second %*% w)
        shared <- shared + w[j] * sum(w * covariance)
      }
    }
  }
  sqrt(own + shared)
}

rows <- NULL
for (onset in c(FALSE, TRUE)) for (total in c(0.5, 3, 6, 12, 18, 24, 30, 36, 42, 45, 47.5)) {
  g <- ability(total, onset)
  d <- domains(g, onset)
  rows <- rbind(rows, data.frame(onset = as.integer(onset), total = total, ability = g, bulbar = d[1], fineMotor = d[2],
    grossMotor = d[3], respiratory = d[4], residualSd = residual(total, onset)))
}
write.csv(format(rows, digits = 15, trim = TRUE), "curves.csv", row.names = FALSE, quote = FALSE)

# Rates per year at which a share has at least one event within 28 weeks, log-normal multipliers with mean 1.
rate <- function(share, sd) {
  if (share == 0) return(0)
  months <- 28 * 84 / 365.25
  none <- function(r) sum(w * exp(-r * exp(sd * z - sd^2 / 2) * months / 12))
  uniroot(function(r) none(r) - (1 - share), c(0, 100), tol = 1e-14)$root
}
shares <- c(4 / 72, 54 / 69, 9 / 36, 31 / 46, 6 / 20, 0.42, 0.22, 0.17, 0.06, 0.14, 0.08, 0.03)
rates <- expand.grid(share = shares, sd = c(0, 0.5))
rates$rate <- mapply(rate, rates$share, rates$sd)
write.csv(format(rates, digits = 15, trim = TRUE), "rates.csv", row.names = FALSE, quote = FALSE)
cat(R.version.string, "\n")
