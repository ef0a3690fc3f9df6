# Reference data for the slope analysis: one straight line per participant, then ANCOVA of the slopes.
#
# Purpose: write down each participant's least-squares slope (points per month) and the comparison of the arms' slopes,
# so that another program can be checked.
#
# Run from this folder:  Rscript make.R

RNGkind("Mersenne-Twister", "Inversion", "Rejection")
set.seed(20261122)

digits17 <- function(x) ifelse(is.na(x), "NA", sprintf("%.17g", x + 0))
writeData <- function(d, file) {
  cells <- lapply(d, function(x) ifelse(is.na(x), "", if (is.numeric(x)) sprintf("%.15g", x + 0) else as.character(x)))
  writeLines(c(paste(names(d), collapse = ","), do.call(paste, c(cells, sep = ","))), file)
}
writeExpected <- function(d, file) {
  cells <- lapply(d, function(x) if (is.double(x)) digits17(x) else ifelse(is.na(x), "NA", as.character(x)))
  writeLines(c(paste(names(d), collapse = ","), do.call(paste, c(cells, sep = ","))), file)
}
near <- function(a, b, tolerance = 1e-9) {
  all(is.na(a) == is.na(b)) && all(abs(a - b) <= tolerance * pmax(abs(a), abs(b), 1e-3), na.rm = TRUE)
}

# ---- data -------------------------------------------------------------------------------------------------------

# One row per planned visit that took place; the score of a visit that took place may still be missing (empty).
longTrial <- function(n, ratio, weeks, noVisit, noScore, dropout, jitter = 0.12, digits = 0) {
  active <- round(n * ratio / (ratio + 1))
  arm <- sample(rep(c(0L, 1L), c(n - active, active)))
  stratum <- ifelse(runif(n) < 0.4, "fast", "slow")
  start <- rnorm(n, 37, 5)
  slope <- rnorm(n, ifelse(stratum == "fast", -1.6, -0.6) * ifelse(arm == 1, 0.7, 1), 0.5)
  last <- rexp(n, dropout)
  planned <- weeks / 4.345
  rows <- lapply(seq_len(n), function(i) {
    month <- c(0, planned[-1] + runif(length(planned) - 1, -jitter, jitter))
    came <- c(TRUE, month[-1] <= last[i] & runif(length(planned) - 1) > noVisit)
    month <- round(month[came], 3)
    score <- round(pmin(pmax(start[i] + slope[i] * month + rnorm(length(month), 0, 1.5), 0), 48), digits)
    score[runif(length(month)) < noScore] <- NA
    data.frame(participant = i, arm = arm[i], stratum = stratum[i], month, score)
  })
  do.call(rbind, rows)
}

sets <- list()
# Twelve participants, a few visits. Participant 1 keeps one visit; participant 2 has two values at the same time and
# no other, so no slope; participant 3 has two visits; participant 4 has three values at two distinct times;
# participant 5 has no score at all.
d <- longTrial(12, 1, c(0, 4, 8, 12, 16), 0.1, 0, 0.02)
d <- d[!(d$participant %in% 1:4), ]
d$score[d$participant == 5] <- NA
special <- data.frame(participant = c(1, 2, 2, 3, 3, 4, 4, 4), month = c(0, 0, 0, 0, 2.814, 0, 1.872, 1.872),
                      score = c(38, 40, 41, 35, 33, 42, 41, 39))
special$arm <- c(0L, 1L, 1L, 0L)[special$participant]
special$stratum <- c("slow", "fast", "fast", "slow")[special$participant]
d <- rbind(special[names(d)], d)
d$participant <- as.integer(d$participant)
sets$slopes12 <- d

sets$slopes108 <- longTrial(108, 2, c(0, 4, 8, 12, 16, 20, 24, 28), 0.08, 0.03, 0.09)
# Long follow-up, scattered gaps, scores with decimals, rows in random order.
d <- longTrial(300, 1, c(0, 2, 4, 8, 12, 16, 20, 24, 28, 36, 44, 52), 0.15, 0.05, 0.12, jitter = 0.3, digits = 1)
sets$slopes300 <- d[sample(nrow(d)), ]

for (name in names(sets)) writeData(sets[[name]], paste0(name, ".csv"))

# ---- analysis ---------------------------------------------------------------------------------------------------

slopeRows <- list()
rows <- list()
for (name in names(sets)) {
  d <- read.csv(paste0(name, ".csv"), stringsAsFactors = FALSE)
  stopifnot(isTRUE(all.equal(d, sets[[name]], check.attributes = FALSE, tolerance = 1e-14)))
  stopifnot(tapply(d$arm, d$participant, function(v) length(unique(v))) == 1)

  each <- lapply(sort(unique(d$participant)), function(i) {
    x <- d[d$participant == i, ]
    used <- x[!is.na(x$score), ]
    distinct <- length(unique(used$month))
    intercept <- slope <- NA_real_
    if (distinct >= 2) {
      b <- coef(lm(score ~ month, used))
      intercept <- b[[1]]
      slope <- b[[2]]
      centred <- used$month - mean(used$month)
      again <- sum(centred * (used$score - mean(used$score))) / sum(centred^2)
      stopifnot(near(slope, again), near(intercept, mean(used$score) - again * mean(used$month)))
    }
    data.frame(dataset = name, participant = i, arm = x$arm[1], stratum = x$stratum[1], scores = nrow(used),
               distinctVisits = distinct, intercept, slope)
  })
  each <- do.call(rbind, each)
  slopeRows[[name]] <- each

  for (minimum in 2:3) for (model in c("arm", "stratum+arm")) {
    used <- each[each$distinctVisits >= minimum, ]
    fit <- lm(if (model == "arm") slope ~ arm else slope ~ stratum + arm, used)
    s <- summary(fit)
    row <- s$coefficients["arm", ]
    limits <- confint(fit)["arm", ]

    # Second route: Student's t test, or the difference pooled over strata, which is the same model. With strata, the
    # arm effect is the average of the within-stratum differences weighted by n0 n1 / (n0 + n1).
    if (model == "arm") {
      student <- t.test(used$slope[used$arm == 1], used$slope[used$arm == 0], var.equal = TRUE)
      stopifnot(near(student$statistic[[1]], row[[3]]), near(student$p.value, row[[4]]))
    } else {
      w <- difference <- c()
      for (k in unique(used$stratum)) {
        y1 <- used$slope[used$stratum == k & used$arm == 1]
        y0 <- used$slope[used$stratum == k & used$arm == 0]
        stopifnot(length(y0) > 0, length(y1) > 0)
        w <- c(w, length(y0) * length(y1) / (length(y0) + length(y1)))
        difference <- c(difference, mean(y1) - mean(y0))
      }
      stopifnot(near(sum(w * difference) / sum(w), row[[1]]), near(s$sigma / sqrt(sum(w)), row[[2]]))
    }
    rows[[length(rows) + 1]] <- data.frame(
      dataset = name, minimumVisits = minimum, model = model, n = nrow(used), nControl = sum(used$arm == 0),
      nActive = sum(used$arm == 1), df = fit$df.residual, estimate = row[[1]], se = row[[2]], t = row[[3]],
      p = row[[4]], lower = limits[[1]], upper = limits[[2]], sigma = s$sigma)
  }
}
writeExpected(do.call(rbind, slopeRows), "slopes.csv")
writeExpected(do.call(rbind, rows), "expected.csv")
