internal import Basics
public import Catalog
internal import Diagnostics
internal import Foundation
internal import LuaRuntime
internal import RuleCompiler

extension RuleHost {
    // MARK: What is needed

    /// The traits over the whole population and the models that texts may ask for, directly or through what they name:
    /// scripts, templates and definitions are followed by the words in them.
    public func populationsNeeded(by texts: [String]) -> Set<String> {
        guard !populationNames.isEmpty else { return [] }
        return populationNames.intersection(DefinitionReach(from: texts, self).names)
    }

    /// The names of all traits over the whole population and of all models.
    public var populationNames: Set<String> {
        Set(traits.values.filter { $0.rule != nil }.map(\.name)).union(models.keys)
    }

    /// The traits over the whole population, as fields of which nobody has a value yet, by name.
    public var populationFields: [Field] {
        traits.values.filter { $0.rule != nil }.sorted { $0.name < $1.name }.map { $0.field() }
    }

    /// Computes those of these names that are not kept, and what they ask for themselves, so that rules may read all of
    /// them; who attached the customers has them as of the host's time, with nothing simulated.
    ///
    /// - Parameter kept: what was computed before from the same customers, for this time.
    /// - Returns: what was computed now.
    /// - Throws: ``RuleError/circularTrait(path:)``; what a function raises. Cost: a pass over the customers for each that is
    ///   not kept, in SQL where it can be proven.
    public func findPopulations(
        _ names: Set<String>, kept: (PopulationKey) throws -> KeptPopulation?
    ) throws -> [ComputedPopulation] {
        let before = populations
        populations = Populations()
        do {
            var computed: [ComputedPopulation] = []
            for name in names.sorted() { try find(name, after: [], kept, &computed) }
            return computed
        } catch {
            populations = before
            throw error
        }
    }

    private func find(
        _ name: String, after path: [String], _ kept: (PopulationKey) throws -> KeptPopulation?,
        _ computed: inout [ComputedPopulation]
    ) throws {
        guard !populations.contains(name) else { return }
        let key = PopulationKey(name: name, definition: definitionHash(of: name))
        switch try kept(key) {
        case .values(let sql, let isTimeless):
            if let trait = traits[name] {
                populations.add(
                    Field(name, trait.type ?? .number, trait.doc, sql: sql), isTimeless: isTimeless)
                return
            }
        case .numbers(let numbers, let isTimeless):
            populations.add(model: name, numbers, isTimeless: isTimeless)
            return
        case .held(let found):
            note(found)
            return
        case nil: break
        }
        // What it asks for shows when it is asked.
        while true {
            missingPopulation = nil
            usedPopulations = []
            var failure: (any Error)?
            do {
                let found = try besideWalks { try compute(key) }
                if missingPopulation == nil {
                    note(found)
                    computed.append(found)
                    return
                }
            } catch {
                failure = error
            }
            guard let missing = missingPopulation else { throw failure ?? CancellationError() }
            if let start = (path + [name]).firstIndex(of: missing) {
                throw RuleError.circularTrait(path: (path + [name])[start...] + [missing])
            }
            try find(missing, after: path + [name], kept, &computed)
        }
    }

    private func note(_ found: ComputedPopulation) {
        if let (field, values) = found.trait {
            let held = Field(field.name, field.type, field.doc, sql: values.sql)
            populations.add(held, isTimeless: found.isTimeless, held: values)
        } else {
            populations.add(model: found.key.name, found.numbers, isTimeless: found.isTimeless)
        }
    }

    /// All that its values hang on, besides the customers and the time.
    private func definitionHash(of name: String) -> String {
        // What was typed may read variables, which another line changes.
        let inputs = prompt.map { "\($0.inputs.count)" } ?? ""
        let place = traits[name]?.location ?? models[name]?.location
        let typed = place.map(isTyped) == true ? inputs : ""
        return "1 \(clock.local.zone.identifier) \(seed) \(typed) \(DefinitionReach(of: name, self).hash)"
    }

    // MARK: Computing

    private func compute(_ key: PopulationKey) throws -> ComputedPopulation {
        if let trait = traits[key.name], let rule = trait.rule { return try compute(trait, rule, key) }
        guard let model = models[key.name] else {
            throw RuleError.unknown(what: "model", name: key.name, at: nil, known: Array(models.keys))
        }
        return try compute(model, key)
    }

    /// Customers of whom something is asked, and whether they are the same at any time.
    private func everybody(_ among: SegmentExpression?) throws -> (population: Population, isTimeless: Bool) {
        guard let among else {
            let erased = try requireData().fields.first { $0.name == "erased_at" }?.sql ?? "c.erased_at"
            return (Population(where: "\(raw: erased) IS NULL"), true)
        }
        try checkNames(in: among)
        let population = try population(of: among, within: nil)
        return (population, population.members == nil && population.condition?.isTimeless != false)
    }

