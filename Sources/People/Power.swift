/// What may be done. Who may do it is one table (`Role.powers`); where, is bound to the appointment in SQL.
public enum Power: String, Sendable, CaseIterable, Hashable {
  // The evaluation
  case readCycle, openCycle, extendDeadline
  case readSheet, fillSheet, markSheet, submitSheet, returnSheet
  case recommend, announceDraw, assignExperts, callSecondLook, handInReport
  case layVeto, confirmResults, publishResults, answerObjection, raiseObjection
  case readEvidence, addEvidence
  case readLedger, keepLedger
  case readPolicy, readRegistry, importRegistry
  // Forming groups, and tasks
  case readFormation, writeFormation, decideFormation
  case readTasks, reportTask, keepTasks, readConference
  // People and the machine
  case keepAccounts, keepRoles, readAudit
}

extension Role {
  /// The table of permissions. Every endpoint names one power; a test walks every endpoint × every role.
  public var powers: Set<Power> {
    switch self {
    case .office:
      [
        .readCycle, .openCycle, .extendDeadline, .readSheet, .markSheet, .submitSheet, .returnSheet, .recommend,
        .announceDraw, .assignExperts, .callSecondLook, .handInReport, .layVeto, .confirmResults, .publishResults,
        .answerObjection,
        .readEvidence, .addEvidence, .readLedger, .keepLedger, .readPolicy, .readRegistry, .importRegistry,
        .readFormation, .writeFormation, .decideFormation, .readTasks, .reportTask, .keepTasks, .readConference,
      ]
    case .lead:
      [
        .readCycle, .readSheet, .fillSheet, .markSheet, .submitSheet, .handInReport, .raiseObjection, .readEvidence,
        .addEvidence,
        .readLedger, .keepLedger, .readPolicy, .readRegistry, .readFormation, .writeFormation, .readTasks, .reportTask,
      ]
    case .member:
      [
        .readCycle, .readSheet, .fillSheet, .readEvidence, .addEvidence, .readLedger, .keepLedger, .readPolicy,
        .readRegistry, .readFormation, .writeFormation, .readTasks, .reportTask,
      ]
    case .expert: [.readCycle, .readSheet, .markSheet, .submitSheet, .readEvidence, .addEvidence, .readPolicy]
    case .thirdParty: [.readCycle, .handInReport, .readPolicy]
    case .supervisor:
      [
        .readCycle, .readSheet, .readEvidence, .readLedger, .readPolicy, .readRegistry, .readAudit, .readFormation,
        .readTasks, .readConference,
      ]
    case .system: [.keepAccounts]
    case .security: [.keepRoles]
    case .audit: [.readAudit]
    }
  }

  public func may(_ power: Power) -> Bool { powers.contains(power) }
}
