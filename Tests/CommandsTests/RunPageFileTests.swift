import Foundation
import TestSupport
import Testing

@Suite("A dry run as a page")
struct RunPageFileTests {
    @Test("the page is written beside what is printed, and replaces the one before")
    func replaces() throws {
        let shop = try Shop()
        try shop.fill()
        try shop.write("before", to: "run.html")
        let run = try shop.run("dry-run", "hello", "--html", "run.html")
        #expect(run.status == 0, "\(run.errors)")
        let page = try shop.folder.read("shop/run.html")
        #expect(page.hasPrefix("<!DOCTYPE html>\n") && page.hasSuffix("</html>\n"))
        #expect(page.contains("<h1>hello</h1>"))
        #expect(page.contains("<dd>runs/2026-12-01-hello.run</dd>"))
        #expect(page.contains("o***@example.com") && !page.contains("oneil@example.com"))
        let again = try shop.run("dry-run", "hello", "--html", "run.html", "--reveal")
        #expect(again.status == 0)
        #expect(try shop.folder.read("shop/run.html").contains("oneil@example.com"))
    }

    @Test(
        "a place that takes no page is one error, before the run begins",
        arguments: [
            (
                "none/run.html",
                "error: none/run.html cannot be written: there is no folder SHOP/none\n  make it first\n"
            ),
            ("runs", "error: runs cannot be written: it is a folder\n  name a file in it\n"),
            ("", "Error: --html takes the name of a file.\n"),
        ])
    func unwritable(_ path: String, _ message: String) throws {
        let shop = try Shop()
        try shop.fill()
        let run = try shop.run("dry-run", "hello", "--html", path)
        #expect(run.status != 0 && run.output == "")
        #expect(run.errors.replacing(shop.url.path, with: "SHOP").hasPrefix(message))
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: shop.url.appending(path: "runs").path) == [])
    }

    @Test("a folder that may not be written is named")
    func forbidden() throws {
        let shop = try Shop()
        try shop.fill()
        let closed = shop.url.appending(path: "closed")
        try FileManager.default.createDirectory(at: closed, withIntermediateDirectories: true)
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: shop.url.path)
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: closed.path)
        let run = try Program.runUnprivileged(
            ["dry-run", "hello", "--html", "closed/run.html"], in: shop.url)
        #expect(run.status == 1 && run.output == "")
        #expect(run.errors.contains("closed is not writable"), "\(run.errors)")
    }
}
