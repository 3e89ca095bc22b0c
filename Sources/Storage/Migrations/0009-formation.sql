-- Formation cases: application, consents, publicity with comments, decision, filing, charter.
-- Led by the authority whose policy a case stands under.

-- Under which policy groups are formed and tasks kept, from a moment on; the latest holds. Where there is none, that of
-- the authority's latest cycle does.
CREATE TABLE formation_policy (
  authority BIGINT NOT NULL REFERENCES authority (id),
  at BIGINT NOT NULL,
  edition TEXT NOT NULL REFERENCES policy_edition (hash),
  by_account BIGINT,
  PRIMARY KEY (authority, at)
);

CREATE TABLE formation_case (
  authority BIGINT NOT NULL REFERENCES authority (id),
  id BIGINT NOT NULL,
  edition TEXT NOT NULL REFERENCES policy_edition (hash),
  kind TEXT NOT NULL CHECK (kind IN ('new', 'change', 'dissolution', 'plan')),
  -- The group it changes or dissolves; of a new one, what came of it.
  grp BIGINT REFERENCES school_group (id),
  applicant_authority BIGINT REFERENCES authority (id),
  applicant_school BIGINT REFERENCES school (id),
  name TEXT,
  form TEXT,
  -- One of the policy's areas, or elsewhere; null: not said.
  area TEXT,
  -- Why a group is changed or dissolved; of an overall plan, what it says.
  reason TEXT,
  version BIGINT NOT NULL DEFAULT 1,
  created_at BIGINT NOT NULL,
  created_by BIGINT,
  -- Whether it was ever handed in: from then on the offices around it see it.
  shown BIGINT NOT NULL DEFAULT 0 CHECK (shown IN (0, 1)),
  -- Handed in, with who decides and who files from then on.
  submitted_at BIGINT,
  submitted_by BIGINT,
  organ TEXT CHECK (submitted_at IS NULL OR organ IS NOT NULL),
  approver BIGINT REFERENCES authority (id) CHECK (submitted_at IS NULL OR approver IS NOT NULL),
  file_organ TEXT,
  filer BIGINT REFERENCES authority (id),
  clause TEXT,
  accepted_at BIGINT CHECK (accepted_at IS NULL OR submitted_at IS NOT NULL),
  accepted_by BIGINT,
  returned_at BIGINT,
  returned_by BIGINT,
  return_reason TEXT CHECK (returned_at IS NULL OR length(return_reason) > 0),
  withdrawn_at BIGINT,
  withdrawn_by BIGINT,
  withdrawal_reason TEXT CHECK (withdrawn_at IS NULL OR length(withdrawal_reason) > 0),
  -- The publicity, both days included.
  public_from TEXT,
  public_through TEXT CHECK (public_through >= public_from),
  published_at BIGINT,
  published_by BIGINT,
  decision TEXT CHECK (decision IN ('approved', 'refused')),
  document TEXT CHECK (decision IS NULL OR decision = 'refused' OR length(document) > 0),
  decided_on TEXT,
  decision_reason TEXT CHECK (decision IS NULL OR decision = 'approved' OR length(decision_reason) > 0),
  decided_at BIGINT,
  decided_by BIGINT,
  filing TEXT CHECK (filed_at IS NULL OR length(filing) > 0),
  filed_on TEXT,
  filed_at BIGINT,
  filed_by BIGINT,
  charter TEXT CHECK (charter_at IS NULL OR length(charter) > 0),
  charter_on TEXT,
  charter_at BIGINT,
  charter_by BIGINT,
  PRIMARY KEY (authority, id),
  CHECK ((applicant_authority IS NULL) <> (applicant_school IS NULL))
);
CREATE INDEX formation_case_group ON formation_case (grp);
CREATE INDEX formation_case_public ON formation_case (public_through, public_from);

CREATE TABLE formation_school (
  authority BIGINT NOT NULL,
  formation BIGINT NOT NULL,
  school BIGINT NOT NULL REFERENCES school (id),
  part TEXT NOT NULL CHECK (part IN ('lead', 'member', 'leaving')),
  -- The district it lies in where it answers to somebody above.
  district BIGINT REFERENCES authority (id),
  -- What the case states of it; null: not said.
  is_private BIGINT CHECK (is_private IN (0, 1)),
  is_new BIGINT CHECK (is_new IN (0, 1)),
  is_weak BIGINT CHECK (is_weak IN (0, 1)),
  -- When it passed the group's charter.
  charter_on TEXT,
  position BIGINT NOT NULL,
  PRIMARY KEY (authority, formation, school),
  FOREIGN KEY (authority, formation) REFERENCES formation_case (authority, id)
);
CREATE INDEX formation_school_school ON formation_school (school);

