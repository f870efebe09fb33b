internal import Catalog
internal import Diagnostics
internal import LuaRuntime

/// Words that scripts carry tests with. Only `moonletter test` runs them.
package let testWords: [HostWord] = [
    HostWord(
        "test", "test(name, body)",
        "A test, which moonletter test runs and nothing else does: it fails where an expectation does not hold or something "
            + "is raised. It has no customers but those that it makes, and its time is fixed.",
        example:
            "test(\"who came last week is no newcomer\", function()\n  local c = customer_like { registered_at = days_ago(9) }\n"
            + "  expect(segment.newcomers:includes(c)).is(false)\nend)",
        parameters: [LuaParameter<String>.text("name").info, LuaParameter<LuaFunction>.function("body").info]
    ) { host in
        .function(
            host.makeFunction("test") { call, host in
                let (name, body) = try call.arguments(.text("name"), .function("body"))
                guard host.data == nil else {
                    throw LuaError("test works only at the top of a script, not inside a function")
                }
                guard !name.isEmpty, name.count <= 200, !name.contains(where: \.isNewline) else {
                    throw LuaError("test takes a name of 1 to 200 characters in one line")
                }
                host.state.name(body, "test '\(name)'")
                host.tests.append(ScriptTest(name: name, location: host.location(of: call), function: body))
                return call.returnsNothing()
            })
    },
    HostWord(
        "expect", "expect(value)",
        "Says in a test what a value must be: expect(value).is(3), or another of the expectations.",
        example: "expect(c.order_count).is(3)", parameters: [LuaParameter<LuaValue>.any("value").info]
    ) { host in host.testTable.map { .function($0.expect) } ?? .missing }.giving("Expectation"),
    HostWord(
        raw: "customer_like", "customer_like { field = value, tags, interests, consents, orders, … }",
        "Makes a customer for the test. Fields are columns, custom attributes and facts; orders, events, messages, feedback and "
            + "tasks are lists of rows, each with at. Facts follow from the rows, or are given in their place. Where nothing "
            + "else is said, the customer has a name, an address on every channel and has agreed to marketing on all; false "
            + "takes a field away.",
        example:
            "customer_like { city = \"上海\", tags = { \"VIP\" }, consents = { sms = false, email = \"withdrawn\" },\n"
            + "  orders = { { at = days_ago(7), amount = 120, items = { { name = \"Tea\", quantity = 2 } } } },\n"
            + "  messages = { { at = days_ago(3), campaign = \"win-back\", opened = days_ago(2) } } }",
        settings: CustomerDescription.names
    ) { call, host in
        _ = try host.runningTest("customer_like")
        let table = try call.arguments(.table("fields", "a table such as { city = \"Cork\" }"))
        return call.returns(try host.makeCustomer(table).row)
    }.giving("Customer"),
    HostWord(
        "simulate", "simulate { \(simulationSettings.joined(separator: ", ")) }",
        "Runs campaigns for a customer of the test, as a dry run does, and gives the story: of one campaign, or of all that "
            + "scripts define, over days (30) from now or from a later time. The customer does nothing with the messages "
            + "unless respond says so by template: \"click\", or { open = hours(1), click = hours(2) }. Nobody is in a "
            + "holdout, unless holdout = true says that everybody is.",
        example:
            "local story = simulate { campaign = \"win-back\", customer = c, days = 14,\n"
            + "  respond = { [\"win-back\"] = \"click\" } }",
        parameters: [LuaParameter<LuaTable>.table("settings").info], settings: simulationSettings
    ) { host in host.testTable.map { .function($0.simulate) } ?? .missing }.giving("Story"),
    HostWord(
        function: "at", .text("time"), .function("body"),
        doc:
            "Runs a part of a test at another time than 1 December 2026, 10:00, on the workspace's clock; never before "
            + "something that was told of a customer.",
        example: "at(\"2026-12-24 18:00\", function() expect(segment.dormant:includes(c)).is(true) end)"
    ) { host, text, body in
        let session = try host.runningTest("at")
        guard let time = host.clock.instant(text) else {
            throw LuaError(
                "at takes a time such as \"2026-12-24 18:00\", got \(LuaValue.text(text).described)")
        }
        guard time >= session.latest else {
            throw LuaError(
                "at goes back behind something that was told of a customer",
                hint: "make the customer inside at, with times before it")
        }
        let before = host.clock.now
        host.moveTime(to: time)
        defer { host.moveTime(to: before) }
        try host.callInTest(body)
        return .missing
    },
]

extension RuleHost {
    /// Makes a customer of the running test; the walk stands there.
    fileprivate func makeCustomer(_ table: LuaTable) throws -> CustomerWalk {
        let session = try runningTest("customer_like")
        let description = try CustomerDescription(table, number: session.walks.count + 1, self)
        let id = try session.bench.add(description.customer)
        session.latest = max(session.latest, description.latest)
        let walk = try CustomerWalk(self)
        guard try walk.go(to: id) else { throw LuaError("the customer of a test is gone") }
        session.walks[id] = walk
        return walk
    }
}
