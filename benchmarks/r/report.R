# Checks that R and we give the same answers, and writes the table of times and ratios.
# Usage: Rscript report.R FOLDER OUTPUT
arguments <- commandArgs(TRUE)
folder <- arguments[1]
read <- function(name) read.csv(file.path(folder, name))
times <- read("times.csv")
ours <- read("answers-ours.csv")
r <- read("answers-r.csv")

false_alarm <- 1e-4
works <- c(
  "trial-without-events" = "one trial of VALOR + OLE, no events", "trial-with-events" = "one trial of VALOR + OLE, with events",
  ancova = "ANCOVA at week 28, four covariates", "joint-rank" = "joint rank at week 52, ANCOVA on ranks, four covariates",
  "log-rank" = "log-rank to week 52", cox = "Cox to week 52, arm", "random-slope" = "random slope to week 28, Satterthwaite",
  "random-slope-kr" = "random slope to week 28, Kenward–Roger", mmrm = "MMRM, 8 visits to week 28, unstructured, Satterthwaite",
  "mmrm-gaps" = "the same with 3 % of visits missed",
  "mmrm-kr" = "the MMRM without gaps, linear Kenward–Roger", "delayed-start" = "delayed start: MMRM, 10 visits to week 52, unstructured, Satterthwaite",
  imputation = "ANCOVA at week 28, 100 imputations by arm")

fail <- character()
check <- function(ok, message) if (!isTRUE(ok)) fail <<- c(fail, message)

# The same answers.
both <- merge(r, ours, by = c("work", "trial"), suffixes = c("", ".ours"))
both <- both[both$status == "Converged", ]
both$estimate_off <- abs(both$estimate - both$estimate.ours) / both$se.ours
both$se_off <- abs(both$se / both$se.ours - 1)
both$df_off <- ifelse(is.infinite(both$df) & is.infinite(both$df.ours), 0, abs(both$df / both$df.ours - 1))

agreement <- function(part) {
  largest <- function(x) if (max(x) < 1e-6) "0" else formatC(max(x), format = "g", digits = 1)
  name <- paste(part$work[1], part$fit[1])
  tolerance <- part$tolerance[1]
  if (!is.na(tolerance)) {
    check(max(part$estimate_off, part$se_off) <= tolerance, paste(name, "estimates or standard errors differ"))
    compares_df <- !is.na(part$df_tolerance[1])
    if (compares_df) check(max(part$df_off) <= part$df_tolerance[1], paste(name, "degrees of freedom differ"))
    return(sprintf("%s, %s%s", largest(part$estimate_off), largest(part$se_off), if (compares_df) paste0(", ", largest(part$df_off)) else ", –"))
  }
  # Random numbers of both: the Monte Carlo error of the two differences, and the standard errors on average.
  z <- (part$estimate - part$estimate.ours) / (sqrt(2) * part$error)
  p_estimate <- pchisq(sum(z^2), length(z), lower.tail = FALSE)
  ratio <- log(part$se / part$se.ours)
  p_se <- if (length(ratio) > 1) t.test(ratio)$p.value else NA
  check(p_estimate > false_alarm, paste(name, "estimates differ by more than the Monte Carlo error"))
  if (!is.na(p_se)) check(p_se > false_alarm, paste(name, "standard errors differ by more than the Monte Carlo error"))
  sprintf("p = %.2g for estimates%s", p_estimate, if (is.na(p_se)) "" else sprintf(", %.2g for standard errors", p_se))
}

# The same trials, as far as random numbers can tell.
simulated <- merge(aggregate(cbind(seen, mean, sd) ~ model + arm + week, read("simulated-ours.csv"), function(x) c(mean(x), var(x) / length(x))),
                   aggregate(cbind(seen, mean, sd) ~ model + arm + week, read("simulated-r.csv"), function(x) c(mean(x), var(x) / length(x))),
                   by = c("model", "arm", "week"), suffixes = c(".ours", ".r"))
compared <- do.call(rbind, lapply(c("seen", "mean", "sd"), function(what) {
  a <- simulated[[paste0(what, ".ours")]]
  b <- simulated[[paste0(what, ".r")]]
  difference <- b[, 1] - a[, 1]
  error <- sqrt(a[, 2] + b[, 2])
  data.frame(simulated[c("model", "arm", "week")], what, ours = a[, 1], r = b[, 1], z = ifelse(difference == 0, 0, difference / error))
}))
limit <- qnorm(1 - false_alarm / 2 / sum(compared$z != 0))
check(max(abs(compared$z)) < limit, "simulated trials differ by more than chance")

