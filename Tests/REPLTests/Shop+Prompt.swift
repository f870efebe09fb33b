import TestSupport
import Testing

extension Shop {
    /// What the prompt prints for lines on standard input: results, and errors behind them.
    func say(_ lines: String..., options: [String] = []) throws -> Program.Outcome {
        try say(lines, options: options)
    }

    /// The same for lines that were put together.
    func say(_ lines: [String], options: [String] = []) throws -> Program.Outcome {
        let input = lines.joined(separator: "\n") + "\n"
        return try Program.run(["repl"] + options, in: url, input: input)
    }

    /// Each line, typed alone, with what it prints.
    func sessions(_ lines: [String], options: [String] = []) throws -> String {
        let said = try Program.run(
            ["repl"] + options + lines.flatMap { ["-e", "print(\(quoted("> \($0)")))", "-e", $0] }, in: url)
        #expect(said.status == 0 && said.errors == "", "\(said.errors)")
        return said.output
    }

    private func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    /// A shop whose customers have bought, with segments to ask about.
    static func filled() throws -> Shop {
        let shop = try Shop()
        try shop.fill()
        try shop.write(
            """
            order_id,customer_id,order_date,amount,status
            A1,1,2026-06-01 10:00,120.50,completed
            A2,1,2026-11-20 10:00,80,completed
            A3,2,2026-02-01 10:00,900,completed
            A4,3,2026-10-01 10:00,15,cancelled

            """, to: "orders.csv")
        try shop.importFiles("orders")
        try shop.write(
            """
            segment "buyers" {
              description = "Bought at least once",
              where = function(c) return c.order_count > 0 end,
            }

            """, to: "scripts/buyers.lua")
        return shop
    }
}