-- What a case says beside: `content/goals`, `figure/dispatched-managers`, `part/…` and `whole/…` of a share,
-- `passed/members` for a limit let pass with that reason.
CREATE TABLE formation_entry (
  authority BIGINT NOT NULL,
  formation BIGINT NOT NULL,
  entry TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (authority, formation, entry),
  FOREIGN KEY (authority, formation) REFERENCES formation_case (authority, id)
);

-- Resolutions of schools' bodies.
CREATE TABLE formation_consent (
  authority BIGINT NOT NULL,
  formation BIGINT NOT NULL,
  school BIGINT NOT NULL,
  kind TEXT NOT NULL,
  day TEXT NOT NULL,
  agrees BIGINT NOT NULL CHECK (agrees IN (0, 1)),
  present BIGINT CHECK (present >= 0),
  in_favour BIGINT CHECK (in_favour >= 0 AND (present IS NULL OR in_favour <= present)),
  paper TEXT,
  at BIGINT NOT NULL,
  by_account BIGINT,
  PRIMARY KEY (authority, formation, school, kind),
  FOREIGN KEY (authority, formation, school) REFERENCES formation_school (authority, formation, school)
);

-- Files of a case, and who put them there.
CREATE TABLE formation_paper (
  authority BIGINT NOT NULL,
  formation BIGINT NOT NULL,
  id BIGINT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('scheme', 'resolution', 'charter', 'reply', 'other')),
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  file_name TEXT NOT NULL,
  file TEXT NOT NULL REFERENCES evidence_file (hash),
  of_authority BIGINT,
  of_school BIGINT,
  at BIGINT NOT NULL,
  by_account BIGINT,
  removed_at BIGINT,
  removed_by BIGINT,
  PRIMARY KEY (authority, formation, id),
  FOREIGN KEY (authority, formation) REFERENCES formation_case (authority, id),
  CHECK ((of_authority IS NULL) <> (of_school IS NULL))
);

-- What people said during the publicity: no name, no address. `source` is a hash of the day and the address it came
-- from, only so that one place doesn't flood the page; it is emptied after a day.
CREATE TABLE formation_comment (
  authority BIGINT NOT NULL,
  formation BIGINT NOT NULL,
  id BIGINT NOT NULL,
  speaker TEXT NOT NULL CHECK (speaker IN ('parent', 'staff', 'resident', 'other')),
  text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 2000),
  at BIGINT NOT NULL,
  source TEXT,
  answer TEXT CHECK (answered_at IS NULL OR length(answer) > 0),
  answered_at BIGINT,
  answered_by BIGINT,
  withhold_reason TEXT CHECK (withheld_at IS NULL OR length(withhold_reason) > 0),
  withheld_at BIGINT,
  withheld_by BIGINT,
  PRIMARY KEY (authority, formation, id),
  FOREIGN KEY (authority, formation) REFERENCES formation_case (authority, id)
);
CREATE INDEX formation_comment_source ON formation_comment (authority, source, at);

-- Which cases an appointment may see: its own applications; those that name its school; once handed in, those that name
-- a school within its authority or come to it to decide or file. Every query of a page is joined with it.
CREATE VIEW formation_reach AS
SELECT a.id AS appointment, c.authority, c.id AS formation
FROM formation_case c
JOIN formation_school s ON s.authority = c.authority AND s.formation = c.id
JOIN school k ON k.id = s.school
JOIN authority_within w ON w.lower_id = k.authority
JOIN appointment a ON a.authority = w.upper_id AND a.role IN ('office', 'supervisor')
WHERE c.shown = 1
UNION
SELECT a.id, c.authority, c.id
FROM formation_case c
JOIN appointment a ON a.authority IN (c.approver, c.filer) AND a.role IN ('office', 'supervisor')
WHERE c.shown = 1
UNION
SELECT a.id, c.authority, c.id
FROM formation_case c
JOIN appointment a ON a.authority = c.applicant_authority AND a.role IN ('office', 'supervisor')
UNION
SELECT a.id, c.authority, c.id
FROM formation_case c
JOIN authority_within w ON w.lower_id = c.applicant_authority
JOIN appointment a ON a.authority = w.upper_id AND a.role IN ('office', 'supervisor')
WHERE c.shown = 1
UNION
SELECT a.id, c.authority, c.id
FROM formation_case c
JOIN appointment a ON a.school = c.applicant_school AND a.role IN ('lead', 'member')
UNION
SELECT a.id, s.authority, s.formation
FROM formation_school s
JOIN appointment a ON a.school = s.school AND a.role IN ('lead', 'member');
