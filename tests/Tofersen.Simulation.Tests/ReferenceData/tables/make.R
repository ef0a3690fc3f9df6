# Analyses of tables, for the command `analyse`: data as a user might bring them, and what R makes of them.
# Run in this folder: Rscript make.R
suppressPackageStartupMessages({
  library(survival); library(nlme); library(lme4); library(lmerTest); library(emmeans); library(numDeriv)
})
RNGkind("Mersenne-Twister", "Inversion", "Rejection")
options(contrasts = c("contr.treatment", "contr.poly"), digits = 17)

rows <- list(); fits <- list(); covs <- list()
num <- function(x) ifelse(is.na(x), "NA", ifelse(is.infinite(x), "Infinity", formatC(x, digits = 17, format = "g")))
add <- function(analysis, kind, name, visit, estimate, se, df, statistic = estimate / se) {
  p <- 2 * pt(-abs(statistic), df); q <- qt(0.975, df)
  rows[[length(rows) + 1]] <<- data.frame(analysis, kind, name = gsub(",", "", name), visit, estimate = num(estimate), se = num(se), df = num(df),
    statistic = num(statistic), p = num(p), lower = num(estimate - q * se), upper = num(estimate + q * se))
}
fit <- function(analysis, observations, participants, minusTwoLogLikelihood = NA, residualVariance = NA) {
  fits[[length(fits) + 1]] <<- data.frame(analysis, observations, participants,
    minusTwoLogLikelihood = num(minusTwoLogLikelihood), residualVariance = num(residualVariance))
}
covariance <- function(analysis, m) {
  for (i in seq_len(nrow(m))) for (j in seq_len(ncol(m)))
    covs[[length(covs) + 1]] <<- data.frame(analysis, row = i, column = j, value = num(m[i, j]))
}
ordinal <- function(x, first = NULL) { l <- sort(unique(x[!is.na(x)]), method = "radix"); factor(x, c(first, setdiff(l, first))) }
save <- function(d, file, ...) write.csv(d, file, row.names = FALSE, ...)

# ---- one row a participant: three arms, factors, gaps, rows in no order ------------------------------------------------------
set.seed(20261122)
n <- 96
wide <- data.frame(
  USUBJID = sprintf("S-%03d", 1:n),
  ARM = sample(rep(c("Placebo", "Low dose", "High dose"), c(32, 30, 34))),
  SEX = sample(c("female", "male"), n, TRUE),
  SITE = sample(c("Zürich", "Aachen", "São Paulo", "Boston, MA"), n, TRUE, c(3, 2, 2, 2)),
  STUDY = sample(c(101, 233), n, TRUE, c(2, 1)),
  BASE = round(rnorm(n, 37, 5), 1), AGE = sample(30:80, n, TRUE))
wide$CHG <- round(-6 + 0.1 * (wide$BASE - 37) + 1.5 * (wide$ARM == "High dose") + 0.7 * (wide$ARM == "Low dose") *
  (wide$SEX == "male") + (wide$SITE == "Aachen") + rnorm(n, 0, 4), 2)
wide$CHG[sample(n, 7)] <- NA; wide$SEX[sample(n, 4)] <- NA; wide$BASE[sample(n, 3)] <- NA; wide$ARM[sample(n, 2)] <- NA
wide <- wide[sample(n), ]
save(wide, "wide.csv", na = "")
w <- transform(wide, ARM = ordinal(ARM, "Placebo"), SEX = ordinal(SEX), SITE = ordinal(SITE))

ancova <- function(analysis, model, data, arm = TRUE) {
  m <- lm(model, data)
  if (arm) {
    e <- summary(contrast(emmeans(m, "ARM", data = model.frame(m)), "trt.vs.ctrl", ref = 1, adjust = "none"))
    add(analysis, "estimate", gsub("[()]", "", e$contrast), "", e$estimate, e$SE, e$df)
  }
  s <- coef(summary(m))
  add(analysis, "coefficient", rownames(s), "", s[, 1], s[, 2], df.residual(m))
  fit(analysis, nobs(m), nobs(m), residualVariance = sigma(m)^2)
}
suppressMessages({
  ancova("ancova", CHG ~ BASE + SEX + ARM, w)
  ancova("ancova-interactions", CHG ~ BASE * SEX + SITE + ARM * SEX, w)
  ancova("ancova-number-by-arm", CHG ~ BASE * ARM + AGE, w)
  ancova("ancova-where", CHG ~ BASE + SITE + ARM, droplevels(subset(w, STUDY == 101 & SEX == "female")))
  ancova("ancova-no-arm", CHG ~ BASE * SITE, w, arm = FALSE)
})

