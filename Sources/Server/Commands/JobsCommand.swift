internal import ArgumentParser
internal import Identity
internal import Primitives

struct JobsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jobs",
    abstract: "Shows the work that waits or is repeated, such as letters, clean-up and key rotation.",
    discussion: """
      One line for each: how old it is, when it is due, how often it failed since it last succeeded and why, and which instance works on
      it. It tells neither whom a letter goes to nor what it says. It may be run while the server runs.
      """)

  @Flag(help: "Only what failed since it last succeeded.")
  var failing = false

  @OptionGroup var options: ConfigurationOptions

  func run() async throws {
    let foundations = try await options.layFoundations(as: "jobs")
    let occasion = foundations.occasion("jobs")
    StandardOutput.say(JobTable.heading)
    var next: String?
    repeat {
      let page = try await ListJobs()(
        nil, onlyFailing: failing, PageRequest(limit: PageRequest.maximumLimit, after: next), occasion,
        env: foundations.environment)
      for job in page.items { StandardOutput.say(JobTable.line(job, at: occasion.now)) }
      next = page.next
    } while next != nil
    try foundations.close()
  }
}

/// Jobs as lines for a terminal.
enum JobTable {
  private static let widths = [14, 27, 6, 11, 7, 40]

  static let heading = line(["KIND", "JOB", "AGE", "DUE", "FAILED", "HELD BY", "LAST ERROR"])

  static func line(_ job: Job, at now: Timestamp) -> String {
    let wait = job.dueAt - now
    return line([
      job.kind.rawValue, job.id.text, rough(now - job.createdAt),
      wait > .seconds(0) ? "in \(rough(wait))" : "\(rough(now - job.dueAt)) ago",
      "\(job.attempts)", job.isLeased(at: now) ? job.lease?.holder.text ?? "" : "-",
      job.lastError.map { LogText.line($0) } ?? "-",
    ])
  }

  /// Two blanks at least between columns, however long what stands in one.
  private static func line(_ cells: [String]) -> String {
    zip(cells.dropLast(), widths).map { cell, width in
      cell + String(repeating: " ", count: max(width - cell.count, 0) + 2)
    }.joined() + (cells.last ?? "")
  }

  /// In the largest unit of which there is one, cut: `3d`, `5h`, `12m`, `40s`.
  static func rough(_ duration: Duration) -> String {
    let seconds = max(duration.wholeSeconds, 0)
    let units: [(sign: String, seconds: Int64)] = [("d", 86_400), ("h", 3_600), ("m", 60)]
    let unit = units.first { seconds >= $0.seconds } ?? ("s", 1)
    return "\(seconds / unit.seconds)\(unit.sign)"
  }
}
