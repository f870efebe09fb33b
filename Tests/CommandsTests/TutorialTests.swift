import Foundation
import TestSupport
import Testing

/// Pages that a reader follows with the program beside them.
@Suite("Pages to follow")
struct TutorialTests {
    @Test("who follows docs/tutorial.md sees what it shows")
    func tutorial() throws {
        let folder = try TemporaryFolder()
        for name in ["customers.csv", "orders.csv", "consents.csv"] {
            try FileManager.default.copyItem(
                at: checkout.appending(path: "docs/tutorial/\(name)"), to: folder.url.appending(path: name))
        }
        try RunnablePage.run("docs/tutorial.md", in: folder)
    }

    @Test("who follows docs/plugins.md sees what it shows")
    func plugins() throws {
        try RunnablePage.run("docs/plugins.md", in: TemporaryFolder())
    }

    @Test("who follows README.zh-CN.md sees what it shows")
    func chineseReadme() throws {
        try RunnablePage.run("README.zh-CN.md", in: TemporaryFolder())
    }
}
