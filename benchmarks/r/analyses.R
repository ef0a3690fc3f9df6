# R's analyses of one trial, each as a function that returns estimate, standard error, degrees of freedom and p. Every one is written the way
# that makes R fast: data frames are ready before the clock starts, and beside the usual function stands the leanest one that R has.

suppressPackageStartupMessages({
  library(survival)
  library(lme4)
  library(lmerTest)
  library(nlme)
  library(MASS)
})
has <- function(package) requireNamespace(package, quietly = TRUE)

answer <- function(estimate, se, df = Inf, statistic = estimate / se) {
  c(estimate = unname(estimate), se = unname(se), df = unname(df), p = unname(2 * pt(-abs(statistic), df)))
}

# The four covariates of the analyses of covariance.
covariates <- c("baseline", "nfl", "riluzole", "edaravone")

# What the analyses of one trial read; made before the clock starts.
prepare <- function(people, scores) {
  score_at <- function(week) scores$score[match(people$id, ifelse(scores$week == week, scores$id, NA))]
  last <- scores[!duplicated(scores$id, fromLast = TRUE), ]
  dead <- people$end %in% c("Death", "PermanentVentilation")
  people$change <- score_at(28) - people$baseline
  people$last_change <- last$score[match(people$id, last$id)] - people$baseline
  people$dead <- dead
  people$event <- as.numeric(dead)
  people$arm <- as.numeric(people$arm)
  long <- merge(scores, people[c("id", "arm", "baseline")], sort = FALSE)
  long <- long[order(long$id, long$week), ]
  long$change <- long$score - long$baseline
  long$id <- factor(long$id)
  after <- function(weeks) {
    d <- long[long$week > 0 & long$week <= weeks, ]
    d$visit <- factor(d$week)
    d$number <- as.integer(d$visit)
    d
  }
  visits <- setdiff(sort(unique(scores$week)), 0)
  wide <- vapply(visits[visits <= 28], score_at, numeric(nrow(people)))
  list(people = people, complete = people[!is.na(people$change), ], slope = long[long$week <= 28, ], first = after(28), whole = after(52),
       predictors = as.matrix(people[covariates]), wide = wide)
}

# Least squares of y on an intercept, the arm and covariates, by the routine underneath lm.
lean_fit <- function(y, people) {
  x <- cbind(1, people$arm, people$baseline, people$nfl, people$riluzole, people$edaravone)
  fit <- .lm.fit(x, y)
  df <- length(y) - fit$rank
  pivoted <- match(2L, fit$pivot)
  inverse <- chol2inv(fit$qr, fit$rank)
  answer(fit$coefficients[pivoted], sqrt(sum(fit$residuals^2) / df * inverse[pivoted, pivoted]), df)
}

joint_ranks <- function(people) rank(ifelse(people$dead, people$months - 1e6, people$last_change))

ancova_lm <- function(trial) {
  fit <- lm(change ~ arm + baseline + nfl + riluzole + edaravone, trial$complete)
  table <- coef(summary(fit))
  answer(table["arm", 1], table["arm", 2], fit$df.residual)
}

joint_rank_lm <- function(trial) {
  people <- trial$people
  people$rank <- joint_ranks(people)
  fit <- lm(rank ~ arm + baseline + nfl + riluzole + edaravone, people)
  table <- coef(summary(fit))
  answer(table["arm", 1], table["arm", 2], fit$df.residual)
}

# One-step log hazard ratio U / V, as ours; the test is survdiff's.
one_step <- function(observed, expected, variance) answer((observed - expected) / variance, 1 / sqrt(variance))

log_rank_survdiff <- function(trial) {
  test <- survdiff(Surv(months, event) ~ arm, trial$people)
  one_step(test$obs[2], test$exp[2], test$var[2, 2])
}

log_rank_lean <- function(trial) {
  people <- trial$people
  test <- survival:::survdiff.fit(Surv(people$months, people$event), people$arm)
  # Groups come in the order in which they are first met.
  active <- match(1, unique(people$arm))
  one_step(test$observed[active], test$expected[active], test$var[active, active])
}

cox_coxph <- function(trial) {
  fit <- coxph(Surv(months, event) ~ arm, trial$people)
  answer(coef(fit), sqrt(fit$var[1, 1]))
}

cox_lean <- function(trial) {
  people <- trial$people
  fit <- coxph.fit(cbind(arm = people$arm), Surv(people$months, people$event), strata = NULL, control = coxph.control(),
                   weights = NULL, method = "efron", rownames = NULL, nocenter = c(-1, 0, 1), resid = FALSE)
  answer(fit$coefficients, sqrt(fit$var[1, 1]))
}

# lme4's own derivatives only serve a warning, and lmerTest computes those that it needs.
without_derivatives <- lmerControl(calc.derivs = FALSE)

