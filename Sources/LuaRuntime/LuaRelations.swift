internal import CLua
internal import CLuaBridge

/// A method of relations that C answers itself where it can.
public enum LuaRelationWord: Hashable, Sendable {
    /// Only rows at or after a time.
    case since
    /// Only rows before a time.
    case before
    /// Only rows with these values.
    case equal
    /// How many rows there are.
    case count
    /// Whether there is a row.
    case any
    /// The sum of a column.
    case sum
    /// The first row by time.
    case first
    /// The last row by time.
    case last
    /// All rows by time.
    case list
    /// Only rows in a state, by the number of the method among all such.
    case state(Int)

    fileprivate var numbers: (word: mlb_RelationWord, state: Int) {
        switch self {
        case .since: (MLB_WORD_SINCE, 0)
        case .before: (MLB_WORD_BEFORE, 0)
        case .equal: (MLB_WORD_WHERE, 0)
        case .count: (MLB_WORD_COUNT, 0)
        case .any: (MLB_WORD_ANY, 0)
        case .sum: (MLB_WORD_SUM, 0)
        case .first: (MLB_WORD_FIRST, 0)
        case .last: (MLB_WORD_LAST, 0)
        case .list: (MLB_WORD_LIST, 0)
        case .state(let number): (MLB_WORD_STATE, number)
        }
    }
}

/// What Lua has to know of a relation.
public struct LuaRelation {
    /// What a column can be compared with.
    public enum Comparison: Sendable {
        /// Texts, byte by byte.
        case text
        /// Whole and broken numbers.
        case number
        /// Amounts in major units, rounded to minor ones.
        case money
        /// Nothing that C knows.
        case nothing
    }

    /// What the statement of a relation has beside customer, time and id.
    public struct Column {
        /// The name in scripts; nil for one that only states need.
        public var name: String?
        /// How it reaches Lua.
        public var kind: LuaColumn
        /// What `where` compares it with.
        public var comparison: Comparison
        /// Whether `sum` takes it.
        public var isSummable: Bool

        /// A column from its parts.
        public init(_ name: String?, _ kind: LuaColumn, _ comparison: Comparison, isSummable: Bool) {
            self.name = name
            self.kind = kind
            self.comparison = comparison
            self.isSummable = isSummable
        }
    }

    /// What makes a row be in a state.
    public enum State {
        /// No row of this relation is ever asked about it.
        case none
        /// The column of this number is true.
        case column(Int)
        /// An event of this number.
        case event(Int)
    }

    /// The columns.
    public var columns: [Column]
    /// The states, by the number of the method.
    public var states: [State]
    /// The number of the relation that holds the events of its rows.
    public var events: Int?
    /// The methods of its questions; nil for a relation that scripts do not see.
    public var methods: [(String, LuaValue)]?
    /// Answers methods that there are not: gets anything, and the name.
    public var unknownMethod: HostFunction
    /// Answers names of its rows that are no fields, and values that C does not read: gets the row and the name.
    public var unknownField: HostFunction
    /// Answers writes to its rows.
    public var written: HostFunction

    /// A relation that scripts do not see.
    public init(columns: [Column]) {
        self.columns = columns
        states = []
        unknownMethod = { call in call.returnsNothing() }
        unknownField = unknownMethod
        written = unknownMethod
    }
}

/// The relations of customers, whose rows come as one ordered stream each instead of by a query per customer.
///
/// The stream is merged with what rules ask: it steps over a few rows of customers that nobody asked about, and is
/// sent to the customer by the index where there are many. What C cannot answer goes to the Swift body of the word.
public final class LuaRelations {
    private let state: LuaState
    let set: UnsafeMutablePointer<mlb_Relations>
    /// What is simulated of the customers whose rows these are.
    public let overlay: LuaOverlay

