-- Files, found by the hash of their content, and what they show.
CREATE TABLE evidence_file (
  hash TEXT PRIMARY KEY,
  size BIGINT NOT NULL CHECK (size >= 0),
  -- What the first bytes say it is, not what its name claims.
  kind TEXT NOT NULL,
  stored_at BIGINT NOT NULL
);

CREATE TABLE evidence (
  authority BIGINT NOT NULL,
  id BIGINT NOT NULL,
  grp BIGINT NOT NULL REFERENCES school_group (id),
  school BIGINT REFERENCES school (id),
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  file_name TEXT NOT NULL,
  file TEXT NOT NULL REFERENCES evidence_file (hash),
  -- The school year it speaks for, by the year it ends in; apart from when it was uploaded.
  year BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  -- The evidence this one is a newer version of.
  replaces BIGINT,
  replaced_by BIGINT,
  uploaded_at BIGINT NOT NULL,
  uploaded_by BIGINT,
  withdrawn_at BIGINT,
  withdrawn_by BIGINT,
  PRIMARY KEY (authority, id)
);
CREATE INDEX evidence_group ON evidence (authority, grp, year);
CREATE INDEX evidence_by_file ON evidence (file);

-- The items it is shown for; `entry` is the policy's piece of evidence it fulfils, where it does.
CREATE TABLE evidence_link (
  authority BIGINT NOT NULL,
  evidence BIGINT NOT NULL,
  cycle BIGINT NOT NULL,
  item TEXT NOT NULL,
  entry TEXT NOT NULL DEFAULT '',
  at BIGINT NOT NULL,
  by_account BIGINT,
  PRIMARY KEY (authority, evidence, cycle, item, entry),
  FOREIGN KEY (authority, evidence) REFERENCES evidence (authority, id)
);
CREATE INDEX evidence_link_cycle ON evidence_link (authority, cycle, item);
