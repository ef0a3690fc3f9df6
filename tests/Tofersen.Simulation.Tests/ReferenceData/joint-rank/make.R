# Reference data for the joint rank test (Finkelstein-Schoenfeld scores; CAFS when follow-up is censored).
#
# Purpose: score every participant against every other, rank the scores, and write down the scores, the ranks, the
# win statistics, the unadjusted test and the ANCOVA of the ranks, so that another program can be checked.
#
# Two families of data sets:
#   horizon-*  everybody is followed to the horizon or to death, and everybody alive has a change from baseline;
#   cafs-*     participants may be censored; function is compared at the last visit that both have.
#
# Run from this folder:  Rscript make.R
# If the package coin is installed, it is used as one more check of the unadjusted test.

RNGkind("Mersenne-Twister", "Inversion", "Rejection")
set.seed(20261122)

# ---- writing and reading ----------------------------------------------------------------------------------------

digits17 <- function(x) ifelse(is.na(x), "NA", ifelse(is.infinite(x), ifelse(x > 0, "Infinity", "-Infinity"),
                                                      sprintf("%.17g", x)))
writeData <- function(d, file) {
  cells <- lapply(d, function(x) ifelse(is.na(x), "", if (is.numeric(x)) sprintf("%.15g", x + 0) else as.character(x)))
  writeLines(c(paste(names(d), collapse = ","), do.call(paste, c(cells, sep = ","))), file)
}
writeExpected <- function(d, file) {
  cells <- lapply(d, function(x) if (is.double(x)) digits17(x) else ifelse(is.na(x), "NA", as.character(x)))
  writeLines(c(paste(names(d), collapse = ","), do.call(paste, c(cells, sep = ","))), file)
}
readData <- function(file) {
  d <- read.csv(file, na.strings = "", stringsAsFactors = FALSE)
  for (v in setdiff(names(d), c("participant", "arm"))) d[[v]] <- as.numeric(d[[v]])
  d
}
near <- function(a, b, tolerance = 1e-10) all(abs(a - b) <= tolerance * pmax(abs(a), abs(b), 1e-8))

# ---- rules ------------------------------------------------------------------------------------------------------

# Horizon family: +1 if participant i does better than j, -1 if worse, 0 if they tie.
#   both died: the later death is better; one died: the survivor is better; both alive: the larger change is better.
compareHorizon <- function(d, i, j) {
  diedI <- !is.na(d$deathDay[i])
  diedJ <- !is.na(d$deathDay[j])
  if (diedI && diedJ) return(sign(d$deathDay[i] - d$deathDay[j]))
  if (diedI) return(-1)
  if (diedJ) return(1)
  sign(d$change[i] - d$change[j])
}

# CAFS family:
#   both died: the later death is better, equal times tie;
#   one died at time t and the other was followed, alive, to t or beyond: the other is better;
#   otherwise (the death came after the other's censoring, or both are alive): the larger change at the last visit
#   at which both have a value is better, and with no common visit the two tie.
compareCafs <- function(d, i, j) {
  deathI <- d$deathMonths[i]
  deathJ <- d$deathMonths[j]
  if (!is.na(deathI) && !is.na(deathJ)) return(sign(deathI - deathJ))
  if (!is.na(deathI) && d$followUpMonths[j] >= deathI) return(-1)
  if (!is.na(deathJ) && d$followUpMonths[i] >= deathJ) return(1)
  for (v in paste0("v", 6:1)) {
    if (!is.na(d[[v]][i]) && !is.na(d[[v]][j])) return(sign(d[[v]][i] - d[[v]][j]))
  }
  0
}

pairMatrix <- function(d, compare) {
  n <- nrow(d)
  u <- matrix(0, n, n)
  for (i in seq_len(n - 1)) for (j in (i + 1):n) {
    u[i, j] <- compare(d, i, j)
    u[j, i] <- -u[i, j]
  }
  u
}

