# Reads the data sets beside this file into data frames (ADSL, ADQS and so on) with labels, and reruns the analyses of the scenario.
# The data are simulated: they are no evidence about a medicine.
#
#   Rscript read-and-analyse.R            prints a table of the analyses
#   Rscript read-and-analyse.R FILE.csv   writes it into a file as well
#
# In RStudio set the working directory to this folder and source the file. It needs R (4.0 or later) and the packages nlme and survival, which come with R.
# Estimates and standard errors of the mixed models agree with those of tofersen-sim; their p values differ a little, since nlme has other degrees
# of freedom. Where the scenario asks for Kenward and Roger's method, its standard errors are corrected ones and differ, too. The package mmrm,
# from CRAN, has the methods of Satterthwaite and of Kenward and Roger: mmrm(CHG ~ ... + us(AVISIT | USUBJID), data).

library(nlme)
library(survival)

file_argument <- grep("^--file=", commandArgs(), value = TRUE)
folder <- if (length(file_argument) == 1) dirname(sub("^--file=", "", file_argument)) else "."
dictionary <- read.csv(file.path(folder, "dictionary.csv"), colClasses = "character", na.strings = "", encoding = "UTF-8")

# ---- Reading ----

read_data <- function(name) {
  columns <- dictionary[dictionary$DATASET == name, ]
  classes <- ifelse(columns$TYPE == "text", "character", "numeric")
  data <- read.csv(
    file.path(folder, paste0(tolower(name), ".csv")), colClasses = classes, na.strings = "", encoding = "UTF-8", check.names = FALSE)
  for (i in seq_along(data)) attr(data[[i]], "label") <- columns$LABEL[i]
  data
}

for (name in unique(dictionary$DATASET)) assign(name, read_data(name))

# ---- Analyses ----

results <- NULL

analyse <- function(name, result) {
  row <- tryCatch(
    result,
    error = function(e) {
      message(name, ": ", conditionMessage(e))
      rep(NA_real_, 4)
    })
  results <<- rbind(results, data.frame(
    ANALYSIS = name, ESTIMATE = row[1], SE = row[2], STATISTIC = row[3], P = row[4], row.names = NULL))
}

not_rerun <- function(name, method) message("Not rerun here: ", name, " (", method, ")")

# The rows of two arms, the first of which is the control; of some strata, or all.
of_trial <- function(data, arms, strata) {
  data <- data[data$ARM %in% arms & (length(strata) == 0 | data$STRATUM %in% strata), ]
  data$ARM <- factor(data$ARM, levels = arms)
  data
}

# Values of a parameter at visits, as VALUE, BEFORE (baseline) and CHANGE.
values <- function(data, code, value, before, change) {
  data <- data[data$PARAMCD == code, ]
  data$VALUE <- data[[value]]
  data$BEFORE <- data[[before]]
  data$CHANGE <- data[[change]]
  data
}

# What is the same for everybody cannot be a covariate.
varying <- function(data, covariates) {
  Filter(function(term) length(unique(na.omit(eval(parse(text = term), data)))) > 1, covariates)
}

model_formula <- function(response, terms) as.formula(paste(response, "~", paste(terms, collapse = " + ")))

# The row of a table of coefficients: estimate, standard error, statistic, p.
coefficient <- function(table, name) as.numeric(table[name, c(1, 2, ncol(table) - 1, ncol(table))])

arm_coefficient <- function(data) paste0("ARM", levels(data$ARM)[2])

ancova <- function(data, week, response, covariates, arms, strata = c()) {
  data <- of_trial(data[data$AVISITN == week, ], arms, strata)
  fit <- lm(model_formula(response, c(varying(data, covariates), "ARM")), data)
  coefficient(summary(fit)$coefficients, arm_coefficient(data))
}

