internal import Basics
internal import Foundation

/// One value of an export, as JSON and as CSV.
enum ExportCell {
    case none
    case number(Int64)
    case text(String)
    case list([String])

    init(_ text: String?) {
        self = text.map(ExportCell.text) ?? .none
    }

    /// A JSON object in a line of its own; a value that is not there is null.
    static func object(_ names: [String], _ cells: [ExportCell]) throws -> String {
        let values = try zip(names, cells).map { name, cell in "\"\(name)\":\(try cell.json())" }
        return "{\(values.joined(separator: ","))}\n"
    }

    /// A record as RFC 4180 has it but with LF; a value that is not there is empty, and the names of a list
    /// are parted by `|`.
    static func record(_ cells: [ExportCell]) -> String {
        let fields = cells.map { cell in
            switch cell {
            case .none: ""
            case .number(let number): String(number)
            case .text(let text): csvField(text)
            case .list(let names): csvField(names.joined(separator: "|"))
            }
        }
        return fields.joined(separator: ",") + "\n"
    }

    private static let encoder: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes]
        return encoder
    }()

    private func json() throws -> String {
        switch self {
        case .none: "null"
        case .number(let number): String(number)
        case .text(let text): String(decoding: try Self.encoder.encode(text), as: UTF8.self)
        case .list(let names): String(decoding: try Self.encoder.encode(names), as: UTF8.self)
        }
    }
}

/// An instant as exports write it: ISO 8601 in UTC.
func utcText(_ instant: Int64) -> String {
    Date(timeIntervalSince1970: Double(instant)).formatted(.iso8601)
}
