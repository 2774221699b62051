// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "Bench",
    platforms: [.macOS(.v13)],
    dependencies: [.package(path: "../../../bindings/mobile/swift")],
    targets: [
        .executableTarget(
            name: "Bench",
            dependencies: [.product(name: "Handfast", package: "swift")],
            path: ".",
            sources: ["Bench.swift"]
        )
    ],
    swiftLanguageModes: [.v6]
)
