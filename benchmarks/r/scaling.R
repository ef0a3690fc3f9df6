# Draws the curves that `scaling` of the benchmark program has measured, fits their slopes, and writes the summary.
# Usage: Rscript scaling.R FOLDER SUMMARY     FOLDER has the CSV files and receives the pictures and slopes.csv
arguments <- commandArgs(TRUE)
folder <- arguments[1]
read <- function(name) read.csv(file.path(folder, name))

# Okabe and Ito's colours, which the colour-blind can tell apart; the yellow is too pale for a line on white.
colours <- c("#000000", "#E69F00", "#56B4E9", "#009E73", "#0072B2", "#D55E00", "#CC79A7", "#7F7F7F")
names_of_works <- c(
  trial = "one trial", ancova = "ANCOVA", "joint-rank" = "joint rank", "log-rank" = "log-rank", cox = "Cox", "random-slope" = "random slope",
  "random-slope-kr" = "random slope, KR", mmrm = "MMRM", "mmrm-kr" = "MMRM, KR", imputation = "100 imputations", "delayed-start" = "delayed start")

medians <- function(data, by, value) {
  result <- aggregate(data[[value]], data[by], median)
  names(result)[ncol(result)] <- "y"
  result
}

# Least squares of log y on log x.
slope_of <- function(x, y) {
  if (length(x) < 3) return(c(slope = NA, error = NA))
  table <- coef(summary(lm(log(y) ~ log(x))))
  c(slope = table[2, 1], error = table[2, 2])
}
slope_text <- function(s) {
  if (is.na(s[["slope"]])) return("")
  digits <- if (abs(s[["slope"]]) < 0.1) 3 else 2
  sprintf("%.*f ± %.*f", digits, s[["slope"]], digits, s[["error"]])
}

# Places for labels as near as can be to where they belong, in order, and no nearer to one another than the least distance.
spread <- function(at, least) {
  order <- order(at)
  place <- at[order]
  for (pass in 1:500) {
    gaps <- diff(place)
    close <- which(gaps < least - 1e-9)
    if (length(close) == 0) break
    for (i in close) {
      push <- max(0, least - (place[i + 1] - place[i])) / 2
      place[i] <- place[i] - push
      place[i + 1] <- place[i + 1] + push
    }
  }
  place[order(order)]
}

plain <- function(x) format(x, big.mark = ",", scientific = FALSE, trim = TRUE, drop0trailing = TRUE)
time_label <- function(us) {
  ifelse(us >= 1e6, paste(plain(us / 1e6), "s"), ifelse(us >= 1e3, paste(plain(us / 1e3), "ms"), paste(plain(us), "µs")))
}
powers <- function(range) 10^(floor(log10(range[1])):ceiling(log10(range[2])))

# Curves on logarithmic axes, or on one from zero upwards, each named at its right end together with its slope.
draw <- function(file, curves, x_name, y_name, y_label, title, x_ticks, from_zero = FALSE) {
  svg(file.path(folder, file), width = 8, height = 5.5, family = "sans")
  on.exit(dev.off())
  par(mar = c(4, 5, 3, 14.5), las = 1, mgp = c(3.2, 0.7, 0), cex = 0.9)
  x <- unlist(lapply(curves, `[[`, "x"))
  y <- unlist(lapply(curves, `[[`, "y"))
  ticks <- if (from_zero) pretty(c(0, y)) else powers(range(y))
  plot(NA, xlim = range(x), ylim = range(ticks), log = if (from_zero) "x" else "xy", axes = FALSE, xlab = "", ylab = "")
  abline(h = ticks, col = "grey90")
  axis(1, x_ticks, plain(x_ticks), col = "grey50")
  axis(2, ticks, y_label(ticks), col = "grey50")
  title(main = title, adj = 0, font.main = 1, cex.main = 1.1)
  title(xlab = x_name, mgp = c(2.3, 1, 0))
  title(ylab = y_name, mgp = c(3.8, 1, 0))
  onto <- if (from_zero) identity else log10
  back <- if (from_zero) identity else function(y) 10^y
  place <- back(spread(vapply(curves, function(c) onto(tail(c$y, 1)), 0), diff(par("usr")[3:4]) / 24))
  edge <- 10^par("usr")[2]
  for (i in seq_along(curves)) {
    c <- curves[[i]]
    # A work has the same colour in every picture.
    number <- if (is.null(c$work)) c$number else match(c$work, names(names_of_works))
    colour <- colours[(number - 1) %% length(colours) + 1]
    lines(c$x, c$y, col = colour, lwd = 2, lty = if (number > length(colours)) 2 else 1)
    points(c$x, c$y, col = colour, pch = 16, cex = 0.7)
    segments(tail(c$x, 1), tail(c$y, 1), edge * 1.02, place[i], col = colour, lty = 3, xpd = NA)
    text(edge * 1.03, place[i], paste0(c$name, if (nchar(c$slope_text) > 0) paste0(": ", c$slope_text)), col = colour, adj = 0, xpd = NA, cex = 0.9)
  }
}

