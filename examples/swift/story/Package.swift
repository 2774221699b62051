// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "Story",
    platforms: [.macOS(.v13)],
    dependencies: [.package(path: "../../../bindings/mobile/swift")],
    targets: [
        .executableTarget(
            name: "Story",
            dependencies: [.product(name: "Handfast", package: "swift")],
            path: ".",
            sources: ["Story.swift", "PartnerChapter.swift", "Authenticator.swift"]
        )
    ],
    swiftLanguageModes: [.v6]
)
