internal import ScriptSyntax

extension LuaEmitter {
    /// What is known of a value's text when it is compiled.
    enum Safety {
        /// Plain text.
        case text
        /// HTML.
        case html
        /// Percent codes and what URLs leave as it is.
        case url
        /// HTML where this Lua expression is true, percent codes where it is `"url"`.
        case either(String)
    }

    /// Prints a value; nil is noted as missing unless `default` had its chance or a literal was meant.
    mutating func emit(_ pipeline: LiquidPipeline, line: Int) {
        move(to: line)
        let hasDefault = pipeline.filters.contains { $0.spec.name == "default" }
        guard case .lookup(let path) = pipeline.value, !hasDefault else {
            write("do ")
            let (code, safety) = filtered(pipeline, value: emitted(pipeline.value))
            write("\(put(code, safety, pipeline)) end ")
            return
        }
        let miss = "\(helper("miss"))(M,\(path.line),\(path.column),\(luaLiteral(path.path)))"
        if pipeline.filters.isEmpty {
            let (code, name) = operands(of: path)
            write("if \(put(code, name: name, safety(of: pipeline.value), pipeline)) then \(miss) end ")
        } else {
            write("do local v=\(emitted(pipeline.value)) ")
            let (code, safety) = filtered(pipeline, value: "v")
            // Also where it is empty because its path was nil.
            write("local e=\(put(code, safety, pipeline)) if e or e==false and v==nil then \(miss) end end ")
        }
    }

    /// The call that prints the constant text before an output and its value, or the value's field of a name: true where
    /// that is nil, false where its text is empty.
    private mutating func put(
        _ code: String, name: String? = nil, _ safety: Safety, _ pipeline: LiquidPipeline
    ) -> String {
        let isPrintedAsIs = pipeline.filters.last?.spec.effect == .printsAsIs
        // A filter may give more than one value.
        let value = name.map { "\(code),\($0)" } ?? (pipeline.filters.isEmpty ? code : "(\(code))")
        switch (pipeline.context, safety) {
        case _ where isPrintedAsIs || escaping == .none, (.text, .html):
            return "\(helper("put"))(\(takePending()),\(value))"
        case (.text, .text), (.text, .url), (.attribute, .text), (.attribute, .url):
            return "\(helper("put_escaped"))(\(takePending()),\(value))"
        case (.url(let part), .text):
            return "\(helper("put_url_\(part.rawValue)"))(\(takePending()),\(value))"
        default:
            let value = name.map { "\(helper("get"))(\(code),\($0))" } ?? code
            let printed = printed(value, safety, pipeline.context)
            return "\(helper("put"))(\(takePending()),\(printed))"
        }
    }

    mutating func assign(_ name: String, _ pipeline: LiquidPipeline, line: Int) {
        move(to: line)
        write("do ")
        let (code, safety) = filtered(pipeline, value: emitted(pipeline.value))
        let target = luaLiteral(name)
        write("V[\(target)]=\(helper("keep"))(\(code)) ")
        if escaping == .html {
            write("H[\(target)]=\(flag(safety)) ")
        }
        write("end ")
    }

    private mutating func asIs(_ code: String) -> String {
        "\(helper("out"))(\(code))"
    }

    /// The Lua of what is printed for a value at a place.
    mutating func printed(_ code: String, _ safety: Safety, _ context: OutputContext) -> String {
        guard escaping == .html else { return asIs(code) }
        switch context {
        // What a later filter puts among percent codes is text.
        case .text:
            return switch safety {
            case .text, .url: "\(helper("esc"))(\(code))"
            case .html: asIs(code)
            case .either(let test): "\(helper("escunless"))(\(test)==true,\(code))"
            }
        case .attribute:
            return switch safety {
            case .text, .url: "\(helper("esc"))(\(code))"
            case .html, .either: "\(helper("escattribute"))(\(flag(safety))==true,\(code))"
            }
        case .url(let part):
            return "\(helper("url_\(part.rawValue)"))(\(flag(safety)),\(code))"
        }
    }

