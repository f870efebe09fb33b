internal import CLua
internal import CLuaBridge

/// What a simulation says of customers: scripts read it in place of what is stored of them, or beside it.
///
/// Fields of a ``LuaRow`` have the values that are set here, and questions about relations find the rows that are added
/// here among those of the streams, in one order of time and id. Cost: nothing while nothing is simulated of any customer;
/// otherwise a look-up of the customer for each field and question.
public final class LuaOverlay {
    private let state: LuaState
    private let set: UnsafeMutablePointer<mlb_Relations>
    private let overlay: UnsafeMutablePointer<mlb_Overlay>

    init(_ state: LuaState, _ set: UnsafeMutablePointer<mlb_Relations>) {
        self.state = state
        self.set = set
        overlay = state.makeOverlay()
        set.pointee.overlay = overlay
    }

    /// Forgets all of it. Records and questions that scripts have kept stay what they were.
    public func clear() {
        mlb_begin_overlay(state.stack, overlay)
    }

    /// Lets scripts read this value of a field, missing ones too.
    public func set(_ name: String, of customer: Int64, to value: LuaValue) {
        state.push(.text(name), on: state.stack)
        state.push(value, on: state.stack)
        mlb_set_simulated(state.stack, overlay, customer)
    }

    /// Lets the row's fallback answer for a field, until a value is set.
    public func leaveToHost(_ name: String, of customer: Int64) {
        state.push(.text(name), on: state.stack)
        mlb_leave_to_host(state.stack, overlay, customer)
    }

    /// Adds a row to a relation, with a value for each of its columns as it would be stored: a whole number, a number, a
    /// text without NUL, or missing. Cost: a copy of the customer's rows that are here already.
    public func addRow(
        of customer: Int64, to relation: Int, time: Int64, id: Int64, _ values: [LuaValue]
    ) {
        let target = set.pointee.relations + relation
        precondition(values.count == Int(target.pointee.column_count), "a row has a value for each column")
        var texts: [UInt8] = []
        let cells = values.map { value -> mlb_Cell in
            var cell = mlb_Cell()
            switch value {
            case .integer(let number):
                cell.type = UInt8(MLB_CELL_INTEGER.rawValue)
                cell.integer = number
            case .number(let number):
                cell.type = UInt8(MLB_CELL_NUMBER.rawValue)
                cell.number = number
            case .text(let text):
                cell.type = UInt8(MLB_CELL_TEXT.rawValue)
                cell.text = texts.count
                texts += text.utf8
                cell.size = UInt32(texts.count - cell.text)
            case .missing: cell.type = UInt8(MLB_CELL_MISSING.rawValue)
            default: preconditionFailure("a row holds plain values, not \(value.described)")
            }
            return cell
        }
        texts.withUnsafeBytes { bytes in
            mlb_add_simulated_row(
                state.stack, target, customer, time, id, cells, bytes.bindMemory(to: CChar.self).baseAddress,
                bytes.count)
        }
    }
}
