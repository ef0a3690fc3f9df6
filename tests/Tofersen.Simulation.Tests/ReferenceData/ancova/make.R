# Reference data for the analysis of covariance (ANCOVA) of change from baseline.
#
# Purpose: simulate trials of the shape seen in ALS, fit the models with lm(), and write down the arm effect
# (active minus control), its robust standard errors and the least-squares means of both arms, so that another
# program can be checked against them.
#
# Run from this folder:  Rscript make.R
# It writes one CSV file per data set, expected.csv and coefficients.csv. It needs emmeans; if the package sandwich
# is installed, it is used as one more check of the robust standard errors.

suppressPackageStartupMessages(library(emmeans))
RNGkind("Mersenne-Twister", "Inversion", "Rejection")
set.seed(20261122)

# ---- writing and reading ----------------------------------------------------------------------------------------

# Numbers are written with 17 significant digits, which bring back the same double.
digits17 <- function(x) ifelse(is.na(x), "NA", ifelse(is.infinite(x), ifelse(x > 0, "Infinity", "-Infinity"),
                                                      sprintf("%.17g", x)))

# Input data: shortest form, an empty cell means missing.
writeData <- function(d, file) {
  cells <- lapply(d, function(x) ifelse(is.na(x), "", if (is.numeric(x)) sprintf("%.15g", x + 0) else as.character(x)))
  writeLines(c(paste(names(d), collapse = ","), do.call(paste, c(cells, sep = ","))), file)
}

# Expected values: 17 digits, NA means that the quantity cannot be estimated.
writeExpected <- function(d, file) {
  cells <- lapply(d, function(x) if (is.double(x)) digits17(x) else ifelse(is.na(x), "NA", as.character(x)))
  writeLines(c(paste(names(d), collapse = ","), do.call(paste, c(cells, sep = ","))), file)
}

near <- function(a, b, tolerance = 1e-9) {
  all(is.na(a) == is.na(b)) && all(abs(a - b) <= tolerance * pmax(abs(a), abs(b), 1e-6), na.rm = TRUE)
}

# ---- data -------------------------------------------------------------------------------------------------------

# One trial. `ratio` active participants for each control participant, blocks in random order.
trial <- function(n, ratio = 1, changeDigits = 0) {
  active <- round(n * ratio / (ratio + 1))
  arm <- sample(rep(c(0L, 1L), c(n - active, active)))
  stratum <- ifelse(runif(n) < 0.4, "fast", "slow")
  sex <- ifelse(runif(n) < 0.45, "female", "male")
  riluzole <- as.integer(runif(n) < 0.6)
  age <- round(pmin(pmax(rnorm(n, 49.8, 12.3), 23), 78), 1)
  baseline <- round(pmin(pmax(rnorm(n, 37, 5.8), 15), 48))
  logNfl <- round(rnorm(n, ifelse(stratum == "fast", 4.7, 3.6), 0.6), 4)
  change <- -1 - 1.6 * (logNfl - 3) + 0.08 * (baseline - 37) - 0.03 * (age - 50) + 1.2 * arm + rnorm(n, 0, 4.5)
  data.frame(participant = seq_len(n), arm, stratum, sex, riluzole, age, baseline, logNfl,
             change = round(change, changeDigits))
}

sets <- list()

# Ten participants: the full model leaves two degrees of freedom.
repeat {
  d <- trial(10)
  X <- model.matrix(~ baseline + stratum + age + logNfl + riluzole + sex + arm, d)
  if (qr(X)$rank == 8 && max(hat(X, FALSE)) < 0.99) break
}
sets$trial10 <- d

sets$trial40 <- trial(40, changeDigits = 2)

# 2:1, nine changes missing.
d <- trial(108, 2)
d$change[sample(108, 9)] <- NA
sets$trial108 <- d

# Missing change and missing covariates: each model uses the participants complete for its own variables.
d <- trial(60, 2, changeDigits = 1)
d$change[sample(60, 5)] <- NA
d$baseline[sample(60, 2)] <- NA
d$age[sample(60, 3)] <- NA
d$logNfl[sample(60, 6)] <- NA
sets$gaps60 <- d

