# Course of the chain from dose to function, by superposition and quadrature: no solver of differential equations.
# Fluid and tissue are sums over doses of their closed forms; SOD1 and neurofilament are convolutions with an exponential, by
# Simpson's rule in steps of 1/512 and 1/256 week; the disease age is the cumulative Simpson integral of the multiplier.
fine <- 1 / 1024
until <- 64
half <- c(csf = 4, tissue = 2, sod1 = 2.3, neurofilament = 2.5)
k <- log(2) / half
max_inhibition <- 0.45; c50 <- 64.92; hill <- 1.5; omega <- 1.9; delay <- 8; eta <- 1.4

# x' = rate (goal - x) over steps that hold three values of the goal each.
follow <- function(goal, step, rate, start) {
  n <- (length(goal) - 1) / 2
  x <- numeric(n + 1); x[1] <- start
  kept <- exp(-rate * step)
  for (i in seq_len(n)) {
    g <- goal[2 * i + (-1:1)]
    x[i + 1] <- kept * x[i] + rate * step / 6 * (kept * g[1] + 4 * sqrt(kept) * g[2] + g[3])
  }
  x
}

course <- function(dose_weeks, dose_mg) {
  t <- seq(0, until, by = fine)
  csf <- tissue <- numeric(length(t))
  for (d in seq_along(dose_weeks)) {
    s <- t - dose_weeks[d]
    on <- s >= 0
    csf[on] <- csf[on] + dose_mg[d] * exp(-k["csf"] * s[on])
    tissue[on] <- tissue[on] + dose_mg[d] * k["tissue"] / (k["tissue"] - k["csf"]) * (exp(-k["csf"] * s[on]) - exp(-k["tissue"] * s[on]))
  }
  inhibition <- max_inhibition * tissue^hill / (c50^hill + tissue^hill)
  sod1 <- follow(1 - inhibition, 2 * fine, k["sod1"], 1)
  neurofilament <- follow(sod1^omega, 4 * fine, k["neurofilament"], 1)
  shifted <- c(rep(1, delay / (4 * fine)), neurofilament)[seq_along(neurofilament)]
  multiplier <- shifted^eta
  n <- (length(multiplier) - 1) / 2
  pieces <- 8 * fine / 6 * (multiplier[2 * seq_len(n) - 1] + 4 * multiplier[2 * seq_len(n)] + multiplier[2 * seq_len(n) + 1])
  age <- c(0, cumsum(pieces))
  week <- 0:until
  data.frame(
    week = week,
    csf = csf[week / fine + 1], tissue = tissue[week / fine + 1],
    sod1 = sod1[week / (2 * fine) + 1], neurofilament = neurofilament[week / (4 * fine) + 1],
    multiplier = multiplier[week / (4 * fine) + 1], age = age[week / (8 * fine) + 1])
}

monthly <- function(from, to) if (from > to) numeric() else seq(from, to, by = 4)
label <- c(0, 2, monthly(4, until))
doses <- list(
  label = data.frame(week = label, mg = 100),
  forty = data.frame(week = label, mg = 40),
  delayed = data.frame(week = c(28, 30, monthly(32, until)), mg = 100),
  stopped = data.frame(week = c(0, 2, monthly(4, 24)), mg = 100),
  missed = data.frame(week = setdiff(label, 12), mg = 100),
  late = data.frame(week = c(0, 2, 4, 8, 12 + 0.375, monthly(16, until)), mg = 100),
  restarted = data.frame(week = c(0, 2, 4, 8, monthly(16, 24), 44, 46, monthly(48, until)), mg = 100))
result <- do.call(rbind, lapply(names(doses), function(name) {
  cbind(case = name, course(doses[[name]]$week, doses[[name]]$mg))
}))
result[, -1] <- lapply(result[, -1], function(x) sprintf("%.12g", x))
write.csv(result, "courses.csv", row.names = FALSE, quote = FALSE)
cat(R.version.string, "\n")
