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
        typealias Combine = (SegmentExpression, SegmentExpression) -> SegmentExpression
        func combining(_ combine: @escaping Combine) -> HostFunction {
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
        let includes = host.makeFunction("includes") { call, host in
            guard case .object(let segment as SegmentObject) = try call.value(1) else {
                throw LuaError("'includes' is called with a colon, as in segment.vip:includes(c)")
            }
            let customer = try call.withoutSubject.arguments(.customer("c"))
            guard let walk = try host.walk(of: customer) else {
                throw LuaError("includes works only where there is a customer")
            }
            return call.returns(.boolean(try host.includes(segment.expression, walk.row)))
        }
        return host.state.makeKind(
            "segment",
            [
                ("__band", combining { .both($0, $1) }),
                ("__bor", combining { .either($0, $1) }),
                ("__sub", combining { .without($0, $1) }),
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
                            guard name == "includes" else {
                                throw LuaError(
                                    "a segment has no method '\(name)'", hint: "it has :includes(c)")
                            }
                            return call.returns(.function(includes))
                        }
                    }
                ),
            ])
    }
}
