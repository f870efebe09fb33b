/// A question about a customer at an instant, which the reference answers from its arrays and the program
/// from Lua.
indirect enum TimelineCondition {
    case everybody
    case hasTag(String)
    case hasLevel(String)
    case messages(atLeast: Int)
    case lately(messages: Int, inLast: Int64)
    case clicks(atLeast: Int)
    case opened(inLast: Int64)
    case orders(atLeast: Int)
    case lastOrder(before: Int64)
    /// Of a goal or an exit rule.
    case boughtSinceEntry
    /// Of a journey.
    case isVariant(String)
    /// Of a follow-up: the message that the event is about.
    case step(String)
    case not(TimelineCondition)
    case both(TimelineCondition, TimelineCondition)
    case either(TimelineCondition, TimelineCondition)

    /// The same in Lua, where `c` is the customer.
    var lua: String {
        switch self {
        case .everybody: "true"
        case .hasTag(let tag): "c:has_tag '\(tag)'"
        case .hasLevel(let level): "c.level == '\(level)'"
        case .messages(let least): "c.message_count >= \(least)"
        case .lately(let least, let span): "c.messages:since(now() - \(span)):count() >= \(least)"
        case .clicks(let least): "c.click_count >= \(least)"
        case .opened(let span): "c.last_open_at >= now() - \(span)"
        case .orders(let least): "c.order_count >= \(least)"
        case .lastOrder(let span): "c.last_order_at < now() - \(span)"
        case .boughtSinceEntry: "c.orders:since(entered_at):any()"
        case .isVariant(let name): "entry.variant == '\(name)'"
        case .step(let step): "event.step == '\(step)'"
        case .not(let condition): "not (\(condition.lua))"
        case .both(let a, let b): "(\(a.lua) and \(b.lua))"
        case .either(let a, let b): "(\(a.lua) or \(b.lua))"
        }
    }
}

/// One line of a journey.
struct TimelineStep {
    enum Act {
        case send(template: String, channel: String?, bestHour: Bool?)
        case wait(Int64)
        case waitUntil(Int64)
        case waitFor(String, limit: Int64?)
        case tag(String)
        case untag(String)
        case set(String, String)
        case pause(Int64)
        case note(String)
        case exit(String?)
        /// A mistake of the script, which ends the journey.
        case raise
        case branch(TimelineCondition)
        case rounds(Int)
    }

    var act: Act
    /// Where a `send` sent, an event came, a condition holds; the body of a loop.
    var then: [TimelineStep] = []
    /// Where not.
    var otherwise: [TimelineStep] = []
    /// In the script.
    private(set) var line = 0

    init(_ act: Act, then: [TimelineStep] = [], otherwise: [TimelineStep] = []) {
        self.act = act
        self.then = then
        self.otherwise = otherwise
    }

    /// Whether it asks the program for something: the others are Lua's own.
    var isAsked: Bool {
        switch act {
        case .raise, .branch, .rounds: false
        default: true
        }
    }

    /// The word of Lua.
    var word: String {
        switch act {
        case .send: "send"
        case .wait, .waitUntil: "wait"
        case .waitFor: "wait_for"
        case .tag: "tag"
        case .untag: "untag"
        case .set: "set"
        case .pause: "pause"
        case .note: "note"
        case .exit: "exit"
        case .raise: "error"
        case .branch: "if"
        case .rounds: "for"
        }
    }

    private var call: String {
        switch act {
        case .send(let template, let channel, let bestHour):
            "send { template = '\(template)'\(channel.map { ", channel = '\($0)'" } ?? "")"
                + (bestHour.map { ", best_hour = \($0)" } ?? "") + " }"
        case .wait(let span): "wait(\(span))"
        case .waitUntil(let time): "wait_until(\(time))"
        case .waitFor(let event, let limit): "wait_for('\(event)'\(limit.map { ", \($0)" } ?? ""))"
        case .tag(let tag): "tag '\(tag)'"
        case .untag(let tag): "untag '\(tag)'"
        case .set(let field, let value): "set('\(field)', '\(value)')"
        case .pause(let span): "pause(\(span))"
        case .note(let text): "note '\(text)'"
        case .exit(let reason): "exit(\(reason.map { "'\($0)'" } ?? ""))"
        case .raise: "error('x')"
        case .branch(let condition): condition.lua
        case .rounds(let count): "\(count)"
        }
    }

    /// Writes the step as Lua, a line for each, and notes on which line it came to stand.
    mutating func write(to lines: inout [String]) {
        line = lines.count + 1
        if case .rounds = act {
            lines.append("for _ = 1, \(call) do")
            then.write(to: &lines)
            lines.append("end")
        } else if then.isEmpty, otherwise.isEmpty {
            lines.append(call)
        } else {
            lines.append("if \(call) then")
            then.write(to: &lines)
            lines.append("else")
            otherwise.write(to: &lines)
            lines.append("end")
        }
    }
}

extension [TimelineStep] {
    mutating func write(to lines: inout [String]) {
        for index in indices { self[index].write(to: &lines) }
    }
}
