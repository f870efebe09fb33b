internal import ArgumentParser
internal import Basics
internal import Catalog
internal import Diagnostics
internal import Foundation
internal import Reports
internal import Rules
internal import Store

/// `moonletter render TEMPLATE`: one template, written out.
struct RenderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render", abstract: "Print what a template makes of a customer, or of given values.",
        discussion: """
            Prints the body: HTML, or the text of a message that has no HTML. What is missing is told besides.

              moonletter render win-back --customer 42           of a workspace
              moonletter render win-back --customer 42 --campaign win-back
                                                                 with what the campaign's content gives
              moonletter render hello.liquid --data ann.json     without a workspace
            """)

    @Argument(help: "The name of a template of the workspace, or a file such as hello.liquid.")
    var template: String
    @Option(help: ArgumentHelp("Write it for this customer.", valueName: "id"))
    var customer: Int64?
    @Option(help: ArgumentHelp("Take the values from a JSON file with one object.", valueName: "file"))
    var data: String?
    @Option(help: ArgumentHelp("Take values from the content of this campaign too.", valueName: "name"))
    var campaign: String?
    @Option(help: ArgumentHelp("email, sms or wecom, where it is written for several.", valueName: "channel"))
    var channel: String?
    @Flag(help: "Print values as they are, without escaping them in HTML.")
    var noEscape = false
    @Flag(help: "Print the text body in place of the HTML.")
    var text = false
    @Flag(help: "Print links as a launch sends them: over the page that counts clicks.")
    var tracked = false
    @Option(help: ArgumentHelp("The time that templates take for now.", valueName: "time"))
    var now: String?
    @OptionGroup var options: WorkspaceOptions

    func validate() throws {
        guard customer == nil || data == nil else {
            throw ValidationError("--customer and --data exclude each other.")
        }
        guard campaign == nil || customer != nil else {
            throw ValidationError("--campaign needs --customer.")
        }
        guard !tracked || customer != nil else { throw ValidationError("--tracked needs --customer.") }
        guard channel.map({ Channel(rawValue: $0) != nil }) ?? true else {
            throw ValidationError("--channel takes email, sms or wecom.")
        }
    }

    func run() throws {
        var message = isFile && customer == nil ? try renderFile() : try renderInWorkspace()
        if tracked { message = message.tracked }
        let body = text ? message.text : message.html ?? message.text
        Console.write(body.hasSuffix("\n") ? body : body + "\n")
        for missing in message.missing { Console.note("\(missing.location): {{ \(missing.path) }} is empty") }
        // A key of a translation may be a customer's.
        for problem in message.problems {
            Console.note(withoutControls("\(problem.location): \(problem.message)"))
        }
    }

    /// A name may have folders in it too.
    private var isFile: Bool {
        template.hasSuffix(".liquid")
            || template.contains("/") && FileManager.default.fileExists(atPath: template)
    }

    // MARK: A file

    private func renderFile() throws -> RenderedMessage {
        var settings = WorkspaceSettings()
        settings.timeZone = .current
        let host = try RuleHost(clock: try settings.clock(now))
        host.messageOptions.escapesHTML = !noEscape
        let folder = URL(filePath: template).deletingLastPathComponent()
        let file = try Workspace.script(at: template, shownAs: template)
        try host.load(templates: [file] + pieces(beside: folder))
        try host.checkMessage(at: template)
        return try written(host.render(template, try chosen(host, template), with: try values()))
    }

    /// Partials, layouts and texts that stand beside a template as in a workspace.
    private func pieces(beside folder: URL) throws -> [ScriptFile] {
        try ["partials", "layouts", "locales"].flatMap { name -> [ScriptFile] in
            let root = folder.appending(path: name)
            let suffix = name == "locales" ? ".json" : ".liquid"
            let files = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
            return try files.filter { $0.hasSuffix(suffix) && !$0.contains("/.") && !$0.hasPrefix(".") }
                .sorted()
                .map {
                    try Workspace.script(
                        at: root.appending(path: $0).path, shownAs: "templates/\(name)/\($0)")
                }
        }
    }

    private func values() throws -> MessageData {
        guard let data else { return .none }
        let text = try Workspace.script(at: data, shownAs: data).text
        let value: JSON
        do {
            value = try JSON(parsing: text)
        } catch {
            throw Diagnostic(
                error.message, at: SourceLocation(file: data, line: error.line, column: error.column))
        }
        guard let values = MessageData(value) else {
            throw Diagnostic(
                "\(data) holds no object", at: SourceLocation(file: data, line: 1),
                hint: "write { \"customer\": { \"name\": \"Ann\" } }")
        }
        return values
    }

    // MARK: A workspace

    private func renderInWorkspace() throws -> RenderedMessage {
        let workspace = try options.open()
        guard !tracked || workspace.settings.links.track != nil else {
            throw Diagnostic(
                "the workspace has no page that counts clicks",
                hint:
                    "add links = { track = \"https://example.com/click/{token}?to={url}\" } to workspace.lua")
        }
        let clock = try workspace.settings.clock(now)
        var source = try workspace.ruleSource(at: clock, templates: true)
        let root = workspace.root.resolvingSymlinksInPath().path + "/"
        let absolute = URL(filePath: template).resolvingSymlinksInPath().path
        let path = absolute.hasPrefix(root) ? String(absolute.dropFirst(root.count)) : template
        // A file of the workspace is there already.
        if isFile, !source.templates.contains(where: { $0.path == path }) {
            source.templates.append(try Workspace.script(at: template, shownAs: path))
        }
        source.messageOptions.escapesHTML = !noEscape
        let host = try source.makeHost()
        if isFile { try host.checkMessage(at: path) }
        let name = isFile ? path : template
        guard let customer else {
            return try written(host.render(name, try chosen(host, name), with: try values()))
        }
        let store = try workspace.openStore()
        Interrupt.listen()
        try source.findPopulations(for: source.templates.map(\.text) + [campaign ?? ""], host, in: store)
        return try store.read(asOf: clock.now) { snapshot in
            try snapshot.confirm(state: source.populations.state)
            host.attach(snapshot)
            let walk = try CustomerWalk(host)
            guard try walk.go(to: customer) else { throw WorkspaceError.noCustomer(customer) }
            let campaign = try campaign.map(host.campaign)
            let content = try campaign.map { try host.content(of: $0, in: walk) } ?? .none
            let language = try snapshot.language(of: customer)
            return try written(
                host.render(
                    name, try chosen(host, name), for: language, content, campaign: campaign, in: walk))
        }
    }

    private func chosen(_ host: RuleHost, _ name: String) throws -> Channel {
        let written = host.channels(ofTemplate: name)
        guard let channel = channel.flatMap(Channel.init(rawValue:)) else { return written.first ?? .email }
        // Of a name, the library says what it is not written for; a file is one message.
        guard !isFile || written.contains(channel) else {
            throw Diagnostic(
                "\(template) is written for \(written[0].rawValue)", hint: "leave --channel out")
        }
        return channel
    }

    private func written(_ rendering: Rendering) throws -> RenderedMessage {
        switch rendering {
        case .written(let message): return message
        case .heldBack(let reason, let detail, _):
            throw Diagnostic(
                "the message would be held back: \(reason.phrase)", hint: detail.isEmpty ? nil : detail)
        }
    }
}

extension Snapshot {
    /// The language that a customer reads; nil where it is not known.
    fileprivate func language(of customer: Int64) throws -> LanguageTag? {
        guard let field = customerColumns.first(where: { $0.name == "language" }),
            case .text(let text)? = try values([field], of: customer)?.first
        else { return nil }
        return LanguageTag(ofLocale: text)
    }
}
