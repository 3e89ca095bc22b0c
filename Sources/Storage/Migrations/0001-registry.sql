-- Authorities in a tree, schools and groups, who belonged where from when.
-- Identifiers are made by the program; days are text (2026-08-31), instants milliseconds since 1970 (UTC).
CREATE TABLE authority (
  id BIGINT PRIMARY KEY,
  parent BIGINT REFERENCES authority (id),
  level TEXT NOT NULL CHECK (level IN ('province', 'city', 'district')),
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  created_at BIGINT NOT NULL
);

-- Which authority lies within which, itself included: kept beside the tree so that scope is one join.
CREATE TABLE authority_within (
  lower_id BIGINT NOT NULL REFERENCES authority (id),
  upper_id BIGINT NOT NULL REFERENCES authority (id),
  PRIMARY KEY (upper_id, lower_id)
);
CREATE INDEX authority_within_lower ON authority_within (lower_id, upper_id);

CREATE TABLE school (
  id BIGINT PRIMARY KEY,
  authority BIGINT NOT NULL REFERENCES authority (id),
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  pupils BIGINT CHECK (pupils >= 0),
  created_at BIGINT NOT NULL
);
CREATE INDEX school_authority ON school (authority);

CREATE TABLE school_group (
  id BIGINT PRIMARY KEY,
  authority BIGINT NOT NULL REFERENCES authority (id),
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  form TEXT,
  formed TEXT,
  dissolved TEXT,
  created_at BIGINT NOT NULL
);
CREATE INDEX school_group_authority ON school_group (authority);

-- From `since`, that day included, to `until`, that day excluded.
CREATE TABLE membership (
  grp BIGINT NOT NULL REFERENCES school_group (id),
  school BIGINT NOT NULL REFERENCES school (id),
  role TEXT NOT NULL CHECK (role IN ('lead', 'member')),
  since TEXT NOT NULL,
  until TEXT CHECK (until > since),
  PRIMARY KEY (grp, school, since)
);
CREATE INDEX membership_school ON membership (school);
