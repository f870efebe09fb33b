internal import Basics
internal import Catalog
internal import Diagnostics
internal import Foundation
internal import LuaRuntime
internal import Reports

/// Rows on their way to a file, whose ending says how they are written.
///
/// Times are ISO 8601 in the workspace's zone, amounts in major units, what is missing is empty or null; addresses are masked
/// unless they were revealed.
struct RowExport {
    /// How rows are written.
    private enum Form: String, CaseIterable {
        /// A header and a record for each row (RFC 4180, but with LF).
        case csv
        /// An array of objects.
        case json
        /// An object a line.
        case jsonl
    }

    private let fields: [Field]
    private let path: String
    private let form: Form
    private let session: PromptSession

    /// - Throws: an error where the ending says nothing.
    init(_ fields: [Field], to path: String, _ session: PromptSession) throws {
        let ending = (path as NSString).pathExtension.lowercased()
        guard let form = Form(rawValue: ending) else {
            throw LuaError(
                "what '\(path)' should hold is not said by its name",
                hint: "let it end in \(Form.allCases.map { ".\($0.rawValue)" }.joined(separator: ", "))")
        }
        guard !path.contains("\0") else { throw LuaError("the name of a file holds no NUL") }
        (self.fields, self.path, self.form, self.session) = (fields, path, form, session)
    }

    /// Writes what `rows` hands over and says so. A file that is there already is replaced only where the person agrees, and
    /// only by a whole one.
    func write(_ rows: (([Value]) throws -> Void) throws -> Void) throws {
        if FileManager.default.fileExists(atPath: path) {
            guard session.output.ask("\(path) is there already. Replace it?") ?? false else {
                throw LuaError("'\(path)' is there already", hint: "choose another name, or remove it first")
            }
        }
        let part = path + ".part"
        guard FileManager.default.createFile(atPath: part, contents: nil),
            let file = FileHandle(forWritingAtPath: part)
        else {
            throw LuaError(
                "'\(path)' cannot be written", hint: "is its folder there, and may you write to it?")
        }
        var count = 0
        do {
            var buffer = head
            try rows { row in
                buffer += text(row, isFirst: count == 0)
                count += 1
                guard buffer.utf8.count > 1 << 16 else { return }
                try file.write(contentsOf: Data(buffer.utf8))
                buffer = ""
            }
            if form == .json { buffer += count == 0 ? "]\n" : "\n]\n" }
            try file.write(contentsOf: Data(buffer.utf8))
            try file.close()
            guard rename(part, path) == 0 else {
                throw LuaError("'\(path)' cannot be written: \(String(cString: strerror(errno)))")
            }
        } catch {
            try? FileManager.default.removeItem(atPath: part)
            throw error
        }
        if session.format == .text {
            let isMasked = fields.contains { field in
                Channel.allCases.contains { $0.addressField == field.name }
            }
            let hint = isMasked && session.masking == .masked ? ", addresses masked" : ""
            session.page.line("wrote \(counted(count, "row")) to \(path)\(hint)")
        }
    }

    private var head: String {
        switch form {
        case .csv: fields.map { csvField($0.name) }.joined(separator: ",") + "\n"
        case .json: "["
        case .jsonl: ""
        }
    }

    private func text(_ row: [Value], isFirst: Bool) -> String {
        let values = zip(fields, row).map { masked(session.json($1, of: $0)) }
        let object = JSON.object(zip(fields, values).map { JSON.Member(name: $0.name, value: $1) })
        switch form {
        case .jsonl: return object.text() + "\n"
        case .json: return (isFirst ? "\n" : ",\n") + object.text()
        case .csv:
            let cells = values.map { value in
                switch value {
                case .null: ""
                case .text(let text): csvField(text)
                default: value.text()
                }
            }
            return cells.joined(separator: ",") + "\n"
        }
    }

    /// A text of another field may hold an address too.
    private func masked(_ value: JSON) -> JSON {
        guard case .text(let text) = value,
            text.utf8.contains(where: { $0 == UInt8(ascii: "@") || (48...57).contains($0) })
        else { return value }
        return .text(session.page.format.masking.show(text: text, to: nil, on: nil))
    }
}
