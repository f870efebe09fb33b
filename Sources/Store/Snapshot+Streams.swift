public import Catalog

extension Snapshot {
    /// A prepared statement over the rows of a relation that had happened by `now`: customer, time, id, then the columns
    /// of these numbers, of customers above ?1 and up to ?2, in the order of customer, time and id.
    ///
    /// The caller steps and resets it; the snapshot finalizes it. Cost: as SQL, no copy and no sorting.
    public func streamStatement(_ stream: RelationStream, columns: [Int]) throws -> OpaquePointer {
        let statement = try prepare(stream.sql(columns))
        bindNow(at: [3], of: statement)
        return statement
    }
}
