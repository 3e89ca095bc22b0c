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
CREATE INDEX audit_object ON audit (authority, object, item);

-- The end of each authority's chain.
CREATE TABLE audit_head (
  authority BIGINT PRIMARY KEY,
  number BIGINT NOT NULL,
  hash TEXT NOT NULL
);
