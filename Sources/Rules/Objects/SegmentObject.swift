internal import LuaRuntime

/// A segment, or a combination of segments, in a script's hands.
final class SegmentObject: LuaObject {
    let expression: SegmentExpression

    init(_ expression: SegmentExpression, kind: LuaObjectKind) {
        self.expression = expression
        super.init(kind: kind)
    }

    /// The metatable: `&`, `|`, `-`, `~` and `:includes(c)`.
    static func makeKind(_ host: RuleHost) -> LuaObjectKind {
        typealias Combine = (SegmentExpression, SegmentExpression) -> SegmentExpression
        func combining(_ combine: @escaping Combine) -> HostFunction {
            { [unowned host] call in
                let left = try call.object(1, SegmentObject.self, "a segment")
                let right = try call.object(2, SegmentObject.self, "a segment")
                return call.returns(host.makeSegment(combine(left.expression, right.expression)))
            }
        }
        let includes = host.makeFunction("includes") { call, host in
            let segment = try call.object(1, SegmentObject.self, "a segment")
            _ = try call.customer(2)
            guard let walk = host.walk else {
                throw LuaError("includes works only where there is a customer")
            }
            return call.returns(.boolean(try host.includes(segment.expression, walk.row)))
        }
        return host.state.makeKind(
            "a segment",
            [
                ("__band", combining { .both($0, $1) }),
                ("__bor", combining { .either($0, $1) }),
                ("__sub", combining { .without($0, $1) }),
                (
                    "__bnot",
                    { [unowned host] call in
                        let segment = try call.object(1, SegmentObject.self, "a segment")
                        return call.returns(host.makeSegment(.not(segment.expression)))
                    }
                ),
                (
                    "__index",
                    { call in
                        let name = try call.text(2)
                        guard name == "includes" else {
                            throw LuaError("a segment has no method '\(name)'", hint: "it has :includes(c)")
                        }
                        return call.returns(.function(includes))
                    }
                ),
            ])
    }
}
