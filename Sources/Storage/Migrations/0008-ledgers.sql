-- The year's records of groups and schools; who is named in them; what their keepers declared complete.

-- People who teach or lead, by name, school and a number of ours: nothing else is kept of them.
CREATE TABLE teacher (
  id BIGINT PRIMARY KEY,
  school BIGINT NOT NULL REFERENCES school (id),
  code TEXT NOT NULL,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 30),
  created_at BIGINT NOT NULL,
  UNIQUE (school, code)
);

-- Led by the authority the group answers to. `content` holds the fields of the kind as JSON.
CREATE TABLE ledger_record (
  authority BIGINT NOT NULL REFERENCES authority (id),
  id BIGINT NOT NULL,
  grp BIGINT NOT NULL REFERENCES school_group (id),
  -- The school that keeps it; 0 where the lead school keeps it for the group.
  school BIGINT NOT NULL DEFAULT 0,
  kind TEXT NOT NULL,
  -- The days it speaks for, both included; still going on where there is no last.
  first_day TEXT NOT NULL,
  last_day TEXT CHECK (last_day >= first_day),
  content TEXT NOT NULL,
  evidence BIGINT,
  version BIGINT NOT NULL,
  at BIGINT NOT NULL,
  by_account BIGINT,
  -- Taken out, never deleted.
  removed_at BIGINT,
  removed_by BIGINT,
  PRIMARY KEY (authority, id)
);
CREATE INDEX ledger_record_group ON ledger_record (grp, first_day);

-- A keeper says that nothing is missing from a kind: for a term, or for the whole year where `term` is empty.
CREATE TABLE ledger_statement (
  authority BIGINT NOT NULL REFERENCES authority (id),
  grp BIGINT NOT NULL REFERENCES school_group (id),
  year BIGINT NOT NULL,
  kind TEXT NOT NULL,
  school BIGINT NOT NULL DEFAULT 0,
  term TEXT NOT NULL DEFAULT '' CHECK (term IN ('', 'autumn', 'spring')),
  at BIGINT NOT NULL,
  by_account BIGINT,
  PRIMARY KEY (authority, grp, year, kind, school, term)
);
CREATE INDEX ledger_statement_group ON ledger_statement (grp, year);

-- What the records said to a sheet's fields when it was handed in, beside what people entered.
CREATE TABLE proposal (
  authority BIGINT NOT NULL,
  sheet BIGINT NOT NULL,
  number BIGINT NOT NULL,
  item TEXT NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  origin TEXT NOT NULL,
  -- Whether people entered something else.
  overruled BIGINT NOT NULL CHECK (overruled IN (0, 1)),
  PRIMARY KEY (authority, sheet, number, item, field),
  FOREIGN KEY (authority, sheet) REFERENCES sheet (authority, id)
);

-- Which groups an appointment may see, cycle or no cycle; of schools, while they belong to it.
CREATE VIEW group_reach AS
SELECT a.id AS appointment, g.id AS grp, CAST(NULL AS TEXT) AS since, CAST(NULL AS TEXT) AS until
FROM appointment a
JOIN authority_within w ON w.upper_id = a.authority
JOIN school_group g ON g.authority = w.lower_id
WHERE a.role IN ('office', 'supervisor')
UNION ALL
SELECT a.id, m.grp, m.since, m.until
FROM appointment a
JOIN membership m ON m.school = a.school
WHERE a.role = 'member' OR (a.role = 'lead' AND m.role = 'lead');