# Mixed model for repeated measures with the visit of interest as the reference, so that the coefficient of ARM is the contrast there.
repeated_measures <- function(data, week, through, response, covariates, by_visit, correlation, heterogeneous, method, arms, strata = c()) {
  data <- of_trial(data[data$AVISITN > 0 & data$AVISITN <= through, ], arms, strata)
  weeks <- sort(unique(data$AVISITN))
  data$INDEX <- match(data$AVISITN, weeks)
  data$VISIT <- relevel(factor(data$AVISITN), ref = as.character(week))
  covariates <- varying(data, covariates)
  by_visit <- varying(data, by_visit)
  terms <- c("ARM * VISIT", covariates, if (length(by_visit) > 0) paste(by_visit, "* VISIT"))
  data <- data[complete.cases(data[, c(response, all.vars(model_formula(response, c(covariates, by_visit, "ARM"))))]), ]
  fit <- gls(
    model_formula(response, terms), data, method = method, correlation = correlation,
    weights = if (heterogeneous) varIdent(form = ~ 1 | INDEX) else NULL,
    control = glsControl(maxIter = 500, msMaxIter = 500, tolerance = 1e-8, msTol = 1e-10))
  row <- coefficient(summary(fit)$tTable, arm_coefficient(data))
  if (method == "REML") return(row)

  # With full likelihood gls enlarges standard errors by the root of n / (n - p), which is taken off again.
  shrink <- sqrt((nrow(data) - length(coef(fit))) / nrow(data))
  c(row[1], row[2] * shrink, row[3] / shrink, 2 * pt(-abs(row[3] / shrink), nrow(data) - length(coef(fit))))
}

# Random intercept and slope; the effect is the difference of mean slopes.
random_slope <- function(data, from, through, covariates, by_time, common_baseline, method, arms, strata = c()) {
  data <- of_trial(data[data$AVISITN >= from & data$AVISITN <= through, ], arms, strata)
  by_time <- varying(data, by_time)
  terms <- c(
    if (!common_baseline) "ARM", varying(data, covariates), if (length(by_time) > 0) paste(by_time, "* MONTH"), "MONTH", "MONTH:ARM")
  data <- data[complete.cases(data[, all.vars(model_formula("VALUE", terms))]), ]
  fit <- lme(
    model_formula("VALUE", terms), data, random = ~ MONTH | USUBJID, method = method,
    control = lmeControl(maxIter = 500, msMaxIter = 500, tolerance = 1e-8, msTol = 1e-10))
  table <- summary(fit, adjustSigma = FALSE)$tTable
  name <- intersect(c(paste0("MONTH:", arm_coefficient(data)), paste0(arm_coefficient(data), ":MONTH")), rownames(table))
  coefficient(table, name)
}

# Two stages: a straight line through the scores of each participant, then the slopes by arm.
slopes <- function(data, from, through, minimum, covariates, arms, strata = c()) {
  data <- of_trial(data[data$AVISITN >= from & data$AVISITN <= through, ], arms, strata)
  own <- sapply(split(data, data$USUBJID), function(rows) {
    if (length(unique(rows$MONTH)) < minimum) NA_real_ else coef(lm(VALUE ~ MONTH, rows))[["MONTH"]]
  })
  data <- data[!duplicated(data$USUBJID), ]
  data$SLOPE <- own[data$USUBJID]
  fit <- lm(model_formula("SLOPE", c(varying(data, covariates), "ARM")), data)
  coefficient(summary(fit)$coefficients, arm_coefficient(data))
}