curves_of <- function(data, x, value) {
  middle <- medians(data, c("work", x), value)
  lapply(intersect(names(names_of_works), unique(middle$work)), function(work) {
    part <- middle[middle$work == work, ]
    part <- part[order(part[[x]]), ]
    s <- slope_of(part[[x]], part$y)
    list(work = work, name = names_of_works[[work]], x = part[[x]], y = part$y, slope = s, slope_text = slope_text(s))
  })
}

markdown_table <- function(curves, x_name, ticks) {
  cells <- function(c) vapply(ticks, function(t) if (t %in% c$x) time_label(signif(c$y[c$x == t], 3)) else "", "")
  c(paste("|", x_name, "|", paste(plain(ticks), collapse = " | "), "| slope |"), paste("| --- |", trimws(strrep(" ---: |", length(ticks) + 1))),
    vapply(curves, function(c) paste("|", c$name, "|", paste(cells(c), collapse = " | "), "|", c$slope_text, "|"), ""), "")
}

all_slopes <- data.frame()
keep_slopes <- function(file, curves) {
  all_slopes <<- rbind(all_slopes, do.call(rbind, lapply(curves, function(c) {
    data.frame(curve = file, work = c$work, slope = c$slope[["slope"]], error = c$slope[["error"]], points = length(c$x))
  })))
}

lines <- readLines("/proc/cpuinfo")
summary <- c(
  sprintf("# Scaling, %s", trimws(format(Sys.Date(), "%e %B %Y"))), "",
  "Made by `benchmarks/scaling.sh`; every number comes from it. Raw measurements, slopes and pictures are in the folder of the same name.", "",
  sprintf("%s, %d cores; %s.", sub(".*: ", "", grep("model name", lines, value = TRUE)[1]), sum(grepl("^processor", lines)),
          trimws(readLines(file.path(folder, "runtime.txt")))),
  "Medians over rounds, each of which goes over all points of a curve. Slopes are those of the logarithms, by least squares, ± their standard error: 1 is",
  "proportional, 0 is constant.", "")

# Participants and visits: processor time of one thread.
for (curve in list(list("participants", "Participants"), list("visits", "Visits after baseline"))) {
  data <- read(paste0(curve[[1]], ".csv"))
  curves <- curves_of(data, curve[[1]], "microseconds")
  ticks <- sort(unique(data[[curve[[1]]]]))
  title <- if (curve[[1]] == "participants") "Time by number of participants, and slope" else "Time by number of visits, 250 participants, and slope"
  draw(paste0(curve[[1]], ".svg"), curves, curve[[2]], "Processor time", time_label, title, ticks)
  keep_slopes(curve[[1]], curves)
  summary <- c(summary, sprintf("## %s", curve[[2]]), "", sprintf("![%s](%s/%s.svg)", title, basename(folder), curve[[1]]), "",
               markdown_table(curves, tolower(curve[[2]]), ticks))
}

# Replicates: time by the clock, processor time and largest memory of a whole run.
runs <- read("replicates.csv")
seconds <- medians(runs, "replicates", "seconds")
processor <- medians(runs, "replicates", "processorSeconds")
memory <- medians(runs, "replicates", "peakMebibytes")
allocated <- medians(runs, "replicates", "allocatedMebibytes")
s_time <- slope_of(seconds$replicates, seconds$y)
s_processor <- slope_of(processor$replicates, processor$y)
s_memory <- slope_of(memory$replicates, memory$y)
draw("replicates-time.svg",
     list(list(name = "by the clock", number = 5, x = seconds$replicates, y = seconds$y, slope_text = slope_text(s_time)),
          list(name = "processor time", number = 6, x = processor$replicates, y = processor$y, slope_text = slope_text(s_processor))),
     "Replicates", "Time", function(s) time_label(1e6 * s), "Time of a run on all cores, and slope", seconds$replicates)
draw("replicates-memory.svg", list(list(name = "working set", number = 5, x = memory$replicates, y = memory$y, slope_text = slope_text(s_memory))),
     "Replicates", "Largest working set", function(m) paste(plain(m), "MiB"), "Memory of a run, and slope", memory$replicates, from_zero = TRUE)
