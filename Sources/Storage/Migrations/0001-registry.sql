-- Authorities in a tree, schools and groups, who belonged where from when.
-- Identifiers are made by the program; days are text (2026-08-31), instants milliseconds since 1970 (UTC).
CREATE TABLE authority (
  id BIGINT PRIMARY KEY,
  parent BIGINT REFERENCES authority (id),
  level TEXT NOT NULL CHECK (level IN ('province', 'city', 'district')),
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  -- A development zone with a district's powers.
  is_zone BIGINT NOT NULL DEFAULT 0 CHECK (is_zone IN (0, 1)),
  -- The first day it no longer acts, and who does instead.
  ended TEXT,
  successor BIGINT,
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
  credit TEXT,
  division TEXT,
  -- kindergarten 1, primary 2, junior 4, senior 8, vocational 16, special 32; 0: nobody has said.
  stages BIGINT NOT NULL DEFAULT 0 CHECK (stages BETWEEN 0 AND 63),
  ownership TEXT CHECK (ownership IN ('public', 'private')),
  location TEXT CHECK (location IN ('urban', 'town', 'rural')),
  opened TEXT,
  -- The first day it is no longer a school of its own.
  closed TEXT CHECK (closed > opened),
  ending TEXT CHECK (ending IN ('closed', 'merged', 'split')),
  created_at BIGINT NOT NULL,
  CHECK ((closed IS NULL) = (ending IS NULL))
);
CREATE INDEX school_authority ON school (authority);

CREATE TABLE school_group (
  id BIGINT PRIMARY KEY,
  authority BIGINT NOT NULL REFERENCES authority (id),
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  form TEXT,
  formed TEXT,
  dissolved TEXT CHECK (dissolved > formed),
  governance TEXT CHECK (governance IN ('single', 'several', 'entrusted', 'alliance')),
  structure TEXT CHECK (structure IN ('sameStage', 'acrossStages')),
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