# Covariates with a huge offset: a day number near 738,000 and a calendar year of 2000 plus a small noise. Both are
# related to the change, so that losing digits in them shows.
d <- trial(108, 2, changeDigits = 1)
d$enrolmentDay <- 738000 + sample(0:560, 108, replace = TRUE)
d$enrolmentYear <- round(2000 + rnorm(108, 0, 0.01), 5)
d$change <- round(d$change + 0.01 * (d$enrolmentDay - 738280) + 150 * (d$enrolmentYear - 2000), 1)
sets$offset108 <- d

# Exactly collinear covariates: ageMonths = 12 age; loss = 48 - baseline; sum = age + baseline; slowIndicator repeats
# stratum; cohort is constant.
d <- trial(108, 2, changeDigits = 1)
d$ageMonths <- round(12 * d$age, 1)
d$loss <- 48 - d$baseline
d$sum <- round(d$age + d$baseline, 1)
d$slowIndicator <- as.integer(d$stratum == "slow")
d$cohort <- 3L
sets$collinear108 <- d

sets$trial5000 <- trial(5000, 2, changeDigits = 1)

# Arm and stratum are the same thing: the arm effect is lost as soon as stratum is in the model.
d <- trial(60, 1, changeDigits = 1)
d$stratum <- ifelse(d$arm == 1, "slow", "fast")
sets$confounded60 <- d

full <- "baseline+stratum+age+logNfl+riluzole+sex"
standard <- c("none", "baseline", "baseline+stratum", full)
extra <- list(
  offset108 = c("enrolmentDay", "baseline+enrolmentDay", "baseline+stratum+enrolmentYear",
                paste0(full, "+enrolmentDay"), paste0(full, "+enrolmentDay+enrolmentYear")),
  collinear108 = c("age+ageMonths", "baseline+loss+stratum", "age+baseline+sum", "stratum+slowIndicator",
                   "slowIndicator+stratum", "cohort+baseline", paste0(full, "+ageMonths+loss+sum+cohort")))

for (name in names(sets)) writeData(sets[[name]], paste0(name, ".csv"))

# ---- analysis ---------------------------------------------------------------------------------------------------

textColumns <- c("stratum", "sex")

# Least-squares means by hand: covariates at the mean of the participants used, each factor averaged over its levels
# with equal weights or with the observed frequencies. A check on emmeans for models of full rank.
handMeans <- function(used, covariates, weights, riluzoleIsFactor) {
  X <- matrix(1, nrow(used), 1)
  at <- 1
  for (v in covariates) {
    x <- used[[v]]
    if (v %in% textColumns) {
      x <- as.numeric(x == sort(unique(x))[2])
      at <- c(at, if (weights == "equal") 0.5 else mean(x))
    } else if (v == "riluzole" && riluzoleIsFactor && weights == "equal") {
      at <- c(at, 0.5)
    } else {
      at <- c(at, mean(x))
    }
    X <- cbind(X, x)
  }
  X <- cbind(X, used$arm)
  # Centring first keeps the normal equations well conditioned.
  centre <- c(0, colMeans(X)[-1])
  Xc <- sweep(X, 2, centre)
  inverse <- solve(crossprod(Xc))
  beta <- inverse %*% crossprod(Xc, used$change)
  sigma2 <- sum((used$change - Xc %*% beta)^2) / (nrow(X) - ncol(X))
  out <- c()
  for (a in 0:1) {
    l <- c(at, a) - centre
    out <- c(out, sum(l * beta), sqrt(sigma2 * drop(t(l) %*% inverse %*% l)))
  }
  out
}