# ---- one row a participant and visit -----------------------------------------------------------------------------------------
set.seed(8)
n <- 72; weeks <- c(4, 8, 12, 16); sd <- c(2.5, 3, 3.6, 4.3)
sigma0 <- outer(sd, sd) * 0.75^abs(outer(1:4, 1:4, "-"))
id <- sample(1000:9999, n)
arm <- sample(rep(c("Placebo", "Low dose", "High dose"), each = 24))
sex <- sample(c("F", "M"), n, TRUE); base <- round(rnorm(n, 38, 5), 1)
y <- t(sapply(1:n, function(i) -0.35 * weeks + 0.05 * weeks * (arm[i] == "High dose") + 0.08 * (base[i] - 38) + drop(t(chol(sigma0)) %*% rnorm(4))))
long <- data.frame(USUBJID = rep(id, each = 4), ARM = rep(arm, each = 4), SEX = rep(sex, each = 4), BASE = rep(base, each = 4),
  WEEK = rep(weeks, n), PAIN = round(runif(4 * n, 0, 10), 1), CARER = sample(c("none", "partner", "nurse"), 4 * n, TRUE))
long$AVISIT <- paste("Week", long$WEEK)
long$CHG <- round(as.vector(t(y)) - 0.1 * long$PAIN + 0.8 * (long$CARER == "nurse"), 2)
last <- sample(c(1, 2, 3, 4, 4, 4, 4), n, TRUE)
long$CHG[rep(1:4, n) > rep(last, each = 4)] <- NA
long$CHG[sample(4 * n, 9)] <- NA; long$PAIN[sample(4 * n, 4)] <- NA; long$SEX[long$USUBJID == id[5]] <- NA
long <- long[sample(4 * n), c("CHG", "WEEK", "AVISIT", "USUBJID", "ARM", "SEX", "BASE", "PAIN", "CARER")]
save(long, "long.csv", na = "NA")
l <- transform(long, ARM = ordinal(ARM, "Placebo"), SEX = ordinal(SEX), CARER = ordinal(CARER), WEEK = factor(WEEK),
  AVISIT = factor(AVISIT, paste("Week", weeks)))
l$j <- as.integer(l$WEEK)

# Plain restricted or full likelihood, dense, its gradient in closed form; started at gls and brought to the optimum by Newton steps whose
# Hessian is the numeric derivative of the gradient, which Satterthwaite's degrees of freedom then use.
lower <- function(k, v) { m <- matrix(0, v, v); a <- which(lower.tri(m, TRUE))[k]; m[a] <- 1; pmax(m, t(m)) }
structures <- list(
  un = list(sigma = function(t, v) Reduce(`+`, Map(function(x, k) x * lower(k, v), t, seq_along(t))),
    derivatives = function(t, v) lapply(seq_along(t), lower, v = v), start = function(s) s[lower.tri(s, TRUE)]),
  ar1 = list(sigma = function(t, v) t[1] * t[2]^abs(outer(1:v, 1:v, "-")),
    derivatives = function(t, v) { d <- abs(outer(1:v, 1:v, "-")); list(t[2]^d, t[1] * d * t[2]^pmax(d - 1, 0)) },
    start = function(s) c(s[1, 1], s[2, 1] / s[1, 1])),
  cs = list(sigma = function(t, v) t[1] * diag(v) + t[2], derivatives = function(t, v) list(diag(v), matrix(1, v, v)),
    start = function(s) c(s[1, 1] - s[2, 1], s[2, 1])))
