internal import Basics
internal import LuaRuntime
internal import Templates

/// A message, compiled.
final class MessageTemplate {
    /// The path of a layout and its render function.
    typealias Layout = (path: String, render: LuaFunction)

    let file: TemplateFile
    let values: [String: LuaFunction]
    let body: LuaFunction
    let text: LuaFunction?
    let layout: Layout?
    /// The language, which goes before the customer's, as `messages.lua` takes it.
    let ownLanguage: LuaArgument
    /// Prints what is missing of the values required; made when the fields of customers are known.
    var check: LuaFunction?

    init(
        file: TemplateFile, values: [String: LuaFunction], body: LuaFunction,
        text: LuaFunction?, layout: Layout?
    ) {
        self.file = file
        self.values = values
        self.body = body
        self.text = text
        self.layout = layout
        ownLanguage = .value(file.language.map { .text($0.description) } ?? .missing)
    }
}
