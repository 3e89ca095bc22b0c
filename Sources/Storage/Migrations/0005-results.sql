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
  answer TEXT CHECK (answered_at IS NULL OR length(answer) > 0),
  upheld BIGINT CHECK (upheld IN (0, 1)),
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
  -- In the order of the cycle's groups.
  position BIGINT NOT NULL,
  name TEXT NOT NULL,
  district TEXT NOT NULL,
  form TEXT,
  members BIGINT,
  schools BIGINT,
  -- Full months since it was formed.
  months BIGINT,
  eligible BIGINT NOT NULL CHECK (eligible IN (0, 1)),
  -- Whether every item is scored; where not, the sums are provisional.
  complete BIGINT NOT NULL CHECK (complete IN (0, 1)),
  base TEXT NOT NULL,
  bonus TEXT NOT NULL,
  total TEXT NOT NULL,
  grade TEXT,
  place BIGINT,
  -- How many were ranked with it, and whether none stands behind it.
  ranked BIGINT,
  is_last BIGINT NOT NULL CHECK (is_last IN (0, 1)),
  place_change BIGINT,
  -- Ids of what follows, of what waits for a decision, of vetoes, of the stages that counted: JSON lists.
  consequences TEXT NOT NULL,
  pending TEXT NOT NULL,
  vetoes TEXT NOT NULL,
  stages TEXT NOT NULL,
  -- Item by item with the reasons, as sheets freeze it.
  card TEXT NOT NULL,
  PRIMARY KEY (authority, cycle, edition, grp)
);
CREATE INDEX result_group ON result (grp);

-- Edition 0 is the confirmed draft; published it becomes the next number from 1 on, and those never change. A draft taken
-- back is kept under -1, -2, ….
CREATE TABLE edition (
  authority BIGINT NOT NULL,
  cycle BIGINT NOT NULL,
  number BIGINT NOT NULL,
  -- Facts, results and what they were computed from, as one JSON document, and its hash.
  record TEXT NOT NULL,
  hash TEXT NOT NULL,
  confirmed_at BIGINT NOT NULL,
  confirmed_by BIGINT,
  -- When it got its number.
  made_at BIGINT NOT NULL,
  made_by BIGINT,
  -- Published editions only: the file anybody may have and its hash, what of the results is in it, the number of the
  -- document it was announced by.
  file TEXT CHECK (number < 1 OR length(file) > 0),
  file_hash TEXT CHECK (number < 1 OR length(file_hash) = 64),
  disclosure TEXT CHECK (number < 1 OR length(disclosure) > 0),
  document TEXT,
  -- What was corrected and why, as JSON; null in the first edition.
  correction TEXT CHECK (number < 2 OR length(correction) > 0),
  PRIMARY KEY (authority, cycle, number),
  FOREIGN KEY (authority, cycle) REFERENCES cycle (authority, id)
);

-- A confirmation taken back, so that something below may be put right.
CREATE TABLE reopening (
  authority BIGINT NOT NULL,
  cycle BIGINT NOT NULL,
  at BIGINT NOT NULL,
  by_account BIGINT,
  reason TEXT NOT NULL CHECK (length(reason) > 0),
  -- The draft taken back (-1, -2, …); null where what was confirmed is published already.
  draft BIGINT,
  PRIMARY KEY (authority, cycle, at),
  FOREIGN KEY (authority, cycle) REFERENCES cycle (authority, id)
);
