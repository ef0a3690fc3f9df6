# Reference data for natural histories: courses of the score, quantiles of mixtures of log-normal rates, and the TRICALS
# risk profile with its survival function.
#
# Courses come from their differential equations, by Runge-Kutta in small steps that begin anew at every kink, so that no
# closed form is shared with the program that is checked. Quantiles come from root finding on the logarithm of the smaller
# tail. TRICALS is written out from the published coefficients.
#
# Run from this folder:  Rscript make.R

digits17 <- function(x) sprintf("%.17g", x + 0)
write <- function(name, header, lines) writeLines(c(header, lines), paste0(name, ".csv"))

# --- courses ---------------------------------------------------------------------------------------------------------

runge.kutta <- function(y, from, to, slope, steps = 4000) {
  if (to <= from) return(y)
  h <- (to - from) / steps
  t <- from
  for (i in 1:steps) {
    k1 <- slope(t, y)
    k2 <- slope(t + h / 2, y + h / 2 * k1)
    k3 <- slope(t + h / 2, y + h / 2 * k2)
    k4 <- slope(t + h, y + h * k3)
    y <- y + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
    t <- t + h
  }
  y
}

# The time at which a falling course reaches the attenuation score, by bisection; Inf if it does not.
reach <- function(y, score, slope, end) {
  if (y <= score) return(0)
  at <- function(t) runge.kutta(y, 0, t, slope)
  if (at(end) > score) return(Inf)
  uniroot(function(t) at(t) - score, c(0, end), tol = 1e-12)$root
}

# Course with rate(t), kinks of the rate, and attenuation below a score.
course <- function(baseline, rate, kinks, attenuation, ages) {
  free <- function(t, y) -rate(t)
  end <- max(ages)
  knee <- Inf
  if (attenuation > 0) {
    # Pieces between kinks, so that Runge-Kutta does not step across one.
    points <- c(0, kinks[kinks < end], end)
    y <- baseline
    if (y <= attenuation) knee <- 0
    for (i in seq_len(length(points) - 1)) {
      if (is.finite(knee)) break
      shifted <- function(t, y) -rate(points[i] + t)
      found <- reach(y, attenuation, shifted, points[i + 1] - points[i])
      if (is.finite(found)) knee <- points[i] + found
      y <- runge.kutta(y, points[i], points[i + 1], free)
    }
  }
  slope <- function(t, y) if (t >= knee) -rate(t) * min(1, y / attenuation) else -rate(t)
  sapply(ages, function(age) {
    points <- sort(unique(c(0, kinks[kinks < age], if (knee < age) knee, age)))
    y <- baseline
    for (i in seq_len(length(points) - 1)) {
      inside <- (points[i] + points[i + 1]) / 2
      piece <- if (inside > knee) function(t, y) -rate(t) * y / attenuation else free
      y <- runge.kutta(y, points[i], points[i + 1], piece)
    }
    y
  })
}

ages <- c(0, 0.5, 2, 5.5, 11, 14, 23, 40, 60)

lines <- c()
for (case in list(c(36, 1), c(36, 2.5), c(44, 0.5), c(24, 1.35), c(10, 0.8), c(40, -0.4), c(3, 0.2))) {
  dx <- case[1] * (48 - case[1]) / (48 * case[2])
  for (age in ages) {
    y <- runge.kutta(case[1], 0, age, function(t, y) -y * (48 - y) / (48 * dx))
    lines <- c(lines, paste(case[1], case[2], age, digits17(dx), digits17(y), sep = ","))
  }
}
write("sigmoid", "baseline,rate,age,dx,score", lines)

lines <- c()
for (case in list(c(36, 1, 0.05, 12), c(36, 2, 0.3, 12), c(40, 0.4, 0.02, 0), c(40, 1.5, -0.1, 12), c(20, 0.8, -0.02, 12),
                  c(8, 1, 0.1, 12), c(40, -0.5, -0.1, 12), c(30, 1, 0, 20))) {
  rate <- function(t) max(min(case[2], 0), case[2] + case[3] * t)
  stop.at <- if (case[3] < 0 && case[2] > 0) -case[2] / case[3] else c()
  y <- course(case[1], rate, stop.at, case[4], ages)
  lines <- c(lines, paste(case[1], case[2], case[3], case[4], ages, digits17(y), sep = ","))
}
write("quadratic", "baseline,rate,acceleration,attenuation,age,score", lines)

lines <- c()
for (case in list(c(36, 1, 6, 2, 12), c(36, 2, 9, 0.25, 12), c(36, 2, 20, 3, 12), c(40, 1.5, 4, 0, 12), c(30, 2.5, 5, 1.5, 0),
                  c(9, 0.7, 10, 3, 12), c(40, -0.5, 6, 2, 12))) {
  rate <- function(t) if (t < case[3]) case[2] else case[2] * case[4]
  # Runge-Kutta asks for the rate at the kink itself from both sides: the pieces decide.
  pieces <- function(baseline, ages) {
    sapply(ages, function(age) {
      y <- baseline
      for (piece in list(list(0, min(age, case[3]), case[2]), list(case[3], age, case[2] * case[4]))) {
        length <- piece[[2]] - piece[[1]]
        if (length <= 0) next
        free <- function(t, y) -piece[[3]]
        knee <- if (case[5] > 0) reach(y, case[5], free, length) else Inf
        y <- runge.kutta(y, 0, min(length, knee), free)
        if (is.finite(knee)) y <- runge.kutta(y, knee, length, function(t, y) -piece[[3]] * y / case[5])
      }
      y
    })
  }
  lines <- c(lines, paste(case[1], case[2], case[3], case[4], case[5], ages, digits17(pieces(case[1], ages)), sep = ","))
}
write("broken-stick", "baseline,rate,change,factor,attenuation,age,score", lines)

