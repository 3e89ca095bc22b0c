-- Tasks of the document's list and of conferences, who reports on them, who is told; messages inside and by mail.

CREATE TABLE work_task (
  authority BIGINT NOT NULL REFERENCES authority (id),
  id BIGINT NOT NULL,
  parent BIGINT,
  -- Of a policy's list, its id there; of a conference's decision, the conference.
  policy_task TEXT,
  conference BIGINT,
  position BIGINT NOT NULL,
  title TEXT NOT NULL CHECK (length(title) > 0),
  text TEXT,
  starts_on TEXT,
  due_on TEXT,
  standing BIGINT NOT NULL DEFAULT 0 CHECK (standing IN (0, 1)),
  source TEXT,
  closed_on TEXT,
  closed_by BIGINT,
  created_at BIGINT NOT NULL,
  created_by BIGINT,
  PRIMARY KEY (authority, id),
  FOREIGN KEY (authority, parent) REFERENCES work_task (authority, id),
  CHECK (standing = 0 OR due_on IS NULL)
);
CREATE UNIQUE INDEX work_task_policy ON work_task (authority, policy_task);

-- Who a task is given to, by the name the document calls it.
CREATE TABLE task_unit (
  authority BIGINT NOT NULL,
  task BIGINT NOT NULL,
  part TEXT NOT NULL CHECK (part IN ('lead', 'guide', 'carryOut')),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  position BIGINT NOT NULL,
  PRIMARY KEY (authority, task, part, name),
  FOREIGN KEY (authority, task) REFERENCES work_task (authority, id)
);
CREATE INDEX task_unit_name ON task_unit (authority, name);

-- Which authority or school of the registry a name means; one that means none is reported on by whoever keeps the list.
CREATE TABLE unit_office (
  authority BIGINT NOT NULL REFERENCES authority (id),
  name TEXT NOT NULL,
  office BIGINT REFERENCES authority (id),
  school BIGINT REFERENCES school (id),
  PRIMARY KEY (authority, name),
  CHECK ((office IS NULL) <> (school IS NULL))
);
CREATE INDEX unit_office_office ON unit_office (office);
CREATE INDEX unit_office_school ON unit_office (school);

CREATE TABLE task_report (
  authority BIGINT NOT NULL,
  task BIGINT NOT NULL,
  unit TEXT NOT NULL,
  at BIGINT NOT NULL,
  percent BIGINT NOT NULL CHECK (percent BETWEEN 0 AND 100),
  text TEXT NOT NULL CHECK (length(text) > 0),
  evidence TEXT,
  by_account BIGINT,
  PRIMARY KEY (authority, task, unit, at),
  FOREIGN KEY (authority, task) REFERENCES work_task (authority, id)
);

CREATE TABLE conference (
  authority BIGINT NOT NULL REFERENCES authority (id),
  id BIGINT NOT NULL,
  day TEXT NOT NULL,
  title TEXT NOT NULL CHECK (length(title) > 0),
  minutes TEXT,
  held_at BIGINT CHECK (held_at IS NULL OR minutes IS NOT NULL),
  created_at BIGINT NOT NULL,
  created_by BIGINT,
  PRIMARY KEY (authority, id)
);

CREATE TABLE conference_point (
  authority BIGINT NOT NULL,
  conference BIGINT NOT NULL,
  position BIGINT NOT NULL,
  title TEXT NOT NULL CHECK (length(title) > 0),
  unit TEXT,
  PRIMARY KEY (authority, conference, position),
  FOREIGN KEY (authority, conference) REFERENCES conference (authority, id)
);

-- What was told once is not told again.
CREATE TABLE reminder_told (
  authority BIGINT NOT NULL,
  reminder TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (authority, reminder)
);

-- Messages inside: to an account, with where they lead.
CREATE TABLE message (
  account BIGINT NOT NULL REFERENCES account (id),
  id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  title TEXT NOT NULL CHECK (length(title) > 0),
  text TEXT NOT NULL,
  link TEXT,
  read_at BIGINT,
  PRIMARY KEY (account, id)
);
-- How many somebody hasn't read is asked with every page.
CREATE INDEX message_unread ON message (account) WHERE read_at IS NULL;

-- Where an account wants its mail.
CREATE TABLE mailbox (
  account BIGINT PRIMARY KEY REFERENCES account (id),
  address TEXT NOT NULL CHECK (length(address) BETWEEN 3 AND 254),
  at BIGINT NOT NULL
);

-- Mail to be sent: tried again later where it fails, given up after a while.
CREATE TABLE outbox (
  id BIGINT PRIMARY KEY,
  address TEXT NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  tries BIGINT NOT NULL DEFAULT 0,
  next_at BIGINT NOT NULL,
  -- Who is just sending it, until when nobody else does.
  held_until BIGINT NOT NULL DEFAULT 0,
  sent_at BIGINT,
  failed_at BIGINT,
  error TEXT
);
CREATE INDEX outbox_next ON outbox (next_at);

-- The address of a calendar: only the hash of its secret is kept.
CREATE TABLE calendar_feed (
  token BYTEA PRIMARY KEY,
  id BIGINT NOT NULL UNIQUE,
  account BIGINT NOT NULL REFERENCES account (id),
  appointment BIGINT NOT NULL REFERENCES appointment (id),
  created_at BIGINT NOT NULL,
  revoked_at BIGINT
);
CREATE INDEX calendar_feed_account ON calendar_feed (account);
