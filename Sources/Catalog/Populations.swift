internal import Synchronization

/// What is known of traits over the whole population and of models, for the rules of one moment.
public struct Populations: Sendable {
    /// The traits, as fields of a customer.
    public private(set) var fields: [Field] = []
    /// The numbers of the models by their names; nil of a model that gave nothing.
    public private(set) var numbers: [String: [String: Value]?] = [:]
    /// Those that are the same at any instant at which nothing in the store lies ahead.
    public private(set) var timeless: Set<String> = []
    /// The state of the data that they were made from; nil where nothing was.
    public var state: Int64?
    /// Whether they are those of a test, whose customers are no population: a model has no numbers there.
    public var isTrial = false
    /// What fields read that no store holds.
    private var held: [String: HeldValues] = [:]

    /// Nothing is known.
    public init() {}

    /// Whether a trait or a model is among them.
    public func contains(_ name: String) -> Bool {
        numbers.keys.contains(name) || fields.contains { $0.name == name }
    }

    /// Adds a trait as a field, in the place of one of its name.
    public mutating func add(_ field: Field, isTimeless: Bool, held values: HeldValues? = nil) {
        fields.removeAll { $0.name == field.name }
        fields.append(field)
        held[field.name] = values
        note(field.name, isTimeless)
    }

    /// Adds the numbers of a model.
    public mutating func add(model name: String, _ numbers: [String: Value]?, isTimeless: Bool) {
        self.numbers[name] = .some(numbers)
        note(name, isTimeless)
    }

    private mutating func note(_ name: String, _ isTimeless: Bool) {
        if isTimeless { timeless.insert(name) } else { timeless.remove(name) }
    }
}

/// A number for each of many customers, which `held_value(NUMBER, c.id)` reads in SQL as long as the object lives.
public final class HeldValues: Sendable {
    /// The customers, rising.
    public let ids: [Int64]
    /// Their values, in the same order.
    public let numbers: [Double]
    /// Whether all of them are whole.
    public let areWhole: Bool
    /// What SQL calls them.
    public let number: Int64

    private struct Weak {
        weak var values: HeldValues?
    }

    private struct Known {
        var last: Int64 = 0
        var byNumber: [Int64: Weak] = [:]
    }

    private static let known = Mutex(Known())

    /// Holds values of customers in the order of their ids.
    public init(ids: [Int64], numbers: [Double], areWhole: Bool) {
        (self.ids, self.numbers, self.areWhole) = (ids, numbers, areWhole)
        number = Self.known.withLock { known in
            known.last += 1
            return known.last
        }
        Self.known.withLock { $0.byNumber[number] = Weak(values: self) }
    }

    deinit {
        _ = Self.known.withLock { [number] in $0.byNumber.removeValue(forKey: number) }
    }

    /// Those of a number; nil where they are held no more.
    public static func find(_ number: Int64) -> HeldValues? {
        known.withLock { $0.byNumber[number]?.values }
    }

    /// The value of a customer. Cost: a search in the order of ids.
    public subscript(customer: Int64) -> Value {
        var (low, high) = (0, ids.count)
        while low < high {
            let middle = (low + high) / 2
            if ids[middle] < customer { low = middle + 1 } else { high = middle }
        }
        guard low < ids.count, ids[low] == customer else { return .null }
        return areWhole ? .integer(Int64(numbers[low])) : .number(numbers[low])
    }

    /// The SQL that reads them, for a customer `c`.
    public var sql: String { "held_value(\(number), c.id)" }
}

/// What tells values over the population from others of the same name.
public struct PopulationKey: Sendable, Hashable {
    /// The trait or the model.
    public let name: String
    /// A hash of its text and of all that it asks.
    public let definition: String

    /// A key from its parts.
    public init(name: String, definition: String) {
        (self.name, self.definition) = (name, definition)
    }
}

/// What was computed over the population, to be kept.
public struct ComputedPopulation: Sendable {
    /// What it is of.
    public let key: PopulationKey
    /// The values of a trait, and its field; nil for a model.
    public let trait: (field: Field, values: HeldValues)?
    /// The numbers of a model; nil for a trait, and where it gave nothing.
    public let numbers: [String: Value]?
    /// Whether it is the same at any instant at which nothing in the store lies ahead.
    public let isTimeless: Bool

    /// A trait's values.
    public init(_ key: PopulationKey, _ field: Field, _ values: HeldValues, isTimeless: Bool) {
        (self.key, trait, numbers, self.isTimeless) = (key, (field, values), nil, isTimeless)
    }

    /// A model's numbers.
    public init(_ key: PopulationKey, numbers: [String: Value]?, isTimeless: Bool) {
        (self.key, trait, self.numbers, self.isTimeless) = (key, nil, numbers, isTimeless)
    }
}

/// What a store has kept of a trait or a model.
public enum KeptPopulation: Sendable {
    /// The SQL that reads the trait's values, for a customer `c`.
    case values(sql: String, isTimeless: Bool)
    /// The model's numbers; nil where it gave nothing.
    case numbers([String: Value]?, isTimeless: Bool)
    /// What was computed, and is in memory.
    case held(ComputedPopulation)
}