plain <- function(model, data, structure, v, reml, correlation, weights = NULL) {
  f <- gls(model, data, correlation = correlation, weights = weights, method = if (reml) "REML" else "ML",
    control = glsControl(tolerance = 1e-10, msTol = 1e-12, maxIter = 500, msMaxIter = 500))
  x <- model.matrix(model, data); y <- data$CHG; people <- split(seq_along(y), data$USUBJID)
  pieces <- function(t) {
    s <- structure$sigma(t, v); xwx <- 0; xwy <- 0; logDet <- 0; w <- list()
    for (p in seq_along(people)) {
      i <- people[[p]]; si <- s[data$j[i], data$j[i], drop = FALSE]; w[[p]] <- solve(si); xi <- x[i, , drop = FALSE]
      xwx <- xwx + t(xi) %*% w[[p]] %*% xi; xwy <- xwy + t(xi) %*% w[[p]] %*% y[i]; logDet <- logDet + as.numeric(determinant(si)$modulus)
    }
    c <- solve(xwx); b <- drop(c %*% xwy); d <- structure$derivatives(t, v)
    q <- 0; g <- numeric(length(t)); dXwx <- lapply(t, function(x) 0)
    for (p in seq_along(people)) {
      i <- people[[p]]; r <- w[[p]] %*% (y[i] - x[i, , drop = FALSE] %*% b); wx <- w[[p]] %*% x[i, , drop = FALSE]
      q <- q + sum(r * (y[i] - x[i, , drop = FALSE] %*% b))
      for (k in seq_along(t)) {
        dk <- d[[k]][data$j[i], data$j[i], drop = FALSE]
        g[k] <- g[k] + sum(w[[p]] * dk) - drop(t(r) %*% dk %*% r); dXwx[[k]] <- dXwx[[k]] + t(wx) %*% dk %*% wx
      }
    }
    if (reml) g <- g - sapply(dXwx, function(m) sum(c * m))
    k <- if (reml) length(y) - ncol(x) else length(y)
    list(b = b, c = c, gradient = g, dXwx = dXwx, m2 = k * log(2 * pi) + logDet + q + if (reml) as.numeric(determinant(xwx)$modulus) else 0)
  }
  full <- which.max(lengths(people)); stopifnot(length(people[[full]]) == v)
  s <- getVarCov(f, individual = names(people)[full]); o <- order(data$j[people[[full]]])
  t <- structure$start(matrix(s, v)[o, o]); hessian <- function(t) { h <- jacobian(function(t) pieces(t)$gradient, t); (h + t(h)) / 2 }
  stopifnot(max(abs(pieces(t)$gradient - grad(function(t) pieces(t)$m2, t))) < 1e-4)
  for (k in 1:8) { g <- pieces(t)$gradient; step <- solve(hessian(t), g); t <- t - step; if (sum(step * g) < 1e-20) break }
  at <- pieces(t); a <- 2 * solve(hessian(t))
  stopifnot(abs(at$m2 + 2 * as.numeric(logLik(f))) < 1e-6)
  list(b = at$b, c = at$c, m2 = at$m2, sigma = structure$sigma(t, v), w = a, theta = t, x = x, test = function(k) {
    vark <- drop(k %*% at$c %*% k); g <- sapply(at$dXwx, function(m) drop(k %*% at$c %*% m %*% at$c %*% k))
    c(sum(k * at$b), sqrt(vark), 2 * vark^2 / drop(g %*% a %*% g))
  }, grid = ref_grid(lm(model, data), data = data))
}
complete <- function(...) { d <- l[complete.cases(l[, c("CHG", ...)]), ]; droplevels(d[order(d$USUBJID, d$j), ]) }
mmrm <- function(analysis, model, data, structure, reml = TRUE, correlation, weights = NULL, visit = "WEEK", arm = TRUE, contrasts = NULL) {
  p <- plain(model, data, structures[[structure]], 4, reml, correlation, weights)
  if (arm) {
    e <- emmeans(p$grid, c("ARM", visit)); k <- e@linfct; g <- e@grid; arms <- levels(data$ARM)
    one <- function(a, j) k[g$ARM == a & g[[visit]] == j, ] - k[g$ARM == arms[1] & g[[visit]] == j, ]
    for (a in arms[-1]) {
      name <- paste(a, "-", arms[1])
      if (is.null(contrasts)) for (j in levels(data[[visit]])) { r <- p$test(one(a, j)); add(analysis, "estimate", name, j, r[1], r[2], r[3]) }
      else {
        first <- one(a, contrasts$first); second <- one(a, contrasts$second)
        r <- p$test(first); add(analysis, "estimate", name, contrasts$first, r[1], r[2], r[3])
        r <- p$test(second); add(analysis, "estimate", name, contrasts$second, r[1], r[2], r[3])
        r <- p$test(second - contrasts$retention * first)
        add(analysis, "estimate", paste0(name, ": ", contrasts$second, " - ", contrasts$retention, " * ", contrasts$first), "", r[1], r[2], r[3])
      }
    }
  }
  for (i in seq_along(p$b)) { r <- p$test(as.numeric(seq_along(p$b) == i)); add(analysis, "coefficient", names(p$b)[i], "", r[1], r[2], r[3]) }
  fit(analysis, nrow(data), length(unique(data$USUBJID)), p$m2); covariance(analysis, p$sigma)
}
un <- corSymm(form = ~ j | USUBJID); het <- varIdent(form = ~ 1 | j)
d <- complete("SEX")
mmrm("mmrm", CHG ~ BASE * WEEK + SEX + ARM * WEEK, d, "un", TRUE, un, het)
mmrm("mmrm-ml", CHG ~ BASE * AVISIT + SEX + ARM * AVISIT, d, "un", FALSE, un, het, "AVISIT")
mmrm("mmrm-ar1", CHG ~ BASE + ARM * AVISIT, complete(), "ar1", TRUE, corAR1(form = ~ j | USUBJID), NULL, "AVISIT")
mmrm("mmrm-cs", CHG ~ BASE + SEX * WEEK + ARM * WEEK, d, "cs", TRUE, corCompSymm(form = ~ 1 | USUBJID))
mmrm("mmrm-varying", CHG ~ BASE + PAIN + CARER * SEX + ARM * WEEK, complete("PAIN", "SEX"), "un", TRUE, un, het)
mmrm("mmrm-no-arm", CHG ~ BASE + WEEK * SEX, d, "un", TRUE, un, het, arm = FALSE)
two <- droplevels(subset(complete(), ARM != "Low dose"))
mmrm("mmrm-control", CHG ~ BASE + ARM * WEEK, transform(complete(), ARM = ordinal(as.character(ARM))), "un", TRUE, un, het)
mmrm("delayed-start", CHG ~ BASE * AVISIT + ARM * AVISIT, complete(), "un", TRUE, un, het, "AVISIT",
  contrasts = list(first = "Week 8", second = "Week 16", retention = 0.4))