    /// The relations by number. `prepare` makes a statement of one for a set of columns, a bit each: customer, time,
    /// id, then those columns, of customers above ?1 and up to ?2, in the order of customer, time and id. Statements are finalized
    /// by who made them, not before ``forget()`` or the last call of a script.
    public init(
        _ state: LuaState, _ relations: [LuaRelation],
        prepare: @escaping (_ relation: Int, _ columns: UInt64) throws -> OpaquePointer
    ) {
        self.state = state
        set = state.makeRelations(relations.count)
        overlay = LuaOverlay(state, set)
        for (number, relation) in relations.enumerated() {
            Self.describe(relation, set.pointee.relations + number)
            Self.makeMetatables(relation, set.pointee.relations + number, state)
        }
        set.pointee.prepare = state.register("relation") { [set] call in
            let (number, columns) = try call.arguments(.integer("relation"), .integer("columns"))
            let relation = set.pointee.relations + number
            let all = UInt64(1) << UInt64(relation.pointee.column_count) - 1
            // 0 asks for all columns; a bit that no column has says that none is wanted.
            let wanted = columns == 0 ? all : UInt64(columns) & all
            let statement = try prepare(number, wanted)
            if columns == 0 {
                relation.pointee.whole = statement
            } else {
                relation.pointee.statement = statement
                relation.pointee.fetched = wanted
            }
            return call.returnsNothing()
        }
    }

    /// Whether rows come as streams; otherwise every question goes to the bodies of the words.
    public var isOn: Bool {
        get { set.pointee.is_on }
        set { set.pointee.is_on = newValue }
    }

    /// How many times rows of a customer were read, how many of these were found by the index, and how many rows of
    /// others were stepped over.
    package var work: (asked: Int, sought: Int, stepped: Int) {
        (Int(set.pointee.asked), Int(set.pointee.sought), Int(set.pointee.stepped))
    }

    /// Forgets statements and rows: the data has changed.
    public func forget() {
        mlb_forget_rows(state.main, set)
    }

    /// Reads rows anew from now on: later ones have come to the data. What scripts have kept stays valid.
    public func renew() {
        mlb_renew_rows(state.main, set)
    }

    private static func describe(_ relation: LuaRelation, _ target: UnsafeMutablePointer<mlb_Relation>) {
        precondition(relation.columns.count <= Int(MLB_MOST_COLUMNS))
        let columns = relation.columns.map { column in
            let (kind, divisor) = column.kind.numbers
            let comparison =
                switch column.comparison {
                case .text: MLB_AS_TEXT
                case .number: MLB_AS_NUMBER
                case .money: MLB_AS_MONEY
                case .nothing: MLB_AS_NOTHING
                }
            return mlb_RelationColumn(
                kind: kind, divisor: divisor, comparison: Int32(comparison.rawValue),
                is_summable: column.isSummable)
        }
        let states = relation.states.map { state in
            let (kind, value) =
                switch state {
                case .none: (MLB_NO_STATE, 0)
                case .column(let number): (MLB_STATE_OF_ROW, number)
                case .event(let number): (MLB_STATE_OF_EVENT, number)
                }
            return mlb_RelationState(kind: Int32(kind.rawValue), value: Int64(value))
        }
        mlb_describe_relation(target, columns, Int32(columns.count), states, Int32(states.count))
        target.pointee.events = Int32(relation.events ?? -1)
    }

    private static func makeMetatables(
        _ relation: LuaRelation, _ target: UnsafeMutablePointer<mlb_Relation>, _ state: LuaState
    ) {
        guard let methods = relation.methods else { return }
        let main = state.main
        mlb_new_table(main)
        for (index, column) in relation.columns.enumerated() {
            guard let name = column.name else { continue }
            state.push(.text(name), on: main)
            lua_pushinteger(main, Int64(index + 1))
            lua_rawset(main, -3)
        }
        target.pointee.names = mlb_ref(main)
        mlb_set_record_metatable(
            main, target, state.register("row", relation.unknownField),
            state.register("row", relation.written))
        mlb_new_table(main)
        for (name, function) in methods {
            state.push(.text(name), on: main)
            state.push(function, on: main)
            lua_rawset(main, -3)
        }
        mlb_set_question_metatable(main, target, state.register("relation", relation.unknownMethod))
    }
}

extension LuaState {
    /// A method of relations: `body` runs where C does not know the answer.
    public func makeFunction(_ word: String, _ fast: LuaRelationWord, _ body: @escaping HostFunction)
        -> LuaFunction
    {
        let (number, state) = fast.numbers
        mlb_push_relation_word(stack, Int32(number.rawValue), register(word, body), Int32(state))
        return registry.keepFunction(from: stack)
    }
}