of_simulation <- function(work) sprintf("largest z %.1f", max(abs(compared$z[compared$model == work])))

shown_time <- function(us) {
  us <- signif(us, 3)
  if (us >= 1e6) paste(us / 1e6, "s") else if (us >= 1e3) paste(us / 1e3, "ms") else paste(us, "µs")
}
shown_ratio <- function(x) format(signif(x, 2), big.mark = ",", scientific = FALSE, trim = TRUE)

rows <- character()
for (work in names(works)) {
  mine <- times[times$work == work & times$fit == "ours", ]
  for (fit in setdiff(unique(times$fit[times$work == work]), "ours")) {
    theirs <- times[times$work == work & times$fit == fit, ]
    part <- both[both$work == work & both$fit == fit, ]
    by_round <- tapply(theirs$microseconds, theirs$round, median) / tapply(mine$microseconds, mine$round, median)
    is_simulation <- startsWith(work, "trial")
    if (!is_simulation) check(nrow(part) > 0, paste(work, fit, "has no answers"))
    rows <- c(rows, sprintf(
      "| %s | %s | %s | %s | %s | %s to %s | %s | %s |", works[[work]], fit, shown_time(median(theirs$microseconds)),
      shown_time(median(mine$microseconds)), shown_ratio(median(by_round)), shown_ratio(min(by_round)),
      shown_ratio(max(by_round)), if (is_simulation) "" else nrow(part), if (is_simulation) of_simulation(work) else agreement(part)))
  }
}

lines <- readLines("/proc/cpuinfo")
processor <- sub(".*: ", "", grep("model name", lines, value = TRUE)[1])
system <- sub("^PRETTY_NAME=\"(.*)\"$", "\\1", grep("^PRETTY_NAME", readLines("/etc/os-release"), value = TRUE))
packages <- Filter(function(p) requireNamespace(p, quietly = TRUE), c("survival", "lme4", "lmerTest", "pbkrtest", "nlme", "glmmTMB", "mice", "MASS"))
versions <- paste(packages, vapply(packages, function(p) as.character(packageVersion(p)), ""), collapse = ", ")
trials <- length(unique(ours$trial))
left_out <- aggregate(status ~ work, ours, function(s) sum(s != "Converged"))
left_out <- left_out[left_out$status > 0, ]

writeLines(c(
  sprintf("# Beside R, %s", format(Sys.Date(), "%e %B %Y") |> trimws()), "",
  "Made by `benchmarks/r/compare.sh`; every number comes from it.", "",
  sprintf("%s, %d cores; %s. %s. R %s, BLAS %s; %s.", processor, sum(grepl("^processor", lines)), system,
          trimws(readLines(file.path(folder, "runtime.txt"))), getRversion(), basename(extSoftVersion()[["BLAS"]]), versions), "",
  sprintf(paste(
    "The same %d simulated trials of VALOR with its extension, 108 participants, analysed by both; processor time, one thread, data ready in memory.",
    "Median over %d rounds of R, then ours, in turn; beside the ratio its smallest and largest over the rounds. Slow fits of R are few, and each round takes other trials."),
    trials, length(unique(times$round))), "",
  "| work | R | time | ours | ratio | by round | trials | difference |", "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |", rows, "",
  "Difference: the largest over the trials compared, of the estimate in standard errors, of the standard error and of the degrees of freedom as a share; – where R has none, or",
  "none that mean the model's; 0 for less than a millionth. What is left is where R's optimiser stops.",
  sprintf(paste("Simulation: numbers seen, mean and standard deviation of the change at weeks 28 and 52 by arm, R's over %d trials and ours over as many;",
                "the limit is z < %.1f in size, which chance passes in one of %s comparisons of the whole."),
          length(unique(read("simulated-r.csv")$trial)), limit, format(1 / false_alarm, big.mark = ",", scientific = FALSE)),
  "The MMRM of trials with dropout alone has a closed form, which ours uses and R's packages do not; with missed visits ours iterates, too.",
  "R's package mmrm, which is not in Debian, is not measured.",
  "Imputation: χ² of the differences over their Monte Carlo error, and a t test of the log ratios of the standard errors; both fail below the same rate.",
  if (nrow(left_out) > 0) paste0("Left out on both sides, since ours ended on an edge or was not estimable: ",
                                paste(left_out$status, "of", left_out$work, collapse = ", "), "."),
  if (length(fail) > 0) c("", "**The answers do not agree:**", paste("-", fail))), arguments[2])

if (length(fail) > 0) {
  message(paste(fail, collapse = "\n"))
  quit(status = 1)
}
