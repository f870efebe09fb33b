internal import Basics

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
    let span = days == 1 ? "1 day" : "\(grouped(days)) days"
    return "dry run of \(span) from \(place) · \(responsePhrase(responses))"
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

/// As much of a hash as tells two runs apart for a person: its first eight digits.
public func shortHash(_ hash: String) -> String {
    String(hash.prefix(8))
}

/// A text as a word of a shell's line.
public func shellWord(_ text: String) -> String {
    text.allSatisfy { $0.isLetter || $0.isNumber || "-_./".contains($0) }
        ? text : "'\(text.replacing("'", with: "'\\''"))'"
}