# Everybody against everybody: survival first, then the change from baseline; see METHODS.md of Tofersen.Simulation, "Joint ranks".
joint_rank <- function(data, week, incomplete, ventilation_is_death, covariates, test, arms, strata = c()) {
  horizon <- week * 7 / (365.25 / 12)
  people <- of_trial(ADSL, arms, strata)
  data <- data[data$AVISITN <= week, ]
  weeks <- sort(unique(data$AVISITN))
  scores <- matrix(NA_real_, nrow(people), length(weeks))
  seen <- data$USUBJID %in% people$USUBJID
  scores[cbind(match(data$USUBJID[seen], people$USUBJID), match(data$AVISITN[seen], weeks))] <- data$VALUE[seen]
  people$BEFORE <- scores[, 1]
  terms <- if (test == "ancova") varying(people, covariates) else c()
  wanted <- c("BEFORE", all.vars(model_formula("BEFORE", c(terms, "ARM"))))
  kept <- complete.cases(people[, wanted])
  at_horizon <- max(weeks) == week
  finished <- if (at_horizon) !is.na(scores[, length(weeks)]) else rep(FALSE, nrow(people))
  died <- people$EOSSTT %in% c("DEATH", if (ventilation_is_death) "PERMANENT VENTILATION") & people$EOSMO <= horizon
  if (incomplete == "excluded") kept <- kept & (died | finished)
  people <- people[kept, ]
  scores <- scores[kept, , drop = FALSE]
  died <- died[kept]
  finished <- finished[kept]
  time <- people$EOSMO
  change <- scores - scores[, 1]
  last <- apply(change, 1, function(x) tail(x[!is.na(x)], 1))

  # Above another: 1, below: -1, a tie: 0.
  compare <- if (incomplete == "lastCommonVisit") {
    function(i, j) {
      if (died[i] && died[j]) return(sign(time[i] - time[j]))
      if (died[j] && (finished[i] || time[i] >= time[j])) return(1)
      if (died[i] && (finished[j] || time[j] >= time[i])) return(-1)
      both <- which(!is.na(change[i, ]) & !is.na(change[j, ]))
      sign(change[i, max(both)] - change[j, max(both)])
    }
  } else {
    # In layers: who died or withdrew by time, a withdrawal above a death at the same time, and above them all by change.
    withdrew <- incomplete == "orderedAtWithdrawal" & !died & !finished & time < horizon
    alive <- !died & !withdrew
    function(i, j) {
      if (alive[i] != alive[j]) return(if (alive[i]) 1 else -1)
      if (alive[i]) return(sign(last[i] - last[j]))
      if (time[i] != time[j]) return(sign(time[i] - time[j]))
      withdrew[i] - withdrew[j]
    }
  }

  n <- nrow(people)
  people$SCORE <- sapply(seq_len(n), function(i) sum(sapply(seq_len(n)[-i], function(j) compare(i, j))))
  if (test == "ancova") {
    people$RANK <- rank(people$SCORE)
    fit <- lm(model_formula("RANK", c(terms, "ARM")), people)
    return(coefficient(summary(fit)$coefficients, arm_coefficient(people)))
  }

  active <- people$ARM == arms[2]
  pairs <- sum(active) * sum(!active)
  total <- sum(people$SCORE[active])
  variance <- pairs / (n * (n - 1)) * sum(people$SCORE^2)
  z <- total / sqrt(variance)
  c(total / pairs, sqrt(variance) / pairs, z, 2 * pnorm(-abs(z)))
}

# Time to the first of some events, as ends of follow-up name them; cut at a week.
times <- function(events, through, arms, strata) {
  data <- ADSL
  data$TIME <- data$EOSMO
  data$EVENT <- as.numeric(data$EOSSTT %in% events)
  manifest <- ADTTE[ADTTE$PARAMCD == "PHENCONV" & ADTTE$CNSR == 0, ]
  if ("PHENOCONVERSION" %in% events && nrow(manifest) > 0) {
    row <- match(data$USUBJID, manifest$USUBJID)
    data$EVENT[!is.na(row)] <- 1
    data$TIME[!is.na(row)] <- manifest$AVAL[row[!is.na(row)]]
  }
  limit <- through * 7 / (365.25 / 12)
  data$EVENT[data$TIME > limit] <- 0
  data$TIME <- pmin(data$TIME, limit)
  data$BEFORE <- data$BASE
  of_trial(data, arms, strata)
}

# The estimate is the one-step log hazard ratio. The statistic has its sign: a negative one is in favour of the second arm.
log_rank <- function(events, through, stratify, arms, strata = c()) {
  data <- times(events, through, arms, strata)
  stratify <- varying(data, stratify)
  terms <- c("ARM", if (length(stratify) > 0) sprintf("strata(%s)", paste(stratify, collapse = ", ")))
  fit <- survdiff(model_formula("Surv(TIME, EVENT)", terms), data)
  u <- sum(as.matrix(fit$obs)[2, ]) - sum(as.matrix(fit$exp)[2, ])
  v <- fit$var[2, 2]
  c(u / v, 1 / sqrt(v), u / sqrt(v), 2 * pnorm(-abs(u) / sqrt(v)))
}

cox <- function(events, through, covariates, stratify, ties, arms, strata = c()) {
  data <- times(events, through, arms, strata)
  stratify <- varying(data, stratify)
  terms <- c(varying(data, covariates), "ARM", if (length(stratify) > 0) sprintf("strata(%s)", paste(stratify, collapse = ", ")))
  fit <- summary(coxph(model_formula("Surv(TIME, EVENT)", terms), data, ties = ties))$coefficients
  row <- fit[arm_coefficient(data), ]
  c(row[["coef"]], row[["se(coef)"]], row[["z"]], row[["Pr(>|z|)"]])
}

# ---- The scenario ----

