public import Diagnostics

/// What can be wrong with scripts beyond what Lua itself reports.
public enum RuleError: Error {
    /// A name was defined twice.
    case duplicate(what: String, name: String, at: SourceLocation, first: SourceLocation)
    /// A name was used that nothing defines.
    case unknown(what: String, name: String, at: SourceLocation?, known: [String])
    /// A definition has a key that it does not know.
    case unknownKey(owner: String, key: String, at: SourceLocation, known: [String])
    /// A definition lacks a key.
    case missingKey(owner: String, key: String, at: SourceLocation, example: String)
    /// A key has a value of the wrong kind.
    case wrongValue(owner: String, key: String, expected: String, got: String, at: SourceLocation)
    /// A predicate answered something else than true or false.
    case notABoolean(rule: String, got: String, at: SourceLocation, customer: Int64?)
    /// A rule raised an error for a customer.
    case raised(rule: String, customer: Int64, error: Diagnostic)
    /// A name was given without the table that defines it.
    case noBody(what: String, name: String, at: SourceLocation)
    /// Scripts require each other in a circle.
    case circularRequire(path: String)
    /// A segment asks for itself; the path begins and ends with it.
    case circularSegment(path: [String], at: SourceLocation?)
    /// Segments ask for each other more often than the stack allows.
    case segmentsTooDeep(name: String, limit: Int, at: SourceLocation?)
}

extension RuleError: Diagnosable {
    /// The error in words, with the next step.
    public var diagnostic: Diagnostic {
        switch self {
        case .duplicate(let what, let name, let location, let first):
            Diagnostic(
                "there are two \(what)s named '\(name)'", at: location, token: name,
                hint: "the other is at \(first); rename one of them")
        case .unknown(let what, let name, let location, let known):
            Diagnostic(
                "unknown \(what) '\(name)'", at: location, token: name,
                hint: suggestion(name, known, what: what))
        case .unknownKey(let owner, let key, let location, let known):
            Diagnostic(
                "\(owner) has no setting '\(key)'", at: location, token: key,
                hint: suggestion(key, known, what: "setting"))
        case .missingKey(let owner, let key, let location, let example):
            Diagnostic("\(owner) has no '\(key)'", at: location, hint: "add one, for example: \(example)")
        case .wrongValue(let owner, let key, let expected, let got, let location):
            Diagnostic("'\(key)' of \(owner) takes \(expected), got \(got)", at: location, token: key)
        case .notABoolean(let rule, let got, let location, let customer):
            Diagnostic(
                "\(rule) returned \(got)\(customer.map { " for customer \($0)" } ?? "")", at: location,
                hint: "a rule answers true or false; compare the value with something")
        case .raised(let rule, let customer, let error):
            Diagnostic(
                error.message, at: error.location, token: error.token, hint: error.hint,
                notes: error.notes + ["in \(rule), for customer \(customer)"])
        case .noBody(let what, let name, let location):
            Diagnostic(
                "\(what) '\(name)' has no body", at: location, token: name,
                hint: "write \(what) \"\(name)\" { … }")
        case .circularRequire(let path):
            Diagnostic(
                "the script \(path) requires itself, directly or through others",
                hint: "move what both need into a third script")
        case .circularSegment(let path, let location):
            Diagnostic(
                "segment '\(path.first ?? "")' asks for itself"
                    + (path.count > 2 ? ": \(path.joined(separator: " → "))" : ""),
                at: location, token: path.last,
                hint: "nobody can say who is in it; take one of the segments out of the circle")
        case .segmentsTooDeep(let name, let limit, let location):
            Diagnostic(
                "segment '\(name)' is the last of more than \(limit) segments that ask for each other",
                at: location, token: name, hint: "write the conditions of several segments into one")
        }
    }
}

/// What to say about an unknown name: the nearest known one, or a choice of them.
func suggestion(_ name: String, _ known: [String], what: String) -> String {
    if let nearest = nearestName(to: name, in: known) { return "did you mean '\(nearest)'?" }
    if known.isEmpty { return "there is no \(what) yet" }
    let names = known.sorted()
    return "known are: \(names.prefix(12).joined(separator: ", "))\(names.count > 12 ? ", …" : "")"
}
