-- The evaluation year. Everything is led by the authority that runs the cycle: by it the tables can be distributed.

-- A policy as it was when a cycle opened: all its files, found by their hash.
CREATE TABLE policy_edition (
  hash TEXT PRIMARY KEY,
  policy TEXT NOT NULL,
  title TEXT NOT NULL,
  files TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE cycle (
  authority BIGINT NOT NULL REFERENCES authority (id),
  id BIGINT NOT NULL,
  -- The calendar year in which the school year ends.
  year BIGINT NOT NULL CHECK (year BETWEEN 1900 AND 2200),
  title TEXT NOT NULL,
  edition TEXT NOT NULL REFERENCES policy_edition (hash),
  avoid_district BIGINT NOT NULL DEFAULT 0 CHECK (avoid_district IN (0, 1)),
  opened_at BIGINT NOT NULL,
  opened_by BIGINT,
  confirmed_at BIGINT,
  confirmed_by BIGINT,
  PRIMARY KEY (authority, id)
);
CREATE UNIQUE INDEX cycle_year ON cycle (authority, year);

-- The policy's stages with the days of this year.
CREATE TABLE stage (
  authority BIGINT NOT NULL,
  cycle BIGINT NOT NULL,
  stage TEXT NOT NULL,
  position BIGINT NOT NULL,
  title TEXT NOT NULL,
  -- Who acts: lead member district city province leadAuthority thirdParty; null where nobody does.
  acts TEXT,
  -- What it is: self members evaluation recommendation objection publication
  kind TEXT NOT NULL,
  due TEXT,
  PRIMARY KEY (authority, cycle, stage),
  FOREIGN KEY (authority, cycle) REFERENCES cycle (authority, id)
);

-- A later day for a stage: of all groups (grp 0) or of one. The latest by `at` holds.
CREATE TABLE extension (
  authority BIGINT NOT NULL,
  cycle BIGINT NOT NULL,
  stage TEXT NOT NULL,
  grp BIGINT NOT NULL,
  due TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (length(reason) > 0),
  at BIGINT NOT NULL,
  by_account BIGINT,
  PRIMARY KEY (authority, cycle, stage, grp, at)
);

-- A group as it was when the cycle opened.
CREATE TABLE participant (
  authority BIGINT NOT NULL,
  cycle BIGINT NOT NULL,
  grp BIGINT NOT NULL REFERENCES school_group (id),
  -- The authority the group answers to.
  district BIGINT NOT NULL REFERENCES authority (id),
  name TEXT NOT NULL,
  form TEXT,
  formed TEXT,
  position BIGINT NOT NULL,
  PRIMARY KEY (authority, cycle, grp),
  FOREIGN KEY (authority, cycle) REFERENCES cycle (authority, id)
);
CREATE INDEX participant_group ON participant (grp);
CREATE INDEX participant_district ON participant (authority, cycle, district);

CREATE TABLE participant_school (
  authority BIGINT NOT NULL,
  cycle BIGINT NOT NULL,
  grp BIGINT NOT NULL,
  school BIGINT NOT NULL REFERENCES school (id),
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('lead', 'member')),
  pupils BIGINT,
  position BIGINT NOT NULL,
  PRIMARY KEY (authority, cycle, grp, school),
  FOREIGN KEY (authority, cycle, grp) REFERENCES participant (authority, cycle, grp)
);
CREATE INDEX participant_school_school ON participant_school (school, role);
CREATE INDEX participant_school_lead ON participant_school (authority, cycle, grp, school) WHERE role = 'lead';

-- One group at one stage; where a stage is of members, one member school of it (school), else 0.
CREATE TABLE sheet (
  authority BIGINT NOT NULL,
  id BIGINT NOT NULL,
  cycle BIGINT NOT NULL,
  stage TEXT NOT NULL,
  grp BIGINT NOT NULL,
  school BIGINT NOT NULL DEFAULT 0,
  -- The submission that holds; null while the sheet is open.
  submission BIGINT,
  submitted_at BIGINT,
  submitted_by BIGINT,
  -- Of that submission: what the sums were, and whether every item was scored.
  base TEXT,
  bonus TEXT,
  total TEXT,
  grade TEXT,
  complete BIGINT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (authority, id),
  FOREIGN KEY (authority, cycle, stage) REFERENCES stage (authority, cycle, stage),
  FOREIGN KEY (authority, cycle, grp) REFERENCES participant (authority, cycle, grp)
);
CREATE UNIQUE INDEX sheet_place ON sheet (authority, cycle, stage, grp, school);
CREATE INDEX sheet_group ON sheet (grp);

