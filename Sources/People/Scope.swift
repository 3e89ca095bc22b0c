/// What an API token may be used for. It never exceeds what the post behind it may do.
public enum Scope: String, Sendable, CaseIterable, Hashable {
  case readCycles = "cycles:read"
  case readSheets = "sheets:read"
  case submitSheets = "sheets:submit"
  case writeMarks = "marks:write"
  case readEvidence = "evidence:read"
  case writeEvidence = "evidence:write"
  case readResults = "results:read"
  case readPolicies = "policies:read"

  public var powers: Set<Power> {
    switch self {
    case .readCycles: [.readCycle, .readRegistry]
    case .readSheets: [.readCycle, .readSheet]
    case .submitSheets: [.submitSheet]
    case .writeMarks: [.fillSheet, .markSheet]
    case .readEvidence: [.readEvidence]
    case .writeEvidence: [.addEvidence]
    case .readResults: [.readCycle]
    case .readPolicies: [.readPolicy]
    }
  }

  /// `cycles:read marks:write`, as a token keeps them; words of another release are left out.
  public static func list(_ text: String) -> Set<Scope> {
    Set(text.split(separator: " ").compactMap { Scope(rawValue: String($0)) })
  }

  public static func text(_ scopes: Set<Scope>) -> String {
    scopes.map(\.rawValue).sorted().joined(separator: " ")
  }
}