random_slope <- function(trial, ddf) {
  fit <- lmerTest::lmer(score ~ months + months:arm + (months | id), trial$slope, control = without_derivatives)
  table <- coef(summary(fit, ddf = ddf))
  answer(table["months:arm", 1], table["months:arm", 2], table["months:arm", "df"])
}

# An unstructured covariance in lme4: a random effect for each visit. Its residual variance is not identifiable beside them, which does no harm to
# the contrast: covariance and likelihood are those of the model.
unstructured <- lmerControl(check.nobs.vs.nRE = "ignore", check.conv.singular = "ignore", calc.derivs = FALSE)
repeated <- function(data) {
  suppressWarnings(lmerTest::lmer(change ~ 0 + visit + visit:arm + visit:baseline + (0 + visit | id), data, control = unstructured))
}

last_contrast <- function(data) sprintf("visit%s:arm", tail(levels(data$visit), 1))

mmrm_lmer <- function(data, ddf) {
  fit <- repeated(data)
  contrast <- as.numeric(names(fixef(fit)) == last_contrast(data))
  table <- suppressWarnings(contest1D(fit, contrast, ddf = ddf))
  answer(table[[1]], table[[2]], table[["df"]])
}

# No degrees of freedom: the normal distribution is all that these two offer for the contrast at one visit.
mmrm_gls <- function(data) {
  fit <- gls(change ~ 0 + visit + visit:arm + visit:baseline, data, correlation = corSymm(form = ~ number | id), weights = varIdent(form = ~ 1 | visit))
  term <- last_contrast(data)
  answer(coef(fit)[term], sqrt(vcov(fit)[term, term]), NA)
}

mmrm_glmmtmb <- function(data) {
  fit <- suppressWarnings(glmmTMB::glmmTMB(
    change ~ 0 + visit + visit:arm + visit:baseline + us(0 + visit | id), data, dispformula = ~ 0, REML = TRUE))
  term <- last_contrast(data)
  answer(glmmTMB::fixef(fit)$cond[term], sqrt(vcov(fit)$cond[term, term]), NA)
}

# Rubin's rules with the degrees of freedom of Barnard and Rubin; besides, the Monte Carlo error of the estimate.
pool <- function(estimates, variances, complete_df) {
  m <- length(estimates)
  within <- mean(variances)
  between <- var(estimates)
  total <- within + (1 + 1 / m) * between
  lambda <- (1 + 1 / m) * between / total
  observed_df <- (complete_df + 1) / (complete_df + 3) * complete_df * (1 - lambda)
  c(answer(mean(estimates), sqrt(total), 1 / (lambda^2 / (m - 1) + 1 / observed_df)), error = sqrt(between / m))
}

# Sequential Bayesian regressions by arm, all imputations at once: participants who dropped out x imputations. With dropout alone the observed part
# of a regression is the same for every imputation, so that it is fitted once.
impute_vectorised <- function(trial, m = 100) {
  people <- trial$people
  imputed <- lapply(seq_len(ncol(trial$wide)), function(v) matrix(trial$wide[, v], nrow(people), m))
  for (v in seq_along(imputed)) {
    for (arm in 0:1) {
      rows <- people$arm == arm
      missing <- which(rows & is.na(trial$wide[, v]))
      seen <- which(rows & !is.na(trial$wide[, v]))
      if (length(missing) > 0) {
        fixed <- cbind(1, trial$predictors)
        x <- cbind(fixed[seen, ], trial$wide[seen, seq_len(v - 1)])
        fit <- lm.fit(x, trial$wide[seen, v])
        kept <- sort(fit$qr$pivot[seq_len(fit$rank)])
        sigma <- sqrt(sum(fit$residuals^2) / rchisq(m, length(seen) - fit$rank))
        inverse <- chol2inv(chol(crossprod(x[, kept, drop = FALSE])))
        beta <- t(fit$coefficients[kept] + t(mvrnorm(m, numeric(length(kept)), inverse) * sigma))
        value <- matrix(rnorm(length(missing) * m), length(missing)) * rep(sigma, each = length(missing))
        for (j in seq_along(kept)) {
          column <- kept[j]
          known <- if (column <= ncol(fixed)) matrix(fixed[missing, column], length(missing), m)
                   else imputed[[column - ncol(fixed)]][missing, , drop = FALSE]
          value <- value + known * rep(beta[, j], each = length(missing))
        }
        imputed[[v]][missing, ] <- value
      }
    }
  }
  change <- imputed[[length(imputed)]] - people$baseline
  x <- cbind(1, people$arm, trial$predictors)
  fit <- lm.fit(x, change)
  df <- nrow(x) - fit$rank
  inverse <- chol2inv(fit$qr$qr, fit$rank)[2, 2]
  pool(fit$coefficients[2, ], colSums(fit$residuals^2) / df * inverse, df)
}

