internal import Basics
internal import Catalog

/// When a run begins, an ISO 8601 time, how long it lasts, where, since when it replays the past, and how people respond;
/// of 0 days it is of one moment, to which nobody can respond.
func runHeading(
    from now: String, days: Int, timeZone: String, seed: UInt64, asOf: String?, responses: String
) -> String {
    let past = asOf.map {
        $0 == now ? " · on the past" : " · on the past since \(momentText($0, withYear: true))"
    }
    let place = "\(momentText(now, withYear: true)), \(timeZone) · seed \(seed)\(past ?? "")"
    guard days > 0 else { return "dry run at \(place)" }
    return "dry run of \(counted(days, "day")) from \(place) · \(responsePhrase(responses))"
}

/// How people respond, as a person would say it: `nobody responds`, `open 25 %, click 4 %, buy 1 %`.
func responsePhrase(_ responses: String) -> String {
    switch responses {
    case "none": "nobody responds"
    case "all": "everybody responds"
    case "history": "responses from history"
    case let script where script.hasPrefix("script "): "responses of \"\(script.dropFirst(7))\""
    default:
        responses.split(separator: ",").map { part in
            let sides = part.split(separator: "=")
            guard sides.count == 2, let share = Double(sides[1]) else { return String(part) }
            return "\(sides[0]) \(percent(share))"
        }.joined(separator: ", ")
    }
}

/// A share in percent: `25 %`, below ten with a decimal unless it is whole, `2.5 %`.
func percent(_ share: Double) -> String {
    let tenths = (share * 1000).rounded()
    guard tenths.isFinite else { return "–" }
    guard tenths < 100, !tenths.truncatingRemainder(dividingBy: 10).isZero else {
        return "\(Int((share * 100).rounded())) %"
    }
    return "\(tenths / 10) %"
}

/// A count and its share of all: `120 (2.5 %)`; of those that are there, the share is never 0 %.
func withShare(_ count: Int, of all: Int) -> String {
    guard count > 0, all > 0 else { return grouped(count) }
    let share = percent(Double(count) / Double(all))
    return "\(grouped(count)) (\(share == "0 %" ? "< 0.1 %" : share))"
}

/// The reason of a code in words; the code where there is no such reason.
func reasonPhrase(_ code: String) -> String {
    Reason(rawValue: code)?.phrase ?? code
}

/// Counts by reason code in words, largest first: `120 no consent · 3 paused`.
func reasonPhrases(_ counts: [String: Int]) -> String {
    counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { code, count in
        "\(grouped(count)) \(reasonPhrase(code))"
    }.joined(separator: " · ")
}

/// How a journey ended, a word of ``Catalog/RunFlow/word``, as reports say it.
func endingPhrase(_ word: String) -> String {
    word == "goal" ? "goal met" : reasonPhrase(word)
}

extension RunSummary.Displacement {
    /// Whose messages had taken the room, as reports say it.
    var rival: String { by == campaign ? "earlier ones of its own" : by }
}

/// As much of a hash as tells two runs apart for a person: its first eight digits.
public func shortHash(_ hash: String) -> String {
    String(hash.prefix(8))
}

/// A text as a word of a shell's line.
public func shellWord(_ text: String) -> String {
    text.allSatisfy { $0.isLetter || $0.isNumber || "-_./".contains($0) }
        ? text : "'\(text.replacing("'", with: "'\\''"))'"
}
