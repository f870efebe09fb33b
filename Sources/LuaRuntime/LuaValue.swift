internal import CLuaBridge

/// A Lua value on the Swift side.
public enum LuaValue {
    /// nil: a missing value.
    case missing
    /// true or false.
    case boolean(Bool)
    /// A Lua integer.
    case integer(Int64)
    /// A Lua float.
    case number(Double)
    /// A string; bytes that are not UTF-8 are replaced.
    case text(String)
    /// A table, read whole.
    case table(LuaTable)
    /// A function, kept from the collector as long as this value lives.
    case function(LuaFunction)
    /// A host object.
    case object(LuaObject)
    /// Anything else, by its name for errors.
    case other(String)

    /// What it is called in errors: "the text 'yes'", "a number".
    public var described: String {
        switch self {
        case .missing: "nothing"
        case .boolean(let value): value ? "true" : "false"
        case .integer(let value): "the number \(value)"
        case .number(let value): "the number \(value)"
        case .text(let value): "the text '\(value.count > 40 ? value.prefix(39) + "…" : value)'"
        case .table: "a table"
        case .function: "a function"
        case .object: "an object"
        case .other(let name): name
        }
    }
}

/// A Lua table that was read whole: the values of 1, 2, 3, … and those of text keys in the order of bytes.
public struct LuaTable {
    /// The sequence.
    public var array: [LuaValue] = []
    /// The named values, sorted by name.
    public var fields: [(name: String, value: LuaValue)] = []

    /// An empty table.
    public init() {}

    /// A table of named values.
    public init(fields: [(name: String, value: LuaValue)]) {
        self.fields = fields
    }

    /// A sequence.
    public init(array: [LuaValue]) {
        self.array = array
    }

    /// The value of a name; missing where there is none.
    public subscript(name: String) -> LuaValue {
        fields.first { $0.name == name }?.value ?? .missing
    }
}

/// Something of the host that scripts hold and hand back; subclasses carry what it is.
open class LuaObject {
    /// Its metatable.
    public let kind: LuaObjectKind

    /// An object with the metatable of `kind`.
    public init(kind: LuaObjectKind) {
        self.kind = kind
    }
}

/// An object that stands for a customer, wherever a word takes one, whoever's turn it is.
open class LuaCustomer: LuaObject {
    /// The customer's number.
    public let id: Int64

    /// A customer with the metatable of `kind`.
    public init(_ id: Int64, kind: LuaObjectKind) {
        self.id = id
        super.init(kind: kind)
    }
}

/// A kind of host objects: a metatable in one state.
public struct LuaObjectKind: Hashable {
    let reference: Int32
}

/// A Lua value that stays in Lua, kept from the collector as long as this object lives.
///
/// It does not keep the state alive, so that host functions and objects, which the state owns, may hold it.
public class LuaReference {
    private let registry: LuaRegistry
    let reference: Int32

    fileprivate init(registry: LuaRegistry, reference: Int32) {
        self.registry = registry
        self.reference = reference
    }

    deinit {
        registry.release(reference)
    }
}

/// A Lua function, valid as long as its state.
public final class LuaFunction: LuaReference {
    /// Where it begins.
    let definition: LuaDefinition
    /// What its random numbers are seeded with.
    var place: UInt64

    fileprivate init(registry: LuaRegistry, reference: Int32, definition: LuaDefinition) {
        self.definition = definition
        place = definition.hash
        super.init(registry: registry, reference: reference)
    }
}

/// Where a state keeps what Swift refers to. It may outlive the state, and then has nothing to give back.
final class LuaRegistry {
    private var main: OpaquePointer?

    init(_ main: OpaquePointer) {
        self.main = main
    }

    /// Takes the value on top of a stack of the state.
    func keep(from stack: OpaquePointer) -> LuaReference {
        LuaReference(registry: self, reference: mlb_ref(stack))
    }

    /// Takes the function on top of a stack of the state.
    func keepFunction(from stack: OpaquePointer) -> LuaFunction {
        let definition = LuaDefinition(ofTopOn: stack)
        return LuaFunction(registry: self, reference: mlb_ref(stack), definition: definition)
    }

    func close() {
        main = nil
    }

    fileprivate func release(_ reference: Int32) {
        // Overwrites a slot that is there, so it allocates nothing and may run inside the collector.
        if let main { mlb_unref(main, reference) }
    }
}
