# One round of R's side: times every analysis on the exported trials, and the simulation, and appends to times.csv; the first round writes the
# answers and figures of simulated trials as well. Slow fits are few a round, and each round takes other trials; theirs are the answers, too.
# Usage: Rscript round.R FOLDER ROUND SECONDS SIMULATED
arguments <- commandArgs(TRUE)
folder <- arguments[1]
round <- as.integer(arguments[2])
seconds <- as.numeric(arguments[3])
simulated <- as.integer(arguments[4])
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
source(file.path(here, "analyses.R"))
source(file.path(here, "simulate.R"))

measurements <- 5
slow_seconds <- 2
path <- function(name) file.path(folder, name)
processor_seconds <- function() sum(proc.time()[c("user.self", "sys.self")])

# Appends rows, under a header where the file is new.
append_rows <- function(rows, name) {
  write.table(rows, path(name), sep = ",", append = file.exists(path(name)), col.names = !file.exists(path(name)), row.names = FALSE)
}

# Works in batches until it took long enough for the clock: microseconds a piece of work.
microseconds <- function(work, batch) {
  start <- processor_seconds()
  done <- 0
  repeat {
    for (piece in seq_len(batch)) work()
    done <- done + batch
    spent <- processor_seconds() - start
    if (spent >= seconds) return(1e6 * spent / done)
  }
}

# Batches are about a tenth of the least time; each goes on with the trials where the last one stopped, and each round begins elsewhere.
time_quick <- function(e, trials) {
  position <- 17 * round
  work <- function() {
    position <<- position %% length(trials) + 1
    e$fit(trials[[position]])
  }
  one <- microseconds(work, 1)
  batch <- max(1, floor(seconds * 1e6 / one / 10))
  answers <- if (round == 1) lapply(if (one > 2e4) head(trials, 50) else trials, e$fit)
  list(times = vapply(seq_len(measurements), function(m) microseconds(work, batch), 0), answers = answers)
}

# The first fit of a session is left out where others follow it, since it loads and compiles.
time_slow <- function(e, trials) {
  trials <- trials[(seq_along(trials) + 4 * (round - 1) - 1) %% length(trials) + 1]
  times <- numeric()
  answers <- list()
  for (trial in names(trials)[seq_len(min(4, length(trials)))]) {
    start <- processor_seconds()
    answers[[trial]] <- e$fit(trials[[trial]])
    times <- c(times, 1e6 * (processor_seconds() - start))
    if (sum(times) > 1e6 * slow_seconds && (length(times) > 1 || times > 2e6 * slow_seconds)) break
  }
  list(times = if (length(times) > 1) times[-1] else times, answers = answers)
}

record <- function(work, fit, times) {
  append_rows(data.frame(work = work, fit = fit, round = round, measurement = seq_along(times), microseconds = times), "times.csv")
}

read_trials <- function(set) {
  people <- split(read.csv(path(sprintf("participants%s.csv", set))), ~ trial)
  scores <- split(read.csv(path(sprintf("scores%s.csv", set))), ~ trial)
  Map(function(p, s) prepare(p[names(p) != "trial"], s[names(s) != "trial"]), people, scores)
}
sets <- list("all" = read_trials(""), "-gaps" = read_trials("-gaps"))
ours <- read.csv(path("answers-ours.csv"))

set.seed(round)
for (e in entries) {
  converged <- ours$trial[ours$work == e$work & ours$status == "Converged"]
  trials <- sets[[if (e$set == "") "all" else e$set]]
  measured <- (if (e$slow) time_slow else time_quick)(e, trials[as.character(converged)])
  record(e$work, e$shown, measured$times)
  for (trial in names(measured$answers)) {
    a <- measured$answers[[trial]]
    append_rows(data.frame(work = e$work, fit = e$shown, trial = trial, estimate = a[["estimate"]], se = a[["se"]], df = a[["df"]], p = a[["p"]],
                           error = if ("error" %in% names(a)) a[["error"]] else NA, tolerance = e$tolerance, df_tolerance = e$df_tolerance),
                "answers-r.csv")
  }
}

batch <- 100
for (events in c(FALSE, TRUE)) {
  work <- if (events) "trial-with-events" else "trial-without-events"
  # Many at a time save R's calls, and few stay in the processor's cache.
  for (size in c(1, 10, batch)) {
    shown <- if (size == 1) "matrices, a trial at a time" else sprintf("matrices, %d trials at a time", size)
    some <- function() simulate_trials(size, events)
    some()
    times <- vapply(seq_len(measurements), function(m) microseconds(some, 2) / size, 0)
    record(work, shown, times)
  }
  if (round == 1) {
    for (start in seq(0, simulated - 1, batch)) {
      size <- min(batch, simulated - start)
      summary <- summarise_trials(simulate_trials(size, events), size)
      append_rows(transform(summary, model = work, trial = trial + start), "simulated-r.csv")
    }
  }
}
