/// What a file of LuaCATS annotations declares, read line by line.
struct Annotations {
    /// The fields of each class, with their types.
    private(set) var classes: [String: [String: String]] = [:]
    private(set) var aliases: [String: String] = [:]
    /// Functions as they are declared: `days`, `Customer:has_tag`, with the names of their parameters.
    private(set) var functions: [String: [String]] = [:]
    /// The names that a function says it takes and does not have, or the other way round.
    private(set) var mismatches: [String] = []
    /// Every type that something is said to have.
    private var types: [String] = []

    init(_ text: String) {
        var current = ""
        var parameters: [String] = []
        for line in text.split(separator: "\n") {
            if let found = line.wholeMatch(of: #/---@class (?:\(exact\) )?(\w+)/#) {
                current = String(found.1)
                classes[current] = [:]
            } else if let found = line.wholeMatch(of: #/---@field (\[.*?\]|\w+)\??\s(.*)/#) {
                let type = Self.type(in: found.2)
                classes[current]?[String(found.1).filter { !"[]\"".contains($0) }] = type
                types.append(type)
            } else if let found = line.wholeMatch(of: #/---@alias (\w+) (.*)/#) {
                aliases[String(found.1)] = String(found.2)
                types.append(String(found.2))
            } else if let found = line.wholeMatch(of: #/---@param (\S+) (.*)/#) {
                parameters.append(String(found.1))
                types.append(Self.type(in: found.2))
            } else if let found = line.wholeMatch(of: #/---@(?:return|type|operator \w+(?:\(\w+\))?:) ?(.*)/#)
            {
                types.append(Self.type(in: found.1))
            } else if let found = line.wholeMatch(of: #/function ([\w.:]+)\((.*)\) end/#) {
                let name = String(found.1)
                let taken = found.2.split(separator: ", ").map(String.init)
                if taken != parameters, taken != ["..."] { mismatches.append(name) }
                functions[name] = taken
                parameters = []
            }
        }
    }

    /// The names of classes and aliases that types mention and nothing declares.
    var undeclared: Set<String> {
        let known: Set = [
            "string", "number", "integer", "boolean", "table", "function", "any", "nil", "false", "fun",
        ]
        var names: Set<String> = []
        for type in types {
            // Neither texts, nor the names of parameters and keys.
            let bare = type.replacing(#/"[^"]*"/#, with: "").replacing(#/\w+\??:/#, with: "")
            names.formUnion(bare.matches(of: #/\w+/#).map { String($0.output) })
        }
        return names.subtracting(known).subtracting(classes.keys).subtracting(aliases.keys)
    }

    /// The type at the beginning of a text, which a sentence may follow.
    private static func type(in text: Substring) -> String {
        var depth = 0
        var isQuoted = false
        var last: Character = " "
        for index in text.indices {
            let character = text[index]
            switch character {
            case "\"": isQuoted.toggle()
            case "(", "<", "{", "[": depth += 1
            case ")", ">", "}", "]": depth -= 1
            case " " where depth == 0 && !isQuoted && last != ":" && last != ",":
                return String(text[..<index])
            default: break
            }
            last = character
        }
        return String(text)
    }
}
