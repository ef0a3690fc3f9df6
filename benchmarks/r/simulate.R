# The ALSFRS-R of VALOR with its extension to week 52, the preset valor-ole (`tofersen-sim scenario show valor-ole`), in R: matrices of participants
# by times, without a loop over participants or trials. With events or without, any number of trials at a time.
suppressPackageStartupMessages(library(MASS))

weeks_per_month <- 365.25 / 84
visits <- c(0, 2, 4, 8, 12, 16, 20, 24, 28, 40, 52)

log_normal <- function(mean, sd) {
  variance <- log(1 + (sd / mean)^2)
  c(log(mean) - variance / 2, sqrt(variance))
}

# Fast, slow.
strata <- list(
  size = c(60, 48), score_mean = c(36, 38.5), score_sd = c(6, 5.5),
  rate = cbind(log_normal(1.7, 2.6), log_normal(0.42, 0.75)), before = cbind(log_normal(1.7, 1.5), log_normal(0.6, 0.45)),
  least_before = c(0.2, 0), most_before = c(48, Inf), log_nfl = log(c(110, 45)), hazard = c(1, 0.2), flat = c(2, 0.7))
nfl_sd <- 0.65
error_sd <- 1.9

# Score, rate, slope before randomisation, neurofilament light.
correlations <- diag(4)
correlations[lower.tri(correlations)] <- c(-0.15, -0.075, -0.09, 0.5, 0.6, 0.3)
correlations <- correlations + t(correlations) - diag(4)

# Share of the rate that treatment from a week on takes away, and its integral over weeks.
effect <- function(weeks, start) {
  on <- pmax(0, weeks - start - 4)
  left <- 2^(-on / 12)
  list(share = 0.8 * (1 - left), integral = 0.8 * (on - (1 - left) * 12 / log(2)))
}

# What does not change from trial to trial.
plan <- function(weeks) {
  arms <- lapply(c(28, 0), function(start) effect(weeks, start))
  gain <- ifelse(weeks < 8, weeks / 8, pmax(0, (20 - weeks) / 12))
  list(weeks = weeks, age = sapply(arms, function(a) (weeks - a$integral) / weeks_per_month),
       log_left = sapply(arms, function(a) log(1 - a$share)), gain = gain, visit = match(visits, weeks))
}
at_visits <- plan(visits)
on_grid <- plan(0:52)

draw_traits <- function(n) matrix(mvrnorm(n, numeric(4), correlations), n)

simulate_trials <- function(trials, events) {
  plan <- if (events) on_grid else at_visits
  size <- sum(strata$size)
  n <- trials * size
  stratum <- rep(rep(1:2, strata$size), trials)

  # Blocks of six, two of them control: both strata are whole blocks.
  arm <- integer(n)
  arm[order(rep(seq_len(n / 6), each = 6), runif(n))] <- rep(c(1L, 1L, 2L, 2L, 2L, 2L), n / 6)

  # Candidates outside the criteria are drawn anew.
  score <- before <- rate <- nfl <- numeric(n)
  open <- seq_len(n)
  while (length(open) > 0) {
    z <- draw_traits(length(open))
    s <- stratum[open]
    score[open] <- strata$score_mean[s] + strata$score_sd[s] * z[, 1]
    rate[open] <- exp(strata$rate[1, s] + strata$rate[2, s] * z[, 2])
    before[open] <- exp(strata$before[1, s] + strata$before[2, s] * z[, 3])
    nfl[open] <- strata$log_nfl[s] + nfl_sd * z[, 4]
    open <- open[score[open] < 15 | score[open] > 48 | before[open] < strata$least_before[s] | before[open] > strata$most_before[s]]
  }

  people <- list(
    arm = arm - 1L, stratum = stratum, before = before, nfl = nfl, months_since_onset = (48 - score) / before,
    age = rnorm(n, 49.8, 12.3), male = runif(n) < 0.57, riluzole = runif(n) < 0.62, edaravone = runif(n) < 0.08)

  course <- score - rate * t(plan$age)[arm, ]
  low <- which(course < 12)
  course[low] <- 12 * exp((course[low] - 12) / 12)
  course <- course + outer(strata$flat[stratum], plan$gain)

  end <- rep(Inf, n)
  kind <- integer(n)
  if (events) {
    log_rate <- pmin(pmax(log(rate) + t(plan$log_left)[arm, ], log(0.05)), log(6))
    hazard <- exp(0.5 * log_rate - 0.12 * (course - 36))

    # Death, ventilation and withdrawal for progression share their shape: the first of them, then which.
    threshold <- rexp(n) / (0.002 * strata$hazard[stratum])
    reached <- matrix(0, n, ncol(hazard))
    for (g in 2:ncol(hazard)) reached[, g] <- reached[, g - 1] + (hazard[, g - 1] + hazard[, g]) / 2
    early <- which(reached[, ncol(reached)] >= threshold)
    if (length(early) > 0) {
      g <- rowSums(reached[early, , drop = FALSE] < threshold[early])
      h0 <- hazard[cbind(early, g)]
      area <- threshold[early] - reached[cbind(early, g)]
      end[early] <- g - 1 + 2 * area / (h0 + sqrt(h0^2 + 2 * (hazard[cbind(early, g + 1)] - h0) * area))
      kind[early] <- sample.int(3, length(early), TRUE, c(7, 8, 8))
    }
    other <- rexp(n, 0.0019)
    sooner <- other < pmin(end, 52)
    end[sooner] <- other[sooner]
    kind[sooner] <- 4L
  }

  scores <- course[, plan$visit] + rnorm(n * length(visits), 0, error_sd)
  scores <- pmin(pmax(round(scores), 0), 48)
  scores[outer(end, visits, "<")] <- NA
  c(people, list(end = pmin(end, 52) / weeks_per_month, kind = kind, scores = scores))
}

# Seen, mean and standard deviation of the change by arm in each trial, at weeks 28 and 52: what is held against ours.
summarise_trials <- function(data, trials) {
  trial <- rep(seq_len(trials), each = sum(strata$size))
  do.call(rbind, lapply(c(28, 52), function(week) {
    change <- data$scores[, visits == week] - data$scores[, 1]
    seen <- !is.na(change)
    group <- 2 * trial[seen] + data$arm[seen]
    sums <- rowsum(cbind(1, change[seen], change[seen]^2), group)
    key <- as.integer(rownames(sums))
    mean <- sums[, 2] / sums[, 1]
    data.frame(trial = key %/% 2, arm = key %% 2, week = week, seen = sums[, 1], mean = mean,
               sd = sqrt((sums[, 3] - sums[, 1] * mean^2) / (sums[, 1] - 1)))
  }))
}
