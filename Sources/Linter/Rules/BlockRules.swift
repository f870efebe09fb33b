internal import Diagnostics
internal import ScriptSyntax

extension LintRule {
    static let unreachableCode = LintRule(
        "unreachable-code", .warning, "Lines behind the end of a block never run.",
        triggering: [
            "local i = 0 while i < 3 do i = i + 1 break i = 0 end",
            "local function f(a) do return a end a = 1 end return f",
            "local function f(a) if a then return 1 else return 2 end a = 3 end return f",
            "goto out local x = 1 ::out::",
        ],
        nonTriggering: [
            "local function f(a) if a then return 1 end return 2 end return f",
            "for i = 1, 3 do if i == 2 then goto next end segment(\"x\" .. i) { where = segment.vip } ::next:: end",
        ]
    ) { context in
        for block in context.script.index.blocks {
            guard let end = block.statements.firstIndex(where: \.leaves),
                end + 1 < block.statements.count, let last = block.statements[(end + 1)...].first
            else { continue }
            if case .label = last.kind { continue }
            let word = context.script.chunk.source.line(of: block.statements[end].range.start)
            context.report(
                last.range, "this never runs: the block ends before it", hint: "it is left in line \(word)")
        }
    }

    static let emptyBlock = LintRule(
        "empty-block", .warning, "An empty block of 'if' does nothing, whatever the condition says.",
        triggering: [
            "local function f(a) if a then end return a end return f",
            "local function f(a) if a then return 1 else end return a end return f",
        ],
        nonTriggering: [
            "local function f(a) if a then -- nothing to do\nelse return 1 end return a end return f"
        ]
    ) { context in
        for statement in context.script.index.statements {
            guard case .conditional(let clauses, let otherwise) = statement.kind else { continue }
            for (index, clause) in clauses.enumerated() where clause.block.statements.isEmpty {
                let next = index + 1 < clauses.count ? clauses[index + 1].condition.range.start : nil
                let end = next ?? otherwise?.range.start ?? statement.range.end
                guard !context.script.hasComment(clause.condition.range.end, end) else { continue }
                context.report(
                    clause.condition.range, "this 'if' has nothing to do",
                    hint: "write what to do, say why in a comment, or turn the condition round")
            }
            if let otherwise, otherwise.statements.isEmpty {
                let start = clauses.last?.block.range.end ?? statement.range.start
                guard !context.script.hasComment(start, statement.range.end) else { continue }
                let word = max(statement.range.start, statement.range.end - 3)
                context.report(
                    SourceRange(word, statement.range.end), "this 'else' has nothing to do",
                    hint: "leave it out")
            }
        }
    }

    static let duplicateKey = LintRule(
        "duplicate-key", .warning, "Of two values for one key a table keeps the last.",
        triggering: [
            "segment \"x\" { description = \"a\", where = segment.vip, description = \"b\" }",
            "return { [1] = \"a\", [2] = \"b\", [1] = \"c\" }",
        ],
        nonTriggering: ["return { a = 1, b = 2, [\"c\"] = 3, [1] = 4 }"]
    ) { context in
        for expression in context.script.index.expressions {
            guard case .table(let items) = expression.kind else { continue }
            var seen: [String: Int] = [:]
            for case .field(let key, _) in items {
                let name: String
                switch key.kind {
                case .integer(let number): name = "[\(number)]"
                case .string: name = key.text ?? "?"
                default: continue
                }
                let line = context.script.chunk.source.line(of: key.range.start)
                if let other = seen.updateValue(line, forKey: name) {
                    context.report(
                        key.range, "the table has '\(name)' twice",
                        hint: "the value in line \(other) is lost; remove one of them")
                }
            }
        }
    }

    static let deprecatedWord = LintRule(
        "deprecated-word", .warning, "A word that will go should be replaced while it still works.",
        triggering: [
            "segment \"x\" { where = function(c) return c.registered_at > long_ago(3) end }",
            "segment \"x\" { where = function(c) return c:tagged \"VIP\" end }",
        ],
        nonTriggering: ["segment \"x\" { where = function(c) return c:has_tag \"VIP\" end }"]
    ) { context in
        func note(_ word: LintWord?, _ range: SourceRange) {
            guard let word, let replacement = word.deprecated else { return }
            context.report(range, "'\(word.name)' is deprecated", hint: "write \(replacement)")
        }
        for expression in context.script.index.expressions {
            switch expression.kind {
            case .name(let name) where name.variable == nil:
                note(context.world.words.first { $0.name == name.text }, name.range)
            case .methodCall(let object, let method, _):
                switch context.script.meanings.of(object) {
                case .customer:
                    note(context.world.customerMethods.first { $0.name == method.text }, method.range)
                case .relation:
                    note(context.world.relationMethods.first { $0.name == method.text }, method.range)
                default: continue
                }
            default: continue
            }
        }
    }
}

extension LuaStatement {
    /// Whether what follows it in its block never runs.
    fileprivate var leaves: Bool {
        switch kind {
        case .return, .break, .goto: true
        case .block(let inner): inner.statements.last?.leaves ?? false
        case .conditional(let clauses, let otherwise?):
            (clauses.map(\.block) + [otherwise]).allSatisfy { $0.statements.last?.leaves ?? false }
        default: false
        }
    }
}

extension LintScript {
    /// Whether a comment stands between two places.
    fileprivate func hasComment(_ start: Int, _ end: Int) -> Bool {
        chunk.comments.contains { $0.range.start >= start && $0.range.end <= end }
    }
}