    private mutating func safety(of value: LiquidExpression) -> Safety {
        guard escaping == .html, case .lookup(let lookup) = value, lookup.steps.isEmpty,
            case .name(let name) = lookup.root, !loops.contains(where: { $0.variable == name })
        else { return .text }
        if role == .partial { return .either("\(helper("safe"))(L,H,\(luaLiteral(name)))") }
        guard names.isOpen || names.assigned.contains(name) else { return .text }
        return .either("H[\(luaLiteral(name))]")
    }

    /// Whether a value is HTML, as Lua.
    mutating func flag(of value: LiquidExpression) -> String {
        flag(safety(of: value))
    }

    private func flag(_ safety: Safety) -> String {
        switch safety {
        case .text: "nil"
        case .html: "true"
        case .url: "\"url\""
        case .either(let test): test
        }
    }

    /// The calls of the filters around `value`. Many of them are written as steps before the last ones.
    private mutating func filtered(_ pipeline: LiquidPipeline, value: String) -> (
        code: String, safety: Safety
    ) {
        var code = value
        var safety = safety(of: pipeline.value)
        for (place, filter) in pipeline.filters.enumerated() {
            if place > 0, place % Self.callLimit == 0 {
                write("local r=\(code) ")
                code = "r"
            }
            if place == 0, filter.spec.effect == .isHTMLByName, case .string(let key) = pipeline.value {
                translations.append(TranslationUse(key: key, line: line))
            }
            let isNamedHTML = place == 0 && pipeline.value.isLiteral(endingIn: "_html")
            code = call(filter, on: code, &safety, isNamedHTML: isNamedHTML)
        }
        return (code, safety)
    }

    private mutating func call(
        _ filter: LiquidFilter, on input: String, _ safety: inout Safety, isNamedHTML: Bool
    ) -> String {
        let spec = filter.spec
        var input = input
        if spec.effect == .escapesFirst, escaping == .html { input = printed(input, safety, .text) }
        var arguments = filter.arguments.map { argument in
            let code = emitted(argument)
            return spec.effect == .keeps && !argument.isLiteral ? added(code, to: safety) : code
        }
        if spec.origin == .liquid {
            arguments += spec.optional.dropFirst(filter.arguments.count - spec.least)
        }
        arguments += spec.keywords.map { name in filter.keywords[name].map { emitted($0) } ?? "nil" }
        if spec.takesAnyKeyword {
            let fields = filter.keywords.sorted { $0.key < $1.key }.map { name, value in
                let code = emitted(value)
                let isAdded = spec.effect == .isHTMLByName && isNamedHTML && !value.isLiteral
                return "[\(luaLiteral(name))]=\(isAdded ? added(code, to: .html) : code)"
            }
            arguments.append("{\(fields.joined(separator: ","))}")
        }
        switch spec.effect {
        // Text that joins percent codes has none.
        case .keeps where !filter.arguments.allSatisfy(\.isLiteral):
            switch safety {
            case .text, .html: break
            case .url: safety = .text
            case .either(let test): safety = .either("(\(test)==true)")
            }
        case .keeps, .printsAsIs: break
        case .isHTMLByName: safety = isNamedHTML ? .html : .text
        case .makesHTML, .escapesFirst: safety = .html
        case .drops: safety = .text
        case .makesURL: safety = .url
        }
        return "\(self.filter(spec))(\(([input] + arguments).joined(separator: ",")))"
    }

    /// An argument that becomes part of a value: as safe as the value is.
    private mutating func added(_ code: String, to safety: Safety) -> String {
        guard escaping == .html else { return code }
        return switch safety {
        case .text, .url: code
        case .html: "\(helper("esc"))(\(code))"
        case .either(let test): "\(helper("escunless"))(\(test)~=true,\(code))"
        }
    }
}
