import People

extension Endpoint {
  /// `?unit=` of one unit, `?state=` in one state.
  static let taskBoard = Endpoint("taskBoard", .get, "/tasks", .may(.readTasks))
  /// Takes over the list of the policy in force.
  static let takeTasks = Endpoint("takeTasks", .post, "/tasks", .may(.keepTasks))
  /// Says which office a unit's name means.
  static let setUnit = Endpoint("setUnit", .post, "/tasks/units", .may(.keepTasks))
  static let task = Endpoint("task", .get, "/tasks/:authority/:task", .may(.readTasks))
  static let reportTask = Endpoint("reportTask", .post, "/tasks/:authority/:task/reports", .may(.reportTask))
  static let closeTask = Endpoint("closeTask", .post, "/tasks/:authority/:task/closure", .may(.keepTasks))
  static let addTaskPart = Endpoint("addTaskPart", .post, "/tasks/:authority/:task/parts", .may(.keepTasks))

  static let conferences = Endpoint("conferences", .get, "/conferences", .may(.readConference))
  static let callConference = Endpoint("callConference", .post, "/conferences", .may(.keepTasks))
  static let conference = Endpoint("conference", .get, "/conferences/:authority/:conference", .may(.readConference))
  /// Another day, name or agenda, while it is only called.
  static let changeConference = Endpoint(
    "changeConference", .post, "/conferences/:authority/:conference", .may(.keepTasks))
  static let callOffConference = Endpoint(
    "callOffConference", .post, "/conferences/:authority/:conference/cancellation", .may(.keepTasks))
  static let holdConference = Endpoint(
    "holdConference", .post, "/conferences/:authority/:conference/minutes", .may(.keepTasks))
  static let decideConference = Endpoint(
    "decideConference", .post, "/conferences/:authority/:conference/decisions", .may(.keepTasks))

  static let taskRoom: [Endpoint] = [
    .taskBoard, .takeTasks, .setUnit, .task, .reportTask, .closeTask, .addTaskPart, .conferences, .callConference,
    .conference, .changeConference, .callOffConference, .holdConference, .decideConference,
  ]
}
