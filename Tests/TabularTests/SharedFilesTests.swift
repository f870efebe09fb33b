import Foundation
import TestSupport
import Testing

@testable import Tabular

@Suite("Real files", .enabled(if: sharedFile("data") != nil, "needs ../shared/data beside the checkout"))
struct SharedFilesTests {
    private struct Summary: Equatable {
        var encoding = TextEncoding.utf8
        var delimiter = Delimiter.blanks
        var header: [String]
        var count: Int
        var sound: Int
        var last: [String]
    }

    private func summary(_ name: String) throws -> (Summary, reader: TabularReader, texts: Set<String>) {
        let reader = try TabularReader(path: try #require(sharedFile("data/\(name)")))
        var summary = Summary(
            encoding: reader.encoding, delimiter: reader.delimiter, header: reader.header, count: 0, sound: 0,
            last: [])
        var texts: Set<String> = []
        while try reader.next() {
            summary.count += 1
            if reader.fieldCount == reader.columnCount { summary.sound += 1 }
            summary.last = (0..<reader.fieldCount).map(reader.text)
            texts.insert(reader.text(2))
        }
        return (summary, reader, texts)
    }

    @Test("The Superstore orders are MacRoman with bare CRs")
    func superstore() throws {
        let (summary, _, customers) = try summary("superstore_rfm/sample-orders.csv")
        #expect(
            summary
                == Summary(
                    encoding: .macRoman, delimiter: .comma,
                    header: ["order_date", "order_id", "customer", "grand_total"],
                    count: 5009, sound: 5009, last: ["7/8/14", "US-2014-169551", "Rob Lucas", "1345"]))
        #expect(customers.isSuperset(of: ["Anna Häberlin", "Neil Französisch"]))
        #expect(customers.count == 793)
    }

    @Test("The CDNOW master has a header and runs of blanks")
    func master() throws {
        let (summary, reader, _) = try summary("cdnow/CDNOW_master.txt")
        #expect(
            summary
                == Summary(
                    header: ["customer_id", "date", "number_of_cds", "dollar_value"], count: 69_659,
                    sound: 69_659,
                    last: ["23570", "19970326", "2", "42.96"]))
        #expect(reader.hasHeader)
    }

    @Test("The CDNOW sample has no header")
    func sample() throws {
        let (summary, reader, _) = try summary("cdnow/CDNOW_sample.txt")
        #expect(
            summary
                == Summary(
                    header: ["column1", "column2", "column3", "column4", "column5"], count: 6919, sound: 6919,
                    last: ["23569", "2357", "19970325", "2", "25.74"]))
        #expect(!reader.hasHeader)
    }
}