# Second route, written with whole matrices and no branch.
horizonAgain <- function(d) {
  # One number orders everybody: deaths first by day, then the living by change.
  value <- ifelse(is.na(d$deathDay), 1e6 + d$change, d$deathDay)
  sign(outer(value, value, "-"))
}
cafsAgain <- function(d) {
  n <- nrow(d)
  death <- ifelse(is.na(d$deathMonths), Inf, d$deathMonths)
  aliveFor <- d$followUpMonths
  died <- is.finite(death)
  u <- matrix(0, n, n)
  decided <- matrix(FALSE, n, n)
  for (v in paste0("v", 6:1)) {
    difference <- sign(outer(d[[v]], d[[v]], "-"))
    fresh <- !decided & !is.na(difference)
    u[fresh] <- difference[fresh]
    decided <- decided | fresh
  }
  both <- outer(died, died)
  u[both == 1] <- sign(outer(ifelse(died, death, 0), ifelse(died, death, 0), "-"))[both == 1]
  loses <- outer(died, !died) == 1 & outer(death, aliveFor, "<=")
  u[loses] <- -1
  u[t(loses)] <- 1
  diag(u) <- 0
  u
}

# ---- data -------------------------------------------------------------------------------------------------------

sets <- list()
arms <- function(n, ratio) {
  active <- round(n * ratio / (ratio + 1))
  sample(rep(c(0L, 1L), c(n - active, active)))
}

# The worked example with published results: 12 participants, 1-7 active, 8-12 control.
sets[["horizon-worked12"]] <- data.frame(
  participant = 1:12, arm = rep(c(1L, 0L), c(7, 5)),
  deathDay = c(NA, NA, NA, NA, 150, NA, NA, NA, 120, NA, NA, 95),
  change = c(-3, -1, -6, 0, NA, -4, -2, -7, NA, -3, -9, NA),
  baseline = c(38, 41, 35, 44, 30, 39, 36, 40, 33, 42, 37, 31))

horizonTrial <- function(n, ratio, hazard, digits, dayStep = 1, spread = 6, effect = 1.5) {
  arm <- arms(n, ratio)
  baseline <- round(pmin(pmax(rnorm(n, 37, 5.8), 15), 48))
  day <- ceiling(rexp(n, hazard * exp(-0.5 * arm - 0.08 * (baseline - 37))) / dayStep) * dayStep
  dead <- day <= 196
  change <- round(-6 + effect * arm + 0.1 * (baseline - 37) + rnorm(n, 0, spread), digits)
  data.frame(participant = seq_len(n), arm, deathDay = ifelse(dead, day, NA_real_),
             change = ifelse(dead, NA_real_, change), baseline)
}
repeat {  # ten participants, at least one death
  d <- horizonTrial(10, 1, 0.001, 0)
  if (sum(!is.na(d$deathDay)) == 1) break
}
sets[["horizon-trial10"]] <- d
sets[["horizon-trial60"]] <- horizonTrial(60, 2, 0.0006, 1)
sets[["horizon-ties108"]] <- horizonTrial(108, 2, 0.0005, 0, dayStep = 28, spread = 1, effect = 0.3)
sets[["horizon-trial400"]] <- horizonTrial(400, 1, 0.0015, 0, dayStep = 7)
sets[["horizon-noDeaths60"]] <- horizonTrial(60, 1, 1e-12, 0)
sets[["horizon-mostDied60"]] <- horizonTrial(60, 2, 0.02, 0, dayStep = 14)
d <- horizonTrial(12, 1, 1, 0)
d$deathDay <- sample(rep(c(30, 60, 90, 120), 3))
sets[["horizon-allDied12"]] <- d
# Every active participant beats every control: no losses.
sets[["horizon-allWins6"]] <- data.frame(participant = 1:6, arm = c(0L, 0L, 0L, 1L, 1L, 1L),
                                         deathDay = c(50, 80, NA, NA, NA, NA), change = c(NA, NA, -8, -1, 0, -3),
                                         baseline = c(30, 36, 41, 38, 33, 40))
# Every pair ties: no wins, no losses, no variance.
sets[["horizon-allTied6"]] <- data.frame(participant = 1:6, arm = c(0L, 1L, 0L, 1L, 0L, 1L), deathDay = NA_real_,
                                         change = -2, baseline = c(30, 36, 41, 38, 33, 40))

