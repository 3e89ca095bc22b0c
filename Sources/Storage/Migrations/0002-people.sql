-- Accounts, the posts they hold, sessions, invitations, tokens.
CREATE TABLE account (
  id BIGINT PRIMARY KEY,
  login TEXT NOT NULL UNIQUE CHECK (length(login) BETWEEN 1 AND 100),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  -- The authority that keeps it; null for those made on the machine itself.
  authority BIGINT REFERENCES authority (id),
  -- scrypt with its salt and parameters; null until the invitation is taken up.
  secret TEXT,
  secret_at BIGINT,
  language TEXT NOT NULL DEFAULT 'zh-CN',
  created_at BIGINT NOT NULL,
  closed_at BIGINT
);
CREATE INDEX account_authority ON account (authority);

-- A role, bound to an authority or a school and to days. From `since`, that day included, to `until`, excluded: where
-- both are one day, it was taken back before it began.
CREATE TABLE appointment (
  id BIGINT PRIMARY KEY,
  account BIGINT NOT NULL REFERENCES account (id),
  role TEXT NOT NULL,
  authority BIGINT REFERENCES authority (id),
  school BIGINT REFERENCES school (id),
  since TEXT NOT NULL,
  until TEXT CHECK (until >= since),
  created_at BIGINT NOT NULL,
  created_by BIGINT,
  CHECK ((authority IS NULL) <> (school IS NULL))
);
CREATE INDEX appointment_account ON appointment (account);
CREATE INDEX appointment_authority ON appointment (authority);
CREATE INDEX appointment_school ON appointment (school);

-- Only the hash of a session's token is kept.
CREATE TABLE session (
  token BYTEA PRIMARY KEY,
  account BIGINT NOT NULL REFERENCES account (id),
  appointment BIGINT REFERENCES appointment (id),
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  address TEXT
);
CREATE INDEX session_account ON session (account);

CREATE TABLE invitation (
  token BYTEA PRIMARY KEY,
  account BIGINT NOT NULL REFERENCES account (id),
  created_at BIGINT NOT NULL,
  created_by BIGINT,
  ends_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE INDEX invitation_account ON invitation (account);

-- Failed sign-ins, counted by login, by address, and by both. The subject is a hash: people type passwords into the
-- field for the login. By `clears_at` all failures are forgotten that make one wait; `succeeded_at` is when this login
-- last signed in from this address. `failures` are those in a row, which no time forgets; `account` is whose they are,
-- where the login is somebody's.
CREATE TABLE sign_in_failure (
  subject TEXT PRIMARY KEY,
  clears_at BIGINT NOT NULL,
  last_at BIGINT NOT NULL,
  succeeded_at BIGINT,
  failures BIGINT NOT NULL DEFAULT 0,
  account BIGINT
);
CREATE INDEX sign_in_failure_account ON sign_in_failure (account);

CREATE TABLE api_token (
  token BYTEA PRIMARY KEY,
  id BIGINT NOT NULL UNIQUE,
  account BIGINT NOT NULL REFERENCES account (id),
  appointment BIGINT NOT NULL REFERENCES appointment (id),
  name TEXT NOT NULL,
  scopes TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  revoked_at BIGINT
);
CREATE INDEX api_token_account ON api_token (account);