# Each visit from the ones before it, so that one round is enough. A covariate that is the same for everybody of an arm predicts nothing.
impute_mice <- function(trial, m = 100) {
  people <- trial$people
  d <- data.frame(trial$predictors, trial$wide)
  earlier <- lower.tri(diag(ncol(d))) * 1
  parts <- lapply(0:1, function(arm) suppressWarnings(mice::mice(
    d[people$arm == arm, ], m, "norm", predictorMatrix = earlier, visitSequence = "monotone", maxit = 1, ridge = 0, printFlag = FALSE)))
  x <- cbind(1, people$arm, trial$predictors)
  last <- ncol(d)
  change <- vapply(seq_len(m), function(k) {
    y <- numeric(nrow(people))
    for (arm in 0:1) y[people$arm == arm] <- mice::complete(parts[[arm + 1]], k)[[last]]
    y - people$baseline
  }, numeric(nrow(people)))
  fit <- lm.fit(x, change)
  df <- nrow(x) - fit$rank
  pool(fit$coefficients[2, ], colSums(fit$residuals^2) / df * chol2inv(fit$qr$qr, fit$rank)[2, 2], df)
}

# Work, function as the table shows it, the fit, and how far estimate and standard error may lie from ours, in standard errors, and degrees of
# freedom, as a share: what the optimiser leaves over. NA: not compared. The set is that of the trials: "" or "-gaps", with missed visits.
entry <- function(work, shown, fit, tolerance = 1e-6, df_tolerance = tolerance, slow = FALSE, needs = NULL, set = "") {
  list(work = work, shown = shown, fit = fit, tolerance = tolerance, df_tolerance = df_tolerance, slow = slow, set = set,
       available = is.null(needs) || has(needs))
}

entries <- Filter(function(e) e$available, list(
  entry("ancova", "`lm`, `summary`", ancova_lm),
  entry("ancova", "`.lm.fit`, the leanest", function(trial) lean_fit(trial$complete$change, trial$complete)),
  entry("joint-rank", "`rank`, `lm`, `summary`", joint_rank_lm),
  entry("joint-rank", "`rank`, `.lm.fit`, the leanest", function(trial) lean_fit(joint_ranks(trial$people), trial$people)),
  entry("log-rank", "`survdiff`", log_rank_survdiff),
  entry("log-rank", "`survdiff.fit`, the leanest", log_rank_lean),
  entry("cox", "`coxph`", cox_coxph),
  entry("cox", "`coxph.fit`, the leanest", cox_lean),
  entry("random-slope", "`lmerTest::lmer`, Satterthwaite", function(trial) random_slope(trial, "Satterthwaite"), 1e-3, 1e-2),
  entry("random-slope-kr", "`lmerTest::lmer` with `pbkrtest`", function(trial) random_slope(trial, "Kenward-Roger"), 1e-3, 1e-2,
        needs = "pbkrtest"),
  entry("mmrm", "`lmerTest::lmer`, a random effect a visit, Satterthwaite", function(trial) mmrm_lmer(trial$first, "Satterthwaite"),
        1e-2, 2e-2, slow = TRUE),
  entry("mmrm", "`glmmTMB`, no degrees of freedom", function(trial) mmrm_glmmtmb(trial$first), 2e-2, NA, slow = TRUE, needs = "glmmTMB"),
  entry("mmrm", "`nlme::gls`, no degrees of freedom", function(trial) mmrm_gls(trial$first), 1e-3, NA, slow = TRUE),
  entry("mmrm-gaps", "`lmerTest::lmer`, a random effect a visit, Satterthwaite", function(trial) mmrm_lmer(trial$first, "Satterthwaite"),
        1e-2, 2e-2, slow = TRUE, set = "-gaps"),
  entry("mmrm-gaps", "`glmmTMB`, no degrees of freedom", function(trial) mmrm_glmmtmb(trial$first), 2e-2, NA, slow = TRUE, needs = "glmmTMB",
        set = "-gaps"),
  # One covariance parameter more than can be told apart: pbkrtest's degrees of freedom are then not those of the model.
  entry("mmrm-kr", "`lmerTest::lmer`, a random effect a visit, with `pbkrtest`", function(trial) mmrm_lmer(trial$first, "Kenward-Roger"),
        1e-2, NA, slow = TRUE, needs = "pbkrtest"),
  entry("delayed-start", "`lmerTest::lmer`, a random effect a visit, Satterthwaite", function(trial) mmrm_lmer(trial$whole, "Satterthwaite"),
        1e-2, 2e-2, slow = TRUE),
  # Random numbers: held against the Monte Carlo error of both instead.
  entry("imputation", "`lm.fit` and `mvrnorm`, all imputations at once", impute_vectorised, NA),
  entry("imputation", "`mice`, `norm`, by arm", impute_mice, NA, slow = TRUE, needs = "mice")
))
