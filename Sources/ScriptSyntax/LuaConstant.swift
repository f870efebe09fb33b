/// A value that Lua works out while it compiles, as its code generator does: a `<const>` variable with such a value
/// takes no place at run time.
enum LuaConstant: Sendable {
    case `nil`
    case boolean(Bool)
    case integer(Int64)
    case number(Double)
    case string

    var isTrue: Bool {
        switch self {
        case .nil, .boolean(false): false
        default: true
        }
    }
}
