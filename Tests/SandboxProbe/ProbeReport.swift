/// How the hostile call ended.
enum ProbeOutcome: String, Codable {
    /// By an ordinary error.
    case refused
    /// By force, for one of these reasons.
    case memory, time, steps, interrupted, hugeTable
    /// It returned.
    case harmless

    /// Whether the state runs nothing more.
    var isStop: Bool { self != .refused && self != .harmless }
}

/// What a probe saw.
struct ProbeReport: Codable {
    var outcome = ProbeOutcome.harmless
    /// What it answered, where it was harmless.
    var value: String?
    var message: String?
    var file: String?
    var line: Int?
    /// Whether the host says that it was ended by force.
    var isStopped = false
    /// Of the hostile call alone.
    var processorSeconds = 0.0
    /// From the interrupt to the end of the call.
    var interruptMilliseconds: Double?
    /// The most memory that the process ever held.
    var peakMegabytes = 0
    /// What the next good rule answered about two customers: "true false" where all is well.
    var nextRule = ""
    /// What went wrong with host functions that were called with every kind of wrong argument.
    var complaints: [String]?
    /// How many such calls there were.
    var callCount: Int?
}