rows <- list()
coefficientRows <- list()
for (name in names(sets)) {
  # Read the file back: the expected values belong to what is written, not to what was in memory.
  d <- read.csv(paste0(name, ".csv"), stringsAsFactors = FALSE, na.strings = "")
  stopifnot(isTRUE(all.equal(d, sets[[name]], check.attributes = FALSE, tolerance = 1e-14)))
  for (model in c(standard, extra[[name]])) {
    covariates <- if (model == "none") character(0) else strsplit(model, "+", fixed = TRUE)[[1]]
    used <- d[complete.cases(d[c(covariates, "change")]), ]
    used <- used[c("participant", "arm", covariates, "change")]
    for (v in intersect(covariates, textColumns)) used[[v]] <- factor(used[[v]])
    formula <- reformulate(c(covariates, "arm"), "change")
    fit <- lm(formula, used)
    s <- summary(fit)
    X <- model.matrix(fit)
    n <- nrow(X)
    k <- fit$rank
    df <- n - k
    stopifnot(df == fit$df.residual, n == nrow(used))
    estimable <- !is.na(coef(fit)[["arm"]])

    # Coefficients, in the order of the formula, arm last; NA for an aliased column.
    se <- rep(NA_real_, length(coef(fit)))
    names(se) <- names(coef(fit))
    se[rownames(s$coefficients)] <- s$coefficients[, "Std. Error"]
    term <- sub("^\\(Intercept\\)$", "intercept", names(se))
    term <- sub("^(stratum|sex)(.+)$", "\\1:\\2", term)
    coefficientRows[[length(coefficientRows) + 1]] <-
      data.frame(dataset = name, model = model, term = term, estimate = unname(coef(fit)), se = unname(se))

    estimate <- seArm <- t <- p <- lower <- upper <- NA_real_
    hc <- rep(NA_real_, 4)
    if (estimable) {
      estimate <- coef(fit)[["arm"]]
      seArm <- s$coefficients["arm", "Std. Error"]
      t <- s$coefficients["arm", "t value"]
      p <- s$coefficients["arm", "Pr(>|t|)"]
      limits <- confint(fit)["arm", ]
      lower <- limits[[1]]
      upper <- limits[[2]]

      # Sandwich by hand over the columns that lm kept. The columns are taken from the QR decomposition, so that a
      # huge offset does no harm: with X = QR, the arm coefficient is the last row of R^{-1} Q'.
      kept <- fit$qr$pivot[seq_len(k)]
      stopifnot(colnames(X)[kept[k]] == "arm")
      Q <- qr.Q(fit$qr)[, seq_len(k), drop = FALSE]
      R <- qr.R(fit$qr)[seq_len(k), seq_len(k), drop = FALSE]
      bread <- drop(backsolve(R, t(Q))[k, ])
      h <- hatvalues(fit)
      e <- residuals(fit)
      stopifnot(near(h, rowSums(Q^2)), max(h) < 0.999)
      weightsHc <- list(e^2, e^2 * n / df, e^2 / (1 - h), e^2 / (1 - h)^2)
      hc <- vapply(weightsHc, function(w) sqrt(sum(bread^2 * w)), 0)

      # Second route (Frisch-Waugh-Lovell): regress arm and change on the covariates, centred beforehand, with
      # another QR routine, then one residual on the other.
      Z <- X[, setdiff(kept[-k], 1), drop = FALSE]
      Z <- cbind(1, sweep(Z, 2, colMeans(Z)))
      Z[, -1] <- sweep(Z[, -1, drop = FALSE], 2, apply(Z[, -1, drop = FALSE], 2, sd), "/")
      QZ <- qr.Q(qr(Z, LAPACK = TRUE))
      armLeft <- used$arm - QZ %*% crossprod(QZ, used$arm)
      changeLeft <- used$change - QZ %*% crossprod(QZ, used$change)
      slope <- sum(armLeft * changeLeft) / sum(armLeft^2)
      left <- drop(changeLeft - slope * armLeft)
      hat2 <- rowSums(QZ^2) + drop(armLeft)^2 / sum(armLeft^2)
      stopifnot(near(slope, estimate), near(sqrt(sum(left^2) / df), s$sigma),
                near(sqrt(sum(left^2) / df / sum(armLeft^2)), seArm), near(hat2, h, 1e-8))
      second <- vapply(list(left^2, left^2 * n / df, left^2 / (1 - hat2), left^2 / (1 - hat2)^2),
                       function(w) sqrt(sum(drop(armLeft)^2 * w)) / sum(armLeft^2), 0)
      stopifnot(near(second, hc, 1e-8))
      stopifnot(near(p, 2 * pt(-abs(slope / seArm), df)), near(upper, slope + qt(0.975, df) * seArm))

      if (model == "none") {
        student <- t.test(used$change[used$arm == 1], used$change[used$arm == 0], var.equal = TRUE)
        stopifnot(near(student$statistic[[1]], t), near(student$p.value, p), near(student$conf.int, c(lower, upper)))
      }
      # The package sandwich wants full rank here; it works with X'X, so the offset data sets are left out.
      if (k == ncol(X) && name != "offset108" && requireNamespace("sandwich", quietly = TRUE)) {
        package <- vapply(c("HC0", "HC1", "HC2", "HC3"),
                          function(type) sqrt(sandwich::vcovHC(fit, type = type)["arm", "arm"]), 0)
        stopifnot(near(package, hc, 1e-8))
      }
    }

    # Least-squares means. Stratum and sex are factors. Riluzole is 0/1: once as a factor with two levels, once as a
    # number held at its mean (this matters for equal weights only). cov.keep is emptied so that emmeans does not
    # treat other two-valued numbers as factors of its own accord. Nesting is switched off: where arm and stratum are
    # the same thing, emmeans would otherwise see stratum as nested in arm and print means for a model that cannot
    # tell the two apart. The two covariates with a huge offset are shifted to near 0 beforehand: the means do not
    # depend on it, but emmeans (by way of vcov) would otherwise lose so many digits that its standard errors are off
    # by 2e-6 relative.
    asFactors <- used
    if ("enrolmentDay" %in% covariates) asFactors$enrolmentDay <- asFactors$enrolmentDay - 738280
    if ("enrolmentYear" %in% covariates) asFactors$enrolmentYear <- asFactors$enrolmentYear - 2000
    asFactors$arm <- factor(asFactors$arm, levels = 0:1)
    riluzoleNumeric <- lm(formula, asFactors)
    if ("riluzole" %in% covariates) asFactors$riluzole <- factor(asFactors$riluzole, levels = 0:1)
    riluzoleFactor <- lm(formula, asFactors)
    means <- function(fit, weights) {
      m <- summary(emmeans(fit, "arm", weights = weights, cov.keep = character(0), nesting = NULL))
      stopifnot(as.character(m$arm) == c("0", "1"))
      ifelse(is.nan(c(rbind(m$emmean, m$SE))), NA, c(rbind(m$emmean, m$SE)))
    }
    equal <- suppressMessages(means(riluzoleFactor, "equal"))
    equalNumeric <- suppressMessages(means(riluzoleNumeric, "equal"))
    proportional <- suppressMessages(means(riluzoleFactor, "proportional"))
    if (k == ncol(X)) {
      stopifnot(near(equal, handMeans(used, covariates, "equal", TRUE)),
                near(equalNumeric, handMeans(used, covariates, "equal", FALSE)),
                near(proportional, handMeans(used, covariates, "proportional", TRUE)),
                near(equal[3] - equal[1], estimate))
    }
    if (!estimable) stopifnot(is.na(c(equal, equalNumeric, proportional)))
    stopifnot(near(suppressMessages(means(riluzoleNumeric, "proportional")), proportional))

    rows[[length(rows) + 1]] <- data.frame(
      dataset = name, model = model, n = n, rank = k, columns = ncol(X), df = df,
      estimate = estimate, se = seArm, t = t, p = p, lower = lower, upper = upper, sigma = s$sigma,
      hc0 = hc[1], hc1 = hc[2], hc2 = hc[3], hc3 = hc[4],
      lsControlEqual = equal[1], seLsControlEqual = equal[2], lsActiveEqual = equal[3], seLsActiveEqual = equal[4],
      lsControlProportional = proportional[1], seLsControlProportional = proportional[2],
      lsActiveProportional = proportional[3], seLsActiveProportional = proportional[4],
      lsControlEqualRiluzoleAtMean = equalNumeric[1], seLsControlEqualRiluzoleAtMean = equalNumeric[2],
      lsActiveEqualRiluzoleAtMean = equalNumeric[3], seLsActiveEqualRiluzoleAtMean = equalNumeric[4])
  }
}
writeExpected(do.call(rbind, rows), "expected.csv")
writeExpected(do.call(rbind, coefficientRows), "coefficients.csv")
