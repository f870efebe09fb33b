package import LuaRuntime

/// A segment, or a combination of segments, in a script's hands.
package final class SegmentObject: LuaObject {
    /// Who is in it.
    package let expression: SegmentExpression

    init(_ expression: SegmentExpression, kind: LuaObjectKind) {
        self.expression = expression
        super.init(kind: kind)
    }

    /// The metatable: `&`, `|`, `-`, `~` and `:includes(c)`.
    static func makeKind(_ host: RuleHost) -> LuaObjectKind {
        func combining(_ combine: @escaping SegmentOperator.Combine) -> HostFunction {
            { [unowned host] call in
                try host.remembering {
                    func operand(_ position: Int) throws -> SegmentObject {
                        let value = try call.value(position)
                        guard case .object(let object) = value, let segment = object as? SegmentObject else {
                            throw LuaError("a segment is combined with segments only, got \(value.described)")
                        }
                        return segment
                    }
                    let left = try operand(1)
                    let right = try operand(2)
                    let parts = left.expression.partCount + right.expression.partCount
                    guard parts <= SegmentExpression.partLimit else {
                        throw LuaError(
                            "more than \(SegmentExpression.partLimit) segments are combined into one")
                    }
                    return call.returns(host.makeSegment(combine(left.expression, right.expression)))
                }
            }
        }
        let methods = Dictionary(uniqueKeysWithValues: segmentMethods.map { ($0.name, $0.value(host)) })
        let operators = segmentOperators.compactMap { sign in
            sign.combine.map { ("__\(sign.event)", combining($0)) }
        }
        return host.state.makeKind(
            "segment",
            operators + [
                (
                    "__bnot",
                    { [unowned host] call in
                        // Lua passes the operand twice.
                        let (segment, _) = try call.arguments(
                            LuaParameter<SegmentObject>.object("segment", "a segment"), .any("again"))
                        // Twice not is the segment itself, so that no chain of them grows.
                        if case .not(let inner) = segment.expression {
                            return call.returns(host.makeSegment(inner))
                        }
                        return call.returns(host.makeSegment(.not(segment.expression)))
                    }
                ),
                (
                    "__index",
                    { [unowned host] call in
                        try host.remembering {
                            let (_, name) = try call.arguments(.any("segment"), .text("name"))
                            guard let method = methods[name] else {
                                throw LuaError(
                                    "a segment has no method '\(name)'", hint: "it has :includes(c)")
                            }
                            return call.returns(method)
                        }
                    }
                ),
            ])
    }
}

/// What can be asked of a segment with a colon.
package let segmentMethods: [HostWord] = [
    HostWord(
        "includes", "segment.NAME:includes(c)", "Whether the customer is in the segment.",
        example: "segment.buyers:includes(c)", place: .object("segment"),
        parameters: HostWord.infos(LuaParameter<Int64>.customer("c"))
    ) { host in
        .function(
            host.makeFunction("includes") { call, host in
                guard case .object(let segment as SegmentObject) = try call.value(1) else {
                    throw LuaError("'includes' is called with a colon, as in segment.vip:includes(c)")
                }
                let customer = try call.withoutSubject.arguments(.customer("c"))
                guard let walk = try host.walk(of: customer) else {
                    throw LuaError("includes works only where there is a customer")
                }
                return call.returns(.boolean(try host.includes(segment.expression, walk.row)))
            })
    }.giving("boolean")
]

/// A sign that makes a segment of segments.
package struct SegmentOperator: Sendable {
    /// Makes one of two.
    typealias Combine = @Sendable (SegmentExpression, SegmentExpression) -> SegmentExpression

    /// As written: `&`.
    package let sign: String
    /// What Lua calls it: `band`.
    package let event: String
    /// Who is in what it makes.
    package let doc: String
    /// Makes it of the two operands; nil for the sign that takes one.
    let combine: Combine?

    /// Whether it stands before a segment, not between two.
    package var isUnary: Bool { combine == nil }
}

/// The signs between segments.
package let segmentOperators = [
    SegmentOperator(sign: "&", event: "band", doc: "who is in both") { .both($0, $1) },
    SegmentOperator(sign: "|", event: "bor", doc: "who is in one of the two, or in both") { .either($0, $1) },
    SegmentOperator(sign: "-", event: "sub", doc: "who is in the first and not in the second") {
        .without($0, $1)
    },
    SegmentOperator(sign: "~", event: "bnot", doc: "who is not in it", combine: nil),
]
