/// A value as written in a template.
indirect enum LiquidExpression {
    case null
    case boolean(Bool)
    /// The digits of a whole number or a float, as Lua reads them too.
    case number(String)
    case string(String)
    case blank
    case empty
    case range(LiquidExpression, LiquidExpression)
    case lookup(LiquidLookup)

    /// A path is data; anything else is written by the author.
    var isLiteral: Bool {
        switch self {
        case .null, .boolean, .number, .string, .blank, .empty: true
        case .range, .lookup: false
        }
    }

    /// Whether it is a text in quotation marks that ends so.
    func isLiteral(endingIn suffix: String) -> Bool {
        if case .string(let text) = self { text.hasSuffix(suffix) } else { false }
    }
}

/// A path: `customer.orders[0].title`.
struct LiquidLookup {
    enum Root {
        case name(String)
        /// `[expression]`: the name is a value.
        case dynamic(LiquidExpression)
    }

    enum Step {
        /// `.name` or `["name"]`.
        case name(String)
        /// `.size`, `.first` or `.last`.
        case command(String)
        case index(LiquidExpression)
    }

    var root: Root
    var steps: [Step]
    /// As written, for the person.
    var path: String
    var line: Int
    var column: Int
}

/// A value and the filters it goes through.
struct LiquidPipeline {
    var value: LiquidExpression
    var filters: [LiquidFilter] = []
    var context = OutputContext.text
}

/// A call of a filter, its number of arguments checked.
struct LiquidFilter {
    var spec: FilterSpec
    var arguments: [LiquidExpression]
    var keywords: [String: LiquidExpression]
}

/// Comparisons joined by `and` and `or`; it groups from the right: `a and (b or (c and d))`.
struct LiquidCondition {
    enum Joint {
        case and
        case or
    }

    struct Comparison {
        var left: LiquidExpression
        /// The operator and the right side; nil where the value's truth is meant.
        var test: (name: String, right: LiquidExpression)?
    }

    var comparisons: [Comparison]
    /// One fewer than the comparisons.
    var joints: [Joint]
}
