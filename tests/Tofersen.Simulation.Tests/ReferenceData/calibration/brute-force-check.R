# Slow, literal version of the calibration model, sharing no code with it:
# traits by rejection, exposure response and score by small Euler steps,
# hazards on the weekly grid.  Prints the figures to compare with
# cross-check.csv (fitted and sheet default parameters).
set.seed(7)
n <- 40000
dt <- 0.05                       # weeks
per_month <- 365.25 / 12 / 7
run <- function(mean, sd, rmean, rsd, peak_points, peak, end, emax, lag, half,
                lambda0, expo, score, mult, drug_from) {
  s2 <- log(1 + (rsd / rmean)^2)
  y0 <- r <- numeric(0)
  while (length(y0) < n) {
    a <- rnorm(n); b <- -0.15 * a + sqrt(1 - 0.15^2) * rnorm(n)
    ok <- mean + sd * a >= 15 & mean + sd * a <= 48
    y0 <- c(y0, (mean + sd * a)[ok])
    r <- c(r, exp(log(rmean) - s2 / 2 + sqrt(s2) * b)[ok])
  }
  y0 <- y0[1:n]; r <- r[1:n]
  y <- y0; x <- 0; cum <- 0; before <- NULL
  out <- c()
  for (week in 0:148) {
    offset <- peak_points * max(0, min(week / peak, (end - week) / (end - peak)))
    pace <- pmin(pmax(r * (1 - emax * x), 0.05), 6)
    h <- lambda0 * mult * pace^expo * exp(-score * (y + offset - 36))
    if (week > 0) cum <- cum + (h + before) / 2
    before <- h
    if (week %in% c(12, 28, 40, 52, 148))
      out[paste0("change", week)] <- mean(y - y0) + offset
    if (week %in% c(28, 52, 148)) out[paste0("free", week)] <- mean(exp(-cum))
    for (i in seq_len(round(1 / dt))) {
      t <- week + (i - 0.5) * dt
      on <- t - lag >= drug_from
      xmid <- x + dt / 2 * log(2) / half * ((if (on) 1 else 0) - x)
      y <- y - dt / per_month * r * (1 - emax * xmid) * pmin(1, y / 12)
      x <- x + dt * log(2) / half * ((if (on) 1 else 0) - xmid)
    }
  }
  out
}
for (from in c(0, 28)) {
  cat("fitted, drug from week", from, "\n")
  print(round(rbind(
    fast = run(36, 6, 1.7, 2.6, 2, 8, 20, 0.8, 4, 12, 0.002, 0.5, 0.12, 1, from),
    slow = run(38.5, 5.5, 0.42, 0.75, 0.7, 8, 20, 0.8, 4, 12, 0.002, 0.5, 0.12, 0.2, from)), 3))
  cat("sheet, drug from week", from, "\n")
  print(round(rbind(
    fast = run(36, 6, 1.35, 1.45, 0, 4, 16, 0.65, 4, 12, 0.003, 1.1, 0.12, 1, from),
    slow = run(38.5, 5.5, 0.42, 0.5, 0, 4, 16, 0.65, 4, 12, 0.003, 1.1, 0.12, 0.5, from)), 3))
}
