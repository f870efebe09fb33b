import Diagnostics

extension LiquidParser {
    mutating func branches(_ token: TemplateToken) throws(TemplateError) -> LiquidNode {
        let block = OpenBlock(tag: token.name, token: token)
        var branches: [LiquidBranch] = []
        var head = token
        // What follows an `else` is read, for its errors, and never printed.
        var isComplete = false
        while head.name != "end" + token.name {
            var condition: LiquidCondition?
            if head.name != "else" {
                var markup = try markup(head)
                condition = try markup.condition()
            }
            let (body, end) = try nodes(until: ["elsif", "else", "end" + token.name], of: block)
            if !isComplete {
                let isNegated = head.name == "unless"
                branches.append(
                    LiquidBranch(
                        condition: condition, isNegated: isNegated, body: body, tag: inside(head)))
            }
            isComplete = isComplete || condition == nil
            guard let end else { break }
            head = end
        }
        if branches.allSatisfy(\.body.isBlank) {
            for place in branches.indices { branches[place].body = branches[place].body.withoutSpace }
        }
        return node(.branches(branches), token)
    }

    mutating func choice(_ token: TemplateToken) throws(TemplateError) -> LiquidNode {
        let block = OpenBlock(tag: token.name, token: token)
        let ends: Set<String> = ["when", "else", "endcase"]
        var markup = try markup(token)
        var choice = LiquidChoice(subject: try markup.expression(), tag: inside(token), clauses: [])
        try markup.expectEnd("the end")
        // What stands before the first `when` is never printed.
        var head = try nodes(until: ends, of: block).end
        while let clause = head, clause.name != "endcase" {
            let values = clause.name == "when" ? try self.values(of: clause) : nil
            let (body, end) = try nodes(until: ends, of: block)
            choice.clauses.append(LiquidChoice.Clause(values: values, body: body, tag: inside(clause)))
            head = end
        }
        if choice.clauses.allSatisfy(\.body.isBlank) {
            for place in choice.clauses.indices {
                choice.clauses[place].body = choice.clauses[place].body.withoutSpace
            }
        }
        return node(.choice(choice), token)
    }

    private func values(of token: TemplateToken) throws(TemplateError) -> [LiquidExpression] {
        var markup = try markup(token)
        var values = [try markup.expression(inCondition: true)]
        while markup.accept(symbol: ",") || markup.accept(name: "or") {
            values.append(try markup.expression(inCondition: true))
        }
        // Shopify leaves out what does not belong, but in the stricter of its modes.
        if strictness == .strict2 { try markup.expectEnd("',' or 'or' and a value, or the end") }
        return values
    }

    mutating func loop(_ token: TemplateToken) throws(TemplateError) -> LiquidNode {
        let block = OpenBlock(tag: "for", token: token)
        var loop = try loopHead(token)
        let (body, end) = try nodes(until: ["else", "endfor"], of: block)
        loop.body = body
        if end?.name == "else" { loop.otherwise = try nodes(until: ["endfor"], of: block).nodes }
        if loop.body.isBlank, (loop.otherwise ?? []).isBlank {
            loop.body = loop.body.withoutSpace
            loop.otherwise = loop.otherwise?.withoutSpace
        }
        return node(.loop(loop), token)
    }

    mutating func tableRow(_ token: TemplateToken) throws(TemplateError) -> LiquidNode {
        var markup = try markup(token)
        let variable = try markup.name("the name of the item")
        guard markup.accept(name: "in") else { throw markup.unexpected("'in'") }
        var row = LiquidTableRow(variable: variable, collection: try markup.expression(), body: [])
        while !markup.isAtEnd {
            if markup.accept(symbol: ",") { continue }
            let word = markup.current.text
            guard ["cols", "limit", "offset"].contains(word), markup.current.kind == .name else {
                throw markup.unexpected("'cols:', 'limit:', 'offset:' or the end")
            }
            _ = markup.take()
            try markup.expect(symbol: ":")
            let value = try markup.expression()
            switch word {
            case "cols": row.columns = value
            case "limit": row.limit = value
            default: row.offset = value
            }
        }
        row.body = try nodes(until: ["endtablerow"], of: OpenBlock(tag: "tablerow", token: token)).nodes
        return node(.tableRow(row), token)
    }

    mutating func changed(_ token: TemplateToken) throws(TemplateError) -> LiquidNode {
        try markup(token).expectEnd("nothing after 'ifchanged'")
        let body = try nodes(until: ["endifchanged"], of: OpenBlock(tag: "ifchanged", token: token)).nodes
        return node(.changed(body), token)
    }

    private func loopHead(_ token: TemplateToken) throws(TemplateError) -> LiquidLoop {
        var markup = try markup(token)
        let variable = try markup.name("the name of the item")
        guard markup.accept(name: "in") else { throw markup.unexpected("'in'") }
        let start = markup.mark
        let collection = try markup.expression()
        let written = markup.source(from: start, to: markup.mark)
        var loop = LiquidLoop(
            variable: variable, collection: collection, name: "\(variable)-\(written)",
            isReversed: markup.accept(name: "reversed"), tag: inside(token), body: [])
        while !markup.isAtEnd {
            // A comma may stand before and after each of them.
            if markup.accept(symbol: ",") { continue }
            if markup.accept(name: "limit") {
                try markup.expect(symbol: ":")
                loop.limit = try markup.expression()
            } else if markup.accept(name: "offset") {
                try markup.expect(symbol: ":")
                loop.offset = markup.accept(name: "continue") ? .continued : .value(try markup.expression())
            } else if markup.current.text == "reversed" {
                throw markup.unexpected("'reversed' right after the collection")
            } else {
                throw markup.unexpected("'limit:', 'offset:' or the end")
            }
        }
        return loop
    }
}
