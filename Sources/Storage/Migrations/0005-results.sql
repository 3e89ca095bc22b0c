-- What a year came to, once confirmed; objections before, editions after.
CREATE TABLE tie_decision (
  authority BIGINT NOT NULL,
  cycle BIGINT NOT NULL,
  consequence TEXT NOT NULL,
  grp BIGINT NOT NULL,
  granted BIGINT NOT NULL CHECK (granted IN (0, 1)),
  reason TEXT NOT NULL CHECK (length(reason) > 0),
  at BIGINT NOT NULL,
  by_account BIGINT,
  PRIMARY KEY (authority, cycle, consequence, grp)
);

CREATE TABLE objection (
  authority BIGINT NOT NULL,
  id BIGINT NOT NULL,
  cycle BIGINT NOT NULL,
  grp BIGINT NOT NULL,
  item TEXT,
  text TEXT NOT NULL CHECK (length(text) > 0),
  at BIGINT NOT NULL,
  by_account BIGINT,
  answer TEXT,
  upheld BIGINT,
  answered_at BIGINT,
  answered_by BIGINT,
  PRIMARY KEY (authority, id)
);
CREATE INDEX objection_cycle ON objection (authority, cycle, grp);

-- The results of a confirmed year, a row a group; the same numbers that are published.
CREATE TABLE result (
  authority BIGINT NOT NULL,
  cycle BIGINT NOT NULL,
  edition BIGINT NOT NULL,
  grp BIGINT NOT NULL,
  name TEXT NOT NULL,
  district TEXT NOT NULL,
  form TEXT,
  eligible BIGINT NOT NULL,
  base TEXT,
  bonus TEXT,
  total TEXT,
  grade TEXT,
  place BIGINT,
  place_change BIGINT,
  -- Ids of what follows, of what waits for a decision, of vetoes: JSON lists.
  consequences TEXT NOT NULL,
  pending TEXT NOT NULL,
  vetoes TEXT NOT NULL,
  PRIMARY KEY (authority, cycle, edition, grp)
);
CREATE INDEX result_group ON result (grp);

-- Edition 0 is the confirmed draft; those from 1 are published and never change.
CREATE TABLE edition (
  authority BIGINT NOT NULL,
  cycle BIGINT NOT NULL,
  number BIGINT NOT NULL,
  facts TEXT NOT NULL,
  hash TEXT NOT NULL,
  document TEXT,
  -- What was corrected and why; null in the first.
  correction TEXT,
  made_at BIGINT NOT NULL,
  made_by BIGINT,
  PRIMARY KEY (authority, cycle, number)
);
