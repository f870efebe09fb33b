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
    /// Shares of messages, the same for everybody.
    case rates(ResponseRates)
    /// As each customer responded in the past, shrunk towards everybody, with the delays of the past.
    case history(ResponseHistory)
    /// As the `response` of that name in the scripts says of each message.
    case script(String)
    /// What the customer does with the messages of each template, and nothing else.
    case answers([String: [Response]])

    /// `none`, `all`, or shares by name, `open=0.25,click=0.04,buy=0.01`, of which those that are left out are 0; nil for
    /// anything else. Those of history and of scripts need more than a text.
    public init?(_ text: String) {
        switch text {
        case "none": self = .none
        case "all": self = .all
        default:
            var rates = ResponseRates()
            var seen: Set<String> = []
            for part in text.split(separator: ",", omittingEmptySubsequences: false) {
                let sides = part.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
                guard sides.count == 2, let share = Double(sides[1]), (0...1).contains(share),
                    ResponseRates.names.contains(sides[0]), seen.insert(sides[0]).inserted
                else { return nil }
                rates[sides[0]] = share
            }
            self = .rates(rates)
        }
    }

    /// As ``init(_:)`` reads it; `script NAME` where a script decides.
    public var description: String {
        switch self {
        case .none: "none"
        case .all: "all"
        case .rates(let rates):
            ResponseRates.names.filter { ["open", "click", "buy"].contains($0) || rates[$0] > 0 }
                .map { "\($0)=\(rates[$0])" }.joined(separator: ",")
        case .history: "history"
        case .script(let name): Self.scriptPrefix + name
        case .answers: "as the test says"
        }
    }

    private static let scriptPrefix = "script "

    /// The `response` of the scripts that a ``description`` names; nil where it names none.
    public static func scriptName(in description: String) -> String? {
        description.hasPrefix(scriptPrefix) ? String(description.dropFirst(scriptPrefix.count)) : nil
    }

    /// What a customer does with one message.
    public struct Response: Sendable, Hashable {
        /// `open`, `click`, `order`, `unsubscribe`, `complaint` or `bounce`.
        public let event: String
        /// Seconds after the message.
        public let delay: Int64

        /// A response from its parts.
        public init(event: String, delay: Int64) {
            self.event = event
            self.delay = delay
        }
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

    /// The median times from message to open, from open to click, from click to purchase and from message to bounce, in
    /// seconds, where no history tells: two hours, two minutes, a day, a minute. Who unsubscribes or complains does it as
    /// soon as others open, or click where they have opened.
    public static let medians: (open: Int64, click: Int64, order: Int64, bounce: Int64) = (
        7200, 120, 86_400, 60
    )

    /// So many messages of everybody's are added to a customer's own, so that who got few responds as others do.
    static let peers = 20.0

    /// What the customer does with a message at these rates, in the order of time.
    ///
    /// One number decides between all. From its lower end, who buys has clicked, and who clicks has opened. At its upper end
    /// stand the messages that bounce, which nobody opens; below them those that are complained of, and below these those
    /// after which people unsubscribe. Where the shares are more than all together, people open before they complain.
    func responses(to message: Message, at rates: ResponseRates) -> [Response] {
        let draw = number("draw", message)
        let fromTop = 1 - draw
        guard fromTop > rates.bounce else {
            return [Response(event: "bounce", delay: spread(Self.medians.bounce, number("bounce", message)))]
        }
        var responses: [Response] = []
        var delay: Int64 = 0
        let steps = [
            ("open", max(rates.open, rates.click, rates.buy)), ("click", max(rates.click, rates.buy)),
            ("order", rates.buy),
        ]
        for (event, share) in steps where draw < share {
            delay += self.delay(event, message, after: rates.after)
            responses.append(Response(event: event, delay: delay))
        }
        let refusal: String? =
            if fromTop <= rates.bounce + rates.complaint {
                "complaint"
            } else if fromTop <= rates.bounce + rates.complaint + rates.unsubscribe {
                "unsubscribe"
            } else {
                nil
            }
        if let refusal {
            let opened = responses.first?.delay
            let median = opened == nil ? rates.after ?? Self.medians.open : Self.medians.click
            responses.append(
                Response(
                    event: refusal, delay: (opened ?? 0) + spread(median, number(refusal, message))))
        }
        return responses.sorted { $0.delay < $1.delay }
    }

    /// The shares of messages on a channel that a customer responds to, who has responded so often in the past; nil where
    /// each message is asked about.
    ///
    /// From history: the customer's own counts with ``peers`` messages of everybody's on the channel. A purchase follows
    /// a click as often as it does for everybody, and everybody's messages bounce and are refused alike.
    func rates(on channel: Channel, own: ResponseHistory.Counts = .init()) -> ResponseRates? {
        switch self {
        case .none: return ResponseRates()
        case .all: return ResponseRates(open: 1, click: 1, buy: 1)
        case .rates(let rates): return rates
        case .script, .answers: return nil
        case .history(let history):
            let all = history.channels[channel] ?? .init()
            func share(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }
            func shrunk(_ part: Int, _ whole: Int, _ peers: Double) -> Double {
                (Double(min(part, whole)) + Self.peers * peers) / (Double(whole) + Self.peers)
            }
            let open = shrunk(own.opens, own.messages, share(all.opens, all.messages))
            let click = open * shrunk(own.clicks, own.opens, share(all.clicks, all.opens))
            return ResponseRates(
                open: open, click: click, buy: click * share(all.orders, all.clicks),
                unsubscribe: share(all.unsubscribes, all.messages),
                complaint: share(all.complaints, all.messages), bounce: share(all.bounces, all.messages))
        }
    }

    /// How long it takes to an event from the one before, in seconds; `after` is the median to the opening where the rates
    /// say one.
    private func delay(_ event: String, _ message: Message, after: Int64?) -> Int64 {
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
            case "open": after ?? Self.medians.open
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
