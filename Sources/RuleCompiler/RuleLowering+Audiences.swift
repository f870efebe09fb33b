internal import ScriptSyntax

/// An audience with what is known of each of its parts.
indirect enum LoweredAudience {
    case predicate(Int, Lowered, CompiledRule?)
    case named(String, Lowered, LoweredAudience?)
    case both(Lowered, LoweredAudience, LoweredAudience)
    case either(Lowered, LoweredAudience, LoweredAudience)
    case without(Lowered, LoweredAudience, LoweredAudience)
    case not(Lowered, LoweredAudience)

    /// What is known of the whole.
    var lowered: Lowered {
        switch self {
        case .predicate(_, let lowered, _), .named(_, let lowered, _), .both(let lowered, _, _),
            .either(let lowered, _, _), .without(let lowered, _, _), .not(let lowered, _):
            lowered
        }
    }
}

extension RuleLowering {
    /// `segment.NAME:includes(c)`
    func includes(_ range: SourceRange, _ tree: AudienceTree) -> Lowered {
        inlineDepth += 1
        let count = reasons.count
        let result = lower(tree).lowered
        inlineDepth -= 1
        if reasons.count > count {
            let first = reasons[count].text
            reasons.removeSubrange(count...)
            note(range, first)
        }
        return .boolean(
            result.truthy, result.falsy, raises: result.raises, isExact: result.isExact)
    }

    /// Who belongs to an audience, for the customer of the statement.
    func lower(_ tree: AudienceTree) -> LoweredAudience {
        switch tree {
        case .predicate(let number, let function, let reason):
            guard let function else {
                return .predicate(number, unknown(SourceRange(0, 0), reason), nil)
            }
            return predicate(number, function)
        case .named(let name): return named(name)
        case .both(let a, let b):
            let (first, second) = (lower(a), lower(b))
            return .both(conjunction(first.lowered, second.lowered), first, second)
        case .either(let a, let b):
            let (first, second) = (lower(a), lower(b))
            return .either(disjunction(first.lowered, second.lowered), first, second)
        case .without(let a, let b):
            let (first, second) = (lower(a), lower(b))
            return .without(conjunction(first.lowered, negation(second.lowered)), first, second)
        case .not(let a):
            let inner = lower(a)
            return .not(negation(inner.lowered), inner)
        }
    }

    private func named(_ name: String) -> LoweredAudience {
        if let known = segments[name] { return known }
        let key = "segment \(name)"
        guard !open.contains(key), open.count < 20, let members = environment.segment(name) else {
            return .named(
                name, unknown(SourceRange(0, 0), "the segment '\(name)' asks for itself, or there is none"),
                nil)
        }
        open.append(key)
        let inner = lower(members)
        open.removeLast()
        let result = LoweredAudience.named(name, bounded(inner.lowered, SourceRange(0, 0)), inner)
        segments[name] = result
        return result
    }

    /// What a predicate answers: an answer that is neither true, false nor nothing is an error, and stays in
    /// Lua.
    private func predicate(_ number: Int, _ function: RuleFunction) -> LoweredAudience {
        let key = "\(function.script.chunk.path):\(function.body.range.start)"
        guard !open.contains(key) else {
            return .predicate(number, unknown(SourceRange(0, 0), "it asks for itself"), nil)
        }
        let (outer, depth, count) = (self.function, inlineDepth, reasons.count)
        if outer == nil { work = 0 }
        open.append(key)
        (self.function, inlineDepth) = (function, 0)
        var spine = Spine(self)
        spine.read(function)
        open.removeLast()
        (self.function, inlineDepth) = (outer, depth)
        let rule = spine.rule
        reasons.removeSubrange(count...)
        if let reason = rule.reasons.first { note(SourceRange(0, 0), reason.text) }
        return .predicate(number, spine.answer, rule)
    }
}
