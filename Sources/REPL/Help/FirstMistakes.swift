internal import Catalog
internal import Diagnostics
internal import Rules

/// What people write at a prompt before they know it, and what to write here.
enum FirstMistakes {
    /// The next step for a line that failed as a beginner's does; nil for any other.
    static func advice(on text: String, _ diagnostic: Diagnostic, _ session: PromptSession) -> String? {
        let line = String(text.drop(while: \.isWhitespace))
        if line.hasPrefix("=") { return "leave out the '=': an expression prints its value" }
        if line.contains(
            #/^(select|insert|update|delete|with|describe|explain\s+select)\s+[\w*"]/#.ignoresCase())
        {
            return
                "this prompt speaks Lua, not SQL: customers:where { city = \"…\" }:count(); help shows more"
        }
        if let match = line.wholeMatch(of: #/(\w+)\s+(\w+)\s*;?\s*/#),
            names(session).contains(String(match.1))
        {
            return names(session).contains(String(match.2))
                ? "call it: \(match.1)(\(match.2))" : "help shows what there is"
        }
        if line.contains(#/^(ls|cd|pwd|cat|dir|git|vim?|nano|moonletter)(\s|$)/#) {
            return "this is no shell: help shows what there is, Ctrl-D leads back to yours"
        }
        if let match = line.firstMatch(of: #/\b(customer|help|explain|preview|why|find)\s*\[/#) {
            return "call it: \(match.1)(…)"
        }
        if let match = line.wholeMatch(of: #/(.*\w)\s*:\s*(\w+)\s*/#) {
            return "a method is called: \(match.1):\(match.2)()"
        }
        if let match = line.firstMatch(of: #/\b(segment\.\w+):(\w+)/#), match.2 != "includes" {
            return "ask the customers: customers:where(\(match.1)):\(match.2)()"
        }
        if let match = line.firstMatch(of: #/\bcustomers\.(\w+)\s*$/#), isField(String(match.1), session) {
            return "a field is shown with customers:show { \"\(match.1)\" }"
        }
        if let match = diagnostic.message.wholeMatch(of: #/unknown name '(\w+)'/#) {
            return advice(onName: String(match.1), session)
        }
        return nil
    }

    private static func advice(onName name: String, _ session: PromptSession) -> String? {
        if name == "c" {
            let id = (try? session.exampleCustomer()) ?? 42
            return "c is the customer of a rule; c = customer(\(id)) makes one of yours it"
        }
        if session.host.segments[name] != nil { return "write segment.\(name)" }
        if session.host.campaigns.contains(where: { $0.name == name }) { return "write \"\(name)\"" }
        return isField(name, session) ? "write \"\(name)\", or c.\(name) in a rule" : nil
    }

    private static func isField(_ name: String, _ session: PromptSession) -> Bool {
        session.customerFields.contains { $0.name == name } || session.host.traits[name] != nil
    }

    private static func names(_ session: PromptSession) -> [String] {
        session.words.map(\.name) + session.host.variableNames
    }
}
