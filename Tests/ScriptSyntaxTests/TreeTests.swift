import Basics
import ScriptSyntax
import Testing

/// What the parser makes of texts.
@Suite struct TreeTests {
    static let trees: [(source: String, tree: String)] = [
        // Operators.
        ("return a or b and c", "(return (or a (and b c)))"),
        ("return a < b == c", "(return (== (< a b) c))"),
        ("return a | b ~ c & d << e", "(return (| a (~ b (& c (<< d e)))))"),
        ("return a .. b .. c", "(return (.. a (.. b c)))"),
        ("return a - b - c", "(return (- (- a b) c))"),
        ("return a + b * c // d", "(return (+ a (// (* b c) d)))"),
        ("return -a ^ b ^ -c", "(return (- (^ a (^ b (- c)))))"),
        ("return not a == b", "(return (== (not a) b))"),
        ("return - - a, #b .. c, ~a ~ b", "(return (- (- a)) (.. (# b) c) (~ (~ a) b))"),
        ("return 1 .. 2 + 3 << 4", "(return (<< (.. 1 (+ 2 3)) 4))"),
        ("return (a or b) and c", "(return (and (paren (or a b)) c))"),
        // Fields and calls.
        ("return a.b[c].d", "(return (. (. (. a \"b\") c) \"d\"))"),
        ("f 's' { 1 } [[l]]", "(call (call (call f \"s\") {1}) \"l\")"),
        ("a.b:c(1, 2):d 's'", "(: (: (. a \"b\") c 1 2) d \"s\")"),
        ("f\n(g)", "(call f g)"),
        ("return ('s'):rep(3)", "(return (: (paren \"s\") rep 3))"),
        ("return { 1, a = 2, [3] = 4; f(), }", "(return {1 \"a\"=2 3=4 (call f)})"),
        // Statements.
        ("a, b.c = 1, 2", "(set (a (. b \"c\")) 1 2)"),
        ("if a then elseif b then f() else g() end", "(if a {} b {(call f)} {(call g)})"),
        ("while a do break end", "(while a {(break)})"),
        ("::a:: ;; ::b:: goto a", "(label a) (label b) (goto a)"),
        ("do return end", "(do {(return)})"),
        ("return;", "(return)"),
        (
            "function a.b:c(d, ...) return self, d end",
            "(function (. (. a \"b\") \"c\") (self/0 d/1 ...) {(return self/0 d/1)})"
        ),
        // What names stand for.
        ("local x = x return x", "(local (x/0) x) (return x/0)"),
        ("local x local x = x return x", "(local (x/0) ) (local (x/1) x/0) (return x/1)"),
        ("local x do local x = 1 end return x", "(local (x/0) ) (do {(local (x/1) 1)}) (return x/0)"),
        ("local function f() return f end", "(local function f/0 () {(return f/0)})"),
        ("local f = function() return f end", "(local (f/0) (function () {(return f)}))"),
        ("local f = function(a) end", "(local (f/1) (function (a/0) {}))"),
        ("repeat local x until x return x", "(repeat {(local (x/0) )} x/0) (return x)"),
        ("for i = i, i do local i = i end", "(for i/0 i i {(local (i/1) i/0)})"),
        ("for k, v in k, v do f(k, v) end", "(for (k/0 v/1) in k v {(call f k/0 v/1)})"),
        ("local a, b <const> = 1, 2 return a, b", "(local (a/0 b/1) 1 2) (return a/0 b/1)"),
        ("local a = 1 function f(a) return a end", "(local (a/0) 1) (function f (a/1) {(return a/1)})"),
        ("local a <close> = nil", "(local (a/0) nil)"),
    ]

    @Test("operators bind as in Lua, and names stand for the variable in scope", arguments: trees)
    func tree(_ example: (source: String, tree: String)) {
        let chunk = LuaChunk(parsing: example.source, path: "s")
        #expect(chunk.errors.isEmpty)
        #expect(TreeDump(chunk: chunk).block(chunk.block) == example.tree)
    }

    @Test("the range of every expression and statement has its whole text and no more")
    func ranges() {
        var compared = 0
        for seed in 0..<150 {
            var generator = ProgramGenerator(seed: UInt64(seed))
            let chunk = LuaChunk(parsing: generator.program(), path: "s")
            guard chunk.errors.isEmpty else { continue }
            let walk = TreeWalk(chunk.block)
            // The numbers of variables are others where the text stands alone.
            let dump = TreeDump(chunk: chunk, hasNumbers: false)
            for expression in walk.expressions {
                let text = chunk.source[expression.range]
                #expect(text == text.trimmed)
                if case .string(let bytes) = expression.kind, let first = text.first, !"\"'[".contains(first)
                {
                    // The name of a field.
                    #expect(text == String(decoding: bytes, as: UTF8.self))
                    continue
                }
                let alone = LuaChunk(parsing: "return \(text)", path: "s")
                guard alone.errors.isEmpty, case .return(let values)? = alone.block.statements.first?.kind,
                    values.count == 1
                else { continue }
                compared += 1
                let other = TreeDump(chunk: alone, hasNumbers: false)
                #expect(other.expression(values[0]) == dump.expression(expression))
            }
            for statement in walk.statements {
                let text = chunk.source[statement.range]
                #expect(text == text.trimmed)
            }
        }
        #expect(compared > 1000)
    }

    @Test("a variable knows where it is read and written, and how many functions stand around")
    func uses() {
        let text = """
            local n = 0
            local function count(c)
              n = n + c.n
              return function() return n, count end
            end
            function n.f() end
            n, m = count(n)
            """
        let chunk = LuaChunk(parsing: text, path: "s")
        #expect(chunk.errors.isEmpty)
        let lines = chunk.variables.map { variable in
            func list(_ uses: [LuaVariable.Use]) -> String {
                uses.map { "\(chunk.source.line(of: $0.range.start))@\($0.depth)" }.joined(separator: " ")
            }
            return
                "\(variable.name.text) \(variable.origin) \(variable.depth): \(list(variable.reads)) | \(list(variable.writes))"
        }
        #expect(
            lines == [
                "n local 0: 3@1 4@2 6@0 7@0 | 3@1 7@0",
                "count function 0: 4@2 7@0 | ",
                "c parameter 1: 3@1 | ",
            ])
    }

    @Test("comments are kept without their signs")
    func comments() {
        let text = "--- a\nf() -- b --\n  --[[ c\n d ]] g() --[==[e]==]\n--\n--[=[ ]] ]=] --[x"
        let comments = LuaChunk(parsing: text, path: "s").comments
        #expect(comments.map(\.text) == ["a", "b --", "c\n d", "e", "", "]]", "[x"])
        #expect(comments.map(\.isAlone) == [true, false, true, false, true, true, false])
    }

    @Test("a function knows its lines as Lua does")
    func functionLines() {
        let chunk = LuaChunk(parsing: "\nf(function\n()\n\nend)", path: "s")
        let bodies = TreeWalk(chunk.block).expressions.compactMap { expression in
            if case .function(let body) = expression.kind { body } else { nil }
        }
        #expect(bodies.map(\.line) == [2])
        #expect(bodies.map(\.lastLine) == [5])
        #expect(bodies.map { chunk.source[$0.range] } == ["function\n()\n\nend"])
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = Substring(self)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
