# Reference data for group-sequential boundaries: rpact, and a plain recursion on a very fine grid (plain.R).
# Run from this folder:  Rscript make.R
suppressMessages(library(rpact))
source("plain.R")

digits17 <- function(x) ifelse(is.infinite(x), ifelse(x > 0, "Infinity", "-Infinity"), ifelse(is.na(x), "", sprintf("%.17g", x)))
equal <- function(K) c(seq_len(K - 1) / K, 1)

# rpact's own error grows where looks are close together: 1e-6 for the z values of equally spaced looks, 1e-4 for the uneven ones here;
# NA where it gives up or is far off, and is not asked. It also calls critical values from about 8 on infinite.
designs <- list()
add <- function(fractions, type, parameter = NA, alpha = 0.025, futility = "none", bounds = numeric(0), betaType = "",
                betaParameter = NA, beta = 0.2, binding = FALSE, tolerance = 1e-6) {
  designs[[length(designs) + 1]] <<- list(fractions = fractions, type = type, parameter = parameter, alpha = alpha,
    futility = futility, bounds = bounds, betaType = betaType, betaParameter = betaParameter, beta = beta, binding = binding,
    tolerance = tolerance)
}

shapes <- list(list("OF", NA), list("P", NA), list("WT", 0.25), list("WT", -0.2), list("HP", 3), list("asOF", NA), list("asP", NA),
  list("asKD", 2), list("asKD", 0.7), list("asHSD", -4), list("asHSD", 1), list("asHSD", 0))
for (K in 1:10) for (s in shapes) add(equal(K), s[[1]], s[[2]])
uneven <- list(c(0.2, 0.9, 1), c(0.5, 0.55, 0.6, 1), c(0.1, 0.3, 0.7, 0.95, 1), c(0.97, 1))
for (f in uneven) for (a in c(0.005, 0.05)) for (s in shapes[c(1, 2, 3, 6, 7, 8, 10)]) add(f, s[[1]], s[[2]], a, tolerance = 1e-4)
for (s in shapes[c(1, 2, 6, 7, 10)]) {
  add(c(0.01, 0.02, 0.99, 1), s[[1]], s[[2]], tolerance = NA)
  add(c(0.5, 0.5001, 1), s[[1]], s[[2]], tolerance = NA)
}
betas <- list(list("OF", NA), list("P", NA), list("KD", 2), list("HSD", -2))
for (K in c(1, 2, 3, 5)) for (b in betas) for (s in shapes[c(6, 7, 10)]) for (binding in c(FALSE, TRUE)) {
  add(equal(K), s[[1]], s[[2]], 0.025, "beta", betaType = b[[1]], betaParameter = b[[2]], beta = 0.2, binding = binding)
}
for (b in betas) for (binding in c(FALSE, TRUE)) {
  add(c(0.3, 0.8, 1), "asOF", NA, 0.05, "beta", tolerance = 1e-4, betaType = b[[1]], betaParameter = b[[2]], beta = 0.1, binding = binding)
}
for (s in shapes) for (binding in c(FALSE, TRUE)) {
  add(equal(3), s[[1]], s[[2]], 0.025, "fixed", c(0, 0.5), binding = binding)
  add(c(0.4, 0.6, 0.9, 1), s[[1]], s[[2]], 0.01, "fixed", c(-1, 0.2, 1), binding = binding, tolerance = 1e-4)
}

by.rpact <- function(d) {
  arguments <- list(kMax = length(d$fractions), informationRates = d$fractions, alpha = d$alpha, beta = d$beta, sided = 1,
    typeOfDesign = d$type, tolerance = 1e-10)
  if (d$type == "WT") arguments$deltaWT <- d$parameter
  if (d$type == "HP") arguments$constantBoundsHP <- d$parameter
  if (d$type %in% c("asKD", "asHSD")) arguments$gammaA <- d$parameter
  if (length(d$fractions) > 1 && d$futility == "fixed") {
    arguments$futilityBounds <- d$bounds
    arguments$bindingFutility <- d$binding
  }
  if (length(d$fractions) > 1 && d$futility == "beta") {
    arguments$typeBetaSpending <- paste0("bs", d$betaType)
    if (!is.na(d$betaParameter)) arguments$gammaB <- d$betaParameter
    arguments$bindingFutility <- d$binding
  }
  suppressWarnings(do.call(getDesignGroupSequential, arguments))
}

