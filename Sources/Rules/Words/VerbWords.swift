internal import Catalog
internal import LuaRuntime

/// What the table of `send` may have.
private let sendSettings = ["template", "channel"]

/// Words that a journey acts with. They only ask: the host decides, then records.
let verbWords: [HostWord] = [
    HostWord(
        raw: "send", "send { \(sendSettings.joined(separator: ", ")) }",
        "Asks for a message from a template, by the given channel or else the customer's preferred one.",
        example: "send { template = \"win-back\" }",
        settings: sendSettings
    ) { call, host in
        guard host.runningCampaign != nil else {
            throw LuaError("send works only inside the journey of a campaign")
        }
        let table = try call.arguments(.table("settings", "a table such as { template = \"win-back\" }"))
        for field in table.fields where !sendSettings.contains(field.name) {
            throw LuaError(
                "send has no setting '\(field.name)'",
                hint: "it takes \(sendSettings.joined(separator: " and "))")
        }
        guard case .text(let template) = table["template"] else {
            throw LuaError("send takes the name of a template", hint: "write send { template = \"NAME\" }")
        }
        let channel: Channel?
        switch table["channel"] {
        case .missing: channel = nil
        case .text(let name):
            channel = Channel(rawValue: name)
            if channel == nil {
                throw LuaError(
                    "unknown channel\(host.mention(name))", hint: "channels are email, sms and wecom")
            }
        case let other: throw LuaError("the channel of send is a text, got \(host.state.described(other))")
        }
        let request = SendRequest(template: template, channel: channel, location: host.location(of: call))
        try host.check(request)
        return try call.waits(for: RequestObject(request, kind: host.requestKind))
    }
]
