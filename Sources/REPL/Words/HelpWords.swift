internal import Basics
internal import LuaRuntime
internal import Rules

/// Words about words.
let helpWords: [HostWord] = [
    HostWord(
        "help", "help(topic)",
        "Tells what there is, or all about a value, a word, a field, a segment, a campaign; ? before it does the same.",
        example: "help \"count\"", place: .prompt
    ) { host in (try? host.session).map { .object(HelpObject($0)) } ?? .missing }
    .naming("topic", .topic)
]

/// `help`: called it tells of something, alone of everything.
final class HelpObject: LuaObject {
    private let topics: [HelpTopic]

    init(_ session: PromptSession, _ topics: [HelpTopic] = [.overview]) {
        self.topics = topics
        super.init(
            kind: session.kinds.kind(
                "help", [],
                call: { session, _, call in
                    guard call.count > 0 else { return .object(HelpObject(session)) }
                    return .object(HelpObject(session, try session.topics(ofValue: call.kept(1))))
                }))
    }
}

extension HelpObject: Printable {
    func show(on page: Page, _ session: PromptSession) throws {
        try HelpPage(session, page).write(topics)
    }

    func json(_ page: Page, _ session: PromptSession) throws -> JSON {
        .text(
            try session.linesApart(width: nil) { try show(on: session.page, session) }.joined(separator: "\n")
        )
    }
}

extension PromptSession {
    /// Prints what is known of what a question asks about: `c.orders`, `customers:hist`, `win-back`.
    func help(about text: String) throws {
        let help = HelpObject(self, try topics(ofQuestion: text))
        switch format {
        case .text: try help.show(on: page, self)
        case .json: page.line(try help.json(page, self).text())
        }
    }
}
