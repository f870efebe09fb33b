internal import Basics
internal import Catalog
internal import Foundation
internal import Reports
internal import Rules

/// What the bins of a histogram are called: `¥0 – ¥500`, `2026-Q3`.
struct BinLabels {
    private let scale: Histogram.Scale
    private let field: Field
    private let cells: CellText
    private let page: Page

    init(_ scale: Histogram.Scale, _ field: Field, _ cells: CellText, _ page: Page) {
        (self.scale, self.field, self.cells, self.page) = (scale, field, cells, page)
    }

    /// The labels of rows whose first two values are the edges.
    func texts(_ rows: [[Value]]) -> [String] {
        rows.map { row in
            switch (row[0], row[1]) {
            case (.null, let end): "< \(edge(end))"
            case (let start, .null): "≥ \(edge(start))"
            case (let start, let end): bin(from: start, to: end)
            }
        }
    }

    private func bin(from start: Value, to end: Value) -> String {
        switch scale {
        case .numbers:
            // Whole numbers are counted to the last one.
            if field.type == .integer, case .integer(let first) = start, case .integer(let next) = end {
                return next - first == 1
                    ? edge(start) : "\(edge(start)) – \(edge(.integer(next - 1)))"
            }
            return "\(edge(start)) – \(edge(end))"
        case .days, .weeks: return edge(start)
        case .months: return String(edge(start).prefix(7))
        case .quarters:
            let text = edge(start)
            let month = Int(text.dropFirst(5).prefix(2)) ?? 1
            return "\(text.prefix(4))-Q\((month + 2) / 3)"
        case .years(1): return String(edge(start).prefix(4))
        case .years:
            let last = (Int(edge(end).prefix(4)) ?? 1) - 1
            return "\(edge(start).prefix(4)) – \(last)"
        }
    }

    private func edge(_ value: Value) -> String {
        switch (value, field.type) {
        case (.integer(let instant), .instant):
            var clock = page.format.clock.local
            return String(clock.text(at: instant).prefix(10))
        // Round edges need no decimals.
        case (_, .money): return cells.text(value, of: field).replacing(#/\.0+$/#, with: "")
        default: return cells.text(value, of: field)
        }
    }
}
