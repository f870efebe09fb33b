internal import Catalog

/// Names that stand in many records, by number. A run has few; where scripts make up very many, the later ones stand in the
/// records themselves.
struct RecordNames {
    private(set) var all: [String] = []
    private var numbers: [String: Int] = [:]
    private static let limit = 10_000

    /// None.
    init() {}

    /// Those of a run.
    init(_ names: [String]) { all = names }

    subscript(number: Int) -> String? { all.indices.contains(number) ? all[number] : nil }

    mutating func number(of name: String) -> Int? {
        if let known = numbers[name] { return known }
        guard all.count < Self.limit else { return nil }
        numbers[name] = all.count
        all.append(name)
        return all.count - 1
    }
}

/// A record in few bytes: whole numbers in groups of seven bits, signs in the lowest bit, times and customers against those
/// before, names by number.
private enum Code: UInt8 {
    case begin, answerSent, answerNotSent, answerEvent, answerNothing, step, end
    case row, messageEvent, points, field, tag, untag
}

extension JourneyRecord {
    /// The bytes of the record.
    func encoded(_ names: inout RecordNames) -> [UInt8] {
        var writer = JourneyWriter(names: names)
        // Else each new name would copy all.
        names = RecordNames()
        writer.add(customers.count)
        for customer in customers { writer.add(customer) }
        var time: Int64 = 0
        for entry in entries {
            writer.begin(entry.what)
            writer.add(entry.time - time)
            time = entry.time
            writer.add(entry.what, of: customers, at: time)
        }
        names = writer.names
        return writer.bytes
    }

    /// The record of these bytes; nil where they are none.
    init?(_ bytes: [UInt8], _ names: RecordNames) {
        var reader = JourneyReader(bytes: bytes[...], names: names)
        guard let count = reader.count() else { return nil }
        self.init(customers: [])
        for _ in 0..<count {
            guard let customer = reader.integer() else { return nil }
            customers.append(customer)
        }
        var time: Int64 = 0
        while !reader.bytes.isEmpty {
            guard let code = reader.bytes.popFirst().flatMap(Code.init), let passed = reader.integer() else {
                return nil
            }
            time += passed
            guard let what = reader.what(code, of: customers, at: time) else { return nil }
            entries.append(Entry(at: time, what))
        }
    }
}

private struct JourneyWriter {
    var bytes: [UInt8] = []
    var names: RecordNames

    mutating func begin(_ what: JourneyRecord.What) {
        let code: Code =
            switch what {
            case .begin: .begin
            case .answer(_, .sent(let flag)): flag ? .answerSent : .answerNotSent
            case .answer(_, .event(let event)): event == nil ? .answerNothing : .answerEvent
            case .step: .step
            case .end: .end
            case .change(_, .row): .row
            case .change(_, .messageEvent): .messageEvent
            case .change(_, .points): .points
            case .change(_, .field): .field
            case .change(_, .tag(_, let isGiven)): isGiven ? .tag : .untag
            }
        bytes.append(code.rawValue)
    }

    mutating func add(_ what: JourneyRecord.What, of customers: [Int64], at time: Int64) {
        switch what {
        case .begin(let customer, let campaign, let variant, let event):
            add(customers.firstIndex(of: customer) ?? 0)
            add(name: campaign)
            add(name: variant ?? "")
            add(event == nil ? 0 : 1)
            if let event { add(event, at: time) }
        case .answer(let journey, let answer):
            add(journey)
            if case .event(let event?) = answer { add(event, at: time) }
        case .step(let journey, let step):
            add(journey)
            add(name: step.location)
            add(name: step.word)
            add(step.arguments.count)
            for argument in step.arguments {
                switch argument {
                case .value(let value): add(value)
                case .hash(let hash):
                    bytes.append(4)
                    for shift in stride(from: UInt64(0), to: 64, by: 8) {
                        bytes.append(UInt8(truncatingIfNeeded: hash >> shift))
                    }
                }
            }
        case .end(let journey, let word):
            add(journey)
            add(name: word)
        case .change(let customer, let change):
            add(customers.firstIndex(of: customer) ?? 0)
            add(change)
        }
    }

    private mutating func add(_ change: JourneyRecord.Change) {
        switch change {
        case .row(let relation, let id, let values):
            add(name: relation)
            add(id)
            add(values.count)
            for field in values { add(field) }
        case .messageEvent(let type, let message):
            add(name: type)
            add(message)
        case .points(let points): add(points)
        case .field(let field): add(field)
        case .tag(let tag, _): add(name: tag)
        }
    }

    private mutating func add(_ field: JourneyRecord.Change.Field) {
        add(name: field.name)
        add(field.value)
    }

    private mutating func add(_ event: JourneyRecord.Event, at time: Int64) {
        add(name: event.name)
        add(event.time - time)
        add(event.details.count)
        for detail in event.details {
            add(name: detail.name)
            add(detail.value)
            add(name: detail.type.rawValue)
        }
    }

    mutating func add(_ number: Int) { add(Int64(number)) }