all_slopes <- rbind(all_slopes, data.frame(
  curve = "replicates", work = c("clock", "processor", "memory"), slope = c(s_time[[1]], s_processor[[1]], s_memory[[1]]),
  error = c(s_time[[2]], s_processor[[2]], s_memory[[2]]), points = nrow(seconds)))
summary <- c(summary, "## Replicates", "",
             "VALOR with its extension; ANCOVA, joint rank and log-rank; a process each, all cores, after short runs to warm up.", "",
             sprintf("![Time of a run](%s/replicates-time.svg)", basename(folder)), "",
             sprintf("![Memory of a run](%s/replicates-memory.svg)", basename(folder)), "",
             "| replicates | by the clock | processor time | the same, a replicate | largest working set | allocated in the run |",
             "| ---: | ---: | ---: | ---: | ---: | ---: |",
             sprintf("| %s | %s | %s | %s | %.1f MiB | %.2f MiB |", plain(seconds$replicates), time_label(signif(1e6 * seconds$y, 3)),
                     time_label(signif(1e6 * processor$y, 3)), time_label(signif(1e6 * processor$y / processor$replicates, 3)), memory$y, allocated$y),
             sprintf("| slope | %s | %s | | %s | |", slope_text(s_time), slope_text(s_processor), slope_text(s_memory)), "")

# Threads: speed-up over one thread in the same process, and of the quickest round over the quickest, which other programs disturb least; and what a
# replicate costs in processor time.
threads <- read("threads.csv")
one <- threads[threads$threads == 1, c("collector", "round", "seconds", "processorSeconds")]
threads <- merge(threads, one, by = c("collector", "round"), suffixes = c("", ".one"))
threads$speed_up <- threads$seconds.one / threads$seconds
threads$cost <- threads$processorSeconds / threads$processorSeconds.one
table <- aggregate(cbind(speed_up, cost) ~ threads + collector, threads, median)
table$quickest <- aggregate(seconds ~ threads + collector, threads, min)$seconds
table$best <- table$quickest[match(table$collector, table$collector)] / table$quickest
cores <- sum(grepl("^processor", lines))
draw_threads <- function() {
  svg(file.path(folder, "threads.svg"), width = 8, height = 5.5, family = "sans")
  on.exit(dev.off())
  par(mar = c(4, 5, 3, 14.5), las = 1, mgp = c(3.2, 0.7, 0), cex = 0.9)
  counts <- sort(unique(table$threads))
  top <- max(ceiling(max(table$speed_up) * 2) / 2, cores)
  plot(NA, xlim = range(counts), ylim = c(0, top), axes = FALSE, xlab = "", ylab = "")
  abline(h = seq(0, top, 0.5), col = "grey90")
  axis(1, counts, col = "grey50")
  axis(2, seq(0, top, 0.5), col = "grey50")
  title(main = "Speed-up over one thread, by garbage collector", adj = 0, font.main = 1, cex.main = 1.1)
  title(xlab = "Threads", mgp = c(2.3, 1, 0))
  title(ylab = "Speed-up", mgp = c(3, 1, 0))
  lines(counts, pmin(counts, cores), col = "grey60", lty = 2)
  names <- c(unique(table$collector), "one for each core")
  ends <- c(vapply(names[-length(names)], function(n) tail(table$speed_up[table$collector == n], 1), 0), cores)
  place <- spread(ends, top / 22)
  edge <- par("usr")[2]
  for (i in seq_along(names)) {
    part <- table[table$collector == names[i], ]
    colour <- if (nrow(part) > 0) colours[c(5, 6, 4)[i]] else "grey40"
    lines(part$threads, part$speed_up, col = colour, lwd = 2)
    points(part$threads, part$speed_up, col = colour, pch = 16)
    segments(max(counts), ends[i], edge * 1.02, place[i], col = colour, lty = 3, xpd = NA)
    text(edge * 1.03, place[i], names[i], col = colour, adj = 0, xpd = NA, cex = 0.9)
  }
}
draw_threads()
summary <- c(summary, "## Threads", "",
             sprintf("The same runs, %s replicates; each round is a process of its own with that garbage collector.", plain(threads$replicates[1])), "",
             sprintf("![Speed-up](%s/threads.svg)", basename(folder)), "",
             "| garbage collector | threads | speed-up, median | quickest rounds | processor time over that of one thread |", "| --- | ---: | ---: | ---: | ---: |",
             sprintf("| %s | %d | %.2f | %.2f | %.2f |", table$collector, table$threads, table$speed_up, table$best, table$cost), "")

write.csv(all_slopes, file.path(folder, "slopes.csv"), row.names = FALSE)
writeLines(head(summary, -1), arguments[2])