# Kenward and Roger's method (Biometrics 53 (1997) 983, equation 3) by dense matrices, for compound symmetry, which is linear in its
# parameters; with the observed information, as SAS and mmrm have it (pbkrtest takes the expected one). For one contrast their degrees of
# freedom are Satterthwaite's.
model <- CHG ~ BASE + SEX * WEEK + ARM * WEEK
p <- plain(model, d, structures$cs, 4, TRUE, corCompSymm(form = ~ 1 | USUBJID))
same <- outer(d$USUBJID, d$USUBJID, "=="); parts <- list(diag(nrow(d)), same + 0); v <- p$theta[1] * parts[[1]] + p$theta[2] * parts[[2]]
w <- solve(v); x <- p$x; phi <- solve(t(x) %*% w %*% x); adjustment <- 0
for (i in 1:2) for (k in 1:2) {
  wi <- w %*% parts[[i]] %*% w; wk <- w %*% parts[[k]] %*% w
  adjustment <- adjustment + p$w[i, k] * (t(x) %*% wi %*% parts[[k]] %*% w %*% x - t(x) %*% wi %*% x %*% phi %*% t(x) %*% wk %*% x)
}
adjusted <- phi + 2 * phi %*% adjustment %*% phi
e <- emmeans(p$grid, c("ARM", "WEEK")); g <- e@grid
for (a in levels(d$ARM)[-1]) for (j in levels(d$WEEK)) {
  k <- e@linfct[g$ARM == a & g$WEEK == j, ] - e@linfct[g$ARM == "Placebo" & g$WEEK == j, ]; r <- p$test(k)
  add("mmrm-kenward-roger", "estimate", paste(a, "- Placebo"), j, r[1], sqrt(drop(k %*% adjusted %*% k)), r[3])
}
fit("mmrm-kenward-roger", nrow(d), length(unique(d$USUBJID)), p$m2)

# ---- random slopes -----------------------------------------------------------------------------------------------------------
set.seed(31)
n <- 60; visits <- 7
ui <- rnorm(n, 0, 5); us <- rnorm(n, 0, 0.5) + 0.02 * ui
slopes <- data.frame(USUBJID = rep(sprintf("p%d", 1:n), each = visits), ARM = rep(sample(rep(c("Tofersen", "Placebo"), c(40, 20))), each = visits),
  SEX = rep(sample(c("female", "male"), n, TRUE), each = visits), MONTH = round(rep(0:6, n) * 1.5 + ifelse(rep(0:6, n) == 0, 0, runif(n * visits, -0.2, 0.2)), 2))