/// A question about a customer's rows as a script has chained it.
public struct LuaQuestion {
    /// A condition, in the order of the chain.
    public enum Condition {
        /// The state of this number, with an event at or after `since` and before `before`.
        case state(Int, since: Int64?, before: Int64?)
        /// The column of this number has this value, as it is stored.
        case equal(column: Int, LuaValue)
    }

    /// The number of the relation.
    public let relation: Int
    /// Whose rows.
    public let customer: Int64
    /// Only rows at or after this instant.
    public let since: Int64?
    /// Only rows before this instant.
    public let before: Int64?
    /// What else is asked.
    public let conditions: [Condition]
}

extension HostCall {
    /// The question about a customer's rows in an argument; nil where it is none.
    public func question(_ position: Int) -> LuaQuestion? { LuaQuestion(at: Int32(position), on: stack) }

    /// The row of a relation in an argument; nil where it is none.
    public func record(_ position: Int) -> LuaRecord? { LuaRecord(at: Int32(position), on: stack) }
}

extension LuaState {
    /// The question about a customer's rows that stayed in Lua; nil where it is none.
    public func question(of reference: LuaReference) -> LuaQuestion? {
        mlb_push_ref(stack, reference.reference)
        defer { mlb_pop(stack, 1) }
        return LuaQuestion(at: -1, on: stack)
    }

    /// The row of a relation that stayed in Lua; nil where it is none.
    public func record(of reference: LuaReference) -> LuaRecord? {
        mlb_push_ref(stack, reference.reference)
        defer { mlb_pop(stack, 1) }
        return LuaRecord(at: -1, on: stack)
    }
}

/// A row of a relation as the host finds it again.
public struct LuaRecord {
    /// The number of the relation.
    public let relation: Int
    /// Whose row.
    public let customer: Int64
    /// The number of the row.
    public let id: Int64

    fileprivate init?(at index: Int32, on stack: OpaquePointer) {
        var place = mlb_RecordPlace()
        guard mlb_to_record(stack, index, &place) else { return nil }
        (relation, customer, id) = (Int(place.relation.pointee.number), place.customer, place.id)
    }
}

extension LuaQuestion {
    fileprivate init?(at index: Int32, on stack: OpaquePointer) {
        guard let question = mlb_to_question(stack, index) else { return nil }
        let bytes = UnsafeRawPointer(question)
        let first = (bytes + MemoryLayout<mlb_Question>.size).assumingMemoryBound(to: mlb_Condition.self)
        let conditions = (0..<Int(question.pointee.condition_count)).map { index -> Condition in
            let condition = first[index]
            let column = Int(condition.column)
            switch UInt32(condition.kind) {
            case MLB_IN_STATE.rawValue:
                return .state(
                    column, since: condition.since == .min ? nil : condition.since,
                    before: condition.before == .max ? nil : condition.before)
            case MLB_EQUALS_INTEGER.rawValue: return .equal(column: column, .integer(condition.integer))
            case MLB_EQUALS_NUMBER.rawValue: return .equal(column: column, .number(condition.number))
            default:
                let text = UnsafeRawBufferPointer(start: bytes + condition.text, count: condition.size)
                return .equal(column: column, .text(String(decoding: text, as: UTF8.self)))
            }
        }
        let (since, before) = (question.pointee.since, question.pointee.before)
        self.init(
            relation: Int(question.pointee.relation.pointee.number), customer: question.pointee.customer,
            since: since == .min ? nil : since, before: before == .max ? nil : before, conditions: conditions)
    }
}

extension LuaParameter where Value == Int {
    /// A whole number that the host itself passes.
    fileprivate static func integer(_ name: String) -> Self {
        Self(name, "a whole number") { if case .integer(let number) = $0 { Int(number) } else { nil } }
    }
}

extension LuaColumn {
    /// As C takes it.
    var numbers: (kind: Int32, divisor: Double) {
        switch self {
        case .plain: (Int32(MLB_PLAIN.rawValue), 1)
        case .boolean: (Int32(MLB_BOOLEAN.rawValue), 1)
        case .scaled(let divisor): (Int32(MLB_SCALED.rawValue), divisor)
        }
    }
}