# --- mixtures --------------------------------------------------------------------------------------------------------

mixtures <- list(
  overlapping = rbind(c(60, 1.35, 1.45), c(48, 0.42, 0.5)),
  apart = rbind(c(63, 3, 0.6), c(110, 0.4, 0.1)),
  rare = rbind(c(1, 8, 2), c(99, 0.5, 0.4)),
  three = rbind(c(2, 0.2, 0.1), c(5, 0.8, 0.3), c(3, 2.5, 1.7)),
  single = rbind(c(3, 1.2, 0.8)))
lines <- c()
moments <- c()
for (name in names(mixtures)) {
  m <- mixtures[[name]]
  w <- m[, 1] / sum(m[, 1])
  s2 <- log(1 + (m[, 3] / m[, 2])^2)
  mu <- log(m[, 2]) - s2 / 2
  for (z in seq(-6, 6, by = 0.375)) {
    lower <- z <= 0
    target <- pnorm(-abs(z), log.p = TRUE)
    f <- function(x) log(sum(w * plnorm(exp(x), mu, sqrt(s2), lower.tail = lower))) - target
    bracket <- range(mu + sqrt(s2) * z) + c(-1e-9, 1e-9)
    x <- uniroot(f, bracket, tol = 1e-15, maxiter = 10000)$root
    lines <- c(lines, paste(name, z, digits17(exp(x)), sep = ","))
  }
  mean <- integrate(function(x) sapply(x, function(v) sum(w * plnorm(v, mu, sqrt(s2), lower.tail = FALSE))), 0, Inf,
                    rel.tol = 1e-10, subdivisions = 5000)$value
  second <- sum(w * exp(2 * mu + 2 * s2))
  moments <- c(moments, paste(name, digits17(mean), digits17(sqrt(second - mean^2)), sep = ","))
}
write("mixtures", "name,z,value", lines)
write("mixture-moments", "name,mean,sd", moments)
write("mixture-classes", "name,weight,mean,sd",
      unlist(lapply(names(mixtures), function(n) apply(mixtures[[n]], 1, function(r) paste(n, r[1], r[2], r[3], sep = ",")))))

# --- TRICALS ---------------------------------------------------------------------------------------------------------

k.min <- 0.081; k.max <- 5.917; k <- c(3.108, 3.638)
lambda <- (k.max - k) / (k.max - k.min)
stopifnot(abs(lambda - c(0.481323, 0.390507)) < 1e-6)
plus3 <- function(v) pmax(v, 0)^3
spline <- function(x) -6.409 + 2.643 * x +
  -0.546 * (plus3(x - k[1]) - lambda[1] * plus3(x - k.min) - (1 - lambda[1]) * plus3(x - k.max)) +
  0.585 * (plus3(x - k[2]) - lambda[2] * plus3(x - k.min) - (1 - lambda[2]) * plus3(x - k.max))
survival <- function(t, lp) 1 / (1 + exp(spline(log(t)) + lp))
median.of <- function(lp) exp(uniroot(function(x) spline(x) + lp, c(-20, 20), tol = 1e-14)$root)

predictor <- function(b, loss, delay, age, vc, bulbar, definite, ftd, c9)
  b[1] * (loss + 0.1)^-0.5 + b[2] * ((delay / 10)^-0.5 + log(delay / 10)) + b[3] * (age / 100)^-2 +
    b[4] * ((vc / 100)^-1 + (vc / 100)^-0.5) + b[5] * bulbar + b[6] * definite + b[7] * ftd + b[8] * c9
seven <- c(-1.839, -2.376, -0.264, 0.474, 0.271, 0.238, 0.415, 0)
eight <- c(-1.837, -2.373, -0.267, 0.477, 0.269, 0.233, 0.388, 0.256)

lines <- c()
for (case in list(c(10 / 14, 11, 60, 85, 0, 0, 0, 0), c(0.3, 24, 45, 100, 0, 0, 0, 0), c(2.2, 4, 70, 55, 1, 1, 1, 1),
                  c(1.1, 9, 64.7, 78, 1, 0, 0, 1), c(0.05, 60, 30, 110, 0, 1, 0, 0), c(3, 1.5, 50, 90, 0, 0, 1, 0))) {
  lp <- do.call(predictor, c(list(seven), as.list(case)))
  lp8 <- do.call(predictor, c(list(eight), as.list(case)))
  lines <- c(lines, paste(c(sapply(case, function(v) sprintf("%.17g", v)), digits17(lp), digits17(lp8),
                            digits17(median.of(lp))), collapse = ","))
}
write("tricals", "loss,delay,age,vc,bulbar,definite,dementia,c9,predictor,predictor8,median", lines)

lines <- c()
for (lp in c(-12, -8, -6, -4, -2, 0, 3)) for (t in c(0.5, 1.08, 6, 12, 22, 24, 36, 38, 60, 120, 371, 400, 900)) {
  h <- 1e-5
  hazard <- -(log(survival(t * (1 + h), lp)) - log(survival(t * (1 - h), lp))) / (2 * h * t)
  lines <- c(lines, paste(lp, t, digits17(survival(t, lp)), digits17(hazard), digits17(median.of(lp)), sep = ","))
}
write("tricals-survival", "predictor,months,survival,hazard,median", lines)