    private func compute(
        _ trait: Trait, _ rule: PopulationRule, _ key: PopulationKey
    ) throws -> ComputedPopulation {
        let (population, isSame) = try everybody(trait.among)
        let (ids, numbers, isTimeless) = try numbers(of: trait, population)
        var before: ((Int, Int) -> Bool)?
        if case .quantiles(let quantiles) = rule, let ties = quantiles.ties {
            before = try order(by: ties, ids, population)
        }
        let field = Field(trait.name, rule.type, trait.doc)
        let values = rule.values(of: numbers, before)
        return ComputedPopulation(
            key, field,
            HeldValues(ids: values == nil ? [] : ids, numbers: values ?? [], areWhole: rule.type == .integer),
            isTimeless: isSame && isTimeless && usedPopulations.isSubset(of: populations.timeless))
    }

    /// What the trait's function gives for each of them, by number; who has none is left out.
    private func numbers(
        of trait: Trait, _ population: Population
    ) throws -> (ids: [Int64], numbers: [Double], isTimeless: Bool) {
        var ids: [Int64] = []
        var numbers: [Double] = []
        // Texts can be counted, and nothing else be done with them.
        var texts = trait.rule == .count ? TextNumbers() : nil
        if let (sql, type, computed) = try sql(of: trait),
            type == .integer || type == .number || type == .text && texts != nil
        {
            let field = Field(
                trait.name, type, "", sql: sql.writtenOut(now: clock.now, computed: computed))
            do {
                try requireData().forEachValue(of: field, in: population) { customer, value in
                    switch value {
                    case .integer(let number): numbers.append(Double(number))
                    case .number(let number): numbers.append(number)
                    case .text(let text):
                        guard let number = texts?.number(of: text) else { return }
                        numbers.append(number)
                    case .null: return
                    }
                    ids.append(customer)
                }
                return (ids, numbers, sql.isTimeless)
            } catch  where !(error is any Diagnosable) && !Self.isInterrupted {
                // What SQL refuses, as it does when a sum grows too large, Lua answers.
                (ids, numbers) = ([], [])
            }
        }
        try forEach(of: population) { customer, walk in
            let value = try ask(trait.function, trait.owner, customer, walk)
            switch value {
            case .missing: return
            case .integer(let number): numbers.append(Double(number))
            case .number(let number):
                guard !number.isNaN else { return }
                numbers.append(number)
            case .text(let text) where texts != nil: numbers.append(texts?.number(of: text) ?? 0)
            default:
                throw RuleError.wrongTrait(
                    name: trait.name, got: value.kindName,
                    hint: texts == nil
                        ? "a trait over the whole population is made of numbers"
                        : "texts and numbers can be counted",
                    at: place(of: "of", in: trait.location), customer: customer)
            }
            ids.append(customer)
        }
        return (ids, numbers, false)
    }

    /// Goes to each customer of a population, by number.
    private func forEach(of population: Population, _ body: (Int64, CustomerWalk) throws -> Void) throws {
        let members = CustomerSet()
        let anyone = Field("anyone", .integer, "", sql: "1")
        try requireData().forEachValue(of: anyone, in: population) { customer, _ in members.insert(customer) }
        // What is missing shows before everybody is asked.
        guard missingPopulation == nil else { return }
        let walk = try CustomerWalk(self)
        while let customer = try walk.next() {
            guard members.contains(customer) else { continue }
            try body(customer, walk)
            // A script may have swallowed the error.
            if missingPopulation != nil { return }
        }
    }

    private func ask(
        _ function: LuaFunction, _ owner: String, _ customer: Int64, _ walk: CustomerWalk
    ) throws -> LuaValue {
        do {
            return try afresh { try state.call(function, .row(walk.row), within: .predicate) }
        } catch let error as LuaError {
            throw RuleError.raised(rule: owner, customer: customer, error: explained(error))
        }
    }

    /// The order of customers, by their places, in which those of one value stand: by a field, who has none last.
    private func order(
        by name: String, _ ids: [Int64], _ population: Population
    ) throws -> (Int, Int) -> Bool {
        guard let field = try requireData().fields.first(where: { $0.name == name }) else {
            throw unknownField(name)
        }
        var found: [Int64: Value] = [:]
        try requireData().forEachValue(of: field, in: population) { found[$0] = $1 }
        let values = ids.map { found[$0] ?? .null }
        return { a, b in
            switch (values[a], values[b]) {
            case (.text(let one), .text(let other)) where one != other:
                return one.utf8.lexicographicallyPrecedes(other.utf8)
            case (.integer(let one), .integer(let other)) where one != other: return one < other
            case (.number(let one), .number(let other)) where one != other: return one < other
            case (.null, .null): return a < b
            case (.null, _): return false
            case (_, .null): return true
            default: return a < b
            }
        }
    }

