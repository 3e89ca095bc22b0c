-- Everything that changes what a group is told, each row chained to the one before by its hash.
CREATE TABLE audit (
  authority BIGINT NOT NULL,
  number BIGINT NOT NULL,
  at BIGINT NOT NULL,
  account BIGINT,
  appointment BIGINT,
  address TEXT,
  request TEXT,
  action TEXT NOT NULL,
  object TEXT NOT NULL,
  item TEXT,
  before_value TEXT,
  after_value TEXT,
  hash TEXT NOT NULL,
  PRIMARY KEY (authority, number)
);
-- What happened to an object, the latest first.
CREATE INDEX audit_object ON audit (authority, object, number);
-- Marks are nearly all of it; what is none is asked for all the time.
CREATE INDEX audit_change ON audit (authority, number) WHERE action <> 'mark.saved';

-- The end of each authority's chain.
CREATE TABLE audit_head (
  authority BIGINT PRIMARY KEY,
  number BIGINT NOT NULL,
  hash TEXT NOT NULL
);

-- How far a chain has been gone through, and what was found: a row a check.
CREATE TABLE audit_check (
  authority BIGINT NOT NULL,
  at BIGINT NOT NULL,
  by_account BIGINT,
  -- The rows found good so far, the hash of the last of them, and the end the chain had when the check began.
  good BIGINT NOT NULL,
  hash TEXT NOT NULL,
  last BIGINT NOT NULL,
  finished_at BIGINT,
  -- missing, changed or head; null where nothing was found wrong.
  fault TEXT,
  PRIMARY KEY (authority, at)
);
