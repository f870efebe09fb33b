public import Store

/// Fills an empty store with a synthetic CRM: customers, orders, visits, messages and the rest.
///
/// ```swift
/// let store = try Store(creating: path, currency: "CNY")
/// try fillWithDemoData(store, DemoOptions(until: 1_795_000_000, timeZone: zone)) { done, total in … }
/// ```
/// All of it is invented; no address belongs to anyone. The same options give the same rows on every machine,
/// and a customer is the same however many others there are. Instants lie before `until`, but for `due_at` of
/// open work; `contract_end` may lie after it too.
///
/// It writes 20,000 customers per transaction, so memory stays flat and an interruption leaves whole batches.
/// `progress` is called for every 1,000 customers and at the end; what it throws ends the work.
///
/// - Throws: ``DemoError`` where the store or the options do not fit; `StoreError` where writing fails.
public func fillWithDemoData(
    _ store: Store, _ options: DemoOptions, progress: (_ done: Int, _ total: Int) throws -> Void = { _, _ in }
) throws {
    guard store.currency == "CNY" else { throw DemoError.currency(store.currency) }
    guard try store.read(asOf: Int64.max, { try $0.customerCount() }) == 0 else {
        throw DemoError.notEmpty(path: store.path)
    }
    let world = try World(options)
    let total = max(options.customers, 0)
    var numbers = RowNumbers()
    var done = 0
    func chunk(after done: Int) -> Chunk { Chunk(done + 1..<min(done + 1_000, total) + 1, in: world) }
    var next = chunk(after: 0)
    repeat {
        let end = min(done + 20_000, total)
        numbers = try store.bulkWrite { bulk in
            if done == 0 { try DemoWriter.writeShop(world.shop, bulk) }
            var writer = try DemoWriter(bulk, world, continuing: numbers)
            while done < end {
                let customers = next.take()
                done += customers.count
                next = chunk(after: done)
                for (person, history) in customers { try writer.write(person, history) }
                try progress(done, total)
            }
            return writer.numbers
        }
    } while done < total
}