slopes$AVAL <- round(37 + rep(ui, each = visits) + (-1 + rep(us, each = visits) + 0.4 * (slopes$ARM == "Tofersen")) * slopes$MONTH -
  (slopes$SEX == "male") + rnorm(n * visits, 0, 1.2), 2)
slopes$AVAL[sample(n * visits, 50)] <- NA
slopes <- slopes[sample(n * visits), ]
save(slopes, "slopes.csv", na = "")
s <- transform(slopes, ARM = ordinal(ARM), SEX = ordinal(SEX)); s <- s[complete.cases(s), ]
slope <- function(analysis, model, reml = TRUE) {
  m <- lmer(model, s, REML = reml, control = lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-13, rhobeg = 1e-3)))
  c <- coef(summary(m, ddf = "Satterthwaite")); i <- grep("MONTH:ARM|ARM.*:MONTH", rownames(c))
  add(analysis, "estimate", "Tofersen - Placebo", "", c[i, 1], c[i, 2], c[i, 3])
  add(analysis, "coefficient", sub("MONTH:ARMTofersen", "ARMTofersen:MONTH", rownames(c)), "", c[, 1], c[, 2], c[, 3])
  fit(analysis, nrow(s), n, if (reml) REMLcrit(m) else deviance(m, REML = FALSE), sigma(m)^2)
  covariance(analysis, matrix(VarCorr(m)$USUBJID, 2))
}
slope("slope", AVAL ~ MONTH + ARM:MONTH + (MONTH | USUBJID))
slope("slope-main-effect", AVAL ~ MONTH * SEX + ARM + ARM:MONTH + (MONTH | USUBJID))
slope("slope-ml", AVAL ~ MONTH + SEX + ARM:MONTH + (MONTH | USUBJID), FALSE)

# ---- times to events ---------------------------------------------------------------------------------------------------------
set.seed(77)
n <- 150
ev <- data.frame(USUBJID = 1:n, ARM = sample(c("Placebo", "Low dose", "High dose"), n, TRUE), SEX = sample(c("f", "m"), n, TRUE),
  AGE = sample(35:75, n, TRUE), REGION = sample(c("EU", "JP", "US"), n, TRUE))
t <- rexp(n, 0.05 * exp(-0.5 * (ev$ARM == "High dose") + 0.03 * (ev$AGE - 55) + 0.3 * (ev$SEX == "m"))); cens <- runif(n, 5, 30)
ev$AVAL <- ceiling(pmin(t, cens)); ev$EVENT <- as.integer(t <= cens)
ev$AGE[sample(n, 5)] <- NA; ev$REGION[sample(n, 4)] <- NA; ev$EVENT[3] <- NA
save(ev, "events.csv", na = "")
v <- transform(ev, ARM = ordinal(ARM, "Placebo"), SEX = ordinal(SEX), REGION = ordinal(REGION))
cox <- function(analysis, model, variables, ties = "efron", arms = NULL) {
  d <- v[complete.cases(v[, c("AVAL", "EVENT", variables)]), ]
  m <- coxph(model, d, ties = ties, control = coxph.control(eps = 1e-14, toler.chol = 1e-16, iter.max = 100))
  b <- coef(m); u <- vcov(m)
  if (!is.null(arms)) for (a in levels(v$ARM)[-1]) {
    k <- arms(a, d, names(b)); e <- sum(k * b); se <- sqrt(drop(k %*% u %*% k))
    add(analysis, "estimate", paste(a, "- Placebo"), "", e, se, Inf)
  }
  add(analysis, "coefficient", names(b), "", b, sqrt(diag(u)), Inf)
  fit(analysis, nrow(d), nrow(d), -2 * m$loglik[2])
}
main <- function(a, d, names) as.numeric(names == paste0("ARM", a))
cox("cox", Surv(AVAL, EVENT) ~ AGE + SEX + ARM, c("AGE", "SEX", "ARM"), arms = main)
cox("cox-strata", Surv(AVAL, EVENT) ~ AGE + ARM + strata(REGION, SEX), c("AGE", "SEX", "ARM", "REGION"), "breslow", main)
cox("cox-interaction", Surv(AVAL, EVENT) ~ AGE + ARM * SEX, c("AGE", "SEX", "ARM"),
  arms = function(a, d, names) (names == paste0("ARM", a)) + 0.5 * (names == paste0("ARM", a, ":SEXm")))
