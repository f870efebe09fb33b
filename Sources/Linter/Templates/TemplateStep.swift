internal import Diagnostics
internal import Templates

/// A step of a path.
struct TemplateStep {
    /// The name; nil where the path ends before it, or goes on with a value in brackets.
    let name: String?
    /// The path with the name.
    let path: String
    /// Where the path stands.
    let location: SourceLocation
    /// So many characters of it stand before the name.
    let offset: Int

    /// What is wrong where it is: the name, or else the path.
    var token: String { name ?? path }
}

extension TemplateContext {
    /// Hands on every step of every path, and what it is a step from; behind the last one comes one without a
    /// name. What a filter asks of every item is a step from one of them.
    mutating func checkSteps(
        _ check: (TemplateStep, _ object: Meaning, inout TemplateContext) -> Void
    ) {
        for part in template.parts {
            let scope = templates.scope(of: part, in: template)
            var meanings = TemplateMeanings(part.outline, scope, world)
            for read in part.outline.reads {
                guard let root = meanings.root(of: read) else { continue }
                let steps = read.steps.map { ($0.kind, template.step($0, of: read)) }
                follow(steps + [(.item, template.end(of: read))], from: root, check)
            }
            for property in part.outline.properties where !property.name.contains(".") {
                let step = TemplateStep(
                    name: property.name, path: property.name, location: property.location, offset: 0)
                check(step, meanings.meaning(of: property.items).element, &self)
            }
        }
        for requirement in template.requirements(in: self) {
            guard let root = requirement.root else { continue }
            follow(requirement.steps, from: root, check)
        }
    }

    private mutating func follow(
        _ steps: [(kind: TemplateOutline.Step.Kind, step: TemplateStep)], from root: Meaning,
        _ check: (TemplateStep, _ object: Meaning, inout TemplateContext) -> Void
    ) {
        var object = root
        for (kind, step) in steps where object != .unknown {
            // `.first` of a list is no field.
            let isOfItems = if case .command = kind { object.element != .unknown } else { false }
            if !isOfItems { check(step, object, &self) }
            object = object.step(kind, world)
        }
    }

    /// Notes that something is wrong with a step.
    mutating func report(_ step: TemplateStep, _ message: String, hint: String? = nil) {
        guard !isFull else { return }
        report(template.range(step.location, offset: step.offset, step.token), message, hint: hint)
    }
}

/// A name of `require`.
struct TemplateRequirement {
    /// The first name of the path.
    let name: String
    /// Where it stands.
    let location: SourceLocation
    /// What the first name stands for; nil where nothing gives it.
    let root: Meaning?
    /// The names that the template sees.
    let known: [String]
    /// What follows.
    let steps: [(kind: TemplateOutline.Step.Kind, step: TemplateStep)]
}

extension LintTemplate {
    /// A step of a path with its place.
    func step(_ step: TemplateOutline.Step, of read: TemplateOutline.Read) -> TemplateStep {
        switch step.kind {
        case .name(let name), .command(let name):
            let rest = read.path.dropFirst(step.offset + name.count)
            let brackets = rest.first == "\"" || rest.first == "'" ? rest.prefix(2) : ""
            return TemplateStep(
                name: name, path: "\(read.path.prefix(step.offset))\(name)\(brackets)",
                location: read.location, offset: step.offset)
        case .item:
            return TemplateStep(
                name: nil, path: String(read.path.prefix(step.offset)), location: read.location, offset: 0)
        }
    }

    /// What stands behind the last step of a path.
    func end(of read: TemplateOutline.Read) -> TemplateStep {
        TemplateStep(name: nil, path: read.path, location: read.location, offset: 0)
    }

    /// What the front matter requires: a bare name may be a field of the customer.
    func requirements(in context: TemplateContext) -> [TemplateRequirement] {
        guard let file, let body = parts.last else { return [] }
        let scope = context.templates.scope(of: body, in: self)
        return file.requirements.map { mention in
            let names = mention.name.split(separator: ".").map(String.init)
            var path = ""
            let steps = names.map { name in
                let offset = path.isEmpty ? 0 : path.count + 1
                path += path.isEmpty ? name : ".\(name)"
                return TemplateStep(name: name, path: path, location: mention.location, offset: offset)
            }
            let name = names.first ?? mention.name
            let mayBeField = names.count == 1 && context.mayBeField(name)
            let end = TemplateStep(name: nil, path: path, location: mention.location, offset: 0)
            return TemplateRequirement(
                name: name, location: mention.location,
                root: scope[name] ?? (mayBeField ? .unknown : nil), known: Array(scope.names.keys),
                steps: zip(names, steps).dropFirst().map { (.name($0), $1) } + [(.item, end)])
        }
    }
}
