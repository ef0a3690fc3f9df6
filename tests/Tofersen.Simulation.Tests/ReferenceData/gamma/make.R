# Reference data for turning a standard normal number into a gamma one: F^{-1}(Phi(z)).
#
# Purpose: write down the gamma quantile at Phi(z) for several means and standard deviations, so that another program's
# transform can be checked far into both tails.
#
# shape = (mean / sd)^2, scale = sd^2 / mean. For z > 0 the upper tail is used on both sides, because Phi(z) itself
# holds too few digits there.
#
# Run from this folder:  Rscript make.R

digits17 <- function(x) sprintf("%.17g", x + 0)

pairs <- list(c(1.35, 1.45), c(0.42, 0.5), c(3, 1.7), c(1, 0.9), c(1, 0.05), c(0.5, 2))
z <- seq(-6, 6, by = 0.25)

# Second route: Newton steps for log x on the logarithm of the tail probability, from a rough start.
newton <- function(z, shape, scale, start) {
  lower <- z <= 0
  target <- pnorm(-abs(z), log.p = TRUE)
  y <- log(start)
  for (step in 1:200) {
    x <- exp(y)
    value <- pgamma(x, shape, scale = scale, lower.tail = lower, log.p = TRUE)
    slope <- exp(dgamma(x, shape, scale = scale, log = TRUE) + y - value) * (if (lower) 1 else -1)
    change <- (value - target) / slope
    y <- y - max(min(change, 1), -1)
    if (abs(change) < 1e-15 * max(1, abs(y))) break
  }
  exp(y)
}

lines <- "mean,sd,z,value"
for (pair in pairs) {
  mean <- pair[1]
  sd <- pair[2]
  shape <- (mean / sd)^2
  scale <- sd^2 / mean
  value <- ifelse(z <= 0, qgamma(pnorm(z), shape, scale = scale),
                  qgamma(pnorm(z, lower.tail = FALSE), shape, scale = scale, lower.tail = FALSE))
  # The start is 10 % off, so that the check does not lean on the answer.
  again <- mapply(newton, z, shape, scale, value * 1.1)
  stopifnot(all(abs(again / value - 1) < 1e-12), all(diff(value) > 0))
  back <- ifelse(z <= 0, pgamma(value, shape, scale = scale) / pnorm(z),
                 pgamma(value, shape, scale = scale, lower.tail = FALSE) / pnorm(-z))
  stopifnot(all(abs(back - 1) < 1e-12))
  lines <- c(lines, paste(sprintf("%.15g", mean), sprintf("%.15g", sd), sprintf("%.15g", z), digits17(value),
                          sep = ","))
}
writeLines(lines, "expected.csv")
