-- Files, found by the hash of their content, and what they show.
CREATE TABLE evidence_file (
  hash TEXT PRIMARY KEY,
  size BIGINT NOT NULL CHECK (size >= 0),
  -- What the first bytes say it is, not what its name claims.
  kind TEXT NOT NULL,
  -- CRC-32, which an archive wants before the content.
  crc BIGINT NOT NULL,
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
  -- All versions of one piece share the number of the first.
  series BIGINT NOT NULL,
  version BIGINT NOT NULL DEFAULT 1,
  -- The newer version that took its place.
  replaced_by BIGINT,
  -- Added by those who evaluate: the schools see it once that stage is handed in.
  review BIGINT NOT NULL DEFAULT 0 CHECK (review IN (0, 1)),
  uploaded_at BIGINT NOT NULL,
  uploaded_by BIGINT,
  withdrawn_at BIGINT,
  withdrawn_by BIGINT,
  PRIMARY KEY (authority, id)
);
CREATE UNIQUE INDEX evidence_version ON evidence (authority, series, version);
CREATE INDEX evidence_group ON evidence (authority, grp, year);
CREATE INDEX evidence_by_file ON evidence (file);

-- The items it is shown for; `entry` is the policy's piece of evidence it fulfils, where it does.
CREATE TABLE evidence_link (
  authority BIGINT NOT NULL,
  evidence BIGINT NOT NULL,
  cycle BIGINT NOT NULL,
  item TEXT NOT NULL,
  entry TEXT NOT NULL DEFAULT '',
  -- The stage at which it was linked, and whether the group had handed in its self-evaluation before.
  stage TEXT NOT NULL,
  late BIGINT NOT NULL CHECK (late IN (0, 1)),
  at BIGINT NOT NULL,
  by_account BIGINT,
  PRIMARY KEY (authority, evidence, cycle, item, entry),
  FOREIGN KEY (authority, evidence) REFERENCES evidence (authority, id),
  FOREIGN KEY (authority, cycle, stage) REFERENCES stage (authority, cycle, stage)
);
CREATE INDEX evidence_link_cycle ON evidence_link (authority, cycle, item);