-- What people entered, field by field. `field` is `choice`, `remark` or a fact's path, `group/exchange_rate`.
-- `reviewer` is the account where every expert marks for themselves, else 0. A null value is one taken back.
CREATE TABLE mark (
  authority BIGINT NOT NULL,
  sheet BIGINT NOT NULL,
  reviewer BIGINT NOT NULL,
  item TEXT NOT NULL,
  field TEXT NOT NULL,
  value TEXT,
  version BIGINT NOT NULL,
  by_account BIGINT,
  at BIGINT NOT NULL,
  PRIMARY KEY (authority, sheet, reviewer, item, field),
  FOREIGN KEY (authority, sheet) REFERENCES sheet (authority, id)
);

-- The frozen copy of a sheet: facts as a facts file holds them, and the scorecard made of them.
CREATE TABLE submission (
  authority BIGINT NOT NULL,
  sheet BIGINT NOT NULL,
  number BIGINT NOT NULL,
  at BIGINT NOT NULL,
  by_account BIGINT,
  facts TEXT NOT NULL,
  card TEXT NOT NULL,
  hash TEXT NOT NULL,
  -- Given back, by whom and why.
  returned_at BIGINT,
  returned_by BIGINT,
  reason TEXT CHECK (returned_at IS NULL OR length(reason) > 0),
  PRIMARY KEY (authority, sheet, number),
  FOREIGN KEY (authority, sheet) REFERENCES sheet (authority, id)
);

-- The scores of the submission that holds, item by item, for pictures and comparisons.
CREATE TABLE line (
  authority BIGINT NOT NULL,
  sheet BIGINT NOT NULL,
  item TEXT NOT NULL,
  score TEXT,
  PRIMARY KEY (authority, sheet, item),
  FOREIGN KEY (authority, sheet) REFERENCES sheet (authority, id)
);

CREATE TABLE recommendation (
  authority BIGINT NOT NULL,
  cycle BIGINT NOT NULL,
  stage TEXT NOT NULL,
  grp BIGINT NOT NULL,
  recommended BIGINT NOT NULL CHECK (recommended IN (0, 1)),
  reason TEXT,
  at BIGINT NOT NULL,
  by_account BIGINT,
  -- When the evaluation it rests on was given back, or handed in again with a result that isn't admitted; by what.
  ended_at BIGINT,
  ended_by TEXT CHECK (ended_by IN ('returned', 'submitted')),
  CHECK ((ended_at IS NULL) = (ended_by IS NULL)),
  PRIMARY KEY (authority, cycle, stage, grp)
);

-- Announced with the hash of its frame before the seed is known; drawn afterwards.
CREATE TABLE draw (
  authority BIGINT NOT NULL,
  cycle BIGINT NOT NULL,
  stage TEXT NOT NULL,
  frame TEXT NOT NULL,
  frame_hash TEXT NOT NULL,
  seed_source TEXT NOT NULL,
  -- The seed is so many digits and nothing else: one number has one spelling.
  seed_digits BIGINT NOT NULL,
  draw_on TEXT NOT NULL,
  announced_at BIGINT NOT NULL,
  announced_by BIGINT,
  seed TEXT,
  chosen TEXT,
  drawn_at BIGINT,
  drawn_by BIGINT,
  PRIMARY KEY (authority, cycle, stage)
);