cox("cox-no-arm", Surv(AVAL, EVENT) ~ AGE * SEX, c("AGE", "SEX"))
logrank <- function(analysis, variables, strata) {
  d <- v[complete.cases(v[, c("AVAL", "EVENT", variables)]), ]
  for (a in levels(v$ARM)[-1]) {
    p <- droplevels(d[d$ARM %in% c("Placebo", a), ])
    m <- if (strata) survdiff(Surv(AVAL, EVENT) ~ ARM + strata(REGION), p) else survdiff(Surv(AVAL, EVENT) ~ ARM, p)
    o <- if (strata) sum(m$obs[2, ]) else m$obs[2]; e <- if (strata) sum(m$exp[2, ]) else m$exp[2]; u <- m$var[2, 2]
    add(analysis, "estimate", paste(a, "- Placebo"), "", (o - e) / u, 1 / sqrt(u), Inf, (o - e) / sqrt(u))
  }
  fit(analysis, nrow(d), nrow(d))
}
logrank("log-rank", "ARM", FALSE)
logrank("log-rank-strata", c("ARM", "REGION"), TRUE)

# ---- joint rank --------------------------------------------------------------------------------------------------------------
set.seed(5)
n <- 66
jr <- data.frame(ARM = sample(rep(c("Tofersen", "Placebo"), c(44, 22))), BASE = round(rnorm(n, 37, 5)), SEX = sample(c("F", "M"), n, TRUE))
jr$CHG <- round(rnorm(n, -6 + 2 * (jr$ARM == "Tofersen"), 5)); jr$DTHDY <- ifelse(runif(n) < 0.2, sample(20:190, n, TRUE), NA)
jr$CHG[!is.na(jr$DTHDY) & runif(n) < 0.7] <- NA; jr$CHG[c(4, 40)] <- NA; jr$SEX[17] <- NA
save(jr, "ranks.csv", na = "")
d <- subset(jr, !is.na(SEX) & (!is.na(CHG) | !is.na(DTHDY))); n <- nrow(d)
better <- outer(1:n, 1:n, Vectorize(function(i, j) {
  a <- d[i, ]; b <- d[j, ]
  if (!is.na(a$DTHDY) && !is.na(b$DTHDY)) sign(a$DTHDY - b$DTHDY) else if (!is.na(a$DTHDY)) -1 else if (!is.na(b$DTHDY)) 1 else sign(a$CHG - b$CHG)
}))
score <- rowSums(better); active <- d$ARM == "Tofersen"; m1 <- sum(active); m0 <- n - m1
z <- sum(score[active]) / sqrt(m1 * m0 / (n * (n - 1)) * sum(score^2))
wins <- sum(better[active, !active] > 0); losses <- sum(better[active, !active] < 0)
d$rank <- rank(score); m <- lm(rank ~ BASE + SEX + ARM, transform(d, ARM = ordinal(ARM, "Placebo")))
s <- coef(summary(m))
add("joint-rank", "unadjusted", "Tofersen - Placebo: unadjusted", "", (wins - losses) / (m1 * m0), NA, Inf, z)
# The same test as Wilcoxon's, without a correction for continuity.
stopifnot(abs(wilcox.test(score[active], score[!active], exact = FALSE, correct = FALSE)$p.value - 2 * pnorm(-abs(z))) < 1e-12)
add("joint-rank", "ancova", "Tofersen - Placebo: ANCOVA of ranks", "", s["ARMTofersen", 1], s["ARMTofersen", 2], m$df.residual)
add("joint-rank", "value", "Tofersen - Placebo: win ratio", "", wins / losses, NA, NA, NA)
add("joint-rank", "value", "Tofersen - Placebo: win odds", "", (m1 * m0 + wins - losses) / (m1 * m0 - wins + losses), NA, NA, NA)
add("joint-rank", "value", "Tofersen - Placebo: net benefit", "", (wins - losses) / (m1 * m0), NA, NA, NA)
add("joint-rank", "coefficient", rownames(s), "", s[, 1], s[, 2], m$df.residual)
fit("joint-rank", n, n, residualVariance = sigma(m)^2)

write.csv(do.call(rbind, rows), "expected.csv", row.names = FALSE, quote = FALSE)
write.csv(do.call(rbind, fits), "fits.csv", row.names = FALSE, quote = FALSE)
write.csv(do.call(rbind, covs), "covariances.csv", row.names = FALSE, quote = FALSE)
