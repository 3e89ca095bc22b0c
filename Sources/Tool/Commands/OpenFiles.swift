import Glibc

/// How many files and connections the program may hold open.
enum OpenFiles {
  static let wanted: rlim_t = 65_536

  /// Shells give programs few, and a thousand visitors who dawdle would use them up: takes as many as the machine grants
  /// without asking anybody.
  static func raise() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < wanted else { return }
    limit.rlim_cur = min(wanted, limit.rlim_max)
    _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}