drifts <- c(-1.5, 0, 1.2, 2.8, 4.5)
rows <- bounds <- probabilities <- sizes <- NULL
worst <- c(even = 0, uneven = 0, probability = 0, drift = 0)
note <- function(name, a, b) {
  d <- abs(a - b)
  d[a == b] <- 0
  worst[name] <<- max(worst[name], d, na.rm = TRUE)
}
for (id in seq_along(designs)) {
  d <- designs[[id]]
  K <- length(d$fractions)
  p <- plain.design(d)
  r <- if (is.na(d$tolerance)) NULL else by.rpact(d)
  rpact.upper <- if (is.null(r)) rep(NA, K) else r$criticalValues
  rpact.lower <- rep(-Inf, K)
  if (K > 1 && d$futility != "none" && !is.null(r)) rpact.lower[-K] <- r$futilityBounds
  rpact.lower[K] <- rpact.upper[K]
  rpact.lower[rpact.lower <= -6] <- -Inf
  rpact.upper[is.infinite(rpact.upper) | p$upper > 8] <- NA
  name <- if (is.na(d$tolerance) || d$tolerance < 1e-5) "even" else "uneven"
  note(name, rpact.upper, p$upper)
  note(name, rpact.lower, p$lower)
  rows <- rbind(rows, data.frame(design = id, fractions = paste(digits17(d$fractions), collapse = " "), alpha = d$alpha, shape = d$type,
    parameter = digits17(d$parameter), futility = d$futility, bounds = paste(d$bounds, collapse = " "), betaShape = d$betaType,
    betaParameter = digits17(d$betaParameter), beta = d$beta, binding = d$binding, drift = digits17(p$drift),
    rpactTolerance = ifelse(is.na(d$tolerance), "", d$tolerance)))
  bounds <- rbind(bounds, data.frame(design = id, look = seq_len(K), efficacy = digits17(p$upper), futility = digits17(p$lower),
    alphaSpent = digits17(p$alpha), betaSpent = digits17(if (d$futility == "beta") p$beta else rep(0, K)),
    rpactEfficacy = digits17(rpact.upper), rpactFutility = digits17(rpact.lower)))
  if (K > 1 && (id %% 3 == 0 || d$futility != "none")) for (drift in drifts) {
    q <- plain.probabilities(d$fractions, p$upper, p$lower, drift)
    reject <- stop.futility <- rep(NA, K)
    if (!is.null(r)) {
      power <- getPowerAndAverageSampleNumber(r, theta = drift / 10, nMax = 100)
      reject <- as.vector(power$rejectPerStage)
      note("probability", reject, q$efficacy)
    }
    probabilities <- rbind(probabilities, data.frame(design = id, drift = drift, look = seq_len(K), efficacy = digits17(q$efficacy),
      futility = digits17(q$futility), rpactEfficacy = digits17(reject)))
  }
  if (K > 1 && !is.null(r) && (K <= 5 || id %% 4 == 0)) {
    n <- getSampleSizeMeans(r, groups = 2, alternative = 1.2, stDev = 5.5, normalApproximation = TRUE)
    one <- getSampleSizeMeans(getDesignGroupSequential(kMax = 1, alpha = d$alpha, beta = d$beta, sided = 1), groups = 2,
      alternative = 1.2, stDev = 5.5, normalApproximation = TRUE)
    characteristics <- getDesignCharacteristics(r)
    if (d$futility == "beta") note("drift", sqrt(characteristics$shift), p$drift)
    sizes <- rbind(sizes, data.frame(design = id, power = 1 - d$beta, drift = digits17(sqrt(characteristics$shift)),
      inflation = digits17(characteristics$inflationFactor), fixed = digits17(as.vector(one$nFixed)),
      maximum = digits17(as.vector(n$maxNumberOfSubjects)), expected = digits17(as.vector(n$expectedNumberOfSubjectsH1)),
      expectedH0 = digits17(characteristics$averageSampleNumber0)))
  }
}
write.csv(rows, "designs.csv", row.names = FALSE, quote = FALSE)
write.csv(bounds, "bounds.csv", row.names = FALSE, quote = FALSE)
write.csv(probabilities, "probabilities.csv", row.names = FALSE, quote = FALSE)
write.csv(sizes, "sizes.csv", row.names = FALSE, quote = FALSE)
cat(length(designs), "designs; largest differences between rpact and the plain recursion:\n")
print(worst)
