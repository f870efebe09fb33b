/// A part of a parsed template, with its place in the text and the file's line it begins in.
struct LiquidNode {
    indirect enum Kind {
        case text(String)
        /// White space alone, which blank blocks leave out.
        case space(String)
        case output(LiquidPipeline)
        case assign(String, LiquidPipeline)
        case capture(String, [LiquidNode])
        /// `if` and `unless`; the last branch without a condition is `else`.
        case branches([LiquidBranch])
        case choice(LiquidChoice)
        case loop(LiquidLoop)
        case interrupt(Interrupt)
        case increment(String)
        case decrement(String)
        case cycle(LiquidCycle)
        case tableRow(LiquidTableRow)
        /// `ifchanged`: printed where its text is another than the last such text.
        case changed([LiquidNode])
        /// `render` and `include`.
        case partial(LiquidPartial)
        /// `abort_message`, with the reason; nil where it gives none.
        case abort(LiquidExpression?)
    }

    enum Interrupt: String {
        case `break`
        case `continue`
    }

    var kind: Kind
    /// A tag's name, an output's markup, or a text.
    var place: Range<Int>
    var line: Int

    /// Whether it can print nothing but white space text, so that a block of such nodes prints nothing at
    /// all.
    var isBlank: Bool {
        switch kind {
        case .space, .assign, .capture: true
        case .text, .output, .increment, .decrement, .cycle, .interrupt, .partial, .abort: false
        case .branches(let branches): branches.allSatisfy { $0.body.isBlank }
        case .choice(let choice): choice.clauses.allSatisfy { $0.body.isBlank }
        case .loop(let loop): loop.body.isBlank && (loop.otherwise ?? []).isBlank
        case .tableRow(let row): row.body.isBlank
        case .changed(let body): body.isBlank
        }
    }

    /// Whether a helper it calls may raise an error; what the host raises for a path has its own words.
    var mayFail: Bool {
        switch kind {
        case .output(let pipeline), .assign(_, let pipeline): pipeline.filters.contains { $0.spec.mayFail }
        case .branches(let branches):
            branches.contains { branch in
                branch.condition?.comparisons.contains {
                    ["<", "<=", ">", ">="].contains($0.test?.name ?? "")
                } ?? false
            }
        case .loop(let loop): loop.limit != nil || loop.offset != nil
        case .tableRow, .partial, .abort: true
        case .text, .space, .capture, .choice, .interrupt, .increment, .decrement, .cycle, .changed: false
        }
    }

    /// How much Lua it becomes, roughly, in outputs.
    var weight: Int {
        switch kind {
        case .branches(let branches): 1 + branches.map(\.body.weight).reduce(0, +)
        case .choice(let choice): 1 + choice.clauses.map(\.body.weight).reduce(0, +)
        case .loop(let loop): 2 + loop.body.weight + (loop.otherwise ?? []).weight
        case .capture(_, let body), .changed(let body): 1 + body.weight
        case .tableRow(let row): 4 + row.body.weight
        case .partial(let partial): 4 + partial.arguments.count
        case .output(let pipeline): 1 + pipeline.filters.count
        default: 1
        }
    }
}

extension [LiquidNode] {
    var isBlank: Bool { allSatisfy(\.isBlank) }

    var weight: Int { map(\.weight).reduce(0, +) }

    /// Without white space text.
    var withoutSpace: [LiquidNode] {
        filter { if case .space = $0.kind { false } else { true } }
    }
}

struct LiquidBranch {
    /// Nil for `else`.
    var condition: LiquidCondition?
    var isNegated = false
    var body: [LiquidNode]
    /// The tag without its braces.
    var tag: Range<Int>
}

/// A `case` tag. Every `when` that matches is printed, and an `else` where none before it did.
struct LiquidChoice {
    struct Clause {
        /// Nil for `else`.
        var values: [LiquidExpression]?
        var body: [LiquidNode]
        /// The tag without its braces.
        var tag: Range<Int>
    }

    var subject: LiquidExpression
    /// The tag without its braces.
    var tag: Range<Int>
    var clauses: [Clause]
}

struct LiquidLoop {
    enum Offset {
        case value(LiquidExpression)
        /// Where the last loop of this name ended.
        case continued
    }

    var variable: String
    var collection: LiquidExpression
    /// `item-collection` as written: what `forloop.name` gives.
    var name: String
    var limit: LiquidExpression?
    var offset: Offset?
    var isReversed: Bool
    /// The tag without its braces.
    var tag: Range<Int>
    var body: [LiquidNode]
    var otherwise: [LiquidNode]?
}

struct LiquidTableRow {
    var variable: String
    var collection: LiquidExpression
    var columns: LiquidExpression?
    var limit: LiquidExpression?
    var offset: LiquidExpression?
    var body: [LiquidNode]
}

/// A `render` or `include` tag.
struct LiquidPartial {
    enum Kind {
        /// `render`: the partial sees what the host gives and its arguments.
        case isolated
        /// `include`: the partial sees and changes the names of the template.
        case shared
    }

    var kind: Kind
    var name: LiquidExpression
    /// What stands after `with` or `for`.
    var value: LiquidExpression?
    /// `for`: a list is rendered item by item.
    var isRepeated = false
    /// What the value is called in the partial; the partial's own name where nil.
    var alias: String?
    var arguments: [(name: String, value: LiquidExpression)] = []
    /// Where in the HTML it stands.
    var place = HTMLState()
}

struct LiquidCycle {
    enum Group {
        case named(LiquidExpression)
        /// Cycles of the same values are one group.
        case unnamed(String)
    }

    var group: Group
    var values: [LiquidExpression]
    var context = OutputContext.text
}