cafsTrial <- function(n, ratio, hazard, dropout, scattered, monthDigits = 1, spread = 1.6) {
  arm <- arms(n, ratio)
  baseline <- round(pmin(pmax(rnorm(n, 37, 5.8), 15), 48))
  death <- round(rexp(n, hazard * exp(-0.6 * arm)), monthDigits)
  censor <- pmin(6, round(rexp(n, dropout), monthDigits))
  followUp <- pmin(death, censor)
  dead <- death <= censor
  slope <- rnorm(n, -1 + 0.4 * arm, 0.7)
  v <- sapply(1:6, function(m) round(slope * m + rnorm(n, 0, spread)))
  v[outer(followUp, 1:6, "<") | (dead & outer(followUp, 1:6, "=="))] <- NA
  v[matrix(runif(6 * n) < scattered, n)] <- NA
  colnames(v) <- paste0("v", 1:6)
  data.frame(participant = seq_len(n), arm, deathMonths = ifelse(dead, followUp, NA_real_), followUpMonths = followUp,
             baseline, v)
}
# Small enough to check by hand. Between them: death exactly at another's censoring (2 and 3), equal death times
# (1 and 2), death after another's censoring (6 against 4), no common visit (4 and 5), nobody seen at all (10).
sets[["cafs-hand10"]] <- data.frame(
  participant = 1:10, arm = c(0L, 1L, 0L, 1L, 0L, 0L, 1L, 1L, 0L, 1L),
  deathMonths = c(3.5, 3.5, NA, NA, NA, 5.2, NA, NA, NA, NA),
  followUpMonths = c(3.5, 3.5, 3.5, 2, 6, 5.2, 6, 6, 4.4, 0.5),
  baseline = c(33, 35, 40, 42, 37, 31, 44, 39, 36, 38),
  v1 = c(-1, -2, 0, -3, NA, 0, 1, NA, -2, NA), v2 = c(-3, -2, -1, -1, NA, 0, 0, -1, -2, NA),
  v3 = c(-6, -5, -2, NA, -4, -1, -1, -2, NA, NA), v4 = c(NA, NA, NA, NA, -5, -7, -1, NA, -4, NA),
  v5 = c(NA, NA, NA, NA, -5, -9, NA, -3, NA, NA), v6 = c(NA, NA, NA, NA, -8, NA, -2, -3, NA, NA))
sets[["cafs-monotone60"]] <- cafsTrial(60, 1, 0.03, 0.06, 0)
sets[["cafs-scattered108"]] <- cafsTrial(108, 2, 0.02, 0.05, 0.25)
sets[["cafs-deaths400"]] <- cafsTrial(400, 1, 0.25, 0.15, 0.1)
sets[["cafs-noDeaths60"]] <- cafsTrial(60, 2, 1e-12, 0.05, 0.2)
# Whole months only: many death times are equal and many deaths fall on another's censoring time.
sets[["cafs-ties80"]] <- cafsTrial(80, 1, 0.12, 0.15, 0.3, monthDigits = 0, spread = 0.7)
# Complete follow-up: nothing depends on the common visit except the last one.
sets[["cafs-complete60"]] <- cafsTrial(60, 2, 0.03, 1e-12, 0)

for (name in names(sets)) writeData(sets[[name]], paste0(name, ".csv"))

# ---- analysis ---------------------------------------------------------------------------------------------------