-- Who evaluates which group at a stage.
CREATE TABLE assignment (
  authority BIGINT NOT NULL,
  cycle BIGINT NOT NULL,
  stage TEXT NOT NULL,
  grp BIGINT NOT NULL,
  appointment BIGINT NOT NULL REFERENCES appointment (id),
  at BIGINT NOT NULL,
  by_account BIGINT,
  PRIMARY KEY (authority, cycle, stage, grp, appointment)
);
CREATE INDEX assignment_appointment ON assignment (appointment);

-- Which groups of which cycles an appointment may see. Every query of a page is joined with it. A group may come twice.
-- One that crosses districts is seen by the authority it answers to and by its lead school's; by those of its members'
-- districts it isn't.
CREATE VIEW participant_reach AS
SELECT a.id AS appointment, p.authority, p.cycle, p.grp
FROM appointment a
JOIN authority_within w ON w.upper_id = a.authority
JOIN participant p ON p.district = w.lower_id
WHERE a.role IN ('office', 'supervisor')
UNION ALL
SELECT a.id, m.authority, m.cycle, m.grp
FROM appointment a
JOIN authority_within w ON w.upper_id = a.authority
JOIN school k ON k.authority = w.lower_id
JOIN participant_school m ON m.school = k.id AND m.role = 'lead'
WHERE a.role IN ('office', 'supervisor')
UNION ALL
SELECT a.id, s.authority, s.cycle, s.grp
FROM appointment a
JOIN participant_school s ON s.school = a.school
WHERE a.role = 'member' OR (a.role = 'lead' AND s.role = 'lead')
UNION ALL
SELECT x.appointment, x.authority, x.cycle, x.grp
FROM assignment x;

-- An expert has handed in their own marks of a sheet: they stay as they are, but for items looked at a second time.
CREATE TABLE hand_in (
  authority BIGINT NOT NULL,
  sheet BIGINT NOT NULL,
  reviewer BIGINT NOT NULL REFERENCES account (id),
  at BIGINT NOT NULL,
  PRIMARY KEY (authority, sheet, reviewer),
  FOREIGN KEY (authority, sheet) REFERENCES sheet (authority, id)
);

-- What a stage asks to be handed in beside the sheet, such as a report of somebody outside.
CREATE TABLE report (
  authority BIGINT NOT NULL,
  cycle BIGINT NOT NULL,
  stage TEXT NOT NULL,
  grp BIGINT NOT NULL,
  evidence BIGINT,
  remark TEXT,
  at BIGINT NOT NULL,
  by_account BIGINT,
  PRIMARY KEY (authority, cycle, stage, grp)
);

-- A veto laid on a group in this cycle, with its reason and who did it; lifted, never deleted.
CREATE TABLE veto (
  authority BIGINT NOT NULL,
  cycle BIGINT NOT NULL,
  grp BIGINT NOT NULL,
  veto TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (length(reason) > 0),
  -- What it rests on: a document's number, a piece of evidence.
  evidence TEXT,
  at BIGINT NOT NULL,
  by_account BIGINT,
  lifted_at BIGINT,
  lifted_by BIGINT,
  lift_reason TEXT CHECK (lifted_at IS NULL OR length(lift_reason) > 0),
  PRIMARY KEY (authority, cycle, grp, veto, at)
);

-- Where two experts differ beyond the alert: a second look, what came of it.
CREATE TABLE second_look (
  authority BIGINT NOT NULL,
  sheet BIGINT NOT NULL,
  item TEXT NOT NULL,
  at BIGINT NOT NULL,
  by_account BIGINT,
  closed_at BIGINT,
  closed_by BIGINT,
  outcome TEXT,
  PRIMARY KEY (authority, sheet, item, at)
);

-- Who is on a sheet just now, and at which item.
CREATE TABLE presence (
  authority BIGINT NOT NULL,
  sheet BIGINT NOT NULL,
  account BIGINT NOT NULL,
  item TEXT,
  at BIGINT NOT NULL,
  PRIMARY KEY (authority, sheet, account)
);

-- Keys that clients make, so that a retry never doubles: what was answered the first time.
CREATE TABLE request_key (
  account BIGINT NOT NULL,
  request_key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  status BIGINT NOT NULL,
  answer TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (account, request_key)
);
CREATE INDEX request_key_at ON request_key (at);
