internal import Basics
internal import LuaRuntime

/// What several words of the prompt take.
extension LuaParameter where Value == Int {
    /// How many: a whole number that is not below zero.
    static func count(_ name: String) -> Self {
        Self(name, "a whole number from 0 on") { value in
            switch value {
            case .integer(let number) where number >= 0: Int(number)
            case .number(let number) where number >= 0: Int(exactly: number)
            default: nil
            }
        }
    }
}

extension LuaParameter where Value == [String] {
    /// Names in a list, one name, or none.
    static func names(_ name: String) -> Self {
        Self(name, "a list of names such as { \"name\", \"city\" }") { value in
            switch value {
            case .missing: []
            case .text(let name): [name]
            case .table(let table) where table.fields.isEmpty:
                table.array.reduce([String]?.some([])) { names, value in
                    guard let names, case .text(let name) = value else { return nil }
                    return names + [name]
                }
            default: nil
            }
        }
    }
}

extension HostCall {
    /// Refuses more arguments than a word takes that reads them itself.
    func checkCount(_ most: Int) throws {
        guard count > most else { return }
        throw LuaError("\(word) takes at most \(counted(most, "argument")), got \(count)")
    }
}

/// A whole number within bounds; the error says `what` it is.
func whole(_ number: Double, of range: ClosedRange<Int>, _ what: String) throws -> Int {
    guard let whole = Int(exactly: number), range.contains(whole) else {
        throw LuaError(
            "\(what) is a whole number from \(grouped(range.lowerBound)) to \(grouped(range.upperBound))")
    }
    return whole
}
