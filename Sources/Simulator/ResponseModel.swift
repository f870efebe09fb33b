public import Catalog
internal import Basics
internal import Foundation

/// How people respond to messages in a simulation.
///
/// Every answer is drawn by a hash of the seed and the message, so that it does not depend on the order in which people are
/// simulated, and a higher rate keeps those who respond at a lower one.
public enum ResponseModel: Sendable, Hashable, CustomStringConvertible {
    /// Nobody does anything.
    case none
    /// Everybody opens, clicks and buys.
    case all
    /// Shares of messages that are opened, clicked and followed by a purchase, each of all messages sent; from 0 to 1.
    case rates(open: Double, click: Double, buy: Double)
    /// As each customer responded in the past, shrunk towards everybody, with the delays of the past.
    case history(ResponseHistory)

    /// `none`, `all`, or shares by name, `open=0.25,click=0.04,buy=0.01`, of which those that are left out are 0; nil for
    /// anything else. That of history needs one, and is no text.
    public init?(_ text: String) {
        switch text {
        case "none": self = .none
        case "all": self = .all
        default:
            var shares: [String: Double] = [:]
            for part in text.split(separator: ",", omittingEmptySubsequences: false) {
                let sides = part.split(separator: "=", omittingEmptySubsequences: false)
                guard sides.count == 2, let share = Double(sides[1]), (0...1).contains(share),
                    ["open", "click", "buy"].contains(sides[0]), shares[String(sides[0])] == nil
                else { return nil }
                shares[String(sides[0])] = share
            }
            self = .rates(
                open: shares["open"] ?? 0, click: shares["click"] ?? 0, buy: shares["buy"] ?? 0)
        }
    }

    /// As ``init(_:)`` reads it.
    public var description: String {
        switch self {
        case .none: "none"
        case .all: "all"
        case .rates(let open, let click, let buy): "open=\(open),click=\(click),buy=\(buy)"
        case .history: "history"
        }
    }

    /// What a customer does with one message.
    public struct Response: Sendable, Hashable {
        /// `open`, `click` or `order`.
        public let event: String
        /// Seconds after the message.
        public let delay: Int64
    }

    /// A message that somebody got.
    struct Message {
        var seed: UInt64
        var customer: Int64
        var campaign: String
        var step: String
        var channel: Channel
        var time: Int64
    }

    /// The median times from message to open, from open to click, and from click to purchase, in seconds, where no history
    /// tells: two hours, two minutes, a day.
    static let medians: (open: Int64, click: Int64, order: Int64) = (7200, 120, 86_400)

    /// So many messages of everybody's are added to a customer's own, so that who got few responds as others do.
    static let peers = 20.0

    /// What the customer, whose own counts these are, does, in the order of time.
    func responses(to message: Message, own: ResponseHistory.Counts = .init()) -> [Response] {
        let (open, click, buy) = shares(message.channel, own)
        let draw = number("draw", message)
        // One number for all three: who buys has clicked, and who clicks has opened.
        guard draw < max(open, click, buy) else { return [] }
        var delay = self.delay("open", message)
        var responses = [Response(event: "open", delay: delay)]
        guard draw < max(click, buy) else { return responses }
        delay += self.delay("click", message)
        responses.append(Response(event: "click", delay: delay))
        guard draw < buy else { return responses }
        delay += self.delay("order", message)
        responses.append(Response(event: "order", delay: delay))
        return responses
    }

    /// The shares of messages that are opened, clicked and followed by a purchase.
    ///
    /// From history: the customer's own counts with ``peers`` messages of everybody's on the channel; a purchase follows
    /// a click as often as it does for everybody.
    func shares(
        _ channel: Channel, _ own: ResponseHistory.Counts
    ) -> (open: Double, click: Double, buy: Double) {
        switch self {
        case .none: return (0, 0, 0)
        case .all: return (1, 1, 1)
        case .rates(let open, let click, let buy): return (open, click, buy)
        case .history(let history):
            let all = history.channels[channel] ?? .init()
            func share(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }
            func shrunk(_ part: Int, _ whole: Int, _ peers: Double) -> Double {
                (Double(min(part, whole)) + Self.peers * peers) / (Double(whole) + Self.peers)
            }
            let open = shrunk(own.opens, own.messages, share(all.opens, all.messages))
            let click = open * shrunk(own.clicks, own.opens, share(all.clicks, all.opens))
            return (open, click, click * share(all.orders, all.clicks))
        }
    }

    /// How long it takes to an event from the one before, in seconds.
    private func delay(_ event: String, _ message: Message) -> Int64 {
        let number = number(event, message)
        if case .history(let history) = self {
            let delays =
                switch event {
                case "open": history.openDelays
                case "click": history.clickDelays
                default: history.orderDelays
                }
            if !delays.isEmpty { return max(1, delays[Int(number * Double(delays.count))]) }
        }
        let median =
            switch event {
            case "open": Self.medians.open
            case "click": Self.medians.click
            default: Self.medians.order
            }
        return spread(median, number)
    }

    /// A number in [0, 1) for one question about a message.
    private func number(_ question: String, _ message: Message) -> Double {
        var hash = StableHash("response", question)
        hash.combine(Int64(bitPattern: message.seed))
        hash.combine(message.customer)
        hash.combine(message.campaign)
        hash.combine(message.step)
        hash.combine(message.time)
        return hash.unitInterval
    }

    /// A time whose median is given: from a quarter of it to four times, evenly on a scale of logarithms.
    private func spread(_ median: Int64, _ number: Double) -> Int64 {
        guard self != .all else { return median }
        return max(1, Int64((Double(median) * pow(16, number - 0.5)).rounded()))
    }
}