rows <- list()
for (name in names(sets)) {
  d <- readData(paste0(name, ".csv"))
  stopifnot(isTRUE(all.equal(d, sets[[name]], check.attributes = FALSE, tolerance = 1e-14)))
  horizon <- startsWith(name, "horizon")
  if (horizon) stopifnot(is.na(d$deathDay) != is.na(d$change))
  u <- pairMatrix(d, if (horizon) compareHorizon else compareCafs)
  stopifnot(u == if (horizon) horizonAgain(d) else cafsAgain(d))
  n <- nrow(d)
  score <- rowSums(u)
  rank <- rank(score, ties.method = "average")
  if (horizon) stopifnot(rank == (score + n + 1) / 2)  # only where the comparison is transitive

  active <- d$arm == 1
  nA <- sum(active)
  nB <- n - nA
  between <- u[active, !active, drop = FALSE]
  wins <- sum(between == 1)
  losses <- sum(between == -1)
  ties <- sum(between == 0)
  T <- sum(score[active])
  stopifnot(T == wins - losses, wins + losses + ties == nA * nB)
  V <- nA * nB / (n * (n - 1)) * sum(score^2)
  Z <- if (V > 0) T / sqrt(V) else NA_real_
  p <- if (V > 0) 2 * pnorm(-abs(Z)) else NA_real_

  estimate <- se <- t <- pAncova <- intercept <- baselineSlope <- baselineSe <- sigma <- NA_real_
  if (V > 0) {
    fit <- lm(rank ~ baseline + arm, d)
    s <- summary(fit)
    table <- s$coefficients
    estimate <- table["arm", 1]
    se <- table["arm", 2]
    t <- table["arm", 3]
    pAncova <- table["arm", 4]
    intercept <- table["(Intercept)", 1]
    baselineSlope <- table["baseline", 1]
    baselineSe <- table["baseline", 2]
    sigma <- s$sigma
    # Second route: normal equations on centred columns.
    X <- cbind(1, d$baseline - mean(d$baseline), d$arm)
    inverse <- solve(crossprod(X))
    b <- inverse %*% crossprod(X, rank)
    s2 <- sum((rank - X %*% b)^2) / (n - 3)
    stopifnot(near(b[3], estimate), near(sqrt(s2 * inverse[3, 3]), se), near(sqrt(s2), sigma))

    # With a transitive order the unadjusted test is the Wilcoxon rank-sum test, uncorrected, ties in the variance.
    if (horizon) {
      value <- ifelse(is.na(d$deathDay), 1e6 + d$change, d$deathDay)
      w <- wilcox.test(value[active], value[!active], exact = FALSE, correct = FALSE)
      stopifnot(near(w$p.value, p), near(w$statistic, wins + ties / 2))
    }
    # In any case it is the permutation test of the scores with the normal approximation.
    if (requireNamespace("coin", quietly = TRUE)) {
      test <- coin::independence_test(score ~ factor(arm, levels = 1:0), d, teststat = "scalar")
      stopifnot(near(coin::statistic(test), Z), near(coin::pvalue(test), p))
    }
  }
  # Exact permutation p, two-sided: share of the allocations with |T| at least as large. Small trials only.
  pExact <- NA_real_
  if (n <= 12) {
    all <- combn(n, nA, function(k) sum(score[k]))
    pExact <- mean(abs(all) >= abs(T))
  }
  # Triples in which a beats b, b beats c and c beats a: not zero means that the comparison is not transitive.
  beats <- u == 1
  cycles <- sum(diag(beats %*% beats %*% beats)) / 3

  writeExpected(data.frame(participant = d$participant, score = as.integer(score), rank = rank),
                paste0("scores-", name, ".csv"))
  rows[[name]] <- data.frame(
    dataset = name, n = n, nControl = nB, nActive = nA, deaths = as.integer(sum(!is.na(d[[3]]))),
    cycles = as.integer(cycles), wins = wins, losses = losses, ties = ties,
    winRatio = if (losses > 0) wins / losses else if (wins > 0) Inf else NA_real_,
    winOdds = if (losses + ties > 0) (wins + ties / 2) / (losses + ties / 2) else Inf,
    netBenefit = (wins - losses) / (nA * nB), winProbability = (wins + ties / 2) / (nA * nB),
    meanRankControl = mean(rank[!active]), meanRankActive = mean(rank[active]),
    T = T, V = V, Z = Z, p = p, pExact = pExact,
    ancovaEstimate = estimate, ancovaSe = se, ancovaDf = n - 3L, ancovaT = t, ancovaP = pAncova,
    ancovaIntercept = intercept, ancovaBaseline = baselineSlope, ancovaBaselineSe = baselineSe, ancovaSigma = sigma)
}
summaryTable <- do.call(rbind, rows)
stopifnot(summaryTable["cafs-scattered108", "cycles"] > 0, summaryTable["cafs-complete60", "cycles"] == 0)

# ---- the published values of the worked example ------------------------------------------------------------------