    mutating func add(_ number: Int64) {
        var rest = UInt64(bitPattern: number << 1 ^ number >> 63)
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// A name by its number, counted from 1, or as a text behind 0.
    private mutating func add(name: String) {
        if let number = names.number(of: name) { return add(number + 1) }
        add(0)
        add(text: name)
    }

    private mutating func add(text: String) {
        add(text.utf8.count)
        bytes += text.utf8
    }

    private mutating func add(_ value: Value) {
        switch value {
        case .null: bytes.append(0)
        case .integer(let number):
            bytes.append(1)
            add(number)
        case .number(let number):
            bytes.append(2)
            add(Int64(bitPattern: number.bitPattern))
        case .text(let text) where text.utf8.count <= 32:
            bytes.append(3)
            add(name: text)
        case .text(let text):
            bytes.append(5)
            add(text: text)
        }
    }
}

private struct JourneyReader {
    var bytes: ArraySlice<UInt8>
    let names: RecordNames

    mutating func what(_ code: Code, of customers: [Int64], at time: Int64) -> JourneyRecord.What? {
        switch code {
        case .begin:
            guard let customer = customer(of: customers), let campaign = name(), let variant = name(),
                let hasEvent = integer()
            else { return nil }
            var event: JourneyRecord.Event?
            if hasEvent != 0 {
                event = self.event(at: time)
                if event == nil { return nil }
            }
            return .begin(
                customer: customer, campaign: campaign, variant: variant.isEmpty ? nil : variant, event: event
            )
        case .answerSent: return count().map { .answer(journey: $0, .sent(true)) }
        case .answerNotSent: return count().map { .answer(journey: $0, .sent(false)) }
        case .answerNothing: return count().map { .answer(journey: $0, .event(nil)) }
        case .answerEvent:
            guard let journey = count(), let event = event(at: time) else { return nil }
            return .answer(journey: journey, .event(event))
        case .step:
            guard let journey = count(), let location = name(), let word = name(), let count = count() else {
                return nil
            }
            guard let arguments = list(count, { $0.argument() }) else { return nil }
            return .step(journey: journey, .init(word, at: location, arguments))
        case .end:
            guard let journey = count(), let word = name() else { return nil }
            return .end(journey: journey, word)
        case .row, .messageEvent, .points, .field, .tag, .untag:
            guard let customer = customer(of: customers), let change = change(code) else { return nil }
            return .change(customer: customer, change)
        }
    }

    private mutating func change(_ code: Code) -> JourneyRecord.Change? {
        switch code {
        case .row:
            guard let relation = name(), let id = integer(), let count = count(),
                let values = list(count, { $0.field() })
            else { return nil }
            return .row(relation: relation, id: id, values: values)
        case .messageEvent:
            guard let type = name(), let message = integer() else { return nil }
            return .messageEvent(type, message: message)
        case .points: return integer().map { .points($0) }
        case .field: return field().map { .field($0) }
        default: return name().map { .tag($0, isGiven: code == .tag) }
        }
    }

    private mutating func customer(of customers: [Int64]) -> Int64? {
        guard let place = count(), place < customers.count else { return nil }
        return customers[place]
    }

    private mutating func event(at time: Int64) -> JourneyRecord.Event? {
        guard let name = name(), let passed = integer(), let count = count(),
            let details = list(
                count,
                { reader -> JourneyRecord.Detail? in
                    guard let name = reader.name(), let value = reader.value(),
                        let type = reader.name().flatMap(ValueType.init)
                    else { return nil }
                    return .init(name, value, type)
                })
        else { return nil }
        return .init(name, at: time + passed, details)
    }

    private mutating func list<Item>(_ count: Int, _ item: (inout Self) -> Item?) -> [Item]? {
        var items: [Item] = []
        for _ in 0..<count {
            guard let next = item(&self) else { return nil }
            items.append(next)
        }
        return items
    }

    private mutating func field() -> JourneyRecord.Change.Field? {
        guard let name = name(), let value = value() else { return nil }
        return .init(name, value)
    }

    private mutating func argument() -> JourneyRecord.Argument? {
        guard bytes.first == 4 else { return value().map { .value($0) } }
        guard bytes.count > 8 else { return nil }
        let hash = bytes.dropFirst().prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        bytes.removeFirst(9)
        return .hash(hash)
    }

    /// A number that is not below zero.
    mutating func count() -> Int? { integer().flatMap { $0 < 0 ? nil : Int($0) } }

    mutating func integer() -> Int64? {
        var number: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard let byte = bytes.popFirst() else { return nil }
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return Int64(bitPattern: number >> 1) ^ -Int64(number & 1) }
        }
        return nil
    }

    private mutating func name() -> String? {
        guard let number = count() else { return nil }
        return number == 0 ? text() : names[number - 1]
    }

    private mutating func text() -> String? {
        guard let count = count(), count <= bytes.count else { return nil }
        defer { bytes.removeFirst(count) }
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }

    private mutating func value() -> Value? {
        switch bytes.popFirst() {
        case 0: .null
        case 1: integer().map { .integer($0) }
        case 2: integer().map { .number(Double(bitPattern: UInt64(bitPattern: $0))) }
        case 3: name().map { .text($0) }
        case 5: text().map { .text($0) }
        default: nil
        }
    }
}
