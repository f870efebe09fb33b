internal import Catalog
internal import Tabular

/// Reads the files of an import once to find what the request leaves open: the order of day and month, the
/// decimal sign, and the types of custom attributes.
struct ImportAnalyzer {
    private let request: ImportRequest
    /// The types of the attributes in the store.
    private let stored: [String: ValueType]
    private let meter: ProgressMeter
    private var types: [String: ColumnTypeEvidence] = [:]
    private var attributeHeaders: [(name: String, header: String)] = []

    init(_ request: ImportRequest, stored: [String: ValueType], meter: ProgressMeter) {
        self.request = request
        self.stored = stored
        self.meter = meter
    }

    /// What the files are and what their columns mean.
    mutating func analyze() throws -> ImportAnalysis {
        let match = ColumnMatch(request)
        var files: [ImportAnalysis.File] = []
        var verdicts: [[DateOrderEvidence.Verdict]] = []
        for path in request.files {
            let reader = try request.open(path)
            let targets = try match.targets(reader.header, file: path)
            var file = ImportAnalysis.File(
                path: path, encoding: reader.encoding, delimiter: reader.layout?.delimiter,
                hasHeader: reader.layout?.hasHeader ?? false,
                byteCount: reader.byteCount,
                columns: zip(reader.header, targets).map { ImportAnalysis.Column(header: $0, target: $1) })
            verdicts.append(try sample(reader, &file))
            files.append(file)
            meter.finishFile(file.byteCount)
        }
        try checkMap(files)
        let attributes = try attributeHeaders.compactMap(attribute)
        for i in files.indices {
            for j in files[i].columns.indices {
                let column = files[i].columns[j]
                files[i].columns[j].form = form(of: column.target, attributes)
                guard let form = files[i].columns[j].form, form == .date || form == .instant else { continue }
                files[i].columns[j].dates = try order(verdicts[i][j], column, file: files[i].path)
            }
        }
        return ImportAnalysis(kind: request.kind, files: files, attributes: attributes)
    }

    /// Reads records until nothing is open any more; to the end where attributes need their types.
    private mutating func sample(
        _ reader: any RecordSource, _ file: inout ImportAnalysis.File
    ) throws -> [DateOrderEvidence.Verdict] {
        let fields = Dictionary(
            request.kind.fields.map { ($0.name, $0.form) }, uniquingKeysWith: { first, _ in first })
        var dated: [Int] = []
        var numbered: [(position: Int, evidence: DecimalSignEvidence)] = []
        var typed: [(position: Int, name: String, evidence: ColumnTypeEvidence)] = []
        for (position, column) in file.columns.enumerated() {
            switch column.target {
            case .field(let name):
                switch fields[name] {
                case .instant, .date: dated.append(position)
                case .integer, .number, .money: numbered.append((position, DecimalSignEvidence()))
                default: break
                }
            case .attribute(let name):
                dated.append(position)
                numbered.append((position, DecimalSignEvidence()))
                typed.append((position, name, types[name] ?? ColumnTypeEvidence()))
                if types.updateValue(ColumnTypeEvidence(), forKey: name) == nil {
                    attributeHeaders.append((name, column.header))
                }
            case .dropped: break
            }
        }
        var evidence = Array(repeating: DateOrderEvidence(), count: file.columns.count)
        let isOrderGiven = request.dates != nil
        while try reader.next() {
            if try meter.isDue() { try meter.report(reader.bytesRead) }
            if file.sampled < ImportAnalysis.sampleSize {
                file.sampled += 1
                for i in file.columns.indices where ColumnType.isMissing(reader.bytes(i)) {
                    file.columns[i].missing += 1
                }
            } else if typed.isEmpty, isOrderGiven || !dated.contains(where: { evidence[$0].isOpen }),
                !numbered.contains(where: { $0.evidence.isOpen })
            {
                break
            }
            // A record with a field too many or too few is rejected later; its values say nothing.
            guard reader.fieldCount == reader.columnCount else { continue }
            if !isOrderGiven {
                for i in dated where file.sampled < ImportAnalysis.sampleSize || evidence[i].isOpen {
                    evidence[i].add(reader.bytes(i))
                }
            }
            for i in numbered.indices
            where file.sampled < ImportAnalysis.sampleSize || numbered[i].evidence.isOpen {
                numbered[i].evidence.add(reader.bytes(numbered[i].position))
            }
            for i in typed.indices { typed[i].evidence.add(reader.bytes(typed[i].position)) }
        }
        for column in typed { types[column.name] = column.evidence }
        for column in numbered { file.columns[column.position].decimalSign = column.evidence.sign }
        return evidence.map(\.verdict)
    }

    private func checkMap(_ files: [ImportAnalysis.File]) throws {
        let headers = files.flatMap { $0.columns.map(\.header) }
        let known = Set(headers.map(ImportField.folded))
        for column in request.map.keys.sorted() where !known.contains(ImportField.folded(column)) {
            throw ImportError.unknownColumn(column: column, found: headers)
        }
    }

    /// The attribute of a column; nil where it has no value and is not in the store.
    private func attribute(_ name: String, header: String) throws -> ImportAnalysis.Attribute? {
        let type: ValueType? =
            switch types[name]?.type ?? .empty {
            case .empty: stored[name]
            case .boolean: .boolean
            case .integer: .integer
            case .number: .number
            case .date: .date
            case .instant: .instant
            case .text: .text
            }
        guard let type else { return nil }
        guard let kept = stored[name] else {
            return ImportAnalysis.Attribute(name: name, header: header, type: type)
        }
        // A wider type in the store holds the values of the file as well.
        let fits =
            kept == type || kept == .text || (kept, type) == (.number, .integer)
            || (kept, type) == (.instant, .date)
        guard fits else {
            throw ImportError.attributeType(column: header, attribute: name, stored: kept, found: type)
        }
        return ImportAnalysis.Attribute(name: name, header: header, type: kept)
    }

    private func form(of target: ImportTarget, _ attributes: [ImportAnalysis.Attribute]) -> ImportField.Form?
    {
        switch target {
        case .field(let name): request.kind.fields.first { $0.name == name }?.form
        case .attribute(let name): attributes.first { $0.name == name }?.type.importForm
        case .dropped: nil
        }
    }

    private func order(
        _ verdict: DateOrderEvidence.Verdict, _ column: ImportAnalysis.Column, file: String
    ) throws -> DateOrder? {
        if let given = request.dates { return given }
        switch verdict {
        case .notNeeded: return nil
        case .monthFirst: return .monthFirst
        case .dayFirst: return .dayFirst
        case .undecided(let example):
            throw ImportError.ambiguousDates(file: file, column: column.header, example: example)
        case .contradictory(let dayFirst, let monthFirst):
            throw ImportError.contradictoryDates(
                file: file, column: column.header, dayFirst: dayFirst, monthFirst: monthFirst)
        }
    }
}

extension DateOrderEvidence {
    /// Whether more values could still decide.
    var isOpen: Bool {
        if case .undecided = verdict { true } else { false }
    }
}
