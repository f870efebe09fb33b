public import Diagnostics

/// What can be wrong with scripts beyond what Lua itself reports.
public enum RuleError: Error {
    /// A name was defined twice.
    case duplicate(what: String, name: String, at: SourceLocation, first: SourceLocation)
    /// A name was used that nothing defines.
    case unknown(what: String, name: String, at: SourceLocation?, known: [String])
    /// A definition has a key that it does not know.
    case unknownKey(owner: String, key: String, at: SourceLocation, known: [String])
    /// A definition has a key by the name that it had before.
    case renamedKey(owner: String, key: String, today: String, at: SourceLocation)
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
    /// A trait asks for itself; the path begins and ends with it.
    case circularTrait(path: [String])
    /// Traits ask for each other more often than the stack allows.
    case traitsTooDeep(name: String, limit: Int)
    /// A trait has a name that customers have already.
    case nameTaken(trait: String, by: String, at: SourceLocation)
    /// A trait gave something that no field holds, or not what it says.
    case wrongTrait(name: String, got: String, hint: String, at: SourceLocation, customer: Int64)
    /// A model was given a row that is none.
    case wrongRow(model: String, got: String, at: SourceLocation, customer: Int64)
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
        case .renamedKey(let owner, let key, let today, let location):
            Diagnostic(
                "\(owner) has no setting '\(key)'", at: location, token: key, hint: "it is called '\(today)'")
        case .missingKey(let owner, let key, let location, let example):
            Diagnostic("\(owner) has no '\(key)'", at: location, hint: "add one, for example: \(example)")
        case .wrongValue(let owner, let key, let expected, let got, let location):
            Diagnostic("'\(key)' of \(owner) takes \(expected), got \(got)", at: location, token: key)
        case .notABoolean(let rule, let got, let location, let customer):
            Diagnostic(
                "\(rule) returned \(got)", at: location,
                hint: "a rule answers true or false; compare the value with something",
                notes: customer.map { [Self.place(rule, $0)] } ?? [])
        case .raised(let rule, let customer, let error):
            Diagnostic(
                error.message, at: error.location, token: error.token, hint: error.hint,
                notes: error.notes + [Self.place(rule, customer)])
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
                circle("segment", path), at: location, token: path.last,
                hint: "nobody can say who is in it; take one of the segments out of the circle")
        case .circularTrait(let path):
            Diagnostic(
                circle("trait", path), token: path.last,
                hint: "nobody can say what it is; take one of the traits out of the circle")
        case .traitsTooDeep(let name, let limit):
            Diagnostic(
                "trait '\(name)' is the last of more than \(limit) traits and segments that ask for each other",
                token: name, hint: "compute several traits in one")
        case .nameTaken(let trait, let owner, let location):
            Diagnostic(
                "trait '\(trait)' has the name of \(owner) of customers", at: location, token: trait,
                hint: "c.\(trait) can be only one of the two; rename the trait")
        case .wrongTrait(let name, let got, let hint, let location, let customer):
            Diagnostic(
                "trait '\(name)' returned \(got)", at: location, hint: hint,
                notes: [Self.place("trait '\(name)'", customer)])
        case .wrongRow(let model, let got, let location, let customer):
            Diagnostic(
                "'of' of model '\(model)' returned \(got)", at: location,
                hint: "a row is a table of numbers by name, the same names for each customer, or nothing",
                notes: [Self.place("model '\(model)'", customer)])
        case .segmentsTooDeep(let name, let limit, let location):
            Diagnostic(
                "segment '\(name)' is the last of more than \(limit) segments that ask for each other",
                at: location, token: name, hint: "write the conditions of several segments into one")
        }
    }

    /// Whose turn it was in a rule: a note, so that the message is the same for all to whom it happens.
    private static func place(_ rule: String, _ customer: Int64) -> String {
        "in \(rule), for customer \(customer)"
    }
}

private func circle(_ what: String, _ path: [String]) -> String {
    "\(what) '\(path.first ?? "")' asks for itself"
        + (path.count > 2 ? ": \(path.joined(separator: " → "))" : "")
}