published <- c(meanRankActive = "8.2143", meanRankControl = "4.1", winProbability = "0.842857", wins = "29",
               losses = "5", ties = "1", winRatio = "5.8", netBenefit = "0.685714", winOdds = "5.363636", T = "24",
               V = "151.1363636", Z = "1.952211008", p = "0.0509131578", pExact = "0.0530303",
               ancovaEstimate = "3.521126761", ancovaSe = "0.785478256", ancovaT = "4.482780694", ancovaDf = "9",
               ancovaP = "0.00152629744", ancovaBaseline = "0.610604805", ancovaBaselineSe = "0.092643056",
               ancovaSigma = "1.332625468")
worked <- summaryTable["horizon-worked12", ]
for (q in names(published)) {
  decimals <- nchar(sub("^[^.]*\\.?", "", published[[q]]))
  stopifnot(abs(worked[[q]] - as.numeric(published[[q]])) <= 0.5001 * 10^-decimals)
}
scores <- read.csv("scores-horizon-worked12.csv")
stopifnot(scores$score == c(4, 9, -1, 11, -7, 1, 7, -3, -9, 4, -5, -11),
          scores$rank == c(8.5, 11, 6, 12, 3, 7, 10, 5, 2, 8.5, 4, 1))
writeLines(c("quantity,value", paste(names(published), published, sep = ",")), "published-worked12.csv")

writeExpected(summaryTable[startsWith(summaryTable$dataset, "horizon"), ], "summary-horizon.csv")
writeExpected(summaryTable[startsWith(summaryTable$dataset, "cafs"), ], "summary-cafs.csv")

# ---- win statistics with variances, stratified versions --------------------------------------------------------------
#
# Strata of the stratified rows: baseline below 34, from 34 to below 40, from 40 on (column stratum below). General
# covariances are sample covariances of row and column sums of the matrix of pairs; the variance under no effect follows
# Dong et al. 2016 (sums over pairs of pairs that share a participant, centred at the common share theta); strata are
# added with weights 1/N.

