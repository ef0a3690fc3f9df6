# Reference data for quantiles of prior distributions.
#
# Truncated normal and log-normal distributions by qnorm on the log scale of the nearer tail; beta by qbeta; the triangular
# distribution by solving its distribution function, integrated numerically from the density.
#
# Run from this folder:  Rscript make.R

digits17 <- function(x) ifelse(is.na(x), "NA", sprintf("%.17g", x))
writeTable <- function(d, file) {
  cells <- lapply(d, function(x) if (is.double(x)) digits17(x) else as.character(x))
  writeLines(c(paste(names(d), collapse = ","), do.call(paste, c(cells, sep = ","))), file)
}
probabilities <- c(1e-12, 1e-6, 0.001, 0.025, 0.2, 0.5, 0.8, 0.975, 0.999, 1 - 1e-6)

truncated <- function(p, a, b) {
  # From whichever tail is smaller, so that probabilities keep their digits.
  if (a > 0) return(-truncated(1 - p, -b, -a))
  mass <- if (b <= 0) pnorm(b) - pnorm(a) else 1 - pnorm(a) - pnorm(b, lower.tail = FALSE)
  below <- pnorm(a) + p * mass
  if (below <= 0.5) qnorm(below) else qnorm(pnorm(b, lower.tail = FALSE) + (1 - p) * mass, lower.tail = FALSE)
}
triangular <- function(p, a, c, b) {
  density <- function(x) ifelse(x < c, 2 * (x - a) / ((b - a) * (c - a)), 2 * (b - x) / ((b - a) * (b - c)))
  mass <- function(from, to) if (to > from) integrate(density, from, to, rel.tol = 1e-12, abs.tol = 0)$value else 0
  left <- mass(a, c)
  f <- function(x) if (x <= c) mass(a, x) - p else left + mass(c, x) - p
  uniroot(f, c(a, b), tol = 1e-14)$root
}

cases <- list(
  list("normal(0.4,0.1)", function(p) qnorm(p, 0.4, 0.1)),
  list("normal(-3,25)", function(p) qnorm(p, -3, 25)),
  list("normal(0.4,0.1,min=0,max=1)", function(p) 0.4 + 0.1 * truncated(p, -4, 6)),
  list("normal(0.4,0.3,min=0,max=1)", function(p) 0.4 + 0.3 * truncated(p, -4 / 3, 2)),
  list("normal(0,1,min=2)", function(p) truncated(p, 2, Inf)),
  list("normal(0,1,max=-3)", function(p) truncated(p, -Inf, -3)),
  list("normal(0,1,min=4,max=5)", function(p) truncated(p, 4, 5)),
  list("logNormal(12,0.5)", function(p) qlnorm(p, log(12), 0.5)),
  list("logNormal(2,1.2,min=0.5,max=4)", function(p) 2 * exp(1.2 * truncated(p, log(0.25) / 1.2, log(2) / 1.2))),
  list("logNormal(2,1.2,max=1)", function(p) 2 * exp(1.2 * truncated(p, -Inf, log(0.5) / 1.2))),
  list("uniform(-2,5)", function(p) qunif(p, -2, 5)),
  list("beta(2,3)", function(p) qbeta(p, 2, 3)),
  list("beta(0.5,0.5)", function(p) qbeta(p, 0.5, 0.5)),
  list("beta(0.2,7)", function(p) qbeta(p, 0.2, 7)),
  list("beta(1,1)", function(p) qbeta(p, 1, 1)),
  list("beta(400,300)", function(p) qbeta(p, 400, 300)),
  list("beta(30000,2)", function(p) qbeta(p, 30000, 2)),
  list("beta(5,2,min=-1,max=3)", function(p) -1 + 4 * qbeta(p, 5, 2)))
rows <- list()
for (case in cases) {
  for (p in probabilities) {
    rows[[length(rows) + 1]] <- data.frame(
      distribution = gsub(",", ";", case[[1]]), probability = p, quantile = case[[2]](p))
  }
}
for (t in list(c(1, 1.9, 3), c(0, 0, 1), c(-2, 4, 4), c(0, 0.3, 0.9))) {
  for (p in probabilities[3:9]) {
    rows[[length(rows) + 1]] <- data.frame(
      distribution = sprintf("triangular(%g;%g;%g)", t[1], t[2], t[3]), probability = p, quantile = triangular(p, t[1], t[2], t[3]))
  }
}
writeTable(do.call(rbind, rows), "quantiles.csv")
