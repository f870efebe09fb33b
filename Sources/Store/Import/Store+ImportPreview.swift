internal import Basics
public import Catalog
internal import Tabular

extension Store {
    /// What an import would make of its files; nothing is written.
    ///
    /// - Throws: what the import would throw for the headers and dates of the files.
    public func previewImport(_ request: ImportRequest) throws -> ImportPreview {
        let analysis = try analyze(request, meter: ProgressMeter(bytesTotal: 0) { _ in true })
        let row = ImportRow(
            kind: request.kind, attributes: analysis.attributes.count, clock: ZoneClock(request.timeZone),
            currency: currency)
        let files = try analysis.files.map { file in
            let reader = try request.open(file.path)
            row.columns = analysis.columns(of: file)
            var rows: [ImportPreview.Row] = []
            while rows.count < 5, try reader.next() {
                let problem = row.read(reader) ?? row.missingRequirement()
                let values = problem == nil ? row.columns.map { row.cells[$0.cell].value } : []
                rows.append(ImportPreview.Row(line: reader.line, values: values, problem: problem?.reason))
            }
            return ImportPreview.File(
                path: file.path, encoding: file.encoding, delimiter: file.delimiter,
                hasHeader: file.hasHeader,
                columns: file.columns.map(Self.column), sampled: file.sampled, rows: rows)
        }
        return ImportPreview(kind: request.kind, files: files)
    }

    private static func column(_ column: ImportAnalysis.Column) -> ImportPreview.Column {
        ImportPreview.Column(
            header: column.header, target: column.target, type: column.form?.type, dates: column.dates,
            missing: column.missing)
    }
}

extension ImportField.Form {
    /// The type of the values as they are stored.
    public var type: ValueType {
        switch self {
        case .text, .email, .phone, .currency, .choice: .text
        case .integer: .integer
        case .number: .number
        case .boolean: .boolean
        case .money: .money
        case .instant: .instant
        case .date: .date
        }
    }
}