cut3 <- function(b) 1L + (b >= 34) + (b >= 40)
winRow <- function(name, d, u, stratum, label) {
  A <- B <- Q <- V11 <- V22 <- V12 <- V0 <- T <- V <- P <- 0
  determined <- TRUE
  allScores <- list()
  for (s in sort(unique(stratum))) {
    k <- stratum == s
    us <- u[k, k, drop = FALSE]
    active <- d$arm[k] == 1
    n1 <- sum(active)
    n0 <- sum(!active)
    n <- n1 + n0
    if (n1 == 0 || n0 == 0) next
    score <- rowSums(us)
    pairs <- us[active, !active, drop = FALSE]
    K <- (pairs == 1) * 1
    L <- (pairs == -1) * 1
    T <- T + sum(score[active])
    V <- V + n1 * n0 / (n * (n - 1)) * sum(score^2)
    P <- P + n1 * n0
    A <- A + sum(K) / n
    B <- B + sum(L) / n
    Q <- Q + n1 * n0 / n
    allScores[[length(allScores) + 1]] <- list(score = score, n1 = n1)
    determined <- determined && n1 > 1 && n0 > 1
    if (!determined) next
    V11 <- V11 + (n1 * var(rowSums(K)) + n0 * var(colSums(K))) / n^2
    V22 <- V22 + (n1 * var(rowSums(L)) + n0 * var(colSums(L))) / n^2
    V12 <- V12 + (n1 * cov(rowSums(K), rowSums(L)) + n0 * cov(colSums(K), colSums(L))) / n^2
    theta <- (sum(K) + sum(L)) / (2 * n1 * n0)
    shared <- function(M1, M2) {
      c1 <- M1 - theta
      c2 <- M2 - theta
      byActive <- sum(c1 * (rowSums(c2) - c2)) / (n0 - 1)
      byControl <- sum(c1 * (rep(1, n1) %o% colSums(c2) - c2)) / (n1 - 1)
      n1 * n0 * (byActive / n1 + byControl / n0)
    }
    V0 <- V0 + (shared(K, K) + shared(L, L) - 2 * shared(K, L)) / n^2
  }
  D <- A - B
  if (!determined) V11 <- V22 <- V12 <- V0 <- NA_real_
  VD <- V11 + V22 - 2 * V12
  tidy <- function(estimate, variance) if (is.finite(estimate) && !is.na(variance) && variance > 1e-12) sqrt(variance) else NA_real_
  wr <- log(A / B)
  wo <- log((Q + D) / (Q - D))
  nb <- D / Q
  # Exact permutation over all allocations within strata, for small trials.
  pExact <- NA_real_
  if (nrow(d) <= 12 && V > 0) {
    sums <- 0
    for (s in allScores) sums <- as.vector(outer(sums, combn(length(s$score), s$n1, function(k) sum(s$score[k])), "+"))
    pExact <- mean(abs(sums) >= abs(T))
  }
  data.frame(dataset = name, strata = label, wins = A, losses = B, pairs = Q,
             logWinRatio = wr, logWinRatioSe = tidy(wr, V11 / A^2 + V22 / B^2 - 2 * V12 / (A * B)),
             logWinRatioSeNull = tidy(wr, V0 / ((A + B) / 2)^2),
             logWinOdds = wo, logWinOddsSe = tidy(wo, VD * (1 / (Q + D) + 1 / (Q - D))^2),
             logWinOddsSeNull = tidy(wo, V0 * (2 / Q)^2),
             netBenefit = nb, netBenefitSe = tidy(nb, VD / Q^2), netBenefitSeNull = tidy(nb, V0 / Q^2),
             unadjusted = T / P, unadjustedSe = if (V > 0) sqrt(V) / P else NA_real_,
             Z = if (V > 0) T / sqrt(V) else NA_real_, pExact = pExact)
}
winRows <- list()
for (name in names(sets)) {
  d <- readData(paste0(name, ".csv"))
  u <- pairMatrix(d, if (startsWith(name, "horizon")) compareHorizon else compareCafs)
  winRows[[length(winRows) + 1]] <- winRow(name, d, u, rep(1, nrow(d)), "none")
  winRows[[length(winRows) + 1]] <- winRow(name, d, u, cut3(d$baseline), "baseline")
}
winTable <- do.call(rbind, winRows)
plain <- winTable$strata == "none"
stopifnot(near(winTable$Z[plain & !is.na(winTable$Z)], summaryTable$Z[!is.na(summaryTable$Z)]))
# Second route for the stratified unadjusted test, and for the exact one, where coin is installed.
if (requireNamespace("coin", quietly = TRUE)) {
  for (name in names(sets)) {
    d <- readData(paste0(name, ".csv"))
    u <- pairMatrix(d, if (startsWith(name, "horizon")) compareHorizon else compareCafs)
    stratum <- cut3(d$baseline)
    d$score <- rowSums(u * outer(stratum, stratum, "=="))
    d$stratum <- factor(stratum)
    both <- ave(d$arm, d$stratum, FUN = mean) %in% c(0, 1)
    d <- d[!both, ]
    row <- winTable[winTable$dataset == name & winTable$strata == "baseline", ]
    if (is.na(row$Z) || nrow(d) == 0) next
    d$stratum <- droplevels(d$stratum)
    test <- if (nlevels(d$stratum) > 1) coin::independence_test(score ~ factor(arm, levels = 1:0) | stratum, d, teststat = "scalar")
            else coin::independence_test(score ~ factor(arm, levels = 1:0), d, teststat = "scalar")
    stopifnot(near(coin::statistic(test), row$Z))
  }
  # Exact p of larger trials by the shift algorithm.
  exactRows <- list()
  for (name in c("horizon-worked12", "horizon-trial60", "horizon-mostDied60", "cafs-monotone60", "cafs-ties80", "cafs-complete60",
                 "horizon-ties108", "cafs-scattered108")) {
    d <- readData(paste0(name, ".csv"))
    d$score <- as.integer(rowSums(pairMatrix(d, if (startsWith(name, "horizon")) compareHorizon else compareCafs)))
    test <- coin::independence_test(score ~ factor(arm, levels = 1:0), d, teststat = "scalar",
                                    distribution = coin::exact(algorithm = "shift"))
    exactRows[[name]] <- data.frame(dataset = name, p = as.numeric(coin::pvalue(test)))
  }
  writeExpected(do.call(rbind, exactRows), "exact.csv")
}
writeExpected(winTable, "win-statistics.csv")
