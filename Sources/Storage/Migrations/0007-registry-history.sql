-- What schools and groups are, what they were before, what holds of them from a day to another, what they count each
-- year. Spans run from `since`, that day included (null: from the beginning), to `until`, that day excluded.

-- A development zone with a district's powers.
ALTER TABLE authority ADD COLUMN is_zone BIGINT NOT NULL DEFAULT 0 CHECK (is_zone IN (0, 1));
-- The first day it no longer acts, and who does instead.
ALTER TABLE authority ADD COLUMN ended TEXT;
ALTER TABLE authority ADD COLUMN successor BIGINT;

ALTER TABLE school ADD COLUMN credit TEXT;
ALTER TABLE school ADD COLUMN division TEXT;
-- kindergarten 1, primary 2, junior 4, senior 8, vocational 16, special 32; 0: nobody has said.
ALTER TABLE school ADD COLUMN stages BIGINT NOT NULL DEFAULT 0 CHECK (stages BETWEEN 0 AND 63);
ALTER TABLE school ADD COLUMN ownership TEXT CHECK (ownership IN ('public', 'private'));
ALTER TABLE school ADD COLUMN location TEXT CHECK (location IN ('urban', 'town', 'rural'));
ALTER TABLE school ADD COLUMN opened TEXT;
-- The first day it is no longer a school of its own.
ALTER TABLE school ADD COLUMN closed TEXT CHECK (closed > opened);
ALTER TABLE school ADD COLUMN ending TEXT
  CHECK (ending IN ('closed', 'merged', 'split')) CHECK ((closed IS NULL) = (ending IS NULL));

ALTER TABLE school_group ADD COLUMN governance TEXT
  CHECK (governance IN ('single', 'several', 'entrusted', 'alliance'));
-- No row had an end before now; a column's check may look at its neighbours.
ALTER TABLE school_group ADD COLUMN structure TEXT
  CHECK (structure IN ('sameStage', 'acrossStages')) CHECK (dissolved > formed);

-- Where a school went when it was merged or split.
CREATE TABLE school_successor (
  school BIGINT NOT NULL REFERENCES school (id),
  successor BIGINT NOT NULL REFERENCES school (id) CHECK (successor <> school),
  PRIMARY KEY (school, successor)
);

-- What a school was before it changed; what it is now stands in school.
CREATE TABLE school_past (
  school BIGINT NOT NULL REFERENCES school (id),
  until TEXT NOT NULL,
  since TEXT CHECK (since < until),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  authority BIGINT NOT NULL REFERENCES authority (id),
  stages BIGINT NOT NULL DEFAULT 0,
  ownership TEXT,
  location TEXT,
  PRIMARY KEY (school, until)
);

-- weak, new, area (with its name), point: what a school is from a day to another.
CREATE TABLE school_flag (
  school BIGINT NOT NULL REFERENCES school (id),
  flag TEXT NOT NULL CHECK (flag IN ('weak', 'new', 'area', 'point')),
  area TEXT NOT NULL DEFAULT '' CHECK ((area <> '') = (flag = 'area')),
  since TEXT NOT NULL,
  until TEXT CHECK (until > since),
  PRIMARY KEY (school, flag, area, since)
);

CREATE TABLE group_successor (
  grp BIGINT NOT NULL REFERENCES school_group (id),
  successor BIGINT NOT NULL REFERENCES school_group (id) CHECK (successor <> grp),
  PRIMARY KEY (grp, successor)
);

CREATE TABLE group_past (
  grp BIGINT NOT NULL REFERENCES school_group (id),
  until TEXT NOT NULL,
  since TEXT CHECK (since < until),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  authority BIGINT NOT NULL REFERENCES authority (id),
  form TEXT,
  governance TEXT,
  structure TEXT,
  PRIMARY KEY (grp, until)
);

-- A school year's figures (year: the calendar year in which it ends), for the whole school or a stage. Square metres
-- and yuan are decimals in text.
CREATE TABLE school_year (
  school BIGINT NOT NULL REFERENCES school (id),
  year BIGINT NOT NULL CHECK (year BETWEEN 1950 AND 2200),
  part TEXT NOT NULL CHECK (part IN ('whole', 'kindergarten', 'primary', 'junior', 'senior')),
  pupils BIGINT CHECK (pupils >= 0),
  teachers BIGINT CHECK (teachers >= 0),
  qualified BIGINT CHECK (qualified >= 0),
  backbone BIGINT CHECK (backbone >= 0),
  arts BIGINT CHECK (arts >= 0),
  rooms TEXT,
  grounds TEXT,
  equipment TEXT,
  multimedia BIGINT CHECK (multimedia >= 0),
  PRIMARY KEY (school, year, part)
);
CREATE INDEX school_year_year ON school_year (year, school);

-- A district's part of a policy's target.
CREATE TABLE allotment (
  policy TEXT NOT NULL,
  target TEXT NOT NULL,
  authority BIGINT NOT NULL REFERENCES authority (id),
  measure TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (policy, target, authority, measure)
);

-- A workbook between its preview and its acceptance.
CREATE TABLE import_draft (
  id BIGINT PRIMARY KEY,
  account BIGINT NOT NULL,
  content BYTEA NOT NULL,
  made_at BIGINT NOT NULL
);

-- By how much an authority's coverage changes on a day: derived from all of the above, so that a country's coverage as
-- of a day is one sum. It holds only for the authorities in coverage_fresh; a change takes them out until it is made anew.
CREATE TABLE coverage_step (
  authority BIGINT NOT NULL REFERENCES authority (id),
  day TEXT NOT NULL,
  schools BIGINT NOT NULL,
  covered BIGINT NOT NULL,
  pupils BIGINT NOT NULL,
  covered_pupils BIGINT NOT NULL,
  uncounted BIGINT NOT NULL,
  weak BIGINT NOT NULL,
  weak_covered BIGINT NOT NULL,
  fresh BIGINT NOT NULL,
  fresh_covered BIGINT NOT NULL,
  PRIMARY KEY (authority, day)
);
CREATE TABLE coverage_fresh (authority BIGINT PRIMARY KEY REFERENCES authority (id));
