internal import Basics
internal import Catalog
public import ScriptSyntax

/// Turns one rule into SQL, as far as that can be proven; see ``Lowered`` for what is kept of each
/// expression.
final class RuleLowering {
    let environment: any RuleEnvironment
    let computed: ComputedArguments
    /// The function whose text is read now; nil while audiences are.
    var function: RuleFunction?
    /// Segments that have been read.
    var segments: [String: LoweredAudience] = [:]
    /// What stays in Lua, and why.
    var reasons: [RuleReason] = []
    /// Functions and segments that are being read, so that none is read within itself.
    var open: [String] = []
    /// Texts of other functions give no reasons of their own: their ranges mean nothing in this one.
    var inlineDepth = 0

    /// How many expressions have been read, some of them several times.
    var work = 0
    /// How many expressions and statements stand around the one that is read now.
    var depth = 0

    /// What is nested deeper could take more stack than a thread has.
    static var depthLimit: Int { 100 }
    /// Reading that many takes some milliseconds.
    static var workLimit: Int { 20_000 }
    /// More SQL than this is slower than Lua, and SQLite has its limits.
    static var lengthLimit: Int { 20_000 }
    /// Functions that call each other.
    private static var inlineLimit: Int { 8 }

    convenience init(
        _ function: RuleFunction, _ environment: any RuleEnvironment, _ computed: ComputedArguments
    ) {
        self.init(environment, computed)
        self.function = function
    }

    init(_ environment: any RuleEnvironment, _ computed: ComputedArguments) {
        self.environment = environment
        self.computed = computed
    }

    /// The script whose text is read now.
    var script: ScriptAnalysis {
        guard let function else { preconditionFailure("an expression stands in a function") }
        return function.script
    }

    /// An expression that stays in Lua, and why.
    func unknown(
        _ range: SourceRange, _ reason: String, raises: Condition = .always, kinds: Kinds = .any
    ) -> Lowered {
        note(range, reason)
        return .unknown(raises: raises, kinds: kinds)
    }

    func note(_ range: SourceRange, _ reason: String) {
        reasons.append(RuleReason(range: inlineDepth == 0 ? range : nil, text: reason))
    }

    /// A look at something that need not be understood.
    func quietly<Result>(_ body: () -> Result) -> Result {
        let count = reasons.count
        defer { reasons.removeSubrange(count...) }
        return body()
    }

    /// Reads another function in the place of its call.
    func inlined(
        _ name: String, _ called: RuleFunction, _ arguments: [Lowered], bindings: Bindings,
        at range: SourceRange
    ) -> Lowered {
        let key = "\(called.script.chunk.path):\(called.body.range.start)"
        guard !open.contains(key) else {
            return unknown(range, "\(name) calls itself")
        }
        guard open.count < Self.inlineLimit else {
            return unknown(range, "functions call each other more than \(Self.inlineLimit) deep")
        }
        guard !called.body.isVariadic else { return unknown(range, "\(name) takes any number of arguments") }
        if let shared = called.body.parameters.first(where: called.script.isShared) {
            let parameter = called.script.chunk.variables[shared].name.text
            return unknown(range, "\(name) changes '\(parameter)', which a function in it uses too")
        }
        guard called.script.hasPlainGlobals else { return unknown(range, "its script changes _ENV") }
        var inner = bindings
        for (index, parameter) in called.body.parameters.enumerated() {
            inner[parameter] =
                index < arguments.count ? arguments[index] : constant(.literal(.missing))
        }
        let outer = function
        let count = reasons.count
        open.append(key)
        function = called
        inlineDepth += 1
        var result = lowerBody(called.body.body, inner)
        inlineDepth -= 1
        function = outer
        open.removeLast()
        for argument in arguments.reversed() { result = result.raising(where: argument.raises) }
        // Arguments that the function does not look at are still worked out.
        if arguments.contains(where: { !$0.isExact && $0.raises != .never }) {
            result.isExact = false
        }
        if reasons.count > count {
            let first = reasons[count].text
            reasons.removeSubrange(count...)
            note(range, first.hasPrefix(name) ? first : "\(name): \(first)")
        }
        return result
    }
}

/// Why a part of a rule stays in Lua.
public struct RuleReason: Hashable, Sendable {
    /// Where it stands; nil for what stands in another function.
    public let range: SourceRange?
    /// A sentence without a capital letter and a full stop.
    public let text: String
    /// Whether the reason is a name that nothing has.
    public var isOfUnknownName: Bool { text.contains(Self.noField) || text.contains(Self.noWord) }

    /// Whether it stays only because of another part that stays.
    public var isConsequence: Bool { text == Self.behindError }

    static let behindError = "what stands before it may raise an error"
    static let noField = "a customer has no field"
    static let noWord = "there is no word"
}
