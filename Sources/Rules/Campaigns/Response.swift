public import Catalog
public import Diagnostics
internal import LuaRuntime

/// What the table of a response may have.
let responseSettings = ["description", "rates"]

/// How people respond to messages, as a script takes it: what `dry-run --assume NAME` names.
public struct Response {
    /// The name.
    public let name: String
    /// One sentence; empty where the script gives none.
    public let description: String
    /// Where it is defined.
    public let location: SourceLocation
    /// Gives a table of shares for a customer and a message.
    let function: LuaFunction
}

/// A message that a customer has got, as responses are asked about it.
public struct ResponseMessage: Sendable, Hashable {
    /// The campaign that sent it.
    public let campaign: String
    /// The step of the campaign, which is the name of its template.
    public let step: String
    /// The channel.
    public let channel: Channel
    /// When it was sent, Unix seconds.
    public let time: Int64

    /// A message from its parts.
    public init(campaign: String, step: String, channel: Channel, time: Int64) {
        self.campaign = campaign
        self.step = step
        self.channel = channel
        self.time = time
    }
}

extension Response {
    /// The names that `--assume` reads in another way.
    private static let taken = ["none", "all", "history"]

    /// The response that a script defines.
    init(_ name: String, _ settings: Settings) throws {
        try settings.allow(responseSettings)
        guard !Self.taken.contains(name), !name.contains("=") else {
            throw LuaError(
                "response '\(name)' has a name that --assume reads in another way", at: settings.location,
                hint: "take another name than none, all and history, without '='")
        }
        guard let function = try settings.function("rates") else {
            throw settings.missing("rates", example: "rates = function(c, message) return { open = 0.4 } end")
        }
        self.init(
            name: name, description: try settings.text("description") ?? "", location: settings.location,
            function: function)
    }
}

extension RuleHost {
    /// The response of that name.
    ///
    /// - Throws: an error with the nearest name where there is none.
    public func response(_ name: String) throws -> Response {
        guard let response = responses[name] else {
            throw RuleError.unknown(what: "response", name: name, at: nil, known: Array(responses.keys))
        }
        return response
    }

    /// The shares that a response takes of a message to the customer whose turn it is.
    ///
    /// - Throws: ``RuleError`` where it raises, or gives anything else than a table of shares.
    public func rates(
        of name: String, for message: ResponseMessage, in walk: CustomerWalk
    ) throws -> ResponseRates {
        let response = try response(name)
        let table = LuaTable(fields: [
            ("campaign", .text(message.campaign)), ("step", .text(message.step)),
            ("channel", .text(message.channel.rawValue)), ("at", .integer(message.time)),
        ])
        let owner = "response '\(name)'"
        let answer: LuaValue
        do {
            answer = try afresh {
                try state.call(response.function, .row(walk.row), .value(.table(table)), within: .predicate)
            }
        } catch let error as LuaError {
            throw RuleError.raised(rule: owner, customer: walk.current, error: explained(error))
        }
        func wrong(_ got: String) -> RuleError {
            .wrongValue(
                owner: owner, key: "rates",
                expected:
                    "a function that returns shares from 0 to 1 such as { open = 0.4, after = hours(3) }",
                got: "one that returned \(got) for customer \(walk.current)",
                at: place(of: "rates", in: response.location))
        }
        guard case .table(let shares) = answer else { throw wrong(answer.kindName) }
        if !shares.array.isEmpty { throw wrong("a list") }
        var rates = ResponseRates()
        for (key, value) in shares.fields {
            let number: Double? =
                switch value {
                case .integer(let number): Double(number)
                case .number(let number): number
                default: nil
                }
            switch (key, number) {
            case ("after", let span?) where (0...1e11).contains(span): rates.after = Int64(span)
            case (let key, let share?) where ResponseRates.names.contains(key) && (0...1).contains(share):
                rates[key] = share
            case (let key, _) where key == "after" || ResponseRates.names.contains(key):
                throw wrong("'\(key)' of \(value.kindName)\(number.map { ", \($0)" } ?? "")")
            default:
                throw wrong(
                    "'\(key)', which is none of \((ResponseRates.names + ["after"]).joined(separator: ", "))")
            }
        }
        return rates
    }
}
