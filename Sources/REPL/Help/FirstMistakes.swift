internal import Diagnostics
internal import Rules

/// What people write at a prompt before they know it, and what to write here.
enum FirstMistakes {
    /// The next step for a line that failed as a beginner's does; nil for any other.
    static func advice(on text: String, _ diagnostic: Diagnostic) -> String? {
        let line = String(text.drop(while: \.isWhitespace))
        if line.hasPrefix("=") { return "leave out the '=': an expression prints its value" }
        if line.contains(
            #/^(select|insert|update|delete|with|describe|explain\s+select)\s+[\w*"]/#.ignoresCase())
        {
            return
                "this prompt speaks Lua, not SQL: customers:where { city = \"…\" }:count(); help shows more"
        }
        if line.contains(#/^\s*show\s+\w+\s*;?\s*$/#.ignoresCase()) { return "help shows what there is" }
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
        if diagnostic.message == "unknown name 'c'" {
            return "c is the customer of a rule; c = customer(42) makes one of yours it"
        }
        return nil
    }
}
