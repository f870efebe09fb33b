internal import Catalog
internal import Diagnostics
internal import ScriptSyntax
internal import Templates

extension LintRule {
    static let unknownVariable = LintRule(
        "unknown-variable", .warning, "A name that nothing gives to a template prints nothing.",
        triggering: [
            LintExample(template: "Your voucher: {{ vuocher | money }}"),
            LintExample(template: "---\nsubject: Hello, {{ name }}\n---\nHello"),
            LintExample(template: "---\nrequire: [customer.name, vuocher]\n---\nHello"),
            LintExample([
                "templates/hello.liquid":
                    "{% for item in last.items %}{% render 'line', line: item %}{% endfor %}",
                "templates/partials/line.liquid": "{{ item.name }}",
                "scripts/example.lua": """
                campaign "hello" {
                  audience = segment.vip,
                  content = function(c) return { last = c.orders:last() } end,
                  journey = function(c) send { template = "hello" } end,
                }
                """,
            ]),
        ],
        nonTriggering: [
            LintExample(template: "{{ customer.name }}: {{ voucher | money }} {{ campaign }}"),
            LintExample(template: "{% assign big = voucher | times: 2 %}{{ big }}"),
            LintExample(template: "{{ vuocher }}", content: "vouchers(c)"),
            LintExample(["templates/hello.liquid": "{{ vuocher }}"]),
            LintExample([
                "templates/hello.liquid": "{% layout 'base' %}{% render 'line' with voucher as gift %}",
                "templates/partials/line.liquid": "{{ gift }}{{ last.number }}",
                "templates/layouts/base.liquid": "<title>{{ subject }}</title>{{ content_for_layout }}",
                "scripts/example.lua": """
                campaign "hello" {
                  audience = segment.vip,
                  content = function(c) return { voucher = 50, last = c.orders:last() } end,
                  journey = function(c) send { template = "hello" } end,
                }
                """,
            ]),
        ],
        inTemplates: { context in
            for part in context.template.parts {
                let scope = context.templates.scope(of: part, in: context.template)
                let own = part.outline.assignments
                for read in part.outline.reads {
                    guard case .name(let name) = read.root, own[name] == nil, scope[name] == nil else {
                        continue
                    }
                    context.reportUnknown(
                        name, Array(scope.names.keys) + own.keys, read.location,
                        offset: read.path.hasPrefix(name) ? 0 : 2)
                }
            }
            for requirement in context.template.requirements(in: context) where requirement.root == nil {
                context.reportUnknown(
                    requirement.name, requirement.known + context.world.customerNames,
                    requirement.location, offset: 0)
            }
        })

    static let uncalledMethod = LintRule(
        "uncalled-method", .warning,
        "A template calls no methods and reads no relations: it prints 'function', or nothing.",
        triggering: [
            LintExample(template: "{{ customer.interests }}"),
            LintExample(template: "{{ customer.orders.count }} orders"),
            LintExample(template: "{{ customer.messages.opened }}"),
            LintExample(template: "{% for order in customer.orders %}{{ order.number }}{% endfor %}"),
            LintExample(
                template: "{{ orders[0].number }}", content: "{ orders = c.orders:since(days_ago(9)) }"),
        ],
        nonTriggering: [
            LintExample(template: "{{ customer.order_count }} orders, {{ last.items.first.name }}"),
            LintExample(template: "{{ orders[0].number }}", content: "{ orders = c.orders:list() }"),
        ],
        inTemplates: { context in
            context.checkSteps { step, object, context in
                switch object {
                case .customer:
                    guard let name = step.name, !context.world.customerNames.contains(name),
                        context.world.customerMethods.contains(where: { $0.name == name })
                    else { return }
                    context.reportCall(name, step)
                case .relation(let relation):
                    if let name = step.name {
                        guard context.world.methods(of: relation).contains(name) else { return }
                        context.reportCall(name, step)
                    } else {
                        context.report(
                            step, "a template cannot read the rows of '\(step.path)'",
                            hint: "let the content list them, as in \(relation) = c.\(relation):list()")
                    }
                default: return
                }
            }
        })
}

extension TemplateContext {
    fileprivate mutating func reportCall(_ name: String, _ step: TemplateStep) {
        report(
            step, "a template cannot call '\(name)'",
            hint: "let the content of the campaign give the answer, and print that")
    }

    fileprivate mutating func reportUnknown(
        _ name: String, _ known: [String], _ place: SourceLocation, offset: Int
    ) {
        guard !isFull else { return }
        let isField = world.customerNames.contains(name) && nearestName(to: name, in: known) == nil
        report(
            template.range(place, offset: offset, name), "nothing gives the template a value '\(name)'",
            hint: isField ? "write customer.\(name)" : suggestion(name, known, what: "value"))
    }
}