    // MARK: Models

    private func compute(_ model: Model, _ key: PopulationKey) throws -> ComputedPopulation {
        let (population, _) = try everybody(model.among)
        var rows = ModelRows(model, place(of: "of", in: model.location))
        try forEach(of: population) { customer, walk in
            try rows.add(ask(model.row, model.owner, customer, walk), customer)
        }
        var numbers: [String: Value]?
        if missingPopulation == nil, rows.count > 0 {
            do {
                numbers = try fitted(model, state.call(model.fit, .value(rows.table), within: .fit))
            } catch let error as LuaError where error.stop == nil {
                var diagnostic = explained(error)
                diagnostic.notes.append(
                    "in \(model.owner), fitted to \(grouped(rows.count)) customers as of \(clock.today)")
                throw diagnostic
            }
        }
        return ComputedPopulation(key, numbers: numbers, isTimeless: false)
    }

    /// The numbers that a fit gave.
    private func fitted(_ model: Model, _ value: LuaValue) throws -> [String: Value]? {
        func wrong(_ got: String) -> RuleError {
            .wrongValue(
                owner: model.owner, key: "fit", expected: "a function that gives numbers by name", got: got,
                at: place(of: "fit", in: model.location))
        }
        if case .missing = value { return nil }
        guard case .table(let table) = value, table.array.isEmpty, !table.fields.isEmpty else {
            throw wrong("one that gave \(value.kindName)")
        }
        var numbers: [String: Value] = [:]
        for (name, value) in table.fields {
            switch value {
            case .integer(let number): numbers[name] = .integer(number)
            case .number(let number) where number.isFinite: numbers[name] = .number(number)
            default: throw wrong("one that gave \(value.described) for '\(name)'")
            }
        }
        return numbers
    }

    /// The numbers of a model as rules see them; nil where it has none.
    ///
    /// - Throws: ``RuleError`` where there is no such model, or where it was not computed for the question.
    func modelNumbers(_ name: String) throws -> [String: Value]? {
        guard models[name] != nil else {
            throw RuleError.unknown(what: "model", name: name, at: nil, known: Array(models.keys))
        }
        usedPopulations.insert(name)
        if let numbers = populations.numbers[name] { return numbers }
        if populations.isTrial { return nil }
        throw notComputed(name, "model.\(name)")
    }

    /// What is asked for was not found beforehand.
    func notComputed(_ name: String, _ text: String) -> LuaError {
        missingPopulation = name
        return LuaError(
            "\(text) was not computed for this question",
            hint: "it is computed beforehand where a script names it: write \(text) out")
    }
}

/// The rows that a model is fitted to, column by column.
private struct ModelRows {
    private let model: Model
    private let place: SourceLocation
    private var names: [String] = []
    private var columns: [[LuaValue]] = []
    private(set) var count = 0

    init(_ model: Model, _ place: SourceLocation) {
        (self.model, self.place) = (model, place)
    }

    mutating func add(_ value: LuaValue, _ customer: Int64) throws {
        func wrong(_ got: String) -> RuleError {
            .wrongRow(model: model.name, got: got, at: place, customer: customer)
        }
        if case .missing = value { return }
        guard case .table(let table) = value, table.array.isEmpty, !table.fields.isEmpty else {
            throw wrong(value.kindName)
        }
        if count == 0 {
            names = table.fields.map(\.name)
            columns = Array(repeating: [], count: names.count)
            if names.contains("count") {
                throw wrong("a row with 'count', which says how many rows there are")
            }
        }
        guard table.fields.map(\.name) == names else {
            throw wrong(
                "a row of \(table.fields.map(\.name).joined(separator: ", ")) behind one of \(names.joined(separator: ", "))"
            )
        }
        for (place, field) in table.fields.enumerated() {
            switch field.value {
            case .integer: columns[place].append(field.value)
            case .number(let number) where number.isFinite: columns[place].append(field.value)
            default: throw wrong("\(field.value.kindName) for '\(field.name)'")
            }
        }
        count += 1
    }

    /// `rows.x[i]`, `rows.count`
    var table: LuaValue {
        let fields = zip(names, columns).map { ($0, LuaValue.table(LuaTable(array: $1))) }
        return .table(LuaTable(fields: fields + [("count", .integer(Int64(count)))]))
    }
}

/// Numbers that stand for texts, a different one for each, which no function gives otherwise.
private struct TextNumbers {
    private var numbers: [String: Double] = [:]

    /// The number of a text. They are so small that whole numbers and what people compute with are none of them.
    mutating func number(of text: String) -> Double {
        if let known = numbers[text] { return known }
        let number = Double(bitPattern: UInt64(numbers.count + 1))
        numbers[text] = number
        return number
    }
}
